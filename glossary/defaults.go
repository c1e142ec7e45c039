package glossary

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
)

//go:embed defaults/*.csv
var defaults embed.FS

// Defaults are the concepts and rules the program comes with.
type Defaults struct {
	Concepts []Concept
	Rules    []Rule
}

// ReadDefaults returns what the program comes with.
func ReadDefaults() (Defaults, error) {
	sub, err := fs.Sub(defaults, "defaults")
	if err != nil {
		return Defaults{}, err
	}
	return ReadCSV(sub)
}

// ReadCSV reads concepts.csv, terms.csv and rules.csv in a folder. What is
// wrong is named with its file, line and field. Several values in one field
// are parted by semicolons.
func ReadCSV(folder fs.FS) (Defaults, error) {
	var d Defaults
	at := map[string]int{}
	lines := map[string]int{}
	err := table(folder, "concepts.csv", []string{"id", "group", "note"}, func(line int, f map[string]string) error {
		if _, had := at[f["id"]]; had {
			return errors.New("id: it stands twice")
		}
		if !idForm.MatchString(f["id"]) {
			return fmt.Errorf("id: %q: want letters and digits, parted by points and hyphens", f["id"])
		}
		at[f["id"]], lines[f["id"]] = len(d.Concepts), line
		d.Concepts = append(d.Concepts, Concept{ID: f["id"], Group: f["group"], Note: f["note"], Terms: map[sala.Lang]Term{}})
		return nil
	})
	if err != nil {
		return d, err
	}
	err = table(folder, "terms.csv", []string{"concept", "lang", "terms", "definition", "source", "review"}, func(_ int, f map[string]string) error {
		i, ok := at[f["concept"]]
		if !ok {
			return fmt.Errorf("concept: concepts.csv has no %q", f["concept"])
		}
		lang := sala.Lang(f["lang"])
		if _, had := d.Concepts[i].Terms[lang]; had {
			return fmt.Errorf("lang: %s has terms in %q already", f["concept"], lang)
		}
		review, err := yes(f, "review")
		if err != nil {
			return err
		}
		d.Concepts[i].Terms[lang] = Term{Terms: list(f["terms"]), Definition: f["definition"], Source: f["source"], Review: review}
		one := d.Concepts[i]
		one.Terms = map[sala.Lang]Term{lang: one.Terms[lang]}
		return one.check()
	})
	if err != nil {
		return d, err
	}
	for _, c := range d.Concepts {
		if err := c.check(); err != nil {
			return d, fmt.Errorf("concepts.csv:%d: %w", lines[c.ID], err)
		}
	}
	seen := map[string]bool{}
	columns := []string{
		"id", "lang", "avoid", "match", "context", "unless", "check", "prefer", "level", "reason", "except_when", "source", "source_url", "source_checked", "needs_native_review",
	}
	err = table(folder, "rules.csv", columns, func(_ int, f map[string]string) error {
		if seen[f["id"]] {
			return errors.New("id: it stands twice")
		}
		seen[f["id"]] = true
		review, err := yes(f, "needs_native_review")
		if err != nil {
			return err
		}
		if f["check"] != "each" && f["check"] != "mixed" {
			return fmt.Errorf("check: %q is neither each nor mixed", f["check"])
		}
		r := Rule{
			ID: f["id"], Lang: sala.Lang(f["lang"]), Avoid: f["avoid"], Match: f["match"], Context: f["context"], Unless: f["unless"],
			Mixed: f["check"] == "mixed", Prefer: list(f["prefer"]), Level: Level(f["level"]), Reason: f["reason"], ExceptWhen: f["except_when"],
			Source: f["source"], URL: f["source_url"], Checked: f["source_checked"], Review: review,
		}
		d.Rules = append(d.Rules, r)
		return r.check()
	})
	return d, err
}

// table calls f with each line of a file, its fields by column.
func table(folder fs.FS, name string, columns []string, f func(line int, fields map[string]string) error) (err error) {
	file, err := folder.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	r := csv.NewReader(file)
	head, err := r.Read()
	if err != nil {
		return fmt.Errorf("%s:1: %w", name, err)
	}
	if !slices.Equal(head, columns) {
		return fmt.Errorf("%s:1: the columns are %q, want %q", name, strings.Join(head, ","), strings.Join(columns, ","))
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil { // it names the line itself
			return fmt.Errorf("%s: %w", name, err)
		}
		line, _ := r.FieldPos(0)
		fields := map[string]string{}
		for i, c := range columns {
			fields[c] = strings.TrimSpace(record[i])
		}
		if err := f(line, fields); err != nil {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
}

func yes(f map[string]string, field string) (bool, error) {
	switch f[field] {
	case "yes":
		return true, nil
	case "no":
		return false, nil
	}
	return false, fmt.Errorf("%s: %q is neither yes nor no", field, f[field])
}

func list(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// LoadDefaults puts what the program comes with into the tables: what is not
// there yet, and what is there as an earlier version of the defaults had it.
// What somebody has edited or retired since is left alone. It reports how many
// it wrote.
func (s *Store) LoadDefaults(ctx context.Context, by sala.Actor) (int, error) {
	d, err := ReadDefaults()
	if err != nil {
		return 0, err
	}
	return s.load(ctx, by, d)
}

func (s *Store) load(ctx context.Context, by sala.Actor, d Defaults) (int, error) {
	wrote := 0
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		type row struct {
			ID     string `bun:"id"`
			Loaded string `bun:"loaded"`
			Edited bool   `bun:"edited"`
		}
		stale := func(query string) (func(id, hash string) bool, error) {
			rows, err := db.All[row](ctx, tx, query)
			had := map[string]row{}
			for _, r := range rows {
				had[r.ID] = r
			}
			return func(id, hash string) bool {
				r, ok := had[id]
				return !ok || !r.Edited && r.Loaded != hash
			}, err
		}
		concept, err := stale(`SELECT id, loaded, edited FROM glossary_concept`)
		if err != nil {
			return fmt.Errorf("load the glossary: %w", err)
		}
		rule, err := stale(`SELECT id, loaded, edited FROM glossary_rule`)
		if err != nil {
			return fmt.Errorf("load the glossary: %w", err)
		}
		for _, c := range d.Concepts {
			hash, err := fingerprint(c)
			if err != nil {
				return err
			}
			if !concept(c.ID, hash) {
				continue
			}
			c.By = by.Name
			if err := putConcept(ctx, tx, c, hash); err != nil {
				return err
			}
			wrote++
		}
		for _, r := range d.Rules {
			hash, err := fingerprint(r)
			if err != nil {
				return err
			}
			if !rule(r.ID, hash) {
				continue
			}
			r.By = by.Name
			if err := putRule(ctx, tx, r, hash); err != nil {
				return err
			}
			wrote++
		}
		if wrote == 0 {
			return nil
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindConcept}, "loaded", by)
	})
	if err != nil {
		return 0, err
	}
	return wrote, nil
}

func fingerprint(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("load the glossary: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
