package site

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/archive"
)

// movedTerm returns where the list stands that an address of this site named
// by terms as they were called before. It returns sala.ErrNotFound if no such
// term has moved.
func (s *Site) movedTerm(r *http.Request) (string, error) {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if len(parts) < 3 || parts[1] != "archive" {
		return "", sala.ErrNotFound
	}
	set, err := s.Network.Settings(r.Context())
	if err != nil {
		return "", err
	}
	if !slices.Contains(set.Langs, sala.Lang(parts[0])) {
		return "", sala.ErrNotFound
	}
	moved := false
	now := func(vocabulary, path string) (string, error) {
		t, err := s.Archive.MovedTerm(r.Context(), vocabulary, path)
		if errors.Is(err, sala.ErrNotFound) {
			return path, nil
		}
		moved = moved || err == nil && t.Path != path
		return t.Path, err
	}
	end := len(parts) - 1
	path := strings.Join(parts[2:end], "/")
	if path != "" {
		// A term that stands there now goes before one that stood there once.
		if _, err := s.Archive.TermByPath(r.Context(), archive.Category, path); errors.Is(err, sala.ErrNotFound) {
			if path, err = now(archive.Category, path); err != nil {
				return "", err
			}
		} else if err != nil {
			return "", err
		}
	}
	q := r.URL.Query()
	vocabularies, err := s.Archive.Vocabularies(r.Context())
	if err != nil {
		return "", err
	}
	for _, v := range vocabularies {
		old := q.Get(v.Slug)
		if old == "" {
			continue
		}
		if _, err := s.Archive.TermByPath(r.Context(), v.Slug, old); err == nil {
			continue
		} else if !errors.Is(err, sala.ErrNotFound) {
			return "", err
		}
		at, err := now(v.Slug, old)
		if err != nil {
			return "", err
		}
		q.Set(v.Slug, at)
	}
	if !moved {
		return "", sala.ErrNotFound
	}
	u := url.URL{Path: "/" + parts[0] + "/archive/" + parts[end], RawQuery: q.Encode()}
	if path != "" {
		u.Path = "/" + parts[0] + "/archive/" + path + "/" + parts[end]
	}
	return u.String(), nil
}
