package directory

import (
	"context"
	"maps"
	"net/url"

	"sala"
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
	sh, err := s.sheet(ctx)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if _, there := faces[id]; there {
			continue
		}
		if e, ok := sh.at(id); ok && e.told {
			if faces[id], err = s.told(e); err != nil {
				return nil, err
			}
		}
	}
	return faces, nil
}

// told is what may be told of an entry of which anything may.
func (s *Store) told(e *entry) (Face, error) {
	f := Face{What: e.what, Kind: e.kind, Text: e.text.text(), Named: e.named, Country: e.country, Sector: e.sector, Slug: e.slug}
	if e.what == sala.KindOrganisation {
		f.Short = e.short.text()
	}
	if e.named {
		return f, nil
	}
	role, err := s.role(e.kind)
	if err != nil {
		return f, err
	}
	f.Text = replaced(role, f.Text)
	return f, nil
}

// role is what is said in place of the name of somebody of a kind.
func (s *Store) role(kind string) (sala.Text, error) {
	words, err := s.catalogue()
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.roles[kind]
	if !ok {
		t = said(words, "directory.role."+kind)
		s.roles[kind] = t
	}
	return t, nil
}

// replaced is a text with another in the languages in which that was written.
func replaced(t, by sala.Text) sala.Text {
	t = maps.Clone(t)
	maps.Copy(t, by)
	return t
}

// PathOf is the address of the page about somebody or something.
func PathOf(what sala.Kind, lang sala.Lang, slug string) string {
	part := "/people/"
	if what == sala.KindOrganisation {
		part = "/organisations/"
	}
	return "/" + string(lang) + part + url.PathEscape(slug)
}
