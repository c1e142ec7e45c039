package glossary_test

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sala"
	"sala/glossary"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

var (
	editor     = sala.Actor{ID: "e", Name: "Editor", Role: sala.Editor}
	translator = sala.Actor{ID: "t", Name: "Translator", Role: sala.Translator}
	machine    = sala.Machine("defaults")
)

func loaded(t *testing.T, d *db.DB) *glossary.Store {
	t.Helper()
	s := glossary.NewStore(d)
	if _, err := s.LoadDefaults(t.Context(), machine); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestStore changes concepts and rules as editors do.
func TestStore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), loaded(t, d)
		before, err := d.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.Concept(ctx, "country.TH")
		if err != nil || c.Terms["th"].Use() != "ไทย" || c.Terms["th"].Source == "" || c.Edited {
			t.Fatalf("%+v, %v", c, err)
		}
		c.Terms["th"] = glossary.Term{Terms: []string{"ประเทศไทย", "ไทย"}, Definition: "อาณาจักร"}
		if err := s.SetConcept(ctx, translator, c); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a translator may: %v", err)
		}
		if err := s.SetConcept(ctx, editor, c); err != nil {
			t.Fatal(err)
		}
		if err := s.RetireConcept(ctx, editor, "fees"); err != nil {
			t.Fatal(err)
		}
		if err := s.RetireConcept(ctx, editor, "nothing"); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("retire nothing: %v", err)
		}
		r, err := s.Rule(ctx, "runaway")
		if err != nil {
			t.Fatal(err)
		}
		r.Reason = "Because."
		if err := s.SetRule(ctx, editor, r); err != nil {
			t.Fatal(err)
		}
		if err := s.RetireRule(ctx, editor, "maid"); err != nil {
			t.Fatal(err)
		}
		r.Match = "("
		var bad sala.Invalid
		if err := s.SetRule(ctx, editor, r); !errors.As(err, &bad) || bad[0].Field != "match" {
			t.Errorf("a bad pattern: %v", err)
		}
		if err := s.SetConcept(ctx, editor, glossary.Concept{ID: "no good", Group: "x"}); !errors.As(err, &bad) || len(bad) != 3 {
			t.Errorf("a bad concept: %v", err)
		}
		if v, err := d.Version(ctx); err != nil || v != before+4 {
			t.Errorf("%d changes were logged, want 4 (%v)", v-before, err)
		}
		// Loading again changes nothing that somebody has touched, nor anything else.
		if n, err := s.LoadDefaults(ctx, machine); err != nil || n != 0 {
			t.Errorf("loading again wrote %d, %v", n, err)
		}
		if c, err := s.Concept(ctx, "country.TH"); err != nil || c.Terms["th"].Definition == "" || !c.Edited || c.By != "Editor" {
			t.Errorf("%+v, %v", c, err)
		}
		all, err := s.Concepts(ctx)
		if err != nil || slices.ContainsFunc(all, func(c glossary.Concept) bool { return c.ID == "fees" }) {
			t.Errorf("a retired concept is listed (%v)", err)
		}
		rules, err := s.Rules(ctx, "en")
		if err != nil || slices.ContainsFunc(rules, func(r glossary.Rule) bool { return r.ID == "maid" || r.Lang != "en" }) {
			t.Errorf("a retired rule, or one of another language, is listed (%v)", err)
		}
		for _, history := range []func() ([]glossary.State, error){
			func() ([]glossary.State, error) { return s.ConceptHistory(ctx, "country.TH") },
			func() ([]glossary.State, error) { return s.RuleHistory(ctx, "runaway") },
		} {
			states, err := history()
			if err != nil || len(states) != 2 || states[0].By != "Editor" || states[1].By != machine.Name {
				t.Errorf("history %+v, %v", states, err)
			}
		}
		// The checker and the lookup follow.
		checker, err := s.Checker(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if found := checker.Text("A maid met a runaway.", "en"); len(found) != 1 || found[0].Rule.Reason != "Because." {
			t.Errorf("found %v", found)
		}
		if err := s.SetConcept(ctx, editor, glossary.Concept{ID: "new", Group: "work", Terms: map[sala.Lang]glossary.Term{"en": {Terms: []string{"brand new thing"}}}}); err != nil {
			t.Fatal(err)
		}
		lookup, err := s.Lookup(ctx)
		if err != nil || len(lookup.Find("brand new things")) != 1 {
			t.Errorf("the lookup is stale (%v)", err)
		}
	})
}

// TestLater loads a later version of the defaults over an earlier one.
func TestLater(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), glossary.NewStore(d)
		read := func(word, reason string) glossary.Defaults {
			got, err := glossary.ReadCSV(files(map[string]string{"terms.csv": "a,en," + word + ",,,no\nb,en," + word + ",,,no\n", "reason": reason}))
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if n, err := glossary.Load(s, ctx, machine, read("one", "first")); err != nil || n != 3 {
			t.Fatalf("wrote %d, %v", n, err)
		}
		if err := s.SetConcept(ctx, editor, glossary.Concept{ID: "a", Group: "work", Terms: map[sala.Lang]glossary.Term{"en": {Terms: []string{"mine"}}}}); err != nil {
			t.Fatal(err)
		}
		if n, err := glossary.Load(s, ctx, machine, read("two", "second")); err != nil || n != 2 {
			t.Fatalf("wrote %d, %v", n, err)
		}
		for id, want := range map[string]string{"a": "mine", "b": "two"} {
			if c, err := s.Concept(ctx, id); err != nil || c.Terms["en"].Use() != want {
				t.Errorf("%s is %+v, want %s (%v)", id, c.Terms, want, err)
			}
		}
		if r, err := s.Rule(ctx, "r"); err != nil || r.Reason != "second" {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

// files makes a folder of default data: what is given, around one rule.
func files(with map[string]string) fstest.MapFS {
	get := func(name, usual string) string {
		if s, ok := with[name]; ok {
			return s
		}
		return usual
	}
	reason := get("reason", "because")
	f := map[string]string{
		"concepts.csv": "id,group,note\n" + get("concepts.csv", "a,work,\nb,work,\n"),
		"terms.csv":    "concept,lang,terms,definition,source,review\n" + get("terms.csv", "a,en,x,,,no\nb,en,y,,,no\n"),
		"rules.csv": "id,lang,avoid,match,context,unless,check,prefer,level,reason,except_when,source,source_url,source_checked,needs_native_review\n" +
			get("rules.csv", "r,en,x,x,,,each,,avoid,"+reason+",,,,no,no\n"),
	}
	out := fstest.MapFS{}
	for name, s := range f {
		out[name] = &fstest.MapFile{Data: []byte(s)}
	}
	return out
}

// TestBadCSV names file, line and field of what is wrong.
func TestBadCSV(t *testing.T) {
	for _, c := range []struct{ file, lines, want string }{
		{"concepts.csv", "a,work,\nA b,work,\n", "concepts.csv:3: id"},
		{"concepts.csv", "a,work,\na,work,\n", "concepts.csv:3: id: it stands twice"},
		{"concepts.csv", "a,nowhere,\nb,work,\n", "terms.csv:2: group"},
		{"concepts.csv", "a,work\n", "concepts.csv: record on line 2: wrong number of fields"},
		{"concepts.csv", "a,work,\nb,work,\nc,work,\n", "concepts.csv:4: terms"},
		{"terms.csv", "a,en,x,,,no\nb,en,y,,,maybe\n", "terms.csv:3: review"},
		{"terms.csv", "a,en,x,,,no\nz,en,y,,,no\n", "terms.csv:3: concept"},
		{"terms.csv", "a,english,x,,,no\nb,en,y,,,no\n", "terms.csv:2: lang"},
		{"terms.csv", "a,en, ; ,,,no\nb,en,y,,,no\n", "terms.csv:2: terms"},
		{"terms.csv", "a,en,x,,,no\na,en,y,,,no\n", "terms.csv:3: lang"},
		{"rules.csv", "r,en,x,(,,,each,,avoid,because,,,,no,no\n", "rules.csv:2: match"},
		{"rules.csv", "r,en,x,x,[,,each,,avoid,because,,,,no,no\n", "rules.csv:2: context"},
		{"rules.csv", "r,en,x,x,,*,each,,avoid,because,,,,no,no\n", "rules.csv:2: unless"},
		{"rules.csv", "r,en,x,x,,,often,,avoid,because,,,,no,no\n", "rules.csv:2: check"},
		{"rules.csv", "r,en,x,x,,,each,,never,because,,,,no,no\n", "rules.csv:2: level"},
		{"rules.csv", "r,en,x,x,,,each,,avoid,,,,,no,no\n", "rules.csv:2: reason"},
		{"rules.csv", "r,en,\"x,x\n", "rules.csv: "},
	} {
		_, err := glossary.ReadCSV(files(map[string]string{c.file: c.lines}))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.lines, err, c.want)
		}
	}
	wrong := files(nil)
	wrong["rules.csv"] = &fstest.MapFile{Data: []byte("id,lang\n")}
	if _, err := glossary.ReadCSV(wrong); err == nil || !strings.HasPrefix(err.Error(), "rules.csv:1: the columns") {
		t.Errorf("wrong columns: %v", err)
	}
}

func shared(t testing.TB, path string) string {
	t.Helper()
	full := filepath.Join("..", "..", "shared", path)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("the shared data is not here: %v", err)
	}
	return full
}

// notOurs reports whether a term of the lists is left out of what is shipped:
// words of programs' buttons are no terms of a network, and words taken from
// programs under the AGPL would bring its conditions along.
func notOurs(concept, source string) bool {
	return strings.HasPrefix(concept, "ui.") || strings.Contains(source, "AGPL")
}

// TestDefaults holds everything that the network's own lists hold, but for
// what is not ours.
func TestDefaults(t *testing.T) {
	d := defaults(t)
	if len(d.Concepts) < 75 || len(d.Rules) < 38 {
		t.Fatalf("%d concepts, %d rules", len(d.Concepts), len(d.Rules))
	}
	byID := map[string]glossary.Concept{}
	for _, c := range d.Concepts {
		byID[c.ID] = c
	}
	for _, r := range table(t, shared(t, "domain/glossary.csv")) {
		shipped := 0
		for _, lang := range []string{"th", "my", "km", "lo", "vi", "ja"} {
			if r[lang] != "" && !notOurs(r["concept_id"], r["src_"+lang]) {
				shipped++
			}
		}
		c, ok := byID[r["concept_id"]]
		if shipped == 0 {
			if ok {
				t.Errorf("%s is shipped", c.ID)
			}
			continue
		}
		if !ok || c.Group != r["group"] {
			t.Errorf("no concept %s in group %s", r["concept_id"], r["group"])
			continue
		}
		for _, lang := range []sala.Lang{"en", "th", "my", "km", "lo", "vi", "ja"} {
			term := c.Terms[lang]
			if notOurs(c.ID, r["src_"+string(lang)]) {
				if term.Use() != "" {
					t.Errorf("%s in %s is shipped", c.ID, lang)
				}
				continue
			}
			if want := r[string(lang)]; want != "" && (term.Use() == "" || !strings.HasPrefix(strings.ToLower(want), strings.ToLower(term.Use()))) {
				t.Errorf("%s in %s is %q, want %q", c.ID, lang, term.Terms, want)
			}
			if term.Source != r["src_"+string(lang)] {
				t.Errorf("the source of %s in %s is %q", c.ID, lang, term.Source)
			}
		}
	}
	rules := map[string]glossary.Rule{}
	for _, r := range d.Rules {
		rules[r.ID] = r
	}
	for _, r := range table(t, shared(t, "domain/terminology.csv")) {
		if got := rules[r["id"]]; got.Reason != r["reason"] || got.Source != r["source"] || strings.Join(got.Prefer, "; ") != r["prefer"] || string(got.Level) != r["level"] {
			t.Errorf("rule %s is %+v", r["id"], got)
		}
	}
}

func table(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		out = append(out, m)
	}
	return out
}
