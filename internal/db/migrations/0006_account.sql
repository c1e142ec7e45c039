-- +goose Up
-- email is in lower case. A user without a credential cannot sign in yet.
CREATE TABLE account_user (
    id      TEXT PRIMARY KEY,
    email   TEXT NOT NULL UNIQUE,
    role    TEXT NOT NULL,
    created TIMESTAMP NOT NULL,
    changed TIMESTAMP NOT NULL
);
