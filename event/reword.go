package event

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"sala"
)

// An Overtaken tells that texts have been changed since somebody looked at
// them to translate them. Nothing was stored.
type Overtaken struct {
	Mine map[string]string // by key: all that was to be saved
	Keys []string          // of those whose texts have been changed, in the order of reading
}

func (o *Overtaken) Error() string {
	return "changed while they were translated: " + strings.Join(o.Keys, ", ")
}

func (o *Overtaken) Unwrap() error { return sala.ErrConflict }

// errAsItWas ends a change that would change nothing.
var errAsItWas = errors.New("nothing was changed")

// reword puts words into texts in one language. looked are the texts as they
// were when the words were made: what differs from them is meant, and may be
// stored where nobody has changed the text since. It returns the keys of the
// texts that say something else then, in order, and errAsItWas if none does.
func reword(lang sala.Lang, looked, now []keyed, words map[string]string) ([]string, error) {
	c, over := &checker{}, &Overtaken{Mine: map[string]string{}}
	c.langs("lang", []sala.Lang{lang})
	was, at := map[string]sala.Text{}, map[string]keyed{}
	var order, set []string
	for _, t := range looked {
		was[t.key] = *t.text
	}
	for _, t := range now {
		at[t.key], order = t, append(order, t.key)
	}
	for _, key := range slices.Sorted(maps.Keys(words)) {
		if _, ok := at[key]; !ok {
			order = append(order, key)
		}
	}
	for _, key := range order {
		typed, ok := words[key]
		typed = trimmed(sala.Text{lang: typed})[lang]
		if !ok || typed == was[key][lang] {
			continue
		}
		over.Mine[key] = typed
		var has sala.Text
		if t, ok := at[key]; ok {
			has = *t.text
		}
		switch langs := langsOf(has); {
		case len(langs) == 0:
			if typed != "" {
				c.add(key, "translate_gone", "what these words were for is no longer there")
			}
		case typed == has[lang]: // somebody else has said the same
		case changed(was[key], has, lang):
			over.Keys = append(over.Keys, key)
		case len(langs) == 1 && langs[0] == lang:
			c.add(key, "translate_only", "these are the only words of it, and no translation")
		default:
			if at[key].limit == lineLimit {
				over.Mine[key] = strings.ReplaceAll(typed, "\n", " ")
			}
			c.text(key, over.Mine[key], at[key].limit)
			set = append(set, key)
		}
	}
	if len(over.Keys) > 0 {
		return nil, over
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	if len(set) == 0 {
		return nil, errAsItWas
	}
	for _, key := range set {
		t := without(*at[key].text, lang)
		if words := over.Mine[key]; words != "" {
			t[lang] = words
		}
		*at[key].text = t
	}
	return set, nil
}

// changed reports whether a text says something else now than it did, in lang
// or in what may have been translated from. A language that has come since
// takes nothing away.
func changed(was, now sala.Text, lang sala.Lang) bool {
	for l, words := range was {
		if now[l] != words {
			return true
		}
	}
	return now[lang] != was[lang]
}

// without returns a text that does not speak a language.
func without(t sala.Text, lang sala.Lang) sala.Text {
	out := sala.Text{}
	for l, words := range t {
		if l != lang && words != "" {
			out[l] = words
		}
	}
	return out
}
