package extract

import (
	"strings"
	"time"
)

// feasts are days that bear a name.
var feasts = []struct {
	words string
	month time.Month
	day   int
}{
	{"international workers day", time.May, 1}, {"may day", time.May, 1}, {"labour day", time.May, 1}, {"international labour day", time.May, 1},
	{"international women day", time.March, 8}, {"women day", time.March, 8}, {"international migrants day", time.December, 18},
	{"human rights day", time.December, 10}, {"international human rights day", time.December, 10}, {"world refugee day", time.June, 20},
	{"international domestic workers day", time.June, 16}, {"world day against child labour", time.June, 12},
}

// feast reads a day that bears a name at token i.
func (s *sentence) feast(i int) (j int, m time.Month, day int, ok bool) {
	for _, f := range feasts {
		j = i
		same := true
		for _, w := range strings.Fields(f.words) {
			if t := s.tok(j); !t.upper && t.low != "against" || strings.TrimRight(t.low, "'’") != w {
				same = false
				break
			}
			j++
		}
		if same {
			return j, f.month, f.day, true
		}
	}
	return i, 0, 0, false
}

// feastDay gives the first event of a text, if no day of it is told, that of the
// feast that the title, the opening or its own sentence says it was held on:
// "May Day in Chiang Mai", "On Labour Day, 300 migrants gathered". The year is
// the one behind it, else that of the text.
func (r *reader) feastDay(head []*sentence, body [][]*sentence) {
	if len(r.facts.Events) == 0 || !r.facts.Events[0].Held.Span.IsZero() || r.lead != nil || r.letter() {
		return
	}
	e := &r.facts.Events[0]
	var told []*sentence
	for i := 0; i < len(body) && i < 2; i++ {
		for _, s := range body[i] {
			if (len(told) < 3 || e.At.Block == s.block.ID) && !s.block.Heading {
				told = append(told, s)
			}
		}
	}
	for _, s := range told {
		if s.has(0, len(s.toks), set("last ago earlier previous every annual")) && s.block.ID == e.At.Block && s.toks[0].from <= e.At.From && e.At.To <= s.toks[len(s.toks)-1].to {
			return // told of another time
		}
	}
	for _, s := range head {
		if s.has(0, len(s.toks), set("message greetings statement")) {
			return
		}
	}
	for _, s := range append(told, head...) {
		for i := range s.toks {
			if j, m, day, ok := s.feast(i); ok && s.onFeast(i, s.at < 0) {
				if from, ok := r.feastYear(s, j, m, day); ok {
					e.Held = When{Found: s.found(i, j, 0.6), Span: spanOfDays(from, from), Reckoned: true}
					return
				}
			}
		}
	}
}

// onFeast reports whether a sentence says that something was done on the feast
// named at token i.
func (s *sentence) onFeast(i int, title bool) bool {
	k := i - 1
	if s.tok(k).is("the", "this", "'s", "year's", "year", "year’s", "last") || strings.HasPrefix(s.tok(k).low, "year") {
		k--
	}
	if s.tok(k).is("this", "last") {
		k--
	}
	for n := k; n >= 0 && n > k-4; n-- {
		if s.tok(n).is("before", "after", "ahead", "for", "since", "until", "eve", "following", "approaching", "upcoming", "week", "except", "near", "about") {
			return title && s.tok(n).is("for")
		}
	}
	for j := i; j < i+6; j++ {
		if s.tok(j).is("eve", "statement", "message", "campaign", "week", "special", "committee", "declaration") {
			return false
		}
	}
	switch {
	case title, k < 0, s.tok(k).is("on", "celebrate", "celebrated", "celebrating", "marked", "mark", "marking", "commemorated", "commemorate", "observed", "honour", "honor"):
		return true
	case s.tok(k).is("of") && s.tok(k-1).is("celebration", "celebrations", "commemoration", "occasion", "observance", "honour"):
		return true
	}
	return s.tok(k).is("for") && s.tok(k-1).is("closed") // "while the offices were closed for Labour Day"
}

// feastYear finds the year of a feast of which the name ends before token j.
func (r *reader) feastYear(s *sentence, j int, m time.Month, day int) (time.Time, bool) {
	year := func(y int) time.Time { return time.Date(y, m, day, 0, 0, 0, 0, time.UTC) }
	if s.tok(j).is(",", "(", "in") {
		j++
	}
	if t := s.tok(j); t.kind == number && len(t.text) == 4 {
		if y, _, ok := s.numberAt(j); ok && y > 1950 && y < 2100 {
			return year(y), true
		}
	}
	if p := r.text.Published; p.Day > 0 {
		best := year(p.Year)
		for _, d := range []time.Time{best, best.AddDate(-1, 0, 0)} {
			if gap := p.Time().Sub(d); gap >= 0 && gap <= 120*24*time.Hour {
				return d, true
			}
		}
		return best, false
	}
	if span := r.titleSpan; span.From.Year > 0 && span.From.Year == span.To.Year && span.From.Month == 0 {
		return year(span.From.Year), true
	}
	return time.Time{}, false
}

// feastTitled reports whether the title names a feast: the day with which the
// text opens may be that of what was done then.
func (r *reader) feastTitled() bool {
	title := &sentence{block: &Block{ID: TitleBlock, Text: r.text.Title}, toks: tokens(r.text.Title)}
	for i := range title.toks {
		if _, _, _, ok := title.feast(i); ok {
			return true
		}
	}
	return false
}
