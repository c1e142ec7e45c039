package site

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"sala"
	"sala/internal/i18n"
	"sala/internal/richtext"
	"sala/network"
)

// A page is what every page shows around its own matter.
type page struct {
	site       *Site
	set        network.Settings
	Lang       sala.Lang // of the interface as it is written: English where a language has no catalogue
	Want       sala.Lang // the reader's language
	Base       string    // "https://example.org"
	Title      string
	Window     string    // what the window says after the title
	Heading    sala.Lang // language of the title
	About      string    // description
	Path       string    // canonical, "" if the page must not be indexed
	Alternates []alternate
	Switch     []alternate
	Feed       string      // path before "feed.atom"
	FeedQuery  string      // what narrows the feeds: "?theme=fishing"
	Picture    string      // for previews
	Data       string      // JSON-LD
	Cited      [][2]string // Dublin Core of a work, for reference managers
	Type       string      // OpenGraph: "article" or "website"
	Section    string      // which menu item is here
	trail      []item
	*frame
}

// An alternate is this page in another language.
type alternate struct {
	Lang sala.Lang
	Href string
	Here bool
}

// An item is a link with its words.
type item struct {
	Href    string
	Label   string
	Lang    sala.Lang
	Here    bool
	Count   int
	Outside bool
	Items   []item
}

// page begins a page for a reader of lang. ?hl= asks for another interface
// than the address has, where a text is only there in that language.
func (s *Site) page(r *http.Request, lang sala.Lang, title string) (*page, error) {
	ctx := r.Context()
	set, err := s.Network.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if hl := sala.Lang(r.URL.Query().Get("hl")); slices.Contains(set.Langs, hl) {
		lang = hl
	}
	p := s.blank(set, lang)
	p.Base, p.Title = s.base(r), title
	p.frame, err = s.frame(ctx, lang)
	return p, err
}

// blank is a page in a language with nothing on it.
func (s *Site) blank(set network.Settings, lang sala.Lang) *page {
	p := &page{site: s, set: set, Lang: lang, Want: lang, Heading: lang, Type: "website", Feed: "/" + string(lang) + "/"}
	if !slices.Contains(s.words.Langs(), lang) {
		p.Lang = sala.English
	}
	return p
}

// everyLang makes the language switch of a page that stands in all languages
// under the same rest of its address.
func (p *page) everyLang(rest string) {
	for _, l := range p.set.Langs {
		a := alternate{l, "/" + string(l) + rest, l == p.Want}
		p.Switch = append(p.Switch, a)
		p.Alternates = append(p.Alternates, a)
	}
	p.Path = "/" + string(p.Want) + rest
}

// keep adds what narrows a page to its addresses in the other languages.
func (p *page) keep(query url.Values) {
	if len(query) == 0 {
		return
	}
	for i := range p.Switch {
		p.Switch[i].Href += "?" + query.Encode()
	}
}

// T is what the interface says. What it says in English for want of a
// translation is marked as such; see fallback.
func (p *page) T(key string, args ...any) string {
	text, found := p.site.words.Text(p.Lang, key, args...)
	if found != p.Lang {
		return asEnglish(text)
	}
	return text
}

// In is the same in another language.
func (p *page) In(lang sala.Lang, key string, args ...any) (string, sala.Lang) {
	return p.site.words.Text(lang, key, args...)
}

func (p *page) Date(d sala.Day) string   { return i18n.Date(p.Lang, d) }
func (p *page) Span(s sala.Span) string  { return i18n.Span(p.Lang, s) }
func (p *page) Number(n int) string      { return i18n.Number(p.Lang, n) }
func (p *page) Own(l sala.Lang) string   { return p.site.words.OwnName(l) }
func (p *page) Named(l sala.Lang) string { return i18n.LangName(p.Lang, l) }

// Name is what the network is called.
func (p *page) Name() (string, sala.Lang) {
	name, lang := p.set.Name.In(p.Want, p.set.Default)
	if name == "" {
		return "Sala", sala.English
	}
	return name, lang
}

// NetworkName is the same without its language, where none can be said.
func (p *page) NetworkName() string {
	name, _ := p.Name()
	return name
}

// Tagline says what the network is.
func (p *page) Tagline() (string, sala.Lang) { return p.set.Tagline.In(p.Want, p.set.Default) }

// HeadTitle is the title of the window.
func (p *page) HeadTitle() string {
	name, _ := p.Name()
	if p.Title == "" || p.Title == name {
		return name
	}
	if p.Window != "" {
		return p.Title + " – " + p.Window + " – " + name
	}
	return p.Title + " – " + name
}

// Comma is what stands between the items of a list.
func (p *page) Comma() string { return i18n.Comma(p.Lang) }

// in marks words in another language than the page: an element that holds
// them bears lang, and dir where that language runs the other way.
func (p *page) in(l sala.Lang) templ.Attributes {
	if l == p.Lang || l == "" {
		return nil
	}
	switch {
	case richtext.RightToLeft(l) && !richtext.RightToLeft(p.Lang):
		return templ.Attributes{"lang": string(l), "dir": "rtl"}
	case !richtext.RightToLeft(l) && richtext.RightToLeft(p.Lang):
		return templ.Attributes{"lang": string(l), "dir": "ltr"}
	}
	return templ.Attributes{"lang": string(l)}
}

// direction is that of a page in a language from right to left.
func (p *page) direction() templ.Attributes {
	if richtext.RightToLeft(p.Lang) {
		return templ.Attributes{"dir": "rtl"}
	}
	return nil
}

// data is the structured data of the page, as an element of the head. It is
// no script: nothing runs it.
func (p *page) data() string {
	if p.Data == "" {
		return ""
	}
	return `<script type="application/ld+json">` + p.Data + `</script>`
}
