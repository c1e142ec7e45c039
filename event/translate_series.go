package event

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/internal/phrase"
)

// SeriesWordings returns what every series is called, in a language and in the
// best other one, for those who may translate.
func (s *Store) SeriesWordings(ctx context.Context, by sala.Actor, lang sala.Lang, also ...sala.Lang) ([]phrase.Wording, error) {
	if !by.May(sala.Translate) {
		return nil, fmt.Errorf("translate series: %w", sala.ErrForbidden)
	}
	all, err := s.AllSeries(ctx)
	if err != nil {
		return nil, err
	}
	at, err := reworded.Of(ctx, s.db, seriesIDs(all))
	if err != nil {
		return nil, err
	}
	names := keyedSeries(all)
	for i, x := range all {
		at[x.ID].On(names[i : i+1])
	}
	return phrase.Of(names, lang, also...), nil
}

func seriesIDs(all []Series) []sala.ID {
	ids := make([]sala.ID, len(all))
	for i, x := range all {
		ids[i] = x.ID
	}
	return ids
}

// TranslateSeries puts names of series into a language, by the rules of
// [Store.Translate]. A series has no versions: looked are, by key, its name in
// that language, "" if it had none, and the one that was translated from, as
// they were when the words were made.
func (s *Store) TranslateSeries(ctx context.Context, by sala.Actor, lang sala.Lang, looked map[string]sala.Text, words map[string]string, right ...string) error {
	if !by.May(sala.Translate) {
		return fmt.Errorf("translate series: %w", sala.ErrForbidden)
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		for _, key := range slices.Sorted(maps.Keys(words)) {
			if id, ok := seriesOf(key); ok && (words[key] != looked[key][lang] || slices.Contains(right, key)) {
				if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindSeries, ID: id}, "translated", by); err != nil { // first: see Create
					return err
				}
			}
		}
		all, err := allSeries(ctx, tx)
		if err != nil {
			return err
		}
		before, names := keyedSeries(slices.Clone(all)), keyedSeries(all)
		set, err := phrase.Reword(lang, phrase.Looked(names, looked), names, words, right...)
		if err != nil {
			return err
		}
		for i, t := range names {
			if !slices.Contains(set, t.Key) && !slices.Contains(right, t.Key) {
				continue
			}
			if err := reworded.Note(ctx, tx, all[i].ID, before[i:i+1], names[i:i+1], lang, right...); err != nil {
				return err
			}
			err := tx.ExecOne(ctx, `UPDATE event_series SET name = ?, changed = ? WHERE id = ?`, t.Text.Stored(), db.At(tx.Now), all[i].ID)
			if err != nil {
				return fmt.Errorf("translate %s: %w", t.Key, err)
			}
		}
		return nil
	})
	if errors.Is(err, phrase.ErrAsItWas) {
		return nil
	}
	return err
}

// keyedSeries are the names of series, in their order.
func keyedSeries(all []Series) []phrase.Text {
	names := make([]phrase.Text, len(all))
	for i := range all {
		names[i] = phrase.Text{Key: "series/" + string(all[i].ID) + "/name", Text: &all[i].Name, Limit: lineLimit}
	}
	return names
}

// seriesOf is the series whose name has a key.
func seriesOf(key string) (sala.ID, bool) {
	rest, ok := strings.CutPrefix(key, "series/")
	id, name := strings.CutSuffix(rest, "/name")
	parsed, err := sala.ParseID(id)
	return parsed, ok && name && err == nil
}
