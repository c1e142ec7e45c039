package i18n

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"sala"
)

// ownKey is the one key that English need not have: what a language calls
// itself.
const ownKey = "language"

// Load reads the catalogues that the program carries.
func Load() (*Catalogue, error) {
	c := &Catalogue{messages: map[sala.Lang]map[string]message{}}
	folder, err := carried()
	if err != nil {
		return nil, err
	}
	// English first: the others are held against it.
	b, err := fs.ReadFile(folder, "en.json")
	if err != nil {
		return nil, err
	}
	english, errs := messages(b)
	if len(errs) > 0 {
		return nil, fmt.Errorf("en.json: %w", errors.Join(errs...))
	}
	c.messages[sala.English] = english
	return c, errors.Join(c.Add(folder)...)
}

// Add reads the catalogues of a folder: files named by a language, such as
// shn.json. What they say goes before what the program carries, key by key.
// Each fault is an error that names the file and the key; the message is left
// out and everything else is used. A folder that is not there has none.
func (c *Catalogue) Add(folder fs.FS) []error {
	entries, err := fs.ReadDir(folder, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return []error{err}
	}
	var faults []error
	for _, entry := range entries {
		name := entry.Name()
		if path.Ext(name) != ".json" {
			continue
		}
		lang, err := sala.ParseLang(strings.TrimSuffix(path.Base(name), ".json"))
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: the name of a catalogue is that of its language: %w", name, err))
			continue
		}
		b, err := fs.ReadFile(folder, name)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
			continue
		}
		read, errs := messages(b)
		for _, err := range errs {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
		}
		for _, key := range slices.Sorted(maps.Keys(read)) {
			if err := c.fits(key, read[key]); err != nil {
				faults = append(faults, fmt.Errorf("%s: %s: %w", name, key, err))
				continue
			}
			if c.messages[lang] == nil {
				c.messages[lang] = map[string]message{}
			}
			c.messages[lang][key] = read[key]
		}
	}
	return faults
}

// messages reads a catalogue. A key that stands twice or says nothing is a
// fault; what could be read comes back beside the faults.
func messages(b []byte) (map[string]message, []error) {
	d := json.NewDecoder(bytes.NewReader(b))
	at := func(err error) []error {
		line := 1 + bytes.Count(b[:min(int(d.InputOffset()), len(b))], []byte("\n"))
		return []error{fmt.Errorf("line %d: %w", line, err)}
	}
	if t, err := d.Token(); err != nil {
		return nil, at(err)
	} else if t != json.Delim('{') {
		return nil, at(errors.New(`want an object of keys and messages, such as {"nav.search": "Search"}`))
	}
	read := map[string]message{}
	var faults []error
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return read, append(faults, at(err)...)
		}
		key, _ := t.(string)
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return read, append(faults, at(err)...)
		}
		var m message
		if err := json.Unmarshal(raw, &m); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", key, err))
			continue
		}
		if read[key] != nil {
			faults = append(faults, fmt.Errorf("%s: stands twice", key))
			continue
		}
		read[key] = m
	}
	if _, err := d.Token(); err != nil {
		return read, append(faults, at(err)...)
	}
	return read, faults
}

func (m *message) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err == nil {
		if strings.TrimSpace(text) == "" {
			return errors.New("says nothing")
		}
		*m = message{"other": text}
		return nil
	}
	var read map[string]string
	if err := json.Unmarshal(b, &read); err != nil {
		return errors.New(`want a text, or texts by plural form, such as {"one": "{n} day", "other": "{n} days"}`)
	}
	for _, form := range slices.Sorted(maps.Keys(read)) {
		if !slices.Contains(slices.Collect(maps.Values(forms)), form) {
			return fmt.Errorf("%q is no plural form; there are zero, one, two, few, many and other", form)
		}
		if strings.TrimSpace(read[form]) == "" {
			return fmt.Errorf("says nothing for %q", form)
		}
	}
	if read["other"] == "" {
		return errors.New(`plural forms need "other"`)
	}
	*m = read
	return nil
}

var place = regexp.MustCompile(`\{[a-z_]+\}`)

// fits holds a message against the English one: the same places, so that
// nothing is lost and nothing in braces is shown.
func (c *Catalogue) fits(key string, m message) error {
	if key == ownKey {
		return nil
	}
	english, ok := c.messages[sala.English][key]
	if !ok {
		return errors.New("there is no message of this key")
	}
	places := func(s string) []string {
		return slices.Compact(slices.Sorted(slices.Values(place.FindAllString(s, -1))))
	}
	want := places(english["other"])
	for _, form := range slices.Sorted(maps.Keys(m)) {
		got := places(m[form])
		if form != "other" && form != "few" && form != "many" { // "one record" may leave the number out
			got = slices.Compact(slices.Sorted(slices.Values(append(got, "{n}"))))
			if !slices.Contains(want, "{n}") {
				return errors.New("the English message has no {n}, so there are no plural forms of it")
			}
		}
		if !slices.Equal(got, want) {
			return fmt.Errorf("has the places %v, want %v", got, want)
		}
	}
	return nil
}
