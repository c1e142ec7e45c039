package studio

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/web"
	"sala/network"
)

// menusPage is what menusView shows: every menu, and the form for another.
type menusPage struct {
	*page
	Menus []network.Menu
	New   network.Menu
}

// menus serves GET /studio/menus.
func (s *Studio) menus(v *visit) (*web.Reply, error) { return s.showMenus(v, network.Menu{}, nil) }

func (s *Studio) showMenus(v *visit, typed network.Menu, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.menus")
	return p.show(menusView(menusPage{p, v.set.Menus, typed}))
}

// addMenu serves POST /studio/menus.
func (s *Studio) addMenu(v *visit) (*web.Reply, error) {
	m := menuForm(v)
	id, err := s.Network.AddMenu(v.ctx(), v.By(), m)
	if err != nil {
		return s.showMenus(v, m, err)
	}
	return v.done("/studio/menus/"+string(id), "studio.menus_added")
}

func menuForm(v *visit) network.Menu {
	return network.Menu{Name: v.PostFormValue("name"), Place: v.PostFormValue("place"), Lang: sala.Lang(v.PostFormValue("lang"))}
}

// menuPage is what menuView shows: one menu as a tree.
type menuPage struct {
	*page
	Menu    network.Menu
	Typed   network.Menu // its name, place and language
	Mark    string
	Rows    []menuRow
	Spot    string           // of the item in the form, "" for a new one
	Item    network.MenuItem // in the form
	Leads   archive.Found    // what that item leads to, zero for an address
	Clash   bool
	Finding string
	Offers  []archive.Found
}

// A menuRow is one item with where it stands.
type menuRow struct {
	network.MenuItem
	Spot        string
	Level       int // from 0
	First, Last bool
	Name        string
	NameIn      sala.Lang
	Leads       archive.Found // zero for an address
	Lost        bool          // what it leads to is not public: readers do not see it
}

// menu serves GET /studio/menus/{id}. ?item= is the item in the form.
func (s *Studio) menu(v *visit) (*web.Reply, error) {
	m, err := v.set.Menu(sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	mp := menuPage{Typed: m, Spot: v.URL.Query().Get("item")}
	if mp.Spot != "" {
		at, err := network.ParseSpot(mp.Spot)
		if err != nil {
			return nil, err
		}
		if mp.Item, err = m.Item(at); err != nil {
			return nil, err
		}
	}
	return s.showMenu(v, mp, nil)
}

// showMenu shows a menu as it is stored, and in the form what mp has.
func (s *Studio) showMenu(v *visit, mp menuPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if errors.Is(wrong, sala.ErrConflict) {
		mp.Clash = true
		wrong = sala.Invalid{{Field: "items", Key: "studio.menus_clash", Text: "somebody else has changed this menu meanwhile"}}
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	set, err := s.Network.Settings(v.ctx())
	if err != nil {
		return nil, err
	}
	mp.page = p
	if mp.Menu, err = set.Menu(sala.ID(v.PathValue("id"))); err != nil {
		return nil, err // the other has removed it
	}
	mp.Mark, p.Title = sala.Mark(mp.Menu), p.T("studio.menus_title", "name", mp.Menu.Name)
	if mp.Clash { // the spot may be another item's now: what was typed is for a new one
		mp.Spot = ""
	}
	names, err := s.names(v, refs(append(slices.Clip(mp.Menu.Items), mp.Item)))
	if err != nil {
		return nil, err
	}
	mp.Leads = names[mp.Item.Ref]
	mp.Rows = menuRows(v, mp.Menu.Items, nil, names)
	if mp.Finding = strings.TrimSpace(v.URL.Query().Get("find")); mp.Finding != "" {
		if mp.Offers, err = s.Archive.Find(v.ctx(), v.By(), mp.Finding, offers); err != nil {
			return nil, err
		}
	}
	reply, err := p.show(menuView(mp))
	if err == nil && mp.Clash {
		reply.Status = http.StatusConflict
	}
	return reply, err
}

func refs(items []network.MenuItem) []sala.Ref {
	var all []sala.Ref
	for _, it := range items {
		if !it.Ref.IsZero() {
			all = append(all, it.Ref)
		}
		all = append(all, refs(it.Items)...)
	}
	return all
}

// names looks up what public works, terms and files are called.
func (s *Studio) names(v *visit, refs []sala.Ref) (map[sala.Ref]archive.Found, error) {
	var ids []sala.ID
	for _, r := range refs {
		ids = append(ids, r.ID)
	}
	works, err := s.Archive.WorksByID(v.ctx(), ids)
	if err != nil {
		return nil, err
	}
	terms, err := s.Archive.TermsByID(v.ctx(), ids)
	if err != nil {
		return nil, err
	}
	files, err := s.Media.Files(v.ctx(), ids)
	if err != nil {
		return nil, err
	}
	found := map[sala.Ref]archive.Found{}
	for _, r := range refs {
		f := archive.Found{Ref: r, Public: true}
		if w, ok := works[r.ID]; ok && r.Kind == sala.KindWork {
			e := w.Editions[0]
			for _, l := range []sala.Lang{v.set.Default, v.lang} {
				for _, other := range w.Editions {
					if other.Lang == l {
						e = other
					}
				}
			}
			f.Name, f.Lang, f.Kind = e.Title, e.Lang, w.Kind
		} else if t, ok := terms[r.ID]; ok && r.Kind == sala.KindTerm {
			f.Name, f.Lang = t.Labels.In(v.lang, v.set.Default)
			f.In, f.Path = t.Vocabulary, t.Path
		} else if file, ok := files[r.ID]; ok && r.Kind == sala.KindFile && file.Shown() {
			f.Name = file.Name
		} else {
			continue
		}
		found[r] = f
	}
	return found, nil
}

func menuRows(v *visit, items []network.MenuItem, above network.Spot, names map[sala.Ref]archive.Found) []menuRow {
	var rows []menuRow
	for i, it := range items {
		at := append(above[:len(above):len(above)], i)
		r := menuRow{MenuItem: it, Spot: at.String(), Level: len(above), First: i == 0, Last: i == len(items)-1, Leads: names[it.Ref]}
		r.Name, r.NameIn = it.Label.In(v.lang, v.set.Default)
		if r.Name == "" {
			r.Name, r.NameIn = r.Leads.Name, r.Leads.Lang
		}
		if r.Lost = !it.Ref.IsZero() && r.Leads.Name == ""; r.Lost && r.Name == "" {
			r.Name = string(it.Ref.ID)
		}
		rows = append(append(rows, r), menuRows(v, it.Items, at, names)...)
	}
	return rows
}

// describeMenu serves POST /studio/menus/{id}.
func (s *Studio) describeMenu(v *visit) (*web.Reply, error) {
	id, m := sala.ID(v.PathValue("id")), menuForm(v)
	if err := s.Network.DescribeMenu(v.ctx(), v.By(), id, v.PostFormValue("mark"), m); err != nil {
		return s.showMenu(v, menuPage{Typed: m}, err)
	}
	return v.done("/studio/menus/"+string(id), "studio.settings_saved")
}

// removeMenu serves POST /studio/menus/{id}/remove.
func (s *Studio) removeMenu(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	if err := s.Network.RemoveMenu(v.ctx(), v.By(), id, v.PostFormValue("mark")); err != nil {
		m, gone := v.set.Menu(id)
		if gone != nil {
			return nil, gone
		}
		return s.showMenu(v, menuPage{Typed: m}, err)
	}
	return v.done("/studio/menus", "studio.menus_removed")
}

// changeItem serves POST /studio/menus/{id}/items: one step with one item.
func (s *Studio) changeItem(v *visit) (*web.Reply, error) {
	id, mark, do := sala.ID(v.PathValue("id")), v.PostFormValue("mark"), v.PostFormValue("do")
	m, err := v.set.Menu(id)
	if err != nil {
		return nil, err
	}
	mp := menuPage{Typed: m, Spot: v.PostFormValue("item")}
	var at network.Spot
	if do != "add" {
		if at, err = network.ParseSpot(mp.Spot); err != nil {
			return nil, err
		}
	}
	here := "/studio/menus/" + string(id)
	switch do {
	case "add", "set":
		mp.Item = network.MenuItem{Label: sala.Text{}, URL: v.PostFormValue("url")}
		if kind, ref, ok := strings.Cut(v.PostFormValue("ref"), "/"); ok {
			mp.Item.Ref = sala.Ref{Kind: sala.Kind(kind), ID: sala.ID(ref)}
			found, err := s.names(v, []sala.Ref{mp.Item.Ref})
			if err != nil {
				return nil, err
			}
			if found[mp.Item.Ref].Name == "" {
				return s.showMenu(v, mp, sala.Invalid{{Field: "find", Key: "studio.menus_lost", Text: "this is not public"}})
			}
		}
		mp.Item.Label = textOf(v, "label", v.set.Langs, nil)
		if do == "add" {
			err = s.Network.AddItem(v.ctx(), v.By(), id, mark, mp.Item)
		} else {
			err = s.Network.SetItem(v.ctx(), v.By(), id, mark, at, mp.Item)
		}
	case "remove":
		err = s.Network.RemoveItem(v.ctx(), v.By(), id, mark, at)
	default:
		err = s.Network.MoveItem(v.ctx(), v.By(), id, mark, at, network.Move(do))
	}
	if err != nil {
		if do != "set" {
			mp.Spot = ""
		}
		return s.showMenu(v, mp, err)
	}
	return v.done(here+"#items", "studio.settings_saved")
}

// Asking is the address of this page with an item in the form.
func (mp menuPage) Asking(spot string) string {
	return "/studio/menus/" + string(mp.Menu.ID) + "?" + url.Values{"item": {spot}}.Encode() + "#item"
}
