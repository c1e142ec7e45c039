package i18n

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"sala"
)

// own are the names of languages in themselves where the tables of x/text
// have none, or one their readers would not choose.
var own = map[sala.Lang]string{
	"my": "မြန်မာ", "th": "ไทย", "km": "ខ្មែរ", "lo": "ລາວ", "vi": "Tiếng Việt", "ja": "日本語", "zh": "中文", "zh-Hant": "繁體中文",
	"shn": "တႆး", "mnw": "ဘာသာမန်", "ksw": "ကညီ", "kac": "Jinghpaw", "tet": "Tetun",
}

// OwnName returns the name of a language in that language.
func OwnName(l sala.Lang) string {
	if name := own[l]; name != "" {
		return name
	}
	if name := display.Self.Name(language.Make(string(l))); name != "" {
		return name
	}
	return string(l)
}

// LangName returns the name of a language in another, as far as it is known,
// else in itself.
func LangName(in, l sala.Lang) string {
	if namer := display.Languages(language.Make(string(in))); namer != nil {
		if name := namer.Name(language.Make(string(l))); name != "" {
			return name
		}
	}
	return OwnName(l)
}
