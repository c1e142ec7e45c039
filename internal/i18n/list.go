package i18n

import (
	"strings"

	"sala"
)

// List joins words as a sentence does: "a, b and c", "ก ข และค", "a、b、c".
func List(lang sala.Lang, items []string) string {
	l, ok := of(lang)
	if !ok {
		return strings.Join(items, ", ")
	}
	return l.and.join(items)
}

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
// whose items are marked up one by one.
func Comma(lang sala.Lang) string {
	if l, ok := of(lang); ok {
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
