package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"sala"
	"sala/script"
)

// Said is what says every word of a question.
type Said struct {
	Works  []sala.ID // newest year first
	Years  []int     // of each
	Facets Facets
}

// Saying returns the works one of whose texts says every word of a question,
// without ranking them: for lists that keep an order of their own. A word is
// said by any form of it that differs by its marks or an English plural; a run
// of an unspaced script by all of its syllables or characters, two by two; a
// phrase by its words, two by two. From and Count play no part. A question
// without a word says nothing, and nothing says it.
func (x *Index) Saying(ctx context.Context, q Question) (Said, error) {
	if len(q.Text) > MaxQuestion {
		return Said{}, ErrTooLong
	}
	var said Said
	err := x.reading(ctx, func(segments []*segment) error {
		s := &asking{ctx: ctx, db: x.db, lexicon: &x.lexicon, segments: segments, q: q, p: parse(q.Text)}
		need, err := s.needs()
		if err != nil {
			return err
		}
		in := make([]members, len(segments))
		for i, seg := range segments {
			if in[i], err = s.meets(seg, need); err != nil {
				return err
			}
		}
		said = s.said(in)
		return nil
	})
	if err != nil {
		return Said{}, fmt.Errorf("search: %w", err)
	}
	return said, nil
}

// said lists the works of the entries that are in, by segment.
func (s *asking) said(in []members) Said {
	said := Said{Facets: s.q.count(s.segments, in)}
	type work struct {
		id   sala.ID
		year int
	}
	var works []work
	seen := map[string]bool{}
	for i, seg := range s.segments {
		pass := s.filter(seg)
		in[i].each(func(n uint32) {
			ref := seg.columns.Ref[n]
			if !pass(n) || seen[ref] {
				return
			}
			seen[ref] = true
			_, id, _ := strings.Cut(ref, "/")
			works = append(works, work{sala.ID(id), int(seg.columns.Year[n])})
		})
	}
	slices.SortStableFunc(works, func(a, b work) int { return b.year - a.year })
	for _, w := range works {
		said.Works = append(said.Works, w.id)
		said.Years = append(said.Years, w.year)
	}
	return said
}

// A need is met by an entry that holds any of some tokens; one that is against
// something is met by an entry that does not hold all of them.
type need struct {
	tokens  []uint32
	against bool
}

// needs returns what an entry must meet.
func (s *asking) needs() ([]need, error) {
	all := []need{}
	seen := map[uint32]bool{}
	must := func(keys ...uint32) {
		if !seen[keys[0]] {
			seen[keys[0]] = true
			all = append(all, need{tokens: keys})
		}
	}
	for _, whole := range s.p.whole {
		if r, _ := utf8.DecodeRuneInString(whole); script.Of(r).Unspaced() {
			continue // its pairs of syllables say as much, wherever a dictionary cuts
		}
		var tok tokenizer
		for _, t := range tok.text(whole) {
			if t.feature == wordPair {
				must(t.key)
			}
		}
	}
	needWords(s.p.words, must)
	for _, prefix := range s.p.prefix {
		words, err := s.wordsBeginning(prefix)
		if err != nil {
			return nil, err
		}
		keys := []uint32{key(alphaWord, prefix)}
		for _, w := range words {
			f, _ := featureOf(w)
			keys = append(keys, key(f, w))
		}
		all = append(all, need{tokens: keys})
	}
	if len(all) == 0 {
		return nil, nil
	}
	for _, not := range s.p.not {
		against := need{against: true}
		needWords(not, func(keys ...uint32) { against.tokens = append(against.tokens, keys[0]) })
		if len(against.tokens) > 0 {
			all = append(all, against)
		}
	}
	return all, nil
}

// needWords calls must with the tokens that stand for each word of a
// normalised text.
func needWords(text string, must func(keys ...uint32)) {
	for _, w := range script.AppendWords(nil, text) {
		s := text[w.From:w.To]
		switch w.Kind {
		case script.Number:
			must(key(alphaNumber, s))
		case script.Alphabetic:
			if len(s) > longWord {
				s = s[:longWord]
			}
			// Marks that were typed are meant.
			plain := script.FoldDiacritics(s)
			if plain != s {
				must(key(alphaWord, s))
				break
			}
			must(key(alphaFold, plain), key(alphaFold, plain+"s"), key(alphaFold, strings.TrimSuffix(plain, "s")))
		}
	}
	units := script.AppendUnits(nil, text)
	for i, u := range units {
		if !unspaced(u.Kind) {
			continue
		}
		single, double := sylUnit, sylPair
		switch u.Kind {
		case script.Ideograph:
			single, double = hanUnit, hanPair
		case script.KanaKind:
			single, double = kanaUnit, kanaPair
		}
		switch {
		case i+1 < len(units) && unspaced(units[i+1].Kind):
			if u.Kind == script.KanaKind && units[i+1].Kind != script.KanaKind {
				double = hanPair
			}
			must(key(double, text[u.From:units[i+1].To]))
		case i == 0 || !unspaced(units[i-1].Kind):
			must(key(single, text[u.From:u.To]))
		}
	}
}

// meets returns the living entries of a segment that meet every need.
func (s *asking) meets(seg *segment, needs []need) (members, error) {
	in := newMembers(seg.entries)
	if len(needs) == 0 {
		return in, nil
	}
	var keys []uint32
	for _, n := range needs {
		keys = append(keys, n.tokens...)
	}
	slices.Sort(keys)
	found, err := seg.lists(s.ctx, s.db, slices.Compact(keys))
	if err != nil {
		return nil, err
	}
	for i := range in {
		in[i] = ^uint64(0)
	}
	if rest := seg.entries % 64; rest > 0 && len(in) > 0 {
		in[len(in)-1] = 1<<rest - 1
	}
	for _, n := range needs {
		some, all := newMembers(seg.entries), slices.Clone(in)
		for _, k := range n.tokens {
			has := some
			if n.against {
				has = newMembers(seg.entries)
			}
			if err := eachPlace(found[k].places, seg.entries, func(entry, _ uint32) { has.add(entry) }); err != nil {
				return nil, err
			}
			if n.against {
				for i := range all {
					all[i] &= has[i]
				}
			}
		}
		for i := range in {
			if n.against {
				in[i] &^= all[i]
			} else {
				in[i] &= some[i]
			}
		}
	}
	for n := range seg.dead {
		in[n/64] &^= 1 << (n % 64)
	}
	return in, nil
}

// featureOf returns as what a word of the index's own words is a token.
func featureOf(word string) (feature, class) {
	r, _ := utf8.DecodeRuneInString(word)
	switch script.Of(r) {
	case script.Thai, script.Lao, script.Khmer, script.Myanmar:
		return sylWord, inSyllables
	}
	return alphaWord, inAlphabet
}
