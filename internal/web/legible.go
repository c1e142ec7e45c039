package web

import (
	"net/http"
	"net/url"
	"strings"
)

// Legible hands on requests whose address is text: what is no UTF-8, and the
// character NUL, which PostgreSQL takes in no text, become the replacement
// character. So an address of any bytes leads nowhere instead of to an error
// of the database.
func Legible(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, query := legible(r.URL.Path), legibleQuery(r.URL.RawQuery)
		if path != r.URL.Path || query != r.URL.RawQuery {
			clone := *r
			address := *r.URL
			if path != address.Path {
				address.Path, address.RawPath = path, ""
			}
			address.RawQuery = query
			clone.URL = &address
			r = &clone
		}
		next.ServeHTTP(w, r)
	})
}

func legible(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
}

// legibleQuery is a query without what is no text. One in which there is
// nothing of the sort stays as it is, byte for byte.
func legibleQuery(raw string) string {
	if strings.IndexByte(raw, '%') < 0 && legible(raw) == raw {
		return raw
	}
	values, _ := url.ParseQuery(raw) // what cannot be parsed is left out, as net/http does
	changed := false
	clean := url.Values{}
	for key, all := range values {
		for _, v := range all {
			k, c := legible(key), legible(v)
			changed = changed || k != key || c != v
			clean.Add(k, c)
		}
	}
	if !changed {
		return raw
	}
	return clean.Encode()
}
