// Package richtext is the text of a work: blocks of a small schema, kept as
// JSON, safe by construction. Nothing outside the schema can be stored, so
// there is no HTML to sanitise later. Every block has an id that stays when
// the text around it changes: paragraph links, translation segments and
// comparisons rest on it. What a conversion from HTML did not understand is
// kept visible and reported, never dropped.
//
// The JSON is that of a ProseMirror document, so an editor loads it as it is.
package richtext

import "sala"

// A Doc is a whole text.
type Doc struct {
	Blocks []Node `json:"content"`
}

// A Type is the type of a node.
type Type string

// The block types. Which may stand in which: see [Check].
const (
	Paragraph   Type = "paragraph"
	Heading     Type = "heading" // Level 2 to 6; 1 is the title of the page
	BulletList  Type = "bullet_list"
	OrderedList Type = "ordered_list" // Start, if not 1
	ListItem    Type = "list_item"    // blocks
	Quote       Type = "blockquote"   // blocks
	Code        Type = "code_block"   // one text node; white space counts
	Verse       Type = "verse"        // inline; line breaks count
	Rule        Type = "horizontal_rule"
	Picture     Type = "picture"    // File or Src, Alt; content is its caption, inline
	Gallery     Type = "gallery"    // pictures; content
	Table       Type = "table"      // rows
	TableRow    Type = "table_row"  // cells
	TableCell   Type = "table_cell" // Header, ColSpan, RowSpan; blocks
	Details     Type = "details"    // Title; blocks
	Embed       Type = "embed"      // Href, Title: shown as a plain link, nothing is loaded from there
	Attachment  Type = "attachment" // File, Title: a file offered for download
	More        Type = "more"       // where a list of works cuts the text
	PageBreak   Type = "page_break" // where the old site began a new page
	Unknown     Type = "unknown"    // Source text kept as it was, Title says of what sort
)

// The inline types.
const (
	Text     Type = "text"
	Break    Type = "hard_break"
	Footnote Type = "footnote" // inline content is the note
)

// The mark types.
const (
	Strong     Type = "strong"
	Emphasis   Type = "em"
	Underline  Type = "underline"
	Strike     Type = "strike"
	Inserted   Type = "ins"
	Deleted    Type = "del"
	InlineCode Type = "code"
	Sub        Type = "sub"
	Sup        Type = "sup"
	Highlight  Type = "mark"
	Cite       Type = "cite"
	Abbr       Type = "abbr" // Title
	Foreign    Type = "lang" // Lang: a passage in another language
	Link       Type = "link" // Href; HrefLang if it is known
)

// A Node is a block or an inline piece.
type Node struct {
	Type    Type   `json:"type"`
	Attrs   Attrs  `json:"attrs,omitzero"`
	Content []Node `json:"content,omitempty"`
	Text    string `json:"text,omitempty"`
	Marks   []Mark `json:"marks,omitempty"`
}

// A Mark is a property of a run of text.
type Mark struct {
	Type  Type  `json:"type"`
	Attrs Attrs `json:"attrs,omitzero"`
}

// Attrs are the attributes of nodes and marks; each type uses those that its
// constant names, and every block its ID and, if it differs from that of the
// whole text, its Lang.
type Attrs struct {
	ID       string    `json:"id,omitempty"` // [a-z0-9]{4,16}, unique in the document
	Lang     sala.Lang `json:"lang,omitempty"`
	Level    int       `json:"level,omitempty"`
	Start    int       `json:"start,omitempty"`
	File     sala.ID   `json:"file,omitempty"` // a file of the house
	Src      string    `json:"src,omitempty"`  // where a picture was whose bytes the house does not have
	Alt      string    `json:"alt,omitempty"`
	Href     string    `json:"href,omitempty"` // http, https, mailto, tel, "#…", "/…", or "sala:kind/id#…"
	HrefLang sala.Lang `json:"hreflang,omitempty"`
	Title    string    `json:"title,omitempty"`
	Header   bool      `json:"header,omitempty"`
	ColSpan  int       `json:"colspan,omitempty"`
	RowSpan  int       `json:"rowspan,omitempty"`
	Source   string    `json:"source,omitempty"`
}

// A Doubt is something a conversion kept but did not understand.
type Doubt struct {
	What string // the piece, cut to a line: "<marquee>", "[unknown_shortcode]"
	Why  string
}
