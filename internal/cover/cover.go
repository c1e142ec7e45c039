// Package cover puts other words over stretches of a finished answer without
// touching the rest of it: in pages, feeds, JSON, tables, calendars and plain
// text. It knows how each form writes its words down, so that what is looked
// for is found through marks, escapes and folded lines, and what stands
// instead cannot break the form.
//
// Addresses are left as they are: they lead somewhere.
package cover

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"slices"
	"strings"
)

// A Patch says that something else is to stand for a stretch of a text.
type Patch struct {
	From, To int // in bytes
	Text     string
}

// A Finder returns the patches of a text in a language, in its order. The
// language is what the answer says of itself, or "".
type Finder func(text, lang string) []Patch

// ErrForm is returned for an answer in a form that cannot be read: whoever
// made it must have covered it.
var ErrForm = errors.New("words cannot be covered in this form")

// What stands between these two signs, which Unicode keeps for a program's own
// use, is what the reader said and is left alone. The signs go.
const (
	SaidBegins = "\ufdd2"
	SaidEnds   = "\ufdd3"
)

// Said marks what the reader said.
func Said(text string) string { return SaidBegins + text + SaidEnds }

var signs = strings.NewReplacer(SaidBegins, "", SaidEnds, "")

// Bare takes the signs of [Said] out of an answer.
func Bare(body []byte) []byte {
	if !bytes.Contains(body, []byte(SaidBegins)) {
		return body
	}
	return []byte(signs.Replace(string(body)))
}

// Answer covers an answer of a media type. lang is its language where it does
// not say another.
func Answer(mediaType string, body []byte, lang string, find Finder) ([]byte, error) {
	kind, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		return nil, fmt.Errorf("media type %q: %w", mediaType, ErrForm)
	}
	find = sparing(find)
	switch {
	case kind == "text/html":
		body = HTML(body, lang, find)
	case strings.HasSuffix(kind, "+xml") || kind == "application/xml" || kind == "text/xml":
		body, err = XML(body, lang, find)
	case strings.HasSuffix(kind, "+json") || kind == "application/json":
		body, err = JSON(body, lang, find)
	case kind == "text/calendar":
		body = Calendar(body, lang, find)
	case kind == "text/csv":
		body, err = CSV(body, lang, find)
	case strings.HasPrefix(kind, "text/"), kind == "application/x-bibtex", kind == "application/x-research-info-systems":
		body = []byte(over(string(body), find(string(body), lang)))
	default:
		return nil, fmt.Errorf("media type %q: %w", kind, ErrForm)
	}
	if err != nil {
		return nil, err
	}
	return Bare(body), nil
}

// sparing is a finder that leaves alone addresses and what the reader said.
func sparing(find Finder) Finder {
	find = beside(find)
	return func(text, lang string) []Patch {
		if !strings.Contains(text, SaidBegins) {
			return find(text, lang)
		}
		var all []Patch
		for at := 0; at < len(text); {
			end, next := len(text), len(text)
			if i := strings.Index(text[at:], SaidBegins); i >= 0 {
				end, next = at+i, len(text)
				if j := strings.Index(text[end:], SaidEnds); j >= 0 {
					next = end + j + len(SaidEnds)
				}
			}
			for _, p := range find(text[at:end], lang) {
				all = append(all, Patch{at + p.From, at + p.To, p.Text})
			}
			at = next
		}
		return all
	}
}

// beside is a finder that leaves addresses alone.
func beside(find Finder) Finder {
	return func(text, lang string) []Patch {
		return slices.DeleteFunc(find(text, lang), func(p Patch) bool {
			word := text[strings.LastIndexAny(text[:p.From], " \t\r\n\"'<>(){}[]")+1 : p.From]
			return strings.Contains(word, "://") || strings.HasPrefix(word, "/")
		})
	}
}

// over is a text with its patches on.
func over(text string, patches []Patch) string {
	if len(patches) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, p := range patches {
		b.WriteString(text[at:p.From])
		b.WriteString(p.Text)
		at = p.To
	}
	b.WriteString(text[at:])
	return b.String()
}
