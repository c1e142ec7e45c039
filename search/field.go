package search

import (
	"strings"

	"sala"
	"sala/script"
)

// fields are what is found of a document, as plain text.
type fields struct {
	title, text, summary string
	names                string // and places, one a line
}

// fieldsOf converts what is in Zawgyi, and takes out the signs that part
// fields.
func fieldsOf(d sala.Document) fields {
	clean := func(s string) string {
		s, _ = script.Unzawgyi(s)
		return strings.ReplaceAll(s, parting, " ")
	}
	f := fields{title: clean(d.Title), text: clean(d.Text), summary: clean(d.Summary)}
	f.names = clean(strings.Join(append(append([]string(nil), d.Names...), d.Places...), "\n"))
	if strings.Contains(f.text, f.summary) { // a summary cut from the text says nothing more
		f.summary = ""
	}
	return f
}

// parting stands between the fields of an entry as it is kept.
const parting = "\x00"

// pack joins what is kept beside the title.
func (f fields) pack() string {
	switch {
	case f.names != "":
		return f.text + parting + f.summary + parting + f.names
	case f.summary != "":
		return f.text + parting + f.summary
	}
	return f.text
}

// body returns the text of what pack joined.
func body(packed string) string {
	text, _, _ := strings.Cut(packed, parting)
	return text
}

// whole returns all of an entry to be read closely, its fields a line each.
func whole(title, packed string) string {
	return title + "\n" + strings.ReplaceAll(packed, parting, "\n")
}
