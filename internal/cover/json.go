package cover

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// languages are the names under which an object says its language.
var languages = []string{"inLanguage", "language", "lang", "@language"}

// JSON covers the strings of a JSON text, but not the names of its fields. A
// string that holds elements is covered as a piece of a page.
func JSON(body []byte, lang string, find Finder) ([]byte, error) {
	type str struct {
		from, to int
		text     string
	}
	type frame struct {
		object, named bool // an object; its next string is a value
		name          string
		lang          string
		strings       []str
	}
	stack := []*frame{{}}
	var edits []edit
	settle := func(f *frame, lang string) error {
		for _, s := range f.strings {
			text := s.text
			if strings.ContainsRune(text, '<') {
				text = string(HTML([]byte(text), lang, find))
			} else {
				text = over(text, find(text, lang))
			}
			if text == s.text {
				continue
			}
			b, err := json.Marshal(text)
			if err != nil {
				return err
			}
			edits = append(edits, edit{s.from, s.to, string(b)})
		}
		return nil
	}
	if !json.Valid(body) {
		return nil, fmt.Errorf("cover what is no JSON: %w", ErrForm)
	}
	for at := 0; at < len(body); {
		top := stack[len(stack)-1]
		switch c := body[at]; c {
		case '{', '[':
			top.named = false
			stack = append(stack, &frame{object: c == '{'})
		case '}', ']':
			stack = stack[:len(stack)-1]
			if top.lang == "" { // it is said further out
				above := stack[len(stack)-1]
				above.strings = append(above.strings, top.strings...)
			} else if err := settle(top, top.lang); err != nil {
				return nil, err
			}
		case ',':
			top.named = false
		case '"':
			from := at
			at = stringEnd(body, at)
			text, err := unquoted(body[from:at])
			if err != nil {
				return nil, fmt.Errorf("cover JSON: %w", err)
			}
			if top.object && !top.named {
				top.name, top.named = text, true
				continue
			}
			if top.object && top.lang == "" && slices.Contains(languages, top.name) {
				top.lang = text
			}
			top.strings = append(top.strings, str{from, at, text})
			continue
		}
		at++
	}
	if err := settle(stack[0], lang); err != nil {
		return nil, err
	}
	w := walk{page: body, edits: edits}
	return w.done(), nil
}

// stringEnd returns where a string ends that begins at a place of a JSON text.
func stringEnd(body []byte, at int) int {
	for at++; ; at++ {
		switch body[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
}

// unquoted is what a JSON string says.
func unquoted(s []byte) (string, error) {
	if said := s[1 : len(s)-1]; bytes.IndexByte(said, '\\') < 0 && utf8.Valid(said) {
		return string(said), nil
	}
	var said string
	err := json.Unmarshal(s, &said)
	return said, err
}
