package importer

import (
	"sala/internal/richtext"
	"sala/script"
)

// unzawgyi makes Unicode of a text in Zawgyi, and says so: the bytes of the
// source are no longer what is stored. A text is judged as a whole, because a
// few letters of it may read either way.
func (s *Store) unzawgyi(e *Edition) {
	converted := false
	convert := func(text *string, zawgyi bool) {
		if zawgyi && *text != "" {
			if u := script.FromZawgyi(*text); u != *text {
				*text, converted = u, true
			}
		}
	}
	body := script.IsZawgyi(e.Body.Plain())
	convert(&e.Title, script.IsZawgyi(e.Title))
	convert(&e.Summary, script.IsZawgyi(e.Summary))
	if body {
		e.Body.Walk(func(n *richtext.Node) bool {
			convert(&n.Text, true)
			convert(&n.Attrs.Title, true)
			return true
		})
	}
	if converted {
		s.report.Doubt(e.At, e.Title, "written in Zawgyi: converted to Unicode")
	}
}
