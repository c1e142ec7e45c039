package site

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"sala"
	"sala/event"
	"sala/internal/web"
)

// An eventColumn is one column of the table of events: its name, what it
// holds, and how it is made. The files and what they say of themselves come
// from this one list.
type eventColumn struct {
	Name, Type, About string
	value             func(seenEvents, *page, event.Event) any
}

// eventColumns are the columns in order. Names are those of the files for
// ever; several values stand in a list, in CSV parted by "; ".
var eventColumns = []eventColumn{
	{"id", "string", "The event's id, for ever the same; /id/{id} leads to its page.", func(_ seenEvents, _ *page, e event.Event) any { return string(e.ID) }},
	{"url", "anyURI", "Its page in the language of this file, or in the best language it has.", func(_ seenEvents, p *page, e event.Event) any {
		return p.Base + towardsEvent(e, p.Want, p.set)
	}},
	{"title", "string", "Its title.", func(_ seenEvents, p *page, e event.Event) any { t, _ := e.Title.In(p.Want, p.set.Default); return t }},
	{"title_language", "language", "The language of the title, as a BCP 47 tag.", func(_ seenEvents, p *page, e event.Event) any {
		_, l := e.Title.In(p.Want, p.set.Default)
		return string(l)
	}},
	{"type", "string", "What sort of event: workshop, conference, consultation, meeting, forum, training, exchange, press_conference, screening, exhibition, launch, commemoration or other.", func(_ seenEvents, _ *page, e event.Event) any { return string(e.Type) }},
	{"from", "string", "The first day as far as it is stated: 2018-11-03, 2018-11 or 2018; empty if it is not.", func(_ seenEvents, _ *page, e event.Event) any { return e.Held.From.String() }},
	{"to", "string", "The last day in the same way.", func(_ seenEvents, _ *page, e event.Event) any { return e.Held.To.String() }},
	{"start", "string", "When it began on the first day, by the clocks of the time zone.", func(_ seenEvents, _ *page, e event.Event) any { return string(e.Start) }},
	{"end", "string", "When it ended on the last day.", func(_ seenEvents, _ *page, e event.Event) any { return string(e.End) }},
	{"zone", "string", "The time zone, by its IANA name.", func(_ seenEvents, _ *page, e event.Event) any { return e.Zone }},
	{"venue", "string", "The house or hall.", func(_ seenEvents, p *page, e event.Event) any { t, _ := e.Venue.In(p.Want, p.set.Default); return t }},
	{"city", "string", "The city or town.", func(_ seenEvents, p *page, e event.Event) any { t, _ := e.City.In(p.Want, p.set.Default); return t }},
	{"country", "string", "The country, as an ISO 3166-1 alpha-2 code.", func(_ seenEvents, _ *page, e event.Event) any { return strings.ToUpper(e.Country) }},
	{"organisers", "string list", "Who organised it.", parties(event.Organiser)},
	{"co_organisers", "string list", "Who organised it with them.", parties(event.CoOrganiser)},
	{"hosts", "string list", "Who had it in their house.", parties(event.Host)},
	{"funders", "string list", "Who paid for it.", parties(event.Funder)},
	{"supporters", "string list", "Who supported it.", parties(event.Supporter)},
	{"represented", "string list", "Organisations that were represented, or several that the source names only together.", func(seen seenEvents, p *page, e event.Event) any {
		var names []string
		for _, present := range e.Present {
			if it, ok := seen.organisation(p, present.Organisation, present.Name); ok {
				names = append(names, it.Label)
			}
		}
		return names
	}},
	{"by_sector", "string list", "How many organisations are named of each sector. Those named only together are not counted.", func(_ seenEvents, _ *page, e event.Event) any {
		var tallies []string
		for _, t := range e.BySector() {
			if t.Named > 0 {
				tallies = append(tallies, fmt.Sprintf("%s: %d", orNotStated(string(t.Sector)), t.Named))
			}
		}
		return tallies
	}},
	{"counts", "string list", "Numbers as they were stated, with their qualifier. They may speak of the same people: do not add them up.", func(_ seenEvents, p *page, e event.Event) any {
		var counts []string
		for _, c := range e.Counts {
			counts = append(counts, p.counted(c))
		}
		return counts
	}},
	{"sessions", "string list", "The titles of its sessions, in order.", func(_ seenEvents, p *page, e event.Event) any {
		var titles []string
		for _, one := range e.Sessions {
			if title, _ := one.Title.In(p.Want, p.set.Default); title != "" {
				titles = append(titles, title)
			}
		}
		return titles
	}},
	{"speakers", "string list", "Who appeared, as they may be shown, and what they were on that day.", func(seen seenEvents, p *page, e event.Event) any {
		var lines []string
		for _, a := range seen.appearances(p, e.Appearances) {
			lines = append(lines, a.line(p))
		}
		return lines
	}},
	{"languages", "string list", "Languages that were spoken, as BCP 47 tags.", func(_ seenEvents, _ *page, e event.Event) any { return tags(e.Spoken) }},
	{"interpretation", "string list", "Languages into which it was interpreted.", func(_ seenEvents, _ *page, e event.Event) any { return tags(e.Interpreted) }},
	{"changed", "dateTime", "When its record last changed.", func(_ seenEvents, _ *page, e event.Event) any { return e.Changed.UTC().Format(time.RFC3339) }},
	{"licence", "anyURI", "The licence of this row, empty if the network has not said.", func(_ seenEvents, p *page, _ event.Event) any { return p.set.Licence }},
}

func orNotStated(s string) string {
	if s == "" {
		return "not_stated"
	}
	return s
}

func tags(langs []sala.Lang) []string {
	var out []string
	for _, l := range langs {
		out = append(out, string(l))
	}
	return out
}

func parties(part event.Part) func(seenEvents, *page, event.Event) any {
	return func(seen seenEvents, p *page, e event.Event) any {
		var names []string
		for _, party := range e.By(part) {
			if it, ok := seen.organisation(p, party.Organisation, party.Name); ok {
				names = append(names, it.Label)
			}
		}
		return names
	}
}

// line is somebody who appeared, in one line of text.
func (a appearance) line(p *page) string {
	var words []string
	for _, part := range a.parts() {
		words = append(words, part.Label)
	}
	return strings.Join(words, p.Comma())
}

// eventTable serves GET /{lang}/events.csv, .json and .csv-metadata.json: what
// the list shows, narrowed by the same query.
func (s *Site) eventTable(r *http.Request, lang sala.Lang, name string) (*web.Reply, error) {
	ch, err := s.eventChoice(r.URL.Query())
	if err != nil {
		return nil, err
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	if name == "events.csv-metadata.json" {
		return eventDictionary(p)
	}
	ch.filter.Before = ""
	every := func(ctx context.Context, some func(seenEvents) error) error {
		for events, err := range s.Events.Stretches(ctx, ch.filter) {
			if err != nil {
				return err
			}
			seen, err := s.see(ctx, events...)
			if err != nil {
				return err
			}
			if err := some(seen); err != nil {
				return err
			}
		}
		return nil
	}
	if name == "events.json" {
		return eventJSON(p, every)
	}
	return eventCSV(p, every)
}

// everySeen walks the events of a table some at a time.
type everySeen func(ctx context.Context, some func(seenEvents) error) error

func eventCSV(p *page, every everySeen) (*web.Reply, error) {
	names := make([]string, len(eventColumns))
	for i, c := range eventColumns {
		names[i] = c.Name
	}
	head, err := eventLines(names)
	if err != nil {
		return nil, err
	}
	reply := web.Pour("text/csv; charset=utf-8; header=present", append([]byte(bom), head...), func(ctx context.Context, piece func([]byte) error) error {
		return every(ctx, func(seen seenEvents) error {
			rows := make([][]string, len(seen.Events))
			for i, e := range seen.Events {
				for _, c := range eventColumns {
					rows[i] = append(rows[i], cell(c.value(seen, p, e)))
				}
			}
			lines, err := eventLines(rows...)
			if err != nil {
				return err
			}
			return piece(lines)
		})
	})
	reply.Header = http.Header{"Link": {p.described(p.Base + "/" + string(p.Want) + "/events.csv")}}
	return reply, nil
}

func eventLines(rows ...[]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true // RFC 4180
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write the table of events: %w", err)
	}
	return b.Bytes(), nil
}

// cell is a value in CSV. A spreadsheet takes what begins like a formula for
// one, so such a cell gets an apostrophe in front.
func cell(v any) string {
	out := ""
	switch v := v.(type) {
	case string:
		out = v
	case []string:
		out = strings.Join(v, "; ")
	}
	if out != "" && strings.ContainsRune("=+-@\t\r", rune(out[0])) {
		return "'" + out
	}
	return out
}

func eventJSON(p *page, every everySeen) (*web.Reply, error) {
	type column struct {
		Name  string `json:"name"`
		Type  string `json:"type"`
		About string `json:"about"`
	}
	name, _ := p.Name()
	out := struct {
		Title   string     `json:"title"`
		Source  string     `json:"source"`
		Lang    sala.Lang  `json:"language"`
		Licence string     `json:"licence,omitempty"`
		Columns []column   `json:"columns"`
		Events  []struct{} `json:"events"` // they are poured in
	}{Title: p.T("event.title") + " – " + name, Source: p.Base + "/" + string(p.Want) + "/events/", Lang: p.Want, Licence: p.set.Licence, Events: []struct{}{}}
	for _, c := range eventColumns {
		out.Columns = append(out.Columns, column{c.Name, c.Type, c.About})
	}
	reply, err := web.PourJSON(out, "events", func(ctx context.Context, item func([]byte) error) error {
		return every(ctx, func(seen seenEvents) error {
			for _, e := range seen.Events {
				b, err := eventObject(p, seen, e)
				if err != nil {
					return err
				}
				if err := item(b); err != nil {
					return err
				}
			}
			return nil
		})
	})
	if err == nil {
		reply.Lang = p.Want
	}
	return reply, err
}

// eventObject writes one event with its columns in their order.
func eventObject(p *page, seen seenEvents, e event.Event) (json.RawMessage, error) {
	var b bytes.Buffer
	for i, c := range eventColumns {
		v := c.value(seen, p, e)
		if list, ok := v.([]string); ok && list == nil {
			v = []string{}
		}
		value, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("write event %s: %w", e.ID, err)
		}
		before := ","
		if i == 0 {
			before = "{"
		}
		fmt.Fprintf(&b, "%s%q:%s", before, c.Name, value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// eventDictionary says what the columns of the CSV hold.
func eventDictionary(p *page) (*web.Reply, error) {
	columns := make([]tableColumn, len(eventColumns))
	for i, c := range eventColumns {
		columns[i] = tableColumn{c.Name, c.Type, c.About}
	}
	return p.dictionary(p.Base+"/"+string(p.Want)+"/events.csv", p.T("event.title"), columns)
}
