package richtext_test

import (
	"maps"
	"strings"
	"testing"

	"sala/internal/richtext"
)

// readAgain is the way of a text through a form without script.
func readAgain(before richtext.Doc, edit func(string) string) richtext.Doc {
	after, _ := richtext.FromMarkdown(edit(before.Markdown()), richtext.HTMLOptions{Seed: "form"})
	return richtext.Reidentify(before, after)
}

// idsOf returns the id of each block by its type and its words.
func idsOf(d richtext.Doc) map[string]string {
	ids := map[string]string{}
	d.Walk(func(n *richtext.Node) bool {
		if n.Attrs.ID != "" {
			ids[n.Attrs.ID] = string(n.Type) + " " + richtext.SegmentText(*n)
		}
		return true
	})
	return ids
}

// holds reports whether what idsOf says is of a block whose words are those of
// the blocks in it.
func holds(said string) bool {
	for _, t := range []string{"list", "table", "blockquote"} {
		if strings.Contains(strings.Fields(said)[0], t) {
			return true
		}
	}
	return false
}

const laid = `<h2>Fees</h2><p>Nobody should pay to work abroad.</p><ul><li>Passports are kept.</li><li>Wages are late.<ul><li>By months.</li></ul></li></ul>
<table><tr><th>2018</th><td></td></tr><tr><td>2019</td><td>Forty cases</td></tr></table><h2>Fees</h2><blockquote><p>We will look into it.</p></blockquote>
<details><summary>More</summary><p>Of the law.</p></details><p>One<sup>2</sup> said.</p>`

var inTongues = map[string]string{
	"th": "<h2>ค่าจ้าง</h2><p>แรงงานข้ามชาติต้องได้รับค่าจ้างที่เป็นธรรม</p><ul><li>นายจ้างยึดหนังสือเดินทาง</li><li>ค่าจ้างจ่ายล่าช้า</li></ul><p>กระทรวงแรงงานต้องรับผิดชอบ</p>",
	"my": "<h2>လုပ်ခ</h2><p>ရွှေ့ပြောင်းအလုပ်သမားများသည် တရားမျှတသော လုပ်ခကို ရရှိရမည်။</p><ul><li>နိုင်ငံကူးလက်မှတ်ကို သိမ်းထားသည်။</li><li>လုပ်ခ နောက်ကျသည်။</li></ul><p>ဝန်ကြီးဌာနက တာဝန်ယူရမည်။</p>",
	"km": "<h2>ប្រាក់ឈ្នួល</h2><p>ពលករចំណាកស្រុកត្រូវតែទទួលបានប្រាក់ឈ្នួលសមរម្យ។</p><ul><li>និយោជករឹបអូសលិខិតឆ្លងដែន។</li><li>ប្រាក់ឈ្នួលបើកយឺត។</li></ul><p>ក្រសួងត្រូវទទួលខុសត្រូវ។</p>",
	"lo": "<h2>ຄ່າແຮງ</h2><p>ແຮງງານເຄື່ອນຍ້າຍຕ້ອງໄດ້ຮັບຄ່າແຮງທີ່ເປັນທຳ</p><ul><li>ນາຍຈ້າງຍຶດໜັງສືຜ່ານແດນ</li><li>ຄ່າແຮງຈ່າຍຊ້າ</li></ul><p>ກະຊວງແຮງງານຕ້ອງຮັບຜິດຊອບ</p>",
	"vi": "<h2>Tiền lương</h2><p>Lao động di cư phải được trả lương công bằng.</p><ul><li>Chủ giữ hộ chiếu.</li><li>Lương trả chậm.</li></ul><p>Bộ phải chịu trách nhiệm.</p>",
	"ja": "<h2>賃金</h2><p>移住労働者には公正な賃金が支払われなければならない。</p><ul><li>旅券が取り上げられる。</li><li>賃金の支払いが遅れる。</li></ul><p>省は責任を負うべきである。</p>",
}

func TestReidentifyUntouched(t *testing.T) {
	texts := maps.Clone(inTongues)
	texts["laid"], texts["basic"] = laid, basic
	for name, text := range texts {
		before := fromHTML(text)
		after := readAgain(before, func(s string) string { return s })
		if string(after.JSON()) != string(before.JSON()) {
			t.Errorf("%s: became\n%s\nfrom\n%s", name, after.JSON(), before.JSON())
		}
	}
}

func TestReidentify(t *testing.T) {
	replace := func(old, new string) func(string) string {
		return func(s string) string {
			if !strings.Contains(s, old) {
				t.Errorf("%q is not in %q", old, s)
			}
			return strings.Replace(s, old, new, 1)
		}
	}
	for _, test := range []struct {
		name, text string
		edit       func(string) string
		lost, made int // ids
	}{
		{"words", laid, replace("to work abroad", "for work abroad"), 0, 0},
		{"a block written anew", laid, replace("Nobody should pay to work abroad.", "Entirely other words."), 0, 0},
		{"an item written anew", laid, replace("Passports are kept.", "Doors stay locked."), 0, 0},
		{"a cell filled", laid, replace(`{"type":"table_cell"}`, `{"type":"table_cell","content":[{"type":"paragraph","content":[{"type":"text","text":"Thirty"}]}]}`), 0, 1},
		{"another type", laid, replace("Nobody should pay", "### Nobody should pay"), 0, 0},
		{"above", laid, func(s string) string { return "A new beginning.\n\n" + s }, 0, 1},
		{"between", laid, replace("- Wages", "- Hours are long.\n- Wages"), 0, 2},
		{"removed", laid, replace("- Passports are kept.\n", ""), 2, 0},
		{"order", basic, func(s string) string {
			return "The ministry was asked to act.\n\n" + replace("The ministry was asked to act.\n\n", "")(s)
		}, 0, 0},
		{"split", basic, replace("should pay to", "should pay.\n\nNobody to"), 0, 1},
		{"Thai", inTongues["th"], replace("ค่าจ้างที่เป็นธรรม", "ค่าแรงที่เท่าเทียมและเป็นธรรม"), 0, 0},
		{"Burmese", inTongues["my"], replace("တရားမျှတသော", "ညီမျှသော"), 0, 0},
		{"Khmer", inTongues["km"], replace("សមរម្យ", "យុត្តិធម៌"), 0, 0},
		{"Lao", inTongues["lo"], replace("ທີ່ເປັນທຳ", "ຢ່າງຍຸດຕິທຳ"), 0, 0},
		{"Vietnamese", inTongues["vi"], replace("công bằng", "xứng đáng"), 0, 0},
		{"Japanese", inTongues["ja"], replace("公正な賃金", "平等な賃金"), 0, 0},
	} {
		before := fromHTML(test.text)
		after := readAgain(before, test.edit)
		if err := after.Check(); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		was, is := idsOf(before), idsOf(after)
		lost, made := 0, 0
		for id := range was {
			if _, ok := is[id]; !ok {
				lost++
			}
		}
		for id := range is {
			if _, ok := was[id]; !ok {
				made++
			}
		}
		if lost != test.lost || made != test.made {
			t.Errorf("%s: %d ids were lost and %d made, not %d and %d\n%v\n%v", test.name, lost, made, test.lost, test.made, was, is)
		}
		changed := 0
		for id, said := range was {
			if holds(said) {
				continue
			}
			if now, ok := is[id]; ok && now != said {
				changed++
			}
		}
		if changed > 1 {
			t.Errorf("%s: %d blocks changed under their ids, not one\n%v\n%v", test.name, changed, was, is)
		}
	}
}

// TestReidentifyEquals removes the first of two sections that begin alike.
func TestReidentifyEquals(t *testing.T) {
	before := fromHTML("<h2>Findings</h2><p>Of the first year.</p><h2>Findings</h2><p>Of the second year, in four towns.</p>")
	after := readAgain(before, func(s string) string { return s[strings.LastIndex(s, "## Findings"):] })
	if len(after.Blocks) != 2 || after.Blocks[0].Attrs.ID != before.Blocks[2].Attrs.ID || after.Blocks[1].Attrs.ID != before.Blocks[3].Attrs.ID {
		t.Errorf("became %s\nfrom %s", after.JSON(), before.JSON())
	}
}

// TestReidentifyFresh holds that what is new never gets the id of what went,
// whatever the seeds.
func TestReidentifyFresh(t *testing.T) {
	before := fromHTML("<p>One.</p><p>Two words here.</p>")
	before.Blocks[0].Content[0].Text = "Something else by now"
	after := fromHTML("<p>Two words here.</p><p>One.</p>") // "One." bears the id that the first block was given
	got := richtext.Reidentify(before, after)
	if got.Blocks[0].Attrs.ID != before.Blocks[1].Attrs.ID || got.Blocks[1].Attrs.ID == before.Blocks[0].Attrs.ID {
		t.Errorf("became %s\nfrom %s", got.JSON(), before.JSON())
	}
}

// TestReidentifyForm changes a word and puts a paragraph in front.
func TestReidentifyForm(t *testing.T) {
	old, _ := richtext.FromHTML(`<h2>Wages</h2><p>They were paid late in March of this year.</p><ul><li>one</li><li>two</li></ul><p lang="th">ค่าจ้าง</p><p>The end.</p>`, richtext.HTMLOptions{Lang: "en", Seed: "x"})
	changed := readAgain(old, func(text string) string { return "First of all.\n\n" + strings.Replace(text, "March", "April", 1) })
	d := richtext.Compare(old, changed)
	got := map[richtext.Op]int{}
	for _, c := range d.Changes {
		got[c.Op]++
	}
	if got[richtext.Added] != 1 || got[richtext.Changed] != 1 || got[richtext.Removed] != 0 {
		t.Errorf("%v", got)
	}
	for _, c := range d.Changes {
		if c.Op == richtext.Changed && c.Old.Attrs.ID != c.New.Attrs.ID {
			t.Errorf("%s became %s", c.Old.Attrs.ID, c.New.Attrs.ID)
		}
	}
	if err := changed.Check(); err != nil {
		t.Error(err)
	}
}

func FuzzReidentify(f *testing.F) {
	f.Add(laid, basic)
	f.Add(inTongues["th"], inTongues["my"])
	f.Add("<table><tr><td><ul><li>a</li></ul></td></tr></table>", "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>")
	f.Fuzz(func(t *testing.T, one, other string) {
		before := fromHTML(one)
		if got := richtext.Reidentify(before, readAgain(before, func(string) string { return other })); got.Check() != nil {
			t.Errorf("%v\n%s", got.Check(), got.JSON())
		}
		after := fromHTML(other)
		got := richtext.Reidentify(before, after)
		if err := got.Check(); err != nil {
			t.Errorf("%v\n%s", err, got.JSON())
		}
		if got := richtext.Reidentify(after, got); got.Check() != nil || len(idsOf(got)) != len(idsOf(after)) {
			t.Errorf("back: %s", got.JSON())
		}
	})
}
