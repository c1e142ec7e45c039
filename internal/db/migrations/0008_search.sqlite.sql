-- +goose Up
-- The index of everything public. A segment is written once and never
-- changed: new entries make a new segment, entries that are gone are named in
-- search_dead, and segments of like size are merged.
CREATE TABLE search_state (
    name  TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
CREATE TABLE search_segment (
    id      BIGINT PRIMARY KEY,
    entries BIGINT NOT NULL,
    columns BLOB NOT NULL, -- what is known of each entry: see search/column.go
    chunks  BLOB NOT NULL, -- the first key of each chunk
    words   BLOB NOT NULL  -- the words that occur, and how often
);
CREATE TABLE search_chunk (
    segment BIGINT NOT NULL,
    number  BIGINT NOT NULL,
    data    BLOB NOT NULL, -- keys and where they occur: see search/posting.go
    PRIMARY KEY (segment, number)
);
-- An entry has a number of its own, which the columns of its segment hold, so
-- that its text stays where it is when segments are merged.
CREATE TABLE search_entry (
    id       INTEGER PRIMARY KEY,
    ref_kind TEXT NOT NULL,
    ref_id   TEXT NOT NULL,
    edition  TEXT NOT NULL,
    lang     TEXT NOT NULL,
    title    TEXT NOT NULL,
    text     BLOB NOT NULL -- compressed
);
CREATE INDEX search_entry_ref ON search_entry (ref_id);
CREATE TABLE search_dead (
    entry INTEGER PRIMARY KEY
);
