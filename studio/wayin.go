package studio

import (
	"sala/account"
)

// wayIn reads from a form how somebody wants to sign in: by the passkey that
// their browser has just made, or by a password.
func (v *visit) wayIn() (account.WayIn, error) {
	answer := v.PostFormValue("passkey")
	if answer == "" {
		return account.WayIn{Password: v.PostFormValue("password")}, nil
	}
	s := v.studio
	made, err := s.Account.CheckPasskey(v.PostFormValue("form"), answer, v.where().Device, s.base(v.Request), v.siteName())
	return account.WayIn{Passkey: made}, err
}

// siteName is the network's name in its own first language.
func (v *visit) siteName() string {
	name, _ := v.set.Name.In(v.set.Default)
	return name
}

// siteNames are all names of the network: no password is made of them.
func (v *visit) siteNames() []string {
	var names []string
	for _, name := range v.set.Name {
		names = append(names, name)
	}
	return names
}
