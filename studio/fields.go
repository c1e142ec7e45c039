package studio

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/media"
)

// fieldsPage is what fieldsView shows: what a work is in every language.
type fieldsPage struct {
	desk
	From, To string // as typed
	Contacts []contactForm
	Terms    []vocabulary
	Pages    []archive.Work // that a page may stand below
	May      bool           // change it
	Missing  []sala.Lang    // of the network's languages, those the work is not in
	Slug     string         // typed for the edition in In
	In       sala.Lang
	Consents []sala.Consent // of those whose own story it tells
	Consent  consentForm
	Held     sala.Hold  // why it may not be public
	Picture  media.File // zero if it has none
}

// A contactForm is a contact as typed.
type contactForm struct {
	archive.Contact
	Speaks, Shown string // languages, and the last day it is shown
}

type vocabulary struct {
	archive.Vocabulary
	Terms []archive.Term
}

// Has reports whether the work bears a term.
func (p fieldsPage) Has(t archive.Term) bool { return slices.Contains(p.Work.Terms, t.ID) }

// Label is what a term is called.
func (p fieldsPage) Label(t archive.Term) string {
	if label, _ := t.Labels.In(p.lang, p.set.Default); label != "" {
		return label
	}
	return t.Path
}

// Sort is what a vocabulary is called.
func (p *page) Sort(v archive.Vocabulary) string {
	if label, _ := v.Labels.In(p.lang, p.set.Default); label != "" {
		return label
	}
	key := "studio.vocabulary_" + v.Slug
	if text := p.T(key); text != key {
		return text
	}
	return v.Slug
}

// Dated reports whether a kind of work tells of days and a place.
func (p fieldsPage) Dated() bool { return p.Work.Kind != archive.Page }

// Pressed reports whether the press may ask somebody about it.
func (p fieldsPage) Pressed() bool {
	return !slices.Contains([]archive.Kind{archive.Page, archive.Publication}, p.Work.Kind) || len(p.Work.Contacts) > 0
}

// fields serves GET /studio/works/{id}.
func (s *Studio) fields(v *visit) (*web.Reply, error) {
	return s.showStored(v, consentForm{}, nil)
}

// showStored shows what is stored of a work, with a consent that was typed.
func (s *Studio) showStored(v *visit, typed consentForm, wrong error) (*web.Reply, error) {
	w, err := s.Archive.DeskWork(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	f := fieldsPage{desk: desk{Work: w}, From: w.Held.From.String(), To: w.Held.To.String(), Consent: typed}
	for _, c := range w.Contacts {
		var langs []string
		for _, l := range c.Langs {
			langs = append(langs, string(l))
		}
		f.Contacts = append(f.Contacts, contactForm{c, strings.Join(langs, ", "), c.Until.String()})
	}
	return s.showFields(v, f, wrong)
}

func (s *Studio) showFields(v *visit, f fieldsPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	f.page = p
	e, _ := p.main(f.Work)
	p.Title = p.T("studio.fields_title", "title", p.Called(e))
	if f.Picture, err = s.pictureOf(v, f.Work); err != nil {
		return nil, err
	}
	if f.Held, err = s.Archive.Held(v.ctx(), v.By(), f.Work.ID); err != nil {
		return nil, err
	}
	if v.By().May(sala.Publish) {
		if f.Consents, err = s.Archive.Consents(v.ctx(), v.By(), f.Work.ID); err != nil {
			return nil, err
		}
	}
	f.May = s.Archive.MayDescribe(v.ctx(), v.By(), f.Work.ID)
	f.Contacts = append(f.Contacts, contactForm{})
	for _, l := range v.set.Langs {
		if _, ok := editionIn(f.Work, l); !ok && v.By().May(sala.Translate) {
			f.Missing = append(f.Missing, l)
		}
	}
	vocabularies, err := s.Archive.Vocabularies(v.ctx())
	if err != nil {
		return nil, err
	}
	for _, voc := range vocabularies {
		terms, err := s.Archive.Terms(v.ctx(), voc.Slug)
		if err != nil {
			return nil, err
		}
		if len(terms) > 0 {
			f.Terms = append(f.Terms, vocabulary{voc, terms})
		}
	}
	if f.Work.Kind == archive.Page {
		for before := sala.ID(""); ; {
			list, err := s.Archive.Desk(v.ctx(), v.By(), archive.DeskFilter{Kind: archive.Page, Before: before, Limit: 200})
			if err != nil {
				return nil, err
			}
			for _, w := range list.Works {
				if w.ID != f.Work.ID {
					f.Pages = append(f.Pages, w)
				}
			}
			if before = list.Next; before == "" {
				break
			}
		}
	}
	return p.show(fieldsView(f))
}

// describeWork serves POST /studio/works/{id}.
func (s *Studio) describeWork(v *visit) (*web.Reply, error) {
	w, err := s.Archive.DeskWork(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	micro, err := strconv.ParseInt(v.PostFormValue("was"), 10, 64)
	if err != nil {
		return nil, errBadForm
	}
	f, wrong := s.sentFields(v, w)
	if wrong == nil {
		err := s.Archive.Describe(v.ctx(), v.By(), time.UnixMicro(micro).UTC(), f.Work)
		if err == nil {
			return v.done(workPath(w.ID), "studio.fields_saved")
		}
		if bad, ok := errors.AsType[sala.Invalid](err); ok {
			wrong = bad
		} else {
			return nil, err
		}
	}
	return s.showFields(v, f, wrong)
}

// sentFields reads the form into w. A field that the form does not have stays
// as it is.
func (s *Studio) sentFields(v *visit, w archive.Work) (fieldsPage, sala.Invalid) {
	var bad sala.Invalid
	has := func(name string) bool { _, ok := v.PostForm[name]; return ok }
	day := func(field, typed string) sala.Day {
		if typed = strings.TrimSpace(typed); typed == "" {
			return sala.Day{}
		}
		d, err := i18n.ParseDate(v.lang, typed)
		if err != nil {
			bad = append(bad, sala.FieldError{Field: field, Key: "studio.work_day_bad", Text: err.Error()})
		}
		return d
	}
	f := fieldsPage{From: v.PostFormValue("from"), To: v.PostFormValue("to")}
	w.Kind = archive.Kind(v.PostFormValue("kind"))
	w.Testimony = v.PostFormValue("testimony") != ""
	w.Sticky = v.PostFormValue("sticky") != ""
	if has("from") {
		w.Held = sala.Span{From: day("from", f.From), To: day("to", f.To)}
		if w.Held.To.IsZero() {
			w.Held.To = w.Held.From
		}
		w.Place, w.Country = v.PostFormValue("place"), countryTyped(v.lang, v.PostFormValue("country"))
	}
	if has("parent") {
		w.Parent = sala.ID(v.PostFormValue("parent"))
		n, err := strconv.Atoi(v.PostFormValue("position"))
		if err != nil {
			bad = append(bad, sala.FieldError{Field: "position", Key: "studio.work_position_bad", Text: "a place in the order is a whole number"})
		}
		w.Position = n
	}
	if w.Kind != archive.Page {
		w.Parent = ""
	}
	w.Terms = nil
	for _, t := range v.PostForm["term"] {
		w.Terms = append(w.Terms, sala.ID(t))
	}
	if has("contact-0-name") {
		w.Contacts = nil
		for n := 0; has(fmt.Sprintf("contact-%d-name", n)); n++ {
			get := func(name string) string { return v.PostFormValue(fmt.Sprintf("contact-%d-%s", n, name)) }
			c := contactForm{Speaks: get("langs"), Shown: get("until")}
			c.Name, c.Role, c.Phone, c.Email = get("name"), get("role"), get("phone"), get("email")
			if c.Name+c.Role+c.Phone+c.Email == "" {
				continue // one that is emptied is taken out
			}
			for _, l := range strings.FieldsFunc(c.Speaks, func(r rune) bool { return r == ',' || r == ' ' }) {
				c.Langs = append(c.Langs, sala.Lang(l))
			}
			c.Until = day(fmt.Sprintf("contact-%d-until", len(f.Contacts)), c.Shown)
			w.Contacts = append(w.Contacts, c.Contact)
			f.Contacts = append(f.Contacts, c)
		}
	}
	f.Work = w
	return f, bad
}

// moveEdition serves POST /studio/works/{id}/{lang}/address.
func (s *Studio) moveEdition(v *visit) (*web.Reply, error) {
	w, e, err := v.onDesk()
	if err != nil {
		return nil, err
	}
	slug := v.PostFormValue("slug")
	err = s.Archive.ChangeSlug(v.ctx(), v.By(), e.ID, v.PostFormValue("was"), slug)
	if bad, ok := errors.AsType[sala.Invalid](err); ok {
		for i := range bad {
			bad[i].Field = "slug-" + string(e.Lang)
		}
		f := fieldsPage{desk: desk{Work: w}, From: w.Held.From.String(), To: w.Held.To.String(), Slug: slug, In: e.Lang}
		return s.showFields(v, f, bad)
	} else if err != nil {
		return nil, err
	}
	return v.done(workPath(w.ID), "studio.fields_moved")
}

// readersPath is where readers find an edition.
func readersPath(e archive.Edition) string {
	if e.Year == 0 {
		return "/" + string(e.Lang) + "/pages/"
	}
	return "/" + string(e.Lang) + "/" + strconv.Itoa(e.Year) + "/"
}
