package site

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/web"
	"sala/search"
)

// searchPage is what searchView shows.
type searchPage struct {
	*page
	Query  string
	Found  []found
	Said   string // what is to be said of the answer, a key; "" if nothing
	Action string
	Hidden [][2]string
	Older  string
	Newer  string
}

// A found is one work that answers a question.
type found struct {
	row
	Pieces   []search.Piece
	PiecesIn sala.Lang
}

// searchStretch is how many works a page of answers shows, and searchDepth
// how many there are at most: nobody reads further, they ask again.
const (
	searchStretch = 20
	searchDepth   = 100
)

// faint is below what part of the best answer's score an answer has hardly
// anything to do with the question.
const faint = 0.15

// search serves GET /{lang}/search.
func (s *Site) search(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	p.Title, p.Heading = p.T("search.title"), p.Lang
	p.everyLang("/search")
	p.Section = "search"
	q := r.URL.Query()
	v := searchPage{page: p, Query: strings.TrimSpace(q.Get("q")), Action: "/" + string(p.Want) + "/search"}
	if v.Query == "" {
		return web.Page(r.Context(), searchView(v))
	}
	p.Path = ""
	ask := search.Question{Text: v.Query, Count: searchDepth}
	if only, err := sala.ParseLang(q.Get("in")); err == nil {
		ask.Langs = []sala.Lang{only}
		v.Hidden = append(v.Hidden, [2]string{"in", string(only)})
	}
	from, err := strconv.Atoi(q.Get("from"))
	if err != nil || from < 0 {
		from = 0
	}
	answer, err := s.Search.Search(r.Context(), ask)
	switch {
	case errors.Is(err, search.ErrTooLong):
		v.Query, v.Said = "", "search.too_long"
		return web.Page(r.Context(), searchView(v))
	case err != nil:
		return nil, err
	}
	if v.Found, err = s.found(r, p, v.Query, answer); err != nil {
		return nil, err
	}
	switch {
	case len(v.Found) == 0:
		v.Said = "search.none"
	case answer.Nearest:
		v.Said = "search.nearest"
	}
	at := func(from int) string {
		values := url.Values{"q": {v.Query}}
		if len(ask.Langs) > 0 {
			values.Set("in", string(ask.Langs[0]))
		}
		if from > 0 {
			values.Set("from", strconv.Itoa(from))
		}
		return v.Action + "?" + values.Encode()
	}
	from = min(from, len(v.Found))
	if from > 0 {
		v.Newer = at(max(0, from-searchStretch))
	}
	if len(v.Found) > from+searchStretch {
		v.Older = at(from + searchStretch)
	}
	v.Found = v.Found[from:min(from+searchStretch, len(v.Found))]
	return web.Page(r.Context(), searchView(v))
}

// found returns the works that were found, each once: in the reader's own
// language if that text was found, else in that which answers best.
func (s *Site) found(r *http.Request, p *page, query string, answer search.Results) ([]found, error) {
	var ids []sala.ID
	best := map[sala.ID]search.Result{}
	for _, a := range answer.Results {
		if a.Score < answer.Results[0].Score*faint {
			break
		}
		had, ok := best[a.Ref.ID]
		if !ok {
			ids = append(ids, a.Ref.ID)
		}
		if !ok || a.Lang == p.Want && had.Lang != p.Want {
			best[a.Ref.ID] = a
		}
	}
	works, err := s.Archive.WorksByID(r.Context(), ids)
	if err != nil {
		return nil, err
	}
	var out []found
	for _, id := range ids {
		w, ok := works[id]
		if !ok { // withdrawn since the index was read
			continue
		}
		a := best[id]
		f := found{row: s.row(w, p), Pieces: search.Snippet(a.Text, query), PiecesIn: a.Lang}
		if e, ok := edition(w, a.Edition); ok {
			f.Title, f.Lang, f.Href = e.Title, e.Lang, towards(e, p.Want)
		}
		out = append(out, f)
	}
	return out, nil
}

func edition(w archive.Work, id sala.ID) (archive.Edition, bool) {
	for _, e := range w.Editions {
		if e.ID == id {
			return e, true
		}
	}
	return archive.Edition{}, false
}
