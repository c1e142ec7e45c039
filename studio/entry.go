package studio

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/directory"
	"sala/internal/i18n"
	"sala/internal/web"
)

// entryPage is what every page about one entry of the directory shows.
type entryPage struct {
	*page
	Ref    sala.Ref // ID is "" of a new one
	Seen   string   // when it was changed last, for the form
	Name   sala.Text
	Clash  bool
	Ties   []tieForm
	Alike  []directory.Found // that may be the same
	Merged []directory.Found // that were merged into it
	Into   string            // typed
	Past   []directory.State
	Slug   string
	Face   directory.Face // what readers are told, none of those who are hidden
}

// SeenAs says what readers see of an entry that has no page for them.
func (p entryPage) SeenAs() string {
	if p.Face.What == "" {
		return p.T("studio.directory.seen_none")
	}
	name, _ := p.text(p.Face.Text)
	return p.T("studio.directory.seen_as", "name", name)
}

// A tieForm is a relation as typed.
type tieForm struct {
	Relation     directory.Relation
	Since, Until string
}

// blankTies and blankPosts are how many empty rows a form offers.
const (
	blankTies  = 1
	blankPosts = 2
)

// entry begins the page of an entry.
func (s *Studio) entry(v *visit, ep *entryPage, wrong error) error {
	p, err := v.page("")
	if err != nil {
		return err
	}
	ep.page = p
	if errors.Is(wrong, sala.ErrConflict) {
		ep.Clash = true
		wrong = sala.Invalid{{Field: "entry", Key: "studio.directory.clash", Text: "somebody else has changed this entry meanwhile"}}
	}
	if err := p.wrong(wrong); err != nil {
		return err
	}
	for range blankTies {
		ep.Ties = append(ep.Ties, tieForm{})
	}
	if ep.Ref.ID == "" {
		return nil
	}
	faces, err := s.Directory.Faces(v.ctx(), []sala.ID{ep.Ref.ID})
	if err != nil {
		return err
	}
	ep.Face = faces[ep.Ref.ID]
	var names []string
	for _, name := range ep.Name {
		names = append(names, name)
	}
	alike, err := s.Directory.Alike(v.ctx(), v.By(), ep.Ref.Kind, names...)
	if err != nil {
		return err
	}
	for _, f := range alike {
		if f.Ref.ID != ep.Ref.ID {
			ep.Alike = append(ep.Alike, f)
		}
	}
	if ep.Merged, err = s.Directory.Merged(v.ctx(), v.By(), ep.Ref.ID); err != nil {
		return err
	}
	ep.Past, err = s.Directory.History(v.ctx(), v.By(), ep.Ref.ID)
	return err
}

// answered answers with a page: what clashes says so by its status.
func (ep entryPage) answered(reply *web.Reply, err error) (*web.Reply, error) {
	if err == nil && ep.Clash {
		reply.Status = http.StatusConflict
	}
	return reply, err
}

// Action is where the form of an entry is sent.
func (ep entryPage) Action() string {
	if ep.Ref.ID == "" {
		return halfPath(ep.Ref.Kind)
	}
	return entryPath(ep.Ref)
}

// First are the languages that a form shows at once, and Rest the others.
func (p *page) First(t sala.Text) []sala.Lang { return p.spread(t, true) }

// Rest are the languages of the network that First does not show.
func (p *page) Rest(t sala.Text) []sala.Lang { return p.spread(t, false) }

func (p *page) spread(t sala.Text, first bool) []sala.Lang {
	var langs []sala.Lang
	for _, l := range p.set.Langs {
		if (l == p.set.Default || l == p.lang || t[l] != "") == first {
			langs = append(langs, l)
		}
	}
	return langs
}

// tiesOf writes relations into a form.
func tiesOf(ties []directory.Tie) []tieForm {
	var rows []tieForm
	for _, t := range ties {
		rows = append(rows, tieForm{t.Relation, t.Since.String(), t.Until.String()})
	}
	return rows
}

// readTies reads the relations of a form; rows without a relation are none.
func readTies(v *visit) (rows []tieForm, ties []directory.Tie, err error) {
	var bad sala.Invalid
	for i, relation := range v.PostForm["tie"] {
		row := tieForm{directory.Relation(relation), at(v, "tie_since", i), at(v, "tie_until", i)}
		if relation == "" {
			if row.Since != "" || row.Until != "" {
				bad = append(bad, sala.FieldError{Field: "ties", Key: "studio.directory.relation_missing", Text: "days are given without a relation"})
				rows = append(rows, row)
			}
			continue
		}
		rows = append(rows, row)
		since, until, err := readDays(v, "ties", row.Since, row.Until)
		if err := collected(&bad, err); err != nil {
			return nil, nil, err
		}
		ties = append(ties, directory.Tie{Relation: row.Relation, Since: since, Until: until})
	}
	if len(bad) > 0 {
		return rows, ties, bad
	}
	return rows, ties, nil
}

// readDays reads two days as people write them, in any era and digits.
func readDays(v *visit, field, since, until string) (from, to sala.Day, err error) {
	var bad sala.Invalid
	read := func(typed string) (d sala.Day) {
		if typed == "" {
			return d
		}
		if year, err := i18n.ParseYear(typed); err == nil {
			return sala.Day{Year: year}
		}
		if d, err = sala.ParseDay(typed); err == nil && len(typed) == len("2018-11") {
			return d
		}
		if d, err = i18n.ParseDate(v.lang, typed); err != nil {
			bad = append(bad, sala.FieldError{Field: field, Key: "studio.directory.day_bad", Text: fmt.Sprintf("%q is no date", typed)})
		}
		return d
	}
	from, to = read(since), read(until)
	if len(bad) > 0 {
		return from, to, bad
	}
	return from, to, nil
}

// at is one value of a field that stands in several rows, "" where the form
// has fewer.
func at(v *visit, field string, i int) string {
	if values := v.PostForm[field]; i < len(values) {
		return strings.TrimSpace(values[i])
	}
	return ""
}

// seenAt reads when an entry had been changed last as the form saw it.
func seenAt(v *visit) (time.Time, error) {
	micros, err := strconv.ParseInt(v.PostFormValue("seen"), 10, 64)
	if err != nil {
		return time.Time{}, errBadForm
	}
	return time.UnixMicro(micros).UTC(), nil
}

// aliasesOf are other names as a form gives them: one a line.
func aliasesOf(v *visit) []string { return strings.Split(v.PostFormValue("aliases"), "\n") }

// newEntry serves GET /studio/directory/{what}/new. ?name= begins it.
func (s *Studio) newEntry(v *visit) (*web.Reply, error) {
	what, err := whatOf(v)
	if err != nil {
		return nil, err
	}
	name := sala.Text{}
	if typed := v.URL.Query().Get("name"); typed != "" {
		in := i18n.Guess(typed, v.set.Default)
		name[in] = typed
	}
	if what == sala.KindPerson {
		return s.showPerson(v, personForm{Person: directory.Person{Name: name, Kind: directory.Advocate}}, nil)
	}
	return s.showOrganisation(v, organisationForm{Organisation: directory.Organisation{Name: name, Kind: directory.NGO}}, nil)
}

// addedEntry serves POST /studio/directory/{what}.
func (s *Studio) addedEntry(v *visit) (*web.Reply, error) {
	what, err := whatOf(v)
	if err != nil {
		return nil, err
	}
	if what == sala.KindPerson {
		return s.savePerson(v, "")
	}
	return s.saveOrganisation(v, "")
}

// entryShown serves GET /studio/directory/{what}/{id}.
func (s *Studio) entryShown(v *visit) (*web.Reply, error) {
	what, err := whatOf(v)
	if err != nil {
		return nil, err
	}
	return s.showEntry(v, sala.Ref{Kind: what, ID: sala.ID(v.PathValue("id"))}, "", nil)
}

// showEntry shows an entry as it is stored. Of one that was merged it leads to
// what it is now.
func (s *Studio) showEntry(v *visit, ref sala.Ref, into string, wrong error) (*web.Reply, error) {
	if ref.Kind == sala.KindPerson {
		one, err := s.Directory.Person(v.ctx(), v.By(), ref.ID)
		if err != nil {
			return nil, err
		}
		if one.ID != ref.ID {
			return web.Redirect(http.StatusSeeOther, entryPath(sala.Ref{Kind: ref.Kind, ID: one.ID})), nil
		}
		f, err := s.personForm(v, one)
		if err != nil {
			return nil, err
		}
		f.Into = into
		return s.showPerson(v, f, wrong)
	}
	one, err := s.Directory.Organisation(v.ctx(), v.By(), ref.ID)
	if err != nil {
		return nil, err
	}
	if one.ID != ref.ID {
		return web.Redirect(http.StatusSeeOther, entryPath(sala.Ref{Kind: ref.Kind, ID: one.ID})), nil
	}
	f, err := s.organisationForm(v, one)
	if err != nil {
		return nil, err
	}
	f.Into = into
	return s.showOrganisation(v, f, wrong)
}

// changeEntry serves POST /studio/directory/{what}/{id}.
func (s *Studio) changeEntry(v *visit) (*web.Reply, error) {
	what, err := whatOf(v)
	if err != nil {
		return nil, err
	}
	if what == sala.KindPerson {
		return s.savePerson(v, sala.ID(v.PathValue("id")))
	}
	return s.saveOrganisation(v, sala.ID(v.PathValue("id")))
}

// mergeEntry serves POST /studio/directory/{what}/{id}/merge: this entry is
// the same as another, which stays.
func (s *Studio) mergeEntry(v *visit) (*web.Reply, error) {
	what, err := whatOf(v)
	if err != nil {
		return nil, err
	}
	ref, typed := sala.Ref{Kind: what, ID: sala.ID(v.PathValue("id"))}, v.PostFormValue("into")
	into, err := s.named(v, what, "into", typed)
	if err == nil && into == "" {
		err = sala.Invalid{{Field: "into", Key: "studio.directory.nobody", Text: "say into which entry"}}
	}
	if err == nil {
		err = s.merge(v, ref, into)
	}
	if err != nil {
		return s.showEntry(v, ref, typed, err)
	}
	return v.done(entryPath(sala.Ref{Kind: what, ID: into}), "studio.directory.merged")
}

// merge makes one entry of two. What was asked of an organisation that is
// merged is asked of the other from then on, under the name it had.
func (s *Studio) merge(v *visit, from sala.Ref, into sala.ID) error {
	if from.Kind != sala.KindOrganisation {
		return s.Directory.Merge(v.ctx(), v.By(), from.ID, into)
	}
	was, err := s.Directory.Organisation(v.ctx(), v.By(), from.ID)
	if err != nil {
		return err
	}
	if err := s.Directory.Merge(v.ctx(), v.By(), from.ID, into); err != nil {
		return err
	}
	now, err := s.Directory.Organisation(v.ctx(), v.By(), into) // into may have been merged itself
	if err != nil {
		return err
	}
	return s.Tracker.Readdress(v.ctx(), v.By(), from.ID, now.ID, was.Name, "merged")
}

// splitEntry serves POST /studio/directory/{what}/{id}/split: id was merged
// into another and is one of its own again.
func (s *Studio) splitEntry(v *visit) (*web.Reply, error) {
	what, err := whatOf(v)
	if err != nil {
		return nil, err
	}
	ref := sala.Ref{Kind: what, ID: sala.ID(v.PathValue("id"))}
	if err := s.Directory.Split(v.ctx(), v.By(), ref.ID); err != nil {
		return nil, err
	}
	return v.done(entryPath(ref), "studio.directory.split")
}
