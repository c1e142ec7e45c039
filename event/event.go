// Package event keeps what happened, apart from the works that tell of it: a
// workshop may have an invitation, a report and a statement, and is still one
// event.
//
// An [Event] has days as far as they are stated, a place, [Party] organisers
// by role, the organisations [Present], [Session] by session a programme,
// [Appearance] by appearance who stood there in which role and with which
// affiliation on that day, each [Count] as it was stated, [Material] handed
// out, and the [Telling] works in the order of its life. It may stand inside
// another event and in a [Series].
//
// People and organisations are of another area: an event holds their ids.
// How a person may be shown is decided there and asked for by the doors at
// each reading, so nothing here ever prints a name.
//
// Until it is held, an event may take replies to its invitation: a [Reply] is
// for the organisers alone and is deleted when its day has come, by the
// [ReplyRules]. Replies are no part of an Event and of its versions.
//
// Every change makes a version; a change made of an older version is not
// stored over the newer one but set [Aside]. What is public is a matter of
// rows, and nothing is deleted: an event is withdrawn.
package event

import (
	"time"

	"sala"
)

// A Type says what sort of event it was.
type Type string

// The types.
const (
	Workshop        Type = "workshop"
	Conference      Type = "conference"
	Consultation    Type = "consultation"
	Meeting         Type = "meeting"
	Forum           Type = "forum"
	Training        Type = "training"
	Exchange        Type = "exchange"
	PressConference Type = "press_conference"
	Screening       Type = "screening"
	Exhibition      Type = "exhibition"
	Launch          Type = "launch"
	Commemoration   Type = "commemoration" // a day that is kept: 8 March, 1 May, 18 December
	Other           Type = "other"
)

// Types lists every type in the order in which they are offered.
var Types = []Type{
	Workshop, Conference, Consultation, Meeting, Forum, Training, Exchange, PressConference, Screening, Exhibition, Launch, Commemoration, Other,
}

// A State says who may see an event. It follows from the newest [Step].
type State string

// The states.
const (
	Draft     State = "draft"
	Public    State = "public"
	Withdrawn State = "withdrawn"
)

// An Event is one thing that happened or will happen.
type Event struct {
	ID      sala.ID
	Version int    // grows with each change; a change names the version it was made of
	Slug    string // last part of its address, the same in every language
	Title   sala.Text
	About   sala.Text // a few plain paragraphs, parted by newlines
	Type    Type

	Held    sala.Span // as far as stated: days, months or years; zero is "not stated"
	Start   Clock     // on the first day, "" if not stated
	End     Clock     // on the last day, "" if not stated
	Zone    string    // IANA name: "Asia/Yangon"
	Venue   sala.Text
	City    sala.Text
	Country string // ISO 3166-1 alpha-2 in lower case, "" if not stated

	Parent sala.ID // the event it was part of
	Series sala.ID
	Terms  []sala.ID // of the archive: themes

	Spoken      []sala.Lang // languages of the event
	Interpreted []sala.Lang // into which it was interpreted

	Parties     []Party
	Present     []Present
	Sessions    []Session
	Appearances []Appearance
	Counts      []Count
	Materials   []Material
	Works       []Telling

	State   State     `json:"-"`
	MadeBy  sala.ID   `json:"-"` // the user, "" of an import
	Created time.Time `json:"-"`
	Changed time.Time `json:"-"`
}

// A Part is what an organisation did for an event.
type Part string

// The parts. They are kept apart: a funder is no organiser.
const (
	Organiser   Part = "organiser"
	CoOrganiser Part = "co_organiser"
	Host        Part = "host"
	Funder      Part = "funder"
	Supporter   Part = "supporter" // helped, and nobody says with money: lent a room, people or its name
)

// Parts lists every part in the order in which they are shown.
var Parts = []Part{Organiser, CoOrganiser, Host, Funder, Supporter}

// A Party is an organisation that did something for an event.
type Party struct {
	ID           sala.ID
	Part         Part
	Organisation sala.ID   // of the directory
	Name         sala.Text // as stated, where the directory has none
}

// A Present is an organisation that was represented, or several that the text
// names only together.
type Present struct {
	ID           sala.ID
	Organisation sala.ID
	Name         sala.Text   // as stated, where the directory has none
	Several      bool        // "overseas recruitment agencies": counted as nothing, for nobody said how many
	Sector       sala.Sector // on that day, "" if not known
	Country      string
}

// A SessionKind says what happened in a session.
type SessionKind string

// The kinds of session.
const (
	Opening      SessionKind = "opening"
	Keynote      SessionKind = "keynote"
	Plenary      SessionKind = "plenary"
	Panel        SessionKind = "panel"
	Presentation SessionKind = "presentation"
	Discussion   SessionKind = "discussion"
	GroupWork    SessionKind = "group_work"
	FilmShowing  SessionKind = "screening"
	FieldVisit   SessionKind = "field_visit"
	Break        SessionKind = "break"
	Closing      SessionKind = "closing"
	OtherSession SessionKind = "other"
)

// SessionKinds lists every kind of session in the order in which they are offered.
var SessionKinds = []SessionKind{
	Opening, Keynote, Plenary, Panel, Presentation, Discussion, GroupWork, FilmShowing, FieldVisit, Break, Closing, OtherSession,
}

// A Session is one part of the programme. They stand in the order of the day.
type Session struct {
	ID    sala.ID
	Title sala.Text
	Kind  SessionKind
	Day   sala.Day // zero: the event's own day, or not stated
	Start Clock
	End   Clock
}

// A Role is what somebody did in a session.
type Role string

// The roles.
const (
	Speaker     Role = "speaker"
	KeynoteRole Role = "keynote"
	Panellist   Role = "panellist"
	Moderator   Role = "moderator"
	Discussant  Role = "discussant"
	Opener      Role = "opener" // opened or closed it
	Rapporteur  Role = "rapporteur"
	Performer   Role = "performer"
	Interpreter Role = "interpreter"
	Participant Role = "participant" // named, but not said to have spoken
)

// Roles lists every role in the order in which they are offered.
var Roles = []Role{Speaker, KeynoteRole, Panellist, Moderator, Discussant, Opener, Rapporteur, Performer, Interpreter, Participant}

// An Appearance is somebody in a session, as what they were on that day. A
// later job does not change it.
type Appearance struct {
	ID           sala.ID
	Session      sala.ID   // "" if no session is stated
	Person       sala.ID   // of the directory, or
	Described    sala.Text // people who are not named: "migrant returnees from Japan"
	Role         Role
	Position     sala.Text // "Vice Chairperson"
	Affiliation  sala.Text // "MOEAF"
	Organisation sala.ID   // of the directory, where the affiliation is in it
}

// A Qualifier says how a number was stated. It always stays with the number.
type Qualifier string

// The qualifiers.
const (
	Exactly  Qualifier = "exactly" // the number alone
	About    Qualifier = "about"   // approximately, around, some
	Over     Qualifier = "over"
	MoreThan Qualifier = "more_than"
	AtLeast  Qualifier = "at_least"
	Nearly   Qualifier = "nearly"
	UpTo     Qualifier = "up_to"
	Between  Qualifier = "between" // Value and High
)

// Qualifiers lists every qualifier in the order in which they are offered.
var Qualifiers = []Qualifier{Exactly, About, Over, MoreThan, AtLeast, Nearly, UpTo, Between}

// Counted is what a number counts. Unlike things are never added up, and
// neither are like ones: two statements of one event may speak of the same
// people.
type Counted string

// What is counted.
const (
	Participants    Counted = "participants"
	Representatives Counted = "representatives"
	People          Counted = "people"
	Migrants        Counted = "migrants"
	Organisations   Counted = "organisations"
	Countries       Counted = "countries"
	Visitors        Counted = "visitors" // to a booth or an exhibition: no participants
	SomethingElse   Counted = "other"    // Words say what
)

// AllCounted lists everything that is counted in the order in which it is offered.
var AllCounted = []Counted{Participants, Representatives, People, Migrants, Organisations, Countries, Visitors, SomethingElse}

// A Count is a number as it was stated.
type Count struct {
	ID        sala.ID
	Value     int
	High      int // of Between, else 0
	Qualifier Qualifier
	Of        Counted
	Words     sala.Text // more closely: "women who work in seafood processing"
	Source    Passage
}

// A Passage is where something is said.
type Passage struct {
	Work  sala.ID   // of the archive, "" if it is in none
	Lang  sala.Lang // of the edition
	Block string    // of its text
	Words string    // as they stand there
}

// IsZero reports whether no passage is given.
func (p Passage) IsZero() bool { return p == Passage{} }

// A MaterialKind says what sort of thing was shown or handed out.
type MaterialKind string

// The kinds of material.
const (
	Agenda         MaterialKind = "agenda"
	Slides         MaterialKind = "slides"
	Paper          MaterialKind = "paper"
	Handout        MaterialKind = "handout"
	Film           MaterialKind = "film"
	Recording      MaterialKind = "recording"
	Pictures       MaterialKind = "pictures"
	OtherMaterials MaterialKind = "other"
)

// MaterialKinds lists every kind of material in the order in which they are offered.
var MaterialKinds = []MaterialKind{Agenda, Slides, Paper, Handout, Film, Recording, Pictures, OtherMaterials}

// A Material is something shown or handed out.
type Material struct {
	ID      sala.ID
	Title   sala.Text
	Kind    MaterialKind
	Lang    sala.Lang // "" if not stated
	Size    int64     // in bytes, 0 if not known
	Owner   string    // whose it is
	Licence string    // as stated, or an SPDX name
	Session sala.ID   // "" if it belongs to the whole
	File    sala.ID   // of the media, or
	Address string    // where it is on another site
}

// A Stage is the place of a work in the life of an event.
type Stage string

// The stages.
const (
	Invitation   Stage = "invitation"
	Programme    Stage = "programme"
	Statement    Stage = "statement"
	PressRelease Stage = "press_release"
	Report       Stage = "report"
	Proceedings  Stage = "proceedings"
	FollowUp     Stage = "follow_up"
)

// Stages lists every stage in the order of an event's life.
var Stages = []Stage{Invitation, Programme, Statement, PressRelease, Report, Proceedings, FollowUp}

// A Telling is a work that tells of an event.
type Telling struct {
	Work  sala.ID
	Stage Stage
}

// Langs are the languages an event is written in: those of its title.
func (e Event) Langs() []sala.Lang { return e.Title.Langs() }

// Session returns one session of the event.
func (e Event) Session(id sala.ID) (Session, bool) {
	for _, s := range e.Sessions {
		if s.ID == id {
			return s, true
		}
	}
	return Session{}, false
}

// In returns the appearances in a session; those without one if id is "".
func (e Event) In(session sala.ID) []Appearance {
	var in []Appearance
	for _, a := range e.Appearances {
		if a.Session == session {
			in = append(in, a)
		}
	}
	return in
}

// By returns the parties that had a part.
func (e Event) By(part Part) []Party {
	var by []Party
	for _, p := range e.Parties {
		if p.Part == part {
			by = append(by, p)
		}
	}
	return by
}
