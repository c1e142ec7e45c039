package site

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"sala"
	"sala/directory"
	"sala/internal/cover"
	"sala/internal/web"
)

// veil covers the names of protected people in a finished answer, whatever
// made it: the text of a work, an old version, a feed, a table, a calendar,
// the description in a page's head. Every answer of the door passes here, so
// no page, and no form that is added later, has to think of it. One in a form
// whose words cannot be read is an error as long as anybody is protected,
// unless whoever made it says that they have seen to it.
func (s *Site) veil(r *http.Request, reply *web.Reply) (*web.Reply, error) {
	if reply == nil || reply.Status >= 300 && reply.Status < 400 {
		return reply, nil
	}
	lang, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	lang = cmp.Or(string(reply.Lang), lang)
	covered := func(ctx context.Context, body []byte) ([]byte, error) {
		v, err := s.who.Veil(ctx)
		if err != nil {
			return nil, err
		}
		if v.Empty() || reply.Covered {
			return cover.Bare(body), nil
		}
		return cover.Answer(reply.Type, body, lang, finder(v))
	}
	reply.Through(func(ctx context.Context, piece []byte) ([]byte, error) {
		return covered(ctx, inEnglish(reply.Type, piece))
	})
	if len(reply.Body) == 0 {
		return reply, nil
	}
	body, err := covered(r.Context(), reply.Body)
	if err != nil {
		return nil, err
	}
	reply.Body = body
	return reply, nil
}

// finder lets a veil look through one answer after another.
func finder(v *directory.Veil) cover.Finder {
	known := map[string]sala.Lang{} // a page has few languages and many texts
	return func(text, lang string) []cover.Patch {
		in, ok := known[lang]
		if !ok {
			var err error
			if in, err = sala.ParseLang(lang); err != nil { // the answer is in no language of its own
				in = sala.English
			}
			known[lang] = in
		}
		var patches []cover.Patch
		for _, c := range v.Covers(text, in) {
			patches = append(patches, cover.Patch{From: c.From, To: c.To, Text: c.Text})
		}
		return patches
	}
}
