package tracker

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/numbering"
)

// An outlined is what lists ask of a recommendation: what it is narrowed,
// ordered and counted by. What was merged into it counts with it. Numbers are of
// Store.ids where nothing else is said.
type outlined struct {
	id        sala.ID
	at        date             // by which lists are ordered
	stated    date             // the day it was asked, as far as that is stated
	first     int16            // year in which it was first asked
	records   int32            // it, and what was merged into it
	ask       numbering.Number // of Store.asks
	work      numbering.Number
	works     numbering.List // in which it is asked, that of those that were merged into it, too
	event     numbering.Number
	terms     numbering.List
	codes     []outlinedCode
	addressed numbering.List
	askers    numbering.List
	parties   []outlinedParty // its own, those of each role in their order
	ownTerms  int16           // how many of terms are not of what was merged into it
	ownCodes  int16
	state     uint8 // of States
	heard     date
	moments   []moment
	papers    numbering.List // that number it, of Store.papers
	public    bool
	withdrawn bool

	owner  numbering.Number
	nobody bool // follows it up
	next   date
	madeBy numbering.Number
}

// An outlinedParty is one who asks or is asked.
type outlinedParty struct {
	organisation numbering.Number
	said         numbering.Number // of Store.words: a text as it is stored
	asks         bool
}

// An outlinedCode is a code as numbers of Store.words; that of code is "ilo:C188".
type outlinedCode struct{ framework, code, country numbering.Number }

// A moment is the year in which a state came to stand at its end.
type moment struct {
	year  int16
	state uint8
}

// A date is a day as one number: 2018-11-03 is 20181103, and what is not
// stated is 0. So dates compare as the days do that are stored as text.
type date int32

func dateOf(d sala.Day) date { return date(d.Year*1_00_00 + int(d.Month)*1_00 + d.Day) }

func (d date) year() int { return int(d) / 1_00_00 }

func (d date) day() sala.Day {
	return sala.Day{Year: d.year(), Month: time.Month(d / 1_00 % 1_00), Day: int(d % 1_00)}
}

func parseDate(stored string) (date, error) {
	d, err := sala.ParseDay(stored)
	return dateOf(d), err
}

// newestFirst is the order of lists.
func newestFirst(a, b *outlined) int { return a.compare(b.at, b.id) }

func (r *outlined) compare(at date, id sala.ID) int {
	return cmp.Or(cmp.Compare(at, r.at), strings.Compare(string(id), string(r.id)))
}

// open reports whether something is still to be hoped for.
func (r *outlined) open() bool { return States[r.state].Open() }

// silent reports whether nothing has happened since a day.
func (r *outlined) silent(since date) bool { return r.open() && r.heard <= since }

// A sheet is the outline at one moment: every recommendation that was not
// merged into another, public or not.
type sheet = db.Sheet[*outlined]

// find returns the row of a recommendation, by what it is ordered by.
func find(s *sheet, at date, id sala.ID) (*outlined, bool) {
	i, ok := slices.BinarySearchFunc(s.Rows, id, func(r *outlined, id sala.ID) int { return r.compare(at, id) })
	if !ok {
		return nil, false
	}
	return s.Rows[i], true
}

type outlineRow struct {
	ID        sala.ID  `bun:"id"`
	Into      *sala.ID `bun:"merged_into"`
	Work      *sala.ID `bun:"work"`
	Event     *sala.ID `bun:"event"`
	Owner     *sala.ID `bun:"owner"`
	OwnerName string   `bun:"owner_name"`
	Next      string   `bun:"next"`
	Asked     string   `bun:"asked"`
	AskedAt   string   `bun:"asked_at"`
	State     State    `bun:"state"`
	Heard     string   `bun:"heard"`
	Ask       sala.ID  `bun:"ask"`
	Public    bool     `bun:"public"`
	Withdrawn bool     `bun:"withdrawn"`
	MadeBy    sala.ID  `bun:"made_by"`
}

// readOutline reads the rows of recommendations, of those that they were merged
// into, and of all that ask the same: a decision changes whom they stand with.
func (s *Store) readOutline(ctx context.Context, ids []sala.ID) (map[sala.ID]*outlined, error) {
	which := func(column string) string { return "" }
	var args []any
	if ids != nil {
		which = func(column string) string {
			return ` AND ` + column + ` IN (SELECT m.id FROM tracker_recommendation m WHERE m.ask IN (SELECT c.ask FROM tracker_recommendation c WHERE c.id IN (?)))`
		}
		args = []any{db.In(ids)}
	}
	rows, err := db.All[outlineRow](ctx, s.db, `
		SELECT r.id, r.merged_into, r.work, r.event, r.owner, r.owner_name, r.next, r.asked, r.asked_at, r.state, r.heard, r.ask, r.public, r.withdrawn, r.made_by
		FROM tracker_recommendation r WHERE TRUE`+which("r.id"), args...)
	if err != nil {
		return nil, fmt.Errorf("recommendations: %w", err)
	}
	out := make(map[sala.ID]*outlined, len(rows))
	if len(rows) == 0 {
		return out, nil
	}
	for _, row := range rows {
		if row.Into != nil {
			continue
		}
		if out[row.ID], err = s.outlined(row); err != nil {
			return nil, fmt.Errorf("recommendation %s: %w", row.ID, err)
		}
	}
	root := make(map[sala.ID]*outlined, len(rows)) // of each record
	for _, row := range rows {
		r := out[row.ID]
		if row.Into != nil {
			if r = out[*row.Into]; r == nil {
				continue // it was merged after the others were read, and is read again
			}
			at, err := parseDate(row.AskedAt)
			if err != nil {
				return nil, fmt.Errorf("recommendation %s: %w", row.ID, err)
			}
			r.records, r.first = r.records+1, min(r.first, int16(at.year()))
			r.works.Add(s.ids.Give(deref(row.Work)))
		}
		root[row.ID] = r
	}
	for _, more := range []func(ctx context.Context, root map[sala.ID]*outlined, which string, args []any) error{
		s.outlineParties, s.outlineTerms, s.outlineCodes, s.outlineMoments, s.outlinePapers,
	} {
		if err := more(ctx, root, which("x.recommendation"), args); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Store) outlined(row outlineRow) (*outlined, error) {
	state := slices.Index(States, row.State)
	if state < 0 {
		return nil, fmt.Errorf("%q is no state", row.State)
	}
	r := &outlined{
		id: row.ID, records: 1, ask: s.asks.Give(row.Ask), event: s.ids.Give(deref(row.Event)), state: uint8(state), public: row.Public, withdrawn: row.Withdrawn,
		owner: s.ids.Give(deref(row.Owner)), nobody: deref(row.Owner) == "" && row.OwnerName == "", madeBy: s.ids.Give(row.MadeBy),
	}
	r.work = s.ids.Give(deref(row.Work))
	r.works.Add(r.work)
	for _, d := range []struct {
		stored string
		to     *date
	}{{row.AskedAt, &r.at}, {row.Asked, &r.stated}, {row.Heard, &r.heard}, {row.Next, &r.next}} {
		var err error
		if *d.to, err = parseDate(d.stored); err != nil {
			return nil, err
		}
	}
	r.first = int16(r.at.year())
	return r, nil
}

func (s *Store) outlineParties(ctx context.Context, root map[sala.ID]*outlined, which string, args []any) error {
	type row struct {
		Of           sala.ID  `bun:"recommendation"`
		Role         role     `bun:"role"`
		Organisation *sala.ID `bun:"organisation"`
		Said         string   `bun:"said"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT x.recommendation, x.role, x.organisation, x.said FROM tracker_party x WHERE x.ended IS NULL`+which+` ORDER BY x.position, x.id`, args...)
	if err != nil {
		return fmt.Errorf("parties: %w", err)
	}
	for _, row := range rows {
		r := root[row.Of]
		if r == nil {
			continue
		}
		p := outlinedParty{s.ids.Give(deref(row.Organisation)), s.words.Give(row.Said), row.Role == asker}
		if p.asks {
			r.askers.Add(p.organisation)
		} else {
			r.addressed.Add(p.organisation)
		}
		if r.id == row.Of {
			r.parties = append(r.parties, p)
		}
	}
	return nil
}

// outlineTerms adds terms, its own before those of what was merged into it.
func (s *Store) outlineTerms(ctx context.Context, root map[sala.ID]*outlined, which string, args []any) error {
	type row struct {
		Of   sala.ID `bun:"recommendation"`
		Term sala.ID `bun:"term"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT x.recommendation, x.term FROM tracker_term x WHERE TRUE`+which+` ORDER BY x.term`, args...)
	if err != nil {
		return fmt.Errorf("terms: %w", err)
	}
	for _, row := range rows {
		if r := root[row.Of]; r != nil && r.id == row.Of {
			r.terms = append(r.terms, s.ids.Give(row.Term))
			r.ownTerms++
		}
	}
	for _, row := range rows {
		if r := root[row.Of]; r != nil && r.id != row.Of {
			r.terms.Add(s.ids.Give(row.Term))
		}
	}
	return nil
}

// outlineCodes adds codes, its own before those of what was merged into it.
func (s *Store) outlineCodes(ctx context.Context, root map[sala.ID]*outlined, which string, args []any) error {
	type row struct {
		Of        sala.ID   `bun:"recommendation"`
		Framework Framework `bun:"framework"`
		Code      string    `bun:"code"`
		Country   string    `bun:"country"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT x.recommendation, x.framework, x.code, x.country FROM tracker_code x WHERE TRUE`+which+` ORDER BY x.framework, x.code, x.country`, args...)
	if err != nil {
		return fmt.Errorf("codes: %w", err)
	}
	code := func(row row) outlinedCode {
		return outlinedCode{s.words.Give(string(row.Framework)), s.words.Give(numbered(row.Framework, row.Code)), s.words.Give(row.Country)}
	}
	for _, row := range rows {
		if r := root[row.Of]; r != nil && r.id == row.Of {
			r.codes = append(r.codes, code(row))
			r.ownCodes++
		}
	}
	for _, row := range rows {
		if r := root[row.Of]; r != nil && r.id != row.Of && !slices.Contains(r.codes, code(row)) {
			r.codes = append(r.codes, code(row))
		}
	}
	return nil
}

// outlinePapers adds the documents that number it and that readers see do so.
func (s *Store) outlinePapers(ctx context.Context, root map[sala.ID]*outlined, which string, args []any) error {
	type row struct {
		Of       sala.ID `bun:"recommendation"`
		Document sala.ID `bun:"document"`
		Day      string  `bun:"day"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT x.recommendation, x.document, d.day
		FROM tracker_number x JOIN tracker_document d ON d.id = x.document JOIN tracker_recommendation p ON p.id = x.recommendation WHERE p.public`+which, args...)
	if err != nil {
		return fmt.Errorf("numbers: %w", err)
	}
	for _, row := range rows {
		if r := root[row.Of]; r != nil {
			r.papers.Add(s.papers.Give(paper(row.Day, row.Document)))
		}
	}
	return nil
}

// paper is the word under which a document has a number: papers are ordered as
// these are. Nobody changes the day of one.
func paper(day string, id sala.ID) string { return day + " " + string(id) }

// numbered is the word under which a code has a number: "ilo:C188".
func numbered(f Framework, code string) string { return string(f) + ":" + code }

// outlineMoments adds how each recommendation stood at the end of the years in
// which anything became of it.
func (s *Store) outlineMoments(ctx context.Context, root map[sala.ID]*outlined, which string, args []any) error {
	type row struct {
		ID       sala.ID   `bun:"id"`
		Of       sala.ID   `bun:"recommendation"`
		State    State     `bun:"state"`
		Day      string    `bun:"day"`
		Corrects *sala.ID  `bun:"corrects"`
		At       time.Time `bun:"at"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT x.id, x.recommendation, x.state, x.day, x.corrects, x.at FROM tracker_step x WHERE TRUE`+which+` ORDER BY x.at, x.id`, args...)
	if err != nil {
		return fmt.Errorf("steps: %w", err)
	}
	corrected := map[sala.ID]bool{}
	for _, row := range rows {
		if row.Corrects != nil {
			corrected[*row.Corrects] = true
		}
	}
	chains := make(map[*outlined][]standing, len(root))
	for _, row := range rows {
		r := root[row.Of]
		if r == nil || row.State == Retracted || corrected[row.ID] {
			continue
		}
		d, err := sala.ParseDay(row.Day)
		if err != nil {
			return fmt.Errorf("step of recommendation %s: %w", row.Of, err)
		}
		st := standing{sorts: ordered(row.State, d, row.At.UTC())}
		st.state = uint8(slices.Index(States, row.State))
		if d.IsZero() {
			d = sala.DayOf(row.At.UTC())
		}
		st.year = int16(d.Year)
		chains[r] = append(chains[r], st)
	}
	for r, chain := range chains {
		r.moments = momentsOf(chain)
	}
	return nil
}

// A standing is a step that stands.
type standing struct {
	sorts string
	moment
}

// momentsOf tells of a chain how it stood at the end of each year in which its
// state changed.
func momentsOf(chain []standing) []moment {
	slices.SortStableFunc(chain, func(a, b standing) int { return strings.Compare(a.sorts, b.sorts) })
	var years []int16
	for _, st := range chain {
		years = append(years, st.year)
	}
	slices.Sort(years)
	var out []moment
	for _, year := range slices.Compact(years) {
		for _, st := range slices.Backward(chain) {
			if st.year > year {
				continue
			}
			if len(out) == 0 || out[len(out)-1].state != st.state {
				out = append(out, moment{year, st.state})
			}
			break
		}
	}
	return out
}
