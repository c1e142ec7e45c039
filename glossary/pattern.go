package glossary

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"unicode"

	"sala/script"
)

// longestMatch is how many characters a word to avoid may be long. With a
// bound, looking for it takes time in proportion to the text.
const longestMatch = 200

// compile makes a pattern ready for normalised text: RE2 as Go knows it, case
// ignored, the longest match taken, and its letters in the one form that
// script.Normalize gives. \b is known only among ASCII letters; in a pattern
// with others it would never hold, and is left out: a match is of whole words
// anyhow. most bounds the length of a match in characters; 0 is no bound.
func compile(pattern string, most int) (*regexp.Regexp, error) {
	re, err := syntax.Parse(pattern, syntax.Perl|syntax.FoldCase)
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", pattern, err)
	}
	normalise(re, !foreign(re))
	if most > 0 {
		switch n := length(re); {
		case n > most:
			return nil, fmt.Errorf("pattern %q may match more than %d characters: bound it, such as {0,20} for *", pattern, most)
		case n == 0:
			return nil, fmt.Errorf("pattern %q matches nothing", pattern)
		}
	}
	out, err := regexp.Compile(re.String())
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", pattern, err)
	}
	out.Longest()
	if most > 0 && out.MatchString("") {
		return nil, fmt.Errorf("pattern %q matches where there is nothing", pattern)
	}
	return out, nil
}

// foreign reports whether a pattern has letters beyond ASCII.
func foreign(re *syntax.Regexp) bool {
	if re.Op == syntax.OpLiteral {
		for _, r := range re.Rune {
			if r >= 0x80 && (unicode.IsLetter(r) || unicode.IsMark(r)) {
				return true
			}
		}
	}
	for _, sub := range re.Sub {
		if foreign(sub) {
			return true
		}
	}
	return false
}

// normalise brings the letters of a pattern into the form of normalised text.
func normalise(re *syntax.Regexp, edges bool) {
	switch re.Op {
	case syntax.OpLiteral:
		re.Rune = []rune(script.Normalize(string(re.Rune)))
		if len(re.Rune) == 0 { // nothing of it can be seen
			*re = syntax.Regexp{Op: syntax.OpEmptyMatch}
		}
	case syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		if !edges {
			*re = syntax.Regexp{Op: syntax.OpEmptyMatch}
		}
	}
	for _, sub := range re.Sub {
		normalise(sub, edges)
	}
}

// boundless stands for a length without bound.
const boundless = 1 << 20

// length is how many characters a pattern can match at most.
func length(re *syntax.Regexp) int {
	n := 0
	switch re.Op {
	case syntax.OpLiteral:
		n = len(re.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		n = 1
	case syntax.OpCapture, syntax.OpQuest:
		n = length(re.Sub[0])
	case syntax.OpStar, syntax.OpPlus:
		n = boundless
	case syntax.OpRepeat:
		n = boundless
		if re.Max >= 0 {
			n = length(re.Sub[0]) * re.Max
		}
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			n += length(sub)
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			n = max(n, length(sub))
		}
	}
	return min(n, boundless)
}
