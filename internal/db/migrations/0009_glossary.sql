-- +goose Up
-- What the network calls things. loaded is the hash of the default a row came
-- from, '' if an editor made it; once edited, defaults leave a row alone.
CREATE TABLE glossary_concept (
    id       TEXT PRIMARY KEY, -- 'country.TH': stable, it is in addresses
    category TEXT NOT NULL,
    note     TEXT NOT NULL,
    terms    TEXT NOT NULL, -- JSON by language
    retired  BOOLEAN NOT NULL,
    loaded   TEXT NOT NULL,
    edited   BOOLEAN NOT NULL,
    by_whom  TEXT NOT NULL,
    changed  TIMESTAMP NOT NULL
);
-- Words to avoid, and what to say instead.
CREATE TABLE glossary_rule (
    id       TEXT PRIMARY KEY,
    lang     TEXT NOT NULL,
    rule     TEXT NOT NULL, -- JSON
    retired  BOOLEAN NOT NULL,
    loaded   TEXT NOT NULL,
    edited   BOOLEAN NOT NULL,
    by_whom  TEXT NOT NULL,
    changed  TIMESTAMP NOT NULL
);
-- Every state either was ever in. Rows are only added.
CREATE TABLE glossary_history (
    id      TEXT PRIMARY KEY,
    kind    TEXT NOT NULL CHECK (kind IN ('concept', 'rule')),
    item    TEXT NOT NULL,
    state   TEXT NOT NULL, -- JSON
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL
);
CREATE INDEX glossary_history_item ON glossary_history (kind, item, at);
