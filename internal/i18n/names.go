package i18n

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"sala"
)

// own are the names of languages in themselves where CLDR has none.
var own = map[sala.Lang]string{
	"mnw": "ဘာသာမန်", "ksw": "ကညီကျိာ်", "pwo": "ဖၠုံ", "blk": "ပအိုဝ်ႏ", "kac": "Jinghpaw", "cnh": "Lai", "lus": "Mizo", "tet": "Tetun",
	"zh-Hant": "繁體中文",
}

// others are names of the network's languages in each other where CLDR has
// none.
var others = map[sala.Lang]map[sala.Lang]string{
	"mnw":     {"en": "Mon", "my": "မွန်", "th": "มอญ", "km": "មន", "lo": "ມອນ", "vi": "Tiếng Môn", "ja": "モン語"},
	"ksw":     {"en": "S’gaw Karen", "my": "စကောကရင်", "th": "กะเหรี่ยงสะกอ", "km": "ការ៉ែនស្គ", "lo": "ກະຫຼ່ຽງສະກໍ", "vi": "Tiếng Karen S’gaw", "ja": "スゴー・カレン語"},
	"pwo":     {"en": "Pwo Karen", "my": "ပိုးကရင်", "th": "กะเหรี่ยงโปว์", "km": "ការ៉ែនប៉ូ", "lo": "ກະຫຼ່ຽງໂປ", "vi": "Tiếng Karen Pwo", "ja": "ポー・カレン語"},
	"blk":     {"en": "Pa’O", "my": "ပအိုဝ်း", "th": "ปะโอ", "km": "ប៉ាអូ", "lo": "ປະໂອ", "vi": "Tiếng Pa’O", "ja": "パオ語"},
	"zh-Hant": {"my": "တရုတ် (ရိုးရာ)", "vi": "Tiếng Trung (Phồn thể)", "id": "Tionghoa (Tradisional)", "ko": "중국어(번체)", "bn": "চীনা (ঐতিহ্যবাহী)"},
}

// OwnName returns the name of a language in that language.
func OwnName(l sala.Lang) string {
	if name := own[l]; name != "" {
		return name
	}
	if name := locales[l].names[l]; name != "" {
		return name
	}
	if name := display.Self.Name(language.Make(string(l))); name != "" {
		return name
	}
	return string(l)
}

// LangName returns the name of a language in another, as it stands within a
// sentence, as far as it is known, else in itself.
func LangName(in, l sala.Lang) string {
	known, _ := of(in)
	name := known.names[l]
	if name == "" {
		name = others[l][in]
	}
	if name == "" {
		return OwnName(l)
	}
	// CLDR's Vietnamese names begin lists: "Tiếng Thái"; within a sentence the
	// word for "language" is written small.
	if rest, ok := strings.CutPrefix(name, "Tiếng "); ok && in == "vi" {
		return "tiếng " + rest
	}
	return name
}
