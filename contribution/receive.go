package contribution

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"sala"
	"sala/internal/bearer"
	"sala/internal/db"
	"sala/internal/input"
)

// A Sent is what somebody sends.
type Sent struct {
	Who      string // who sends it, where the link does not say
	Contact  string // how to reach them, for editors alone; may be empty
	Lang     sala.Lang
	Title    string
	Text     string // plain, or Markdown
	Original string // Text before it was turned from Zawgyi, "" if it was not
	Place    string
	Held     sala.Day // the day it is about, zero if it is not said
}

// clean returns s without what is no text: it was pasted from anywhere, and
// nobody can be asked to take out what cannot be seen.
func (s Sent) clean() Sent {
	for _, text := range []*string{&s.Who, &s.Contact, &s.Title, &s.Text, &s.Original, &s.Place} {
		*text = input.Clean(*text)
	}
	return s
}

// Check returns what is wrong with s, for a guest of g.
func (s Sent) Check(g Guest) error {
	var bad sala.Invalid
	long := func(field, text string, most int) {
		if utf8.RuneCountInString(text) > most {
			bad = append(bad, wrong(field, "contribute.too_long", fmt.Sprintf("%s has more than %d letters", field, most))...)
		}
	}
	missing := func(field, text, key string) {
		if strings.TrimSpace(text) == "" {
			bad = append(bad, wrong(field, key, field+" is missing")...)
		}
	}
	if g.Link.IsOpen() {
		missing("who", s.Who, "contribute.who_missing")
	}
	missing("title", s.Title, "contribute.title_missing")
	missing("text", s.Text, "contribute.text_missing")
	long("who", s.Who, 200)
	long("title", s.Title, 300)
	long("text", s.Text, MostText)
	long("place", s.Place, 200)
	long("contact", s.Contact, 500)
	if l, err := sala.ParseLang(string(s.Lang)); err != nil || l != s.Lang {
		bad = append(bad, wrong("in", "contribute.lang_missing", "say in which language the text is")...)
	}
	if bad != nil {
		return bad
	}
	return nil
}

// An Entry is a contribution that was received.
type Entry struct {
	ID sala.ID
	Sent
	Link    sala.ID
	Work    sala.ID // the draft made of it
	At      time.Time
	Added   time.Time // when something last came
	Settled time.Time // zero while it waits for an editor
	By      string    // who settled it
	Notes   []Note
	Files   []File
}

// A Note is what was written after the text.
type Note struct {
	Text string
	At   time.Time
}

// A File is one that came with a contribution.
type File struct {
	ID        sala.ID // in media
	About     string
	People    People
	Statement string // of whom can be recognised, and what they agreed to
	Size      int64
	At        time.Time
	Hash      string // of its bytes
}

// People is what a sender says of those who can be recognised in a picture.
type People string

// What can be said.
const (
	NotSaid People = ""
	Nobody  People = "nobody"
	Agreed  People = "agreed"
	Unasked People = "unasked"
)

// ParsePeople returns what a form says of people.
func ParsePeople(s string) People {
	switch p := People(s); p {
	case Nobody, Agreed, Unasked:
		return p
	}
	return NotSaid
}

type entryRow struct {
	ID       sala.ID   `bun:"id"`
	Link     sala.ID   `bun:"link"`
	Who      string    `bun:"who"`
	Contact  string    `bun:"contact"`
	Lang     sala.Lang `bun:"lang"`
	Title    string    `bun:"title"`
	Body     string    `bun:"body"`
	Original string    `bun:"original"`
	Place    string    `bun:"place"`
	Held     string    `bun:"held"`
	Work     sala.ID   `bun:"work"`
	At       time.Time `bun:"at"`
	Added    time.Time `bun:"added"`
	Settled  db.Null   `bun:"settled"`
	By       string    `bun:"settled_by"`
}

const entryColumns = `id, link, who, contact, lang, title, body, original, place, held, work, at, added, settled, settled_by`

func (r entryRow) entry() (Entry, error) {
	e := Entry{
		ID: r.ID, Link: r.Link, Work: r.Work, At: r.At.UTC(), Added: r.Added.UTC(), Settled: db.Moment(r.Settled), By: r.By,
		Sent: Sent{Who: r.Who, Contact: r.Contact, Lang: r.Lang, Title: r.Title, Text: r.Body, Original: r.Original, Place: r.Place},
	}
	if r.Held != "" {
		day, err := sala.ParseDay(r.Held)
		if err != nil {
			return e, fmt.Errorf("contribution %s: %w", r.ID, err)
		}
		e.Held = day
	}
	return e, nil
}

// Receive keeps what a guest sends. draft makes the work of it within the same
// transaction, in the name of by. key is the secret of the form and of its
// receipt: a form that is sent again is the same contribution, and changes
// nothing.
func (s *Store) Receive(ctx context.Context, g Guest, key string, sent Sent, draft func(ctx context.Context, tx *db.Tx, by sala.Actor) (work sala.ID, err error)) (Entry, error) {
	sent = sent.clean()
	if err := sent.Check(g); err != nil {
		return Entry{}, err
	}
	if len(key) < 20 || len(key) > 100 {
		return Entry{}, wrong("form", "contribute.form_bad", "open the form again")
	}
	if !g.Link.IsOpen() {
		sent.Who = g.Link.Name
	}
	held := ""
	if !sent.Held.IsZero() {
		held = sent.Held.String()
	}
	if e, err := s.Receipt(ctx, g, key); !errors.Is(err, sala.ErrNotFound) {
		return e, err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.take(ctx, tx, g); err != nil {
			return err
		}
		if _, err := s.row(ctx, tx, g, key); err == nil {
			return errAgain // it was being received when it was looked for
		} else if !errors.Is(err, sala.ErrNotFound) {
			return err
		}
		work, err := draft(ctx, tx, g.actor(strings.TrimSpace(sent.Who)))
		if err != nil {
			return err
		}
		return tx.ExecOne(ctx, `
			INSERT INTO contribution_entry (id, link, key_hash, who, contact, lang, title, body, original, place, held, work, at, added, settled_by)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')`,
			sala.NewID(), g.Link.ID, bearer.Hash(key), strings.TrimSpace(sent.Who), strings.TrimSpace(sent.Contact), sent.Lang, strings.TrimSpace(sent.Title),
			sent.Text, sent.Original, strings.TrimSpace(sent.Place), held, work, db.At(tx.Now), db.At(tx.Now))
	})
	// What was counted for a form that is here already was taken back.
	if err != nil && !errors.Is(err, errAgain) {
		return Entry{}, fmt.Errorf("receive a contribution: %w", err)
	}
	return s.Receipt(ctx, g, key)
}

// errAgain: the form was received before.
var errAgain = errors.New("received before")

func (s *Store) row(ctx context.Context, r db.Reader, g Guest, key string) (entryRow, error) {
	return db.One[entryRow](ctx, r, `SELECT `+entryColumns+` FROM contribution_entry WHERE link = ? AND key_hash = ?`, g.Link.ID, bearer.Hash(key))
}

// Receipt returns what a guest sent under a key, with what was added.
func (s *Store) Receipt(ctx context.Context, g Guest, key string) (Entry, error) {
	r, err := s.row(ctx, s.db, g, key)
	if err != nil {
		return Entry{}, fmt.Errorf("receipt: %w", err)
	}
	return s.whole(ctx, r)
}

// AddNote adds a text to what a guest has sent. It waits for an editor again.
// The same text twice in a row is kept once.
func (s *Store) AddNote(ctx context.Context, g Guest, key, text string) error {
	text = strings.TrimSpace(input.Clean(text))
	if text == "" {
		return nil
	}
	if utf8.RuneCountInString(text) > MostText {
		return wrong("text", "contribute.too_long", fmt.Sprintf("the text has more than %d letters", MostText))
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		r, err := s.reopen(ctx, tx, g, key)
		if err != nil {
			return err
		}
		e, err := s.whole(ctx, r)
		if err != nil {
			return err
		}
		if n := len(e.Notes); n > 0 && e.Notes[n-1].Text == text {
			return nil
		}
		if len(e.Notes) >= notesLimit {
			return wrong("text", "contribute.notes_many", fmt.Sprintf("there are %d additions already; send a new contribution", notesLimit))
		}
		return tx.ExecOne(ctx, `INSERT INTO contribution_note (id, entry, body, at) VALUES (?, ?, ?, ?)`, sala.NewID(), e.ID, text, db.At(tx.Now))
	})
}

// reopen makes an entry wait for an editor within tx, which from here on is
// the only one that adds to it. A link that has ended meanwhile adds nothing.
func (s *Store) reopen(ctx context.Context, tx *db.Tx, g Guest, key string) (entryRow, error) {
	good, err := db.One[int](ctx, tx, `
		SELECT COUNT(*) FROM contribution_link WHERE id = ? AND revoked IS NULL AND (until IS NULL OR until > ?)`, g.Link.ID, db.At(tx.Now))
	if err != nil {
		return entryRow{}, fmt.Errorf("add to a contribution: %w", err)
	}
	if good == 0 {
		return entryRow{}, fmt.Errorf("add to a contribution: %w", sala.ErrNotFound)
	}
	r, err := db.One[entryRow](ctx, tx, `
		UPDATE contribution_entry SET added = ?, settled = NULL, settled_by = '' WHERE link = ? AND key_hash = ? RETURNING `+entryColumns,
		db.At(tx.Now), g.Link.ID, bearer.Hash(key))
	if err != nil {
		return entryRow{}, fmt.Errorf("add to a contribution: %w", err)
	}
	return r, tx.Changed(ctx, sala.Ref{Kind: sala.KindSent, ID: r.ID}, "contributed", g.actor(r.Who))
}

// Room returns how many bytes a file may have that a guest adds to what they
// sent, and who they are to media. A contribution that is full is
// [sala.Invalid].
func (s *Store) Room(ctx context.Context, g Guest, key string) (int64, sala.Actor, error) {
	e, err := s.Receipt(ctx, g, key)
	if err != nil {
		return 0, sala.Actor{}, err
	}
	left, err := s.room(ctx, s.db, e)
	return left, g.actor(e.Who), err
}

// room is how many bytes may still come with an entry, of one file.
func (s *Store) room(ctx context.Context, r db.Reader, e Entry) (int64, error) {
	left := int64(MostBytes)
	for _, f := range e.Files {
		left -= f.Size
	}
	if len(e.Files) >= MostFiles || left <= 0 {
		return 0, filesMany()
	}
	today, err := db.One[int64](ctx, r, `
		SELECT CAST(COALESCE(SUM(f.size), 0) AS BIGINT) FROM contribution_file f JOIN contribution_entry e ON e.id = f.entry
		WHERE e.link = ? AND f.at > ?`, e.Link, db.At(s.db.Now().Add(-24*time.Hour)))
	if err != nil {
		return 0, fmt.Errorf("count the files of a link: %w", err)
	}
	if today >= perDay {
		return 0, wrong("file", "contribute.too_many", "too much came by this link within a day; try later")
	}
	return min(left, FileBytes), nil
}

func filesMany() error {
	return wrong("file", "contribute.files_many", fmt.Sprintf("at most %d files and %d MB come with one contribution", MostFiles, MostBytes>>20))
}

// ErrHave is returned by [Store.AddFile] for a file that came before.
var ErrHave = errors.New("the file came before")

// AddFile notes a file that a guest adds within tx, which stores it. One that
// came before with the same contribution is [ErrHave].
func (s *Store) AddFile(ctx context.Context, tx *db.Tx, g Guest, key string, f File) error {
	r, err := s.reopen(ctx, tx, g, key)
	if err != nil {
		return err
	}
	e, err := s.wholeIn(ctx, tx, r)
	if err != nil {
		return err
	}
	for _, had := range e.Files {
		if had.Hash == f.Hash {
			return ErrHave
		}
	}
	if left, err := s.room(ctx, tx, e); err != nil {
		return err
	} else if f.Size > left {
		return filesMany()
	}
	return tx.ExecOne(ctx, `INSERT INTO contribution_file (id, entry, hash, about, people, statement, size, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		f.ID, e.ID, f.Hash, cut(f.About), f.People, cut(f.Statement), f.Size, db.At(tx.Now))
}

// cut bounds what is said of a file; the form lets nobody write more.
func cut(s string) string {
	s = strings.TrimSpace(input.Clean(s))
	if r := []rune(s); len(r) > 1000 {
		return string(r[:1000])
	}
	return s
}
