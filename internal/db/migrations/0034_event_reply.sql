-- +goose Up
-- Whether an event takes replies to its invitation, from whom and until when.
-- Day and hour of the closing are those of the event's zone. hash is the
-- SHA-256 of the token of the link, where there is one. turns is raised first
-- by whoever replies, so that two who reply at once wait for each other: it is
-- also the order in which places are taken. hour and in_hour count what came
-- lately. forget is when the replies are deleted: it follows from the days of
-- the event, and is written anew when they change.
CREATE TABLE event_reply_rules (
    event      TEXT PRIMARY KEY REFERENCES event_event (id),
    open       BOOLEAN NOT NULL,
    invited    BOOLEAN NOT NULL,
    until_day  TEXT NOT NULL,
    until_hour TEXT NOT NULL,
    places     INTEGER NOT NULL,
    hash       TEXT UNIQUE,
    linked     TIMESTAMP,
    turns      INTEGER NOT NULL,
    hour       TIMESTAMP NOT NULL,
    in_hour    INTEGER NOT NULL,
    forget     TIMESTAMP NOT NULL,
    forgotten  TIMESTAMP
);

-- A reply. It is personal data: rows are deleted, by whoever sent it, by an
-- editor, and all of them when their day has come. key_hash is the SHA-256 of
-- what its address holds.
CREATE TABLE event_reply (
    id           TEXT PRIMARY KEY,
    event        TEXT NOT NULL REFERENCES event_event (id),
    key_hash     TEXT NOT NULL UNIQUE,
    answer       TEXT NOT NULL CHECK (answer IN ('comes', 'unsure', 'away')),
    name         TEXT NOT NULL,
    organisation TEXT NOT NULL,
    office       TEXT NOT NULL,
    country      TEXT NOT NULL,
    contact      TEXT NOT NULL,
    lang         TEXT NOT NULL,
    needs        TEXT NOT NULL,
    word         TEXT NOT NULL,
    turn         INTEGER NOT NULL,
    at           TIMESTAMP NOT NULL,
    changed      TIMESTAMP NOT NULL
);
CREATE INDEX event_reply_event ON event_reply (event, turn);

-- What is left of replies that were deleted: numbers.
CREATE TABLE event_reply_count (
    event  TEXT NOT NULL REFERENCES event_event (id),
    about  TEXT NOT NULL CHECK (about IN ('answer', 'country', 'lang')),
    value  TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (event, about, value)
);
