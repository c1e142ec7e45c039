package archive

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/richtext"
)

// Work returns a public work with its public editions, without their texts.
// It returns [sala.ErrGone] if the work was public once and has been
// withdrawn, and [sala.ErrNotFound] for everything else that is not public.
func (s *Store) Work(ctx context.Context, id sala.ID) (Work, error) {
	found, err := s.WorksByID(ctx, []sala.ID{id})
	if err != nil {
		return Work{}, err
	}
	if w, ok := found[id]; ok {
		return w, nil
	}
	n, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM archive_edition WHERE work = ? AND withdrawn`, id)
	switch {
	case err != nil:
		return Work{}, fmt.Errorf("work %s: %w", id, err)
	case n > 0:
		return Work{}, fmt.Errorf("work %s: %w", id, sala.ErrGone)
	}
	return Work{}, fmt.Errorf("work %s: %w", id, sala.ErrNotFound)
}

// WorksByID returns those of the works that are public.
func (s *Store) WorksByID(ctx context.Context, ids []sala.ID) (map[sala.ID]Work, error) {
	found := map[sala.ID]Work{}
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := db.All[workRow](ctx, s.db, `SELECT `+workColumns+` FROM archive_work w WHERE w.id IN (?) AND w.public`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("works by id: %w", err)
	}
	list, err := works(rows)
	if err != nil {
		return nil, err
	}
	if err := s.fill(ctx, list); err != nil {
		return nil, err
	}
	for _, w := range list {
		found[w.ID] = w
	}
	return found, nil
}

// Titles returns those of the works that are public, each with no more than
// names it and leads to it: of its public editions the language, the title and
// what their addresses are made of.
func (s *Store) Titles(ctx context.Context, ids []sala.ID) (map[sala.ID]Work, error) {
	found := make(map[sala.ID]Work, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	type row struct {
		Work  sala.ID   `bun:"work"`
		Lang  sala.Lang `bun:"lang"`
		Year  int       `bun:"year"`
		Slug  string    `bun:"slug"`
		Title string    `bun:"title"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT e.work, e.lang, e.year, e.slug, e.title FROM archive_edition e JOIN archive_work w ON w.id = e.work
		WHERE e.work IN (?) AND e.public AND w.public ORDER BY e.published, e.id`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("titles of %d works: %w", len(ids), err)
	}
	for _, r := range rows {
		w := found[r.Work]
		w.ID, w.Editions = r.Work, append(w.Editions, Edition{Work: r.Work, Lang: r.Lang, Year: r.Year, Slug: r.Slug, Title: r.Title, Public: true})
		found[r.Work] = w
	}
	return found, nil
}

// WorkByAddress returns the work and the edition, with its text, that stand
// at /{lang}/{year}/{slug}; year 0 is a page. If that year and slug are public
// only in other languages, one of those is returned: compare its Lang. It
// returns [sala.ErrGone] if what stood there has been withdrawn.
func (s *Store) WorkByAddress(ctx context.Context, lang sala.Lang, year int, slug string) (Work, Edition, error) {
	rows, err := db.All[editionRow](ctx, s.db, `
		SELECT `+editionColumns+` FROM archive_edition e
		WHERE e.year = ? AND e.slug = ? AND (e.public OR e.withdrawn)
		ORDER BY CASE WHEN e.lang = ? THEN 0 ELSE 1 END, CASE WHEN e.public THEN 0 ELSE 1 END, e.lang`, year, slug, lang)
	if err != nil {
		return Work{}, Edition{}, fmt.Errorf("work at %s/%d/%s: %w", lang, year, slug, err)
	}
	if len(rows) == 0 {
		return Work{}, Edition{}, fmt.Errorf("work at %s/%d/%s: %w", lang, year, slug, sala.ErrNotFound)
	}
	if rows[0].Withdrawn {
		return Work{}, Edition{}, fmt.Errorf("work at %s/%d/%s: %w", lang, year, slug, sala.ErrGone)
	}
	e, err := rows[0].edition()
	if err != nil {
		return Work{}, e, err
	}
	w, err := s.Work(ctx, e.Work)
	if err != nil {
		return w, e, err
	}
	e.Body, err = s.body(ctx, e.ID, e.Live)
	return w, e, err
}

// Edition returns a public edition with its text.
func (s *Store) Edition(ctx context.Context, id sala.ID) (Edition, error) {
	row, err := db.One[editionRow](ctx, s.db, `SELECT `+editionColumns+` FROM archive_edition e WHERE e.id = ? AND e.public`, id)
	if err != nil {
		return Edition{}, fmt.Errorf("edition %s: %w", id, err)
	}
	e, err := row.edition()
	if err != nil {
		return e, err
	}
	e.Body, err = s.body(ctx, e.ID, e.Live)
	return e, err
}

// Texts returns the public texts of editions, by edition.
func (s *Store) Texts(ctx context.Context, editions []sala.ID) (map[sala.ID]richtext.Doc, error) {
	texts := map[sala.ID]richtext.Doc{}
	if len(editions) == 0 {
		return texts, nil
	}
	type row struct {
		ID   sala.ID `bun:"id"`
		Body string  `bun:"body"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT e.id, r.body FROM archive_edition e JOIN archive_revision r ON r.edition = e.id AND r.number = e.live
		WHERE e.public AND e.id IN (?)`, db.In(editions))
	if err != nil {
		return nil, fmt.Errorf("texts of %d editions: %w", len(editions), err)
	}
	for _, row := range rows {
		doc, err := richtext.Parse([]byte(row.Body))
		if err != nil {
			return nil, fmt.Errorf("text of edition %s: %w", row.ID, err)
		}
		texts[row.ID] = doc
	}
	docs, ids := make([]*richtext.Doc, 0, len(texts)), make([]sala.ID, 0, len(texts))
	for id, doc := range texts {
		ids, docs = append(ids, id), append(docs, &doc)
	}
	if err := s.forReaders(ctx, docs...); err != nil {
		return nil, fmt.Errorf("texts of %d editions: %w", len(editions), err)
	}
	for i, id := range ids {
		texts[id] = *docs[i]
	}
	return texts, nil
}

// body is the text of a revision as readers read it.
func (s *Store) body(ctx context.Context, edition sala.ID, revision int) (richtext.Doc, error) {
	r, err := s.revision(ctx, s.db, edition, revision)
	if err == nil {
		err = s.forReaders(ctx, &r.Body)
	}
	return r.Body, err
}

// Children returns the public pages right below a page, in their order.
func (s *Store) Children(ctx context.Context, page sala.ID) ([]Work, error) {
	return s.pages(ctx, func(_ *db.Sheet[*shelved], w *shelved) bool { return w.parent == page })
}

// Pages returns the public pages at the top, in their order.
func (s *Store) Pages(ctx context.Context) ([]Work, error) {
	return s.pages(ctx, func(now *db.Sheet[*shelved], w *shelved) bool {
		_, below := now.Place(w.parent)
		return !below
	})
}

func (s *Store) pages(ctx context.Context, is func(now *db.Sheet[*shelved], w *shelved) bool) ([]Work, error) {
	now, err := s.shelf.Now(ctx)
	if err != nil {
		return nil, err
	}
	var found []*shelved
	for _, w := range now.Rows {
		if w.kind == Page && is(now, w) {
			found = append(found, w)
		}
	}
	slices.SortFunc(found, func(a, b *shelved) int {
		return cmp.Or(a.position-b.position, a.at.Compare(b.at), strings.Compare(string(a.id), string(b.id)))
	})
	return s.inOrder(ctx, idsOf(found))
}

// Related returns the relations to and from a public work whose other end is
// public too.
func (s *Store) Related(ctx context.Context, work sala.ID) ([]Relation, error) {
	type row struct {
		From sala.ID `bun:"from_work"`
		To   sala.ID `bun:"to_work"`
		Name string  `bun:"name"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT r.from_work, r.to_work, r.name FROM archive_relation r
		JOIN archive_work f ON f.id = r.from_work JOIN archive_work t ON t.id = r.to_work
		WHERE (r.from_work = ? OR r.to_work = ?) AND f.public AND t.public
		ORDER BY t.listed_at DESC, r.to_work, r.from_work`, work, work)
	if err != nil {
		return nil, fmt.Errorf("relations of work %s: %w", work, err)
	}
	relations := make([]Relation, len(rows))
	for i, r := range rows {
		relations[i] = Relation(r)
	}
	return relations, nil
}

// A Version is a revision that has been public.
type Version struct {
	Number   int
	Revision int
	At       time.Time // when it went out
	Note     string    // what was corrected and why, "" for the first
	Hash     string
}

// Versions returns the public versions of a public edition, newest first.
func (s *Store) Versions(ctx context.Context, edition sala.ID) ([]Version, error) {
	return s.publications(ctx, edition, `e.public AND NOT `+takenBack)
}

func (s *Store) publications(ctx context.Context, edition sala.ID, which string) ([]Version, error) {
	type row struct {
		Number   int       `bun:"version"`
		Revision int       `bun:"revision"`
		At       time.Time `bun:"at"`
		Note     string    `bun:"note"`
		Hash     string    `bun:"hash"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT p.version, p.revision, p.at, r.note, r.hash
		FROM archive_publication p
		JOIN archive_edition e ON e.id = p.edition AND `+which+`
		JOIN archive_revision r ON r.edition = p.edition AND r.number = p.revision
		WHERE p.edition = ? ORDER BY p.version DESC`, edition)
	if err != nil {
		return nil, fmt.Errorf("versions of edition %s: %w", edition, err)
	}
	versions := make([]Version, len(rows))
	for i, r := range rows {
		versions[i] = Version(r)
		versions[i].At = r.At.UTC()
	}
	return versions, nil
}

// takenBack is the condition that a withdrawal followed the publication p.
const takenBack = `EXISTS (SELECT 1 FROM archive_withdrawal b WHERE b.edition = p.edition AND b.at > p.at)`

// Version returns the text of one public version of a public edition. It
// returns [sala.ErrGone] if that version has been withdrawn: it does not come
// back with a later one.
func (s *Store) Version(ctx context.Context, edition sala.ID, number int) (Revision, error) {
	type row struct {
		Revision  int  `bun:"revision"`
		Withdrawn bool `bun:"withdrawn"`
	}
	p, err := db.One[row](ctx, s.db, `
		SELECT p.revision, `+takenBack+` AS withdrawn FROM archive_publication p JOIN archive_edition e ON e.id = p.edition AND e.public
		WHERE p.edition = ? AND p.version = ?`, edition, number)
	if err == nil && p.Withdrawn {
		err = sala.ErrGone
	}
	if err != nil {
		return Revision{}, fmt.Errorf("version %d of edition %s: %w", number, edition, err)
	}
	rev, err := s.revision(ctx, s.db, edition, p.Revision)
	if err == nil {
		err = s.forReaders(ctx, &rev.Body)
	}
	return rev, err
}
