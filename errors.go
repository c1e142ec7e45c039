package sala

import (
	"errors"
	"strings"
)

// The kinds of failure a reader can be told about. Everything else is our
// fault: it is logged, and the reader is told only that something broke.
var (
	// ErrNotFound: there is no such thing, or none that may be seen.
	ErrNotFound = errors.New("not found")
	// ErrForbidden: the actor may not do this. A door answers it like
	// [ErrNotFound], so as not to admit that the thing exists.
	ErrForbidden = errors.New("forbidden")
	// ErrConflict: somebody else changed it first, or the name is taken.
	ErrConflict = errors.New("conflict")
	// ErrGone: it was public and has been withdrawn.
	ErrGone = errors.New("gone")
)

// Invalid reports the fields of an input that must be corrected.
type Invalid []FieldError

// A FieldError says what is wrong with one field.
type FieldError struct {
	Field string // the field as the form or the file names it
	Key   string // message key, "work.slug_taken"
	Text  string // the same in plain English, for the command line and logs
}

func (e Invalid) Error() string {
	said := make([]string, len(e))
	for i, f := range e {
		said[i] = f.Field + ": " + f.Text
	}
	return strings.Join(said, "; ")
}
