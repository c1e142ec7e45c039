package phrase

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sala"
)

// An Item is how far something is in each language, as little of it as lists
// need: no words.
type Item struct {
	ID     sala.ID
	Chief  sala.Lang // that its texts are translated from, "" for that of the network
	Off    bool      // it was taken back: nobody need translate it
	Shares []Share
}

// A Share are texts of an item that stand alike.
type Share struct {
	N      int
	Person sala.ID     // see [Text]
	Langs  []sala.Lang // in which they say something
	Kept   []sala.Lang
	At     map[sala.Lang]time.Time
}

// ItemOf is what lists keep of some texts.
func ItemOf(id sala.ID, texts []Text) *Item {
	item := &Item{ID: id}
	alike := map[string]int{}
	for _, w := range Of(texts, "") {
		s := Share{N: 1, Person: w.Person, Langs: w.Langs, Kept: w.Kept, At: w.At}
		if len(w.At) == 0 { // as of most
			key := strings.TrimSpace(fmt.Sprint(w.Person, w.Langs, w.Kept))
			if at, ok := alike[key]; ok {
				item.Shares[at].N++
				continue
			}
			alike[key] = len(item.Shares)
		}
		item.Shares = append(item.Shares, s)
	}
	return item
}

// NewestItem is the order of items in lists.
func NewestItem(a, b *Item) int { return strings.Compare(string(b.ID), string(a.ID)) }

// Behind reports whether what a text is translated from has been changed since
// it was put into a language: the language it is kept in, else chief, else the
// best that it has.
func (w Wording) Behind(lang, chief sala.Lang) bool {
	return Share{Langs: w.Langs, Kept: w.Kept, At: w.At}.Behind(lang, chief)
}

// Behind is [Wording.Behind] of texts that stand alike.
func (s Share) Behind(lang, chief sala.Lang) bool {
	if len(s.At) == 0 || !slices.Contains(s.Langs, lang) || slices.Contains(s.Kept, lang) {
		return false
	}
	from := s.source(chief)
	return from != lang && s.At[from].After(s.At[lang])
}

// source is the language that other words are translated from.
func (s Share) source(chief sala.Lang) sala.Lang {
	of := s.Langs
	if len(s.Kept) > 0 {
		of = s.Kept
	}
	for _, l := range []sala.Lang{chief, sala.English} {
		if slices.Contains(of, l) {
			return l
		}
	}
	return of[0]
}

// A Lack is what an item lacks in a language.
type Lack struct {
	Of      int // texts that say something
	Missing int // of them say nothing in it
	Behind  int // say what was said before
}

// Lacks counts in a language the texts that pass a test, all if it is nil.
func (i *Item) Lacks(lang, chief sala.Lang, counts func(Share) bool) Lack {
	var lack Lack
	if i.Chief != "" {
		chief = i.Chief
	}
	for _, s := range i.Shares {
		if counts != nil && !counts(s) {
			continue
		}
		lack.Of += s.N
		switch {
		case !slices.Contains(s.Langs, lang):
			lack.Missing += s.N
		case s.Behind(lang, chief):
			lack.Behind += s.N
		}
	}
	return lack
}
