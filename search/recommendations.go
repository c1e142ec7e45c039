package search

import (
	"context"
	"iter"
	"slices"

	"sala"
	"sala/directory"
	"sala/internal/db"
	"sala/tracker"
)

// Recommendations is the source of what was asked. Those who ask and are asked
// are in it by the names that the directory has, too.
type Recommendations struct {
	Tracker   *tracker.Store
	Directory *directory.Store
}

// Documents walks every public recommendation in each of its languages.
func (v Recommendations) Documents(ctx context.Context) iter.Seq2[sala.Document, error] {
	return func(yield func(sala.Document, error) bool) {
		for r, err := range v.Tracker.Every(ctx, tracker.Filter{}) {
			var docs []sala.Document
			if err == nil {
				docs, err = v.documents(ctx, r)
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

// Of returns the texts of one public recommendation.
func (v Recommendations) Of(ctx context.Context, ref sala.Ref) ([]sala.Document, error) {
	if ref.Kind != sala.KindRecommendation || ref.ID == "" {
		return nil, nil
	}
	found, err := v.Tracker.ByID(ctx, []sala.ID{ref.ID})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return v.documents(ctx, found[ref.ID])
}

// Touched returns the recommendations that name an organisation whose entry
// changed.
func (v Recommendations) Touched(ctx context.Context, c db.Change) ([]sala.Ref, error) {
	if c.Kind != sala.KindOrganisation || c.ID == "" {
		return nil, nil
	}
	family, err := v.Directory.Family(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	family = append(family, c.ID)
	var refs []sala.Ref
	for _, f := range []tracker.Filter{{Addressee: family}, {Asker: family}} {
		for r, err := range v.Tracker.Every(ctx, f) {
			if err != nil {
				return nil, err
			}
			refs = append(refs, sala.Ref{Kind: sala.KindRecommendation, ID: r.ID})
		}
	}
	return refs, nil
}

func (v Recommendations) documents(ctx context.Context, r tracker.Recommendation) ([]sala.Document, error) {
	var ids []sala.ID
	for _, p := range slices.Concat(r.Addressed, r.Askers) {
		if p.Organisation != "" {
			ids = append(ids, p.Organisation)
		}
	}
	faces, err := v.Directory.Faces(ctx, ids)
	if err != nil {
		return nil, err
	}
	docs := r.Documents()
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
