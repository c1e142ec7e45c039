package archive

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/input"
	"sala/internal/richtext"
)

// editionState is what a change of an edition needs to know of it.
type editionState struct {
	Work        sala.ID   `bun:"work"`
	Kind        Kind      `bun:"kind"`
	Lang        sala.Lang `bun:"lang"`
	Year        int       `bun:"year"`
	Slug        string    `bun:"slug"`
	Stage       Stage     `bun:"stage"`
	Provisional bool      `bun:"provisional"`
	Public      bool      `bun:"public"`
	Withdrawn   bool      `bun:"withdrawn"`
	Revision    int       `bun:"revision"`
	Live        int       `bun:"live"`
	Version     int       `bun:"version"`
	Source      sala.ID   `bun:"source"`
}

// state reads an edition in order to change it. It holds the edition's work
// until the transaction ends: where several may write at once, two changes of
// one work must not pass each other.
func (s *Store) state(ctx context.Context, tx *db.Tx, edition sala.ID) (editionState, error) {
	_, err := tx.Exec(ctx, `
		UPDATE archive_work SET changed = changed WHERE id = (SELECT work FROM archive_edition WHERE id = ?)`, edition)
	if err != nil {
		return editionState{}, fmt.Errorf("hold the work of edition %s: %w", edition, err)
	}
	st, err := db.One[editionState](ctx, tx, `
		SELECT e.work, w.kind, e.lang, e.year, e.slug, e.stage, e.provisional, e.public, e.withdrawn, e.revision, e.live, e.version, e.source
		FROM archive_edition e JOIN archive_work w ON w.id = e.work WHERE e.id = ?`, edition)
	if err != nil {
		return st, fmt.Errorf("edition %s: %w", edition, err)
	}
	return st, nil
}

// A Text is the wording of an edition, as somebody writes it.
type Text struct {
	Title   string
	Summary string
	Body    richtext.Doc
	Note    string // what was corrected and why; needed to change what is public
	// SourceRev is, of a translation, the revision of its source that this text
	// says; 0 leaves it with what the revision before was made from.
	SourceRev int
}

// clean returns t without what is no text, which the fields of a form may hold
// unseen. The body has rules of its own: see [richtext.Doc.Check].
func (t Text) clean() Text {
	t.Title, t.Summary, t.Note = input.Clean(t.Title), input.Clean(t.Summary), input.Clean(t.Note)
	return t
}

// Revise adds a revision. after is the number of the revision the writer had
// before them: if another has come since, it returns a [*Conflict] with both
// texts. What is public stays as it is until [Store.Publish], and what was
// approved or scheduled is that revision, not this one.
func (s *Store) Revise(ctx context.Context, by sala.Actor, edition sala.ID, after int, text Text) (int, error) {
	var number int
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		err := s.mayWrite(ctx, tx, by, edition)
		if err == nil {
			number, err = s.reviseChecked(ctx, tx, by, edition, after, text)
		}
		return err
	})
	return number, err
}

func (s *Store) reviseChecked(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, after int, text Text) (int, error) {
	text = text.clean()
	if strings.TrimSpace(text.Title) == "" {
		return 0, sala.Invalid{{Field: "title", Key: "work.title_missing", Text: "a title is needed"}}
	}
	if err := text.Body.Check(); err != nil {
		return 0, fmt.Errorf("text of edition %s: %w", edition, err)
	}
	st, err := s.state(ctx, tx, edition)
	if err != nil {
		return 0, err
	}
	if st.Revision != after {
		theirs, err := s.revisionOrNone(ctx, tx, edition, st.Revision)
		if err != nil {
			return 0, err
		}
		return 0, &Conflict{Edition: edition, After: after, Mine: text, Theirs: theirs}
	}
	if st.Revision, err = s.revise(ctx, tx, by, edition, st, text); err != nil {
		return 0, err
	}
	if text.SourceRev != 0 {
		if err := s.setBasis(ctx, tx, by, edition, st, basisRow{st.Source, text.SourceRev}); err != nil {
			return 0, err
		}
	}
	// A review goes on with the newest text; an approval was of the one before.
	if st.Stage == Approved || st.Stage == Scheduled {
		if err := s.setStage(ctx, tx, edition, Draft); err != nil {
			return 0, err
		}
	}
	if err := s.restale(ctx, tx, st.Work); err != nil {
		return 0, err
	}
	return st.Revision, tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "revised", by)
}

func (s *Store) revise(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, st editionState, text Text) (int, error) {
	frozen, err := s.frozen(ctx, tx, edition)
	if err == nil {
		err = thawed(frozen, 0)
	}
	if err != nil {
		return 0, err
	}
	r, err := s.addRevision(ctx, tx, Revision{
		Edition: edition, Title: text.Title, Summary: text.Summary, Body: text.Body, Note: text.Note, By: by.Name, Author: by.ID,
	})
	if err != nil {
		return 0, err
	}
	query, args := `UPDATE archive_edition SET revision = ?`, []any{r.Number}
	if !st.Public {
		query += `, title = ?, summary = ?, changed = ?`
		args = append(args, text.Title, text.Summary, db.At(tx.Now))
	}
	return r.Number, tx.ExecOne(ctx, query+` WHERE id = ?`, append(args, edition)...)
}

// Publish makes the newest revision of an edition public, now, also one that
// was withdrawn. To replace what was public already, that revision must bear a
// note that says what was corrected; where two persons are needed, it must be
// approved; a testimony needs the consent of whoever tells it. A schedule of
// the edition ends with it.
func (s *Store) Publish(ctx context.Context, by sala.Actor, edition sala.ID) error {
	if err := need(by, sala.Editor, "publish edition "+string(edition)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		st, err := s.state(ctx, tx, edition)
		if err != nil {
			return err
		}
		if st.Public && st.Live == st.Revision {
			return nil
		}
		if st.Stage != Approved {
			if err := s.mayGoUnapproved(ctx, tx, st); err != nil {
				return err
			}
		}
		return s.goOut(ctx, tx, by, edition, st)
	})
}

// goOut publishes revision st.Revision now, with all that follows.
func (s *Store) goOut(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, st editionState) error {
	if st.Revision == 0 {
		return sala.Invalid{{Field: "body", Key: "work.no_text", Text: "there is no text yet"}}
	}
	out := going{at: tx.Now, day: sala.DayOf(tx.Now), changed: tx.Now}
	if err := s.publish(ctx, tx, by, edition, st, out); err != nil {
		return err
	}
	if err := s.settleAddress(ctx, tx, edition, st, out.day.Year); err != nil {
		return err
	}
	if _, err := s.dropSchedule(ctx, tx, edition); err != nil {
		return err
	}
	if err := s.step(ctx, tx, by, edition, st.Revision, Step{What: StepPublished}); err != nil {
		return err
	}
	newest, err := db.One[int](ctx, tx, `SELECT revision FROM archive_edition WHERE id = ?`, edition)
	if err != nil {
		return err
	}
	if newest == st.Revision { // else what came after the scheduled one keeps its own stage
		if err := s.setStage(ctx, tx, edition, Draft); err != nil {
			return err
		}
	}
	if err := s.relist(ctx, tx, st.Work); err != nil {
		return err
	}
	return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "published", by)
}

func noCorrection() error {
	return sala.Invalid{{Field: "note", Key: "work.correction_missing", Text: "say what was corrected: the text is public already"}}
}

// A going is how a text went out. What an import does not know stays zero.
type going struct {
	at      time.Time // the moment
	day     sala.Day  // the date it bears
	changed time.Time // when its text last changed
}

// publish makes revision st.Revision live.
func (s *Store) publish(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, st editionState, out going) error {
	type wording struct {
		Title   string `bun:"title"`
		Summary string `bun:"summary"`
		Note    string `bun:"note"`
	}
	if err := s.mayBePublic(ctx, tx, st.Work); err != nil {
		return err
	}
	frozen, err := s.frozen(ctx, tx, edition)
	if err == nil {
		err = thawed(frozen, st.Revision)
	}
	if err != nil {
		return err
	}
	text, err := db.One[wording](ctx, tx, `
		SELECT title, summary, note FROM archive_revision WHERE edition = ? AND number = ?`, edition, st.Revision)
	if err != nil {
		return fmt.Errorf("publish edition %s: %w", edition, err)
	}
	// What was signed goes out as it was: nobody can add a note to it.
	if st.Version > 0 && st.Live != st.Revision && frozen == 0 && strings.TrimSpace(text.Note) == "" {
		return noCorrection()
	}
	version := st.Version + 1
	err = tx.ExecOne(ctx, `INSERT INTO archive_publication (edition, version, revision, by_whom, at) VALUES (?, ?, ?, ?, ?)`,
		edition, version, st.Revision, by.Name, db.At(cmp.Or(out.at, tx.Now)))
	if err != nil {
		return fmt.Errorf("publish edition %s: %w", edition, err)
	}
	query, args := `
		UPDATE archive_edition SET public = ?, withdrawn = ?, live = ?, version = ?,
			title = ?, summary = ?, correction = ?, changed = ?`,
		[]any{true, false, st.Revision, version, text.Title, text.Summary, text.Note, db.At(cmp.Or(out.changed, out.at, tx.Now))}
	if st.Version == 0 {
		query += `, published = ?, pub_day = ?`
		args = append(args, db.At(out.at), out.day.String())
	}
	if err := tx.ExecOne(ctx, query+` WHERE id = ?`, append(args, edition)...); err != nil {
		return fmt.Errorf("publish edition %s: %w", edition, err)
	}
	return nil
}

// Withdraw takes an edition back. Its address answers [sala.ErrGone] until it
// is published again; its revisions and publications stay on record.
func (s *Store) Withdraw(ctx context.Context, by sala.Actor, edition sala.ID, reason string) error {
	if err := need(by, sala.Editor, "withdraw edition "+string(edition)); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return sala.Invalid{{Field: "reason", Key: "work.reason_missing", Text: "say why it is withdrawn"}}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		st, err := s.state(ctx, tx, edition)
		if err != nil {
			return err
		}
		if !st.Public {
			return fmt.Errorf("withdraw edition %s, which is not public: %w", edition, sala.ErrConflict)
		}
		return s.withdraw(ctx, tx, by, edition, st, reason)
	})
}

// withdraw takes an edition back that is public, with all that follows.
func (s *Store) withdraw(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, st editionState, reason string) error {
	err := tx.ExecOne(ctx, `INSERT INTO archive_withdrawal (id, edition, reason, by_whom, at) VALUES (?, ?, ?, ?, ?)`,
		sala.NewID(), edition, reason, by.Name, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("withdraw edition %s: %w", edition, err)
	}
	err = tx.ExecOne(ctx, `UPDATE archive_edition SET public = ?, withdrawn = ?, live = 0, changed = ? WHERE id = ?`,
		false, true, db.At(tx.Now), edition)
	if err != nil {
		return fmt.Errorf("withdraw edition %s: %w", edition, err)
	}
	// A correction that was to go out would bring it back.
	if _, err := s.dropSchedule(ctx, tx, edition); err != nil {
		return err
	}
	if err := s.step(ctx, tx, by, edition, st.Live, Step{What: StepWithdrawn, Note: reason}); err != nil {
		return err
	}
	if err := s.relist(ctx, tx, st.Work); err != nil {
		return err
	}
	return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "withdrawn", by)
}

// relist writes what of a work follows from its editions: whether it is
// public, under which day it is listed, and how far its translations are
// behind. It is the only place that writes the first two.
func (s *Store) relist(ctx context.Context, tx *db.Tx, work sala.ID) error {
	type dates struct {
		HeldFrom string    `bun:"held_from"`
		HeldTo   string    `bun:"held_to"`
		Created  time.Time `bun:"created"`
	}
	w, err := db.One[dates](ctx, tx, `SELECT held_from, held_to, created FROM archive_work WHERE id = ?`, work)
	if err != nil {
		return fmt.Errorf("list work %s: %w", work, err)
	}
	type edition struct {
		Public    bool    `bun:"public"`
		Published db.Null `bun:"published"`
		PubDay    string  `bun:"pub_day"`
	}
	editions, err := db.All[edition](ctx, tx, `SELECT public, published, pub_day FROM archive_edition WHERE work = ?`, work)
	if err != nil {
		return fmt.Errorf("list work %s: %w", work, err)
	}
	public := false
	for _, e := range editions {
		public = public || e.Public
	}
	var day sala.Day
	var at time.Time
	dating := ByPublication
	for _, e := range editions {
		if e.PubDay == "" || public && !e.Public {
			continue
		}
		d, err := sala.ParseDay(e.PubDay)
		if err != nil {
			return fmt.Errorf("list work %s: %w", work, err)
		}
		moment := db.Moment(e.Published)
		if moment.IsZero() {
			moment = d.Time()
		}
		if at.IsZero() || moment.Before(at) {
			at, day = moment, d
		}
	}
	if day.IsZero() {
		held := w.HeldTo
		if held == "" {
			held = w.HeldFrom
		}
		if day, err = sala.ParseDay(held); err != nil {
			return fmt.Errorf("list work %s: %w", work, err)
		}
		at, dating = day.Time(), ByEvent
	}
	if day.IsZero() {
		at, dating = w.Created.UTC(), ByArrival
		day = sala.DayOf(at)
	}
	err = tx.ExecOne(ctx, `UPDATE archive_work SET public = ?, listed = ?, listed_at = ?, dating = ?, changed = ? WHERE id = ?`,
		public, day.String(), db.At(at), dating, db.At(tx.Now), work)
	if err != nil {
		return fmt.Errorf("list work %s: %w", work, err)
	}
	return s.restale(ctx, tx, work)
}
