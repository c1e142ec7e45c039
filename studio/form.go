package studio

import "github.com/a-h/templ"

// A field is one line of text in a form.
type field struct {
	Name  string
	Key   string // of its label
	Hint  string // key of what stands below the label, "" for nothing
	Value string
	Type  string // of the input; "" is text
	Auto  string // autocomplete
	Must  bool
	Focus bool // the page is there to fill this one in
}

func (f field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// The code of a view is copied to each place that shows it unless the compiler
// is kept from it: of these two, which every form has, two hundred kilobytes.

// fieldView is one line of text in a form.
//
//go:noinline
func fieldView(p *page, f field) templ.Component { return inputView(p, f) }

// faultView is what is wrong with a field, if anything is.
//
//go:noinline
func faultView(p *page, name string) templ.Component { return wrongView(p, name) }
