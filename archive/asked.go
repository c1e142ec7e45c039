package archive

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
)

// An Asked is a step of a review with what those who are told of it need to
// know: a text was handed in, approved or sent back.
type Asked struct {
	Step
	ID      sala.ID
	Work    sala.ID
	Edition sala.ID
	Lang    sala.Lang
	Title   string  // of the revision
	Writer  sala.ID // who made the revision, "" if a command did
	Asker   sala.ID // who last asked for a review before this step
	Open    bool    // the edition still waits for the review that was asked for
}

// AskedAt returns the steps of reviews that were taken with a work at one
// moment, which the change log names, for those who are to be told.
func (s *Store) AskedAt(ctx context.Context, by sala.Actor, work sala.ID, at time.Time) ([]Asked, error) {
	if err := need(by, sala.Editor, "read the reviews of work "+string(work)); err != nil {
		return nil, err
	}
	type row struct {
		ID       sala.ID   `bun:"id"`
		What     StepKind  `bun:"what"`
		Revision int       `bun:"revision"`
		Note     string    `bun:"note"`
		By       string    `bun:"by_whom"`
		Author   sala.ID   `bun:"author"`
		At       time.Time `bun:"at"`
		Edition  sala.ID   `bun:"edition"`
		Lang     sala.Lang `bun:"lang"`
		Title    string    `bun:"title"`
		Writer   sala.ID   `bun:"writer"`
		Stage    Stage     `bun:"stage"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT st.id, st.what, st.revision, st.note, st.by_whom, st.author, st.at, st.edition, e.lang, r.title, r.author AS writer, e.stage
		FROM archive_step st
		JOIN archive_edition e ON e.id = st.edition
		JOIN archive_revision r ON r.edition = st.edition AND r.number = st.revision
		WHERE e.work = ? AND st.at = ? AND st.what IN (?) ORDER BY st.id`,
		work, db.At(at), db.In([]StepKind{StepSubmitted, StepApproved, StepSentBack}))
	if err != nil {
		return nil, fmt.Errorf("reviews of work %s: %w", work, err)
	}
	asked := make([]Asked, len(rows))
	for i, r := range rows {
		asked[i] = Asked{
			Step: Step{What: r.What, Revision: r.Revision, Note: r.Note, By: r.By, Author: r.Author, At: r.At.UTC()},
			ID:   r.ID, Work: work, Edition: r.Edition, Lang: r.Lang, Title: r.Title, Writer: r.Writer, Open: r.Stage == InReview,
		}
		asker, err := db.One[sala.ID](ctx, s.db, `
			SELECT author FROM archive_step WHERE edition = ? AND what = ? AND at <= ? ORDER BY at DESC, id DESC LIMIT 1`,
			r.Edition, StepSubmitted, db.At(r.At))
		if err != nil && !errors.Is(err, sala.ErrNotFound) {
			return nil, fmt.Errorf("who asked for the review of edition %s: %w", r.Edition, err)
		}
		asked[i].Asker = asker
	}
	return asked, nil
}
