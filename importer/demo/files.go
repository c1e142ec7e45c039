package demo

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"sala"
	"sala/importer"
	"sala/importer/demo/drawing"
)

// readFiles reads pictures.txt: one section for each drawing, with the
// alternative text ("en.alt") and caption ("en.caption") in every language
// that shows it, and one for each file offered for download, with its title
// ("en.title"). English is always among them.
func (d *demonstration) readFiles(root fs.FS) error {
	sections, err := readSections(root, "pictures.txt")
	if err != nil {
		return err
	}
	for _, h := range sections {
		file := importer.File{Public: true, At: importer.Place{File: h.file, Line: h.line}}
		keys := []string{"alt", "caption"}
		if path.Ext(h.name) == "" {
			picture := h.name
			file.Origin, file.Name, file.Counted = origin("picture", picture), picture+".png", "picture"
			file.Open = func() (io.ReadCloser, error) {
				b, err := drawing.PNG(picture)
				return io.NopCloser(bytes.NewReader(b)), err
			}
		} else {
			keys = []string{"title"}
			name := "files/" + h.name
			file.Origin, file.Name, file.Counted = origin("file", h.name), h.name, "file"
			file.Open = func() (io.ReadCloser, error) { return root.Open(name) }
			if _, err := fs.Stat(root, name); err != nil {
				return h.fault(h.line, "", "%v", err)
			}
		}
		if err := d.describe(h, file, keys); err != nil {
			return err
		}
	}
	return nil
}

// describe adds the file in every language in which its section speaks of it.
func (d *demonstration) describe(h *head, file importer.File, keys []string) error {
	var known []string
	for _, lang := range langs {
		said := map[string]string{}
		for _, key := range keys {
			full := string(lang) + "." + key
			known = append(known, full)
			if v := h.value(full); v != "" {
				said[key] = v
			}
		}
		if len(said) == 0 && lang != sala.English {
			continue
		}
		if len(said) < len(keys) {
			return h.fault(h.line, string(lang), "want each of %s", strings.Join(keys, ", "))
		}
		file.Lang, file.Title, file.Alt, file.Caption = lang, said["title"], said["alt"], said["caption"]
		d.files = append(d.files, file)
	}
	return h.check(known, nil)
}

// file returns a picture or file as it is described in a language.
func (d *demonstration) file(o importer.Origin, lang sala.Lang) (importer.File, error) {
	for _, f := range d.files {
		if f.Origin == o && f.Lang == lang {
			return f, nil
		}
	}
	return importer.File{}, fmt.Errorf("there is no %s %q described in %s", o.Type, o.Key, lang)
}
