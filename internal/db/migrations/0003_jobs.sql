-- +goose Up
-- Work to be done later. A row stays until it is done; one that failed too
-- often keeps its error and waits for a person.
CREATE TABLE job (
    id       TEXT PRIMARY KEY,
    kind     TEXT NOT NULL,
    payload  TEXT NOT NULL,
    tries    INTEGER NOT NULL,
    due      TIMESTAMP NOT NULL,
    failed   BOOLEAN NOT NULL,
    error    TEXT NOT NULL,
    created  TIMESTAMP NOT NULL,
    UNIQUE (kind, payload)
);
CREATE INDEX job_due ON job (due) WHERE NOT failed;
