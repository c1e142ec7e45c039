package network

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/internal/richtext"
)

// A Spot is where an item stands in a menu: the number of its ancestor at the
// top, of the next below that, and so on to its own, each from 0: "2.0.1".
type Spot []int

// ParseSpot reads a spot as an address writes it.
func ParseSpot(s string) (Spot, error) {
	var spot Spot
	for part := range strings.SplitSeq(s, ".") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 {
			return nil, fmt.Errorf("spot %q: %w", s, sala.ErrNotFound)
		}
		spot = append(spot, n)
	}
	return spot, nil
}

func (p Spot) String() string {
	parts := make([]string, len(p))
	for i, n := range p {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, ".")
}

// A Move says where an item goes.
type Move string

// The moves.
const (
	Up   Move = "up"   // before the one above it
	Down Move = "down" // after the one below it
	In   Move = "in"   // below the one above it, at the end
	Out  Move = "out"  // after what it stands below
)

// deepest is how many levels a menu may have: more than any site shows.
const deepest = 4

// places are where a menu can be shown; "" keeps it unseen.
var places = []string{"main", "footer", ""}

// Menu returns the menu of an id.
func (s Settings) Menu(id sala.ID) (Menu, error) {
	for _, m := range s.Menus {
		if m.ID == id {
			return m, nil
		}
	}
	return Menu{}, fmt.Errorf("menu %s: %w", id, sala.ErrNotFound)
}

// Item returns the item at a spot.
func (m Menu) Item(at Spot) (MenuItem, error) {
	items, i, err := m.within(at)
	if err != nil {
		return MenuItem{}, err
	}
	return (*items)[i], nil
}

// within returns the list that holds a spot and the number in it.
func (m *Menu) within(at Spot) (*[]MenuItem, int, error) {
	items := &m.Items
	for level, n := range at {
		if n >= len(*items) {
			break
		}
		if level == len(at)-1 {
			return items, n, nil
		}
		items = &(*items)[n].Items
	}
	return nil, 0, fmt.Errorf("item %s of menu %s: %w", at, m.ID, sala.ErrNotFound)
}

// AddMenu adds a menu without items. Of m its Name, Place and Lang count.
func (s *Store) AddMenu(ctx context.Context, by sala.Actor, m Menu) (sala.ID, error) {
	m = Menu{ID: sala.NewID(), Name: strings.TrimSpace(m.Name), Place: m.Place, Lang: m.Lang, Items: []MenuItem{}}
	// A menu that is not there yet cannot be changed by two: no mark is needed.
	none := func(Settings) any { return nil }
	return m.ID, s.edit(ctx, by, sala.Mark(nil), none, func(set *Settings) error {
		set.Menus = append(slices.Clone(set.Menus), m)
		return set.checkMenu(m)
	})
}

// editMenu lets f change a menu that still bears mark.
func (s *Store) editMenu(ctx context.Context, by sala.Actor, id sala.ID, mark string, f func(set *Settings, m *Menu) error) error {
	part := func(set Settings) any {
		m, err := set.Menu(id)
		if err != nil {
			return nil // removed meanwhile: no mark fits
		}
		return m
	}
	return s.edit(ctx, by, mark, part, func(set *Settings) error {
		for i := range set.Menus {
			if set.Menus[i].ID == id {
				return f(set, &set.Menus[i])
			}
		}
		return fmt.Errorf("menu %s: %w", id, sala.ErrNotFound)
	})
}

// DescribeMenu says what a menu is called, where it is shown and in which
// language.
func (s *Store) DescribeMenu(ctx context.Context, by sala.Actor, id sala.ID, mark string, to Menu) error {
	return s.editMenu(ctx, by, id, mark, func(set *Settings, m *Menu) error {
		m.Name, m.Place, m.Lang = strings.TrimSpace(to.Name), to.Place, to.Lang
		return set.checkMenu(*m)
	})
}

func (s Settings) checkMenu(m Menu) error {
	var bad sala.Invalid
	if m.Name == "" {
		bad = append(bad, sala.FieldError{Field: "name", Key: "studio.menus_name_missing", Text: "a menu needs a name"})
	}
	if !slices.Contains(places, m.Place) {
		bad = append(bad, sala.FieldError{Field: "place", Key: "studio.menus_place_bad", Text: fmt.Sprintf("there is no place %q", m.Place)})
	}
	if m.Lang != "" && !slices.Contains(s.Langs, m.Lang) {
		bad = append(bad, sala.FieldError{Field: "lang", Key: "studio.menus_lang_bad", Text: fmt.Sprintf("%q is no language of the site", m.Lang)})
	}
	// Of two for the same place and language readers would see the first only.
	for _, other := range s.Menus {
		if m.Place != "" && other.ID != m.ID && other.Place == m.Place && other.Lang == m.Lang {
			bad = append(bad, sala.FieldError{Field: "place", Key: "studio.menus_place_taken", Text: fmt.Sprintf("the menu %q is shown there already", other.Name)})
		}
	}
	if len(bad) > 0 {
		return bad
	}
	return nil
}

// RemoveMenu removes a menu with its items.
func (s *Store) RemoveMenu(ctx context.Context, by sala.Actor, id sala.ID, mark string) error {
	return s.editMenu(ctx, by, id, mark, func(set *Settings, _ *Menu) error {
		set.Menus = slices.DeleteFunc(slices.Clone(set.Menus), func(m Menu) bool { return m.ID == id })
		return nil
	})
}

// AddItem adds an item at the end of a menu.
func (s *Store) AddItem(ctx context.Context, by sala.Actor, menu sala.ID, mark string, it MenuItem) error {
	it.Items = nil
	return s.editMenu(ctx, by, menu, mark, func(set *Settings, m *Menu) error {
		it, err := it.checked()
		m.Items = append(m.Items, it)
		return err
	})
}

// SetItem sets the labels of an item and where it leads; what stands below it
// stays.
func (s *Store) SetItem(ctx context.Context, by sala.Actor, menu sala.ID, mark string, at Spot, it MenuItem) error {
	return s.editMenu(ctx, by, menu, mark, func(_ *Settings, m *Menu) error {
		items, i, err := m.within(at)
		if err != nil {
			return err
		}
		it.Items = (*items)[i].Items
		(*items)[i], err = it.checked()
		return err
	})
}

// checked is an item that can be shown, or what is wrong with it.
func (it MenuItem) checked() (MenuItem, error) {
	it.Label, it.URL = it.Label.Trimmed(), strings.TrimSpace(it.URL)
	switch {
	case !it.Ref.IsZero():
		it.URL = ""
		return it, nil
	case it.URL == "":
		return it, sala.Invalid{{Field: "url", Key: "studio.menus_nowhere", Text: "say where it leads"}}
	case !strings.HasPrefix(it.URL, "/") && !strings.Contains(it.URL, ":") || strings.HasPrefix(it.URL, "sala:") || richtext.SafeHref(it.URL) != it.URL:
		return it, sala.Invalid{{Field: "url", Key: "studio.menus_url_bad", Text: fmt.Sprintf("%q is no address such as https://example.org or /en/archive/", it.URL)}}
	case len(it.Label) == 0:
		return it, sala.Invalid{{Field: "label-", Key: "studio.menus_label_missing", Text: "an address needs a label in one language at least"}}
	}
	return it, nil
}

// RemoveItem takes an item out, with what stands below it.
func (s *Store) RemoveItem(ctx context.Context, by sala.Actor, menu sala.ID, mark string, at Spot) error {
	return s.editMenu(ctx, by, menu, mark, func(_ *Settings, m *Menu) error {
		items, i, err := m.within(at)
		if err == nil {
			*items = slices.Delete(*items, i, i+1)
		}
		return err
	})
}

// MoveItem moves an item with what stands below it. A move that leads nowhere
// ([Up] of the first) changes nothing.
func (s *Store) MoveItem(ctx context.Context, by sala.Actor, menu sala.ID, mark string, at Spot, where Move) error {
	return s.editMenu(ctx, by, menu, mark, func(_ *Settings, m *Menu) error {
		items, i, err := m.within(at)
		if err != nil {
			return err
		}
		list := *items
		switch {
		case where == Up && i > 0:
			list[i-1], list[i] = list[i], list[i-1]
		case where == Down && i+1 < len(list):
			list[i], list[i+1] = list[i+1], list[i]
		case where == In && i > 0:
			if len(at)+depth(list[i]) > deepest {
				return sala.Invalid{{Field: "item", Key: "studio.menus_deep", Text: fmt.Sprintf("a menu has at most %d levels", deepest)}}
			}
			list[i-1].Items = append(list[i-1].Items, list[i])
			*items = slices.Delete(list, i, i+1)
		case where == Out && len(at) > 1:
			moved := list[i]
			*items = slices.Delete(list, i, i+1)
			above, j, err := m.within(at[:len(at)-1])
			if err != nil {
				return err
			}
			*above = slices.Insert(*above, j+1, moved)
		case !slices.Contains([]Move{Up, Down, In, Out}, where):
			return fmt.Errorf("move %q: %w", where, sala.ErrNotFound)
		}
		return nil
	})
}

// depth is how many levels an item has.
func depth(it MenuItem) int {
	n := 0
	for _, below := range it.Items {
		n = max(n, depth(below))
	}
	return n + 1
}
