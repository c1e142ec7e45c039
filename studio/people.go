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
	u, code, err := s.Account.Invite(v.ctx(), v.By(), pp.Email, pp.Called, role, "")
	if err != nil {
		return s.showPeople(v, pp, err)
	}
	return s.showPeople(v, peoplePage{Role: sala.Editor, Link: s.base(v.Request) + "/studio/link?code=" + code, LinkFor: u.Email}, nil)
}

// offerLink serves POST /studio/people/{id}/link: another invitation, or a
// link to begin anew.
func (s *Studio) offerLink(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	purpose, code, err := s.Account.Link(v.ctx(), v.By(), id)
	if err != nil {
		return nil, err
	}
	u, err := s.Account.User(v.ctx(), v.By(), id)
	if err != nil {
		return nil, err
	}
	return s.showPeople(v, peoplePage{Role: sala.Editor, Link: s.base(v.Request) + "/studio/link?code=" + code, LinkFor: u.Email, Reset: purpose == account.Reset}, nil)
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
