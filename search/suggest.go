package search

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"sala/script"
)

// suggestBytes is how long a question may be to be a misspelt one. What is
// longer was pasted.
const suggestBytes = 512

// suggestWords is how many words of a question are guessed at.
const suggestWords = 8

// Suggest returns the question with its wrong words put right, "" if nothing
// is wrong or nothing better is known. Wrong is a word of an alphabet that no
// text says now, in any form, or hardly any while a like one is common; words
// run together or torn apart; and in Thai, Lao, Khmer and Burmese a stretch
// that the dictionary cuts into pieces nobody writes. Every word that is put
// in is said by a living text that passes what narrows the question. Quotation
// marks, signs and all other words stay as they were typed.
func (x *Index) Suggest(ctx context.Context, q Question) (string, error) {
	if len(q.Text) > MaxQuestion {
		return "", ErrTooLong
	}
	if len(q.Text) > suggestBytes {
		return "", nil
	}
	text := ""
	err := x.reading(ctx, func(segments []*segment) error {
		a := asking{ctx: ctx, db: x.db, lexicon: &x.lexicon, segments: segments, q: q}
		for _, seg := range segments {
			a.pass = append(a.pass, a.filter(seg))
		}
		g := &guessing{asking: a, seen: map[uint32]int{}}
		var err error
		text, err = g.right(q.Text)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("suggest a question: %w", err)
	}
	return text, nil
}

// guessing is one question being put right.
type guessing struct {
	asking
	vocabularies []*vocabulary
	seen         map[uint32]int // living entries by token
	left         int            // words that may still be guessed at
}

// A patch puts other words in the place of some bytes of a question.
type patch struct {
	from, to int
	words    string
}

func (g *guessing) right(question string) (string, error) {
	text, _ := script.Unzawgyi(strings.ToValidUTF8(question, ""))
	words := script.AppendWords(nil, text)
	var keys []uint32
	for _, w := range words {
		s := script.Normalize(text[w.From:w.To])
		switch w.Kind {
		case script.Alphabetic:
			keys = append(keys, forms(s)...)
		case script.Syllabic:
			keys = append(keys, key(sylWord, s))
		}
	}
	if err := g.look(keys); err != nil {
		return "", err
	}
	g.left = suggestWords
	var patches []patch
	for i := 0; i < len(words); {
		next, found, err := i+1, (*patch)(nil), error(nil)
		switch words[i].Kind {
		case script.Alphabetic:
			next, found, err = g.alphabetic(text, words, i)
		case script.Syllabic:
			next, found, err = g.syllabic(text, words, i)
		}
		if err != nil {
			return "", err
		}
		if found != nil {
			patches = append(patches, *found)
		}
		i = next
	}
	if len(patches) == 0 {
		return "", nil
	}
	var b strings.Builder
	at := 0
	for _, p := range patches {
		b.WriteString(text[at:p.from])
		b.WriteString(p.words)
		at = p.to
	}
	b.WriteString(text[at:])
	return strings.Join(strings.Fields(b.String()), " "), nil
}

// open reads the vocabularies when the first word is wrong: most questions
// have none.
func (g *guessing) open() (err error) {
	if g.vocabularies == nil {
		g.vocabularies, err = g.lexicon.of(g.ctx, g.db, g.segments)
	}
	return err
}

// enough is how many living entries are counted; more make no difference.
const enough = 4096

// look counts the living entries that hold some tokens and pass.
func (g *guessing) look(keys []uint32) error {
	keys = slices.DeleteFunc(slices.Clone(keys), func(k uint32) bool { _, had := g.seen[k]; return had })
	slices.Sort(keys)
	keys = slices.Compact(keys)
	if len(keys) == 0 {
		return nil
	}
	for _, k := range keys {
		g.seen[k] = 0
	}
	narrowed := len(g.q.Langs)+len(g.q.Kinds)+len(g.q.Terms)+g.q.Year > 0
	for i, seg := range g.segments {
		found, err := seg.lists(g.ctx, g.db, keys)
		if err != nil {
			return err
		}
		for k, l := range found {
			if !narrowed && len(seg.dead) == 0 {
				g.seen[k] += int(l.count)
				continue
			}
			n := 0
			err := eachPlace(l.places, seg.entries, func(entry, _ uint32) {
				if n < enough && g.pass[i](entry) {
					n++
				}
			})
			if err != nil {
				return err
			}
			g.seen[k] += n
		}
	}
	return nil
}

// forms are the tokens by which a normalised word of an alphabet is found:
// with any marks, in the singular and the plural.
func forms(s string) []uint32 {
	if len(s) > longWord {
		s = s[:longWord]
	}
	plain := script.FoldDiacritics(s)
	return []uint32{key(alphaFold, plain), key(alphaFold, plain+"s"), key(alphaFold, strings.TrimSuffix(plain, "s"))}
}

// said is how many living entries say a word, as far as was looked.
func (g *guessing) said(s string) int {
	most := 0
	for _, k := range forms(s) {
		most = max(most, g.seen[k])
	}
	return most
}

// What a guess costs, in powers of e of how often its word is said: an edit,
// an edit of the first letter besides, a space put in or taken out.
const (
	costEdit   = 5.0
	costFirst  = 3.0
	costSpace  = 5.0
	farfetched = -9.5 // what is worth less is not offered
)

// doubtful is in how many entries a word may be and still be thought wrong,
// if a like one is in so many times more.
const (
	doubtful = 2
	likelier = 50
)

// guessable reports whether a word is one that was meant to be searched for as
// it stands: not one left out, nor the beginning of others.
func guessable(text string, w script.Word) bool {
	if w.To < len(text) && text[w.To] == '*' {
		return false
	}
	if w.From > 0 && text[w.From-1] == '-' && (w.From == 1 || text[w.From-2] == ' ') {
		return false
	}
	n := utf8.RuneCountInString(text[w.From:w.To])
	return n >= 3 && n <= longestGuess
}

// alphabetic puts the word at i right, with the one behind it if the two are
// one; next is the word to go on with.
func (g *guessing) alphabetic(text string, words []script.Word, i int) (next int, found *patch, err error) {
	w := words[i]
	s := script.Normalize(text[w.From:w.To])
	if i+2 < len(words) && words[i+1].Kind == script.Separator && text[words[i+1].From:words[i+1].To] == " " && words[i+2].Kind == script.Alphabetic {
		b := words[i+2]
		other := script.Normalize(text[b.From:b.To])
		if g.said(s) == 0 || g.said(other) == 0 {
			joined, err := g.joined(s, other)
			if err != nil || joined != "" {
				return i + 3, &patch{w.From, b.To, joined}, err
			}
		}
	}
	if !guessable(text, w) || g.said(s) > doubtful || g.left == 0 {
		return i + 1, nil, nil
	}
	g.left--
	if err := g.open(); err != nil {
		return i + 1, nil, err
	}
	best, err := g.nearest(s, g.said(s))
	if err != nil {
		return i + 1, nil, err
	}
	if g.said(s) == 0 {
		apart, err := g.apart(script.FoldDiacritics(s))
		if err != nil {
			return i + 1, nil, err
		}
		if apart.words != "" && (best.words == "" || apart.score > best.score) {
			best = apart
		}
	}
	if best.words == "" {
		return i + 1, nil, nil
	}
	return i + 1, &patch{w.From, w.To, best.words}, nil
}

// A guess is words that may have been meant.
type guess struct {
	words string
	score float64
	edits int
	said  int
}

// finalists is how many of the best guesses are looked up in the index
// itself.
const finalists = 8

// nearest returns the best guess at a word that is said by so few entries.
func (g *guessing) nearest(s string, said int) (guess, error) {
	plain := script.FoldDiacritics(s)
	p := newPattern(plain)
	if p.letters < 3 || p.letters > longestGuess {
		return guess{}, nil
	}
	most := 1
	f, _ := featureOf(s)
	if p.letters >= 6 && f == alphaWord || p.letters >= 8 {
		most = 2
	}
	if said > 0 {
		most = 1
	}
	first, _ := utf8.DecodeRuneInString(plain)
	byWord := map[string]guess{}
	for _, v := range g.vocabularies {
		v.near(p, most, func(k known, edits int) {
			if k.plain == plain+"s" || k.plain+"s" == plain {
				return
			}
			c := byWord[k.word]
			c.words, c.edits = k.word, edits
			c.said += int(k.count)
			byWord[k.word] = c
		})
	}
	guesses := make([]guess, 0, len(byWord))
	for _, c := range byWord {
		guesses = append(guesses, c)
	}
	return g.best(guesses, first, max(1, said*likelier))
}

// best returns the best guess among some, of those that at least so many
// living entries say.
func (g *guessing) best(guesses []guess, first rune, least int) (guess, error) {
	score := func(c *guess) {
		c.score = math.Log(1+float64(c.said)) - costEdit*float64(c.edits)
		if r, _ := utf8.DecodeRuneInString(script.FoldDiacritics(c.words)); r != first {
			c.score -= costFirst
		}
	}
	order := func(a, b guess) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return strings.Compare(a.words, b.words)
	}
	for i := range guesses {
		score(&guesses[i])
	}
	slices.SortFunc(guesses, order)
	guesses = guesses[:min(len(guesses), finalists)]
	keys := make([]uint32, len(guesses))
	for i, c := range guesses {
		f, _ := featureOf(c.words)
		keys[i] = key(f, c.words)
	}
	if err := g.look(keys); err != nil {
		return guess{}, err
	}
	kept := guesses[:0]
	for i, c := range guesses {
		if c.said = g.seen[keys[i]]; c.said >= least {
			score(&c)
			kept = append(kept, c)
		}
	}
	slices.SortFunc(kept, order)
	if len(kept) == 0 || kept[0].score < farfetched {
		return guess{}, nil
	}
	return kept[0], nil
}

// joined returns what two words stand for that a space tore apart, "" if they
// are two: one word, or two with the space in another place.
func (g *guessing) joined(a, b string) (string, error) {
	if err := g.open(); err != nil {
		return "", err
	}
	plain := script.FoldDiacritics(a + b)
	whole, err := g.as(plain)
	if err != nil || whole.words != "" {
		return whole.words, err
	}
	if g.said(a) == 0 && g.said(b) == 0 {
		parts, err := g.apart(plain)
		return parts.words, err
	}
	return "", nil
}

// as returns the word that is this one but for its diacritics and that most
// living entries say.
func (g *guessing) as(plain string) (guess, error) {
	var guesses []guess
	for _, v := range g.vocabularies {
		v.same(plain, func(k known) { guesses = append(guesses, guess{words: k.word, said: int(k.count)}) })
	}
	first, _ := utf8.DecodeRuneInString(plain)
	return g.best(guesses, first, 1)
}

// apart returns the fewest words, four at most, that make up one that was
// typed without spaces.
func (g *guessing) apart(plain string) (guess, error) {
	if utf8.RuneCountInString(plain) < 5 || len(plain) > longestGuess {
		return guess{}, nil
	}
	// Only what the vocabulary says often enough for its length begins a way.
	said := func(s string) int {
		n := 0
		for _, v := range g.vocabularies {
			v.same(s, func(k known) { n += int(k.count) })
		}
		return n
	}
	type way struct {
		parts int
		least int // how often the rarest word is said
		from  int
	}
	best := map[int]way{0: {least: math.MaxInt}}
	for to := range len(plain) + 1 {
		if to < len(plain) && !utf8.RuneStart(plain[to]) {
			continue
		}
		for from := range to {
			before, ok := best[from]
			if !ok || before.parts == 4 || from == 0 && to == len(plain) {
				continue
			}
			letters := utf8.RuneCountInString(plain[from:to])
			if letters < 2 {
				continue
			}
			n := said(plain[from:to])
			if n == 0 || letters == 2 && n < 5 {
				continue
			}
			w := way{before.parts + 1, min(before.least, n), from}
			if had, ok := best[to]; !ok || w.parts < had.parts || w.parts == had.parts && w.least > had.least {
				best[to] = w
			}
		}
	}
	end, ok := best[len(plain)]
	if !ok {
		return guess{}, nil
	}
	var parts []string
	least := math.MaxInt
	for to := len(plain); to > 0; to = best[to].from {
		word, err := g.as(plain[best[to].from:to])
		if err != nil || word.words == "" {
			return guess{}, err
		}
		least = min(least, word.said)
		parts = append(parts, word.words)
	}
	slices.Reverse(parts)
	score := math.Log(1+float64(least)) - costSpace*float64(end.parts-1)
	if score < farfetched {
		return guess{}, nil
	}
	return guess{words: strings.Join(parts, " "), score: score, said: least}, nil
}
