package studio

import (
	"errors"
	"time"

	"sala"
	"sala/account"
	"sala/internal/web"
)

// mePage is what meView shows: one's own account.
type mePage struct {
	*page
	Called   string
	Speaks   sala.Lang
	Password bool
	Keys     []account.Passkey
	Second   account.Second
	Sessions []account.Session
	Passkey  account.Ceremony
}

// me serves GET /studio/me.
func (s *Studio) me(v *visit) (*web.Reply, error) {
	return s.showMe(v, v.user.Name, v.lang, nil)
}

func (s *Studio) showMe(v *visit, called string, speaks sala.Lang, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("account.me_title")
	m := mePage{page: p, Called: called, Speaks: speaks}
	if m.Password, err = s.Account.HasPassword(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	if m.Keys, err = s.Account.Passkeys(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	if m.Second, err = s.Account.SecondOf(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	if m.Sessions, err = s.Account.SessionsOf(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	if m.Passkey, err = s.Account.OfferPasskey(v.ctx(), v.user, s.base(v.Request), v.siteName()); err != nil {
		return nil, err
	}
	return p.show(meView(m))
}

// meAgain shows one's account with what is wrong with a form of it.
func (s *Studio) meAgain(v *visit, wrong error) (*web.Reply, error) {
	return s.showMe(v, v.user.Name, v.lang, wrong)
}

// describeMe serves POST /studio/me.
func (s *Studio) describeMe(v *visit) (*web.Reply, error) {
	called, speaks := v.PostFormValue("name"), sala.Lang(v.PostFormValue("lang"))
	if err := s.Account.Describe(v.ctx(), v.By(), called, s.spoken(speaks, v.lang)); err != nil {
		return s.showMe(v, called, speaks, err)
	}
	v.lang = s.spoken(speaks, v.lang)
	return v.done("/studio/me", "account.saved")
}

// setDigest serves POST /studio/me/letters.
func (s *Studio) setDigest(v *visit) (*web.Reply, error) {
	var langs []sala.Lang
	for _, l := range v.PostForm["langs"] {
		langs = append(langs, sala.Lang(l))
	}
	if err := s.Account.SetDigest(v.ctx(), v.By(), v.PostFormValue("digest") != "", langs); err != nil {
		return s.meAgain(v, err)
	}
	return v.done("/studio/me", "account.saved")
}

// setKeys serves POST /studio/me/keys.
func (s *Studio) setKeys(v *visit) (*web.Reply, error) {
	if err := s.Account.SetKeys(v.ctx(), v.By(), v.PostFormValue("keys") != ""); err != nil {
		return nil, err
	}
	return v.done("/studio/me", "account.saved")
}

// recentFor is how long after signing in one may change one's ways in. Later
// one signs in again first: a telephone left open gives nobody a key.
const recentFor = 30 * time.Minute

// errNotRecent: the sign-in is too long ago for this.
var errNotRecent = errors.New("signed in too long ago")

// changeWays runs a change of one's ways in, and gives the session a new
// token after it.
func (s *Studio) changeWays(v *visit, said string, f func() error) (*web.Reply, error) {
	if v.now().Sub(v.session.Created) > recentFor {
		return nil, errNotRecent
	}
	if err := f(); err != nil {
		return s.meAgain(v, err)
	}
	if err := account.Renew(v.ctx(), s.sessions); err != nil {
		return nil, err
	}
	return v.done("/studio/me", said)
}

// setPassword serves POST /studio/me/password.
func (s *Studio) setPassword(v *visit) (*web.Reply, error) {
	return s.changeWays(v, "account.password_saved", func() error {
		return s.Account.SetPassword(v.ctx(), v.By(), v.PostFormValue("old"), v.PostFormValue("password"), v.session.ID, v.siteNames()...)
	})
}

// removePassword serves POST /studio/me/password/remove.
func (s *Studio) removePassword(v *visit) (*web.Reply, error) {
	return s.changeWays(v, "account.password_gone", func() error { return s.Account.RemovePassword(v.ctx(), v.By(), v.session.ID) })
}

// addPasskey serves POST /studio/me/passkeys.
func (s *Studio) addPasskey(v *visit) (*web.Reply, error) {
	return s.changeWays(v, "account.passkey_saved", func() error {
		name := v.PostFormValue("called")
		if name == "" {
			name = v.where().Device
		}
		made, err := s.Account.CheckPasskey(v.PostFormValue("form"), v.PostFormValue("passkey"), name, s.base(v.Request), v.siteName())
		if err != nil {
			return err
		}
		return s.Account.AddPasskey(v.ctx(), v.By(), made)
	})
}

// removePasskey serves POST /studio/me/passkeys/{id}/remove.
func (s *Studio) removePasskey(v *visit) (*web.Reply, error) {
	return s.changeWays(v, "account.passkey_gone", func() error {
		return s.Account.RemovePasskey(v.ctx(), v.By(), sala.ID(v.PathValue("id")), v.session.ID)
	})
}

// endSession serves POST /studio/me/sessions/{id}/end.
func (s *Studio) endSession(v *visit) (*web.Reply, error) {
	if err := s.Account.EndSession(v.ctx(), v.By(), sala.ID(v.PathValue("id")), "session_ended"); err != nil {
		return nil, err
	}
	return v.done("/studio/me", "account.session_gone")
}

// endOthers serves POST /studio/me/sessions/end.
func (s *Studio) endOthers(v *visit) (*web.Reply, error) {
	if err := s.Account.EndOthers(v.ctx(), v.By(), v.session.ID); err != nil {
		return nil, err
	}
	return v.done("/studio/me", "account.sessions_gone")
}

// second is 1 for one who signs in by a password alone.
func second(v *visit) (int, error) {
	has, err := v.studio.Account.HasPassword(v.ctx(), v.By())
	if err != nil || !has {
		return 0, err
	}
	have, err := v.studio.Account.SecondOf(v.ctx(), v.By())
	if have.App.IsZero() {
		return 1, err
	}
	return 0, err
}
