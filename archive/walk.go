package archive

import (
	"context"
	"iter"

	"sala"
	"sala/internal/richtext"
)

// A PublicText is the text of one public edition.
type PublicText struct {
	Work    sala.ID
	Edition sala.ID
	Lang    sala.Lang
	Title   string
	Body    richtext.Doc
}

// PublicTexts walks the text of every public edition, those of one work
// together, newest work first.
func (s *Store) PublicTexts(ctx context.Context) iter.Seq2[PublicText, error] {
	return func(yield func(PublicText, error) bool) {
		for w, err := range s.everyWork(ctx) {
			if err != nil {
				yield(PublicText{}, err)
				return
			}
			ids := make([]sala.ID, len(w.Editions))
			for i, e := range w.Editions {
				ids[i] = e.ID
			}
			texts, err := s.Texts(ctx, ids)
			if err != nil {
				yield(PublicText{}, err)
				return
			}
			for _, e := range w.Editions {
				if !yield(PublicText{w.ID, e.ID, e.Lang, e.Title, texts[e.ID]}, nil) {
					return
				}
			}
		}
	}
}
