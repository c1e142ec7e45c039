package site

import (
	"context"
	"strings"

	"sala"
	"sala/event"
	"sala/internal/db"
	"sala/network"
	"sala/tracker"
)

// A frame is what every page in a language shows alike. Nobody may change it.
type frame struct {
	Main      []item
	Foot      []item
	Listed    []item // what there is to list, for the foot
	HasEvents bool   // there is one that is public
	HasAsks   bool   // the same of recommendations
	Logo      logo
}

// frame returns the frame of a language, made once after each change of
// anything: a menu names works, terms and files, and what there is to list is
// of every area. It is made once a day, too, since the consent under which a
// logo is shown may end with one.
func (s *Site) frame(ctx context.Context, lang sala.Lang) (*frame, error) {
	today := sala.DayOf(s.DB.Now())
	s.framing.Lock()
	if s.framedOn != today {
		s.frames, s.framedOn = map[sala.Lang]*db.Kept[*frame]{}, today
	}
	kept, ok := s.frames[lang]
	if !ok {
		kept = db.Keep(s.DB, func(ctx context.Context) (*frame, error) { return s.newFrame(ctx, lang) })
		s.frames[lang] = kept
	}
	s.framing.Unlock()
	return kept.Now(ctx)
}

func (s *Site) newFrame(ctx context.Context, lang sala.Lang) (*frame, error) {
	set, err := s.Network.Settings(ctx)
	if err != nil {
		return nil, err
	}
	f, p := &frame{}, s.blank(set, lang)
	if f.Main, err = s.menu(ctx, set, "main", lang); err != nil {
		return nil, err
	}
	if f.Foot, err = s.menu(ctx, set, "footer", lang); err != nil {
		return nil, err
	}
	if f.Logo, err = s.logo(ctx, set); err != nil {
		return nil, err
	}
	if f.HasEvents, err = s.Events.Any(ctx, event.Filter{}); err != nil {
		return nil, err
	}
	if f.HasAsks, err = s.Tracker.Any(ctx, tracker.Filter{}); err != nil {
		return nil, err
	}
	for _, of := range gatherings {
		any, err := s.anyBears(ctx, f, of.vocabulary)
		if err != nil {
			return nil, err
		}
		if any {
			f.Listed = append(f.Listed, item{Href: of.path(lang, ""), Label: p.T(of.title)})
		}
	}
	for _, half := range []sala.Kind{sala.KindOrganisation, sala.KindPerson} {
		any, err := s.who.Any(ctx, half)
		if err != nil {
			return nil, err
		}
		if any {
			f.Listed = append(f.Listed, item{Href: halfPath(lang, half), Label: p.T(halfKey(half))})
		}
	}
	return f, nil
}

// anyBears reports whether anything public bears a term of a vocabulary.
func (s *Site) anyBears(ctx context.Context, f *frame, vocabulary string) (bool, error) {
	any, err := s.Archive.AnyBears(ctx, vocabulary)
	if any || err != nil || !f.HasEvents && !f.HasAsks {
		return any, err
	}
	terms, err := s.Archive.Terms(ctx, vocabulary)
	if err != nil || len(terms) == 0 {
		return false, err
	}
	ids := make([]sala.ID, len(terms))
	for i, t := range terms {
		ids[i] = t.ID
	}
	if any, err = s.Events.Any(ctx, event.Filter{Term: ids}); any || err != nil {
		return any, err
	}
	return s.Tracker.Any(ctx, tracker.Filter{Terms: [][]sala.ID{ids}})
}

// menu resolves a menu of the settings: what is not public is left out.
func (s *Site) menu(ctx context.Context, set network.Settings, place string, lang sala.Lang) ([]item, error) {
	var chosen *network.Menu
	for _, want := range []sala.Lang{lang, "", set.Default} {
		for i, m := range set.Menus {
			if chosen == nil && m.Place == place && m.Lang == want {
				chosen = &set.Menus[i]
			}
		}
	}
	if chosen == nil {
		return nil, nil
	}
	var refs []sala.ID
	var collect func(items []network.MenuItem)
	collect = func(items []network.MenuItem) {
		for _, it := range items {
			if !it.Ref.IsZero() {
				refs = append(refs, it.Ref.ID)
			}
			collect(it.Items)
		}
	}
	collect(chosen.Items)
	works, err := s.Archive.WorksByID(ctx, refs)
	if err != nil {
		return nil, err
	}
	terms, err := s.Archive.TermsByID(ctx, refs)
	if err != nil {
		return nil, err
	}
	var build func(items []network.MenuItem) []item
	build = func(items []network.MenuItem) []item {
		var out []item
		for _, it := range items {
			label, in := it.Label.In(lang, set.Default)
			made := item{Href: it.URL, Label: label, Lang: in, Outside: strings.HasPrefix(it.URL, "http"), Items: build(it.Items)}
			if w, ok := works[it.Ref.ID]; ok {
				e := best(w, lang, set)
				made.Href = towards(e, lang)
				if label == "" {
					made.Label, made.Lang = e.Title, e.Lang
				}
			} else if t, ok := terms[it.Ref.ID]; ok {
				made.Href = termPath(lang, t)
				if label == "" {
					made.Label, made.Lang = t.Labels.In(lang, set.Default)
				}
			}
			// The archive and the search have their places in the roof already.
			if made.Href == "/"+string(lang)+"/archive/" || made.Href == "/"+string(lang)+"/search" || made.Href == "/"+string(lang)+"/" && place == "main" {
				out = append(out, made.Items...)
				continue
			}
			if made.Href == "" || made.Label == "" {
				out = append(out, made.Items...)
				continue
			}
			out = append(out, made)
		}
		return out
	}
	return build(chosen.Items), nil
}
