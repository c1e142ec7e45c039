package archive

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// A Step is one thing done with an edition on its way to the reader.
type Step struct {
	What     StepKind
	Revision int // with which text
	Note     string
	Due      time.Time // of StepScheduled
	By       string
	Author   sala.ID // id of By
	At       time.Time
}

// A StepKind says what was done.
type StepKind string

// The steps.
const (
	StepSubmitted   StepKind = "submitted" // for review
	StepSentBack    StepKind = "sent_back"
	StepApproved    StepKind = "approved"
	StepScheduled   StepKind = "scheduled"
	StepUnscheduled StepKind = "unscheduled"
	StepPublished   StepKind = "published"
	StepWithdrawn   StepKind = "withdrawn"
	StepFrozen      StepKind = "frozen" // somebody has signed it
	StepUnfrozen    StepKind = "unfrozen"
)

func (s *Store) step(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, revision int, st Step) error {
	err := tx.ExecOne(ctx, `
		INSERT INTO archive_step (id, edition, revision, what, note, due, author, by_whom, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		sala.NewID(), edition, revision, st.What, strings.TrimSpace(st.Note), db.At(st.Due), by.ID, by.Name, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("note that edition %s was %s: %w", edition, st.What, err)
	}
	return nil
}

// Steps returns what was done with an edition, newest first, for those who may
// write it.
func (s *Store) Steps(ctx context.Context, by sala.Actor, edition sala.ID) ([]Step, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return nil, err
	}
	type row struct {
		What     StepKind  `bun:"what"`
		Revision int       `bun:"revision"`
		Note     string    `bun:"note"`
		Due      db.Null   `bun:"due"`
		By       string    `bun:"by_whom"`
		Author   sala.ID   `bun:"author"`
		At       time.Time `bun:"at"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT what, revision, note, due, by_whom, author, at FROM archive_step WHERE edition = ? ORDER BY at DESC, id DESC`, edition)
	if err != nil {
		return nil, fmt.Errorf("steps of edition %s: %w", edition, err)
	}
	steps := make([]Step, len(rows))
	for i, r := range rows {
		steps[i] = Step{What: r.What, Revision: r.Revision, Note: r.Note, Due: db.Moment(r.Due), By: r.By, Author: r.Author, At: r.At.UTC()}
	}
	frozen, err := s.freezes(ctx, edition)
	if err != nil || frozen == nil {
		return steps, err
	}
	steps = append(steps, frozen...)
	slices.SortStableFunc(steps, func(a, b Step) int { return b.At.Compare(a.At) })
	return steps, nil
}

func (s *Store) setStage(ctx context.Context, tx *db.Tx, edition sala.ID, stage Stage) error {
	if err := tx.ExecOne(ctx, `UPDATE archive_edition SET stage = ? WHERE id = ?`, stage, edition); err != nil {
		return fmt.Errorf("stage of edition %s: %w", edition, err)
	}
	return nil
}

// A move is a change of stage.
type move struct {
	what StepKind
	from []Stage
	to   Stage
}

// The moves of a text that is not out. Imported stages (private, protected,
// trash) count as drafts: somebody here has taken them up.
var (
	submitting  = move{StepSubmitted, []Stage{Draft, Private, Protected, Trash}, InReview}
	sendingBack = move{StepSentBack, []Stage{InReview, Approved}, Draft}
	approving   = move{StepApproved, []Stage{InReview}, Approved}
)

// Submit asks for a review of the newest text. Translators may, contributors
// for what they made, and who came by a link for the edition it is for.
func (s *Store) Submit(ctx context.Context, by sala.Actor, edition sala.ID, note string) error {
	return s.move(ctx, by, edition, submitting, note, nil)
}

// SendBack gives the text back to be written on, with the reason.
func (s *Store) SendBack(ctx context.Context, by sala.Actor, edition sala.ID, reason string) error {
	if err := need(by, sala.Editor, "send back edition "+string(edition)); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return sala.Invalid{{Field: "reason", Key: "work.reason_missing", Text: "say what is to be done"}}
	}
	return s.move(ctx, by, edition, sendingBack, reason, nil)
}

// Approve says that a revision may go out. revision is the one that was read:
// if another has come since, it returns [sala.ErrConflict]. Where two persons
// are needed, whoever wrote it may not approve it.
func (s *Store) Approve(ctx context.Context, by sala.Actor, edition sala.ID, revision int, note string) error {
	if err := need(by, sala.Editor, "approve edition "+string(edition)); err != nil {
		return err
	}
	return s.move(ctx, by, edition, approving, note, func(tx *db.Tx, st editionState) error {
		if st.Revision != revision {
			return fmt.Errorf("approve revision %d of edition %s, which has %d: %w", revision, edition, st.Revision, sala.ErrConflict)
		}
		two, err := s.twoPersons(ctx, tx, st.Kind)
		if err != nil || !two {
			return err
		}
		wrote, err := db.One[revisionRow](ctx, tx, `SELECT author, by_whom FROM archive_revision WHERE edition = ? AND number = ?`, edition, revision)
		if err != nil {
			return fmt.Errorf("author of edition %s: %w", edition, err)
		}
		if wrote.Author != "" && wrote.Author == by.ID || wrote.Author == "" && wrote.By == by.Name {
			return sala.Invalid{{Field: "approve", Key: "work.two_persons", Text: "whoever wrote a text may not approve it: somebody else has to"}}
		}
		return nil
	})
}

// move changes the stage of an edition's newest text, if check agrees.
func (s *Store) move(ctx context.Context, by sala.Actor, edition sala.ID, m move, note string, check func(*db.Tx, editionState) error) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.mayWrite(ctx, tx, by, edition); err != nil {
			return err
		}
		st, err := s.state(ctx, tx, edition)
		if err != nil {
			return err
		}
		can := false
		for _, from := range m.from {
			can = can || st.Stage == from
		}
		if !can || st.Revision == 0 || st.Public && st.Live == st.Revision {
			return fmt.Errorf("edition %s cannot be %s as it is (%s): %w", edition, m.what, st.Stage, sala.ErrConflict)
		}
		if check != nil {
			if err := check(tx, st); err != nil {
				return err
			}
		}
		if err := s.setStage(ctx, tx, edition, m.to); err != nil {
			return err
		}
		if err := s.step(ctx, tx, by, edition, st.Revision, Step{What: m.what, Note: note}); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, string(m.what), by)
	})
}

// NeedTwoPersons switches the two-person rule of a kind of work on or off.
func (s *Store) NeedTwoPersons(ctx context.Context, by sala.Actor, kind Kind, on bool) error {
	if err := need(by, sala.Admin, "change a rule"); err != nil {
		return err
	}
	if !kind.known() {
		return sala.Invalid{{Field: "kind", Key: "work.kind_unknown", Text: fmt.Sprintf("%q is no kind of work", kind)}}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.ExecOne(ctx, `
			INSERT INTO archive_rule (kind, two_persons, by_whom, at) VALUES (?, ?, ?, ?)
			ON CONFLICT (kind) DO UPDATE SET two_persons = excluded.two_persons, by_whom = excluded.by_whom, at = excluded.at`,
			kind, on, by.Name, db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("rule for %s: %w", kind, err)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindNetwork, ID: sala.ID(kind)}, "changed the rule of", by)
	})
}

// TwoPersons returns the kinds of work that need a second person's approval.
func (s *Store) TwoPersons(ctx context.Context) (map[Kind]bool, error) {
	kinds, err := db.All[Kind](ctx, s.db, `SELECT kind FROM archive_rule WHERE two_persons`)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	need := map[Kind]bool{}
	for _, k := range kinds {
		need[k] = true
	}
	return need, nil
}

func (s *Store) twoPersons(ctx context.Context, r db.Reader, kind Kind) (bool, error) {
	n, err := db.One[int](ctx, r, `SELECT COUNT(*) FROM archive_rule WHERE kind = ? AND two_persons`, kind)
	if err != nil {
		return false, fmt.Errorf("rule for %s: %w", kind, err)
	}
	return n > 0, nil
}

// mayGoUnapproved refuses a text that was not approved where two persons are
// needed. Elsewhere an editor's word is enough.
func (s *Store) mayGoUnapproved(ctx context.Context, r db.Reader, st editionState) error {
	two, err := s.twoPersons(ctx, r, st.Kind)
	if err != nil {
		return err
	}
	if two {
		return sala.Invalid{{Field: "publish", Key: "work.not_approved", Text: "this kind of work needs a second person's approval first"}}
	}
	return nil
}
