package tracker

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/slug"
	"sala/script"
)

// A Measure is what is counted. Figures of one measure stand side by side.
type Measure struct {
	ID   sala.ID
	Slug string
	What sala.Text // "Cambodian migrants working in Japan under the TITP"
	Unit sala.Text // "people"; empty if it is only a number
}

// A Qualifier is how sure a document is of its number.
type Qualifier string

// The qualifiers.
const (
	Exactly Qualifier = ""
	About   Qualifier = "about"
	Over    Qualifier = "over"
	Under   Qualifier = "under"
	AtLeast Qualifier = "at_least"
	AtMost  Qualifier = "at_most"
)

// Qualifiers lists them.
var Qualifiers = []Qualifier{Exactly, About, Over, Under, AtLeast, AtMost}

// A Figure is a number as a document states it.
type Figure struct {
	ID        sala.ID
	Measure   sala.ID
	Value     string // decimal, "." before fractions: "9000", "4.5"
	UpTo      string // the greater end of a range, "" if it is none
	Qualifier Qualifier
	Percent   bool
	AsOf      sala.Day
	Source    Source
	Note      sala.Text
	Public    bool
	Withdrawn bool
	Version   int
	By        string
	Changed   time.Time
}

func figureRef(id sala.ID) sala.Ref { return sala.Ref{Kind: sala.KindFigure, ID: id} }

type figureRow struct {
	ID        sala.ID   `bun:"id"`
	Measure   sala.ID   `bun:"measure"`
	Value     string    `bun:"value"`
	UpTo      string    `bun:"upto"`
	Qualifier Qualifier `bun:"qualifier"`
	Percent   bool      `bun:"percent"`
	AsOf      string    `bun:"as_of"`
	Source    string    `bun:"source"`
	Note      string    `bun:"note"`
	Public    bool      `bun:"public"`
	Withdrawn bool      `bun:"withdrawn"`
	Version   int       `bun:"version"`
	ByWhom    string    `bun:"by_whom"`
	Changed   time.Time `bun:"changed"`
}

const figureColumns = `f.id, f.measure, f.value, f.upto, f.qualifier, f.percent, f.as_of, f.source, f.note, f.public, f.withdrawn, f.version, f.by_whom, f.changed`

func figures(rows []figureRow, err error) ([]Figure, error) {
	if err != nil {
		return nil, fmt.Errorf("figures: %w", err)
	}
	out := make([]Figure, len(rows))
	for i, row := range rows {
		f := Figure{ID: row.ID, Measure: row.Measure, Value: row.Value, UpTo: row.UpTo, Qualifier: row.Qualifier, Percent: row.Percent, Public: row.Public, Withdrawn: row.Withdrawn, Version: row.Version, By: row.ByWhom, Changed: row.Changed.UTC()}
		if f.AsOf, err = sala.ParseDay(row.AsOf); err == nil {
			f.Source, err = unstored[Source](row.Source)
		}
		if err == nil {
			f.Note, err = sala.ScanText(row.Note)
		}
		if err != nil {
			return nil, fmt.Errorf("figure %s: %w", row.ID, err)
		}
		out[i] = f
	}
	return out, nil
}

var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,6})?$`)

// thousands is a number with commas where English sets them: "4,5" is none,
// since to many it is four and a half.
var thousands = regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)

// Number reads a number as people type it, "500,000", "4.5" or "၉၀၀၀", into
// its decimal form.
func Number(s string) (string, error) {
	clean := strings.Join(strings.Fields(script.Normalize(s)), "")
	if thousands.MatchString(clean) {
		clean = strings.ReplaceAll(clean, ",", "")
	}
	if !decimal.MatchString(clean) {
		return "", fmt.Errorf("%q is no number", s)
	}
	return clean, nil
}

// Float is a decimal for drawing and comparing.
func Float(value string) float64 {
	f, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return 0 // "" of no range; everything else was checked on its way in
	}
	return f
}

func (f *Figure) check(today sala.Day) error {
	var bad flaws
	var err error
	if f.Value, err = Number(f.Value); err != nil {
		bad.add("value", "studio.tracker.value_bad", "%v", err)
	}
	if f.UpTo = strings.TrimSpace(f.UpTo); f.UpTo != "" {
		if f.UpTo, err = Number(f.UpTo); err != nil {
			bad.add("upto", "studio.tracker.value_bad", "%v", err)
		} else if Float(f.UpTo) <= Float(f.Value) {
			bad.add("upto", "studio.tracker.upto_less", "the greater end must be greater than %s", f.Value)
		}
	}
	if !slices.Contains(Qualifiers, f.Qualifier) {
		bad.add("qualifier", "studio.tracker.state_bad", "%q is no qualifier", f.Qualifier)
	}
	bad.source("source", &f.Source)
	if !f.Source.Names() {
		bad.add("source", "studio.tracker.source_missing", "say which document states it")
	}
	if !f.AsOf.IsZero() && f.AsOf.Year > today.Year+100 { // "by 2025" is a plan, and may lie ahead
		bad.add("as_of", "studio.tracker.day_future", "%s is too far ahead", f.AsOf)
	}
	f.Note = f.Note.Trimmed()
	bad.text("note", f.Note, longestField)
	return bad.err()
}

// SetMeasure makes a measure, or changes the words of one that has an ID.
func (s *Store) SetMeasure(ctx context.Context, by sala.Actor, m Measure) (sala.ID, error) {
	if err := may(by, sala.Publish, "set a measure"); err != nil {
		return "", err
	}
	var bad flaws
	if m.What, m.Unit = m.What.Trimmed(), m.Unit.Trimmed(); len(m.What) == 0 {
		bad.add("what", "studio.tracker.what_missing", "say what is counted")
	}
	bad.text("what", m.What, longestField)
	bad.text("unit", m.Unit, longestField)
	if err := bad.err(); err != nil {
		return "", err
	}
	is := m.ID == ""
	if is {
		m.ID = sala.NewID()
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, figureRef(m.ID), "measure", by); err != nil {
			return err
		}
		if !is {
			all, err := measures(ctx, tx, "")
			if err != nil {
				return err
			}
			if i := slices.IndexFunc(all, func(was Measure) bool { return was.ID == m.ID }); i >= 0 {
				if err := reworded.Note(ctx, tx, m.ID, measureTexts(all[i:i+1]), measureTexts([]Measure{m}), ""); err != nil {
					return err
				}
			}
			return tx.ExecOne(ctx, `UPDATE tracker_measure SET what = ?, unit = ?, by_whom = ?, changed = ? WHERE id = ?`, m.What.Stored(), m.Unit.Stored(), by.Name, db.At(tx.Now), m.ID)
		}
		wish, _ := m.What.In(sala.English)
		slug, err := slug.Free(slug.Of(wish), m.ID, func(slug string) (bool, error) {
			_, err := db.One[sala.ID](ctx, tx, `SELECT id FROM tracker_measure WHERE slug = ?`, slug)
			return db.Found(err)
		})
		if err != nil {
			return err
		}
		return tx.ExecOne(ctx, `INSERT INTO tracker_measure (id, slug, what, unit, by_whom, changed) VALUES (?, ?, ?, ?, ?, ?)`,
			m.ID, slug, m.What.Stored(), m.Unit.Stored(), by.Name, db.At(tx.Now))
	})
	return m.ID, err
}

// Measures returns every measure that has a figure readers see; with drafts,
// for somebody who works on the record, every one.
func (s *Store) Measures(ctx context.Context, by sala.Actor, drafts bool) ([]Measure, error) {
	if !drafts {
		st, err := s.stated.Now(ctx)
		return slices.Clone(st.measures), err
	}
	if err := may(by, sala.Draft, "list measures"); err != nil {
		return nil, err
	}
	return measures(ctx, s.db, "")
}

func measures(ctx context.Context, r db.Reader, where string) ([]Measure, error) {
	type row struct {
		ID   sala.ID `bun:"id"`
		Slug string  `bun:"slug"`
		What string  `bun:"what"`
		Unit string  `bun:"unit"`
	}
	rows, err := db.All[row](ctx, r, `SELECT m.id, m.slug, m.what, m.unit FROM tracker_measure m`+where+` ORDER BY m.slug`)
	if err != nil {
		return nil, fmt.Errorf("measures: %w", err)
	}
	out := make([]Measure, len(rows))
	for i, row := range rows {
		m := Measure{ID: row.ID, Slug: row.Slug}
		if m.What, err = sala.ScanText(row.What); err == nil {
			m.Unit, err = sala.ScanText(row.Unit)
		}
		if err != nil {
			return nil, fmt.Errorf("measure %s: %w", row.ID, err)
		}
		out[i] = m
	}
	return out, nil
}

// A stating is what is publicly counted, and the measures of the works that
// state figures.
type stating struct {
	measures []Measure
	works    map[sala.ID][]sala.ID
}

func (s *Store) readStating(ctx context.Context) (stating, error) {
	st := stating{works: map[sala.ID][]sala.ID{}}
	var err error
	if st.measures, err = measures(ctx, s.db, ` WHERE EXISTS (SELECT 1 FROM tracker_figure f WHERE f.measure = m.id AND f.public)`); err != nil {
		return st, err
	}
	type row struct {
		Work    sala.ID `bun:"work"`
		Measure sala.ID `bun:"measure"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT DISTINCT f.work, f.measure FROM tracker_figure f WHERE f.public AND f.work IS NOT NULL ORDER BY f.work, f.measure`)
	if err != nil {
		return st, fmt.Errorf("works that state figures: %w", err)
	}
	for _, r := range rows {
		st.works[r.Work] = append(st.works[r.Work], r.Measure)
	}
	return st, nil
}

// Figures returns the public figures of some measures, by measure and day.
func (s *Store) Figures(ctx context.Context, measures []sala.ID) ([]Figure, error) {
	if len(measures) == 0 {
		return nil, nil
	}
	return figures(db.All[figureRow](ctx, s.db, `
		SELECT `+figureColumns+` FROM tracker_figure f WHERE f.public AND f.measure IN (?) ORDER BY f.measure, f.as_of, f.id`, db.In(measures)))
}

// StatedIn returns for the works that state public figures the measures of
// those. Nobody may change it.
func (s *Store) StatedIn(ctx context.Context) (map[sala.ID][]sala.ID, error) {
	st, err := s.stated.Now(ctx)
	return st.works, err
}

// FiguresIn returns the public figures that a work states.
func (s *Store) FiguresIn(ctx context.Context, work sala.ID) ([]Figure, error) {
	if st, err := s.stated.Now(ctx); err != nil || len(st.works[work]) == 0 { // as of most works
		return nil, err
	}
	return figures(db.All[figureRow](ctx, s.db, `SELECT `+figureColumns+` FROM tracker_figure f WHERE f.public AND f.work = ? ORDER BY f.as_of, f.id`, work))
}

// AllFigures returns every figure, for somebody who works on the record.
func (s *Store) AllFigures(ctx context.Context, by sala.Actor) ([]Figure, error) {
	if err := may(by, sala.Translate, "list figures"); err != nil {
		return nil, err
	}
	return figures(db.All[figureRow](ctx, s.db, `SELECT `+figureColumns+` FROM tracker_figure f ORDER BY f.measure, f.as_of, f.id`))
}

// Figure returns one figure, public or not.
func (s *Store) Figure(ctx context.Context, by sala.Actor, id sala.ID) (Figure, error) {
	if err := may(by, sala.Draft, "open figure "+string(id)); err != nil {
		return Figure{}, err
	}
	return s.figure(ctx, s.db, id)
}

func (s *Store) figure(ctx context.Context, r db.Reader, id sala.ID) (Figure, error) {
	found, err := figures(db.All[figureRow](ctx, r, `SELECT `+figureColumns+` FROM tracker_figure f WHERE f.id = ?`, id))
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("figure %s: %w", id, sala.ErrNotFound)
	}
	if err != nil {
		return Figure{}, err
	}
	return found[0], nil
}

// SetFigure makes a figure, a draft, or states one that has an ID anew; then
// f.Version is the one whoever changes it saw.
func (s *Store) SetFigure(ctx context.Context, by sala.Actor, f Figure) (sala.ID, error) {
	if err := may(by, sala.Publish, "set a figure"); err != nil {
		return "", err
	}
	if err := f.check(s.Today()); err != nil {
		return "", err
	}
	source, err := stored(f.Source)
	if err != nil {
		return "", err
	}
	is := f.ID == ""
	if is {
		f.ID = sala.NewID()
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, figureRef(f.ID), "stated", by); err != nil {
			return err
		}
		if _, err := db.One[sala.ID](ctx, tx, `SELECT id FROM tracker_measure WHERE id = ?`, f.Measure); err != nil {
			if known, err := db.Found(err); err != nil {
				return fmt.Errorf("measure %s: %w", f.Measure, err)
			} else if !known {
				return sala.Invalid{{Field: "measure", Key: "studio.tracker.what_missing", Text: "say what is counted"}}
			}
		}
		if is {
			f.Version = 1
			err := tx.ExecOne(ctx, `
				INSERT INTO tracker_figure (id, measure, value, upto, qualifier, percent, as_of, work, source, note, public, withdrawn, version, by_whom, created, changed)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, FALSE, 1, ?, ?, ?)`,
				f.ID, f.Measure, f.Value, f.UpTo, f.Qualifier, f.Percent, f.AsOf.String(), db.OrNull(f.Source.Work), source, f.Note.Stored(), by.Name, db.At(tx.Now), db.At(tx.Now))
			if err != nil {
				return fmt.Errorf("make a figure: %w", err)
			}
			return s.keepFigure(ctx, tx, by, f, "")
		}
		was, err := s.figure(ctx, tx, f.ID)
		if err != nil {
			return err
		}
		if was.Version != f.Version {
			return fmt.Errorf("figure %s was changed meanwhile: %w", f.ID, sala.ErrConflict)
		}
		f.Version, f.Public = was.Version+1, was.Public
		err = tx.ExecOne(ctx, `
			UPDATE tracker_figure SET measure = ?, value = ?, upto = ?, qualifier = ?, percent = ?, as_of = ?, work = ?, source = ?, note = ?, version = ?, by_whom = ?, changed = ? WHERE id = ?`,
			f.Measure, f.Value, f.UpTo, f.Qualifier, f.Percent, f.AsOf.String(), db.OrNull(f.Source.Work), source, f.Note.Stored(), f.Version, by.Name, db.At(tx.Now), f.ID)
		if err != nil {
			return fmt.Errorf("change figure %s: %w", f.ID, err)
		}
		return s.keepFigure(ctx, tx, by, f, "")
	})
	return f.ID, err
}

// ShowFigure shows a figure to readers, or takes it back and says why.
func (s *Store) ShowFigure(ctx context.Context, by sala.Actor, id sala.ID, public bool, why string) error {
	if err := may(by, sala.Publish, "show figure "+string(id)); err != nil {
		return err
	}
	if why = strings.TrimSpace(why); !public && why == "" {
		return sala.Invalid{{Field: "why", Key: "studio.tracker.why_missing", Text: "say why it is taken back"}}
	}
	what := "published"
	if !public {
		what = "withdrawn"
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, figureRef(id), what, by); err != nil {
			return err
		}
		f, err := s.figure(ctx, tx, id)
		if err != nil {
			return err
		}
		if f.Public == public {
			return fmt.Errorf("figure %s is so already: %w", id, sala.ErrConflict)
		}
		f.Public, f.Version = public, f.Version+1
		if err := tx.ExecOne(ctx, `UPDATE tracker_figure SET public = ?, withdrawn = ?, version = ?, changed = ? WHERE id = ?`, public, !public, f.Version, db.At(tx.Now), id); err != nil {
			return fmt.Errorf("show figure %s: %w", id, err)
		}
		return s.keepFigure(ctx, tx, by, f, why)
	})
}

func (s *Store) keepFigure(ctx context.Context, tx *db.Tx, by sala.Actor, f Figure, why string) error {
	state, err := json.Marshal(map[string]any{"measure": f.Measure, "value": f.Value, "upto": f.UpTo, "qualifier": f.Qualifier, "percent": f.Percent, "as_of": f.AsOf, "source": f.Source, "note": f.Note})
	if err != nil {
		return fmt.Errorf("history of figure %s: %w", f.ID, err)
	}
	err = tx.ExecOne(ctx, `INSERT INTO tracker_figure_history (id, figure, version, stated, public, why, by_whom, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		sala.NewID(), f.ID, f.Version, string(state), f.Public, why, by.Name, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("history of figure %s: %w", f.ID, err)
	}
	return nil
}

// Conflicts reports whether two figures of one measure say different things
// of the same time.
func Conflicts(a, b Figure) bool {
	if a.Measure != b.Measure || a.Percent != b.Percent || a.AsOf.Year == 0 || a.AsOf.Year != b.AsOf.Year {
		return false
	}
	// As far as both are dated: June and July do not conflict, 2018 and June do.
	if a.AsOf.Month != 0 && b.AsOf.Month != 0 && a.AsOf.Month != b.AsOf.Month {
		return false
	}
	lowA, highA := a.bounds()
	lowB, highB := b.bounds()
	return highA < lowB || highB < lowA
}

// bounds is between what a figure says a number lies; "about" allows a tenth.
func (f Figure) bounds() (low, high float64) {
	low, high = Float(f.Value), Float(f.Value)
	if f.UpTo != "" {
		high = Float(f.UpTo)
	}
	const anything = 1e300
	switch f.Qualifier {
	case About:
		return low * .9, high * 1.1
	case Over, AtLeast:
		return low, anything
	case Under, AtMost:
		return -anything, high
	}
	return low, high
}
