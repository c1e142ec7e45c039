package studio

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/web"
	"sala/letters"
)

// Whoever comes by a link has no session and no cookie: the token stands in
// the address, and hush takes it out of the request before anything is
// matched, answered or logged. Pages of the studio send no Referer.

const guestRoom = "/studio/t/"

type guestToken struct{}

// hush hides the secrets of a guest's address from whatever comes after: a
// token, and where a member sends or signs something the key of their receipt.
func hush(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if rest, ok := strings.CutPrefix(r.URL.Path, guestRoom); ok {
			token, rest, more := strings.Cut(rest, "/")
			path := guestRoom + "-"
			if more {
				path += "/" + rest
			}
			r = r.WithContext(context.WithValue(r.Context(), guestToken{}, token))
			u := *r.URL
			u.Path, u.RawPath = path, ""
			r.URL, r.RequestURI = &u, u.RequestURI()
		} else if room, rest, ok := membersRoom(r.URL.Path); ok {
			token, key, more := strings.Cut(rest, "/")
			path := room + "-"
			if more {
				path += "/-"
			}
			r = r.WithContext(context.WithValue(r.Context(), guestToken{}, senderSecrets{token, key}))
			u := *r.URL
			u.Path, u.RawPath = path, ""
			r.URL, r.RequestURI = &u, u.RequestURI()
		}
		next.ServeHTTP(w, r)
	})
}

// membersRoom parts the address of a page that members come to by a link.
func membersRoom(path string) (room, rest string, ok bool) {
	for _, room := range []string{sendersRoom, signersRoom} {
		if rest, ok := strings.CutPrefix(path, room); ok {
			return room, rest, true
		}
	}
	return "", "", false
}

// errEnded: a link that is unknown, over or revoked; nobody learns which.
var errEnded = errors.New("the link leads nowhere")

// guestDesk is the table of somebody who came by a link. They are nobody else
// here, even if they have signed in.
func (s *Studio) guestDesk(v *visit) (table, error) {
	v.user, v.session = account.User{}, account.Session{}
	v.lang = s.choose(v)
	token, _ := v.ctx().Value(guestToken{}).(string)
	if token == "" {
		return table{}, errEnded
	}
	by, err := s.Archive.Guest(v.ctx(), token)
	if errors.Is(err, sala.ErrNotFound) {
		return table{}, errEnded
	} else if err != nil {
		return table{}, err
	}
	t, err := s.Archive.Translation(v.ctx(), by, by.Only)
	if err != nil {
		return table{}, err
	}
	return table{by: by, base: guestRoom + token, work: t.Edition.Work, edition: t.Edition.ID, lang: t.Edition.Lang}, nil
}

// atGuestDesk serves a guest.
func atGuestDesk(f func(*Studio, *visit, table) (*web.Reply, error)) func(*Studio, *visit) (*web.Reply, error) {
	return func(s *Studio, v *visit) (*web.Reply, error) {
		d, err := s.guestDesk(v)
		if err != nil {
			return nil, err
		}
		return f(s, v, d)
	}
}

// guestPage serves GET /studio/t/{token}.
func (s *Studio) guestPage(v *visit, d table) (*web.Reply, error) {
	return s.showTranslation(v, d, retyped{})
}

// guestFile serves GET /studio/t/{token}/{file}.
func (s *Studio) guestFile(v *visit, d table) (*web.Reply, error) {
	kind, ok := strings.CutPrefix(v.PathValue("file"), "translation.")
	if !ok {
		return nil, sala.ErrNotFound
	}
	return s.translationFile(v, d, kind)
}

// inviteTranslator serves POST /studio/translate/{id}/{lang}/links. The
// link is shown in answer, this once: only its hash is kept.
func (s *Studio) inviteTranslator(v *visit) (*web.Reply, error) {
	d, err := s.table(v)
	if err != nil {
		return nil, err
	}
	if d.edition == "" {
		return nil, sala.ErrNotFound
	}
	name, day := v.PostFormValue("name"), v.PostFormValue("until")
	until, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(day), v.set.Location())
	if err == nil {
		until = until.AddDate(0, 0, 1).Add(-time.Second).UTC() // the day counts whole, by the network's clocks
	} else {
		until = time.Time{}
	}
	address := strings.TrimSpace(v.PostFormValue("email"))
	var tell []func(context.Context, *db.Tx, archive.Link, string) error
	if address != "" {
		guest, err := s.guestOf(v, d, name, address)
		if err != nil {
			return nil, err
		}
		tell = append(tell, func(ctx context.Context, tx *db.Tx, l archive.Link, token string) error {
			return s.Letters.Translation(ctx, tx, d.by, guest, token, l.Until)
		})
	}
	_, token, err := s.Archive.Invite(v.ctx(), d.by, d.edition, name, until, tell...)
	if err != nil {
		return s.showTranslation(v, d, retyped{wrong: err, more: func(t *translatePage) { t.LinkName, t.LinkUntil, t.LinkEmail = name, day, address }})
	}
	return s.showTranslation(v, d, retyped{more: func(t *translatePage) {
		if address != "" && s.Letters.Sends() {
			t.LinkPosted = address
			return
		}
		t.Link, t.LinkFor, t.LinkWaits = s.base(v.Request)+guestRoom+token, name, address != ""
	}})
}

// guestOf is whom the letter with a link goes to.
func (s *Studio) guestOf(v *visit, d table, name, address string) (letters.Guest, error) {
	t, err := s.Archive.Translation(v.ctx(), d.by, d.edition)
	if err != nil {
		return letters.Guest{}, err
	}
	g := letters.Guest{Email: address, Name: name, Lang: d.lang, Title: t.Text.Title, Path: guestRoom}
	if t.Source.ID != "" {
		g.Title = t.Now.Title
	}
	return g, nil
}

// revokeTranslator serves POST …/links/{link}/revoke.
func (s *Studio) revokeTranslator(v *visit) (*web.Reply, error) {
	d, err := s.table(v)
	if err != nil {
		return nil, err
	}
	links, err := s.Archive.Links(v.ctx(), d.by, d.edition)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if l.ID == sala.ID(v.PathValue("link")) {
			if err := s.Archive.Revoke(v.ctx(), d.by, l.ID); err != nil {
				return nil, err
			}
			return v.done(d.base, "studio.tr_link_gone")
		}
	}
	return nil, sala.ErrNotFound
}

// over reports whether a link does not work any more.
func (t translatePage) over(l archive.Link) bool {
	return !l.Revoked.IsZero() || !l.Until.After(t.now())
}
