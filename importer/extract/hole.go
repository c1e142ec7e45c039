package extract

import (
	"regexp"
	"strings"
)

// A Hole is a place where copying lost something.
type Hole struct {
	At   int    // byte at which the words that announce it begin
	What string // those words
	Why  string
}

var holes = []struct {
	form *regexp.Regexp
	why  string
}{
	{regexp.MustCompile(`(?i)(?:please\s+)?(?:visit|see|go to|click|available at|webpage|website|web page)(?:\s+(?:our|the|its))?(?:\s+(?:webpage|website|web page|page|link))?(?:\s+at)?\s*:\s*(?:\n|$)`), "the address that followed is lost"},
	{regexp.MustCompile(`\bat\s+\((?:` + languageForm + `)[^)]*\)`), "the e-mail address before the languages is lost"},
	{regexp.MustCompile(`\bat\s{2,}or\b`), "the e-mail address is lost"},
	{regexp.MustCompile(`(?i)\b(?:from|at|via|on|through|following)\s+(?:this|the following)\s+link\b|\bclick\s+here\b|\bdownload(?:ed)?\s+here\b`), "what the link led to is lost"},
	{regexp.MustCompile(`(?i)\bread\b[^.\n]{0,60}\bin\s+(?:` + languageForm + `)[^.\n]*`), "the links to the languages are lost"},
}

const languageForm = `English|Burmese|Thai|Khmer|Lao|Laotian|Vietnamese|Chinese|Japanese|Shan|Mon|Karen|Kachin|Korean|French|Malay|Indonesian|Bahasa|Tagalog|Nepali|Bengali|Hindi|Mandarin|Cantonese`

// Holes returns the places where a text announces an address, or points at a
// link, that is not there any more.
func Holes(text string) []Hole {
	var found []Hole
	for _, h := range holes {
		for _, m := range h.form.FindAllStringIndex(text, -1) {
			found = append(found, Hole{m[0], strings.TrimSpace(text[m[0]:m[1]]), h.why})
		}
	}
	return found
}

// A Joint is where two names of languages ran together.
type Joint struct {
	At          int // byte at which the second begins
	First, Next string
}

var languageWord = regexp.MustCompile(`(?:` + languageForm + `)`)

// RunTogether returns the places where the names of languages stand without a
// space between: "EnglishBurmese, or Thai".
func RunTogether(text string) []Joint {
	var joints []Joint
	all := languageWord.FindAllStringIndex(text, -1)
	for i := 1; i < len(all); i++ {
		if all[i-1][1] == all[i][0] {
			joints = append(joints, Joint{all[i][0], text[all[i-1][0]:all[i-1][1]], text[all[i][0]:all[i][1]]})
		}
	}
	return joints
}

// Split parts the names that ran together with a comma, as the rest of such a
// list has it.
func Split(text string) string {
	joints := RunTogether(text)
	for i := len(joints) - 1; i >= 0; i-- {
		text = text[:joints[i].At] + ", " + text[joints[i].At:]
	}
	return text
}
