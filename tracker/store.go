package tracker

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/input"
	"sala/internal/numbering"
	"sala/internal/phrase"
)

// A Store keeps the tracker in a database. It decides who may change what;
// what it gives without an actor is public.
type Store struct {
	db      *db.DB
	outline *db.Outline[*outlined]
	items   *db.Outline[*phrase.Item]
	ids     numbering.Of[sala.ID] // of what recommendations in the outline have in common
	words   numbering.Of[string]  // the same of what has no id
	asks    numbering.Of[sala.ID]
	papers  numbering.Of[string]
	stated  *db.Kept[stating]
	cited   *db.Kept[map[string]sala.Text] // see documentNames
	called  *db.Kept[Names]
	alike   *db.Kept[[]pair]
	waiting *db.Kept[waiting]
}

// NewStore returns the tracker in d.
func NewStore(d *db.DB) *Store {
	s := &Store{db: d}
	s.outline = db.NewOutline(d, s.readOutline, newestFirst, sala.KindRecommendation)
	s.items = db.NewOutline(d, s.readItems, phrase.NewestItem, sala.KindRecommendation)
	s.stated = db.Keep(d, s.readStating, sala.KindFigure)
	s.cited = db.Keep(d, func(ctx context.Context) (map[string]sala.Text, error) { return documentNames(ctx, d) }, sala.KindRecommendation, sala.KindFigure, sala.KindRatification)
	s.called = db.Keep(d, s.readNames, sala.KindDocument)
	s.alike = db.Keep(d, s.findAlike, sala.KindRecommendation)
	s.waiting = db.Keep(d, s.readWaiting, sala.KindRecommendation, sala.KindRatification)
	return s
}

// may returns [sala.ErrForbidden] unless by may do x.
func may(by sala.Actor, x sala.Action, doing string) error {
	if !by.May(x) {
		return fmt.Errorf("%s: %w", doing, sala.ErrForbidden)
	}
	return nil
}

// Today is the day it is, in UTC.
func (s *Store) Today() sala.Day { return sala.DayOf(s.db.Now()) }

// stored keeps a value as JSON; the zero value becomes "".
func stored[T any](v T) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("encode: %w", err)
	}
	if s := string(b); s != "{}" && s != "null" {
		return s, nil
	}
	return "", nil
}

// unstored is the reverse of stored.
func unstored[T any](s string) (T, error) {
	var v T
	if s == "" {
		return v, nil
	}
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		return v, fmt.Errorf("stored value: %w", err)
	}
	return v, nil
}

// The longest that a field may be, in bytes. What is longer is a mistake, such
// as a whole page that was pasted into a title.
const (
	longestWords = 20_000
	longestTitle = 600
	longestField = 2_000
)

// flaws gathers what is wrong with an input.
type flaws sala.Invalid

func (f *flaws) add(field, key, format string, args ...any) {
	*f = append(*f, sala.FieldError{Field: field, Key: key, Text: fmt.Sprintf(format, args...)})
}

// err is nil if nothing is wrong.
func (f flaws) err() error {
	if len(f) == 0 {
		return nil
	}
	return sala.Invalid(f)
}

// text checks a text in languages.
func (f *flaws) text(field string, t sala.Text, most int) {
	for l, words := range t {
		if _, err := sala.ParseLang(string(l)); err != nil {
			f.add(field, "studio.tracker.lang_bad", "%q is no language", l)
		}
		switch {
		case !input.IsText(words):
			f.add(field, "studio.tracker.not_text", "it is not text")
		case len(words) > most:
			f.add(field, "studio.tracker.too_long", "it is longer than %d bytes", most)
		}
	}
}

// line checks a short text of no language.
func (f *flaws) line(field, s string, most int) {
	switch {
	case !input.IsText(s):
		f.add(field, "studio.tracker.not_text", "it is not text")
	case len(s) > most:
		f.add(field, "studio.tracker.too_long", "it is longer than %d bytes", most)
	}
}

// source checks a source and puts it into its canonical form.
func (f *flaws) source(field string, s *Source) {
	s.Block, s.Quote, s.Address, s.Name = strings.TrimSpace(s.Block), strings.TrimSpace(s.Quote), strings.TrimSpace(s.Address), s.Name.Trimmed()
	for _, id := range []*sala.ID{&s.Work, &s.File} {
		if *id == "" {
			continue
		}
		parsed, err := sala.ParseID(string(*id))
		if err != nil {
			f.add(field, "studio.tracker.source_id", "%q is no id of a work or file", *id)
			continue
		}
		*id = parsed
	}
	if s.Address != "" {
		if !input.IsWebAddress(s.Address) {
			f.add(field, "studio.tracker.address_bad", "%q is not an address that begins with http:// or https://", s.Address)
		}
	}
	if s.Work == "" {
		s.Block = ""
	}
	f.line(field, s.Address, longestField)
	f.line(field, s.Block, 100)
	f.line(field, s.Quote, longestWords)
	f.text(field, s.Name, longestField)
}

// day checks a day that has been, or that somebody says will be.
func (f *flaws) day(field string, d, today sala.Day) {
	// Tomorrow has begun in Tokyo while it is today in UTC.
	if !d.IsZero() && d.Time().After(today.Time().Add(24*time.Hour)) {
		f.add(field, "studio.tracker.day_future", "%s has not come yet", d)
	}
	if !d.IsZero() && d.Year < 1900 {
		f.add(field, "studio.tracker.day_early", "%s is before 1900", d)
	}
}

// end is the last day of what d states: 2018 is 31 December 2018. A step that
// is dated by its year alone stands behind those of the year whose day is
// known.
func end(d sala.Day) sala.Day {
	switch {
	case d.IsZero():
		return d
	case d.Month == 0:
		return sala.Day{Year: d.Year, Month: time.December, Day: 31}
	case d.Day == 0:
		return sala.DayOf(time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC))
	}
	return d
}

// unique returns values in their order without repetition and without "".
func unique(ids []sala.ID) []sala.ID {
	var out []sala.ID
	for _, id := range ids {
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
