package glossary

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// closing gives what may close each mark that opens a quotation or a title.
// Burmese and Thai use the English marks; Japanese, Chinese and some
// Vietnamese texts have their own; „…“ and «…» come from elsewhere.
var closing = map[rune]string{
	'“': "”", '‘': "’", '„': "“”", '‚': "‘’", '«': "»", '‹': "›", '「': "」", '『': "』", '｢': "｣", '〝': "〞〟", '《': "》", '〈': "〉",
	'"': "\"", '\'': "'", '＂': "＂",
}

// opensNext are the marks by which a quotation of several paragraphs begins
// each of them.
const opensNext = "“„«「『\"'‘"

// nested is how many quotations inside each other are kept apart.
const nested = 8

// quotations returns the stretches of a text between quotation marks, the
// marks included. An apostrophe is none. A quotation that is not closed goes
// on to the end of the paragraph if the next begins with a mark as well, as is
// the custom; else to the end of its sentence.
func quotations(text, next string) []span {
	type open struct {
		mark rune
		at   int
	}
	var stack []open
	var out []span
	runes := []rune(nil)
	places := []int(nil)
	for i, r := range text {
		runes, places = append(runes, r), append(places, i)
	}
	places = append(places, len(text))
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }
	for i, r := range runes {
		if strings.ContainsRune("”’“‘»›」』｣〞〟》〉\"'＂", r) {
			closed := -1
			for k := len(stack) - 1; k >= 0; k-- {
				if strings.ContainsRune(closing[stack[k].mark], r) {
					closed = k
					break
				}
			}
			single := r == '\'' || r == '’'
			inWord := letter(at(i-1)) && letter(at(i+1)) && unicode.IsLetter(at(i+1)) && at(i+1) < 0x250
			switch {
			case closed < 0:
			case single && inWord: // don’t
				continue
			case single && (at(i-1) == 's' || at(i-1) == 'S') && letterAfter(at, i) && closesLater(runes, i, r):
				continue // workers’ rights
			case (r == '"' || r == '\'') && !letter(at(i-1)) && at(i-1) == ' ' && letter(at(i+1)):
				// a straight mark after a space opens another
			default:
				out = append(out, span{places[stack[closed].at], places[i+1]})
				stack = stack[:closed]
				continue
			}
		}
		if _, opens := closing[r]; !opens {
			continue
		}
		switch r {
		case '\'':
			if letter(at(i-1)) || !letter(at(i+1)) || !closesLater(runes, i, r) {
				continue
			}
		case '‘':
			if letter(at(i-1)) && at(i-1) < 0x250 || !closesLater(runes, i, '’') {
				continue
			}
		case '"', '＂':
			if unicode.IsDigit(at(i - 1)) { // inches
				continue
			}
		}
		if len(stack) == nested {
			stack = stack[1:]
		}
		stack = append(stack, open{r, i})
	}
	for _, o := range stack {
		from := places[o.at]
		to := from + sentenceEnd(text[from:])
		if first, _ := utf8.DecodeRuneInString(strings.TrimSpace(next)); strings.ContainsRune(opensNext, first) && o.mark != '\'' {
			to = len(text)
		}
		out = append(out, span{from, to})
	}
	return out
}

// letterAfter reports whether a word follows the mark at i.
func letterAfter(at func(int) rune, i int) bool { return at(i+1) == ' ' && unicode.IsLetter(at(i+2)) }

// nearby is how many characters on a single quotation mark is looked for: with
// a bound, looking takes time in proportion to the text.
const nearby = 300

// closesLater reports whether a single mark that can close a quotation stands
// behind i.
func closesLater(runes []rune, i int, mark rune) bool {
	for j := i + 1; j < len(runes) && j <= i+nearby; j++ {
		if mark == '’' && runes[j] == '‘' {
			return false
		}
		if runes[j] != mark || unicode.IsSpace(runes[j-1]) {
			continue
		}
		if j+1 == len(runes) || !unicode.IsLetter(runes[j+1]) {
			return true
		}
	}
	return false
}

// sentenceEnd returns where the sentence that s begins with ends.
func sentenceEnd(s string) int {
	for i, r := range s {
		switch r {
		case '\n', '။', '。', '។', '！', '？':
			return i + utf8.RuneLen(r)
		case '.', '!', '?':
			if rest := s[i+1:]; rest == "" || rest[0] == ' ' || rest[0] == '\n' || strings.HasPrefix(rest, "”") {
				return i + 1
			}
		}
	}
	return len(s)
}
