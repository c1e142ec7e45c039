package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/importer"
	"sala/internal/db"
	"sala/internal/richtext"
	"sala/signature"
	"sala/tracker"
)

// Rooms are the areas of the record that the demonstration fills beside the
// archive.
type Rooms struct {
	DB         *db.DB
	Archive    *archive.Store
	Directory  *directory.Store
	Events     *event.Store
	Tracker    *tracker.Store
	Signatures *signature.Store
}

// Record puts down what the works of the demonstration tell: who and what is
// named, what happened, what was asked and what came of it, and the figures; a
// statement is open for signing.
// It stands in content/record, a list for each. The works are stored before
// (see [Import]). What is there already does not change, so that a run that
// was interrupted can be finished by another.
func Record(ctx context.Context, to Rooms, by sala.Actor) error {
	root, err := root()
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	d, err := read(root)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	r := record{ctx: ctx, root: root, d: d, to: to, by: by}
	for _, part := range []func() error{r.organisations, r.people, r.events, r.asks, r.ratifications, r.figures, r.signing} {
		if err := part(); err != nil {
			return fmt.Errorf("demo: %w", err)
		}
	}
	return nil
}

// record is the storing of one demonstration.
type record struct {
	ctx  context.Context
	root fs.FS
	d    *demonstration
	to   Rooms
	by   sala.Actor
}

// each reads a list of the record and does something with each section.
func (r record) each(file string, do func(h *head) error) error {
	sections, err := readSections(r.root, "record/"+file)
	if err != nil {
		return err
	}
	for _, h := range sections {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if err := do(h); err != nil {
			return fmt.Errorf("%s:%d: %s: %w", h.file, h.line, h.name, err)
		}
	}
	return nil
}

// missing reports whether err says that there is no such thing yet. Any other
// error is returned.
func missing(err error) (bool, error) {
	if errors.Is(err, sala.ErrNotFound) {
		return true, nil
	}
	return false, err
}

// id names a thing of the record for ever.
func id(kind sala.Kind, name string) sala.ID { return origin(string(kind), name).ID() }

// text is what a section says in the languages of the demonstration; the keys
// may have something in front, such as "role-".
func (h *head) text(before string) sala.Text {
	t := sala.Text{}
	for _, l := range langs {
		if s := h.value(before + string(l)); s != "" {
			t[l] = s
		}
	}
	return t
}

// parts splits a line at its bars; there are at least n.
func parts(value string, n int) []string {
	all := strings.Split(value, "|")
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	for len(all) < n {
		all = append(all, "")
	}
	return all
}

// values are the values of a key that may stand several times.
func (h *head) values(key string) []string {
	var all []string
	for _, e := range h.all(key) {
		all = append(all, e.value)
	}
	return all
}

// english is words in English, nil if there are none.
func english(words string) sala.Text {
	if words == "" {
		return nil
	}
	return sala.Text{sala.English: words}
}

// terms are the ids of the themes and projects of a section.
func (r record) terms(h *head) ([]sala.ID, error) {
	var ids []sala.ID
	for _, vocabulary := range []string{archive.Theme, archive.Project} {
		for _, slug := range h.values(vocabulary) {
			o := origin(vocabulary, slug)
			if !r.d.hasTerm(o) {
				return nil, fmt.Errorf("there is no %s %q", vocabulary, slug)
			}
			ids = append(ids, o.ID())
		}
	}
	return ids, nil
}

// work is the English edition of a work.
func (r record) work(name string) (importer.Edition, error) {
	for _, e := range r.d.editions {
		if e.Work == origin("work", name) && e.Lang == sala.English {
			return e, nil
		}
	}
	return importer.Edition{}, fmt.Errorf("there is no work %q", name)
}

// passage finds words in the English text of a work: the innermost block that
// holds them as they stand.
func (r record) passage(work, words string) (id sala.ID, block string, err error) {
	e, err := r.work(work)
	if err != nil {
		return "", "", err
	}
	e.Body.Walk(func(n *richtext.Node) bool {
		if n.Attrs.ID != "" && strings.Contains(richtext.SegmentText(*n), words) {
			block = n.Attrs.ID
		}
		return true
	})
	if block == "" {
		return "", "", fmt.Errorf("the work %s does not say %q", work, words)
	}
	return e.Work.ID(), block, nil
}
