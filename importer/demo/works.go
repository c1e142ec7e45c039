package demo

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/importer"
)

// The keys of an edition's head. Those of the work stand only in en.md.
var (
	editionKeys = []string{"title", "slug", "summary", "published", "modified", "status", "due"}
	workKeys    = []string{"kind", "held", "place", "country", "picture", "sticky", "position", "parent"}
	workLists   = []string{"category", "theme", "project", "in", "contact"}
)

// stages are the values of "status"; an edition without one is public.
var stages = []archive.Stage{archive.Draft, archive.InReview, archive.Scheduled, archive.Private, archive.Trash}

// zone is the invented network's own: Thailand, Lao PDR, Cambodia and Viet
// Nam all keep it, without summer time.
var zone = time.FixedZone("+07", 7*60*60)

// readWorks reads every folder of works. The English edition comes first, for
// it says what the work is.
func (d *demonstration) readWorks(root fs.FS) error {
	folders, err := fs.ReadDir(root, "works")
	if err != nil {
		return err
	}
	w := works{d: d, names: map[string]bool{}}
	for _, f := range folders {
		w.names[f.Name()] = true
	}
	for _, f := range folders {
		if err := w.read(root, f.Name()); err != nil {
			return err
		}
	}
	return nil
}

// works is the reading of all works, and the names that links may use.
type works struct {
	d     *demonstration
	names map[string]bool
}

func (w works) read(root fs.FS, name string) error {
	entries, err := fs.ReadDir(root, "works/"+name)
	if err != nil {
		return err
	}
	files := []string{"en.md"}
	for _, e := range entries {
		if e.Name() != "en.md" && e.Name() != "comments.txt" && e.Name() != "corrections.txt" {
			files = append(files, e.Name())
		}
	}
	var english importer.Edition
	for _, file := range files {
		e, err := w.edition(root, name, file, english)
		if err != nil {
			return err
		}
		if e.Lang == sala.English {
			if e.Comments, err = comments(root, name); err != nil {
				return err
			}
			english = e
		}
		w.d.editions = append(w.d.editions, e)
	}
	return nil
}

// edition reads one file. What it does not say of the work comes from the
// English edition.
func (w works) edition(root fs.FS, name, file string, english importer.Edition) (importer.Edition, error) {
	path := "works/" + name + "/" + file
	src, err := fs.ReadFile(root, path)
	if err != nil {
		return importer.Edition{}, err
	}
	h, text, err := readText(path, string(src))
	if err != nil {
		return importer.Edition{}, err
	}
	tag, ok := strings.CutSuffix(file, ".md")
	lang := sala.Lang(tag)
	if !ok || !slices.Contains(langs, lang) {
		return importer.Edition{}, h.fault(1, "", "the file's name is not one of our languages and .md")
	}
	e := english
	e.Comments, e.Corrections = nil, nil
	if lang == sala.English {
		e = importer.Edition{Work: origin("work", name), Slug: name}
		err = h.check(append(slices.Clone(editionKeys), workKeys...), workLists)
	} else {
		e.Slug = ""
		err = h.check(editionKeys, nil)
	}
	if err != nil {
		return e, err
	}
	e.Origin, e.Lang = origin("work", name), lang
	if lang != sala.English { // all of ours are translated from the English text as it first was
		e.Source = importer.Source{Origin: e.Origin, Lang: sala.English, Revision: 1}
	}
	e.At = importer.Place{File: path, Line: 1}
	if lang == sala.English {
		if err := w.work(h, &e); err != nil {
			return e, err
		}
	}
	if err := w.said(h, &e); err != nil {
		return e, err
	}
	if err := w.body(h, text, &e); err != nil || lang != sala.English {
		return e, err
	}
	return e, w.corrections(root, name, h, text, &e)
}

// work reads what is the same in every language.
func (w works) work(h *head, e *importer.Edition) error {
	e.Kind = archive.Kind(h.value("kind"))
	if !slices.Contains(archive.Kinds, e.Kind) {
		return h.fault(h.at("kind"), "kind", "%q is not one of %v", e.Kind, archive.Kinds)
	}
	e.Counted = string(e.Kind)
	e.Place, e.Country, e.Sticky = h.value("place"), h.value("country"), h.value("sticky") == "yes"
	var err error
	if from, to, _ := strings.Cut(h.value("held"), " to "); from != "" {
		if to == "" {
			to = from
		}
		if e.Held.From, err = sala.ParseDay(from); err == nil {
			e.Held.To, err = sala.ParseDay(to)
		}
		if err == nil {
			err = e.Held.Check()
		}
		if err != nil {
			return h.fault(h.at("held"), "held", "%v", err)
		}
	}
	if s := h.value("position"); s != "" {
		if _, err := fmt.Sscanf(s, "%d", &e.Position); err != nil {
			return h.fault(h.at("position"), "position", "%q is no number", s)
		}
	}
	if s := h.value("parent"); s != "" {
		if e.Parent = origin("work", s); !w.names[s] {
			return h.fault(h.at("parent"), "parent", "there is no work %q", s)
		}
	}
	if s := h.value("picture"); s != "" {
		e.Picture = origin("picture", s)
	}
	if err := w.terms(h, e); err != nil {
		return err
	}
	for _, c := range h.all("contact") {
		contact, err := readContact(c.value)
		if err != nil {
			return h.fault(c.line, "contact", "%v", err)
		}
		e.Contacts = append(e.Contacts, contact)
	}
	return nil
}

func (w works) terms(h *head, e *importer.Edition) error {
	for key, vocabulary := range map[string]string{"category": archive.Category, "theme": archive.Theme, "project": archive.Project, "in": archive.Country} {
		for _, t := range h.all(key) {
			term := origin(vocabulary, t.value)
			if !w.d.hasTerm(term) {
				return h.fault(t.line, key, "there is no term %q", t.value)
			}
			e.Terms = append(e.Terms, term)
		}
	}
	slices.SortFunc(e.Terms, func(a, b importer.Origin) int {
		return strings.Compare(a.Type+"/"+a.Key, b.Type+"/"+b.Key)
	})
	return nil
}

// said reads what belongs to the edition alone.
func (w works) said(h *head, e *importer.Edition) error {
	if e.Title = h.value("title"); e.Title == "" {
		return h.fault(1, "title", "is missing")
	}
	if s := h.value("slug"); s != "" {
		e.Slug = s
	}
	e.Summary = h.value("summary")
	e.Stage, e.Public, e.Due = "", true, time.Time{}
	if s := archive.Stage(h.value("status")); s != "" {
		e.Stage, e.Public = s, false
		e.Published = time.Time{} // the English text's day is not that of a text which is not out
		if !slices.Contains(stages, s) {
			return h.fault(h.at("status"), "status", "%q is not one of %v", s, stages)
		}
	}
	if err := moment(h, "due", &e.Due); err != nil {
		return err
	}
	if (e.Stage == archive.Scheduled) == e.Due.IsZero() {
		return h.fault(h.at("due"), "due", "stands with status: scheduled, and only there")
	}
	if err := moment(h, "published", &e.Published); err != nil {
		return err
	}
	e.Modified = time.Time{}
	if err := moment(h, "modified", &e.Modified); err != nil {
		return err
	}
	if e.PubDay = (sala.Day{}); e.Public && !e.Published.IsZero() && e.Kind != archive.Page {
		e.PubDay = sala.DayOf(e.Published.In(zone))
	}
	return nil
}

// moment reads a day as ten in the morning of it, if it is stated.
func moment(h *head, key string, into *time.Time) error {
	s := h.value(key)
	if s == "" {
		return nil
	}
	t, err := time.ParseInLocation(time.DateOnly, s, zone)
	if err != nil {
		return h.fault(h.at(key), key, "%q is not a day like 2019-03-08", s)
	}
	*into = t.Add(10 * time.Hour).UTC()
	return nil
}

// readContact reads "name | role | phone | e-mail | languages".
func readContact(s string) (archive.Contact, error) {
	parts := strings.Split(s, "|")
	if len(parts) != 5 {
		return archive.Contact{}, fmt.Errorf("want five parts with | between them, have %d", len(parts))
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	c := archive.Contact{Name: parts[0], Role: parts[1], Phone: parts[2], Email: parts[3]}
	for tag := range strings.FieldsSeq(parts[4]) {
		lang, err := sala.ParseLang(tag)
		if err != nil {
			return c, err
		}
		c.Langs = append(c.Langs, lang)
	}
	return c, nil
}
