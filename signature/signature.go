// Package signature lets organisations sign a joint statement. A [Call] puts
// one revision of one edition of a work up for signing until a moment. Whoever
// has a [Link] signs without an account; an editor enters what came on paper
// or by mail. An [Entry] is a signature: who signed, and which revision they
// had before them.
//
// With the first signature the text is frozen where it is kept (see [Text]),
// in the same transaction. To correct it after that, an editor takes it up
// again with a reason, which the signatories are told; signatures stay with
// the text they were given to.
//
// The package knows works, editions and organisations by their ids. It prints
// no page and decides nothing of how a person may be shown, but that their
// name is told only if they chose so.
package signature

import (
	"context"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
)

// A Text keeps the texts that are signed; the archive is one.
type Text interface {
	// Freeze keeps a revision of an edition as it is. One that is not the
	// newest is [sala.ErrConflict].
	Freeze(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, revision int) error
	// Unfreeze lets it change again.
	Unfreeze(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, reason string) error
}

// A Store keeps calls, links and signatures.
type Store struct {
	db   *db.DB
	text Text
}

// NewStore returns the signatures in d, of texts that are kept in text.
func NewStore(d *db.DB, text Text) *Store { return &Store{d, text} }

// The limits. A rate is of a link, not of a network address: a whole office
// may sit behind one.
const (
	nameRunes = 200
	noteRunes = 2000
	perHour   = 60 // signatures by one link
	// afterwards is how long links lead somewhere once the time to sign is over:
	// to sign late where that is allowed, else to see what was signed.
	afterwards = 90 * 24 * time.Hour
	longest    = 366 * 24 * time.Hour // from now to the end of a call
)

// may returns [sala.ErrForbidden] unless by may publish what is signed.
func may(by sala.Actor, doing string) error {
	if !by.May(sala.Publish) {
		return fmt.Errorf("%s: %w", doing, sala.ErrForbidden)
	}
	return nil
}

// changed logs what was done with the signatures of a work.
func changed(ctx context.Context, tx *db.Tx, by sala.Actor, work sala.ID, what string) error {
	return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: work}, what, by)
}
