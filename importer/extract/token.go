package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	word tokenKind = iota
	number
	mark
)

// A token is a word, a number or a mark of a block's text.
type token struct {
	from, to int
	text     string
	low      string // in lower case
	kind     tokenKind
	upper    bool // begins with a capital
	owns     bool // was followed by ’s, which is left out
}

// is reports whether a token is one of the words. It stands some thousand
// times in the rules: inlined, the loop made the program half a megabyte larger.
//
//go:noinline
func (t *token) is(words ...string) bool {
	for _, w := range words {
		if t.low == w {
			return true
		}
	}
	return false
}

// caps reports whether a token is an abbreviation in capitals: "ILO", "TWC2",
// "UN-ACT", "LSCW".
func (t *token) caps() bool {
	if t.kind != word || len(t.text) < 2 || len(t.text) > 12 {
		return false
	}
	up, low := 0, 0
	for _, r := range t.text {
		switch {
		case unicode.IsUpper(r):
			up++
		case unicode.IsLower(r):
			low++
		}
	}
	return up >= 2 && low <= 1 && low < up
}

// mixed reports whether a word has capitals within: "HomeNet".
func (t *token) mixed() bool {
	if t.kind != word || !t.upper || len(t.text) > 14 {
		return false
	}
	for i, r := range t.text {
		if i > 0 && unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// dotted are words that a full stop belongs to.
var dotted = set("bro sis fr atty engr mme mlle msgr mr mrs ms dr prof no nos st jr sr asst assoc hon rev ven gen col capt lt maj pol amb vs dept gov sen rep art para fig vol jan feb mar apr jun jul aug sep sept oct nov dec approx tel ext al mt etc")

// tokens parts a text into words, numbers and marks, in time linear in its
// length.
func tokens(s string) []token {
	out := make([]token, 0, len(s)/5+4)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
			i += n
		case r >= '0' && r <= '9':
			j := i + 1
			for j < len(s) && (s[j] >= '0' && s[j] <= '9' || (s[j] == ',' || s[j] == '.') && j+1 < len(s) && s[j+1] >= '0' && s[j+1] <= '9') {
				j++
			}
			out = append(out, token{from: i, to: j, text: s[i:j], low: s[i:j], kind: number})
			i = j
		case isLetter(r):
			t := wordAt(s, i)
			out = append(out, t)
			i = t.to
			if t.owns {
				_, n := utf8.DecodeRuneInString(s[i:])
				i += n + 1
			}
		default:
			out = append(out, token{from: i, to: i + n, text: s[i : i+n], low: s[i : i+n], kind: mark})
			i += n
		}
	}
	return out
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

func wordAt(s string, i int) token {
	j := i
	for j < len(s) {
		r, n := utf8.DecodeRuneInString(s[j:])
		if isLetter(r) || r >= '0' && r <= '9' {
			j += n
			continue
		}
		next, m := utf8.DecodeRuneInString(s[j+n:])
		after, _ := utf8.DecodeRuneInString(s[j+n+m:])
		switch {
		case isApostrophe(r) && isLetter(next):
			if (next == 's' || next == 'S') && !isLetter(after) {
				return newWord(s, i, j, true) // the ’s is no part of the word
			}
			j += n
		case (r == '-' || r == '‐' || r == '\u2011') && isLetter(next):
			j += n
		case r == '.' && unicode.IsUpper(next) && (after == '.' || !isLetter(after)) && j-i <= 6 && singleLetter(s[i:j]):
			j += n // H.E., U.S.
		case r == '.' && (dotted[strings.ToLower(s[i:j])] || singleLetter(s[i:j])):
			t := newWord(s, i, j, false)
			t.to = j + n
			return t
		case isApostrophe(r) && j > i && s[j-1] == 's' && n > 0 && (next == ' ' || next == utf8.RuneError):
			t := newWord(s, i, j, false)
			t.to = j + n // Agencies’
			t.text = s[i:t.to]
			t.low = strings.ToLower(t.text)
			return t
		default:
			return newWord(s, i, j, false)
		}
	}
	return newWord(s, i, j, false)
}

// singleLetter reports whether s is one capital, or capitals parted by stops.
func singleLetter(s string) bool {
	if s == "" || len(s) > 6 {
		return false
	}
	for i, r := range s {
		if i%2 == 0 && (r < 'A' || r > 'Z') || i%2 == 1 && r != '.' {
			return false
		}
	}
	return len(s)%2 == 1
}

func newWord(s string, from, to int, owns bool) token {
	first, _ := utf8.DecodeRuneInString(s[from:])
	t := token{from: from, to: to, text: s[from:to], kind: word, upper: unicode.IsUpper(first), owns: owns}
	t.low = strings.ToLower(t.text)
	return t
}

// set makes a set of the words in s.
func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
