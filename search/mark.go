package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sala/script"
)

// A Marker knows what a question asks for and marks it in texts. It is for
// one goroutine.
type Marker struct {
	words   map[string]bool
	plain   map[string]bool // typed without marks: any marks will do
	begin   []string
	whole   []string // phrases
	parts   []string // of unspaced scripts: as they stand, and in twos
	needles []string // words as they may be written
	full    int      // the score of a window that says everything
	said    map[string]answer
}

// An answer is what is known of one word as a text writes it.
type answer struct {
	form  string // normalised
	asked bool
}

// partsLimit is how many parts of a question are looked for across words.
const partsLimit = 64

// NewMarker returns what marks the words of a question. A question that is too
// long to be asked marks nothing.
func NewMarker(question string) *Marker {
	m := &Marker{words: map[string]bool{}, plain: map[string]bool{}, said: map[string]answer{}}
	if len(question) > MaxQuestion {
		return m
	}
	p := parse(question)
	m.begin, m.whole = p.prefix, p.whole
	for _, w := range script.AppendWords(nil, p.words) {
		s := p.words[w.From:w.To]
		switch w.Kind {
		case script.Separator, script.Ideograph, script.KanaKind:
			continue
		case script.Alphabetic:
			if script.FoldDiacritics(s) == s {
				m.plain[s] = true
			}
		}
		if !m.words[s] {
			m.words[s] = true
			m.full += distinct
			m.needle(s)
			if w.Kind == script.Syllabic && !w.Known {
				m.part(s)
			}
		}
	}
	for _, b := range m.begin {
		m.full += distinct
		m.needle(b)
	}
	for part := range strings.FieldsSeq(p.words) {
		if r, _ := utf8.DecodeRuneInString(part); !script.Of(r).Unspaced() {
			continue
		}
		m.part(part)
		units := script.AppendUnits(nil, part)
		for i := 0; i+1 < len(units); i++ {
			if units[i].Kind == script.Ideograph && units[i+1].Kind == script.Ideograph {
				m.part(part[units[i].From:units[i+1].To])
			}
		}
	}
	m.full = max(m.full, distinct)
	return m
}

func (m *Marker) part(s string) {
	if len(m.parts) < partsLimit {
		m.parts = append(m.parts, s)
		m.needle(s)
	}
}

// needle adds a word as it may be written: small, or with a great letter.
func (m *Marker) needle(s string) {
	if len(m.needles) >= 2*blocks {
		return
	}
	m.needles = append(m.needles, s)
	r, size := utf8.DecodeRuneInString(s)
	if great := unicode.ToTitle(r); great != r {
		m.needles = append(m.needles, string(great)+s[size:])
	}
}

func (m *Marker) empty() bool { return len(m.words)+len(m.begin)+len(m.parts) == 0 }

// answer returns what is known of a word as a text writes it.
func (m *Marker) answer(word string) answer {
	a, had := m.said[word]
	if had {
		return a
	}
	n := script.Normalize(word)
	a = answer{n, m.words[n] || m.words[n+"s"] || m.words[strings.TrimSuffix(n, "s")]} // "fee" and "fees"
	for _, b := range m.begin {
		a.asked = a.asked || strings.HasPrefix(n, b)
	}
	a.asked = a.asked || len(m.plain) > 0 && m.plain[script.FoldDiacritics(n)]
	m.said[word] = a
	return a
}

// form is a word in the one form in which it is counted.
func (m *Marker) form(word string) string { return m.answer(word).form }

// mark marks the words of a stretch. Words between quotation marks are marked
// only together, if they stand so anywhere in it.
func (m *Marker) mark(s *stretch) {
	for i, w := range s.words {
		s.marked[i] = w.Kind != script.Separator && m.answer(s.text[w.From:w.To]).asked
	}
	if len(m.whole)+len(m.parts) == 0 {
		return
	}
	var n strings.Builder
	starts := make([]int, len(s.words)+1)
	for i, w := range s.words {
		n.WriteString(m.form(s.text[w.From:w.To]))
		starts[i+1] = n.Len()
	}
	text := n.String()
	phrases := make([]bool, len(s.words))
	stands := 0
	for _, whole := range m.whole {
		if across(text, whole, starts, s.words, phrases) {
			stands++
		}
	}
	if stands > 0 && stands == len(m.whole) {
		loose := m.loose()
		for i, w := range s.words {
			s.marked[i] = phrases[i] || s.marked[i] && loose[m.form(s.text[w.From:w.To])]
		}
	}
	for _, part := range m.parts {
		across(text, part, starts, s.words, s.marked)
	}
}

// loose are the words that are asked for outside of quotation marks.
func (m *Marker) loose() map[string]bool {
	quoted := map[string]bool{}
	for _, whole := range m.whole {
		for _, w := range script.AppendWords(nil, whole) {
			quoted[whole[w.From:w.To]] = true
		}
	}
	loose := map[string]bool{}
	for w := range m.words {
		if !quoted[w] {
			loose[w] = true
		}
	}
	return loose
}

// across marks the words that what is asked for goes over, wherever it stands
// in a text, and reports whether it does. starts is where each word begins.
func across(text, asked string, starts []int, words []script.Word, marked []bool) bool {
	found := false
	w := 0
	for from := 0; ; {
		i := strings.Index(text[from:], asked)
		if i < 0 {
			return found
		}
		i += from
		from = i + len(asked)
		if joined(text, i) || joined(text, from) {
			_, size := utf8.DecodeRuneInString(text[i:])
			from = i + size
			continue
		}
		found = true
		for w < len(words) && starts[w+1] <= i {
			w++
		}
		for ; w < len(words) && starts[w] < from; w++ {
			marked[w] = marked[w] || words[w].Kind != script.Separator
		}
		w = max(0, w-1)
	}
}
