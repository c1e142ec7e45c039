package tracker

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/internal/slug"
)

func ref(id sala.ID) sala.Ref { return sala.Ref{Kind: sala.KindRecommendation, ID: id} }

// check puts what is stated of a recommendation into its canonical form.
func (r *Recommendation) check(today sala.Day) error {
	var bad flaws
	r.Title, r.Words = r.Title.Trimmed(), r.Words.Trimmed()
	r.Number, r.Slug, r.OwnerName = strings.TrimSpace(r.Number), strings.TrimSpace(r.Slug), strings.TrimSpace(r.OwnerName)
	if r.Original == "" && len(r.Words) == 1 {
		for l := range r.Words {
			r.Original = l
		}
	}
	switch {
	case len(r.Words) == 0:
		bad.add("words", "studio.tracker.words_missing", "the words of what was asked are needed in one language")
	case r.Words[r.Original] == "":
		bad.add("original", "studio.tracker.original_missing", "say which language was the original, and give the words in it")
	}
	bad.text("words", r.Words, longestWords)
	bad.text("title", r.Title, longestTitle)
	bad.line("number", r.Number, 100)
	bad.line("owner", r.OwnerName, longestField)
	bad.source("source", &r.Source)
	if !r.Source.Names() {
		bad.add("source", "studio.tracker.source_missing", "say where it was asked: a work, a file, an address, or the name of a document")
	}
	bad.day("asked", r.Asked, today)
	r.Terms = unique(r.Terms)
	for i, c := range r.Codes {
		parsed, err := ParseCode(c.String())
		if err != nil {
			bad.add("codes", "studio.tracker.code_bad", "%s is no code", c)
			continue
		}
		r.Codes[i] = parsed
	}
	slices.SortFunc(r.Codes, func(a, b Code) int { return strings.Compare(a.String(), b.String()) })
	r.Codes = slices.Compact(r.Codes)
	for _, side := range []struct {
		field   string
		parties *[]Party
	}{{"asker", &r.Askers}, {"addressee", &r.Addressed}} {
		var kept []Party
		for _, p := range *side.parties {
			p.Said = p.Said.Trimmed()
			bad.text(side.field, p.Said, longestField)
			if p.Organisation == "" && len(p.Said) == 0 {
				continue
			}
			if !slices.ContainsFunc(kept, p.same) {
				kept = append(kept, p)
			}
		}
		*side.parties = kept
	}
	if len(r.Addressed) == 0 {
		bad.add("addressee", "studio.tracker.addressee_missing", "say of whom it was asked")
	}
	return bad.err()
}

// same reports whether two parties say the same.
func (p Party) same(q Party) bool {
	return p.Organisation == q.Organisation && p.Said.Stored() == q.Said.Stored()
}

// stated is what the history keeps of a recommendation.
type stated struct {
	Title     sala.Text `json:"title,omitempty"`
	Words     sala.Text `json:"words"`
	Original  sala.Lang `json:"original"`
	Number    string    `json:"number,omitempty"`
	Source    Source    `json:"source"`
	Event     sala.ID   `json:"event,omitempty"`
	Terms     []sala.ID `json:"terms,omitempty"`
	Codes     []string  `json:"codes,omitempty"`
	Asked     sala.Day  `json:"asked,omitzero"`
	Slug      string    `json:"slug"`
	Askers    []string  `json:"askers,omitempty"` // organisation and words
	Addressed []string  `json:"addressed,omitempty"`
	// Put is what translators put into texts of its steps with this version, by
	// key: see [Store.Translate].
	Put map[string]sala.Text `json:"put,omitempty"`
}

func (r Recommendation) stated(put map[string]sala.Text) (string, error) {
	st := stated{Title: r.Title, Words: r.Words, Original: r.Original, Number: r.Number, Source: r.Source, Event: r.Event, Terms: r.Terms, Asked: r.Asked, Slug: r.Slug, Put: put}
	for _, c := range r.Codes {
		st.Codes = append(st.Codes, c.String())
	}
	for _, p := range r.Askers {
		st.Askers = append(st.Askers, strings.TrimSpace(string(p.Organisation)+" "+p.Said.Stored()))
	}
	for _, p := range r.Addressed {
		st.Addressed = append(st.Addressed, strings.TrimSpace(string(p.Organisation)+" "+p.Said.Stored()))
	}
	b, err := json.Marshal(st)
	return string(b), err
}

// New makes a recommendation, a draft, with a first step: proposed on the day
// it was asked, by its own source. Of r all counts that an editor states; an
// ID is taken if it has one, so that an import can run twice.
func (s *Store) New(ctx context.Context, by sala.Actor, r Recommendation) (sala.ID, error) {
	if err := may(by, sala.Draft, "make a recommendation"); err != nil {
		return "", err
	}
	if err := r.check(s.Today()); err != nil {
		return "", err
	}
	if r.ID == "" {
		r.ID = sala.NewID()
	}
	if r.Asked.IsZero() {
		r.Asked = r.Source.Day
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(r.ID), "made", by); err != nil {
			return err
		}
		var err error
		if r.Slug, err = s.freeSlug(ctx, tx, r); err != nil {
			return err
		}
		source, err := stored(r.Source)
		if err != nil {
			return err
		}
		err = tx.ExecOne(ctx, `
			INSERT INTO tracker_recommendation (id, slug, title, words, original, number, work, block, source, event, owner, owner_name, next,
				asked, asked_at, state, heard, ask, public, withdrawn, version, made_by, created, changed)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, FALSE, 1, ?, ?, ?)`,
			r.ID, r.Slug, r.Title.Stored(), r.Words.Stored(), r.Original, r.Number, db.OrNull(r.Source.Work), r.Source.Block, source, db.OrNull(r.Event),
			db.OrNull(r.Owner), r.OwnerName, r.Next.String(), r.Asked.String(), "", Proposed, "", r.ID, by.ID, db.At(tx.Now), db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("make a recommendation: %w", err)
		}
		if err := s.write(ctx, tx, by, r, 1); err != nil {
			return err
		}
		first := Step{State: Proposed, Day: r.Asked, Number: r.Number, Source: r.Source}
		if _, err := s.addStep(ctx, tx, by, r.ID, first); err != nil {
			return err
		}
		return s.follow(ctx, tx, r.ID)
	})
	return r.ID, err
}

// freeSlug finds an address: the wish, else one of the title, else one of the
// id. The words of a document may name somebody who may not be named, and an
// address cannot be covered.
func (s *Store) freeSlug(ctx context.Context, tx *db.Tx, r Recommendation) (string, error) {
	wish := r.Slug
	if wish == "" {
		wish, _ = r.Title.In(sala.English, r.Original)
	}
	return slug.Free(slug.Of(wish), r.ID, func(slug string) (bool, error) {
		if slices.Contains(reservedSlugs, slug) {
			return true, nil
		}
		of, err := db.One[sala.ID](ctx, tx, `SELECT recommendation FROM tracker_slug WHERE slug = ?`, slug)
		is, err := db.Found(err)
		return is && of != r.ID, err
	})
}

// reservedSlugs are the parts of addresses beside those of recommendations.
var reservedSlugs = []string{"ratifications", "figures", "documents", "data", "feed", "pack"}

// write puts down what hangs from a recommendation and keeps its state.
func (s *Store) write(ctx context.Context, tx *db.Tx, by sala.Actor, r Recommendation, version int) error {
	if _, err := tx.Exec(ctx, `INSERT INTO tracker_slug (slug, recommendation) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING`, r.Slug, r.ID); err != nil {
		return fmt.Errorf("address of recommendation %s: %w", r.ID, err)
	}
	if err := s.setParties(ctx, tx, by, r.ID, asker, r.Askers); err != nil {
		return err
	}
	if err := s.setParties(ctx, tx, by, r.ID, addressee, r.Addressed); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM tracker_term WHERE recommendation = ?`, r.ID); err != nil {
		return fmt.Errorf("terms of recommendation %s: %w", r.ID, err)
	}
	for _, t := range r.Terms {
		if err := tx.ExecOne(ctx, `INSERT INTO tracker_term (recommendation, term) VALUES (?, ?)`, r.ID, t); err != nil {
			return fmt.Errorf("terms of recommendation %s: %w", r.ID, err)
		}
	}
	if _, err := tx.Exec(ctx, `DELETE FROM tracker_code WHERE recommendation = ?`, r.ID); err != nil {
		return fmt.Errorf("codes of recommendation %s: %w", r.ID, err)
	}
	for _, c := range r.Codes {
		if err := tx.ExecOne(ctx, `INSERT INTO tracker_code (recommendation, framework, code, country) VALUES (?, ?, ?, ?)`, r.ID, c.Framework, c.Code, c.Country); err != nil {
			return fmt.Errorf("codes of recommendation %s: %w", r.ID, err)
		}
	}
	if err := s.keep(ctx, tx, by, r, version, nil); err != nil {
		return err
	}
	return s.number(ctx, tx, by, r.ID, r.Number, false, r.Source)
}

// keep remembers what is stated of a recommendation, and what translators put
// into texts of its steps with it.
func (s *Store) keep(ctx context.Context, tx *db.Tx, by sala.Actor, r Recommendation, version int, put map[string]sala.Text) error {
	state, err := r.stated(put)
	if err != nil {
		return fmt.Errorf("state of recommendation %s: %w", r.ID, err)
	}
	if err := tx.ExecOne(ctx, `INSERT INTO tracker_history (id, recommendation, version, stated, by_whom, at) VALUES (?, ?, ?, ?, ?, ?)`,
		sala.NewID(), r.ID, version, state, by.Name, db.At(tx.Now)); err != nil {
		return fmt.Errorf("history of recommendation %s: %w", r.ID, err)
	}
	return nil
}

// Change states a recommendation anew. r.Version is the one whoever changes it
// saw: if somebody else has changed it since, it returns [sala.ErrConflict].
// Its steps, owner and next day are changed elsewhere. An address it had leads
// on to the one it has.
func (s *Store) Change(ctx context.Context, by sala.Actor, r Recommendation) error {
	if err := may(by, sala.Draft, "change recommendation "+string(r.ID)); err != nil {
		return err
	}
	if err := r.check(s.Today()); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(r.ID), "changed", by); err != nil {
			return err
		}
		was, err := s.one(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		if err := mayChange(by, was); err != nil {
			return err
		}
		if was.Version != r.Version {
			return fmt.Errorf("recommendation %s was changed meanwhile: %w", r.ID, sala.ErrConflict)
		}
		if r.Slug == "" {
			r.Slug = was.Slug
		}
		if r.Slug != was.Slug {
			typed := r.Slug
			if r.Slug, err = s.freeSlug(ctx, tx, r); err != nil {
				return err
			}
			if r.Slug != typed {
				return sala.Invalid{{Field: "slug", Key: "studio.tracker.slug_bad", Text: fmt.Sprintf("%q is taken or cannot stand in an address; %q is free", typed, r.Slug)}}
			}
		}
		if r.Asked.IsZero() {
			r.Asked = r.Source.Day
		}
		source, err := stored(r.Source)
		if err != nil {
			return err
		}
		err = tx.ExecOne(ctx, `
			UPDATE tracker_recommendation SET slug = ?, title = ?, words = ?, original = ?, number = ?, work = ?, block = ?, source = ?, event = ?,
				asked = ?, version = version + 1, changed = ? WHERE id = ?`,
			r.Slug, r.Title.Stored(), r.Words.Stored(), r.Original, r.Number, db.OrNull(r.Source.Work), r.Source.Block, source, db.OrNull(r.Event),
			r.Asked.String(), db.At(tx.Now), r.ID)
		if err != nil {
			return fmt.Errorf("change recommendation %s: %w", r.ID, err)
		}
		t, err := s.translating(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		now := t.copied()
		t.now, now.now = was, r
		if err := reworded.Note(ctx, tx, r.ID, t.texts(), now.texts(), ""); err != nil {
			return err
		}
		if err := s.write(ctx, tx, by, r, was.Version+1); err != nil {
			return err
		}
		return s.follow(ctx, tx, r.ID)
	})
}

// mayChange: an editor any, a contributor or translator what they made until
// it was public.
func mayChange(by sala.Actor, r Recommendation) error {
	if by.May(sala.Publish) || by.May(sala.Draft) && by.ID != "" && r.MadeBy == by.ID && !r.Public && !r.Withdrawn {
		return nil
	}
	return fmt.Errorf("change recommendation %s: %w", r.ID, sala.ErrForbidden)
}

// Assign says who follows a recommendation up, and when.
func (s *Store) Assign(ctx context.Context, by sala.Actor, id, owner sala.ID, name string, next sala.Day) error {
	if err := may(by, sala.Publish, "assign recommendation "+string(id)); err != nil {
		return err
	}
	var bad flaws
	name = strings.TrimSpace(name)
	bad.line("owner", name, longestField)
	if err := bad.err(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.ExecOne(ctx, `UPDATE tracker_recommendation SET owner = ?, owner_name = ?, next = ? WHERE id = ?`, db.OrNull(owner), name, next.String(), id)
		if err != nil {
			return fmt.Errorf("assign recommendation %s: %w", id, err)
		}
		return tx.Changed(ctx, ref(id), "assigned", by)
	})
}

// Publish shows a recommendation to readers.
func (s *Store) Publish(ctx context.Context, by sala.Actor, id sala.ID) error {
	return s.show(ctx, by, id, true, "")
}

// Withdraw takes a public recommendation back and says why. Its address
// answers that it is gone.
func (s *Store) Withdraw(ctx context.Context, by sala.Actor, id sala.ID, why string) error {
	if why = strings.TrimSpace(why); why == "" {
		return sala.Invalid{{Field: "why", Key: "studio.tracker.why_missing", Text: "say why it is taken back"}}
	}
	return s.show(ctx, by, id, false, why)
}

func (s *Store) show(ctx context.Context, by sala.Actor, id sala.ID, public bool, why string) error {
	what := "published"
	if !public {
		what = "withdrawn"
	}
	if err := may(by, sala.Publish, what+" recommendation "+string(id)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(id), what, by); err != nil {
			return err
		}
		r, err := s.one(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case r.Public == public:
			return fmt.Errorf("recommendation %s is so already: %w", id, sala.ErrConflict)
		case r.Into != "":
			return sala.Invalid{{Field: "publish", Key: "studio.tracker.merged_already", Text: "it was merged into another, which is shown in its place"}}
		}
		err = tx.ExecOne(ctx, `UPDATE tracker_recommendation SET public = ?, withdrawn = ?, changed = ? WHERE id = ?`, public, !public, db.At(tx.Now), id)
		if err != nil {
			return fmt.Errorf("%s recommendation %s: %w", what, id, err)
		}
		return tx.ExecOne(ctx, `INSERT INTO tracker_publication (id, recommendation, public, why, by_whom, at) VALUES (?, ?, ?, ?, ?, ?)`,
			sala.NewID(), id, public, why, by.Name, db.At(tx.Now))
	})
}
