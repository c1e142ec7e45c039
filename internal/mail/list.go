package mail

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

type letterRow struct {
	ID        sala.ID   `bun:"id"`
	Kind      string    `bun:"kind"`
	Recipient string    `bun:"recipient"`
	Name      string    `bun:"name"`
	Lang      sala.Lang `bun:"lang"`
	Subject   string    `bun:"subject"`
	Body      string    `bun:"body"`
	By        string    `bun:"by_whom"`
	Written   time.Time `bun:"written"`
	Sent      db.Null   `bun:"sent"`
	Refused   string    `bun:"refused"`
	Until     db.Null   `bun:"until"`
	Failure   string    `bun:"failure"`
	Secret    string    `bun:"secret"` // sealed
}

const letterColumns = `id, kind, recipient, name, lang, subject, body, by_whom, written, sent, refused, until, failure, secret`

func (r letterRow) letter() Letter {
	l := Letter{
		ID: r.ID, Kind: r.Kind, To: r.Recipient, Name: r.Name, Lang: r.Lang, Subject: r.Subject, Body: r.Body, By: r.By,
		Written: r.Written.UTC(), Refused: r.Refused, Failure: r.Failure,
	}
	if !r.Sent.IsZero() {
		l.Sent = r.Sent.UTC()
	}
	l.Until = l.Written.Add(worth)
	if !r.Until.IsZero() { // one that was written before letters had an end has none
		l.Until = r.Until.UTC()
	}
	return l
}

// A State says what became of a letter.
type State string

// The states.
const (
	Waiting State = "waiting" // it may go out yet
	Sent    State = "sent"    // a server took it
	Refused State = "refused" // it will not go out by itself
)

// States are all states.
var States = []State{Waiting, Sent, Refused}

var stateWhere = map[State]string{
	Waiting: `sent IS NULL AND refused = ''`, Sent: `sent IS NOT NULL`, Refused: `sent IS NULL AND refused <> ''`,
}

// State is what became of l.
func (l Letter) State() State {
	switch {
	case !l.Sent.IsZero():
		return Sent
	case l.Refused != "":
		return Refused
	}
	return Waiting
}

// Letter returns one letter, for those who may read the mail. Its secret is
// masked.
func (o *Outbox) Letter(ctx context.Context, by sala.Actor, id sala.ID) (Letter, error) {
	if !by.May(sala.ReadMail) {
		return Letter{}, fmt.Errorf("letter %s: %w", id, sala.ErrForbidden)
	}
	r, err := o.row(ctx, o.db, id)
	return r.letter(), err
}

func (o *Outbox) row(ctx context.Context, r db.Reader, id sala.ID) (letterRow, error) {
	row, err := db.One[letterRow](ctx, r, `SELECT `+letterColumns+` FROM mail_letter WHERE id = ?`, id)
	if err != nil {
		return row, fmt.Errorf("letter %s: %w", id, err)
	}
	return row, nil
}

// A Filter narrows the list of letters. The zero filter is all of them.
type Filter struct {
	State  State   // "" for any
	Before sala.ID // a letter: only older ones
	Limit  int
}

// Letters returns letters, newest first, for those who may read the mail.
func (o *Outbox) Letters(ctx context.Context, by sala.Actor, f Filter) ([]Letter, error) {
	if !by.May(sala.ReadMail) {
		return nil, fmt.Errorf("letters: %w", sala.ErrForbidden)
	}
	conds, args := []string{`1 = 1`}, []any{}
	if f.State != "" {
		where, known := stateWhere[f.State]
		if !known {
			return nil, fmt.Errorf("letters that are %q: %w", f.State, sala.ErrNotFound)
		}
		conds = append(conds, where)
	}
	if f.Before != "" {
		conds, args = append(conds, `(written, id) < (SELECT written, id FROM mail_letter WHERE id = ?)`), append(args, f.Before)
	}
	rows, err := db.All[letterRow](ctx, o.db, `SELECT `+letterColumns+` FROM mail_letter WHERE `+strings.Join(conds, " AND ")+`
		ORDER BY written DESC, id DESC LIMIT ?`, append(args, f.Limit)...)
	if err != nil {
		return nil, fmt.Errorf("letters: %w", err)
	}
	letters := make([]Letter, len(rows))
	for i, r := range rows {
		letters[i] = r.letter()
	}
	return letters, nil
}

// Count returns how many letters there are in a state that are still worth
// sending.
func (o *Outbox) Count(ctx context.Context, by sala.Actor, s State) (int, error) {
	if !by.May(sala.ReadMail) {
		return 0, fmt.Errorf("count letters: %w", sala.ErrForbidden)
	}
	n, err := db.One[int](ctx, o.db, `SELECT COUNT(*) FROM mail_letter WHERE until > ? AND `+stateWhere[s], db.At(o.db.Now()))
	if err != nil {
		return 0, fmt.Errorf("count letters: %w", err)
	}
	return n, nil
}
