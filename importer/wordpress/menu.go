package wordpress

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/importer"
	"sala/internal/richtext"
)

// A menu is gathered while the items are read: they come in any order, and
// among everything else.
type menu struct {
	out   importer.Menu
	items []menuEntry
}

type menuEntry struct {
	importer.MenuItem
	order int
	lang  sala.Lang // of what it leads to, "" if that has none
}

// menuItem keeps an item of a menu until all are read.
func (im *reader) menuItem(e *element, en *entry, key string) {
	x := im.index
	item := menuEntry{MenuItem: importer.MenuItem{Origin: im.index.itemOrigin(en), Label: plainText(x.inOwn(e.get(noSpace, "title"))), Counted: key, At: e.place}}
	if n, err := strconv.Atoi(e.wp("menu_order")); err == nil {
		item.order = n
	}
	meta := map[string]string{}
	for _, m := range e.all(wpSpace, "postmeta") {
		name, value := m.wp("meta_key"), m.get(wpSpace, "meta_value")
		meta[name] = strings.TrimSpace(value)
		item.Meta = append(item.Meta, archive.Meta{Key: name, Value: value})
	}
	if parent := x.byID[meta["_menu_item_menu_item_parent"]]; parent != nil && parent.kind == "nav_menu_item" {
		item.Parent = x.itemOrigin(parent)
	}
	item.lang = im.aim(&item.MenuItem, meta)
	if item.Target.IsZero() && item.URL == "" {
		im.report.Doubt(e.place, cmp.Or(item.Label, "menu item "+en.id), "a menu item that leads to nothing in this export")
	}
	slug := ""
	for _, c := range e.all(noSpace, "category") {
		if c.attr("domain") == "nav_menu" {
			slug = c.attr("nicename")
		}
	}
	if slug == "" {
		im.report.Doubt(e.place, cmp.Or(item.Label, "menu item "+en.id), "a menu item that says of no menu: kept in one without a name")
	}
	m := im.menuOf(slug)
	m.items = append(m.items, item)
}

// aim finds what a menu item leads to, and the language of that.
func (im *reader) aim(item *importer.MenuItem, meta map[string]string) sala.Lang {
	x := im.index
	object := meta["_menu_item_object_id"]
	switch meta["_menu_item_type"] {
	case "post_type":
		if to := x.byID[object]; to != nil {
			item.Target = x.workOrigin(to)
			return to.lang
		}
	case "taxonomy":
		if t := x.byTermID[meta["_menu_item_object"]+"\x00"+object]; t != nil {
			item.Target = x.origin(t)
			return t.lang
		}
	default:
		href := meta["_menu_item_url"]
		if path := x.path(href); path != "" {
			if to, ok := x.resolve(path); ok {
				_, item.Target = x.of(to)
				return ""
			}
		}
		item.URL = richtext.SafeHref(href)
	}
	return ""
}

// menuOf returns the menu of that slug.
func (im *reader) menuOf(slug string) *menu {
	if m, ok := im.menuBySlug[slug]; ok {
		return m
	}
	m := &menu{out: importer.Menu{Origin: importer.Origin{Site: im.index.host, Type: "nav_menu", Key: slug}, Name: slug}}
	if t := im.index.findTerm("nav_menu", slug, ""); t != nil {
		m.out.Name, m.out.Lang = t.label, t.lang
	}
	im.menus = append(im.menus, m)
	im.menuBySlug[slug] = m
	return m
}

// language returns the language of a menu: the one that most of what it leads
// to is in, since an export says no other.
func (m *menu) language(otherwise sala.Lang) sala.Lang {
	if m.out.Lang != "" {
		return m.out.Lang
	}
	count := map[sala.Lang]int{}
	best := otherwise
	for _, i := range m.items {
		if i.lang == "" {
			continue
		}
		if count[i.lang]++; count[i.lang] > count[best] {
			best = i.lang
		}
	}
	return best
}

// handMenus hands the menus over, each in its own order, parents before what
// stands under them.
func (im *reader) handMenus(ctx context.Context) error {
	for _, m := range im.menus {
		m.out.Lang = m.language(im.lang())
		slices.SortStableFunc(m.items, func(a, b menuEntry) int { return cmp.Compare(a.order, b.order) })
		under := map[importer.Origin][]importer.MenuItem{}
		known := map[importer.Origin]bool{}
		for _, i := range m.items {
			known[i.Origin] = true
		}
		for _, i := range m.items {
			if !known[i.Parent] {
				i.Parent = importer.Origin{}
			}
			under[i.Parent] = append(under[i.Parent], i.MenuItem)
		}
		placed := map[importer.Origin]bool{}
		var place func(parent importer.Origin)
		place = func(parent importer.Origin) {
			for _, i := range under[parent] {
				if placed[i.Origin] {
					continue
				}
				placed[i.Origin] = true
				m.out.Items = append(m.out.Items, i)
				place(i.Origin)
			}
		}
		place(importer.Origin{})
		for _, i := range m.items { // what is left stands under itself
			if placed[i.Origin] {
				continue
			}
			im.report.Doubt(i.At, i.Label, "a menu item that stands under itself: put at the top")
			i.Parent = importer.Origin{}
			placed[i.Origin] = true
			m.out.Items = append(m.out.Items, i.MenuItem)
			place(i.Origin)
		}
		if err := im.sink.Menu(ctx, m.out); err != nil {
			return err
		}
	}
	return nil
}
