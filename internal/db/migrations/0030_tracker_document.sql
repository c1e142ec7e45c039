-- +goose Up
-- A document that numbers recommendations. key is what makes it this one: its
-- work, file, address or name.
CREATE TABLE tracker_document (
    id      TEXT PRIMARY KEY,
    slug    TEXT NOT NULL UNIQUE,
    key     TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL DEFAULT '', -- JSON by language
    day     TEXT NOT NULL DEFAULT '',
    source  TEXT NOT NULL,            -- JSON
    created TIMESTAMP NOT NULL
);

-- The number of a recommendation in a document. among says that the document
-- names several numbers for several recommendations and not which is which.
CREATE TABLE tracker_number (
    document       TEXT NOT NULL REFERENCES tracker_document (id),
    recommendation TEXT NOT NULL REFERENCES tracker_recommendation (id),
    number         TEXT NOT NULL,
    among          BOOLEAN NOT NULL,
    block          TEXT NOT NULL DEFAULT '',
    by_whom        TEXT NOT NULL,
    at             TIMESTAMP NOT NULL,
    PRIMARY KEY (document, recommendation)
);
CREATE INDEX tracker_number_of ON tracker_number (recommendation);

-- Two recommendations that look alike, as an editor decided. a < b.
CREATE TABLE tracker_likeness (
    a       TEXT NOT NULL REFERENCES tracker_recommendation (id),
    b       TEXT NOT NULL REFERENCES tracker_recommendation (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('again', 'merged', 'different')),
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL,
    PRIMARY KEY (a, b)
);

-- What an addressee answers. shown follows from the newest decision.
CREATE TABLE tracker_reply (
    id             TEXT PRIMARY KEY,
    recommendation TEXT NOT NULL REFERENCES tracker_recommendation (id),
    organisation   TEXT,
    said           TEXT NOT NULL DEFAULT '', -- JSON by language: who answers, by name and office
    day            TEXT NOT NULL DEFAULT '',
    words          TEXT NOT NULL,            -- JSON by language
    original       TEXT NOT NULL,
    source         TEXT NOT NULL DEFAULT '', -- JSON
    shown          BOOLEAN NOT NULL,
    decided        BOOLEAN NOT NULL,
    version        INTEGER NOT NULL,
    by_whom        TEXT NOT NULL,
    at             TIMESTAMP NOT NULL,
    changed        TIMESTAMP NOT NULL
);
CREATE INDEX tracker_reply_of ON tracker_reply (recommendation, at);
CREATE INDEX tracker_reply_waiting ON tracker_reply (decided, at);

-- Every text a reply had, and every decision on it. Rows are only added.
CREATE TABLE tracker_reply_history (
    id      TEXT PRIMARY KEY,
    reply   TEXT NOT NULL REFERENCES tracker_reply (id),
    version INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('', 'shown', 'not_shown')),
    why     TEXT NOT NULL DEFAULT '',
    stated  TEXT NOT NULL, -- JSON
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL
);
CREATE INDEX tracker_reply_history_of ON tracker_reply_history (reply, at);

-- Where a country stands with a convention. Rows are only added; the newest
-- counts.
CREATE TABLE tracker_ratification (
    id         TEXT PRIMARY KEY,
    country    TEXT NOT NULL, -- ISO 3166-1 alpha-2, lower case
    framework  TEXT NOT NULL,
    code       TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('ratified', 'signed', 'not_ratified', 'denounced')),
    day        TEXT NOT NULL DEFAULT '',
    source     TEXT NOT NULL, -- JSON
    checked    TEXT NOT NULL, -- day somebody looked
    note       TEXT NOT NULL DEFAULT '', -- JSON by language
    by_whom    TEXT NOT NULL,
    at         TIMESTAMP NOT NULL
);
CREATE INDEX tracker_ratification_of ON tracker_ratification (country, framework, code, at);

-- A recommendation to look at again, because what it asks for seems done.
CREATE TABLE tracker_review (
    id             TEXT PRIMARY KEY,
    recommendation TEXT NOT NULL REFERENCES tracker_recommendation (id),
    ratification   TEXT NOT NULL REFERENCES tracker_ratification (id),
    at             TIMESTAMP NOT NULL,
    settled        TIMESTAMP,
    settled_by     TEXT NOT NULL DEFAULT '',
    UNIQUE (recommendation, ratification)
);
