package network

import (
	"context"
	"strings"

	"sala"
	"sala/internal/input"
)

// A Licence is one that networks choose for what they give away, by the name
// it is known under.
type Licence struct{ Name, Address string }

// Licences are offered where the licence of the data is chosen; the addresses
// are those by which their makers want them cited.
var Licences = []Licence{
	{"CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"},
	{"CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"},
	{"CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"},
	{"CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"},
	{"ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"},
}

// LicenceName is what the licence of the data is called: its name, or the
// address of one that is not among [Licences]; "" if the network has not said.
func (s Settings) LicenceName() string {
	for _, l := range Licences {
		if l.Address == s.Licence {
			return l.Name
		}
	}
	return s.Licence
}

// SetLicence says under which licence the tables of the record may be used, by
// its name or its address; "" says nothing.
func (s *Store) SetLicence(ctx context.Context, by sala.Actor, mark, licence string) error {
	return s.edit(ctx, by, mark, func(set Settings) any { return set.Licence }, func(set *Settings) error {
		licence = strings.TrimSpace(licence)
		for _, l := range Licences {
			if strings.EqualFold(licence, l.Name) {
				licence = l.Address
			}
		}
		if licence != "" && !input.IsWebAddress(licence) {
			return sala.Invalid{{Field: "licence", Key: "studio.settings_licence_bad", Text: "want the name of a licence that is offered, or an address that begins with https://"}}
		}
		set.Licence = licence
		return nil
	})
}
