package archive

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// Freeze keeps a revision of an edition as it is, within the transaction of
// what needs it: somebody signs it. Until [Store.Unfreeze] the edition takes no
// other text, from nobody, and no other revision of it goes out. The revision
// must be the newest, or it is [sala.ErrConflict]: nobody signs a text under
// which another is being written. Freezing it twice changes nothing. Whoever
// may send something in may cause it; the caller has asked who may sign.
func (s *Store) Freeze(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, revision int) error {
	if err := need(by, sala.Contributor, "freeze edition "+string(edition)); err != nil {
		return err
	}
	st, err := s.state(ctx, tx, edition)
	if err != nil {
		return err
	}
	if st.Revision != revision || revision == 0 {
		return fmt.Errorf("freeze revision %d of edition %s, which has %d: %w", revision, edition, st.Revision, sala.ErrConflict)
	}
	frozen, err := s.frozen(ctx, tx, edition)
	if err != nil || frozen == revision { // no other can have become the newest since
		return err
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO archive_freeze (id, edition, revision, author, by_whom, at, lifter, lifted_by, reason) VALUES (?, ?, ?, ?, ?, ?, '', '', '')`,
		sala.NewID(), edition, revision, by.ID, by.Name, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("freeze edition %s: %w", edition, err)
	}
	due, err := db.One[int](ctx, tx, `SELECT revision FROM archive_schedule WHERE edition = ?`, edition)
	if _, err := db.Found(err); err != nil {
		return fmt.Errorf("schedule of edition %s: %w", edition, err)
	}
	if due != 0 && due != revision { // it would bring out what nobody has signed
		if err := s.calloff(ctx, tx, by, edition, st, "A newer text has been signed."); err != nil {
			return err
		}
	}
	return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "frozen", by)
}

// Unfreeze lets the text of an edition change again, with the reason, which
// stays among its steps. One that is not frozen is [sala.ErrConflict].
func (s *Store) Unfreeze(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, reason string) error {
	if err := need(by, sala.Editor, "unfreeze edition "+string(edition)); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return sala.Invalid{{Field: "reason", Key: "work.reason_missing", Text: "say why the text has to change"}}
	}
	st, err := s.state(ctx, tx, edition)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE archive_freeze SET lifted = ?, lifter = ?, lifted_by = ?, reason = ? WHERE edition = ? AND lifted IS NULL`,
		db.At(tx.Now), by.ID, by.Name, strings.TrimSpace(reason), edition)
	if err != nil {
		return fmt.Errorf("unfreeze edition %s: %w", edition, err)
	}
	if n == 0 {
		return fmt.Errorf("unfreeze edition %s, which is not frozen: %w", edition, sala.ErrConflict)
	}
	return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "unfrozen", by)
}

// Frozen returns the revision of an edition that is frozen, 0 if none is, to
// those who may write it.
func (s *Store) Frozen(ctx context.Context, by sala.Actor, edition sala.ID) (int, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return 0, err
	}
	return s.frozen(ctx, s.db, edition)
}

func (s *Store) frozen(ctx context.Context, r db.Reader, edition sala.ID) (int, error) {
	revision, err := db.One[int](ctx, r, `SELECT revision FROM archive_freeze WHERE edition = ? AND lifted IS NULL`, edition)
	if _, err := db.Found(err); err != nil {
		return 0, fmt.Errorf("whether edition %s is frozen: %w", edition, err)
	}
	return revision, nil
}

// thawed refuses a revision of an edition of which another is frozen; number 0
// is one that is to be written.
func thawed(frozen, number int) error {
	if frozen == 0 || frozen == number {
		return nil
	}
	return sala.Invalid{{Field: "title", Key: "work.frozen", Text: "the text has been signed and cannot change; take it up again first, with a reason"}}
}

// freezes are the steps by which an edition was frozen, and let go.
func (s *Store) freezes(ctx context.Context, edition sala.ID) ([]Step, error) {
	type row struct {
		Revision int       `bun:"revision"`
		Author   sala.ID   `bun:"author"`
		By       string    `bun:"by_whom"`
		At       time.Time `bun:"at"`
		Lifted   db.Null   `bun:"lifted"`
		Lifter   sala.ID   `bun:"lifter"`
		LiftedBy string    `bun:"lifted_by"`
		Reason   string    `bun:"reason"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT revision, author, by_whom, at, lifted, lifter, lifted_by, reason FROM archive_freeze WHERE edition = ? ORDER BY at`, edition)
	if err != nil {
		return nil, fmt.Errorf("how edition %s was frozen: %w", edition, err)
	}
	var steps []Step
	for _, r := range rows {
		steps = append(steps, Step{What: StepFrozen, Revision: r.Revision, By: r.By, Author: r.Author, At: r.At.UTC()})
		if !r.Lifted.IsZero() {
			steps = append(steps, Step{What: StepUnfrozen, Revision: r.Revision, Note: r.Reason, By: r.LiftedBy, Author: r.Lifter, At: db.Moment(r.Lifted)})
		}
	}
	return steps, nil
}
