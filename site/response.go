package site

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"sala"
	"sala/internal/web"
	"sala/tracker"
)

// responsePage is what responseView shows: the form by which one who is asked
// answers.
type responsePage struct {
	*page
	Ask     item
	Words   string
	WordsIn sala.Lang
	To      []item // who is asked; Href is the value
	Typed   map[string]string
	Wrong   map[string]string // sentences, by field
	Sent    bool
	Action  string
}

// responseEnd is the last part of the address of the form.
const responseEnd = "reply"

func responsePath(lang sala.Lang, slug string) string { return askPath(lang, slug) + "/" + responseEnd }

// isResponse reports whether a request sends an answer.
func isResponse(r *http.Request) bool {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")
	return r.Method == http.MethodPost && len(parts) == 4 && parts[1] == "recommendations" && parts[3] == responseEnd
}

// responseForm serves GET /{lang}/recommendations/{slug}/reply.
func (s *Site) responseForm(r *http.Request, lang sala.Lang, slug string) (*web.Reply, error) {
	v, rec, err := s.responsePage(r, lang, slug)
	if err != nil {
		return nil, err
	}
	if rec.Slug != slug {
		return web.Redirect(http.StatusMovedPermanently, responsePath(lang, rec.Slug)), nil
	}
	v.Sent = r.URL.Query().Has("sent")
	return v.show(r.Context(), responseView(v))
}

func (s *Site) responsePage(r *http.Request, lang sala.Lang, slug string) (responsePage, tracker.Recommendation, error) {
	ctx := r.Context()
	rec, err := s.Tracker.Recommendation(ctx, slug)
	if err != nil {
		return responsePage{}, rec, err
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return responsePage{}, rec, err
	}
	var n needs
	n.recommendations(rec)
	t, err := s.teller(ctx, p, n)
	if err != nil {
		return responsePage{}, rec, err
	}
	row := t.row(rec, nil)
	v := responsePage{page: p, Ask: item{Href: row.Href, Label: row.Title, Lang: row.Lang}, Action: responsePath(p.Want, rec.Slug), Typed: map[string]string{"language": string(p.Want)}, Wrong: map[string]string{}}
	for i, party := range rec.Addressed {
		v.To = append(v.To, item{Href: string(party.ID), Label: row.Of[i].Label, Lang: row.Of[i].Lang})
	}
	v.Words, v.WordsIn = rec.Said(p.Want)
	p.Title, p.Heading, p.Section = p.T("response.title"), p.Lang, "recommendations"
	p.everyLang("/recommendations/" + url.PathEscape(rec.Slug) + "/" + responseEnd)
	p.Path, p.Alternates = "", nil // a form is nothing to be found
	p.trail = []item{{Href: recommendationsPath(p.Want), Label: p.T("tracker.title"), Lang: p.Lang}, v.Ask}
	return v, rec, nil
}

// responseFields are those of the form.
var responseFields = []string{"organisation", "name", "office", "contact", "words", "language"}

// response serves POST /{lang}/recommendations/{slug}/reply: what was typed waits
// for an editor, or stands in the form again beside what is wrong.
func (s *Site) response(r *http.Request) (*web.Reply, error) {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")
	set, err := s.Network.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	lang, slug := sala.Lang(parts[0]), parts[2]
	if nearest(lang, set.Langs) != lang {
		return nil, sala.ErrNotFound
	}
	v, rec, err := s.responsePage(r, lang, slug)
	if err != nil {
		return nil, err
	}
	const most = 200_000 // bytes: every letter may take nine
	body, err := io.ReadAll(io.LimitReader(r.Body, most))
	if err != nil {
		return nil, fmt.Errorf("read an answer: %w", err)
	}
	typed, _ := url.ParseQuery(string(body)) // what cannot be read is missing below
	for _, name := range responseFields {
		v.Typed[name] = strings.ReplaceAll(strings.ToValidUTF8(typed.Get(name), ""), "\x00", "")
	}
	err = s.Tracker.Receive(r.Context(), tracker.Answer{
		Recommendation: rec.ID, Party: sala.ID(v.Typed["organisation"]), Name: v.Typed["name"], Office: v.Typed["office"],
		Contact: v.Typed["contact"], Words: v.Typed["words"], Lang: sala.Lang(v.Typed["language"]),
	})
	var wrong sala.Invalid
	switch {
	case err == nil:
		return web.Redirect(http.StatusSeeOther, v.Action+"?sent"), nil
	case !errors.As(err, &wrong):
		return nil, err
	}
	for _, f := range wrong {
		v.Wrong[f.Field] = v.T(f.Key, "n", tracker.AnswerLetters)
	}
	reply, err := v.show(r.Context(), responseView(v))
	if err != nil {
		return nil, err
	}
	reply.Status, reply.Keep = http.StatusUnprocessableEntity, false
	return s.veil(r, fallback(reply))
}

// mark says of a field what is wrong with it.
func (v responsePage) mark(name string) templ.Attributes {
	out := templ.Attributes{}
	if v.Wrong[name] != "" {
		out["aria-invalid"], out["aria-describedby"] = "true", "wrong-"+name
	}
	return out
}
