package extract

import (
	"regexp"
	"strings"
)

// An asking is a list of asks that is being read: what came before it says
// whom they are made to.
type asking struct {
	on         bool
	addressees []string
	by         string
	items      int
	open       bool // the last item ended in a semicolon or "and": another follows
	plain      bool // items bear no mark of their own
}

// askBlock reads a block of a list of asks, or one that begins or ends such a
// list. It reports whether the block was one of the asks.
func (r *reader) askBlock(b *Block) bool {
	text := strings.TrimSpace(b.Text)
	if len(text) > 4000 {
		r.asking = asking{}
		return false
	}
	if r.asking.on {
		if len(text) < 140 && (b.Heading || strings.HasSuffix(text, ":")) {
			if who, ok := strings.CutSuffix(strings.TrimSuffix(text, ":"), " to"); ok {
				s := &sentence{block: b, toks: tokens(who)}
				r.annotate(s)
				if to := r.addressed(s, 0, len(s.toks)); len(to) > 0 { // "Governments of countries of origin to:"
					r.asking.addressees = to
					r.asking.open = true
					return true
				}
			}
			if m := headTo.FindStringSubmatch(text); m != nil {
				r.asking.addressees = addressees(m[1])
				r.asking.open = true
				return true
			}
			if b.Heading && !askHead.MatchString(text) {
				r.asking = asking{}
				return false
			}
		}
		if r.askItem(b, text) {
			return true
		}
		r.asking = asking{}
	}
	if len(text) < 120 && (b.Heading || len(text) < 60) && askHead.MatchString(text) && !(strings.HasSuffix(text, ":") && askIntro.MatchString(text)) && (b.Heading || !strings.HasSuffix(text, ".")) {
		r.asking = asking{on: true, open: b.Heading || strings.HasSuffix(text, ":")}
		if m := regexpTo.FindStringSubmatch(text); m != nil {
			r.asking.addressees = addressees(m[1])
		}
		return true
	}
	if strings.HasSuffix(text, ":") {
		tail := text[max(0, len(text)-700):]
		if (askIntro.MatchString(tail) || askList.MatchString(tail)) && !strings.Contains(strings.ToLower(tail), "aimed to") && !topicList.MatchString(tail) {
			r.asking = asking{on: true, open: true, by: r.askedBy}
			s := &sentence{block: b, toks: tokens(tail)}
			r.annotate(s)
			for i := range s.toks {
				if j, _, ok := callOn(s, i); ok {
					end := len(s.toks)
					for k := j; k < end; k++ {
						if s.tok(k).is("to", ":", "that") && k > j {
							end = k
						}
					}
					r.asking.addressees = r.addressed(s, j, end)
				}
			}
			if len(r.asking.addressees) == 0 {
				r.asking.addressees = r.askedOfIn(s)
			}
		}
	}
	return false
}

// askedOfIn reads whom a lead-in names: "the following recommendations to the
// governments of ASEAN:".
func (r *reader) askedOfIn(s *sentence) []string {
	for i := range s.toks {
		if !s.tok(i).is("recommendations", "demands", "requests", "appeal", "appeals", "call", "calls", "proposals", "asks") {
			continue
		}
		for k := i + 1; k < i+4; k++ {
			if !s.tok(k).is("to", "for", "on") {
				continue
			}
			end := k + 1
			for end < len(s.toks) && !s.tok(end).is(":", "to", ";") {
				end++
			}
			return r.addressed(s, k+1, end)
		}
	}
	return nil
}

// enumerated reads asks that one sentence lists behind a colon: "recommended
// the following: first, that officials accept …; second, that …". It reports
// whether it found any.
func (r *reader) enumerated(s *sentence) bool {
	colon := -1
	for i := range s.toks {
		if s.tok(i).is(":") && i > 1 {
			colon = i
			break
		}
	}
	these := colon > 0 && s.tok(0).is("these", "they") && s.has(1, colon, set("include included are were")) && r.prev != nil && r.prev.has(0, len(r.prev.toks), set("recommendations demands"))
	if these {
		return r.listOf(s, colon)
	}
	if colon < 0 || colon+4 > len(s.toks) || !s.has(0, colon, asksFor) || s.has(0, colon, set("objectives aimed aims objective topics questions themes speakers sessions")) || !s.has(0, colon, set("recommendations recommended recommend recommends demands demanded demand called calls call urged urge urges proposals proposed appealed asks requests")) || !s.has(colon, len(s.toks), set(";")) {
		return false
	}
	return r.listOf(s, colon)
}

// listOf notes the asks that a sentence lists behind its colon.
func (r *reader) listOf(s *sentence, colon int) bool {
	lead := &sentence{block: s.block, toks: s.toks[:colon+1], orgs: s.orgs, persons: s.persons}
	to := r.askedOfIn(lead)
	for i := 0; i < colon && len(to) == 0; i++ {
		if j, _, ok := callOn(s, i); ok {
			end := j
			for end < colon && !s.tok(end).is("to", "that") {
				end++
			}
			to = r.addressed(s, j, end)
		}
	}
	n := 0
	from := colon + 1
	for k := from; k <= len(s.toks); k++ {
		if k < len(s.toks) && !s.tok(k).is(";") {
			continue
		}
		if r.oneOfList(s, from, k, to) {
			n++
		}
		from = k + 1
	}
	return n > 0
}

// oneOfList notes one ask of such a list, between tokens i and j.
func (r *reader) oneOfList(s *sentence, i, j int, to []string) bool {
	num := ""
	for i < j {
		t := s.tok(i)
		if t.kind == number && s.tok(i+1).is(")", ".") || t.is("i", "ii", "iii", "iv", "v", "a", "b", "c", "d", "e") && s.tok(i+1).is(")") {
			num = t.text
			i += 2
			continue
		}
		if t.kind == mark && !t.is("“", "\"") || t.is("and", "that", "to", "first", "firstly", "second", "secondly", "third", "thirdly", "fourth", "fifth", "finally", "lastly", "also") {
			i++
			continue
		}
		break
	}
	for j > i && s.tok(j-1).kind == mark && !s.tok(j-1).is(")", "”") {
		j--
	}
	if j-i < 3 {
		return false
	}
	sure := Sureness(0.85)
	for k := i + 1; k < i+9 && k < j-1 && !isGerund(s.tok(i)); k++ { // "allowing organisations to visit" names nobody
		t := s.tok(k)
		_, org := s.orgEnding(k)
		if t.is("should", "must", "shall", "to") || t.kind == word && !t.upper && !functionWords[t.low] && !whom[t.low] && (whom[s.tok(k-1).low] || org) && !strings.HasSuffix(t.low, "ing") {
			if who := r.addressed(s, i, k); len(who) > 0 {
				to = who
			}
			break
		}
	}
	r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(i, j, sure), Words: clean(s.words(i, j)), Number: num, Addressees: to, By: r.asker(s, i), Event: r.event})
	return true
}

// topicList announces what recommendations are about, not what they are.
var topicList = regexp.MustCompile(`(?i)\bfollowing\s+(?:areas?|topics?|themes?|categories|headings)\s*:\s*$`)

var regexpTo = regexp.MustCompile(`(?i)\b(?:to|for)\s+(?:the\s+)?(.+?):?\s*$`)

// askItem takes a block for one of the asks of a list.
func (r *reader) askItem(b *Block, text string) bool {
	from := strings.Index(b.Text, text)
	num := ""
	m := askMark.FindStringSubmatchIndex(b.Text)
	marked := b.Item
	if m == nil {
		m = askNumbered.FindStringSubmatchIndex(b.Text)
	}
	switch {
	case m != nil:
		num, from, marked = b.Text[m[4]:m[5]], m[1], true
	case bullet.MatchString(b.Text):
		from, marked = bullet.FindStringIndex(b.Text)[1], true
	}
	ends := strings.HasSuffix(text, ";") || strings.HasSuffix(text, "; and") || strings.HasSuffix(text, ", and")
	if !marked && !(r.asking.open && (ends || r.asking.plain) && len(text) > 15 && len(text) < 900) {
		return false
	}
	if !marked {
		r.asking.plain = true
	}
	body := b.Text[from:]
	to := from + len(strings.TrimRight(body, " \t\n"))
	if t := trailing.FindStringIndex(b.Text[from:to]); t != nil {
		to = from + t[0]
	}
	words := clean(b.Text[from:to])
	if len(words) < 12 {
		return false
	}
	r.asking.items++
	r.asking.open = ends || marked && !strings.HasSuffix(text, ".")
	if r.asking.plain && !ends {
		r.asking.open = false
	}
	a := Ask{
		Found: Found{Passage{b.ID, from, to, b.Text[from:to]}, 0.9},
		Words: words, Number: num, Addressees: r.asking.addressees, By: r.asking.by, Event: r.event,
	}
	if !marked {
		a.Sure = 0.7
	}
	if len(a.Addressees) == 0 {
		r.askedWithin(b, &a, from, to)
	}
	if len(a.Addressees) == 0 {
		s := &sentence{block: &Block{Text: words}, toks: tokens(words)}
		r.annotate(s)
		for i := range s.toks {
			if s.tok(i).is("should", "must", "shall") && i > 0 && i < 14 {
				a.Addressees = r.addressed(s, 0, i)
				break
			}
		}
		for k := 1; k < 7 && len(a.Addressees) == 0; k++ { // "ASEAN Member States conclude …"
			if t := s.tok(k); t.kind == word && !t.upper && !functionWords[t.low] {
				if from := s.article(0); !whom[t.low] && k > from && s.tok(from).upper && r.headWhom(s, from, k) {
					a.Addressees = r.addressed(s, from, k)
				}
				break
			}
		}
		if m, ok := s.orgs[s.article(0)]; ok && len(a.Addressees) == 0 && s.tok(m.j).kind == word && !s.tok(m.j).upper && !functionWords[s.tok(m.j).low] {
			a.Addressees = []string{r.fullName(s, m.i, m.j)} // "The Ministry of Justice compensate them"
		}
	}
	r.facts.Asks = append(r.facts.Asks, a)
	return true
}

// askedWithin takes whom an item of a list names for whom it is asked of:
// "call upon: - the Ministry to recognise …; - employers to stop …".
func (r *reader) askedWithin(b *Block, a *Ask, from, to int) {
	s := &sentence{block: b, toks: tokens(b.Text[:to])}
	for len(s.toks) > 0 && s.toks[0].from < from {
		s.toks = s.toks[1:]
	}
	r.annotate(s)
	end := r.toVerb(s, 0, len(s.toks))
	if end < 1 || !s.tok(end).is("to") || end+2 >= len(s.toks) || !r.headWhom(s, s.article(0), end) {
		return
	}
	a.Addressees = r.addressed(s, 0, end)
}
