package directory

import (
	"time"

	"sala"
)

// An OrganisationKind says what sort of body it is.
type OrganisationKind string

// The kinds of organisation.
const (
	NGO               OrganisationKind = "ngo"
	Community         OrganisationKind = "community" // of migrants themselves
	Union             OrganisationKind = "union"
	Network           OrganisationKind = "network"
	Ministry          OrganisationKind = "ministry"
	Department        OrganisationKind = "department" // or another office of a government
	Embassy           OrganisationKind = "embassy"
	Intergovernmental OrganisationKind = "intergovernmental"
	Parliament        OrganisationKind = "parliament"
	Court             OrganisationKind = "court"
	Employer          OrganisationKind = "employer"
	Agency            OrganisationKind = "agency" // of recruitment
	Association       OrganisationKind = "association"
	University        OrganisationKind = "university"
	Media             OrganisationKind = "media"
	Foundation        OrganisationKind = "foundation"
	OtherOrganisation OrganisationKind = "other"
)

// OrganisationKinds lists every kind in the order in which they are offered.
var OrganisationKinds = []OrganisationKind{
	NGO, Community, Union, Network, Ministry, Department, Embassy, Intergovernmental, Parliament, Court, Employer, Agency, Association, University, Media, Foundation,
	OtherOrganisation,
}

// Sector is that of most organisations of a kind.
func (k OrganisationKind) Sector() sala.Sector {
	switch k {
	case NGO, Community, Network, Foundation:
		return sala.CivilSociety
	case Union:
		return sala.Workers
	case Ministry, Department, Embassy, Parliament, Court:
		return sala.Government
	case Intergovernmental:
		return sala.International
	case Employer, Agency, Association:
		return sala.Private
	case University:
		return sala.Academia
	case Media:
		return sala.Press
	}
	return sala.OtherSector
}

// A Service is what somebody in need may get from an organisation.
type Service string

// The services.
const (
	Hotline    Service = "hotline"
	LegalAid   Service = "legal_aid"
	Shelter    Service = "shelter"
	Health     Service = "health"
	Papers     Service = "papers" // help with permits, passports, registration
	Learning   Service = "learning"
	Organising Service = "organising" // of workers among themselves
	Return     Service = "return"
)

// Services lists every service in the order in which they are offered.
var Services = []Service{Hotline, LegalAid, Shelter, Health, Papers, Learning, Organising, Return}

// A Reach is how far readers are told where an organisation is found.
type Reach string

// The ways. Some offices are safe only as long as nobody knows their door.
const (
	ReachOpen Reach = "open" // all that is stored
	ReachWeb  Reach = "web"  // its website only
	ReachNone Reach = "none"
)

// Reaches lists every way in the order in which they are offered.
var Reaches = []Reach{ReachOpen, ReachWeb, ReachNone}

// A Contact is where an organisation is found.
type Contact struct {
	Web   string `json:"web,omitempty"`
	Email string `json:"email,omitempty"`
	Phone string `json:"phone,omitempty"`
	Place string `json:"place,omitempty"` // as it stands on a letter
}

// An Organisation is a body that the record names.
type Organisation struct {
	ID        sala.ID
	Name      sala.Text
	Short     sala.Text // "MOLIP"
	Aliases   []string
	Kind      OrganisationKind
	Sector    sala.Sector // "" as most of its kind
	Country   string      // where it sits: ISO 3166-1 alpha-2 in lower case, "" if not known or in many
	Countries []string
	Parent    sala.ID
	Ties      []Tie // to the network
	Langs     []sala.Lang
	Services  []Service
	About     sala.Text
	Contact   Contact
	Reach     Reach
	Safely    sala.Text // what to mind when one calls: "Texts only; do not say who we are"
	Unlisted  bool      // has no page and stands in no list
	Slug      string    // "" of a new one makes one of the name
	Note      string    // for those who keep the directory
	Changed   time.Time
}

// InSector is the sector that it counts in.
func (o Organisation) InSector() sala.Sector {
	if o.Sector == "" {
		return o.Kind.Sector()
	}
	return o.Sector
}

// Reached is what readers may be told of where it is found.
func (o Organisation) Reached() Contact {
	switch o.Reach {
	case ReachOpen, "":
		return o.Contact
	case ReachWeb:
		return Contact{Web: o.Contact.Web}
	}
	return Contact{}
}
