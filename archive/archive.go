// Package archive keeps the works of the network: statements, press releases,
// reports, invitations, publications, news, vacancies and pages.
//
// A [Work] is what is the same in every language: its kind, dates, places,
// terms, contacts. An [Edition] is that work in one language: title, slug,
// summary and text, with every [Revision] it has had. What is public is a
// matter of rows: a publication says which revision went out, when and by
// whom; a withdrawal takes it back; neither is ever deleted. A [Term] belongs
// to a [Vocabulary] (category, theme, project, country, author, …) and has labels by
// language. An address of an old site leads to a work, a term or a file
// through a redirect.
//
// The store decides who may do what. It knows nothing of HTTP, of files'
// bytes (package media) or of where texts come from (package importer).
package archive

import (
	"time"

	"sala"
	"sala/internal/richtext"
)

// A Kind decides a work's layout, feed and metadata.
type Kind string

// The kinds of work.
const (
	Statement    Kind = "statement"
	PressRelease Kind = "press_release"
	Report       Kind = "report" // tells of what the network did or found
	Invitation   Kind = "invitation"
	Publication  Kind = "publication" // a book, a study, a brief: made to be downloaded
	News         Kind = "news"
	Vacancy      Kind = "vacancy"
	Page         Kind = "page" // undated: about, contact
)

// Kinds lists every kind in the order an archive offers them.
var Kinds = []Kind{Statement, PressRelease, Report, Invitation, Publication, News, Vacancy, Page}

// A Stage says how far the newest text of an edition that is not public has
// come. Whether it is public is not a stage: that follows from publications
// and withdrawals.
type Stage string

// The stages. Private, Protected and Trash only come from imports.
const (
	Draft     Stage = "draft"
	InReview  Stage = "in_review"
	Approved  Stage = "approved"
	Scheduled Stage = "scheduled" // to be published at a moment to come
	Private   Stage = "private"   // for signed-in users of the old site
	Protected Stage = "protected" // behind a password on the old site
	Trash     Stage = "trash"
)

// A Work is a thing in the record, the same in every language.
type Work struct {
	ID       sala.ID
	Kind     Kind
	Sticky   bool      // stays above the rest on the front page
	Held     sala.Span // the days of the event it tells of, if it tells of one
	Place    string    // where that was, as the text states it
	Country  string    // ISO 3166-1 alpha-2 code in lower case, "" if not stated
	Parent   sala.ID   // of a page, "" at the top
	Position int       // of a page among its siblings
	Picture  sala.ID   // the file shown with it in lists and cards
	Listed   sala.Day  // the day it is listed under: see [Dating]
	ListedAt time.Time // the moment that orders it among others
	Dating   Dating
	Public   bool // some edition of it is public now
	Created  time.Time
	Changed  time.Time

	Editions  []Edition // the public ones, or all for those who may see them
	Terms     []sala.ID
	Contacts  []Contact
	Testimony bool // it tells somebody's own story: see [Store.RecordConsent]
}

// Dating says where a work's listed day comes from.
type Dating string

// The datings, from best to least.
const (
	ByPublication Dating = "published" // the day it was first published
	ByEvent       Dating = "held"      // the last day of the event it tells of
	ByArrival     Dating = "arrived"   // nothing was stated: the day Sala first stored it
)

// An Edition is a work in one language.
type Edition struct {
	ID         sala.ID
	Work       sala.ID
	Lang       sala.Lang
	Year       int    // in its address
	Slug       string // in its address, unique by language and year
	Title      string
	Summary    string
	Body       richtext.Doc // of the live revision; empty in lists
	Stage      Stage        // of the newest revision; meaningless while that is public
	Public     bool
	Withdrawn  bool
	Revision   int       // number of the newest revision
	Live       int       // number of the public revision, 0 if none
	Version    int       // how many revisions have been public: the v of ?v=
	Published  time.Time // when it first became public; zero if never
	PubDay     sala.Day  // the same as the day it bears, in the network's own time zone; may be less exact
	Due        time.Time // when a revision of it will become public; of an import: was to
	Changed    time.Time // when the public text last changed
	Source     sala.ID   // the edition it was translated from, "" if it is the original
	SourceRev  int       // the revision of that edition which the newest revision of this one is up to date with
	Stale      int       // passages of the public source that have changed since this public text: see [Store.Staleness]
	Behind     int       // the same between the newest revisions: see [Store.Behind]
	Bylines    []string  // as the old site printed them
	Correction string    // note of the newest correction, "" if never corrected
	Meta       []Meta    // what an old site kept with it that has no field here
}

// A Meta is one name and value an old site kept with an edition, unread.
type Meta struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// A Revision is the whole text of an edition at one moment. Revisions are
// only ever added. Hash chains them: see [Revision.Sum].
type Revision struct {
	Edition  sala.ID
	Number   int // from 1
	Title    string
	Summary  string
	Body     richtext.Doc
	Note     string // of a correction: what was corrected and why
	By       string
	Author   sala.ID // id of By, "" of an import; not part of the hash
	At       time.Time
	Previous string // hash of the revision before, "" for the first
	Hash     string // see [Revision.Sum]
}

// A Contact is somebody the press may reach about a work.
type Contact struct {
	Name  string      `json:"name"`
	Role  string      `json:"role,omitempty"`
	Phone string      `json:"phone,omitempty"` // as written
	Email string      `json:"email,omitempty"`
	Langs []sala.Lang `json:"langs,omitempty"` // spoken
	Until sala.Day    `json:"until,omitzero"`  // last day it is shown
}

// A Vocabulary is a set of terms of one sort.
type Vocabulary struct {
	Slug   string // "category", "theme", "project", "country", "author", or an imported taxonomy's own name
	Labels sala.Text
}

// The vocabularies every archive has.
const (
	Category = "category" // its terms have addresses of their own: /{lang}/archive/{category}/
	Theme    = "theme"
	Project  = "project" // what a network did over years
	Country  = "country"
	Author   = "author" // bylines
)

// A Term is one entry of a vocabulary.
type Term struct {
	ID          sala.ID
	Vocabulary  string // slug
	Parent      sala.ID
	Slug        string
	Path        string // slugs from the top, joined by "/"
	Labels      sala.Text
	Description sala.Text
	Count       int // public works that bear it
}

// A Comment came with an import. Comments are read-only and never asked for.
type Comment struct {
	ID       sala.ID
	Edition  sala.ID
	Parent   sala.ID
	Author   string
	URL      string // as given, shown only if http or https
	Body     richtext.Doc
	At       time.Time
	Type     string // "comment", "pingback", "trackback"
	Approved bool   // only approved ones are ever shown
	Meta     []Meta
}

// A Relation ties two works: "see also", "translation of a part", "follows".
type Relation struct {
	From sala.ID
	To   sala.ID
	Name string
}
