package site

import (
	"context"
	"errors"

	"sala"
	"sala/directory"
	"sala/search"
)

// profilesByID returns those of what was found that are people or
// organisations, as far as they have a page now.
func (s *Site) profilesByID(ctx context.Context, ids []sala.ID, best map[sala.ID]search.Result) (map[sala.ID]directory.Profile, error) {
	found := map[sala.ID]directory.Profile{}
	for _, id := range ids {
		if kind := best[id].Ref.Kind; kind != sala.KindPerson && kind != sala.KindOrganisation {
			continue
		}
		p, err := s.who.Profile(ctx, id)
		if errors.Is(err, sala.ErrNotFound) { // not to be shown since the index was read
			continue
		}
		if err != nil {
			return nil, err
		}
		found[id] = p
	}
	return found, nil
}

// foundProfile is somebody, or an organisation, that answers a question.
func (s *Site) foundProfile(p *page, marker *search.Marker, one directory.Profile, a search.Result) found {
	f := found{row: row{Kind: "kind." + string(one.Face.What), Place: countryName(p, one.Face.Country), Href: one.Face.Path(p.Want)}, Pieces: marker.Snippet(a.Text), PiecesIn: a.Lang}
	f.Title, f.Lang = one.Face.In(a.Lang, p.Want)
	f.Heading = marker.Title(f.Title)
	return f
}
