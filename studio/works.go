package studio

import (
	"net/url"
	"slices"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/i18n"
	"sala/internal/web"
)

// worksPage is what worksView shows.
type worksPage struct {
	*page
	List  archive.List
	Query url.Values // what the address says
	Langs []sala.Lang
}

// worksRows is how many works a page shows.
const worksRows = 50

// works serves GET /studio/works.
func (s *Studio) works(v *visit) (*web.Reply, error) {
	q := v.URL.Query()
	f := archive.DeskFilter{
		Kind: archive.Kind(q.Get("kind")), Lang: sala.Lang(q.Get("lang")), State: archive.State(q.Get("state")), Title: q.Get("q"),
		Mine: q.Get("mine") != "", Before: sala.ID(q.Get("before")), Limit: worksRows,
	}
	list, err := s.Archive.Desk(v.ctx(), v.By(), f)
	if err != nil {
		return nil, err
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.works")
	return p.show(worksView(worksPage{p, list, q, v.langsOf(list.Works...)}))
}

// langsOf are the network's languages, and those that works have besides.
func (v *visit) langsOf(works ...archive.Work) []sala.Lang {
	langs := slices.Clone(v.set.Langs)
	for _, w := range works {
		for _, e := range w.Editions {
			if !slices.Contains(langs, e.Lang) {
				langs = append(langs, e.Lang)
			}
		}
	}
	return langs
}

// Asked is what the address says of a filter.
func (p worksPage) Asked(name string) string { return p.Query.Get(name) }

// With is the address of this list with another value of one filter, from its
// beginning.
func (p worksPage) With(name, value string) string {
	q := url.Values{}
	for k, v := range p.Query {
		if k != "before" && k != name && v[0] != "" {
			q[k] = v
		}
	}
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return "/studio/works"
	}
	return "/studio/works?" + q.Encode()
}

// Narrowed reports whether any filter is set.
func (p worksPage) Narrowed() bool { return p.With("", "") != "/studio/works" }

// Older is the address of the next stretch.
func (p worksPage) Older() string {
	q := url.Values{}
	for k, v := range p.Query {
		q[k] = v
	}
	q.Set("before", string(p.List.Next))
	return "/studio/works?" + q.Encode()
}

// main is the edition that stands for a work: in the reader's language, else
// the network's first, else the first there is. ok is false of a work without
// any.
func (p *page) main(w archive.Work) (e archive.Edition, ok bool) {
	for _, l := range []sala.Lang{p.lang, p.set.Default} {
		if e, ok := editionIn(w, l); ok && e.Title != "" {
			return e, true
		}
	}
	for _, e := range w.Editions {
		if e.Title != "" {
			return e, true
		}
	}
	if len(w.Editions) > 0 {
		return w.Editions[0], true
	}
	return archive.Edition{}, false
}

func editionIn(w archive.Work, l sala.Lang) (archive.Edition, bool) {
	for _, e := range w.Editions {
		if e.Lang == l {
			return e, true
		}
	}
	return archive.Edition{}, false
}

// Called is the title of an edition; one that has none is called so.
func (p *page) Called(e archive.Edition) string {
	if e.Title == "" {
		return p.T("studio.works_untitled")
	}
	return e.Title
}

// date is a day in the words of the page.
func (p *page) date(d sala.Day) string { return i18n.Date(p.lang, d) }

// A mark is the state of an edition as a word and a class of colour.
type mark struct{ Key, Class string }

// markOf says the one thing about an edition that somebody who works on it
// wants to know first.
func markOf(e archive.Edition) mark {
	for _, m := range []struct {
		state archive.State
		class string
	}{
		{archive.IsInReview, "old"}, {archive.IsApproved, "old"}, {archive.IsScheduled, "old"}, {archive.IsWithdrawn, "no"},
	} {
		if e.Is(m.state) {
			return mark{"studio.state_" + string(m.state), m.class}
		}
	}
	switch {
	case !e.Public:
		return mark{"studio.state_draft", "no"}
	case e.Behind > 0:
		return mark{"studio.state_behind", "old"}
	case e.Revision != e.Live:
		return mark{"studio.state_newer", "old"}
	}
	return mark{"studio.state_published", "ok"}
}

// due is when what is scheduled goes out.
func (p *page) due(t time.Time) string { return p.Moment(t) }

// workPath is where the studio describes a work, editionPath where an edition
// is written.
func workPath(w sala.ID) string                 { return "/studio/works/" + string(w) }
func editionPath(w sala.ID, l sala.Lang) string { return workPath(w) + "/" + string(l) }

// newPage is what newWorkView shows.
type newPage struct {
	*page
	Kind  archive.Kind
	In    sala.Lang
	Begun string // the title
}

// newWork serves GET /studio/works/new.
func (s *Studio) newWork(v *visit) (*web.Reply, error) {
	return s.showNew(v, newPage{Kind: archive.Statement, In: v.set.Default}, nil)
}

func (s *Studio) showNew(v *visit, n newPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	n.page, p.Title = p, p.T("studio.works_new")
	return p.show(newWorkView(n))
}

// beginWork serves POST /studio/works.
func (s *Studio) beginWork(v *visit) (*web.Reply, error) {
	n := newPage{Kind: archive.Kind(v.PostFormValue("kind")), In: sala.Lang(v.PostFormValue("lang")), Begun: v.PostFormValue("title")}
	work, _, err := s.Archive.Begin(v.ctx(), v.By(), n.Kind, n.In, n.Begun)
	if err != nil {
		return s.showNew(v, n, err)
	}
	return v.done(editionPath(work, n.In), "studio.works_begun")
}

// beginEdition serves POST /studio/works/{id}/editions.
func (s *Studio) beginEdition(v *visit) (*web.Reply, error) {
	id, lang := sala.ID(v.PathValue("id")), sala.Lang(v.PostFormValue("lang"))
	if _, err := s.Archive.CreateEdition(v.ctx(), v.By(), id, lang, sala.ID(v.PostFormValue("source"))); err != nil {
		return nil, err
	}
	return v.done(editionPath(id, lang), "studio.works_begun")
}

func worksCount(v *visit) (int, error) {
	n, err := v.studio.Archive.Waiting(v.ctx(), v.By())
	return n.Works, err
}

func reviewCount(v *visit) (int, error) {
	n, err := v.studio.Archive.Waiting(v.ctx(), v.By())
	return n.Review, err
}

func approvedCount(v *visit) (int, error) {
	n, err := v.studio.Archive.Waiting(v.ctx(), v.By())
	return n.Approved, err
}

func scheduledCount(v *visit) (int, error) {
	n, err := v.studio.Archive.Waiting(v.ctx(), v.By())
	return n.Scheduled, err
}
