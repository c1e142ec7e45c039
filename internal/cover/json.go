package cover

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
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
	d := json.NewDecoder(bytes.NewReader(body))
	for {
		from := int(d.InputOffset())
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("cover JSON: %w", err)
		}
		to := int(d.InputOffset())
		top := stack[len(stack)-1]
		value := true
		switch t := token.(type) {
		case json.Delim:
			switch t {
			case '{', '[':
				top.named = false
				stack = append(stack, &frame{object: t == '{'})
				value = false
			default:
				stack = stack[:len(stack)-1]
				if top.lang != "" {
					err = settle(top, top.lang)
				} else { // it is said further out
					above := stack[len(stack)-1]
					above.strings = append(above.strings, top.strings...)
				}
				value = false
			}
		case string:
			if top.object && !top.named {
				top.name, top.named, value = t, true, false
				break
			}
			if slices.Contains(languages, top.name) && top.object && top.lang == "" {
				top.lang = t
			}
			top.strings = append(top.strings, str{from + bytes.IndexByte(body[from:to], '"'), to, t})
		}
		if err != nil {
			return nil, err
		}
		if value {
			top.named = false
		}
	}
	if len(stack) > 1 {
		return nil, fmt.Errorf("cover JSON: %w", io.ErrUnexpectedEOF)
	}
	if err := settle(stack[0], lang); err != nil {
		return nil, err
	}
	w := walk{page: body, edits: edits}
	return w.done(), nil
}
