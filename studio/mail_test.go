package studio_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/mail"
)

// A refusing sender wants no letter.
type refusing struct{}

func (refusing) Send(context.Context, mail.Letter) error {
	return fmt.Errorf("%w: the mailbox is full", mail.ErrRefused)
}

// Without a server the letter with an invitation waits, and the link is shown
// to pass on; the screen of letters shows all of it but the code.
func TestMailWaits(t *testing.T) {
	each(t, func(h *office) {
		s := h.read(h.post(sala.Admin, "/studio/people", url.Values{"email": {"su@example.org"}, "name": {"Su"}, "role": {"translator"}}))
		code := regexp.MustCompile(`/studio/link\?code=([a-z0-9-]+)`).FindStringSubmatch(s.Text)
		if s.Status != http.StatusOK || code == nil || !strings.Contains(s.Text, "no mail server is set") {
			t.Fatalf("invite: %d %s", s.Status, s.Text)
		}
		list := h.read(h.get(sala.Admin, "/studio/mail"))
		if !strings.Contains(list.Text, "su@example.org") || !strings.Contains(list.Text, "Waiting") || !strings.Contains(list.Text, "--smtp") {
			t.Errorf("letters: %s", list.Text)
		}
		var place string
		for _, l := range list.Links {
			if strings.HasPrefix(l, "/studio/mail/") {
				place = l
			}
		}
		one := h.read(h.get(sala.Admin, place))
		if !strings.Contains(one.Text, "Hello Su,") || !strings.Contains(one.Text, "link?code="+mail.Mask) || strings.Contains(one.Text+list.Text, code[1]) {
			t.Errorf("the letter: %s", one.Text)
		}
		for _, path := range []string{"/studio/mail?state=lost", "/studio/mail/" + string(sala.NewID())} {
			if w := h.get(sala.Admin, path); w.Code != http.StatusNotFound {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
		for _, role := range []sala.Role{sala.Contributor, sala.Translator, sala.Editor} {
			if w := h.get(role, "/studio/mail"); w.Code != http.StatusNotFound {
				t.Errorf("letters for a %s: %d", role, w.Code)
			}
			if w := h.post(role, place+"/send", nil); w.Code != http.StatusNotFound {
				t.Errorf("send again for a %s: %d", role, w.Code)
			}
		}
		if strings.Contains(h.log.String(), code[1]) {
			t.Errorf("the log tells the code")
		}
	})
}

// With a server the link is shown to nobody, unless it is asked for.
func TestMailSends(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		sender, err := mail.DialSMTP("smtp://127.0.0.1:1", "record@example.org") // never asked: no job runs
		if err != nil {
			t.Fatal(err)
		}
		c, q := stores(t, d)
		c.Letters = writer(t, c, q, sender)
		h := newOfficeOf(t, d, c)
		s := h.read(h.post(sala.Admin, "/studio/people", url.Values{"email": {"su@example.org"}, "role": {"editor"}, "how": {"mail"}}))
		if s.Status != http.StatusOK || strings.Contains(s.Text, "code=") || !strings.Contains(s.Text, "on its way to su@example.org") {
			t.Errorf("by mail: %d %s", s.Status, s.Text)
		}
		s = h.read(h.post(sala.Admin, "/studio/people", url.Values{"email": {"ko@example.org"}, "role": {"editor"}, "how": {"hand"}}))
		if !strings.Contains(s.Text, "code=") {
			t.Errorf("by hand: %s", s.Text)
		}
		if n, err := c.Letters.Outbox.Count(t.Context(), sala.Machine("test"), mail.Waiting); err != nil || n != 1 {
			t.Errorf("%d letters wait, %v; want the one by mail", n, err)
		}
		// An outside translator's link goes to an address.
		work, source := h.aText("Fees", doc("One.\n\nTwo."))
		place := "/studio/translate/" + string(work) + "/th"
		h.post(sala.Editor, place+"/begin", url.Values{"source": {string(source)}})
		form := url.Values{"name": {"Guest"}, "until": {d.Now().AddDate(0, 0, 9).Format("2006-01-02")}, "email": {"not an address"}}
		if s = h.read(h.post(sala.Editor, place+"/links", form)); s.Status != http.StatusUnprocessableEntity || strings.Contains(s.Text, "/studio/t/") {
			t.Errorf("to no address: %d %s", s.Status, s.Text)
		}
		form.Set("email", "guest@example.net")
		if s = h.read(h.post(sala.Editor, place+"/links", form)); s.Status != http.StatusOK || strings.Contains(s.Text, "/studio/t/") || !strings.Contains(s.Text, "on its way to guest@example.net") {
			t.Errorf("to an address: %d %s", s.Status, s.Text)
		}
	})
}

// A refused letter is there to do, and can be sent again.
func TestMailAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, q := stores(t, d)
		c.Letters = writer(t, c, q, refusing{})
		h := newOfficeOf(t, d, c)
		h.post(sala.Admin, "/studio/people", url.Values{"email": {"su@example.org"}, "role": {"editor"}})
		if _, err := q.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		home := h.read(h.get(sala.Admin, "/studio/"))
		if !strings.Contains(home.Text, "Letters that were refused") {
			t.Errorf("the first page: %s", home.Text)
		}
		list := h.read(h.get(sala.Admin, "/studio/mail?state=refused"))
		place := ""
		for _, l := range list.Links {
			if strings.HasPrefix(l, "/studio/mail/") {
				place = l
			}
		}
		if !strings.Contains(list.Text, "the mailbox is full") || place == "" {
			t.Fatalf("letters: %s", list.Text)
		}
		if w := h.post(sala.Admin, place+"/send", nil); w.Code != http.StatusSeeOther {
			t.Errorf("send again: %d", w.Code)
		}
		if s := h.read(h.get(sala.Admin, place)); !strings.Contains(s.Text, "Waiting") {
			t.Errorf("the letter: %s", s.Text)
		}
	})
}

// Everybody says for themselves whether they get the weekly letter.
func TestDigestOfMe(t *testing.T) {
	each(t, func(h *office) {
		if w := h.post(sala.Translator, "/studio/me/letters", url.Values{"langs": {"th", "my"}}); w.Code != http.StatusSeeOther {
			t.Errorf("save: %d", w.Code)
		}
		id, err := h.userID(sala.Translator)
		if err != nil {
			t.Fatal(err)
		}
		u, err := h.accounts.User(t.Context(), sala.Machine("test"), id)
		if err != nil || u.Digest || len(u.Langs) != 2 {
			t.Errorf("the user is %+v, %v", u, err)
		}
		if w := h.post(sala.Translator, "/studio/me/letters", url.Values{"langs": {"<script>"}}); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("no language: %d", w.Code)
		}
	})
}
