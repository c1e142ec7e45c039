-- +goose Up
-- When words in a language were last changed, or were found to say still what
-- they are translated from, as far as anything was changed since it was first
-- said. What a translation was made of is newer than it where its row is. key is
-- that of a text of about, as whoever translates names it.
CREATE TABLE event_reworded (
    about TEXT NOT NULL, -- an event, or a series
    key   TEXT NOT NULL,
    lang  TEXT NOT NULL,
    at    TIMESTAMP NOT NULL,
    PRIMARY KEY (about, key, lang)
);
CREATE TABLE tracker_reworded (
    about TEXT NOT NULL, -- a recommendation, a measure, or the name of a document
    key   TEXT NOT NULL,
    lang  TEXT NOT NULL,
    at    TIMESTAMP NOT NULL,
    PRIMARY KEY (about, key, lang)
);
CREATE TABLE directory_reworded (
    about TEXT NOT NULL, -- an organisation
    key   TEXT NOT NULL,
    lang  TEXT NOT NULL,
    at    TIMESTAMP NOT NULL,
    PRIMARY KEY (about, key, lang)
);

-- What the name of a document is in other languages than the one in which it
-- stands where it is named. name is that one, as names of documents are
-- compared; id is of nothing but the translation.
CREATE TABLE tracker_named (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    called  TEXT NOT NULL, -- JSON by language
    by_whom TEXT NOT NULL,
    changed TIMESTAMP NOT NULL
);
