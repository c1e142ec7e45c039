package feed

import (
	"encoding/xml"
	"time"

	"sala"
)

// A Location is one address in a site map, with the same thing in other
// languages.
type Location struct {
	Address    string
	Changed    time.Time
	Alternates map[sala.Lang]string // this one's own language included
}

// SitemapMax is how many addresses one site map may hold (sitemaps.org).
const SitemapMax = 50_000

type alternateLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// Sitemap writes a site map.
func Sitemap(locations []Location) ([]byte, error) {
	type url struct {
		Loc  string          `xml:"loc"`
		Mod  string          `xml:"lastmod,omitempty"`
		Alts []alternateLink `xml:"xhtml:link"`
	}
	out := struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		XHTML   string   `xml:"xmlns:xhtml,attr"`
		URLs    []url    `xml:"url"`
	}{XHTML: "http://www.w3.org/1999/xhtml"}
	for _, l := range locations {
		u := url{Loc: l.Address, Mod: stamp(l.Changed)}
		if len(l.Alternates) > 1 {
			for _, lang := range sortedLangs(l.Alternates) {
				u.Alts = append(u.Alts, alternateLink{"alternate", string(lang), l.Alternates[lang]})
			}
		}
		out.URLs = append(out.URLs, u)
	}
	return encode(out)
}

// SitemapIndex writes an index of site maps.
func SitemapIndex(addresses []string) ([]byte, error) {
	type sitemap struct {
		Loc string `xml:"loc"`
	}
	out := struct {
		XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Maps    []sitemap `xml:"sitemap"`
	}{}
	for _, a := range addresses {
		out.Maps = append(out.Maps, sitemap{a})
	}
	return encode(out)
}
