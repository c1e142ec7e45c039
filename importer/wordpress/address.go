package wordpress

import (
	"regexp"
	"slices"
	"strings"

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

// address notes every address that leads to an entry, but for those by its
// number: see [index.resolve].
func (x *index) address(en *entry) {
	if en.upload != nil {
		if en.file != "" {
			x.uploads[importer.UploadKey(en.file)] = en
		}
		if en.url != "" {
			x.uploads[importer.UploadKey(bare(en.url))] = en
		}
	}
	if !en.isText() && en.upload == nil {
		return
	}
	for _, old := range x.named(en) {
		x.claim(string(old), target{entry: en})
	}
}

// isText reports whether an entry is stored as an edition.
func (en *entry) isText() bool {
	return en.kind != "nav_menu_item" && en.upload == nil && notContent(en.kind) == ""
}

// oldItem returns the addresses under which WordPress answered for an item.
func (x *index) oldItem(en *entry) []importer.Old {
	old := x.named(en)
	if en.id != "" {
		old = append(old, importer.Old("/?p="+en.id), importer.Old("/?page_id="+en.id))
		if en.upload != nil {
			old = append(old, importer.Old("/?attachment_id="+en.id))
		}
	}
	return old
}

// named returns those of them that have a name in them.
func (x *index) named(en *entry) []importer.Old {
	var old []importer.Old
	add := func(address string) { old = append(old, importer.Old(address)) }
	if link := x.path(en.link); strings.TrimSuffix(link, "/") != x.folder && archive.OldKey(link) != "" && !strings.HasPrefix(link, x.folder+"/?") {
		add(link)
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
	if en.upload != nil && en.file != "" {
		add("/wp-content/uploads/" + en.file)
	}
	return old
}

// pagePath returns the slugs of a page and those above it.
func (x *index) pagePath(en *entry) string {
	path := []string{en.slug}
	for range maxNested {
		if en = x.byID[en.parent]; en == nil {
			break
		}
		path = append(path, en.slug)
	}
	slices.Reverse(path)
	return strings.Join(path, "/")
}

// oldAuthor returns the addresses under which WordPress answered for an author.
func oldAuthor(a author) []importer.Old {
	old := []importer.Old{importer.Old("/author/" + a.login + "/"), importer.Old("/?author_name=" + a.login)}
	if a.id != "" {
		old = append(old, importer.Old("/?author="+a.id))
	}
	return old
}

// oldTerm returns the addresses under which WordPress answered for a term.
func (x *index) oldTerm(t *term) []importer.Old {
	switch t.taxonomy {
	case "category":
		slugs := []string{t.slug}
		for up, n := x.above(t), 0; up != nil && n < maxNested; up, n = x.above(up), n+1 {
			slugs = append(slugs, up.slug)
		}
		slices.Reverse(slugs)
		path := strings.Join(slugs, "/")
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

// ownUpload returns the path under the uploads folder that an address names,
// "" if it names none, or another site's: that has such a folder, too.
func (x *index) ownUpload(address string) string {
	address = strings.TrimSpace(address)
	path := underUploads(address)
	if path == "" || strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") {
		return path
	}
	_, rest, ok := strings.Cut(address, "//")
	if !ok {
		return ""
	}
	host, rest, _ := strings.Cut(strings.ToLower(rest), "/")
	if strings.HasSuffix(host, ".wp.com") { // WordPress's own copies: i0.wp.com/old-site.example/…
		host, _, _ = strings.Cut(rest, "/")
	}
	if host = strings.TrimPrefix(host, "www."); host != x.host && !x.uploadHosts[host] {
		return ""
	}
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
	return strings.TrimPrefix(rest, "www.")
}

// upload returns the attachment whose file an address names, in whatever
// size: by the whole address, or by its path under the uploads folder.
func (x *index) upload(address string) *entry {
	for _, path := range []string{bare(address), x.ownUpload(address)} {
		if path == "" {
			continue
		}
		path = importer.UploadKey(path)
		whole := sized.ReplaceAllString(path, "$1")
		scaled := whole
		if dot := strings.LastIndexByte(whole, '.'); dot >= 0 {
			scaled = whole[:dot] + "-scaled" + whole[dot:]
		}
		for _, key := range []string{path, whole, scaled} {
			if en, ok := x.uploads[key]; ok {
				return en
			}
		}
	}
	return nil
}

// relink returns the address that a link of an old text has now.
func (x *index) relink(href string, lost func(href string)) string {
	whole := x.path(href)
	if whole == "" {
		return href
	}
	path, fragment, _ := strings.Cut(whole, "#")
	if t, ok := x.resolve(path); ok {
		kind, origin := x.of(t)
		return importer.LinkTo(kind, origin, fragment)
	}
	if front := strings.TrimSuffix(path, "/"); front != "" && front != x.folder {
		lost(href)
	}
	if strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "//") && x.root != "" {
		return x.root + href
	}
	return href
}

// pageOf is the number of a page of a text that was shown on several.
var pageOf = regexp.MustCompile(`^(/.+?)/\d{1,2}/?$`)

// resolve looks an address up: its path, else each variable of its query.
func (x *index) resolve(address string) (target, bool) {
	path, query, _ := strings.Cut(address, "?")
	if t, ok := x.byKey[archive.OldKey(path)]; ok {
		return t, true
	}
	for pair := range strings.FieldsFuncSeq(query, func(r rune) bool { return r == '&' || r == ';' }) {
		pair = strings.TrimPrefix(pair, "#038;")
		switch name, id, _ := strings.Cut(pair, "="); name {
		case "p", "page_id", "attachment_id":
			if en := x.byID[id]; en != nil && (en.isText() || en.upload != nil) {
				return target{entry: en}, true
			}
		}
		if t, ok := x.byKey[archive.OldKey("/?"+pair)]; ok {
			return t, true
		}
	}
	if m := pageOf.FindStringSubmatch(path); m != nil {
		t, ok := x.byKey[archive.OldKey(m[1])]
		return t, ok
	}
	return target{}, false
}
