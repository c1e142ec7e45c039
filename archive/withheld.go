package archive

import (
	"context"

	"sala"
	"sala/internal/richtext"
)

// Withheld says which of some files nobody may see because a person in them
// does not agree, or not any more.
type Withheld func(ctx context.Context, files []sala.ID) (map[sala.ID]bool, error)

// Withhold lets w say which pictures are left out of texts when readers read
// them, together with what the text says of them: what stands for a picture
// to those who cannot see it tells who is in it. The revision itself stays as
// it was written. It must be called before use; without it nothing is left
// out.
func (s *Store) Withhold(w Withheld) { s.withheld = w }

// forReaders leaves out of texts what is withheld.
func (s *Store) forReaders(ctx context.Context, texts ...*richtext.Doc) error {
	if s.withheld == nil {
		return nil
	}
	var files []sala.ID
	for _, t := range texts {
		for _, r := range t.Refs() {
			if r.Kind == sala.KindFile {
				files = append(files, r.ID)
			}
		}
	}
	if len(files) == 0 {
		return nil
	}
	hidden, err := s.withheld(ctx, files)
	if err != nil || len(hidden) == 0 {
		return err
	}
	for _, t := range texts {
		*t = t.WithoutFiles(hidden)
	}
	return nil
}
