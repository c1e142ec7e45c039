// Package savedpage reads what is left of sites that are gone: folders of
// saved pages ([ImportPages]), web archives ([ImportWARC]) and the plain text
// of an archive page ([ImportText]).
package savedpage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sala"
	"sala/archive"
	"sala/importer"
	"sala/internal/richtext"
)

// ImportPages reads saved HTML pages: a file, or a folder with all below it,
// as browsers, mirroring programs and web archives save them. A page is known
// by its address, so that copies of it are one work, and pages that name each
// other as translations become editions of one work.
func ImportPages(ctx context.Context, path string, o importer.Options, sink importer.Sink, report *importer.Report) error {
	f, err := openFolder(path)
	if err != nil {
		return err
	}
	if len(f.pages) == 0 {
		return fmt.Errorf("%s: there is no HTML page in this folder", path)
	}
	return run(ctx, f, true, o, sink, report)
}

// ImportWARC reads a web archive, plain or in gzip. The site is the one most
// of its pages are of; pages of other sites are named in the report.
func ImportWARC(ctx context.Context, path string, o importer.Options, sink importer.Sink, report *importer.Report) error {
	return run(ctx, &archiveFile{path: path, progress: o.Progress}, false, o, sink, report)
}

// run reads a source twice: once to learn what it holds, and once to hand it
// over. Between the two only the index is in memory.
func run(ctx context.Context, s source, all bool, o importer.Options, sink importer.Sink, report *importer.Report) (err error) {
	x := newIndex(report)
	if err := x.read(ctx, s, o); err != nil {
		return err
	}
	if len(x.entries) == 0 {
		return x.nothing(s)
	}
	x.settle(all)
	x.redirects()
	im := &pages{x: x, o: o, sink: sink, report: report, wanted: map[string]*importer.File{}, given: map[string]bool{}}
	for _, open := range []struct {
		to   **importer.Media
		open func() (*importer.Media, error)
	}{
		{&im.beside, s.files},
		{&im.media, func() (*importer.Media, error) { return importer.OpenMedia(o.Media) }},
	} {
		m, err := open.open()
		if err != nil {
			return err
		}
		*open.to = m
		defer func() { err = errors.Join(err, m.Close()) }()
	}
	im.site = x.site(o.Lang)
	if err := sink.Site(ctx, im.site); err != nil {
		return err
	}
	if err := im.terms(ctx); err != nil {
		return err
	}
	for _, e := range x.entries {
		for _, src := range e.shows {
			im.want(e, src)
		}
	}
	done := 0
	err = s.each(ctx, visitor{
		page: func(d document) error {
			e := x.chosen[d.n]
			if e == nil {
				return nil
			}
			if done++; o.Progress != nil {
				o.Progress(importer.Status{Doing: "storing " + s.name(), Done: int64(done), Of: int64(len(x.entries)), Unit: "works"})
			}
			return im.work(ctx, d, e)
		},
		moved:  func(_, _ *url.URL, _ importer.Place) {},
		absent: func(_, _ string, _ importer.Place) {},
		file:   func(u *url.URL, read reading, at importer.Place) error { return im.saved(ctx, u, read, at) },
	})
	if err != nil {
		return err
	}
	return sink.Flush(ctx)
}

// nothing says why a source gave no work.
func (x *index) nothing(s source) error {
	named := len(x.report.Named)
	if f, ok := s.(*folder); ok && len(f.pages) == 1 && named > 0 {
		return fmt.Errorf("%s: this is an HTML page, not a WordPress export, and %s", s.name(), x.report.Named[named-1].Why)
	}
	return fmt.Errorf("%s: no work was found in it; the report names what it holds instead", s.name())
}

// pages is the second reading of a source.
type pages struct {
	x      *index
	o      importer.Options
	sink   importer.Sink
	report *importer.Report
	site   importer.Site
	beside *importer.Media           // what lies beside the pages
	media  *importer.Media           // what was given as --media
	wanted map[string]*importer.File // files that works show, by key
	given  map[string]bool           // of those, handed over
}

// terms hands over the categories and tags.
func (im *pages) terms(ctx context.Context) error {
	vocabulary := map[string]string{"category": archive.Category, "post_tag": archive.Theme}
	for _, t := range im.x.order {
		out := importer.Term{Origin: t.origin, Vocabulary: vocabulary[t.origin.Type], Lang: t.lang, Label: t.label, At: t.at}
		if t.url != nil {
			if old := old(t.url); old != "" {
				out.Old = []importer.Old{old}
			}
			if archive.OldKey(t.url.EscapedPath()) != "" {
				out.Slug = path.Base(t.url.Path)
			}
		}
		im.report.Terms[t.origin.Type]++
		if err := im.sink.Term(ctx, out); err != nil {
			return err
		}
	}
	return nil
}

// work hands over one page.
func (im *pages) work(ctx context.Context, d document, e *entry) error {
	p, err := readPage(d.body, savedAs{url: d.url, kind: d.kind, lang: im.o.Lang})
	if err != nil {
		return fmt.Errorf("%s: the page has changed while it was read: %w", d.at, err)
	}
	if p.print() != e.print {
		return fmt.Errorf("%s: the page has changed while it was read: import it again", d.at)
	}
	out := importer.Edition{
		Work: e.work, Origin: e.origin, Lang: e.lang, Title: p.title, Public: true, Stage: archive.Draft,
		Published: p.published.UTC(), PubDay: p.day, Modified: p.modified.UTC(), Bylines: p.bylines, At: d.at, Old: e.old(),
	}
	if p.published.IsZero() {
		out.Published = time.Time{}
	}
	if p.modified.IsZero() {
		out.Modified = time.Time{}
	}
	if e.base != nil && archive.OldKey(e.base.EscapedPath()) != "" {
		if slug := strings.TrimSuffix(path.Base(e.base.Path), path.Ext(e.base.Path)); slug != "index" {
			out.Slug = slug
		}
	}
	if p.picture != "" {
		if f := im.want(e, p.picture); f != nil {
			out.Picture = f.Origin
		}
	}
	var labels []string
	for _, t := range p.terms {
		out.Terms = append(out.Terms, im.x.terms[t.key(e)].origin)
		labels = append(labels, t.label)
	}
	out.Body = im.body(p, e, d)
	out.Comments = im.comments(p, e, d)
	out.Kind = importer.KindOf(p.title, labels, out.Body.Excerpt(300))
	if p.fixed {
		out.Kind = archive.Page
	}
	out.Counted = string(out.Kind)
	for _, doubt := range p.doubts {
		im.report.Doubt(d.at, p.title, "%s", doubt)
	}
	if p.guess {
		im.report.Doubt(d.at, p.title, "no theme is known that it was made with: its text was told from the rest by its look")
	}
	if d.cut != "" {
		im.report.Doubt(d.at, p.title, "it was saved in part: %s", d.cut)
	}
	im.report.Stored[out.Counted]++
	for _, src := range e.shows {
		if err := im.give(ctx, im.want(e, src)); err != nil {
			return err
		}
	}
	return im.sink.Edition(ctx, out)
}

// old returns every address at which a page was.
func (e *entry) old() []importer.Old {
	var all []importer.Old
	for _, u := range e.own {
		if o := old(u); o != "" && !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}

// body converts the text of a page.
func (im *pages) body(p *page, e *entry, d document) richtext.Doc {
	doc, doubts := richtext.FromHTML(inner(p.main), richtext.HTMLOptions{
		Lang: e.lang, Seed: string(e.origin.ID()) + string(e.lang), Base: baseOf(p),
		Link: func(href string) string { return im.link(href, p, e, d) },
		Picture: func(src string) (sala.ID, bool) {
			if f := im.want(e, src); f != nil {
				return f.Origin.ID(), true
			}
			return "", false
		},
	})
	for _, doubt := range doubts {
		im.report.Doubt(d.at, p.title, "%s: %s", doubt.What, doubt.Why)
	}
	return doc
}

func baseOf(p *page) string {
	if p.url == nil {
		return ""
	}
	return p.url.String()
}

func inner(n *html.Node) string {
	var b bytes.Buffer
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := html.Render(&b, c); err != nil { // a plaintext element: what follows it cannot be told apart
			b.WriteString(html.EscapeString(words(c)))
		}
	}
	return b.String()
}

// link returns what an address in a text is now.
func (im *pages) link(href string, p *page, e *entry, d document) string {
	href = strings.TrimSpace(href)
	if href == "" || strings.HasPrefix(href, "#") {
		return href
	}
	if d.name != "" && !strings.Contains(href, ":") { // beside it on the disk
		file, fragment, _ := strings.Cut(href, "#")
		if plain, err := url.PathUnescape(file); err == nil {
			file = plain
		}
		if to := im.x.byFile[path.Join(path.Dir(d.name), file)]; to != nil {
			return importer.LinkTo(sala.KindWork, to.work, fragment)
		}
	}
	u := address(href, p.url)
	if u == nil {
		return href
	}
	if to := im.x.byWhere[key(u)]; to != nil {
		return importer.LinkTo(sala.KindWork, to.work, u.Fragment)
	}
	for _, taxonomy := range []string{"category", "post_tag"} {
		if t := im.x.terms[taxonomy+" "+key(u)]; t != nil {
			return importer.LinkTo(sala.KindTerm, t.origin, "")
		}
	}
	if f := im.want(e, href); f != nil {
		return importer.LinkTo(sala.KindFile, f.Origin, "")
	}
	if p.url != nil && host(u) == host(p.url) && key(u) != host(u) {
		im.report.Doubt(d.at, p.title, "a link into the old site leads to nothing that was saved: %s", u)
	}
	return u.String()
}

// shows returns the addresses of everything a text shows or leads to that may
// be a file.
func (p *page) shows() []string {
	var all []string
	add := func(s string) {
		if s != "" && !strings.HasPrefix(s, "data:") && !slices.Contains(all, s) && len(all) < maxShown {
			all = append(all, s)
		}
	}
	add(p.picture)
	for n := range p.main.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.Img, n.DataAtom == atom.Video, n.DataAtom == atom.Audio, n.DataAtom == atom.Source, n.DataAtom == atom.Embed, n.DataAtom == atom.Iframe:
			add(attribute(n, "src"))
		case n.DataAtom == atom.A && isFile(attribute(n, "href")):
			add(attribute(n, "href"))
		}
	}
	return all
}

// maxShown bounds how many files of one page are looked for.
const maxShown = 2000

// isFile reports whether an address ends as that of a document or picture does.
func isFile(href string) bool {
	href, _, _ = strings.Cut(href, "?")
	href, _, _ = strings.Cut(href, "#")
	switch strings.ToLower(path.Ext(href)) {
	case ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".epub", ".zip", ".csv", ".txt",
		".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".tif", ".tiff", ".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".m4v", ".webm", ".mov":
		return true
	}
	return false
}

// want returns the file that an address on a page names, nil if it was not
// saved. A picture is taken in its full size where that was saved.
func (im *pages) want(e *entry, src string) *importer.File {
	src = strings.TrimSpace(src)
	if src == "" {
		return nil
	}
	for _, s := range []string{sized.ReplaceAllString(src, "$1"), src} {
		if e.name != "" && !strings.Contains(s, "://") {
			file, _, _ := strings.Cut(s, "?")
			if f := im.take(e, path.Join(path.Dir(e.name), strings.TrimPrefix(file, "./")), s, im.beside); f != nil {
				return f
			}
		}
		u := address(s, e.base)
		if u == nil {
			continue
		}
		if f := im.wanted[key(u)]; f != nil {
			return f
		}
		if im.x.saved[key(u)] != "" {
			return im.file(e, key(u), u, nil)
		}
		_, upload, _ := strings.Cut(u.Path, "/wp-content/uploads/")
		for _, in := range []*importer.Media{im.beside, im.media} {
			for _, name := range []string{u.Host + u.Path, upload} {
				if f := im.take(e, name, u.String(), in); f != nil {
					return f
				}
			}
		}
	}
	return nil
}

// take looks a name up in a folder.
func (im *pages) take(e *entry, name, src string, in *importer.Media) *importer.File {
	open := in.Find(name)
	if open == nil || name == "" || !isFile(name) {
		return nil
	}
	found, _ := in.Name(name)
	u := address(src, e.base)
	k := "file " + found
	if u != nil {
		k = key(u)
	}
	if f := im.wanted[k]; f != nil {
		return f
	}
	return im.file(e, k, u, open)
}

func (im *pages) file(e *entry, k string, u *url.URL, open func() (io.ReadCloser, error)) *importer.File {
	name := path.Base(strings.TrimPrefix(k, "file "))
	f := &importer.File{
		Origin: importer.Origin{Site: e.origin.Site, Type: "saved file", Key: k}, Lang: e.lang, Owner: e.work, Public: true, Open: open, At: e.at,
	}
	if u != nil {
		name = path.Base(u.Path)
		f.URL = u.String()
		if old := old(u); old != "" {
			f.Old = []importer.Old{old}
		}
	}
	f.Name, f.Title = name, name
	im.wanted[k] = f
	return f
}

// give hands over a file that lies on the disk.
func (im *pages) give(ctx context.Context, f *importer.File) error {
	if f == nil || f.Open == nil || im.given[f.Origin.Key] {
		return nil
	}
	im.given[f.Origin.Key] = true
	return im.sink.File(ctx, *f)
}

// saved hands over a file of a web archive, if a work shows it.
func (im *pages) saved(ctx context.Context, u *url.URL, read reading, at importer.Place) error {
	f := im.wanted[key(u)]
	if f == nil || im.given[f.Origin.Key] {
		return nil
	}
	body, cut, err := read(maxFile)
	if err != nil {
		im.report.Name(at, u.String(), "%s", err)
		return ctx.Err()
	}
	if cut != "" {
		im.report.Doubt(at, f.Name, "it was saved in part: %s", cut)
	}
	im.given[f.Origin.Key] = true
	out := *f
	out.At = at
	out.Open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	return im.sink.File(ctx, out)
}

// maxFile bounds one file of a web archive, in bytes: it is held in memory.
const maxFile = 64 << 20
