package search

import (
	"sala/script"
)

// A feature is one sort of evidence that a text and a question have something
// in common. What each is worth is in rank.go.
type feature uint8

const (
	alphaWord   feature = iota // a word of an alphabet
	alphaFold                  // the same without its marks: Vietnamese typed plainly
	alphaTri                   // three letters of it: other forms, misspellings, compounds
	sylWord                    // a word of Thai, Lao, Khmer or Burmese, by dictionary
	sylUnit                    // a syllable or cluster
	sylPair                    // two of them: what the dictionary does not know
	hanUnit                    // a Chinese character
	hanPair                    // two characters, or a character and a kana
	hanTri                     // three
	kanaWord                   // a run of kana
	kanaUnit                   // a kana
	kanaPair                   // two
	wordPair                   // two words that follow each other: phrases
	alphaNumber                // a number
	alphaQuad                  // four letters of a word: what a long word is made of
	features
)

// A class is what a feature is counted against: a text is long in the script
// it is written in.
type class uint8

const (
	inAlphabet class = iota
	inSyllables
	inHan
	inKana
	classes
)

// A token is one piece of evidence in a text. Its key stands for it in the
// index: 32 bits of a hash, so that no token costs more than its places do.
type token struct {
	key     uint32
	feature feature
	class   class
	parts   [2]uint32 // of a pair: the keys of its two halves, if asked for
	from    int       // in the normalised text, in bytes; only words have a place
	to      int
}

// longWord is how many bytes of one word are looked at. A longer one is no
// word; its beginning finds it.
const longWord = 192

const (
	fnvSeed  = 2166136261
	fnvPrime = 16777619
)

func key(f feature, parts ...string) uint32 {
	h := (uint32(fnvSeed) ^ uint32(f)) * fnvPrime
	for i, s := range parts {
		if i > 0 {
			h = (h ^ ' ') * fnvPrime
		}
		for j := 0; j < len(s); j++ {
			h = (h ^ uint32(s[j])) * fnvPrime
		}
	}
	h ^= h >> 15 // FNV leaves its high bits alike for short texts
	h *= 2246822519
	h ^= h >> 13
	return h
}

// A tokenizer cuts texts into tokens. It is not for two goroutines at once.
type tokenizer struct {
	words  []script.Word
	units  []script.Unit
	tokens []token
	runes  []int
	four   bool // cut words of an alphabet into four letters as well: see inFours
	parted bool // say what pairs are made of
}

// text returns the tokens of a normalised text; they are good until the next
// call.
func (t *tokenizer) text(n string) []token {
	t.tokens = t.tokens[:0]
	t.words = script.AppendWords(t.words[:0], n)
	before := ""
	var beforeClass class
	beforeKey := uint32(0)
	for _, w := range t.words {
		if w.Kind == script.Separator {
			if c := n[w.From]; c != ' ' && c != '\'' && c != '-' && c != '"' {
				before = ""
			}
			continue
		}
		s := n[w.From:w.To]
		if len(s) > longWord {
			s = s[:longWord]
		}
		c, first := inAlphabet, len(t.tokens)
		switch w.Kind {
		case script.Syllabic:
			c = inSyllables
			t.add(sylWord, c, w.From, w.To, s)
		case script.KanaKind:
			c = inKana
			t.add(kanaWord, c, w.From, w.To, s)
		case script.Ideograph:
			c = inHan
			t.add(hanUnit, c, w.From, w.To, s)
		case script.Number:
			t.add(alphaNumber, c, w.From, w.To, s)
		default:
			t.alphabetic(w, s)
		}
		if before != "" && !(w.Kind == script.Ideograph && beforeClass == inHan) { // two characters are a hanPair already
			t.add(wordPair, max(c, beforeClass), 0, 0, before, s)
			t.part(beforeKey, t.tokens[first].key)
		}
		before, beforeClass, beforeKey = s, c, t.tokens[first].key
	}
	t.units = script.AppendUnits(t.units[:0], n)
	for i, u := range t.units {
		c, single, double := inSyllables, sylUnit, sylPair
		switch u.Kind {
		case script.Syllabic:
		case script.Ideograph:
			c, single, double = inHan, hanUnit, hanPair
		case script.KanaKind:
			c, single, double = inKana, kanaUnit, kanaPair
		default:
			continue
		}
		if single != hanUnit { // that is a word, and there already
			t.add(single, c, u.From, u.To, n[u.From:u.To])
		}
		if i+1 == len(t.units) || !unspaced(t.units[i+1].Kind) {
			continue
		}
		next := t.units[i+1]
		if c == inKana && next.Kind != script.KanaKind {
			c, double = inHan, hanPair
		}
		t.add(double, c, u.From, next.To, n[u.From:next.To])
		if t.parted {
			t.part(key(single, n[u.From:u.To]), key(singleOf(next.Kind), n[next.From:next.To]))
		}
		if c != inSyllables && i+2 < len(t.units) && unspaced(t.units[i+2].Kind) {
			t.add(hanTri, inHan, u.From, t.units[i+2].To, n[u.From:t.units[i+2].To])
		}
	}
	return t.tokens
}

func unspaced(k script.Kind) bool {
	return k == script.Syllabic || k == script.Ideograph || k == script.KanaKind
}

func (t *tokenizer) add(f feature, c class, from, to int, parts ...string) {
	t.tokens = append(t.tokens, token{key: key(f, parts...), feature: f, class: c, from: from, to: to})
}

// part says what the pair that was added last is made of.
func (t *tokenizer) part(one, other uint32) {
	if t.parted {
		t.tokens[len(t.tokens)-1].parts = [2]uint32{one, other}
	}
}

// singleOf returns what a unit is as a token.
func singleOf(k script.Kind) feature {
	switch k {
	case script.Ideograph:
		return hanUnit
	case script.KanaKind:
		return kanaUnit
	}
	return sylUnit
}

// alphabetic adds a word of an alphabet in every form in which it may be
// asked for.
func (t *tokenizer) alphabetic(w script.Word, s string) {
	t.add(alphaWord, inAlphabet, w.From, w.To, s)
	plain := script.FoldDiacritics(s)
	t.add(alphaFold, inAlphabet, 0, 0, plain)
	t.runes = t.runes[:0]
	for i := range plain {
		t.runes = append(t.runes, i)
	}
	t.runes = append(t.runes, len(plain))
	letters := len(t.runes) - 1
	if letters < 3 {
		return
	}
	t.add(alphaTri, inAlphabet, 0, 0, "^", plain[:t.runes[2]])
	for i := 0; i+3 <= letters; i++ {
		t.add(alphaTri, inAlphabet, 0, 0, plain[t.runes[i]:t.runes[i+3]])
	}
	t.add(alphaTri, inAlphabet, 0, 0, plain[t.runes[letters-2]:], "$")
	if !t.four || letters < 4 {
		return
	}
	t.add(alphaQuad, inAlphabet, 0, 0, "^", plain[:t.runes[3]])
	for i := 0; i+4 <= letters; i++ {
		t.add(alphaQuad, inAlphabet, 0, 0, plain[t.runes[i]:t.runes[i+4]])
	}
	t.add(alphaQuad, inAlphabet, 0, 0, plain[t.runes[letters-3]:], "$")
}
