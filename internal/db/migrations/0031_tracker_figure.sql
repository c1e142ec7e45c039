-- +goose Up
-- What is counted, so that several figures of one thing stand side by side.
CREATE TABLE tracker_measure (
    id      TEXT PRIMARY KEY,
    slug    TEXT NOT NULL UNIQUE,
    what    TEXT NOT NULL, -- JSON by language: "Cambodian migrants working in Japan under the TITP"
    unit    TEXT NOT NULL, -- JSON by language: "people"; '' if nothing but the number is said
    by_whom TEXT NOT NULL,
    changed TIMESTAMP NOT NULL
);

-- A number as a document states it.
CREATE TABLE tracker_figure (
    id        TEXT PRIMARY KEY,
    measure   TEXT NOT NULL REFERENCES tracker_measure (id),
    value     TEXT NOT NULL,            -- decimal
    upto      TEXT NOT NULL DEFAULT '', -- the greater end of a range
    qualifier TEXT NOT NULL CHECK (qualifier IN ('', 'about', 'over', 'under', 'at_least', 'at_most')),
    percent   BOOLEAN NOT NULL,
    as_of     TEXT NOT NULL DEFAULT '',
    work      TEXT,
    source    TEXT NOT NULL,            -- JSON
    note      TEXT NOT NULL DEFAULT '', -- JSON by language
    public    BOOLEAN NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    version   INTEGER NOT NULL,
    by_whom   TEXT NOT NULL,
    created   TIMESTAMP NOT NULL,
    changed   TIMESTAMP NOT NULL
);
CREATE INDEX tracker_figure_measure ON tracker_figure (measure, as_of);
CREATE INDEX tracker_figure_work ON tracker_figure (work);

-- Every state a figure was in: draft, public, withdrawn, and what it said.
-- Rows are only added.
CREATE TABLE tracker_figure_history (
    id      TEXT PRIMARY KEY,
    figure  TEXT NOT NULL REFERENCES tracker_figure (id),
    version INTEGER NOT NULL,
    stated  TEXT NOT NULL, -- JSON
    public  BOOLEAN NOT NULL,
    why     TEXT NOT NULL DEFAULT '',
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL
);
CREATE INDEX tracker_figure_history_of ON tracker_figure_history (figure, version);
