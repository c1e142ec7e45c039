package site

import (
	"cmp"
	"context"
	"strings"

	"sala"
	"sala/archive"
	"sala/event"
	"sala/internal/i18n"
	"sala/tracker"
)

// A gathering is one stretch of everything that bears one of some terms.
type gathering struct {
	ids   []sala.ID
	sort  string // only this sort, "" for all
	after place
}

func (g gathering) has(sort string) bool { return g.sort == "" || g.sort == sort }

// A place is where a stretch of three lists in one begins: the last of each
// that was shown before, "" for none. So nothing is left out or shown twice
// whatever is added meanwhile.
type place struct{ work, event, ask sala.ID }

// String is the place as an address bears it.
func (at place) String() string {
	return string(at.work) + "." + string(at.event) + "." + string(at.ask)
}

func parsePlace(s string) (at place, err error) {
	if s == "" {
		return at, nil
	}
	ids := strings.Split(s, ".")
	if len(ids) != 3 {
		return at, sala.ErrNotFound
	}
	for i, to := range []*sala.ID{&at.work, &at.event, &at.ask} {
		if ids[i] == "" {
			continue
		}
		if *to, err = sala.ParseID(ids[i]); err != nil {
			return at, err
		}
	}
	if at == (place{}) {
		return at, sala.ErrNotFound
	}
	return at, nil
}

// gather returns the next rows of a gathering, the newest first, and where
// what follows begins, "" at the end. Each area gives its own list in its own
// order; here they are only laid one into another.
func (s *Site) gather(ctx context.Context, p *page, g gathering) (rows []gatheredRow, next string, err error) {
	type dated struct {
		day  sala.Day
		row  gatheredRow
		pass func(at *place)
	}
	var lists [3][]dated
	more := false
	if g.has(sortWorks) {
		list, err := s.Archive.Works(ctx, archive.Filter{Terms: [][]sala.ID{g.ids}, Before: g.after.work, Limit: listed})
		if err != nil {
			return nil, "", err
		}
		more = more || list.Next != ""
		for _, w := range list.Works {
			lists[0] = append(lists[0], dated{w.Listed, gatheredRow{row: s.row(w, p)}, func(at *place) { at.work = w.ID }})
		}
	}
	if g.has(sortEvents) {
		list, err := s.Events.Events(ctx, event.Filter{Term: g.ids, Before: g.after.event, Limit: listed})
		if err != nil {
			return nil, "", err
		}
		seen, err := s.hear(ctx, list.Events...)
		if err != nil {
			return nil, "", err
		}
		more = more || list.Next != ""
		for _, e := range seen.Events {
			lists[1] = append(lists[1], dated{e.Held.From, gatheredRow{row: s.eventRow(e, p)}, func(at *place) { at.event = e.ID }})
		}
	}
	if g.has(sortAsks) {
		list, err := s.Tracker.Lines(ctx, tracker.Filter{Terms: [][]sala.ID{g.ids}, Before: g.after.ask, Limit: listed})
		if err != nil {
			return nil, "", err
		}
		asks, err := s.askRows(ctx, p, list.Recommendations)
		if err != nil {
			return nil, "", err
		}
		more = more || list.Next != ""
		for i, rec := range list.Recommendations {
			lists[2] = append(lists[2], dated{rec.Asked, p.gatheredAsk(rec, asks[i]), func(at *place) { at.ask = rec.ID }})
		}
	}
	at := g.after
	for len(rows) < listed {
		newest := -1
		for i, list := range lists {
			if len(list) > 0 && (newest < 0 || compareDays(list[0].day, lists[newest][0].day) > 0) {
				newest = i
			}
		}
		if newest < 0 {
			break
		}
		one := lists[newest][0]
		lists[newest] = lists[newest][1:]
		one.pass(&at)
		one.row.year = one.day.Year
		rows = append(rows, one.row)
	}
	for _, list := range lists {
		more = more || len(list) > 0
	}
	if more {
		next = at.String()
	}
	return rows, next, nil
}

// compareDays puts days in their order. One whose month is not stated stands
// before all of its year, one that is not stated at all before every other.
func compareDays(a, b sala.Day) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day))
}

// gatheredAsk is a recommendation among works and events.
func (p *page) gatheredAsk(rec tracker.Recommendation, ask askRow) gatheredRow {
	r := row{Kind: "kind.recommendation", Title: ask.Title, Lang: ask.Lang, Href: ask.Href, Date: ask.Date, ISO: rec.Asked.String()}
	for _, l := range p.set.Langs {
		if rec.Words[l] != "" {
			r.Langs = append(r.Langs, l)
		}
	}
	return gatheredRow{row: r, Ask: &ask}
}

// gatheredYears parts rows by year.
func gatheredYears(p *page, rows []gatheredRow) []gatheredYear {
	var out []gatheredYear
	for _, r := range rows {
		year := p.T("event.no_year")
		if r.year != 0 {
			year = i18n.Year(p.Lang, r.year)
		}
		if n := len(out); n == 0 || out[n-1].Year != year {
			out = append(out, gatheredYear{Year: year})
		}
		last := &out[len(out)-1]
		last.Rows = append(last.Rows, r)
	}
	return out
}
