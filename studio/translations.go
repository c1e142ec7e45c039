package studio

import (
	"net/url"
	"slices"

	"sala"
	"sala/archive"
	"sala/internal/web"
)

// translationsPage is what translationsView shows: works and how far they are
// in each language.
type translationsPage struct {
	*page
	Langs  []sala.Lang // the columns
	Filter archive.MatrixFilter
	Matrix archive.Matrix
}

// translations serves GET /studio/translations.
func (s *Studio) translations(v *visit) (*web.Reply, error) {
	q := v.URL.Query()
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.translations")
	t := translationsPage{page: p, Langs: v.set.Langs, Filter: archive.MatrixFilter{
		Langs: v.set.Langs, Progress: archive.Progress(q.Get("state")), Before: sala.ID(q.Get("before")),
	}}
	if l := sala.Lang(q.Get("lang")); l != "" {
		if !slices.Contains(v.set.Langs, l) {
			return nil, sala.ErrNotFound
		}
		t.Filter.Lang, t.Langs = l, []sala.Lang{l}
	}
	if t.Matrix, err = s.Archive.Matrix(v.ctx(), v.By(), t.Filter); err != nil {
		return nil, err
	}
	return p.show(translationsView(t))
}

// next is the address of the next stretch.
func (t translationsPage) next() string {
	q := url.Values{"before": {string(t.Matrix.Next)}}
	if t.Filter.Lang != "" {
		q.Set("lang", string(t.Filter.Lang))
	}
	if t.Filter.Progress != "" {
		q.Set("state", string(t.Filter.Progress))
	}
	return "/studio/translations?" + q.Encode()
}

// A cell is one work in one language.
type cell struct {
	Lang   sala.Lang
	State  archive.Progress
	Origin bool // nothing it was translated from is known
	Behind int
	Href   string // "" where there is nothing to translate
}

func (t translationsPage) cells(r archive.MatrixRow) []cell {
	var cells []cell
	for _, l := range t.Langs {
		e, ok := r.In(l)
		c := cell{Lang: l, State: archive.Missing, Href: "/studio/translate/" + string(r.Work) + "/" + string(l)}
		if ok {
			c.State, c.Origin, c.Behind = e.Progress(), e.Source == "", max(e.Stale, e.Behind)
			// A text that others were translated from is no translation.
			if c.Origin && e.ID == r.Editions[0].ID {
				c.Href = ""
			}
		}
		cells = append(cells, c)
	}
	return cells
}

// class is how a state looks; its words stand there as well.
func (c cell) class() string {
	switch c.State {
	case archive.Done:
		return "tick ok"
	case archive.OutOfDate:
		return "tick old"
	case archive.Missing:
		return "tick no"
	}
	return "tick"
}

// outOfDate counts translations whose source has changed.
func outOfDate(v *visit) (int, error) { return v.studio.Archive.CountOutOfDate(v.ctx(), v.By()) }
