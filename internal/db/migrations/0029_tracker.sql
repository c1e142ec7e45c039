-- +goose Up
-- What was asked. state, asked, heard, public, withdrawn, version and ask
-- follow from the rows below and stand here so that a list is one index: the
-- store writes them in the transaction that adds such a row.
CREATE TABLE tracker_recommendation (
    id          TEXT PRIMARY KEY,
    slug        TEXT NOT NULL UNIQUE,
    title       TEXT NOT NULL,             -- JSON by language: short, ours
    words       TEXT NOT NULL,             -- JSON by language: exact
    original    TEXT NOT NULL,             -- the language whose words were said
    number      TEXT NOT NULL DEFAULT '',  -- as its own document gives it
    work        TEXT,                      -- that document, if it is in the archive
    block       TEXT NOT NULL DEFAULT '',
    source      TEXT NOT NULL,             -- JSON: the whole of it
    event       TEXT,
    owner       TEXT,                      -- user who follows it up
    owner_name  TEXT NOT NULL DEFAULT '',
    next        TEXT NOT NULL DEFAULT '',  -- day of the next thing to do
    asked       TEXT NOT NULL DEFAULT '',  -- day it was first made
    asked_at    TEXT NOT NULL,             -- that for sorting: a whole day
    state       TEXT NOT NULL,
    state_day   TEXT NOT NULL DEFAULT '',
    heard       TEXT NOT NULL,             -- the last day anything happened
    ask         TEXT NOT NULL,             -- the same in all that ask the same: the id of the first
    merged_into TEXT REFERENCES tracker_recommendation (id),
    public      BOOLEAN NOT NULL,
    withdrawn   BOOLEAN NOT NULL,
    version     INTEGER NOT NULL,
    made_by     TEXT NOT NULL,
    created     TIMESTAMP NOT NULL,
    changed     TIMESTAMP NOT NULL
);
CREATE INDEX tracker_recommendation_list ON tracker_recommendation (public, asked_at, id);
CREATE INDEX tracker_recommendation_state ON tracker_recommendation (state, asked_at);
CREATE INDEX tracker_recommendation_work ON tracker_recommendation (work);
CREATE INDEX tracker_recommendation_event ON tracker_recommendation (event);
CREATE INDEX tracker_recommendation_ask ON tracker_recommendation (ask);
CREATE INDEX tracker_recommendation_merged ON tracker_recommendation (merged_into);

-- Every address a recommendation ever had; the one it has is above.
CREATE TABLE tracker_slug (
    slug           TEXT PRIMARY KEY,
    recommendation TEXT NOT NULL REFERENCES tracker_recommendation (id)
);

-- Every state its own words were ever in. Rows are only added.
CREATE TABLE tracker_history (
    id             TEXT PRIMARY KEY,
    recommendation TEXT NOT NULL REFERENCES tracker_recommendation (id),
    version        INTEGER NOT NULL,
    stated         TEXT NOT NULL, -- JSON
    by_whom        TEXT NOT NULL,
    at             TIMESTAMP NOT NULL,
    UNIQUE (recommendation, version)
);

-- Out, and taken back. Rows are only added.
CREATE TABLE tracker_publication (
    id             TEXT PRIMARY KEY,
    recommendation TEXT NOT NULL REFERENCES tracker_recommendation (id),
    public         BOOLEAN NOT NULL,
    why            TEXT NOT NULL DEFAULT '',
    by_whom        TEXT NOT NULL,
    at             TIMESTAMP NOT NULL
);
CREATE INDEX tracker_publication_of ON tracker_publication (recommendation, at);

-- Who asks and who is asked. A row ends when it is taken out or when another
-- takes its place, because two organisations became one, say; it is not
-- removed, so that one can tell who was asked at the time.
CREATE TABLE tracker_party (
    id             TEXT PRIMARY KEY,
    recommendation TEXT NOT NULL REFERENCES tracker_recommendation (id),
    role           TEXT NOT NULL CHECK (role IN ('addressee', 'asker')),
    organisation   TEXT,                     -- of the directory, if it is there
    said           TEXT NOT NULL DEFAULT '', -- JSON by language: as the document names it
    position       INTEGER NOT NULL,
    added          TIMESTAMP NOT NULL,
    added_by       TEXT NOT NULL,
    ended          TIMESTAMP,
    ended_by       TEXT NOT NULL DEFAULT '',
    why            TEXT NOT NULL DEFAULT ''
);
CREATE INDEX tracker_party_of ON tracker_party (recommendation, role, position);
CREATE INDEX tracker_party_organisation ON tracker_party (organisation, role);

CREATE TABLE tracker_term (
    recommendation TEXT NOT NULL REFERENCES tracker_recommendation (id),
    term           TEXT NOT NULL,
    PRIMARY KEY (recommendation, term)
);
CREATE INDEX tracker_term_term ON tracker_term (term);

CREATE TABLE tracker_code (
    recommendation TEXT NOT NULL REFERENCES tracker_recommendation (id),
    framework      TEXT NOT NULL,
    code           TEXT NOT NULL,
    country        TEXT NOT NULL DEFAULT '', -- whom it is about: the state that is to ratify
    PRIMARY KEY (recommendation, framework, code, country)
);
CREATE INDEX tracker_code_code ON tracker_code (framework, code, country);

-- What became of it. Rows are only added: one that was wrong is corrected by
-- another, which names it.
CREATE TABLE tracker_step (
    id             TEXT PRIMARY KEY,
    recommendation TEXT NOT NULL REFERENCES tracker_recommendation (id),
    state          TEXT NOT NULL CHECK (state IN ('proposed', 'submitted', 'adopted', 'accepted', 'implemented', 'refused', 'superseded', 'unanswered', 'retracted')),
    day            TEXT NOT NULL DEFAULT '',
    about          BOOLEAN NOT NULL,          -- the day is uncertain
    number         TEXT NOT NULL DEFAULT '',  -- as this document gives it
    source         TEXT NOT NULL DEFAULT '',  -- JSON
    evidence       TEXT NOT NULL DEFAULT '',  -- JSON by language
    note           TEXT NOT NULL DEFAULT '',  -- JSON by language
    words          TEXT NOT NULL DEFAULT '',  -- JSON by language: as this document says it, if otherwise
    corrects       TEXT REFERENCES tracker_step (id),
    by_whom        TEXT NOT NULL,
    by_id          TEXT NOT NULL DEFAULT '',
    at             TIMESTAMP NOT NULL
);
CREATE INDEX tracker_step_of ON tracker_step (recommendation, at, id);
-- A row is corrected once; what corrected it may be corrected in turn.
CREATE UNIQUE INDEX tracker_step_corrects ON tracker_step (corrects) WHERE corrects IS NOT NULL;
