package script

import (
	_ "embed"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Zawgyi is how most Burmese was typed until about 2019: fonts that use the
// code points of Unicode for other shapes, in the order in which they are
// seen. zawgyi/to-unicode.txt has the rules of the Unicode CLDR by which it
// becomes Unicode, a transliteration in several passes (UTS #35, part 2).
//
//go:embed zawgyi/to-unicode.txt
var zawgyiRules string

// FromZawgyi converts a text in Zawgyi. It converts whatever it is given: see
// [Unzawgyi] for text of which that is not known. Lines are converted one by
// one.
func FromZawgyi(s string) string {
	if !strings.ContainsFunc(s, isMyanmar) {
		return s
	}
	passes := zawgyiPasses()
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		for _, p := range passes {
			line = p.apply(line)
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

func isMyanmar(r rune) bool { return 0x1000 <= r && r <= 0x109f }

var zawgyiPasses = sync.OnceValue(func() []*pass {
	passes, err := parseRules(zawgyiRules)
	if err != nil {
		panic("script: the rules for Zawgyi: " + err.Error()) // they are part of the program and tested
	}
	return passes
})

// A pass is rules that are tried at each place of a text in their order.
type pass struct {
	rules []*rule
	by    map[rune][]*rule // those that may match where a letter stands
}

// A rule replaces what it matches.
type rule struct {
	match *regexp.Regexp // anchored where it is tried
	start bool           // only at the start of the text
	with  []part
}

// A part of a replacement is letters, a group of the match, or the place from
// which the next rule is tried.
type part struct {
	text   string
	group  int
	cursor bool
}

// apply goes over a text once. What was replaced is not looked at again,
// unless the rule says from where.
func (p *pass) apply(s string) string {
	var done strings.Builder
	done.Grow(len(s) + len(s)/8)
	for rest := s; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		matched := false
		for _, rule := range p.by[r] {
			if rule.start && done.Len() > 0 {
				continue
			}
			m := rule.match.FindStringSubmatchIndex(rest)
			if m == nil || m[1] == 0 {
				continue
			}
			again := ""
			after := false
			for _, part := range rule.with {
				text := part.text
				if part.group > 0 && m[2*part.group] >= 0 {
					text = rest[m[2*part.group]:m[2*part.group+1]]
				}
				switch {
				case part.cursor:
					after = true
				case after:
					again += text
				default:
					done.WriteString(text)
				}
			}
			rest = again + rest[m[1]:]
			matched = true
			break
		}
		if !matched {
			done.WriteString(rest[:size])
			rest = rest[size:]
		}
	}
	return done.String()
}

var (
	comment  = regexp.MustCompile(`#.*`)
	escaped  = regexp.MustCompile(`\\u([0-9A-Fa-f]{4})`)
	variable = regexp.MustCompile(`\$[A-Za-z]+`)
)

// parseRules reads what these rules use of the syntax of transliterations.
func parseRules(text string) ([]*pass, error) {
	text = strings.ReplaceAll(text, `\1u36`, `\u1036`) // a misprint
	text = comment.ReplaceAllString(text, "")
	variables := map[string]string{}
	passes := []*pass{{}}
	for statement := range strings.SplitSeq(text, ";") {
		statement = strings.Join(strings.Fields(statement), "")
		expanded := variable.ReplaceAllStringFunc(statement, func(name string) string {
			if value, ok := variables[name]; ok {
				return value
			}
			return name
		})
		switch left, right, isRule := cutAny(expanded, "→", ">"); {
		case statement == "":
		case statement == "::Null":
			passes = append(passes, &pass{})
		case isRule:
			rule, err := parseRule(left, right)
			if err != nil {
				return nil, fmt.Errorf("%q: %w", statement, err)
			}
			last := passes[len(passes)-1]
			last.rules = append(last.rules, rule)
		default:
			name, _, ok := strings.Cut(statement, "=")
			_, value, _ := strings.Cut(expanded, "=")
			if !ok {
				return nil, fmt.Errorf("%q: not understood", statement)
			}
			variables[name] = value
		}
	}
	for _, p := range passes {
		if err := p.index(); err != nil {
			return nil, err
		}
	}
	return passes, nil
}

func cutAny(s string, marks ...string) (before, after string, ok bool) {
	for _, m := range marks {
		if before, after, ok = strings.Cut(s, m); ok {
			return before, after, true
		}
	}
	return s, "", false
}

func parseRule(left, right string) (*rule, error) {
	r := &rule{}
	left, r.start = strings.CutPrefix(left, "^")
	if rest, ok := strings.CutSuffix(left, "$"); ok {
		left = rest + `\z`
	}
	expression := escaped.ReplaceAllString(left, `\x{$1}`)
	var err error
	if r.match, err = regexp.Compile(`\A(?:` + expression + `)`); err != nil {
		return nil, err
	}
	for right != "" {
		switch {
		case right[0] == '|':
			r.with = append(r.with, part{cursor: true})
			right = right[1:]
		case right[0] == '$' && len(right) > 1 && '1' <= right[1] && right[1] <= '9':
			r.with = append(r.with, part{group: int(right[1] - '0')})
			right = right[2:]
		case strings.HasPrefix(right, `\u`) && len(right) >= 6:
			code, err := strconv.ParseUint(right[2:6], 16, 32)
			if err != nil {
				return nil, err
			}
			r.with = append(r.with, part{text: string(rune(code))})
			right = right[6:]
		default:
			return nil, fmt.Errorf("%q: not understood", right)
		}
	}
	return r, nil
}

// index notes, for each letter that any rule looks for, which rules may begin
// with it.
func (p *pass) index() error {
	p.by = map[rune][]*rule{}
	letters := []rune{0x20, 0xa0, 0x1680, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff}
	for r := rune(0x1000); r <= 0x109f; r++ {
		letters = append(letters, r)
	}
	for r := rune(0x2000); r <= 0x200f; r++ {
		letters = append(letters, r)
	}
	for _, rule := range p.rules {
		parsed, err := syntax.Parse(rule.match.String(), syntax.Perl)
		if err != nil {
			return err
		}
		program, err := syntax.Compile(parsed.Simplify())
		if err != nil {
			return err
		}
		for _, r := range letters {
			if begins(program, uint32(program.Start), r, map[uint32]bool{}) {
				p.by[r] = append(p.by[r], rule)
			}
		}
	}
	return nil
}

// begins reports whether a match may begin with a letter.
func begins(p *syntax.Prog, at uint32, r rune, seen map[uint32]bool) bool {
	if seen[at] {
		return false
	}
	seen[at] = true
	switch i := &p.Inst[at]; i.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		return begins(p, i.Out, r, seen) || begins(p, i.Arg, r, seen)
	case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
		return begins(p, i.Out, r, seen)
	case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		return i.MatchRune(r)
	}
	return false
}
