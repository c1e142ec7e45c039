-- +goose Up
-- Each version an event has had, whole. Rows are only added.
CREATE TABLE event_version (
    event   TEXT NOT NULL REFERENCES event_event (id),
    number  INTEGER NOT NULL,
    content TEXT NOT NULL, -- JSON
    by_whom TEXT NOT NULL,
    by_id   TEXT NOT NULL,
    at      TIMESTAMP NOT NULL,
    PRIMARY KEY (event, number)
);

-- An event's state is that of its newest row here. Rows are only added.
CREATE TABLE event_step (
    id      TEXT PRIMARY KEY,
    event   TEXT NOT NULL REFERENCES event_event (id),
    state   TEXT NOT NULL CHECK (state IN ('draft', 'public', 'withdrawn')),
    version INTEGER NOT NULL,
    note    TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL
);
CREATE INDEX event_step_event ON event_step (event, version);

-- What somebody saved after somebody else had: kept until it is settled.
CREATE TABLE event_aside (
    id      TEXT PRIMARY KEY,
    event   TEXT NOT NULL REFERENCES event_event (id),
    base    INTEGER NOT NULL,
    content TEXT NOT NULL, -- JSON
    by_whom TEXT NOT NULL,
    by_id   TEXT NOT NULL,
    at      TIMESTAMP NOT NULL,
    settled TIMESTAMP
);
CREATE INDEX event_aside_event ON event_aside (event) WHERE settled IS NULL;
