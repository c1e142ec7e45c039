package studio

import (
	"sala"
	"sala/account"
	"sala/internal/web"
)

// peoplePage is what peopleView shows.
type peoplePage struct {
	*page
	People []somebody
	Email  string // of the form that invites
	Called string
	Role   sala.Role
	// Link is shown once, after it was made.
	Link    string
	LinkFor string
	Reset   bool
	Posted  string // address that a letter with the link went to
	Waits   bool   // … or waits for
}

// somebody is one row.
type somebody struct {
	account.User
	Link account.Link // that still works, if one does
}

// roles that one can have, from least to most.
var roles = []sala.Role{sala.Contributor, sala.Translator, sala.Editor, sala.Admin}

// people serves GET /studio/people.
func (s *Studio) people(v *visit) (*web.Reply, error) {
	return s.showPeople(v, peoplePage{Role: sala.Editor}, nil)
}

func (s *Studio) showPeople(v *visit, pp peoplePage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	pp.page, p.Title = p, p.T("account.people")
	users, err := s.Account.Users(v.ctx(), v.By())
	if err != nil {
		return nil, err
	}
	links, err := s.Account.Links(v.ctx(), v.By())
	if err != nil {
		return nil, err
	}
	for _, u := range users {
		one := somebody{User: u}
		for _, l := range links {
			if l.User == u.ID {
				one.Link = l
			}
		}
		pp.People = append(pp.People, one)
	}
	return p.show(peopleView(pp))
}

// invite serves POST /studio/people.
func (s *Studio) invite(v *visit) (*web.Reply, error) {
	pp := peoplePage{Email: v.PostFormValue("email"), Called: v.PostFormValue("name")}
	role, err := sala.ParseRole(v.PostFormValue("role"))
	if err != nil {
		return s.showPeople(v, pp, err)
	}
	pp.Role = role
	tell := s.tells(v)
	u, code, err := s.Account.Invite(v.ctx(), v.By(), pp.Email, pp.Called, role, "", tell...)
	if err != nil {
		return s.showPeople(v, pp, err)
	}
	return s.showPeople(v, s.madeLink(v, u, code, len(tell) > 0), nil)
}

// tells is what writes the letter with a link, unless there can be none or
// the form says that it is passed on by hand.
func (s *Studio) tells(v *visit) []account.Tell {
	if s.Letters.Writes() != nil || v.PostFormValue("how") == "hand" {
		return nil
	}
	return []account.Tell{s.Letters.Invitation(v.By())}
}

// madeLink is the page after a link was made. One that goes out by mail is
// not shown: nobody but its reader needs it.
func (s *Studio) madeLink(v *visit, u account.User, code string, written bool) peoplePage {
	pp := peoplePage{Role: sala.Editor}
	if written {
		pp.Posted, pp.Waits = u.Email, !s.Letters.Sends()
	}
	if !written || pp.Waits {
		pp.Link, pp.LinkFor = s.base(v.Request)+"/studio/link?code="+code, u.Email
	}
	return pp
}

// offerLink serves POST /studio/people/{id}/link: another invitation, or a
// link to begin anew.
func (s *Studio) offerLink(v *visit) (*web.Reply, error) {
	id, tell := sala.ID(v.PathValue("id")), s.tells(v)
	purpose, code, err := s.Account.Link(v.ctx(), v.By(), id, tell...)
	if err != nil {
		return nil, err
	}
	u, err := s.Account.User(v.ctx(), v.By(), id)
	if err != nil {
		return nil, err
	}
	pp := s.madeLink(v, u, code, len(tell) > 0)
	pp.Reset = purpose == account.Reset
	return s.showPeople(v, pp, nil)
}

// revokeLink serves POST /studio/links/{id}/revoke.
func (s *Studio) revokeLink(v *visit) (*web.Reply, error) {
	if err := s.Account.Revoke(v.ctx(), v.By(), sala.ID(v.PathValue("id"))); err != nil {
		return nil, err
	}
	return v.done("/studio/people", "account.link_gone")
}

// setRole serves POST /studio/people/{id}/role.
func (s *Studio) setRole(v *visit) (*web.Reply, error) {
	role, err := sala.ParseRole(v.PostFormValue("role"))
	if err != nil {
		return nil, err
	}
	was, err := sala.ParseRole(v.PostFormValue("was"))
	if err != nil {
		return nil, err
	}
	if err := s.Account.SetRole(v.ctx(), v.By(), sala.ID(v.PathValue("id")), was, role); err != nil {
		return nil, err
	}
	return v.done("/studio/people", "account.role_saved")
}

// disable serves POST /studio/people/{id}/disable.
func (s *Studio) disable(v *visit) (*web.Reply, error) {
	if err := s.Account.Disable(v.ctx(), v.By(), sala.ID(v.PathValue("id"))); err != nil {
		return nil, err
	}
	return v.done("/studio/people", "account.disabled_now")
}

// enable serves POST /studio/people/{id}/enable.
func (s *Studio) enable(v *visit) (*web.Reply, error) {
	if err := s.Account.Enable(v.ctx(), v.By(), sala.ID(v.PathValue("id"))); err != nil {
		return nil, err
	}
	return v.done("/studio/people", "account.enabled_now")
}

// invited counts those who were invited and have not come.
func invited(v *visit) (int, error) {
	users, err := v.studio.Account.Users(v.ctx(), v.By())
	n := 0
	for _, u := range users {
		if !u.WayIn && u.Disabled.IsZero() {
			n++
		}
	}
	return n, err
}

// peopleCount counts those who may sign in.
func peopleCount(v *visit) (int, error) {
	users, err := v.studio.Account.Users(v.ctx(), v.By())
	n := 0
	for _, u := range users {
		if u.Disabled.IsZero() {
			n++
		}
	}
	return n, err
}
