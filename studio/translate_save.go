package studio

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/richtext"
	"sala/internal/web"
	"sala/internal/xliff"
)

// saveTranslation serves POST /studio/translate/{id}/{lang}.
func (s *Studio) saveTranslation(v *visit) (*web.Reply, error) {
	d, err := s.table(v)
	if err != nil {
		return nil, err
	}
	return s.saveAt(v, d)
}

// saveAt keeps what was typed as a working copy, and goes on as the button
// says: it makes a revision, hands it in, or throws the copy away.
func (s *Studio) saveAt(v *visit, d table) (*web.Reply, error) {
	do := v.PostFormValue("do")
	if d.edition == "" || !slices.Contains([]string{"save", "finish", "submit", "discard"}, do) {
		return nil, errBadForm
	}
	if do == "discard" {
		if err := s.Archive.DiscardDraft(v.ctx(), d.by, d.edition); err != nil && !errors.Is(err, sala.ErrNotFound) {
			return nil, err
		}
		return d.done(v, "discarded")
	}
	b, err := s.bench(v, d)
	if err != nil {
		return nil, err
	}
	if b.Source.ID == "" {
		return nil, errBadForm
	}
	from, err := parseBase(v.PostFormValue("base"))
	if err != nil {
		return nil, err
	}
	a := retyped{typed: map[string]string{}, note: v.PostFormValue("note"), ticks: v.PostFormValue("uptodate") != ""}
	for _, w := range b.Wordings {
		if typed, there := v.PostForm["t"+w.ID]; there {
			a.typed[w.ID] = strings.ReplaceAll(typed[0], "\r\n", "\n")
		}
	}
	words, missing := b.changedBy(a.typed)
	text, flaws := b.take(words)
	text.Note = a.note
	a.flaws = flaws
	cp := archive.WorkingCopy{Text: text, After: from.After, Saved: from.Saved}
	finish := do != "save" && len(flaws) == 0
	switch {
	case finish && a.ticks && missing > 0:
		a.wrong = sala.Invalid{{Field: "uptodate", Key: "studio.tr_uptodate_missing", Text: "some segments are missing"}}
		finish = false
	case finish && strings.TrimSpace(text.Title) == "":
		a.wrong = sala.Invalid{{Field: "t" + titleID, Key: "studio.tr_title_missing", Text: "a title is needed"}}
		finish = false
	case finish && !a.ticks:
		cp.SourceRev = 0 // what it was made from stays
	}
	if cp.Saved, err = s.Archive.SaveDraft(v.ctx(), d.by, d.edition, cp); errors.Is(err, sala.ErrConflict) {
		return s.clash(v, d, a, nil)
	} else if err != nil {
		return nil, err
	}
	if !finish {
		if do == "save" && len(flaws) == 0 {
			return d.done(v, "saved")
		}
		// The right ones are kept; the wrong ones are shown as they were typed.
		for _, w := range b.Wordings {
			if !slices.ContainsFunc(flaws, func(f richtext.Flaw) bool { return f.Segment == w.ID }) {
				delete(a.typed, w.ID)
			}
		}
		return s.showTranslation(v, d, a)
	}
	if _, err = s.Archive.FinishDraft(v.ctx(), d.by, d.edition); err != nil {
		c, ok := errors.AsType[*archive.Conflict](err)
		if !ok {
			return nil, err
		}
		cp.SourceRev = b.Now.Number
		if _, err := s.Archive.SaveDraft(v.ctx(), d.by, d.edition, cp); err != nil {
			return nil, err
		}
		return s.clash(v, d, a, c)
	}
	if do == "finish" {
		return d.done(v, "finished")
	}
	now, err := s.Archive.Translation(v.ctx(), d.by, d.edition)
	if err != nil {
		return nil, err
	}
	if now.Edition.Stage != archive.InReview {
		if err := s.Archive.Submit(v.ctx(), d.by, d.edition, ""); err != nil {
			return nil, err
		}
	}
	return d.done(v, "submitted")
}

// changedBy returns the words of those segments that somebody typed anew, and
// how many segments say nothing after it.
func (b *bench) changedBy(typed map[string]string) (words map[string][]richtext.Fragment, missing int) {
	words = map[string][]richtext.Fragment{}
	for _, w := range b.Wordings {
		said := xliff.Text(w.Target)
		if text, there := typed[w.ID]; there {
			if text != said {
				words[w.ID] = xliff.Fragments(text)
			}
			said = text
		}
		if strings.TrimSpace(said) == "" && len(w.Source) > 0 && w.Source[0] != (richtext.Fragment{}) {
			missing++
		}
	}
	return words, missing
}

// clash shows what was typed beside what was stored first: a revision of
// somebody else's, or one's own copy from another window. Whoever saves again
// has seen both.
func (s *Studio) clash(v *visit, d table, a retyped, c *archive.Conflict) (*web.Reply, error) {
	if c != nil {
		a.other, a.who = &archive.Text{Title: c.Theirs.Title, Summary: c.Theirs.Summary, Body: c.Theirs.Body}, c.Theirs.By
		return s.showTranslation(v, d, a)
	}
	stored, err := s.Archive.Draft(v.ctx(), d.by, d.edition)
	if errors.Is(err, sala.ErrNotFound) { // it was made a revision, or thrown away
		now, err := s.Archive.NewestRevision(v.ctx(), d.by, d.edition)
		if err != nil {
			return nil, err
		}
		a.other, a.who = &archive.Text{Title: now.Title, Summary: now.Summary, Body: now.Body}, now.By
	} else if err != nil {
		return nil, err
	} else {
		a.other, a.who = &stored.Text, d.by.Name
	}
	if a.who == "" {
		a.who = d.by.Name
	}
	return s.showTranslation(v, d, a)
}

// done goes back to the screen, which says what was done.
func (d table) done(v *visit, what string) (*web.Reply, error) {
	q := url.Values{}
	if show := v.PostFormValue("show"); show == "changed" || show == "missing" {
		q.Set("show", show)
	}
	if d.guest() {
		q.Set("done", what) // who came by a link has no session to say it from
	}
	address := d.base
	if len(q) > 0 {
		address += "?" + q.Encode()
	}
	return v.done(address, "studio.tr_"+what)
}

// doneBefore is what a guest is told of the form they sent.
func (t translatePage) doneBefore() string {
	what := t.URL.Query().Get("done")
	if !slices.Contains([]string{"saved", "finished", "submitted", "discarded"}, what) {
		return ""
	}
	return t.T("studio.tr_" + what)
}

// beginPage is what beginView shows: a work that has no translation in the
// language, or one of which nobody has said what it was made from.
type beginPage struct {
	*page
	Desk    table
	Sources []archive.Edition
	There   bool // an edition is there
}

func (s *Studio) showBegin(p *page, d table) (*web.Reply, error) {
	if d.guest() {
		return nil, sala.ErrNotFound
	}
	b := beginPage{page: p, Desk: d, There: d.edition != ""}
	for _, e := range d.others {
		if e.ID != d.edition && e.Revision > 0 && (d.edition == "" || e.Source != d.edition) {
			b.Sources = append(b.Sources, e)
		}
	}
	p.Title = p.T("studio.tr_begin_title", "lang", p.Named(d.lang), "title", d.others[0].Title)
	return p.show(beginView(b))
}

// beginTranslation serves POST /studio/translate/{id}/{lang}/begin: it
// makes the edition, or says what one that is there was made from.
func (s *Studio) beginTranslation(v *visit) (*web.Reply, error) {
	d, err := s.table(v)
	if err != nil {
		return nil, err
	}
	source := sala.ID(v.PostFormValue("source"))
	i := slices.IndexFunc(d.others, func(e archive.Edition) bool { return e.ID == source && e.Revision > 0 })
	if i < 0 {
		return nil, errBadForm
	}
	if d.edition != "" {
		err = s.Archive.UpToDate(v.ctx(), d.by, d.edition, source, d.others[i].Revision)
	} else {
		_, err = s.Archive.CreateEdition(v.ctx(), d.by, d.work, d.lang, source)
	}
	if err != nil {
		return nil, err
	}
	return v.done(d.base, "studio.tr_begun")
}
