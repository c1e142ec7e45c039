// Package network keeps what a network says of itself and its site: name,
// languages, contact, menus. There is one set of [Settings]; every page
// reads it.
package network

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"sala"
	"sala/internal/db"
)

// Settings are what a network says of itself.
type Settings struct {
	Name    sala.Text `json:"name"`
	Tagline sala.Text `json:"tagline"`
	About   sala.Text `json:"about"`

	Langs   []sala.Lang `json:"langs"`   // the site's languages, in the order they are offered; never empty
	Default sala.Lang   `json:"default"` // one of Langs

	Email           string `json:"email"` // public contact; each may be empty
	Phone           string `json:"phone"`
	Address         string `json:"address"`
	SecurityContact string `json:"security_contact"` // for security.txt (RFC 9116): "mailto:…" or "https:…"

	Licence string `json:"licence,omitempty"` // address of the licence of the record's tables, "" if nothing is said

	Zone string `json:"zone,omitempty"` // IANA name of the time zone that schedules are made in, "" for UTC

	Colours Colours `json:"colours,omitzero"`
	Logo    sala.ID `json:"logo,omitempty"` // a public picture shown before the name, "" if none

	Home sala.ID `json:"home"` // a page that opens the home page, "" if none
	Demo bool    `json:"demo"` // filled with demonstration content

	// Fonts offers readers of Khmer, Lao, Burmese and Thai a font from this
	// site, at most 60 KB: for telephones that have none. Off, since most have
	// one and data are prepaid.
	Fonts bool `json:"fonts"`

	Menus []Menu `json:"menus"`
}

// A Menu is a tree of links.
type Menu struct {
	ID    sala.ID    `json:"id"`
	Place string     `json:"place"` // "main", "footer", or "" if it is kept but not shown
	Name  string     `json:"name"`
	Lang  sala.Lang  `json:"lang"` // "" for every language
	Items []MenuItem `json:"items"`
}

// A MenuItem leads to a thing of the house or to an address.
type MenuItem struct {
	Label sala.Text  `json:"label"` // empty: the thing's own title
	Ref   sala.Ref   `json:"ref"`   // zero if URL is set
	URL   string     `json:"url"`
	Items []MenuItem `json:"items"`
}

// A Store keeps the settings.
type Store struct {
	db  *db.DB
	now *db.Kept[Settings]
}

// NewStore returns the settings in d.
func NewStore(d *db.DB) *Store {
	s := &Store{db: d}
	s.now = db.Keep(d, func(ctx context.Context) (Settings, error) { return s.read(ctx, d) }, sala.KindNetwork)
	return s
}

// settings is the name of the one row that holds them all.
const settings = "settings"

// Settings returns the settings; those of a new site are in English and have
// no name. They are everybody's: whoever wants others asks [Store.Change].
func (s *Store) Settings(ctx context.Context) (Settings, error) { return s.now.Now(ctx) }

func (s *Store) read(ctx context.Context, r db.Reader) (Settings, error) {
	set := Settings{Langs: []sala.Lang{sala.English}, Default: sala.English}
	rows, err := db.All[string](ctx, r, `SELECT value FROM network_setting WHERE name = ?`, settings)
	if err != nil {
		return set, fmt.Errorf("settings: %w", err)
	}
	if len(rows) == 0 {
		return set, nil
	}
	if err := json.Unmarshal([]byte(rows[0]), &set); err != nil {
		return set, fmt.Errorf("settings: %w", err)
	}
	return set, nil
}

// Change lets f change the settings within tx. It reports whether anything
// changed.
func (s *Store) Change(ctx context.Context, tx *db.Tx, by sala.Actor, f func(*Settings)) (bool, error) {
	if by.Role < sala.Admin {
		return false, fmt.Errorf("change the settings: %w", sala.ErrForbidden)
	}
	set, err := s.read(ctx, tx)
	if err != nil {
		return false, err
	}
	before, err := json.Marshal(set)
	if err != nil {
		return false, fmt.Errorf("settings: %w", err)
	}
	f(&set)
	if err := set.Check(); err != nil {
		return false, err
	}
	after, err := json.Marshal(set)
	if err != nil {
		return false, fmt.Errorf("settings: %w", err)
	}
	if string(before) == string(after) {
		return false, nil
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO network_setting (name, value, by_whom, changed) VALUES (?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value, by_whom = excluded.by_whom, changed = excluded.changed`,
		settings, string(after), by.Name, db.At(tx.Now))
	if err != nil {
		return false, fmt.Errorf("settings: %w", err)
	}
	return true, tx.Changed(ctx, sala.Ref{Kind: sala.KindNetwork}, "set", by)
}

// Check reports settings that cannot be.
func (s Settings) Check() error {
	var bad sala.Invalid
	if len(s.Langs) == 0 {
		bad = append(bad, sala.FieldError{Field: "langs", Key: "studio.settings_langs_missing", Text: "a site needs at least one language"})
	}
	if !slices.Contains(s.Langs, s.Default) {
		bad = append(bad, sala.FieldError{Field: "default", Key: "studio.settings_default_unknown", Text: "the default language is not one of the site's languages"})
	}
	if bad = append(bad, s.Colours.check()...); len(bad) > 0 {
		return bad
	}
	return nil
}
