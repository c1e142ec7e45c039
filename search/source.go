package search

import (
	"context"
	"iter"

	"sala"
	"sala/archive"
)

// Works is the source of the works of an archive.
type Works struct{ Archive *archive.Store }

// Documents walks every public text.
func (w Works) Documents(ctx context.Context) iter.Seq2[sala.Document, error] {
	return w.Archive.Documents(ctx)
}

// Of returns the public texts of one work.
func (w Works) Of(ctx context.Context, ref sala.Ref) ([]sala.Document, error) {
	if ref.Kind != sala.KindWork {
		return nil, nil
	}
	return w.Archive.WorkDocuments(ctx, ref.ID)
}
