package directory

import (
	"context"
	"fmt"
	"maps"
	"net/url"

	"sala"
	"sala/internal/db"
)

// A Face is what anybody may be told of a person or an organisation. It holds
// nothing that may not be shown, so a door cannot tell too much.
type Face struct {
	What    sala.Kind   // person or organisation
	Kind    string      // a [PersonKind] or an [OrganisationKind]
	Text    sala.Text   // a name, a given name, or what they are
	Short   sala.Text   // of an organisation
	Named   bool        // Text is a name
	Country string      // "" of a person who is not shown in full
	Sector  sala.Sector // of an organisation
	Slug    string      // of the page about them, "" if there is none
}

// In is what may be said, in a language or the best other one, and which.
func (f Face) In(lang sala.Lang, also ...sala.Lang) (string, sala.Lang) {
	return f.Text.In(lang, also...)
}

// Path is the address of the page in a language, "" if there is none.
func (f Face) Path(lang sala.Lang) string {
	if f.Slug == "" {
		return ""
	}
	return PathOf(f.What, lang, f.Slug)
}

// Faces returns what anybody may be told of some people and organisations, by
// the ids that were asked for. Of merged ones it tells what they are now.
// Somebody who is hidden is not there, nor is an id that nobody has.
func (s *Store) Faces(ctx context.Context, ids []sala.ID) (map[sala.ID]Face, error) {
	faces := map[sala.ID]Face{}
	if len(ids) == 0 {
		return faces, nil
	}
	now, err := s.survivors(ctx, s.db, ids)
	if err != nil {
		return nil, err
	}
	var ask []sala.ID
	for _, at := range now {
		ask = append(ask, at)
	}
	if len(ask) == 0 {
		return faces, nil
	}
	rows, err := db.All[row](ctx, s.db, `SELECT `+rowColumns+` FROM directory_entry WHERE id IN (?)`, db.In(ask))
	if err != nil {
		return nil, fmt.Errorf("faces: %w", err)
	}
	byID := map[sala.ID]Face{}
	for _, r := range rows {
		f, shown, err := s.face(r)
		if err != nil {
			return nil, err
		}
		if shown {
			byID[r.ID] = f
		}
	}
	for id, at := range now {
		if f, ok := byID[at]; ok {
			faces[id] = f
		}
	}
	return faces, nil
}

// face is what may be told of an entry; false if nothing.
func (s *Store) face(r row) (Face, bool, error) {
	if r.What == sala.KindOrganisation {
		o, err := r.organisation()
		f := Face{What: r.What, Kind: r.Kind, Text: o.Name, Short: o.Short, Named: true, Country: o.Country, Sector: o.InSector()}
		if r.Public {
			f.Slug = r.Slug
		}
		return f, true, err
	}
	p, err := r.person()
	if err != nil {
		return Face{}, false, err
	}
	f := Face{What: r.What, Kind: r.Kind}
	switch p.Shown() {
	case InFull:
		f.Text, f.Named, f.Country, f.Slug = p.Name, true, p.Country, p.Slug
	case FirstName:
		f.Text, f.Named = p.First, true
	case RoleOnly:
		f.Text, err = s.role(p)
	default:
		return Face{}, false, nil
	}
	return f, true, err
}

// role is what is said in place of a name: what was written for this person,
// and in the languages in which nothing was, what is said of their kind.
func (s *Store) role(p Person) (sala.Text, error) {
	words, err := s.catalogue()
	if err != nil {
		return nil, err
	}
	t := said(words, "directory.role."+string(p.Kind))
	maps.Copy(t, p.Role)
	return t, nil
}

// PathOf is the address of the page about somebody or something.
func PathOf(what sala.Kind, lang sala.Lang, slug string) string {
	part := "/people/"
	if what == sala.KindOrganisation {
		part = "/organisations/"
	}
	return "/" + string(lang) + part + url.PathEscape(slug)
}
