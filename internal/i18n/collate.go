package i18n

import (
	"slices"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"sala"
)

// collators keeps some for each language: making one is dear, and one serves
// one caller at a time.
var collators sync.Map // sala.Lang → *sync.Pool

// Compare tells the order of two texts in a dictionary of lang: negative if a
// comes first, 0 if they are alike.
func Compare(lang sala.Lang, a, b string) int {
	kept, ok := collators.Load(lang)
	if !ok {
		kept, _ = collators.LoadOrStore(lang, &sync.Pool{New: func() any { return collate.New(language.Make(string(lang))) }})
	}
	pool := kept.(*sync.Pool)
	c := pool.Get().(*collate.Collator)
	defer pool.Put(c)
	return c.CompareString(a, b)
}

// Sort puts items in the order of a dictionary of lang; text is what each is
// called. Those that are called alike keep their order.
func Sort[T any](lang sala.Lang, items []T, text func(T) string) {
	slices.SortStableFunc(items, func(a, b T) int { return Compare(lang, text(a), text(b)) })
}
