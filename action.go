package sala

// An Action is something that not everybody may do. One table says who may;
// doors ask it before they show a thing, and stores before they do it.
type Action string

// The actions.
const (
	EnterStudio Action = "enter the studio" // see it from inside, and keep one's own account
	Draft       Action = "draft"            // write a text that somebody else publishes
	Translate   Action = "translate"        // write editions in other languages
	Publish     Action = "publish"          // publish, correct, withdraw; describe files; keep terms and wording
	Know        Action = "know people"      // the directory: names behind a role, and how somebody may be shown
	Import      Action = "import"           // bring an old site in
	Configure   Action = "configure"        // the network's name, languages, menus
	ManageUsers Action = "manage users"     // invite, change roles, disable, reset
	ReadAudit   Action = "read the audit"   // who did what
	ReadMail    Action = "read the mail"    // what goes out to whom, and send it again
)

// lowest is the table: the least role that may do each action.
var lowest = map[Action]Role{
	EnterStudio: Contributor,
	Draft:       Contributor,
	Translate:   Translator,
	Publish:     Editor,
	Know:        Editor,
	Import:      Admin,
	Configure:   Admin,
	ManageUsers: Admin,
	ReadAudit:   Admin,
	ReadMail:    Admin,
}

// May reports whether r may do x. What the table does not name, nobody may.
func (r Role) May(x Action) bool {
	least, ok := lowest[x]
	return ok && r >= least && r <= Admin
}

// May reports whether a may do x.
func (a Actor) May(x Action) bool { return a.Role.May(x) }

// Actions returns every action, for those who show or test the table.
func Actions() []Action {
	return []Action{EnterStudio, Draft, Translate, Publish, Know, Import, Configure, ManageUsers, ReadAudit, ReadMail}
}
