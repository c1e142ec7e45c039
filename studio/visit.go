package studio

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"golang.org/x/text/language"

	"sala"
	"sala/account"
	"sala/internal/web"
	"sala/network"
)

// A visit is one request with who makes it.
type visit struct {
	*http.Request
	studio  *Studio
	set     network.Settings
	user    account.User    // zero for one who is not signed in
	session account.Session // theirs
	lang    sala.Lang       // of the words
}

// By is the visitor as stores know them.
func (v *visit) By() sala.Actor { return v.user.Actor() }

// ctx is the context of the request; the session is in it.
func (v *visit) ctx() context.Context { return v.Request.Context() }

// cookie is the name of the session's cookie.
const cookie = "sala_studio"

// longestForm bounds what a form may send; a route that takes files reads
// them by itself.
const longestForm = 4 << 20

// serve answers a route: it finds whose session it is, decides whether they
// may, and keeps what the handler changed of the session.
func (s *Studio) serve(rt route) web.Handler {
	return func(r *http.Request) (*web.Reply, error) {
		token := ""
		if c, err := r.Cookie(cookie); err == nil {
			token = c.Value
		}
		ctx, err := s.sessions.Load(r.Context(), token)
		if err != nil {
			return nil, fmt.Errorf("load the session: %w", err)
		}
		v := &visit{Request: r.WithContext(ctx), studio: s}
		reply, err := s.answer(v, rt)
		if err != nil {
			reply = s.failed(v, err)
		}
		if reply.Header == nil {
			reply.Header = http.Header{}
		}
		if reply.Header.Get("Content-Security-Policy") == "" { // a preview brings that of readers
			reply.Header.Set("Content-Security-Policy", s.policy(r))
		}
		if err := s.keep(v, reply); err != nil {
			return nil, err
		}
		return reply, nil
	}
}

func (s *Studio) answer(v *visit, rt route) (reply *web.Reply, err error) {
	if v.set, err = s.Network.Settings(v.ctx()); err != nil {
		return nil, err
	}
	v.user, v.session, err = s.Account.Visitor(v.ctx(), s.sessions)
	if err != nil && !errors.Is(err, sala.ErrNotFound) {
		return nil, err
	}
	v.lang = s.choose(v)
	if rt.action != open {
		if v.user.ID == "" {
			return s.turnedAway(v)
		}
		if !v.By().May(rt.action) {
			return nil, sala.ErrForbidden
		}
	}
	if v.Method == http.MethodPost && !strings.HasPrefix(v.Header.Get("Content-Type"), "multipart/") {
		v.Body = http.MaxBytesReader(nil, v.Body, longestForm)
		if err := v.ParseForm(); err != nil {
			return nil, errBadForm
		}
	}
	return rt.answer(s, v)
}

// errBadForm: what was sent is no form, or too long.
var errBadForm = errors.New("the form cannot be read")

// turnedAway sends one who is not signed in to the page that lets them in,
// and from there back to the page they asked for.
func (s *Studio) turnedAway(v *visit) (*web.Reply, error) {
	if empty, err := s.Account.Empty(v.ctx()); err != nil {
		return nil, err
	} else if empty {
		return web.Redirect(http.StatusSeeOther, "/studio/setup"), nil
	}
	next := "/studio/"
	if v.Method == http.MethodGet {
		next = v.URL.RequestURI()
	}
	return web.Redirect(http.StatusSeeOther, "/studio/signin?"+url.Values{"next": {next}}.Encode()), nil
}

// keep stores the session if the handler changed it and sets the cookie.
func (s *Studio) keep(v *visit, reply *web.Reply) error {
	c := http.Cookie{Name: cookie, Path: "/studio/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(s.base(v.Request), "https:")}
	switch s.sessions.Status(v.ctx()) {
	case scs.Modified:
		token, ends, err := s.sessions.Commit(v.ctx())
		if err != nil {
			return fmt.Errorf("keep the session: %w", err)
		}
		c.Value, c.Expires = token, ends
	case scs.Destroyed:
		c.MaxAge = -1
	default:
		return nil
	}
	reply.Header.Add("Set-Cookie", c.String())
	return nil
}

// base is scheme and host under which the studio is known.
func (s *Studio) base(r *http.Request) string {
	if s.URL != "" {
		return s.URL
	}
	return web.Origin(r)
}

// policy lets a page load the studio's own files and nothing else. Scripts
// and styles come from the folder of assets alone: a file that somebody has
// uploaded is no script here.
func (s *Studio) policy(r *http.Request) string {
	own := web.Origin(r) + "/studio/assets/"
	return "default-src 'none'; script-src " + own + "; style-src " + own + "; img-src 'self' data: blob:; media-src 'self'; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// choose is the language of the studio's words: the user's own, else the
// first of the browser's that has a catalogue.
func (s *Studio) choose(v *visit) sala.Lang {
	have := s.words.Langs()
	if slices.Contains(have, v.user.Lang) {
		return v.user.Lang
	}
	tags, _, err := language.ParseAcceptLanguage(v.Header.Get("Accept-Language"))
	if err == nil {
		for _, t := range tags {
			if l, err := sala.ParseLang(t.String()); err == nil && slices.Contains(have, l) {
				return l
			}
		}
	}
	if slices.Contains(have, v.set.Default) {
		return v.set.Default
	}
	return sala.English
}

// where says where a sign-in comes from.
func (v *visit) where() account.Visit {
	return account.Visit{Address: v.address(), Device: account.Device(v.UserAgent())}
}

// address is the network address of the visitor. Behind a proxy on the same
// machine or network it is the one that this proxy has seen, which is the
// last in the header; what a visitor writes in front of it does not count.
func (v *visit) address() string {
	host, _, err := net.SplitHostPort(v.RemoteAddr)
	if err != nil {
		return v.RemoteAddr
	}
	near, err := netip.ParseAddr(host)
	if err != nil || !near.IsLoopback() && !near.IsPrivate() {
		return host
	}
	if list := v.Header.Values("X-Forwarded-For"); len(list) > 0 {
		parts := strings.Split(list[len(list)-1], ",")
		if a, err := netip.ParseAddr(strings.TrimSpace(parts[len(parts)-1])); err == nil {
			return a.String()
		}
	}
	return host
}

// say puts one sentence on top of the next page.
func (v *visit) say(key string, args ...any) {
	text, _ := v.studio.words.Text(v.lang, key, args...)
	v.studio.sessions.Put(v.ctx(), "said", text)
}

// sayToo puts one more sentence there, behind what is to be said already.
func (v *visit) sayToo(key string) {
	text, _ := v.studio.words.Text(v.lang, key)
	said := v.studio.sessions.PopString(v.ctx(), "said")
	v.studio.sessions.Put(v.ctx(), "said", strings.TrimSpace(said+" "+text))
}

// done is the answer to a form that did what it should: the next page says so.
func (v *visit) done(address, key string, args ...any) (*web.Reply, error) {
	if v.user.ID != "" {
		v.say(key, args...)
	}
	return web.Redirect(http.StatusSeeOther, address), nil
}

// now is the present moment.
func (v *visit) now() time.Time { return v.studio.DB.Now() }
