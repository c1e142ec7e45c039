// Package proposals keeps what was read in the texts of works until an editor
// has decided on it. The rules of importer/extract give facts; each becomes a
// [Proposal] with the passage that states it and how sure it is. Nothing is in
// the record before somebody accepted it: then it is written into the
// directory, the events and the tracker, as that editor's own doing. Known
// people and organisations are matched first, others are made.
//
// A text that is read again gives the same proposals, and what was decided is
// never asked again.
package proposals

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/importer/extract"
	"sala/internal/db"
	"sala/internal/jobs"
	"sala/tracker"
)

// A Kind is the sort of fact that is proposed.
type Kind string

// The kinds, in the order in which they are shown.
const (
	Event    Kind = "event"    // its title and type
	Held     Kind = "date"     // its days
	Where    Kind = "place"    // venue, town, country
	Party    Kind = "party"    // who organised, hosted, paid, was there
	Count    Kind = "count"    // how many
	Session  Kind = "session"  // a part of the programme
	Speaker  Kind = "speaker"  // somebody who is named
	Group    Kind = "group"    // people who are not
	Material Kind = "material" // what was shown
	Language Kind = "language" // spoken, or interpreted into
	Ask      Kind = "ask"      // what was asked of whom
	Adoption Kind = "adoption" // that it was taken over
	Figure   Kind = "figure"   // a number
	Contact  Kind = "contact"  // somebody to ask
)

// Kinds lists every kind in order.
var Kinds = []Kind{Event, Held, Where, Party, Count, Session, Speaker, Group, Material, Language, Ask, Adoption, Figure, Contact}

// fields are those of a value of each kind, in the order of a form.
var fields = map[Kind][]string{
	Event:    {"title", "type"},
	Held:     {"from", "to"},
	Where:    {"venue", "city", "country"},
	Party:    {"part", "name", "short"},
	Count:    {"qualifier", "number", "what"},
	Session:  {"sort", "title"},
	Speaker:  {"name", "role", "org", "did", "worker"},
	Group:    {"who", "org", "spoke"},
	Material: {"sort", "title", "org"},
	Language: {"lang", "interpreted"},
	Ask:      {"number", "words", "addressees", "asker"},
	Adoption: {"document", "section", "first", "last", "to"},
	Figure:   {"qualifier", "number", "of", "unit", "asof"},
	Contact:  {"name", "role", "phone", "email", "langs"},
}

// Fields are the fields of a kind that an editor may mend.
func (k Kind) Fields() []string { return fields[k] }

// A Value is what is proposed: words by field. Lists are parted by semicolons,
// days are in ISO 8601, yes is "yes".
type Value map[string]string

// list parts a field that holds several.
func (v Value) list(field string) []string {
	var out []string
	for _, part := range strings.Split(v[field], ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func (v Value) json() string {
	kept := map[string]string{}
	for k, s := range v {
		if s != "" {
			kept[k] = s
		}
	}
	b, err := json.Marshal(kept)
	if err != nil {
		panic(err) // strings only
	}
	return string(b)
}

// A State is what became of a proposal.
type State string

// The states.
const (
	Open     State = "open"
	Accepted State = "accepted"
	Mended   State = "mended" // accepted in other words
	Refused  State = "refused"
)

// A Proposal is one fact to decide on.
type Proposal struct {
	ID      sala.ID
	Work    sala.ID
	Lang    sala.Lang // of the text
	Kind    Kind
	Event   sala.ID // the proposal of the event it belongs to, "" if it belongs to none
	At      extract.Passage
	Sure    int // of a hundred
	Value   Value
	Was     Value // as it was read, if it was mended
	State   State
	By      string
	Decided time.Time
	Made    sala.Ref // what it became

	position int // in the order of the text
}

// IsSure reports whether a proposal may be accepted unseen.
func (p Proposal) IsSure() bool { return p.Sure >= int(extract.Sure*100) }

// Areas are where proposals are read from and written to.
type Areas struct {
	DB        *db.DB
	Archive   *archive.Store
	Directory *directory.Store
	Events    *event.Store
	Tracker   *tracker.Store
}

// A Store keeps proposals.
type Store struct {
	to   Areas
	jobs *jobs.Queue
}

const sweepJob = "importer.propose"

// NewStore returns the proposals of an archive.
func NewStore(to Areas, q *jobs.Queue) *Store {
	s := &Store{to: to, jobs: q}
	q.Register(sweepJob, s.sweep)
	return s
}

// may refuses whoever may not publish: what is accepted names people.
func may(by sala.Actor, doing string) error {
	if !by.May(sala.Publish) || !by.May(sala.Know) {
		return fmt.Errorf("%s: %w", doing, sala.ErrForbidden)
	}
	return nil
}

func ref(work sala.ID) sala.Ref { return sala.Ref{Kind: sala.KindWork, ID: work} }
