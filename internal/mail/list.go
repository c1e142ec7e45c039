package mail

import (
	"context"
	"fmt"
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
}

const letterColumns = `id, kind, recipient, name, lang, subject, body, by_whom, written, sent, refused`

func (r letterRow) letter() Letter {
	l := Letter{
		ID: r.ID, Kind: r.Kind, To: r.Recipient, Name: r.Name, Lang: r.Lang, Subject: r.Subject, Body: r.Body, By: r.By,
		Written: r.Written.UTC(), Refused: r.Refused,
	}
	if !r.Sent.IsZero() {
		l.Sent = r.Sent.UTC()
	}
	return l
}

// Letter returns one letter.
func (o *Outbox) Letter(ctx context.Context, id sala.ID) (Letter, error) {
	r, err := db.One[letterRow](ctx, o.db, `SELECT `+letterColumns+` FROM mail_letter WHERE id = ?`, id)
	if err != nil {
		return Letter{}, fmt.Errorf("letter %s: %w", id, err)
	}
	return r.letter(), nil
}

// Letters returns at most limit letters, newest first, older than the letter
// before: "" begins.
func (o *Outbox) Letters(ctx context.Context, before sala.ID, limit int) ([]Letter, error) {
	query, args := `SELECT `+letterColumns+` FROM mail_letter`, []any{}
	if before != "" {
		query += ` WHERE (written, id) < (SELECT written, id FROM mail_letter WHERE id = ?)`
		args = append(args, before)
	}
	rows, err := db.All[letterRow](ctx, o.db, query+` ORDER BY written DESC, id DESC LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("letters: %w", err)
	}
	letters := make([]Letter, len(rows))
	for i, r := range rows {
		letters[i] = r.letter()
	}
	return letters, nil
}

// Waiting returns how many letters have not gone out and may yet.
func (o *Outbox) Waiting(ctx context.Context) (int, error) {
	return db.One[int](ctx, o.db, `SELECT COUNT(*) FROM mail_letter WHERE sent IS NULL AND refused = ''`)
}
