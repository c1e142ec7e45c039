package studio

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/internal/db"
	"sala/internal/mail"
	"sala/internal/web"
	"sala/letters"
	"sala/network"
	"sala/signature"
)

func signaturesPath(work sala.ID) string { return "/studio/signatures/" + url.PathEscape(string(work)) }

// signingsPage is what signingsView shows.
type signingsPage struct {
	*page
	Calls []signature.Tally
	Works map[sala.ID]archive.Edition
}

// signings serves GET /studio/signatures: every statement that was opened for
// signing.
func (s *Studio) signings(v *visit) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.sign.title")
	list := signingsPage{page: p, Works: map[sala.ID]archive.Edition{}}
	if list.Calls, err = s.Signatures.Calls(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	for _, c := range list.Calls {
		w, err := s.Archive.DeskWork(v.ctx(), v.By(), c.Work)
		if err != nil {
			return nil, err
		}
		list.Works[c.Work], _ = p.main(w)
	}
	return p.show(signingsView(list))
}

// signaturesWaiting counts what waits for an editor.
func signaturesWaiting(v *visit) (int, error) { return v.studio.Signatures.Waiting(v.ctx(), v.By()) }

// signaturesPage is what signaturesView shows.
type signaturesPage struct {
	desk
	Call     signature.Call // zero if the work was not opened for signing
	Entries  []signature.Entry
	Links    []signature.Link
	Changes  []signature.Change
	Missing  []directory.Organisation // members who have not signed
	Texts    []archive.Edition        // that can be put up
	Newest   int                      // revision of the edition that is up
	Frozen   int
	Made     []madeLink // shown once
	Posted   int        // links that went out by mail
	Linkable int        // members without a signature and a link
	Sends    bool
	// What was typed.
	In                     sala.Lang
	UntilDay, Hour, Note   string
	Late                   bool
	Reason                 string
	To                     string
	Entered                signature.Details
	EnteredWay, EnteredDay string
}

// A madeLink is a link that is shown in answer to what made it.
type madeLink struct{ For, Address string }

// forSigning finds the statement that the address names, and its call.
func (s *Studio) forSigning(v *visit) (signaturesPage, error) {
	w, err := s.Archive.DeskWork(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return signaturesPage{}, err
	}
	sp := signaturesPage{desk: desk{Work: w}}
	sp.Call, err = s.Signatures.Of(v.ctx(), v.By(), w.ID)
	if errors.Is(err, sala.ErrNotFound) {
		if w.Kind != archive.Statement {
			return sp, sala.ErrNotFound
		}
		return sp, nil
	}
	return sp, err
}

// called finds a statement that was opened for signing.
func (s *Studio) called(v *visit) (signaturesPage, error) {
	sp, err := s.forSigning(v)
	if err == nil && sp.Call.ID == "" {
		err = sala.ErrNotFound
	}
	return sp, err
}

// signatures serves GET /studio/signatures/{id}.
func (s *Studio) signatures(v *visit) (*web.Reply, error) {
	sp, err := s.forSigning(v)
	if err != nil {
		return nil, err
	}
	return s.showSignatures(v, sp, nil)
}

// showSignatures shows all that is known of the signatures of a work, with
// what was typed.
func (s *Studio) showSignatures(v *visit, sp signaturesPage, wrong error) (*web.Reply, error) {
	ctx, by := v.ctx(), v.By()
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	sp.page = p
	e, _ := p.main(sp.Work)
	p.Title = p.T("studio.sign.of", "title", p.Called(e))
	for _, e := range sp.Work.Editions {
		if e.Revision > 0 {
			sp.Texts = append(sp.Texts, e)
		}
		if e.ID == sp.Call.Edition {
			sp.Newest = e.Revision
			if sp.In == "" {
				sp.In = e.Lang
			}
			if sp.Frozen, err = s.Archive.Frozen(ctx, by, e.ID); err != nil {
				return nil, err
			}
		}
	}
	sp.Sends = s.Letters != nil && s.Letters.Sends()
	if sp.UntilDay == "" {
		until := sp.Call.Until.In(v.set.Location())
		if sp.Call.ID == "" {
			until = v.now().In(v.set.Location()).AddDate(0, 0, 14)
			until = time.Date(until.Year(), until.Month(), until.Day(), 18, 0, 0, 0, until.Location())
		}
		sp.UntilDay, sp.Hour = until.Format(time.DateOnly), until.Format("15:04")
		sp.Late, sp.Note = sp.Call.Late || sp.Call.ID == "", sp.Call.Note
	}
	if sp.EnteredDay == "" {
		sp.EnteredDay = v.now().In(v.set.Location()).Format(time.DateOnly)
	}
	if sp.Call.ID == "" {
		return p.show(signaturesView(sp))
	}
	if sp.Entries, err = s.Signatures.Entries(ctx, by, sp.Call.ID); err != nil {
		return nil, err
	}
	if sp.Links, err = s.Signatures.Links(ctx, by, sp.Call.ID); err != nil {
		return nil, err
	}
	if sp.Changes, err = s.Signatures.Changes(ctx, by, sp.Call.ID); err != nil {
		return nil, err
	}
	if sp.Missing, err = s.unsigned(v, sp); err != nil {
		return nil, err
	}
	for _, o := range sp.Missing {
		if !sp.linked(o.ID) {
			sp.Linkable++
		}
	}
	return p.show(signaturesView(sp))
}

// unsigned are the members of the network that have not signed the text that
// is up, in the order of their names.
func (s *Studio) unsigned(v *visit, sp signaturesPage) ([]directory.Organisation, error) {
	today := sala.DayOf(v.now().In(v.set.Location()))
	var out []directory.Organisation
	for after := sala.ID(""); ; {
		some, err := s.Directory.Organisations(v.ctx(), v.By(), directory.Filter{After: after, Limit: 200})
		if err != nil {
			return nil, err
		}
		for _, o := range some {
			after = o.ID
			if !slices.ContainsFunc(o.Ties, func(t directory.Tie) bool { return t.Relation == directory.Member && t.On(today) }) {
				continue
			}
			ids, err := s.Directory.Family(v.ctx(), o.ID)
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(sp.Entries, func(e signature.Entry) bool {
				return sp.counts(e) && (slices.Contains(ids, e.Organisation) || isCalled(o, e.Name))
			}) {
				out = append(out, o)
			}
		}
		if len(some) < 200 {
			break
		}
	}
	slices.SortFunc(out, func(a, b directory.Organisation) int { return strings.Compare(sp.name(a), sp.name(b)) })
	return out, nil
}

// counts reports whether an entry is a signature to the text that is up.
func (p signaturesPage) counts(e signature.Entry) bool {
	return (e.State == signature.Stands || e.State == signature.Waiting) && (p.Call.Revision == 0 || e.Revision == p.Call.Revision)
}

// isCalled reports whether an organisation has a name.
func isCalled(o directory.Organisation, name string) bool {
	names := slices.Clone(o.Aliases)
	for _, t := range []sala.Text{o.Name, o.Short} {
		for _, n := range t {
			names = append(names, n)
		}
	}
	return slices.ContainsFunc(names, func(n string) bool { return signature.SameName(n, name) })
}

// name is what an organisation is called.
func (p signaturesPage) name(o directory.Organisation) string {
	name, _ := p.text(o.Name)
	return name
}

// linked reports whether an organisation has a link that is good.
func (p signaturesPage) linked(id sala.ID) bool {
	return slices.ContainsFunc(p.Links, func(l signature.Link) bool { return l.Organisation == id && l.Revoked.IsZero() })
}

// Counted is how many signatures to the text that is up are in a state.
func (p signaturesPage) Counted(state signature.State) int {
	n := 0
	for _, e := range p.Entries {
		if e.State == state && p.counts(e) {
			n++
		}
	}
	return n
}

// setSigning serves POST /studio/signatures/{id}: it opens a work for
// signing, changes until when, or ends it.
func (s *Studio) setSigning(v *visit) (*web.Reply, error) {
	sp, err := s.forSigning(v)
	if err != nil {
		return nil, err
	}
	if v.PostFormValue("do") == "end" {
		if err := s.Signatures.End(v.ctx(), v.By(), sp.Call.ID); err != nil {
			return nil, err
		}
		return v.done(signaturesPath(sp.Work.ID), "studio.sign.ended")
	}
	sp.In, sp.UntilDay, sp.Hour = sala.Lang(v.PostFormValue("edition")), v.PostFormValue("until"), v.PostFormValue("hour")
	sp.Note, sp.Late = v.PostFormValue("note"), v.PostFormValue("late") != ""
	c := signature.Call{Work: sp.Work.ID, Note: newlines(sp.Note), Late: sp.Late}
	if e, ok := editionIn(sp.Work, sp.In); ok {
		c.Edition, c.Revision = e.ID, e.Revision
	}
	c.Until, err = v.set.Moment(sp.UntilDay, sp.Hour)
	switch {
	case errors.Is(err, network.ErrNoSuchTime):
		err = sala.Invalid{{Field: "until", Key: "studio.work_due_gap", Text: err.Error()}}
	case err != nil:
		err = sala.Invalid{{Field: "until", Key: "studio.work_due_bad", Text: "the day is written 2026-11-24 and the time 09:00"}}
	default:
		err = s.Signatures.Set(v.ctx(), v.By(), c)
	}
	if err != nil {
		return s.showSignatures(v, sp, err)
	}
	return v.done(signaturesPath(sp.Work.ID), "studio.sign.saved")
}

// putUpText serves POST …/text: it lets a signed text change, or
// puts the newest up.
func (s *Studio) putUpText(v *visit) (*web.Reply, error) {
	sp, err := s.called(v)
	if err != nil {
		return nil, err
	}
	if v.PostFormValue("do") == "lift" {
		sp.Reason = newlines(v.PostFormValue("reason"))
		if err := s.Signatures.Lift(v.ctx(), v.By(), sp.Call.ID, sp.Reason); err != nil {
			return s.showSignatures(v, sp, err)
		}
		return v.done(signaturesPath(sp.Work.ID), "studio.sign.lifted")
	}
	revision, err := strconv.Atoi(v.PostFormValue("revision"))
	if err != nil {
		return nil, errBadForm
	}
	for _, e := range sp.Work.Editions {
		if e.ID == sp.Call.Edition && e.Revision != revision { // not the one that the page named
			return nil, sala.ErrConflict
		}
	}
	if err := s.Signatures.PutUp(v.ctx(), v.By(), sp.Call.ID, revision); err != nil {
		return nil, err
	}
	return v.done(signaturesPath(sp.Work.ID), "studio.sign.is_up")
}

// inviteSigners serves POST …/links: a link for one organisation,
// one that is shared, or one for each member that has none. They are shown in
// answer, this once: only their hashes are kept.
func (s *Studio) inviteSigners(v *visit) (*web.Reply, error) {
	sp, err := s.called(v)
	if err != nil {
		return nil, err
	}
	byMail := v.PostFormValue("mail") != ""
	switch v.PostFormValue("do") {
	case "shared":
		err = s.linkFor(v, &sp, signature.Link{Call: sp.Call.ID}, "", v.set.Default)
	case "members":
		if err = s.linkMembers(v, &sp, byMail); err != nil {
			return nil, err
		}
	default:
		sp.To = v.PostFormValue("name")
		err = s.linkNamed(v, &sp, byMail)
	}
	if err == nil {
		sp.To = ""
	}
	return s.showSignatures(v, sp, err)
}

// linkNamed makes a link for the organisation that sp.To names.
func (s *Studio) linkNamed(v *visit, sp *signaturesPage, byMail bool) error {
	if strings.TrimSpace(sp.To) == "" {
		return sala.Invalid{{Field: "to", Key: "sign.name_missing", Text: "say for whom it is"}}
	}
	id, err := s.named(v, sala.KindOrganisation, "to", sp.To)
	if bad, ok := errors.AsType[sala.Invalid](err); ok && bad[0].Key == "studio.directory.nobody" {
		return faultAt("to", s.linkFor(v, sp, signature.Link{Call: sp.Call.ID, Name: sp.To}, "", v.set.Default))
	} else if err != nil {
		return err
	}
	o, err := s.Directory.Organisation(v.ctx(), v.By(), id)
	if err != nil {
		return err
	}
	return faultAt("to", s.linkMember(v, sp, o, byMail))
}

// faultAt shows what is wrong with a name at the field it was typed into.
func faultAt(field string, err error) error {
	if bad, ok := errors.AsType[sala.Invalid](err); ok {
		for i := range bad {
			bad[i].Field = field
		}
		return bad
	}
	return err
}

// linkMembers makes a link for each member that has not signed and has none.
func (s *Studio) linkMembers(v *visit, sp *signaturesPage, byMail bool) error {
	var err error
	sp.page = &page{visit: v}
	if sp.Entries, err = s.Signatures.Entries(v.ctx(), v.By(), sp.Call.ID); err != nil {
		return err
	}
	if sp.Links, err = s.Signatures.Links(v.ctx(), v.By(), sp.Call.ID); err != nil {
		return err
	}
	members, err := s.unsigned(v, *sp)
	if err != nil {
		return err
	}
	for _, o := range members {
		if sp.linked(o.ID) {
			continue
		}
		if err := s.linkMember(v, sp, o, byMail); err != nil {
			return err
		}
	}
	return nil
}

// linkMember makes a link for an entry of the directory.
func (s *Studio) linkMember(v *visit, sp *signaturesPage, o directory.Organisation, byMail bool) error {
	name, in := o.Name.In(v.set.Default, v.lang)
	address := ""
	if _, err := mail.Address(o.Contact.Email); byMail && err == nil {
		address = o.Contact.Email
	}
	return s.linkFor(v, sp, signature.Link{Call: sp.Call.ID, Organisation: o.ID, Name: name, Country: o.Country}, address, in)
}

// linkFor makes a link and shows it, or sends it to an address.
func (s *Studio) linkFor(v *visit, sp *signaturesPage, l signature.Link, address string, in sala.Lang) error {
	var tell []func(context.Context, *db.Tx, signature.Call, string) error
	if address != "" && s.Letters.Sends() {
		e, _ := (&page{visit: v}).main(sp.Work)
		guest := letters.Guest{Email: address, Name: l.Name, Lang: in, Title: e.Title, Path: signersRoom}
		tell = append(tell, func(ctx context.Context, tx *db.Tx, c signature.Call, token string) error {
			return s.Letters.Signing(ctx, tx, v.By(), guest, token, c.Until)
		})
	}
	l, token, err := s.Signatures.Make(v.ctx(), v.By(), l, tell...)
	if err != nil {
		return err
	}
	if tell != nil {
		sp.Posted++
		return nil
	}
	sp.Made = append(sp.Made, madeLink{l.Name, s.base(v.Request) + signersRoom + token})
	return nil
}

// revokeSigner serves POST …/links/{link}/revoke.
func (s *Studio) revokeSigner(v *visit) (*web.Reply, error) {
	sp, err := s.called(v)
	if err != nil {
		return nil, err
	}
	if err := s.Signatures.Revoke(v.ctx(), v.By(), sp.Call.ID, sala.ID(v.PathValue("link"))); err != nil {
		return nil, err
	}
	return v.done(signaturesPath(sp.Work.ID), "studio.tr_link_gone")
}

// enterSignature serves POST …/enter: what came on paper or by
// mail.
func (s *Studio) enterSignature(v *visit) (*web.Reply, error) {
	sp, err := s.called(v)
	if err != nil {
		return nil, err
	}
	sp.Entered, sp.EnteredWay, sp.EnteredDay = v.details(), v.PostFormValue("way"), v.PostFormValue("signed")
	e := signature.Entry{Details: sp.Entered, Way: signature.Way(sp.EnteredWay)}
	if day, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(sp.EnteredDay), v.set.Location()); err == nil {
		e.Signed = day.UTC() // as the day begins: on the last day nobody is late
	}
	if e.Organisation, err = s.known(v, e.Name); err != nil {
		return nil, err
	}
	if err := s.Signatures.Enter(v.ctx(), v.By(), sp.Call.ID, e); errors.Is(err, sala.ErrConflict) {
		return s.showSignatures(v, sp, sala.Invalid{{Field: "form", Key: "sign.mending", Text: "a newer text is not up for signing yet"}})
	} else if err != nil {
		return s.showSignatures(v, sp, err)
	}
	return v.done(signaturesPath(sp.Work.ID), "studio.sign.entered")
}

// known is the one organisation of the directory that has a name, "" if none
// has, or several.
func (s *Studio) known(v *visit, name string) (sala.ID, error) {
	id, err := s.named(v, sala.KindOrganisation, "name", name)
	if _, ok := errors.AsType[sala.Invalid](err); ok {
		return "", nil
	}
	return id, err
}

// decideSignature serves POST …/entries/{entry}.
func (s *Studio) decideSignature(v *visit) (*web.Reply, error) {
	sp, err := s.called(v)
	if err != nil {
		return nil, err
	}
	entry, do := sala.ID(v.PathValue("entry")), v.PostFormValue("do")
	if do == "forget" {
		if err := s.Signatures.ForgetEmail(v.ctx(), v.By(), sp.Call.ID, entry); err != nil {
			return nil, err
		}
		return v.done(signaturesPath(sp.Work.ID), "studio.sent_forgotten")
	}
	stands := do == "confirm"
	if !stands && do != "refuse" {
		return nil, errBadForm
	}
	var organisation sala.ID
	if stands {
		entries, err := s.Signatures.Entries(v.ctx(), v.By(), sp.Call.ID)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.ID == entry && e.Organisation == "" {
				if organisation, err = s.known(v, e.Name); err != nil {
					return nil, err
				}
			}
		}
	}
	err = s.Signatures.Decide(v.ctx(), v.By(), sp.Call.ID, entry, stands, organisation, v.PostFormValue("reason"))
	if err != nil {
		return s.showSignatures(v, sp, faultAt("list", err))
	}
	if stands {
		return v.done(signaturesPath(sp.Work.ID), "studio.sign.confirmed")
	}
	return v.done(signaturesPath(sp.Work.ID), "studio.sign.refused")
}

// signaturesCSV serves GET …/list.csv: every signature, with what
// is for editors alone.
func (s *Studio) signaturesCSV(v *visit) (*web.Reply, error) {
	sp, err := s.called(v)
	if err != nil {
		return nil, err
	}
	entries, err := s.Signatures.Entries(v.ctx(), v.By(), sp.Call.ID)
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"id", "organisation", "organisation_id", "country", "person", "role", "shown", "email", "signed", "received", "late", "way", "state", "reason", "decided_by", "revision"}}
	for _, e := range entries {
		rows = append(rows, []string{
			string(e.ID), e.Name, string(e.Organisation), strings.ToUpper(e.Country), e.Person, e.Role, strconv.FormatBool(e.Shown), e.Email, moment(e.Signed), moment(e.At),
			strconv.FormatBool(e.Late), string(e.Way), string(e.State), e.Reason, e.By, strconv.Itoa(e.Revision),
		})
	}
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // without it a spreadsheet takes Thai for Latin
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return nil, err
	}
	return download("text/csv; charset=utf-8", "signatures.csv", b.Bytes()), nil
}

// entryAt is the address of what is decided on a signature.
func (p signaturesPage) entryAt(e signature.Entry) string {
	return signaturesPath(p.Work.ID) + "/entries/" + url.PathEscape(string(e.ID))
}

// linkName says for whom a link is.
func (p signaturesPage) linkName(l signature.Link) string {
	if l.Shared() {
		return p.T("studio.sign.shared")
	}
	return l.Name
}
