package directory

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/slug"
)

// A row is an entry as it is stored.
type row struct {
	ID        sala.ID   `bun:"id"`
	What      sala.Kind `bun:"what"`
	Kind      string    `bun:"kind"`
	Names     string    `bun:"names"`
	Short     string    `bun:"short"`
	Aliases   string    `bun:"aliases"`
	Showing   Showing   `bun:"showing"`
	Protected bool      `bun:"protected"`
	Public    bool      `bun:"public"`
	Country   string    `bun:"country"`
	Slug      string    `bun:"slug"`
	Parent    *sala.ID  `bun:"parent"`
	Merged    *sala.ID  `bun:"merged"`
	More      string    `bun:"more"`
	Created   time.Time `bun:"created"`
	Changed   time.Time `bun:"changed"`
}

const rowColumns = `id, what, kind, names, short, aliases, showing, protected, public, country, slug, parent, merged, more, created, changed`

// more is what no query asks for.
type more struct {
	Role      sala.Text   `json:"role,omitempty"`
	Ties      []Tie       `json:"ties,omitempty"`
	Note      string      `json:"note,omitempty"`
	Sector    sala.Sector `json:"sector,omitempty"`
	Countries []string    `json:"countries,omitempty"`
	Langs     []sala.Lang `json:"langs,omitempty"`
	Services  []Service   `json:"services,omitempty"`
	About     sala.Text   `json:"about,omitempty"`
	Contact   *Contact    `json:"contact,omitempty"`
	Reach     Reach       `json:"reach,omitempty"`
	Safely    sala.Text   `json:"safely,omitempty"`
	Unlisted  bool        `json:"unlisted,omitempty"`
}

// texts are the parts of a row that are read as JSON.
type texts struct {
	names, short sala.Text
	aliases      []string
	more         more
}

func (r row) texts() (t texts, err error) {
	if t.names, err = sala.ScanText(r.Names); err != nil {
		return t, fmt.Errorf("names of %s: %w", r.ID, err)
	}
	if t.short, err = sala.ScanText(r.Short); err != nil {
		return t, fmt.Errorf("short names of %s: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.Aliases), &t.aliases); err != nil {
		return t, fmt.Errorf("aliases of %s: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.More), &t.more); err != nil {
		return t, fmt.Errorf("entry %s: %w", r.ID, err)
	}
	return t, nil
}

// stored makes the parts of a row that are JSON.
func (r *row) stored(t texts) error {
	if t.aliases == nil {
		t.aliases = []string{}
	}
	aliases, err := json.Marshal(t.aliases)
	if err != nil {
		return fmt.Errorf("aliases of %s: %w", r.ID, err)
	}
	rest, err := json.Marshal(t.more)
	if err != nil {
		return fmt.Errorf("entry %s: %w", r.ID, err)
	}
	r.Names, r.Short, r.Aliases, r.More = t.names.Stored(), t.short.Stored(), string(aliases), string(rest)
	return nil
}

func (r row) person() (Person, error) {
	t, err := r.texts()
	return Person{
		ID: r.ID, Name: t.names, First: t.short, Aliases: t.aliases, Kind: PersonKind(r.Kind), Showing: r.Showing, Role: t.more.Role, Country: r.Country,
		Ties: t.more.Ties, Slug: r.Slug, Note: t.more.Note, Changed: r.Changed.UTC(),
	}, err
}

func (p Person) row() (row, error) {
	r := row{ID: p.ID, What: sala.KindPerson, Kind: string(p.Kind), Showing: p.Showing, Country: p.Country, Slug: p.Slug}
	r.Protected, r.Public = p.Shown() != InFull, p.Shown() == InFull
	return r, r.stored(texts{p.Name, p.First, p.Aliases, more{Role: p.Role, Ties: p.Ties, Note: p.Note}})
}

func (r row) organisation() (Organisation, error) {
	t, err := r.texts()
	o := Organisation{
		ID: r.ID, Name: t.names, Short: t.short, Aliases: t.aliases, Kind: OrganisationKind(r.Kind), Sector: t.more.Sector, Country: r.Country,
		Countries: t.more.Countries, Ties: t.more.Ties, Langs: t.more.Langs, Services: t.more.Services, About: t.more.About, Reach: t.more.Reach,
		Safely: t.more.Safely, Unlisted: t.more.Unlisted, Slug: r.Slug, Note: t.more.Note, Changed: r.Changed.UTC(),
	}
	if r.Parent != nil {
		o.Parent = *r.Parent
	}
	if t.more.Contact != nil {
		o.Contact = *t.more.Contact
	}
	return o, err
}

func (o Organisation) row() (row, error) {
	r := row{ID: o.ID, What: sala.KindOrganisation, Kind: string(o.Kind), Public: !o.Unlisted, Country: o.Country, Slug: o.Slug}
	if o.Parent != "" {
		r.Parent = &o.Parent
	}
	m := more{
		Ties: o.Ties, Note: o.Note, Sector: o.Sector, Countries: o.Countries, Langs: o.Langs, Services: o.Services, About: o.About, Reach: o.Reach,
		Safely: o.Safely, Unlisted: o.Unlisted,
	}
	if o.Contact != (Contact{}) {
		m.Contact = &o.Contact
	}
	return r, r.stored(texts{o.Name, o.Short, o.Aliases, m})
}

// entry returns one row; [sala.ErrNotFound] if there is none of that sort.
func (s *Store) entry(ctx context.Context, r db.Reader, what sala.Kind, id sala.ID) (row, error) {
	found, err := db.One[row](ctx, r, `SELECT `+rowColumns+` FROM directory_entry WHERE id = ? AND what = ?`, id, what)
	if err != nil {
		return row{}, fmt.Errorf("%s %s: %w", what, id, err)
	}
	return found, nil
}

// write stores an entry, its names and its address, and remembers the state.
// was is the entry as it stands, nil for a new one.
func (s *Store) write(ctx context.Context, tx *db.Tx, by sala.Actor, was *row, r row, posts []Post, verb string) error {
	if err := s.settleSlug(ctx, tx, was, &r); err != nil {
		return err
	}
	if was == nil {
		err := tx.ExecOne(ctx, `
			INSERT INTO directory_entry (`+rowColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			r.ID, r.What, r.Kind, r.Names, r.Short, r.Aliases, r.Showing, r.Protected, r.Public, r.Country, r.Slug, r.Parent, r.Merged, r.More,
			db.At(tx.Now), db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("add %s %s: %w", r.What, r.ID, err)
		}
	} else {
		err := tx.ExecOne(ctx, `
			UPDATE directory_entry SET kind = ?, names = ?, short = ?, aliases = ?, showing = ?, protected = ?, public = ?, country = ?, slug = ?,
				parent = ?, merged = ?, more = ?, changed = ?
			WHERE id = ?`,
			r.Kind, r.Names, r.Short, r.Aliases, r.Showing, r.Protected, r.Public, r.Country, r.Slug, r.Parent, r.Merged, r.More, db.At(tx.Now), r.ID)
		if err != nil {
			return fmt.Errorf("change %s %s: %w", r.What, r.ID, err)
		}
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO directory_slug (what, slug, entry) VALUES (?, ?, ?) ON CONFLICT (what, slug) DO NOTHING`, r.What, r.Slug, r.ID)
	if err != nil {
		return fmt.Errorf("address of %s %s: %w", r.What, r.ID, err)
	}
	if err := s.writeNames(ctx, tx, r); err != nil {
		return err
	}
	if r.What == sala.KindPerson {
		if err := writePosts(ctx, tx, r.ID, posts); err != nil {
			return err
		}
	}
	return s.remember(ctx, tx, by, r, posts, verb)
}

// settleSlug gives an entry the last part of its address. One that was asked
// for and is another's is refused; one made of a name takes the next free.
func (s *Store) settleSlug(ctx context.Context, tx *db.Tx, was *row, r *row) error {
	if was != nil && r.Slug == was.Slug {
		return nil
	}
	taken := func(want string) (bool, error) {
		other, err := db.One[sala.ID](ctx, tx, `SELECT entry FROM directory_slug WHERE what = ? AND slug = ?`, r.What, want)
		if there, err := db.Found(err); err != nil || !there {
			return false, err
		}
		return other != r.ID, nil
	}
	if r.Slug != "" {
		typed := r.Slug
		if r.Slug = slug.Of(typed); r.Slug == "" {
			return sala.Invalid{{Field: "slug", Key: "studio.directory.slug_bad", Text: fmt.Sprintf("%q cannot stand in an address", typed)}}
		}
		is, err := taken(r.Slug)
		if err != nil {
			return fmt.Errorf("address of %s %s: %w", r.What, r.ID, err)
		}
		if is {
			return sala.Invalid{{Field: "slug", Key: "studio.directory.slug_taken", Text: fmt.Sprintf("%q leads to another entry already", r.Slug)}}
		}
		return nil
	}
	if was != nil {
		r.Slug = was.Slug
		return nil
	}
	t, err := r.texts()
	if err != nil {
		return err
	}
	name, _ := t.names.In(sala.English)
	if r.Slug, err = slug.Free(slug.Of(name), r.ID, taken); err != nil {
		return fmt.Errorf("address of %s %s: %w", r.What, r.ID, err)
	}
	return nil
}

func (s *Store) writeNames(ctx context.Context, tx *db.Tx, r row) error {
	t, err := r.texts()
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM directory_name WHERE entry = ?`, r.ID); err != nil {
		return fmt.Errorf("names of %s: %w", r.ID, err)
	}
	for _, name := range t.all(r.What) {
		for _, f := range forms(name) {
			if _, err := tx.Exec(ctx, `
				INSERT INTO directory_name (entry, form, sound) VALUES (?, ?, ?) ON CONFLICT (entry, form) DO NOTHING`, r.ID, f, sound(f)); err != nil {
				return fmt.Errorf("names of %s: %w", r.ID, err)
			}
		}
	}
	return nil
}

// all lists the names of an entry, each once. The given name of a person is
// none: too many share it.
func (t texts) all(what sala.Kind) []string {
	var names []string
	seen := map[string]bool{}
	add := func(name string) {
		if name != "" && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	parts := []sala.Text{t.names}
	if what == sala.KindOrganisation {
		parts = append(parts, t.short)
	}
	for _, part := range parts {
		for _, lang := range part.Langs() {
			add(part[lang])
		}
	}
	for _, a := range t.aliases {
		add(a)
	}
	return names
}

func writePosts(ctx context.Context, tx *db.Tx, person sala.ID, posts []Post) error {
	if _, err := tx.Exec(ctx, `DELETE FROM directory_post WHERE person = ?`, person); err != nil {
		return fmt.Errorf("posts of %s: %w", person, err)
	}
	for _, p := range posts {
		err := tx.ExecOne(ctx, `INSERT INTO directory_post (id, person, organisation, role, since, until) VALUES (?, ?, ?, ?, ?, ?)`,
			sala.NewID(), person, p.Organisation, p.Role.Stored(), p.Since.String(), p.Until.String())
		if err != nil {
			return fmt.Errorf("posts of %s: %w", person, err)
		}
	}
	return nil
}

type postRow struct {
	Person       sala.ID `bun:"person"`
	Organisation sala.ID `bun:"organisation"`
	Role         string  `bun:"role"`
	Since        string  `bun:"since"`
	Until        string  `bun:"until"`
}

func (r postRow) post() (p Post, err error) {
	p.Organisation = r.Organisation
	if p.Role, err = sala.ScanText(r.Role); err != nil {
		return p, fmt.Errorf("role of %s: %w", r.Person, err)
	}
	if p.Since, err = sala.ParseDay(r.Since); err != nil {
		return p, fmt.Errorf("post of %s: %w", r.Person, err)
	}
	if p.Until, err = sala.ParseDay(r.Until); err != nil {
		return p, fmt.Errorf("post of %s: %w", r.Person, err)
	}
	return p, nil
}

// posts returns the posts of some people, the earliest first.
func (s *Store) posts(ctx context.Context, r db.Reader, people []sala.ID) (map[sala.ID][]Post, error) {
	rows, err := db.All[postRow](ctx, r, `
		SELECT person, organisation, role, since, until FROM directory_post WHERE person IN (?) ORDER BY since, until, id`, db.In(people))
	if err != nil {
		return nil, fmt.Errorf("posts: %w", err)
	}
	found := map[sala.ID][]Post{}
	for _, r := range rows {
		p, err := r.post()
		if err != nil {
			return nil, err
		}
		found[r.Person] = append(found[r.Person], p)
	}
	return found, nil
}
