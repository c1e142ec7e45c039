-- +goose Up
-- A fact that was read in the text of a work, for an editor to decide on. The
-- id is derived from the work and the fact, so a text that is read again gives
-- the same ones, and what was decided is not asked again. value is JSON; was is
-- the value as it was read, where an editor mended it. event is the proposal of
-- the event that a fact belongs to.
CREATE TABLE importer_proposal (
    id        TEXT PRIMARY KEY,
    work      TEXT NOT NULL,
    lang      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    event     TEXT NOT NULL,
    position  INTEGER NOT NULL,
    sure      INTEGER NOT NULL,
    block     TEXT NOT NULL,
    from_at   INTEGER NOT NULL,
    to_at     INTEGER NOT NULL,
    words     TEXT NOT NULL,
    value     TEXT NOT NULL,
    was       TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'mended', 'refused')),
    by_id     TEXT NOT NULL,
    by_whom   TEXT NOT NULL,
    decided   TIMESTAMP,
    made_kind TEXT NOT NULL,
    made      TEXT NOT NULL
);
CREATE INDEX importer_proposal_work ON importer_proposal (work, position);
CREATE INDEX importer_proposal_open ON importer_proposal (work) WHERE state = 'open';

-- Which text of a work was read, so that it is not read twice.
CREATE TABLE importer_proposal_read (
    work TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    at   TIMESTAMP NOT NULL
);

-- A walk over the whole archive: cursor is the last work that was read.
CREATE TABLE importer_proposal_sweep (
    id      TEXT PRIMARY KEY,
    by_id   TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    begun   TIMESTAMP NOT NULL,
    cursor  TEXT NOT NULL,
    done    BIGINT NOT NULL,
    of_all  BIGINT NOT NULL,
    found   BIGINT NOT NULL,
    ended   TIMESTAMP
);
CREATE INDEX importer_proposal_sweep_begun ON importer_proposal_sweep (begun DESC, id DESC);
