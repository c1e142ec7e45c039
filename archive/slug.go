package archive

import (
	"sala"
	"sala/internal/slug"
)

// Slugify makes the last part of an address from a title or an old slug:
// see [slug.Of].
func Slugify(s string) string { return slug.Of(s) }

func free(want string, id sala.ID, taken func(string) (bool, error)) (string, error) {
	return slug.Free(want, id, taken)
}
