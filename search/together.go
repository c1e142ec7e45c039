package search

import (
	"context"
	"iter"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/internal/db"
	"sala/tracker"
)

// Together is several sources as one.
type Together []Source

// Record is all that is found of the record.
func Record(works *archive.Store, events *event.Store, asks *tracker.Store, names *directory.Store) Together {
	return Together{Works{works}, Events{events, names}, Recommendations{Tracker: asks, Directory: names}, Entries{Directory: names}}
}

// Documents walks everything public of each source in turn.
func (t Together) Documents(ctx context.Context) iter.Seq2[sala.Document, error] {
	return func(yield func(sala.Document, error) bool) {
		for _, source := range t {
			for d, err := range source.Documents(ctx) {
				if !yield(d, err) || err != nil {
					return
				}
			}
		}
	}
}

// Of returns what is public of one thing, whichever source has it.
func (t Together) Of(ctx context.Context, ref sala.Ref) ([]sala.Document, error) {
	var docs []sala.Document
	for _, source := range t {
		some, err := source.Of(ctx, ref)
		if err != nil {
			return nil, err
		}
		docs = append(docs, some...)
	}
	return docs, nil
}

// Touched returns what must be read anew of each source.
func (t Together) Touched(ctx context.Context, c db.Change) ([]sala.Ref, error) {
	var refs []sala.Ref
	for _, source := range t {
		if touched, ok := source.(Touched); ok {
			some, err := touched.Touched(ctx, c)
			if err != nil {
				return nil, err
			}
			refs = append(refs, some...)
		}
	}
	return refs, nil
}
