// Package glossary keeps what the network calls things, in every language,
// and which words it avoids.
//
// A [Concept] is a thing with a [Term] in each language; its id is stable and
// stands in addresses. A [Rule] says of a word that it is better avoided, why,
// and what to say instead. Both come with the program as default data
// ([Store.LoadDefaults]), each with its source, and belong to the editors from
// then on: what they change, no later default overwrites. Nothing is deleted;
// it is retired, and every state is kept.
//
// [Lookup] finds concepts in a text, for search and for translators;
// [Checker] finds words to avoid, and knows a quotation and a title when it
// sees one. It advises: nothing it finds keeps a text from being published.
package glossary

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"sala"
)

// A Concept is one thing and what it is called in each language.
type Concept struct {
	ID    string // "country.TH", "migrant-worker": lower-case words, digits, points and hyphens; letters of a country code are capital
	Group string // "country", "people", "actor" …: see Groups
	Note  string // for editors, in English
	Terms map[sala.Lang]Term

	Retired bool
	Edited  bool // by somebody, since it was loaded
	By      string
	Changed time.Time
}

// A Term is what a concept is called in one language.
type Term struct {
	Terms      []string `json:"terms"` // the one to use, then others that mean the same
	Definition string   `json:"definition,omitempty"`
	Source     string   `json:"source,omitempty"` // where the term is used; "" for a plain English word
	Review     bool     `json:"review,omitempty"` // no native speaker has confirmed it yet
}

// Use is the term to use.
func (t Term) Use() string {
	if len(t.Terms) == 0 {
		return ""
	}
	return t.Terms[0]
}

// Interface is the group of words that stand on buttons, and Casework that of
// words case workers use. They are for translators of Sala: in a reader's
// question "help" or "close" is not a concept.
const (
	Interface = "interface"
	Casework  = "case"
)

// Groups are the groups there are, in the order in which they are shown.
var Groups = []string{
	"people", "actor", "work", "pathway", "document", "process", "rights", "harm", "protection", "status", "skills", "concept", "event", "country",
	Casework, Interface,
}

// A Level says how strongly a word is to be avoided.
type Level string

// The levels.
const (
	Avoid   Level = "avoid"   // say something else
	Caution Level = "caution" // often wrong: think which is meant
	Note    Level = "note"    // either is right: choose one
)

// A Rule is a word to avoid, and what to say instead.
type Rule struct {
	ID         string    `json:"id"`
	Lang       sala.Lang `json:"lang"`
	Avoid      string    `json:"avoid"`                 // the word, as people read it
	Match      string    `json:"match"`                 // how it is found: see Checker
	Context    string    `json:"context,omitempty"`     // found only in a paragraph that also holds this; "" for any
	Unless     string    `json:"unless,omitempty"`      // not found where this covers it; "" for never
	Mixed      bool      `json:"mixed,omitempty"`       // found only in a text that holds two different forms of it
	Prefer     []string  `json:"prefer,omitempty"`      // may be empty: rephrase
	Level      Level     `json:"level"`                 //
	Reason     string    `json:"reason"`                //
	ExceptWhen string    `json:"except_when,omitempty"` // when it is right after all, as people read it
	Source     string    `json:"source,omitempty"`
	URL        string    `json:"url,omitempty"`
	Checked    string    `json:"checked,omitempty"` // whether somebody read the source: "yes", "partly" or "no"
	Review     bool      `json:"review,omitempty"`  // no native speaker has confirmed it yet

	Retired bool      `json:"-"`
	Edited  bool      `json:"-"`
	By      string    `json:"-"`
	Changed time.Time `json:"-"`
}

var idForm = regexp.MustCompile(`^[a-z0-9]+(?:[.-][A-Za-z0-9]+)*$`)

// check reports the fields of a concept that must be corrected.
func (c Concept) check() error {
	var bad sala.Invalid
	add := func(field, key, format string, args ...any) {
		bad = append(bad, sala.FieldError{Field: field, Key: key, Text: fmt.Sprintf(format, args...)})
	}
	if !idForm.MatchString(c.ID) {
		add("id", "glossary.id_bad", "%q: want letters and digits, parted by points and hyphens", c.ID)
	}
	if !slices.Contains(Groups, c.Group) {
		add("group", "glossary.group_unknown", "%q is none of %s", c.Group, strings.Join(Groups, ", "))
	}
	if len(c.Terms) == 0 {
		add("terms", "glossary.terms_missing", "a concept needs a term in at least one language")
	}
	for lang, t := range c.Terms {
		if l, err := sala.ParseLang(string(lang)); err != nil || l != lang {
			add("lang", "glossary.lang_unknown", "%q is not a language", lang)
		}
		if len(t.Terms) == 0 || slices.ContainsFunc(t.Terms, func(s string) bool { return strings.TrimSpace(s) == "" || strings.TrimSpace(s) != s || len(s) > 400 }) {
			add("terms", "glossary.term_bad", "in %s: a term is empty, has spaces around it, or is longer than 400 bytes", lang)
		}
	}
	if len(bad) > 0 {
		return bad
	}
	return nil
}

// check reports the fields of a rule that must be corrected.
func (r Rule) check() error {
	var bad sala.Invalid
	add := func(field, key, format string, args ...any) {
		bad = append(bad, sala.FieldError{Field: field, Key: key, Text: fmt.Sprintf(format, args...)})
	}
	if !idForm.MatchString(r.ID) {
		add("id", "glossary.id_bad", "%q: want letters and digits, parted by points and hyphens", r.ID)
	}
	if l, err := sala.ParseLang(string(r.Lang)); err != nil || l != r.Lang {
		add("lang", "glossary.lang_unknown", "%q is not a language", r.Lang)
	}
	if strings.TrimSpace(r.Avoid) == "" {
		add("avoid", "glossary.avoid_missing", "it must say which word")
	}
	if strings.TrimSpace(r.Reason) == "" {
		add("reason", "glossary.reason_missing", "it must say why")
	}
	switch r.Level {
	case Avoid, Caution, Note:
	default:
		add("level", "glossary.level_unknown", "%q is none of avoid, caution, note", r.Level)
	}
	switch r.Checked {
	case "", "yes", "partly", "no":
	default:
		add("source_checked", "glossary.checked_unknown", "%q is none of yes, partly, no", r.Checked)
	}
	if r.Match == "" {
		add("match", "glossary.match_missing", "it must say how the word is found")
	} else if _, err := compile(r.Match, longestMatch); err != nil {
		add("match", "glossary.pattern_bad", "%s", err)
	}
	for field, pattern := range map[string]string{"context": r.Context, "unless": r.Unless} {
		if _, err := compile(pattern, 0); pattern != "" && err != nil {
			add(field, "glossary.pattern_bad", "%s", err)
		}
	}
	if len(bad) > 0 {
		slices.SortFunc(bad, func(a, b sala.FieldError) int { return strings.Compare(a.Field, b.Field) })
		return bad
	}
	return nil
}
