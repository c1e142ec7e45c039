package site

import (
	"context"
	"maps"
	"slices"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/internal/i18n"
	"sala/media"
	"sala/tracker"
)

// A teller knows what the tracker only has ids of.
type teller struct {
	site  *Site
	p     *page
	faces map[sala.ID]directory.Face
	works map[sala.ID]archive.Work // only what [archive.Store.Titles] tells
	terms map[sala.ID]archive.Term
	files map[sala.ID]media.File
	names tracker.Names
	today sala.Day
}

// A need gathers the ids that a page is about to show.
type needs struct{ organisations, works, terms, files []sala.ID }

func (n *needs) source(s tracker.Source) {
	n.works, n.files = append(n.works, s.Work), append(n.files, s.File)
}

func (n *needs) recommendations(recs ...tracker.Recommendation) {
	n.lines(recs...)
	for _, r := range recs {
		n.terms = append(n.terms, r.Terms...)
	}
}

// lines are recommendations of which lines of a list are shown.
func (n *needs) lines(recs ...tracker.Recommendation) {
	for _, r := range recs {
		n.source(r.Source)
		for _, p := range slices.Concat(r.Askers, r.Addressed) {
			n.organisations = append(n.organisations, p.Organisation)
		}
	}
}

func (n *needs) steps(steps ...tracker.Step) {
	for _, st := range steps {
		n.source(st.Source)
	}
}

// teller looks up what a page needs, a query for each area.
func (s *Site) teller(ctx context.Context, p *page, n needs) (*teller, error) {
	names, err := s.Tracker.DocumentNames(ctx)
	if err != nil {
		return nil, err
	}
	t := (&teller{site: s, p: p, names: names, today: s.Tracker.Today()}).fresh()
	return t, t.learn(ctx, n)
}

// fresh is a teller of the same page who knows nothing yet.
func (t *teller) fresh() *teller {
	return &teller{
		site: t.site, p: t.p, names: t.names, today: t.today,
		faces: map[sala.ID]directory.Face{}, works: map[sala.ID]archive.Work{}, terms: map[sala.ID]archive.Term{}, files: map[sala.ID]media.File{},
	}
}

// learn looks up what a teller does not know yet.
func (t *teller) learn(ctx context.Context, n needs) error {
	for _, err := range []error{
		add(ctx, t.faces, n.organisations, t.site.who.Faces),
		add(ctx, t.works, n.works, t.site.Archive.Titles),
		add(ctx, t.terms, n.terms, t.site.Archive.TermsByID),
		add(ctx, t.files, n.files, t.site.files),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// add looks up those ids that are not among the known.
func add[T any](ctx context.Context, known map[sala.ID]T, ids []sala.ID, find func(context.Context, []sala.ID) (map[sala.ID]T, error)) error {
	found, err := find(ctx, slices.DeleteFunc(some(ids), func(id sala.ID) bool { _, ok := known[id]; return ok }))
	maps.Copy(known, found)
	return err
}

// some are the ids without repetition and without "".
func some(ids []sala.ID) []sala.ID {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id sala.ID) bool { return id == "" })
}

// said is a text in the reader's language or the best other.
func (t *teller) said(text sala.Text, also ...sala.Lang) (string, sala.Lang) {
	return text.In(t.p.Want, append(also, t.p.set.Default)...)
}

// party is one who asks or is asked: as the directory calls it, else as the
// document does.
func (t *teller) party(p tracker.Party) item {
	it := item{}
	if face, ok := t.faces[p.Organisation]; ok {
		it.Href = face.Path(t.p.Want)
		it.Label, it.Lang = face.In(t.p.Want, t.p.set.Default)
	}
	if it.Label == "" {
		it.Label, it.Lang = t.said(p.Said)
	}
	if it.Label == "" { // an organisation that is not there any more
		it.Label, it.Lang = t.p.T("tracker.somebody"), t.p.Lang
	}
	return it
}

func (t *teller) parties(list []tracker.Party) []item {
	out := make([]item, len(list))
	for i, p := range list {
		out[i] = t.party(p)
	}
	return out
}

// asks are the parties as addressees: each leads to everything asked of it.
func (t *teller) asked(list []tracker.Party) []item {
	out := t.parties(list)
	for i, p := range list {
		if face, ok := t.faces[p.Organisation]; ok && face.Slug != "" {
			out[i].Href = asksPath(t.p.Want, face.Slug)
		}
	}
	return out
}

// document is what a source is called, and where it stands: the exact
// paragraph of a work of the archive. What is not public is not named.
func (t *teller) document(s tracker.Source) item {
	if w, ok := t.works[s.Work]; ok {
		e := best(w, t.p.Want, t.p.set)
		it := item{Href: towards(e, t.p.Want), Label: e.Title, Lang: e.Lang}
		if s.Block != "" {
			it.Href += "#p-" + s.Block
		}
		return it
	}
	name, in := t.said(t.names.Of(s))
	if f, ok := t.files[s.File]; ok {
		it := item{Href: filePath(t.p.Want, f), Label: name, Lang: in}
		if name == "" {
			it.Label, it.Lang = f.Title.In(t.p.Want, t.p.set.Default)
		}
		if it.Label == "" {
			it.Label = f.Name
		}
		return it
	}
	it := item{Label: name, Lang: in}
	if s.Address != "" {
		it.Href, it.Outside = s.Address, true
		if it.Label == "" {
			it.Label = s.Address
		}
	}
	return it
}

// date is a day as far as it is known.
func (t *teller) date(d sala.Day, about bool) string {
	switch {
	case d.IsZero():
		return t.p.T("tracker.no_day")
	case about:
		return t.p.T("tracker.about", "date", t.p.Date(d))
	}
	return t.p.Date(d)
}

// An askRow is a recommendation in a list.
type askRow struct {
	Href   string
	Title  string
	Lang   sala.Lang
	Number string
	Of     []item
	By     []item
	Where  item
	Date   string
	State  tracker.State
	Said   string // the state in words
	On     string // the day of it
	Silent string
	Times  string
}

func (t *teller) row(r tracker.Recommendation, times map[sala.ID]tracker.Times) askRow {
	title, in := r.Name(t.p.Want, t.p.set.Default)
	row := askRow{
		Href: askPath(t.p.Want, r.Slug), Title: title, Lang: in, Number: r.Number, Of: t.asked(r.Addressed), By: t.parties(r.Askers),
		Where: t.document(r.Source), State: r.State, Said: t.p.T("tracker.state." + string(r.State)),
	}
	if !r.Asked.IsZero() {
		row.Date = t.p.Date(r.Asked)
	}
	if !r.StateDay.IsZero() {
		row.On = t.p.Date(r.StateDay)
	}
	row.Silent = t.silent(r)
	if n := times[r.ID]; n.N > 1 {
		row.Times = t.p.T("tracker.times", "n", n.N, "year", i18n.Year(t.p.Lang, n.Since))
	}
	return row
}

// silent says that nothing has happened for long, "" if something has.
func (t *teller) silent(r tracker.Recommendation) string {
	if years := r.SilentYears(t.today); years > 0 {
		return t.p.T("tracker.silent_years", "n", years)
	}
	return ""
}

// askRows tells several recommendations.
func (s *Site) askRows(ctx context.Context, p *page, recs []tracker.Recommendation) ([]askRow, error) {
	if len(recs) == 0 {
		return nil, nil
	}
	var n needs
	n.lines(recs...)
	t, err := s.teller(ctx, p, n)
	if err != nil {
		return nil, err
	}
	return t.rows(ctx, recs)
}

func (t *teller) rows(ctx context.Context, recs []tracker.Recommendation) ([]askRow, error) {
	times, err := t.site.Tracker.TimesAsked(ctx, recs)
	if err != nil {
		return nil, err
	}
	out := make([]askRow, len(recs))
	for i, r := range recs {
		out[i] = t.row(r, times)
	}
	return out, nil
}

func recommendationsPath(lang sala.Lang) string { return "/" + string(lang) + "/recommendations/" }
