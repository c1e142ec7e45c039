package sala

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Scope is where a person agreed to be shown.
type Scope string

// The scopes.
const (
	OnSite  Scope = "site"  // on the record's own pages, and what copies them
	InPrint Scope = "print" // in printed matter as well
)

// Scopes lists every scope in the order a form offers them.
var Scopes = []Scope{OnSite, InPrint}

// A Consent is what a person agreed to who can be recognised in a picture, or
// whose own story a text tells.
type Consent struct {
	ID        ID
	Person    string // who, in words that only those who work on the record see
	Given     Day    // when
	Scope     Scope  // InPrint contains OnSite
	Until     Day    // last day it holds, zero if no end was set
	Note      string // how it was given, who was asked
	By        string
	At        time.Time
	Withdrawn time.Time // zero while it stands
	Reason    string    // why it was withdrawn
}

// Tidy trims what was typed and returns what is wrong with it, as [Invalid].
func (c *Consent) Tidy() error {
	c.Person, c.Note = strings.TrimSpace(c.Person), strings.TrimSpace(c.Note)
	var bad Invalid
	if c.Person == "" {
		bad = append(bad, FieldError{Field: "person", Key: "studio.media.person_missing", Text: "say who agreed"})
	}
	if c.Given.IsZero() || c.Given.Day == 0 {
		bad = append(bad, FieldError{Field: "given", Key: "studio.media.given_missing", Text: "say on which day consent was given"})
	}
	if !slices.Contains(Scopes, c.Scope) {
		bad = append(bad, FieldError{Field: "scope", Key: "studio.media.scope_unknown", Text: fmt.Sprintf("%q is not a scope of consent", c.Scope)})
	}
	switch {
	case c.Until.IsZero():
	case c.Until.Day == 0:
		bad = append(bad, FieldError{Field: "until", Key: "studio.day_bad", Text: "say on which day consent ends"})
	case c.Until.Time().Before(c.Given.Time()):
		bad = append(bad, FieldError{Field: "until", Key: "studio.media.until_early", Text: "consent cannot end before it was given"})
	}
	if len(bad) > 0 {
		return bad
	}
	return nil
}

// Stands reports whether a consent holds on a day.
func (c Consent) Stands(today Day) bool {
	return c.Withdrawn.IsZero() && (c.Until.IsZero() || !c.Until.Time().Before(today.Time()))
}

// A Hold is why something is not shown though it is public.
type Hold string

// The holds.
const (
	NotHeld          Hold = ""
	ConsentMissing   Hold = "missing"   // it is needed, and nobody's is recorded
	ConsentWithdrawn Hold = "withdrawn" // somebody took theirs back
	ConsentEnded     Hold = "ended"     // the last day of somebody's is over
)

// HoldOn says what consents mean on a day, oldest first; needed says that
// there must be one. One person who no longer agrees is enough, however many
// others do.
func HoldOn(today Day, needed bool, consents []Consent) Hold {
	for _, c := range consents {
		if !c.Withdrawn.IsZero() && !renewed(c, consents) {
			return ConsentWithdrawn
		}
	}
	for _, c := range consents {
		if c.Withdrawn.IsZero() && !c.Stands(today) && !renewed(c, consents) {
			return ConsentEnded
		}
	}
	if needed && !slices.ContainsFunc(consents, func(c Consent) bool { return c.Stands(today) }) {
		return ConsentMissing
	}
	return NotHeld
}

// renewed reports whether the same person agreed again later.
func renewed(c Consent, all []Consent) bool {
	return slices.ContainsFunc(all, func(d Consent) bool { return d.Person == c.Person && d.At.After(c.At) && d.At.After(c.Withdrawn) })
}
