package glossary

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"sala"
	"sala/internal/richtext"
	"sala/script"
)

// A Checker finds words that are better avoided. It is safe for concurrent
// use. It takes time in proportion to the text.
//
// A word is found where the rule's pattern matches whole words of the text in
// its normal form, and nothing says that somebody else speaks or a name is
// meant: not in a quotation, in a title or the name of a law or body, in an
// address or code, not where the word is spoken of ("the term …"), and not as
// part of the words the rule itself prefers.
type Checker struct {
	rules map[sala.Lang]*ruleset
}

type compiled struct {
	rule                     *Rule
	match, context, unless   *regexp.Regexp
	prefer                   []string // normalised
	mentionBefore, mentioned *regexp.Regexp
}

// A Finding is one word in a text that is better avoided.
type Finding struct {
	Block    string // id of the block, "" for a plain text
	Text     string // of the block
	From, To int    // where the word stands in Text, in bytes
	Rule     *Rule
}

// Word is the word that was found.
func (f Finding) Word() string { return f.Text[f.From:f.To] }

// Runes is the place in characters, as editors count.
func (f Finding) Runes() (from, to int) {
	from = utf8.RuneCountInString(f.Text[:f.From])
	return from, from + utf8.RuneCountInString(f.Text[f.From:f.To])
}

// around is how many bytes of text are shown beside a word.
const around = 60

// Excerpt is the word with what stands around it.
func (f Finding) Excerpt() string {
	from, to := max(0, f.From-around), min(len(f.Text), f.To+around)
	for from > 0 && (!utf8.RuneStart(f.Text[from]) || f.Text[from] != ' ' && f.From-from < 2*around) {
		from--
	}
	for to < len(f.Text) && (!utf8.RuneStart(f.Text[to]) || f.Text[to] != ' ' && to-f.To < 2*around) {
		to++
	}
	s := strings.Join(strings.Fields(f.Text[from:to]), " ")
	if from > 0 {
		s = "… " + s
	}
	if to < len(f.Text) {
		s += " …"
	}
	return s
}

// mentions are how a text speaks of a word instead of using it, before the
// word and behind it.
var mentions = map[sala.Lang][2]string{
	"en": {`(?:terms?|words?|phrases?|expressions?|labels?|so-called|labell?ed(?: as)?|dubbed) (?:such as |like )?$`, `^ ?(?:,|\)) ?(?:so-called|a (?:loaded|derogatory|pejorative) (?:term|word))`},
	"th": {`(?:คำว่า|เรียกว่า|ที่เรียกว่า) ?$`, ``},
	"km": {`ពាក្យ(?:ថា)? ?$`, ``},
	"lo": {`(?:ຄຳວ່າ|ເອີ້ນວ່າ) ?$`, ``},
	"vi": {`(?:từ|cụm từ|thuật ngữ|cái gọi là) $`, ``},
	"my": {``, `^ ?(?:ဟူသော|ဆိုသော) (?:စကားလုံး|အသုံးအနှုန်း)`},
	"ja": {``, `^(?:という|との)(?:言葉|用語|語|表現|呼び方)`},
}

var mentionForms = func() map[sala.Lang][2]*regexp.Regexp {
	forms := map[sala.Lang][2]*regexp.Regexp{}
	for lang, m := range mentions {
		var both [2]*regexp.Regexp
		for i, pattern := range m {
			if pattern != "" {
				both[i] = regexp.MustCompile(pattern)
			}
		}
		forms[lang] = both
	}
	return forms
}()

// NewChecker returns a checker of some rules. A pattern that cannot be read
// is an error that names its rule.
func NewChecker(rules []Rule) (*Checker, error) {
	c := &Checker{rules: map[sala.Lang]*ruleset{}}
	for i := range rules {
		r := &rules[i]
		if err := r.check(); err != nil {
			return nil, fmt.Errorf("rule %s: %w", r.ID, err)
		}
		k := compiled{rule: r}
		var err error
		if k.match, err = compile("^(?:"+r.Match+")", longestMatch); err != nil {
			return nil, fmt.Errorf("rule %s: match: %w", r.ID, err)
		}
		if r.Context != "" {
			if k.context, err = compile(r.Context, 0); err != nil {
				return nil, fmt.Errorf("rule %s: context: %w", r.ID, err)
			}
		}
		if r.Unless != "" {
			if k.unless, err = compile(r.Unless, 0); err != nil {
				return nil, fmt.Errorf("rule %s: unless: %w", r.ID, err)
			}
		}
		for _, p := range r.Prefer {
			word, _, _ := strings.Cut(p, " (") // what stands in brackets explains it
			k.prefer = append(k.prefer, script.Normalize(word))
		}
		m := mentionForms[r.Lang]
		k.mentionBefore, k.mentioned = m[0], m[1]
		if c.rules[r.Lang] == nil {
			c.rules[r.Lang] = &ruleset{byStart: map[string][]int{}}
		}
		c.rules[r.Lang].add(k)
	}
	return c, nil
}

// Checker returns a checker of the rules in the tables, made once for each
// version of the content.
func (s *Store) Checker(ctx context.Context) (*Checker, error) {
	if err := s.refresh(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.checker, nil
}

// Has reports whether there are rules for a language.
func (c *Checker) Has(lang sala.Lang) bool { return c.rules[lang] != nil }

// Doc returns what is found in a document, in the order of the text.
func (c *Checker) Doc(d richtext.Doc, lang sala.Lang) []Finding {
	return c.find(passages(d, lang))
}

// Text returns what is found in a plain text, such as a title or a summary.
// Each line is a paragraph.
func (c *Checker) Text(text string, lang sala.Lang) []Finding {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return c.find([]passage{{text: text, lang: lang}})
}

// find looks through passages. A rule against mixed forms needs them all.
func (c *Checker) find(all []passage) []Finding {
	if len(c.rules) == 0 {
		return nil
	}
	type form struct {
		rule *Rule
		word string
	}
	var out []Finding
	forms := map[form]int{}
	for i := range all {
		next := ""
		if i+1 < len(all) {
			next = all[i+1].text
		}
		for _, f := range c.passage(&all[i], next) {
			if f.Rule.Mixed {
				forms[form{f.Rule, script.Normalize(f.Word())}]++
			}
			out = append(out, f)
		}
	}
	if len(forms) == 0 {
		return out
	}
	// Of a rule against mixed forms, the forms that are not the usual one.
	usual := map[*Rule]string{}
	for _, f := range out {
		if !f.Rule.Mixed {
			continue
		}
		w := script.Normalize(f.Word())
		if had, ok := usual[f.Rule]; !ok || forms[form{f.Rule, w}] > forms[form{f.Rule, had}] {
			usual[f.Rule] = w
		}
	}
	return slices.DeleteFunc(out, func(f Finding) bool { return f.Rule.Mixed && usual[f.Rule] == script.Normalize(f.Word()) })
}

// passage returns what is found in one passage, in its order.
func (c *Checker) passage(p *passage, next string) []Finding {
	var l *looking
	for _, lang := range p.langs() {
		rules := c.rules[lang]
		if rules == nil {
			continue
		}
		if l == nil {
			l = &looking{p: p, next: next, n: script.Place(p.text)}
			l.units = script.AppendUnits(nil, l.n.Text)
		}
		state := make([]ruleState, len(rules.all))
		for _, u := range l.units {
			rules.at(l.n.Text[u.From:], func(i int) { l.try(&rules.all[i], &state[i], u.From) })
		}
	}
	if l == nil {
		return nil
	}
	out := l.out
	slices.SortStableFunc(out, func(a, b Finding) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return b.To - a.To
	})
	// Where two rules find the same words, the longer finding says more.
	kept := out[:0]
	for _, f := range out {
		if last := len(kept) - 1; last >= 0 && f.To <= kept[last].To {
			continue
		}
		kept = append(kept, f)
	}
	return kept
}

// looking is one passage being looked through.
type looking struct {
	p        *passage
	next     string
	n        *script.Placed
	units    []script.Unit
	read     bool // what follows is known: most passages need none of it
	exempt   []span
	words    []word
	shouting bool
	out      []Finding
}

// ruleState is what is known of a rule in a passage.
type ruleState struct {
	end    int // of its last match
	looked bool
	holds  bool // its context does
	unless []span
}

// try tries a rule at a place of the normal text.
func (l *looking) try(k *compiled, s *ruleState, from int) {
	if from < s.end {
		return
	}
	text := l.n.Text
	// No match is longer, and the engine prepares itself for all it is given.
	reach := min(len(text), from+longestMatch*utf8.UTFMax)
	m := k.match.FindStringIndex(text[from:reach])
	if m == nil || !script.Whole(text, from, from+m[1]) {
		return
	}
	to := from + m[1]
	s.end = to
	if !s.looked {
		s.looked = true
		s.holds = k.context == nil || k.context.MatchString(text)
		s.unless = k.exceptions(text)
	}
	if !s.holds || covered(s.unless, from, to) || k.mentionedAt(text, from, to) {
		return
	}
	if !l.read {
		l.read = true
		l.exempt = merge(l.p.exempt(l.next))
		l.words, l.shouting = wordsOf(l.p.text)
	}
	a, b := l.n.Back(from, to)
	if covered(l.exempt, a, b) || l.p.in(a) != k.rule.Lang || name(l.p.text, l.words, l.shouting, a, b) {
		return
	}
	l.out = append(l.out, Finding{Block: l.p.block, Text: l.p.text, From: a, To: b, Rule: k.rule})
}

// exceptions returns the stretches of a normal text where a rule does not
// hold: what its own exception matches, and the words it prefers.
func (k *compiled) exceptions(text string) []span {
	var out []span
	if k.unless != nil {
		for _, m := range k.unless.FindAllStringIndex(text, -1) {
			out = append(out, span{m[0], m[1]})
		}
	}
	for _, p := range k.prefer {
		for at := 0; ; {
			i := strings.Index(text[at:], p)
			if i < 0 {
				break
			}
			// The plural of a preferred word is preferred, too.
			end := at + i + len(p)
			for _, more := range []string{"es", "s"} {
				if strings.HasPrefix(text[end:], more) {
					end += len(more)
					break
				}
			}
			out = append(out, span{at + i, end})
			at = end
		}
	}
	return merge(out)
}

// mentionedAt reports whether a word is spoken of, not used.
func (k *compiled) mentionedAt(text string, from, to int) bool {
	const reach = 80
	if k.mentionBefore != nil && k.mentionBefore.MatchString(text[max(0, from-reach):from]) {
		return true
	}
	return k.mentioned != nil && k.mentioned.MatchString(text[to:min(len(text), to+reach)])
}

// merge sorts spans and joins those that overlap.
func merge(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	out := spans[:0]
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && s.from < out[last].to {
			out[last].to = max(out[last].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// covered reports whether one of some merged spans holds a stretch whole.
func covered(spans []span, from, to int) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].from > from }) - 1
	return i >= 0 && to <= spans[i].to
}
