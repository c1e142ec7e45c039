-- +goose Up
-- Whether a work tells somebody's own story: then it needs their consent.
ALTER TABLE archive_work ADD COLUMN testimony BOOLEAN NOT NULL DEFAULT FALSE;

-- What one person, or those responsible for them, agreed to. until is a day,
-- '' if they set no end. The name is for those who work on the record alone.
CREATE TABLE archive_consent (
    id      TEXT PRIMARY KEY,
    work    TEXT NOT NULL REFERENCES archive_work (id),
    person  TEXT NOT NULL,
    given   TEXT NOT NULL,
    scope   TEXT NOT NULL,
    until   TEXT NOT NULL,
    note    TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL
);
CREATE INDEX archive_consent_work ON archive_consent (work, at);

-- A consent that was taken back stays taken back: whoever agrees again gives a
-- new one.
CREATE TABLE archive_consent_withdrawal (
    consent TEXT PRIMARY KEY REFERENCES archive_consent (id),
    reason  TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL
);
