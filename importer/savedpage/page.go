package savedpage

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/language"

	"sala"
	"sala/importer/extract"
)

// A page is what one saved page says of itself.
type page struct {
	url    *url.URL   // where it was, nil if nothing says
	own    []*url.URL // every address it calls its own
	id     string     // its number in WordPress, "" if none
	fixed  bool       // a page in WordPress's sense: no post
	not    string     // why it is not a work, "" if it is
	guess  bool       // the text was found by its look, not by a rule
	doubts []string   // what is to be said of it when it is stored

	lang       sala.Lang
	alternates []alternate
	site       string
	title      string
	published  time.Time
	day        sala.Day
	modified   time.Time
	bylines    []string
	terms      []pageTerm
	picture    string

	doc   *html.Node
	metas map[string]string // what its meta elements say, filled when first asked
	main  *html.Node        // what its text is in
	text  string            // on one line
}

// An alternate is where a page says it stands in another language.
type alternate struct {
	lang sala.Lang
	url  *url.URL
}

// A pageTerm is a category or tag that a page bears.
type pageTerm struct {
	taxonomy, label string
	url             *url.URL
}

// A savedAs is what is known of a page before it is read.
type savedAs struct {
	url  *url.URL // nil if only the page itself can say
	kind string   // its Content-Type, "" if unknown
	lang sala.Lang
}

// readPage reads a page. It fails where nothing can be read at all; a page
// that is no work says so in its field not.
func readPage(body []byte, as savedAs) (*page, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, errors.New("it is empty")
	}
	r, err := charset.NewReader(bytes.NewReader(body), as.kind)
	if err != nil {
		return nil, fmt.Errorf("its characters cannot be read: %w", err)
	}
	doc, err := html.Parse(r)
	if err != nil {
		return nil, fmt.Errorf("its HTML cannot be read: %w", err)
	}
	p := &page{doc: doc, url: as.url}
	p.addresses()
	p.identity()
	p.site = p.siteName()
	p.role()
	if p.not != "" {
		return p, nil
	}
	p.findTitle()
	p.dates()
	p.byline()
	p.findTerms()
	if n := first(doc, pictureRules); n != nil {
		lazy(n)
		p.picture = attribute(n, "src")
	}
	if err := p.findText(); err != nil {
		return nil, err
	}
	p.language(as.lang)
	return p, nil
}

func (p *page) find(rule cascadia.Selector) *html.Node      { return rule.MatchFirst(p.doc) }
func (p *page) findAll(rule cascadia.Selector) []*html.Node { return rule.MatchAll(p.doc) }
func (p *page) meta(property string) string {
	if p.metas == nil {
		p.metas = map[string]string{}
		for _, n := range metaTags.MatchAll(p.doc) {
			for _, name := range []string{"property", "name", "itemprop"} {
				if name = attribute(n, name); name != "" && p.metas[name] == "" {
					p.metas[name] = strings.Join(strings.Fields(attribute(n, "content")), " ")
				}
			}
		}
	}
	return p.metas[property]
}

var metaTags = selector("meta[content]")

// What every page is asked for.
var (
	ownLinks         = selector(`link[rel~=canonical], link[rel~=shortlink]`)
	translationLinks = selector(`link[rel~=alternate][hreflang]`)
	bodyTag          = selector("body")
	commentedPost    = selector(`input[name=comment_post_ID]`)
	feedLinks        = selector(`link[rel~=alternate][type="application/rss+xml"]`)
	h1Tags           = selector("h1")
	titleTag         = selector("head title")
	htmlTag          = selector("html")
	jsonLD           = selector(`script[type="application/ld+json"]`)
	showing          = selector("img, iframe, video, audio")
	canonicalLink    = selector("link[rel~=canonical]")
)

// savedFrom is what browsers and programs that save pages write into them.
var savedFrom = []*regexp.Regexp{
	regexp.MustCompile(`saved from url=\(\d+\)(\S+)`),                     // browsers
	regexp.MustCompile(`(?m)^\s*url:\s*(\S+)`),                            // SingleFile
	regexp.MustCompile(`Mirrored from (\S+) by HTTrack`),                  // HTTrack
	regexp.MustCompile(`(?s)FILE ARCHIVED ON .*? AND RETRIEVED FROM THE`), // a web archive: its addresses say the rest
}

// addresses collects every address a page calls its own.
func (p *page) addresses() {
	add := func(s string) {
		if u := address(s, p.url); u != nil {
			p.own = append(p.own, u)
		}
	}
	if p.url != nil {
		p.own = append(p.own, p.url)
	}
	for _, n := range p.findAll(ownLinks) {
		add(attribute(n, "href"))
	}
	if s := p.meta("og:url"); s != "" {
		add(s)
	}
	if p.url == nil {
		for n := range p.doc.Descendants() {
			if n.Type != html.CommentNode {
				continue
			}
			for _, rule := range savedFrom {
				m := rule.FindStringSubmatch(n.Data)
				if len(m) < 2 {
					continue
				}
				s := m[1]
				if !strings.Contains(s, "://") {
					s = "http://" + s
				}
				add(s)
			}
		}
	}
	if p.url == nil && len(p.own) > 0 {
		p.url = p.own[0]
	}
	for _, n := range p.findAll(translationLinks) {
		u := address(attribute(n, "href"), p.url)
		l, err := sala.ParseLang(attribute(n, "hreflang"))
		if u != nil && err == nil {
			p.alternates = append(p.alternates, alternate{l, u})
		}
	}
}

var (
	postClass = regexp.MustCompile(`\b(?:postid|page-id)-(\d+)\b`)
	postID    = regexp.MustCompile(`^post-(\d+)$`)
)

// identity reads the number of a page in WordPress.
func (p *page) identity() {
	body := p.find(bodyTag)
	if body != nil {
		if m := postClass.FindStringSubmatch(attribute(body, "class")); m != nil {
			p.id = m[1]
			return
		}
	}
	for _, u := range p.own {
		for _, name := range numbered[:2] {
			if v := u.Query().Get(name); v != "" && strings.Trim(v, "0123456789") == "" {
				p.id = v
				return
			}
		}
	}
	if n := p.find(commentedPost); n != nil {
		p.id = attribute(n, "value")
	}
	if entries := p.entries(); p.id == "" && len(entries) == 1 {
		if m := postID.FindStringSubmatch(attribute(entries[0], "id")); m != nil {
			p.id = m[1]
		}
	}
	if strings.Trim(p.id, "0123456789") != "" {
		p.id = ""
	}
}

// entries returns the posts that a page shows, the outermost elements only.
func (p *page) entries() []*html.Node {
	var found []*html.Node
	for _, rule := range entryRules {
		for _, n := range rule.MatchAll(p.doc) {
			inner := isBeside(n.Parent)
			for up := n.Parent; up != nil && !inner; up = up.Parent {
				inner = slices.Contains(found, up)
			}
			if !inner && !slices.Contains(found, n) {
				found = append(found, n)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// role tells works from the pages a site makes of itself.
func (p *page) role() {
	for _, rule := range passwordRules {
		if rule.MatchFirst(p.doc) != nil {
			p.not = "it asks for a password: its text is not in what was saved"
			return
		}
	}
	body := p.find(bodyTag)
	if body == nil {
		p.not = "it is empty"
		return
	}
	is := func(classes ...string) bool {
		return slices.ContainsFunc(classes, func(c string) bool { return hasClass(body, c) })
	}
	switch {
	case is("error404"):
		p.not = "it says that nothing was found there"
	case is("attachment"):
		p.not = "it shows one file and has no text of its own"
	case is("single", "single-post"):
	case postClass.MatchString(attribute(body, "class")) && !is("blog"):
		p.fixed = true
	case is("home", "blog", "archive", "category", "tag", "search", "date", "author", "paged", "post-type-archive", "search-results"):
		p.not = "it lists works and is none itself"
	default:
		if len(p.entries()) > 1 {
			p.not = "it lists works and is none itself"
		}
	}
}

func (p *page) siteName() string {
	if s := p.meta("og:site_name"); s != "" {
		return s
	}
	for _, rule := range siteRules {
		if n := rule.MatchFirst(p.doc); n != nil && words(n) != "" {
			return words(n)
		}
	}
	for _, n := range p.findAll(feedLinks) { // "Site » Feed"
		if name, _, ok := strings.Cut(attribute(n, "title"), " »"); ok {
			return strings.TrimSpace(name)
		}
	}
	return ""
}

// findTitle reads the title: where the theme puts it, else what the head says
// without the name of the site.
func (p *page) findTitle() {
	if n := first(p.doc, titleRules); n != nil {
		p.title = words(n)
	}
	if p.title == "" {
		if all := p.findAll(h1Tags); len(all) == 1 && words(all[0]) != p.site {
			p.title = words(all[0])
		}
	}
	if p.title == "" {
		p.title = p.bareTitle(p.meta("og:title"))
	}
	if n := p.find(titleTag); p.title == "" && n != nil {
		p.title = p.bareTitle(words(n))
	}
}

// bareTitle takes the name of the site off a title.
func (p *page) bareTitle(s string) string {
	for _, mark := range []string{" – ", " — ", " | ", " - ", " » ", " « ", " · ", " : "} {
		if before, after, ok := cutLast(s, mark); ok && p.site != "" {
			if strings.EqualFold(strings.TrimSpace(after), p.site) {
				return strings.TrimSpace(before)
			}
			if before, after, _ := strings.Cut(s, mark); strings.EqualFold(strings.TrimSpace(before), p.site) {
				return strings.TrimSpace(after)
			}
		}
	}
	return strings.TrimSpace(s)
}

func cutLast(s, mark string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, mark); i >= 0 {
		return s[:i], s[i+len(mark):], true
	}
	return s, "", false
}

var dayInPath = regexp.MustCompile(`/(\d{4})/(\d{2})/(\d{2})/`)

// dates reads when a page was published and last changed.
func (p *page) dates() {
	set := func(s string) bool {
		t, ok := moment(s)
		if ok {
			p.published, p.day = t, sala.DayOf(t)
		}
		return ok
	}
	stated := func(n *html.Node) string {
		for _, name := range []string{"datetime", "content", "title"} {
			if s := attribute(n, name); s != "" {
				return s
			}
		}
		return words(n)
	}
	if n := first(p.doc, dateRules); n == nil || !set(stated(n)) {
		_ = set(p.meta("article:published_time")) || set(p.meta("datePublished")) || set(p.meta("DC.date.issued")) || set(jsonDate(p.doc, "datePublished"))
	}
	if p.day.IsZero() {
		if n := first(p.doc, spokenDateRules); n != nil {
			if found := extract.Dates(words(n)); len(found) > 0 {
				p.day = found[0].Span.From
			}
		}
	}
	if p.day.IsZero() && p.url != nil {
		if m := dayInPath.FindStringSubmatch(p.url.Path); m != nil {
			if d, err := sala.ParseDay(m[1] + "-" + m[2] + "-" + m[3]); err == nil {
				p.day = d
			}
		}
	}
	changed := p.meta("article:modified_time")
	if n := first(p.doc, changedRules); changed == "" && n != nil {
		changed = stated(n)
	}
	if t, ok := moment(changed); ok {
		p.modified = t
	}
}

// moment reads a time as pages state it for machines. Its zone is kept: the
// day a page bears is that of its own country.
func moment(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1990 && t.Year() < 2200 {
			return t, true
		}
	}
	return time.Time{}, false
}

// jsonDate reads one date out of JSON-LD. Its graphs take many shapes, and a
// date in them only one.
func jsonDate(doc *html.Node, name string) string {
	for _, n := range jsonLD.MatchAll(doc) {
		if n.FirstChild == nil {
			continue
		}
		if _, rest, ok := strings.Cut(n.FirstChild.Data, `"`+name+`"`); ok {
			if parts := strings.SplitN(rest, `"`, 3); len(parts) == 3 {
				return parts[1]
			}
		}
	}
	return ""
}

func (p *page) byline() {
	n := first(p.doc, bylineRules)
	name := p.meta("author")
	if n != nil {
		name = words(n)
	}
	if lower := strings.ToLower(name); name != "" && lower != "admin" && lower != "administrator" && len(name) < 200 {
		p.bylines = []string{name}
	}
}

// findTerms reads the categories and tags a page bears.
func (p *page) findTerms() {
	seen := map[string]bool{}
	for _, rule := range termRules {
		for _, n := range rule.MatchAll(p.doc) {
			label, u := words(n), address(attribute(n, "href"), p.url)
			if label == "" || isBeside(n) || seen[label] {
				continue
			}
			taxonomy := "post_tag"
			if strings.Contains(attribute(n, "rel"), "category") || insideClass(n, "taxonomy-category") || u != nil && (u.Query().Get("cat") != "" || strings.Contains(u.Path, "/category/")) {
				taxonomy = "category"
			}
			seen[label] = true
			p.terms = append(p.terms, pageTerm{taxonomy, label, u})
		}
	}
}

func insideClass(n *html.Node, class string) bool {
	for ; n != nil; n = n.Parent {
		if hasClass(n, class) {
			return true
		}
	}
	return false
}

// findText finds the element that holds the text: by the rules of themes,
// else by its look.
func (p *page) findText() error {
	if n := first(p.doc, textRules); n != nil {
		p.main = n
		clean(n)
	} else {
		base := p.url
		if base == nil {
			base = &url.URL{Scheme: "http", Host: "unknown.invalid", Path: "/"}
		}
		article, err := readability.FromDocument(p.doc, base)
		if err != nil && !errors.Is(err, readability.ErrTimestampMissing) {
			return fmt.Errorf("its text cannot be told from the rest: %w", err)
		}
		if article.Node != nil {
			p.main, p.guess = article.Node, true
			clean(article.Node)
		}
		if p.title == "" {
			p.title = p.bareTitle(article.Title())
		}
	}
	if p.main != nil {
		p.text = words(p.main)
	}
	if p.guess && utf8.RuneCountInString(p.text) < enoughToGuess {
		p.not = "no text of a work was found on it"
	}
	if p.text == "" && (p.main == nil || showing.MatchFirst(p.main) == nil) {
		p.not = "no text of a work was found on it"
	}
	return nil
}

// enoughToGuess is how many letters make a text of what no rule names: less
// is a notice or a form.
const enoughToGuess = 140

// language tells the language: what the translations' links call this page,
// what its address or its head says, and whether the letters bear that out.
func (p *page) language(fallback sala.Lang) {
	own := map[string]bool{}
	for _, u := range p.own {
		own[key(u)] = true
	}
	for _, a := range p.alternates {
		if own[key(a.url)] {
			p.lang = a.lang
		}
	}
	if p.lang == "" && p.url != nil {
		if l, err := sala.ParseLang(p.url.Query().Get("lang")); err == nil {
			p.lang = l
		}
	}
	if n := p.find(htmlTag); p.lang == "" && n != nil {
		s := attribute(n, "lang")
		if s == "" {
			s = attribute(n, "xml:lang")
		}
		if l, err := sala.ParseLang(strings.ReplaceAll(s, "_", "-")); err == nil {
			p.lang = l
		}
	}
	if p.lang == "" {
		p.lang = fallback
	}
	written := scriptOf([]paragraph{{text: p.text}})
	switch {
	case p.lang == "":
		p.lang = written
	case len(p.text) > 200 && written != sala.English && script(p.lang) != script(written):
		p.doubts = append(p.doubts, fmt.Sprintf("it calls itself %s and is written in the letters of %s: stored as %s", p.lang, written, written))
		p.lang = written
	}
}

func script(l sala.Lang) string {
	s, _ := language.Make(string(l)).Script()
	switch s.String() {
	case "Jpan", "Hani", "Hans", "Hant", "Kore":
		return "Hani"
	}
	return s.String()
}

// print is what two copies of one page have in common.
func (p *page) print() [32]byte { return sha256.Sum256([]byte(p.title + "\x00" + p.text)) }
