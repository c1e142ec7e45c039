package directory

import (
	"slices"
	"time"

	"sala"
)

// A PersonKind says what somebody is to the record.
type PersonKind string

// The kinds of person.
const (
	Official      PersonKind = "official"
	Academic      PersonKind = "academic"
	Advocate      PersonKind = "advocate"
	MigrantWorker PersonKind = "migrant_worker"
	Unionist      PersonKind = "unionist"
	Journalist    PersonKind = "journalist"
	Business      PersonKind = "business" // of employers and recruiters
	OtherPerson   PersonKind = "other"
)

// PersonKinds lists every kind in the order in which they are offered.
var PersonKinds = []PersonKind{Official, Academic, Advocate, MigrantWorker, Unionist, Journalist, Business, OtherPerson}

// A Showing is how a person may be shown.
type Showing string

// The ways of showing somebody, from the most open.
const (
	ByKind    Showing = ""      // as the kind says: see [PersonKind.Showing]
	InFull    Showing = "full"  // name and page
	FirstName Showing = "first" // the given name, no page
	RoleOnly  Showing = "role"  // "a migrant worker"
	Hidden    Showing = "hidden"
)

// Showings lists every way in order, the most open first.
var Showings = []Showing{InFull, FirstName, RoleOnly, Hidden}

// Showing is how people of a kind are shown unless an editor says otherwise.
func (k PersonKind) Showing() Showing {
	if k == MigrantWorker {
		return RoleOnly
	}
	return InFull
}

// stricter is the closer of two ways of showing somebody.
func stricter(a, b Showing) Showing {
	if slices.Index(Showings, a) < slices.Index(Showings, b) {
		return b
	}
	return a
}

// A Person is somebody whom the record names.
type Person struct {
	ID      sala.ID
	Name    sala.Text // the whole, as they write it
	First   sala.Text // the given name, as they use it; never split off
	Aliases []string  // other names, spellings, orders of the words
	Kind    PersonKind
	Showing Showing
	Role    sala.Text // said in place of a name that may not be shown; "" says the kind
	Country string    // ISO 3166-1 alpha-2 in lower case, "" if not known
	Ties    []Tie     // to the network
	Posts   []Post
	Slug    string // "" of a new one makes one of the name
	Note    string // for those who keep the directory
	Changed time.Time
}

// Shown is how they may be shown now.
func (p Person) Shown() Showing {
	if p.Showing == ByKind {
		return p.Kind.Showing()
	}
	return p.Showing
}

// A Post is what a person was in an organisation.
type Post struct {
	Organisation sala.ID   `json:"organisation"`
	Role         sala.Text `json:"role,omitempty"`
	Since        sala.Day  `json:"since"`
	Until        sala.Day  `json:"until"` // not stated: still, or nobody knows
}

// A Relation is what somebody is to the network.
type Relation string

// The relations.
const (
	Member  Relation = "member"
	Partner Relation = "partner"
	Funder  Relation = "funder"
	Staff   Relation = "staff" // of the secretariat
	Founder Relation = "founder"
)

// Relations lists every relation in the order in which they are offered.
var Relations = []Relation{Member, Partner, Funder, Staff, Founder}

// A Tie is a relation to the network, from a day to a day.
type Tie struct {
	Relation Relation `json:"relation"`
	Since    sala.Day `json:"since"`
	Until    sala.Day `json:"until"`
}

// On reports whether a tie holds on a day.
func (t Tie) On(day sala.Day) bool { return covers(t.Since, t.Until, day) }

// On reports whether a post is held on a day.
func (p Post) On(day sala.Day) bool { return covers(p.Since, p.Until, day) }

// covers compares days as far as both are stated: what began in 2018 holds in
// March 2018.
func covers(since, until, day sala.Day) bool {
	return (since.IsZero() || compare(since, day) <= 0) && (until.IsZero() || compare(until, day) >= 0)
}

func compare(a, b sala.Day) int {
	switch {
	case a.Year != b.Year:
		return a.Year - b.Year
	case a.Month == 0 || b.Month == 0:
		return 0
	case a.Month != b.Month:
		return int(a.Month - b.Month)
	case a.Day == 0 || b.Day == 0:
		return 0
	}
	return a.Day - b.Day
}
