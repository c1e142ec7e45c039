package blob_test

import (
	"testing"

	"sala/internal/blob"
	"sala/internal/blob/blobtest"
)

func TestFolder(t *testing.T) {
	s, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	blobtest.Run(t, s)
}
