-- +goose Up
-- From which revision of which edition a revision of a translation was made,
-- or up to which it was said to be up to date. The newest row for the newest
-- revision not after the one asked for holds; rows are only ever added.
CREATE TABLE archive_basis (
    id         TEXT PRIMARY KEY,
    edition    TEXT NOT NULL REFERENCES archive_edition (id),
    revision   INTEGER NOT NULL,
    source     TEXT NOT NULL,
    source_rev INTEGER NOT NULL,
    by_whom    TEXT NOT NULL,
    at         TIMESTAMP NOT NULL
);
CREATE INDEX archive_basis_edition ON archive_basis (edition, revision);

-- How many passages of the source have changed since: as readers see both
-- (stale), and of the newest revisions (behind). They follow from the
-- revisions and are kept here because lists filter by them; one function of
-- package archive writes them. source and source_rev of an edition are those
-- of its newest revision.
ALTER TABLE archive_edition ADD COLUMN stale INTEGER NOT NULL DEFAULT 0;
ALTER TABLE archive_edition ADD COLUMN behind INTEGER NOT NULL DEFAULT 0;
CREATE INDEX archive_edition_source ON archive_edition (source) WHERE source <> '';
CREATE INDEX archive_edition_stale ON archive_edition (id) WHERE stale > 0;
CREATE INDEX archive_edition_behind ON archive_edition (id) WHERE behind > 0;
