package slug_test

import (
	"testing"

	"sala/internal/slug"
)

func TestOf(t *testing.T) {
	for in, want := range map[string]string{
		"Press Release: 'Safe' from Start!": "press-release-safe-from-start", "แรงงาน ข้ามชาติ": "แรงงาน-ข้ามชาติ", "…": "", "A\u0301b": "áb",
		"မြန်မာ\u200bစာ": "မြန်မာစာ", "workers’ rights": "workers-rights",
	} {
		if got := slug.Of(in); got != want {
			t.Errorf("Of(%q) = %q, want %q", in, got, want)
		}
	}
}
