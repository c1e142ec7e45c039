//go:build !packed

package demo

import (
	"embed"
	"io/fs"
)

//go:embed content
var content embed.FS

// root is the folder of the content.
func root() (fs.FS, error) { return fs.Sub(content, "content") }
