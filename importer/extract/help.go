package extract

// joins are what two do who hold something together, in any words: "in close
// cooperation with".
var joins = set(`collaboration cooperation co-operation partnership conjunction coordination co-ordination association`)

// helps are what those give who do not hold an event, but help. It is money only
// where the text says so.
var helps = set(`support assistance backing sponsorship help generosity`)

// assistAt reads the phrase from token i on behind which those stand who did
// something for an event: its words, their part, and where they begin, 0 if there
// is none.
func (s *sentence) assistAt(i int) (words string, part Part, j int) {
	for _, h := range assists {
		if end, ok := s.follows(i, h.words); ok {
			return h.words, h.part, end
		}
	}
	k := i
	switch {
	case s.tok(i).is("in"):
		for k = i + 1; k < i+3 && s.describes(k) && !joins[s.tok(k).low]; k++ {
		}
		if joins[s.tok(k).low] && s.tok(k+1).is("with") {
			return "in collaboration with", CoOrganiser, k + 2
		}
		return "", "", 0
	case s.tok(i).is("with", "through", "under", "via", "by", "on"):
		k++
	case s.tok(i).is("thanks") && s.tok(i+1).is("to"):
		k += 2
	case s.tok(i).is("financial", "technical", "generous", "additional", "further", "a", "kind", "material", "logistical"):
	default:
		return "", "", 0
	}
	from := k
	for k < from+5 && (s.describes(k) || s.tok(k).is("the", "a", "an", "its", "some", "and")) && !helps[s.tok(k).low] && !money[s.tok(k).low] {
		k++
	}
	noun := s.tok(k)
	if !helps[noun.low] && !money[noun.low] || noun.is("cost", "costs", "expenses") || noun.upper {
		return "", "", 0
	}
	part = Supporter
	if !helps[noun.low] || noun.is("sponsorship") || s.has(from, k, set("financial generous monetary")) {
		part = Funder
	}
	last := k + 1
	if s.tok(last).is("and") && (helps[s.tok(last+1).low] || money[s.tok(last+1).low] || joins[s.tok(last+1).low]) {
		last += 2 // "with support and funding from"
	}
	if !s.tok(last).is("from", "of", "by") || last < i+1 || s.tok(i).is("a", "by", "on") && part == Supporter {
		return "", "", 0
	}
	return "with support from", part, last + 1
}

// describes reports whether a word in small letters that may stand before a noun
// stands at token k: "close", "kind", "technical".
func (s *sentence) describes(k int) bool {
	t := s.tok(k)
	return t.kind == word && !t.upper && !functionWords[t.low]
}

// thanked notes those who are thanked at token i for their money or support: "We
// are grateful to X for its generous grant".
func (r *reader) thanked(s *sentence, i int, e *Event) bool {
	if !s.tok(i).is("thanked", "thanks", "thank", "thanking", "thankful", "grateful", "gratitude", "indebted", "appreciation", "obliged") {
		return false
	}
	k := i + 1
	for s.tok(k).is("go", "to", "goes", "also", "are", "due", "is") {
		k++
	}
	list, end := r.list(s, k)
	if len(list) == 0 || !s.tok(end).is("for", "without", "whose", "which", "who") || s.has(end, end+9, set("year years")) {
		return false
	}
	part := Part("")
	if s.tok(end + 1).is("hosting") {
		part = Host
	}
	for n := end + 1; n < end+7 && part != Funder && part != Host; n++ {
		t := s.tok(n)
		switch {
		case helps[t.low] && part == "":
			part = Supporter
		case money[t.low] && !helps[t.low] || t.is("financial", "generous", "financing", "sponsoring", "paying", "paid"):
			part = Funder
		case t.kind == mark && !t.is("’", ","), s.hasOrg(n):
			n = end + 7
		}
	}
	if part == "" {
		return false
	}
	for _, m := range list {
		r.addParty(e, s, m, part, 0.8)
	}
	return true
}
