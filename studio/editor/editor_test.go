package editor_test

import (
	"bytes"
	"os"
	"testing"

	"sala/internal/richtext"
)

// TestSchema holds the editor's schema to the one that texts are checked
// against.
func TestSchema(t *testing.T) {
	have, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, richtext.TheSchema().JSON()) {
		t.Error("schema.json is not that of internal/richtext: run go generate ./studio/editor")
	}
}
