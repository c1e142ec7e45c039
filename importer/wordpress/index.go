package wordpress

import (
	"slices"
	"strings"

	"sala"
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
	folder      string // of the site on its host: "/blog", or ""
	root        string // what stands before that: "http://old-site.example"
	items       int

	authors  []author
	byLogin  map[string]*author
	terms    []*term
	bySlug   map[string][]*term // by taxonomy + "\x00" + slug: several where languages share a slug
	byTermID map[string]*term
	byLabel  map[string]*term
	declared map[string]int // taxonomy + "\x00" + the element that declares it

	entries     []*entry
	byID        map[string]*entry // the first of each id
	byKey       map[string]target // old address, normalised
	uploads     map[string]*entry // by what [importer.UploadKey] makes of its path
	uploadHosts map[string]bool   // where the attachments say they are
	groups      map[string][]*entry
	langs       []sala.Lang
	attached    map[string][]*entry // attachments by the item they belong to
	patterns    int                 // how many bytes the patterns kept have
}

// maxPatterns bounds how much text of patterns is kept at hand.
const maxPatterns = 16 << 20

// An entry is what is known of an item.
type entry struct {
	id, key, kind, status, slug, parent, link string

	said       string // the language, as a plugin names it
	saidSource string // the language it was translated from, likewise
	lang       sala.Lang
	group      string
	secret     bool   // behind a password
	joined     bool   // an edition of its group's work
	twin       *entry // the one in the same language that its group has already
	public     bool

	content *string // of a pattern
	*upload         // of an attachment, else nil
}

// An upload is what is known of an attachment besides.
type upload struct {
	url     string
	file    string // its path under the uploads folder
	title   string
	alt     string
	caption string
}

// A target is what an address of the old site leads to.
type target struct {
	entry *entry
	term  *term
}

// of returns what a target is in the house.
func (x *index) of(t target) (sala.Kind, importer.Origin) {
	switch {
	case t.term != nil:
		return sala.KindTerm, x.origin(t.term)
	case t.entry.kind == "attachment":
		return sala.KindFile, x.itemOrigin(t.entry)
	}
	return sala.KindWork, x.workOrigin(t.entry)
}

// itemOrigin and workOrigin are the origins of an item, and of the work it is
// an edition of.
func (x *index) itemOrigin(en *entry) importer.Origin {
	return importer.Origin{Site: x.host, Type: en.kind, Key: en.key}
}

func (x *index) workOrigin(en *entry) importer.Origin {
	if en.joined {
		return importer.Origin{Site: x.host, Type: "translations", Key: en.group}
	}
	return x.itemOrigin(en)
}

func newIndex() *index {
	return &index{
		bySlug: map[string][]*term{}, byTermID: map[string]*term{}, byLabel: map[string]*term{}, byLogin: map[string]*author{}, declared: map[string]int{},
		byID: map[string]*entry{}, byKey: map[string]target{}, uploads: map[string]*entry{}, uploadHosts: map[string]bool{}, groups: map[string][]*entry{},
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
			x.title = e.text
		case "link":
			x.link = strings.TrimSpace(e.text)
		case "description":
			x.tagline = e.text
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
			a := author{e.wp("author_id"), e.wp("author_login"), e.wp("author_display_name"), e.place}
			x.authors = append(x.authors, a)
			if a.login != "" && x.byLogin[a.login] == nil {
				x.byLogin[a.login] = &a
			}
		case "category":
			x.addTerm(e.name, &term{taxonomy: "category", id: e.wp("term_id"), slug: e.wp("category_nicename"), parent: e.wp("category_parent"),
				label: e.wp("cat_name"), about: e.get(wpSpace, "category_description"), place: e.place})
		case "tag":
			x.addTerm(e.name, &term{taxonomy: "post_tag", id: e.wp("term_id"), slug: e.wp("tag_slug"),
				label: e.wp("tag_name"), about: e.get(wpSpace, "tag_description"), place: e.place})
		case "term":
			x.addTerm(e.name, &term{taxonomy: e.wp("term_taxonomy"), id: e.wp("term_id"), slug: e.wp("term_slug"), parent: e.wp("term_parent"),
				label: e.wp("term_name"), about: e.get(wpSpace, "term_description"), place: e.place})
		}
	}
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
	if text := e.get(contentSpace, "encoded"); en.kind == "wp_block" && x.patterns+len(text) <= maxPatterns {
		x.patterns += len(text)
		en.content = &text
	}
	en.secret = e.wp("post_password") != ""
	en.public = en.status == "publish" && !en.secret
	for _, c := range e.all(noSpace, "category") {
		switch c.attr("domain") {
		case "language":
			en.said = c.attr("nicename")
		case "post_translations":
			en.group = "polylang " + c.attr("nicename")
		}
	}
	if en.kind == "attachment" {
		en.upload = &upload{}
	}
	for _, m := range e.all(wpSpace, "postmeta") {
		value := strings.TrimSpace(m.get(wpSpace, "meta_value"))
		switch m.wp("meta_key") {
		case "_wpml_import_language_code":
			en.said = value
		case "_wpml_import_translation_group":
			en.group = "wpml " + value
		case "_wpml_import_source_language_code":
			en.saidSource = value
		case "_wp_attached_file":
			if en.upload != nil {
				en.file = value
			}
		case "_wp_attachment_image_alt":
			if en.upload != nil {
				en.alt = plainText(x.inOwn(value))
			}
		}
	}
	if en.upload != nil {
		address := e.wp("attachment_url")
		if host, _ := base(address); host != "" {
			x.uploadHosts[host] = true
		}
		if en.file == "" {
			en.file = underUploads(address)
		}
		en.url = e.wp("attachment_url")
		en.title = plainText(x.inOwn(e.get(noSpace, "title")))
		en.caption = plainText(x.inOwn(e.get(excerptSpace, "encoded")))
	}
	x.entries = append(x.entries, en)
}

// finish ties everything together once the whole file has been seen.
func (x *index) finish(o importer.Options) {
	if x.baseURL == "" {
		x.baseURL = x.link
	}
	x.host, x.folder = base(x.baseURL)
	x.root = strings.TrimSuffix(strings.TrimRight(x.baseURL, "/"), x.folder)
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
		en.lang = x.langOf(en.said)
		if en.lang == "" {
			path, query, _ := strings.Cut(strings.TrimPrefix(x.path(en.link), x.folder), "?")
			if en.lang = langOfLink(path, query); en.lang == "" {
				en.lang = x.defaultLang
			}
		}
		if en.kind != "nav_menu_item" {
			x.sawLang(en.lang)
		}
		if en.group != "" {
			x.join(en)
		}
	}
	for _, en := range x.entries {
		if en.upload != nil {
			en.public = x.isPublicFile(en)
		}
		x.address(en)
	}
	for _, t := range x.terms {
		for _, old := range x.oldTerm(t) {
			x.claim(string(old), target{term: t})
		}
	}
	for _, a := range x.authors {
		t := &term{taxonomy: "user", key: a.login}
		for _, old := range oldAuthor(a) {
			x.claim(string(old), target{term: t})
		}
	}
}

// isPublicFile reports whether an attachment was public: as what it belongs
// to is, or by itself if it belongs to nothing here.
func (x *index) isPublicFile(en *entry) bool {
	if en.secret || en.status != "inherit" && en.status != "publish" {
		return false
	}
	parent := x.byID[en.parent]
	return parent == nil || parent.upload != nil || parent.public
}

// join makes an entry an edition of its group's work, unless the group has
// one in its language already.
func (x *index) join(en *entry) {
	for _, other := range x.groups[en.group] {
		if other.lang == en.lang {
			en.twin = other
			return
		}
	}
	x.groups[en.group] = append(x.groups[en.group], en)
	en.joined = true
}

func (x *index) sawLang(l sala.Lang) {
	if l != "" && !slices.Contains(x.langs, l) {
		x.langs = append(x.langs, l)
	}
}

func (x *index) site() importer.Site {
	return importer.Site{
		Host: x.host, BaseURL: strings.TrimRight(x.baseURL, "/"), Name: plainText(x.inOwn(x.title)), Tagline: plainText(x.inOwn(x.tagline)),
		Lang: x.defaultLang, Langs: x.langs,
	}
}

// inOwn returns a text in the site's own language, where marks part it.
func (x *index) inOwn(text string) string {
	langs, split := splitLanguages(text)
	return inLanguage(split, append([]sala.Lang{langOf(x.language)}, langs...), text)
}
