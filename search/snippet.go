package search

import (
	"strings"
	"unicode/utf8"

	"sala/script"
)

// A Piece is a stretch of a snippet; a marked one says what was asked for.
type Piece struct {
	Text   string
	Marked bool
}

// snippetBytes is about how long a snippet is, in bytes of English; scripts
// with longer letters get as many letters.
const snippetLetters = 220

// Snippet returns the stretch of a plain text that says most of what was
// asked, cut between words, with the words marked. It is the beginning of the
// text if nothing in it is a word of the question.
func Snippet(text, question string) []Piece {
	asked := marks(question)
	text = strings.Join(strings.Fields(text), " ")
	words := script.AppendWords(nil, text)
	marked := make([]bool, len(words))
	for i, w := range words {
		marked[i] = w.Kind != script.Separator && asked.has(text[w.From:w.To])
	}
	asked.across(text, words, marked)
	from, to := window(text, words, marked)
	var out []Piece
	if from > 0 {
		out = append(out, Piece{"… ", false})
	}
	for i := from; i < to; i++ {
		s := text[words[i].From:words[i].To]
		space := words[i].Kind == script.Separator && i+1 < to && i > from && marked[i-1] && marked[i+1]
		if last := len(out) - 1; last >= 0 && out[last].Marked == (marked[i] || space) {
			out[last].Text += s
			continue
		}
		out = append(out, Piece{s, marked[i] || space})
	}
	if to < len(words) {
		out = append(out, Piece{" …", false})
	}
	return out
}

// window returns the words from which and up to which a snippet goes: where
// most different words of the question are close together.
func window(text string, words []script.Word, marked []bool) (from, to int) {
	letters := make([]int, len(words)+1)
	for i, w := range words {
		letters[i+1] = letters[i] + utf8.RuneCountInString(text[w.From:w.To])
	}
	bestScore, best := -1, 0
	j := 0
	seen := map[string]int{}
	score := 0
	for i := range words {
		for j < len(words) && letters[j+1]-letters[i] <= snippetLetters {
			if marked[j] {
				w := script.Normalize(text[words[j].From:words[j].To])
				if seen[w] == 0 {
					score += 100
				} else {
					score++
				}
				seen[w]++
			}
			j++
		}
		if score > bestScore {
			bestScore, best = score, i
		}
		if j > i && marked[i] {
			w := script.Normalize(text[words[i].From:words[i].To])
			if seen[w]--; seen[w] == 0 {
				score -= 100
			} else {
				score--
			}
		}
		j = max(j, i+1)
	}
	// Some words before the first marked one, back to where a sentence or a
	// phrase begins, if that is near.
	from = best
	for from < len(words) && !marked[from] && bestScore > 0 {
		from++
	}
	if bestScore <= 0 {
		from = 0
	}
	first := from
	for from > 0 && letters[first]-letters[from-1] <= snippetLetters/4 {
		from--
		if s := text[words[from].From:words[from].To]; strings.ContainsAny(s, ".!?။។。") {
			from++
			break
		}
	}
	for from < first && words[from].Kind == script.Separator {
		from++
	}
	to = from
	for to < len(words) && letters[to+1]-letters[from] <= snippetLetters {
		to++
	}
	return from, max(to, min(from+1, len(words)))
}

// asked is what a question asks for, to be marked in a text.
type asked struct {
	words map[string]bool
	plain map[string]bool
	begin []string
	parts []string // of unspaced scripts, as they stand
}

func marks(question string) asked {
	a := asked{words: map[string]bool{}, plain: map[string]bool{}}
	p := parse(question)
	a.begin = p.prefix
	for _, w := range script.AppendWords(nil, p.words) {
		s := p.words[w.From:w.To]
		switch w.Kind {
		case script.Separator:
		case script.Alphabetic:
			a.words[s] = true
			if plain := script.FoldDiacritics(s); plain == s {
				a.plain[s] = true // typed without marks: any marks will do
			}
		case script.Ideograph, script.KanaKind:
		default:
			a.words[s] = true
		}
	}
	for part := range strings.FieldsSeq(p.words) {
		if r, _ := utf8.DecodeRuneInString(part); script.Of(r).Unspaced() {
			a.parts = append(a.parts, part)
		}
	}
	return a
}

func (a asked) has(word string) bool {
	n := script.Normalize(word)
	if a.words[n] || a.words[n+"s"] || a.words[strings.TrimSuffix(n, "s")] { // "fee" and "fees"
		return true
	}
	for _, b := range a.begin {
		if strings.HasPrefix(n, b) {
			return true
		}
	}
	return len(a.plain) > 0 && a.plain[script.FoldDiacritics(n)]
}

// across marks what the dictionary cut in another place than the question:
// whole parts of it that stand in the text, and pairs of characters.
func (a asked) across(text string, words []script.Word, marked []bool) {
	if len(a.parts) == 0 {
		return
	}
	var n strings.Builder
	starts := make([]int, len(words)+1)
	for i, w := range words {
		n.WriteString(script.Normalize(text[w.From:w.To]))
		starts[i+1] = n.Len()
	}
	whole := n.String()
	mark := func(part string) {
		for from := 0; ; {
			i := strings.Index(whole[from:], part)
			if i < 0 {
				return
			}
			i += from
			for w := range words {
				if starts[w] < i+len(part) && starts[w+1] > i && words[w].Kind != script.Separator {
					marked[w] = true
				}
			}
			from = i + len(part)
		}
	}
	for _, part := range a.parts {
		mark(part)
		units := script.AppendUnits(nil, part)
		for i := 0; i+1 < len(units); i++ {
			if units[i].Kind == script.Ideograph && units[i+1].Kind == script.Ideograph {
				mark(part[units[i].From:units[i+1].To])
			}
		}
	}
}
