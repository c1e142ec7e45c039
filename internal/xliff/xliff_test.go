package xliff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sala/internal/richtext"
	"sala/internal/xliff"
)

func file(t testing.TB) xliff.File {
	t.Helper()
	d, _ := richtext.FromMarkdown("A **bold** & <[link](https://example.org/?a=1&b=2)>[^1].  \nNew line.\n\n[^1]: Note \"quoted\".\n\n> ဆိုသည်", richtext.HTMLOptions{Seed: "x"})
	d.AssignIDs("x")
	f := xliff.File{Ref: "edition/1@3", Source: "en", Target: "my", Title: "A & B"}
	for i, s := range d.Segments() {
		u := xliff.Unit{ID: s.ID, Source: s.Fragments, Codes: s.Codes}
		if i == 0 {
			u.Target, u.Stale, u.Note = s.Fragments, true, "<careful>"
		}
		f.Units = append(f.Units, u)
	}
	return f
}

func write(t testing.TB, f xliff.File) string {
	t.Helper()
	var b strings.Builder
	if err := xliff.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRoundTrip(t *testing.T) {
	want := file(t)
	got, err := xliff.Read(strings.NewReader(write(t, want)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(xliff.Unit{}, "Codes", "Stale", "Note"), cmpopts.IgnoreFields(xliff.File{}, "Title")); diff != "" {
		t.Errorf("what comes back (-want +got):\n%s", diff)
	}
}

// What other programs make of a file: a unit cut in two, codes as two ends,
// annotations, a module of their own, a byte order mark.
func TestReadOthers(t *testing.T) {
	const source = "\ufeff" + `<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" version="2.0" srcLang="en-US" trgLang="my-MM">
<file id="f" original="edition/1@3"><mda:metadata><mda:metaGroup><mda:meta type="x">y</mda:meta></mda:metaGroup></mda:metadata>
<group id="g"><unit id="abcd"><segment id="1"><source>One. </source><target>၁။ </target></segment><ignorable><source> </source></ignorable>
<segment id="2"><source>Two <sc id="1"/>three<ec startRef="1"/>.</source><target><mrk id="m" type="term"><sc id="1"/>၃<ec startRef="1"/></mrk> ၂<ph id="2"/></target></segment></unit></group>
<unit id="efgh"><segment><source>Not yet</source></segment></unit></file></xliff>`
	f, err := xliff.Read(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	want := xliff.File{Ref: "edition/1@3", Source: "en", Target: "my", Units: []xliff.Unit{
		{ID: "abcd", Source: []richtext.Fragment{{Text: "One. "}, {Text: " "}, {Text: "Two "}, {Open: 1}, {Text: "three"}, {Close: 1}, {Text: "."}},
			Target: []richtext.Fragment{{Text: "၁။ "}, {Open: 1}, {Text: "၃"}, {Close: 1}, {Text: " ၂"}, {Alone: 2}}},
		{ID: "efgh", Source: []richtext.Fragment{{Text: "Not yet"}}},
	}}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Errorf("Read (-want +got):\n%s", diff)
	}
}

func TestReadRefuses(t *testing.T) {
	good := write(t, file(t))
	for name, test := range map[string]struct{ source, want string }{
		"cut":       {good[:len(good)-30], "line"},
		"no XLIFF":  {"<html><body>unit</body></html>", "this is no XLIFF file"},
		"empty":     {"", "this is no XLIFF file"},
		"version 1": {`<xliff version="1.2"><file original="x"/></xliff>`, "save it as XLIFF 2"},
		"two texts": {strings.Replace(good, "</xliff>", `<file id="g"></file></xliff>`, 1), "more than one text"},
		"code":      {strings.Replace(good, `<pc id="1"`, `<pc id="x"`, 1), `code "x" is none of this text`},
		"language":  {strings.Replace(good, `srcLang="en"`, `srcLang="!"`, 1), "srcLang"},
		"entities":  {`<!DOCTYPE x [<!ENTITY a "b">]><xliff version="2.0" srcLang="en"><file original="x"><unit id="u"><segment><source>&a;</source></segment></unit></file></xliff>`, "line 1"},
	} {
		if _, err := xliff.Read(strings.NewReader(test.source)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: Read = %v, want %q", name, err, test.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(write(f, file(f)))
	f.Fuzz(func(t *testing.T, source string) {
		file, err := xliff.Read(strings.NewReader(source))
		if err != nil {
			return
		}
		d, _ := richtext.FromMarkdown("A [b](https://example.org).", richtext.HTMLOptions{})
		d.AssignIDs("x")
		words := map[string][]richtext.Fragment{}
		for _, u := range file.Units {
			words[u.ID] = u.Target
			words[d.Segments()[0].ID] = u.Target
		}
		out, _ := d.WithSegments(words)
		if err := out.Check(); err != nil {
			t.Fatalf("a file makes a text that cannot be stored: %v", err)
		}
	})
}
