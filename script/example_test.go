package script_test

import (
	"fmt"

	"sala/script"
)

func ExampleAppendBreaks() {
	s, from := "แรงงานข้ามชาติ", 0
	for _, at := range append(script.AppendBreaks(nil, s), len(s)) {
		fmt.Println(s[from:at])
		from = at
	}
	// Output:
	// แรงงาน
	// ข้าม
	// ชาติ
}

func ExampleAppendWords() {
	s := script.Normalize("MMN ၏အလုပ်သမားများ")
	for _, w := range script.AppendWords(nil, s) {
		if w.Kind != script.Separator {
			fmt.Println(s[w.From:w.To])
		}
	}
	// Output:
	// mmn
	// ၏
	// အလုပ်သမား
	// များ
}

func ExampleNormalize() {
	fmt.Println(script.Normalize("ＦＥＥ ๑,๒๐๐") == script.Normalize("fee 1,200"))
	// Output: true
}

func ExampleAppendUnits() {
	s := "ស្ត្រី"
	fmt.Println(len(script.AppendUnits(nil, s)), "unit")
	// Output: 1 unit
}
