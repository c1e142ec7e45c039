-- +goose Up
-- A person or an organisation. What only readers of the directory see is JSON;
-- what is asked for by value has a column. protected is worked out from kind
-- and showing whenever either changes, so that the few who are protected are
-- found by an index.
CREATE TABLE directory_entry (
    id        TEXT PRIMARY KEY,
    what      TEXT NOT NULL CHECK (what IN ('person', 'organisation')),
    kind      TEXT NOT NULL,
    names     TEXT NOT NULL, -- JSON by language
    short     TEXT NOT NULL, -- JSON by language: the given name of a person, the short form of an organisation
    aliases   TEXT NOT NULL, -- JSON list
    showing   TEXT NOT NULL, -- '' as the kind says
    protected BOOLEAN NOT NULL,
    public    BOOLEAN NOT NULL, -- has a page
    country   TEXT NOT NULL,
    slug      TEXT NOT NULL,
    parent    TEXT REFERENCES directory_entry (id),
    merged    TEXT REFERENCES directory_entry (id), -- what it was merged into
    more      TEXT NOT NULL, -- JSON
    created   TIMESTAMP NOT NULL,
    changed   TIMESTAMP NOT NULL
);
CREATE INDEX directory_entry_list ON directory_entry (what, created, id);
CREATE INDEX directory_entry_parent ON directory_entry (parent);
CREATE INDEX directory_entry_merged ON directory_entry (merged);
CREATE INDEX directory_entry_protected ON directory_entry (protected) WHERE protected;

-- Every last part of an address that an entry ever had. The first to have it
-- keeps it.
CREATE TABLE directory_slug (
    what  TEXT NOT NULL,
    slug  TEXT NOT NULL,
    entry TEXT NOT NULL REFERENCES directory_entry (id),
    PRIMARY KEY (what, slug)
);

-- The names of an entry as they are looked for: form is the normal form
-- without titles, sound what is left of it when spelling and the order of
-- words no longer matter.
CREATE TABLE directory_name (
    entry TEXT NOT NULL REFERENCES directory_entry (id),
    form  TEXT NOT NULL,
    sound TEXT NOT NULL,
    PRIMARY KEY (entry, form)
);
CREATE INDEX directory_name_sound ON directory_name (sound);

-- What a person was in an organisation, and when. Days as far as they are
-- stated, '' where they are not.
CREATE TABLE directory_post (
    id           TEXT PRIMARY KEY,
    person       TEXT NOT NULL REFERENCES directory_entry (id),
    organisation TEXT NOT NULL REFERENCES directory_entry (id),
    role         TEXT NOT NULL, -- JSON by language
    since        TEXT NOT NULL,
    until        TEXT NOT NULL
);
CREATE INDEX directory_post_person ON directory_post (person);
CREATE INDEX directory_post_organisation ON directory_post (organisation);

-- Every state an entry was ever in. Rows are only added.
CREATE TABLE directory_history (
    id      TEXT PRIMARY KEY,
    entry   TEXT NOT NULL REFERENCES directory_entry (id),
    what    TEXT NOT NULL, -- a verb: 'added', 'merged'
    state   TEXT NOT NULL, -- JSON
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL
);
CREATE INDEX directory_history_entry ON directory_history (entry, at);
