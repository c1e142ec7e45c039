-- +goose Up
-- A working copy: what one person is writing of one edition and has not made
-- a revision of yet. It is saved every few seconds and thrown away when it
-- became a revision. author is the id of the user or of the link they came by.
CREATE TABLE archive_draft (
    edition    TEXT NOT NULL REFERENCES archive_edition (id),
    author     TEXT NOT NULL,
    name       TEXT NOT NULL,
    after      INTEGER NOT NULL,
    source_rev INTEGER NOT NULL,
    title      TEXT NOT NULL,
    summary    TEXT NOT NULL,
    body       TEXT NOT NULL,
    note       TEXT NOT NULL,
    saved      TIMESTAMP NOT NULL,
    PRIMARY KEY (edition, author)
);
CREATE INDEX archive_draft_author ON archive_draft (author, saved);

-- Who wrote a revision, by id: names may be shared. Not part of its hash.
ALTER TABLE archive_revision ADD COLUMN author TEXT NOT NULL DEFAULT '';

-- made_by is who made the edition here. While an edition is provisional its
-- slug follows its title; that ends when it is first published.
ALTER TABLE archive_edition ADD COLUMN made_by TEXT NOT NULL DEFAULT '';
ALTER TABLE archive_edition ADD COLUMN provisional BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX archive_edition_made_by ON archive_edition (made_by) WHERE made_by <> '';
CREATE INDEX archive_revision_author ON archive_revision (author, edition) WHERE author <> '';

-- The studio lists what is not public, too.
CREATE INDEX archive_work_all ON archive_work (listed_at DESC, id DESC);
