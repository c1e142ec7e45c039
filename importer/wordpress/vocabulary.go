package wordpress

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sala"
	"sala/archive"
	"sala/importer"
)

// An author is a wp:author. Its mail address and its first and last name are
// not read: the site showed neither, and who wrote may be at risk.
type author struct {
	id, login, name string
	place           importer.Place
}

// shown is the name an author signs with.
func (a author) shown() string { return cmp.Or(a.name, a.login) }

// A term is a category, a tag or another taxonomy's term.
type term struct {
	taxonomy, id, slug, parent, label, about string
	key                                      string // of its origin: the slug, or more where that is another's
	lang                                     sala.Lang
	group                                    string
	langs                                    []sala.Lang          // where marks part its label by language
	labels, abouts                           map[sala.Lang]string // and what it is in each
	place                                    importer.Place
}

// addTerm adds a term unless it is there: WordPress writes categories and
// tags twice where a site has no taxonomy of its own. Two terms may share a
// slug if their ids differ: translation plugins allow that.
func (x *index) addTerm(element string, t *term) {
	if !isHidden(t.taxonomy) {
		t.langs, t.labels = splitLanguages(t.label)
		_, t.abouts = splitLanguages(t.about)
		t.label, t.about = plainText(inLanguage(t.labels, t.langs, t.label)), plainText(inLanguage(t.abouts, t.langs, t.about))
	}
	if t.slug == "" {
		t.slug = t.label
	}
	x.declared[t.taxonomy+"\x00"+element]++
	slug, id, label := t.taxonomy+"\x00"+t.slug, t.taxonomy+"\x00"+t.id, t.taxonomy+"\x00"+t.label
	t.key = t.slug
	if len(x.bySlug[slug]) > 0 {
		if x.byTermID[id] != nil || t.id == "" || isHidden(t.taxonomy) {
			return
		}
		t.key += "#" + t.id
	}
	x.bySlug[slug] = append(x.bySlug[slug], t)
	x.terms = append(x.terms, t)
	if x.byTermID[id] == nil && t.id != "" {
		x.byTermID[id] = t
	}
	if x.byLabel[label] == nil {
		x.byLabel[label] = t
	}
}

// inLanguage returns the first of the texts that marks part by language, or
// the whole if there are none.
func inLanguage(texts map[sala.Lang]string, langs []sala.Lang, whole string) string {
	for _, l := range langs {
		if text, ok := texts[l]; ok {
			return text
		}
	}
	return whole
}

// findTerm returns the term of that slug, in that language if several share
// it, nil if there is none.
func (x *index) findTerm(taxonomy, slug string, lang sala.Lang) *term {
	var found *term
	for _, t := range x.bySlug[taxonomy+"\x00"+slug] {
		if found == nil || t.lang == lang && found.lang != lang {
			found = t
		}
	}
	return found
}

// above returns the term that a term stands under, nil at the top.
func (x *index) above(t *term) *term {
	if t.parent == "" {
		return nil
	}
	return x.findTerm(t.taxonomy, t.parent, t.lang)
}

func (x *index) origin(t *term) importer.Origin { return x.termOrigin(t.taxonomy, t.key) }

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

// termLanguages reads the language and the group of each term out of
// Polylang's term_translations: the export says them nowhere else. A term that
// was joined to others later stands in its former group, alone, as well: the
// larger group is believed.
func (x *index) termLanguages() {
	byID := map[string]*term{}
	for _, t := range x.terms {
		if !isHidden(t.taxonomy) && t.id != "" {
			byID[t.id] = t
		}
	}
	type group struct {
		slug    string
		members map[string]string
	}
	var groups []group
	for _, g := range x.terms {
		if g.taxonomy == "term_translations" {
			groups = append(groups, group{g.slug, translations(g.about)})
		}
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(len(b.members), len(a.members)) })
	for _, g := range groups {
		for _, lang := range slices.Sorted(maps.Keys(g.members)) {
			if t, ok := byID[g.members[lang]]; ok && t.group == "" {
				t.lang, t.group = x.langOf(lang), "polylang "+g.slug
			}
		}
	}
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
