package directory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/phrase"
)

// Wordings are the texts of an organisation that has a page: what each says in
// a language, and in the best other one, which is the first of also that it
// has. What readers are not told is not among them.
func (p Profile) Wordings(lang sala.Lang, also ...sala.Lang) []phrase.Wording {
	return phrase.Of(p.told(), lang, also...)
}

func (p *Profile) told() []phrase.Text {
	return translatable(&p.Face.Text, &p.Face.Short, &p.About, &p.Safely)
}

// OrganisationWordings returns what anybody may be told of an organisation, and
// its texts as [Profile.Wordings] has them, for those who may translate. One
// that is not listed is [sala.ErrNotFound]: whoever translates need not know
// more than readers do.
func (s *Store) OrganisationWordings(ctx context.Context, by sala.Actor, id sala.ID, lang sala.Lang, also ...sala.Lang) (Profile, []phrase.Wording, error) {
	if !by.May(sala.Translate) {
		return Profile{}, nil, fmt.Errorf("translate organisation %s: %w", id, sala.ErrForbidden)
	}
	p, err := s.Profile(ctx, id)
	if err == nil && p.Face.What != sala.KindOrganisation {
		err = fmt.Errorf("translate %s %s: %w", p.Face.What, id, sala.ErrNotFound)
	}
	if err != nil {
		return Profile{}, nil, err
	}
	at, err := reworded.Of(ctx, s.db, []sala.ID{p.ID})
	if err != nil {
		return Profile{}, nil, err
	}
	return p, phrase.Of(at[p.ID].On(p.told()), lang, also...), nil
}

// reworded is when the texts of organisations were changed.
const reworded phrase.Register = "directory_reworded"

// TranslateOrganisation puts texts of a listed organisation into a language:
// words by the key of the text, "" takes a translation away. Its address stays.
// seen is when it had been changed last as whoever translates saw it; a text
// that has been changed since is not written over, and a [phrase.Overtaken] is
// returned. right are texts whose words stay, since they say what the text says
// now. Unless all can be stored nothing is.
func (s *Store) TranslateOrganisation(ctx context.Context, by sala.Actor, id sala.ID, seen time.Time, lang sala.Lang, words map[string]string, right ...string) error {
	if !by.May(sala.Translate) {
		return fmt.Errorf("translate organisation %s: %w", id, sala.ErrForbidden)
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindOrganisation, ID: id}, "translated", by); err != nil {
			return err
		}
		was, err := s.entry(ctx, tx, sala.KindOrganisation, id)
		if err != nil {
			return err
		}
		if !was.Public || was.Merged != nil {
			return fmt.Errorf("translate organisation %s: it is not listed: %w", id, sala.ErrNotFound)
		}
		o, err := was.organisation()
		if err != nil {
			return err
		}
		looked, err := s.seenAt(ctx, tx, was, seen)
		if err != nil {
			return err
		}
		before := o
		set, err := phrase.Reword(lang, looked.told(), o.told(), words, right...)
		if err != nil {
			return err
		}
		if err := reworded.Note(ctx, tx, id, before.told(), o.told(), lang, right...); err != nil {
			return err
		}
		if len(set) == 0 {
			return nil
		}
		bad, err := s.checkOrganisation(ctx, tx, &o)
		if err != nil {
			return err
		}
		if len(bad) > 0 {
			return bad
		}
		r, err := o.row()
		if err != nil {
			return err
		}
		return s.write(ctx, tx, by, &was, r, nil, "translated")
	})
	if errors.Is(err, phrase.ErrAsItWas) {
		return nil
	}
	return err
}

// seenAt is an organisation as it was when it had been changed last at a
// moment; now is how it stands.
func (s *Store) seenAt(ctx context.Context, r db.Reader, now row, seen time.Time) (Organisation, error) {
	states, err := db.All[string](ctx, r, `SELECT state FROM directory_history WHERE entry = ? AND at = ? ORDER BY id DESC LIMIT 1`, now.ID, db.At(seen))
	if err != nil {
		return Organisation{}, fmt.Errorf("organisation %s at %s: %w", now.ID, seen, err)
	}
	if len(states) == 0 {
		return Organisation{}, fmt.Errorf("organisation %s was not changed at %s: %w", now.ID, seen, sala.ErrConflict)
	}
	var k kept
	if err := json.Unmarshal([]byte(states[0]), &k); err != nil {
		return Organisation{}, fmt.Errorf("organisation %s at %s: %w", now.ID, seen, err)
	}
	now.Names, now.Short, now.Aliases, now.More = k.Names, k.Short, k.Aliases, k.More
	return now.organisation()
}

// told are the texts of a listed organisation that readers are told.
func (o *Organisation) told() []phrase.Text {
	if o.Reach == ReachNone {
		return translatable(&o.Name, &o.Short, &o.About, new(sala.Text))
	}
	return translatable(&o.Name, &o.Short, &o.About, &o.Safely)
}

// translatable are the texts of an organisation. A short form that it has in no
// language is none that it would have in another.
func translatable(name, short, about, safely *sala.Text) []phrase.Text {
	const most = 4 // bytes of a character
	return []phrase.Text{
		{Key: "name", Text: name, Limit: most * nameRunes}, {Key: "short", Text: short, Limit: most * nameRunes},
		{Key: "about", Text: about, Limit: most * textRunes, Prose: true}, {Key: "safely", Text: safely, Limit: most * textRunes, Prose: true},
	}
}
