package studio

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
)

// readEvent reads a form over the event as it is stored. What the form has in
// one language is put into what the event says in all.
func (s *Studio) readEvent(v *visit, f *eventForm, had event.Event) (*readForm, error) {
	r := &readForm{event: had, keys: map[string][]string{}}
	e := &r.event
	e.Version = f.Version
	e.Title, e.About = f.with(had.Title, f.One["title"]), f.with(had.About, f.One["about"])
	e.Venue, e.City = f.with(had.Venue, f.One["venue"]), f.with(had.City, f.One["city"])
	e.Type, e.Zone, e.Country, e.Slug = event.Type(f.One["type"]), f.One["zone"], countryTyped(v.lang, f.One["country"]), f.One["slug"]
	e.Held = sala.Span{From: r.day(v.lang, "from", f.One["from"]), To: r.day(v.lang, "to", f.One["to"])}
	e.Start, e.End = r.clock("start", f.One["start"]), r.clock("end", f.One["end"])
	e.Spoken, e.Interpreted, e.Terms, e.Series = langsTyped(v.lang, f.One["spoken"]), langsTyped(v.lang, f.One["interpreted"]), f.Terms, sala.ID(f.One["series"])
	if err := s.readParent(v, f, r); err != nil {
		return r, err
	}
	stored := formOf(had, f.Lang, func(sala.ID) string { return "" })
	keep := func(list string, row eventRow) bool { // not one that was never filled, or was emptied
		if !row.empty(list) {
			return true
		}
		for _, was := range stored.Rows[list] {
			if was.Key == row.Key {
				return was.empty(list) && was.V["ref"] == "" && was.speaksElsewhere(list)
			}
		}
		return false
	}
	for _, list := range eventListOrder {
		f.Rows[list] = slices.DeleteFunc(f.Rows[list], func(row eventRow) bool {
			return !keep(list, row) && !(list == "sessions" && len(f.in(row.Key)) > 0)
		})
		for _, row := range f.Rows[list] {
			r.keys[list] = append(r.keys[list], row.Key)
		}
	}
	r.sessions(v, f, had)
	if err := s.readAppearances(v, f, r, had); err != nil {
		return r, err
	}
	if err := s.readOrganisations(v, f, r, had); err != nil {
		return r, err
	}
	r.counts(f, had)
	r.materials(f, had)
	return r, s.readWorks(v, f, r)
}

// byID finds what a row is of, or makes one of that id.
func byID[T any](list []T, id func(T) sala.ID, key string) T {
	var none T
	for _, x := range list {
		if id(x) == sala.ID(key) {
			return x
		}
	}
	return none
}

func (r *readForm) sessions(v *visit, f *eventForm, had event.Event) {
	r.event.Sessions = nil
	for _, row := range f.Rows["sessions"] {
		x := byID(had.Sessions, func(x event.Session) sala.ID { return x.ID }, row.Key)
		at := "sessions." + row.Key + "."
		x.ID, x.Kind, x.Title = sala.ID(row.Key), event.SessionKind(row.V["kind"]), f.with(x.Title, row.V["title"])
		if x.Kind == "" {
			x.Kind = event.OtherSession
		}
		x.Day, x.Start, x.End = r.day(v.lang, at+"day", row.V["day"]), r.clock(at+"start", row.V["start"]), r.clock(at+"end", row.V["end"])
		r.event.Sessions = append(r.event.Sessions, x)
	}
}

func (s *Studio) readAppearances(v *visit, f *eventForm, r *readForm, had event.Event) error {
	r.event.Appearances = nil
	for i, row := range f.Rows["appearances"] {
		x := byID(had.Appearances, func(x event.Appearance) sala.ID { return x.ID }, row.Key)
		x.ID, x.Session, x.Role = sala.ID(row.Key), sala.ID(row.V["session"]), event.Role(row.V["role"])
		x.Position, x.Affiliation = f.with(x.Position, row.V["position"]), f.with(x.Affiliation, row.V["affiliation"])
		id, words, err := s.who(v, f.Lang, r, "appearances", &f.Rows["appearances"][i], sala.KindPerson)
		if err != nil {
			return err
		}
		x.Person = id
		if id != "" {
			x.Described = nil
		} else {
			x.Described = f.with(x.Described, words)
		}
		if x.Organisation, err = s.affiliated(v, row, x); err != nil {
			return err
		}
		r.event.Appearances = append(r.event.Appearances, x)
	}
	return nil
}

// affiliated is the organisation of the directory that an affiliation names
// exactly; what was found before stays as long as its words do.
func (s *Studio) affiliated(v *visit, row eventRow, x event.Appearance) (sala.ID, error) {
	if row.V["affiliation"] == "" {
		return x.Organisation, nil
	}
	found, err := s.Directory.Alike(v.ctx(), v.By(), sala.KindOrganisation, row.V["affiliation"])
	if err != nil {
		return "", err
	}
	found = slices.DeleteFunc(found, func(d directory.Found) bool { return d.Alike })
	if len(found) != 1 {
		return "", nil
	}
	return found[0].Ref.ID, nil
}

func (s *Studio) readOrganisations(v *visit, f *eventForm, r *readForm, had event.Event) error {
	r.event.Parties, r.event.Present = nil, nil
	for i, row := range f.Rows["parties"] {
		x := byID(had.Parties, func(x event.Party) sala.ID { return x.ID }, row.Key)
		id, words, err := s.who(v, f.Lang, r, "parties", &f.Rows["parties"][i], sala.KindOrganisation)
		if err != nil {
			return err
		}
		x.ID, x.Part, x.Organisation, x.Name = sala.ID(row.Key), event.Part(row.V["part"]), id, f.with(x.Name, words)
		if id != "" {
			x.Name = nil
		}
		r.event.Parties = append(r.event.Parties, x)
	}
	for i := range f.Rows["present"] {
		row := &f.Rows["present"][i]
		x := byID(had.Present, func(x event.Present) sala.ID { return x.ID }, row.Key)
		if row.V["several"] != "" {
			row.V["as"] = "words" // nobody's entry
		}
		id, words, err := s.who(v, f.Lang, r, "present", row, sala.KindOrganisation)
		if err != nil {
			return err
		}
		x.ID, x.Organisation, x.Name = sala.ID(row.Key), id, f.with(x.Name, words)
		x.Several, x.Sector, x.Country = row.V["several"] != "", sala.Sector(row.V["sector"]), countryTyped(v.lang, row.V["country"])
		if id != "" {
			x.Name = nil
			if err := s.sectorOf(v, &x, row); err != nil {
				return err
			}
		}
		r.event.Present = append(r.event.Present, x)
	}
	return nil
}

// sectorOf fills sector and country of an organisation that was just picked
// from the directory: as they are now, to be changed where that day was
// another.
func (s *Studio) sectorOf(v *visit, x *event.Present, row *eventRow) error {
	if x.Sector != "" && x.Country != "" {
		return nil
	}
	faces, err := s.Directory.Faces(v.ctx(), []sala.ID{x.Organisation})
	if err != nil {
		return err
	}
	face := faces[x.Organisation]
	x.Sector, x.Country = cmp.Or(x.Sector, face.Sector), cmp.Or(x.Country, face.Country)
	row.V["sector"], row.V["country"] = string(x.Sector), x.Country
	return nil
}

// who finds out whom a row names: an entry of the directory, or words. A name
// that no entry bears, or several, is a fault of the row, unless the row says
// what to do with it.
func (s *Studio) who(v *visit, lang sala.Lang, r *readForm, list string, row *eventRow, what sala.Kind) (id sala.ID, words string, err error) {
	name, as := row.V["name"], row.V["as"]
	field := list + "." + row.Key + ".name"
	switch picked, isID := strings.CutPrefix(as, "id:"); {
	case row.V["ref"] != "" && name == row.V["was"] && name != "":
		return sala.ID(row.V["ref"]), "", nil
	case name == "" || as == "words":
		return "", name, nil
	case isID:
		row.V["ref"], row.V["was"], row.V["as"] = picked, name, ""
		return sala.ID(picked), "", nil
	case strings.HasPrefix(as, "new:"):
		id, err := s.addWho(v, lang, what, name, strings.TrimPrefix(as, "new:"))
		if bad, ok := err.(sala.Invalid); ok {
			r.bad = append(r.bad, sala.FieldError{Field: field, Key: bad[0].Key, Text: bad[0].Text})
			return "", name, nil
		}
		if err != nil {
			return "", "", err
		}
		row.V["ref"], row.V["was"], row.V["as"] = string(id), name, ""
		return id, "", nil
	}
	found, err := s.Directory.Alike(v.ctx(), v.By(), what, name)
	if err != nil {
		return "", "", err
	}
	exact := slices.DeleteFunc(slices.Clone(found), func(d directory.Found) bool { return d.Alike })
	switch len(exact) {
	case 1:
		row.V["ref"], row.V["was"] = string(exact[0].Ref.ID), name
		return exact[0].Ref.ID, "", nil
	case 0:
		r.fault(field, "who_unknown", "nobody of that name is in the directory: "+name)
	default:
		r.fault(field, "who_several", "several of that name are in the directory: "+name)
	}
	return "", name, nil
}

// addWho makes an entry of the directory on the spot. Of what kind is asked
// for, since the kind decides how somebody is shown.
func (s *Studio) addWho(v *visit, lang sala.Lang, what sala.Kind, name, kind string) (sala.ID, error) {
	if what == sala.KindPerson {
		return s.Directory.AddPerson(v.ctx(), v.By(), directory.Person{Name: sala.Text{lang: withoutTitle(name)}, Kind: directory.PersonKind(kind)})
	}
	return s.Directory.AddOrganisation(v.ctx(), v.By(), directory.Organisation{Name: sala.Text{lang: name}, Kind: directory.OrganisationKind(kind)})
}

// withoutTitle is a name as it is written, without the titles before it that
// the directory knows.
func withoutTitle(name string) string {
	bare := directory.Bare(name)
	for {
		_, rest, ok := strings.Cut(name, " ")
		if rest = strings.TrimSpace(rest); !ok || rest == "" || directory.Bare(rest) != bare {
			return name
		}
		name = rest
	}
}

func (r *readForm) counts(f *eventForm, had event.Event) {
	r.event.Counts = nil
	for _, row := range f.Rows["counts"] {
		x := byID(had.Counts, func(x event.Count) sala.ID { return x.ID }, row.Key)
		at := "counts." + row.Key + "."
		x.ID, x.Qualifier, x.Of, x.Words = sala.ID(row.Key), event.Qualifier(row.V["qualifier"]), event.Counted(row.V["of"]), f.with(x.Words, row.V["words"])
		if row.V["value"] == "" {
			r.fault(at+"value", "value_missing", "it needs a number")
		}
		x.Value, x.High = r.number(at+"value", row.V["value"]), r.number(at+"high", row.V["high"])
		r.event.Counts = append(r.event.Counts, x)
	}
}

func (r *readForm) materials(f *eventForm, had event.Event) {
	r.event.Materials = nil
	for _, row := range f.Rows["materials"] {
		x := byID(had.Materials, func(x event.Material) sala.ID { return x.ID }, row.Key)
		x.ID, x.Kind, x.Title, x.Lang = sala.ID(row.Key), event.MaterialKind(row.V["kind"]), f.with(x.Title, row.V["title"]), sala.Lang(row.V["lang"])
		x.Owner, x.Licence, x.Session = row.V["owner"], row.V["licence"], sala.ID(row.V["session"])
		x.File, x.Address = "", row.V["address"]
		if id, ok := strings.CutPrefix(x.Address, "file:"); ok { // of the library
			x.File, x.Address = sala.ID(id), ""
		}
		r.event.Materials = append(r.event.Materials, x)
	}
}

func (s *Studio) readWorks(v *visit, f *eventForm, r *readForm) error {
	r.event.Works = nil
	for i := range f.Rows["works"] {
		row := &f.Rows["works"][i]
		id, err := s.workNamed(v, *row)
		if err != nil {
			return err
		}
		if id == "" {
			r.fault("works."+row.Key+".name", "work_unknown", "no single text has these words in its title, or this address: "+row.V["name"])
		} else {
			row.V["ref"], row.V["was"] = string(id), row.V["name"]
		}
		r.event.Works = append(r.event.Works, event.Telling{Work: id, Stage: event.Stage(row.V["stage"])})
	}
	return nil
}

// workNamed finds a work by what was picked, by its address, or by words that
// only its title has; "" if there is no single one.
func (s *Studio) workNamed(v *visit, row eventRow) (sala.ID, error) {
	name := row.V["name"]
	if row.V["ref"] != "" && name == row.V["was"] {
		return sala.ID(row.V["ref"]), nil
	}
	if u, err := url.Parse(name); err == nil {
		parts := strings.Split(strings.Trim(u.Path, "/"), "/")
		if n := len(parts); n == 3 {
			if year, err := strconv.Atoi(parts[1]); err == nil {
				if w, _, err := s.Archive.WorkByAddress(v.ctx(), sala.Lang(parts[0]), year, parts[2]); err == nil {
					return w.ID, nil
				}
			}
		}
	}
	list, err := s.Archive.Desk(v.ctx(), v.By(), archive.DeskFilter{Title: name, Limit: 2})
	if err != nil || len(list.Works) != 1 {
		return "", err
	}
	return list.Works[0].ID, nil
}

func (s *Studio) readParent(v *visit, f *eventForm, r *readForm) error {
	name := f.One["parent"]
	switch {
	case name == "":
		r.event.Parent = ""
		return nil
	case f.One["parent_ref"] != "" && name == f.One["parent_was"]:
		r.event.Parent = sala.ID(f.One["parent_ref"])
		return nil
	}
	list, err := s.Events.Desk(v.ctx(), v.By(), event.Filter{Words: name, Limit: 2})
	if err != nil {
		return err
	}
	if len(list.Events) != 1 {
		r.fault("parent", "parent_unknown", "no single event has these words in its title: "+name)
		return nil
	}
	r.event.Parent = list.Events[0].ID
	f.One["parent_ref"], f.One["parent_was"] = string(r.event.Parent), name
	return nil
}
