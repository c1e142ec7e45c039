// Package tracker keeps what the network asked for and what came of it.
//
// A [Recommendation] has the exact words of a document, in the languages they
// were said in; one of them is the original. It is asked by some and of some:
// its parties, organisations of the directory or names as the document gives
// them. What became of it is a chain of [Step]s, each dated and sourced: its
// state is that of the last. Steps are only added; one that was wrong is
// corrected by another. A [Document] that numbers recommendations gives each
// its number there, so that number 4 of a workshop can be found as number 5 of
// the statement that adopted it.
//
// Recommendations that ask the same again share an ask; two records of the
// very same one are merged, and keep every source. A [Reply] of an addressee
// is shown when an editor has approved it. A [Ratification] says where a
// country stands with a convention, a [Figure] what a document counts.
//
// The store decides who may do what. It holds ids of works, organisations,
// events, terms and users, and knows nothing of what they are called.
package tracker

import (
	"time"

	"sala"
)

// A Recommendation is one thing asked, as one document puts it.
type Recommendation struct {
	ID        sala.ID
	Slug      string
	Title     sala.Text // short, ours; may be empty
	Words     sala.Text // exact, as said or officially translated
	Original  sala.Lang // the language of the words that were said
	Number    string    // as its own document gives it, "" if it is not numbered
	Source    Source    // where it was made
	Event     sala.ID   // where it was made, "" if it was not at an event
	Terms     []sala.ID
	Codes     []Code
	Askers    []Party
	Addressed []Party

	Owner     sala.ID // user who follows it up
	OwnerName string
	Next      sala.Day // of the next thing to do

	Asked    sala.Day // the day it was first made
	State    State    // of the last step
	StateDay sala.Day
	Heard    sala.Day // the last day that anything happened
	Ask      sala.ID  // the same in all that ask the same
	Into     sala.ID  // the one it was merged into, "" if it was not
	Public   bool
	// Withdrawn says that it was public and was taken back.
	Withdrawn bool
	Version   int // of the stated, from 1; whoever changes it names the one they saw
	MadeBy    sala.ID
	Created   time.Time
	Changed   time.Time
}

// A Party is one who asks or is asked. It has an organisation, or words, or
// both.
type Party struct {
	ID           sala.ID
	Organisation sala.ID   // of the directory, "" if it is not there
	Said         sala.Text // as the document names it, "" if just as the directory does
	// Ended is zero while it holds. A party that ended is history: who was asked
	// at the time.
	Ended time.Time
	Why   string
}

// A Source is a passage of a document: a work of the archive, a file, an
// address elsewhere, or a name of something on paper.
type Source struct {
	Work    sala.ID   `json:"work,omitempty"`
	Block   string    `json:"block,omitempty"` // of the paragraph
	Quote   string    `json:"quote,omitempty"` // its words, as far as they matter
	File    sala.ID   `json:"file,omitempty"`
	Address string    `json:"address,omitempty"` // http or https
	Name    sala.Text `json:"name,omitempty"`
	Day     sala.Day  `json:"day,omitzero"` // of the document
}

// Names reports whether s names a document at all.
func (s Source) Names() bool {
	return s.Work != "" || s.File != "" || s.Address != "" || len(s.Name) > 0
}

// A State is how far a recommendation has come.
type State string

// The states, in the order of a life. Retracted is no state but the end of a
// row that should not have been: see [Step].
const (
	Proposed    State = "proposed"
	Submitted   State = "submitted"
	Adopted     State = "adopted"  // into a text that others speak
	Accepted    State = "accepted" // by an addressee
	Implemented State = "implemented"
	Refused     State = "refused"
	Superseded  State = "superseded" // by another, or by the time
	Unanswered  State = "unanswered" // its addressee let a term pass
	Retracted   State = "retracted"
)

// States lists the states a recommendation can be in.
var States = []State{Proposed, Submitted, Adopted, Accepted, Implemented, Refused, Superseded, Unanswered}

// Open reports whether something is still to be hoped for.
func (s State) Open() bool { return s != Implemented && s != Refused && s != Superseded }

// A Step is one thing that became of a recommendation. It needs a source or
// evidence in words. A step of state [Retracted] says that the row it corrects
// should not have been.
type Step struct {
	ID       sala.ID
	State    State
	Day      sala.Day
	About    bool   // the day is uncertain
	Number   string // as this document gives it
	Source   Source
	Evidence sala.Text
	Note     sala.Text
	Words    sala.Text // as this document says it, where it differs
	Corrects sala.ID   // the row it takes the place of
	By       string
	ByID     sala.ID
	At       time.Time
	// Of is the recommendation whose step it is: that of a merged one is shown
	// with the one it was merged into.
	Of sala.ID
	// Corrected is the row that took its place, "" while it stands.
	Corrected sala.ID
}

// Stands reports whether a step is part of the chain.
func (s Step) Stands() bool { return s.Corrected == "" && s.State != Retracted }

// A Publication is one time that a recommendation went out or was taken back.
type Publication struct {
	Public bool      `bun:"public"`
	Why    string    `bun:"why"`
	By     string    `bun:"by_whom"`
	At     time.Time `bun:"at"`
}
