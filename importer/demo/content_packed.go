//go:build packed

package demo

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"io/fs"
)

// "make build" makes it: internal/assets/pack.
//
//go:embed content.zip
var content []byte

// root is the folder of the content.
func root() (fs.FS, error) { return zip.NewReader(bytes.NewReader(content), int64(len(content))) }
