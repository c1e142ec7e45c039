package wordpress

import (
	"regexp"
	"strings"

	"sala"
	"sala/archive"
	"sala/importer"
)

// path returns an address of the old site without its scheme and host,
// "" if it is another site's.
func (x *index) path(address string) string {
	address = strings.TrimSpace(address)
	if strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") {
		return address
	}
	_, rest, ok := strings.Cut(address, "//")
	if !ok || !strings.HasPrefix(strings.ToLower(address), "http") && !strings.HasPrefix(address, "//") {
		return ""
	}
	host := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host, rest = rest[:i], rest[i:]
	} else {
		rest = "/"
	}
	if strings.TrimPrefix(strings.ToLower(host), "www.") != x.host {
		return ""
	}
	if !strings.HasPrefix(rest, "/") {
		rest = "/" + rest
	}
	return rest
}

// claim makes an address lead to t, unless it leads somewhere already.
func (x *index) claim(address string, t target) {
	key := archive.OldKey(address)
	if key == "" {
		return
	}
	if _, ok := x.byKey[key]; !ok {
		x.byKey[key] = t
	}
}

// address notes every address that leads to an entry.
func (x *index) address(en *entry) {
	t := target{sala.KindWork, en.work}
	if en.kind == "attachment" {
		t = target{sala.KindFile, en.origin}
		if en.file != "" {
			x.uploads[strings.ToLower(en.file)] = en
		}
		if en.url != "" {
			x.uploads[strings.ToLower(bare(en.url))] = en
		}
	}
	if en.kind == "nav_menu_item" {
		return
	}
	for _, old := range x.oldItem(en) {
		x.claim(string(old), t)
	}
}

// oldItem returns the addresses under which WordPress answered for an item.
func (x *index) oldItem(en *entry) []importer.Old {
	var old []importer.Old
	add := func(address string) { old = append(old, importer.Old(address)) }
	if link := x.path(en.link); link != "" && link != "/" && !strings.HasPrefix(link, "/?") {
		add(link)
	}
	if en.id != "" {
		add("/?p=" + en.id)
		add("/?page_id=" + en.id)
		if en.kind == "attachment" {
			add("/?attachment_id=" + en.id)
		}
	}
	if en.slug != "" && en.public {
		switch en.kind {
		case "post":
			add("/?name=" + en.slug)
		case "page":
			add("/?pagename=" + x.pagePath(en))
		case "attachment":
			add("/?attachment=" + en.slug)
		default:
			add("/?" + en.kind + "=" + en.slug)
		}
	}
	if en.kind == "attachment" && en.file != "" {
		add("/wp-content/uploads/" + en.file)
	}
	return old
}

// pagePath returns the slugs of a page and those above it.
func (x *index) pagePath(en *entry) string {
	path, seen := en.slug, map[*entry]bool{en: true}
	for up := x.byID[en.parent]; up != nil && !seen[up]; up = x.byID[up.parent] {
		seen[up] = true
		path = up.slug + "/" + path
	}
	return path
}

// oldTerm returns the addresses under which WordPress answered for a term.
func (x *index) oldTerm(t *term) []importer.Old {
	switch t.taxonomy {
	case "category":
		path, seen := t.slug, map[string]bool{t.slug: true}
		for up := x.byTerm["category\x00"+t.parent]; up != nil && !seen[up.slug]; up = x.byTerm["category\x00"+up.parent] {
			seen[up.slug] = true
			path = up.slug + "/" + path
		}
		old := []importer.Old{importer.Old("/category/" + path + "/"), importer.Old("/?category_name=" + t.slug)}
		if path != t.slug {
			old = append(old, importer.Old("/category/"+t.slug+"/"), importer.Old("/?category_name="+path))
		}
		if t.id != "" {
			old = append(old, importer.Old("/?cat="+t.id))
		}
		return old
	case "post_tag":
		old := []importer.Old{importer.Old("/tag/" + t.slug + "/"), importer.Old("/?tag=" + t.slug)}
		if t.id != "" {
			old = append(old, importer.Old("/?tag_id="+t.id))
		}
		return old
	}
	if isHidden(t.taxonomy) {
		return nil
	}
	return []importer.Old{importer.Old("/" + t.taxonomy + "/" + t.slug + "/"), importer.Old("/?" + t.taxonomy + "=" + t.slug)}
}

var sized = regexp.MustCompile(`-\d+x\d+(\.[A-Za-z0-9]+)$`)

// underUploads returns the part of an address under the uploads folder.
func underUploads(address string) string {
	_, path, ok := strings.Cut(address, "/wp-content/uploads/")
	if !ok {
		return ""
	}
	path, _, _ = strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	return path
}

// bare returns an address without its scheme, query and fragment.
func bare(address string) string {
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		address = address[:i]
	}
	_, rest, ok := strings.Cut(address, "//")
	if !ok {
		return ""
	}
	return rest
}

// upload returns the attachment whose file an address names, in whatever size.
func (x *index) upload(address string) *entry {
	if en, ok := x.uploads[strings.ToLower(bare(address))]; ok {
		return en
	}
	path := strings.ToLower(underUploads(address))
	if path == "" {
		return nil
	}
	if en, ok := x.uploads[path]; ok {
		return en
	}
	if whole := sized.ReplaceAllString(path, "$1"); whole != path {
		if en, ok := x.uploads[whole]; ok {
			return en
		}
		path = whole
	}
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 {
		return nil
	}
	return x.uploads[path[:dot]+"-scaled"+path[dot:]]
}

// relink returns the address that a link of an old text has now.
func (x *index) relink(href string, lost func(href string)) string {
	if en := x.upload(href); en != nil {
		return importer.LinkTo(sala.KindFile, en.origin, "")
	}
	path := x.path(href)
	if path == "" {
		return href
	}
	path, fragment, _ := strings.Cut(path, "#")
	if t, ok := x.resolve(path); ok {
		return importer.LinkTo(t.kind, t.origin, fragment)
	}
	if path != "/" {
		lost(href)
	}
	if strings.HasPrefix(href, "/") && x.baseURL != "" {
		return strings.TrimRight(x.baseURL, "/") + href
	}
	return href
}

// resolve looks an address up; of a query it tries each variable.
func (x *index) resolve(address string) (target, bool) {
	path, query, _ := strings.Cut(address, "?")
	if strings.Trim(path, "/") != "" {
		t, ok := x.byKey[archive.OldKey(path)]
		return t, ok
	}
	for _, pair := range strings.FieldsFunc(query, func(r rune) bool { return r == '&' || r == ';' }) {
		if t, ok := x.byKey[archive.OldKey("/?"+strings.TrimPrefix(pair, "#038;"))]; ok {
			return t, true
		}
	}
	return target{}, false
}
