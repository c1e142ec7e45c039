//go:build packed

package i18n

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"io/fs"
)

// "make build" makes it: internal/assets/pack.
//
//go:embed locales.zip
var texts []byte

// carried are the catalogues that the program carries.
func carried() (fs.FS, error) { return zip.NewReader(bytes.NewReader(texts), int64(len(texts))) }
