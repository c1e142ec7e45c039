// Package extract reads facts out of prose: what was held, when, where and by
// whom, who spoke, what was asked of whom, figures, contacts, languages, and
// the holes that copying leaves. [Read] does it for a whole text; each fact
// bears the passage that states it and how sure it is, and what the text
// leaves open is empty. It works by rules over words and a gazetteer (folder
// data), in time linear in the text's length, and knows nothing of the areas:
// what the directory has learned is handed in.
package extract

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"sala"
)

// A Date is a day or a span of days found in a text.
type Date struct {
	Span sala.Span
	From int // byte where it begins
	To   int // byte after its end
}

var months = map[string]time.Month{}

var weekdays = map[string]time.Weekday{}

func init() {
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		months[name], months[name[:3]], months[name[:3]+"."] = m, m, m
	}
	months["sept"], months["sept."] = time.September, time.September
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := strings.ToLower(d.String())
		weekdays[name], weekdays[name[:3]], weekdays[name[:3]+"."] = d, d, d
	}
}

// Dates returns the days that a text states in full, in the order in which
// they stand. A year of the Buddhist era is counted as such.
func Dates(text string) []Date {
	s := &sentence{block: &Block{Text: text}, toks: tokens(text)}
	var found []Date
	for _, d := range s.findDates() {
		if d.whole() {
			found = append(found, Date{d.span, s.toks[d.i].from, s.toks[d.j-1].to})
		}
	}
	for _, d := range foreignDates(text) {
		if d.Span.From.Day > 0 {
			found = append(found, d)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].From < found[j].From })
	return found
}

// A dateMention is a date as it stands in a sentence.
type dateMention struct {
	i, j    int
	span    sala.Span
	noYear  bool // a day and a month; the span's year is 0
	weekday int  // as stated, -1 if not
	vague   bool // "early March"
}

// whole reports whether a day is stated in full.
func (d dateMention) whole() bool { return !d.noYear && d.span.From.Day > 0 }

func (s *sentence) findDates() []dateMention {
	var out []dateMention
	for i := 0; i < len(s.toks); i++ {
		if d, ok := s.dateAt(i); ok {
			out = append(out, d)
			i = d.j - 1
		}
	}
	return out
}

// dateAt reads the date that begins at token i.
func (s *sentence) dateAt(i int) (dateMention, bool) {
	t := s.tok(i)
	weekday := -1
	start := i
	if w, ok := weekdays[t.low]; ok && (t.upper || t.low == t.text) {
		weekday = int(w)
		i++
		if s.tok(i).is(",") {
			i++
		}
		if s.tok(i).is("the") {
			i++
		}
		t = s.tok(i)
	}
	d, ok := dateMention{}, false
	switch {
	case t.kind == number && strings.Contains(t.text, "."):
		d, ok = s.dotted(i)
	case t.kind == number:
		if d, ok = s.numeric(i); !ok && weekday < 0 {
			d, ok = s.slashed(i)
		}
		if !ok {
			d, ok = s.dayFirst(i)
		}
	case t.kind == word && t.upper:
		if _, is := months[t.low]; is {
			d, ok = s.monthFirst(i)
			if prev := s.tok(i - 1); ok && d.span.From.Day == 0 && prev.kind == number && len(prev.text) <= 2 {
				ok = false // 31 June 2018: no such day, and not the month either
			}
		}
	case t.kind == word && t.is("early", "mid", "late", "mid-"):
		if _, is := months[s.tok(i+1).low]; is && s.tok(i+1).upper {
			if d, ok = s.monthFirst(i + 1); ok {
				d.vague = true
			}
		}
	}
	if !ok {
		return d, false
	}
	d.i, d.weekday = start, weekday
	return d, true
}

// day reads a day of the month, with its ending: "8", "8th".
func (s *sentence) day(i int) (n, j int, ok bool) {
	t := s.tok(i)
	if t.kind != number || len(t.text) > 2 {
		return 0, i, false
	}
	n, err := strconv.Atoi(t.text)
	if err != nil || n < 1 || n > 31 {
		return 0, i, false
	}
	j = i + 1
	if e := s.tok(j); e.is("st", "nd", "rd", "th") && e.from == t.to {
		j++
	}
	return n, j, true
}

func (s *sentence) year(i int) (y, j int, ok bool) {
	if s.tok(i).is(",") {
		i++
	}
	t := s.tok(i)
	if t.kind != number || len(t.text) != 4 {
		return 0, i, false
	}
	y, err := strconv.Atoi(t.text)
	if err != nil {
		return 0, i, false
	}
	y = era(y)
	return y, i + 1, y >= 1900 && y <= 2100
}

// era turns a year of the Buddhist era into one of the common era: no text of
// such a network is of the years that lie so far ahead.
func era(y int) int {
	if y > 2400 && y < 2700 {
		return y - 543
	}
	return y
}

func (s *sentence) month(i int) (time.Month, int, bool) {
	if s.tok(i).is("of") {
		i++
	}
	t := s.tok(i)
	m, ok := months[t.low]
	return m, i + 1, ok && t.upper
}

// through reads what stands between the first day and the last.
func (s *sentence) through(i int) (int, bool) {
	t := s.tok(i)
	return i + 1, t.kind == mark && t.is("-", "–", "—", "‐", "−", "/", "&") || t.is("to", "and", "until", "through")
}

// pastWeekday skips the name of a day of the week before its number: "and
// Friday, the 13th".
func (s *sentence) pastWeekday(i int) int {
	i += s.article(i)
	if _, is := weekdays[s.tok(i).low]; is && s.tok(i).kind == word {
		if i++; s.tok(i).is(",") {
			i++
		}
	}
	return i + s.article(i)
}

// dayFirst reads "8 March 2019", "2-4 November 2018", "15 and 16 March",
// "30 October - 2 November 2018", "30 December 2017 to 2 January 2018".
func (s *sentence) dayFirst(i int) (dateMention, bool) {
	first, j, ok := s.day(i)
	if !ok {
		return dateMention{}, false
	}
	last := first
	// Days of one month, listed or from to: each must follow the one before.
	list := j
	for k := 0; k < 6 && s.tok(list).is(","); k++ {
		n, after, ok := s.day(list + 1)
		if !ok || n != last+1 {
			break
		}
		last, list = n, after
	}
	if after, ok := s.through(j); ok && list == j {
		list = after
	} else if s.tok(list).is("and", "&") && list > j {
		list++
	} else {
		list = -1
	}
	if list >= 0 {
		list = s.pastWeekday(list)
		if n, after, ok := s.day(list); ok && n > last {
			if m, after, ok := s.month(after); ok {
				return s.spanOf(i, after, first, m, n, m)
			}
		}
	}
	m, after, ok := s.month(j)
	if !ok {
		return dateMention{}, false
	}
	if next, ok := s.through(after); ok { // another month
		if n, k, ok := s.day(s.pastWeekday(next)); ok {
			if m2, k, ok := s.month(k); ok && (m2 != m || n > first) {
				return s.spanOf(i, k, first, m, n, m2)
			}
		}
	}
	if y, k, ok := s.year(after); ok {
		if next, ok := s.through(k); ok {
			if n, k, ok := s.day(next); ok {
				if m2, k, ok := s.month(k); ok {
					if y2, k, ok := s.year(k); ok && y2 == y+1 && !s.tok(next-1).is("and") {
						from, ok1 := dayOf(y, m, first)
						to, ok2 := dayOf(y2, m2, n)
						if ok1 && ok2 {
							return dateMention{j: k, span: sala.Span{From: from, To: to}}, true
						}
					}
				}
			}
		}
	}
	return s.spanOf(i, after, first, m, first, m)
}

// monthFirst reads "March 8, 2019", "November 2-4, 2018", "March 2019".
func (s *sentence) monthFirst(i int) (dateMention, bool) {
	m := months[s.tok(i).low]
	if first, j, ok := s.day(i + 1); ok {
		if next, ok := s.through(j); ok {
			next = s.pastWeekday(next)
			if n, k, ok := s.day(next); ok && n > first {
				if d, ok := s.spanOf(i, k, first, m, n, m); ok {
					return d, true
				}
			}
			if m2, k, ok := s.month(next); ok {
				if n, k, ok := s.day(k); ok {
					if d, ok := s.spanOf(i, k, first, m, n, m2); ok {
						return d, true
					}
				}
			}
		}
		return s.spanOf(i, j, first, m, first, m)
	}
	if next, ok := s.through(i + 1); ok { // March to May 2018
		if last := s.tok(next); months[last.low] > m && last.upper {
			if y, j, ok := s.year(next + 1); ok {
				return dateMention{j: j, span: sala.Span{From: sala.Day{Year: y, Month: m}, To: sala.Day{Year: y, Month: months[last.low]}}}, true
			}
		}
	}
	if y, j, ok := s.year(i + 1); ok {
		d := sala.Day{Year: y, Month: m}
		return dateMention{j: j, span: sala.Span{From: d, To: d}}, true
	}
	return dateMention{}, false
}

// numeric reads "2018-10-15" and "15/10/2018". Which of two small numbers is
// the day is not guessed.
func (s *sentence) numeric(i int) (dateMention, bool) {
	if !(s.tok(i+1).is("-", "/") && s.tok(i+2).kind == number && s.tok(i+3).text == s.tok(i+1).text && s.tok(i+4).kind == number) {
		return dateMention{}, false
	}
	return threeNumbers(s.tok(i).text, s.tok(i+2).text, s.tok(i+4).text, i+5)
}

// slashed reads "(15-16/11)", in brackets only, where it can be but a day and
// its month.
func (s *sentence) slashed(i int) (dateMention, bool) {
	first, j, ok := s.day(i)
	if !ok || !s.tok(i-1).is("(") {
		return dateMention{}, false
	}
	last := first
	if s.tok(j).is("-", "–") {
		if last, j, ok = s.day(j + 1); !ok || last <= first {
			return dateMention{}, false
		}
	}
	m, k, ok := s.day(j + 1)
	if !ok || !s.tok(j).is("/") || m > 12 || last <= 12 || !s.tok(k).is(")") {
		return dateMention{}, false
	}
	return s.spanOf(i, k, first, time.Month(m), last, time.Month(m))
}

// dotted reads "15.10.2018".
func (s *sentence) dotted(i int) (dateMention, bool) {
	p := strings.Split(s.tok(i).text, ".")
	if len(p) != 3 {
		return dateMention{}, false
	}
	return threeNumbers(p[0], p[1], p[2], i+1)
}

func threeNumbers(first, second, third string, j int) (dateMention, bool) {
	a, err1 := strconv.Atoi(first)
	b, err2 := strconv.Atoi(second)
	c, err3 := strconv.Atoi(third)
	if err1 != nil || err2 != nil || err3 != nil {
		return dateMention{}, false
	}
	y, m, day := 0, 0, 0
	switch {
	case len(first) == 4 && len(third) <= 2:
		y, m, day = a, b, c
	case len(third) != 4 || len(first) > 2 || len(second) > 2:
		return dateMention{}, false
	case b <= 12 && (a > 12 || a == b):
		y, m, day = c, b, a
	case a <= 12 && b > 12:
		y, m, day = c, a, b
	default:
		return dateMention{}, false
	}
	d, ok := dayOf(era(y), time.Month(m), day)
	return dateMention{j: j, span: sala.Span{From: d, To: d}}, ok
}

// spanOf makes the span of two days, of the year that stands at token j or of
// none.
func (s *sentence) spanOf(i, j, first int, m time.Month, last int, m2 time.Month) (dateMention, bool) {
	y, k, stated := s.year(j)
	if !stated {
		y, k = 2000, j // a leap year, so that 29 February is a day
	}
	y1 := y
	if m2 < m {
		y1-- // 30 December - 2 January 2018
	}
	from, ok1 := dayOf(y1, m, first)
	to, ok2 := dayOf(y, m2, last)
	if !ok1 || !ok2 || to.Time().Before(from.Time()) {
		return dateMention{}, false
	}
	if !stated {
		from.Year, to.Year = 0, y-y1
	}
	return dateMention{j: k, span: sala.Span{From: from, To: to}, noYear: !stated}, true
}

func dayOf(y int, m time.Month, d int) (sala.Day, bool) {
	day := sala.Day{Year: y, Month: m, Day: d}
	if y < 1000 || y > 9999 {
		return day, false
	}
	_, err := sala.ParseDay(day.String()) // there is no 31 June
	return day, err == nil
}
