-- +goose Up
-- How somebody signs in. A user without a way in has been invited and has not
-- come yet. What is secret is hashed, or sealed with the key of the data
-- folder where it must be read again.
ALTER TABLE account_user ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE account_user ADD COLUMN lang TEXT NOT NULL DEFAULT '';
ALTER TABLE account_user ADD COLUMN disabled TIMESTAMP;

CREATE TABLE account_password (
    user_id TEXT PRIMARY KEY REFERENCES account_user (id),
    hash    TEXT NOT NULL,
    changed TIMESTAMP NOT NULL
);

-- credential is the public half as the browser gave it, as JSON.
CREATE TABLE account_passkey (
    id         TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES account_user (id),
    key_id     TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    credential TEXT NOT NULL,
    created    TIMESTAMP NOT NULL,
    used       TIMESTAMP
);
CREATE INDEX account_passkey_user ON account_passkey (user_id);

-- last_step is the newest step whose code was taken: no code counts twice.
CREATE TABLE account_totp (
    user_id   TEXT PRIMARY KEY REFERENCES account_user (id),
    sealed    TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    created   TIMESTAMP NOT NULL
);

CREATE TABLE account_recovery (
    user_id TEXT NOT NULL REFERENCES account_user (id),
    hash    TEXT NOT NULL,
    created TIMESTAMP NOT NULL,
    used    TIMESTAMP,
    PRIMARY KEY (user_id, hash)
);

-- Links that let somebody in once: to set up the house (no user yet), to
-- accept an invitation, to begin anew.
CREATE TABLE account_link (
    id      TEXT PRIMARY KEY,
    hash    TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'invite', 'reset')),
    user_id TEXT REFERENCES account_user (id),
    made_by TEXT NOT NULL,
    created TIMESTAMP NOT NULL,
    ends    TIMESTAMP NOT NULL,
    used    TIMESTAMP,
    revoked TIMESTAMP
);
CREATE INDEX account_link_user ON account_link (user_id);

-- hash is of the token in the cookie; id is what a page may name.
CREATE TABLE account_session (
    hash    TEXT PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES account_user (id),
    device  TEXT NOT NULL,
    data    BYTEA NOT NULL,
    created TIMESTAMP NOT NULL,
    seen    TIMESTAMP NOT NULL,
    ends    TIMESTAMP NOT NULL
);
CREATE INDEX account_session_user ON account_session (user_id);

-- A form's sealed token that was used up, until it would have ended anyway.
CREATE TABLE account_spent (
    hash TEXT PRIMARY KEY,
    ends TIMESTAMP NOT NULL
);

-- Small facts of the area itself, such as which key has sealed it.
CREATE TABLE account_fact (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The audit trail: rows are only ever added, each holds the hash of the one
-- before (account/audit.go says how it is made). version is the row of the
-- change log that it keeps, or null.
CREATE TABLE account_audit (
    number  BIGINT PRIMARY KEY,
    at      TIMESTAMP NOT NULL,
    by_id   TEXT NOT NULL,
    by_name TEXT NOT NULL,
    what    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    detail  TEXT NOT NULL,
    version BIGINT UNIQUE,
    before  TEXT NOT NULL,
    hash    TEXT NOT NULL
);
CREATE INDEX account_audit_by ON account_audit (by_id);
CREATE INDEX account_audit_thing ON account_audit (kind, id);

-- The end of the chain. Whoever adds a row changes this one first, so rows
-- are added one after the other on both engines; and rows cut off the end
-- are missed.
CREATE TABLE account_audit_end (
    name    TEXT PRIMARY KEY,
    number  BIGINT NOT NULL,
    hash    TEXT NOT NULL,
    version BIGINT NOT NULL
);
INSERT INTO account_audit_end (name, number, hash, version) VALUES ('audit', 0, '', 0);

-- Names of people are not unique; the audit needs to know which of them.
ALTER TABLE change_log ADD COLUMN by_id TEXT NOT NULL DEFAULT '';
