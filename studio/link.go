package studio

import (
	"sala"
	"sala/account"
	"sala/internal/web"
)

// linkPage is what linkView shows to one who comes by an invitation or to
// begin anew.
type linkPage struct {
	*page
	Code    string
	Reset   bool
	Email   string
	Role    sala.Role
	Called  string
	Speaks  sala.Lang
	Passkey account.Ceremony
}

// link serves GET /studio/link?code=….
func (s *Studio) link(v *visit) (*web.Reply, error) {
	code := v.URL.Query().Get("code")
	purpose, u, err := s.Account.Opened(v.ctx(), code, v.address())
	if err != nil {
		return nil, err
	}
	speaks := u.Lang
	if speaks == "" {
		speaks = v.lang
	}
	return s.showLink(v, code, purpose, u, u.Name, speaks, nil)
}

func (s *Studio) showLink(v *visit, code string, purpose account.Purpose, u account.User, called string, speaks sala.Lang, wrong error) (*web.Reply, error) {
	if purpose == account.ToSetUp {
		return nil, sala.ErrNotFound
	}
	if v.user.ID == "" && u.Lang != "" {
		v.lang = s.spoken(u.Lang, v.lang)
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	lp := linkPage{page: p, Code: code, Reset: purpose == account.Reset, Email: u.Email, Role: u.Role, Called: called, Speaks: speaks}
	p.Title = p.T("account.invite_title")
	if lp.Reset {
		p.Title = p.T("account.reset_title")
	}
	if lp.Passkey, err = s.Account.OfferPasskey(v.ctx(), u, s.base(v.Request), p.Name()); err != nil {
		return nil, err
	}
	return p.show(linkView(lp))
}

// useLink serves POST /studio/link.
func (s *Studio) useLink(v *visit) (*web.Reply, error) {
	code, called, speaks := v.PostFormValue("code"), v.PostFormValue("name"), sala.Lang(v.PostFormValue("lang"))
	way, err := v.wayIn()
	var u account.User
	if err == nil {
		u, err = s.Account.Accept(v.ctx(), code, called, speaks, way, v.address(), v.siteNames()...)
	}
	if err == nil {
		return s.firstIn(v, u, way)
	}
	purpose, u, open := s.Account.Opened(v.ctx(), code, v.address())
	if open != nil {
		return nil, open
	}
	return s.showLink(v, code, purpose, u, called, speaks, err)
}

// spoken is a language if the studio has its words, else the other.
func (s *Studio) spoken(l, other sala.Lang) sala.Lang {
	for _, have := range s.words.Langs() {
		if have == l {
			return l
		}
	}
	return other
}
