package glossary

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"sala/script"
)

// small are the words that stay small inside an English name.
var small = map[string]bool{
	"of": true, "the": true, "and": true, "for": true, "in": true, "on": true, "to": true, "against": true, "with": true, "a": true, "an": true, "from": true,
}

// bodies end the names of laws, bodies, schemes and publications.
var bodies = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`act bill law code ordinance decree regulation regulations rules convention protocol treaty agreement
		ministry department office bureau agency authority board council committee commission court tribunal foundation network association union
		alliance coalition federation society trust fund institute centre center group party international program programme scheme visa permit pass
		report survey index review handbook guidelines principles rapporteur day week`) {
		set[w] = true
	}
	return set
}()

// A word is a word of a passage.
type word struct {
	span
	first bool // of its sentence
}

// longName is how many words of a name are looked at on each side.
const longName = 12

// name reports whether the stretch [from, to) of an English or Vietnamese text
// is part of a name of several words, such as the title of a law: its own
// words are capitalised and so is one beside them. Where everything is
// capitalised, as in a heading, that says nothing, and only what ends as names
// of laws and bodies do is one.
func name(text string, words []word, shouting bool, from, to int) bool {
	first := sort.Search(len(words), func(i int) bool { return words[i].to > from })
	last := sort.Search(len(words), func(i int) bool { return words[i].from >= to }) - 1
	if last < first {
		return false
	}
	capital := 0
	for _, w := range words[first : last+1] {
		s := text[w.from:w.to]
		if small[s] {
			continue
		}
		if !capitalised(s) {
			return false
		}
		capital++
	}
	begin, end := first, last
	for begin > 0 && first-begin < longName && !words[begin].first && beside(text, words[begin-1], words[begin]) && inName(text, words[begin-1]) {
		begin--
	}
	for end+1 < len(words) && end-last < longName && !words[end+1].first && beside(text, words[end], words[end+1]) && inName(text, words[end+1]) {
		end++
	}
	for begin < first && small[text[words[begin].from:words[begin].to]] {
		begin++
	}
	for end > last && small[text[words[end].from:words[end].to]] {
		end--
	}
	for _, w := range words[begin : end+1] {
		if w.from >= from && w.to <= to {
			continue
		}
		if bodies[strings.ToLower(text[w.from:w.to])] {
			return true
		}
	}
	if shouting {
		return false
	}
	if capital >= 2 && !words[first].first {
		return true // "a Foreign Domestic Helper"
	}
	around := 0
	for i := begin; i <= end; i++ {
		s := text[words[i].from:words[i].to]
		if (i < first || i > last) && !small[s] && !(words[i].first && i < first) {
			around++
		}
	}
	if words[first].first { // its capital is that of the sentence
		capital--
		if first == last && end > last && small[text[words[last+1].from:words[last+1].to]] {
			return false // "Maids in Hong Kong"
		}
	}
	return around >= 2 || around == 1 && capital >= 1 && first < last || around == 1 && !words[first].first
}

// capitalised reports whether a word begins with a capital; numbers pass.
func capitalised(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

func inName(text string, w word) bool {
	s := text[w.from:w.to]
	return small[s] || capitalised(s)
}

// beside reports whether only what may stand inside a name is between two
// words.
func beside(text string, a, b word) bool {
	switch strings.TrimSpace(text[a.to:b.from]) {
	case "", "-", "–", "’", "'", "&", "(", ")":
		return true
	}
	return false
}

// wordsOf returns the words of a text in an alphabet, and whether most of
// them are capitalised.
func wordsOf(text string) (words []word, shouting bool) {
	units := script.AppendUnits(nil, text)
	first := true
	long, capital := 0, 0
	for i, u := range units {
		s := text[u.From:u.To]
		if u.Kind == script.Alphabetic || u.Kind == script.Number {
			words = append(words, word{span{u.From, u.To}, first})
			if !first && len(s) >= 4 && u.Kind == script.Alphabetic {
				long++
				if capitalised(s) {
					capital++
				}
			}
			first = false
			continue
		}
		switch s {
		case ".":
			// "U.S.", "Mr. X" and "no. 4" do not end a sentence for our purpose if
			// the word before is short and capitalised, or no space follows.
			before := ""
			if n := len(words); n > 0 {
				before = text[words[n-1].from:words[n-1].to]
			}
			if i+1 == len(units) || spaced(text[units[i+1].From:]) && !(len(before) <= 3 && capitalised(before)) {
				first = true
			}
		case "!", "?", "\n", "•", "“", "\"", ":", "—":
			first = true
		}
	}
	return words, long >= 3 && capital*5 >= long*4
}

// spaced reports whether a text begins with white space.
func spaced(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}
