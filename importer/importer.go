// Package importer brings foreign content into the house. Readers of one
// format each (importer/wordpress, importer/savedpage, importer/demo) turn
// what they find into the neutral items of this package and hand them to a
// [Sink]; the [Store] sink puts them into the areas. A reader imports no area's store and decides nothing about what is
// public; the sink parses nothing.
//
// Everything is keyed by its [Origin], and every id is derived from it, so an
// import that was interrupted, or is run again, ends in the same state.
// Nothing vanishes: what is not stored is named in the [Report], and what is
// stored with a question is a doubt there.
package importer

import (
	"context"
	"io"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/richtext"
)

// An Origin names a thing where it came from. Site is the old site's host
// ("old-site.example"), or the input's name where there never was a site; Type
// is the source's own word ("post", "resource", "attachment", "category",
// "post_tag", "user", "page"); Key is what is unique in them there: a post id,
// a term id, an address, a heading.
type Origin struct {
	Site string
	Type string
	Key  string
}

// Ref kinds that an origin can stand for are decided by what is stored under
// it: an Edition's origin stands for its work.

// A Place says where in the input something stood.
type Place struct {
	File   string
	Line   int   // from 1, 0 if unknown
	Offset int64 // of its first byte, from 0; -1 if unknown
}

// A Site is what an input says of the site it came from.
type Site struct {
	Host     string // "old-site.example"
	BaseURL  string // "http://old-site.example", no slash at the end
	Name     string
	Tagline  string
	Names    sala.Text // its name in further languages
	Taglines sala.Text
	Lang     sala.Lang   // its default language
	Langs    []sala.Lang // every language seen
}

// A Term is a category, tag or any other taxonomy's term, or an author.
type Term struct {
	Origin     Origin // Type is the source's taxonomy: "category", "post_tag", "country", "author"
	Vocabulary string // archive.Category, archive.Theme, archive.Project, archive.Country, archive.Author or the taxonomy's name
	Group      string // terms of one group are the same term in several languages; "" if alone
	Lang       sala.Lang
	Slug       string // as the source wrote it, percent-decoded where that gives valid UTF-8
	Label      string
	About      string // description, plain text
	Parent     Origin // zero at the top
	Old        []Old  // addresses that led to it
	At         Place
}

// An Edition is one text in one language. Editions with the same Work origin
// become editions of one work.
type Edition struct {
	Work   Origin // of the work: a translation group, or the same as Origin
	Origin Origin
	Kind   archive.Kind
	Lang   sala.Lang

	Title   string
	Slug    string // wish; made from the title if empty, numbered if taken
	Summary string
	Body    richtext.Doc
	// Corrections are later texts, oldest first, where the source kept them.
	Corrections []archive.Correction `json:",omitempty"`
	// Source is what it was translated from, where the source says so; it is
	// never guessed. A reader leaves it zero for originals and where nothing
	// is said.
	Source Source `json:",omitzero"`

	Public    bool          // false for everything that was not public there
	Stage     archive.Stage // of what is not public
	Published time.Time     // zero if unknown
	PubDay    sala.Day      // the date it bears there, in that site's own time zone; zero if unknown
	Modified  time.Time     // zero if unknown
	Due       time.Time     // of Scheduled

	Sticky   bool
	Held     sala.Span
	Place    string
	Country  string
	Parent   Origin // of a page
	Position int
	Picture  Origin // an attachment
	Terms    []Origin
	Bylines  []string
	Contacts []archive.Contact
	Comments []Comment
	Meta     []Meta // everything the source kept that has no field here, in its order
	Old      []Old  // addresses that led to it

	Counted string // under which key the report counts it: "post/publish"; a kind for text and saved pages
	At      Place
}

// A Source is the edition that another was translated from.
type Source struct {
	Origin   Origin // of that edition
	Lang     sala.Lang
	Revision int // of it, from 1; 0 is the newest there is at the time of the import
}

// A Meta is one name and value the source kept with an item, unread.
type Meta = archive.Meta

// A Comment is one comment of an edition.
type Comment struct {
	Origin   Origin
	Parent   Origin
	Author   string
	URL      string
	Body     richtext.Doc
	Time     time.Time
	Type     string // "comment", "pingback", "trackback"
	Approved string // as the export says: "1", "0", "trash", "spam"
	Meta     []Meta
	At       Place
}

// A File is a picture or document that came with the site.
type File struct {
	Origin  Origin
	Name    string // base name, as it was there
	Title   string
	Lang    sala.Lang // of the title, the alternative text and the caption
	Alt     string
	Caption string
	About   string
	Owner   Origin // the work it is attached to, zero if none
	URL     string // where it was
	Old     []Old
	Public  bool
	Meta    []Meta
	// Open returns its bytes; nil if they did not come with the input.
	Open    func() (io.ReadCloser, error)
	Counted string
	At      Place
}

// A Menu is one menu of the old site.
type Menu struct {
	Origin Origin
	Name   string
	Lang   sala.Lang
	Items  []MenuItem // in order, parents before their children
}

// A MenuItem is a link in a menu: to something imported, or to an address.
type MenuItem struct {
	Origin  Origin
	Parent  Origin // zero at the top
	Label   string // "" to use the target's own
	Target  Origin // zero if URL is set
	URL     string
	Meta    []Meta
	Counted string
	At      Place
}

// An Old is an address of the old site, without its scheme and host:
// a path ("/2018/11/03/block-image/") or a path with a query of one WordPress
// variable ("/?p=17010"). See [archive.OldKey] for how two spellings of one are told.
type Old string

// LinkTo returns the href by which a stored text points at whatever is
// imported under o. The sink gives that thing the same id.
func LinkTo(kind sala.Kind, o Origin, fragment string) string {
	href := "sala:" + string(kind) + "/" + string(o.ID())
	if fragment != "" {
		href += "#" + fragment
	}
	return href
}

// ID returns the id of what is stored under o. It depends on nothing else, so
// it can be linked to before it is stored.
func (o Origin) ID() sala.ID {
	return sala.DerivedID(time.Time{}, o.Site+"\x00"+o.Type+"\x00"+o.Key)
}

// IsZero reports whether o names nothing.
func (o Origin) IsZero() bool { return o == Origin{} }

// A Sink stores what a reader finds. A reader calls Site first, then Terms
// before the editions that bear them, and Files before or after; Menus last.
// Calls come from one goroutine. A sink may hold items back and store many in
// one transaction; Flush stores all it holds.
type Sink interface {
	Site(ctx context.Context, s Site) error
	Term(ctx context.Context, t Term) error
	Edition(ctx context.Context, e Edition) error
	File(ctx context.Context, f File) error
	Menu(ctx context.Context, m Menu) error
	Flush(ctx context.Context) error
}

// Options are what the person who imports asked for.
type Options struct {
	Media      string       // folder or ZIP that holds the files, "" for none
	FetchMedia bool         // fetch files that did not come with the input from where they were
	Lang       sala.Lang    // language of texts that do not say theirs; "" for the site's own
	Progress   func(Status) // called now and then; may be nil
}

// A Status is how far a long job has come.
type Status struct {
	Doing string // "reading polylang.xml"
	Done  int64
	Of    int64 // 0 if unknown
	Unit  string
}
