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
	items      int
	open       bool // the last item ended in a semicolon or "and": another follows
	byNumber   map[string][]string
	plain      bool // items bear no mark of their own
	that       bool // "that" stands before the colon: each item is a clause
}

// askBlock reads a block of a list of asks, or one that begins or ends such a
// list. It reports whether the block was one of the asks.
func (r *reader) askBlock(b *Block) bool {
	text := strings.TrimSpace(b.Text)
	if len(text) > 4000 {
		r.asking = asking{}
		return false
	}
	if r.asking.on && b.Heading && r.headedTo(b, text) || r.callingItem(b, text) {
		return true
	}
	if r.asking.on {
		if len(text) < 140 && (b.Heading || strings.HasSuffix(text, ":") || len(text) < 80 && !b.Item && strings.HasPrefix(text, "To ") && !strings.HasSuffix(text, ".")) {
			if strings.HasSuffix(strings.TrimSuffix(text, ":"), " to") {
				if to := r.leadWhom(text); len(to) > 0 { // "Governments of countries of origin to:"
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
	if n := r.numberedWhom(text); n != nil {
		r.asking = asking{on: true, open: true, byNumber: n}
	}
	if b.Item || askMark.MatchString(b.Text) {
		if m := askMark.FindString(b.Text); r.afterColon && r.itemAsks(strings.TrimSpace(b.Text[len(m):])) {
			r.asking = asking{on: true, open: true}
			return r.askItem(b, text)
		}
	} else {
		r.afterColon = strings.HasSuffix(text, ":")
	}
	if !b.Heading && askNamed.MatchString(text) {
		r.asking = asking{on: true, open: true}
		return r.askItem(b, text)
	}
	if b.Heading && askWhat.MatchString(text) {
		r.asking = asking{on: true, open: true}
		if m := regexpOf.FindStringSubmatch(text); m != nil {
			r.asking.addressees = addressees(m[1])
		}
		r.askSection = true
		return true
	}
	if r.headedTo(b, text) {
		return true
	}
	if b.Heading {
		r.askSection = askHead.MatchString(text)
	}
	if len(text) < 120 && (b.Heading || len(text) < 60) && askHead.MatchString(text) && !(strings.HasSuffix(text, ":") && askIntro.MatchString(text)) && (b.Heading || !strings.HasSuffix(text, ".")) {
		r.asking = asking{on: true, open: b.Heading || strings.HasSuffix(text, ":")}
		if m := regexpTo.FindStringSubmatch(text); m != nil {
			r.asking.addressees = addressees(m[1])
		}
		return true
	}
	if next := r.below(b); next != nil && !b.Item && !b.Heading && isItem(next) && (openEnd.MatchString(text) || openClause(text)) {
		text += ":" // "The Forum calls on", and items below it
	}
	if r.announcedBelow(b, text) {
		r.asking = asking{on: true, open: true, addressees: r.leadWhom(text[max(0, len(text)-700):])}
		return false
	}
	if strings.HasSuffix(text, ":") {
		tail := text[max(0, len(text)-700):]
		if (askIntro.MatchString(tail) || askList.MatchString(tail)) && !strings.Contains(strings.ToLower(tail), "aimed to") && !topicList.MatchString(tail) {
			r.asking = asking{on: true, open: true, addressees: r.leadWhom(tail), that: strings.HasSuffix(text, " that:")}
		} else if r.toWhom(b, text) {
			return true
		}
	}
	return false
}

// toWhom begins a list under a line that says no more than of whom what follows
// is asked: "To the Royal Government of Cambodia:".
func (r *reader) toWhom(b *Block, text string) bool {
	m := headTo.FindStringSubmatch(text)
	if m == nil || len(text) > 140 || strings.Contains(m[1], ":") {
		return false
	}
	to := addressees(m[1])
	if len(to) == 0 {
		return false
	}
	r.asking = asking{on: true, open: true, addressees: to}
	return true
}

// leadWhom reads whom a lead-in names: its last sentence, or the one before.
func (r *reader) leadWhom(text string) []string {
	all := sentences(&Block{Text: text}, 0)
	for i := len(all) - 1; i >= max(0, len(all)-2); i-- {
		if to := r.sentenceWhom(all[i]); len(to) > 0 {
			return to
		}
	}
	return nil
}

// sentenceWhom reads whom a sentence of a lead-in names.
func (r *reader) sentenceWhom(s *sentence) []string {
	r.annotate(s)
	var to []string
	for i := range s.toks {
		if of := i + 1; putTo[s.tok(i).low] && s.tok(of).is("to") && s.has(of+2, len(s.toks), set("following these as below")) {
			end := of + 1
			for end < len(s.toks)-1 && !s.tok(end).is(":", ".", "that", "following", "these", "as", "below") {
				end++
			}
			for end > of+1 && s.tok(end-1).is("the") {
				end--
			}
			if r.headWhom(s, of+1, end) {
				return r.addressed(s, of+1, end) // "We propose to both embassies the following steps."
			}
		} else if s.tok(i).is("ask", "asked", "demanded", "demand", "required", "want", "wanted") && (s.tok(of).is("of", "from") || numberWords[s.tok(of).low] > 1 && s.tok(of+2).is("of", "from")) {
			if !s.tok(of).is("of", "from") {
				of += 2 // "asked three things of the Ministry:"
			}
			end := of + 1
			for end < len(s.toks)-1 && !s.tok(end).is(":", ".", "that", "following", "to", "these") {
				end++
			}
			for end > of+1 && s.tok(end-1).is("the") {
				end--
			}
			return r.addressed(s, of+1, end) // "The following was asked of employers:"
		} else if j, _, ok := callOn(s, i); ok && !s.tok(j).is("to", "of") {
			end := len(s.toks)
			for k := j; k < end; k++ {
				if s.tok(k).is("to", ":", "that") && k > j {
					end = k
				}
			}
			to = r.addressed(s, j, end)
		} else if from, _, ok := r.passiveCall(s, i); ok {
			to = r.addressed(s, from, i)
		}
	}
	if len(to) == 0 {
		to = r.askedOfIn(s)
	}
	last := len(s.toks) - 1
	if len(to) == 0 && s.tok(last).is(":") && s.tok(last-1).is("to", "should", "must") {
		to = r.addressed(s, s.clauseStart(last-1), last-1) // "The embassies should:"
	}
	for k := last - 1; len(to) == 0 && s.tok(last).is(":") && k > 0 && k > last-12; k-- {
		if s.tok(k).is("for", "to", "from", "of") { // "a list for their authorities:"
			if r.headWhom(s, k+1, last) {
				to = r.addressed(s, k+1, last)
			}
			break
		}
	}
	return to
}

// putTo are verbs by which asks are put "to" somebody.
var putTo = set(`propose proposes proposed suggest suggests suggested recommend recommends recommended put puts submit submits submitted address addressed present presented hand handed sent send wrote write`)

// clauseStart returns where the clause begins that token i stands in.
func (s *sentence) clauseStart(i int) int {
	for i > 0 && !s.tok(i-1).is(",", ";", ":", "that", "and", "then") {
		i--
	}
	return i
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
			for end < len(s.toks) && !s.tok(end).is(":", "to", ";", ".", "was", "were", "is", "are", "has", "have", "agreed", "emerged", "came") {
				end++
			}
			for c := k + 2; c < end; c++ {
				if s.tok(c).is(",") && s.has(c+1, c+6, set("which whom whose who namely as")) {
					end = c // "to member states, the last three of which are:"
				}
			}
			return r.addressed(s, k+1, end)
		}
	}
	return nil
}

// openEnd ends a line that goes on in the items below it.
var openEnd = regexp.MustCompile(`(?i)\b(?:on|upon|that|to|for|urges?|demands?|recommends?|should|must|the\s+following)$`)

// topicList announces what recommendations are about, not what they are.
var topicList = regexp.MustCompile(`(?i)\bfollowing\s+(?:areas?|topics?|themes?|categories|headings)\s*:\s*$`)

var regexpOf = regexp.MustCompile(`(?i)\b(?:of|from|to)\s+(?:the\s+)?(.+?)\W*$`)

var regexpTo = regexp.MustCompile(`(?i)\b(?:to|for)\s+(?:the\s+)?(.+?):?\s*$`)

// askItem takes a block for one of the asks of a list.
func (r *reader) askItem(b *Block, text string) bool {
	marked := b.Item || askMark.MatchString(b.Text) || askLevelled.MatchString(b.Text) || askNumbered.MatchString(b.Text) || bullet.MatchString(b.Text)
	ends := strings.HasSuffix(text, ";") || strings.HasSuffix(text, "; and") || strings.HasSuffix(text, ", and")
	if !marked && !(r.asking.open && (ends || r.asking.plain) && len(text) > 15 && len(text) < 900) {
		return false
	}
	if !marked {
		r.asking.plain = true
	}
	num, from, to := itemBody(b, text)
	words := clean(b.Text[from:to])
	if len(words) < 9 {
		return false
	}
	r.asking.items++
	r.asking.open = ends || marked && !strings.HasSuffix(text, ".")
	if r.asking.plain && !ends {
		r.asking.open = false
	}
	a := Ask{
		Found: Found{Passage{b.ID, from, to, b.Text[from:to]}, 0.9},
		Words: words, Number: num, Addressees: r.asking.addressees, Event: r.event,
	}
	if !marked {
		a.Sure = 0.7
	}
	if to, ok := r.asking.byNumber[num]; ok {
		a.Addressees = to
	}
	if who := r.itemWhom(words, len(a.Addressees) > 0); len(who) > 0 {
		a.Addressees = who // an item that names somebody asks nobody else
	}
	r.facts.Asks = append(r.facts.Asks, a)
	return true
}
