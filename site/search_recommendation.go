package site

import (
	"context"
	"slices"

	"sala"
	"sala/search"
	"sala/tracker"
)

// recommendationsByID returns those of what was found that are recommendations,
// as a reader may see them.
func (s *Site) recommendationsByID(ctx context.Context, ids []sala.ID, best map[sala.ID]search.Result) (map[sala.ID]tracker.Recommendation, error) {
	var ask []sala.ID
	for _, id := range ids {
		if best[id].Ref.Kind == sala.KindRecommendation {
			ask = append(ask, id)
		}
	}
	return s.Tracker.ByID(ctx, ask)
}

// foundRecommendation is one that answers a question.
func (s *Site) foundRecommendation(p *page, marker *search.Marker, r tracker.Recommendation, a search.Result) found {
	f := found{Pieces: marker.Snippet(a.Text), PiecesIn: a.Lang}
	f.Kind, f.Langs, f.ISO = "kind.recommendation", r.Langs(), r.Asked.String()
	f.Title, f.Lang = r.Name(a.Lang, p.set.Default)
	f.Href = askPath(p.Want, r.Slug)
	if !r.Asked.IsZero() {
		f.Date = p.Date(r.Asked)
	}
	f.Heading = marker.Title(f.Title)
	for _, l := range f.Langs {
		if l != f.Lang && slices.Contains(p.set.Langs, l) {
			f.Others = append(f.Others, item{Href: askPath(l, r.Slug), Label: p.Own(l), Lang: l})
		}
	}
	return f
}
