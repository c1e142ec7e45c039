package extract

import "strings"

// opinion are verbs behind which "that" states what somebody wants done.
var opinion = set(`said says argued argues insisted insists stressed stresses added adds maintained maintains felt held thought suggested suggests demanded demands proposed proposes
	concluded agreed emphasised emphasized urged reiterated underlined underscored repeated declared replied view opinion position belief`)

// thingShould reports whether the modal at token i says of a thing what should
// be done with it, or what it should do, in a text that pleads, or where somebody
// is of that opinion: "the Act ought to be amended", "argued that data should
// never end up with the police".
func (s *sentence) thingShould(i, verb int, pleads bool) bool {
	from := s.subjectStart(i)
	if from < 0 || i-from > 13 || i == from {
		return false
	}
	k := from
	for s.tok(k-1).is("and", ",") {
		k--
	}
	if s.tok(k - 1).is("that") {
		for k--; strings.HasSuffix(s.tok(k-1).low, "ly") || s.tok(k-1).is("also", "again"); k-- {
		}
		switch {
		case s.tok(k-1).is("understand", "know", "understood", "knew", "agree", "realise", "realize", "recognise", "recognize", "accept", "admit", "believed", "fact", "aware"):
			return false
		case opinion[s.tok(k-1).low]:
			return s.shouldBe(i, verb) || s.shouldDo(i, verb)
		}
	}
	return pleads && s.shouldBe(i, verb)
}

// shouldDo reports whether the modal at token i says of a thing what it should do
// or be: "the law should cover sex workers".
func (s *sentence) shouldDo(i, verb int) bool {
	if !s.tok(i).is("should", "must", "ought") || s.ofPeople(s.subjectStart(i), i) {
		return false
	}
	never := s.has(i+1, verb+1, set("never not no longer")) || s.tok(verb-1).is("not")
	return never && !s.tok(verb).is("be", "know", "forget", "expect", "take") || s.tok(verb).is("cover", "apply", "include", "extend", "protect", "guarantee", "reflect", "serve", "reach", "remain", "become")
}

// shouldBe reports whether the modal at token i says of a thing what should be
// done with it: "the Act ought to be amended".
func (s *sentence) shouldBe(i, verb int) bool {
	if !s.tok(verb).is("be") || !strings.HasSuffix(s.tok(verb+1).low, "ed") && !s.tok(verb+1).is("made", "given", "put", "kept", "set", "paid", "brought", "held", "taken", "withdrawn", "built", "drawn") {
		return false
	}
	from := s.subjectStart(i)
	return from >= 0 && i-from < 14 && !s.tok(verb+1).is("considered", "noted", "treated", "regarded", "viewed", "mentioned", "remembered", "surprised", "understood", "allowed", "ashamed", "involved", "recognised", "recognized") &&
		!s.ofPeople(from, i)
}

// ofPeople reports whether tokens i to j, the subject of a clause, are those for
// whom things are asked, or no subject at all.
func (s *sentence) ofPeople(i, j int) bool {
	return s.has(i, j, set("workers migrants people participants nobody everyone everybody they he she it we you i this these there women children who which if when whether why how what")) || s.tok(i).is("no")
}
