package search

import (
	"context"
	"errors"
	"iter"

	"sala"
	"sala/directory"
)

// Entries is the source of people who are shown in full and of organisations
// that are listed: those who have a page.
type Entries struct{ Directory *directory.Store }

// Documents walks every one in each language that they have a name in.
func (s Entries) Documents(ctx context.Context) iter.Seq2[sala.Document, error] {
	return func(yield func(sala.Document, error) bool) {
		for _, what := range []sala.Kind{sala.KindOrganisation, sala.KindPerson} {
			profiles, err := s.Directory.Profiles(ctx, what)
			if err != nil {
				yield(sala.Document{}, err)
				return
			}
			for _, p := range profiles {
				for _, d := range p.Documents() {
					if !yield(d, nil) {
						return
					}
				}
			}
		}
	}
}

// Of returns the texts of one of them, none of who has no page.
func (s Entries) Of(ctx context.Context, ref sala.Ref) ([]sala.Document, error) {
	if ref.Kind != sala.KindPerson && ref.Kind != sala.KindOrganisation {
		return nil, nil
	}
	p, err := s.Directory.Profile(ctx, ref.ID)
	if errors.Is(err, sala.ErrNotFound) || err == nil && p.ID != ref.ID { // merged: found under what it is now
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return p.Documents(), nil
}
