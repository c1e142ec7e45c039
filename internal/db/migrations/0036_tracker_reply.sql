-- +goose Up
-- A reply that came by the public form: who sent it, for an editor to confirm.
-- contact is emptied with the decision. sum is that of what was sent but the
-- contact, so that the same sent twice is one reply.
CREATE TABLE tracker_reply_sender (
    reply     TEXT PRIMARY KEY REFERENCES tracker_reply (id),
    sum       TEXT NOT NULL,
    name      TEXT NOT NULL,
    office    TEXT NOT NULL,
    contact   TEXT NOT NULL,
    confirmed TIMESTAMP,
    at        TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX tracker_reply_sender_sum ON tracker_reply_sender (sum);
CREATE INDEX tracker_reply_sender_at ON tracker_reply_sender (at);
