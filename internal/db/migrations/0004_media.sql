-- +goose Up
-- A file is known by its id; its bytes by their hash, which is '' while the
-- house does not have them. meta is what an old site kept with it, as JSON.
CREATE TABLE media_file (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    hash       TEXT NOT NULL,
    type       TEXT NOT NULL,
    size       BIGINT NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    title      TEXT NOT NULL,
    alt        TEXT NOT NULL,
    caption    TEXT NOT NULL,
    about      TEXT NOT NULL,
    url        TEXT NOT NULL,
    owner_kind TEXT NOT NULL,
    owner      TEXT NOT NULL,
    public     BOOLEAN NOT NULL,
    doubt      TEXT NOT NULL,
    meta       TEXT NOT NULL,
    created    TIMESTAMP NOT NULL,
    changed    TIMESTAMP NOT NULL
);
CREATE INDEX media_file_hash ON media_file (hash);
CREATE INDEX media_file_owner ON media_file (owner_kind, owner);

-- A rendition is a picture re-encoded at one width, with nothing in it but
-- the picture. Only renditions of a picture are ever public.
CREATE TABLE media_rendition (
    source TEXT NOT NULL,
    width  INTEGER NOT NULL,
    height INTEGER NOT NULL,
    type   TEXT NOT NULL,
    hash   TEXT NOT NULL,
    size   BIGINT NOT NULL,
    PRIMARY KEY (source, width)
);
CREATE INDEX media_rendition_hash ON media_rendition (hash);
