package i18n

import (
	"sala"
	"sala/script"
)

// written are the languages that a script speaks for where nothing else is
// known, and the scripts of those that are not written in Latin.
var written = map[script.Script]sala.Lang{
	script.Thai: "th", script.Lao: "lo", script.Khmer: "km", script.Myanmar: "my", script.Kana: "ja", script.Hangul: "ko", script.Han: "zh",
}

var ownScripts = map[sala.Lang][]script.Script{
	"th": {script.Thai}, "lo": {script.Lao}, "km": {script.Khmer}, "ko": {script.Hangul, script.Han}, "ja": {script.Kana, script.Han}, "zh": {script.Han}, "zh-Hant": {script.Han},
	"my": {script.Myanmar}, "shn": {script.Myanmar}, "mnw": {script.Myanmar}, "ksw": {script.Myanmar}, "pwo": {script.Myanmar}, "blk": {script.Myanmar},
}

// Guess returns the language of a text that is said to be in lang and may not
// be, such as a comment or a name: lang itself unless most of its letters are
// of a script in which lang is not written and which speaks for another.
func Guess(text string, lang sala.Lang) sala.Lang {
	count := map[script.Script]int{}
	for _, r := range text {
		count[script.Of(r)]++
	}
	most := script.Common
	for s, n := range count {
		if s != script.Common && (most == script.Common || n > count[most] || n == count[most] && s < most) {
			most = s
		}
	}
	for _, s := range ownScripts[lang] {
		if s == most {
			return lang
		}
	}
	if most == script.Han && count[script.Kana] > 0 {
		return "ja"
	}
	if l := written[most]; l != "" {
		return l
	}
	return lang
}
