// Package phrase is how short texts of the record are put into other
// languages: what whoever translates is shown of them, and what they may
// change. Areas say which texts there are, and keep them.
package phrase

import (
	"maps"
	"slices"
	"time"

	"sala"
)

// A Text is one text of something, or of a row of it.
type Text struct {
	Key    string  // "title", "session/ID/title": the same as long as its row is there
	Person sala.ID // of the directory: whose position or affiliation it is, "" of any other text
	Text   *sala.Text
	Limit  int  // in bytes
	Prose  bool // it may have several lines
	// Kept are languages in which its words are not a translator's to change:
	// those that a document says, or that somebody signed.
	Kept []sala.Lang
	At   map[sala.Lang]time.Time // see [Register]
}

// A Wording is one text as whoever translates it sees it.
type Wording struct {
	Key    string
	Person sala.ID
	Words  string      // in the language asked for, "" if it says nothing in it
	Source string      // in the best other language, "" if it says nothing in any
	From   sala.Lang   // of Source
	Langs  []sala.Lang // in which it says something
	Prose  bool
	Kept   []sala.Lang
	At     map[sala.Lang]time.Time // see [Register]
}

// Only reports whether a text stands in one language alone. Its words are then
// no translation, and whoever translates leaves them as they are.
func (w Wording) Only(lang sala.Lang) bool { return len(w.Langs) == 1 && w.Langs[0] == lang }

// Keeps reports whether the words in a language are not a translator's.
func (w Wording) Keeps(lang sala.Lang) bool { return slices.Contains(w.Kept, lang) }

// Fixed reports whether there is nothing to translate in a language.
func (w Wording) Fixed(lang sala.Lang) bool { return w.Only(lang) || w.Keeps(lang) }

// Of returns the texts that say something: what each says in a language, and
// in the best other one, which is the first of also that it has.
func Of(texts []Text, lang sala.Lang, also ...sala.Lang) []Wording {
	var all []Wording
	for _, t := range texts {
		langs := t.Text.Langs()
		if len(langs) == 0 {
			continue
		}
		w := Wording{Key: t.Key, Person: t.Person, Words: (*t.Text)[lang], Langs: langs, Prose: t.Prose, Kept: t.Kept, At: t.At}
		if others := Without(*t.Text, lang); len(others) > 0 {
			w.Source, w.From = others.In(lang, also...)
		}
		all = append(all, w)
	}
	return all
}

// Without returns a text that does not speak a language.
func Without(t sala.Text, lang sala.Lang) sala.Text {
	out := sala.Text{}
	for l, words := range t {
		if l != lang && words != "" {
			out[l] = words
		}
	}
	return out
}

// Looked are texts as somebody saw them who says so, because they have no
// versions: had, by key, is what stood in a language, "" if nothing did, and
// what it was translated from. What else they say counts as it is now.
func Looked(now []Text, had map[string]sala.Text) []Text {
	out := slices.Clone(now)
	for i, t := range now {
		was := sala.Text{}
		maps.Copy(was, *t.Text)
		maps.Copy(was, had[t.Key])
		out[i].Text = &was
	}
	return out
}
