package studio

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/web"
)

// termsPage is what termsView shows: one vocabulary, and the way to others.
type termsPage struct {
	*page
	Vocabularies []archive.Vocabulary
	In           archive.Vocabulary // whose terms are listed
	Terms        []archive.Term
	New          archive.Term // in the form
	NewVocab     archive.Vocabulary
	Stored       archive.Vocabulary // what stands against NewVocab: somebody was faster
}

// terms serves GET /studio/terms. ?in= is a vocabulary.
func (s *Studio) terms(v *visit) (*web.Reply, error) {
	return s.showTerms(v, termsPage{In: archive.Vocabulary{Slug: v.URL.Query().Get("in")}}, nil)
}

func (s *Studio) showTerms(v *visit, tp termsPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	tp.page, p.Title = p, p.T("studio.terms")
	if tp.Vocabularies, err = s.Archive.Vocabularies(v.ctx()); err != nil {
		return nil, err
	}
	if tp.In.Slug == "" && len(tp.Vocabularies) > 0 {
		tp.In.Slug = tp.Vocabularies[0].Slug
	}
	i := slices.IndexFunc(tp.Vocabularies, func(x archive.Vocabulary) bool { return x.Slug == tp.In.Slug })
	if i < 0 && tp.In.Slug != "" {
		return nil, sala.ErrNotFound
	}
	if i >= 0 {
		tp.In = tp.Vocabularies[i]
		if tp.Terms, err = s.Archive.Terms(v.ctx(), tp.In.Slug); err != nil {
			return nil, err
		}
	}
	for _, x := range tp.Vocabularies {
		if x.Slug == tp.Stored.Slug {
			tp.Stored = x
		}
	}
	reply, err := p.show(termsView(tp))
	if err == nil && tp.Stored.Slug != "" {
		reply.Status = http.StatusConflict
	}
	return reply, err
}

// mark is the mark of the vocabulary that the form is against.
func (p termsPage) mark() string {
	if p.Stored.Slug != "" {
		return sala.Mark(p.Stored.Labels)
	}
	return sala.Mark(p.In.Labels)
}

// termForm reads what a form says of a term.
func termForm(v *visit) archive.Term {
	return archive.Term{
		Vocabulary: v.PostFormValue("in"), Parent: sala.ID(v.PostFormValue("parent")), Slug: v.PostFormValue("slug"),
		Labels: textOf(v, "label", v.set.Langs, nil), Description: textOf(v, "about", v.set.Langs, nil),
	}
}

// newTerm serves POST /studio/terms.
func (s *Studio) newTerm(v *visit) (*web.Reply, error) {
	t := termForm(v)
	if _, err := s.Archive.NewTerm(v.ctx(), v.By(), t); err != nil {
		return s.showTerms(v, termsPage{In: archive.Vocabulary{Slug: t.Vocabulary}, New: t}, err)
	}
	return v.done(vocabularyPath(t.Vocabulary), "studio.terms_made")
}

// nameVocabulary serves POST /studio/vocabularies: another one, or the words
// of one.
func (s *Studio) nameVocabulary(v *visit) (*web.Reply, error) {
	x := archive.Vocabulary{Slug: strings.TrimSpace(v.PostFormValue("slug")), Labels: textOf(v, "vocabulary", v.set.Langs, nil)}
	tp := termsPage{In: archive.Vocabulary{Slug: v.PostFormValue("in")}, NewVocab: x}
	if err := s.Archive.NameVocabulary(v.ctx(), v.By(), x.Slug, v.PostFormValue("mark"), x.Labels); err != nil {
		if errors.Is(err, sala.ErrConflict) {
			tp.Stored.Slug = x.Slug
			err = sala.Invalid{{Field: "label", Key: "studio.terms_vocabulary_clash", Text: "there is such a vocabulary with other names"}}
		}
		if bad, ok := errors.AsType[sala.Invalid](err); ok {
			for i := range bad { // the fields of a term are on the same page
				bad[i].Field = "vocabulary-" + bad[i].Field
			}
		}
		return s.showTerms(v, tp, err)
	}
	return v.done(vocabularyPath(x.Slug), "studio.saved")
}

func vocabularyPath(slug string) string { return "/studio/terms?" + url.Values{"in": {slug}}.Encode() }

// termPage is what termView shows.
type termPage struct {
	*page
	Term    archive.Term   // as it is stored
	Typed   archive.Term   // in the form
	Seen    string         // when it was changed last, for the form
	Others  []archive.Term // of the vocabulary, but itself and what is below it
	Works   int
	Clash   bool
	Into    sala.ID
	Address string // where readers find it
}

// term serves GET /studio/terms/{id}.
func (s *Studio) term(v *visit) (*web.Reply, error) { return s.showTerm(v, nil, nil) }

// showTerm shows a term; typed is what a form said of it, nil for none.
func (s *Studio) showTerm(v *visit, typed *archive.Term, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	tp := termPage{page: p, Into: sala.ID(v.PostFormValue("into"))}
	if errors.Is(wrong, sala.ErrConflict) {
		tp.Clash = true
		wrong = sala.Invalid{{Field: "label", Key: "studio.terms_clash", Text: "somebody else has changed this term meanwhile"}}
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	t, seen, err := s.Archive.OneTerm(v.ctx(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	if string(t.ID) != v.PathValue("id") { // it was merged
		return web.Redirect(http.StatusSeeOther, "/studio/terms/"+string(t.ID)), nil
	}
	tp.Term, tp.Typed, tp.Seen = t, t, strconv.FormatInt(seen.UnixMicro(), 10)
	if typed != nil {
		tp.Typed = *typed
	}
	p.Title, _ = t.Labels.In(v.lang, v.set.Default)
	if tp.Works, err = s.Archive.WorksOf(v.ctx(), v.By(), t.ID); err != nil {
		return nil, err
	}
	all, err := s.Archive.Terms(v.ctx(), t.Vocabulary)
	if err != nil {
		return nil, err
	}
	for _, x := range all {
		if x.ID != t.ID && !strings.HasPrefix(x.Path, t.Path+"/") {
			tp.Others = append(tp.Others, x)
		}
	}
	tp.Address = "/id/" + string(t.ID)
	reply, err := p.show(termView(tp))
	if err == nil && tp.Clash {
		reply.Status = http.StatusConflict
	}
	return reply, err
}

// changeTerm serves POST /studio/terms/{id}.
func (s *Studio) changeTerm(v *visit) (*web.Reply, error) {
	t := termForm(v)
	t.ID = sala.ID(v.PathValue("id"))
	had, _, err := s.Archive.OneTerm(v.ctx(), t.ID)
	if err != nil {
		return nil, err
	}
	// What is said in a language that the site no longer has stays.
	t.Labels, t.Description = textOf(v, "label", v.set.Langs, had.Labels), textOf(v, "about", v.set.Langs, had.Description)
	micros, err := strconv.ParseInt(v.PostFormValue("seen"), 10, 64)
	if err != nil {
		return nil, errBadForm
	}
	if err := s.Archive.ChangeTerm(v.ctx(), v.By(), t, time.UnixMicro(micros).UTC()); err != nil {
		return s.showTerm(v, &t, err)
	}
	return v.done(vocabularyPath(had.Vocabulary), "studio.saved")
}

// mergeTerm serves POST /studio/terms/{id}/merge.
func (s *Studio) mergeTerm(v *visit) (*web.Reply, error) {
	into := sala.ID(v.PostFormValue("into"))
	if err := s.Archive.MergeTerms(v.ctx(), v.By(), sala.ID(v.PathValue("id")), into); err != nil {
		return s.showTerm(v, nil, err)
	}
	return v.done("/studio/terms/"+string(into), "studio.terms_merged")
}

// deleteTerm serves POST /studio/terms/{id}/delete.
func (s *Studio) deleteTerm(v *visit) (*web.Reply, error) {
	t, _, err := s.Archive.OneTerm(v.ctx(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	if err := s.Archive.DeleteTerm(v.ctx(), v.By(), sala.ID(v.PathValue("id"))); err != nil {
		return s.showTerm(v, nil, err)
	}
	return v.done(vocabularyPath(t.Vocabulary), "studio.terms_deleted")
}

// level is how deep a term stands, from 0.
func level(t archive.Term) int { return min(strings.Count(t.Path, "/"), 3) }
