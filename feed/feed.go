// Package feed writes feeds and site maps: Atom (RFC 4287), RSS 2.0, JSON Feed
// 1.1 and sitemaps.org XML with language alternates. It knows only what it is
// given; doors decide what that is.
package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"time"

	"sala"
)

// A Feed is a list of works as a feed shows it. Addresses are absolute.
type Feed struct {
	Title   string
	About   string
	Lang    sala.Lang
	Home    string // the page this is the feed of
	Base    string // "https://example.org/en/feed", to which an ending is added
	Updated time.Time
	Author  string
	Entries []Entry
}

// An Entry is one work.
type Entry struct {
	ID        string // "urn:uuid:…"
	Title     string
	Lang      sala.Lang
	Link      string
	Summary   string
	HTML      string // full text, addresses absolute
	Authors   []string
	Terms     []string
	Published time.Time
	Updated   time.Time
}

type atomText struct {
	Type string `xml:"type,attr,omitempty"`
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
	Lang string `xml:"hreflang,attr,omitempty"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomTerm struct {
	Term string `xml:"term,attr"`
}

type atomEntry struct {
	ID        string       `xml:"id"`
	Title     atomText     `xml:"title"`
	Link      atomLink     `xml:"link"`
	Published string       `xml:"published,omitempty"`
	Updated   string       `xml:"updated"`
	Authors   []atomPerson `xml:"author"`
	Terms     []atomTerm   `xml:"category"`
	Summary   *atomText    `xml:"summary"`
	Content   atomText     `xml:"content"`
}

// Atom writes f as Atom.
func (f Feed) Atom() ([]byte, error) {
	type feed struct {
		XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang     string      `xml:"xml:lang,attr"`
		ID       string      `xml:"id"`
		Title    string      `xml:"title"`
		Subtitle string      `xml:"subtitle,omitempty"`
		Updated  string      `xml:"updated"`
		Author   atomPerson  `xml:"author"`
		Links    []atomLink  `xml:"link"`
		Entries  []atomEntry `xml:"entry"`
	}
	out := feed{
		Lang: string(f.Lang), ID: f.Base + ".atom", Title: f.Title, Subtitle: f.About, Updated: stamp(f.Updated), Author: atomPerson{f.Author},
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: f.Base + ".atom"}, {Rel: "alternate", Type: "text/html", Href: f.Home, Lang: string(f.Lang)}},
	}
	for _, e := range f.Entries {
		entry := atomEntry{
			ID: e.ID, Title: atomText{Lang: string(e.Lang), Text: e.Title}, Link: atomLink{Rel: "alternate", Type: "text/html", Href: e.Link, Lang: string(e.Lang)},
			Published: stamp(e.Published), Updated: stamp(e.Updated), Content: atomText{Type: "html", Lang: string(e.Lang), Text: e.HTML},
		}
		if e.Summary != "" {
			entry.Summary = &atomText{Lang: string(e.Lang), Text: e.Summary}
		}
		for _, a := range e.Authors {
			entry.Authors = append(entry.Authors, atomPerson{a})
		}
		for _, t := range e.Terms {
			entry.Terms = append(entry.Terms, atomTerm{t})
		}
		out.Entries = append(out.Entries, entry)
	}
	return encode(out)
}

// RSS writes f as RSS 2.0.
func (f Feed) RSS() ([]byte, error) {
	type guid struct {
		Permalink bool   `xml:"isPermaLink,attr"`
		ID        string `xml:",chardata"`
	}
	type item struct {
		Title       string   `xml:"title"`
		Link        string   `xml:"link"`
		GUID        guid     `xml:"guid"`
		PubDate     string   `xml:"pubDate,omitempty"`
		Creators    []string `xml:"dc:creator"`
		Categories  []string `xml:"category"`
		Lang        string   `xml:"dc:language"`
		Description string   `xml:"description,omitempty"`
		Content     string   `xml:"content:encoded"`
	}
	type self struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	}
	type channel struct {
		Title       string `xml:"title"`
		Link        string `xml:"link"`
		Self        self   `xml:"atom:link"`
		Description string `xml:"description"`
		Language    string `xml:"language"`
		Build       string `xml:"lastBuildDate"`
		Items       []item `xml:"item"`
	}
	type rss struct {
		XMLName xml.Name `xml:"rss"`
		Version string   `xml:"version,attr"`
		Content string   `xml:"xmlns:content,attr"`
		DC      string   `xml:"xmlns:dc,attr"`
		Atom    string   `xml:"xmlns:atom,attr"`
		Channel channel  `xml:"channel"`
	}
	about := f.About
	if about == "" {
		about = f.Title
	}
	out := rss{
		Version: "2.0", Content: "http://purl.org/rss/1.0/modules/content/", DC: "http://purl.org/dc/elements/1.1/", Atom: "http://www.w3.org/2005/Atom",
		Channel: channel{
			Title: f.Title, Link: f.Home, Self: self{"self", "application/rss+xml", f.Base + ".rss"}, Description: about,
			Language: string(f.Lang), Build: f.Updated.UTC().Format(time.RFC1123Z),
		},
	}
	for _, e := range f.Entries {
		it := item{Title: e.Title, Link: e.Link, GUID: guid{ID: e.ID}, Creators: e.Authors, Categories: e.Terms, Lang: string(e.Lang), Description: e.Summary, Content: e.HTML}
		if !e.Published.IsZero() {
			it.PubDate = e.Published.UTC().Format(time.RFC1123Z)
		}
		out.Channel.Items = append(out.Channel.Items, it)
	}
	return encode(out)
}

// JSON writes f as a JSON Feed.
func (f Feed) JSON() ([]byte, error) {
	type author struct {
		Name string `json:"name"`
	}
	type item struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		HTML      string   `json:"content_html"`
		Summary   string   `json:"summary,omitempty"`
		Published string   `json:"date_published,omitempty"`
		Modified  string   `json:"date_modified"`
		Authors   []author `json:"authors,omitempty"`
		Tags      []string `json:"tags,omitempty"`
		Language  string   `json:"language"`
	}
	out := struct {
		Version     string   `json:"version"`
		Title       string   `json:"title"`
		Home        string   `json:"home_page_url"`
		Feed        string   `json:"feed_url"`
		Description string   `json:"description,omitempty"`
		Language    string   `json:"language"`
		Authors     []author `json:"authors"`
		Items       []item   `json:"items"`
	}{"https://jsonfeed.org/version/1.1", f.Title, f.Home, f.Base + ".json", f.About, string(f.Lang), []author{{f.Author}}, []item{}}
	for _, e := range f.Entries {
		it := item{ID: e.ID, URL: e.Link, Title: e.Title, HTML: e.HTML, Summary: e.Summary, Published: stamp(e.Published), Modified: stamp(e.Updated), Tags: e.Terms, Language: string(e.Lang)}
		for _, a := range e.Authors {
			it.Authors = append(it.Authors, author{a})
		}
		out.Items = append(out.Items, it)
	}
	b, err := json.MarshalIndent(out, "", "  ")
	return append(b, '\n'), err
}

// stamp writes a moment as feeds want it, "" if it is unknown.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", "  ")
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode feed: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}
