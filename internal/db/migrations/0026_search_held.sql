-- +goose Up
-- Which things hold somebody whose name is covered in the index. When that
-- person may be shown otherwise, these are read anew: the index itself no
-- longer knows where the name stood.
CREATE TABLE search_held (
    ref_kind TEXT NOT NULL,
    ref_id   TEXT NOT NULL,
    person   TEXT NOT NULL,
    PRIMARY KEY (ref_id, person)
);
CREATE INDEX search_held_person ON search_held (person);
