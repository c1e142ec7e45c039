package site

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/event"
	"sala/internal/bearer"
	"sala/internal/i18n"
	"sala/internal/web"
)

// Somebody who is invited answers without an account: no session, no cookie,
// no script. They answer on the page of the event, or by the link they were
// sent; the answer has an address of its own. What an address holds as a
// secret is taken out of the request before anything else sees it, so no log
// can hold it.
//
// There is nothing that another site could make a browser send: whoever has no
// secret can do no more than the other site itself. So no answer asks where a
// form comes from, which old telephones do not say.

// A way is how somebody comes to answer.
type way struct {
	slug   string
	to     string // "reply", or "invited" by a link
	secret string // the token of the link or the key of the reply, "" for neither
}

type wayKey struct{}

// longestReply bounds what a form may send, in bytes: much more than a reply
// may have, so that what is too long is told by its field.
const longestReply = 4 << 20

// replies answers what belongs to a reply, and hands on everything else.
func (s *Site) replies(next http.Handler) http.Handler {
	answer := s.server.Private(func(r *http.Request) (*web.Reply, error) {
		reply, err := s.reply(r)
		if err != nil {
			return nil, err
		}
		return s.veil(r, fallback(reply))
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if len(parts) < 4 || len(parts) > 5 || parts[1] != "events" || parts[3] != "reply" && parts[3] != "invited" {
			next.ServeHTTP(w, r)
			return
		}
		come := way{slug: parts[2], to: parts[3]}
		if len(parts) == 5 {
			come.secret, parts[4] = parts[4], "-"
		}
		r = r.WithContext(context.WithValue(r.Context(), wayKey{}, come))
		u := *r.URL
		u.Path, u.RawPath = "/"+strings.Join(parts, "/"), ""
		r.URL, r.RequestURI = &u, u.RequestURI()
		answer.ServeHTTP(w, r)
	})
}

// replyPage is what answerView shows.
type replyPage struct {
	*page
	Event   event.Event
	Called  string // the event, "" if it is not public
	In      sala.Lang
	When    string
	Hours   string
	Place   string
	Rules   event.ReplyRules
	Takes   bool // a form is there to fill in
	Full    bool
	Until   string
	Deleted string // the day on which it is
	Key     string
	Action  string // where the form goes
	Reply   event.Reply
	Kept    bool   // Reply is stored
	Said    string // key of a sentence that stands for everything else
	Wrong   sala.Invalid
	Spoken  []sala.Lang // into which interpretation can be asked for
}

// reply serves /{lang}/events/{slug}/reply, …/reply/{key} and
// …/invited/{token}.
func (s *Site) reply(r *http.Request) (*web.Reply, error) {
	come, _ := r.Context().Value(wayKey{}).(way)
	set, err := s.Network.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	lang := sala.Lang(first)
	if !slices.Contains(set.Langs, lang) || come.to == "invited" && come.secret == "" {
		return nil, sala.ErrNotFound
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
	default:
		return &web.Reply{Status: http.StatusMethodNotAllowed, Type: "text/plain; charset=utf-8", Body: []byte("method not allowed\n"), Header: http.Header{"Allow": {"GET, HEAD, POST"}}}, nil
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	p.Title, p.Section = p.T("reply.title"), "events"
	v := &replyPage{page: p}
	if come.to == "reply" && come.secret != "" {
		return s.answered(r, v, come.secret)
	}
	return s.takeReply(r, v, come)
}

// about fills what the page says of the event.
func (s *Site) about(r *http.Request, v *replyPage, e event.Event, at string) error {
	p := v.page
	var err error
	if v.Rules, err = s.Events.ReplyRules(r.Context(), e.ID); err != nil {
		return err
	}
	v.Event, v.Takes, v.Action = e, v.Rules.Takes(e, s.DB.Now()), "/"+string(p.Want)+at
	p.everyLang(at)
	p.Path, p.Alternates = "", nil // it is no page to be found
	v.Until, v.Deleted = p.closing(v.Rules, e), p.Date(v.Rules.Forgets(e))
	if e.State != event.Public {
		return nil
	}
	seen, err := s.see(r.Context(), e)
	if err != nil {
		return err
	}
	e = seen.Events[0]
	v.Event = e
	v.Called, v.In = e.Title.In(p.Want, p.set.Default)
	v.When, v.Hours, v.Place = p.when(e), hours(e.Start, e.End), p.place(e)
	for _, l := range slices.Concat(e.Interpreted, e.Spoken, p.set.Langs) {
		if !slices.Contains(v.Spoken, l) {
			v.Spoken = append(v.Spoken, l)
		}
	}
	p.trail = []item{{Href: "/" + string(p.Want) + "/events/", Label: p.T("event.title"), Lang: p.Lang}, {Href: towardsEvent(e, p.Want, p.set), Label: v.Called, Lang: v.In}}
	v.Full, err = s.Events.Full(r.Context(), e.ID, v.Rules)
	return err
}

// closing is until when replies are taken, in words.
func (p *page) closing(r event.ReplyRules, e event.Event) string {
	closes := r.Closes(e)
	if closes.Hour() == 0 && closes.Minute() == 0 {
		return p.T("reply.end_of", "date", p.Date(sala.DayOf(closes.Add(-time.Second))))
	}
	return p.Date(sala.DayOf(closes)) + ", " + closes.Format("15:04") + " " + e.Zone
}

// takeReply serves the form by which somebody replies.
func (s *Site) takeReply(r *http.Request, v *replyPage, come way) (*web.Reply, error) {
	ctx := r.Context()
	e, _, err := s.Events.BySlug(ctx, come.slug)
	if err != nil {
		return nil, err
	}
	at, token := "/events/"+url.PathEscape(e.Slug)+"/reply", ""
	if come.to == "invited" {
		at, token = "/events/"+url.PathEscape(e.Slug)+"/invited/"+url.PathEscape(come.secret), come.secret
	}
	if err := s.about(r, v, e, at); err != nil {
		return nil, err
	}
	invited := token == ""
	if token != "" {
		to, err := s.Events.Invited(ctx, token)
		if err != nil && !errors.Is(err, sala.ErrNotFound) {
			return nil, err
		}
		invited = err == nil && to.ID == e.ID
	}
	switch {
	case !invited:
		return s.said(r, v, "reply.link_gone", http.StatusNotFound)
	case !v.Takes:
		return s.said(r, v, "reply.closed", http.StatusOK)
	case v.Rules.Invited && token == "":
		return s.said(r, v, "reply.invited", http.StatusOK)
	}
	if r.Method != http.MethodPost {
		v.Key = bearer.New()
		return v.shown(r, nil)
	}
	if v.Key, v.Reply, err = sent(r); err == nil {
		err = s.Events.Reply(ctx, e.ID, token, v.Key, v.Reply)
	}
	if err == nil {
		return web.Redirect(http.StatusSeeOther, "/"+string(v.Want)+"/events/"+url.PathEscape(e.Slug)+"/reply/"+url.PathEscape(v.Key)), nil
	}
	if bad, ok := errors.AsType[sala.Invalid](err); v.Key == "" || ok && bad[0].Key == "reply.form_bad" {
		v.Key = bearer.New() // what was typed goes with another
	}
	return v.shown(r, err)
}

// answered serves the address of a reply: what it says, a form to change it,
// and one to withdraw it.
func (s *Site) answered(r *http.Request, v *replyPage, key string) (*web.Reply, error) {
	ctx := r.Context()
	reply, e, err := s.Events.Replied(ctx, key)
	if errors.Is(err, sala.ErrNotFound) {
		return s.said(r, v, "reply.gone", http.StatusNotFound)
	} else if err != nil {
		return nil, err
	}
	at := "/events/" + url.PathEscape(e.Slug) + "/reply/" + url.PathEscape(key)
	if err := s.about(r, v, e, at); err != nil {
		return nil, err
	}
	v.Title, v.Kept, v.Reply = v.T("reply.yours"), true, reply
	if r.Method != http.MethodPost {
		return v.shown(r, nil)
	}
	_, said, err := sent(r)
	if err == nil && r.PostForm.Get("do") == "withdraw" {
		if err := s.Events.WithdrawReply(ctx, key); err != nil && !errors.Is(err, sala.ErrNotFound) {
			return nil, err
		}
		return s.said(r, v, "reply.withdrawn", http.StatusOK)
	}
	if err == nil {
		err = s.Events.ChangeReply(ctx, key, said)
	}
	switch {
	case err == nil:
		return web.Redirect(http.StatusSeeOther, v.Action), nil
	case errors.Is(err, sala.ErrNotFound): // withdrawn just now
		return s.said(r, v, "reply.gone", http.StatusNotFound)
	}
	said.Waiting, v.Reply = reply.Waiting, said
	return v.shown(r, err)
}

// sent reads a form.
func sent(r *http.Request) (key string, reply event.Reply, err error) {
	r.Body = http.MaxBytesReader(nil, r.Body, longestReply)
	if err := r.ParseForm(); err != nil {
		return "", reply, sala.Invalid{{Field: "form", Key: "reply.too_big", Text: "what was sent cannot be read"}}
	}
	f := r.PostForm
	return f.Get("key"), event.Reply{
		Answer: event.Answer(f.Get("answer")), Name: f.Get("name"), Organisation: f.Get("organisation"), Office: f.Get("office"), Country: f.Get("country"),
		Contact: f.Get("contact"), Lang: sala.Lang(f.Get("lang")), Needs: f.Get("needs"), Word: f.Get("word"),
	}, nil
}

// said answers with one sentence in place of a form.
func (s *Site) said(r *http.Request, v *replyPage, key string, status int) (*web.Reply, error) {
	v.Said = key
	if len(v.Switch) == 0 { // it is not known which event it was
		v.everyLang("/events/")
		v.Path, v.Alternates = "", nil
	}
	reply, err := v.shown(r, nil)
	if err == nil {
		reply.Status = status
	}
	return reply, err
}

// shown answers with the page; what is wrong stands above the form.
func (v *replyPage) shown(r *http.Request, wrong error) (*web.Reply, error) {
	if bad, ok := errors.AsType[sala.Invalid](wrong); ok {
		v.Wrong, wrong = bad, nil
	}
	if wrong != nil {
		return nil, wrong
	}
	reply, err := v.show(r.Context(), answerView(v))
	if err != nil {
		return nil, err
	}
	reply.Keep = false
	if v.Wrong != nil {
		reply.Status = http.StatusUnprocessableEntity
	}
	return reply, nil
}

// Fault is what is wrong with a field, "" if nothing is.
func (v *replyPage) Fault(field string) string {
	for _, f := range v.Wrong {
		if f.Field == field {
			return v.fault(f)
		}
	}
	return ""
}

func (v *replyPage) fault(f sala.FieldError) string {
	switch f.Key {
	case "reply.closed", "reply.link_gone", "reply.form_bad", "reply.too_big", "reply.too_many":
		return v.T(f.Key)
	}
	return v.T(f.Key, "field", v.T("reply.field_"+f.Field), "n", event.ReplyLimit(f.Field))
}

// countries are what the form offers.
func (v *replyPage) countries() []i18n.Named { return i18n.Countries(v.Lang) }
