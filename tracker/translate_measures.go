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
	return all, phrase.Of(measureTexts(all), lang, also...), nil
}

// TranslateMeasures puts words of measures into a language, by the rules of
// [Store.Translate]. A measure has no versions: looked are, by key, its words in
// that language, "" if it had none, and those that were translated from, as they
// were when the new ones were made.
func (s *Store) TranslateMeasures(ctx context.Context, by sala.Actor, lang sala.Lang, looked map[string]sala.Text, words map[string]string) error {
	if err := may(by, sala.Translate, "translate measures"); err != nil {
		return err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		// Logged first: with PostgreSQL that is where two who translate at once
		// wait for each other.
		for _, id := range measuresOf(lang, looked, words) {
			if err := tx.Changed(ctx, figureRef(id), "translated", by); err != nil {
				return err
			}
		}
		all, err := measures(ctx, tx, "")
		if err != nil {
			return err
		}
		texts := measureTexts(all)
		set, err := phrase.Reword(lang, phrase.Looked(texts, looked), texts, words)
		if err != nil {
			return err
		}
		for _, m := range all {
			if !slices.ContainsFunc(set, func(key string) bool { return measureOf(key) == m.ID }) {
				continue
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

// measureTexts are the texts of measures, in their order.
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
// at.
func measuresOf(lang sala.Lang, looked map[string]sala.Text, words map[string]string) []sala.ID {
	var ids []sala.ID
	for key, typed := range words {
		if id := measureOf(key); id != "" && typed != looked[key][lang] {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
