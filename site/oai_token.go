package site

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"time"

	"sala"
)

// An oaiToken says where a list goes on. All of it stands in it and nothing is
// kept here, so it never ends, and it goes on with what changed after the last
// that was told, whatever has become of that since.
type oaiToken struct {
	Verb  string  `json:"v"`
	From  string  `json:"f,omitempty"`
	Until string  `json:"u,omitempty"`
	Set   string  `json:"s,omitempty"`
	At    int64   `json:"t"` // microseconds
	After sala.ID `json:"i"`
	Told  int     `json:"n"`
}

func (t oaiToken) String() string {
	b, err := json.Marshal(t)
	if err != nil {
		panic(err) // it holds only texts and numbers
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseToken(s string) (oaiToken, error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return oaiToken{}, badToken
	}
	var t oaiToken
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&t); err != nil {
		return oaiToken{}, badToken
	}
	id, err := sala.ParseID(string(t.After))
	if year := time.UnixMicro(t.At).UTC().Year(); err != nil || id != t.After || t.Told < 1 || year < 1970 || year > 9999 || t.String() != s {
		return oaiToken{}, badToken
	}
	return t, nil
}
