package wordpress

import (
	"regexp"
	"slices"
	"strings"

	"sala"
)

// langOf returns the language a plugin's own slug stands for: "en", "zh-hans",
// "my_MM"; "" if it is none.
func langOf(slug string) sala.Lang {
	l, err := sala.ParseLang(strings.TrimSpace(slug))
	if err != nil {
		return ""
	}
	return l
}

// langOf returns the language that a plugin's slug stands for on this site:
// Polylang lets the slug be anything, and keeps the locale beside it.
func (x *index) langOf(slug string) sala.Lang {
	if slug == "" {
		return ""
	}
	if t := x.findTerm("language", slug, ""); t != nil {
		if v, err := unserialize(strings.TrimSpace(t.about)); err == nil {
			if a, ok := v.(phpArray); ok {
				if locale, ok := a.get("locale").(string); ok {
					if l := langOf(locale); l != "" {
						return l
					}
				}
			}
		}
	}
	return langOf(slug)
}

// translations reads the members of a Polylang group, by language slug, from
// its serialized description.
func translations(description string) map[string]string {
	v, err := unserialize(strings.TrimSpace(description))
	a, ok := v.(phpArray)
	if err != nil || !ok {
		return nil
	}
	members := map[string]string{}
	for _, p := range a {
		switch id := p.value.(type) {
		case int64:
			members[p.key] = sprint(id)
		case string:
			members[p.key] = id
		}
	}
	return members
}

// qMark is a language mark of qTranslate and its heirs: <!--:en-->, [:en],
// {:en}, and the one that ends them.
var qMark = regexp.MustCompile(`<!--:([a-z]{2})?-->|\[:([a-z]{2})?\]|\{:([a-z]{2})?\}`)

// splitLanguages takes a text with such marks apart, in the order in which the
// languages first occur. What stands outside all marks belongs to each.
func splitLanguages(text string) ([]sala.Lang, map[sala.Lang]string) {
	if !strings.Contains(text, "<!--:") && !strings.Contains(text, "[:") && !strings.Contains(text, "{:") {
		return nil, nil
	}
	marks := qMark.FindAllStringSubmatchIndex(text, -1)
	if len(marks) == 0 {
		return nil, nil
	}
	type piece struct {
		lang sala.Lang
		text string
	}
	var pieces []piece
	var langs []sala.Lang
	lang, from := sala.Lang(""), 0
	for _, m := range marks {
		pieces = append(pieces, piece{lang, text[from:m[0]]})
		from, lang = m[1], ""
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 {
				lang = langOf(text[m[g]:m[g+1]])
			}
		}
		if lang != "" && !slices.Contains(langs, lang) {
			langs = append(langs, lang)
		}
	}
	pieces = append(pieces, piece{lang, text[from:]})
	if len(langs) == 0 {
		return nil, nil
	}
	split := map[sala.Lang]string{}
	for _, l := range langs {
		var b strings.Builder
		for _, p := range pieces {
			if p.lang == "" || p.lang == l {
				b.WriteString(p.text)
			}
		}
		split[l] = b.String()
	}
	return langs, split
}

// langOfLink reads the language out of an address: its first folder or its
// query, as WPML and Polylang write it.
func langOfLink(path, query string) sala.Lang {
	for _, pair := range strings.Split(query, "&") {
		if v, ok := strings.CutPrefix(pair, "lang="); ok {
			return langOf(v)
		}
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if len(first) < 2 || len(first) > 7 || strings.ToLower(first) != first {
		return ""
	}
	base, _, _ := strings.Cut(first, "-")
	if !slices.Contains(folderLangs, base) {
		return ""
	}
	return langOf(first)
}

// folderLangs are the languages that a first folder is believed to stand for;
// "no", "is" or "it" would as likely be a word.
var folderLangs = []string{
	"en", "my", "th", "km", "lo", "vi", "ja", "zh", "ko", "fr", "de", "es", "pt", "ru", "ar", "hi", "bn", "ne", "ur", "ta", "si",
	"fil", "tl", "ms", "shn", "mnw", "ksw", "kar", "kac", "tet", "nl",
}

// sourceOf returns the entry that another was translated from, nil where the
// export does not say. WPML says it; of a group of Polylang's no member stands
// before the others.
func (x *index) sourceOf(en *entry) *entry {
	lang := x.langOf(en.saidSource)
	if lang == "" || !en.joined || lang == en.lang {
		return nil
	}
	for _, other := range x.groups[en.group] {
		if other.lang == lang {
			return other
		}
	}
	return nil
}
