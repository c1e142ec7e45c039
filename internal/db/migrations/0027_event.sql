-- +goose Up
-- Some events are one of a row of the same: a yearly forum.
CREATE TABLE event_series (
    id      TEXT PRIMARY KEY,
    slug    TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL, -- JSON by language
    created TIMESTAMP NOT NULL,
    changed TIMESTAMP NOT NULL
);

-- first_day and last_day are the days between which it was held for certain,
-- as 20181103, 0 if not stated: a month is its first to its last. Lists sort
-- and filter by them. sought is the titles in lower case, for the studio.
CREATE TABLE event_event (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    slug      TEXT NOT NULL UNIQUE,
    title     TEXT NOT NULL,
    about     TEXT NOT NULL,
    type      TEXT NOT NULL,
    held_from TEXT NOT NULL,
    held_to   TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    last_day  INTEGER NOT NULL,
    starts    TEXT NOT NULL,
    ends      TEXT NOT NULL,
    zone      TEXT NOT NULL,
    venue     TEXT NOT NULL,
    city      TEXT NOT NULL,
    country   TEXT NOT NULL,
    parent    TEXT NOT NULL,
    series    TEXT NOT NULL,
    sought    TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('draft', 'public', 'withdrawn')),
    made_by   TEXT NOT NULL,
    created   TIMESTAMP NOT NULL,
    changed   TIMESTAMP NOT NULL
);
CREATE INDEX event_event_list ON event_event (first_day DESC, id DESC);
CREATE INDEX event_event_parent ON event_event (parent) WHERE parent <> '';
CREATE INDEX event_event_series ON event_event (series) WHERE series <> '';

-- An address that has been public leads on for ever.
CREATE TABLE event_old_slug (
    slug  TEXT PRIMARY KEY,
    event TEXT NOT NULL REFERENCES event_event (id)
);

-- Organisations and people are of another area, so no foreign key leads there.
CREATE TABLE event_party (
    id           TEXT PRIMARY KEY,
    event        TEXT NOT NULL REFERENCES event_event (id),
    position     INTEGER NOT NULL,
    part         TEXT NOT NULL,
    organisation TEXT NOT NULL,
    name         TEXT NOT NULL
);
CREATE INDEX event_party_event ON event_party (event, position);
CREATE INDEX event_party_organisation ON event_party (organisation) WHERE organisation <> '';

CREATE TABLE event_present (
    id           TEXT PRIMARY KEY,
    event        TEXT NOT NULL REFERENCES event_event (id),
    position     INTEGER NOT NULL,
    organisation TEXT NOT NULL,
    name         TEXT NOT NULL,
    several      BOOLEAN NOT NULL,
    sector       TEXT NOT NULL,
    country      TEXT NOT NULL
);
CREATE INDEX event_present_event ON event_present (event, position);
CREATE INDEX event_present_organisation ON event_present (organisation) WHERE organisation <> '';

CREATE TABLE event_session (
    id       TEXT PRIMARY KEY,
    event    TEXT NOT NULL REFERENCES event_event (id),
    position INTEGER NOT NULL,
    title    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    day      TEXT NOT NULL,
    starts   TEXT NOT NULL,
    ends     TEXT NOT NULL
);
CREATE INDEX event_session_event ON event_session (event, position);

-- office and affiliation are those of that day, by language.
CREATE TABLE event_appearance (
    id           TEXT PRIMARY KEY,
    event        TEXT NOT NULL REFERENCES event_event (id),
    position     INTEGER NOT NULL,
    session      TEXT NOT NULL,
    person       TEXT NOT NULL,
    described    TEXT NOT NULL,
    role         TEXT NOT NULL,
    office       TEXT NOT NULL,
    affiliation  TEXT NOT NULL,
    organisation TEXT NOT NULL
);
CREATE INDEX event_appearance_event ON event_appearance (event, position);
CREATE INDEX event_appearance_person ON event_appearance (person) WHERE person <> '';
CREATE INDEX event_appearance_organisation ON event_appearance (organisation) WHERE organisation <> '';

-- Numbers are never added up, so nothing here is a sum.
CREATE TABLE event_count (
    id        TEXT PRIMARY KEY,
    event     TEXT NOT NULL REFERENCES event_event (id),
    position  INTEGER NOT NULL,
    value     BIGINT NOT NULL,
    high      BIGINT NOT NULL,
    qualifier TEXT NOT NULL,
    counted   TEXT NOT NULL,
    words     TEXT NOT NULL,
    source    TEXT NOT NULL -- JSON: the passage
);
CREATE INDEX event_count_event ON event_count (event, position);

CREATE TABLE event_material (
    id       TEXT PRIMARY KEY,
    event    TEXT NOT NULL REFERENCES event_event (id),
    position INTEGER NOT NULL,
    title    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    lang     TEXT NOT NULL,
    size     BIGINT NOT NULL,
    owner    TEXT NOT NULL,
    licence  TEXT NOT NULL,
    session  TEXT NOT NULL,
    file     TEXT NOT NULL,
    address  TEXT NOT NULL
);
CREATE INDEX event_material_event ON event_material (event, position);

CREATE TABLE event_work (
    event    TEXT NOT NULL REFERENCES event_event (id),
    work     TEXT NOT NULL,
    position INTEGER NOT NULL,
    stage    TEXT NOT NULL,
    PRIMARY KEY (event, work)
);
CREATE INDEX event_work_work ON event_work (work);

CREATE TABLE event_term (
    event    TEXT NOT NULL REFERENCES event_event (id),
    term     TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (event, term)
);
CREATE INDEX event_term_term ON event_term (term);

CREATE TABLE event_lang (
    event       TEXT NOT NULL REFERENCES event_event (id),
    lang        TEXT NOT NULL,
    interpreted BOOLEAN NOT NULL,
    position    INTEGER NOT NULL,
    PRIMARY KEY (event, lang, interpreted)
);
