//go:build !packed

package i18n

import (
	"embed"
	"io/fs"
)

//go:embed locales/*.json
var texts embed.FS

// carried are the catalogues that the program carries.
func carried() (fs.FS, error) { return fs.Sub(texts, "locales") }
