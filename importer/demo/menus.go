package demo

import (
	"io/fs"
	"slices"
	"strings"

	"sala"
	"sala/importer"
)

// readMenus reads menus.txt. A section is "menu/item", or "menu/parent/item"
// below another. Its "to" is a work ("work:about"), a term
// ("category/statements") or an address in which {lang} is the language; its
// labels by language stand in for the target's own. Every language gets its
// own menu, and in it only what there is in that language.
func (d *demonstration) readMenus(root fs.FS) error {
	sections, err := readSections(root, "menus.txt")
	if err != nil {
		return err
	}
	menus := map[string]*importer.Menu{}
	var order []string
	for _, h := range sections {
		if err := h.check(append(tags(langs), "to"), nil); err != nil {
			return err
		}
		name, path, _ := strings.Cut(h.name, "/")
		for _, lang := range langs {
			item, err := d.menuItem(h, name, path, lang)
			if err != nil {
				return err
			}
			key := name + " " + string(lang)
			if menus[key] == nil {
				menus[key] = &importer.Menu{Origin: origin("menu", key), Name: name, Lang: lang}
				order = append(order, key)
			}
			if item.Target.Type != "work" || d.hasEdition(item.Target, lang) {
				menus[key].Items = append(menus[key].Items, item)
			}
		}
	}
	for _, key := range order {
		d.menus = append(d.menus, *menus[key])
	}
	return nil
}

func (d *demonstration) menuItem(h *head, menu, path string, lang sala.Lang) (importer.MenuItem, error) {
	item := importer.MenuItem{
		Origin: origin("menu item", menu+" "+path+" "+string(lang)), Label: h.value(string(lang)),
		At: importer.Place{File: h.file, Line: h.line},
	}
	if cut := strings.LastIndexByte(path, '/'); cut >= 0 {
		item.Parent = origin("menu item", menu+" "+path[:cut]+" "+string(lang))
	}
	to := h.value("to")
	if work, ok := strings.CutPrefix(to, "work:"); ok {
		item.Target = origin("work", work)
		if !d.hasEdition(item.Target, sala.English) {
			return item, h.fault(h.at("to"), "to", "there is no work %q", work)
		}
		return item, nil
	}
	if strings.HasPrefix(to, "/") {
		if item.URL = strings.ReplaceAll(to, "{lang}", string(lang)); item.Label == "" {
			return item, h.fault(h.line, string(lang), "an address has no label of its own: it needs one")
		}
		return item, nil
	}
	vocabulary, term, _ := strings.Cut(to, "/")
	if item.Target = origin(vocabulary, term); !d.hasTerm(item.Target) {
		return item, h.fault(h.at("to"), "to", "there is no term %q", to)
	}
	return item, nil
}

// hasEdition reports whether a work is public in lang.
func (d *demonstration) hasEdition(work importer.Origin, lang sala.Lang) bool {
	return slices.ContainsFunc(d.editions, func(e importer.Edition) bool {
		return e.Work == work && e.Lang == lang && e.Public
	})
}
