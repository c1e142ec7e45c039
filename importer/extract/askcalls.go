package extract

import "strings"

// itemCalls are the verbs with which an item of a list may ask by itself, as
// those of a resolution do: "Calls on States to …", "Requests the Secretariat
// to …". Behind those that are true anything may be asked that the item names.
var itemCalls = map[string]bool{
	"call": true, "calls": true, "called": true, "calling": true, "demand": true, "demands": true, "demanded": true, "demanding": true,
	"recommend": true, "recommends": true, "recommended": true, "recommending": true, "propose": true, "proposes": true, "proposed": true, "proposing": true,
	"urge": false, "urges": false, "urged": false, "urging": false, "appeal": false, "appeals": false, "appealed": false, "appealing": false,
	"request": false, "requests": false, "requested": false, "requesting": false, "invite": false, "invites": false, "invited": false, "inviting": false,
	"ask": false, "asks": false, "asked": false, "asking": false, "encourage": false, "encourages": false, "encouraged": false, "encouraging": false,
	"suggest": false, "suggests": false, "suggested": false, "suggesting": false, "advise": false, "advises": false, "advised": false, "implore": false, "implores": false,
	"insist": false, "insists": false, "insisted": false, "press": false, "presses": false, "entreat": false, "entreats": false, "beseech": false, "exhort": false, "exhorts": false,
}

// callingItem takes an item of a list that begins with a verb of asking for an
// ask of its own, whatever announced the list: it is worded from that verb on.
func (r *reader) callingItem(b *Block, text string) bool {
	marked := b.Item || askMark.MatchString(b.Text) || askLevelled.MatchString(b.Text) || bullet.MatchString(b.Text)
	if !marked || len(text) > 900 {
		return false
	}
	num, from, to := itemBody(b, text)
	words := b.Text[from:to]
	s := &sentence{block: &Block{Text: words}, toks: tokens(words)}
	if len(s.toks) < 4 || len(s.toks) > longest {
		return false
	}
	i := 0
	for i < 3 && (strings.HasSuffix(s.tok(i).low, "ly") && !itemVerb(s, i) || s.tok(i).is("further", "also", "again", "we", "they", "therefore", "and")) {
		i++
	}
	any, ok := itemCalls[s.tok(i).low]
	if !ok {
		return false
	}
	s.quote = quotes(s.toks)
	r.annotate(s)
	j := i + 1
	for s.tok(j).is("on", "upon", "to", "for", "of", "from") || strings.HasSuffix(s.tok(j).low, "ly") || s.tok(j).is("once", "again", "also") {
		j++
	}
	if s.tok(j).is("you", "your", "yourself", "papers", "applications", "proposals", "questions", "us") || s.tok(i).is("call", "calls", "called", "calling") && j == i+1 {
		return false
	}
	var who []string
	switch verb := r.toVerb(s, j, len(s.toks)); {
	case s.tok(j).is("that"):
		who = r.itemWhom(s.words(j+1, len(s.toks)), false)
	case verb > j && s.tok(j-1).is("for"): // "calls for a fund to be set up"
	case verb > j:
		who = r.addressed(s, j, verb)
		if len(who) == 0 || !r.headWhom(s, j, verb) {
			return false
		}
	case !any:
		return false
	}
	r.facts.Asks = append(r.facts.Asks, Ask{
		Found: Found{Passage{b.ID, from, to, words}, 0.85}, Words: clean(words), Number: num, Addressees: who, Event: r.event,
	})
	r.askedIn = b
	return true
}

// itemVerb reports whether a verb of asking stands at token i.
func itemVerb(s *sentence, i int) bool {
	_, ok := itemCalls[s.tok(i).low]
	return ok
}

// itemBody returns the number of an item of a list and the bytes of its words,
// without the mark before and the stop behind.
func itemBody(b *Block, text string) (num string, from, to int) {
	from = strings.Index(b.Text, text)
	m := askMark.FindStringSubmatchIndex(b.Text)
	if l := askLevelled.FindStringSubmatchIndex(b.Text); l != nil {
		m = l
	}
	if m == nil {
		m = askNumbered.FindStringSubmatchIndex(b.Text)
	}
	switch {
	case m != nil:
		num, from = b.Text[m[4]:m[5]], m[1]
	case bullet.MatchString(b.Text):
		from = bullet.FindStringIndex(b.Text)[1]
	}
	to = from + len(strings.TrimRight(b.Text[from:], " \t\n"))
	if t := trailing.FindStringIndex(b.Text[from:to]); t != nil {
		to = from + t[0]
	}
	return num, from, to
}
