package archive

import (
	"context"
	"fmt"
	"sala/internal/slug"
	"slices"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/richtext"
)

// An Incoming is one edition as it comes from elsewhere, with what it says of
// its work. The ids are the importer's, so that they are the same each time.
type Incoming struct {
	Work     Work    // ID, Kind, Sticky, Held, Place, Country, Parent, Position, Picture, Terms, Contacts
	Edition  Edition // ID, Lang, Slug (a wish), Title, Summary, Body, Stage, Public, Published, PubDay, Due, Changed, Source, SourceRev, Bylines, Meta
	Comments []Comment
	// Corrections are what became of the text since, oldest first.
	Corrections []Correction
}

// A Correction is a later text of an edition. Its Note is needed.
type Correction struct {
	Text
	At time.Time // when it went out
}

// An Outcome says what an import did.
type Outcome int

// The outcomes.
const (
	Added   Outcome = iota
	Updated         // it was there, from an earlier import, and said something else
	Kept            // it was there and has been edited here since: left as it is
)

// Import stores an edition with its work, terms and comments, or brings up to
// date what an earlier import stored. What somebody has edited here since is
// never overwritten. The terms must have been stored before.
func (s *Store) Import(ctx context.Context, tx *db.Tx, by sala.Actor, in Incoming) (Outcome, error) {
	outcome, err := s.importEdition(ctx, tx, by, in)
	if err != nil {
		return outcome, fmt.Errorf("import %q: %w", in.Edition.Title, err)
	}
	return outcome, nil
}

func (s *Store) importEdition(ctx context.Context, tx *db.Tx, by sala.Actor, in Incoming) (Outcome, error) {
	if err := need(by, sala.Admin, "import"); err != nil {
		return Kept, err
	}
	for _, body := range in.bodies() {
		if err := body.Check(); err != nil {
			return Kept, err
		}
	}
	author, err := db.One[string](ctx, tx, `
		SELECT r.by_whom FROM archive_edition e JOIN archive_revision r ON r.edition = e.id AND r.number = e.revision
		WHERE e.id = ?`, in.Edition.ID)
	known, err := db.Found(err)
	if err != nil {
		return Kept, err
	}
	if known && author != by.Name {
		return Kept, nil
	}
	frozen, err := s.frozen(ctx, tx, in.Edition.ID)
	if err != nil || frozen != 0 { // somebody has signed it
		return Kept, err
	}
	made, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM archive_edition WHERE work = ? AND lang = ? AND id <> ?`,
		in.Work.ID, in.Edition.Lang, in.Edition.ID)
	if err != nil {
		return Kept, err
	}
	if made > 0 { // somebody here has begun this language meanwhile
		return Kept, nil
	}
	if err := s.importWork(ctx, tx, in.Work); err != nil {
		return Kept, err
	}
	outcome := Added
	if known {
		outcome = Updated
		err = s.updateEdition(ctx, tx, by, in)
	} else {
		err = s.addEdition(ctx, tx, by, in)
	}
	if err != nil {
		return outcome, err
	}
	if err := s.importComments(ctx, tx, in.Edition.ID, in.Comments); err != nil {
		return outcome, err
	}
	if err := s.relist(ctx, tx, in.Work.ID); err != nil {
		return outcome, err
	}
	return outcome, tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: in.Work.ID}, "imported", by)
}

func (in Incoming) bodies() []richtext.Doc {
	all := []richtext.Doc{in.Edition.Body}
	for _, c := range in.Corrections {
		all = append(all, c.Body)
	}
	return all
}

// importWork stores what the edition says of its work. Where the editions of
// one work differ, the first to state a thing is believed, and a kind that
// says something beats plain news.
func (s *Store) importWork(ctx context.Context, tx *db.Tx, w Work) error {
	contacts, err := column(w.Contacts)
	if err != nil {
		return fmt.Errorf("contacts: %w", err)
	}
	if err := w.Held.Check(); err != nil {
		return err
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO archive_work AS w (id, kind, sticky, held_from, held_to, place, country, parent, position,
			picture, contacts, public, listed, listed_at, dating, created, changed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, '', ?, ?)
		ON CONFLICT (id) DO UPDATE SET
			kind      = CASE WHEN w.kind = ? THEN excluded.kind ELSE w.kind END,
			sticky    = w.sticky OR excluded.sticky,
			held_from = CASE WHEN w.held_from = '' THEN excluded.held_from ELSE w.held_from END,
			held_to   = CASE WHEN w.held_from = '' THEN excluded.held_to ELSE w.held_to END,
			place     = CASE WHEN w.place = '' THEN excluded.place ELSE w.place END,
			country   = CASE WHEN w.country = '' THEN excluded.country ELSE w.country END,
			parent    = CASE WHEN w.parent = '' THEN excluded.parent ELSE w.parent END,
			position  = CASE WHEN w.position = 0 THEN excluded.position ELSE w.position END,
			picture   = CASE WHEN w.picture = '' THEN excluded.picture ELSE w.picture END,
			contacts  = CASE WHEN w.contacts = '' THEN excluded.contacts ELSE w.contacts END`,
		w.ID, w.Kind, w.Sticky, w.Held.From.String(), w.Held.To.String(), w.Place, w.Country, w.Parent, w.Position,
		w.Picture, contacts, false, db.At(tx.Now), db.At(tx.Now), db.At(tx.Now), News)
	if err != nil {
		return fmt.Errorf("work %s: %w", w.ID, err)
	}
	for _, term := range w.Terms {
		if term, err = s.termNow(ctx, tx, term); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO archive_work_term (work, term) VALUES (?, ?) ON CONFLICT (work, term) DO NOTHING`, w.ID, term)
		if err != nil {
			return fmt.Errorf("term %s of work %s: %w", term, w.ID, err)
		}
	}
	return nil
}

// addressYear is the year in an edition's address: of the date it bears, else
// of the event it tells of, else the present one. Pages have none.
func addressYear(in Incoming, now time.Time) int {
	switch {
	case in.Work.Kind == Page:
		return 0
	case !in.Edition.PubDay.IsZero():
		return in.Edition.PubDay.Year
	case !in.Edition.Published.IsZero():
		return in.Edition.Published.Year()
	case !in.Work.Held.IsZero():
		return in.Work.Held.From.Year
	}
	return now.Year()
}

func (s *Store) addEdition(ctx context.Context, tx *db.Tx, by sala.Actor, in Incoming) error {
	e := in.Edition
	year := addressYear(in, tx.Now)
	wish := slug.Of(e.Slug)
	if wish == "" {
		wish = slug.Of(e.Title)
	}
	slug, err := slug.Free(wish, e.ID, func(slug string) (bool, error) {
		_, err := db.One[string](ctx, tx, `SELECT id FROM archive_edition WHERE lang = ? AND year = ? AND slug = ?`, e.Lang, year, slug)
		return db.Found(err)
	})
	if err != nil {
		return err
	}
	bylines, err := column(e.Bylines)
	if err != nil {
		return fmt.Errorf("bylines: %w", err)
	}
	meta, err := column(e.Meta)
	if err != nil {
		return fmt.Errorf("meta: %w", err)
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO archive_edition (id, work, lang, year, slug, title, summary, stage, public, withdrawn, revision, live,
			version, published, pub_day, due, source, source_rev, bylines, meta, correction, created, changed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?, ?, '', ?, ?)`,
		e.ID, in.Work.ID, e.Lang, year, slug, e.Title, e.Summary, e.Stage, false, false,
		db.At(e.Published), e.PubDay.String(), db.At(e.Due), "", 0, bylines, meta, db.At(tx.Now), db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("edition %s: %w", e.ID, err)
	}
	return s.importTexts(ctx, tx, by, in)
}

func (s *Store) updateEdition(ctx context.Context, tx *db.Tx, by sala.Actor, in Incoming) error {
	e := in.Edition
	bylines, err := column(e.Bylines)
	if err != nil {
		return fmt.Errorf("bylines: %w", err)
	}
	meta, err := column(e.Meta)
	if err != nil {
		return fmt.Errorf("meta: %w", err)
	}
	// The address stays: it may have been cited.
	err = tx.ExecOne(ctx, `UPDATE archive_edition SET stage = ?, due = ?, bylines = ?, meta = ? WHERE id = ?`,
		e.Stage, db.At(e.Due), bylines, meta, e.ID)
	if err != nil {
		return fmt.Errorf("edition %s: %w", e.ID, err)
	}
	return s.importTexts(ctx, tx, by, in)
}

// importTexts adds the text and its corrections, those that are not there yet.
func (s *Store) importTexts(ctx context.Context, tx *db.Tx, by sala.Actor, in Incoming) error {
	e := in.Edition
	had, err := db.All[string](ctx, tx, `SELECT body FROM archive_revision WHERE edition = ?`, e.ID)
	if err != nil {
		return fmt.Errorf("revisions of edition %s: %w", e.ID, err)
	}
	last := 0 // the newest of the texts that is there already
	for i, body := range in.bodies() {
		if slices.Contains(had, string(body.JSON())) {
			last = i
		}
	}
	if last == 0 {
		if err := s.importText(ctx, tx, by, e, ""); err != nil {
			return err
		}
	}
	for i, c := range in.Corrections {
		if i+1 < last {
			continue
		}
		e.Title, e.Summary, e.Body, e.Changed = c.Title, c.Summary, c.Body, c.At
		if err := s.importText(ctx, tx, by, e, c.Note); err != nil {
			return err
		}
	}
	return nil
}

// importText adds the text as a revision if it differs from the newest, and
// makes the edition public or not as it is where it comes from.
func (s *Store) importText(ctx context.Context, tx *db.Tx, by sala.Actor, e Edition, note string) error {
	st, err := s.state(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	same := false
	if st.Revision > 0 {
		newest, err := s.revision(ctx, tx, e.ID, st.Revision)
		if err != nil {
			return err
		}
		same = newest.Title == e.Title && newest.Summary == e.Summary && string(newest.Body.JSON()) == string(e.Body.JSON())
	}
	if !same {
		text := Text{Title: e.Title, Summary: e.Summary, Body: e.Body, Note: note}
		if st.Version > 0 && note == "" {
			text.Note = "Imported again: the text had changed where it came from."
		}
		if st.Revision, err = s.revise(ctx, tx, by, e.ID, st, text); err != nil {
			return err
		}
		if err := s.importBasis(ctx, tx, by, e, st); err != nil {
			return err
		}
	}
	hold, err := s.hold(ctx, tx, st.Work, tx.Now)
	if err != nil {
		return err
	}
	switch {
	case hold != sala.NotHeld && e.Public: // what was said here of a testimony counts
	case e.Public && !st.Withdrawn && (!st.Public || st.Live != st.Revision):
		out := going{at: e.Published, day: e.PubDay, changed: e.Changed}
		if out.day.IsZero() && !out.at.IsZero() {
			out.day = sala.DayOf(out.at)
		}
		if st.Version > 0 {
			out.at = tx.Now
			if note != "" {
				out.at = e.Changed
			}
		}
		return s.publish(ctx, tx, by, e.ID, st, out)
	case !e.Public && st.Public:
		err := tx.ExecOne(ctx, `INSERT INTO archive_withdrawal (id, edition, reason, by_whom, at) VALUES (?, ?, ?, ?, ?)`,
			sala.NewID(), e.ID, "no longer public where it came from", by.Name, db.At(tx.Now))
		if err != nil {
			return err
		}
		return tx.ExecOne(ctx, `UPDATE archive_edition SET public = ?, withdrawn = ?, live = 0, changed = ? WHERE id = ?`,
			false, true, db.At(tx.Now), e.ID)
	}
	return nil
}

// importBasis writes what the newest revision was translated from, if the
// import says. Without a revision it is the source as it stands now, or, if
// it has yet to come, as it will come.
func (s *Store) importBasis(ctx context.Context, tx *db.Tx, by sala.Actor, e Edition, st editionState) error {
	if e.Source == "" {
		return nil
	}
	if e.SourceRev == 0 {
		newest, err := db.One[int](ctx, tx, `SELECT revision FROM archive_edition WHERE id = ?`, e.Source)
		if _, err := db.Found(err); err != nil {
			return fmt.Errorf("source of edition %s: %w", e.ID, err)
		}
		e.SourceRev = max(newest, 1)
	}
	return s.writeBasis(ctx, tx, by, e.ID, st.Revision, basisRow{e.Source, e.SourceRev})
}

// Relate ties two works. Saying it twice changes nothing.
func (s *Store) Relate(ctx context.Context, tx *db.Tx, by sala.Actor, r Relation) error {
	if err := need(by, sala.Editor, "relate works"); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO archive_relation (from_work, to_work, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, r.From, r.To, r.Name)
	if err != nil {
		return fmt.Errorf("relate %s to %s: %w", r.From, r.To, err)
	}
	return nil
}
