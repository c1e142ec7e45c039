-- +goose Up
-- A link by which members send texts and files without an account. Of its
-- token only the SHA-256 is kept. The open form is the row "open": it has no
-- end and takes any number. received is raised first by whoever sends, so that
-- two who send at once wait for each other.
CREATE TABLE contribution_link (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    note       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    hash       TEXT NOT NULL UNIQUE,
    until      TIMESTAMP,
    most       INTEGER NOT NULL,
    received   INTEGER NOT NULL,
    made_by    TEXT NOT NULL,
    made_at    TIMESTAMP NOT NULL,
    revoked    TIMESTAMP,
    revoked_by TEXT NOT NULL
);

-- What came by a link, as it was sent; the draft made of it is work. key_hash
-- is of what the receipt's address holds, and keeps a form that is sent twice
-- from becoming two. original is the text before it was turned from Zawgyi.
CREATE TABLE contribution_entry (
    id         TEXT PRIMARY KEY,
    link       TEXT NOT NULL REFERENCES contribution_link (id),
    key_hash   TEXT NOT NULL,
    who        TEXT NOT NULL,
    contact    TEXT NOT NULL,
    lang       TEXT NOT NULL,
    title      TEXT NOT NULL,
    body       TEXT NOT NULL,
    original   TEXT NOT NULL,
    place      TEXT NOT NULL,
    held       TEXT NOT NULL,
    work       TEXT NOT NULL,
    at         TIMESTAMP NOT NULL,
    added      TIMESTAMP NOT NULL,
    settled    TIMESTAMP,
    settled_by TEXT NOT NULL,
    UNIQUE (link, key_hash)
);
CREATE INDEX contribution_entry_open ON contribution_entry (added) WHERE settled IS NULL;
CREATE INDEX contribution_entry_link ON contribution_entry (link, at);

-- What was written after the text.
CREATE TABLE contribution_note (
    id    TEXT PRIMARY KEY,
    entry TEXT NOT NULL REFERENCES contribution_entry (id),
    body  TEXT NOT NULL,
    at    TIMESTAMP NOT NULL
);
CREATE INDEX contribution_note_entry ON contribution_note (entry, at);

-- A file that came with it; id is its id in media. people and statement are
-- what the sender says of those who can be recognised. hash keeps a file that
-- is sent again from coming twice.
CREATE TABLE contribution_file (
    id        TEXT PRIMARY KEY,
    entry     TEXT NOT NULL REFERENCES contribution_entry (id),
    hash      TEXT NOT NULL,
    about     TEXT NOT NULL,
    people    TEXT NOT NULL CHECK (people IN ('', 'nobody', 'agreed', 'unasked')),
    statement TEXT NOT NULL,
    size      BIGINT NOT NULL,
    at        TIMESTAMP NOT NULL
);
CREATE INDEX contribution_file_entry ON contribution_file (entry, at);
