package studio

import (
	"errors"
	"strings"

	"sala"
	"sala/internal/i18n"
	"sala/media"
	"sala/search"
)

// A found is one text that a link may lead to.
type found struct {
	Href  string    `json:"href"` // "sala:work/…"
	Title string    `json:"title"`
	Kind  string    `json:"kind"` // as it is read
	Lang  sala.Lang `json:"lang"`
	Date  string    `json:"date"` // as it is read, "" if none is stated
}

// findRows is how many things a search for the writing surface gives.
const findRows = 20

// find serves GET /studio/find?q=&lang=: public texts to link to, those in
// the language asked for first.
func (s *Studio) find(v *visit) (any, error) {
	list := []found{}
	q := strings.TrimSpace(v.URL.Query().Get("q"))
	if q == "" {
		return list, nil
	}
	answer, err := s.Search.Search(v.ctx(), search.Question{Text: q, Count: findRows})
	if errors.Is(err, search.ErrTooLong) {
		return nil, sala.Invalid{{Field: "q", Key: "search.too_long", Text: err.Error()}}
	}
	if err != nil {
		return nil, err
	}
	var ids []sala.ID
	for _, r := range answer.Results {
		ids = append(ids, r.Ref.ID)
	}
	works, err := s.Archive.WorksByID(v.ctx(), ids)
	if err != nil {
		return nil, err
	}
	want := v.URL.Query().Get("lang")
	p := &page{visit: v}
	var others []found
	for _, r := range answer.Results {
		w, ok := works[r.Ref.ID]
		if !ok { // withdrawn since it was found
			continue
		}
		f := found{Href: "sala:" + r.Ref.String(), Title: r.Title, Kind: p.T("kind." + string(w.Kind)), Lang: r.Lang}
		if !w.Listed.IsZero() {
			f.Date = i18n.Date(v.lang, w.Listed)
		}
		if want != "" && string(r.Lang) != want {
			others = append(others, f)
			continue
		}
		list = append(list, f)
	}
	return append(list, others...), nil
}

// findFiles serves GET /studio/media/find?q=&kind=picture|file.
func (s *Studio) findFiles(v *visit) (any, error) {
	q := v.URL.Query()
	files, err := s.Media.Library(v.ctx(), v.By(), media.Filter{
		Words: q.Get("q"), Pictures: q.Get("kind") == "picture", Plain: q.Get("kind") == "file", Limit: findRows,
	})
	if err != nil {
		return nil, err
	}
	list := make([]fileMade, len(files))
	for i, f := range files {
		list[i] = v.made(f)
	}
	return list, nil
}
