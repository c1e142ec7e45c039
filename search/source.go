package search

import (
	"context"
	"iter"
	"slices"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/media"
)

// Works is the source of the works of an archive.
type Works struct{ Archive *archive.Store }

// Documents walks every public text.
func (w Works) Documents(ctx context.Context) iter.Seq2[sala.Document, error] {
	return w.Archive.Documents(ctx)
}

// Touched returns the works whose texts change because of something else: those
// that show a picture, with what becomes of the people in it.
func (w Works) Touched(ctx context.Context, c db.Change) ([]sala.Ref, error) {
	if c.Kind != sala.KindFile || !slices.Contains(media.PeopleChanges, c.What) {
		return nil, nil
	}
	uses, err := w.Archive.Using(ctx, sala.Machine("search"), c.ID)
	refs := make([]sala.Ref, 0, len(uses))
	for _, u := range uses {
		refs = append(refs, sala.Ref{Kind: sala.KindWork, ID: u.Work})
	}
	return refs, err
}

// Of returns the public texts of one work.
func (w Works) Of(ctx context.Context, ref sala.Ref) ([]sala.Document, error) {
	if ref.Kind != sala.KindWork {
		return nil, nil
	}
	return w.Archive.WorkDocuments(ctx, ref.ID)
}
