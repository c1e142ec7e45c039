package studio

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/glossary"
	"sala/internal/richtext"
	"sala/internal/web"
	"sala/internal/xliff"
)

// A table is where a translation is made: whose, and under which address.
type table struct {
	by      sala.Actor
	base    string // address of the screen
	work    sala.ID
	edition sala.ID // "" while there is none in lang
	lang    sala.Lang
	others  []archive.Edition // of the work, for those who may see them
}

// guest reports whether whoever sits here came by a link.
func (d table) guest() bool { return d.by.Only != "" }

// table finds the table that an address of a user leads to.
func (s *Studio) table(v *visit) (table, error) {
	lang, err := sala.ParseLang(v.PathValue("lang"))
	if err != nil || string(lang) != v.PathValue("lang") {
		return table{}, sala.ErrNotFound
	}
	work, err := sala.ParseID(v.PathValue("id"))
	if err != nil {
		return table{}, err
	}
	d := table{by: v.By(), base: "/studio/translate/" + string(work) + "/" + string(lang), work: work, lang: lang}
	if d.others, err = s.Archive.TranslationsOf(v.ctx(), d.by, work); err != nil {
		return d, err
	}
	for _, e := range d.others {
		if e.Lang == lang {
			d.edition = e.ID
		}
	}
	return d, nil
}

// The titles and summaries are segments, too, under names that no block has.
const (
	titleID   = ".title"
	summaryID = ".summary"
)

// A bench is what lies on it: both texts, as far as they are.
type bench struct {
	archive.Translation
	Copy     archive.WorkingCopy // one's own; of nothing saved, what it begins with
	Body     richtext.Doc        // the translation in the shape of the source as it is now
	Changes  map[string]richtext.Change
	Removed  []richtext.Change
	Wordings []richtext.Wording
}

// bench lays out an edition that has a source.
func (s *Studio) bench(v *visit, d table) (bench, error) {
	var b bench
	var err error
	if b.Translation, err = s.Archive.Translation(v.ctx(), d.by, d.edition); err != nil || b.Source.ID == "" {
		return b, err
	}
	b.Copy, err = s.Archive.Draft(v.ctx(), d.by, d.edition)
	if errors.Is(err, sala.ErrNotFound) {
		b.Copy, err = archive.WorkingCopy{After: b.Text.Number, Text: archive.Text{
			Title: b.Text.Title, Summary: b.Text.Summary, Body: b.Text.Body, SourceRev: b.Edition.SourceRev,
		}}, nil
	}
	if err != nil {
		return b, err
	}
	was := b.Was
	if n := b.Copy.SourceRev; n != 0 && n != was.Number {
		if was, err = s.Archive.SourceRevision(v.ctx(), d.by, d.edition, n); err != nil {
			return b, err
		}
	}
	b.Body, _ = richtext.Continue(was.Body, b.Now.Body, b.Copy.Body, b.Source.Lang)
	b.Changes = map[string]richtext.Change{}
	for _, c := range richtext.Compare(b.Was.Body, b.Now.Body).Changes {
		switch {
		case c.Op == richtext.Removed && c.Alters():
			b.Removed = append(b.Removed, c)
		case c.Alters():
			b.Changes[c.New.Attrs.ID] = c
		}
	}
	b.Wordings = b.wordings(b.Copy.Title, b.Copy.Summary, b.Body)
	return b, nil
}

// wordings are all segments, the title and the summary first.
func (b *bench) wordings(title, summary string, body richtext.Doc) []richtext.Wording {
	line := func(id, source, target string) richtext.Wording {
		w := richtext.Wording{ID: id, Block: id, Source: []richtext.Fragment{{Text: source}}}
		if target != "" {
			w.Target = []richtext.Fragment{{Text: target}}
		}
		return w
	}
	all := []richtext.Wording{line(titleID, b.Now.Title, title)}
	if b.Now.Summary != "" || summary != "" {
		all = append(all, line(summaryID, b.Now.Summary, summary))
	}
	return append(all, richtext.Wordings(b.Now.Body, body, b.Source.Lang)...)
}

// changed returns what has changed in the source of a segment, word by word.
func (b *bench) changed(w richtext.Wording) ([]richtext.Piece, bool) {
	switch w.ID {
	case titleID:
		return lineChange(b.Was.Title, b.Now.Title)
	case summaryID:
		return lineChange(b.Was.Summary, b.Now.Summary)
	}
	c, ok := b.Changes[w.Block]
	return c.Pieces, ok
}

func lineChange(was, now string) ([]richtext.Piece, bool) {
	if was == now {
		return nil, false
	}
	return richtext.CompareWords(was, now), true
}

// take writes words into a working copy. What cannot be taken comes back.
func (b *bench) take(words map[string][]richtext.Fragment) (archive.Text, []richtext.Flaw) {
	text := b.Copy.Text
	text.SourceRev = b.Now.Number
	var flaws []richtext.Flaw
	words = maps.Clone(words)
	for id, to := range map[string]*string{titleID: &text.Title, summaryID: &text.Summary} {
		w, ok := words[id]
		if !ok {
			continue
		}
		delete(words, id)
		if n := slices.IndexFunc(w, func(f richtext.Fragment) bool { return f.Text == "" }); n >= 0 {
			flaws = append(flaws, richtext.Flaw{Segment: id, Why: "it has a code, which the source has not", Kind: richtext.FlawUnknown, Code: w[n].Open + w[n].Close + w[n].Alone})
			continue
		}
		typed := strings.Join(strings.Fields(richtext.PlainFragments(w)), " ")
		if typed == "" && *to != "" && id == titleID {
			flaws = append(flaws, richtext.Flaw{Segment: id, Why: "it is empty", Kind: richtext.FlawEmpty})
			continue
		}
		*to = typed
	}
	body, more := richtext.Translate(b.Now.Body, b.Body, b.Source.Lang, words)
	text.Body = body
	return text, append(flaws, more...)
}

// translatePage is what translateView shows.
type translatePage struct {
	*page
	Desk       table
	Bench      bench
	Segments   []segment
	Show       string // "", "changed" or "missing"
	Missing    int
	Changed    int
	UpToDate   bool
	Clash      string // who was faster, "" if nobody was
	Others     []archive.WorkingCopy
	Links      []archive.Link
	Link       string // just made
	LinkFor    string
	LinkName   string
	LinkUntil  string
	LinkEmail  string
	LinkWaits  bool      // a letter with the link waits in the outbox
	LinkPosted string    // address that a letter with the link goes to; it is not shown then
	Refused    []refusal // of a file
	Told       string    // of a file
	Out        bool      // it is public: a change needs a note
}

// A segment is one row of the screen.
type segment struct {
	ID      string
	Source  string
	Pieces  []richtext.Piece // the change of the source, nil for none
	Changed bool
	Missing bool
	Kind    string // key of what it is, "" for plain text
	Text    string
	Codes   []code
	Fault   string
	Other   string // what somebody else has there
	Hints   []glossary.Hint
	Finds   []glossary.Finding
	Rows    int
}

// A code is what ⟦n⟧ stands for.
type code struct {
	Mark, What string
	Needed     bool
}

// field is the name of a segment in the form.
func (g segment) field() string { return "t" + g.ID }

// retyped is what a screen shows once more after something was not as it should.
type retyped struct {
	typed map[string]string // by segment
	flaws []richtext.Flaw
	other *archive.Text // what somebody else has
	who   string
	note  string
	ticks bool
	wrong error
	more  func(*translatePage)
}

// translate serves GET /studio/translate/{id}/{lang}, and the files
// made of it: the last part of the address may end in .xlf or .docx.
func (s *Studio) translate(v *visit) (*web.Reply, error) {
	if name := v.PathValue("lang"); strings.Contains(name, ".") {
		lang, kind, _ := strings.Cut(name, ".")
		v.SetPathValue("lang", lang)
		d, err := s.table(v)
		if err != nil {
			return nil, err
		}
		return s.translationFile(v, d, kind)
	}
	d, err := s.table(v)
	if err != nil {
		return nil, err
	}
	return s.showTranslation(v, d, retyped{})
}

func (s *Studio) showTranslation(v *visit, d table, a retyped) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(a.wrong); err != nil {
		return nil, err
	}
	if d.edition == "" {
		return s.showBegin(p, d)
	}
	b, err := s.bench(v, d)
	if err != nil {
		return nil, err
	}
	if b.Source.ID == "" {
		return s.showBegin(p, d)
	}
	p.Title = p.T("studio.tr_title", "title", b.Now.Title)
	t := translatePage{page: p, Desk: d, Bench: b, Show: v.FormValue("show"), Out: b.Edition.Public, LinkUntil: v.now().In(v.set.Location()).AddDate(0, 0, 30).Format(time.DateOnly)}
	if d.guest() {
		t.Said = t.doneBefore()
	}
	if a.other == nil && b.Copy.After != b.Text.Number {
		a.other, a.who = &archive.Text{Title: b.Text.Title, Summary: b.Text.Summary, Body: b.Text.Body}, b.Text.By
	}
	t.Clash = a.who
	if a.note != "" {
		t.Bench.Copy.Note = a.note
	}
	if err := t.fill(s, v, a); err != nil {
		return nil, err
	}
	t.UpToDate = a.ticks || t.Missing == 0 && t.Changed == 0
	if !d.guest() {
		if t.Others, err = s.Archive.Drafts(v.ctx(), d.by, d.edition); err != nil {
			return nil, err
		}
		t.Others = slices.DeleteFunc(t.Others, func(c archive.WorkingCopy) bool { return c.Author == d.by.ID })
		if d.by.May(sala.Publish) {
			if t.Links, err = s.Archive.Links(v.ctx(), d.by, d.edition); err != nil {
				return nil, err
			}
		}
	}
	if a.more != nil {
		a.more(&t)
	}
	reply, err := t.show(translateView(t))
	if err != nil {
		return nil, err
	}
	switch {
	case a.other != nil && a.typed != nil:
		reply.Status = http.StatusConflict
	case len(a.flaws) > 0:
		reply.Status = http.StatusUnprocessableEntity
	}
	return reply, nil
}

// fill makes the rows of the screen.
func (t *translatePage) fill(s *Studio, v *visit, a retyped) error {
	b := &t.Bench
	others := map[string]string{}
	if a.other != nil {
		body, _ := richtext.Continue(b.Was.Body, b.Now.Body, a.other.Body, b.Source.Lang)
		for _, w := range b.wordings(a.other.Title, a.other.Summary, body) {
			others[w.ID] = xliff.Text(w.Target)
		}
	}
	flaws := map[string]richtext.Flaw{}
	for _, f := range a.flaws {
		flaws[f.Segment] = f
	}
	words, err := s.wordHelp(v, b.Source.Lang, t.Desk.lang)
	if err != nil {
		return err
	}
	kinds := map[string]string{}
	b.Now.Body.Walk(func(n *richtext.Node) bool {
		if n.Type == richtext.Heading || n.Type == richtext.Picture || n.Type == richtext.Verse {
			kinds[n.Attrs.ID] = "studio.tr_is_" + string(n.Type)
		}
		return true
	})
	for _, w := range b.Wordings {
		g := segment{ID: w.ID, Source: xliff.Text(w.Source), Text: xliff.Text(w.Target), Missing: w.Target == nil, Kind: kinds[w.ID]}
		g.Pieces, g.Changed = b.changed(w)
		switch {
		case w.ID == titleID, w.ID == summaryID:
			g.Kind = "studio.tr_is_" + strings.TrimPrefix(w.ID, ".")
			g.Missing = g.Missing && g.Source != ""
		case strings.HasSuffix(w.ID, ".alt"):
			g.Kind = "studio.tr_is_alt"
		case strings.Contains(w.ID, ".note"):
			g.Kind = "studio.tr_is_note"
		}
		if g.Missing {
			t.Missing++
		} else if g.Changed {
			t.Changed++
		}
		if f, ok := flaws[w.ID]; ok {
			g.Fault = t.flaw(f, w)
		}
		typed, ok := a.typed[w.ID]
		if ok {
			g.Text = typed
		}
		if o := others[w.ID]; o != "" && o != g.Text {
			g.Other = o
		}
		if t.Show == "changed" && !g.Changed && g.Fault == "" || t.Show == "missing" && !g.Missing && g.Fault == "" {
			continue
		}
		for i, c := range w.Codes {
			n := richtext.Fragment{Open: i + 1}
			if c.Node.Type != "" {
				n = richtext.Fragment{Alone: i + 1}
			}
			g.Codes = append(g.Codes, code{xliff.Text([]richtext.Fragment{n}), t.codeName(c), c.Needed() && i < w.Needed})
		}
		words.help(&g, richtext.PlainFragments(w.Source))
		g.Rows = 2 + max(len([]rune(g.Source)), len([]rune(g.Text)))/60
		t.Segments = append(t.Segments, g)
	}
	return nil
}

// flaw says why a segment is refused.
func (p *page) flaw(f richtext.Flaw, w richtext.Wording) string {
	what := ""
	if f.Code > 0 && f.Code <= len(w.Codes) {
		what = p.codeName(w.Codes[f.Code-1])
	}
	return p.T("studio.tr_flaw_"+string(f.Kind), "n", p.Number(f.Code), "what", what)
}

// codeName says what a code is.
func (p *page) codeName(c richtext.Segcode) string {
	name := p.T("studio.tr_code_" + string(c.Name()))
	if strings.HasPrefix(name, "studio.") {
		name = string(c.Name())
	}
	if c.Mark.Attrs.Href != "" {
		name += " " + c.Mark.Attrs.Href
	}
	return name
}

// wordHelp tells translators of the glossary and of words to avoid.
type wordHelp struct {
	lookup   *glossary.Lookup
	checker  *glossary.Checker
	from, to sala.Lang
}

func (s *Studio) wordHelp(v *visit, from, to sala.Lang) (h wordHelp, err error) {
	if s.Glossary == nil {
		return h, nil
	}
	h.from, h.to = from, to
	if h.lookup, err = s.Glossary.Lookup(v.ctx()); err != nil {
		return h, err
	}
	h.checker, err = s.Glossary.Checker(v.ctx())
	return h, err
}

func (h wordHelp) help(g *segment, source string) {
	if h.lookup == nil {
		return
	}
	g.Hints = h.lookup.Hints(source, h.from, h.to)
	if !g.Missing {
		g.Finds = h.checker.Text(g.Text, h.to)
	}
}

// shown are the ways to narrow the screen.
func (t translatePage) shown() []string { return []string{"", "changed", "missing"} }

func (t translatePage) at(show string) string {
	if show == "" {
		return t.Desk.base
	}
	return t.Desk.base + "?show=" + show
}
