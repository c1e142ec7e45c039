package cover

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// pages are the elements of feeds that hold a piece of a page, written as
// text.
var pages = []string{"content", "summary", "description", "encoded"}

// readXML are the attributes of feeds that people read.
var readXML = []string{"term", "label", "title", "text", "name"}

// XML covers the text of a feed.
func XML(body []byte, lang string, find Finder) ([]byte, error) {
	type element struct{ name, lang string }
	open := []element{{lang: lang}}
	var edits []edit
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		from := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("cover XML: %w", err)
		}
		to := int(d.InputOffset())
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			e := element{t.Name.Local, top.lang}
			for _, a := range t.Attr {
				if a.Name.Local == "lang" {
					e.lang = a.Value
				}
			}
			open = append(open, e)
			tag := string(body[from:to])
			for _, a := range t.Attr {
				if !slices.Contains(readXML, a.Name.Local) {
					continue
				}
				covered := over(a.Value, find(a.Value, e.lang))
				if covered == a.Value {
					continue
				}
				was := escapeXML(a.Value)
				if !strings.Contains(tag, was) {
					return nil, fmt.Errorf("cover XML: attribute %s: %w", a.Name.Local, ErrForm)
				}
				tag = strings.ReplaceAll(tag, was, escapeXML(covered))
			}
			if tag != string(body[from:to]) {
				edits = append(edits, edit{from, to, tag})
			}
		case xml.EndElement:
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
		case xml.CharData:
			text := string(t)
			if top.name == "language" && strings.TrimSpace(text) != "" && len(open) > 1 { // of an RSS channel
				open[len(open)-2].lang = strings.TrimSpace(text)
			}
			covered := text
			if slices.Contains(pages, top.name) && strings.ContainsRune(text, '<') {
				covered = string(HTML([]byte(text), top.lang, find))
			} else {
				covered = over(text, find(text, top.lang))
			}
			if covered != text {
				edits = append(edits, edit{from, to, escapeXML(covered)})
			}
		}
	}
	w := walk{page: body, edits: edits}
	return w.done(), nil
}

func escapeXML(s string) string {
	var b strings.Builder
	// A Builder takes whatever it is given.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}
