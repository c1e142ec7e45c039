-- +goose Up
-- What was done with an edition on its way to the reader, and with which
-- revision. Rows are only ever added; stage of the edition follows from them.
CREATE TABLE archive_step (
    id       TEXT PRIMARY KEY,
    edition  TEXT NOT NULL REFERENCES archive_edition (id),
    revision INTEGER NOT NULL,
    what     TEXT NOT NULL CHECK (what IN ('submitted', 'sent_back', 'approved', 'scheduled', 'unscheduled', 'published', 'withdrawn')),
    note     TEXT NOT NULL,
    due      TIMESTAMP,
    author   TEXT NOT NULL,
    by_whom  TEXT NOT NULL,
    at       TIMESTAMP NOT NULL
);
CREATE INDEX archive_step_edition ON archive_step (edition, at);

-- Which revision goes out at which moment. The row goes when it has.
CREATE TABLE archive_schedule (
    edition  TEXT PRIMARY KEY REFERENCES archive_edition (id),
    revision INTEGER NOT NULL,
    due      TIMESTAMP NOT NULL,
    author   TEXT NOT NULL,
    by_whom  TEXT NOT NULL,
    at       TIMESTAMP NOT NULL
);

-- What the network demands of a kind of work. No row: nothing.
CREATE TABLE archive_rule (
    kind        TEXT PRIMARY KEY,
    two_persons BOOLEAN NOT NULL,
    by_whom     TEXT NOT NULL,
    at          TIMESTAMP NOT NULL
);

CREATE INDEX archive_edition_stage ON archive_edition (stage) WHERE stage <> 'draft';
CREATE INDEX archive_edition_due ON archive_edition (due) WHERE due IS NOT NULL;
