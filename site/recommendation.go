package site

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/i18n"
	"sala/internal/richtext"
	"sala/internal/web"
	"sala/site/parts"
	"sala/tracker"
)

// recommendationPage is what recommendationView shows.
type recommendationPage struct {
	*page
	Recommendation tracker.Recommendation
	Row            askRow
	Missing        []missing
	Words          string
	WordsIn        sala.Lang
	Original       string // the words in their own language, where others are shown
	Source         item
	Quote          string // the passage, where it says more than the words
	Steps          []stepView
	Numbers        []numberView
	Again          []askRow
	Merged         []mergedView
	Past           []string  // who was asked before
	AsSaid         []missing // how the document names those who are asked, where it does so otherwise
	Codes          []item
	Terms          []group
	Event          *item
	Replies        []replyView
	Cite           citation
}

// A stepView is one thing that became of it.
type stepView struct {
	State     tracker.State
	Said      string
	Date, ISO string
	Source    item
	Quote     string
	QuoteIn   sala.Lang
	Evidence  string
	In        sala.Lang // of Evidence
	Note      string
	NoteIn    sala.Lang
	Number    string
	Diff      []richtext.Piece // how its words differ from what was asked
	DiffIn    sala.Lang
	Recorded  string
	Corrected bool // another row took its place
}

// A numberView is its number in a document.
type numberView struct {
	Number string
	Among  bool
	In     item // leads to the passage
	Table  string
}

// A mergedView is another record of the very same.
type mergedView struct {
	Words  string
	Lang   sala.Lang
	Source item
	Date   string
}

// A replyView is what an addressee answers.
type replyView struct {
	By     item
	Office item // who of them, where By is an organisation
	Date   string
	ISO    string
	Words  string
	In     sala.Lang
	Source item
	// Translated says which language it was given in, "" if in this one; Original
	// are the words that were given then.
	Translated string
	Original   string
	OriginalIn sala.Lang
}

func askPath(lang sala.Lang, slug string) string {
	return recommendationsPath(lang) + url.PathEscape(slug)
}

// recommendation serves GET /{lang}/recommendations/{slug}.
func (s *Site) recommendation(r *http.Request, lang sala.Lang, slug string) (*web.Reply, error) {
	ctx := r.Context()
	slug, cite := citing(slug)
	rec, err := s.Tracker.Recommendation(ctx, slug)
	if err != nil {
		return nil, err
	}
	if rec.Slug != slug {
		return web.Redirect(http.StatusMovedPermanently, askPath(lang, rec.Slug)+cite), nil
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	v := recommendationPage{page: p, Recommendation: rec}
	if err := s.fillRecommendation(ctx, &v); err != nil {
		return nil, err
	}
	if cite != "" {
		return p.citationFile(v.cited(), cite), nil
	}
	return v.show(ctx, recommendationView(v))
}

func (s *Site) fillRecommendation(ctx context.Context, v *recommendationPage) error {
	p, rec := v.page, v.Recommendation
	steps, err := s.Tracker.Steps(ctx, rec.ID)
	if err != nil {
		return err
	}
	again, err := s.Tracker.Again(ctx, rec)
	if err != nil {
		return err
	}
	var merged []tracker.Recommendation
	if slices.ContainsFunc(steps, func(st tracker.Step) bool { return st.Of != rec.ID }) { // each has the step that it began with
		if merged, err = s.Tracker.Merged(ctx, rec.ID); err != nil {
			return err
		}
	}
	replies, err := s.Tracker.Replies(ctx, rec.ID)
	if err != nil {
		return err
	}
	numbers, docs, err := s.Tracker.NumbersOf(ctx, []sala.ID{rec.ID})
	if err != nil {
		return err
	}
	_, past, err := s.Tracker.PastParties(ctx, rec.ID)
	if err != nil {
		return err
	}
	var n needs
	n.recommendations(append(append([]tracker.Recommendation{rec}, again...), merged...)...)
	n.steps(steps...)
	for _, r := range replies {
		n.source(r.Source)
		n.organisations = append(n.organisations, r.Organisation)
	}
	for _, d := range docs {
		n.source(d.Source)
	}
	for _, party := range past {
		n.organisations = append(n.organisations, party.Organisation)
	}
	t, err := s.teller(ctx, p, n)
	if err != nil {
		return err
	}
	times, err := s.Tracker.TimesAsked(ctx, []tracker.Recommendation{rec})
	if err != nil {
		return err
	}
	v.Row = t.row(rec, times)
	v.head(t)
	v.Source = t.document(rec.Source)
	if quote := strings.TrimSpace(rec.Source.Quote); quote != "" && quote != rec.Words[rec.Original] {
		v.Quote = quote
	}
	for _, st := range steps {
		if st.State == tracker.Retracted {
			continue
		}
		v.Steps = append(v.Steps, t.step(rec, st))
	}
	for _, number := range numbers {
		d := docs[number.Document]
		d.Source.Block = number.Block
		v.Numbers = append(v.Numbers, numberView{number.Number, number.Among, t.document(d.Source), numberingPath(p.Want, d.Slug)})
	}
	for _, a := range again {
		if a.ID != rec.ID {
			v.Again = append(v.Again, t.row(a, nil))
		}
	}
	for _, m := range merged {
		words, in := t.said(m.Words, m.Original)
		view := mergedView{Words: words, Lang: in, Source: t.document(m.Source)}
		if !m.Asked.IsZero() {
			view.Date = p.Date(m.Asked)
		}
		v.Merged = append(v.Merged, view)
	}
	for _, party := range past {
		was := t.asked([]tracker.Party{party})[0]
		if was.Href != "" && slices.ContainsFunc(v.Row.Of, func(now item) bool { return now.Href == was.Href }) {
			continue // it was merged into one that is asked
		}
		v.Past = append(v.Past, p.T("tracker.past", "name", was.Label, "date", p.Date(sala.DayOf(party.Ended))))
	}
	for i, party := range rec.Addressed {
		said, in := t.said(party.Said, rec.Original)
		if m := (missing{said, in}); said != "" && said != v.Row.Of[i].Label && !slices.Contains(v.AsSaid, m) {
			v.AsSaid = append(v.AsSaid, m)
		}
	}
	for _, c := range rec.Codes {
		v.Codes = append(v.Codes, item{Href: recommendationsPath(p.Want) + "?" + url.Values{"framework": {string(c.Framework)}, "code": {c.Code}}.Encode(), Label: codeName(p, c)})
	}
	for _, r := range replies {
		v.Replies = append(v.Replies, t.reply(r))
	}
	if err := s.askTerms(ctx, v, t); err != nil {
		return err
	}
	return s.askEvent(ctx, v)
}

// head fills what the page's head and its languages need.
func (v *recommendationPage) head(t *teller) {
	p, rec := v.page, v.Recommendation
	p.Title, p.Heading, p.Section, p.Type = v.Row.Title, v.Row.Lang, "recommendations", "article"
	p.everyLang("/recommendations/" + url.PathEscape(rec.Slug))
	p.trail = []item{{Href: recommendationsPath(p.Want), Label: p.T("tracker.title"), Lang: p.Lang}}
	p.Feed = recommendationsPath(p.Want)
	v.Words, v.WordsIn = t.said(sala.Text{p.Want: rec.Words[p.Want]}, "")
	if rec.Words[p.Want] == "" {
		var words string
		words, v.WordsIn = rec.Said(p.Want)
		v.Words = words
	}
	p.About = v.Words
	if v.WordsIn != p.Want {
		for _, in := range []sala.Lang{p.Want, v.WordsIn} {
			_, said := p.In(in, "work.missing")
			text, _ := p.In(said, "work.missing", "lang", i18n.LangName(said, p.Want), "found", i18n.LangName(said, v.WordsIn))
			if n := len(v.Missing); n == 0 || v.Missing[n-1].Text != text {
				v.Missing = append(v.Missing, missing{text, said})
			}
		}
	}
	if v.WordsIn != rec.Original {
		v.Original = rec.Words[rec.Original]
	}
	name, _ := p.Name()
	v.Cite = p.recordCitation(v.cited(), t.date(rec.Asked, false), askPath(p.Want, rec.Slug))
	data := map[string]any{
		"@context": "https://schema.org", "@type": "CreativeWork", "@id": p.Base + "/id/" + string(rec.ID), "additionalType": "https://schema.org/Statement", "identifier": string(rec.ID),
		"name": p.Title, "text": v.Words, "inLanguage": string(v.WordsIn), "url": p.Base + p.Path, "creativeWorkStatus": string(rec.State),
		"publisher": map[string]any{"@type": "Organization", "name": name, "url": p.Base + "/"},
	}
	if p.set.Licence != "" {
		data["license"] = p.set.Licence
	}
	if !rec.Asked.IsZero() {
		data["dateCreated"] = rec.Asked.String()
	}
	var audience []map[string]any
	for _, it := range v.Row.Of {
		audience = append(audience, map[string]any{"@type": "Audience", "name": it.Label})
	}
	if audience != nil {
		data["audience"] = audience
	}
	p.Data = parts.JSONLD(data)
}

func (t *teller) step(rec tracker.Recommendation, st tracker.Step) stepView {
	p := t.p
	view := stepView{
		State: st.State, Said: p.T("tracker.state." + string(st.State)), Date: t.date(st.Day, st.About), ISO: st.Day.String(), Source: t.document(st.Source),
		Number: st.Number, Recorded: p.T("tracker.recorded", "date", p.Date(sala.DayOf(st.At))), Corrected: st.Corrected != "",
	}
	if st.Source.Quote != "" && st.Source.Quote != rec.Source.Quote {
		view.Quote, view.QuoteIn = st.Source.Quote, i18n.Guess(st.Source.Quote, rec.Original)
	}
	view.Evidence, view.In = t.said(st.Evidence)
	view.Note, view.NoteIn = t.said(st.Note)
	for _, l := range append([]sala.Lang{p.Want}, rec.Langs()...) {
		if was, now := rec.Words[l], st.Words[l]; was != "" && now != "" {
			if was != now {
				view.Diff, view.DiffIn = richtext.CompareWords(was, now), l
			}
			break
		}
	}
	return view
}

func (t *teller) reply(r tracker.Reply) replyView {
	p := t.p
	view := replyView{By: t.party(tracker.Party{Organisation: r.Organisation, Said: r.Said}), Date: p.Date(r.Day), ISO: r.Day.String(), Source: t.document(r.Source)}
	if said, in := t.said(r.Said, r.Original); said != view.By.Label {
		view.Office = item{Label: said, Lang: in}
	}
	view.Words, view.In = t.said(r.Words, r.Original)
	if view.In != r.Original {
		view.Translated = p.T("tracker.translated", "lang", p.Named(r.Original))
		view.Original, view.OriginalIn = r.Words[r.Original], r.Original
	}
	return view
}

func (s *Site) askTerms(ctx context.Context, v *recommendationPage, t *teller) error {
	vocabularies, err := s.Archive.Vocabularies(ctx)
	if err != nil {
		return err
	}
	for _, voc := range vocabularies {
		var items []item
		for _, id := range v.Recommendation.Terms {
			term, ok := t.terms[id]
			if !ok || term.Vocabulary != voc.Slug {
				continue
			}
			label, in := term.Labels.In(v.Want, v.set.Default)
			href := termPath(v.Want, term)
			if voc.Slug == archive.Country {
				href = recommendationsPath(v.Want) + "?" + url.Values{voc.Slug: {term.Path}}.Encode()
			}
			items = append(items, item{Href: href, Label: label, Lang: in})
		}
		if len(items) > 0 {
			v.Terms = append(v.Terms, vocabularyGroup(v.page, voc, items))
		}
	}
	return nil
}

// askEvent names the event at which it was made, if readers see that.
func (s *Site) askEvent(ctx context.Context, v *recommendationPage) error {
	if v.Recommendation.Event == "" {
		return nil
	}
	e, err := s.Events.Event(ctx, v.Recommendation.Event)
	switch {
	case errors.Is(err, sala.ErrNotFound), errors.Is(err, sala.ErrGone):
		return nil
	case err != nil:
		return err
	}
	label, in := e.Title.In(v.Want, v.set.Default)
	v.Event = &item{Href: "/" + string(v.Want) + "/events/" + url.PathEscape(e.Slug), Label: label, Lang: in}
	return nil
}

func numberingPath(lang sala.Lang, slug string) string {
	return recommendationsPath(lang) + "documents/" + url.PathEscape(slug)
}

// numberingPage is what numberingView shows: the recommendations that one
// document numbers, with their numbers in others.
type numberingPage struct {
	*page
	Document item
	Others   []item // the other documents, each with the address of its own table
	Rows     []numberingRow
}

type numberingRow struct {
	Number string
	Among  bool
	Href   string // of the passage
	Ask    item
	Others []numberView // by document, as in numberingPage.Others
}

// numbering serves GET /{lang}/recommendations/documents/{slug}.
func (s *Site) numbering(r *http.Request, lang sala.Lang, slug string) (*web.Reply, error) {
	ctx := r.Context()
	doc, err := s.Tracker.DocumentBySlug(ctx, slug)
	if err != nil {
		return nil, err
	}
	numbers, docs, err := s.Tracker.NumbersIn(ctx, doc.ID)
	if err != nil {
		return nil, err
	}
	if len(numbers) == 0 {
		return nil, sala.ErrNotFound
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	var ids []sala.ID
	var n needs
	for _, number := range numbers {
		ids = append(ids, number.Recommendation)
	}
	for _, d := range docs {
		n.source(d.Source)
	}
	recs, err := s.Tracker.ByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	t, err := s.teller(ctx, p, n)
	if err != nil {
		return nil, err
	}
	v := numberingPage{page: p, Document: t.document(doc.Source)}
	if v.Document.Label == "" { // a work that readers no longer see
		v.Document.Label, v.Document.Lang = p.T("tracker.a_document"), p.Lang
	}
	var others []sala.ID
	for _, id := range sortedKeys(docs) {
		if id != doc.ID {
			others = append(others, id)
			it := t.document(docs[id].Source)
			if it.Label == "" {
				it.Label = p.T("tracker.a_document")
			}
			it.Href, it.Outside = numberingPath(p.Want, docs[id].Slug), false
			v.Others = append(v.Others, it)
		}
	}
	for _, number := range numbers {
		rec, ok := recs[number.Recommendation]
		if number.Document != doc.ID || !ok {
			continue
		}
		src := doc.Source
		src.Block = number.Block
		title, in := rec.Name(p.Want, p.set.Default)
		row := numberingRow{Number: number.Number, Among: number.Among, Href: t.document(src).Href, Ask: item{Href: askPath(p.Want, rec.Slug), Label: title, Lang: in}}
		row.Others = make([]numberView, len(others))
		for _, other := range numbers {
			if at := slices.Index(others, other.Document); at >= 0 && other.Recommendation == rec.ID {
				src := docs[other.Document].Source
				src.Block = other.Block
				row.Others[at] = numberView{Number: other.Number, Among: other.Among, In: t.document(src)}
			}
		}
		v.Rows = append(v.Rows, row)
	}
	p.Title, p.Heading, p.Section = p.T("tracker.numbers_in", "name", v.Document.Label), p.Lang, "recommendations"
	p.everyLang("/recommendations/documents/" + url.PathEscape(slug))
	p.trail = []item{{Href: recommendationsPath(p.Want), Label: p.T("tracker.title"), Lang: p.Lang}}
	return v.show(ctx, numberingView(v))
}

// numberingsPage is what numberingsView shows: the documents that number
// recommendations.
type numberingsPage struct {
	*page
	Documents []item
	Newest    string // "" on the first stretch
	Older     string
}

// numberings serves GET /{lang}/recommendations/documents.
func (s *Site) numberings(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	p.Title, p.Heading, p.Section = p.T("tracker.documents"), p.Lang, "recommendations"
	p.everyLang("/recommendations/documents")
	p.trail = []item{{Href: recommendationsPath(p.Want), Label: p.T("tracker.title"), Lang: p.Lang}}
	v, base := numberingsPage{page: p}, p.Path
	before := sala.ID(r.URL.Query().Get("before"))
	if before != "" {
		if before, err = sala.ParseID(string(before)); err != nil {
			return nil, err
		}
		v.Newest, p.Path, p.Alternates = base, "", nil
	}
	var next sala.ID
	if v.Documents, next, err = s.numberingItems(r.Context(), p, before, listed); err != nil {
		return nil, err
	}
	if next != "" {
		v.Older = base + "?before=" + string(next)
	}
	return v.show(r.Context(), numberingsView(v))
}

// numberingItems leads to the tables of numbers of documents: as many as are
// asked for, after one of them. next is "" at the end.
func (s *Site) numberingItems(ctx context.Context, p *page, before sala.ID, limit int) (out []item, next sala.ID, err error) {
	docs, err := s.Tracker.NumberingDocuments(ctx, before, limit+1)
	if err != nil {
		return nil, "", err
	}
	if len(docs) > limit {
		docs = docs[:limit]
		next = docs[limit-1].ID
	}
	var n needs
	for _, d := range docs {
		n.source(d.Source)
	}
	t, err := s.teller(ctx, p, n)
	if err != nil {
		return nil, "", err
	}
	return t.numberings(docs), next, nil
}

// numberings leads to the tables of numbers of documents. One that readers do
// not see is left out.
func (t *teller) numberings(docs []tracker.Document) []item {
	var out []item
	for _, d := range docs {
		if name := t.document(d.Source); name.Label != "" {
			out = append(out, item{Href: numberingPath(t.p.Want, d.Slug), Label: t.p.T("tracker.numbers_in", "name", name.Label), Lang: t.p.Lang})
		}
	}
	return out
}
