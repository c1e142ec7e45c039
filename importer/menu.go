package importer

import (
	"context"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/network"
)

// Menu stores a menu. An export does not say where on the page a menu stood,
// so its name decides: one called footer goes to the foot, and the first of a
// language that has no main menu yet, or is called main, goes to the head.
func (s *Store) Menu(ctx context.Context, m Menu) error {
	menu := network.Menu{ID: m.Origin.ID(), Name: m.Name, Lang: m.Lang, Items: s.menuItems(m, Origin{}, 0)}
	if len(menu.Items) == 0 {
		s.report.Doubt(Place{}, m.Name, "the menu has no items")
	}
	return s.hold(ctx, 0, func(ctx context.Context, tx *db.Tx) error {
		changed, err := s.to.Network.Change(ctx, tx, s.by, func(set *network.Settings) {
			if i := slices.IndexFunc(set.Menus, func(had network.Menu) bool { return had.ID == menu.ID }); i >= 0 {
				menu.Place = set.Menus[i].Place
				set.Menus[i] = menu
				return
			}
			menu.Place = menuPlace(set.Menus, menu)
			set.Menus = append(set.Menus, menu)
		})
		if !changed && err == nil {
			for _, it := range m.Items {
				if it.Counted != "" {
					s.report.Unchanged++
				}
			}
		}
		return err
	})
}

func menuPlace(had []network.Menu, m network.Menu) string {
	name := strings.ToLower(m.Name)
	place := "main"
	if strings.Contains(name, "foot") {
		place = "footer"
	}
	taken := slices.ContainsFunc(had, func(o network.Menu) bool { return o.Place == place && o.Lang == m.Lang })
	if taken || len(m.Items) == 0 {
		return ""
	}
	return place
}

// menuDepth bounds how deep menus are followed, since an export may hold
// circles; what is deeper stands at the last level.
const menuDepth = 8

func (s *Store) menuItems(m Menu, parent Origin, depth int) []network.MenuItem {
	if depth == menuDepth {
		return nil
	}
	var items []network.MenuItem
	for _, it := range m.Items {
		if it.Parent != parent {
			continue
		}
		lang := m.Lang
		if lang == "" {
			lang = s.lang()
		}
		item := network.MenuItem{URL: it.URL, Items: s.menuItems(m, it.Origin, depth+1)}
		if it.Label != "" {
			item.Label = sala.Text{lang: it.Label}
		}
		if !it.Target.IsZero() {
			item.Ref = sala.Ref{Kind: sala.KindWork, ID: it.Target.ID()}
			if id := s.term(it.Target); s.stored[id] {
				item.Ref = sala.Ref{Kind: sala.KindTerm, ID: id}
			}
		}
		items = append(items, item)
	}
	return items
}
