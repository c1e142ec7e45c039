package studio

import (
	"errors"
	"fmt"
	"strings"

	"sala"
	"sala/directory"
)

// A picked is one thing that a form offers: an entry of the directory, a work,
// an event.
type picked struct {
	ID    sala.ID `json:"id"`
	Name  string  `json:"name"`
	About string  `json:"about"` // what tells it from another of that name
	Alike bool    `json:"alike"` // it only sounds like what was typed
}

// pickRows is how many are offered at a time: what is further down is found by
// typing more.
const pickRows = 12

// findEntry serves GET /studio/directory/find?what=person|organisation&q=.
func (s *Studio) findEntry(v *visit) (any, error) {
	q := v.URL.Query()
	found, err := s.Directory.Find(v.ctx(), v.By(), kindNamed(q.Get("what")), q.Get("q"), pickRows)
	if err != nil {
		return nil, err
	}
	p := &page{visit: v}
	list := make([]picked, len(found))
	for i, f := range found {
		list[i] = p.picked(f)
	}
	return list, nil
}

func kindNamed(what string) sala.Kind {
	if what == "organisation" {
		return sala.KindOrganisation
	}
	return sala.KindPerson
}

// addEntry serves POST /studio/directory/find: a new entry of which only the
// name and the kind are known. What is missing can wait.
func (s *Studio) addEntry(v *visit) (any, error) {
	name, kind := sala.Text{v.lang: v.PostFormValue("name")}, v.PostFormValue("kind")
	var id sala.ID
	var err error
	if kindNamed(v.PostFormValue("what")) == sala.KindOrganisation {
		id, err = s.Directory.AddOrganisation(v.ctx(), v.By(), directory.Organisation{Name: name, Kind: directory.OrganisationKind(kind)})
	} else {
		id, err = s.Directory.AddPerson(v.ctx(), v.By(), directory.Person{Name: name, Kind: directory.PersonKind(kind)})
	}
	if err != nil {
		return nil, err
	}
	return picked{ID: id, Name: strings.TrimSpace(v.PostFormValue("name"))}, nil
}

func (p *page) picked(f directory.Found) picked {
	name, _ := p.text(f.Name)
	return picked{ID: f.Ref.ID, Name: name, About: p.kindOf(f), Alike: f.Alike}
}

// kindOf tells an entry from another of its name.
func (p *page) kindOf(f directory.Found) string {
	key := "directory.kind."
	if f.Ref.Kind == sala.KindOrganisation {
		key = "directory.sort."
	}
	about := p.T(key + f.Kind)
	if f.Country != "" {
		about += ", " + p.Country(f.Country)
	}
	return about
}

// named finds the one entry that somebody means by its name, its short form,
// its id or its address in the studio; a form does without script. Nobody and
// more than one are faults of the field.
func (s *Studio) named(v *visit, what sala.Kind, field, typed string) (sala.ID, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	if id := anID.FindString(strings.ToLower(typed)); id != "" {
		return sala.ID(id), nil
	}
	found, err := s.Directory.Alike(v.ctx(), v.By(), what, typed)
	if err != nil {
		return "", err
	}
	var same []directory.Found
	for _, f := range found {
		if !f.Alike {
			same = append(same, f)
		}
	}
	switch len(same) {
	case 1:
		return same[0].Ref.ID, nil
	case 0:
		return "", sala.Invalid{{Field: field, Key: "studio.directory.nobody", Text: fmt.Sprintf("nobody is called %q", typed)}}
	}
	return "", sala.Invalid{{Field: field, Key: "studio.directory.several", Text: fmt.Sprintf("more than one is called %q", typed)}}
}

// collected gathers the faults of several fields into one.
func collected(bad *sala.Invalid, err error) error {
	if more, ok := errors.AsType[sala.Invalid](err); ok {
		*bad = append(*bad, more...)
		return nil
	}
	return err
}
