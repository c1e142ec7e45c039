package importer

import (
	"encoding/json"
	"fmt"
	"io"
)

// A Report says what became of everything an import read. For a WordPress
// export the sum of Stored and the length of Named is the number of its items.
type Report struct {
	Inputs    []string       `json:"inputs"`
	Stored    map[string]int `json:"stored"`   // by the source's "type/status", or our kind for text and saved pages
	Terms     map[string]int `json:"terms"`    // by the source's taxonomy
	Comments  map[string]int `json:"comments"` // by "type/approved", as the export says
	Authors   int            `json:"authors"`
	Unchanged int            `json:"unchanged"` // of those stored, how many were there already, just so
	Named     []Remark       `json:"named"`     // not stored, and why
	Doubts    []Remark       `json:"doubts"`    // stored with a question
	Wording   []Wording      `json:"wording"`   // words better avoided, by rule: see [Proofreader]
}

// A Remark is one line about one item or one place in it.
type Remark struct {
	Where string `json:"where"` // "file.xml:120", "file.txt byte 4711"
	What  string `json:"what"`  // the item, as a person would name it
	Why   string `json:"why"`
}

// NewReport returns an empty report.
func NewReport() *Report {
	return &Report{
		Inputs: []string{}, Stored: map[string]int{}, Terms: map[string]int{}, Comments: map[string]int{},
		Named: []Remark{}, Doubts: []Remark{}, Wording: []Wording{},
	}
}

// Doubt adds a question about something stored.
func (r *Report) Doubt(at Place, what, why string, args ...any) {
	r.Doubts = append(r.Doubts, Remark{at.String(), what, fmt.Sprintf(why, args...)})
}

// Name adds something that was not stored.
func (r *Report) Name(at Place, what, why string, args ...any) {
	r.Named = append(r.Named, Remark{at.String(), what, fmt.Sprintf(why, args...)})
}

// WriteJSON writes the report, indented, for a person or a program.
func (r *Report) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

func (p Place) String() string {
	switch {
	case p.Line > 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	case p.Offset > 0:
		return fmt.Sprintf("%s byte %d", p.File, p.Offset)
	}
	return p.File
}
