package demo_test

import (
	"context"
	"errors"
	"image/png"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"sala"
	"sala/importer"
	"sala/importer/demo"
	"sala/internal/richtext"
)

// Every "sala:" link of a public text leads to something that is public, and
// nothing links to what is not.
func TestLinks(t *testing.T) {
	g, _ := imported(t)
	there := map[sala.Ref]bool{}
	for _, e := range g.Editions {
		if e.Public {
			there[sala.Ref{Kind: sala.KindWork, ID: e.Work.ID()}] = true
		}
	}
	for _, f := range g.Files {
		there[sala.Ref{Kind: sala.KindFile, ID: f.Origin.ID()}] = true
	}
	for _, term := range g.Terms {
		there[sala.Ref{Kind: sala.KindTerm, ID: term.Origin.ID()}] = true
	}
	links, attachments := 0, 0
	for _, e := range g.Editions {
		for _, ref := range e.Body.Refs() {
			links++
			if !there[ref] {
				t.Errorf("%s: %s leads nowhere", e.At.File, ref)
			}
			if ref.ID == e.Work.ID() {
				t.Errorf("%s: links to itself", e.At.File)
			}
		}
		e.Body.Walk(func(n *richtext.Node) bool {
			if n.Type == richtext.Attachment {
				attachments++
			}
			return true
		})
		for _, o := range e.Terms {
			if !there[sala.Ref{Kind: sala.KindTerm, ID: o.ID()}] {
				t.Errorf("%s: bears the unknown term %v", e.At.File, o)
			}
		}
	}
	if links < 80 || attachments < 3 {
		t.Errorf("%d links and %d attachments, want at least 80 and 3", links, attachments)
	}
	for _, m := range g.Menus {
		items := map[importer.Origin]bool{{}: true}
		for _, it := range m.Items {
			items[it.Origin] = true
			if !items[it.Parent] {
				t.Errorf("menu %s %s: %s stands before its parent", m.Name, m.Lang, it.Origin.Key)
			}
			kind := sala.KindTerm
			if it.Target.Type == "work" {
				kind = sala.KindWork
			}
			if it.URL == "" && !there[sala.Ref{Kind: kind, ID: it.Target.ID()}] {
				t.Errorf("menu %s %s: %s leads nowhere", m.Name, m.Lang, it.Origin.Key)
			}
		}
	}
	if len(g.Menus) != 2*7 {
		t.Errorf("%d menus, want a main and a footer in each of 7 languages", len(g.Menus))
	}
}

func TestPictures(t *testing.T) {
	g, _ := imported(t)
	there := map[importer.Origin]bool{{}: true}
	for _, f := range g.Files {
		there[f.Origin] = true
		if f.Origin.Type == "picture" && (f.Alt == "" || f.Caption == "") {
			t.Errorf("%s: no alternative text or caption", f.Name)
		}
	}
	used := map[sala.ID]bool{}
	for _, e := range g.Editions {
		if !there[e.Picture] {
			t.Errorf("%s: its picture %s is not there", e.At.File, e.Picture.Key)
		}
		e.Body.Walk(func(n *richtext.Node) bool {
			if n.Type != richtext.Picture {
				return true
			}
			used[n.Attrs.File] = true
			if n.Attrs.File == "" || n.Attrs.Src != "" {
				t.Errorf("%s: a picture that is no file of the house: %+v", e.At.File, n.Attrs)
			}
			if n.Attrs.Alt == "" || len(n.Content) == 0 {
				t.Errorf("%s: a picture without alternative text or caption", e.At.File)
			}
			return false
		})
	}
	for _, f := range g.Files {
		if f.Origin.Type == "picture" && !used[f.Origin.ID()] {
			t.Errorf("picture %s is shown nowhere", f.Name)
		}
	}
	if len(used) < 6 {
		t.Errorf("%d pictures are shown, want 6 or more", len(used))
	}
}

// Every file handed on opens, as often as somebody likes, and is what its name says.
func TestFilesOpen(t *testing.T) {
	var names []string
	sink := fileSink{func(f importer.File) error {
		for range 2 {
			r, err := f.Open()
			if err != nil {
				return err
			}
			if strings.HasSuffix(f.Name, ".png") {
				_, err = png.DecodeConfig(r)
			} else {
				_, err = io.ReadAll(r)
			}
			if err := errors.Join(err, r.Close()); err != nil {
				return err
			}
		}
		names = append(names, f.Name)
		return nil
	}}
	if err := demo.Import(t.Context(), sink, importer.NewReport()); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(names, "corridor-dates.csv") || !slices.Contains(names, "mekong-map.png") {
		t.Errorf("files = %v, want a map and a table among them", names)
	}
}

type fileSink struct{ file func(importer.File) error }

func (s fileSink) File(_ context.Context, f importer.File) error   { return s.file(f) }
func (s fileSink) Site(context.Context, importer.Site) error       { return nil }
func (s fileSink) Term(context.Context, importer.Term) error       { return nil }
func (s fileSink) Edition(context.Context, importer.Edition) error { return nil }
func (s fileSink) Menu(context.Context, importer.Menu) error       { return nil }
func (s fileSink) Flush(context.Context) error                     { return nil }

func TestImportReturnsTheSinksError(t *testing.T) {
	full := errors.New("disk full")
	err := demo.Import(t.Context(), fileSink{func(importer.File) error { return full }}, importer.NewReport())
	if !errors.Is(err, full) {
		t.Errorf("Import = %v, want %v", err, full)
	}
}

// scripts are the writing systems of the languages that have one of their own.
var scripts = map[sala.Lang]*unicode.RangeTable{
	"my": unicode.Myanmar, "th": unicode.Thai, "km": unicode.Khmer, "lo": unicode.Lao,
}

// A block pasted into the wrong file, or left in English, would show here.
func TestTextsAreInTheirScript(t *testing.T) {
	g, _ := imported(t)
	blocks := 0
	for _, e := range g.Editions {
		script := scripts[e.Lang]
		if script == nil {
			continue
		}
		texts := append(strings.Split(e.Body.Plain(), "\n"), e.Title, e.Summary)
		e.Body.Walk(func(n *richtext.Node) bool {
			texts = append(texts, n.Attrs.Alt)
			return true
		})
		for _, text := range texts {
			own, letters := 0, 0
			for _, r := range text {
				if !unicode.IsLetter(r) && !unicode.IsMark(r) {
					continue
				}
				letters++
				if unicode.Is(script, r) {
					own++
				}
			}
			blocks++
			if own*10 < letters*9 {
				t.Errorf("%s: %d of %d letters are in its script: %q", e.At.File, own, letters, text)
			}
		}
	}
	if blocks < 300 {
		t.Errorf("%d blocks were looked at, want 300 or more", blocks)
	}
	for _, term := range g.Terms {
		script := scripts[term.Lang]
		for _, r := range term.Label {
			if script != nil && unicode.IsLetter(r) && !unicode.Is(script, r) {
				t.Errorf("term %s in %s: %q is not in its script", term.Slug, term.Lang, term.Label)
				break
			}
		}
	}
}

// What the demonstration tells of the seed it tells in words of its own.
func TestNoSentenceIsCopied(t *testing.T) {
	seed, err := os.ReadFile("../../../shared/seeds/mmn-activities.txt")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the folder shared is not beside the repository: nothing to compare with")
	}
	if err != nil {
		t.Fatal(err)
	}
	const run = 12
	seen := map[string]bool{}
	words := plainWords(string(seed))
	for i := range len(words) - run {
		seen[strings.Join(words[i:i+run+1], " ")] = true
	}
	if len(seen) < 1000 {
		t.Fatalf("the seed has %d runs of words: is it the right file?", len(seen))
	}
	g, _ := imported(t)
	for _, e := range g.Editions {
		words := plainWords(e.Title + " " + e.Summary + " " + e.Body.Plain())
		for i := range max(0, len(words)-run) {
			if s := strings.Join(words[i:i+run+1], " "); seen[s] {
				t.Errorf("%s: stands in the seed too: %q", e.At.File, s)
			}
		}
	}
}

func plainWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
