package glossary

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"

	"sala/script"
)

// startRunes is by how many characters rules are told apart before their
// patterns are tried.
const startRunes = 3

// manyStarts is from how many beginnings on a pattern is tried everywhere.
const manyStarts = 400

// starts returns what a match of a pattern can begin with, cut to startRunes
// characters; shorter ones are whole matches. It is false if that may be
// nearly anything.
func starts(pattern string) ([]string, bool) {
	re, err := syntax.Parse(pattern, syntax.Perl|syntax.FoldCase)
	if err != nil {
		return nil, false
	}
	normalise(re, !foreign(re))
	set, ok := begin(re)
	if !ok || slices.Contains(set, "") {
		return nil, false
	}
	slices.Sort(set)
	return slices.Compact(set), true
}

func begin(re *syntax.Regexp) ([]string, bool) {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{short(script.Normalize(string(re.Rune)))}, true
	case syntax.OpCharClass:
		var set []string
		for i := 0; i+1 < len(re.Rune); i += 2 {
			if int(re.Rune[i+1]-re.Rune[i])+len(set) > manyStarts {
				return nil, false
			}
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				set = append(set, script.Normalize(string(r)))
			}
		}
		return set, true
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpBeginLine, syntax.OpBeginText, syntax.OpEndLine, syntax.OpEndText:
		return []string{""}, true
	case syntax.OpCapture:
		return begin(re.Sub[0])
	case syntax.OpQuest, syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		once, ok := begin(re.Sub[0])
		if !ok {
			return nil, false
		}
		set := once
		if re.Op != syntax.OpQuest {
			set, ok = follow(once, append(slices.Clone(once), ""))
		}
		if re.Op == syntax.OpQuest || re.Op == syntax.OpStar || re.Op == syntax.OpRepeat && re.Min == 0 {
			set = append(set, "")
		}
		return set, ok
	case syntax.OpConcat:
		set := []string{""}
		for _, sub := range re.Sub {
			if !slices.ContainsFunc(set, func(s string) bool { return utf8.RuneCountInString(s) < startRunes }) {
				break
			}
			next, ok := begin(sub)
			if !ok {
				return nil, false
			}
			if set, ok = follow(set, next); !ok {
				return nil, false
			}
		}
		return set, true
	case syntax.OpAlternate:
		var set []string
		for _, sub := range re.Sub {
			next, ok := begin(sub)
			if !ok {
				return nil, false
			}
			set = append(set, next...)
		}
		return set, true
	}
	return nil, false
}

// follow returns each of some beginnings with each of what may follow.
func follow(set, next []string) ([]string, bool) {
	if len(set)*len(next) > manyStarts*4 {
		return nil, false
	}
	var out []string
	for _, a := range set {
		if utf8.RuneCountInString(a) >= startRunes {
			out = append(out, a)
			continue
		}
		for _, b := range next {
			out = append(out, short(a+b))
		}
	}
	slices.Sort(out)
	return slices.Compact(out), true
}

// short is the beginning of a text.
func short(s string) string {
	n := 0
	for i := range s {
		if n == startRunes {
			return strings.Clone(s[:i])
		}
		n++
	}
	return s
}

// ruleset are the rules of one language, by what they begin with.
type ruleset struct {
	all     []compiled
	byStart map[string][]int
	always  []int
}

func (s *ruleset) add(k compiled) {
	i := len(s.all)
	s.all = append(s.all, k)
	set, ok := starts(k.rule.Match)
	if !ok {
		s.always = append(s.always, i)
		return
	}
	for _, start := range set {
		s.byStart[start] = append(s.byStart[start], i)
	}
}

// at calls f with the rules that may match at the beginning of s.
func (s *ruleset) at(text string, f func(i int)) {
	for _, i := range s.always {
		f(i)
	}
	end := 0
	for n := 1; n <= startRunes && end < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
		for _, i := range s.byStart[text[:end]] {
			f(i)
		}
	}
}
