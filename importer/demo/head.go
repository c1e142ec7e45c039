package demo

import (
	"fmt"
	"slices"
	"strings"
)

// A head is the lines "key: value" before a text, or of one section of a
// list. A key may stand several times only where it is asked for as a list.
type head struct {
	file  string
	name  string // of the section, "" for a file's own head
	line  int    // of the section's first line
	lines []entry
}

type entry struct {
	key, value string
	line       int
}

// fault is an error that says where it was made.
func (h *head) fault(line int, key, why string, args ...any) error {
	if key != "" {
		key += ": "
	}
	return fmt.Errorf("%s:%d: %s%s", h.file, line, key, fmt.Sprintf(why, args...))
}

// value returns the value of key, "" if it is not there.
func (h *head) value(key string) string {
	for _, e := range h.lines {
		if e.key == key {
			return e.value
		}
	}
	return ""
}

// all returns every line of key, in order.
func (h *head) all(key string) []entry {
	var found []entry
	for _, e := range h.lines {
		if e.key == key {
			found = append(found, e)
		}
	}
	return found
}

// at returns the line where key stands.
func (h *head) at(key string) int {
	for _, e := range h.lines {
		if e.key == key {
			return e.line
		}
	}
	return h.line
}

// check refuses keys that are not in known, and those of them that stand
// twice and are not in lists.
func (h *head) check(known, lists []string) error {
	seen := map[string]bool{}
	for _, e := range h.lines {
		if !slices.Contains(known, e.key) && !slices.Contains(lists, e.key) {
			return h.fault(e.line, e.key, "there is no such key here; there are %s", strings.Join(append(slices.Clone(known), lists...), ", "))
		}
		if seen[e.key] && !slices.Contains(lists, e.key) {
			return h.fault(e.line, e.key, "stands twice")
		}
		seen[e.key] = true
	}
	return nil
}

// add reads one line of a head.
func (h *head) add(text string, line int) error {
	key, value, ok := strings.Cut(text, ":")
	if !ok || key == "" || key != strings.TrimSpace(key) {
		return h.fault(line, "", "want \"key: value\", have %q", text)
	}
	if value = strings.TrimSpace(value); value == "" {
		return h.fault(line, key, "has no value")
	}
	h.lines = append(h.lines, entry{key, value, line})
	return nil
}

// readText splits a file into its head, which stands between two lines of
// three hyphens, and its text.
func readText(file, src string) (*head, string, error) {
	h := &head{file: file, line: 1}
	rest, ok := strings.CutPrefix(src, "---\n")
	if !ok {
		return nil, "", h.fault(1, "", "want a line of three hyphens before the head")
	}
	for line := 2; ; line++ {
		text, after, ok := strings.Cut(rest, "\n")
		if !ok {
			return nil, "", h.fault(line, "", "want a line of three hyphens after the head")
		}
		rest = after
		if text == "---" {
			return h, rest, nil
		}
		if err := h.add(text, line); err != nil {
			return nil, "", err
		}
	}
}

// readList reads a file of sections, each a line "[name]" and a head. Empty
// lines and those that begin with # say nothing.
func readList(file, src string) ([]*head, error) {
	var sections []*head
	names := map[string]bool{}
	for i, text := range strings.Split(src, "\n") {
		line := i + 1
		if text = strings.TrimSpace(text); text == "" || text[0] == '#' {
			continue
		}
		if name, ok := strings.CutPrefix(text, "["); ok {
			name, ok = strings.CutSuffix(name, "]")
			h := &head{file: file, name: name, line: line}
			if !ok || name == "" || names[name] {
				return nil, h.fault(line, "", "want a section's name of its own in brackets, have %q", text)
			}
			names[name] = true
			sections = append(sections, h)
			continue
		}
		if len(sections) == 0 {
			return nil, (&head{file: file}).fault(line, "", "want a section before %q", text)
		}
		if err := sections[len(sections)-1].add(text, line); err != nil {
			return nil, err
		}
	}
	return sections, nil
}
