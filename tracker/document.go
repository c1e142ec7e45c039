package tracker

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sala"
	"sala/internal/db"
	"sala/internal/slug"
)

// A Document numbers recommendations. Without a name it is called as the work
// or file it is.
type Document struct {
	ID     sala.ID
	Slug   string
	Name   sala.Text
	Day    sala.Day
	Source Source
}

// A Numbered is the number of a recommendation in a document. Among says that
// the document names several numbers and not which of them it is.
type Numbered struct {
	Document       sala.ID `bun:"document"`
	Recommendation sala.ID `bun:"recommendation"`
	Number         string  `bun:"number"`
	Among          bool    `bun:"among"`
	Block          string  `bun:"block"` // of the paragraph in the document's work
}

// key is what makes a source this document and no other.
func (s Source) key() string {
	switch {
	case s.Work != "":
		return "work " + string(s.Work)
	case s.File != "":
		return "file " + string(s.File)
	case s.Address != "":
		return "address " + s.Address
	}
	return "name " + sameName(s.Name)
}

type documentRow struct {
	ID     sala.ID `bun:"id"`
	Slug   string  `bun:"slug"`
	Name   string  `bun:"name"`
	Day    string  `bun:"day"`
	Source string  `bun:"source"`
}

func (row documentRow) document() (Document, error) {
	d := Document{ID: row.ID, Slug: row.Slug}
	var err error
	if d.Name, err = sala.ScanText(row.Name); err != nil {
		return d, err
	}
	if d.Day, err = sala.ParseDay(row.Day); err != nil {
		return d, err
	}
	d.Source, err = unstored[Source](row.Source)
	return d, err
}

const documentColumns = `d.id, d.slug, d.name, d.day, d.source`

// document returns the document that a source is, which it makes if there is
// none yet.
func (s *Store) document(ctx context.Context, tx *db.Tx, src Source) (sala.ID, error) {
	src.Block, src.Quote = "", ""
	id, err := db.One[sala.ID](ctx, tx, `SELECT id FROM tracker_document WHERE key = ?`, src.key())
	if is, err := db.Found(err); err != nil || is {
		return id, err
	}
	id = sala.NewID()
	wish, _ := src.Name.In(sala.English)
	slug, err := slug.Free(slug.Of(wish), id, func(slug string) (bool, error) {
		_, err := db.One[sala.ID](ctx, tx, `SELECT id FROM tracker_document WHERE slug = ?`, slug)
		return db.Found(err)
	})
	if err != nil {
		return "", err
	}
	kept, err := stored(src)
	if err != nil {
		return "", err
	}
	err = tx.ExecOne(ctx, `INSERT INTO tracker_document (id, slug, key, name, day, source, created) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		id, slug, src.key(), src.Name.Stored(), src.Day.String(), kept, db.At(tx.Now))
	return id, err
}

// number gives a recommendation its number in the document of a source.
func (s *Store) number(ctx context.Context, tx *db.Tx, by sala.Actor, id sala.ID, number string, among bool, src Source) error {
	if number == "" || !src.Names() {
		return nil
	}
	doc, err := s.document(ctx, tx, src)
	if err != nil {
		return fmt.Errorf("document of recommendation %s: %w", id, err)
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO tracker_number (document, recommendation, number, among, block, by_whom, at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (document, recommendation) DO UPDATE SET number = excluded.number, among = excluded.among, block = excluded.block, by_whom = excluded.by_whom, at = excluded.at`,
		doc, id, number, among, src.Block, by.Name, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("number of recommendation %s: %w", id, err)
	}
	return nil
}

// Renumber gives recommendations their numbers in the document that a source
// is. One whose number is "" has none there any more.
func (s *Store) Renumber(ctx context.Context, by sala.Actor, src Source, numbers []Numbered) (sala.ID, error) {
	if err := may(by, sala.Publish, "renumber recommendations"); err != nil {
		return "", err
	}
	var bad flaws
	bad.source("document", &src)
	if !src.Names() {
		bad.add("document", "studio.tracker.source_missing", "say which document gives the numbers")
	}
	for _, n := range numbers {
		bad.line("number", n.Number, 100)
	}
	if err := bad.err(); err != nil {
		return "", err
	}
	var doc sala.ID
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if len(numbers) == 0 { // only the document may be new
			if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindRecommendation}, "renumbered", by); err != nil {
				return err
			}
		}
		for _, n := range numbers {
			if err := tx.Changed(ctx, ref(n.Recommendation), "renumbered", by); err != nil {
				return err
			}
		}
		var err error
		if doc, err = s.document(ctx, tx, src); err != nil {
			return fmt.Errorf("document: %w", err)
		}
		for _, n := range numbers {
			if _, err := s.one(ctx, tx, n.Recommendation); err != nil {
				return err
			}
			if n.Number = strings.TrimSpace(n.Number); n.Number == "" {
				if _, err := tx.Exec(ctx, `DELETE FROM tracker_number WHERE document = ? AND recommendation = ?`, doc, n.Recommendation); err != nil {
					return fmt.Errorf("number of recommendation %s: %w", n.Recommendation, err)
				}
				continue
			}
			at := src
			at.Block = n.Block
			if err := s.number(ctx, tx, by, n.Recommendation, n.Number, n.Among, at); err != nil {
				return err
			}
		}
		return nil
	})
	return doc, err
}

// NumberingDocuments returns the documents that number public recommendations,
// newest first: at most limit, those after one of them if before is not "".
func (s *Store) NumberingDocuments(ctx context.Context, before sala.ID, limit int) ([]Document, error) {
	at := ""
	if before != "" {
		day, err := db.One[string](ctx, s.db, `SELECT day FROM tracker_document WHERE id = ?`, before)
		if err != nil {
			return nil, fmt.Errorf("place of document %s in the list: %w", before, err)
		}
		at = paper(day, before)
	}
	all, err := s.outline.Now(ctx)
	if err != nil {
		return nil, err
	}
	var (
		papers = s.papers.Words()
		has    = make([]bool, len(papers))
		found  []string
	)
	for _, r := range all.Rows {
		if !r.public {
			continue
		}
		for _, n := range r.papers {
			if !has[n] && (at == "" || papers[n] < at) {
				has[n], found = true, append(found, papers[n])
			}
		}
	}
	slices.SortFunc(found, func(a, b string) int { return strings.Compare(b, a) })
	ids := make([]sala.ID, min(limit, len(found)))
	for i := range ids {
		_, id, _ := strings.Cut(found[i], " ")
		ids[i] = sala.ID(id)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return documents(db.All[documentRow](ctx, s.db, `SELECT `+documentColumns+` FROM tracker_document d WHERE d.id IN (?) ORDER BY d.day DESC, d.id DESC`, db.In(ids)))
}

func documents(rows []documentRow, err error) ([]Document, error) {
	if err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	out := make([]Document, len(rows))
	for i, row := range rows {
		if out[i], err = row.document(); err != nil {
			return nil, fmt.Errorf("document %s: %w", row.ID, err)
		}
	}
	return out, nil
}

// DocumentBySlug returns a document by its address.
func (s *Store) DocumentBySlug(ctx context.Context, slug string) (Document, error) {
	row, err := db.One[documentRow](ctx, s.db, `SELECT `+documentColumns+` FROM tracker_document d WHERE d.slug = ?`, slug)
	if err != nil {
		return Document{}, fmt.Errorf("document %q: %w", slug, err)
	}
	return row.document()
}

// AllDocuments returns every document that gives a number, newest first.
func (s *Store) AllDocuments(ctx context.Context, by sala.Actor) ([]Document, error) {
	if err := may(by, sala.Draft, "list documents"); err != nil {
		return nil, err
	}
	return documents(db.All[documentRow](ctx, s.db, `SELECT `+documentColumns+` FROM tracker_document d ORDER BY d.day DESC, d.id`))
}

// NumbersOf returns the numbers of some recommendations, of those merged into
// them, too, in every document, with the documents.
func (s *Store) NumbersOf(ctx context.Context, ids []sala.ID) ([]Numbered, map[sala.ID]Document, error) {
	if len(ids) == 0 {
		return nil, nil, nil
	}
	return s.numbers(ctx, `(r.id IN (?) OR r.merged_into IN (?))`, db.In(ids), db.In(ids))
}

// NumbersIn returns the numbers that a document gives to public
// recommendations, in their order, and those which they have elsewhere.
func (s *Store) NumbersIn(ctx context.Context, doc sala.ID) ([]Numbered, map[sala.ID]Document, error) {
	return s.numbers(ctx, `r.public AND r.id IN (SELECT m.recommendation FROM tracker_number m WHERE m.document = ?)`, doc)
}

func (s *Store) numbers(ctx context.Context, cond string, args ...any) ([]Numbered, map[sala.ID]Document, error) {
	type row struct {
		Numbered
		documentRow
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT n.document, COALESCE(r.merged_into, r.id) AS recommendation, n.number, n.among, n.block, `+documentColumns+`
		FROM tracker_number n JOIN tracker_recommendation r ON r.id = n.recommendation JOIN tracker_document d ON d.id = n.document
		WHERE `+cond+` ORDER BY n.document, n.number`, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("numbers: %w", err)
	}
	numbers, docs := make([]Numbered, len(rows)), map[sala.ID]Document{}
	for i, row := range rows {
		numbers[i] = row.Numbered
		if _, ok := docs[row.ID]; ok {
			continue
		}
		if docs[row.ID], err = row.document(); err != nil {
			return nil, nil, fmt.Errorf("document %s: %w", row.ID, err)
		}
	}
	slices.SortStableFunc(numbers, func(a, b Numbered) int {
		if a.Document != b.Document {
			return strings.Compare(string(a.Document), string(b.Document))
		}
		return CompareNumbers(a.Number, b.Number)
	})
	return numbers, docs, nil
}

// CompareNumbers orders numbers as documents give them: 2 before 10, 2.1
// before 2.10, "a" after numbers.
func CompareNumbers(a, b string) int {
	x, y := numberParts(a), numberParts(b)
	for i := range min(len(x), len(y)) {
		m, errM := strconv.Atoi(x[i])
		n, errN := strconv.Atoi(y[i])
		switch {
		case errM == nil && errN == nil:
			if m != n {
				return m - n
			}
		case errM == nil:
			return -1
		case errN == nil:
			return 1
		default:
			if c := strings.Compare(x[i], y[i]); c != 0 {
				return c
			}
		}
	}
	return len(x) - len(y)
}

func numberParts(s string) []string {
	var parts []string
	digits := false
	for _, r := range s {
		isDigit := r >= '0' && r <= '9'
		if !isDigit && !unicode.IsLetter(r) {
			digits = false
			parts = append(parts, "")
			continue
		}
		if len(parts) == 0 || parts[len(parts)-1] != "" && isDigit != digits {
			parts = append(parts, "")
		}
		parts[len(parts)-1] += string(r)
		digits = isDigit
	}
	return slices.DeleteFunc(parts, func(p string) bool { return p == "" })
}
