package site

import (
	"net/url"
	"slices"
	"strconv"

	"sala"
	"sala/event"
	"sala/internal/i18n"
)

// coming is what an address says for events that are not over.
const coming = "coming"

// An eventChoice is what narrows a list of events, as an address says it.
type eventChoice struct {
	filter event.Filter
	query  url.Values // what of the address narrows, in canonical form
}

// eventChoice reads a filter out of an address. A value that names nothing is
// not found: a page that ignored it would show what was not asked for.
func (s *Site) eventChoice(q url.Values) (eventChoice, error) {
	ch := eventChoice{query: url.Values{}}
	if v := q.Get("country"); v != "" {
		if len(v) != 2 || i18n.Country(sala.English, v) == v {
			return ch, sala.ErrNotFound
		}
		ch.filter.Country = v
		ch.query.Set("country", v)
	}
	if v := event.Type(q.Get("type")); v != "" {
		if !slices.Contains(event.Types, v) {
			return ch, sala.ErrNotFound
		}
		ch.filter.Type = v
		ch.query.Set("type", string(v))
	}
	if v := q.Get("language"); v != "" {
		l, err := sala.ParseLang(v)
		if err != nil {
			return ch, sala.ErrNotFound
		}
		ch.filter.Lang = l
		ch.query.Set("language", string(l))
	}
	if v := q.Get("year"); v != "" {
		n, err := i18n.ParseYear(v)
		if err != nil || n < 1 || n > 9999 {
			return ch, sala.ErrNotFound
		}
		ch.filter.Year = n
		ch.query.Set("year", strconv.Itoa(n))
	}
	switch q.Get("when") {
	case "":
	case coming: // the nearest first
		ch.filter.From, ch.filter.Oldest = sala.DayOf(s.DB.Now()), true
		ch.query.Set("when", coming)
	default:
		return ch, sala.ErrNotFound
	}
	if v := q.Get("month"); v != "" {
		n, err := i18n.ParseNumber(v)
		if err != nil || n < 1 || n > 12 || ch.filter.Year == 0 {
			return ch, sala.ErrNotFound
		}
		ch.filter.Month, ch.filter.Oldest = n, true // a month is read as a calendar is
		ch.query.Set("month", strconv.Itoa(n))
	}
	for _, part := range []struct {
		name string
		set  func(sala.ID)
	}{
		{"organisation", func(id sala.ID) { ch.filter.Organisation = []sala.ID{id} }},
		{"series", func(id sala.ID) { ch.filter.Series = id }},
		{"before", func(id sala.ID) { ch.filter.Before = id }},
	} {
		v := q.Get(part.name)
		if v == "" {
			continue
		}
		id, err := sala.ParseID(v)
		if err != nil {
			return ch, err
		}
		part.set(id)
		if part.name != "before" {
			ch.query.Set(part.name, string(id))
		}
	}
	return ch, nil
}

// with returns the address of the same list with one choice more or, with "",
// less.
func (ch eventChoice) with(base, name, value string) string {
	q := url.Values{}
	for k, v := range ch.query {
		q[k] = v
	}
	q.Del(name)
	if name == "year" {
		q.Del("month")
	}
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return base
	}
	return base + "?" + q.Encode()
}
