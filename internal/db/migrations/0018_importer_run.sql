-- +goose Up
-- An import that was begun in the browser. Its input is a blob; report is the
-- JSON of the report, '' until it ended.
CREATE TABLE importer_run (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    reader   TEXT NOT NULL,
    input    TEXT NOT NULL,
    media    TEXT NOT NULL,
    lang     TEXT NOT NULL,
    fetching BOOLEAN NOT NULL,
    dry      BOOLEAN NOT NULL,
    by_id    TEXT NOT NULL,
    by_whom  TEXT NOT NULL,
    begun    TIMESTAMP NOT NULL,
    doing    TEXT NOT NULL,
    done     BIGINT NOT NULL,
    of_all   BIGINT NOT NULL,
    unit     TEXT NOT NULL,
    ended    TIMESTAMP,
    failure  TEXT NOT NULL,
    report   TEXT NOT NULL
);
CREATE INDEX importer_run_begun ON importer_run (begun DESC, id DESC);

-- One line of a report, for somebody to settle.
CREATE TABLE importer_remark (
    run     TEXT NOT NULL REFERENCES importer_run (id),
    number  INTEGER NOT NULL,
    stored  BOOLEAN NOT NULL,
    place   TEXT NOT NULL,
    what    TEXT NOT NULL,
    why     TEXT NOT NULL,
    settled TIMESTAMP,
    by_whom TEXT NOT NULL,
    PRIMARY KEY (run, number)
);
