-- +goose Up
-- Whether people can be recognised in a picture: the newest row counts. It is
-- said of the bytes, so that a second copy of a picture is no way around it.
CREATE TABLE media_people (
    id           TEXT PRIMARY KEY,
    hash         TEXT NOT NULL,
    recognisable BOOLEAN NOT NULL,
    by_whom      TEXT NOT NULL,
    at           TIMESTAMP NOT NULL
);
CREATE INDEX media_people_hash ON media_people (hash, at);

-- What one person, or those responsible for them, agreed to. until is a day,
-- '' if they set no end.
CREATE TABLE media_consent (
    id      TEXT PRIMARY KEY,
    hash    TEXT NOT NULL,
    person  TEXT NOT NULL,
    given   TEXT NOT NULL,
    scope   TEXT NOT NULL,
    until   TEXT NOT NULL,
    note    TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL
);
CREATE INDEX media_consent_hash ON media_consent (hash);

-- A consent that was taken back stays taken back: whoever agrees again gives a
-- new one.
CREATE TABLE media_consent_withdrawal (
    consent TEXT PRIMARY KEY REFERENCES media_consent (id),
    reason  TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL
);

-- A file on its way in: its parts are blobs, put together when all are here.
CREATE TABLE media_upload (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    size    BIGINT NOT NULL,
    by_id   TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    begun   TIMESTAMP NOT NULL
);
CREATE TABLE media_upload_part (
    upload TEXT NOT NULL REFERENCES media_upload (id),
    start  BIGINT NOT NULL,
    size   BIGINT NOT NULL,
    hash   TEXT NOT NULL,
    PRIMARY KEY (upload, start)
);
