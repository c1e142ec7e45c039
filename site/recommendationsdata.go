package site

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/feed"
	"sala/internal/web"
	"sala/tracker"
)

// dataColumns are those of recommendations.csv, in their order.
var dataColumns = []tableColumn{
	{"id", "string", "stable identifier; /id/{id} leads to the page"},
	{"address", "anyURI", "page in the language of the file"},
	{"title", "string", "short title, or the beginning of the words"},
	{"title_lang", "language", "language of title"},
	{"words", "string", "exact words in the language of the file, or else in the original's"},
	{"words_lang", "language", "language of words"},
	{"original_lang", "language", "language in which it was asked"},
	{"number", "string", "number in the document it was made in"},
	{"asked", "string", "day it was made: a day, a month or a year (ISO 8601)"},
	{"asked_by", "string list|", "who asks, parted by |"},
	{"asked_of", "string list|", "who is asked, parted by |"},
	{"state", "string", "proposed, submitted, adopted, accepted, implemented, refused, superseded or unanswered"},
	{"state_day", "string", "day of the state (ISO 8601)"},
	{"silent_years", "integer", "whole years in which nothing has happened to something still open; 0 if something has"},
	{"times_asked", "integer", "how often the same was asked, this one counted"},
	{"asked_since", "integer", "year in which it was first asked"},
	{"themes", "string list|", "themes, parted by |"},
	{"countries", "string list|", "countries, parted by |"},
	{"codes", "string list|", "framework:code or framework:code:country, parted by |; frameworks are sdg, gcm, upr, ilo, un"},
	{"source", "string", "document it was made in"},
	{"source_address", "anyURI", "the passage"},
	{"changed", "dateTime", "when the record last changed (UTC)"},
}

// dataFields are what JSON has otherwise than CSV.
var dataFields = map[string]string{
	"asked_by": "who asks, a list", "asked_of": "who is asked, a list", "themes": "a list", "countries": "a list",
	"codes": "a list of framework:code or framework:code:country; frameworks are sdg, gcm, upr, ilo, un",
	"words": "exact words by language; those of original_lang are the document's",
	"steps": "what became of it, in its order: state, day (uncertain where it is about that day), number in the document, source and its address, evidence, note and the words there by language",
}

// A dataRow is a recommendation as data. Both files are made of it.
type dataRow struct {
	ID           sala.ID    `json:"id"`
	Address      string     `json:"address"`
	Title        string     `json:"title"`
	TitleLang    sala.Lang  `json:"title_lang"`
	Words        sala.Text  `json:"words"`
	Shown        string     `json:"-"` // of words, in the language of the file
	ShownIn      sala.Lang  `json:"-"`
	OriginalLang sala.Lang  `json:"original_lang"`
	Number       string     `json:"number,omitempty"`
	Asked        sala.Day   `json:"asked,omitzero"`
	By           []string   `json:"asked_by"`
	Of           []string   `json:"asked_of"`
	State        string     `json:"state"`
	StateDay     sala.Day   `json:"state_day,omitzero"`
	SilentYears  int        `json:"silent_years"`
	Times        int        `json:"times_asked"`
	Since        int        `json:"asked_since"`
	Themes       []string   `json:"themes"`
	Countries    []string   `json:"countries"`
	Codes        []string   `json:"codes"`
	Source       string     `json:"source,omitempty"`
	SourceAt     string     `json:"source_address,omitempty"`
	Changed      time.Time  `json:"changed"`
	Steps        []dataStep `json:"steps"`
}

// A dataStep is a step of the chain as data.
type dataStep struct {
	State    string    `json:"state"`
	Day      sala.Day  `json:"day,omitzero"`
	About    bool      `json:"uncertain,omitempty"`
	Number   string    `json:"number,omitempty"`
	Source   string    `json:"source,omitempty"`
	SourceAt string    `json:"source_address,omitempty"`
	Evidence sala.Text `json:"evidence,omitempty"`
	Note     sala.Text `json:"note,omitempty"`
	Words    sala.Text `json:"words,omitempty"`
}

// recommendationsData serves GET /{lang}/recommendations.csv, .json and
// .csv-metadata.json: the same recommendations as the page with the same query shows, all of them.
func (s *Site) recommendationsData(r *http.Request, lang sala.Lang, end string) (*web.Reply, error) {
	ctx := r.Context()
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	ch, err := s.askChoice(ctx, p, r.URL.Query())
	if err != nil {
		return nil, err
	}
	if end == ".csv-metadata.json" {
		return p.dictionary(p.Base+"/"+string(p.Want)+"/recommendations.csv", p.T("tracker.title"), dataColumns)
	}
	ch.filter.Before = ""
	t, err := s.teller(ctx, p, needs{})
	if err != nil {
		return nil, err
	}
	if end == ".json" {
		return s.recommendationsJSON(ctx, t, ch)
	}
	names := make([]string, len(dataColumns))
	for i, c := range dataColumns {
		names[i] = c.Name
	}
	head, err := dataLines(names)
	if err != nil {
		return nil, err
	}
	reply := web.Pour("text/csv; charset=utf-8; header=present", append([]byte(bom), head...), func(ctx context.Context, piece func([]byte) error) error {
		return t.everyRow(ctx, ch.filter, false, func(rows []dataRow) error {
			lines := make([][]string, len(rows))
			for i, row := range rows {
				lines[i] = row.line()
			}
			b, err := dataLines(lines...)
			if err != nil {
				return err
			}
			return piece(b)
		})
	})
	reply.Header = http.Header{"Content-Disposition": {`attachment; filename="recommendations.csv"`}, "Link": {p.described(p.Base + "/" + string(p.Want) + "/recommendations.csv")}}
	return reply, nil
}

// recommendationsJSON is the same with what became of each.
func (s *Site) recommendationsJSON(ctx context.Context, t *teller, ch askChoice) (*web.Reply, error) {
	p := t.p
	n, err := s.Tracker.Count(ctx, ch.filter)
	if err != nil {
		return nil, err
	}
	dictionary := map[string]string{}
	for _, c := range dataColumns {
		dictionary[c.Name] = c.About
	}
	maps.Copy(dictionary, dataFields)
	reply, err := web.PourJSON(map[string]any{
		"title": p.T("tracker.title"), "lang": p.Want, "licence": p.set.Licence, "publisher": p.NetworkName(), "filter": ch.query,
		"dictionary": dictionary, "count": n, "recommendations": []dataRow{},
	}, "recommendations", func(ctx context.Context, item func([]byte) error) error {
		return t.everyRow(ctx, ch.filter, true, func(rows []dataRow) error {
			for _, row := range rows {
				b, err := json.Marshal(row)
				if err != nil {
					return fmt.Errorf("write recommendation %s: %w", row.ID, err)
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

func dataLines(rows ...[]string) ([]byte, error) {
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write the table of recommendations: %w", err)
	}
	return b.Bytes(), nil
}

func (row dataRow) line() []string {
	list := func(values []string) string { return strings.Join(values, "|") }
	return safeCells([]string{
		string(row.ID), row.Address, row.Title, string(row.TitleLang), row.Shown, string(row.ShownIn), string(row.OriginalLang), row.Number, row.Asked.String(),
		list(row.By), list(row.Of), row.State, row.StateDay.String(), strconv.Itoa(row.SilentYears), strconv.Itoa(row.Times), strconv.Itoa(row.Since),
		list(row.Themes), list(row.Countries), list(row.Codes), row.Source, row.SourceAt, row.Changed.Format(time.RFC3339),
	})
}

// safeCells keeps a spreadsheet from reading words as a formula: an apostrophe
// before them makes them text.
func safeCells(cells []string) []string {
	for i, c := range cells {
		if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
			cells[i] = "'" + c
		}
	}
	return cells
}

// everyRow tells all recommendations that pass a filter as data, some hundreds
// at a time, with or without what became of them.
func (t *teller) everyRow(ctx context.Context, f tracker.Filter, steps bool, some func([]dataRow) error) error {
	for recs, err := range t.site.Tracker.Stretches(ctx, f) {
		if err != nil {
			return err
		}
		t := t.fresh()
		times, err := t.site.Tracker.TimesAsked(ctx, recs)
		if err != nil {
			return err
		}
		var n needs
		n.recommendations(recs...)
		ids := make([]sala.ID, len(recs))
		for i, rec := range recs {
			ids[i] = rec.ID
		}
		var chains map[sala.ID][]tracker.Step
		if steps {
			if chains, err = t.site.Tracker.StepsOf(ctx, ids); err != nil {
				return err
			}
		}
		for _, chain := range chains {
			n.steps(chain...)
		}
		if err := t.learn(ctx, n); err != nil {
			return err
		}
		rows := make([]dataRow, len(recs))
		for i, rec := range recs {
			rows[i] = t.data(rec, chains[rec.ID], times[rec.ID])
		}
		if err := some(rows); err != nil {
			return err
		}
	}
	return nil
}

func (t *teller) data(rec tracker.Recommendation, chain []tracker.Step, times tracker.Times) dataRow {
	p := t.p
	title, in := rec.Name(p.Want, p.set.Default)
	row := dataRow{
		ID: rec.ID, Address: p.Base + askPath(p.Want, rec.Slug), Title: title, TitleLang: in, Words: rec.Words, OriginalLang: rec.Original,
		Number: rec.Number, Asked: rec.Asked, By: labels(t.parties(rec.Askers)), Of: labels(t.parties(rec.Addressed)), State: string(rec.State), StateDay: rec.StateDay,
		SilentYears: rec.SilentYears(t.today), Times: times.N, Since: times.Since, Themes: []string{}, Countries: []string{}, Codes: []string{}, Changed: rec.Changed, Steps: []dataStep{},
	}
	row.Shown, row.ShownIn = rec.Said(p.Want)
	for _, id := range rec.Terms {
		term, ok := t.terms[id]
		label, _ := term.Labels.In(p.Want, p.set.Default)
		switch {
		case !ok:
		case term.Vocabulary == archive.Country:
			row.Countries = append(row.Countries, label)
		case term.Vocabulary == archive.Theme:
			row.Themes = append(row.Themes, label)
		}
	}
	for _, c := range rec.Codes {
		row.Codes = append(row.Codes, c.String())
	}
	row.Source, row.SourceAt = t.cited(rec.Source)
	for _, st := range chain {
		if !st.Stands() {
			continue
		}
		step := dataStep{State: string(st.State), Day: st.Day, About: st.About, Number: st.Number, Evidence: st.Evidence, Note: st.Note, Words: st.Words}
		step.Source, step.SourceAt = t.cited(st.Source)
		row.Steps = append(row.Steps, step)
	}
	return row
}

// cited is the name of a document and the whole address of the passage.
func (t *teller) cited(src tracker.Source) (name, address string) {
	it := t.document(src)
	if it.Href != "" && !it.Outside {
		it.Href = t.p.Base + it.Href
	}
	return it.Label, it.Href
}

func labels(items []item) []string {
	out := make([]string, len(items))
	for i, it := range items {
		out[i] = it.Label
	}
	return out
}

// recommendationFeed serves the feeds under /{lang}/recommendations/: what
// was asked or changed last, narrowed by the same query as the list.
func (s *Site) recommendationFeed(r *http.Request, lang sala.Lang, name string) (*web.Reply, error) {
	ctx := r.Context()
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	ch, err := s.askChoice(ctx, p, r.URL.Query())
	if err != nil {
		return nil, err
	}
	ch.filter.Limit = feedLength
	list, err := s.Tracker.Recommendations(ctx, ch.filter)
	if err != nil {
		return nil, err
	}
	var n needs
	n.recommendations(list.Recommendations...)
	t, err := s.teller(ctx, p, n)
	if err != nil {
		return nil, err
	}
	network, _ := p.Name()
	home := p.Base + recommendationsPath(p.Want)
	f := feed.Feed{Title: p.T("tracker.title") + " – " + network, About: p.T("tracker.lead"), Author: network, Lang: lang, Home: home, Base: home + "feed", Updated: time.Unix(0, 0)}
	for _, rec := range list.Recommendations {
		row := t.row(rec, nil)
		words, in := rec.Said(p.Want)
		summary := p.T("tracker.feed_summary", "of", strings.Join(labels(row.Of), p.Comma()), "state", row.Said)
		f.Entries = append(f.Entries, feed.Entry{
			ID: "urn:uuid:" + string(rec.ID), Title: row.Title, Lang: row.Lang, Link: p.Base + row.Href, Summary: summary,
			HTML: "<blockquote lang=\"" + string(in) + "\">" + html.EscapeString(words) + "</blockquote><p>" + html.EscapeString(summary) + "</p>", Terms: t.termLabels(rec),
			Published: rec.Created, Updated: rec.Changed,
		})
		if rec.Changed.After(f.Updated) {
			f.Updated = rec.Changed
		}
	}
	return feedReply(f, name)
}

func (t *teller) termLabels(rec tracker.Recommendation) []string {
	var out []string
	for _, id := range rec.Terms {
		if term, ok := t.terms[id]; ok {
			label, _ := term.Labels.In(t.p.Want, t.p.set.Default)
			out = append(out, label)
		}
	}
	return out
}
