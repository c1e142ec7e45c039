package site

import (
	"strings"

	"sala/internal/web"
)

// bom begins each CSV: without it a spreadsheet takes Thai for Latin.
const bom = "\ufeff"

// A tableColumn is one column of a table as its dictionary describes it. Of
// several values the Type ends in " list" where they are parted by "; ", in
// " list|" where they are by that.
type tableColumn struct{ Name, Type, About string }

// dictionary says what the columns of a CSV hold (W3C "Metadata Vocabulary for
// Tabular Data"). Each row has an id.
func (p *page) dictionary(address, title string, columns []tableColumn) (*web.Reply, error) {
	type column struct {
		Name      string `json:"name"`
		Titles    string `json:"titles"`
		About     string `json:"dc:description"`
		Type      string `json:"datatype"`
		Separator string `json:"separator,omitempty"`
	}
	type schema struct {
		Columns []column `json:"columns"`
		Key     string   `json:"primaryKey"`
	}
	out := struct {
		Context string `json:"@context"`
		URL     string `json:"url"`
		Title   string `json:"dc:title"`
		Licence string `json:"dc:license,omitempty"`
		Note    string `json:"dc:description"`
		Schema  schema `json:"tableSchema"`
	}{
		Context: "http://www.w3.org/ns/csvw", URL: address, Title: title, Licence: p.set.Licence,
		Note:   "A cell that begins with =, +, - or @ has an apostrophe in front, so that no spreadsheet takes it for a formula.",
		Schema: schema{Key: "id"},
	}
	for _, c := range columns {
		one := column{Name: c.Name, Titles: c.Name, About: c.About, Type: c.Type}
		for end, parted := range map[string]string{" list": "; ", " list|": "|"} {
			if kind, ok := strings.CutSuffix(c.Type, end); ok {
				one.Type, one.Separator = kind, parted
			}
		}
		out.Schema.Columns = append(out.Schema.Columns, one)
	}
	return web.JSON(out)
}

// described is the Link of a CSV: where its dictionary is, and its licence.
func (p *page) described(address string) string {
	link := "<" + address + `-metadata.json>; rel="describedby"; type="application/csvm+json"`
	if p.set.Licence != "" {
		link = "<" + p.set.Licence + `>; rel="license", ` + link
	}
	return link
}
