package studio

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"sala"
	"sala/directory"
	"sala/internal/i18n"
	"sala/internal/web"
)

func organisationTranslateAt(id sala.ID) string {
	return "/studio/organisations/" + string(id) + "/translate/"
}

// organisationsPage is what organisationsView shows: the organisations that
// readers are told of.
type organisationsPage struct {
	*page
	Total  int
	Listed []directory.Profile
	Langs  map[sala.ID][]tally // by organisation: how much of it is there in each language
	Lacks  []lackChoice
	Next   sala.ID
}

// organisations serves GET /studio/organisations, for those who translate what
// is told of them. They need not know the directory: nothing stands here that
// readers do not see.
func (s *Studio) organisations(v *visit) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.directory.translate")
	listed, err := s.Directory.Profiles(v.ctx(), sala.KindOrganisation)
	if err != nil {
		return nil, err
	}
	i18n.Sort(v.lang, listed, func(o directory.Profile) string { name, _ := p.text(o.Face.Text); return name })
	op := organisationsPage{page: p, Total: len(listed), Listed: listed}
	lacks, among, err := s.narrowed(v, sala.KindOrganisation)
	if err != nil {
		return nil, err
	}
	if op.Lacks = lacks; among != nil { // the newest first, as they are
		byID := map[sala.ID]directory.Profile{}
		for _, o := range listed {
			byID[o.ID] = o
		}
		listed = nil
		for _, id := range among {
			if o, ok := byID[id]; ok {
				listed = append(listed, o)
			}
		}
		op.Listed, op.Total = listed, len(listed)
	}
	if after := v.URL.Query().Get("after"); after != "" {
		at := slices.IndexFunc(listed, func(o directory.Profile) bool { return string(o.ID) == after })
		if at < 0 {
			return nil, sala.ErrNotFound
		}
		op.Listed = listed[at+1:]
	}
	if len(op.Listed) > directoryRows {
		op.Listed = op.Listed[:directoryRows]
		op.Next = op.Listed[directoryRows-1].ID
	}
	ids := make([]sala.ID, len(op.Listed))
	for i, o := range op.Listed {
		ids[i] = o.ID
	}
	if op.Langs, err = s.talliesOf(v, sala.KindOrganisation, ids); err != nil {
		return nil, err
	}
	return p.show(organisationsView(op))
}

// At is where the texts of an organisation are put into the language that whoever
// looks will want.
func (p organisationsPage) At(o directory.Profile) string {
	return organisationTranslateAt(o.ID) + string(p.into(p.Langs[o.ID]))
}

// Older is the address of the next stretch.
func (p organisationsPage) Older() string {
	return "/studio/organisations?" + url.Values{"after": {string(p.Next)}, "lacks": {p.URL.Query().Get("lacks")}}.Encode()
}

// organisationLabels are the keys of what the texts are.
var organisationLabels = map[string]string{
	"name": "studio.directory.name", "short": "studio.directory.short", "about": "studio.directory.about", "safely": "studio.directory.safely",
}

func (s *Studio) organisationPhrases(v *visit, lang sala.Lang) (directory.Profile, []phraseRow, error) {
	o, all, err := s.Directory.OrganisationWordings(v.ctx(), v.By(), sala.ID(v.PathValue("id")), lang, v.translateFrom()...)
	rows := make([]phraseRow, len(all))
	for i, w := range all {
		rows[i] = phraseRow{Wording: w, Label: organisationLabels[w.Key]}
	}
	return o, rows, err
}

// translateOrganisation serves GET /studio/organisations/{id}/translate/{lang}.
func (s *Studio) translateOrganisation(v *visit) (*web.Reply, error) {
	return s.showOrganisationTranslation(v, sentPhrases{}, nil)
}

func (s *Studio) showOrganisationTranslation(v *visit, sent sentPhrases, wrong error) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	o, rows, err := s.organisationPhrases(v, lang)
	if err != nil {
		return nil, err
	}
	if o.ID != sala.ID(v.PathValue("id")) { // it was merged
		return web.Redirect(http.StatusSeeOther, organisationTranslateAt(o.ID)+string(lang)), nil
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	name, _ := p.text(o.Face.Text)
	p.Title = p.T("studio.tr_title", "title", name)
	wp := phrasesPage{
		page: p, Base: organisationTranslateAt(o.ID), Back: "/studio/organisations", BackKey: "studio.directory.translate", Lang: lang, Version: int(o.Changed.UnixMicro()), Rows: rows,
	}
	if v.By().May(sala.Know) {
		wp.Back, wp.BackKey = entryPath(sala.Ref{Kind: sala.KindOrganisation, ID: o.ID}), "studio.directory.translate_back"
	}
	return s.showPhrases(v, wp, sent, wrong)
}

// saveOrganisationTranslation serves POST /studio/organisations/{id}/translate/{lang}.
// The version that its form names is when it had been changed last.
func (s *Studio) saveOrganisationTranslation(v *visit) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	sent, err := sentTranslation(v)
	if err != nil {
		return nil, err
	}
	if sent.Version, err = strconv.Atoi(v.PostFormValue("version")); err != nil {
		return nil, errBadForm
	}
	o, rows, err := s.organisationPhrases(v, lang)
	if err != nil {
		return nil, err
	}
	if !v.translatable(lang, rows) {
		return nil, sala.ErrNotFound
	}
	if err := s.Directory.TranslateOrganisation(v.ctx(), v.By(), o.ID, time.UnixMicro(int64(sent.Version)).UTC(), lang, sent.Words, sent.Right...); err != nil {
		return s.showOrganisationTranslation(v, sent, err)
	}
	return v.done(v.URL.RequestURI(), "studio.phrases.saved", "lang", i18n.LangName(v.lang, lang))
}

// TranslateAt is where its texts are put into other languages, "" of one that
// is not listed.
func (f organisationForm) TranslateAt() string {
	if f.Ref.ID == "" || f.Organisation.Unlisted {
		return ""
	}
	return organisationTranslateAt(f.Ref.ID) + string(f.set.Default)
}
