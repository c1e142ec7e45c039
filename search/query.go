package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
	p := parse(q.Text)
	var found Results
	err := x.reading(ctx, func(segments []*segment) error {
		s := &asking{ctx: ctx, db: x.db, lexicon: &x.lexicon, segments: segments, q: q, p: p, hand: handOf(p.words)}
		defer s.release()
		for _, seg := range segments {
			for h := range seg.sums {
				s.sums.add(&seg.sums[h])
			}
			s.own.add(&seg.sums[s.hand])
		}
		if s.sums.entries == 0 {
			found = Results{}
			return nil
		}
		err := s.run()
		if err == nil {
			found, err = s.results()
		}
		return err
	})
	if err != nil {
		return Results{}, fmt.Errorf("search: %w", err)
	}
	return found, nil
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
	sums     sums         // of everything
	own      sums         // of what is in the hand of the question
	scores   [][]float32  // by segment and entry
	boards   []*[]float32 // what scores and the like are kept in
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
	lists  []list // by segment
}

func (s *asking) run() error {
	tok := tokenizer{four: inFours(s.hand), parted: true}
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
		asked = append(asked, evidence{token: t, word: word})
	}
	s.w = between(words)
	for i := range asked {
		asked[i].weight = s.w.feature[asked[i].feature]
		if t := asked[i].token; t.feature == kanaPair {
			asked[i].weight *= ofKana(s.p.words[t.from:t.to])
		}
	}
	more, err := s.beginnings()
	if err != nil {
		return err
	}
	asked = append(asked, more...)
	asked = slices.DeleteFunc(asked, func(e evidence) bool { return e.weight == 0 && !e.word })
	for _, seg := range s.segments {
		s.pass = append(s.pass, s.filter(seg))
	}
	if err := s.fetch(asked); err != nil {
		return err
	}
	s.scores = s.board()
	for i := range asked {
		asked[i].weight *= s.rare(&asked[i])
	}
	s.weighPairs(asked)
	if err := s.score(asked, s.scores); err != nil {
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
	s.total = s.top(ranked)
	if len(s.hits) == 0 {
		return nil
	}
	main := inAlphabet
	for c, n := range written {
		if n > written[main] {
			main = class(c)
		}
	}
	weight := s.w.feedback[main]
	if main == inAlphabet && inFours(s.hand) {
		weight *= wholeWords
	}
	if words >= 3 && len(s.p.whole) == 0 && weight > 0 {
		if err := s.feedback(weight); err != nil {
			return err
		}
	}
	if err := s.near(words, asked); err != nil {
		return err
	}
	return s.closely(words, asked)
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
		Number  int64     `bun:"id"`
		Kind    sala.Kind `bun:"ref_kind"`
		ID      sala.ID   `bun:"ref_id"`
		Edition sala.ID   `bun:"edition"`
		Lang    sala.Lang `bun:"lang"`
		Title   string    `bun:"title"`
		Text    []byte    `bun:"text"`
	}
	out.Results = make([]Result, len(hits))
	if len(hits) == 0 {
		return out, nil
	}
	places := make(map[int64]int, len(hits))
	numbers := make([]int64, len(hits))
	for n, h := range hits {
		numbers[n] = s.segments[h.segment].columns.Entry[h.entry]
		places[numbers[n]] = n
	}
	rows, err := db.All[row](s.ctx, s.db, `SELECT id, ref_kind, ref_id, edition, lang, title, text FROM search_entry WHERE id IN (?)`, db.In(numbers))
	if err != nil {
		return out, err
	}
	if len(rows) != len(numbers) {
		return out, fmt.Errorf("%w: %d entries of %d", errMerged, len(rows), len(numbers))
	}
	for _, r := range rows {
		text, err := unpackText(r.Text)
		if err != nil {
			return out, fmt.Errorf("%w: %w", errBroken, err)
		}
		n := places[r.Number]
		out.Results[n] = Result{
			Ref: sala.Ref{Kind: r.Kind, ID: r.ID}, Edition: r.Edition, Lang: r.Lang, Title: r.Title, Score: hits[n].score, Text: body(text),
			Near: s.answers != nil && s.answers[hits[n].segment].has(hits[n].entry),
		}
	}
	return out, nil
}
