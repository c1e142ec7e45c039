package tracker

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// check puts a step into its canonical form.
func (st *Step) check(today sala.Day) error {
	var bad flaws
	if !slices.Contains(States, st.State) && (st.State != Retracted || st.Corrects == "") {
		bad.add("state", "studio.tracker.state_bad", "%q is no state", st.State)
	}
	st.Number, st.Evidence, st.Note, st.Words = strings.TrimSpace(st.Number), st.Evidence.Trimmed(), st.Note.Trimmed(), st.Words.Trimmed()
	bad.line("number", st.Number, 100)
	bad.day("day", st.Day, today)
	bad.source("source", &st.Source)
	bad.text("evidence", st.Evidence, longestWords)
	bad.text("note", st.Note, longestWords)
	bad.text("adopted", st.Words, longestWords)
	switch {
	case st.State == Retracted && len(st.Note) == 0:
		bad.add("note", "studio.tracker.retract_why", "say why the row was wrong")
	case st.State != Retracted && !st.Source.Names() && len(st.Evidence) == 0:
		bad.add("evidence", "studio.tracker.evidence_missing", "a step needs a source, or evidence in words")
	}
	return bad.err()
}

// AddStep says what became of a recommendation. If st.Corrects names a row of
// it, the new one takes its place.
func (s *Store) AddStep(ctx context.Context, by sala.Actor, id sala.ID, st Step) (sala.ID, error) {
	if err := may(by, sala.Publish, "add a step to recommendation "+string(id)); err != nil {
		return "", err
	}
	var made sala.ID
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(id), string(st.State), by); err != nil {
			return err
		}
		if _, err := s.one(ctx, tx, id); err != nil {
			return err
		}
		var err error
		if made, err = s.addStep(ctx, tx, by, id, st); err != nil {
			return err
		}
		return s.follow(ctx, tx, id)
	})
	return made, err
}

func (s *Store) addStep(ctx context.Context, tx *db.Tx, by sala.Actor, id sala.ID, st Step) (sala.ID, error) {
	if err := st.check(sala.DayOf(tx.Now)); err != nil {
		return "", err
	}
	if st.Corrects != "" {
		type row struct {
			Recommendation sala.ID `bun:"recommendation"`
			State          State   `bun:"state"`
		}
		old, err := db.One[row](ctx, tx, `SELECT recommendation, state FROM tracker_step WHERE id = ?`, st.Corrects)
		if is, err := db.Found(err); err != nil {
			return "", fmt.Errorf("step %s: %w", st.Corrects, err)
		} else if !is || old.Recommendation != id || old.State == Retracted {
			return "", sala.Invalid{{Field: "corrects", Key: "studio.tracker.corrects_bad", Text: "there is no such row to correct"}}
		}
		taken, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM tracker_step WHERE corrects = ?`, st.Corrects)
		if err != nil {
			return "", fmt.Errorf("step %s: %w", st.Corrects, err)
		}
		if taken > 0 {
			return "", fmt.Errorf("step %s was corrected meanwhile: %w", st.Corrects, sala.ErrConflict)
		}
	}
	st.ID = sala.NewID()
	source, err := stored(st.Source)
	if err != nil {
		return "", err
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO tracker_step (id, recommendation, state, day, about, number, source, evidence, note, words, corrects, by_whom, by_id, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		st.ID, id, st.State, st.Day.String(), st.About, st.Number, source, st.Evidence.Stored(), st.Note.Stored(), st.Words.Stored(),
		db.OrNull(st.Corrects), by.Name, by.ID, db.At(tx.Now))
	if err != nil {
		return "", fmt.Errorf("add a step to recommendation %s: %w", id, err)
	}
	if st.State == Retracted {
		return st.ID, nil
	}
	// "recommendations 2 to 7" of six: the document does not say which is which.
	return st.ID, s.number(ctx, tx, by, id, st.Number, strings.ContainsAny(st.Number, "-–,") || strings.Contains(st.Number, " to "), st.Source)
}

type stepRow struct {
	ID             sala.ID   `bun:"id"`
	Recommendation sala.ID   `bun:"recommendation"`
	State          State     `bun:"state"`
	Day            string    `bun:"day"`
	About          bool      `bun:"about"`
	Number         string    `bun:"number"`
	Source         string    `bun:"source"`
	Evidence       string    `bun:"evidence"`
	Note           string    `bun:"note"`
	Words          string    `bun:"words"`
	Corrects       *sala.ID  `bun:"corrects"`
	ByWhom         string    `bun:"by_whom"`
	ByID           sala.ID   `bun:"by_id"`
	At             time.Time `bun:"at"`
}

func (row stepRow) step() (Step, error) {
	st := Step{ID: row.ID, Of: row.Recommendation, State: row.State, About: row.About, Number: row.Number, Corrects: deref(row.Corrects), By: row.ByWhom, ByID: row.ByID, At: row.At.UTC()}
	var err error
	if st.Day, err = sala.ParseDay(row.Day); err != nil {
		return st, err
	}
	if st.Source, err = unstored[Source](row.Source); err != nil {
		return st, err
	}
	for _, part := range []struct {
		stored string
		to     *sala.Text
	}{{row.Evidence, &st.Evidence}, {row.Note, &st.Note}, {row.Words, &st.Words}} {
		if *part.to, err = sala.ScanText(part.stored); err != nil {
			return st, err
		}
	}
	return st, nil
}

// Steps returns the whole chain of a recommendation and of those merged into
// it, in order: what is dated by its year alone stands behind what is known to
// the day, and what bears no date stands where it was added.
func (s *Store) Steps(ctx context.Context, id sala.ID) ([]Step, error) { return s.steps(ctx, s.db, id) }

func (s *Store) steps(ctx context.Context, r db.Reader, id sala.ID) ([]Step, error) {
	byID, err := s.stepsOf(ctx, r, []sala.ID{id})
	return byID[id], err
}

// StepsOf returns the chains of several recommendations.
func (s *Store) StepsOf(ctx context.Context, ids []sala.ID) (map[sala.ID][]Step, error) {
	return s.stepsOf(ctx, s.db, ids)
}

func (s *Store) stepsOf(ctx context.Context, r db.Reader, ids []sala.ID) (map[sala.ID][]Step, error) {
	out := map[sala.ID][]Step{}
	if len(ids) == 0 {
		return out, nil
	}
	type row struct {
		stepRow
		Root sala.ID `bun:"root"`
	}
	rows, err := db.All[row](ctx, r, `
		SELECT s.id, s.recommendation, s.state, s.day, s.about, s.number, s.source, s.evidence, s.note, s.words, s.corrects, s.by_whom, s.by_id, s.at,
			COALESCE(r.merged_into, r.id) AS root
		FROM tracker_step s JOIN tracker_recommendation r ON r.id = s.recommendation
		WHERE r.id IN (?) OR r.merged_into IN (?) ORDER BY s.at, s.id`, db.In(ids), db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("steps of %d recommendations: %w", len(ids), err)
	}
	for _, row := range rows {
		st, err := row.step()
		if err != nil {
			return nil, fmt.Errorf("step %s: %w", row.ID, err)
		}
		out[row.Root] = append(out[row.Root], st)
	}
	for _, chain := range out {
		corrected := map[sala.ID]sala.ID{}
		for _, st := range chain {
			if st.Corrects != "" {
				corrected[st.Corrects] = st.ID
			}
		}
		for i := range chain {
			chain[i].Corrected = corrected[chain[i].ID]
		}
		slices.SortStableFunc(chain, func(a, b Step) int { return cmp.Compare(a.sorts(), b.sorts()) })
	}
	return out, nil
}

// sorts is the day by which a step is ordered: the last of what is stated, but
// for having been asked the first, since nothing came before.
func (st Step) sorts() string { return ordered(st.State, st.Day, st.At) }

func ordered(state State, d sala.Day, at time.Time) string {
	switch {
	case state == Proposed && d.IsZero():
		return ""
	case d.IsZero():
		return sala.DayOf(at).String()
	case state == Proposed:
		return sala.DayOf(d.Time()).String()
	}
	return end(d).String()
}

// follow writes what follows from the rows of a recommendation, and of the
// one it was merged into.
func (s *Store) follow(ctx context.Context, tx *db.Tx, id sala.ID) error {
	r, err := s.one(ctx, tx, id)
	if err != nil {
		return err
	}
	if r.Into != "" {
		if err := s.follow(ctx, tx, r.Into); err != nil {
			return err
		}
	}
	chain, err := s.steps(ctx, tx, id)
	if err != nil {
		return err
	}
	state, day, heard, asked := Proposed, sala.Day{}, "", ""
	for _, st := range chain {
		if !st.Stands() {
			continue
		}
		state, day, heard = st.State, st.Day, max(heard, st.sorts(), end(st.Day).String())
		if asked == "" {
			asked = st.sorts()
		}
	}
	replied, err := db.One[string](ctx, tx, `
		SELECT COALESCE(MAX(p.day), '') FROM tracker_reply p JOIN tracker_recommendation r ON r.id = p.recommendation
		WHERE (r.id = ? OR r.merged_into = ?) AND p.shown`, id, id)
	if err != nil {
		return fmt.Errorf("replies to recommendation %s: %w", id, err)
	}
	if !r.Asked.IsZero() {
		asked = end(r.Asked).String()
	}
	if asked == "" {
		asked = sala.DayOf(r.Created).String()
	}
	if d, err := sala.ParseDay(replied); err == nil {
		heard = max(heard, end(d).String())
	}
	err = tx.ExecOne(ctx, `UPDATE tracker_recommendation SET state = ?, state_day = ?, heard = ?, asked_at = ? WHERE id = ?`,
		state, day.String(), max(heard, asked), asked, id)
	if err != nil {
		return fmt.Errorf("state of recommendation %s: %w", id, err)
	}
	return nil
}
