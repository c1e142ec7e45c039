package studio

import (
	"sala/account"
	"sala/internal/web"
)

// appPage is what appView shows: the secret that an authenticator app takes.
type appPage struct {
	*page
	Offer account.AppOffer
	QR    drawing
}

// codesPage is what codesView shows: recovery codes, this once.
type codesPage struct {
	*page
	Codes []string
}

// app serves GET /studio/me/app.
func (s *Studio) app(v *visit) (*web.Reply, error) {
	offer, err := s.Account.OfferApp(v.By(), v.siteName(), v.user.Email)
	if err != nil {
		return nil, err
	}
	return s.showApp(v, offer, nil)
}

func (s *Studio) showApp(v *visit, offer account.AppOffer, wrong error) (*web.Reply, error) {
	if v.now().Sub(v.session.Created) > recentFor {
		return nil, errNotRecent
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("account.app_title")
	picture, err := drawQR(offer.Address)
	if err != nil {
		return nil, err
	}
	return p.show(appView(appPage{p, offer, picture}))
}

// addApp serves POST /studio/me/app.
func (s *Studio) addApp(v *visit) (*web.Reply, error) {
	if v.now().Sub(v.session.Created) > recentFor {
		return nil, errNotRecent
	}
	form := v.PostFormValue("form")
	codes, err := s.Account.AddApp(v.ctx(), v.By(), form, v.PostFormValue("code"), v.session.ID)
	if err != nil {
		offer, again := s.Account.OfferAgain(v.By(), form, v.siteName(), v.user.Email)
		if again != nil {
			return nil, again
		}
		return s.showApp(v, offer, err)
	}
	if err := account.Renew(v.ctx(), s.sessions); err != nil {
		return nil, err
	}
	return s.showCodes(v, codes)
}

// showCodes shows recovery codes in answer to the form that made them: they
// are kept nowhere, so there is no address to be sent on to.
func (s *Studio) showCodes(v *visit, codes []string) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("account.recovery_title")
	return p.show(codesView(codesPage{p, codes}))
}

// removeApp serves POST /studio/me/app/remove.
func (s *Studio) removeApp(v *visit) (*web.Reply, error) {
	return s.changeWays(v, "account.app_gone", func() error { return s.Account.RemoveApp(v.ctx(), v.By(), v.session.ID) })
}

// newRecovery serves POST /studio/me/recovery.
func (s *Studio) newRecovery(v *visit) (*web.Reply, error) {
	if v.now().Sub(v.session.Created) > recentFor {
		return nil, errNotRecent
	}
	codes, err := s.Account.NewRecovery(v.ctx(), v.By())
	if err != nil {
		return nil, err
	}
	return s.showCodes(v, codes)
}
