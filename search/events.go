package search

import (
	"context"
	"errors"
	"iter"

	"sala"
	"sala/directory"
	"sala/event"
	"sala/internal/db"
)

// Events is the source of events. Organisations are in it by the names that
// the directory has; nobody who appeared is.
type Events struct {
	Events    *event.Store
	Directory *directory.Store
}

// Documents walks every public event in each of its languages.
func (v Events) Documents(ctx context.Context) iter.Seq2[sala.Document, error] {
	return func(yield func(sala.Document, error) bool) {
		for e, err := range v.Events.Every(ctx, event.Filter{}) {
			var docs []sala.Document
			if err == nil {
				docs, err = v.documents(ctx, e)
			}
			if err != nil {
				yield(sala.Document{}, err)
				return
			}
			for _, d := range docs {
				if !yield(d, nil) {
					return
				}
			}
		}
	}
}

// Of returns the texts of one public event.
func (v Events) Of(ctx context.Context, ref sala.Ref) ([]sala.Document, error) {
	if ref.Kind != sala.KindEvent {
		return nil, nil
	}
	e, err := v.Events.Event(ctx, ref.ID)
	switch {
	case errors.Is(err, sala.ErrNotFound), errors.Is(err, sala.ErrGone):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return v.documents(ctx, e)
}

// Touched returns the events that name an organisation whose entry changed.
func (v Events) Touched(ctx context.Context, c db.Change) ([]sala.Ref, error) {
	if c.Kind != sala.KindOrganisation || c.ID == "" {
		return nil, nil
	}
	family, err := v.Directory.Family(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	ids, err := v.Events.IDs(ctx, event.Filter{Organisation: append(family, c.ID)})
	if err != nil {
		return nil, err
	}
	refs := make([]sala.Ref, len(ids))
	for i, id := range ids {
		refs[i] = sala.Ref{Kind: sala.KindEvent, ID: id}
	}
	return refs, nil
}

func (v Events) documents(ctx context.Context, e event.Event) ([]sala.Document, error) {
	var ids []sala.ID
	for _, p := range e.Parties {
		ids = append(ids, p.Organisation)
	}
	for _, p := range e.Present {
		ids = append(ids, p.Organisation)
	}
	faces, err := v.Directory.Faces(ctx, ids)
	if err != nil {
		return nil, err
	}
	docs := e.Documents()
	for i := range docs {
		for _, id := range ids {
			if face, ok := faces[id]; ok {
				name, _ := face.In(docs[i].Lang)
				docs[i].Names = append(docs[i].Names, name)
			}
		}
	}
	return docs, nil
}
