package site

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"sala"
	"sala/archive"
	"sala/internal/cover"
	"sala/internal/web"
	"sala/search"
)

// searchPage is what searchView shows.
type searchPage struct {
	*page
	Query   string
	Found   []found
	Said    string // what is to be said of the answer; "" if nothing
	Meant   *item  // the question put right
	Count   string // how many works answer
	Ends    string // why the last page is the last
	Chosen  []item // what narrows the answer; each link takes it away
	Clear   string
	Groups  []group
	Browse  bool   // Groups lead to the archive: nothing was asked or found
	Archive string // the archive, narrowed in the same way
	Action  string
	Hidden  [][2]string
	Older   string
	Newer   string
	Across  []across // in other languages, by the glossary
}

// A found is one work that answers a question.
type found struct {
	row
	Heading  []search.Piece // the title
	Pieces   []search.Piece
	PiecesIn sala.Lang
	Others   []item // the same in other languages
}

// searchStretch is how many works a page of answers shows, and searchDepth
// how many texts there are at most: nobody reads further, they ask again.
const (
	searchStretch = 20
	searchDepth   = 100
)

// search serves GET /{lang}/search. No search engine is to keep its pages.
func (s *Site) search(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	ctx := r.Context()
	ch, err := s.choice(ctx, "", r.URL.Query(), true)
	if err != nil {
		return nil, err
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	p.Title, p.Heading, p.Section = p.T("search.title"), p.Lang, "search"
	p.everyLang("/search")
	p.Path = ""
	v := searchPage{page: p, Query: ch.text, Action: "/" + string(p.Want) + "/search"}
	v.Chosen, v.Clear, v.Hidden = s.chosen(p, ch, v.Action, "q")
	v.Archive = "/" + string(p.Want) + "/archive/"
	if ch.text == "" {
		return s.searched(ctx, v, ch)
	}
	if ch.tooLong {
		v.Said = p.T("search.too_long")
		reply, err := s.searched(ctx, v, ch)
		if err == nil {
			reply.Keep = false // its address alone may be a book
		}
		return reply, err
	}
	if err := s.answer(r, &v, ch); err != nil {
		return nil, err
	}
	return s.searched(ctx, v, ch)
}

// searched finishes a page: where nothing was asked or found, it leads on to
// the archive.
func (s *Site) searched(ctx context.Context, v searchPage, ch choice) (*web.Reply, error) {
	v.keep(ch.query)
	if len(v.Found) == 0 && v.Newer == "" {
		facets, err := s.Archive.Facets(ctx, archive.Filter{})
		if err != nil {
			return nil, err
		}
		v.Browse = true
		if v.Groups, err = s.groups(ctx, v.page, choice{query: url.Values{}}, v.Archive, facets); err != nil {
			return nil, err
		}
	}
	return v.show(ctx, searchView(v))
}

// answer asks the index and puts what it says on the page.
func (s *Site) answer(r *http.Request, v *searchPage, ch choice) error {
	ctx, p := r.Context(), v.page
	ask, slugs, err := s.question(ctx, ch)
	if err != nil {
		return err
	}
	ask.Count, ask.Facets = searchDepth, true
	own := ask // as it was typed
	answer, err := s.Search.Search(ctx, ask)
	if err != nil {
		return err
	}
	meant, err := s.Search.Suggest(ctx, ask)
	if err != nil {
		return err
	}
	asked := ch.text
	ids, best := worksIn(answer, p.Want)
	switch {
	case meant != "" && len(ids) > 0:
		v.Meant = &item{Href: ch.with(v.Action, "q", meant), Label: meant}
		asked = meant // what comes near it was found, and is what to mark
	case meant != "":
		ask.Text = meant
		if answer, err = s.Search.Search(ctx, ask); err != nil {
			return err
		}
		if ids, best = worksIn(answer, p.Want); len(ids) > 0 {
			v.Said, asked = p.T("search.instead", "q", cover.Said(v.Query), "instead", meant), meant
		}
	case answer.Nearest && len(ids) > 0:
		v.Said = p.T("search.nearest", "q", cover.Said(v.Query))
	}
	if len(ids) == 0 {
		v.Said = p.T("search.none", "q", cover.Said(v.Query))
		v.Across, err = s.across(ctx, p, own, answer)
		return err
	}
	at := func(from int) string {
		if from == 0 {
			return ch.with(v.Action, "from", "")
		}
		return ch.with(v.Action, "from", strconv.Itoa(from))
	}
	from, err := strconv.Atoi(r.URL.Query().Get("from"))
	if err != nil || from < 0 {
		from = 0
	}
	from = min(from, (len(ids)-1)/searchStretch*searchStretch)
	if from > 0 {
		v.Newer = at(max(0, from-searchStretch))
	}
	if from == 0 {
		if v.Across, err = s.across(ctx, p, own, answer); err != nil {
			return err
		}
	}
	to := min(from+searchStretch, len(ids))
	if to < len(ids) {
		v.Older = at(to)
	}
	if v.Found, err = s.found(ctx, p, asked, ids[from:to], best); err != nil {
		return err
	}
	if err := s.counts(ctx, v, ch, answer, len(ids), slugs); err != nil {
		return err
	}
	if v.Older == "" && answer.Capped {
		v.Ends = p.T("search.ends", "n", len(ids))
	}
	return nil
}

// counts says how many works answer and how they are spread. Where more answer
// than are listed, the index has counted them; where words are to stand as
// they are, it has counted only those it read.
func (s *Site) counts(ctx context.Context, v *searchPage, ch choice, answer search.Results, listed int, slugs []string) error {
	if len(ch.text) <= pasted {
		facets, err := s.archiveFacets(ctx, *answer.Facets, slugs)
		if err != nil {
			return err
		}
		if v.Groups, err = s.groups(ctx, v.page, ch, v.Action, facets); err != nil {
			return err
		}
	}
	key, n := "archive.count", listed
	if answer.Capped {
		if n = answer.Facets.Works; n <= listed {
			key, n = "search.at_least", listed
		}
	}
	v.Count = v.T(key, "n", n)
	return nil
}

// worksIn returns the works that were found, each once, best first, and the
// text of each to show: in the reader's own language if that text was found,
// else in that which answers best.
func worksIn(answer search.Results, want sala.Lang) ([]sala.ID, map[sala.ID]search.Result) {
	var ids []sala.ID
	best := map[sala.ID]search.Result{}
	for _, a := range answer.Results {
		if !a.Near {
			continue
		}
		had, ok := best[a.Ref.ID]
		if !ok {
			ids = append(ids, a.Ref.ID)
		}
		if !ok || a.Lang == want && had.Lang != want {
			best[a.Ref.ID] = a
		}
	}
	return ids, best
}

// found makes the rows of some works.
func (s *Site) found(ctx context.Context, p *page, asked string, ids []sala.ID, best map[sala.ID]search.Result) ([]found, error) {
	works, err := s.Archive.WorksByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	events, err := s.eventsByID(ctx, ids, best)
	if err != nil {
		return nil, err
	}
	asks, err := s.recommendationsByID(ctx, ids, best)
	if err != nil {
		return nil, err
	}
	profiles, err := s.profilesByID(ctx, ids, best)
	if err != nil {
		return nil, err
	}
	marker := search.NewMarker(asked)
	var out []found
	for _, id := range ids {
		if one, ok := profiles[id]; ok {
			out = append(out, s.foundProfile(p, marker, one, best[id]))
			continue
		}
		if e, ok := events[id]; ok {
			out = append(out, s.foundEvent(p, marker, e, best[id]))
			continue
		}
		if r, ok := asks[id]; ok {
			out = append(out, s.foundRecommendation(p, marker, r, best[id]))
			continue
		}
		w, ok := works[id]
		if !ok { // withdrawn since the index was read
			continue
		}
		a := best[id]
		f := found{row: s.row(w, p), Pieces: marker.Snippet(a.Text), PiecesIn: a.Lang}
		e, ok := edition(w, a.Edition)
		if !ok {
			continue
		}
		f.Title, f.Lang, f.Href = e.Title, e.Lang, towards(e, p.Want)
		f.Heading = marker.Title(e.Title)
		for _, l := range f.Langs {
			if other, ok := inLang(w, l); ok && l != e.Lang {
				f.Others = append(f.Others, item{Href: workPath(other), Label: p.Own(l), Lang: l})
			}
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

func inLang(w archive.Work, l sala.Lang) (archive.Edition, bool) {
	for _, e := range w.Editions {
		if e.Lang == l {
			return e, true
		}
	}
	return archive.Edition{}, false
}
