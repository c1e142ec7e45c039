package wordpress

import (
	"slices"
	"strings"

	"sala"
	"sala/archive"
	"sala/importer"
)

// An index is what the second pass must know of the whole file beforehand.
type index struct {
	file        string
	version     string
	bare        bool // items without an export around them
	title       string
	tagline     string
	link        string
	baseURL     string
	language    string
	defaultLang sala.Lang
	host        string
	items       int

	authors  []author
	terms    []*term
	byTerm   map[string]*term // taxonomy + "\x00" + slug
	byTermID map[string]*term
	declared map[string]int // taxonomy + "\x00" + the element that declares it
	menus    []*term

	entries  []*entry
	byID     map[string]*entry // the first of each id
	byKey    map[string]target // old address, normalised
	uploads  map[string]*entry // path under the uploads folder, lower case
	groups   map[string][]*entry
	langs    []sala.Lang
	attached map[string][]*entry // attachments by the item they belong to
}

// An author is a wp:author.
type author struct {
	id, login, name string
	place           importer.Place
}

// A term is a category, a tag or another taxonomy's term.
type term struct {
	taxonomy, id, slug, parent, label, about string
	lang                                     sala.Lang
	group                                    string
	place                                    importer.Place
}

// An entry is what is known of an item.
type entry struct {
	id, key, kind, status, slug, parent, link, file, url string
	lang                                                 sala.Lang
	group                                                string
	work                                                 importer.Origin
	origin                                               importer.Origin
	public                                               bool
	title                                                string // of attachments, for captions
	alt                                                  string
	caption                                              string
}

// A target is what an address of the old site leads to.
type target struct {
	kind   sala.Kind
	origin importer.Origin
}

func newIndex() *index {
	return &index{
		byTerm: map[string]*term{}, byTermID: map[string]*term{}, declared: map[string]int{}, byID: map[string]*entry{}, byKey: map[string]target{},
		uploads: map[string]*entry{}, groups: map[string][]*entry{},
	}
}

// add takes one child of the channel.
func (x *index) add(e *element) {
	switch {
	case e.name == "item":
		x.items++
		if x.version == "" && e.place.Offset < 200 {
			x.bare = true
		}
		x.addItem(e)
	case e.space == noSpace:
		switch e.name {
		case "title":
			x.title = plainText(e.text)
		case "link":
			x.link = strings.TrimSpace(e.text)
		case "description":
			x.tagline = plainText(e.text)
		case "language":
			x.language = strings.TrimSpace(e.text)
		}
	case e.space == wpSpace:
		switch e.name {
		case "wxr_version":
			if v := strings.TrimSpace(e.text); len(v) >= 3 && v[0] == '1' && v[1] == '.' {
				x.version = v
			}
		case "base_blog_url":
			x.baseURL = strings.TrimSpace(e.text)
		case "base_site_url":
			if x.baseURL == "" {
				x.baseURL = strings.TrimSpace(e.text)
			}
		case "author":
			x.authors = append(x.authors, author{e.wp("author_id"), e.wp("author_login"), e.wp("author_display_name"), e.place})
		case "category":
			x.addTerm(e.name, &term{taxonomy: "category", id: e.wp("term_id"), slug: e.wp("category_nicename"), parent: e.wp("category_parent"),
				label: plainText(e.wp("cat_name")), about: plainText(e.get(wpSpace, "category_description")), place: e.place})
		case "tag":
			x.addTerm(e.name, &term{taxonomy: "post_tag", id: e.wp("term_id"), slug: e.wp("tag_slug"),
				label: plainText(e.wp("tag_name")), about: plainText(e.get(wpSpace, "tag_description")), place: e.place})
		case "term":
			t := &term{taxonomy: e.wp("term_taxonomy"), id: e.wp("term_id"), slug: e.wp("term_slug"), parent: e.wp("term_parent"),
				label: plainText(e.wp("term_name")), place: e.place}
			t.about = e.get(wpSpace, "term_description")
			if !isHidden(t.taxonomy) {
				t.about = plainText(t.about)
			}
			x.addTerm(e.name, t)
		}
	}
}

// addTerm adds a term unless it is there: WordPress writes categories and
// tags twice where a site has no taxonomy of its own.
func (x *index) addTerm(element string, t *term) {
	if t.slug == "" {
		t.slug = t.label
	}
	x.declared[t.taxonomy+"\x00"+element]++
	key := t.taxonomy + "\x00" + t.slug
	if _, ok := x.byTerm[key]; ok {
		return
	}
	x.byTerm[key] = t
	x.terms = append(x.terms, t)
	if t.id != "" {
		x.byTermID[t.taxonomy+"\x00"+t.id] = t
	}
	if t.taxonomy == "nav_menu" {
		x.menus = append(x.menus, t)
	}
}

// isHidden reports whether a taxonomy is a plugin's or WordPress's own
// bookkeeping, read here for what it says and not a vocabulary of the record.
func isHidden(taxonomy string) bool {
	switch taxonomy {
	case "language", "term_language", "post_translations", "term_translations", "nav_menu", "post_format", "wp_theme",
		"wp_template_part_area", "link_category":
		return true
	}
	return false
}

func (x *index) addItem(e *element) {
	en := &entry{
		id: e.wp("post_id"), kind: e.wp("post_type"), status: e.wp("status"), slug: e.wp("post_name"), parent: e.wp("post_parent"),
		link: strings.TrimSpace(e.get(noSpace, "link")),
	}
	en.key = en.id
	if en.key == "" {
		en.key = en.link
	}
	en.public = en.status == "publish" && e.wp("post_password") == ""
	for _, c := range e.all(noSpace, "category") {
		switch c.attr("domain") {
		case "language":
			en.lang = langOf(c.attr("nicename"))
		case "post_translations":
			en.group = "polylang " + c.attr("nicename")
		}
	}
	for _, m := range e.all(wpSpace, "postmeta") {
		value := strings.TrimSpace(m.get(wpSpace, "meta_value"))
		switch m.wp("meta_key") {
		case "_wpml_import_language_code":
			en.lang = langOf(value)
		case "_wpml_import_translation_group":
			en.group = "wpml " + value
		case "_wp_attached_file":
			en.file = value
		case "_wp_attachment_image_alt":
			en.alt = plainText(value)
		}
	}
	if en.kind == "attachment" {
		if en.file == "" {
			en.file = underUploads(e.wp("attachment_url"))
		}
		en.url = e.wp("attachment_url")
		en.title = plainText(e.get(noSpace, "title"))
		en.caption = plainText(e.get(excerptSpace, "encoded"))
	}
	x.entries = append(x.entries, en)
}

// finish ties everything together once the whole file has been seen.
func (x *index) finish(o importer.Options) {
	if x.baseURL == "" {
		x.baseURL = x.link
	}
	x.host, _ = base(x.baseURL)
	if x.host == "" {
		x.host = strings.TrimSuffix(x.file, ".xml")
	}
	x.defaultLang = o.Lang
	if x.defaultLang == "" {
		if x.defaultLang = langOf(x.language); x.defaultLang == "" {
			x.defaultLang = sala.English
		}
	}
	x.sawLang(x.defaultLang)
	x.termLanguages()
	seen := map[string]int{}
	for _, en := range x.entries {
		if seen[en.id]++; seen[en.id] > 1 && en.id != "" {
			en.key = en.id + "#" + sprint(seen[en.id])
		}
		if _, ok := x.byID[en.id]; !ok && en.id != "" {
			x.byID[en.id] = en
		}
		en.origin = importer.Origin{Site: x.host, Type: en.kind, Key: en.key}
		if en.lang == "" {
			path, query, _ := strings.Cut(x.path(en.link), "?")
			if en.lang = langOfLink(path, query); en.lang == "" {
				en.lang = x.defaultLang
			}
		}
		if en.kind != "nav_menu_item" {
			x.sawLang(en.lang)
		}
		en.work = en.origin
		if en.group != "" {
			x.join(en)
		}
	}
	for _, en := range x.entries {
		x.address(en)
	}
	for _, t := range x.terms {
		for _, old := range x.oldTerm(t) {
			x.claim(string(old), target{sala.KindTerm, x.termOrigin(t.taxonomy, t.slug)})
		}
	}
}

// join makes an entry an edition of its group's work, unless the group has
// one in its language already.
func (x *index) join(en *entry) {
	for _, other := range x.groups[en.group] {
		if other.lang == en.lang {
			return
		}
	}
	x.groups[en.group] = append(x.groups[en.group], en)
	en.work = importer.Origin{Site: x.host, Type: "translations", Key: en.group}
}

func (x *index) sawLang(l sala.Lang) {
	if l != "" && !slices.Contains(x.langs, l) {
		x.langs = append(x.langs, l)
	}
}

// termLanguages reads the language and the group of each term out of
// Polylang's term_translations: the export says them nowhere else.
func (x *index) termLanguages() {
	byID := map[string]*term{}
	for _, t := range x.terms {
		if !isHidden(t.taxonomy) && t.id != "" {
			byID[t.id] = t
		}
	}
	for _, g := range x.terms {
		if g.taxonomy != "term_translations" {
			continue
		}
		for slug, id := range translations(g.about) {
			if t, ok := byID[id]; ok {
				t.lang, t.group = langOf(slug), "polylang "+g.slug
			}
		}
	}
}

func (x *index) site() importer.Site {
	return importer.Site{Host: x.host, BaseURL: strings.TrimRight(x.baseURL, "/"), Name: x.title, Tagline: x.tagline, Lang: x.defaultLang, Langs: x.langs}
}

// termCounts is how many terms of each taxonomy the export states. What it
// states both in an element of its own and as a wp:term counts once.
func (x *index) termCounts() map[string]int {
	counts := map[string]int{}
	for key, n := range x.declared {
		taxonomy, _, _ := strings.Cut(key, "\x00")
		counts[taxonomy] = max(counts[taxonomy], n)
	}
	return counts
}

// vocabulary is what the record calls a taxonomy.
func vocabulary(taxonomy string) string {
	switch taxonomy {
	case "category":
		return archive.Category
	case "post_tag", "tag":
		return archive.Theme
	case "author", "user":
		return archive.Author
	}
	return taxonomy
}

func (x *index) termOrigin(taxonomy, slug string) importer.Origin {
	return importer.Origin{Site: x.host, Type: taxonomy, Key: slug}
}
