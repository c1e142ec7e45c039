package site

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/directory"
	"sala/internal/i18n"
	"sala/internal/web"
)

// directoryPage is what directoryView shows: everybody of one half of the
// directory who has a page.
type directoryPage struct {
	*page
	Lead   string
	Count  string
	Rows   []profileRow
	Chosen []item
	Clear  string
	Groups []group
	Table  string // the address of the same as a table

	First   string // stretch of the list, "" on it
	Further string
}

// A profileRow is one line of the list.
type profileRow struct {
	Name     item
	Short    item
	Kind     string
	Country  string
	Posts    []item // of a person
	Tie      string // to the network, now
	Langs    string // of service, in a sentence
	Services []string
}

// directory serves what stands under /{lang}/people and /{lang}/organisations.
func (s *Site) directory(r *http.Request, lang sala.Lang, half string, rest []string) (*web.Reply, error) {
	if len(rest) > 1 {
		return nil, sala.ErrNotFound
	}
	what := sala.KindPerson
	if half == "organisations" {
		what = sala.KindOrganisation
	}
	switch last := rest[0]; {
	case last == "":
		return s.profiles(r, lang, what)
	case strings.HasSuffix(last, ".csv"):
		return s.profileTable(r, lang, what, strings.TrimSuffix(last, ".csv"))
	default:
		return s.profile(r, lang, what, last)
	}
}

// halfKey is the key of what one half of the directory is called.
func halfKey(what sala.Kind) string {
	if what == sala.KindOrganisation {
		return "directory.organisations"
	}
	return "directory.people"
}

func halfPath(lang sala.Lang, what sala.Kind) string {
	return directory.PathOf(what, lang, "")
}

// sieves are how a list is narrowed by each trait: the key of what that is
// called, and what a value is called.
var sieves = map[directory.Trait]struct {
	key   string
	label func(p *page, what sala.Kind, value string) string
}{
	directory.TraitCountry: {"directory.by_country", func(p *page, _ sala.Kind, v string) string { return i18n.Country(p.Lang, v) }},
	directory.TraitKind: {"directory.by_kind", func(p *page, what sala.Kind, v string) string {
		return p.T(kindKey(directory.Face{What: what, Kind: v}))
	}},
	directory.TraitTie:      {"directory.by_tie", func(p *page, _ sala.Kind, v string) string { return p.T("directory.tie." + v) }},
	directory.TraitLanguage: {"directory.by_language", func(p *page, _ sala.Kind, v string) string { return p.Named(sala.Lang(v)) }},
	directory.TraitService:  {"directory.by_service", func(p *page, _ sala.Kind, v string) string { return p.T("directory.service." + v) }},
	directory.TraitSector:   {"directory.by_sector", func(p *page, _ sala.Kind, v string) string { return p.T("directory.sector." + v) }},
}

// chosenTraits are the choices that an address makes.
func chosenTraits(r *http.Request, what sala.Kind) (chosen map[directory.Trait]string, query url.Values) {
	chosen, query = map[directory.Trait]string{}, url.Values{}
	for _, of := range directory.Traits(what) {
		if v := r.URL.Query().Get(string(of)); v != "" && len(v) < 40 {
			chosen[of] = v
			query.Set(string(of), v)
		}
	}
	return chosen, query
}

// byName is the order of names for the reader of a page.
func (p *page) byName() directory.Order {
	return directory.Order{Lang: p.Want, Else: p.set.Default, Dictionary: p.Lang}
}

// profiles serves GET /{lang}/people/ and GET /{lang}/organisations/.
func (s *Site) profiles(r *http.Request, lang sala.Lang, what sala.Kind) (*web.Reply, error) {
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	chosen, query := chosenTraits(r, what)
	q := directory.Question{What: what, Order: p.byName(), Chosen: chosen, Limit: listedProfiles}
	if after := r.URL.Query().Get("after"); after != "" {
		if q.After, err = sala.ParseID(after); err != nil {
			return nil, err
		}
	}
	list, err := s.who.List(r.Context(), q)
	if err != nil {
		return nil, err
	}
	word, count, lead := "people", "directory.count_people", "directory.people_lead"
	if what == sala.KindOrganisation {
		word, count, lead = "organisations", "directory.count_organisations", "directory.organisations_lead"
	}
	p.Title, p.Heading, p.About, p.Section = p.T(halfKey(what)), p.Lang, p.T(lead), word
	p.everyLang("/" + word + "/")
	v := directoryPage{page: p, Lead: p.About, Count: p.T(count, "n", list.Total)}
	base := halfPath(p.Want, what)
	v.Table = strings.TrimSuffix(base, "/") + ".csv"
	if len(query) > 0 {
		v.Table += "?" + query.Encode()
		p.Path, p.Alternates = "", nil // one list has one address for search engines
		p.keep(query)
	}
	for _, of := range directory.Traits(what) {
		with := func(value string) string {
			q := maps.Clone(query)
			if q.Set(string(of), value); value == "" {
				q.Del(string(of))
			}
			return withQuery(base, q)
		}
		g := group{Name: p.T(sieves[of].key), Lang: p.Lang}
		for value, n := range list.Counts[of] {
			g.Items = append(g.Items, item{Href: with(value), Label: sieves[of].label(p, what, value), Lang: p.Lang, Count: n, Here: chosen[of] == value})
		}
		slices.SortFunc(g.Items, func(a, b item) int {
			if a.Count != b.Count {
				return b.Count - a.Count
			}
			return i18n.Compare(p.Lang, a.Label, b.Label)
		})
		if len(g.Items) > 1 || len(g.Items) == 1 && g.Items[0].Here {
			v.Groups = append(v.Groups, g)
		}
		if value := chosen[of]; value != "" {
			v.Chosen = append(v.Chosen, item{Href: with(""), Label: sieves[of].label(p, what, value), Lang: p.Lang})
		}
	}
	if len(v.Chosen) > 1 {
		v.Clear = base
	}
	if q.After != "" {
		v.First, v.Path, v.Alternates = withQuery(base, query), "", nil
	}
	if list.More {
		on := maps.Clone(query)
		on.Set("after", string(list.Listed[len(list.Listed)-1].ID))
		v.Further = withQuery(base, on)
	}
	faces, err := s.postFaces(r, list.Listed)
	if err != nil {
		return nil, err
	}
	today := sala.DayOf(s.DB.Now())
	for _, one := range list.Listed {
		v.Rows = append(v.Rows, p.profileRow(one, faces, today))
	}
	return v.show(r.Context(), directoryView(v))
}

// listedProfiles is how many people or organisations one stretch shows.
const listedProfiles = 50

// postFaces are the faces of the organisations in which some people held posts.
func (s *Site) postFaces(r *http.Request, listed []directory.Listed) (map[sala.ID]directory.Face, error) {
	var ids []sala.ID
	for _, one := range listed {
		for _, post := range one.Posts {
			ids = append(ids, post.Organisation)
		}
	}
	return s.who.Faces(r.Context(), ids)
}

func (p *page) profileRow(one directory.Listed, faces map[sala.ID]directory.Face, today sala.Day) profileRow {
	row := profileRow{Name: p.faceItem(one.Face), Country: countryName(p, one.Face.Country), Kind: p.kindName(one.Face)}
	row.Short.Label, row.Short.Lang = one.Face.Short.In(p.Want, p.set.Default)
	if row.Short.Label == row.Name.Label {
		row.Short.Label = ""
	}
	for _, post := range one.Posts {
		if post.On(today) {
			row.Posts = append(row.Posts, p.post(post, faces))
		}
	}
	for _, t := range one.Ties {
		if t.On(today) {
			row.Tie = p.T("directory.tie." + string(t.Relation))
			break
		}
	}
	if len(one.Langs) > 0 {
		names := make([]string, len(one.Langs))
		for i, l := range one.Langs {
			names[i] = p.Named(l)
		}
		row.Langs = p.T("work.speaks", "langs", i18n.List(p.Lang, names))
	}
	for _, x := range one.Services {
		row.Services = append(row.Services, p.T("directory.service."+string(x)))
	}
	return row
}

// kindKey is the key of what sort of somebody, or of something, it is.
func kindKey(f directory.Face) string {
	if f.What == sala.KindOrganisation {
		return "directory.sort." + f.Kind
	}
	return "directory.kind." + f.Kind
}

// kindName says what somebody is, "" where all that is known is that they are
// none of the kinds that have a name.
func (p *page) kindName(f directory.Face) string {
	if f.Kind == string(directory.OtherPerson) || f.Kind == string(directory.OtherOrganisation) {
		return ""
	}
	return p.T(kindKey(f))
}

func countryName(p *page, code string) string {
	if code == "" {
		return ""
	}
	return i18n.Country(p.Lang, code)
}

// faceItem is a link to somebody's page, or what may be said of them.
func (p *page) faceItem(f directory.Face) item {
	name, in := f.In(p.Want, p.set.Default)
	return item{Href: f.Path(p.Want), Label: name, Lang: in}
}

// post says what somebody was where; the link leads to the organisation.
func (p *page) post(post directory.Post, faces map[sala.ID]directory.Face) item {
	it := p.faceItem(faces[post.Organisation])
	if role, in := post.Role.In(p.Want, p.set.Default); role != "" {
		it.Label = p.T("directory.at", "role", role, "organisation", it.Label)
		it.Lang = in
	}
	return it
}

// since says from when until when, as far as it is stated.
func (p *page) since(since, until sala.Day) string {
	switch {
	case since.IsZero() && until.IsZero():
		return ""
	case until.IsZero():
		return p.T("directory.since", "day", p.Date(since))
	case since.IsZero():
		return p.T("directory.until", "day", p.Date(until))
	}
	return p.Span(sala.Span{From: since, To: until})
}

// profileColumns are the columns of the table of one half of the directory.
// Names are those of the file for ever.
var profileColumns = []tableColumn{
	{"id", "string", "The id, which never changes; /id/{id} leads to the page."},
	{"url", "anyURI", "The page, in the language of the file."},
	{"name", "string", "The name in the language of the file, or the best other."},
	{"name_language", "language", "The language of the name."},
	{"short", "string", "The short form of an organisation's name."},
	{"kind", "string", "What somebody is, or what sort of organisation."},
	{"sector", "string", "The sector of an organisation."},
	{"country", "string", "The country, in two letters (ISO 3166-1)."},
	{"works_in", "string list", "The countries an organisation works in."},
	{"relation", "string list", "What it is to the network now."},
	{"languages", "language list", "The languages in which it serves."},
	{"services", "string list", "What it offers."},
	{"website", "anyURI", "Its site, if that may be told."},
}

// directoryTable serves GET /{lang}/people.csv and /{lang}/organisations.csv:
// those of the list with the same choices, and no more of each than its page;
// and .csv-metadata.json, which says what the columns hold.
func (s *Site) directoryTable(r *http.Request, lang sala.Lang, half, end string) (*web.Reply, error) {
	what := sala.KindPerson
	if half == "organisations" {
		what = sala.KindOrganisation
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	address := p.Base + strings.TrimSuffix(halfPath(p.Want, what), "/") + ".csv"
	if end != "csv" {
		return p.dictionary(address, p.T(halfKey(what)), profileColumns)
	}
	chosen, _ := chosenTraits(r, what)
	list, err := s.who.List(r.Context(), directory.Question{What: what, Order: p.byName(), Chosen: chosen})
	if err != nil {
		return nil, err
	}
	profiles, err := s.who.Profiles(r.Context(), what)
	if err != nil {
		return nil, err
	}
	byID := make(map[sala.ID]directory.Profile, len(profiles))
	for _, one := range profiles {
		byID[one.ID] = one
	}
	head := make([]string, len(profileColumns))
	for i, c := range profileColumns {
		head[i] = c.Name
	}
	rows := [][]string{head}
	today := sala.DayOf(s.DB.Now())
	for _, listed := range list.Listed {
		one, ok := byID[listed.ID]
		if !ok { // gone meanwhile
			continue
		}
		name, in := one.Face.In(p.Want, p.set.Default)
		short, _ := one.Face.Short.In(p.Want, p.set.Default)
		var ties, langs, services []string
		for _, t := range one.Ties {
			if t.On(today) {
				ties = append(ties, string(t.Relation))
			}
		}
		for _, l := range one.Langs {
			langs = append(langs, string(l))
		}
		for _, x := range one.Services {
			services = append(services, string(x))
		}
		rows = append(rows, []string{
			string(one.ID), p.Base + one.Face.Path(p.Want), name, string(in), short, one.Face.Kind, string(one.Face.Sector), strings.ToUpper(one.Face.Country),
			strings.ToUpper(strings.Join(one.Countries, "; ")), strings.Join(ties, "; "), strings.Join(langs, "; "), strings.Join(services, "; "), one.Contact.Web,
		})
	}
	reply, err := table(rows)
	if err != nil {
		return nil, err
	}
	reply.Header = http.Header{"Link": {p.described(address)}}
	return reply, nil
}

// table writes rows as CSV that a spreadsheet opens as text.
func table(rows [][]string) (*web.Reply, error) {
	var b bytes.Buffer
	b.WriteString(bom)
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range rows {
		for i, field := range row {
			// What begins like a formula is none.
			if field != "" && strings.ContainsRune("=+-@\t\r", rune(field[0])) {
				row[i] = "'" + field
			}
		}
		if err := w.Write(row); err != nil {
			return nil, fmt.Errorf("write a table: %w", err)
		}
	}
	if w.Flush(); w.Error() != nil {
		return nil, fmt.Errorf("write a table: %w", w.Error())
	}
	return web.Text("text/csv; charset=utf-8", b.Bytes()), nil
}

// directoryLocations lists the addresses of the directory for the site map.
func (s *Site) directoryLocations(r *http.Request, every func(rest string)) error {
	for _, what := range []sala.Kind{sala.KindPerson, sala.KindOrganisation} {
		slugs, err := s.who.Paths(r.Context(), what)
		if err != nil {
			return err
		}
		if len(slugs) > 0 {
			every(directory.PathOf(what, "", "")[1:])
		}
		for _, slug := range slugs {
			every(directory.PathOf(what, "", slug)[1:])
		}
	}
	return nil
}
