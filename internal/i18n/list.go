package i18n

import (
	"slices"
	"strings"

	"sala"
)

// List joins words as a sentence does: "a, b and c", "ก ข และค", "a、b、c". Thai
// parts words with a space; where one has a space itself, as names in Latin
// letters do, a comma parts them, as in Thai prose.
func List(lang sala.Lang, items []string) string {
	l, ok := of(lang)
	if !ok {
		return strings.Join(items, ", ")
	}
	and := l.and
	if spaced(and) && slices.ContainsFunc(items, func(s string) bool { return strings.Contains(s, " ") }) {
		last := "{0} " + strings.NewReplacer("{0}", "", "{1}", "").Replace(and[0]) + " {1}"
		and = joiner{last, "{0}, {1}", "{0}, {1}", last}
	}
	return and.join(items)
}

// spaced reports whether nothing but a space parts the items of a list.
func spaced(j joiner) bool { return j[1] == "{0} {1}" }

// Or joins words of which one is meant: "a, b or c".
func Or(lang sala.Lang, items []string) string {
	l, ok := of(lang)
	if !ok {
		return strings.Join(items, ", ")
	}
	return l.or.join(items)
}

func (j joiner) join(items []string) string {
	pair := func(pattern, a, b string) string { return strings.NewReplacer("{0}", a, "{1}", b).Replace(pattern) }
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return pair(j[0], items[0], items[1])
	default:
		out := pair(j[3], items[n-2], items[n-1])
		for i := n - 3; i > 0; i-- {
			out = pair(j[2], items[i], out)
		}
		return pair(j[1], items[0], out)
	}
}

// Comma is what stands between the items of a list before the last, for lists
// whose items are marked up one by one and may have spaces.
func Comma(lang sala.Lang) string {
	if l, ok := of(lang); ok && !spaced(l.and) {
		return strings.NewReplacer("{0}", "", "{1}", "").Replace(l.and[1])
	}
	return ", "
}

// Quote sets words in the quotation marks of a language.
func Quote(lang sala.Lang, s string) string {
	l, ok := of(lang)
	if !ok {
		return "“" + s + "”"
	}
	return l.quotes[0] + s + l.quotes[1]
}
