package site

import (
	"context"

	"sala"
	"sala/archive"
	"sala/internal/i18n"
	"sala/network"
)

// A row is a work in a list.
type row struct {
	Kind    string // key of its name
	Title   string
	Lang    sala.Lang // of title and summary
	Href    string
	Summary string
	Date    string
	ISO     string
	Held    string // when that is another day
	Place   string
	Langs   []sala.Lang // that it is in
	Pinned  bool        // stands above newer ones
}

// A yearRows is the rows of one year.
type yearRows struct {
	Year string
	Rows []row
}

// towards is the address of an edition for a reader of lang: one in another
// language is opened with the reader's own interface.
func towards(e archive.Edition, lang sala.Lang) string {
	if e.Lang == lang {
		return workPath(e)
	}
	return workPath(e) + "?hl=" + string(lang)
}

func (s *Site) row(w archive.Work, p *page) row {
	e := best(w, p.Want, p.set)
	r := row{
		Kind: "kind." + string(w.Kind), Title: e.Title, Lang: e.Lang, Href: towards(e, p.Want), Summary: e.Summary,
		Date: p.Date(w.Listed), ISO: w.Listed.String(), Place: w.Place,
	}
	if !w.Held.IsZero() && w.Dating == archive.ByPublication && w.Held.To != w.Listed && w.Held.From != w.Listed {
		r.Held = p.Span(w.Held)
	} else if !w.Held.IsZero() {
		r.Date = p.Span(w.Held)
	}
	for _, l := range p.set.Langs {
		for _, e := range w.Editions {
			if e.Lang == l {
				r.Langs = append(r.Langs, l)
			}
		}
	}
	return r
}

// byYear parts rows by the year they are listed under.
func (s *Site) byYear(works []archive.Work, p *page) []yearRows {
	var out []yearRows
	for _, w := range works {
		year := i18n.Year(p.Lang, w.Listed.Year)
		if n := len(out); n == 0 || out[n-1].Year != year {
			out = append(out, yearRows{Year: year})
		}
		last := &out[len(out)-1]
		last.Rows = append(last.Rows, s.row(w, p))
	}
	return out
}

// termItems makes links of terms.
func (s *Site) termItems(ctx context.Context, ids []sala.ID, lang sala.Lang, set network.Settings) (map[string][]item, error) {
	found, err := s.Archive.TermsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	items := map[string][]item{}
	for _, id := range ids {
		t, ok := found[id]
		if !ok {
			continue
		}
		label, in := t.Labels.In(lang, set.Default)
		items[t.Vocabulary] = append(items[t.Vocabulary], item{Href: termPath(lang, t), Label: label, Lang: in})
	}
	return items, nil
}
