package tracker

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// A Reply is what one who was asked answers. Readers see it when an editor has
// approved it.
type Reply struct {
	ID             sala.ID
	Recommendation sala.ID
	Organisation   sala.ID
	Said           sala.Text // who answers, by name and office
	Day            sala.Day
	Words          sala.Text
	Original       sala.Lang
	Source         Source // the letter
	Shown          bool
	Decided        bool
	Version        int
	By             string
	At             time.Time
}

type replyRow struct {
	ID             sala.ID   `bun:"id"`
	Recommendation sala.ID   `bun:"recommendation"`
	Organisation   *sala.ID  `bun:"organisation"`
	Said           string    `bun:"said"`
	Day            string    `bun:"day"`
	Words          string    `bun:"words"`
	Original       sala.Lang `bun:"original"`
	Source         string    `bun:"source"`
	Shown          bool      `bun:"shown"`
	Decided        bool      `bun:"decided"`
	Version        int       `bun:"version"`
	ByWhom         string    `bun:"by_whom"`
	At             time.Time `bun:"at"`
}

const replyColumns = `p.id, p.recommendation, p.organisation, p.said, p.day, p.words, p.original, p.source, p.shown, p.decided, p.version, p.by_whom, p.at`

func (row replyRow) reply() (Reply, error) {
	r := Reply{ID: row.ID, Recommendation: row.Recommendation, Organisation: deref(row.Organisation), Original: row.Original, Shown: row.Shown, Decided: row.Decided, Version: row.Version, By: row.ByWhom, At: row.At.UTC()}
	var err error
	if r.Said, err = sala.ScanText(row.Said); err != nil {
		return r, err
	}
	if r.Words, err = sala.ScanText(row.Words); err != nil {
		return r, err
	}
	if r.Day, err = sala.ParseDay(row.Day); err != nil {
		return r, err
	}
	r.Source, err = unstored[Source](row.Source)
	return r, err
}

func replies(rows []replyRow, err error) ([]Reply, error) {
	if err != nil {
		return nil, fmt.Errorf("replies: %w", err)
	}
	out := make([]Reply, len(rows))
	for i, row := range rows {
		if out[i], err = row.reply(); err != nil {
			return nil, fmt.Errorf("reply %s: %w", row.ID, err)
		}
	}
	return out, nil
}

func (r *Reply) check(today sala.Day) error {
	var bad flaws
	r.Words, r.Said = r.Words.Trimmed(), r.Said.Trimmed()
	if r.Original == "" && len(r.Words) == 1 {
		for l := range r.Words {
			r.Original = l
		}
	}
	switch {
	case len(r.Words) == 0:
		bad.add("words", "studio.tracker.reply_missing", "the words of the reply are needed")
	case r.Words[r.Original] == "":
		bad.add("original", "studio.tracker.original_missing", "say which language was the original, and give the words in it")
	}
	if r.Organisation == "" && len(r.Said) == 0 {
		bad.add("said", "studio.tracker.replier_missing", "say who answers")
	}
	if r.Day.IsZero() {
		bad.add("day", "studio.tracker.reply_day", "say on which day they answered")
	}
	bad.text("words", r.Words, longestWords)
	bad.text("said", r.Said, longestField)
	bad.day("day", r.Day, today)
	bad.source("source", &r.Source)
	return bad.err()
}

// AddReply keeps a reply. Nobody sees it until it is approved.
func (s *Store) AddReply(ctx context.Context, by sala.Actor, r Reply) (sala.ID, error) {
	if err := may(by, sala.Draft, "add a reply"); err != nil {
		return "", err
	}
	if err := r.check(s.Today()); err != nil {
		return "", err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(r.Recommendation), "reply received", by); err != nil {
			return err
		}
		return s.addReply(ctx, tx, by, &r)
	})
	return r.ID, err
}

// addReply keeps a reply that was checked, undecided.
func (s *Store) addReply(ctx context.Context, tx *db.Tx, by sala.Actor, r *Reply) error {
	r.ID, r.Version = sala.NewID(), 1
	if _, err := s.one(ctx, tx, r.Recommendation); err != nil {
		return err
	}
	source, err := stored(r.Source)
	if err != nil {
		return err
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO tracker_reply (id, recommendation, organisation, said, day, words, original, source, shown, decided, version, by_whom, at, changed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, FALSE, FALSE, 1, ?, ?, ?)`,
		r.ID, r.Recommendation, db.OrNull(r.Organisation), r.Said.Stored(), r.Day.String(), r.Words.Stored(), r.Original, source, by.Name, db.At(tx.Now), db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("add a reply to recommendation %s: %w", r.Recommendation, err)
	}
	return s.keepReply(ctx, tx, by, *r, "", "")
}

// Moderate shows a reply to readers or does not, and says why not. Of one that
// came by the public form, why says before it is first shown how it was
// confirmed who it is from; with the decision, how they can be reached is
// deleted.
func (s *Store) Moderate(ctx context.Context, by sala.Actor, id sala.ID, version int, show bool, why string) error {
	if err := may(by, sala.Publish, "moderate reply "+string(id)); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	if !show && why == "" {
		return sala.Invalid{{Field: "why", Key: "studio.tracker.not_shown_why", Text: "say why it is not shown"}}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		r, err := s.replyBy(ctx, tx, id)
		if err != nil {
			return err
		}
		what, verdict := "reply approved", "shown"
		if !show {
			what, verdict = "reply not shown", "not_shown"
		}
		if err := tx.Changed(ctx, ref(r.Recommendation), what, by); err != nil {
			return err
		}
		if r, err = s.replyBy(ctx, tx, id); err != nil {
			return err
		}
		if r.Version != version {
			return fmt.Errorf("reply %s was changed meanwhile: %w", id, sala.ErrConflict)
		}
		if err := settleSender(ctx, tx, id, show, why); err != nil {
			return err
		}
		if err := tx.ExecOne(ctx, `UPDATE tracker_reply SET shown = ?, decided = TRUE, changed = ? WHERE id = ?`, show, db.At(tx.Now), id); err != nil {
			return fmt.Errorf("moderate reply %s: %w", id, err)
		}
		if err := s.keepReply(ctx, tx, by, r, verdict, why); err != nil {
			return err
		}
		return s.follow(ctx, tx, r.Recommendation)
	})
}

func (s *Store) keepReply(ctx context.Context, tx *db.Tx, by sala.Actor, r Reply, verdict, why string) error {
	state, err := json.Marshal(map[string]any{"organisation": r.Organisation, "said": r.Said, "day": r.Day, "words": r.Words, "original": r.Original, "source": r.Source})
	if err != nil {
		return fmt.Errorf("history of reply %s: %w", r.ID, err)
	}
	err = tx.ExecOne(ctx, `INSERT INTO tracker_reply_history (id, reply, version, verdict, why, stated, by_whom, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		sala.NewID(), r.ID, r.Version, verdict, why, string(state), by.Name, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("history of reply %s: %w", r.ID, err)
	}
	return nil
}

func (s *Store) replyBy(ctx context.Context, r db.Reader, id sala.ID) (Reply, error) {
	row, err := db.One[replyRow](ctx, r, `SELECT `+replyColumns+` FROM tracker_reply p WHERE p.id = ?`, id)
	if err != nil {
		return Reply{}, fmt.Errorf("reply %s: %w", id, err)
	}
	return row.reply()
}

// Replies returns the approved replies to a recommendation and to those merged
// into it, oldest first.
func (s *Store) Replies(ctx context.Context, id sala.ID) ([]Reply, error) {
	return replies(db.All[replyRow](ctx, s.db, `
		SELECT `+replyColumns+` FROM tracker_reply p JOIN tracker_recommendation r ON r.id = p.recommendation
		WHERE (r.id = ? OR r.merged_into = ?) AND p.shown ORDER BY p.day, p.at, p.id`, id, id))
}

// RepliesTo returns the approved replies to several recommendations.
func (s *Store) RepliesTo(ctx context.Context, ids []sala.ID) (map[sala.ID][]Reply, error) {
	out := map[sala.ID][]Reply{}
	if len(ids) == 0 {
		return out, nil
	}
	type row struct {
		replyRow
		Root sala.ID `bun:"root"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT `+replyColumns+`, COALESCE(r.merged_into, r.id) AS root FROM tracker_reply p JOIN tracker_recommendation r ON r.id = p.recommendation
		WHERE (r.id IN (?) OR r.merged_into IN (?)) AND p.shown ORDER BY p.day, p.at, p.id`, db.In(ids), db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("replies to %d recommendations: %w", len(ids), err)
	}
	for _, row := range rows {
		r, err := row.reply()
		if err != nil {
			return nil, fmt.Errorf("reply %s: %w", row.ID, err)
		}
		out[row.Root] = append(out[row.Root], r)
	}
	return out, nil
}

// AllReplies returns every reply to a recommendation, or, without one, those
// that wait for a decision, oldest first.
func (s *Store) AllReplies(ctx context.Context, by sala.Actor, of sala.ID) ([]Reply, error) {
	if err := may(by, sala.Translate, "list replies"); err != nil {
		return nil, err
	}
	if of == "" {
		return replies(db.All[replyRow](ctx, s.db, `SELECT `+replyColumns+` FROM tracker_reply p WHERE NOT p.decided ORDER BY p.at, p.id`))
	}
	return replies(db.All[replyRow](ctx, s.db, `SELECT `+replyColumns+` FROM tracker_reply p WHERE p.recommendation = ? ORDER BY p.day, p.at, p.id`, of))
}
