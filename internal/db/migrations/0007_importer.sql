-- +goose Up
-- What an import stored and the hash of what it said, so that the same thing
-- coming again is known for unchanged without comparing it.
CREATE TABLE importer_item (
    id      TEXT PRIMARY KEY,
    kind    TEXT NOT NULL,
    site    TEXT NOT NULL,
    type    TEXT NOT NULL,
    item    TEXT NOT NULL,
    hash    TEXT NOT NULL,
    created TIMESTAMP NOT NULL,
    changed TIMESTAMP NOT NULL
);
