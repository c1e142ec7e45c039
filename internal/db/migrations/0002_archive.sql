-- +goose Up
-- A vocabulary is known by its slug; labels are JSON by language.
CREATE TABLE archive_vocabulary (
    slug    TEXT PRIMARY KEY,
    labels  TEXT NOT NULL DEFAULT '',
    created TIMESTAMP NOT NULL
);

-- path is the slugs from the top: it is what an address says, so it is kept.
CREATE TABLE archive_term (
    id          TEXT PRIMARY KEY,
    vocabulary  TEXT NOT NULL REFERENCES archive_vocabulary (slug),
    parent      TEXT REFERENCES archive_term (id),
    slug        TEXT NOT NULL,
    path        TEXT NOT NULL,
    labels      TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    created     TIMESTAMP NOT NULL,
    changed     TIMESTAMP NOT NULL,
    UNIQUE (vocabulary, path)
);
CREATE INDEX archive_term_parent ON archive_term (parent);

-- What is the same in every language. public, listed and listed_at follow from
-- the editions and are kept here because every list sorts and filters by them;
-- one function of package archive writes them.
CREATE TABLE archive_work (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,
    sticky    BOOLEAN NOT NULL,
    held_from TEXT NOT NULL,
    held_to   TEXT NOT NULL,
    place     TEXT NOT NULL,
    country   TEXT NOT NULL,
    parent    TEXT NOT NULL,
    position  INTEGER NOT NULL,
    picture   TEXT NOT NULL,
    contacts  TEXT NOT NULL,
    public    BOOLEAN NOT NULL,
    listed    TEXT NOT NULL,
    listed_at TIMESTAMP NOT NULL,
    dating    TEXT NOT NULL,
    created   TIMESTAMP NOT NULL,
    changed   TIMESTAMP NOT NULL
);
CREATE INDEX archive_work_list ON archive_work (listed_at DESC, id DESC) WHERE public;
CREATE INDEX archive_work_parent ON archive_work (parent) WHERE parent <> '';

CREATE TABLE archive_work_term (
    work TEXT NOT NULL REFERENCES archive_work (id),
    term TEXT NOT NULL REFERENCES archive_term (id),
    PRIMARY KEY (work, term)
);
CREATE INDEX archive_work_term_term ON archive_work_term (term, work);

-- title and summary are those of the live revision, or of the newest if none
-- is live. year 0 is a page, whose address holds no year.
CREATE TABLE archive_edition (
    id         TEXT PRIMARY KEY,
    work       TEXT NOT NULL REFERENCES archive_work (id),
    lang       TEXT NOT NULL,
    year       INTEGER NOT NULL,
    slug       TEXT NOT NULL,
    title      TEXT NOT NULL,
    summary    TEXT NOT NULL,
    stage      TEXT NOT NULL,
    public     BOOLEAN NOT NULL,
    withdrawn  BOOLEAN NOT NULL,
    revision   INTEGER NOT NULL,
    live       INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    published  TIMESTAMP,
    pub_day    TEXT NOT NULL,
    due        TIMESTAMP,
    source     TEXT NOT NULL,
    source_rev INTEGER NOT NULL,
    bylines    TEXT NOT NULL,
    meta       TEXT NOT NULL,
    correction TEXT NOT NULL,
    created    TIMESTAMP NOT NULL,
    changed    TIMESTAMP NOT NULL,
    UNIQUE (work, lang),
    UNIQUE (lang, year, slug)
);
CREATE INDEX archive_edition_slug ON archive_edition (year, slug);

-- Revisions are only ever added. Each holds the hash of the one before it.
CREATE TABLE archive_revision (
    edition  TEXT NOT NULL REFERENCES archive_edition (id),
    number   INTEGER NOT NULL,
    title    TEXT NOT NULL,
    summary  TEXT NOT NULL,
    body     TEXT NOT NULL,
    note     TEXT NOT NULL,
    by_whom  TEXT NOT NULL,
    at       TIMESTAMP NOT NULL,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL,
    PRIMARY KEY (edition, number)
);

-- Which revision went out as which version, when and by whom.
CREATE TABLE archive_publication (
    edition  TEXT NOT NULL REFERENCES archive_edition (id),
    version  INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    by_whom  TEXT NOT NULL,
    at       TIMESTAMP NOT NULL,
    PRIMARY KEY (edition, version)
);

-- A withdrawal stands until a publication of the same edition follows it.
CREATE TABLE archive_withdrawal (
    id      TEXT PRIMARY KEY,
    edition TEXT NOT NULL REFERENCES archive_edition (id),
    reason  TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at      TIMESTAMP NOT NULL
);
CREATE INDEX archive_withdrawal_edition ON archive_withdrawal (edition);

CREATE TABLE archive_relation (
    from_work TEXT NOT NULL REFERENCES archive_work (id),
    to_work   TEXT NOT NULL REFERENCES archive_work (id),
    name      TEXT NOT NULL,
    PRIMARY KEY (from_work, to_work, name)
);
CREATE INDEX archive_relation_to ON archive_relation (to_work);

CREATE TABLE archive_comment (
    id       TEXT PRIMARY KEY,
    edition  TEXT NOT NULL REFERENCES archive_edition (id),
    parent   TEXT NOT NULL,
    author   TEXT NOT NULL,
    url      TEXT NOT NULL,
    body     TEXT NOT NULL,
    at       TIMESTAMP,
    type     TEXT NOT NULL,
    approved BOOLEAN NOT NULL,
    meta     TEXT NOT NULL
);
CREATE INDEX archive_comment_edition ON archive_comment (edition, at);

-- An address of an old site and what it leads to: any kind of thing, so there
-- is no foreign key. The first to claim an address keeps it.
CREATE TABLE archive_redirect (
    address TEXT PRIMARY KEY,
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    lang    TEXT NOT NULL,
    created TIMESTAMP NOT NULL
);
CREATE INDEX archive_redirect_target ON archive_redirect (kind, id);
