// Package sala holds the words that every room of the house shares: how a
// thing is named ([ID], [Ref]), in which language it is said ([Lang], [Text]),
// on which day it happened ([Day], [Span]), who acts ([Actor], [Role]), what
// may be found or copied ([Document]) and what can go wrong ([ErrNotFound]
// and its kin). It imports nothing of the project and holds no state.
package sala

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/google/uuid"
)

// An ID names one thing for ever: a UUID of version 7 (RFC 9562) as lower-case
// text, so that ids sort by the time they were made.
type ID string

// NewID returns a fresh id of the present moment.
func NewID() ID {
	return ID(uuid.Must(uuid.NewV7()).String())
}

// DerivedID returns the id that always belongs to key: a version 7 UUID whose
// time is at and whose other bits come from the SHA-256 of key. An import uses
// it, so that running it again names the same things the same way, and a link
// can be written before the thing it points at is stored.
func DerivedID(at time.Time, key string) ID {
	sum := sha256.Sum256([]byte(key))
	var u uuid.UUID
	copy(u[:], sum[:])
	ms := max(at.UnixMilli(), 0)
	var stamp [8]byte
	binary.BigEndian.PutUint64(stamp[:], uint64(ms)<<16)
	copy(u[:6], stamp[:6])
	u[6] = 0x70 | u[6]&0x0f
	u[8] = 0x80 | u[8]&0x3f
	return ID(u.String())
}

// ParseID returns the id written in s, or [ErrNotFound] if s is not one: an
// address with a mangled id leads nowhere.
func ParseID(s string) (ID, error) {
	u, err := uuid.Parse(s)
	if err != nil || len(s) != 36 {
		return "", ErrNotFound
	}
	return ID(u.String()), nil
}

// A Kind says what sort of thing a [Ref] points at.
type Kind string

// The kinds of thing that have an id of their own.
const (
	KindWork    Kind = "work"
	KindEdition Kind = "edition"
	KindTerm    Kind = "term"
	KindFile    Kind = "file"
	KindNetwork Kind = "network"
	KindUser    Kind = "user"
	KindSent    Kind = "contribution"
	KindConcept Kind = "concept" // of the glossary
	KindRule    Kind = "rule"    // of wording

	KindPerson         Kind = "person" // of the directory
	KindOrganisation   Kind = "organisation"
	KindEvent          Kind = "event"
	KindSeries         Kind = "series" // of events
	KindRecommendation Kind = "recommendation"
	KindFigure         Kind = "figure"
	KindRatification   Kind = "ratification"
	KindDocument       Kind = "document" // that others cite, by its name
)

// A Ref points at one thing of any kind. The change log, menus, links inside
// a text and jobs hold refs, so that areas need not know each other.
type Ref struct {
	Kind Kind `json:"kind"`
	ID   ID   `json:"id"`
}

func (r Ref) String() string { return string(r.Kind) + "/" + string(r.ID) }

// IsZero reports whether r points at nothing.
func (r Ref) IsZero() bool { return r == Ref{} }
