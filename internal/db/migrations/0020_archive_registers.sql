-- +goose Up
-- Where a term stood before it was renamed, moved or merged: its old addresses
-- lead to where it is now.
CREATE TABLE archive_term_old (
    vocabulary TEXT NOT NULL REFERENCES archive_vocabulary (slug),
    path       TEXT NOT NULL,
    term       TEXT NOT NULL REFERENCES archive_term (id),
    PRIMARY KEY (vocabulary, path)
);
CREATE INDEX archive_term_old_term ON archive_term_old (term);

-- A term that was merged into another. Menus, texts and old addresses may hold
-- its id for ever, and an import may bring it again.
CREATE TABLE archive_term_merged (
    id   TEXT PRIMARY KEY,
    term TEXT NOT NULL REFERENCES archive_term (id)
);
CREATE INDEX archive_term_merged_term ON archive_term_merged (term);
