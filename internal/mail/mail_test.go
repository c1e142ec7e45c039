package mail_test

import (
	"errors"
	"io"
	"log/slog"
	"net"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
	"sala/internal/mail"
)

// A sink is a mail server that keeps what it is given. answer, if set, says
// what it says to each recipient.
type sink struct {
	mu     sync.Mutex
	got    []string
	answer error
}

func (s *sink) NewSession(*smtp.Conn) (smtp.Session, error) { return session{s}, nil }

type session struct{ s *sink }

func (session) Reset()                               {}
func (session) Logout() error                        { return nil }
func (session) Mail(string, *smtp.MailOptions) error { return nil }
func (s session) Rcpt(string, *smtp.RcptOptions) error {
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	return s.s.answer
}

func (s session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	s.s.got = append(s.s.got, string(b))
	return err
}

func (s *sink) letters() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got
}

// server starts a sink and returns it with its address.
func server(t *testing.T) (*sink, string) {
	t.Helper()
	s := &sink{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := smtp.NewServer(s)
	srv.Domain = "localhost"
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	})
	return s, "smtp://" + l.Addr().String()
}

// A box seals for tests: it turns texts round.
type box struct{}

func (box) Seal(bound, text string) string { return bound + "|" + turned(text) }

func (box) Open(bound, sealed string) (string, error) {
	text, ok := strings.CutPrefix(sealed, bound+"|")
	if !ok {
		return "", errors.New("sealed for another letter")
	}
	return turned(text), nil
}

func turned(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

var admin = sala.Actor{Name: "Admin", Role: sala.Admin}

var by = sala.Actor{Name: "Editor", Role: sala.Editor}

func post(t *testing.T, d *db.DB, o *mail.Outbox, l mail.Letter) sala.ID {
	t.Helper()
	var id sala.ID
	err := d.Tx(t.Context(), func(tx *db.Tx) (err error) {
		id, err = o.Post(t.Context(), tx, by, l)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestSend(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, address := server(t)
		sender, err := mail.DialSMTP(address, "Réseau <record@Example.ORG>")
		if err != nil {
			t.Fatal(err)
		}
		q := jobs.New(d)
		o := mail.NewOutbox(d, q, box{}, sender)
		id := post(t, d, o, mail.Letter{
			Kind: "invitation", To: "su@example.org", Name: "ဆု\r\nBcc: all@example.org", Lang: "my",
			Subject: "ဖိတ်စာ\nX-Injected: yes", Body: "ဤနေရာကို ဖွင့်ပါ။\nhttps://example.org/studio/join/abc\n.\nend",
		})
		if n, err := o.Count(t.Context(), admin, mail.Waiting); err != nil || n != 1 {
			t.Fatalf("Waiting = %d, %v before it went out", n, err)
		}
		for range 2 { // the second time there is nothing to do
			if _, err := q.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		got := s.letters()
		if len(got) != 1 {
			t.Fatalf("%d letters arrived, want 1", len(got))
		}
		m, err := netmail.ReadMessage(strings.NewReader(got[0]))
		if err != nil {
			t.Fatal(err)
		}
		for _, header := range []string{"Bcc", "X-Injected", "User-Agent", "X-Mailer"} {
			if v := m.Header.Get(header); v != "" {
				t.Errorf("the letter bears %s: %s", header, v)
			}
		}
		if from, err := m.Header.AddressList("From"); err != nil || len(from) != 1 || *from[0] != (netmail.Address{Name: "Réseau", Address: "record@example.org"}) {
			t.Errorf("From: %v, %v", from, err)
		}
		if id := string(id); m.Header.Get("Message-ID") != "<"+id+"@example.org>" {
			t.Errorf("Message-ID: %s", m.Header.Get("Message-ID"))
		}
		l, err := o.Letter(t.Context(), admin, id)
		if err != nil || l.Sent.IsZero() || l.Refused != "" || l.By != "Editor" {
			t.Errorf("the letter is kept as %+v, %v", l, err)
		}
	})
}

// A server that says no for now is asked again; one that says never is not.
func TestRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, address := server(t)
		sender, err := mail.DialSMTP(address, "record@example.org")
		if err != nil {
			t.Fatal(err)
		}
		q := jobs.New(d)
		o := mail.NewOutbox(d, q, box{}, sender)
		s.answer = &smtp.SMTPError{Code: 452, Message: "later"}
		later := post(t, d, o, mail.Letter{Kind: "digest", To: "full@example.org", Subject: "a", Body: "b"})
		if _, err := q.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.answer = &smtp.SMTPError{Code: 550, Message: "no such mailbox"}
		never := post(t, d, o, mail.Letter{Kind: "digest", To: "nobody@example.org", Subject: "a", Body: "b"})
		if _, err := q.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if l, err := o.Letter(t.Context(), admin, later); err != nil || !l.Sent.IsZero() || l.Refused != "" {
			t.Errorf("after 452 the letter is %+v, %v; want it to wait", l, err)
		}
		if l, err := o.Letter(t.Context(), admin, never); err != nil || !strings.Contains(l.Refused, "no such mailbox") {
			t.Errorf("after 550 the letter is %+v, %v; want it refused with the server's words", l, err)
		}
		if n, err := q.Waiting(t.Context()); err != nil || n != 1 {
			t.Errorf("%d jobs wait, %v; want the one that was put off", n, err)
		}
	})
}

// The code in a letter is nowhere but in the letter: not in the outbox, not
// in the database as it stands, and not at all once it has gone.
func TestSecret(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, address := server(t)
		sender, err := mail.DialSMTP(address, "record@example.org")
		if err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		q := jobs.New(d)
		q.Log = slog.New(slog.NewTextHandler(&log, nil))
		o := mail.NewOutbox(d, q, box{}, sender)
		l := mail.Letter{Kind: "invitation", To: "su@example.org", Subject: "a", Body: "https://example.org/studio/link?code=" + mail.Mask + "\n", Secret: "word-of-entry"}
		s.answer = &smtp.SMTPError{Code: 550, Message: "not today"}
		id := post(t, d, o, l)
		run := func() {
			t.Helper()
			if _, err := q.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		secrets := func() string {
			t.Helper()
			all, err := db.All[string](t.Context(), d, `SELECT body || subject || refused || failure || secret FROM mail_letter`)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(all, "")
		}
		run()
		got, err := o.Letter(t.Context(), admin, id)
		if err != nil || got.State() != mail.Refused || !strings.Contains(got.Refused, "not today") || got.Body != l.Body || got.Secret != "" {
			t.Errorf("refused, the letter is %+v, %v", got, err)
		}
		if strings.Contains(secrets(), "word-of-entry") {
			t.Error("the code stands in the database")
		}
		s.answer = nil
		if err := o.Resend(t.Context(), admin, id); err != nil {
			t.Fatal(err)
		}
		run()
		if letters := s.letters(); len(letters) != 1 || !strings.Contains(letters[0], "word-of-entry") || strings.Contains(letters[0], mail.Mask) {
			t.Errorf("sent again, it arrives as %q", letters)
		}
		if left := secrets(); strings.Contains(left, turned("word-of-entry")) {
			t.Errorf("the code is kept after the letter has gone: %s", left)
		}
		if strings.Contains(log.String(), "word-of-entry") {
			t.Errorf("the log tells the code: %s", &log)
		}
		if err := o.Resend(t.Context(), admin, id); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("Resend of a letter that was sent = %v", err)
		}
		for what, bad := range map[string]mail.Letter{
			"no place for its secret": {Kind: "x", To: "a@example.org", Subject: "a", Body: "b", Secret: "c"},
			"no secret for its place": {Kind: "x", To: "a@example.org", Subject: "a", Body: mail.Mask},
		} {
			if err := d.Tx(t.Context(), func(tx *db.Tx) error { _, err := o.Post(t.Context(), tx, by, bad); return err }); err == nil {
				t.Errorf("a letter with %s is written", what)
			}
		}
	})
}

// Letters wait for a server: for one to be configured, and for one that is
// down to come up. What has waited too long is given up.
func TestWaiting(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
		d.Clock = func() time.Time { return now }
		none := mail.NewOutbox(d, jobs.New(d), box{}, nil)
		l := mail.Letter{Kind: "review", To: "a@example.org", Subject: "a", Body: "b"}
		old := post(t, d, none, l)
		now = now.Add(5 * 24 * time.Hour)
		young := post(t, d, none, l)
		now = now.Add(3 * 24 * time.Hour)

		closed, err := net.Listen("tcp", "127.0.0.1:0") // a port where nobody answers
		if err != nil {
			t.Fatal(err)
		}
		down := closed.Addr().String()
		if err := closed.Close(); err != nil {
			t.Fatal(err)
		}
		sender, err := mail.DialSMTP("smtp://u:secretword@"+down, "record@example.org")
		if err != nil {
			t.Fatal(err)
		}
		q := jobs.New(d)
		q.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
		o := mail.NewOutbox(d, q, box{}, sender)
		if err := o.TakeUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := q.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if l, err := o.Letter(t.Context(), admin, old); err != nil || l.State() != mail.Refused || l.Refused == "" {
			t.Errorf("after eight days the letter is %+v, %v; want it given up", l, err)
		}
		if l, err := o.Letter(t.Context(), admin, young); err != nil || l.State() != mail.Waiting || l.Failure == "" || strings.Contains(l.Failure, "secretword") {
			t.Errorf("with the server down the letter is %+v, %v; want it to wait and say why", l, err)
		}
		if err := o.Resend(t.Context(), admin, old); !isInvalid(err) {
			t.Errorf("Resend of an old letter = %v, want a sentence", err)
		}

		s, up := server(t)
		if sender, err = mail.DialSMTP(up, "record@example.org"); err != nil {
			t.Fatal(err)
		}
		q = jobs.New(d)
		o = mail.NewOutbox(d, q, box{}, sender)
		now = now.Add(time.Hour) // the pause after a failure
		for range 2 {
			if _, err := q.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if l, err := o.Letter(t.Context(), admin, young); err != nil || l.State() != mail.Sent || l.Failure != "" || len(s.letters()) != 1 {
			t.Errorf("with the server up the letter is %+v, %v, and %d arrived", l, err, len(s.letters()))
		}
	})
}

func isInvalid(err error) bool { _, ok := errors.AsType[sala.Invalid](err); return ok }

// Only those who may read the mail do.
func TestMayRead(t *testing.T) {
	d := dbtest.SQLite(t)
	o := mail.NewOutbox(d, jobs.New(d), box{}, nil)
	id := post(t, d, o, mail.Letter{Kind: "review", To: "a@example.org", Subject: "a", Body: "b"})
	editor := sala.Actor{ID: "e", Role: sala.Editor}
	_, one := o.Letter(t.Context(), editor, id)
	_, all := o.Letters(t.Context(), editor, mail.Filter{Limit: 1})
	_, count := o.Count(t.Context(), editor, mail.Sent)
	for what, err := range map[string]error{"Letter": one, "Letters": all, "Count": count, "Resend": o.Resend(t.Context(), editor, id)} {
		if !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("%s for an editor = %v", what, err)
		}
	}
}

func TestLetters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := mail.NewOutbox(d, jobs.New(d), box{}, nil)
		if o.Sends() {
			t.Error("an outbox without a server says that it sends")
		}
		var want []sala.ID
		for range 5 {
			want = append([]sala.ID{post(t, d, o, mail.Letter{Kind: "digest", To: "a@example.org", Subject: "a", Body: "b"})}, want...)
		}
		var got []sala.ID
		for before := sala.ID(""); ; {
			page, err := o.Letters(t.Context(), admin, mail.Filter{Before: before, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, l := range page {
				got = append(got, l.ID)
			}
			before = page[len(page)-1].ID
		}
		if len(got) != len(want) {
			t.Fatalf("%d letters are listed, want %d", len(got), len(want))
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("letter %d is %s, want %s", i, got[i], want[i])
			}
		}
	})
}

func TestDialSMTP(t *testing.T) {
	for _, test := range []struct {
		address, from, field string
	}{
		{"smtps://u:secretword@mail.example.org", "a@example.org", ""},
		{"smtp://mail.example.org:2525", "a@example.org", ""},
		{"smtp://mail.example.org", "Network <a@example.org>", ""},
		{"smtp://mail.example.org", "a@example.org, b@example.org", "--mail-from"},
		{"smtp://mail.example.org", "not an address", "--mail-from"},
		{"smtp://mail.example.org", "", "--mail-from"},
		{"mail.example.org:25", "a@example.org", "--smtp"},
		{"https://mail.example.org", "a@example.org", "--smtp"},
		{"smtp://u:secretword@mail.example.org:port", "a@example.org", "--smtp"},
		{"smtp://u:secretword%zz@mail.example.org", "a@example.org", "--smtp"},
		{"", "a@example.org", "--smtp"},
	} {
		_, err := mail.DialSMTP(test.address, test.from)
		invalid, ok := errors.AsType[sala.Invalid](err)
		switch {
		case test.field == "" && err != nil:
			t.Errorf("DialSMTP(%s) = %v", test.address, err)
		case test.field != "" && (!ok || invalid[0].Field != test.field):
			t.Errorf("DialSMTP(%s, %s) = %v, want an error of %s", test.address, test.from, err, test.field)
		case err != nil && strings.Contains(err.Error(), "secretword"):
			t.Errorf("DialSMTP(%s) tells the password: %v", test.address, err)
		}
	}
}

func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		" a@Example.ORG ": "a@example.org", "Su.Su@x.org": "Su.Su@x.org", "a": "", "a@b@c": "", "A <a@example.org>": "", "a@x.org\r\nBcc: b@x.org": "",
		strings.Repeat("a", 250) + "@x.org": "",
	} {
		got, err := mail.Address(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("Address(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}
