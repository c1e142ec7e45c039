package site

import (
	"errors"
	"net/http"

	"sala"
	"sala/archive"
	"sala/internal/i18n"
	"sala/internal/richtext"
)

// A translated says what a text was translated from.
type translated struct {
	From  string // "English, version 2"
	Stale []string
	// Passages lead to what has changed in the source; Source to its beginning.
	Passages []item
	Source   item
	Here     string            // says of a passage of this text that its source has changed
	marks    map[string]string // anchors of this text, and where their source stands
}

// mostPassages is how many changed passages are linked one by one. Of a text
// that changed more, only the whole is.
const mostPassages = 20

// source fills in what a translation was made from, and, if that has changed
// since, where. An old version of a text says nothing of this: it is not the
// one that is kept up to date.
func (s *Site) source(r *http.Request, v *workPage) error {
	ctx, p, e := r.Context(), v.page, v.Edition
	if e.Source == "" || v.Old != nil {
		return nil
	}
	b, err := s.Archive.Basis(ctx, e.ID)
	if errors.Is(err, sala.ErrNotFound) { // the source is not public, or not any more
		return nil
	}
	if err != nil {
		return err
	}
	lang := p.Named(b.Source.Lang)
	v.From = &translated{From: lang}
	if b.Version > 0 {
		v.From.From = p.T("work.source_version", "lang", lang, "number", p.Number(b.Version))
	}
	v.From.Source = item{Href: towards(b.Source, p.Want), Label: p.T("work.read_source", "lang", lang)}
	if e.Stale == 0 {
		return nil
	}
	st, err := s.Archive.Staleness(ctx, e.ID)
	if err != nil {
		return err
	}
	return s.stale(r, v, st)
}

func (s *Site) stale(r *http.Request, v *workPage, st archive.Staleness) error {
	p, from := v.page, v.From
	lang, date := p.Named(st.Source.Lang), i18n.Moment(p.Lang, v.Edition.Changed)
	if n := len(st.Passages); n > 0 {
		from.Stale = append(from.Stale, p.T("work.stale", "n", n, "lang", lang, "date", date))
	}
	if st.Title {
		from.Stale = append(from.Stale, p.T("work.stale_title", "lang", lang, "date", date))
	}
	texts, err := s.Archive.Texts(r.Context(), []sala.ID{st.Source.ID})
	if err != nil {
		return err
	}
	there, here := texts[st.Source.ID].Anchors(), v.Edition.Body.Anchors()
	// A mark is read as a part of the text, so it is in the text's language.
	own := v.Edition.Lang
	from.Here, _ = p.In(own, "work.stale_here", "lang", i18n.LangName(own, st.Source.Lang))
	linked := map[string]bool{}
	from.marks = map[string]string{}
	for _, passage := range st.Passages {
		href := from.Source.Href
		if at := there[passage.Block]; at != "" && passage.Op != richtext.Removed {
			href += "#p-" + at
			if !linked[at] {
				linked[at] = true
				n := len(from.Passages) + 1
				from.Passages = append(from.Passages, item{Href: href, Label: p.T("work.stale_passage", "number", p.Number(n), "lang", lang)})
			}
		}
		// What is only guessed is not marked: a wrong mark would be worse.
		if at := here[passage.Target]; at != "" && passage.Ground != richtext.ByGuess {
			if from.marks[at] == "" {
				from.marks[at] = href
			}
		}
	}
	if len(from.Passages) > mostPassages {
		from.Passages = nil
	}
	return nil
}

// count is the number of a link in a row of them, as it is shown.
func (p *page) count(i int) string { return i18n.Number(p.Lang, i+1) }
