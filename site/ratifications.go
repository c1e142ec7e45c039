package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/tracker"
)

// ratificationsPage is what ratificationsView shows: conventions down,
// countries across.
type ratificationsPage struct {
	*page
	Countries []countryHead
	Rows      []conventionRow
}

type countryHead struct {
	Code, Name string
	In         sala.Lang
}

type conventionRow struct {
	Code  string // as people write it
	Name  string // official, in English
	Year  int
	Asks  string // address of what asks for it
	Cells []ratificationCell
	// Where all that is known of it was looked up at once, as in the table of
	// one convention, it is said once.
	Source  item
	Checked string
}

// gather says once for a row what each of its cells would say.
func (r *conventionRow) gather() {
	var one ratificationCell
	for _, c := range r.Cells {
		switch {
		case c.Status == "":
		case one.Status == "":
			one = c
		case c.Source.Href != one.Source.Href || c.Source.Label != one.Source.Label || c.Checked != one.Checked:
			return
		}
	}
	r.Source, r.Checked = one.Source, one.Checked
	for i := range r.Cells {
		r.Cells[i].Source, r.Cells[i].Checked = item{}, ""
	}
}

type ratificationCell struct {
	Status  tracker.RatificationStatus // "" if nothing is known
	Said    string
	Date    string
	Source  item
	Checked string
	Note    string
	NoteIn  sala.Lang
}

// ratifications serves GET /{lang}/recommendations/ratifications.
func (s *Site) ratifications(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	ctx := r.Context()
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	p.Title, p.Heading, p.About, p.Section = p.T("tracker.ratifications"), p.Lang, p.T("tracker.ratifications_lead"), "recommendations"
	p.everyLang("/recommendations/ratifications")
	p.trail = []item{{Href: recommendationsPath(p.Want), Label: p.T("tracker.title"), Lang: p.Lang}}
	all, err := s.Tracker.Ratifications(ctx)
	if err != nil {
		return nil, err
	}
	var n needs
	countries := map[string]bool{}
	for _, row := range all {
		n.source(row.Source)
		countries[row.Country] = true
	}
	t, err := s.teller(ctx, p, n)
	if err != nil {
		return nil, err
	}
	v := ratificationsPage{page: p}
	names, err := s.countryNames(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range sortedKeys(countries) {
		head := countryHead{Code: c}
		head.Name, head.In = names(c, p.Want, p.set.Default)
		v.Countries = append(v.Countries, head)
	}
	slices.SortStableFunc(v.Countries, func(a, b countryHead) int { return i18n.Compare(p.Lang, a.Name, b.Name) })
	facets, err := s.Tracker.Facets(ctx, tracker.Filter{})
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, c := range facets.Numbers {
		asked[c.Value] = true
	}
	for _, row := range all {
		last := len(v.Rows) - 1
		code := codeName(p, row.Code)
		if last < 0 || v.Rows[last].Code != code {
			convention, _ := tracker.ConventionOf(row.Code.Framework, row.Code.Code)
			made := conventionRow{Code: code, Name: convention.Name, Year: convention.Year, Cells: make([]ratificationCell, len(v.Countries))}
			if asked[row.Code.String()] {
				made.Asks = recommendationsPath(p.Want) + "?" + url.Values{"framework": {string(row.Code.Framework)}, "code": {row.Code.Code}}.Encode()
			}
			v.Rows = append(v.Rows, made)
			last++
		}
		at := slices.IndexFunc(v.Countries, func(c countryHead) bool { return c.Code == row.Country })
		cell := ratificationCell{Status: row.Status, Said: p.T("tracker.status." + string(row.Status)), Source: t.document(row.Source), Checked: p.T("tracker.checked", "date", p.Date(row.Checked))}
		if !row.Day.IsZero() {
			cell.Date = p.Date(row.Day)
		}
		cell.Note, cell.NoteIn = t.said(row.Note)
		v.Rows[last].Cells[at] = cell
	}
	for i := range v.Rows {
		v.Rows[i].gather()
	}
	return v.show(ctx, ratificationsView(v))
}

// countryNames returns what names countries: the glossary, which has those of
// the region in every language, else their two letters.
func (s *Site) countryNames(ctx context.Context) (func(code string, langs ...sala.Lang) (string, sala.Lang), error) {
	concepts, err := s.Glossary.Concepts(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]sala.Text{}
	for _, c := range concepts {
		code, ok := strings.CutPrefix(c.ID, "country.")
		if !ok {
			continue
		}
		text := sala.Text{}
		for l, t := range c.Terms {
			if len(t.Terms) > 0 {
				text[l] = t.Terms[0]
			}
		}
		names[strings.ToLower(code)] = text
	}
	return func(code string, langs ...sala.Lang) (string, sala.Lang) {
		name, in := names[code].In(langs[0], langs[1:]...)
		if name == "" {
			return strings.ToUpper(code), sala.English
		}
		return name, in
	}, nil
}
