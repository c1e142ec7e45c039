-- +goose Up
-- Every change of anything is one row here, written in its own transaction.
-- The greatest version is the version of the whole content: caches, the
-- search index and feeds are true to it or are thrown away.
CREATE TABLE change_log (
    version BIGINT PRIMARY KEY,
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    what    TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL
);
CREATE INDEX change_log_thing ON change_log (kind, id);
