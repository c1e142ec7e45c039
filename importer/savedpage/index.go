package savedpage

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"sala"
	"sala/archive"
	"sala/importer"
)

// An index is what the first reading of a source leaves: which of its
// documents are works, which are copies of one, and what leads where.
type index struct {
	report  *importer.Report
	entries []*entry
	byKey   map[string]*entry // by address and language: a page is one only if both agree
	byWhere map[string]*entry // by any address of it
	byFile  map[string]*entry // by its name in a folder
	chosen  map[int]*entry    // by the number of the document that holds the copy to store
	saved   map[string]string // files in a web archive: address by key
	terms   map[string]*term  // by taxonomy and address, or label
	order   []*term
	moved   []move
	hosts   map[string]int
	names   map[string]int
	groups  map[string]string // union of addresses that are one work in several languages
}

// An entry is one text in one language.
type entry struct {
	key        string // of its address, or of its file
	host       string
	number     int // of the document chosen
	lang       sala.Lang
	title      string
	print      [32]byte
	long       int // letters of its text
	at         importer.Place
	own        []*url.URL
	alternates []alternate
	shows      []string // addresses of pictures and documents in its text, as they are written
	base       *url.URL
	name       string
	copies     int
	differ     bool
	origin     importer.Origin
	work       importer.Origin
}

// A term is a category or tag that works bear.
type term struct {
	origin importer.Origin
	label  string
	lang   sala.Lang
	url    *url.URL
	at     importer.Place
}

// A move is an address at which another was named.
type move struct {
	from, to *url.URL
	at       importer.Place
}

func newIndex(report *importer.Report) *index {
	return &index{
		report: report, byKey: map[string]*entry{}, byWhere: map[string]*entry{}, byFile: map[string]*entry{}, chosen: map[int]*entry{},
		saved: map[string]string{}, terms: map[string]*term{}, hosts: map[string]int{}, names: map[string]int{}, groups: map[string]string{},
	}
}

// read reads the source for the first time.
func (x *index) read(ctx context.Context, s source, o importer.Options) error {
	return s.each(ctx, visitor{
		page: func(d document) error {
			x.document(d, o)
			return nil
		},
		moved: func(from, to *url.URL, at importer.Place) { x.moved = append(x.moved, move{from, to, at}) },
		absent: func(what, why string, at importer.Place) {
			x.report.Name(at, what, "%s", why)
		},
		file: func(u *url.URL, _ reading, _ importer.Place) error {
			if k := key(u); x.saved[k] == "" {
				x.saved[k] = u.String()
			}
			return nil
		},
	})
}

// document takes one document in.
func (x *index) document(d document, o importer.Options) {
	what := d.name
	if d.url != nil {
		what = d.url.String()
	}
	p, err := readPage(d.body, savedAs{url: d.url, kind: d.kind, lang: o.Lang})
	if err != nil {
		x.report.Name(d.at, what, "%s", err)
		return
	}
	if p.title != "" {
		what = p.title
	}
	if p.not != "" {
		x.report.Name(d.at, what, "%s", p.not)
		return
	}
	e := &entry{
		number: d.n, lang: p.lang, title: p.title, print: p.print(), long: utf8.RuneCountInString(p.text), at: d.at,
		own: p.own, alternates: p.alternates, base: p.url, name: d.name, copies: 1, key: "file " + d.name,
	}
	e.shows = p.shows()
	if p.url != nil {
		e.host, e.key = host(p.url), p.key()
		x.hosts[e.host]++
	}
	if p.site != "" {
		x.names[p.site]++
	}
	e = x.merge(e)
	if e.number == d.n {
		x.takeTerms(p, e)
	}
	for _, u := range p.own {
		if k := key(u); x.byWhere[k] == nil {
			x.byWhere[k] = e
		}
	}
	if d.name != "" {
		x.byFile[d.name] = e
	}
}

// key is the one address by which a page is known: by its number, if it has
// one; as it calls itself; else where it was.
func (p *page) key() string {
	if p.id != "" {
		return host(p.url) + "?p=" + p.id
	}
	for _, n := range p.findAll(canonicalLink) {
		if u := address(attribute(n, "href"), p.url); u != nil && archive.OldKey(u.EscapedPath()) != "" {
			return key(u)
		}
	}
	return key(p.url)
}

// merge adds an entry, or makes it one with the copy there is. Of copies that
// differ the longest is kept: a site that was being lost was cut, not grown.
func (x *index) merge(e *entry) *entry {
	had := x.byKey[e.key+"\x00"+string(e.lang)]
	if had == nil && e.long >= enough {
		had = x.byKey[fmt.Sprintf("%s\x00%x", e.lang, e.print)]
	}
	if had == nil {
		x.entries = append(x.entries, e)
		x.byKey[e.key+"\x00"+string(e.lang)] = e
		x.byKey[fmt.Sprintf("%s\x00%x", e.lang, e.print)] = e
		x.chosen[e.number] = e
		return e
	}
	x.byKey[fmt.Sprintf("%s\x00%x", e.lang, e.print)] = had
	had.copies++
	had.differ = had.differ || had.print != e.print
	had.own = append(had.own, e.own...)
	had.alternates = append(had.alternates, e.alternates...)
	if e.long > had.long {
		delete(x.chosen, had.number)
		had.number, had.long, had.print, had.at, had.title, had.shows, had.base, had.name = e.number, e.long, e.print, e.at, e.title, e.shows, e.base, e.name
		x.chosen[had.number] = had
	}
	return had
}

// enough is how many letters two texts must share to be one page though
// their addresses differ.
const enough = 200

// takeTerms notes the terms that a page bears.
func (x *index) takeTerms(p *page, e *entry) {
	for _, t := range p.terms {
		k := t.key(e)
		if x.terms[k] != nil {
			continue
		}
		x.terms[k] = &term{origin: importer.Origin{Site: e.host, Type: t.taxonomy, Key: k}, label: t.label, lang: e.lang, url: t.url, at: e.at}
		x.order = append(x.order, x.terms[k])
	}
}

func (t pageTerm) key(e *entry) string {
	if t.url != nil {
		return t.taxonomy + " " + key(t.url)
	}
	return t.taxonomy + " " + string(e.lang) + " " + strings.ToLower(t.label)
}

// settle decides, once everything was seen, what each entry is stored as.
func (x *index) settle(all bool) {
	if !all {
		x.oneSite()
	}
	x.group()
	for _, e := range x.entries {
		if e.differ {
			x.report.Doubt(e.at, e.title, "saved %d times with different texts: the longest is kept", e.copies)
		}
	}
}

// oneSite leaves out the pages of other sites, which a crawler took along.
func (x *index) oneSite() {
	home := x.home()
	keep := map[string]bool{home: true}
	for _, e := range x.entries {
		if e.host == home {
			for _, a := range e.alternates {
				keep[host(a.url)] = true
			}
		}
	}
	x.entries = slices.DeleteFunc(x.entries, func(e *entry) bool {
		if keep[e.host] {
			return false
		}
		x.report.Name(e.at, e.title, "a page of another site (%s), taken along by the crawler", e.host)
		delete(x.chosen, e.number)
		for _, u := range e.own {
			delete(x.byWhere, key(u))
		}
		return true
	})
}

// home is the site that most pages are of.
func (x *index) home() string {
	best := ""
	for h, n := range x.hosts {
		if best == "" || n > x.hosts[best] || n == x.hosts[best] && h < best {
			best = h
		}
	}
	return best
}

// root returns what stands for all addresses that are one work: the least of
// them in order, so that it does not depend on which of them were saved.
func (x *index) root(k string) string {
	for {
		up, ok := x.groups[k]
		if !ok || up == k {
			return k
		}
		k = up
	}
}

func (x *index) join(a, b string) {
	a, b = x.root(a), x.root(b)
	if a != b {
		x.groups[max(a, b)] = min(a, b)
	}
}

// group makes editions of one work of the pages that name each other as
// translations.
func (x *index) group() {
	for _, e := range x.entries {
		for _, a := range e.alternates {
			to := key(a.url)
			if other := x.byWhere[to]; other != nil {
				to = other.key
			}
			x.join(e.key, to)
		}
	}
	taken := map[string]*entry{}
	slices.SortStableFunc(x.entries, func(a, b *entry) int { return cmp.Compare(a.number, b.number) })
	for _, e := range x.entries {
		site := e.host
		if site == "" {
			site = "saved pages"
		}
		e.origin = importer.Origin{Site: site, Type: "saved page", Key: e.key}
		e.work = importer.Origin{Site: site, Type: "saved page", Key: x.root(e.key)}
		slot := e.work.Key + "\x00" + string(e.lang)
		if other := taken[slot]; other != nil {
			x.report.Doubt(e.at, e.title, "its work has a text in %s already (%s): stored as a work of its own", e.lang, other.title)
			e.work = e.origin
			continue
		}
		taken[slot] = e
	}
}

// redirects gives entries the addresses from which they could be reached.
func (x *index) redirects() {
	next := map[string]move{}
	for _, m := range x.moved {
		if _, has := next[key(m.from)]; !has {
			next[key(m.from)] = m
		}
	}
	for _, m := range x.moved {
		if e := x.byWhere[key(m.from)]; e != nil { // to itself: under https, or with its language
			e.own = append(e.own, m.from)
			continue
		}
		to := m.to
		for range 10 { // as far as a browser would follow
			if e := x.byWhere[key(to)]; e != nil {
				e.own = append(e.own, m.from)
				x.byWhere[key(m.from)] = e
				break
			}
			onward, ok := next[key(to)]
			if !ok {
				break
			}
			to = onward.to
		}
		if x.byWhere[key(m.from)] == nil {
			x.report.Name(m.at, m.from.String(), "it led to %s, which is not among the works saved", m.to)
		}
	}
}

// site is what the source says of the site.
func (x *index) site(lang sala.Lang) importer.Site {
	s := importer.Site{Host: x.home(), Lang: lang}
	if s.Host != "" {
		s.BaseURL = "http://" + s.Host
	}
	for name, n := range x.names {
		if s.Name == "" || n > x.names[s.Name] || n == x.names[s.Name] && name < s.Name {
			s.Name = name
		}
	}
	counts := map[sala.Lang]int{}
	for _, e := range x.entries {
		if counts[e.lang]++; counts[e.lang] == 1 {
			s.Langs = append(s.Langs, e.lang)
		}
		// The language without a mark of its own in addresses is the site's.
		if s.Lang == "" && e.base != nil && len(e.alternates) > 0 && e.base.Query().Get("lang") == "" && archive.OldKey(e.base.EscapedPath()) == "" {
			s.Lang = e.lang
		}
	}
	for _, l := range s.Langs {
		if s.Lang == "" || lang == "" && counts[l] > counts[s.Lang]+len(x.entries)/2 {
			s.Lang = l
		}
	}
	slices.Sort(s.Langs)
	return s
}
