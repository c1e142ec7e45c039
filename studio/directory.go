package studio

import (
	"net/url"
	"strings"

	"sala"
	"sala/directory"
	"sala/internal/i18n"
	"sala/internal/web"
)

// whatOf reads which half of the directory an address is of.
func whatOf(v *visit) (sala.Kind, error) {
	switch v.PathValue("what") {
	case "people":
		return sala.KindPerson, nil
	case "organisations":
		return sala.KindOrganisation, nil
	}
	return "", sala.ErrNotFound
}

// halfPath is the list of one half of the directory.
func halfPath(what sala.Kind) string {
	if what == sala.KindPerson {
		return "/studio/directory/people"
	}
	return "/studio/directory/organisations"
}

func entryPath(ref sala.Ref) string { return halfPath(ref.Kind) + "/" + string(ref.ID) }

// directoryPage is what directoryView shows.
type directoryPage struct {
	*page
	What    sala.Kind
	Rows    []directoryRow
	Doubles [][]directory.Found // that may be one
	Query   url.Values
	Next    sala.ID
}

// A directoryRow is one line of the list.
type directoryRow struct {
	Href    string
	Name    sala.Text
	Short   sala.Text
	Kind    string // key of its name
	Country string
	Showing directory.Showing // of a person
	Own     bool              // an editor chose that
	Hidden  bool              // of an organisation: in no list
	Ties    []directory.Tie
}

// directoryRows is how many lines a page of the directory shows, and
// directoryDoubles how many groups of likely doubles it proposes at a time.
const (
	directoryRows    = 50
	directoryDoubles = 5
)

// directory serves GET /studio/directory/{what}.
func (s *Studio) directory(v *visit) (*web.Reply, error) {
	what, err := whatOf(v)
	if err != nil {
		return nil, err
	}
	q := v.URL.Query()
	f := directory.Filter{
		Words: q.Get("q"), Kind: q.Get("kind"), Showing: directory.Showing(q.Get("showing")), Country: strings.ToLower(q.Get("country")), After: sala.ID(q.Get("after")),
		Limit: directoryRows + 1,
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	dp := directoryPage{page: p, What: what, Query: q}
	if what == sala.KindPerson {
		p.Title = p.T("studio.directory.people")
		people, err := s.Directory.People(v.ctx(), v.By(), f)
		if err != nil {
			return nil, err
		}
		if len(people) > directoryRows {
			people = people[:directoryRows]
			dp.Next = people[directoryRows-1].ID
		}
		for _, one := range people {
			dp.Rows = append(dp.Rows, directoryRow{
				Href: entryPath(sala.Ref{Kind: what, ID: one.ID}), Name: one.Name, Kind: "directory.kind." + string(one.Kind), Country: one.Country, Showing: one.Shown(),
				Own: one.Showing != directory.ByKind, Ties: one.Ties,
			})
		}
	} else {
		p.Title = p.T("studio.directory.organisations")
		f.Showing = directory.ByKind
		organisations, err := s.Directory.Organisations(v.ctx(), v.By(), f)
		if err != nil {
			return nil, err
		}
		if len(organisations) > directoryRows {
			organisations = organisations[:directoryRows]
			dp.Next = organisations[directoryRows-1].ID
		}
		for _, one := range organisations {
			dp.Rows = append(dp.Rows, directoryRow{
				Href: entryPath(sala.Ref{Kind: what, ID: one.ID}), Name: one.Name, Short: one.Short, Kind: "directory.sort." + string(one.Kind), Country: one.Country,
				Hidden: one.Unlisted, Ties: one.Ties,
			})
		}
	}
	if f.After == "" && f.Words == "" {
		if dp.Doubles, err = s.Directory.Doubles(v.ctx(), v.By(), what, directoryDoubles); err != nil {
			return nil, err
		}
	}
	return p.show(directoryView(dp))
}

// Kinds are the keys of the kinds of this half, by what stands in a form.
func (p directoryPage) Kinds() [][2]string { return kindsOf(p.What) }

func kindsOf(what sala.Kind) [][2]string {
	var all [][2]string
	if what == sala.KindPerson {
		for _, k := range directory.PersonKinds {
			all = append(all, [2]string{string(k), "directory.kind." + string(k)})
		}
		return all
	}
	for _, k := range directory.OrganisationKinds {
		all = append(all, [2]string{string(k), "directory.sort." + string(k)})
	}
	return all
}

// Asked is what the address says of a filter.
func (p directoryPage) Asked(name string) string { return p.Query.Get(name) }

// Older is the address of the next stretch.
func (p directoryPage) Older() string {
	q := url.Values{}
	for k, v := range p.Query {
		q[k] = v
	}
	q.Set("after", string(p.Next))
	return halfPath(p.What) + "?" + q.Encode()
}

// Adding is the address of the form for a new entry, with what was looked for
// as its name.
func (p directoryPage) Adding() string {
	address := halfPath(p.What) + "/new"
	if words := p.Asked("q"); words != "" {
		address += "?" + url.Values{"name": {words}}.Encode()
	}
	return address
}

// Country is what a country is called.
func (p *page) Country(code string) string {
	if code == "" {
		return ""
	}
	return i18n.Country(p.lang, code)
}

// text is a short text in the visitor's language or the best other.
func (p *page) text(t sala.Text) (string, sala.Lang) { return t.In(p.lang, p.set.Default) }
