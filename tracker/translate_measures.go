package tracker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/internal/phrase"
)

// MeasureWordings returns what every measure counts and in which unit, in a
// language and in the best other one, for those who may translate; and the
// measures, public or not.
func (s *Store) MeasureWordings(ctx context.Context, by sala.Actor, lang sala.Lang, also ...sala.Lang) ([]Measure, []phrase.Wording, error) {
	if err := may(by, sala.Translate, "translate measures"); err != nil {
		return nil, nil, err
	}
	all, err := measures(ctx, s.db, "")
	if err != nil {
		return nil, nil, err
	}
	ids := make([]sala.ID, len(all))
	for i, m := range all {
		ids[i] = m.ID
	}
	at, err := reworded.Of(ctx, s.db, ids)
	if err != nil {
		return nil, nil, err
	}
	texts := measureTexts(all)
	for i, m := range all {
		at[m.ID].On(texts[2*i : 2*i+2])
	}
	return all, phrase.Of(texts, lang, also...), nil
}

// TranslateMeasures puts words of measures into a language, by the rules of
// [Store.Translate]. A measure has no versions: looked are, by key, its words in
// that language, "" if it had none, and those that were translated from, as they
// were when the new ones were made.
func (s *Store) TranslateMeasures(ctx context.Context, by sala.Actor, lang sala.Lang, looked map[string]sala.Text, words map[string]string, right ...string) error {
	if err := may(by, sala.Translate, "translate measures"); err != nil {
		return err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		// Logged first: with PostgreSQL that is where two who translate at once
		// wait for each other.
		for _, id := range measuresOf(lang, looked, words, right) {
			if err := tx.Changed(ctx, figureRef(id), "translated", by); err != nil {
				return err
			}
		}
		all, err := measures(ctx, tx, "")
		if err != nil {
			return err
		}
		before, texts := measureTexts(slices.Clone(all)), measureTexts(all)
		set, err := phrase.Reword(lang, phrase.Looked(texts, looked), texts, words, right...)
		if err != nil {
			return err
		}
		for i, m := range all {
			if !slices.ContainsFunc(slices.Concat(set, right), func(key string) bool { return measureOf(key) == m.ID }) {
				continue
			}
			if err := reworded.Note(ctx, tx, m.ID, before[2*i:2*i+2], texts[2*i:2*i+2], lang, right...); err != nil {
				return err
			}
			err := tx.ExecOne(ctx, `UPDATE tracker_measure SET what = ?, unit = ?, by_whom = ?, changed = ? WHERE id = ?`,
				m.What.Stored(), m.Unit.Stored(), by.Name, db.At(tx.Now), m.ID)
			if err != nil {
				return fmt.Errorf("translate measure %s: %w", m.ID, err)
			}
		}
		return nil
	})
	if errors.Is(err, phrase.ErrAsItWas) {
		return nil
	}
	return err
}

// measureTexts are the texts of measures, two of each, in their order.
func measureTexts(all []Measure) []phrase.Text {
	var texts []phrase.Text
	for i := range all {
		m := &all[i]
		texts = append(texts,
			phrase.Text{Key: "measure/" + string(m.ID) + "/what", Text: &m.What, Limit: longestField},
			phrase.Text{Key: "measure/" + string(m.ID) + "/unit", Text: &m.Unit, Limit: longestField})
	}
	return texts
}

// measureOf is the measure whose text has a key, "" if it is none's.
func measureOf(key string) sala.ID {
	rest, ok := strings.CutPrefix(key, "measure/")
	id, _, _ := strings.Cut(rest, "/")
	parsed, err := sala.ParseID(id)
	if !ok || err != nil {
		return ""
	}
	return parsed
}

// measuresOf are the measures of which other words are sent than were looked
// at, or that are right as they are.
func measuresOf(lang sala.Lang, looked map[string]sala.Text, words map[string]string, right []string) []sala.ID {
	var ids []sala.ID
	for key, typed := range words {
		if id := measureOf(key); id != "" && typed != looked[key][lang] {
			ids = append(ids, id)
		}
	}
	for _, key := range right {
		if id := measureOf(key); id != "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
