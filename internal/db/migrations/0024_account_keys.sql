-- +goose Up
-- Whether a person has switched the shortcuts of a single key off: speech and
-- a shaking hand set them off by accident (WCAG 2.1.4).
ALTER TABLE account_user ADD COLUMN keys_off BOOLEAN NOT NULL DEFAULT FALSE;
