package bearer_test

import (
	"net/url"
	"testing"

	"sala/internal/bearer"
)

func TestNew(t *testing.T) {
	a, b := bearer.New(), bearer.New()
	if a == b || len(a) != 32 || url.PathEscape(a) != a {
		t.Errorf("secrets %q, %q", a, b)
	}
}

// TestHash holds the form in which secrets are stored: another would end every
// link that was handed on.
func TestHash(t *testing.T) {
	if got := bearer.Hash("abc"); got != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" { // FIPS 180-2, appendix B.1
		t.Errorf("Hash is %s", got)
	}
}
