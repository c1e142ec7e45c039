package extract

import (
	"strconv"
	"strings"
)

var numberWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
	"forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var scales = map[string]int{"hundred": 100, "thousand": 1000, "million": 1000000, "billion": 1000000000}

// numberAt reads a number in digits or words from token i on.
func (s *sentence) numberAt(i int) (n, j int, ok bool) {
	t := s.tok(i)
	if t.kind == number {
		plain := strings.ReplaceAll(t.text, ",", "")
		n, err := strconv.Atoi(plain)
		if err != nil || !thousands(t.text) {
			return 0, i, false
		}
		j = i + 1
		if scale, is := scales[s.tok(j).low]; is && n < 1000000 {
			return n * scale, j + 1, true
		}
		return n, j, true
	}
	total, part, used := 0, 0, false
	j = i
	for ; j-i < 8; j++ {
		t := s.tok(j)
		if t.kind != word {
			break
		}
		if t.is("and") && used && part >= 100 && numberWords[s.tok(j+1).low] > 0 {
			continue
		}
		if t.is("a") && !used && scales[s.tok(j+1).low] > 0 {
			part, used = 1, true
			continue
		}
		if scale, is := scales[t.low]; is && used {
			if scale == 100 {
				part *= 100
			} else {
				total, part = total+part*scale, 0
			}
			continue
		}
		n := 0
		for _, w := range strings.Split(t.low, "-") {
			if numberWords[w] == 0 {
				n = 0
				break
			}
			n += numberWords[w]
		}
		if n == 0 {
			break
		}
		if used && part%100 != 0 && part%10 != 0 {
			break
		}
		part, used = part+n, true
	}
	return total + part, j, used
}

// thousands reports whether the commas of a number part thousands.
func thousands(s string) bool {
	parts := strings.Split(s, ",")
	for i, p := range parts {
		if i > 0 && len(p) != 3 || strings.Contains(p, ".") {
			return false
		}
	}
	return true
}

// qualifiers are what may stand before a number, longest first.
var qualifiers = []string{
	"no fewer than", "no less than", "more than", "less than", "fewer than", "not less than", "as many as", "up to", "upwards of", "at least", "close to", "an estimated", "a total of",
	"in excess of", "on average", "over", "approximately", "approx.", "around", "about", "nearly", "almost", "some", "roughly", "upwards", "above", "under", "circa", "exactly", "only", "estimated",
}

// qualified returns the qualifier that ends right before token i, and where it
// begins.
func (s *sentence) qualified(i int) (string, int) {
	for _, q := range qualifiers {
		words := strings.Fields(q)
		if start := i - len(words); start >= 0 {
			if _, ok := s.follows(start, q); ok {
				if q == "a total of" {
					return "", start
				}
				return q, start
			}
		}
	}
	return "", i
}
