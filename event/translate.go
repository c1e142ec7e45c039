package event

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"sala"
	"sala/internal/db"
	"sala/internal/phrase"
)

// Wordings are the texts of an event that say something, in the order in which
// one reads them: what each says in a language, and in the best other one,
// which is the first of also that it has. It holds the position and the
// affiliation of everybody who appeared; whether those may be told is for a
// door to ask, as it is of the names.
func (e Event) Wordings(lang sala.Lang, also ...sala.Lang) []phrase.Wording {
	return phrase.Of(e.keyed(), lang, also...)
}

// Wordings returns an event, and its texts as [Event.Wordings] has them, for
// those who may translate.
func (s *Store) Wordings(ctx context.Context, by sala.Actor, id sala.ID, lang sala.Lang, also ...sala.Lang) (Event, []phrase.Wording, error) {
	if !by.May(sala.Translate) {
		return Event{}, nil, fmt.Errorf("translate event %s: %w", id, sala.ErrForbidden)
	}
	e, err := s.DeskEvent(ctx, by, id)
	if err != nil {
		return e, nil, err
	}
	at, err := reworded.Of(ctx, s.db, []sala.ID{id})
	return e, phrase.Of(at[id].On(e.keyed()), lang, also...), err
}

// Translate puts texts of an event into a language: words by the key of the
// text, "" takes a translation away. Nothing else of it changes, its address
// included. version is the one that the words were made of, so what differs
// from it is what was translated; a text that has been changed since is not
// written over, and a [phrase.Overtaken] is returned. A text that is no longer there
// is refused, and so is a change of words that stand in no other language.
// right are texts whose words stay as they are, since they say what the text
// says now. Unless all can be stored nothing is.
func (s *Store) Translate(ctx context.Context, by sala.Actor, id sala.ID, version int, lang sala.Lang, words map[string]string, right ...string) error {
	if !by.May(sala.Translate) {
		return fmt.Errorf("translate event %s: %w", id, sala.ErrForbidden)
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(id), "translated", by); err != nil { // first: see Create
			return err
		}
		e, err := load(ctx, tx, id)
		if err != nil {
			return err
		}
		looked := e
		if version != e.Version {
			if looked, err = versionOf(ctx, tx, id, version); err != nil {
				return err
			}
		}
		was := e
		e = e.copied()
		set, err := phrase.Reword(lang, looked.keyed(), e.keyed(), words, right...)
		if err != nil {
			return err
		}
		if err := reworded.Note(ctx, tx, id, was.keyed(), e.keyed(), lang, right...); err != nil {
			return err
		}
		if len(set) == 0 {
			return nil
		}
		e.Version++
		return write(ctx, tx, by, e)
	})
	if errors.Is(err, phrase.ErrAsItWas) {
		return nil
	}
	return err
}

// versionOf is an event as it was in one of its versions.
func versionOf(ctx context.Context, r db.Reader, id sala.ID, number int) (Event, error) {
	content, err := db.All[string](ctx, r, `SELECT content FROM event_version WHERE event = ? AND number = ?`, id, number)
	if err != nil {
		return Event{}, fmt.Errorf("version %d of event %s: %w", number, id, err)
	}
	if len(content) == 0 {
		return Event{}, fmt.Errorf("event %s has no version %d: %w", id, number, sala.ErrConflict)
	}
	var e Event
	if err := json.Unmarshal([]byte(content[0]), &e); err != nil {
		return Event{}, fmt.Errorf("version %d of event %s: %w", number, id, err)
	}
	return e, nil
}

// reworded is when the texts of events, and the names of series, were changed.
const reworded phrase.Register = "event_reworded"

// keyed are all texts of e, those of a session and of who appeared in it
// together.
func (e *Event) keyed() []phrase.Text {
	all := []phrase.Text{
		{Key: "title", Text: &e.Title, Limit: lineLimit}, {Key: "about", Text: &e.About, Limit: proseLimit, Prose: true},
		{Key: "venue", Text: &e.Venue, Limit: lineLimit}, {Key: "city", Text: &e.City, Limit: lineLimit},
	}
	line := func(row string, id sala.ID, field string, person sala.ID, text *sala.Text) {
		all = append(all, phrase.Text{Key: row + "/" + string(id) + "/" + field, Person: person, Text: text, Limit: lineLimit})
	}
	appeared := func(in func(sala.ID) bool) {
		for i := range e.Appearances {
			if a := &e.Appearances[i]; in(a.Session) {
				line("appearance", a.ID, "described", "", &a.Described)
				line("appearance", a.ID, "position", a.Person, &a.Position)
				line("appearance", a.ID, "affiliation", a.Person, &a.Affiliation)
			}
		}
	}
	for i := range e.Sessions {
		x := &e.Sessions[i]
		line("session", x.ID, "title", "", &x.Title)
		appeared(func(session sala.ID) bool { return session == x.ID })
	}
	appeared(func(session sala.ID) bool {
		return !slices.ContainsFunc(e.Sessions, func(x Session) bool { return x.ID == session })
	})
	for i := range e.Parties {
		line("party", e.Parties[i].ID, "name", "", &e.Parties[i].Name)
	}
	for i := range e.Present {
		line("present", e.Present[i].ID, "name", "", &e.Present[i].Name)
	}
	for i := range e.Counts {
		line("count", e.Counts[i].ID, "words", "", &e.Counts[i].Words)
	}
	for i := range e.Materials {
		line("material", e.Materials[i].ID, "title", "", &e.Materials[i].Title)
	}
	return all
}
