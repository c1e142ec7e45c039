package demo

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/importer"
	"sala/internal/richtext"
)

// body reads the text of an edition. The first fault in a link or picture is
// returned; what the conversion doubts is kept for the report.
func (w works) body(h *head, text string, e *importer.Edition) error {
	var fault error
	blame := func(err error) {
		if fault == nil && err != nil {
			fault = fmt.Errorf("%s: %w", e.At.File, err)
		}
	}
	if !e.Picture.IsZero() {
		_, err := w.d.file(e.Picture, e.Lang)
		blame(err)
	}
	doc, doubts := richtext.FromMarkdown(text, richtext.HTMLOptions{
		Lang: e.Lang, Seed: e.Origin.Key,
		Link: func(href string) string {
			to, err := w.link(href, e.Lang)
			blame(err)
			return to
		},
		Picture: func(src string) (sala.ID, bool) {
			name, ok := strings.CutPrefix(src, "picture:")
			if !ok {
				blame(fmt.Errorf("%q is none of our pictures", src))
				return "", false
			}
			o := origin("picture", name)
			_, err := w.d.file(o, e.Lang)
			blame(err)
			return o.ID(), err == nil
		},
	})
	w.describe(doc, e.Lang)
	offer(&doc)
	for _, q := range doubts {
		w.d.doubts = append(w.d.doubts, doubt{e.At, q.What, q.Why})
	}
	e.Body = doc
	return fault
}

// link returns the href of an address in a text.
func (w works) link(href string, lang sala.Lang) (string, error) {
	if name, ok := strings.CutPrefix(href, "work:"); ok {
		if !w.names[name] {
			return "", fmt.Errorf("there is no work %q to link to", name)
		}
		return importer.LinkTo(sala.KindWork, origin("work", name), ""), nil
	}
	if name, ok := strings.CutPrefix(href, "file:"); ok {
		o := origin("file", name)
		_, err := w.d.file(o, lang)
		return importer.LinkTo(sala.KindFile, o, ""), err
	}
	return href, nil
}

// describe gives each picture the alternative text and caption that
// pictures.txt has for it, so that they are written once.
func (w works) describe(doc richtext.Doc, lang sala.Lang) {
	doc.Walk(func(n *richtext.Node) bool {
		if n.Type != richtext.Picture {
			return true
		}
		for _, f := range w.d.files {
			if f.Lang == lang && f.Origin.ID() == n.Attrs.File {
				n.Attrs.Alt = f.Alt
				n.Content = []richtext.Node{{Type: richtext.Text, Text: f.Caption}}
			}
		}
		return false
	})
}

// offer turns a paragraph that is nothing but a link to a file into an offer
// of that file, which Markdown has no word for.
func offer(doc *richtext.Doc) {
	prefix := "sala:" + string(sala.KindFile) + "/"
	for i, n := range doc.Blocks {
		if n.Type != richtext.Paragraph || len(n.Content) != 1 {
			continue
		}
		link := n.Content[0]
		if len(link.Marks) != 1 || link.Marks[0].Type != richtext.Link {
			continue
		}
		if id, ok := strings.CutPrefix(link.Marks[0].Attrs.Href, prefix); ok {
			doc.Blocks[i] = richtext.Node{Type: richtext.Attachment, Attrs: richtext.Attrs{ID: n.Attrs.ID, File: sala.ID(id), Title: link.Text}}
		}
	}
}

// comments reads comments.txt beside a work's texts, if there is one: they
// stand under its English edition.
func comments(root fs.FS, work string) ([]importer.Comment, error) {
	file := "works/" + work + "/comments.txt"
	if _, err := fs.Stat(root, file); errors.Is(err, fs.ErrNotExist) {
		return nil, nil // most works have none
	}
	sections, err := readSections(root, file)
	if err != nil {
		return nil, err
	}
	var all []importer.Comment
	for _, h := range sections {
		if err := h.check([]string{"by", "at", "under", "approved", "text"}, nil); err != nil {
			return nil, err
		}
		c := importer.Comment{
			Origin: origin("comment", work+" "+h.name), Author: h.value("by"), Type: "comment", Approved: h.value("approved"),
			At: importer.Place{File: file, Line: h.line},
		}
		if c.Time, err = time.Parse(time.RFC3339, h.value("at")); err != nil {
			return nil, h.fault(h.at("at"), "at", "%q is not a moment like 2019-03-10T09:30:00+07:00", h.value("at"))
		}
		c.Time = c.Time.UTC()
		if !slices.Contains([]string{"0", "1"}, c.Approved) {
			return nil, h.fault(h.at("approved"), "approved", "want 1 or 0, have %q", c.Approved)
		}
		if s := h.value("under"); s != "" {
			c.Parent = origin("comment", work+" "+s)
		}
		c.Body = richtext.Doc{Blocks: []richtext.Node{{
			Type: richtext.Paragraph, Content: []richtext.Node{{Type: richtext.Text, Text: h.value("text")}},
		}}}
		c.Body.AssignIDs(c.Origin.Key)
		all = append(all, c)
	}
	return all, nil
}
