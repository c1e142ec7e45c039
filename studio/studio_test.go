package studio_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sala"
	"sala/account"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/network"
	"sala/studio"
)

const good = "lantern river seven boats"

// A house is one studio being served.
type house struct {
	account *account.Store
	network *network.Store
	db      *db.DB
	server  *httptest.Server
}

func open(t testing.TB, d *db.DB) *house {
	t.Helper()
	c, _ := stores(t, d)
	c.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	h := &house{account: c.Account, network: c.Network, db: d}
	s, err := studio.New(c)
	if err != nil {
		t.Fatal(err)
	}
	h.server = httptest.NewServer(s.Handler())
	t.Cleanup(h.server.Close)
	return h
}

// user adds somebody who signs in by the password good.
func (h *house) user(t testing.TB, email string, role sala.Role) account.User {
	t.Helper()
	_, code, err := h.account.Invite(t.Context(), sala.Machine("test"), email, "", role, "en")
	if err != nil {
		t.Fatal(err)
	}
	u, err := h.account.Accept(t.Context(), code, "", "en", account.WayIn{Password: good}, "")
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// A browser keeps its cookies and follows no redirect.
type browser struct {
	*http.Client
	base string
}

func (h *house) browser(t testing.TB) browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return browser{&http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, h.server.URL}
}

type answer struct {
	status int
	body   string
	header http.Header
}

func (b browser) do(t testing.TB, method, path string, form url.Values, headers ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, b.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", b.base)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := b.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, string(body), resp.Header}
}

func (b browser) signIn(t testing.TB, email string) {
	t.Helper()
	a := b.do(t, "POST", "/studio/signin", url.Values{"email": {email}, "password": {good}})
	if a.status != http.StatusSeeOther || a.header.Get("Location") != "/studio/" {
		t.Fatalf("sign in %s: %d %s", email, a.status, a.body)
	}
	c := a.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/studio/"} {
		if !strings.Contains(c, want) {
			t.Errorf("the cookie %q lacks %s", c, want)
		}
	}
}

// TestEveryRoute asks every route of the table as every role, and as one who
// is not signed in: what is forbidden answers exactly as what does not exist.
func TestEveryRoute(t *testing.T) {
	h := open(t, dbtest.SQLite(t))
	h.user(t, "boss@example.org", sala.Admin)
	lost := ""
	for role := sala.Contributor; role <= sala.Admin; role++ {
		h.user(t, role.String()+"@example.org", role)
		b := h.browser(t)
		b.signIn(t, role.String()+"@example.org")
		a := b.do(t, "GET", "/studio/no-such-page", nil)
		if a.status != http.StatusNotFound {
			t.Fatalf("an unknown page: %d", a.status)
		}
		lost = h1(a.body)
		for _, rt := range studio.Table() {
			if strings.Contains(rt.Pattern, "signout") || strings.Contains(rt.Pattern, "sessions") {
				continue // they end the session that asks; TestSignOut
			}
			method, path, _ := strings.Cut(rt.Pattern, " ")
			path = strings.NewReplacer("{$}", "", "{id}", string(sala.NewID()), "{lang}", "en").Replace(path)
			names := strings.Contains(strings.ReplaceAll(rt.Pattern, "{$}", ""), "{") // a thing, and there is none of that name
			a := b.do(t, method, path, url.Values{})
			switch {
			case rt.Action != "" && !role.May(rt.Action):
				if a.status != http.StatusNotFound || h1(a.body) != lost {
					t.Errorf("%s as %s: %d %q, want it to be lost", rt.Pattern, role, a.status, h1(a.body))
				}
			case a.status >= 500:
				t.Errorf("%s as %s: %d", rt.Pattern, role, a.status)
			case method == "GET" && names && a.status == http.StatusNotFound && (h1(a.body) == lost || strings.HasPrefix(a.body, "{")): // there is nothing of that name
			case method == "GET" && rt.Action != "" && a.status != http.StatusOK:
				t.Errorf("%s as %s: %d", rt.Pattern, role, a.status)
			}
			if got := a.header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("%s: Cache-Control %q", rt.Pattern, got)
			}
			if got := a.header.Get("Content-Security-Policy"); !strings.Contains(got, "frame-ancestors 'none'") || strings.Contains(got, "unsafe") || strings.Contains(got, "script-src 'self'") {
				t.Errorf("%s: the policy is %q", rt.Pattern, got)
			}
		}
	}
	b := h.browser(t)
	for _, rt := range studio.Table() {
		method, path, _ := strings.Cut(rt.Pattern, " ")
		path = strings.NewReplacer("{$}", "", "{id}", string(sala.NewID()), "{lang}", "en").Replace(path)
		a := b.do(t, method, path, url.Values{})
		if rt.Action != "" && (a.status != http.StatusSeeOther || !strings.HasPrefix(a.header.Get("Location"), "/studio/signin")) {
			t.Errorf("%s without signing in: %d", rt.Pattern, a.status)
		}
		if a.header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie on one who is not signed in", rt.Pattern)
		}
	}
}

var heading = regexp.MustCompile(`<h1>(.*?)</h1>`)

func h1(body string) string {
	if m := heading.FindStringSubmatch(body); m != nil {
		return m[1]
	}
	return ""
}

func TestForged(t *testing.T) {
	h := open(t, dbtest.SQLite(t))
	h.user(t, "ana@example.org", sala.Admin)
	b := h.browser(t)
	b.signIn(t, "ana@example.org")
	for _, headers := range [][]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}} {
		a := b.do(t, "POST", "/studio/me", url.Values{"name": {"Mallory"}, "lang": {"en"}}, headers...)
		if a.status != http.StatusForbidden || !strings.Contains(a.body, "came from another site") {
			t.Errorf("%v: %d", headers, a.status)
		}
	}
	if a := b.do(t, "GET", "/studio/me", nil); strings.Contains(a.body, "Mallory") {
		t.Error("a forged form was obeyed")
	}
}

func TestSignOut(t *testing.T) {
	h := open(t, dbtest.SQLite(t))
	h.user(t, "ana@example.org", sala.Editor)
	phone, desk := h.browser(t), h.browser(t)
	phone.signIn(t, "ana@example.org")
	desk.signIn(t, "ana@example.org")
	if a := desk.do(t, "POST", "/studio/me/sessions/end", nil); a.status != http.StatusSeeOther {
		t.Fatalf("end other sessions: %d", a.status)
	}
	if a := phone.do(t, "GET", "/studio/", nil); a.status != http.StatusSeeOther {
		t.Errorf("the other session after: %d", a.status)
	}
	if a := desk.do(t, "GET", "/studio/me", nil); a.status != 200 || !strings.Contains(a.body, "All other devices are signed out") {
		t.Errorf("this session after: %d", a.status)
	}
	a := desk.do(t, "POST", "/studio/signout", nil)
	if a.status != http.StatusSeeOther || !strings.Contains(a.header.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("sign out: %d %s", a.status, a.header.Get("Set-Cookie"))
	}
	if a := desk.do(t, "GET", "/studio/me", nil); a.header.Get("Location") != "/studio/signin?next=%2Fstudio%2Fme" {
		t.Errorf("after signing out: %d %s", a.status, a.header.Get("Location"))
	}
}

// A form that must be corrected comes back with what was typed.
func TestFormComesBack(t *testing.T) {
	h := open(t, dbtest.SQLite(t))
	h.user(t, "boss@example.org", sala.Admin)
	b := h.browser(t)
	b.signIn(t, "boss@example.org")
	a := b.do(t, "POST", "/studio/people", url.Values{"email": {"not an address <b>"}, "name": {"Ana"}, "role": {"translator"}})
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `value="not an address &lt;b&gt;"`) || !strings.Contains(a.body, `value="translator" selected`) || !strings.Contains(a.body, `aria-invalid="true"`) {
		t.Errorf("a bad invitation: %d", a.status)
	}
	a = b.do(t, "POST", "/studio/people", url.Values{"email": {"ana@example.org"}, "name": {"Ana"}, "role": {"translator"}})
	link := regexp.MustCompile(`http[^<]+/studio/link\?code=[a-z0-9-]+`).FindString(a.body)
	if a.status != 200 || link == "" {
		t.Fatalf("an invitation: %d", a.status)
	}
	ana := h.browser(t)
	path := strings.TrimPrefix(link, h.server.URL)
	if a := ana.do(t, "GET", path, nil); a.status != 200 || !strings.Contains(a.body, "ana@example.org") {
		t.Errorf("the link: %d", a.status)
	}
	form := url.Values{"code": {strings.TrimPrefix(path, "/studio/link?code=")}, "name": {"Ana"}, "lang": {"th"}, "password": {"short"}}
	if a := ana.do(t, "POST", "/studio/link", form); a.status != 422 {
		t.Errorf("a short password: %d", a.status)
	}
	form.Set("password", good)
	if a := ana.do(t, "POST", "/studio/link", form); a.status != http.StatusSeeOther {
		t.Errorf("a good password: %d %s", a.status, a.body)
	}
	if a := ana.do(t, "GET", "/studio/", nil); a.status != 200 || !strings.Contains(a.body, `<html lang="th">`) || !strings.Contains(strings.ReplaceAll(a.body, "<wbr>", ""), "ผู้แปล") {
		t.Errorf("the first page: %d", a.status)
	}
	if a := ana.do(t, "GET", path, nil); a.status != 404 {
		t.Errorf("the link again: %d", a.status)
	}
}

func TestSetUp(t *testing.T) {
	h := open(t, dbtest.SQLite(t))
	b := h.browser(t)
	if a := b.do(t, "GET", "/studio/", nil); a.header.Get("Location") != "/studio/setup" {
		t.Errorf("a new house leads to %s", a.header.Get("Location"))
	}
	code, err := h.account.SetUpCode(t.Context(), sala.Machine("test"))
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{
		"code": {"guess"}, "offered": {"en", "th"}, "on-en": {"on"}, "name-en": {"Network of the River"}, "on-th": {"on"}, "default": {"en"},
		"name": {"Ana"}, "email": {"ana@example.org"}, "lang": {"en"}, "password": {good},
	}
	if a := b.do(t, "POST", "/studio/setup", form); a.status != 422 || !strings.Contains(a.body, "Network of the River") {
		t.Errorf("a wrong code: %d", a.status)
	}
	form.Set("code", code)
	form.Set("password", "network of the river")
	if a := b.do(t, "POST", "/studio/setup", form); a.status != 422 {
		t.Errorf("the network's name as password: %d", a.status)
	}
	form.Set("password", good)
	if a := b.do(t, "POST", "/studio/setup", form); a.status != http.StatusSeeOther {
		t.Fatalf("set up: %d %s", a.status, a.body)
	}
	if a := b.do(t, "GET", "/studio/people", nil); a.status != 200 || !strings.Contains(a.body, "Network of the River") {
		t.Errorf("the admin's page: %d", a.status)
	}
	set, err := h.network.Settings(t.Context())
	if err != nil || len(set.Langs) != 2 || set.Name["en"] != "Network of the River" {
		t.Errorf("the settings: %+v, %v", set, err)
	}
	if a := h.browser(t).do(t, "GET", "/studio/setup", nil); a.status != 404 {
		t.Errorf("set up again: %d", a.status)
	}
	for _, path := range []string{"/studio/audit.csv", "/studio/audit.jsonl", "/studio/audit?what=signed_in&from=2020-01-01"} {
		if a := b.do(t, "GET", path, nil); a.status != 200 || !strings.Contains(a.body, "signed") {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	if a := b.do(t, "GET", "/studio/audit?from=yesterday", nil); a.status != 422 {
		t.Errorf("a bad day: %d", a.status)
	}
}

// Without the script's word for it nothing that a device keeps is deleted.
func TestSignOutForgets(t *testing.T) {
	h := open(t, dbtest.SQLite(t))
	h.user(t, "ana@example.org", sala.Contributor)
	for _, test := range []struct{ forget, want string }{{"", `"cache"`}, {"yes", `"cache", "storage"`}} {
		b := h.browser(t)
		b.signIn(t, "ana@example.org")
		a := b.do(t, "POST", "/studio/signout", map[string][]string{"forget": {test.forget}})
		if got := a.header.Get("Clear-Site-Data"); a.status != http.StatusSeeOther || got != test.want {
			t.Errorf("forget %q: %d %s, want %s", test.forget, a.status, got, test.want)
		}
	}
}

// Everybody switches shortcuts for themselves.
func TestKeysOff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.user(t, "ana@example.org", sala.Contributor)
		h.user(t, "bo@example.org", sala.Admin)
		ana, bo := h.browser(t), h.browser(t)
		ana.signIn(t, "ana@example.org")
		bo.signIn(t, "bo@example.org")
		off := func(b browser) bool {
			return strings.Contains(b.do(t, "GET", "/studio/help", nil).body, "data-keys-off")
		}
		if a := ana.do(t, "POST", "/studio/me/keys", map[string][]string{}); a.status != http.StatusSeeOther || !off(ana) || off(bo) {
			t.Errorf("off: %d, %t, %t", a.status, off(ana), off(bo))
		}
		if a := ana.do(t, "POST", "/studio/me/keys", map[string][]string{"keys": {"on"}}); a.status != http.StatusSeeOther || off(ana) {
			t.Errorf("on: %d, %t", a.status, off(ana))
		}
		if err := h.account.SetKeys(t.Context(), sala.Actor{Role: sala.Reader}, true); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("nobody: %v", err)
		}
	})
}
