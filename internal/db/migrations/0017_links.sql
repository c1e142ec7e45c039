-- +goose Up
-- What is known of an address on another site. status is the last answer:
-- an HTTP status, 0 for none. failing is when it began not to answer well.
CREATE TABLE links_address (
    address  TEXT PRIMARY KEY,
    status   INTEGER NOT NULL,
    trouble  TEXT NOT NULL,
    leads_to TEXT NOT NULL,
    checked  TIMESTAMP,
    failing  TIMESTAMP,
    failures INTEGER NOT NULL,
    archived TEXT NOT NULL,
    found    TIMESTAMP NOT NULL
);
CREATE INDEX links_address_checked ON links_address (checked);

-- Which public text leads there.
CREATE TABLE links_use (
    address TEXT NOT NULL REFERENCES links_address (address),
    edition TEXT NOT NULL,
    work    TEXT NOT NULL,
    PRIMARY KEY (address, edition)
);
CREATE INDEX links_use_edition ON links_use (edition);
