// Package contribution keeps what members of the network send to it: a text,
// pictures, files, without an account. An editor makes a [Link] for an
// organisation; whoever has it sends by a form, gets a receipt and may add
// until the link ends. The network may open a form to everybody as well.
//
// An [Entry] is what was sent, as it was sent, with what is not for readers:
// a contact, and what the sender says of people in a picture. The draft that
// is made of it is a work of the archive, and its files are in media; neither
// knows where it came from, and this package knows only their ids. Nothing
// here is ever public.
package contribution

import (
	"fmt"

	"sala"
	"sala/internal/db"
)

// A Store keeps links and what came by them.
type Store struct {
	db *db.DB
}

// NewStore returns the contributions in d.
func NewStore(d *db.DB) *Store { return &Store{d} }

// The limits of what may be sent. A rate is of a link, not of a network
// address: a whole office may sit behind one.
const (
	MostText   = 100_000 // letters of a text
	MostFiles  = 12      // of one contribution
	MostBytes  = 60 << 20
	FileBytes  = 25 << 20  // of one file
	perHour    = 20        // contributions by one link
	perDay     = 500 << 20 // bytes of files by one link
	notesLimit = 20        // additions to one contribution
)

// may returns [sala.ErrForbidden] unless by may publish what is sent.
func may(by sala.Actor, doing string) error {
	if !by.May(sala.Publish) {
		return fmt.Errorf("%s: %w", doing, sala.ErrForbidden)
	}
	return nil
}

func wrong(field, key, text string) sala.Invalid {
	return sala.Invalid{{Field: field, Key: key, Text: text}}
}
