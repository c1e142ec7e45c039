-- +goose Up
-- The site's own settings, one row a setting, as JSON.
CREATE TABLE network_setting (
    name    TEXT PRIMARY KEY,
    value   TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    changed TIMESTAMP NOT NULL
);
