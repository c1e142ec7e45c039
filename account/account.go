// Package account keeps who may work on the record, in which role, how they
// sign in, and the audit trail of what was done.
//
// A user has a role and ways in: passkeys, or a password with, if they like,
// an authenticator app and recovery codes. Users come by a link that an admin
// makes (an invitation) and begin anew by another (a reset); the first comes
// by a code that the terminal prints. A session is one browser signed in.
//
// Every sign-in and every change of the above is a row of the audit trail in
// the same transaction; changes of other areas follow from the change log
// ([Store.Follow]), so that areas know nothing of it.
package account

import (
	"sala/internal/db"
)

// A Store keeps the users and all that is theirs.
type Store struct {
	db      *db.DB
	key     Key
	hashing chan struct{} // one token for each hash that may be made at once
	limits  limits
}

// NewStore returns the users in d. key seals what must be read again.
func NewStore(d *db.DB, key Key) *Store {
	s := &Store{db: d, key: key, hashing: make(chan struct{}, hashesAtOnce)}
	s.limits.now = d.Now
	return s
}
