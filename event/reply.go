package event

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sala"
	"sala/internal/bearer"
	"sala/internal/db"
	"sala/internal/input"
	"sala/script"
)

// An Answer is what somebody says to an invitation.
type Answer string

// The answers.
const (
	Comes     Answer = "comes"
	NotSure   Answer = "unsure"
	StaysAway Answer = "away"
)

// Answers lists every answer in the order in which they are offered.
var Answers = []Answer{Comes, NotSure, StaysAway}

// A Reply is somebody's answer to an invitation, with what the organisers need
// to know. It is for them alone, and deleted when its day has come: see
// [ReplyRules.Forgets].
type Reply struct {
	ID           sala.ID
	Event        sala.ID
	Answer       Answer
	Name         string
	Organisation string
	Office       string    // what they are there
	Country      string    // ISO 3166-1 alpha-2 in lower case, "" if not said
	Contact      string    // mail or telephone, "" if not said
	Lang         sala.Lang // into which they need interpretation, "" for none
	Needs        string    // for access, or of diet
	Word         string    // to the organisers
	At           time.Time
	Changed      time.Time
	// Waiting is which one they are of those who come and have no place yet; 0
	// for who has one, or asks for none.
	Waiting int

	turn int
}

// Limits of a reply in letters, by the field.
var replyLimits = map[string]int{
	"name": 200, "organisation": 200, "office": 200, "contact": 200, "needs": 1000, "word": 2000,
}

// ReplyLimit is how many letters a field of a reply may have.
func ReplyLimit(field string) int { return replyLimits[field] }

// How many replies an event takes. A rate is of an event, never of a network
// address: a whole office may sit behind one.
const (
	repliesPerHour = 120 // that come or change
	mostReplies    = 5000
)

// tidy returns r as it is stored: on one line where there is one, in Unicode.
func (r Reply) tidy() Reply {
	for _, s := range []*string{&r.Name, &r.Organisation, &r.Office, &r.Contact} {
		*s = unzawgyi(strings.Join(strings.Fields(*s), " "))
	}
	for _, s := range []*string{&r.Needs, &r.Word} {
		*s = unzawgyi(strings.TrimSpace(strings.ReplaceAll(*s, "\r\n", "\n")))
	}
	r.Country = strings.ToLower(r.Country)
	return r
}

func unzawgyi(s string) string {
	s, _ = script.Unzawgyi(s)
	return s
}

// Check returns what must be corrected in a reply.
func (r Reply) Check() error {
	var bad sala.Invalid
	add := func(field, key, text string) {
		bad = append(bad, sala.FieldError{Field: field, Key: key, Text: text})
	}
	if !slices.Contains(Answers, r.Answer) {
		add("answer", "reply.answer_missing", "say whether you come")
	}
	if strings.TrimSpace(r.Name) == "" {
		add("name", "reply.name_missing", "say who you are")
	}
	for _, f := range []struct{ field, text string }{
		{"name", r.Name}, {"organisation", r.Organisation}, {"office", r.Office}, {"contact", r.Contact}, {"needs", r.Needs}, {"word", r.Word},
	} {
		switch {
		case !input.IsText(f.text):
			add(f.field, "reply.not_text", f.field+" holds signs that are no text")
		case utf8.RuneCountInString(f.text) > replyLimits[f.field]:
			add(f.field, "reply.too_long", fmt.Sprintf("%s has more than %d letters", f.field, replyLimits[f.field]))
		}
	}
	if c := strings.ToLower(r.Country); c != "" && (len(c) != 2 || c[0] < 'a' || c[0] > 'z' || c[1] < 'a' || c[1] > 'z') {
		add("country", "reply.country_unknown", "choose a country from the list")
	}
	if l, err := sala.ParseLang(string(r.Lang)); r.Lang != "" && (err != nil || l != r.Lang) {
		add("lang", "reply.lang_unknown", "choose a language from the list")
	}
	if bad != nil {
		return bad
	}
	return nil
}

// same reports whether two replies say the same.
func (r Reply) same(o Reply) bool {
	return r.Answer == o.Answer && r.Name == o.Name && r.Organisation == o.Organisation && r.Office == o.Office && r.Country == o.Country &&
		r.Contact == o.Contact && r.Lang == o.Lang && r.Needs == o.Needs && r.Word == o.Word
}

type replyRow struct {
	ID           sala.ID   `bun:"id"`
	Event        sala.ID   `bun:"event"`
	Answer       Answer    `bun:"answer"`
	Name         string    `bun:"name"`
	Organisation string    `bun:"organisation"`
	Office       string    `bun:"office"`
	Country      string    `bun:"country"`
	Contact      string    `bun:"contact"`
	Lang         sala.Lang `bun:"lang"`
	Needs        string    `bun:"needs"`
	Word         string    `bun:"word"`
	Turn         int       `bun:"turn"`
	At           time.Time `bun:"at"`
	Changed      time.Time `bun:"changed"`
}

const replyColumns = `id, event, answer, name, organisation, office, country, contact, lang, needs, word, turn, at, changed`

func (r replyRow) reply() Reply {
	return Reply{
		ID: r.ID, Event: r.Event, Answer: r.Answer, Name: r.Name, Organisation: r.Organisation, Office: r.Office, Country: r.Country, Contact: r.Contact,
		Lang: r.Lang, Needs: r.Needs, Word: r.Word, At: r.At.UTC(), Changed: r.Changed.UTC(), turn: r.Turn,
	}
}

// guest is who the change log says has replied: nobody by name.
var guest = sala.Actor{Name: "reply"}

func invalid(field, key, text string) sala.Invalid {
	return sala.Invalid{{Field: field, Key: key, Text: text}}
}

// Reply keeps an answer to the invitation of an event. token is that of the
// link by which somebody came, "" for none; key is the secret of the form and
// of the reply's own address. A form that is sent again is the same reply,
// changed if it says something else.
func (s *Store) Reply(ctx context.Context, id sala.ID, token, key string, r Reply) error {
	if err := r.Check(); err != nil {
		return err
	}
	if len(key) < 20 || len(key) > 100 {
		return invalid("form", "reply.form_bad", "open the form again")
	}
	return s.reply(ctx, id, token, func(tx *db.Tx, turn int) error {
		was, err := replyBy(ctx, tx, key)
		switch {
		case err == nil && was.Event == id:
			return change(ctx, tx, was, r.tidy(), turn)
		case err == nil:
			return invalid("form", "reply.form_bad", "open the form again")
		case !errors.Is(err, sala.ErrNotFound):
			return err
		}
		all, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM event_reply WHERE event = ?`, id)
		if err != nil {
			return fmt.Errorf("count replies: %w", err)
		}
		if all >= mostReplies {
			return invalid("form", "reply.too_many", "too many replies have come")
		}
		r := r.tidy()
		err = tx.ExecOne(ctx, `
			INSERT INTO event_reply (id, event, key_hash, answer, name, organisation, office, country, contact, lang, needs, word, turn, at, changed)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			sala.NewID(), id, bearer.Hash(key), r.Answer, r.Name, r.Organisation, r.Office, r.Country, r.Contact, r.Lang, r.Needs, r.Word, turn, db.At(tx.Now), db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("keep a reply: %w", err)
		}
		return nil
	})
}

// ChangeReply changes the reply of a key, as long as its event takes replies.
func (s *Store) ChangeReply(ctx context.Context, key string, r Reply) error {
	if err := r.Check(); err != nil {
		return err
	}
	was, err := replyBy(ctx, s.db, key)
	if err != nil {
		return err
	}
	return s.reply(ctx, was.Event, anyToken, func(tx *db.Tx, turn int) error {
		was, err := replyBy(ctx, tx, key)
		if err != nil {
			return err
		}
		return change(ctx, tx, was, r.tidy(), turn)
	})
}

// errNothing takes a transaction back in which there was nothing to do.
var errNothing = errors.New("nothing to do")

// reply writes down a reply that comes or changes, as the only one to its
// event at a time.
func (s *Store) reply(ctx context.Context, id sala.ID, token string, write func(tx *db.Tx, turn int) error) error {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(id), "got a reply", guest); err != nil { // first: see Create
			return err
		}
		turn, err := s.turn(ctx, tx, id, token)
		if err != nil {
			return err
		}
		return write(tx, turn)
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// change stores what a reply says now. Who comes keeps their place; who says
// so anew takes the next.
func change(ctx context.Context, tx *db.Tx, was, r Reply, turn int) error {
	if was.same(r) {
		return errNothing
	}
	if was.Answer == r.Answer {
		turn = was.turn
	}
	err := tx.ExecOne(ctx, `
		UPDATE event_reply SET answer = ?, name = ?, organisation = ?, office = ?, country = ?, contact = ?, lang = ?, needs = ?, word = ?, turn = ?, changed = ?
		WHERE id = ?`,
		r.Answer, r.Name, r.Organisation, r.Office, r.Country, r.Contact, r.Lang, r.Needs, r.Word, turn, db.At(tx.Now), was.ID)
	if err != nil {
		return fmt.Errorf("change a reply: %w", err)
	}
	return nil
}

// anyToken lets somebody change who has replied, by whatever way they came.
const anyToken = "-"

// turn asks within tx whether an event takes a reply now, and gives it its
// place in the order. From here on the transaction is the only one that
// replies to the event.
func (s *Store) turn(ctx context.Context, tx *db.Tx, id sala.ID, token string) (int, error) {
	type row struct {
		Turns  int       `bun:"turns"`
		Hash   *string   `bun:"hash"`
		Hour   time.Time `bun:"hour"`
		InHour int       `bun:"in_hour"`
	}
	closed := invalid("form", "reply.closed", "the event takes no replies")
	got, err := db.One[row](ctx, tx, `UPDATE event_reply_rules SET turns = turns + 1 WHERE event = ? RETURNING turns, hash, hour, in_hour`, id)
	if errors.Is(err, sala.ErrNotFound) {
		return 0, closed
	} else if err != nil {
		return 0, fmt.Errorf("reply to event %s: %w", id, err)
	}
	e, err := load(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	r, _, err := rules(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	switch {
	case !r.Takes(e, tx.Now):
		return 0, closed
	case token != anyToken && r.Invited && (token == "" || got.Hash == nil || *got.Hash != bearer.Hash(token)):
		return 0, invalid("form", "reply.link_gone", "the link does not invite any more")
	}
	if tx.Now.Sub(got.Hour) >= time.Hour || tx.Now.Before(got.Hour) {
		got.Hour, got.InHour = tx.Now, 0
	}
	if got.InHour >= repliesPerHour {
		return 0, invalid("form", "reply.too_many", "too many replies came within an hour; try later")
	}
	err = tx.ExecOne(ctx, `UPDATE event_reply_rules SET hour = ?, in_hour = ? WHERE event = ?`, db.At(got.Hour), got.InHour+1, id)
	if err != nil {
		return 0, fmt.Errorf("reply to event %s: %w", id, err)
	}
	return got.Turns, nil
}

func replyBy(ctx context.Context, r db.Reader, key string) (Reply, error) {
	row, err := db.One[replyRow](ctx, r, `SELECT `+replyColumns+` FROM event_reply WHERE key_hash = ?`, bearer.Hash(key))
	if err != nil {
		return Reply{}, fmt.Errorf("reply: %w", err)
	}
	return row.reply(), nil
}

// Replied returns the reply of a key, with its event whatever its state. It
// returns [sala.ErrNotFound] for one that was withdrawn or deleted, and for a
// key that never was one.
func (s *Store) Replied(ctx context.Context, key string) (Reply, Event, error) {
	r, err := replyBy(ctx, s.db, key)
	if err != nil {
		return r, Event{}, err
	}
	e, err := load(ctx, s.db, r.Event)
	if err != nil {
		return r, e, err
	}
	if r.Answer != Comes {
		return r, e, nil
	}
	rules, _, err := rules(ctx, s.db, e.ID)
	if err != nil {
		return r, e, err
	}
	before, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM event_reply WHERE event = ? AND answer = ? AND turn < ?`, e.ID, Comes, r.turn)
	if err != nil {
		return r, e, fmt.Errorf("places of event %s: %w", e.ID, err)
	}
	r.Waiting = waiting(rules.Places, before)
	return r, e, nil
}

// waiting is which one somebody is of those who wait, if so many come who said
// so before.
func waiting(places, before int) int {
	if places == 0 {
		return 0
	}
	return max(0, before-places+1)
}

// coming is how many said that they come.
func coming(ctx context.Context, r db.Reader, id sala.ID) (int, error) {
	n, err := db.One[int](ctx, r, `SELECT COUNT(*) FROM event_reply WHERE event = ? AND answer = ?`, id, Comes)
	if err != nil {
		return 0, fmt.Errorf("places of event %s: %w", id, err)
	}
	return n, nil
}

// Full reports whether whoever says now that they come would have to wait.
func (s *Store) Full(ctx context.Context, id sala.ID, r ReplyRules) (bool, error) {
	if r.Places == 0 {
		return false, nil
	}
	n, err := coming(ctx, s.db, id)
	return n >= r.Places, err
}

// WithdrawReply deletes the reply of a key, at once and at any time.
func (s *Store) WithdrawReply(ctx context.Context, key string) error {
	r, err := replyBy(ctx, s.db, key)
	if err != nil {
		return err
	}
	return s.drop(ctx, r, "had a reply withdrawn", guest)
}

func (s *Store) drop(ctx context.Context, r Reply, what string, by sala.Actor) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(r.Event), what, by); err != nil { // first: see Create
			return err
		}
		n, err := tx.Erase(ctx, `DELETE FROM event_reply WHERE id = ? AND event = ?`, r.ID, r.Event)
		if err == nil && n == 0 {
			err = sala.ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("delete a reply: %w", err)
		}
		return nil
	})
}
