package event

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
)

// Replies returns what was replied to an event, for the organisers: those who
// come in the order of their places, then the others in that of their reply.
func (s *Store) Replies(ctx context.Context, by sala.Actor, id sala.ID) ([]Reply, error) {
	if !by.May(sala.Know) {
		return nil, fmt.Errorf("replies to event %s: %w", id, sala.ErrForbidden)
	}
	r, _, err := rules(ctx, s.db, id)
	if err != nil {
		return nil, err
	}
	rows, err := db.All[replyRow](ctx, s.db, `
		SELECT `+replyColumns+` FROM event_reply WHERE event = ?
		ORDER BY CASE answer WHEN 'comes' THEN 0 WHEN 'unsure' THEN 1 ELSE 2 END, turn, id`, id)
	if err != nil {
		return nil, fmt.Errorf("replies to event %s: %w", id, err)
	}
	replies := make([]Reply, len(rows))
	for i, row := range rows {
		replies[i] = row.reply()
		if row.Answer == Comes { // they stand first, so i is how many came before
			replies[i].Waiting = waiting(r.Places, i)
		}
	}
	return replies, nil
}

// DeleteReply deletes one reply.
func (s *Store) DeleteReply(ctx context.Context, by sala.Actor, id, reply sala.ID) error {
	if !by.May(sala.Publish) {
		return fmt.Errorf("delete a reply to event %s: %w", id, sala.ErrForbidden)
	}
	return s.drop(ctx, Reply{ID: reply, Event: id}, "deleted a reply to", by)
}

// A ReplyTally is how often something was replied. Countries and languages are
// of those who said that they come.
type ReplyTally struct {
	Answers   map[Answer]int
	Countries map[string]int    // that were said
	Langs     map[sala.Lang]int // into which interpretation is needed
}

func newTally() ReplyTally {
	return ReplyTally{map[Answer]int{}, map[string]int{}, map[sala.Lang]int{}}
}

// TallyReplies counts replies.
func TallyReplies(replies []Reply) ReplyTally {
	t := newTally()
	for _, r := range replies {
		t.Answers[r.Answer]++
		if r.Answer != Comes {
			continue
		}
		if r.Country != "" {
			t.Countries[r.Country]++
		}
		if r.Lang != "" {
			t.Langs[r.Lang]++
		}
	}
	return t
}

// KeptTally returns what is left of the replies that were deleted when their
// day had come. It names nobody.
func (s *Store) KeptTally(ctx context.Context, by sala.Actor, id sala.ID) (ReplyTally, error) {
	t := newTally()
	if !by.May(sala.Draft) {
		return t, fmt.Errorf("replies to event %s: %w", id, sala.ErrForbidden)
	}
	type row struct {
		About  string `bun:"about"`
		Value  string `bun:"value"`
		Number int    `bun:"number"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT about, value, number FROM event_reply_count WHERE event = ?`, id)
	if err != nil {
		return t, fmt.Errorf("numbers of replies to event %s: %w", id, err)
	}
	for _, r := range rows {
		switch r.About {
		case "answer":
			t.Answers[Answer(r.Value)] = r.Number
		case "country":
			t.Countries[r.Value] = r.Number
		case "lang":
			t.Langs[sala.Lang(r.Value)] = r.Number
		}
	}
	return t, nil
}

// keep adds a tally to what is kept of an event.
func (t ReplyTally) keep(ctx context.Context, tx *db.Tx, id sala.ID) error {
	add := func(about, value string, n int) error {
		return tx.ExecOne(ctx, `
			INSERT INTO event_reply_count (event, about, value, number) VALUES (?, ?, ?, ?)
			ON CONFLICT (event, about, value) DO UPDATE SET number = event_reply_count.number + excluded.number`, id, about, value, n)
	}
	for value, n := range t.Answers {
		if err := add("answer", string(value), n); err != nil {
			return err
		}
	}
	for value, n := range t.Countries {
		if err := add("country", value, n); err != nil {
			return err
		}
	}
	for value, n := range t.Langs {
		if err := add("lang", string(value), n); err != nil {
			return err
		}
	}
	return nil
}
