package extract

import "sala"

// A Text is what facts are read out of: one edition of a work, as plain
// blocks.
type Text struct {
	Title     string
	Lang      sala.Lang
	Published sala.Day // the day the text itself bears; zero if it bears none
	Blocks    []Block
}

// A Block is one paragraph, heading or list item.
type Block struct {
	ID      string
	Text    string
	Heading bool
	Item    bool // of a list
}

// TitleBlock is the block by which a passage in the title is named.
const TitleBlock = "title"

// A Passage is the place in the text that a fact was read from: bytes From to
// To of a block.
type Passage struct {
	Block string `json:"block"`
	From  int    `json:"from"`
	To    int    `json:"to"`
	Words string `json:"words"`
}

// A Sureness says how far a fact can be trusted, from 0 to 1. It is a rank, not
// a probability: a fact that the text states outright where facts of its
// kind are stated is 0.9, one that hangs on a single hint is 0.5.
type Sureness float64

// Sure is from where on a fact may be accepted without a look at the text.
const Sure Sureness = 0.8

// Found is where a fact stands and how sure it is. Every fact has one.
type Found struct {
	At   Passage  `json:"at"`
	Sure Sureness `json:"sure"`
}

// A Said is words as the text has them.
type Said struct {
	Found
	Words string `json:"words"`
}

// IsZero reports whether nothing was said.
func (s Said) IsZero() bool { return s.Words == "" }

// Facts are what a text proposes. What it leaves unsure is empty.
type Facts struct {
	Events    []Event
	Asks      []Ask
	Adoptions []Adoption
	Figures   []Figure
	Contacts  []FoundContact
}

// An Event is something that was held, or will be.
type Event struct {
	Found
	Title     Said
	Type      Said // "workshop", "consultation": the text's own word, in lower case
	Held      When
	Venue     Said
	City      Said
	Country   Land
	Within    int     // the event it was part of, by its place in the list; -1 for none
	Parties   []Party // who organised, hosted, paid, and who was represented
	Counts    []Count
	Sessions  []Session
	Speakers  []Speaker
	Groups    []Group
	Materials []Material
	Languages []Language
}

// A When is the days of an event.
type When struct {
	Found
	Span sala.Span `json:"span"`
	// Reckoned says that the text did not state the day in full: it was
	// counted from the day of the text itself.
	Reckoned bool `json:"reckoned,omitempty"`
}

// A Land is a country by its ISO 3166-1 code, in lower case.
type Land struct {
	Found
	Code string `json:"code"`
}

// A Part is what an organisation had to do with an event.
type Part string

// The parts of an organisation.
const (
	Organiser   Part = "organiser"
	CoOrganiser Part = "co-organiser"
	Host        Part = "host"
	Funder      Part = "funder"
	Supporter   Part = "supporter" // helped, and the text does not say with money
	Represented Part = "represented"
)

// A Party is an organisation and its part in an event.
type Party struct {
	Found
	Part Part         `json:"part"`
	Org  Organisation `json:"org"`
}

// An Organisation is one as a text names it.
type Organisation struct {
	Name  string `json:"name"`
	Short string `json:"short,omitempty"`
	// Kind and Country are those of the gazetteer or the directory, "" if it is in neither.
	Kind    string  `json:"kind,omitempty"`
	Country string  `json:"country,omitempty"`
	ID      sala.ID `json:"id,omitempty"` // in the directory, where the name is known there
}

// IsZero reports whether no organisation is named.
func (o Organisation) IsZero() bool { return o.Name == "" }

// A Count is a number of people, organisations or countries as stated: "over
// 40 participants" is 40 with the qualifier "over".
type Count struct {
	Found
	Qualifier string `json:"qualifier,omitempty"`
	Value     int    `json:"value"`
	What      string `json:"what"`
}

// A SessionKind is what sort of session.
type SessionKind string

// The kinds of session.
const (
	Plenary      SessionKind = "plenary"
	Panel        SessionKind = "panel"
	Keynote      SessionKind = "keynote"
	Screening    SessionKind = "screening"
	GroupWork    SessionKind = "group work"
	Discussion   SessionKind = "discussion"
	Presentation SessionKind = "presentation"
	Opening      SessionKind = "opening"
	Closing      SessionKind = "closing"
	OtherSession SessionKind = "session"
)

// A Session is a part of an event.
type Session struct {
	Found
	Kind  SessionKind `json:"kind"`
	Title string      `json:"title,omitempty"`
}

// A Speaker is a person who is named as having said or shown something at an
// event.
type Speaker struct {
	Found
	Name      string       `json:"name"`
	Honorific string       `json:"honorific,omitempty"`
	Role      string       `json:"role,omitempty"` // at that time, as stated
	Org       Organisation `json:"org"`
	Session   int          `json:"session"`        // by its place in the list, -1 if the text does not say
	Did       string       `json:"did,omitempty"`  // "moderator", "keynote", "panellist", "opening remarks"; "" if the text only says that they spoke
	Worker    bool         `json:"worker"`         // named as a migrant worker or returnee
	Also      []int        `json:"also,omitempty"` // further sessions they spoke in
}

// A Group is people who spoke or were there without being named.
type Group struct {
	Found
	Who   string       `json:"who"`
	Org   Organisation `json:"org"`
	Spoke bool         `json:"spoke"`
}

// A Material is something that was shown or handed out.
type Material struct {
	Found
	Kind  string       `json:"kind"` // "documentary", "presentation"
	Title string       `json:"title,omitempty"`
	Owner Organisation `json:"owner"`
	Shown bool         `json:"shown"` // it was screened
}

// A Language is one that an event was held in or interpreted into.
type Language struct {
	Found
	Lang        sala.Lang `json:"lang"`
	Interpreted bool      `json:"interpreted"`
}

// An Ask is something that was asked of somebody.
type Ask struct {
	Found
	Words      string   `json:"words"`
	Number     string   `json:"number,omitempty"` // as the text numbers it
	Addressees []string `json:"addressees,omitempty"`
	By         string   `json:"by,omitempty"` // who asked, as stated
	Event      int      `json:"event"`        // by its place in the list, -1 for none
}

// An Adoption is a text taking over what was asked, perhaps under other
// numbers.
type Adoption struct {
	Found
	To       string `json:"to,omitempty"`       // to whom it was submitted
	Document string `json:"document,omitempty"` // what adopted it
	Section  string `json:"section,omitempty"`
	From     string `json:"from,omitempty"` // its first number there
	Until    string `json:"until,omitempty"`
	All      bool   `json:"all"`
	Event    int    `json:"event"`
}

// A Figure is a number that a text states of the world.
type Figure struct {
	Found
	Qualifier string   `json:"qualifier,omitempty"`
	Value     string   `json:"value"`        // "500000", "70", without marks of thousands
	Of        string   `json:"of,omitempty"` // the whole, of "60 of the 259"
	Unit      string   `json:"unit"`         // "%", "foreign workers", "USD"
	AsOf      sala.Day `json:"asof"`
}

// A FoundContact is a contact and where it stands.
type FoundContact struct {
	Found
	Contact
	Org Organisation `json:"org"`
}
