-- +goose Up
-- What was counted of one area stays true until that area changes: the newest
-- change of a kind is asked for at each page.
CREATE INDEX change_log_kind ON change_log (kind, version);
-- Lists show one state, the latest first.
CREATE INDEX event_event_state ON event_event (state, first_day DESC, id DESC);
-- Whoever harvests the archive asks what changed since.
CREATE INDEX archive_work_changed ON archive_work (changed, id);
