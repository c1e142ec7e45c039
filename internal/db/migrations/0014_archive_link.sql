-- +goose Up
-- A link by which somebody who is no user works on one edition, until an end.
-- Only the SHA-256 of its token is kept.
CREATE TABLE archive_link (
    id         TEXT PRIMARY KEY,
    edition    TEXT NOT NULL REFERENCES archive_edition (id),
    name       TEXT NOT NULL,
    hash       TEXT NOT NULL UNIQUE,
    until      TIMESTAMP NOT NULL,
    made_by    TEXT NOT NULL,
    made_at    TIMESTAMP NOT NULL,
    revoked    TIMESTAMP,
    revoked_by TEXT NOT NULL
);
CREATE INDEX archive_link_edition ON archive_link (edition);
