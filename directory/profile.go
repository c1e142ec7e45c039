package directory

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sala"
	"sala/internal/db"
)

// A Profile is what a page about somebody, or about an organisation, may tell
// anybody. Only people who are shown in full have one, and organisations that
// are listed.
type Profile struct {
	ID        sala.ID
	Face      Face
	Also      []string // other names and spellings
	Created   time.Time
	Changed   time.Time
	Ties      []Tie
	Posts     []Post // of a person; of an organisation see [Store.Staff]
	About     sala.Text
	Parent    sala.ID
	Countries []string
	Langs     []sala.Lang
	Services  []Service
	Contact   Contact // as far as it may be told
	Safely    sala.Text
	Withheld  bool // there is more of how it is reached than may be told
}

// PersonAt returns the profile at an address. One at an old address, or of
// somebody who was merged, has another Face.Slug than was asked for. Whoever
// may not be shown in full is [sala.ErrNotFound], as if nobody were there.
func (s *Store) PersonAt(ctx context.Context, slug string) (Profile, error) {
	return s.profileAt(ctx, sala.KindPerson, slug)
}

// OrganisationAt is the same of an organisation.
func (s *Store) OrganisationAt(ctx context.Context, slug string) (Profile, error) {
	return s.profileAt(ctx, sala.KindOrganisation, slug)
}

func (s *Store) profileAt(ctx context.Context, what sala.Kind, slug string) (Profile, error) {
	id, err := db.One[sala.ID](ctx, s.db, `SELECT entry FROM directory_slug WHERE what = ? AND slug = ?`, what, slug)
	if err != nil {
		return Profile{}, fmt.Errorf("%s at %q: %w", what, slug, err)
	}
	return s.Profile(ctx, id)
}

// Profile returns the profile of an id; see [Store.PersonAt].
func (s *Store) Profile(ctx context.Context, id sala.ID) (Profile, error) {
	sh, err := s.sheet(ctx)
	if err != nil {
		return Profile{}, err
	}
	e, ok := sh.at(id)
	if !ok || !e.page {
		return Profile{}, fmt.Errorf("profile %s: %w", id, sala.ErrNotFound)
	}
	rows, err := db.All[row](ctx, s.db, `SELECT `+rowColumns+` FROM directory_entry WHERE id = ? AND public`, e.id)
	if err != nil {
		return Profile{}, fmt.Errorf("profile %s: %w", id, err)
	}
	profiles, err := s.profiles(ctx, rows)
	if err != nil {
		return Profile{}, err
	}
	if len(profiles) == 0 {
		return Profile{}, fmt.Errorf("profile %s: %w", id, sala.ErrNotFound)
	}
	return profiles[0], nil
}

// Profiles returns every profile of a sort, the oldest entry first.
func (s *Store) Profiles(ctx context.Context, what sala.Kind) ([]Profile, error) {
	rows, err := db.All[row](ctx, s.db, `
		SELECT `+rowColumns+` FROM directory_entry WHERE what = ? AND public AND merged IS NULL ORDER BY created, id`, what)
	if err != nil {
		return nil, fmt.Errorf("profiles: %w", err)
	}
	return s.profiles(ctx, rows)
}

// Any reports whether anybody, or any organisation, has a page.
func (s *Store) Any(ctx context.Context, what sala.Kind) (bool, error) {
	sh, err := s.sheet(ctx)
	if err != nil {
		return false, err
	}
	return sh.pages[what] > 0, nil
}

// Paths returns the last part of the address of every page of a sort, the
// oldest entry first.
func (s *Store) Paths(ctx context.Context, what sala.Kind) ([]string, error) {
	sh, err := s.sheet(ctx)
	if err != nil {
		return nil, err
	}
	var slugs []string
	for _, e := range sh.Rows {
		if e.what == what && e.page {
			slugs = append(slugs, e.slug)
		}
	}
	return slugs, nil
}

// Below returns the organisations that belong to one and have a page, the
// oldest entry first.
func (s *Store) Below(ctx context.Context, organisation sala.ID) ([]Face, error) {
	sh, err := s.sheet(ctx)
	if err != nil {
		return nil, err
	}
	e, ok := sh.at(organisation)
	if !ok {
		return nil, fmt.Errorf("entry %s of the directory: %w", organisation, sala.ErrNotFound)
	}
	var below []*entry
	for _, id := range sh.family(e.id) {
		below = append(below, sh.below[id]...)
	}
	slices.SortFunc(below, oldest)
	var faces []Face
	for _, child := range below {
		if !child.page {
			continue
		}
		face, err := s.told(child)
		if err != nil {
			return nil, err
		}
		faces = append(faces, face)
	}
	return faces, nil
}

// profiles makes profiles of rows that have a page.
func (s *Store) profiles(ctx context.Context, rows []row) ([]Profile, error) {
	all := make([]Profile, 0, len(rows))
	var people []sala.ID
	for _, r := range rows {
		e, err := s.outlined(r)
		if err != nil {
			return nil, err
		}
		if !e.page {
			continue
		}
		face, err := s.told(e)
		if err != nil {
			return nil, err
		}
		t, err := r.texts()
		if err != nil {
			return nil, err
		}
		p := Profile{ID: r.ID, Face: face, Also: t.aliases, Created: r.Created.UTC(), Changed: r.Changed.UTC()}
		if r.What == sala.KindOrganisation {
			o, err := r.organisation()
			if err != nil {
				return nil, err
			}
			p.Ties, p.About, p.Parent, p.Countries, p.Langs, p.Services = o.Ties, o.About, o.Parent, o.Countries, o.Langs, o.Services
			p.Contact = o.Reached()
			p.Withheld = p.Contact != o.Contact
			if o.Reach != ReachNone {
				p.Safely = o.Safely
			}
		} else {
			people = append(people, r.ID)
			person, err := r.person()
			if err != nil {
				return nil, err
			}
			p.Ties = person.Ties
		}
		all = append(all, p)
	}
	if len(people) == 0 {
		return all, nil
	}
	posts, err := s.posts(ctx, s.db, people)
	for i, p := range all {
		all[i].Posts = posts[p.ID]
	}
	return all, err
}

// A Holder is somebody in a post of an organisation.
type Holder struct {
	Person sala.ID
	Post   Post
}

// Staff returns who held a post in an organisation, as far as they are shown
// in full: a post may say who somebody is.
func (s *Store) Staff(ctx context.Context, organisation sala.ID) ([]Holder, error) {
	ids, err := s.Family(ctx, organisation)
	if err != nil {
		return nil, err
	}
	rows, err := db.All[postRow](ctx, s.db, `
		SELECT p.person, p.organisation, p.role, p.since, p.until
		FROM directory_post p JOIN directory_entry e ON e.id = p.person AND e.public AND e.merged IS NULL
		WHERE p.organisation IN (?) ORDER BY p.since, p.until, p.id`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("who is in %s: %w", organisation, err)
	}
	all := make([]Holder, len(rows))
	for i, r := range rows {
		post, err := r.post()
		if err != nil {
			return nil, err
		}
		all[i] = Holder{r.Person, post}
	}
	return all, nil
}
