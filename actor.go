package sala

import "fmt"

// A Role is what somebody may do; a higher role may do all that a lower may.
type Role int

// The roles, from least to most.
const (
	Reader      Role = iota // anyone
	Contributor             // sends drafts under an organisation's name
	Translator              // writes editions in other languages
	Editor                  // publishes, corrects, withdraws
	Admin                   // settings and users
)

var roleNames = []string{"reader", "contributor", "translator", "editor", "admin"}

func (r Role) String() string {
	if r < 0 || int(r) >= len(roleNames) {
		return fmt.Sprintf("role %d", int(r))
	}
	return roleNames[r]
}

// ParseRole returns the role of that name. "reader" is no role one can give.
func ParseRole(s string) (Role, error) {
	for i, name := range roleNames[1:] {
		if name == s {
			return Role(i + 1), nil
		}
	}
	return Reader, Invalid{{"role", "account.role_unknown", fmt.Sprintf("%q is not one of admin, editor, translator, contributor", s)}}
}

// An Actor is who does something: a user, or the program itself on somebody's
// word. Stores decide by it; the change log remembers its Name.
type Actor struct {
	ID   ID
	Name string
	Role Role
	// Only is the one thing that somebody who came by a link may work on. Such
	// an actor's Role is Reader, so that whoever does not know of Only refuses.
	Only ID
}

// Machine is the actor of a command run by whoever holds the data folder: an
// import, the demo. It may do what an admin may.
func Machine(command string) Actor {
	return Actor{Name: "sala " + command, Role: Admin}
}
