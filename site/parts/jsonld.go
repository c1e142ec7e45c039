// Package parts holds what several pages of a door are made of.
package parts

import "encoding/json"

// JSONLD encodes structured data for a page. The encoder writes <, > and & as
// escapes, so nothing in it can end the element it stands in.
func JSONLD(v map[string]any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps of strings always encode
	}
	return string(b)
}
