package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sala/script"
)

// A Piece is a stretch of a snippet; a marked one says what was asked for.
type Piece struct {
	Text   string
	Marked bool
}

// snippetLetters is about how long a snippet is, and leadLetters how much of
// it may stand before the first marked word.
const (
	snippetLetters = 220
	leadLetters    = 55
)

// A text is looked at in blocks, so that a book costs no more than a chapter:
// the first of them until one says everything, then those around some places
// where a word stands as it was typed.
const (
	blockBytes  = 8 << 10
	blocks      = 5
	blocksOnto  = 4
	longestWord = 60 // letters; a longer one may be cut
)

// Snippet returns the stretch of a plain text that says most of what was
// asked: see [Marker.Snippet].
func Snippet(text, question string) []Piece { return NewMarker(question).Snippet(text) }

// Snippet returns the stretch of a plain text that says most of what was
// asked, cut between words, with the words marked. Other pieces than the first
// and the last, which may be "… " and " …", make one stretch of the text, its
// white space made single spaces. It is the beginning of the text if nothing
// that was looked at is a word of the question.
func (m *Marker) Snippet(text string) []Piece {
	var best *stretch
	better := func(s *stretch) bool {
		if best == nil || s.score > best.score {
			best = s
		}
		return best.score >= m.full
	}
	at := 0
	for n := 0; n < blocks && (at < len(text) || best == nil); n++ {
		to := blockEnd(text, at)
		if better(m.look(text, at, to)) {
			return best.pieces()
		}
		at = to
	}
	for _, at := range m.onward(text, at) {
		if better(m.look(text, at, blockEnd(text, at))) {
			break
		}
	}
	return best.pieces()
}

// Title returns a whole title with the words of the question marked.
func (m *Marker) Title(title string) []Piece {
	s := m.read(title)
	s.to = len(s.words)
	return s.pieces()
}

// blockEnd returns where the block that begins at a place ends: at white
// space, or where one unit of writing ends and the next begins.
func blockEnd(text string, at int) int {
	if len(text)-at <= blockBytes {
		return len(text)
	}
	block := text[at : at+blockBytes]
	if i := strings.LastIndexAny(block, " \n\t"); i > blockBytes/2 {
		return at + i + 1
	}
	units := script.AppendUnits(nil, block)
	if len(units) > 1 {
		return at + units[len(units)-1].From
	}
	for i := blockBytes; i > blockBytes/2; i-- { // one endless word
		if cuttable(text, at+i) {
			return at + i
		}
	}
	to := at + blockBytes
	for !utf8.RuneStart(text[to]) && to > at+1 {
		to--
	}
	return to
}

// cuttable reports whether an endless word may be cut at a place: not within
// a letter or before its marks.
func cuttable(text string, i int) bool {
	if i <= 0 || i >= len(text) || !utf8.RuneStart(text[i]) {
		return i == 0 || i == len(text)
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	return !unicode.Is(unicode.M, r) && r != 0x200d && before != 0x200d
}

// onward returns where blocks begin, behind a place, that hold a word of the
// question as it was typed.
func (m *Marker) onward(text string, at int) []int {
	if at >= len(text) {
		return nil
	}
	var begins []int
	for _, needle := range m.needles {
		if len(begins) >= blocksOnto {
			break
		}
		from := at
		if len(begins) > 0 {
			from = begins[len(begins)-1] + blockBytes/2
		}
		if from >= len(text) {
			break
		}
		i := strings.Index(text[from:], needle)
		if i < 0 {
			continue
		}
		// Behind white space a word begins for certain.
		near := max(at, from+i-blockBytes/4)
		if space := strings.LastIndexAny(text[near:from+i], " \n\t"); space >= 0 {
			lead := strings.IndexAny(text[near:from+i], " \n\t")
			begins = append(begins, near+lead+1)
		} else if near == at {
			begins = append(begins, at)
		}
	}
	return begins
}

// A stretch is a part of a text with what a snippet of it would be.
type stretch struct {
	text     string
	words    []script.Word
	inner    []bool // of each: it goes on a word that was parted
	marked   []bool
	from, to int // the words of the snippet
	score    int
	before   bool // there is text before it
	after    bool
}

// look reads a block and finds the best window of it.
func (m *Marker) look(text string, at, to int) *stretch {
	s := m.read(text[at:to])
	s.before, s.after = strings.TrimSpace(text[:min(at, 64)]) != "" || at > 64, to < len(text)
	s.window(m)
	return s
}

// read cuts a text into words and marks them.
func (m *Marker) read(text string) *stretch {
	s := &stretch{text: strings.Join(strings.Fields(text), " ")}
	for _, w := range script.AppendWords(nil, s.text) {
		s.words = appendParted(s.words, s.text, w)
		s.inner = append(s.inner, false)
		for len(s.inner) < len(s.words) {
			s.inner = append(s.inner, true)
		}
	}
	s.marked = make([]bool, len(s.words))
	if !m.empty() {
		m.mark(s)
	}
	return s
}

// appendParted appends a word: in syllables if no dictionary knows it, so that
// what was asked for is marked within it; in parts if it is endless.
func appendParted(dst []script.Word, text string, w script.Word) []script.Word {
	part := w
	if w.Kind == script.Syllabic && !w.Known {
		for _, u := range script.AppendUnits(nil, text[w.From:w.To]) {
			part.From, part.To = w.From+u.From, w.From+u.To
			dst = append(dst, part)
		}
		return dst
	}
	if w.To-w.From <= longestWord || utf8.RuneCountInString(text[w.From:w.To]) <= longestWord {
		return append(dst, w)
	}
	last := w.From
	for i := w.From + 1; i <= w.To; i++ {
		if i < w.To && !cuttable(text, i) {
			continue
		}
		if i-part.From > longestWord && last > part.From {
			part.To = last
			dst = append(dst, part)
			part.From = last
		}
		last = i
	}
	part.To = w.To
	return append(dst, part)
}

// window finds the words from which and up to which a snippet goes: where
// most different words of the question are close together, from some words
// before the first of them, back to where a sentence begins if that is near.
func (s *stretch) window(m *Marker) {
	letters := make([]int, len(s.words)+1)
	for i, w := range s.words {
		letters[i+1] = letters[i] + utf8.RuneCountInString(s.text[w.From:w.To])
	}
	first := -1
	seen := map[string]int{}
	score, j := 0, 0
	for i := range s.words {
		if !s.marked[i] {
			j = max(j, i+1)
			continue
		}
		for j = max(j, i); j < len(s.words) && (j == i || letters[j+1]-letters[i] <= snippetLetters-leadLetters); j++ {
			if s.marked[j] {
				word := m.form(s.text[s.words[j].From:s.words[j].To])
				if seen[word]++; seen[word] == 1 {
					score += distinct
				} else {
					score++
				}
			}
		}
		if score > s.score {
			s.score, first = score, i
		}
		word := m.form(s.text[s.words[i].From:s.words[i].To])
		if seen[word]--; seen[word] == 0 {
			score -= distinct
		} else {
			score--
		}
	}
	first = max(first, 0)
	s.from = first
	for s.from > 0 && letters[first]-letters[s.from-1] <= leadLetters {
		s.from--
		if w := s.words[s.from]; strings.ContainsAny(s.text[w.From:w.To], ".!?။។。") {
			s.from++
			break
		}
	}
	for s.from < first && (s.inner[s.from] || s.words[s.from].Kind == script.Separator) {
		s.from++
	}
	s.to = s.from
	for s.to < len(s.words) && letters[s.to+1]-letters[s.from] <= snippetLetters {
		s.to++
	}
	for to := s.to; to > s.from && to < len(s.words); to-- {
		if !s.inner[to] {
			s.to = to
			break
		}
	}
	for s.to > s.from && s.to < len(s.words) && s.text[s.words[s.to-1].From:s.words[s.to-1].To] == " " {
		s.to--
	}
	s.to = max(s.to, min(s.from+1, len(s.words)))
}

// distinct is what a word of the question is worth that a window says for the
// first time; once more is worth 1.
const distinct = 1000

func (s *stretch) pieces() []Piece {
	var out []Piece
	if s.from > 0 || s.before {
		out = append(out, Piece{"… ", false})
	}
	begun := len(out)
	for i := s.from; i < s.to; i++ {
		word := s.text[s.words[i].From:s.words[i].To]
		space := s.words[i].Kind == script.Separator && i+1 < s.to && i > s.from && s.marked[i-1] && s.marked[i+1]
		if last := len(out) - 1; last >= begun && out[last].Marked == (s.marked[i] || space) {
			out[last].Text += word
			continue
		}
		out = append(out, Piece{word, s.marked[i] || space})
	}
	if s.to < len(s.words) || s.after {
		out = append(out, Piece{" …", false})
	}
	return out
}
