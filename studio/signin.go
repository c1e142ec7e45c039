package studio

import (
	"net/http"
	"net/url"
	"strings"

	"sala/account"
	"sala/internal/web"
)

// signinPage is what signinView and codeView show.
type signinPage struct {
	*page
	Next    string
	Email   string
	Passkey account.Ceremony
	Step    string // of codeView
}

// signin serves GET /studio/signin.
func (s *Studio) signin(v *visit) (*web.Reply, error) {
	next := safeNext(v.URL.Query().Get("next"))
	if v.user.ID != "" {
		return web.Redirect(http.StatusSeeOther, next), nil
	}
	if empty, err := s.Account.Empty(v.ctx()); err != nil {
		return nil, err
	} else if empty {
		return web.Redirect(http.StatusSeeOther, "/studio/setup"), nil
	}
	return s.showSignin(v, signinPage{Next: next}, nil)
}

func (s *Studio) showSignin(v *visit, sp signinPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	sp.page, p.Title = p, p.T("account.signin_title")
	if sp.Passkey, err = s.Account.AskPasskey(s.base(v.Request), p.Name()); err != nil {
		return nil, err
	}
	return p.show(signinView(sp))
}

// signIn serves POST /studio/signin: a passkey's answer, or address and
// password.
func (s *Studio) signIn(v *visit) (*web.Reply, error) {
	sp := signinPage{Next: safeNext(v.PostFormValue("next")), Email: v.PostFormValue("email")}
	var (
		in  account.SignIn
		err error
	)
	if answer := v.PostFormValue("passkey"); answer != "" {
		in, err = s.Account.ByPasskey(v.ctx(), v.where(), v.PostFormValue("form"), answer, s.base(v.Request), "")
	} else {
		in, err = s.Account.ByPassword(v.ctx(), v.where(), sp.Email, v.PostFormValue("password"))
	}
	switch {
	case err != nil:
		return s.showSignin(v, sp, err)
	case in.Step != "":
		sp.Step = in.Step
		return s.showCode(v, sp, nil)
	}
	return s.letIn(v, in, sp.Next)
}

func (s *Studio) showCode(v *visit, sp signinPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	sp.page, p.Title = p, p.T("account.code_title")
	return p.show(codeView(sp))
}

// signInCode serves POST /studio/signin/code.
func (s *Studio) signInCode(v *visit) (*web.Reply, error) {
	sp := signinPage{Next: safeNext(v.PostFormValue("next")), Step: v.PostFormValue("step")}
	in, err := s.Account.BySecond(v.ctx(), v.where(), sp.Step, v.PostFormValue("code"))
	if err != nil {
		return s.showCode(v, sp, err)
	}
	return s.letIn(v, in, sp.Next)
}

// letIn begins the session of one who has proved who they are.
func (s *Studio) letIn(v *visit, in account.SignIn, next string) (*web.Reply, error) {
	if err := s.Account.Begin(v.ctx(), s.sessions, in.User, in.Way, v.where().Device); err != nil {
		return nil, err
	}
	return web.Redirect(http.StatusSeeOther, next), nil
}

// signOut serves POST /studio/signout.
func (s *Studio) signOut(v *visit) (*web.Reply, error) {
	if err := s.Account.EndSession(v.ctx(), v.By(), v.session.ID, "signed_out"); err != nil {
		return nil, err
	}
	if err := s.sessions.Destroy(v.ctx()); err != nil {
		return nil, err
	}
	address := "/studio/signin"
	if next := v.PostFormValue("next"); next != "" {
		address += "?" + url.Values{"next": {safeNext(next)}}.Encode()
	}
	reply := web.Redirect(http.StatusSeeOther, address)
	// Nothing of the studio stays on a telephone that others use, except a text
	// that the server has not: the script has looked for one, and asked.
	clear := `"cache"`
	if v.PostFormValue("forget") != "" {
		clear += `, "storage"`
	}
	reply.Header.Set("Clear-Site-Data", clear)
	return reply, nil
}

// safeNext is an address of the studio, whatever was asked for.
func safeNext(next string) string {
	if !strings.HasPrefix(next, "/studio/") || strings.ContainsAny(next, "\\\r\n\t") || strings.HasPrefix(next, "/studio/sign") {
		return "/studio/"
	}
	return next
}
