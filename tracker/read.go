package tracker

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/numbering"
)

const columns = `r.id, r.slug, r.title, r.words, r.original, r.number, r.source, r.event, r.owner, r.owner_name, r.next, r.asked, r.asked_at, r.state, r.state_day,
	r.heard, r.ask, r.merged_into, r.public, r.withdrawn, r.version, r.made_by, r.created, r.changed`

type recommendationRow struct {
	ID        sala.ID   `bun:"id"`
	Slug      string    `bun:"slug"`
	Title     string    `bun:"title"`
	Words     string    `bun:"words"`
	Original  sala.Lang `bun:"original"`
	Number    string    `bun:"number"`
	Source    string    `bun:"source"`
	Event     *sala.ID  `bun:"event"`
	Owner     *sala.ID  `bun:"owner"`
	OwnerName string    `bun:"owner_name"`
	Next      string    `bun:"next"`
	Asked     string    `bun:"asked"`
	AskedAt   string    `bun:"asked_at"`
	State     State     `bun:"state"`
	StateDay  string    `bun:"state_day"`
	Heard     string    `bun:"heard"`
	Ask       sala.ID   `bun:"ask"`
	Into      *sala.ID  `bun:"merged_into"`
	Public    bool      `bun:"public"`
	Withdrawn bool      `bun:"withdrawn"`
	Version   int       `bun:"version"`
	MadeBy    sala.ID   `bun:"made_by"`
	Created   time.Time `bun:"created"`
	Changed   time.Time `bun:"changed"`
}

func (row recommendationRow) recommendation() (Recommendation, error) {
	r := Recommendation{
		ID: row.ID, Slug: row.Slug, Original: row.Original, Number: row.Number, Event: deref(row.Event), Owner: deref(row.Owner), OwnerName: row.OwnerName,
		State: row.State, Ask: row.Ask, Into: deref(row.Into), Public: row.Public, Withdrawn: row.Withdrawn, Version: row.Version, MadeBy: row.MadeBy,
		Created: row.Created.UTC(), Changed: row.Changed.UTC(),
	}
	var err error
	if r.Title, err = sala.ScanText(row.Title); err != nil {
		return r, err
	}
	if r.Words, err = sala.ScanText(row.Words); err != nil {
		return r, err
	}
	if r.Source, err = unstored[Source](row.Source); err != nil {
		return r, err
	}
	for _, d := range []struct {
		stored string
		to     *sala.Day
	}{{row.Next, &r.Next}, {row.Asked, &r.Asked}, {row.StateDay, &r.StateDay}, {row.Heard, &r.Heard}} {
		if *d.to, err = sala.ParseDay(d.stored); err != nil {
			return r, err
		}
	}
	return r, nil
}

// one reads a recommendation with what hangs from it, public or not.
func (s *Store) one(ctx context.Context, r db.Reader, id sala.ID) (Recommendation, error) {
	rows, err := db.All[recommendationRow](ctx, r, `SELECT `+columns+` FROM tracker_recommendation r WHERE r.id = ?`, id)
	if err != nil {
		return Recommendation{}, fmt.Errorf("recommendation %s: %w", id, err)
	}
	if len(rows) == 0 {
		return Recommendation{}, fmt.Errorf("recommendation %s: %w", id, sala.ErrNotFound)
	}
	found, err := s.filled(ctx, r, rows)
	if err != nil {
		return Recommendation{}, err
	}
	return found[0], nil
}

// filled turns rows into recommendations with their own parties, terms and
// codes. Those of what was merged into them stand with those: see [Store.Merged].
func (s *Store) filled(ctx context.Context, r db.Reader, rows []recommendationRow) ([]Recommendation, error) {
	out, at, err := s.withParties(ctx, r, rows)
	if err != nil || len(out) == 0 {
		return out, err
	}
	ids := make([]sala.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	type termRow struct {
		Recommendation sala.ID `bun:"recommendation"`
		Term           sala.ID `bun:"term"`
	}
	terms, err := db.All[termRow](ctx, r, `SELECT recommendation, term FROM tracker_term WHERE recommendation IN (?) ORDER BY term`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("terms of %d recommendations: %w", len(ids), err)
	}
	for _, row := range terms {
		at[row.Recommendation].Terms = append(at[row.Recommendation].Terms, row.Term)
	}
	type codeRow struct {
		Recommendation sala.ID   `bun:"recommendation"`
		Framework      Framework `bun:"framework"`
		Code           string    `bun:"code"`
		Country        string    `bun:"country"`
	}
	codes, err := db.All[codeRow](ctx, r, `
		SELECT recommendation, framework, code, country FROM tracker_code WHERE recommendation IN (?) ORDER BY framework, code, country`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("codes of %d recommendations: %w", len(ids), err)
	}
	for _, row := range codes {
		at[row.Recommendation].Codes = append(at[row.Recommendation].Codes, Code{row.Framework, row.Code, row.Country})
	}
	return out, nil
}

// shown does the same where nothing is being changed: terms and codes are those
// of an outline.
func (s *Store) shown(ctx context.Context, all *sheet, rows []recommendationRow) ([]Recommendation, error) {
	lines := make([]*outlined, len(rows))
	for i, row := range rows {
		at, err := parseDate(row.AskedAt)
		if err != nil {
			return nil, fmt.Errorf("recommendation %s: %w", row.ID, err)
		}
		var ok bool
		if lines[i], ok = find(all, at, row.ID); !ok { // it was merged, or has changed this moment
			return s.filled(ctx, s.db, rows)
		}
	}
	out, _, err := s.withParties(ctx, s.db, rows)
	if err != nil {
		return nil, err
	}
	ids, words := s.ids.Words(), s.words.Words()
	for i, line := range lines {
		line.hang(ids, words, &out[i])
	}
	return out, nil
}

// withParties turns rows into recommendations with their parties. It returns
// them by id as well.
func (s *Store) withParties(ctx context.Context, r db.Reader, rows []recommendationRow) ([]Recommendation, map[sala.ID]*Recommendation, error) {
	out := make([]Recommendation, len(rows))
	at := make(map[sala.ID]*Recommendation, len(rows))
	ids := make([]sala.ID, len(rows))
	for i, row := range rows {
		var err error
		if out[i], err = row.recommendation(); err != nil {
			return nil, nil, fmt.Errorf("recommendation %s: %w", row.ID, err)
		}
		ids[i] = row.ID
		at[row.ID] = &out[i]
	}
	if len(ids) == 0 {
		return out, at, nil
	}
	parties, err := db.All[partyRow](ctx, r, `
		SELECT `+partyColumns+` FROM tracker_party WHERE recommendation IN (?) AND ended IS NULL ORDER BY position, id`, db.In(ids))
	if err != nil {
		return nil, nil, fmt.Errorf("parties of %d recommendations: %w", len(ids), err)
	}
	for _, row := range parties {
		p, err := row.party()
		if err != nil {
			return nil, nil, fmt.Errorf("party %s: %w", row.ID, err)
		}
		rec := at[row.Recommendation]
		if row.Role == asker {
			rec.Askers = append(rec.Askers, p)
		} else {
			rec.Addressed = append(rec.Addressed, p)
		}
	}
	return out, at, nil
}

// Recommendation returns a public recommendation by its address, or by one it
// once had: then its Slug differs. One that was merged is answered with the
// one it was merged into; one that was withdrawn with [sala.ErrGone].
func (s *Store) Recommendation(ctx context.Context, slug string) (Recommendation, error) {
	row, err := db.One[recommendationRow](ctx, s.db, `
		SELECT `+columns+` FROM tracker_slug a JOIN tracker_recommendation r ON r.id = a.recommendation WHERE a.slug = ?`, slug)
	if err != nil {
		return Recommendation{}, fmt.Errorf("recommendation %q: %w", slug, err)
	}
	return s.public(ctx, row)
}

// Public returns a public recommendation by its id, as [Store.Recommendation]
// does.
func (s *Store) Public(ctx context.Context, id sala.ID) (Recommendation, error) {
	row, err := s.row(ctx, id)
	if err != nil {
		return Recommendation{}, err
	}
	return s.public(ctx, row)
}

func (s *Store) row(ctx context.Context, id sala.ID) (recommendationRow, error) {
	row, err := db.One[recommendationRow](ctx, s.db, `SELECT `+columns+` FROM tracker_recommendation r WHERE r.id = ?`, id)
	if err != nil {
		err = fmt.Errorf("recommendation %s: %w", id, err)
	}
	return row, err
}

func (s *Store) public(ctx context.Context, row recommendationRow) (Recommendation, error) {
	id := row.ID
	if row.Into != nil {
		var err error
		if row, err = s.row(ctx, *row.Into); err != nil {
			return Recommendation{}, err
		}
	}
	switch {
	case row.Public:
		all, err := s.outline.Now(ctx)
		if err != nil {
			return Recommendation{}, err
		}
		found, err := s.shown(ctx, all, []recommendationRow{row})
		if err != nil {
			return Recommendation{}, err
		}
		return found[0], nil
	case row.Withdrawn:
		return Recommendation{}, fmt.Errorf("recommendation %s: %w", id, sala.ErrGone)
	}
	return Recommendation{}, fmt.Errorf("recommendation %s: %w", id, sala.ErrNotFound)
}

// Open returns a recommendation, public or not, to somebody who works on the
// record.
func (s *Store) Open(ctx context.Context, by sala.Actor, id sala.ID) (Recommendation, error) {
	if err := may(by, sala.Draft, "open recommendation "+string(id)); err != nil {
		return Recommendation{}, err
	}
	r, err := s.one(ctx, s.db, id)
	if err == nil && !r.Public && !by.May(sala.Translate) && r.MadeBy != by.ID {
		return Recommendation{}, fmt.Errorf("open recommendation %s: %w", id, sala.ErrForbidden)
	}
	return r, err
}

// ByID returns the public ones of some recommendations.
func (s *Store) ByID(ctx context.Context, ids []sala.ID) (map[sala.ID]Recommendation, error) {
	out := map[sala.ID]Recommendation{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := db.All[recommendationRow](ctx, s.db, `
		SELECT `+columns+` FROM tracker_recommendation r WHERE r.id IN (?) AND r.public AND r.merged_into IS NULL`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("%d recommendations: %w", len(ids), err)
	}
	all, err := s.outline.Now(ctx)
	if err != nil {
		return nil, err
	}
	found, err := s.shown(ctx, all, rows)
	for _, r := range found {
		out[r.ID] = r
	}
	return out, err
}

// Merged returns what was merged into a recommendation: other records of the
// very same ask, each with its source.
func (s *Store) Merged(ctx context.Context, id sala.ID) ([]Recommendation, error) {
	rows, err := db.All[recommendationRow](ctx, s.db, `
		SELECT `+columns+` FROM tracker_recommendation r WHERE r.merged_into = ? ORDER BY r.asked_at, r.id`, id)
	if err != nil {
		return nil, fmt.Errorf("what was merged into recommendation %s: %w", id, err)
	}
	return s.filled(ctx, s.db, rows)
}

// Again returns the public recommendations that ask the same as r, itself
// among them, oldest first.
func (s *Store) Again(ctx context.Context, r Recommendation) ([]Recommendation, error) {
	all, err := s.outline.Now(ctx)
	if err != nil {
		return nil, err
	}
	var same []sala.ID
	sift := s.sieve(Filter{Ask: r.Ask})
	for _, line := range slices.Backward(all.Rows) {
		if sift.passes(line) {
			same = append(same, line.id)
		}
	}
	if len(same) == 1 && same[0] == r.ID { // as most are
		return []Recommendation{r}, nil
	}
	return s.told(ctx, all, same)
}

// A Times says how often an ask was made: public recommendations and what was
// merged into them, since the year of the first.
type Times struct {
	N     int
	Since int
}

// TimesAsked returns for each recommendation how often what it asks was asked.
func (s *Store) TimesAsked(ctx context.Context, recs []Recommendation) (map[sala.ID]Times, error) {
	out := make(map[sala.ID]Times, len(recs))
	if len(recs) == 0 {
		return out, nil
	}
	all, err := s.outline.Now(ctx)
	if err != nil {
		return nil, err
	}
	asks := make([]sala.ID, len(recs))
	for i, r := range recs {
		asks[i] = r.Ask
	}
	wanted, byAsk := s.asks.Set(asks), map[numbering.Number]Times{}
	for _, line := range all.Rows {
		if !line.public || !wanted.Has(line.ask) {
			continue
		}
		t, ok := byAsk[line.ask]
		if first := int(line.first); !ok || first < t.Since {
			t.Since = first
		}
		t.N += int(line.records)
		byAsk[line.ask] = t
	}
	for _, r := range recs {
		out[r.ID] = byAsk[s.asks.Find(r.Ask)]
	}
	return out, nil
}

// Silent reports whether nothing has happened for twelve months to something
// that is still to be hoped for.
func (r Recommendation) Silent(today sala.Day) bool {
	return r.State.Open() && !r.Heard.IsZero() && !end(r.Heard).Time().AddDate(1, 0, 0).After(today.Time())
}

// SilentYears is how many whole years nothing has happened.
func (r Recommendation) SilentYears(today sala.Day) int {
	if !r.Silent(today) {
		return 0
	}
	h, t := end(r.Heard), today
	years := t.Year - h.Year
	if t.Month < h.Month || t.Month == h.Month && t.Day < h.Day {
		years--
	}
	return years
}

// Langs are the languages whose words a recommendation has, the original first.
func (r Recommendation) Langs() []sala.Lang {
	out := []sala.Lang{r.Original}
	for l := range r.Words {
		if l != r.Original {
			out = append(out, l)
		}
	}
	slices.Sort(out[1:])
	return out
}

// Publications returns when a recommendation went out and was taken back,
// oldest first.
func (s *Store) Publications(ctx context.Context, by sala.Actor, id sala.ID) ([]Publication, error) {
	if err := may(by, sala.Draft, "publications of recommendation "+string(id)); err != nil {
		return nil, err
	}
	rows, err := db.All[Publication](ctx, s.db, `SELECT public, why, by_whom, at FROM tracker_publication WHERE recommendation = ? ORDER BY at, id`, id)
	if err != nil {
		return nil, fmt.Errorf("publications of recommendation %s: %w", id, err)
	}
	return rows, nil
}
