package site

import (
	"encoding/xml"
	"net/http"

	"sala"
	"sala/internal/web"
)

// An openSearch is a description of the search for browsers (OpenSearch 1.1).
type openSearch struct {
	XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string   // 16 letters at most
	LongName    string   // 48 at most
	Description string   // 1024 at most
	Language    string
	Encoding    string        `xml:"InputEncoding"`
	URL         openSearchURL `xml:"Url"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

// openSearch serves GET /{lang}/opensearch.xml.
func (s *Site) openSearch(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	name, _ := p.Name()
	b, err := xml.Marshal(openSearch{
		ShortName: letters(name, 16), LongName: letters(name, 48), Description: p.T("search.lead"), Language: string(p.Want), Encoding: "UTF-8",
		URL: openSearchURL{"text/html", p.Base + "/" + string(p.Want) + "/search?q={searchTerms}"},
	})
	if err != nil {
		return nil, err
	}
	return web.Text("application/opensearchdescription+xml; charset=utf-8", append([]byte(xml.Header), b...)), nil
}

// letters returns the first letters of a name.
func letters(s string, n int) string {
	runes := []rune(s)
	return string(runes[:min(n, len(runes))])
}
