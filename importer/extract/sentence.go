package extract

import "strings"

// A sentence is a stretch of one block, with its tokens.
type sentence struct {
	block *Block
	at    int // which block of the text, -1 for the title
	nth   int // which sentence of the block
	toks  []token
	quote map[int]int // from an opening quotation mark to the closing one

	orgs    map[int]orgMention
	persons []personMention
	dates   []dateMention

	cast     bool // somebody is named without an honorific
	listed   bool // a line below "Speakers:"
	start    int  // the token behind the hour of a programme
	dateline int  // the token behind "Bangkok, 2 May 2013 –", 0 if there is none
}

// longest bounds a sentence, in tokens: rules look from one word of a sentence
// to another, so what goes on without a full stop is cut. No sentence of prose
// is half as long.
const longest = 240

// sentences parts a block. A stop within quotation marks ends nothing.
func sentences(b *Block, at int) []*sentence {
	toks := tokens(b.Text)
	var out []*sentence
	start := 0
	end := func(j int) {
		for j > start {
			k := min(j, start+longest)
			s := &sentence{block: b, at: at, nth: len(out), toks: toks[start:k]}
			s.quote = quotes(s.toks)
			out = append(out, s)
			start = k
		}
	}
	closing := quotes(toks)
	for i := 0; i < len(toks); i++ {
		if c, ok := closing[i]; ok && !strings.ContainsAny(toks[i].text, "\n") {
			i = c
			if i+1 < len(toks) && toks[i-1].is(".", "!", "?") && toks[i+1].upper && toks[i+1].kind == word && speaks(toks[start:i]) {
				end(i + 1)
			}
			continue
		}
		if toks[i].is(";") && tellsNext(toks[i+1:]) {
			end(i + 1)
			continue
		}
		if !toks[i].is(".", "!", "?", "။", "。") || toks[i].kind != mark {
			continue
		}
		j := i + 1
		for j < len(toks) && toks[j].is("”", "\"", "’", ")", "]", ".") {
			j++
		}
		if j == i+1 && j < len(toks) && toks[j].is(",", ";") {
			continue // "from 4 p.m., at the hotel"
		}
		if j >= len(toks) || toks[j].upper || toks[j].kind != word {
			end(j)
			i = j - 1
		}
	}
	end(len(toks))
	return out
}

// tellsNext reports whether what follows a semicolon begins with a day that is
// told from the one before it: it tells of something else.
func tellsNext(toks []token) bool {
	if len(toks) > 0 && toks[0].is("on", "and") {
		toks = toks[1:]
	}
	if len(toks) < 4 {
		return false
	}
	if toks[0].is("the") && toks[1].is("following", "next") && toks[2].is("day", "morning", "evening", "afternoon") {
		return true
	}
	if _, ok := weekdays[toks[0].low]; ok && toks[0].upper {
		return true
	}
	return toks[1].is("day", "days", "week", "weeks") && toks[2].is("later", "earlier")
}

// speaks reports whether a stretch is one that a quotation ends.
func speaks(toks []token) bool {
	for i := range toks {
		if saying[toks[i].low] {
			return true
		}
	}
	return false
}

// widest bounds a quotation, in tokens: a mark that is never closed must not
// swallow the rest.
const widest = 60

// quotes finds which quotation mark closes which.
func quotes(toks []token) map[int]int {
	var m map[int]int
	note := func(i, j int) {
		if m == nil {
			m = map[int]int{}
		}
		m[i] = j
	}
	open, closes := -1, ""
	for i := range toks {
		if toks[i].kind != mark {
			continue
		}
		switch {
		case open >= 0 && i-open > widest:
			open = -1
		case open >= 0 && toks[i].text == closes:
			note(open, i)
			open = -1
			continue
		}
		if open >= 0 {
			continue
		}
		switch toks[i].text {
		case "“":
			open, closes = i, "”"
		case "\"":
			open, closes = i, "\""
		case "‘":
			open, closes = i, "’"
		case "«":
			open, closes = i, "»"
		}
	}
	return m
}

func (s *sentence) tok(i int) *token {
	if i < 0 || i >= len(s.toks) {
		return &nothing
	}
	return &s.toks[i]
}

var nothing = token{kind: mark}

// words returns the text of tokens i to j.
func (s *sentence) words(i, j int) string {
	if i < 0 || j > len(s.toks) || i >= j {
		return ""
	}
	return s.block.Text[s.toks[i].from:s.toks[j-1].to]
}

// passage returns the place of tokens i to j.
func (s *sentence) passage(i, j int) Passage {
	if i < 0 || j > len(s.toks) || i >= j {
		return Passage{Block: s.block.ID}
	}
	from, to := s.toks[i].from, s.toks[j-1].to
	return Passage{Block: s.block.ID, From: from, To: to, Words: s.block.Text[from:to]}
}

func (s *sentence) found(i, j int, sure Sureness) Found { return Found{s.passage(i, j), sure} }

// said returns tokens i to j as words.
func (s *sentence) said(i, j int, sure Sureness) Said {
	return Said{s.found(i, j, sure), s.words(i, j)}
}

// follows reports whether the words of phrase stand from token i on, and
// where they end.
func (s *sentence) follows(i int, phrase string) (int, bool) {
	for _, w := range strings.Fields(phrase) {
		if i >= len(s.toks) || s.toks[i].low != w {
			return i, false
		}
		i++
	}
	return i, true
}

// oneOf is follows for the first of several phrases that stands there.
func (s *sentence) oneOf(i int, phrases []string) (int, bool) {
	for _, p := range phrases {
		if j, ok := s.follows(i, p); ok {
			return j, true
		}
	}
	return i, false
}

// allOf reports whether every one of tokens i to j is one of the words.
func (s *sentence) allOf(i, j int, words map[string]bool) bool {
	for k := i; k < j; k++ {
		if !words[s.tok(k).low] {
			return false
		}
	}
	return j > i
}

// has reports whether one of the words stands between tokens i and j.
func (s *sentence) has(i, j int, words map[string]bool) bool {
	for k := max(i, 0); k < j && k < len(s.toks); k++ {
		if words[s.toks[k].low] {
			return true
		}
	}
	return false
}
