package studio

import (
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/tracker"
)

// recommendationsPage is what recommendationsView shows.
type recommendationsPage struct {
	*page
	Query url.Values
	List  tracker.List
	Of    map[sala.ID]string // by recommendation: who is asked
	Today sala.Day
	Alike int
	// Nobody: the organisation that was looked for is in no directory.
	Nobody bool
	Langs  map[sala.ID][]tally // by recommendation: how much of it is there in each language, for those who may translate
	Lacks  []lackChoice
	// Measures is the language that what figures count will be put into, "" where
	// there are no figures.
	Measures sala.Lang
	// Names is the same of the names by which documents are cited.
	Names sala.Lang
}

// recommendationsPerPage is how many a stretch of the ledger shows.
const recommendationsPerPage = 50

// ledgerShows are the stretches of the ledger beside the states.
var ledgerShows = []string{"draft", "due", "ownerless", "silent", "mine", "withdrawn"}

// recommendations serves GET /studio/recommendations.
func (s *Studio) recommendations(v *visit) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.tracker.title")
	q := v.URL.Query()
	rp := recommendationsPage{page: p, Query: q, Today: s.Tracker.Today()}
	f := tracker.Filter{Drafts: true, Limit: recommendationsPerPage}
	switch q.Get("show") {
	case "draft":
		f.OnlyDraft = true
	case "due":
		f.Due = true
	case "ownerless":
		f.Ownerless = true
	case "silent":
		f.Silent = true
	case "mine":
		f.Owner = v.user.ID
	case "withdrawn":
		f.Withdrawn = true
	}
	if st := tracker.State(q.Get("state")); slices.Contains(tracker.States, st) {
		f.States = []tracker.State{st}
	}
	if of := q.Get("of"); of != "" {
		id, err := s.organisationCalled(v, of)
		if err != nil {
			return nil, err
		}
		rp.Nobody = id == ""
		if f.Addressee, err = s.family(v, id); err != nil {
			return nil, err
		}
	}
	if before := q.Get("before"); before != "" {
		if f.Before, err = sala.ParseID(before); err != nil {
			return nil, err
		}
	}
	if v.By().May(sala.Translate) {
		var err error
		if rp.Lacks, f.Among, err = s.narrowed(v, sala.KindRecommendation); err != nil {
			return nil, err
		}
	}
	if rp.List, err = s.Tracker.Ledger(v.ctx(), v.By(), f); err != nil {
		return nil, err
	}
	if rp.Of, err = s.askedOf(v, rp.List.Recommendations); err != nil {
		return nil, err
	}
	if v.By().May(sala.Translate) {
		ids := make([]sala.ID, len(rp.List.Recommendations))
		for i, r := range rp.List.Recommendations {
			ids[i] = r.ID
		}
		if rp.Langs, err = s.talliesOf(v, sala.KindRecommendation, ids); err != nil {
			return nil, err
		}
		if rp.Measures, err = s.measuresInto(v); err != nil {
			return nil, err
		}
		if rp.Names, err = s.namesInto(v); err != nil {
			return nil, err
		}
	}
	if v.By().May(sala.Publish) {
		if rp.Alike, err = s.Tracker.CountAlike(v.ctx(), v.By()); err != nil {
			return nil, err
		}
	}
	return p.show(recommendationsView(rp))
}

// askedOf says in a line of whom each of some recommendations was asked.
func (s *Studio) askedOf(v *visit, all []tracker.Recommendation) (map[sala.ID]string, error) {
	var asked []tracker.Party
	for _, r := range all {
		asked = append(asked, r.Addressed...)
	}
	names, err := s.writtenParties(v, asked)
	if err != nil {
		return nil, err
	}
	lines := map[sala.ID]string{}
	for _, r := range all {
		var of []string
		for range r.Addressed {
			name, _, _ := strings.Cut(names[0], " = ")
			of, names = append(of, name), names[1:]
		}
		lines[r.ID] = strings.Join(of, i18n.Comma(v.lang))
	}
	return lines, nil
}

// family is every id that an organisation ever had; none of none, so that a
// name that nobody has finds nothing.
func (s *Studio) family(v *visit, id sala.ID) ([]sala.ID, error) {
	if id == "" {
		return []sala.ID{}, nil
	}
	return s.Directory.Family(v.ctx(), id)
}

// With is the address of this list with another value of one filter.
func (p recommendationsPage) With(name, value string) string {
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
		return "/studio/recommendations"
	}
	return "/studio/recommendations?" + q.Encode()
}
