package demo

import (
	"io/fs"
	"slices"
	"strings"

	"sala"
	"sala/archive"
	"sala/importer"
)

// readTerms reads terms.txt. A section is "vocabulary/slug", or
// "vocabulary/parent/slug" for a term below another; its lines are the labels.
func (d *demonstration) readTerms(root fs.FS) error {
	sections, err := readSections(root, "terms.txt")
	if err != nil {
		return err
	}
	for _, h := range sections {
		if err := h.check(tags(langs), nil); err != nil {
			return err
		}
		vocabulary, path, _ := strings.Cut(h.name, "/")
		if !slices.Contains([]string{archive.Category, archive.Theme, archive.Project, archive.Country}, vocabulary) || path == "" {
			return h.fault(h.line, "", "want a section like category/statements, have %q", h.name)
		}
		term := importer.Term{
			Origin: origin(vocabulary, path), Vocabulary: vocabulary, Group: path, Slug: path,
			At: importer.Place{File: h.file, Line: h.line},
		}
		if cut := strings.LastIndexByte(path, '/'); cut >= 0 {
			term.Slug, term.Parent = path[cut+1:], origin(vocabulary, path[:cut])
			if !d.hasTerm(term.Parent) {
				return h.fault(h.line, "", "there is no term %s above it", path[:cut])
			}
		}
		for _, lang := range langs {
			if term.Lang, term.Label = lang, h.value(string(lang)); term.Label == "" {
				return h.fault(h.line, string(lang), "the label is missing")
			}
			d.terms = append(d.terms, term)
		}
	}
	return nil
}

func (d *demonstration) hasTerm(o importer.Origin) bool {
	return slices.ContainsFunc(d.terms, func(t importer.Term) bool { return t.Origin == o })
}

// tags are languages as the keys of a head.
func tags(langs []sala.Lang) []string {
	keys := make([]string, len(langs))
	for i, l := range langs {
		keys[i] = string(l)
	}
	return keys
}
