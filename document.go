package sala

import "time"

// A Document is one public text as an area offers it to be found or copied:
// an edition of a work, later an event or a recommendation. Search, feeds and
// the mirror know only this.
type Document struct {
	Ref     Ref // the thing, the same for each language
	Edition ID  // its text in Lang
	Kind    string
	Lang    Lang
	Langs   []Lang // every language it is public in
	Title   string
	Summary string
	Text    string // plain text, paragraphs parted by newlines
	Names   []string
	Places  []string
	Terms   []ID
	Day     Day       // the day it is listed under
	Changed time.Time // when its public text last changed
}
