package letters_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/contribution"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/i18n"
	"sala/internal/jobs"
	"sala/internal/mail"
	"sala/internal/richtext"
	"sala/letters"
	"sala/network"
	"sala/signature"
	"sala/tracker"
)

// A post is a mail server that keeps what it is given.
type post struct {
	mu  sync.Mutex
	got []string
}

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return session{p}, nil }

type session struct{ p *post }

func (session) Reset()                               {}
func (session) Logout() error                        { return nil }
func (session) Mail(string, *smtp.MailOptions) error { return nil }
func (session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "nobody@") {
		return &smtp.SMTPError{Code: 550, Message: "no such mailbox"}
	}
	return nil
}

func (s session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.p.mu.Lock()
	defer s.p.mu.Unlock()
	s.p.got = append(s.p.got, string(b))
	return err
}

// A letter is one as its reader sees it.
type letter struct{ To, Lang, Subject, Text string }

// take returns the letters that have arrived since it was last called, by
// address.
func (p *post) take(t *testing.T) []letter {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []letter
	for _, raw := range p.got {
		m, err := netmail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if kind := m.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/plain") {
			t.Errorf("a letter is %s", kind)
		}
		body := io.Reader(m.Body)
		switch coding := m.Header.Get("Content-Transfer-Encoding"); coding {
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, body)
		default:
			t.Errorf("a letter comes as %q", coding)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil {
			t.Fatal(err)
		}
		to, err := m.Header.AddressList("To")
		if err != nil || len(to) != 1 {
			t.Fatalf("a letter to %v, %v", to, err)
		}
		all = append(all, letter{to[0].Address, m.Header.Get("Content-Language"), subject, strings.ReplaceAll(string(text), "\r\n", "\n")})
	}
	p.got = nil
	slices.SortFunc(all, func(a, b letter) int { return strings.Compare(a.To+a.Subject, b.To+b.Subject) })
	return all
}

// An office is a house with a post office beside it.
type office struct {
	*testing.T
	db       *db.DB
	accounts *account.Store
	archive  *archive.Store
	network  *network.Store
	tracker  *tracker.Store
	outbox   *mail.Outbox
	writer   *letters.Writer
	jobs     *jobs.Queue
	post     *post
	now      time.Time
	log      strings.Builder
}

var machine = sala.Machine("test")

func newOffice(t *testing.T, d *db.DB) *office {
	t.Helper()
	o := &office{T: t, db: d, post: &post{}, now: time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)} // a Wednesday
	d.Clock = func() time.Time { return o.now }
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(o.post)
	server.Domain = "localhost"
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	})
	sender, err := mail.DialSMTP("smtp://"+l.Addr().String(), "Network <record@example.org>")
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(&o.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o.jobs = jobs.New(d)
	o.jobs.Log = log
	key := account.Key{1}
	o.accounts, o.archive, o.network = account.NewStore(d, key), archive.NewStore(d), network.NewStore(d)
	o.tracker = tracker.NewStore(d)
	o.outbox = mail.NewOutbox(d, o.jobs, key.Box("mail"), sender)
	o.writer = letters.New(letters.Config{
		DB: d, Account: o.accounts, Archive: o.archive, Network: o.network, Tracker: o.tracker, Contributions: contribution.NewStore(d), Signatures: signature.NewStore(d, o.archive), Outbox: o.outbox, Words: words, URL: "https://record.example/", Log: log,
	})
	err = d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := o.network.Change(t.Context(), tx, machine, func(set *network.Settings) {
			set.Langs, set.Default, set.Name = []sala.Lang{"en", "th", "my"}, "en", sala.Text{"en": "Lantern Network", "th": "เครือข่ายโคม"}
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func each(t *testing.T, f func(o *office)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(newOffice(t, d)) })
}

// user adds somebody who can sign in.
func (o *office) user(email string, role sala.Role, lang sala.Lang) account.User {
	o.Helper()
	ctx := context.Background()
	_, code, err := o.accounts.Invite(ctx, machine, email, "", role, lang)
	if err != nil {
		o.Fatal(err)
	}
	u, err := o.accounts.Accept(ctx, code, strings.Split(email, "@")[0], lang, account.WayIn{Password: "lantern river seven boats"}, "")
	if err != nil {
		o.Fatal(err)
	}
	return u
}

// later lets time pass, then what follows, and returns what arrives.
func (o *office) later(d time.Duration) []letter {
	o.Helper()
	o.now = o.now.Add(d)
	if err := o.accounts.Follow(o.Context()); err != nil {
		o.Fatal(err)
	}
	for range 2 { // the second time there is nothing left to tell
		if err := o.writer.Follow(o.Context()); err != nil {
			o.Fatal(err)
		}
		if _, err := o.jobs.RunDue(o.Context()); err != nil {
			o.Fatal(err)
		}
	}
	return o.post.take(o.T)
}

// text makes a work with one text.
func (o *office) text(by sala.Actor, lang sala.Lang, title string) (work, edition sala.ID) {
	o.Helper()
	work, edition, err := o.archive.Begin(o.Context(), by, archive.Statement, lang, title)
	if err != nil {
		o.Fatal(err)
	}
	o.revise(by, edition, 0, title, "One.\n\nTwo.")
	return work, edition
}

func (o *office) revise(by sala.Actor, edition sala.ID, after int, title, text string) {
	o.Helper()
	body, _ := richtext.FromMarkdown(text, richtext.HTMLOptions{Seed: string(edition)})
	body.AssignIDs(string(edition))
	newest, err := o.archive.NewestRevision(o.Context(), by, edition)
	if err != nil && !errors.Is(err, sala.ErrNotFound) {
		o.Fatal(err)
	}
	if _, err := o.archive.Revise(o.Context(), by, edition, newest.Number, archive.Text{Title: title, Body: body, Note: "Corrected."}); err != nil {
		o.Fatal(err)
	}
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// to are the addresses of letters.
func to(all []letter) []string {
	var list []string
	for _, l := range all {
		list = append(list, l.To)
	}
	return list
}

func (o *office) says(l letter, lang string, words ...string) {
	o.Helper()
	if l.Lang != lang {
		o.Errorf("the letter to %s is in %s, want %s", l.To, l.Lang, lang)
	}
	for _, w := range words {
		if !strings.Contains(l.Subject+"\n"+l.Text, w) {
			o.Errorf("the letter to %s lacks %q: %s\n%s", l.To, w, l.Subject, l.Text)
		}
	}
}

// An invitation goes out in its reader's language with a link that works, and
// the code of that link stands nowhere else.
func TestInvitation(t *testing.T) {
	each(t, func(o *office) {
		ada := o.user("ada@example.org", sala.Admin, "en")
		o.later(time.Minute)
		_, code, err := o.accounts.Invite(o.Context(), ada.Actor(), "somsri@example.org", "สมศรี", sala.Translator, "th", o.writer.Invitation(ada.Actor()))
		o.must(err)
		got := o.later(time.Minute)
		if len(got) != 1 {
			o.Fatalf("%d letters arrive, want 1: %v", len(got), got)
		}
		o.says(got[0], "th", "คำเชิญ", "เครือข่ายโคม", "เรียน สมศรี", "ada", "https://record.example/studio/link?code="+code+"\n")
		if _, _, err := o.accounts.Opened(o.Context(), code, ""); err != nil {
			o.Errorf("the link of the letter: %v", err)
		}
		list, err := o.outbox.Letters(o.Context(), ada.Actor(), mail.Filter{Limit: 5})
		o.must(err)
		if len(list) != 1 || strings.Contains(list[0].Body+list[0].Subject, code) || !strings.Contains(list[0].Body, "code="+mail.Mask) || list[0].State() != mail.Sent {
			o.Errorf("the outbox shows %+v", list)
		}
		if strings.Contains(o.log.String(), code) {
			o.Errorf("the log tells the code: %s", &o.log)
		}
		// A reset is another letter; one language that the letters do not speak
		// falls back to the site's.
		minn := o.user("minn@example.org", sala.Editor, "my")
		o.later(time.Minute)
		_, code, err = o.accounts.Link(o.Context(), ada.Actor(), minn.ID, o.writer.Invitation(ada.Actor()))
		o.must(err)
		if got = o.later(time.Minute); len(got) != 1 {
			o.Fatalf("%d letters arrive, want 1", len(got))
		}
		o.says(got[0], "en", "begin anew", "Lantern Network", "code="+code+"\n", "tell an admin")
	})
}

// A letter that cannot be written makes no link, and the other way round.
func TestInvitationIsWhole(t *testing.T) {
	each(t, func(o *office) {
		ada := o.user("ada@example.org", sala.Admin, "en")
		o.writer.URL = ""
		_, _, err := o.accounts.Invite(o.Context(), ada.Actor(), "su@example.org", "", sala.Editor, "", o.writer.Invitation(ada.Actor()))
		if bad, ok := errors.AsType[sala.Invalid](err); !ok || bad[0].Field != "--site-url" {
			o.Errorf("without an address: %v", err)
		}
		if _, err := o.accounts.UserByEmail(o.Context(), machine, "su@example.org"); !errors.Is(err, sala.ErrNotFound) {
			o.Errorf("the user was added all the same: %v", err)
		}
		o.writer.URL = "https://record.example"
		if _, _, err = o.accounts.Invite(o.Context(), ada.Actor(), "ada@example.org", "", sala.Editor, "", o.writer.Invitation(ada.Actor())); err == nil {
			o.Error("a user is invited twice")
		}
		if n, err := o.outbox.Count(o.Context(), machine, mail.Waiting); err != nil || n != 0 {
			o.Errorf("%d letters wait, %v", n, err)
		}
	})
}

// Without an address of the site nothing is written, and nothing later about
// what was then.
func TestWithoutAddress(t *testing.T) {
	each(t, func(o *office) {
		o.user("ada@example.org", sala.Admin, "en")
		tran := o.user("tran@example.org", sala.Translator, "en")
		o.writer.URL = ""
		_, one := o.text(tran.Actor(), "en", "Fees")
		o.must(o.archive.Submit(o.Context(), tran.Actor(), one, ""))
		o.later(time.Hour)
		o.writer.URL = "https://record.example"
		if got := o.later(time.Hour); len(got) != 0 {
			o.Errorf("there are letters about what was long ago: %v", got)
		}
	})
}

// Two copies of the program tell each thing once.
func TestTwoCopies(t *testing.T) {
	each(t, func(o *office) {
		o.user("ada@example.org", sala.Admin, "en")
		tran := o.user("tran@example.org", sala.Translator, "en")
		_, one := o.text(tran.Actor(), "en", "Fees")
		o.must(o.archive.Submit(o.Context(), tran.Actor(), one, ""))
		o.now = o.now.Add(time.Hour)
		o.must(o.accounts.Follow(o.Context()))
		var rest sync.WaitGroup
		failed := make(chan error, 8)
		for range 8 {
			rest.Go(func() { failed <- o.writer.Follow(o.Context()) })
		}
		rest.Wait()
		close(failed)
		for err := range failed {
			o.must(err)
		}
		if got := o.later(time.Minute); len(got) != 1 {
			o.Errorf("eight copies write %d letters, want 1", len(got))
		}
	})
}

// An address that nobody has is refused for good, and holds up nobody else.
func TestNobody(t *testing.T) {
	each(t, func(o *office) {
		ada := o.user("ada@example.org", sala.Admin, "en")
		for _, name := range []string{"nobody@example.org", "su@example.org"} {
			_, _, err := o.accounts.Invite(o.Context(), ada.Actor(), name, "", sala.Editor, "en", o.writer.Invitation(ada.Actor()))
			o.must(err)
		}
		if got := o.later(time.Minute); !slices.Equal(to(got), []string{"su@example.org"}) {
			o.Errorf("letters arrive for %v", to(got))
		}
		refused, err := o.outbox.Letters(o.Context(), ada.Actor(), mail.Filter{State: mail.Refused, Limit: 5})
		o.must(err)
		if len(refused) != 1 || refused[0].To != "nobody@example.org" || !strings.Contains(refused[0].Refused, "no such mailbox") {
			o.Errorf("refused: %+v", refused)
		}
		if n, err := o.outbox.Count(o.Context(), ada.Actor(), mail.Refused); err != nil || n != 1 {
			o.Errorf("Count = %d, %v", n, err)
		}
	})
}

// The letter with a link to sign by says what is signed, for whom and until
// when; the token is in it alone.
func TestSigning(t *testing.T) {
	each(t, func(o *office) {
		ed := o.user("ed@example.org", sala.Editor, "en")
		work, edition := o.text(ed.Actor(), "en", "Fees")
		store := signature.NewStore(o.db, o.archive)
		until := o.now.Add(48 * time.Hour)
		o.must(store.Set(o.Context(), ed.Actor(), signature.Call{Work: work, Edition: edition, Revision: 1, Until: until}))
		call, err := store.Of(o.Context(), ed.Actor(), work)
		o.must(err)
		g := letters.Guest{Email: "office@lantern.example", Name: "Lantern House", Lang: "th", Title: "Fees", Path: "/studio/s/"}
		_, token, err := store.Make(o.Context(), ed.Actor(), signature.Link{Call: call.ID, Name: g.Name}, func(ctx context.Context, tx *db.Tx, c signature.Call, token string) error {
			return o.writer.Signing(ctx, tx, ed.Actor(), g, token, c.Until)
		})
		o.must(err)
		got := o.later(time.Minute)
		if len(got) != 1 || got[0].To != g.Email {
			o.Fatalf("letters: %v", got)
		}
		o.says(got[0], "th", "Fees", "Lantern House", "https://record.example/studio/s/"+token+"\n")
		kept, err := db.All[string](o.Context(), o.db, `SELECT body || secret FROM mail_letter`)
		o.must(err)
		if strings.Contains(fmt.Sprint(kept)+o.log.String(), token) {
			o.Error("the token is kept")
		}
	})
}
