package phrase

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sala"
	"sala/internal/input"
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

// ErrAsItWas ends a change that would change nothing.
var ErrAsItWas = errors.New("nothing was changed")

// Reword puts words into texts in one language. looked are the texts as they
// were when the words were made: what differs from them is meant, and may be
// stored where nobody has changed the text since. Unless everything may be,
// nothing is put, and an [Overtaken] or a [sala.Invalid] is returned. Of what
// was put it returns the keys, in order, and [ErrAsItWas] if there are none.
// "" takes a translation away. right are the keys of texts whose words stay,
// since they still say what they are translated from: they must be those that
// were looked at, too.
func Reword(lang sala.Lang, looked, now []Text, words map[string]string, right ...string) ([]string, error) {
	var bad flaws
	if canonical, err := sala.ParseLang(string(lang)); err != nil || canonical != lang {
		bad.add("lang", "no_lang", "%q is no language", lang)
	}
	over := &Overtaken{Mine: map[string]string{}}
	was, at := map[string]sala.Text{}, map[string]Text{}
	var order, set []string
	for _, t := range looked {
		was[t.Key] = *t.Text
	}
	for _, t := range now {
		at[t.Key], order = t, append(order, t.Key)
	}
	for _, key := range slices.Sorted(maps.Keys(words)) {
		if _, ok := at[key]; !ok {
			order = append(order, key)
		}
	}
	upheld := false
	for _, t := range now {
		if has := *t.Text; slices.Contains(right, t.Key) && has[lang] != "" {
			upheld = true
			if changed(was[t.Key], has, lang) {
				over.Keys = append(over.Keys, t.Key)
			}
		}
	}
	for _, key := range order {
		typed, ok := words[key]
		typed = strings.TrimSpace(strings.ReplaceAll(typed, "\r\n", "\n"))
		if !ok || typed == was[key][lang] {
			continue
		}
		over.Mine[key] = typed
		var has sala.Text
		if t, ok := at[key]; ok {
			has = *t.Text
		}
		switch langs := has.Langs(); {
		case len(langs) == 0:
			if typed != "" {
				bad.add(key, "gone", "what these words were for is no longer there")
			}
		case typed == has[lang]: // somebody else has said the same
		case slices.Contains(at[key].Kept, lang):
			bad.add(key, "kept", "these are the words that were said, and no translation")
		case changed(was[key], has, lang):
			if !slices.Contains(over.Keys, key) {
				over.Keys = append(over.Keys, key)
			}
		case len(langs) == 1 && langs[0] == lang:
			bad.add(key, "only", "these are the only words of it, and no translation")
		default:
			if !at[key].Prose {
				over.Mine[key] = strings.ReplaceAll(typed, "\n", " ")
			}
			bad.text(key, over.Mine[key], at[key].Limit)
			set = append(set, key)
		}
	}
	switch {
	case len(over.Keys) > 0:
		return nil, over
	case bad != nil:
		return nil, sala.Invalid(bad)
	case len(set) == 0 && !upheld:
		return nil, ErrAsItWas
	}
	for _, key := range set {
		t := Without(*at[key].Text, lang)
		if words := over.Mine[key]; words != "" {
			t[lang] = words
		}
		*at[key].Text = t
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

// flaws gather what must be corrected.
type flaws sala.Invalid

func (f *flaws) add(field, key, format string, args ...any) {
	*f = append(*f, sala.FieldError{Field: field, Key: "studio.phrases." + key, Text: fmt.Sprintf(format, args...)})
}

func (f *flaws) text(field, s string, limit int) {
	switch {
	case len(s) > limit:
		f.add(field, "too_long", "longer than %d bytes", limit)
	case !input.IsText(s):
		f.add(field, "not_text", "holds bytes that are no text")
	}
}
