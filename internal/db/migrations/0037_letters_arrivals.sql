-- +goose Up
-- Up to which moment editors have been told of what came from outside, in
-- microseconds.
INSERT INTO letters_mark (name, number) VALUES ('arrivals', 0);
