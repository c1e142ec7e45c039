package script_test

import (
	"strings"
	"testing"

	"sala/script"
)

// TestWhole finds words and does not find them inside others.
func TestWhole(t *testing.T) {
	for _, c := range []struct {
		text, word string
		want       bool
	}{
		{"the maid left", "maid", true},
		{"the maid's room", "maid", true},
		{"a mermaid left", "maid", false},
		{"maidens left", "maid", false},
		{"run-aways", "run", true},
		{"họ bỏ trốn rồi", "bỏ trốn", true},
		{"họ bỏ trốnx", "bỏ trốn", false},
		{"ข้ามชาติ", "ชาติ", true},
		{"ประเทศลาวและไทย", "ลาว", true},
		{"แรงงานข้ามชาติในไทย", "แรงงานข้ามชาติ", true},
		{"ขาวสะอาด", "วส", false},
		{"แรงงานต่างด้าวถูกจับ", "ต่างด้าว", true},
		{"ตากลมเย็น", "กลม", false}, // "ตากลม" is one word
		{"တိုင်ကြားမှုယန္တရားကို", "တိုင်ကြားမှုယန္တရား", true},
		{"အလုပ်သမားများ", "လုပ်သ", false},
		{"ពលករចំណាកស្រុក", "ពលករ", true},
		{"ແຮງງານເຄື່ອນຍ້າຍ", "ແຮງງານ", true},
		{"タイの労働者", "タイ", true},
		{"このタイプは", "タイ", false},
		{"スタイル", "タイ", false},
		{"外国人の人権を守る", "人権", true},
	} {
		from := strings.Index(c.text, c.word)
		if got := script.Whole(c.text, from, from+len(c.word)); got != c.want {
			t.Errorf("Whole(%q in %q) = %v", c.word, c.text, got)
		}
	}
	for _, c := range [][2]int{{-1, 2}, {0, 99}, {2, 2}, {3, 1}} {
		if script.Whole("text", c[0], c[1]) {
			t.Errorf("Whole(text, %d, %d)", c[0], c[1])
		}
	}
}

func FuzzWhole(f *testing.F) {
	f.Add("แรงงานข้ามชาติ's maid", 3, 9)
	f.Add("\xff\xfeလုပ်", 0, 4)
	f.Fuzz(func(_ *testing.T, s string, from, to int) { script.Whole(s, from, to) })
}
