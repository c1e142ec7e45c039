package search

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sala"
	"sala/internal/db"
	"sala/script"
)

// MaxQuestion is how many bytes of a question are read. A longer one is
// refused: see [ErrTooLong].
const MaxQuestion = 4 << 10

// ErrTooLong is returned for a question longer than [MaxQuestion].
var ErrTooLong = fmt.Errorf("a question may be %d bytes long", MaxQuestion)

// A Question is what a reader asks.
//
// Text is words as they come. “"recruitment fee"” asks for these words as
// they stand, “-ban” leaves out what says ban, “recruit*” stands for every
// word that begins so.
type Question struct {
	Text  string
	Langs []sala.Lang // any of these; none means every language
	Kinds []string
	Terms []sala.ID // all of these, or terms below them
	Year  int
	From  int // how many results to pass over
	Count int // how many to return

	Above  map[sala.ID]sala.ID // the term right above each that has one
	Facets bool                // count what answers: see [Results]
}

// A Result is one text that was found.
type Result struct {
	Ref     sala.Ref
	Edition sala.ID
	Lang    sala.Lang
	Title   string
	Score   float64
	Text    string // plain
	Near    bool   // it is one of those that Facets count; unknown without them
}

// Results are what a question found.
type Results struct {
	Total   int  // texts that have something in common with it
	Nearest bool // nothing holds the words in quotation marks as they stand: these come nearest
	Results []Result
	Facets  *Facets // of what has more than a little in common with it, if asked for
	Capped  bool    // more texts are among them than were looked at closely
}

// parsed is a question taken apart.
type parsed struct {
	words  string   // normalised, all that is asked for
	whole  []string // must stand as they are
	not    []string
	prefix []string
}

func parse(text string) parsed {
	var p parsed
	text, _ = script.Unzawgyi(text)
	n := script.Normalize(strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`).Replace(text))
	var words []string
	for i, part := range strings.Split(n, `"`) {
		if i%2 == 1 && strings.Count(n, `"`) > i { // between two marks
			if part = strings.TrimSpace(part); part != "" {
				p.whole = append(p.whole, part)
				words = append(words, part)
			}
			continue
		}
		for w := range strings.FieldsSeq(part) {
			switch {
			case len(n) > pasted:
				words = append(words, w)
			case len(w) > 1 && w[0] == '-':
				p.not = append(p.not, w[1:])
			case len(w) > 3 && strings.HasSuffix(w, "*"):
				p.prefix = append(p.prefix, strings.TrimSuffix(w, "*"))
			default:
				words = append(words, w)
			}
		}
	}
	p.words = strings.Join(words, " ")
	// Whole sentences are pasted with quotations in them: there the marks are
	// part of the text.
	quoted := 0
	for _, w := range p.whole {
		quoted += len(w)
	}
	if len(p.words) > pasted && (quoted*2 < len(p.words) || len(p.words) > 3*pasted) {
		p.whole = nil
	}
	return p
}

// pasted is how many bytes of words a reader would not type.
const pasted = 80

// ranked is how many of the best texts are looked at closely.
const ranked = 100

// Search returns the texts that answer a question best.
func (x *Index) Search(ctx context.Context, q Question) (Results, error) {
	if len(q.Text) > MaxQuestion {
		return Results{}, ErrTooLong
	}
	segments, err := x.open(ctx)
	if err != nil {
		return Results{}, err
	}
	p := parse(q.Text)
	s := &asking{ctx: ctx, db: x.db, lexicon: &x.lexicon, segments: segments, q: q, p: p, hand: handOf(p.words)}
	for _, seg := range segments {
		s.all += float64(seg.entries)
		for c := range s.length {
			for _, n := range seg.columns.Length[c] {
				if n > 0 {
					s.length[c] += float64(n)
					s.having[c]++
				}
			}
		}
	}
	if s.all == 0 {
		return Results{}, nil
	}
	if err := s.run(); err != nil {
		return Results{}, fmt.Errorf("search: %w", err)
	}
	return s.results()
}

// asking is one question being answered.
type asking struct {
	ctx      context.Context
	db       *db.DB
	lexicon  *lexicon
	segments []*segment
	q        Question
	p        parsed
	hand     uint8
	w        weights
	all      float64
	length   [classes]float64
	having   [classes]float64
	scores   [][]float32       // by segment and entry
	found    []map[uint32]list // by segment: what the index says of the tokens that were scored last
	pass     []func(n uint32) bool
	hits     []hit
	most     float64 // the highest score by words alone
	total    int
	nearest  bool // nothing holds the words as they stand
	capped   bool
	answers  []members // by segment: what Facets count
	facets   *Facets
	texts    map[hit]string
}

// evidence is a token of the question and what it is worth.
type evidence struct {
	token
	weight float64
	word   bool
}

func (s *asking) run() error {
	var tok tokenizer
	seen := map[uint32]bool{}
	var asked []evidence
	words := 0
	var written [classes]int
	for _, t := range tok.text(s.p.words) {
		if seen[t.key] {
			continue
		}
		seen[t.key] = true
		word := t.feature == alphaWord || t.feature == alphaNumber || t.feature == sylWord || t.feature == hanUnit || t.feature == kanaWord
		if word {
			words++
			written[t.class]++
		}
		asked = append(asked, evidence{t, 0, word})
	}
	s.w = between(words)
	for i := range asked {
		asked[i].weight = s.w.feature[asked[i].feature]
	}
	more, err := s.beginnings()
	if err != nil {
		return err
	}
	asked = append(asked, more...)
	s.scores = make([][]float32, len(s.segments))
	for i, seg := range s.segments {
		s.scores[i] = make([]float32, seg.entries)
		s.pass = append(s.pass, s.filter(seg))
	}
	if err := s.score(asked, s.scores, true); err != nil {
		return err
	}
	if s.w.cover > 0 {
		if err := s.cover(asked); err != nil {
			return err
		}
	}
	if s.q.Facets {
		s.survey()
	}
	s.hits = s.collect(s.scores)
	s.total = len(s.hits)
	if len(s.hits) == 0 {
		return nil
	}
	s.hits = s.top(ranked)
	main := inAlphabet
	for c, n := range written {
		if n > written[main] {
			main = class(c)
		}
	}
	if words >= 3 && len(s.p.whole) == 0 {
		if err := s.feedback(s.w.feedback[main]); err != nil {
			return err
		}
	}
	return s.closely(words)
}

// score adds what the tokens say for each entry.
func (s *asking) score(asked []evidence, scores [][]float32, rarities bool) error {
	keys := make([]uint32, 0, len(asked))
	for _, e := range asked {
		if e.weight > 0 || e.word {
			keys = append(keys, e.key)
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	found := make([]map[uint32]list, len(s.segments))
	for i, seg := range s.segments {
		var err error
		if found[i], err = seg.lists(s.ctx, s.db, keys); err != nil {
			return err
		}
	}
	s.found = found
	for _, e := range asked {
		if e.weight == 0 {
			continue
		}
		n := 0.0
		for i := range s.segments {
			n += float64(found[i][e.key].count)
		}
		if n == 0 {
			continue
		}
		w := e.weight
		if rarities {
			w *= rare(n, s.all)
		}
		c := e.class
		usual := s.length[c] / max(1, s.having[c])
		b := s.w.length
		for i, seg := range s.segments {
			l, ok := found[i][e.key]
			if !ok {
				continue
			}
			into, lengths := scores[i], seg.columns.Length[c]
			flat := float32(saturation * (1 - b))
			slope := float32(saturation * b / usual)
			gain := float32(w * (saturation + 1))
			err := eachPlace(l.places, func(entry, times uint32) {
				t := float32(times)
				into[entry] += gain * t / (t + flat + slope*float32(lengths[entry]))
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// cover adds what it is worth that an entry says the words of the question at
// all: the rarer the words, the more.
func (s *asking) cover(asked []evidence) error {
	said := make([][]float32, len(s.segments))
	most, whole := float32(0), 0.0
	for i := range said {
		said[i] = make([]float32, len(s.scores[i]))
		for _, v := range s.scores[i] {
			most = max(most, v)
		}
	}
	for _, e := range asked {
		if !e.word {
			continue
		}
		n := 0.0
		for i := range s.segments {
			n += float64(s.found[i][e.key].count)
		}
		if n == 0 {
			continue
		}
		w := rare(n, s.all)
		whole += w
		for i := range s.segments {
			if err := eachPlace(s.found[i][e.key].places, func(entry, _ uint32) { said[i][entry] += float32(w) }); err != nil {
				return err
			}
		}
	}
	if whole == 0 {
		return nil
	}
	scale := float32(s.w.cover) * most / float32(whole)
	for i := range said {
		for n, v := range said[i] {
			s.scores[i][n] += scale * v
		}
	}
	return nil
}

// collect returns every entry that has a score and may be shown.
func (s *asking) collect(scores [][]float32) []hit {
	var hits []hit
	for i := range scores {
		pass := s.pass[i]
		for n, v := range scores[i] {
			if v > 0 && pass(uint32(n)) {
				hits = append(hits, hit{i, uint32(n), float64(v)})
			}
		}
	}
	return hits
}

// top returns the best hits, those in the hand of the question preferred.
func (s *asking) top(n int) []hit {
	most := 0.0
	for _, h := range s.hits {
		most = max(most, h.score)
	}
	s.most = most
	for i, h := range s.hits {
		if s.segments[h.segment].columns.Hand[h.entry] == s.hand {
			s.hits[i].score += s.w.hand * most
		}
	}
	return best(s.hits, n)
}

// filter returns what decides whether an entry may be shown at all.
func (s *asking) filter(seg *segment) func(n uint32) bool {
	c := &seg.columns
	langs := map[uint16]bool{}
	for i, l := range c.Langs {
		langs[uint16(i)] = slices.Contains(s.q.Langs, sala.Lang(l))
	}
	kinds := map[uint16]bool{}
	for i, k := range c.Kinds {
		kinds[uint16(i)] = slices.Contains(s.q.Kinds, k)
	}
	above := s.q.termsAbove(c)
	return func(n uint32) bool {
		switch {
		case seg.dead[n], s.q.Year != 0 && int(c.Year[n]) != s.q.Year, len(s.q.Langs) > 0 && !langs[c.Lang[n]], len(s.q.Kinds) > 0 && !kinds[c.Kind[n]]:
			return false
		}
		for _, asked := range above.asked {
			if !slices.ContainsFunc(c.Terms[n], func(t uint16) bool { return slices.Contains(above.chain[t], asked) }) {
				return false
			}
		}
		return true
	}
}

// beginnings returns the words of the index that begin as asked.
func (s *asking) beginnings() ([]evidence, error) {
	var all []evidence
	for _, prefix := range s.p.prefix {
		words, err := s.wordsBeginning(prefix)
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			f, c := featureOf(w)
			all = append(all, evidence{token{key: key(f, w), feature: f, class: c}, s.w.feature[f], true})
		}
	}
	return all, nil
}

// wordsBeginning returns the hundred most common of the words that begin so.
func (s *asking) wordsBeginning(prefix string) ([]string, error) {
	counts := map[string]uint32{}
	vocabularies, err := s.lexicon.of(s.ctx, s.db, s.segments)
	if err != nil {
		return nil, err
	}
	for _, v := range vocabularies {
		v.begins(prefix, func(k known) { counts[k.word] += k.count })
	}
	words := make([]string, 0, len(counts))
	for w := range counts {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int { // the most common forms
		if counts[a] != counts[b] {
			return int(counts[b]) - int(counts[a])
		}
		return strings.Compare(a, b)
	})
	return words[:min(len(words), 100)], nil
}

// Of the best texts, how many are believed, and how many of their words are
// asked for as well (relevance feedback; Rocchio 1971, RM3).
const (
	believed = 5
	taken    = 40
)

// feedback asks again with the words that the best texts have in common, and
// adds what that says.
func (s *asking) feedback(weight float64) error {
	top := s.hits[:min(believed, len(s.hits))]
	texts, err := s.read(top)
	if err != nil {
		return err
	}
	type term struct {
		token
		weight float64
		texts  int
	}
	terms := map[uint32]*term{}
	var tok tokenizer
	words := func(h hit) float64 { return float64(s.scores[h.segment][h.entry]) }
	most := 0.0
	for _, h := range top {
		most = max(most, words(h))
	}
	for _, h := range top {
		share := math.Pow(words(h)/most, 2) // by its words alone, whatever its hand
		here := map[uint32]int{}
		lengths := s.segments[h.segment].columns.Length
		tokens := tok.text(script.Normalize(texts[h]))
		for _, t := range tokens {
			switch t.feature {
			case alphaWord, sylWord, hanPair, kanaWord:
				here[t.key]++
			}
		}
		for _, t := range tokens {
			n := here[t.key]
			if n == 0 {
				continue
			}
			delete(here, t.key)
			e := terms[t.key]
			if e == nil {
				t.from, t.to = 0, 0
				e = &term{token: t}
				terms[t.key] = e
			}
			usual := s.length[t.class] / max(1, s.having[t.class])
			tf := float64(n)
			e.weight += share * tf * (saturation + 1) / (tf + saturation*(1-s.w.length+s.w.length*float64(lengths[t.class][h.entry])/usual))
			e.texts++
		}
	}
	keys := make([]uint32, 0, len(terms))
	for k := range terms {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	counts := map[uint32]float64{}
	for _, seg := range s.segments {
		found, err := seg.lists(s.ctx, s.db, keys)
		if err != nil {
			return err
		}
		for k, l := range found {
			counts[k] += float64(l.count)
		}
	}
	var more []evidence
	for k, t := range terms {
		if counts[k] >= 2 {
			more = append(more, evidence{t.token, t.weight * rare(counts[k], s.all), true})
		}
	}
	slices.SortFunc(more, func(a, b evidence) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return 0
	})
	more = more[:min(taken, len(more))]
	said := make([][]float32, len(s.segments))
	for i, seg := range s.segments {
		said[i] = make([]float32, seg.entries)
	}
	if err := s.score(more, said, false); err != nil {
		return err
	}
	mostSaid := 0.0
	for i := range s.scores {
		for n := range s.scores[i] {
			most = max(most, float64(s.scores[i][n]))
			mostSaid = max(mostSaid, float64(said[i][n]))
		}
	}
	if mostSaid == 0 {
		return nil
	}
	scale := float32(weight * most / mostSaid)
	for i := range s.scores {
		for n, v := range said[i] {
			s.scores[i][n] += scale * v
		}
	}
	s.hits = s.collect(s.scores)
	s.hits = s.top(ranked)
	return nil
}

// read returns the texts of some hits.
func (s *asking) read(hits []hit) (map[hit]string, error) {
	if s.texts == nil {
		s.texts = map[hit]string{}
	}
	bySegment := map[int][]int64{}
	places := map[[2]int64]hit{}
	for _, h := range hits {
		h.score = 0
		if _, had := s.texts[h]; !had {
			id := s.segments[h.segment].id
			bySegment[h.segment] = append(bySegment[h.segment], int64(h.entry))
			places[[2]int64{id, int64(h.entry)}] = h
		}
	}
	type row struct {
		Number int64  `bun:"number"`
		Title  string `bun:"title"`
		Text   []byte `bun:"text"`
	}
	for i, numbers := range bySegment {
		id := s.segments[i].id
		rows, err := db.All[row](s.ctx, s.db, `SELECT number, title, text FROM search_entry WHERE segment = ? AND number IN (?)`, id, db.In(numbers))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			text, err := unpackText(r.Text)
			if err != nil {
				return nil, fmt.Errorf("%w: %w", errBroken, err)
			}
			s.texts[places[[2]int64{id, r.Number}]] = r.Title + "\n" + text
		}
	}
	found := make(map[hit]string, len(hits))
	for _, h := range hits {
		bare := h
		bare.score = 0
		found[h] = s.texts[bare]
	}
	return found, nil
}

// closely looks at the best texts themselves: whether they hold the question
// as it stands, or every word of it, and what the question forbids.
func (s *asking) closely(words int) error {
	parts := strings.Fields(s.p.words)
	few := len(parts) <= 4
	if !few && words > longWords && len(s.p.whole)+len(s.p.not) == 0 {
		return nil
	}
	texts, err := s.read(s.hits)
	if err != nil {
		return err
	}
	for h, text := range texts {
		texts[h] = script.Normalize(text)
	}
	s.hits = slices.DeleteFunc(s.hits, func(h hit) bool {
		return slices.ContainsFunc(s.p.not, func(w string) bool { return holds(texts[h], w) })
	})
	exact := slices.DeleteFunc(slices.Clone(s.hits), func(h hit) bool {
		return slices.ContainsFunc(s.p.whole, func(w string) bool { return !holds(texts[h], w) })
	})
	switch {
	case len(exact) > 0 && len(s.p.whole) > 0:
		s.total = len(exact)
		s.hits = exact
	case len(s.p.whole) > 0:
		s.nearest = true
	}
	if s.q.Facets && len(s.p.not)+len(s.p.whole) > 0 && !s.nearest {
		s.recount()
	}
	top := s.most
	var kept []hit
	for _, h := range s.hits {
		text := texts[h]
		if s.p.words != "" && holds(text, s.p.words) {
			h.score += s.w.whole * top
		}
		if few && len(parts) > 0 {
			n := 0
			for _, part := range parts {
				if holds(text, part) {
					n++
				}
			}
			h.score += s.w.all * top * float64(n) / float64(len(parts))
		}
		kept = append(kept, h)
	}
	slices.SortFunc(kept, before)
	s.hits = kept
	return nil
}

// holds reports whether a text holds some words as they stand: in scripts
// with spaces not within other words.
func holds(text, words string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return false
		}
		i += from
		j := i + len(words)
		if !joined(text, i) && !joined(text, j) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		from = i + size
	}
}

// joined reports whether the letters on both sides of a place are of one word.
func joined(text string, i int) bool {
	if i == 0 || i == len(text) {
		return false
	}
	a, _ := utf8.DecodeLastRuneInString(text[:i])
	b, _ := utf8.DecodeRuneInString(text[i:])
	return lettered(a) && lettered(b)
}

func lettered(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !script.Of(r).Unspaced()
}

// results returns what was asked for of what was found.
func (s *asking) results() (Results, error) {
	out := Results{Total: s.total, Nearest: s.nearest, Facets: s.facets, Capped: s.capped}
	count := s.q.Count
	if count == 0 {
		count = 10
	}
	hits := s.hits[min(s.q.From, len(s.hits)):]
	hits = hits[:min(count, len(hits))]
	type row struct {
		Kind    sala.Kind `bun:"ref_kind"`
		ID      sala.ID   `bun:"ref_id"`
		Edition sala.ID   `bun:"edition"`
		Lang    sala.Lang `bun:"lang"`
		Title   string    `bun:"title"`
		Text    []byte    `bun:"text"`
	}
	for _, h := range hits {
		r, err := db.One[row](s.ctx, s.db, `SELECT ref_kind, ref_id, edition, lang, title, text FROM search_entry WHERE segment = ? AND number = ?`, s.segments[h.segment].id, h.entry)
		if err != nil {
			return out, err
		}
		text, err := unpackText(r.Text)
		if err != nil {
			return out, fmt.Errorf("%w: %w", errBroken, err)
		}
		out.Results = append(out.Results, Result{Ref: sala.Ref{Kind: r.Kind, ID: r.ID}, Edition: r.Edition, Lang: r.Lang, Title: r.Title, Score: h.score, Text: text, Near: s.answers != nil && s.answers[h.segment].has(h.entry)})
	}
	return out, nil
}
