package extract

import (
	"strconv"
	"strings"

	"sala"
)

var currencies = map[string]string{"$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "฿": "THB", "baht": "THB", "thb": "THB", "kyat": "MMK", "kyats": "MMK", "mmk": "MMK", "riel": "KHR", "kip": "LAK", "yen": "JPY", "dollars": "USD", "ringgit": "MYR", "dong": "VND", "vnd": "VND"}

// figures notes numbers that a sentence states of the world: shares, parts of
// a whole, sums of money, large numbers of something.
func (r *reader) figures(s *sentence) {
	for i := 0; i < len(s.toks); i++ {
		if r.dateHere(s, i) {
			continue
		}
		t := s.tok(i)
		if t.kind != number && numberWords[strings.Split(t.low, "-")[0]] == 0 {
			continue
		}
		if f, end, ok := r.figure(s, i); ok {
			if r.isCount(f.Found) {
				i = end - 1
				continue
			}
			f.AsOf = r.asOf(s, i, end)
			r.facts.Figures = append(r.facts.Figures, f)
			i = end - 1
		}
	}
}

// isCount reports whether those who came were counted by the same words.
func (r *reader) isCount(f Found) bool {
	if r.event < 0 {
		return false
	}
	for _, c := range r.facts.Events[r.event].Counts {
		if c.At.Block == f.At.Block && c.At.From == f.At.From {
			return true
		}
	}
	return false
}

func (r *reader) figure(s *sentence, i int) (Figure, int, bool) {
	value, j := "", i+1
	if t := s.tok(i); t.kind == number {
		value = strings.ReplaceAll(t.text, ",", "")
	}
	if n, k, ok := s.numberAt(i); ok {
		value, j = strconv.Itoa(n), k
	} else if _, err := strconv.ParseFloat(value, 64); err != nil {
		return Figure{}, 0, false
	}
	if prev := s.tok(i - 1); prev.is("convention", "conventions", "no.", "no", "article", "section", "number", "recommendation", "recommendations", "goal", "phase", "and") && !(prev.is("and")) || prev.kind == number || prev.is("/", "-") && s.tok(i-2).kind == number {
		return Figure{}, 0, false
	}
	qualifier, start := s.qualified(i)
	if qualifier == "over" && (strings.HasSuffix(s.tok(start-1).low, "ed") || s.tok(start-1).is("took", "take", "went", "gave")) {
		qualifier, start = "", i // "handed over 11,800 signatures"
	}
	f := Figure{Qualifier: strings.ToLower(qualifier), Value: value}
	make := func(unit string, end int, sure Sureness) (Figure, int, bool) {
		f.Unit, f.Found = unit, s.found(start, end, sure)
		return f, end, true
	}
	large := false
	if n, err := strconv.ParseFloat(value, 64); err == nil {
		large = n >= 1000 && !(n >= 1800 && n <= 2100 && s.tok(i).kind == number && !strings.Contains(s.tok(i).text, ",")) && !(n >= 2500 && n < 2600 && !strings.Contains(s.tok(i).text, ","))
	}
	if s.tok(j).is("million", "billion", "thousand") && s.tok(i).kind == number {
		f.Value = value + " " + s.tok(j).low
		j++
		large = true
	}
	switch next := s.tok(j); {
	case next.is("%"), next.is("percent"), next.is("per") && s.tok(j+1).is("cent"):
		if next.is("per") {
			j++
		}
		j++
		unit := "%"
		if s.tok(j).is("of", "less", "more") {
			if end := r.unit(s, j+1, 7); end > j+1 {
				if s.tok(j+1).is("those") && s.tok(end).is("to") { // "of those going to Taiwan"
					if _, after, ok := find(s, end+1, r.gaz.places); ok {
						end = after
					}
				}
				return make("% "+clean(s.words(j, end)), end, 0.9)
			}
		}
		return make(unit, j, 0.6) // of what, the text leaves to what stands around
	case next.is("of", "out") && (s.tok(j+1).is("the", "of") || s.tok(j+1).kind == number) && s.tok(i).kind == number:
		k := j + 1
		for s.tok(k).is("of", "the") {
			k++
		}
		if n, after, ok := s.numberAt(k); ok && s.tok(k).kind == number {
			if end := r.unit(s, after, 6); end > after {
				f.Of = strconv.Itoa(n)
				return make(clean(s.words(after, end)), end, 0.85)
			}
		}
		return Figure{}, 0, false
	}
	if n, k, ok := s.rangeFrom(i, j); ok {
		f.Value = value + "–" + strconv.Itoa(n)
		if s.tok(i - 1).is("between") {
			f.Qualifier, start = "between", i-1
		}
		if cur := currencies[s.tok(k).low]; cur != "" {
			return make(cur, k+1, 0.85)
		}
		if end := r.unit(s, k, 6); f.Qualifier == "between" && end > k && strings.HasSuffix(s.tok(k).low, "s") {
			return make(clean(s.words(k, end)), end, 0.8) // "between 11 and 17 months"
		}
		return Figure{}, 0, false
	}
	if s.tok(j).is("us") && s.tok(j+1).is("dollars", "dollar") {
		return make("USD", j+2, 0.7)
	}
	if cur := currencies[s.tok(j).low]; cur != "" {
		return make(cur, j+1, 0.7)
	}
	if cur := currencies[s.tok(i-1).low]; cur != "" {
		start = min(start, i-1)
		f.Qualifier, start = s.qualified(i - 1)
		return make(cur, j, 0.7)
	}
	if large {
		if end := s.andOthers(r.unit(s, j, 6)); end > j {
			return make(clean(s.words(j, end)), end, 0.85)
		}
	}
	return Figure{}, 0, false
}

// rangeFrom reads the second number of a range, the first of which ends at token
// j: "40 to 60", "between 11 and 17". A year is no part of one.
func (s *sentence) rangeFrom(i, j int) (n, k int, ok bool) {
	if s.tok(i).kind != number || !s.tok(j).is("to", "-", "–") && !(s.tok(j).is("and") && s.tok(i-1).is("between")) {
		return 0, 0, false
	}
	if y, _, is := s.year(i); is && y > 1900 && s.tok(i-1).is("in", "since", "from", "of") {
		return 0, 0, false // "1,200 USD in 2016 to 3,050 USD in 2021"
	}
	if s.tok(j+1).kind != number {
		return 0, 0, false
	}
	if n, k, ok = s.numberAt(j + 1); !ok || months[s.tok(k).low] != 0 || s.tok(k).is("%") {
		return 0, 0, false
	}
	if first, _, whole := s.numberAt(i); !whole || n <= first || s.tok(k).is("us") {
		return 0, 0, false
	}
	return n, k, currencies[s.tok(k).low] != "" || s.tok(i-1).is("between")
}

// andOthers returns where those end who were counted together up to token end:
// "migrant women and men".
func (s *sentence) andOthers(end int) int {
	if s.tok(end).is("and") && s.tok(end-1).kind == word && peopleNouns[s.tok(end-1).low] {
		for k := end + 1; k < end+3; k++ {
			if t := s.tok(k); t.kind == word && peopleNouns[t.low] {
				return k + 1
			}
		}
	}
	return end
}

// unit returns the end of the noun phrase that says what was counted.
func (r *reader) unit(s *sentence, i, within int) int {
	j := i
	for j < len(s.toks) && j < i+within {
		t := s.tok(j)
		if t.kind != word || !latin(t.text) || strings.Contains(s.block.Text[s.tok(j-1).to:t.from], "\n") || t.is("px", "pixels", "em", "pt") || t.is("who", "which", "that", "in", "by", "are", "were", "is", "was", "have", "has", "had", "to", "on", "at", "with", "and", "or", "as", "will", "per", "since", "every", "each", "currently", "of", "between", "during", "under", "through") || saying[t.low] && !t.upper && j > i || t.low == "working" || t.low == "living" || t.low == "employed" {
			break
		}
		if t.is("from", "for", "into") || j > i && peopleNouns[s.tok(j-1).low] && !t.upper && !peopleNouns[t.low] && !strings.HasSuffix(t.low, "s") {
			break // "2.5 million migrants work in …"
		}
		j++
	}
	return j
}

// asOf returns the day that a sentence gives for a figure: the first that
// stands behind it, else the last before it in the same breath.
func (r *reader) asOf(s *sentence, from, to int) sala.Day {
	for _, d := range s.dates {
		if d.i >= to && !d.noYear {
			return d.span.From
		}
	}
	for k := to; k+1 < len(s.toks) && k < to+14; k++ {
		if s.tok(k).is("by", "in", "since", "until", "for") {
			if y, _, ok := s.year(k + 1); ok {
				return sala.Day{Year: y}
			}
		}
	}
	for k := from - 1; k > 0 && k > from-14; k-- {
		if y, _, ok := s.year(k); ok && s.tok(k-1).is("in", "by", "early", "of", "since", "until") {
			return sala.Day{Year: y}
		}
	}
	return sala.Day{}
}
