package directory

import (
	"context"
	"fmt"
	"strings"

	"sala"
	"sala/internal/db"
)

// Person returns somebody as those see them who keep the directory. Of one who
// was merged it returns whom they are now.
func (s *Store) Person(ctx context.Context, by sala.Actor, id sala.ID) (Person, error) {
	if err := mayKnow(by, "person "+string(id)); err != nil {
		return Person{}, err
	}
	at, err := s.survivor(ctx, s.db, id)
	if err != nil {
		return Person{}, err
	}
	r, err := s.entry(ctx, s.db, sala.KindPerson, at)
	if err != nil {
		return Person{}, err
	}
	p, err := r.person()
	if err != nil {
		return p, err
	}
	posts, err := s.posts(ctx, s.db, []sala.ID{at})
	p.Posts = posts[at]
	return p, err
}

// Organisation returns an organisation, whether it is listed or not; what is
// meant for those who keep the directory is only there if by is one of them.
// Of one that was merged it returns what it is now.
func (s *Store) Organisation(ctx context.Context, by sala.Actor, id sala.ID) (Organisation, error) {
	if err := mayKnow(by, "organisation "+string(id)); err != nil {
		return Organisation{}, err
	}
	at, err := s.survivor(ctx, s.db, id)
	if err != nil {
		return Organisation{}, err
	}
	r, err := s.entry(ctx, s.db, sala.KindOrganisation, at)
	if err != nil {
		return Organisation{}, err
	}
	return r.organisation()
}

// A Filter narrows a list of those who keep the directory.
type Filter struct {
	Words   string // in a name, whatever the order
	Kind    string // a [PersonKind] or an [OrganisationKind]
	Country string
	Showing Showing // of people: how they are shown now
	After   sala.ID // the last of the page before
	Limit   int
}

// People returns people, the newest first.
func (s *Store) People(ctx context.Context, by sala.Actor, f Filter) ([]Person, error) {
	rows, err := s.rows(ctx, by, sala.KindPerson, f)
	if err != nil {
		return nil, err
	}
	all := make([]Person, len(rows))
	ids := make([]sala.ID, len(rows))
	for i, r := range rows {
		if all[i], err = r.person(); err != nil {
			return nil, err
		}
		ids[i] = r.ID
	}
	posts, err := s.posts(ctx, s.db, ids)
	for i := range all {
		all[i].Posts = posts[all[i].ID]
	}
	return all, err
}

// Organisations returns organisations, the newest first.
func (s *Store) Organisations(ctx context.Context, by sala.Actor, f Filter) ([]Organisation, error) {
	rows, err := s.rows(ctx, by, sala.KindOrganisation, f)
	if err != nil {
		return nil, err
	}
	all := make([]Organisation, len(rows))
	for i, r := range rows {
		if all[i], err = r.organisation(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (s *Store) rows(ctx context.Context, by sala.Actor, what sala.Kind, f Filter) ([]row, error) {
	if err := mayKnow(by, "list the directory"); err != nil {
		return nil, err
	}
	where, args := []string{"what = ?", "merged IS NULL"}, []any{what}
	add := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	if f.Kind != "" {
		add("kind = ?", f.Kind)
	}
	if f.Country != "" {
		add("country = ?", f.Country)
	}
	switch f.Showing {
	case ByKind:
	case RoleOnly: // or by the kind, of which only one is
		add("(showing = ? OR showing = '' AND kind = ?)", RoleOnly, MigrantWorker)
	case InFull:
		add("(showing = ? OR showing = '' AND kind <> ?)", InFull, MigrantWorker)
	default:
		add("showing = ?", f.Showing)
	}
	for _, w := range strings.Fields(plain(f.Words)) {
		add(`id IN (
			SELECT COALESCE(e.merged, e.id) FROM directory_name n JOIN directory_entry e ON e.id = n.entry WHERE n.form LIKE ? ESCAPE '\')`, "%"+like.Replace(w)+"%")
	}
	if f.After != "" {
		add(`(created, id) < (SELECT created, id FROM directory_entry WHERE id = ?)`, f.After)
	}
	if f.Limit <= 0 {
		f.Limit = 50
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT `+rowColumns+` FROM directory_entry WHERE `+strings.Join(where, " AND ")+` ORDER BY created DESC, id DESC LIMIT ?`, append(args, f.Limit)...)
	if err != nil {
		return nil, fmt.Errorf("list the directory: %w", err)
	}
	return rows, nil
}

var like = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Covered returns the names under which somebody is covered in texts, with
// those of whoever was merged into them; none if they are shown in full.
func (s *Store) Covered(ctx context.Context, by sala.Actor, id sala.ID) ([]string, error) {
	if err := mayKnow(by, "names of "+string(id)); err != nil {
		return nil, err
	}
	sh, err := s.sheet(ctx)
	if err != nil {
		return nil, err
	}
	e, ok := sh.at(id)
	if !ok {
		return nil, fmt.Errorf("entry %s of the directory: %w", id, sala.ErrNotFound)
	}
	r, err := s.entry(ctx, s.db, sala.KindPerson, e.id)
	if err != nil || !r.Protected {
		return nil, err
	}
	who, err := s.veiled(r)
	if err != nil {
		return nil, err
	}
	families, err := s.families(ctx, sh, []row{r})
	if err != nil {
		return nil, err
	}
	return namesToVeil(append([]row{r}, families[r.ID]...), who.title)
}
