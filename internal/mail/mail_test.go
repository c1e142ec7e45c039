package mail_test

import (
	"errors"
	"io"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"

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
		sender, err := mail.DialSMTP(address, "record@Example.ORG")
		if err != nil {
			t.Fatal(err)
		}
		q := jobs.New(d)
		o := mail.NewOutbox(d, q, sender)
		id := post(t, d, o, mail.Letter{
			Kind: "invitation", To: "su@example.org", Name: "ဆု\r\nBcc: all@example.org", Lang: "my",
			Subject: "ဖိတ်စာ\nX-Injected: yes", Body: "ဤနေရာကို ဖွင့်ပါ။\nhttps://example.org/studio/join/abc\n.\nend",
		})
		if n, err := o.Waiting(t.Context()); err != nil || n != 1 {
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
		if from := m.Header.Get("From"); from != "<record@example.org>" {
			t.Errorf("From: %s", from)
		}
		if id := string(id); m.Header.Get("Message-ID") != "<"+id+"@example.org>" {
			t.Errorf("Message-ID: %s", m.Header.Get("Message-ID"))
		}
		l, err := o.Letter(t.Context(), id)
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
		o := mail.NewOutbox(d, q, sender)
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
		if l, err := o.Letter(t.Context(), later); err != nil || !l.Sent.IsZero() || l.Refused != "" {
			t.Errorf("after 452 the letter is %+v, %v; want it to wait", l, err)
		}
		if l, err := o.Letter(t.Context(), never); err != nil || !strings.Contains(l.Refused, "no such mailbox") {
			t.Errorf("after 550 the letter is %+v, %v; want it refused with the server's words", l, err)
		}
		if n, err := q.Waiting(t.Context()); err != nil || n != 1 {
			t.Errorf("%d jobs wait, %v; want the one that was put off", n, err)
		}
	})
}

func TestLetters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := mail.NewOutbox(d, jobs.New(d), nil)
		if o.Sends() {
			t.Error("an outbox without a server says that it sends")
		}
		var want []sala.ID
		for range 5 {
			want = append([]sala.ID{post(t, d, o, mail.Letter{Kind: "digest", To: "a@example.org", Subject: "a", Body: "b"})}, want...)
		}
		var got []sala.ID
		for before := sala.ID(""); ; {
			page, err := o.Letters(t.Context(), before, 2)
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
