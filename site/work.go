package site

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/i18n"
	"sala/internal/richtext"
	"sala/internal/web"
	"sala/media"
	"sala/site/parts"
)

// workPage is what workView shows.
type workPage struct {
	*page
	Work     archive.Work
	Edition  archive.Edition
	Text     string // HTML
	Terms    []group
	Missing  []missing // the notice that this is not the reader's language
	Old      *oldVersion
	From     *translated // nil of an original
	Contacts []contact
	Versions []archive.Version
	Files    []fileLine
	Comments []comment
	Older    *row
	Newer    *row
	Related  []row
	Events   []row // that it tells of
	Below    []item
	Cite     citation
	Bylines  []item
	Asks     []passageAsk // what it asks for, and where
	Figures  []passageFigure
	Signed   *signed // who signed it, nil if nobody did
}

// A missing is one sentence of the notice, in one language.
type missing struct {
	Text string
	Lang sala.Lang
}

// An oldVersion says that a text is not the current one.
type oldVersion struct {
	Number int
	Date   string
	Href   string
}

type contact struct {
	archive.Contact
	Speaks string
	Call   string // tel: address
}

type fileLine struct {
	Href, Title, Kind, Size string
	Lang                    sala.Lang
}

type comment struct {
	Author, Href, Date, ISO, Text string
	Lang, AuthorIn                sala.Lang
}

// work serves GET /{lang}/{year}/{slug} and GET /{lang}/pages/{slug}.
func (s *Site) work(r *http.Request, lang sala.Lang, year int, slug string) (*web.Reply, error) {
	ctx := r.Context()
	cite := ""
	if year > 0 {
		slug, cite = citing(slug)
	}
	w, e, err := s.Archive.WorkByAddress(ctx, lang, year, slug)
	if err != nil {
		return nil, err
	}
	if e.Lang != lang { // it stands in another language only: there, for this reader
		return web.Redirect(http.StatusFound, towards(e, lang)), nil
	}
	p, err := s.page(r, lang, e.Title)
	if err != nil {
		return nil, err
	}
	v := workPage{page: p, Work: w, Edition: e}
	if err := s.version(r, &v); err != nil {
		return nil, err
	}
	if cite != "" {
		return p.citationFile(v.cited(), cite), nil
	}
	v.head()
	if err := s.source(r, &v); err != nil {
		return nil, err
	}
	if err := s.body(r, &v); err != nil {
		return nil, err
	}
	if err := s.around(r, &v); err != nil {
		return nil, err
	}
	if err := s.passages(ctx, &v); err != nil {
		return nil, err
	}
	if err := s.signatures(ctx, &v); err != nil {
		return nil, err
	}
	return v.show(ctx, workView(v))
}

// version replaces the text by the version that ?v= asks for.
func (s *Site) version(r *http.Request, v *workPage) error {
	versions, err := s.Archive.Versions(r.Context(), v.Edition.ID)
	if err != nil {
		return err
	}
	if len(versions) > 1 {
		v.Versions = versions
	}
	asked := r.URL.Query().Get("v")
	if asked == "" {
		return nil
	}
	n, err := strconv.Atoi(asked)
	if err != nil {
		return sala.ErrNotFound
	}
	rev, err := s.Archive.Version(r.Context(), v.Edition.ID, n)
	if err != nil {
		return err
	}
	if n == v.Edition.Version {
		return nil
	}
	v.Edition.Title, v.Edition.Summary, v.Edition.Body = rev.Title, rev.Summary, rev.Body
	v.Old = &oldVersion{n, i18n.Moment(v.Lang, rev.At), workPath(v.Edition)}
	return nil
}

// head fills what the page's head and its languages need.
func (v *workPage) head() {
	p, e, w := v.page, v.Edition, v.Work
	p.Title, p.Heading, p.About, p.Type = e.Title, e.Lang, e.Summary, "article"
	p.Path = workPath(e)
	if v.Old != nil {
		p.Path = ""
	}
	if w.Kind != archive.Page {
		p.Cited = v.dublinCore()
	}
	has := map[sala.Lang]archive.Edition{}
	for _, other := range w.Editions {
		has[other.Lang] = other
		p.Alternates = append(p.Alternates, alternate{other.Lang, workPath(other), other.ID == e.ID})
	}
	for _, l := range p.set.Langs {
		if other, ok := has[l]; ok {
			p.Switch = append(p.Switch, alternate{l, workPath(other), l == p.Want})
			continue
		}
		p.Switch = append(p.Switch, alternate{l, towards(e, l), l == p.Want})
	}
	if e.Lang != p.Want {
		for _, in := range []sala.Lang{p.Want, e.Lang} {
			_, said := p.In(in, "work.missing")
			text, _ := p.In(said, "work.missing", "lang", i18n.LangName(said, p.Want), "found", i18n.LangName(said, e.Lang))
			if n := len(v.Missing); n == 0 || v.Missing[n-1].Text != text {
				v.Missing = append(v.Missing, missing{text, said})
			}
		}
	}
	name, _ := p.Name()
	v.cite()
	kind := map[archive.Kind]string{archive.Report: "Report", archive.News: "NewsArticle", archive.PressRelease: "NewsArticle", archive.Page: "WebPage", archive.Vacancy: "JobPosting"}[w.Kind]
	if kind == "" || kind == "JobPosting" { // a job posting must state more than a record does
		kind = "Article"
	}
	data := map[string]any{
		"@context": "https://schema.org", "@type": kind, "headline": e.Title, "inLanguage": string(e.Lang), "url": p.Base + workPath(e),
		"mainEntityOfPage": p.Base + workPath(e), "publisher": map[string]any{"@type": "Organization", "name": name, "url": p.Base + "/"},
		"dateModified": e.Changed.Format(time.RFC3339),
	}
	if e.Summary != "" {
		data["description"] = e.Summary
	}
	if !e.PubDay.IsZero() {
		data["datePublished"] = e.PubDay.String()
	}
	if len(e.Bylines) > 0 {
		authors := make([]map[string]any, len(e.Bylines))
		for i, b := range e.Bylines {
			authors[i] = map[string]any{"@type": "Person", "name": b}
		}
		data["author"] = authors
	} else {
		data["author"] = data["publisher"]
	}
	if w.Place != "" {
		data["contentLocation"] = map[string]any{"@type": "Place", "name": w.Place}
	}
	p.Data = parts.JSONLD(data)
}

// body renders the text and the comments.
func (s *Site) body(r *http.Request, v *workPage) error {
	ctx := r.Context()
	comments, err := s.Archive.Comments(ctx, v.Edition.ID)
	if err != nil {
		return err
	}
	docs := []richtext.Doc{v.Edition.Body}
	for _, c := range comments {
		docs = append(docs, c.Body)
	}
	res, err := s.resolve(ctx, v.page, docs...)
	if err != nil {
		return err
	}
	if v.From != nil {
		res.marks, res.marked = v.From.marks, v.From.Here
	}
	if v.Text, err = res.html(v.Edition.Body, v.Edition.Lang, true, ""); err != nil {
		return err
	}
	for _, c := range comments {
		in := i18n.Guess(c.Body.Plain(), v.Edition.Lang)
		text, err := res.html(c.Body, in, false, "")
		if err != nil {
			return err
		}
		href := ""
		if strings.HasPrefix(c.URL, "http") {
			href = c.URL
		}
		v.Comments = append(v.Comments, comment{c.Author, href, i18n.Moment(v.Lang, c.At), c.At.Format(time.RFC3339), text, in, i18n.Guess(c.Author, v.Lang)})
	}
	if v.Work.Picture != "" {
		f, err := s.files(ctx, []sala.ID{v.Work.Picture})
		if err != nil {
			return err
		}
		if pic, ok := f[v.Work.Picture]; ok {
			if rend, ok := pic.Rendition(1280); ok {
				v.page.Picture = v.Base + pic.RenditionAddress(rend)
			}
		}
	}
	return nil
}

// around fills the rail: what belongs to the work and what stands beside it.
func (s *Site) around(r *http.Request, v *workPage) error {
	ctx, p, w := r.Context(), v.page, v.Work
	terms, err := s.termItems(ctx, w.Terms, p.Want, p.set)
	if err != nil {
		return err
	}
	vocabularies, err := s.Archive.Vocabularies(ctx)
	if err != nil {
		return err
	}
	for _, voc := range vocabularies {
		items := terms[voc.Slug]
		switch {
		case len(items) == 0:
		case voc.Slug == archive.Author:
			v.Bylines = items
		case voc.Slug == archive.Category:
			v.Terms = append([]group{vocabularyGroup(p, voc, items)}, v.Terms...)
		default:
			v.Terms = append(v.Terms, vocabularyGroup(p, voc, items))
		}
	}
	if len(v.Bylines) == 0 {
		for _, b := range v.Edition.Bylines {
			v.Bylines = append(v.Bylines, item{Label: b, Lang: v.Edition.Lang})
		}
	}
	today := sala.DayOf(s.DB.Now())
	for _, c := range w.Contacts {
		if !c.Until.IsZero() && c.Until.Time().Before(today.Time()) {
			continue
		}
		v.Contacts = append(v.Contacts, newContact(p, c))
	}
	files, err := s.Media.OwnedBy(ctx, sala.Ref{Kind: sala.KindWork, ID: w.ID})
	if err != nil {
		return err
	}
	for _, f := range files {
		v.Files = append(v.Files, newFileLine(p, f))
	}
	if w.Kind == archive.Page {
		return s.pageAround(r, v)
	}
	p.Section = "archive"
	p.trail = []item{{Href: "/" + string(p.Want) + "/archive/", Label: p.T("archive.title"), Lang: p.Lang}}
	if cats := terms[archive.Category]; len(cats) > 0 {
		p.trail = append(p.trail, cats[0])
	}
	events, err := s.Events.OfWork(ctx, w.ID)
	if err != nil {
		return err
	}
	seen, err := s.see(ctx, events...)
	if err != nil {
		return err
	}
	for _, e := range seen.Events {
		v.Events = append(v.Events, s.eventRow(e, p))
	}
	return s.beside(r, v)
}

// pageAround leads up and down the tree of pages.
func (s *Site) pageAround(r *http.Request, v *workPage) error {
	ctx, p := r.Context(), v.page
	children, err := s.Archive.Children(ctx, v.Work.ID)
	if err != nil {
		return err
	}
	for _, c := range children {
		e := best(c, p.Want, p.set)
		v.Below = append(v.Below, item{Href: towards(e, p.Want), Label: e.Title, Lang: e.Lang})
	}
	// Parents are followed only so far: an old site may have made a circle.
	for up, n := v.Work.Parent, 0; up != "" && n < 20; n++ {
		found, err := s.Archive.WorksByID(ctx, []sala.ID{up})
		if err != nil {
			return err
		}
		w, ok := found[up]
		if !ok {
			return nil
		}
		e := best(w, p.Want, p.set)
		p.trail = append([]item{{Href: towards(e, p.Want), Label: e.Title, Lang: e.Lang}}, p.trail...)
		up = w.Parent
	}
	return nil
}

// beside finds the works listed before and after, and the related ones.
func (s *Site) beside(r *http.Request, v *workPage) error {
	ctx := r.Context()
	newer, older, err := s.Archive.Neighbours(ctx, v.Work)
	if err != nil {
		return err
	}
	related, err := s.Archive.Related(ctx, v.Work.ID)
	if err != nil {
		return err
	}
	ids := []sala.ID{newer, older}
	for _, rel := range related {
		ids = append(ids, rel.From, rel.To)
	}
	works, err := s.Archive.WorksByID(ctx, ids)
	if err != nil {
		return err
	}
	if w, ok := works[newer]; ok {
		row := s.row(w, v.page)
		v.Newer = &row
	}
	if w, ok := works[older]; ok {
		row := s.row(w, v.page)
		v.Older = &row
	}
	seen := map[sala.ID]bool{v.Work.ID: true}
	for _, rel := range related {
		for _, id := range []sala.ID{rel.From, rel.To} {
			if w, ok := works[id]; ok && !seen[id] {
				seen[id] = true
				v.Related = append(v.Related, s.row(w, v.page))
			}
		}
	}
	return nil
}

func newContact(p *page, c archive.Contact) contact {
	out := contact{Contact: c}
	if len(c.Langs) > 0 {
		names := make([]string, len(c.Langs))
		for i, l := range c.Langs {
			names[i] = p.Named(l)
		}
		out.Speaks = p.T("work.speaks", "langs", i18n.List(p.Lang, names))
	}
	if c.Phone != "" {
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r == '+' {
				return r
			}
			return -1
		}, c.Phone)
		out.Call = (&url.URL{Scheme: "tel", Opaque: digits}).String()
	}
	return out
}

func newFileLine(p *page, f media.File) fileLine {
	title, in := f.Title.In(p.Want, p.set.Default)
	if title == "" {
		title = f.Name
	}
	l := fileLine{Href: filePath(p.Want, f), Title: title, Lang: in, Kind: fileType(f.Type, f.Name)}
	if f.Hash != "" {
		l.Size = fileSize(p.Lang, f.Size)
	}
	return l
}
