// Package letters writes what the house says by mail: invitations and links
// to begin anew, requests for a review and their outcome, notices that
// somebody's ways in have changed, and once a week what waits for them. It
// stands across the areas, like search: it reads from them, and they know
// nothing of it.
//
// A letter that carries a link is written in the transaction that makes the
// link. All others follow from the audit trail: how far it has been told is a
// row of this package, moved in the transaction that writes the letters, so
// each thing is told once whatever stops when.
//
// A letter is in its reader's language where the studio speaks it. It is
// plain text: no picture, no tracker.
package letters

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/contribution"
	"sala/internal/db"
	"sala/internal/i18n"
	"sala/internal/mail"
	"sala/network"
	"sala/signature"
	"sala/tracker"
)

// Config is what a writer needs.
type Config struct {
	DB            *db.DB
	Account       *account.Store
	Archive       *archive.Store
	Network       *network.Store
	Tracker       *tracker.Store
	Contributions *contribution.Store
	Signatures    *signature.Store
	Outbox        *mail.Outbox
	Words         *i18n.Catalogue
	URL           string // "https://example.org", where the studio is; letters lead there
	Log           *slog.Logger
}

// A Writer writes the letters.
type Writer struct {
	Config
}

// New returns a writer.
func New(c Config) *Writer {
	c.URL = strings.TrimRight(c.URL, "/")
	return &Writer{c}
}

// self is who the writer is to the areas it reads.
var self = sala.Machine("letters")

// Writes returns why no letter can be written: [sala.Invalid] that names the
// setting, or nil.
func (w *Writer) Writes() error {
	if w.URL == "" {
		return sala.Invalid{{Field: "--site-url", Key: "studio.mail_no_url", Text: "letters carry links to the studio: say under which address it is known with --site-url"}}
	}
	return nil
}

// Sends reports whether letters go out: they can be written, and there is a
// server.
func (w *Writer) Sends() bool { return w.Writes() == nil && w.Outbox.Sends() }

// Run follows the record until ctx ends.
func (w *Writer) Run(ctx context.Context) {
	const often = time.Minute
	ticker := time.NewTicker(often)
	defer ticker.Stop()
	for {
		if err := w.Follow(ctx); err != nil && ctx.Err() == nil {
			w.Log.Error("letters", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// Follow writes every letter that is due by now. It may be called at any time
// and by several copies of the program.
func (w *Writer) Follow(ctx context.Context) error {
	for _, f := range []func(context.Context) error{w.reviews, w.notices, w.arrivals, w.digest} {
		if err := f(ctx); err != nil {
			return err
		}
	}
	return nil
}

// A draft is a letter being written.
type draft struct {
	*Writer
	set        network.Settings
	lang       sala.Lang
	paragraphs []string
}

// begin begins a letter in lang, or what is spoken here instead.
func (w *Writer) begin(ctx context.Context, lang sala.Lang) (*draft, error) {
	set, err := w.Network.Settings(ctx)
	if err != nil {
		return nil, err
	}
	d := &draft{Writer: w, set: set, lang: sala.English}
	for _, l := range []sala.Lang{lang, set.Default} {
		// A catalogue that lacks the letters would make one half in English.
		if _, in := w.Words.Text(l, "studio.letter_hello"); l != "" && in == l {
			d.lang = l
			break
		}
	}
	return d, nil
}

// T is a sentence of the letter.
func (d *draft) T(key string, args ...any) string {
	text, _ := d.Words.Text(d.lang, key, args...)
	return text
}

// say adds a paragraph.
func (d *draft) say(key string, args ...any) { d.add(d.T(key, args...)) }

// add adds a paragraph of words that are not ours.
func (d *draft) add(text string) { d.paragraphs = append(d.paragraphs, text) }

// hello greets somebody.
func (d *draft) hello(name string) {
	if name == "" {
		d.say("studio.letter_hello_you")
		return
	}
	d.say("studio.letter_hello", "name", line(name))
}

// name is what the network is called.
func (d *draft) name() string {
	if name, _ := d.set.Name.In(d.lang, d.set.Default); name != "" {
		return line(name)
	}
	return "Sala"
}

// moment is a moment to the minute, by the network's clocks.
func (d *draft) moment(t time.Time) string {
	t = t.In(d.set.Location())
	return i18n.Date(d.lang, sala.DayOf(t)) + ", " + t.Format("15:04") + " " + d.set.ZoneName()
}

// quote adds what somebody wrote, if they did, so that it cannot be taken for
// ours.
func (d *draft) quote(text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight("> "+l, " ")
	}
	d.add(strings.Join(lines, "\n"))
}

// text is the whole letter, with the name of the network under it.
func (d *draft) text() string {
	return strings.Join(d.paragraphs, "\n\n") + "\n\n-- \n" + d.name() + "\n" + d.URL + "/\n"
}

// to makes a letter to a user.
func (d *draft) to(u account.User, kind, subject string) mail.Letter {
	return mail.Letter{Kind: kind, To: u.Email, Name: u.Name, Lang: d.lang, Subject: subject, Body: d.text()}
}

// line makes one line of a name or a title.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// users returns those who can sign in and may do an action.
func (w *Writer) users(ctx context.Context, may sala.Action) ([]account.User, error) {
	all, err := w.Account.Users(ctx, self)
	if err != nil {
		return nil, err
	}
	var users []account.User
	for _, u := range all {
		if u.WayIn && u.Disabled.IsZero() && u.Role.May(may) {
			users = append(users, u)
		}
	}
	return users, nil
}

// mark returns how far something has been told.
func (w *Writer) mark(ctx context.Context, name string) (int64, error) {
	n, err := db.One[int64](ctx, w.DB, `SELECT number FROM letters_mark WHERE name = ?`, name)
	if err != nil {
		return 0, fmt.Errorf("letters: mark of %s: %w", name, err)
	}
	return n, nil
}

// tell posts letters and moves a mark in one transaction. If another copy has
// moved it meanwhile, it has written the letters, too, and these are dropped.
func (w *Writer) tell(ctx context.Context, name string, was, now int64, letters []mail.Letter) error {
	if was == now {
		return nil
	}
	return w.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE letters_mark SET number = ? WHERE name = ? AND number = ?`, now, name, was)
		if err != nil {
			return fmt.Errorf("letters: move the mark of %s: %w", name, err)
		}
		if n == 0 {
			return nil
		}
		for _, l := range letters {
			if err := w.post(ctx, tx, self, l); err != nil {
				return err
			}
		}
		return nil
	})
}

// post puts a letter into the outbox. Whoever was invited long ago may have
// an address that no letter reaches: that must not hold up the others.
func (w *Writer) post(ctx context.Context, tx *db.Tx, by sala.Actor, l mail.Letter) error {
	if _, err := mail.Address(l.To); err != nil {
		w.Log.Warn("no letter can be written to an address", "kind", l.Kind, "error", err)
		return nil
	}
	_, err := w.Outbox.Post(ctx, tx, by, l)
	return err
}
