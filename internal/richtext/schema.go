package richtext

import (
	"encoding/json"
	"fmt"
	"slices"
)

// A Schema is the allow-list of [Check] as data, for an editor to be built
// from: what may stand in what, which attributes each type has, and in which
// order marks nest.
type Schema struct {
	Nodes    []NodeSpec `json:"nodes"` // the first, "doc", is the whole text
	Marks    []MarkSpec `json:"marks"` // outermost first
	ID       string     `json:"id"`    // the form of a block's id, a regular expression
	MaxDepth int        `json:"maxDepth"`
	MaxSpan  int        `json:"maxSpan"`
}

// A NodeSpec is a node type: its attributes by their JSON names, and the types
// that may stand in it.
type NodeSpec struct {
	Type    Type     `json:"type"`
	Inline  bool     `json:"inline,omitempty"` // it stands in a line of text
	Attrs   []string `json:"attrs,omitempty"`
	Content []Type   `json:"content,omitempty"`
}

// A MarkSpec is a mark type and its attributes by their JSON names.
type MarkSpec struct {
	Type  Type     `json:"type"`
	Attrs []string `json:"attrs,omitempty"`
}

// uses says which attributes a type has beside the id and lang of every block.
var uses = map[Type][]string{
	Heading:     {"level"},
	OrderedList: {"start"},
	Picture:     {"file", "src", "alt", "title", "href"},
	TableCell:   {"header", "colspan", "rowspan"},
	Details:     {"title"},
	Embed:       {"href", "title"},
	Attachment:  {"file", "title"},
	Unknown:     {"title", "source"},
	Abbr:        {"title"},
	Foreign:     {"lang"},
	Link:        {"href", "hreflang"},
}

// attrsOf returns the names of the attributes that t may have.
func attrsOf(t Type) []string {
	if slices.Contains(markOrder, t) || !isBlock(t) {
		return uses[t]
	}
	return append([]string{"id", "lang"}, uses[t]...)
}

// set returns the JSON names of the attributes that a has.
func (a Attrs) set() []string {
	var names []string
	for _, f := range []struct {
		name string
		set  bool
	}{
		{"id", a.ID != ""}, {"lang", a.Lang != ""}, {"level", a.Level != 0}, {"start", a.Start != 0},
		{"file", a.File != ""}, {"src", a.Src != ""}, {"alt", a.Alt != ""}, {"href", a.Href != ""},
		{"hreflang", a.HrefLang != ""}, {"title", a.Title != ""}, {"header", a.Header},
		{"colspan", a.ColSpan != 0}, {"rowspan", a.RowSpan != 0}, {"source", a.Source != ""},
	} {
		if f.set {
			names = append(names, f.name)
		}
	}
	return names
}

// checkUse returns an error if a has an attribute that a t does not.
func checkUse(t Type, a Attrs) error {
	allowed := attrsOf(t)
	for _, name := range a.set() {
		if !slices.Contains(allowed, name) {
			return fmt.Errorf("a %q has no attribute %q", t, name)
		}
	}
	return nil
}

// TheSchema returns the schema that [Check] holds texts to.
func TheSchema() Schema {
	s := Schema{ID: idForm.String(), MaxDepth: maxDepth, MaxSpan: maxSpan, Nodes: []NodeSpec{{Type: "doc", Content: may("")}}}
	for _, t := range slices.Concat(blocks, []Type{ListItem, TableRow, TableCell}, inline) {
		s.Nodes = append(s.Nodes, NodeSpec{Type: t, Inline: !isBlock(t), Attrs: attrsOf(t), Content: may(t)})
	}
	for _, t := range markOrder {
		s.Marks = append(s.Marks, MarkSpec{t, attrsOf(t)})
	}
	return s
}

// JSON returns the schema as the editor's build reads it.
func (s Schema) JSON() []byte {
	b, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		panic(err) // plain structs of strings and numbers always encode
	}
	return append(b, '\n')
}
