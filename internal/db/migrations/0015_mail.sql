-- +goose Up
-- Every letter that goes out, as it was written. sent is empty until a server
-- took it; refused says why none ever will. Rows are kept: whoever works on
-- the record sees what it sends.
CREATE TABLE mail_letter (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,
    recipient TEXT NOT NULL,
    name      TEXT NOT NULL,
    lang      TEXT NOT NULL,
    subject   TEXT NOT NULL,
    body      TEXT NOT NULL,
    by_whom   TEXT NOT NULL,
    written   TIMESTAMP NOT NULL,
    sent      TIMESTAMP,
    refused   TEXT NOT NULL
);
CREATE INDEX mail_letter_written ON mail_letter (written DESC, id DESC);
