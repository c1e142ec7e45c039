package tracker

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"sala"
	"sala/internal/db"
	"sala/internal/input"
	"sala/script"
)

// The limits of what comes by the public form. A rate is of a recommendation
// and of the site, not of a network address: a ministry is one.
const (
	// AnswerLetters is how long an answer may be.
	AnswerLetters   = 6_000
	answerLine      = 200 // letters of a name, an office, a contact
	answersPerHour  = 5   // to one recommendation
	answersAllHour  = 30  // to all
	answersAwaiting = 300 // a decision, at most
)

// An Answer is a reply as somebody sends it by the public form, whom nobody
// knows.
type Answer struct {
	Recommendation sala.ID
	Party          sala.ID // of those who are asked: for whom they answer
	Name           string
	Office         string
	Contact        string // never shown, and deleted with the decision
	Words          string
	Lang           sala.Lang
}

// A Sender is who sent a reply by the public form.
type Sender struct {
	Name      string
	Office    string
	Contact   string // "" once the reply is decided on
	Confirmed time.Time
}

// byForm is the actor of what comes by the public form.
var byForm = sala.Actor{Name: "the reply form"}

// Receive keeps an answer to a public recommendation as a reply that waits. The
// same answer sent twice is one. It returns [sala.Invalid] for what is missing
// or too much.
func (s *Store) Receive(ctx context.Context, a Answer) error {
	rec, err := s.Public(ctx, a.Recommendation)
	if err != nil {
		return err
	}
	r, err := a.reply(rec, s.Today())
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{string(rec.ID), string(a.Party), a.Name, a.Office, a.Words}, "\x00")))
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		key := hex.EncodeToString(sum[:])
		twice, err := db.All[sala.ID](ctx, tx, `SELECT reply FROM tracker_reply_sender WHERE sum = ? LIMIT 1`, key)
		if err != nil || len(twice) > 0 {
			return err
		}
		// First, so that those who send at once wait for each other.
		if err := tx.Changed(ctx, ref(rec.ID), "reply received", byForm); err != nil {
			return err
		}
		if err := s.mayReceive(ctx, tx, rec.ID); err != nil {
			return err
		}
		if err := s.addReply(ctx, tx, byForm, &r); err != nil {
			return err
		}
		return tx.ExecOne(ctx, `INSERT INTO tracker_reply_sender (reply, sum, name, office, contact, at) VALUES (?, ?, ?, ?, ?, ?)`,
			r.ID, key, a.Name, a.Office, a.Contact, db.At(tx.Now))
	})
	if errors.Is(err, sala.ErrConflict) { // the same came at the same moment
		return nil
	}
	return err
}

// mayReceive returns [sala.Invalid] where more has come than editors can read.
func (s *Store) mayReceive(ctx context.Context, tx *db.Tx, rec sala.ID) error {
	type row struct {
		Here    int `bun:"here"`
		All     int `bun:"everywhere"`
		Waiting int `bun:"waiting"`
	}
	lately := db.At(tx.Now.Add(-time.Hour))
	n, err := db.One[row](ctx, tx, `
		SELECT
			(SELECT COUNT(*) FROM tracker_reply_sender x JOIN tracker_reply p ON p.id = x.reply WHERE p.recommendation = ? AND x.at > ?) AS here,
			(SELECT COUNT(*) FROM tracker_reply_sender x WHERE x.at > ?) AS everywhere,
			(SELECT COUNT(*) FROM tracker_reply_sender x JOIN tracker_reply p ON p.id = x.reply WHERE NOT p.decided) AS waiting`, rec, lately, lately)
	if err != nil {
		return fmt.Errorf("how many answers came: %w", err)
	}
	if n.Here >= answersPerHour || n.All >= answersAllHour || n.Waiting >= answersAwaiting {
		return sala.Invalid{{Field: "form", Key: "response.too_many", Text: "too many answers have come; try later"}}
	}
	return nil
}

// reply checks an answer and makes it a reply of today.
func (a *Answer) reply(rec Recommendation, today sala.Day) (Reply, error) {
	var bad flaws
	for _, line := range []struct {
		field, missing string
		value          *string
	}{{"name", "response.name_missing", &a.Name}, {"office", "response.office_missing", &a.Office}, {"contact", "response.contact_missing", &a.Contact}} {
		*line.value = strings.Join(strings.Fields(legible(*line.value)), " ")
		switch n := utf8.RuneCountInString(*line.value); {
		case n == 0:
			bad.add(line.field, line.missing, "it is missing")
		case n > answerLine:
			bad.add(line.field, "response.line_long", "it is longer than %d letters", answerLine)
		}
	}
	a.Words = strings.TrimSpace(legible(a.Words))
	switch n := utf8.RuneCountInString(a.Words); {
	case n == 0:
		bad.add("words", "response.words_missing", "the words of the answer are missing")
	case n > AnswerLetters || len(a.Words) > longestWords:
		bad.add("words", "response.words_long", "it has %d letters; %d are allowed", n, AnswerLetters)
	}
	if lang, err := sala.ParseLang(string(a.Lang)); err != nil {
		bad.add("language", "response.language_bad", "%q is no language", a.Lang)
	} else {
		a.Lang = lang
	}
	r := Reply{Recommendation: rec.ID, Day: today, Words: sala.Text{a.Lang: a.Words}, Original: a.Lang}
	party, found := Party{}, false
	for _, p := range rec.Addressed {
		if p.ID == a.Party && a.Party != "" {
			party, found = p, true
		}
	}
	if !found {
		bad.add("organisation", "response.organisation_missing", "choose who answers")
	}
	if err := bad.err(); err != nil {
		return r, err
	}
	r.Organisation, r.Said = party.Organisation, sala.Text{a.Lang: a.Name + ", " + a.Office}
	if party.Organisation == "" {
		name, _ := party.Said.In(a.Lang, rec.Original)
		r.Said[a.Lang] += ", " + name
	}
	return r, nil
}

// legible is a text without what is no text and what would turn the line
// around. Zawgyi becomes Unicode.
func legible(s string) string {
	s, _ = script.Unzawgyi(strings.ReplaceAll(input.Straight(input.Clean(s)), "\r\n", "\n"))
	return s
}

// Came returns when each reply came by the form that nobody has decided on, of
// those after a moment, oldest first.
func (s *Store) Came(ctx context.Context, by sala.Actor, after time.Time) ([]time.Time, error) {
	if err := may(by, sala.Publish, "replies"); err != nil {
		return nil, err
	}
	came, err := db.All[time.Time](ctx, s.db, `
		SELECT x.at FROM tracker_reply_sender x JOIN tracker_reply r ON r.id = x.reply WHERE NOT r.decided AND x.at > ? ORDER BY x.at`, db.At(after))
	if err != nil {
		return nil, fmt.Errorf("replies that came: %w", err)
	}
	return came, nil
}

// Senders returns who sent those of some replies that came by the public form,
// for editors.
func (s *Store) Senders(ctx context.Context, by sala.Actor, ids []sala.ID) (map[sala.ID]Sender, error) {
	if err := may(by, sala.Publish, "see who sent replies"); err != nil {
		return nil, err
	}
	out := map[sala.ID]Sender{}
	if len(ids) == 0 {
		return out, nil
	}
	type row struct {
		Reply     sala.ID `bun:"reply"`
		Name      string  `bun:"name"`
		Office    string  `bun:"office"`
		Contact   string  `bun:"contact"`
		Confirmed db.Null `bun:"confirmed"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT reply, name, office, contact, confirmed FROM tracker_reply_sender WHERE reply IN (?)`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("who sent %d replies: %w", len(ids), err)
	}
	for _, r := range rows {
		out[r.Reply] = Sender{r.Name, r.Office, r.Contact, r.Confirmed.Time}
	}
	return out, nil
}

// settleSender sees that what came by the public form is shown only when
// somebody has said how it was confirmed who it is from, and deletes how they
// can be reached: the decision needs it no more.
func settleSender(ctx context.Context, tx *db.Tx, reply sala.ID, show bool, how string) error {
	type row struct {
		Confirmed db.Null `bun:"confirmed"`
	}
	found, err := db.All[row](ctx, tx, `SELECT confirmed FROM tracker_reply_sender WHERE reply = ?`, reply)
	if err != nil || len(found) == 0 {
		return err
	}
	confirmed := found[0].Confirmed
	if show && confirmed.IsZero() {
		if how == "" {
			return sala.Invalid{{Field: "why", Key: "studio.tracker.reply_unconfirmed", Text: "say how it was confirmed who it is from"}}
		}
		confirmed = db.At(tx.Now)
	}
	_, err = tx.Erase(ctx, `UPDATE tracker_reply_sender SET contact = '', confirmed = ? WHERE reply = ?`, confirmed, reply)
	return err
}

// contactKept is how long it is kept how somebody can be reached on whose
// reply nobody decides. The form says so.
const contactKept = 180 * 24 * time.Hour

// ForgetContacts deletes how those can be reached whose replies have waited too
// long. The replies go on waiting. It may run at any time.
func (s *Store) ForgetContacts(ctx context.Context) error {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		type row struct {
			Reply          sala.ID `bun:"reply"`
			Recommendation sala.ID `bun:"recommendation"`
		}
		late, err := db.All[row](ctx, tx, `
			SELECT x.reply, p.recommendation FROM tracker_reply_sender x JOIN tracker_reply p ON p.id = x.reply
			WHERE x.contact <> '' AND x.at <= ? ORDER BY x.reply`, db.At(tx.Now.Add(-contactKept)))
		if err != nil {
			return err
		}
		for _, r := range late {
			if err := tx.Changed(ctx, ref(r.Recommendation), "contact deleted", sala.Machine("forget")); err != nil {
				return err
			}
			if _, err := tx.Erase(ctx, `UPDATE tracker_reply_sender SET contact = '' WHERE reply = ?`, r.Reply); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("delete the contacts of replies that nobody decided on: %w", err)
	}
	return nil
}
