-- +goose Up
-- A text that somebody has signed: its edition takes no other revision and
-- publishes no other until this is lifted, for a reason.
CREATE TABLE archive_freeze (
    id        TEXT PRIMARY KEY,
    edition   TEXT NOT NULL REFERENCES archive_edition (id),
    revision  INTEGER NOT NULL,
    author    TEXT NOT NULL,
    by_whom   TEXT NOT NULL,
    at        TIMESTAMP NOT NULL,
    lifted    TIMESTAMP,
    lifter    TEXT NOT NULL,
    lifted_by TEXT NOT NULL,
    reason    TEXT NOT NULL
);
CREATE INDEX archive_freeze_edition ON archive_freeze (edition, at);
CREATE UNIQUE INDEX archive_freeze_now ON archive_freeze (edition) WHERE lifted IS NULL;

-- A call to sign a work, which is an edition of it and the revision that is up
-- for signing: 0 while the text is being changed after somebody had signed;
-- then why says what for. late lets people sign after until. ended closes
-- everything by hand.
CREATE TABLE signature_call (
    id       TEXT PRIMARY KEY,
    work     TEXT NOT NULL UNIQUE,
    edition  TEXT NOT NULL,
    revision INTEGER NOT NULL,
    why      TEXT NOT NULL,
    note     TEXT NOT NULL,
    until    TIMESTAMP NOT NULL,
    late     BOOLEAN NOT NULL,
    ended    TIMESTAMP,
    made_by  TEXT NOT NULL,
    made_at  TIMESTAMP NOT NULL,
    changed  TIMESTAMP NOT NULL
);

-- Each text that was put up for signing. reason is why the one before it had
-- to change, where somebody had signed that.
CREATE TABLE signature_text (
    call     TEXT NOT NULL REFERENCES signature_call (id),
    edition  TEXT NOT NULL,
    revision INTEGER NOT NULL,
    reason   TEXT NOT NULL,
    by_whom  TEXT NOT NULL,
    at       TIMESTAMP NOT NULL,
    PRIMARY KEY (call, edition, revision)
);

-- A link by which members sign without an account. Of its token only the
-- SHA-256 is kept. One with a name is for that organisation; organisation is
-- its id in the directory, if it has one there. One without is for whoever has
-- it, and what comes by it waits for an editor. used is raised first by
-- whoever signs, so that two who sign at once wait for each other.
CREATE TABLE signature_link (
    id           TEXT PRIMARY KEY,
    call         TEXT NOT NULL REFERENCES signature_call (id),
    organisation TEXT NOT NULL,
    name         TEXT NOT NULL,
    country      TEXT NOT NULL,
    hash         TEXT NOT NULL UNIQUE,
    used         INTEGER NOT NULL,
    made_by      TEXT NOT NULL,
    made_at      TIMESTAMP NOT NULL,
    revoked      TIMESTAMP,
    revoked_by   TEXT NOT NULL
);
CREATE INDEX signature_link_call ON signature_link (call, made_at);

-- A signature: who signed which revision. form is the name as names are
-- compared. link is '' of one that an editor entered; key_hash is of what the
-- address of its receipt holds. signed is the moment of signing, at when it
-- came here.
CREATE TABLE signature_entry (
    id           TEXT PRIMARY KEY,
    call         TEXT NOT NULL REFERENCES signature_call (id),
    link         TEXT NOT NULL,
    key_hash     TEXT NOT NULL,
    edition      TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    organisation TEXT NOT NULL,
    name         TEXT NOT NULL,
    form         TEXT NOT NULL,
    country      TEXT NOT NULL,
    person       TEXT NOT NULL,
    role         TEXT NOT NULL,
    shown        BOOLEAN NOT NULL,
    email        TEXT NOT NULL,
    way          TEXT NOT NULL CHECK (way IN ('link', 'paper', 'mail')),
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'stands', 'refused', 'withdrawn', 'renewed')),
    late         BOOLEAN NOT NULL,
    signed       TIMESTAMP NOT NULL,
    at           TIMESTAMP NOT NULL,
    changed      TIMESTAMP NOT NULL,
    reason       TEXT NOT NULL,
    decided_by   TEXT NOT NULL
);
CREATE INDEX signature_entry_call ON signature_entry (call, signed, id);
CREATE INDEX signature_entry_link ON signature_entry (link, at);
CREATE INDEX signature_entry_waiting ON signature_entry (call) WHERE state = 'waiting';
CREATE UNIQUE INDEX signature_entry_key ON signature_entry (link, key_hash) WHERE link <> '';
CREATE UNIQUE INDEX signature_entry_once ON signature_entry (call, form) WHERE state = 'stands';
CREATE UNIQUE INDEX signature_entry_member ON signature_entry (call, organisation) WHERE state = 'stands' AND organisation <> '';
