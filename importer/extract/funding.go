package extract

// paid notes who paid for an event, as later sentences or its own tell it,
// whatever the words: "X provided the funding", "The costs were borne by X",
// "It received funding from X", "X supported the meeting".
func (r *reader) paid(s *sentence, e *Event) {
	if !s.speaksOfEvent(e) && !(r.sinceTold <= 2 && s.paysForIt()) {
		return
	}
	for i := 1; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok {
			i = c
			continue
		}
		t := s.tok(i)
		if t.kind != word || t.upper {
			continue
		}
		var list []orgMention
		switch {
		case gives[t.low] && !r.isPassive(s, i) && s.givesMoney(i+1):
			list = r.subject(s, i)
		case t.is("footed") && s.has(i+1, i+4, set("bill bills")), t.is("paid") && s.has(i+1, i+4, set("bill bills")) && !r.isPassive(s, i):
			list = r.subject(s, i)
		case t.is("paid") && s.tok(i+1).is("for") && !r.isPassive(s, i) && s.eventNext(i+2):
			list = r.subject(s, i)
		case pays[t.low] && !r.isPassive(s, i) && s.eventNext(i+1):
			list = r.subject(s, i)
		case t.is("of") && money[s.tok(i-1).low] && s.has(i-4, i, set("received receives got")):
			list, _ = r.list(s, i+1)
		case t.is("from", "by") && s.moneyBefore(i):
			list, _ = r.list(s, i+1)
		case t.is("came", "comes") && s.tok(i+1).is("from") && s.has(0, i, helps) && !s.has(0, i, set("financial generous funds money")):
			list, _ = r.list(s, i+2)
			for _, m := range list {
				r.addParty(e, s, m, Supporter, 0.85)
			}
			list = nil
		case t.is("came", "comes") && s.tok(i+1).is("from") && s.has(0, i, money):
			list, _ = r.list(s, i+2)
		}
		if n := len(list); n > 1 && list[n-1].j <= i && s.tok(list[0].i-1-s.articleBefore(list[0].i)).is("were", "was", "are", "is") {
			list = list[n-1:] // "Our hosts were A, and B paid the bill"
		}
		if len(list) == 0 && pays[t.low] && s.tok(i-1).is("which") && s.tok(i+1).is("both", "all") && (s.eventNext(i+1) || s.tok(i+2).is("launches", "events", "evenings", "days", "meetings")) {
			if m, ok := s.orgEnding(i - 2); ok { // "from the Foundation, which funded both launches"
				r.addParty(e, s, m, helperPart(t), 0.85)
				r.paysAll, r.paysIn = append(r.paysAll, m), s
				continue
			}
		}
		for _, m := range list {
			if m.i > 0 && m.j <= i && s.tok(m.i-1).is("of", "from") {
				continue
			}
			part := Funder
			if pays[t.low] {
				part = helperPart(t)
			}
			r.addParty(e, s, m, part, 0.85)
		}
	}
}

// helperPart is the part of those who did what a verb says for an event: who
// supported it need not have paid.
func helperPart(verb *token) Part {
	if verb.is("supported", "backed") {
		return Supporter
	}
	return Funder
}

var (
	money = set("funding funds fund costs cost expenses money grant grants support sponsorship contribution contributions")
	gives = set("provided gave granted contributed covered bore met paid shared donated offered supplied shouldered carried")
	pays  = set("funded financed sponsored supported underwrote subsidised subsidized bankrolled backed")
)

// speaksOfEvent reports whether a sentence is of an event or of the money for
// it, and not of other projects.
func (s *sentence) speaksOfEvent(e *Event) bool {
	if s.has(0, len(s.toks), eventNouns) || len(s.toks) < 30 && (s.phraseIn(0, len(s.toks), "paid for it") >= 0 || s.tok(0).is("it", "funding", "funds", "both", "financial", "technical", "material", "support", "all")) {
		return true
	}
	return (s.block.ID == e.At.Block || len(s.toks) < 14) && s.has(0, len(s.toks), set("funding funds costs expenses bill bills"))
}

// paysForIt reports whether a short sentence only tells who paid: "The food was
// funded by X", "X funded it".
func (s *sentence) paysForIt() bool {
	return len(s.toks) < 18 && (s.has(0, 8, expenses) && s.has(0, len(s.toks), set("funded paid covered borne")) || s.has(2, len(s.toks), pays) && s.tok(len(s.toks)-2).is("it"))
}

// givesMoney reports whether what is given from token i on is money: "the
// funds", "financial support", "the costs of travel".
func (s *sentence) givesMoney(i int) bool {
	for k := i; k < i+6 && k < len(s.toks); k++ {
		t := s.tok(k)
		if money[t.low] && !t.is("support") || t.is("support") && s.has(i, k, set("financial generous")) {
			return true
		}
		if t.kind != word || t.is("of", "to", "on", "in", "for") {
			return false
		}
	}
	return false
}

// eventNext reports whether "the meeting", "this event" or "it" stands at
// token i.
func (s *sentence) eventNext(i int) bool {
	if s.tok(i).is("it") && (i+1 >= len(s.toks) || s.tok(i+1).kind == mark) {
		return true
	}
	if !s.tok(i).is("the", "this", "both", "our", "all") {
		return false
	}
	for k := i + 1; k < i+6 && k < len(s.toks); k++ {
		t := s.tok(k)
		if eventNouns[t.low] {
			return !(s.tok(k+1).kind == word && !functionWords[s.tok(k+1).low])
		}
		if t.kind != word || functionWords[t.low] {
			return false
		}
	}
	return false
}

// moneyBefore reports whether right before "from" or "by" at token i stands
// that money came: "received funding from", "the costs were borne by".
func (s *sentence) moneyBefore(i int) bool {
	prev := s.tok(i - 1)
	switch {
	case s.tok(i).is("from") && prev.is("received", "obtained", "secured") && s.has(max(0, i-5), i, money) && s.tok(i-2).is("was", "were", "gratefully", "kindly"):
		return true // "Funding was received from the Foundation"
	case s.tok(i).is("from") && money[prev.low]:
		return s.has(max(0, i-6), i, set("received receives with thanks through got")) && (!prev.is("support") || s.has(max(0, i-4), i, set("financial generous received")))
	case s.tok(i).is("by") && prev.is("paid", "borne", "covered", "met", "provided", "financed", "funded", "shouldered", "shared", "split", "carried"):
		return (s.has(0, i, money) || s.has(0, i, expenses) || s.has(0, i, set("bill bills"))) && !s.tok(i-2).is("not")
	}
	return false
}

// parts are the words for those who have to do with an event.
var parts = map[string]Part{
	"organiser": Organiser, "organisers": Organiser, "organizer": Organiser, "organizers": Organiser, "convener": Organiser, "conveners": Organiser, "convenors": Organiser,
	"co-organiser": CoOrganiser, "co-organisers": CoOrganiser, "co-organizer": CoOrganiser, "co-organizers": CoOrganiser,
	"host": Host, "hosts": Host, "co-host": Host, "co-hosts": Host,
	"funder": Funder, "funders": Funder, "donor": Funder, "donors": Funder, "sponsor": Funder, "sponsors": Funder,
}

// called notes who had which part in an event, where a sentence calls them so:
// "X was the local host", "The organisers were A and B", "Its organisers, A and
// B, …", "as guests of X".
func (r *reader) called(s *sentence, e *Event) {
	for i := 1; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok {
			i = c
			continue
		}
		t := s.tok(i)
		part, ok := parts[t.low]
		switch {
		case ok && !t.upper:
			var list []orgMention
			if next := s.tok(i + 1); next.is("was", "were", "is", "are", ",", ":") && s.tok(i-1).is("the", "its", "our", "their", "local", "main", "joint") {
				if list, _ = r.list(s, i+2); len(list) > 0 && next.is(",") && !s.tok(list[len(list)-1].j).is(",") {
					list = nil
				}
			}
			if s.tok(i-1).is("as") && i == 1 && s.tok(i+1).is(",") {
				list, _ = r.list(s, i+2) // "As organisers, A and B thank all"
			}
			if n := len(list) - 1; n > 0 && s.tok(list[n].i-1-s.articleBefore(list[n].i)).is("and") && s.tok(list[n-1].j).is(",") && s.describes(list[n].j) {
				list = list[:n] // "Our host was A, and B paid the bill"
			}
			if len(list) == 0 {
				list = r.calledBefore(s, i)
			}
			if m, ok := s.orgEnding(i - 1); ok && len(list) == 0 && s.tok(i-1).is("the") && s.has(0, m.i, set("was were is are")) {
				list = []orgMention{m} // "the university was the host, and the Foundation the funder"
			}
			for _, m := range list {
				r.addParty(e, s, m, part, 0.9)
			}
		case t.is("which", "who") && s.tok(i-1).is(","):
			v := i + 1
			for s.tok(v).is("had", "has", "have", "also", "jointly", "together") {
				v++
			}
			if w := s.tok(v); !r.isPassive(s, v) && (activeVerbs[w.low] && s.eventNext(v+1) || w.is("called", "invited") && s.tok(v+1).is("for", "to") && s.eventNext(v+2)) && !w.is("launched", "delivered") {
				for _, m := range r.subject(s, i-1) { // "A and B, which had called for the forum"
					r.addParty(e, s, m, partOf(w), 0.85)
				}
			}
		case t.is("stood", "stand", "stands") && s.tok(i-1).is("it") && s.tok(i-2).is("behind"):
			list, _ := r.list(s, i+1)
			for _, m := range list { // "Behind it stood A and B"
				r.addParty(e, s, m, Organiser, 0.8)
			}
		case t.is("guests", "guest") && s.tok(i-1).is("as", "the") && s.tok(i+1).is("of"):
			list, _ := r.list(s, i+2)
			for _, m := range list {
				r.addParty(e, s, m, Host, 0.85)
			}
		case t.is("hosted") && !r.isPassive(s, i) && s.eventNext(i+1):
			for _, m := range r.subject(s, i) {
				r.addParty(e, s, m, Host, 0.9)
			}
		}
	}
	if part, ok := parts[s.tok(0).low]; ok && s.tok(1).is("was", "were") {
		list, _ := r.list(s, 2)
		for _, m := range list {
			r.addParty(e, s, m, part, 0.9)
		}
	}
}

// calledBefore returns those of whom a sentence says that they were, or served
// as, what the word at token i calls them.
func (r *reader) calledBefore(s *sentence, i int) []orgMention {
	k := i - 1
	for s.tok(k).is("local", "the", "as", "generous", "a", "our", "joint", "their", "its", "main", "of", "one") {
		k--
	}
	if !s.tok(k).is("was", "were", "is", "are", "served", "acted", "serves", "acts", "acting", "serving", "being") {
		return nil
	}
	for s.tok(k-1).is("also", "kindly") {
		k--
	}
	list := r.subject(s, k)
	if n := len(list); n > 0 && s.has(list[n-1].j, k, set(", ;")) && s.allWords(list[n-1].j+1, k) {
		return nil // "MMN had called it, the university was the host"
	}
	return list
}
