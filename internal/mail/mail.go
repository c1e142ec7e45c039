// Package mail sends the letters of the house: invitations, requests for a
// review, digests. A letter is plain text with no picture, no tracker and no
// word about the program that sent it. It is written into an outbox in the
// transaction of the change that calls for it and goes out by a job, so that
// neither can be lost without the other, and stays there to be read.
//
// A letter may hold one secret, the code of a link. The outbox shows a mask in
// its place, keeps the secret sealed until a server has taken the letter, and
// forgets it then: who reads the outbox cannot use anybody's link.
//
// At most one letter is sent twice when the machine stops at the very moment
// a server takes it: that is better than none.
package mail

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"

	"sala"
	"sala/internal/db"
	"sala/internal/jobs"
)

// A Letter is one mail to one person.
type Letter struct {
	ID      sala.ID
	Kind    string    // what it is about, such as "invitation": for lists
	To      string    // address, RFC 5322 addr-spec
	Name    string    // of the person, may be empty
	Lang    sala.Lang // it is written in
	Subject string    // one line
	Body    string    // plain text, with Mask where its secret stands
	By      string    // who caused it
	Written time.Time
	Until   time.Time // from then on it is not worth sending; zero is a week after Written
	Sent    time.Time // zero until a server took it
	Refused string    // why it will not go out, "" if it may
	Failure string    // what went wrong when it was last tried, "" if it was not or did not

	// Secret is given to [Outbox.Post], and to a [Sender] in Body; nobody else
	// sees it.
	Secret string
}

// Mask stands in a letter where its secret is.
const Mask = "••••••••"

// worth is how long a letter is worth sending that does not say.
const worth = 7 * 24 * time.Hour

// A Sender hands letters to the world.
type Sender interface {
	// Send returns nil once a server has taken the letter. An error that is
	// [ErrRefused] will not go away by trying again.
	Send(ctx context.Context, l Letter) error
}

// ErrRefused means that a server will never take a letter: there is no such
// mailbox, or it does not want it.
var ErrRefused = errors.New("the letter was refused")

// A Sealer keeps the secrets of letters from who has the database alone. What
// was sealed bound to a text opens with the same text only.
type Sealer interface {
	Seal(bound, text string) string
	Open(bound, sealed string) (string, error)
}

// An Outbox holds every letter.
type Outbox struct {
	db     *db.DB
	jobs   *jobs.Queue
	sealer Sealer
	sender Sender
}

const sendJob = "mail.send"

// NewOutbox returns the outbox in d, whose letters sender takes. A nil sender
// keeps them: see [Outbox.Sends].
func NewOutbox(d *db.DB, q *jobs.Queue, sealer Sealer, sender Sender) *Outbox {
	o := &Outbox{db: d, jobs: q, sealer: sealer, sender: sender}
	q.Register(sendJob, o.send)
	return o
}

// Sends reports whether letters go out at all. Where no server is configured
// they wait in the outbox, and whoever invites somebody is told to pass the
// link on by hand.
func (o *Outbox) Sends() bool { return o.sender != nil }

// Post writes a letter within the transaction that calls for it. It goes out
// soon after the commit. A bad address is [sala.Invalid].
func (o *Outbox) Post(ctx context.Context, tx *db.Tx, by sala.Actor, l Letter) (sala.ID, error) {
	address, err := Address(l.To)
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(l.Subject) == "" || strings.TrimSpace(l.Body) == "" {
		return "", fmt.Errorf("a letter of kind %s without subject or text", l.Kind)
	}
	if (l.Secret != "") != strings.Contains(l.Body, Mask) {
		return "", fmt.Errorf("a letter of kind %s with a secret and no place for it, or the reverse", l.Kind)
	}
	if l.Until.IsZero() {
		l.Until = tx.Now.Add(worth)
	}
	id, sealed := sala.NewID(), ""
	if l.Secret != "" {
		sealed = o.sealer.Seal(string(id), l.Secret)
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO mail_letter (id, kind, recipient, name, lang, subject, body, by_whom, written, until, sent, refused, secret)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)`,
		id, l.Kind, address, line(l.Name), l.Lang, line(l.Subject), l.Body, by.Name, db.At(tx.Now), db.At(l.Until), db.At(time.Time{}), sealed)
	if err != nil {
		return "", fmt.Errorf("post a letter: %w", err)
	}
	if o.sender == nil {
		return id, nil
	}
	return id, o.jobs.Enqueue(ctx, tx, sendJob, string(id))
}

// Address returns an e-mail address in the form that is stored and compared:
// the domain in lower case, the rest as it was given.
func Address(s string) (string, error) {
	s = strings.TrimSpace(s)
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 { // RFC 5321, 4.5.3.1.3
		return "", sala.Invalid{{Field: "email", Key: "account.email_bad", Text: fmt.Sprintf("%q is not an e-mail address", s)}}
	}
	at := strings.LastIndexByte(s, '@')
	return s[:at] + strings.ToLower(s[at:]), nil
}

// line makes one line of a text: a header holds no other.
func line(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
}
