package studio

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/bearer"
	"sala/internal/i18n"
	"sala/internal/web"
	writing "sala/script"
	"sala/signature"
)

// A member who signs has no account, no session and no cookie, like one who
// sends something: see contribute.go.

const signersRoom = "/studio/s/"

// forSigners is who reads a text for somebody who came by a link to sign it.
var forSigners = sala.Machine("sign")

// signPage is what signView and signedView show.
type signPage struct {
	*page
	signature.Guest
	Path    string // of the form, without the language
	Key     string // of the receipt
	Text    string // HTML of the title and the text
	Title   string // of the text that is signed
	In      sala.Lang
	Of      archive.Edition // the one whose text is shown
	Others  []archive.Edition
	Signed  bool // Of is the one that is signed, and not a translation
	Closed  bool // nobody may sign any more
	Late    bool
	Mending bool // the text is being changed
	Changes []signature.Change
	Had     bool // the link was signed by before
	Details signature.Details
	Entry   signature.Entry // of signedView
	May     bool            // mend it
	Out     string          // address of the work, once it is public
}

// signer finds whoever comes by a link to sign, and what they may read.
func (s *Studio) signer(v *visit) (signPage, senderSecrets, error) {
	v.user, v.session = account.User{}, account.Session{}
	v.lang = s.choose(v)
	if l := sala.Lang(v.URL.Query().Get("lang")); slices.Contains(s.words.Langs(), l) {
		v.lang = l
	}
	secrets, _ := v.ctx().Value(guestToken{}).(senderSecrets)
	g, err := s.Signatures.Guest(v.ctx(), secrets.token)
	if errors.Is(err, sala.ErrNotFound) {
		return signPage{}, secrets, errEnded
	} else if err != nil {
		return signPage{}, secrets, err
	}
	c, now := g.Call, v.now()
	p := signPage{Guest: g, Path: signersRoom + url.PathEscape(secrets.token), Late: c.Over(now), Closed: c.Over(now) && !c.Late}
	hold, err := s.Archive.Held(v.ctx(), forSigners, c.Work)
	if err != nil {
		return p, secrets, err
	}
	w, err := s.Archive.DeskWork(v.ctx(), forSigners, c.Work)
	if err != nil {
		return p, secrets, err
	}
	for _, e := range w.Editions {
		switch {
		case e.ID == c.Edition:
			p.Of, p.Title, p.In = e, e.Title, e.Lang
		case e.Source == c.Edition && e.Revision > 0 && !e.Withdrawn:
			p.Others = append(p.Others, e)
		}
		if e.Public {
			p.Out = "/id/" + string(w.ID)
		}
	}
	if hold != sala.NotHeld || p.Of.Withdrawn { // what readers may not see any more, nobody reads here
		return p, secrets, errEnded
	}
	p.Mending = c.Revision == 0 || c.Revision != p.Of.Revision
	p.Changes, err = s.Signatures.ToldTo(v.ctx(), g)
	return p, secrets, err
}

// read fills in the text: that which is signed, or a translation of it that
// ?text= asks for.
func (p *signPage) read(v *visit) error {
	p.Signed = true
	number := p.Call.Revision
	if i := slices.IndexFunc(p.Others, func(e archive.Edition) bool { return string(e.Lang) == v.URL.Query().Get("text") }); i >= 0 {
		p.Of, p.Signed, number = p.Others[i], false, p.Others[i].Revision
	}
	w, e, err := v.studio.Archive.Preview(v.ctx(), forSigners, p.Of.ID, number)
	if err != nil {
		return err
	}
	if p.Signed {
		p.Title = e.Title
	}
	p.Text, err = v.studio.Text(v.Request, w, e)
	return err
}

// signersPage serves GET /studio/s/{token}.
func (s *Studio) signersPage(v *visit) (*web.Reply, error) {
	p, _, err := s.signer(v)
	if err != nil {
		return nil, err
	}
	if !p.Link.Shared() {
		had, err := s.Signatures.Receipt(v.ctx(), p.Guest, signature.Own)
		if err != nil && !errors.Is(err, sala.ErrNotFound) {
			return nil, err
		}
		p.Had = err == nil
		if p.Had && had.Revision == p.Call.Revision && v.URL.Query().Get("text") == "" {
			return web.Redirect(http.StatusSeeOther, p.at("/"+signature.Own, v.lang)), nil
		}
	}
	p.Key, p.Details = bearer.New(), signature.Details{Name: p.Link.Name, Country: p.Link.Country}
	return s.showSignersPage(v, p, nil)
}

// at is an address below the form's, in a language.
func (p signPage) at(rest string, lang sala.Lang) string {
	return p.Path + rest + "?" + url.Values{"lang": {string(lang)}}.Encode()
}

func (s *Studio) showSignersPage(v *visit, sp signPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("sign.title")
	sp.page = p
	if !sp.Mending && !sp.Closed {
		if err := sp.read(v); err != nil {
			return nil, err
		}
	}
	return p.show(signView(sp))
}

// details are what a form says of who signs, in Unicode.
func (v *visit) details() signature.Details {
	plain := func(name string) string {
		text, _ := writing.Unzawgyi(v.PostFormValue(name))
		return text
	}
	return signature.Details{
		Name: plain("name"), Country: v.PostFormValue("country"), Person: plain("person"), Role: plain("role"), Shown: v.PostFormValue("shown") != "",
		Email: v.PostFormValue("email"),
	}
}

// sign serves POST /studio/s/{token}.
func (s *Studio) sign(v *visit) (*web.Reply, error) {
	p, _, err := s.signer(v)
	if err != nil {
		return nil, err
	}
	revision, err := strconv.Atoi(v.PostFormValue("revision"))
	if err != nil {
		return nil, errBadForm
	}
	p.Key, p.Details = v.PostFormValue("key"), v.details()
	if err := s.Signatures.Sign(v.ctx(), p.Guest, p.Key, revision, p.Details); err != nil {
		if errors.Is(err, sala.ErrNotFound) {
			return nil, errEnded
		}
		return s.showSignersPage(v, p, err)
	}
	key := url.PathEscape(p.Key)
	if !p.Link.Shared() {
		key = signature.Own
	}
	return web.Redirect(http.StatusSeeOther, p.at("/"+key, v.lang)), nil
}

// signersReceipt serves GET /studio/s/{token}/{key}: what was signed.
func (s *Studio) signersReceipt(v *visit) (*web.Reply, error) {
	p, secrets, err := s.signer(v)
	if err != nil {
		return nil, err
	}
	return s.showSignersReceipt(v, p, secrets, nil)
}

func (s *Studio) showSignersReceipt(v *visit, sp signPage, secrets senderSecrets, wrong error) (*web.Reply, error) {
	var err error
	if sp.Entry, err = s.Signatures.Receipt(v.ctx(), sp.Guest, secrets.key); errors.Is(err, sala.ErrNotFound) {
		if secrets.key == signature.Own { // it was taken back: they may sign again
			return web.Redirect(http.StatusSeeOther, sp.at("", v.lang)), nil
		}
		return nil, errEnded
	} else if err != nil {
		return nil, err
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("sign.done")
	sp.page, sp.Key, sp.May = p, secrets.key, s.Signatures.MayMend(sp.Guest, sp.Entry)
	if wrong == nil {
		sp.Details = sp.Entry.Details
	}
	return p.show(signedView(sp))
}

// mendSignature serves POST /studio/s/{token}/{key}.
func (s *Studio) mendSignature(v *visit) (*web.Reply, error) {
	p, secrets, err := s.signer(v)
	if err != nil {
		return nil, err
	}
	if v.PostFormValue("do") == "withdraw" {
		err = s.Signatures.Withdraw(v.ctx(), p.Guest, secrets.key)
	} else {
		p.Details = v.details()
		err = s.Signatures.Mend(v.ctx(), p.Guest, secrets.key, p.Details)
	}
	switch {
	case errors.Is(err, sala.ErrNotFound):
		return nil, errEnded
	case err != nil:
		if _, ok := errors.AsType[sala.Invalid](err); !ok {
			return nil, err
		}
		return s.showSignersReceipt(v, p, secrets, err)
	}
	return web.Redirect(http.StatusSeeOther, p.at("/"+url.PathEscape(secrets.key), v.lang)), nil
}

// Earlier reports whether the text has changed since the entry was signed.
func (p signPage) Earlier() bool {
	return p.Call.Revision > p.Entry.Revision || p.Call.Revision == 0
}

// day is the day of a moment, by the network's clocks.
func (p signPage) day(t time.Time) string {
	return i18n.Date(p.lang, sala.DayOf(t.In(p.set.Location())))
}
