// Eval measures how well search finds, and how fast.
//
//	go run ./search/eval [-postgres URL] [-fill N] DIR
//
// DIR holds passages.<lang>.jsonl and queries.<lang>.jsonl. Each language is
// measured on its own, then all in one index (MIX), then Burmese as it was
// published in Zawgyi, both ways, where the data has it.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"iter"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
	"sala/search"
)

type passage struct {
	ID     string `json:"id"`
	Lang   string `json:"lang"`
	Text   string `json:"text"`
	Zawgyi string `json:"text_zawgyi"`
}

type query struct {
	ID     string   `json:"id"`
	Lang   string   `json:"lang"`
	Type   string   `json:"type"`
	Text   string   `json:"text"`
	Zawgyi string   `json:"text_zawgyi"`
	Rel    []string `json:"rel"`
}

func main() {
	postgres := flag.String("postgres", "", "measure on this database, too; its search tables are emptied")
	fill := flag.Int("fill", 0, "how many passages one more index holds, to measure speed: those there are, over and over with their words changed")
	only := flag.String("only", "", "measure only this setting")
	every := flag.Int("every", 1, "ask only one question of so many")
	missed := flag.Bool("missed", false, "print the questions whose answer is not first")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("say which directory holds the passages and the queries")
	}
	engines := []string{""}
	if *postgres != "" {
		engines = append(engines, *postgres)
	}
	for _, url := range engines {
		if err := run(context.Background(), url, flag.Arg(0), *only, *fill, max(*every, 1), *missed); err != nil {
			log.Fatal(err)
		}
	}
}

// A setting is one index and the questions put to it.
type setting struct {
	name     string
	passages []passage
	queries  []query
}

func run(ctx context.Context, url, dir, only string, fill, every int, missed bool) error {
	settings, err := load(dir)
	if err != nil {
		return err
	}
	if fill > 0 {
		mix := settings[slices.IndexFunc(settings, func(s setting) bool { return s.name == "MIX" })]
		settings = append(settings, enlarged(mix, fill))
	}
	engine := "SQLite"
	if url != "" {
		engine = "PostgreSQL"
	}
	fmt.Printf("%s\n%-12s %6s %6s %6s   %-58s %9s %15s %12s %6s %13s\n", engine, "", "R@1", "R@10", "MRR@10", "MRR@10 by type", "passages", "build", "index bytes", "× text", "p50/p95 ms")
	for _, s := range settings {
		if only != "" && s.name != only {
			continue
		}
		if err := measure(ctx, url, s, every, missed); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

func load(dir string) ([]setting, error) {
	names, err := filepath.Glob(filepath.Join(dir, "passages.*.jsonl"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: no passages.<lang>.jsonl is in it", dir)
	}
	var all []setting
	mix := setting{name: "MIX"}
	var zawgyi []setting
	for _, name := range names {
		lang := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "passages."), ".jsonl")
		s := setting{name: lang}
		if s.passages, err = lines[passage](name); err != nil {
			return nil, err
		}
		if s.queries, err = lines[query](filepath.Join(dir, "queries."+lang+".jsonl")); err != nil {
			return nil, err
		}
		all = append(all, s)
		mix.passages = append(mix.passages, s.passages...)
		mix.queries = append(mix.queries, s.queries...)
		if slices.ContainsFunc(s.passages, func(p passage) bool { return p.Zawgyi != "" }) {
			raw := setting{name: lang + "-raw", passages: slices.Clone(s.passages), queries: s.queries}
			for i, p := range raw.passages {
				if p.Zawgyi != "" {
					raw.passages[i].Text = p.Zawgyi
				}
			}
			typed := setting{name: lang + "-typed", passages: s.passages, queries: slices.Clone(s.queries)}
			for i, q := range typed.queries {
				if q.Zawgyi != "" {
					typed.queries[i].Text = q.Zawgyi
				}
			}
			zawgyi = append(zawgyi, raw, typed)
		}
	}
	return append(append(all, mix), zawgyi...), nil
}

func lines[T any](name string) (all []T, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r := bufio.NewScanner(f)
	r.Buffer(nil, 16<<20)
	for n := 1; r.Scan(); n++ {
		var v T
		if err := json.Unmarshal(r.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		all = append(all, v)
	}
	return all, r.Err()
}

// enlarged repeats the passages of a setting, the lines of each copy taken
// from several passages so that no two are alike, until there are n.
func enlarged(s setting, n int) setting {
	out := setting{name: fmt.Sprintf("MIX×%dk", n/1000), queries: s.queries, passages: slices.Clone(s.passages)}
	for round := 1; len(out.passages) < n; round++ {
		for i, p := range s.passages {
			if len(out.passages) == n {
				break
			}
			own := strings.Split(p.Text, "\n")
			other := strings.Split(s.passages[(i+round*7)%len(s.passages)].Text, "\n")
			for j := range own {
				if (j+round)%2 == 0 && j < len(other) {
					own[j] = other[j]
				}
			}
			out.passages = append(out.passages, passage{ID: fmt.Sprintf("%s#%d", p.ID, round), Lang: p.Lang, Text: strings.Join(own, "\n")})
		}
	}
	return out
}

// source offers passages as documents.
type source []passage

func (s source) Documents(context.Context) iter.Seq2[sala.Document, error] {
	return func(yield func(sala.Document, error) bool) {
		for i, p := range s {
			id := sala.ID(fmt.Sprint(i))
			if !yield(sala.Document{Ref: sala.Ref{Kind: sala.KindWork, ID: id}, Edition: id, Kind: "passage", Text: p.Text}, nil) {
				return
			}
		}
	}
}

func (s source) Of(context.Context, sala.Ref) ([]sala.Document, error) { return nil, nil }

func open(ctx context.Context, url string) (d *db.DB, size func() (int64, error), done func() error, err error) {
	tidy := func() error { return nil }
	size = func() (int64, error) {
		return db.One[int64](ctx, d, `SELECT CAST(SUM(pg_total_relation_size(c.oid)) AS BIGINT) FROM pg_class c WHERE c.relkind = 'r' AND c.relname LIKE 'search%' AND c.relnamespace = to_regnamespace(current_schema())`)
	}
	if url == "" {
		dir, err := os.MkdirTemp("", "sala-eval")
		if err != nil {
			return nil, nil, nil, err
		}
		tidy = func() error { return os.RemoveAll(dir) }
		url = filepath.Join(dir, "eval.db")
		size = func() (int64, error) {
			return db.One[int64](ctx, d, `SELECT (page_count - freelist_count) * page_size FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()`)
		}
	}
	if d, err = db.Open(ctx, url); err != nil {
		return nil, nil, nil, errors.Join(err, tidy())
	}
	if _, _, err = d.Migrate(ctx); err != nil {
		return nil, nil, nil, errors.Join(err, d.Close(), tidy())
	}
	return d, size, func() error { return errors.Join(d.Close(), tidy()) }, nil
}

func measure(ctx context.Context, url string, s setting, every int, missed bool) (err error) {
	d, size, done, err := open(ctx, url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	index := search.New(d, source(s.passages))
	empty, err := size()
	if err != nil {
		return err
	}
	began := time.Now()
	if err := index.Rebuild(ctx, nil); err != nil {
		return err
	}
	built := time.Since(began)
	full, err := size()
	if err != nil {
		return err
	}
	text := 0
	for _, p := range s.passages {
		text += len(p.Text)
	}
	type tally struct{ n, first, ten, mrr float64 }
	types := map[string]*tally{}
	took := map[string][]time.Duration{}
	for i, q := range s.queries {
		if i%every != 0 {
			continue
		}
		t := types[q.Type]
		if t == nil {
			t = &tally{}
			types[q.Type] = t
		}
		t.n++
		began := time.Now()
		found, err := index.Search(ctx, search.Question{Text: q.Text})
		took[q.Type] = append(took[q.Type], time.Since(began))
		if err != nil {
			return fmt.Errorf("query %s: %w", q.ID, err)
		}
		rank := 0
		for i, r := range found.Results {
			var n int
			if _, err := fmt.Sscan(string(r.Edition), &n); err != nil {
				return err
			}
			if slices.Contains(q.Rel, s.passages[n].ID) {
				rank = i + 1
				break
			}
		}
		if rank > 0 {
			t.ten++
			t.mrr += 1 / float64(rank)
		}
		if rank == 1 {
			t.first++
		} else if missed {
			fmt.Printf("  %s %d %s\n", q.ID, rank, q.Text)
		}
	}
	var sum tally
	by := ""
	for _, name := range []string{"headline", "sentence", "question", "keyword", "phrase"} {
		t := types[name]
		if t == nil {
			by += strings.Repeat(" ", 12)
			continue
		}
		sum.n++
		sum.first += t.first / t.n
		sum.ten += t.ten / t.n
		sum.mrr += t.mrr / t.n
		by += fmt.Sprintf("%-5.5s %.3f ", name, t.mrr/t.n)
	}
	speed := ""
	for _, name := range []string{"headline", "sentence", "question", "keyword", "phrase"} {
		if all := took[name]; len(all) > 0 {
			slices.Sort(all)
			speed += fmt.Sprintf("%s %.1f/%.1f ", name, ms(all[len(all)/2]), ms(all[len(all)*95/100]))
		}
	}
	fmt.Printf("%-12s %6.3f %6.3f %6.3f   %s %9d %6.1fs %5.0f/s %12d %6.2f     %s\n", s.name, sum.first/sum.n, sum.ten/sum.n, sum.mrr/sum.n, by,
		len(s.passages), built.Seconds(), float64(len(s.passages))/built.Seconds(), full-empty, float64(full-empty)/float64(text), speed)
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
