package studio

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
