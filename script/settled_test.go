package script

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

func FuzzSettled(f *testing.F) {
	for _, s := range []string{"ที่น้ำ", "ស្ត្រីខ្មែរ", "မြို့ကြွှေ့", "ຢູ່ນີ້", "เเ", "ဥ\u102e", "ក\u17c9\u17d2រ", "ក\u17b6\u17c6\u17cb", "က\u1037\u103a", "\u0eb9\u1039\u0ec8"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if settled(s) && Normalize(s) != s {
			t.Fatalf("%+q is called settled, and is %+q", s, Normalize(s))
		}
	})
}

// TestMoves holds moves to the classes of Unicode.
func TestMoves(t *testing.T) {
	for r := rune(0x0e00); r < 0x1800; r++ {
		if !complexContext(r) {
			continue
		}
		if class := norm.NFC.PropertiesString(string(r)).CCC(); moves(r) != (class != 0) {
			t.Errorf("%U: moves is %v, its class is %d", r, moves(r), class)
		}
	}
}

// TestSettled holds that ordinary words are, so that they are quick.
func TestSettled(t *testing.T) {
	for _, name := range []string{"thai", "lao", "khmer", "burmese"} {
		words, slow := 0, 0
		if err := eachWord(name, func(w string) {
			words++
			if !settled(w) {
				slow++
			}
		}); err != nil {
			t.Fatal(err)
		}
		if slow*100 > words {
			t.Errorf("%s: %d of %d words are not", name, slow, words)
		}
	}
}
