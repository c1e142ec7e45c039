-- +goose Up
-- What an event holds is read out of its newest version; rows are kept only of
-- what lists are narrowed by. Counts and materials never were.
DROP TABLE event_count;
DROP TABLE event_material;
