package studio

import (
	"errors"
	"net/http"
	"time"

	"sala"
	"sala/internal/web"
	"sala/studio/editor"
)

// zawgyi serves POST /studio/zawgyi, which the writing surface asks about
// what was pasted into it.
func (s *Studio) zawgyi(v *visit) (*web.Reply, error) {
	reply, err := editor.Zawgyi(v.Request)
	bad, ok := errors.AsType[sala.Invalid](err)
	if !ok {
		return reply, err
	}
	p := &page{visit: v}
	reply, err = web.JSON(map[string]string{"message": p.fault(bad[0])})
	if err != nil {
		return nil, err
	}
	reply.Status, reply.Keep = http.StatusUnprocessableEntity, false
	return reply, nil
}

// writing is what the writing surface has to know of the page it is mounted
// in, for a text in a language: see writingView. label names the text; draft
// is where its working copy is saved to and from what state, "" and nil where
// nothing is saved by itself.
func (p *page) writing(lang sala.Lang, label, draft string, from *editor.DraftState) editor.Settings {
	set := editor.Settings{
		Messages: editor.Messages(p.studio.words, p.lang), Endpoints: editor.NewEndpoints(draft),
		Lang: lang, UI: p.lang, Label: label, SignIn: "/studio/signin", Draft: from,
		Languages: [][2]string{},
	}
	for _, l := range p.set.Langs {
		set.Languages = append(set.Languages, [2]string{string(l), p.Named(l)})
	}
	return set
}

// moment is a time as scripts read it, "" for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
