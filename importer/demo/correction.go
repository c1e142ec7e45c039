package demo

import (
	"errors"
	"io/fs"
	"strings"
	"time"

	"sala/archive"
	"sala/importer"
)

// corrections reads corrections.txt beside a work's texts, if there is one: a
// section for each day on which the English text was corrected, with a note
// and the lines that were replaced. What was translated stays as it was, so
// the translations are behind.
func (w works) corrections(root fs.FS, name string, h *head, text string, e *importer.Edition) error {
	file := "works/" + name + "/corrections.txt"
	if _, err := fs.Stat(root, file); errors.Is(err, fs.ErrNotExist) {
		return nil // most works have none
	}
	sections, err := readSections(root, file)
	if err != nil {
		return err
	}
	for _, c := range sections {
		if err := c.check([]string{"note"}, []string{"was", "is"}); err != nil {
			return err
		}
		at, err := time.ParseInLocation(time.DateOnly, c.name, zone)
		if err != nil {
			return c.fault(c.line, "", "%q is not a day like 2019-03-08", c.name)
		}
		was, is := c.all("was"), c.all("is")
		if c.value("note") == "" || len(was) == 0 || len(was) != len(is) {
			return c.fault(c.line, "", "want a note, and as many lines was as is")
		}
		for i := range was {
			if strings.Count(text, was[i].value) != 1 {
				return c.fault(was[i].line, "was", "stands %d times in the text, want once", strings.Count(text, was[i].value))
			}
			text = strings.Replace(text, was[i].value, is[i].value, 1)
		}
		after := *e
		if err := w.body(h, text, &after); err != nil {
			return err
		}
		e.Corrections = append(e.Corrections, archive.Correction{
			Text: archive.Text{Title: e.Title, Summary: e.Summary, Body: after.Body, Note: c.value("note")},
			At:   at.Add(10 * time.Hour).UTC(),
		})
	}
	return nil
}
