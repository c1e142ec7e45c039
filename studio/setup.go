package studio

import (
	"errors"
	"slices"
	"strings"

	"sala"
	"sala/account"
	"sala/internal/db"
	"sala/internal/web"
	"sala/network"
)

// setupPage is what setupView shows.
type setupPage struct {
	*page
	Code    string
	Langs   []setupLang
	Default sala.Lang
	Called  string // the admin
	Email   string
	Speaks  sala.Lang // language of the studio for them
	Passkey account.Ceremony
}

// A setupLang is one language that the site may have, with its name in it.
type setupLang struct {
	Lang sala.Lang
	On   bool
	Name string
}

// offered are the languages of the region, which the set-up offers first.
var offered = []sala.Lang{"en", "my", "th", "km", "lo", "vi", "ja", "zh"}

// setup serves GET /studio/setup, while there is no user.
func (s *Studio) setup(v *visit) (*web.Reply, error) {
	if err := s.notSetUp(v); err != nil {
		return nil, err
	}
	sp := setupPage{Code: v.URL.Query().Get("code"), Default: v.set.Default, Speaks: v.lang}
	for _, l := range offered {
		sp.Langs = append(sp.Langs, setupLang{Lang: l})
	}
	for _, l := range v.set.Langs { // an import may have set some
		if !slices.Contains(offered, l) {
			sp.Langs = append(sp.Langs, setupLang{Lang: l})
		}
	}
	for i, l := range sp.Langs {
		sp.Langs[i].On, sp.Langs[i].Name = slices.Contains(v.set.Langs, l.Lang), v.set.Name[l.Lang]
	}
	return s.showSetup(v, sp, nil)
}

func (s *Studio) notSetUp(v *visit) error {
	empty, err := s.Account.Empty(v.ctx())
	if err == nil && !empty {
		return sala.ErrNotFound
	}
	return err
}

func (s *Studio) showSetup(v *visit, sp setupPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	sp.page, p.Title = p, p.T("studio.setup_title")
	if sp.Passkey, err = s.Account.OfferPasskey(v.ctx(), account.User{Email: sp.Email, Name: sp.Called}, s.base(v.Request), p.Name()); err != nil {
		return nil, err
	}
	return p.show(setupView(sp))
}

// setUp serves POST /studio/setup: the network and its first admin, both or
// neither.
func (s *Studio) setUp(v *visit) (*web.Reply, error) {
	if err := s.notSetUp(v); err != nil {
		return nil, err
	}
	sp := setupPage{
		Code: strings.TrimSpace(v.PostFormValue("code")), Default: sala.Lang(v.PostFormValue("default")),
		Called: v.PostFormValue("name"), Email: v.PostFormValue("email"), Speaks: sala.Lang(v.PostFormValue("lang")),
	}
	names := sala.Text{}
	var langs []sala.Lang
	var bad sala.Invalid
	for _, tag := range v.PostForm["offered"] {
		l, err := sala.ParseLang(tag)
		if err != nil {
			return nil, errBadForm
		}
		one := setupLang{l, v.PostFormValue("on-"+tag) != "", strings.TrimSpace(v.PostFormValue("name-" + tag))}
		sp.Langs = append(sp.Langs, one)
		if one.On {
			langs = append(langs, l)
			names[l] = one.Name
		}
	}
	if !slices.Contains(langs, sp.Default) {
		bad = append(bad, sala.FieldError{Field: "default", Key: "studio.setup_default_off", Text: "the first language is not one of the site's languages"})
	} else if names[sp.Default] == "" {
		bad = append(bad, sala.FieldError{Field: "name-" + string(sp.Default), Key: "studio.setup_name_missing", Text: "the network needs a name in the site's first language"})
	}
	purpose, _, err := s.Account.Opened(v.ctx(), sp.Code, v.address())
	switch {
	case err != nil && !errors.Is(err, sala.ErrNotFound):
		return nil, err
	case err != nil || purpose != account.ToSetUp:
		bad = append(bad, sala.FieldError{Field: "code", Key: "studio.setup_code_wrong", Text: "this is not the code that the terminal shows"})
	}
	if bad != nil {
		return s.showSetup(v, sp, bad)
	}
	way, err := v.wayIn()
	if err != nil {
		return s.showSetup(v, sp, err)
	}
	own := []string{}
	for _, name := range names {
		own = append(own, name)
	}
	prepared, err := s.Account.PrepareSetUp(v.ctx(), sp.Email, sp.Called, sp.Speaks, way, own...)
	if err != nil {
		return s.showSetup(v, sp, err)
	}
	var u account.User
	err = s.DB.Tx(v.ctx(), func(tx *db.Tx) error {
		if u, err = s.Account.SetUp(v.ctx(), tx, sp.Code, prepared); err != nil {
			return err
		}
		_, err = s.Network.Change(v.ctx(), tx, u.Actor(), func(set *network.Settings) {
			set.Langs, set.Default = langs, sp.Default
			if set.Name == nil {
				set.Name = sala.Text{}
			}
			for l, name := range names {
				set.Name[l] = name
			}
		})
		return err
	})
	if err != nil {
		return s.showSetup(v, sp, err)
	}
	return s.firstIn(v, u, way)
}

// firstIn begins the session of one who has come by a link.
func (s *Studio) firstIn(v *visit, u account.User, way account.WayIn) (*web.Reply, error) {
	in := account.SignIn{User: u, Way: "password"}
	if way.Passkey != nil {
		in.Way = "passkey"
	}
	if u.Lang != "" && slices.Contains(s.words.Langs(), u.Lang) {
		v.lang = u.Lang
	}
	reply, err := s.letIn(v, in, "/studio/")
	if err == nil {
		v.say("account.welcome")
	}
	return reply, err
}
