-- +goose Up
-- secret is what an unsent letter holds in place of its mask, sealed; until is
-- the moment from which it is not worth sending; failure is what went wrong
-- when it was last tried.
ALTER TABLE mail_letter ADD COLUMN secret TEXT NOT NULL DEFAULT '';
ALTER TABLE mail_letter ADD COLUMN until TIMESTAMP;
ALTER TABLE mail_letter ADD COLUMN failure TEXT NOT NULL DEFAULT '';
CREATE INDEX mail_letter_unsent ON mail_letter (refused) WHERE sent IS NULL;

-- Whether somebody wants the weekly letter, and of which languages: none
-- named means all of the site's.
ALTER TABLE account_user ADD COLUMN digest BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE account_user ADD COLUMN langs TEXT NOT NULL DEFAULT '';

-- How far the record has been told in letters: the audit trail by number, the
-- digest by week. What was done before this table came is told to nobody.
CREATE TABLE letters_mark (
    name   TEXT PRIMARY KEY,
    number BIGINT NOT NULL
);
INSERT INTO letters_mark (name, number) SELECT 'reviews', number FROM account_audit_end WHERE name = 'audit';
INSERT INTO letters_mark (name, number) SELECT 'notices', number FROM account_audit_end WHERE name = 'audit';
INSERT INTO letters_mark (name, number) VALUES ('digest', 0);
