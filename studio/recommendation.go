package studio

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/tracker"
)

// recommendationForm is a form of a recommendation, as it was typed.
type recommendationForm struct {
	tracker.Recommendation
	Source, Quote       string
	Asked, Codes        string
	AddressedBy, Askers string // one a line
}

// recommendationPage is what recommendationView shows.
type recommendationPage struct {
	*page
	Stored       tracker.Recommendation
	Form         recommendationForm
	New, Clash   bool
	Organisation []string // names, to choose from
	Themes       []archive.Term
	Projects     []archive.Term
	Countries    []archive.Term
	Steps        []tracker.Step
	Sources      map[sala.ID]string // by step, as it is written
	Step         stepForm
	Replies      []tracker.Reply
	Reply        replyForm
	Merged       []tracker.Recommendation
	Published    []tracker.Publication
	Numbers      []string
	Colleagues   []account.Colleague
	Owner, Next  string // as stored, or as typed
	Today        string
}

// Unknown are those who are asked and stand in no entry of the directory: a
// ministry that is misspelt is on nobody's page.
func (p recommendationPage) Unknown() string {
	var names []string
	for _, party := range p.Stored.Addressed {
		if party.Organisation == "" {
			words, _ := party.Said.In(p.lang, p.set.Default)
			names = append(names, words)
		}
	}
	return strings.Join(names, i18n.Comma(p.lang))
}

// Elsewhere reports whether it is said in another language than its own.
func (p recommendationPage) Elsewhere() bool {
	for _, text := range []sala.Text{p.Form.Words, p.Form.Title} {
		for l, words := range text {
			if l != p.Form.Original && words != "" {
				return true
			}
		}
	}
	return false
}

// A stepForm is a step as it was typed.
type stepForm struct {
	State                           tracker.State
	Day, Number, Source, Quote      string
	Evidence, Note, Words, Corrects string
	About                           bool
}

// A replyForm is a reply as it was typed.
type replyForm struct{ By, Day, Words, Lang, Source string }

func recommendationPath(id sala.ID) string { return "/studio/recommendations/" + string(id) }

// newRecommendation serves GET /studio/recommendations/new.
func (s *Studio) newRecommendation(v *visit) (*web.Reply, error) {
	f := recommendationForm{Source: v.URL.Query().Get("source"), Askers: ""}
	f.Original = v.set.Default
	return s.showRecommendation(v, &f, nil)
}

// makeRecommendation serves POST /studio/recommendations.
func (s *Studio) makeRecommendation(v *visit) (*web.Reply, error) {
	f, err := s.recommendationForm(v, tracker.Recommendation{})
	if err == nil {
		var id sala.ID
		if id, err = s.Tracker.New(v.ctx(), v.By(), f.Recommendation); err == nil {
			if v.PostFormValue("then") == "another" { // the next of the same document
				return v.done("/studio/recommendations/new?"+url.Values{"source": {f.Source}}.Encode(), "studio.tracker.made")
			}
			return v.done(recommendationPath(id), "studio.tracker.made")
		}
	}
	return s.showRecommendation(v, &f, err)
}

// recommendationForm reads the form of a recommendation.
func (s *Studio) recommendationForm(v *visit, had tracker.Recommendation) (recommendationForm, error) {
	f := recommendationForm{Recommendation: had, Source: v.PostFormValue("source"), Quote: v.PostFormValue("quote"), Asked: v.PostFormValue("asked"),
		Codes: v.PostFormValue("codes"), AddressedBy: v.PostFormValue("addressee"), Askers: v.PostFormValue("asker")}
	r := &f.Recommendation
	r.Original = sala.Lang(v.PostFormValue("original"))
	r.Title, r.Words = textOf(v, "title", v.set.Langs, had.Title), textOf(v, "words", v.set.Langs, had.Words)
	r.Number, r.Slug = v.PostFormValue("number"), v.PostFormValue("slug")
	r.Terms = nil
	for _, id := range v.PostForm["term"] {
		r.Terms = append(r.Terms, sala.ID(id))
	}
	for _, id := range had.Terms { // those of vocabularies that the form does not offer
		if v.PostFormValue("keep-"+string(id)) != "" {
			r.Terms = append(r.Terms, id)
		}
	}
	var bad sala.Invalid
	lang := r.Original
	if lang == "" {
		lang = v.set.Default
	}
	take := func(err error) error {
		if wrong, ok := err.(sala.Invalid); ok {
			bad = append(bad, wrong...)
			return nil
		}
		return err
	}
	src, err := s.readSource(v, f.Source, lang, had.Source)
	if err := take(err); err != nil {
		return f, err
	}
	src.Quote = f.Quote
	r.Source = src
	if r.Asked, err = dayTyped(v, f.Asked); err != nil {
		bad = append(bad, sala.FieldError{Field: "asked", Key: "studio.tracker.day_bad", Text: err.Error()})
	}
	r.Codes = nil
	for _, part := range strings.FieldsFunc(f.Codes, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		c, err := tracker.ParseCode(part)
		if err := take(err); err != nil {
			return f, err
		}
		r.Codes = append(r.Codes, c)
	}
	if r.Addressed, err = s.readParties(v, f.AddressedBy, lang, had.Addressed); err != nil {
		return f, err
	}
	if r.Askers, err = s.readParties(v, f.Askers, lang, had.Askers); err != nil {
		return f, err
	}
	if bad != nil {
		return f, bad
	}
	return f, nil
}

// dayTyped reads a day as people write it: 2018-11-04, 2018-11, 2018, or in
// the words of their language.
func dayTyped(v *visit, s string) (sala.Day, error) {
	s = strings.TrimSpace(s)
	if d, err := sala.ParseDay(s); err == nil {
		return d, nil
	}
	return i18n.ParseDate(v.lang, s)
}

// formOf is a stored recommendation as the form shows it.
func (s *Studio) formOf(v *visit, r tracker.Recommendation) (recommendationForm, error) {
	f := recommendationForm{Recommendation: r, Quote: r.Source.Quote, Asked: r.Asked.String()}
	var err error
	if f.Source, err = s.writtenSource(v, r.Source); err != nil {
		return f, err
	}
	var codes []string
	for _, c := range r.Codes {
		codes = append(codes, strings.TrimSpace(strings.ToUpper(string(c.Framework))+" "+c.Code+" "+c.Country))
	}
	f.Codes = strings.Join(codes, ", ")
	of, err := s.writtenParties(v, r.Addressed)
	if err != nil {
		return f, err
	}
	by, err := s.writtenParties(v, r.Askers)
	f.AddressedBy, f.Askers = strings.Join(of, "\n"), strings.Join(by, "\n")
	return f, err
}

// recommendation serves GET /studio/recommendations/{id}.
func (s *Studio) recommendation(v *visit) (*web.Reply, error) {
	return s.showRecommendation(v, nil, nil)
}

// showRecommendation shows one; typed is what a form said of it, nil for none.
func (s *Studio) showRecommendation(v *visit, typed *recommendationForm, wrong error, more ...func(*recommendationPage)) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	rp := recommendationPage{page: p, Sources: map[sala.ID]string{}, Today: s.Tracker.Today().String()}
	if clashed(wrong) {
		rp.Clash = true
		wrong = sala.Invalid{{Field: "words", Key: "studio.tracker.clash", Text: "somebody else has changed this meanwhile"}}
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	if rp.Themes, err = s.Archive.Terms(v.ctx(), archive.Theme); err != nil {
		return nil, err
	}
	if rp.Projects, err = s.Archive.Terms(v.ctx(), archive.Project); err != nil {
		return nil, err
	}
	if rp.Countries, err = s.Archive.Terms(v.ctx(), archive.Country); err != nil {
		return nil, err
	}
	if id := v.PathValue("id"); id != "" {
		if err := s.fillRecommendation(v, &rp, sala.ID(id)); err != nil {
			return nil, err
		}
		p.Title, _ = rp.Stored.Name(v.lang, v.set.Default)
	} else {
		rp.New = true
		p.Title = p.T("studio.tracker.new")
	}
	if typed != nil {
		rp.Form = *typed
	}
	in := rp.Form.Original
	if !slices.Contains(v.set.Langs, in) {
		in = v.set.Langs[0]
	}
	for i, f := range p.Wrong { // the words have a field in each language
		if f.Field == "words" {
			p.Wrong[i].Field += "-" + string(in)
		}
	}
	if rp.Organisation, err = s.organisationNames(v); err != nil {
		return nil, err
	}
	for _, f := range more {
		f(&rp)
	}
	reply, err := p.show(recommendationView(rp))
	if err == nil && rp.Clash {
		reply.Status = http.StatusConflict
	}
	return reply, err
}

func (s *Studio) fillRecommendation(v *visit, rp *recommendationPage, id sala.ID) error {
	ctx := v.ctx()
	var err error
	if rp.Stored, err = s.Tracker.Open(ctx, v.By(), id); err != nil {
		return err
	}
	rp.Owner, rp.Next = rp.Stored.OwnerName, rp.Stored.Next.String()
	if rp.Form, err = s.formOf(v, rp.Stored); err != nil {
		return err
	}
	if rp.Steps, err = s.Tracker.Steps(ctx, id); err != nil {
		return err
	}
	for _, st := range rp.Steps {
		if rp.Sources[st.ID], err = s.writtenSource(v, st.Source); err != nil {
			return err
		}
	}
	if rp.Merged, err = s.Tracker.Merged(ctx, id); err != nil {
		return err
	}
	numbers, docs, err := s.Tracker.NumbersOf(ctx, []sala.ID{id})
	if err != nil {
		return err
	}
	for _, n := range numbers {
		written, err := s.writtenSource(v, docs[n.Document].Source)
		if err != nil {
			return err
		}
		rp.Numbers = append(rp.Numbers, n.Number+" · "+written)
	}
	if rp.Published, err = s.Tracker.Publications(ctx, v.By(), id); err != nil {
		return err
	}
	if v.By().May(sala.Publish) {
		if rp.Colleagues, err = s.Account.Colleagues(ctx, v.By()); err != nil {
			return err
		}
	}
	if v.By().May(sala.Translate) {
		if rp.Replies, err = s.Tracker.AllReplies(ctx, v.By(), id); err != nil {
			return err
		}
	}
	return nil
}

// organisationNames are the names to choose from while typing.
func (s *Studio) organisationNames(v *visit) ([]string, error) {
	profiles, err := s.Directory.Profiles(v.ctx(), sala.KindOrganisation)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range profiles {
		if name, _ := p.Face.In(v.lang, v.set.Default); name != "" {
			names = append(names, name)
		}
	}
	i18n.Sort(v.lang, names, func(s string) string { return s })
	return slices.Compact(names), nil
}

// changeRecommendation serves POST /studio/recommendations/{id}.
func (s *Studio) changeRecommendation(v *visit) (*web.Reply, error) {
	had, err := s.Tracker.Open(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	f, err := s.recommendationForm(v, had)
	if err == nil {
		if f.Version, err = versionTyped(v); err == nil {
			err = s.Tracker.Change(v.ctx(), v.By(), f.Recommendation)
		}
	}
	if err != nil {
		return s.showRecommendation(v, &f, err)
	}
	return v.done(recommendationPath(had.ID), "studio.saved")
}

// clashed reports whether somebody else was first.
func clashed(err error) bool { return errors.Is(err, sala.ErrConflict) }

// versionTyped is the version that a form was made of.
func versionTyped(v *visit) (int, error) {
	n, err := strconv.Atoi(v.PostFormValue("version"))
	if err != nil {
		return 0, errBadForm
	}
	return n, nil
}

// addStep serves POST /studio/recommendations/{id}/steps.
func (s *Studio) addStep(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	rec, err := s.Tracker.Open(v.ctx(), v.By(), id)
	if err != nil {
		return nil, err
	}
	f := stepForm{
		State: tracker.State(v.PostFormValue("state")), Day: v.PostFormValue("day"), Number: v.PostFormValue("step-number"), Source: v.PostFormValue("step-source"), Quote: v.PostFormValue("step-quote"),
		Evidence: v.PostFormValue("evidence"), Note: v.PostFormValue("note"), Words: v.PostFormValue("adopted"), Corrects: v.PostFormValue("corrects"), About: v.PostFormValue("about") != "",
	}
	st := tracker.Step{State: f.State, Number: f.Number, About: f.About, Evidence: sala.Text{v.lang: f.Evidence}, Note: sala.Text{v.lang: f.Note}, Words: sala.Text{rec.Original: f.Words}, Corrects: sala.ID(f.Corrects)}
	if st.Day, err = dayTyped(v, f.Day); err != nil {
		err = sala.Invalid{{Field: "day", Key: "studio.tracker.day_bad", Text: err.Error()}}
	} else if st.Source, err = s.readSource(v, f.Source, v.lang, tracker.Source{}); err == nil {
		st.Source.Quote = f.Quote
		_, err = s.Tracker.AddStep(v.ctx(), v.By(), id, st)
	}
	if err != nil {
		return s.showRecommendation(v, nil, renamed(err, "source", "step-source", "number", "step-number"), func(rp *recommendationPage) { rp.Step = f })
	}
	return v.done(recommendationPath(id), "studio.tracker.step_added")
}

// renamed gives fields of a refusal the names that they have on a page with
// several forms.
func renamed(err error, pairs ...string) error {
	bad, ok := err.(sala.Invalid)
	if !ok {
		return err
	}
	bad = slices.Clone(bad)
	for i := range bad {
		for j := 0; j < len(pairs); j += 2 {
			if bad[i].Field == pairs[j] {
				bad[i].Field = pairs[j+1]
				break
			}
		}
	}
	return bad
}

// assign serves POST /studio/recommendations/{id}/owner.
func (s *Studio) assign(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	typed := func(rp *recommendationPage) { rp.Owner, rp.Next = v.PostFormValue("owner"), v.PostFormValue("next") }
	next, err := dayTyped(v, v.PostFormValue("next"))
	if err != nil {
		return s.showRecommendation(v, nil, sala.Invalid{{Field: "next", Key: "studio.tracker.day_bad", Text: err.Error()}}, typed)
	}
	name, user := v.user.Called(), v.user.ID
	if v.PostFormValue("me") == "" {
		name = strings.TrimSpace(v.PostFormValue("owner"))
		if user, err = s.colleague(v, id, name); err != nil {
			return s.showRecommendation(v, nil, err, typed)
		}
	}
	if err := s.Tracker.Assign(v.ctx(), v.By(), id, user, name, next); err != nil {
		return s.showRecommendation(v, nil, err, typed)
	}
	return v.done(recommendationPath(id), "studio.saved")
}

// colleague returns which user is meant by the name of whoever is to follow a
// recommendation up: "" if it is somebody who does not work here, or nobody.
func (s *Studio) colleague(v *visit, recommendation sala.ID, name string) (sala.ID, error) {
	had, err := s.Tracker.Open(v.ctx(), v.By(), recommendation)
	if err != nil || name == had.OwnerName {
		return had.Owner, err
	}
	all, err := s.Account.Colleagues(v.ctx(), v.By())
	if err != nil {
		return "", err
	}
	found := sala.ID("")
	for _, c := range all {
		if !strings.EqualFold(c.Name, name) {
			continue
		}
		if found != "" {
			return "", sala.Invalid{{Field: "owner", Key: "studio.tracker.owner_several", Text: fmt.Sprintf("several people here are called %q", name)}}
		}
		found = c.ID
	}
	return found, nil
}

// publishRecommendation serves POST /studio/recommendations/{id}/publish.
func (s *Studio) publishRecommendation(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	if err := s.Tracker.Publish(v.ctx(), v.By(), id); err != nil {
		return s.showRecommendation(v, nil, err)
	}
	return v.done(recommendationPath(id), "studio.tracker.published")
}

// withdrawRecommendation serves POST /studio/recommendations/{id}/withdraw.
func (s *Studio) withdrawRecommendation(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	if err := s.Tracker.Withdraw(v.ctx(), v.By(), id, v.PostFormValue("why")); err != nil {
		return s.showRecommendation(v, nil, err)
	}
	return v.done(recommendationPath(id), "studio.tracker.withdrawn")
}

// partRecommendation serves POST /studio/recommendations/{id}/part.
func (s *Studio) partRecommendation(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	if err := s.Tracker.Part(v.ctx(), v.By(), id); err != nil {
		return nil, err
	}
	return v.done(recommendationPath(id), "studio.tracker.parted")
}

// addReply serves POST /studio/recommendations/{id}/replies.
func (s *Studio) addReply(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	f := replyForm{By: v.PostFormValue("by"), Day: v.PostFormValue("reply-day"), Words: v.PostFormValue("reply"), Lang: v.PostFormValue("reply-lang"), Source: v.PostFormValue("reply-source")}
	lang := sala.Lang(f.Lang)
	reply := tracker.Reply{Recommendation: id, Original: lang, Words: sala.Text{lang: f.Words}}
	by, err := s.readParties(v, f.By, v.lang, nil)
	if err == nil && len(by) > 0 {
		reply.Organisation, reply.Said = by[0].Organisation, by[0].Said
	}
	if err == nil {
		if reply.Day, err = dayTyped(v, f.Day); err != nil {
			err = sala.Invalid{{Field: "day", Key: "studio.tracker.day_bad", Text: err.Error()}}
		}
	}
	if err == nil {
		reply.Source, err = s.readSource(v, f.Source, v.lang, tracker.Source{})
	}
	if err == nil {
		_, err = s.Tracker.AddReply(v.ctx(), v.By(), reply)
	}
	if err != nil {
		return s.showRecommendation(v, nil, renamed(err, "day", "reply-day", "words", "reply", "said", "by", "source", "reply-source", "original", "reply"), func(rp *recommendationPage) { rp.Reply = f })
	}
	return v.done(recommendationPath(id)+"#replies", "studio.tracker.reply_added")
}
