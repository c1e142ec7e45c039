package extract

import "unicode"

// shortened reports whether an organisation begins at token k that is known by
// its abbreviation, or that an abbreviation in brackets behind it spells.
func (r *reader) shortened(s *sentence, k int) bool {
	if s.tok(k).caps() {
		_, _, known := find(s, k, r.gaz.orgs)
		return known || r.isDefined(s.tok(k).text)
	}
	if n, end, known := find(s, k, r.gaz.orgs); known && len(n.words) > 1 && s.short(end) != "" {
		return true
	}
	return s.tok(k).upper && s.spelled(k) > 0
}

// spelled returns where the abbreviation in brackets begins that the words in
// capitals from token i on spell, small words between, 0 if none does.
func (s *sentence) spelled(i int) int {
	for q := i + 1; q < i+11 && q < len(s.toks); q++ {
		if short := s.short(q); short != "" {
			if len(short) >= 3 && spells(s, i, q, short) && q-i <= 3*len(short) {
				for k := i + 1; k < q; k++ {
					if from := k + 1 + s.article(k+1); s.tok(k).is("and") && spells(s, from, q, short) {
						return 0 // of two names it spells the second: "A Foundation and the Working Group (WG)"
					}
				}
				return q
			}
			return 0
		}
		if t := s.tok(q); t.kind != word || !t.upper && !t.is("of", "for", "in", "on", "to", "from", "the", "against", "and", "with") || s.isPerson(q) {
			return 0
		}
	}
	return 0
}

// spelledOn reports whether the name that begins at token i goes on behind
// "and" at token k up to an abbreviation in brackets that spells all of it.
func (r *reader) spelledOn(s *sentence, i, k int) bool {
	for q := k; q < k+8 && q < len(s.toks); q++ {
		if short := s.short(q); short != "" {
			return spells(s, i, q, short) && len(short) > 3 && !spells(s, k+s.article(k), q, short)
		}
		if t := s.tok(q); t.kind != word || !t.upper && !t.is("of", "for", "and", "the", "on", "in") {
			return false
		}
	}
	return false
}

func (r *reader) isDefined(short string) bool {
	_, ok := r.defined[short]
	return ok && short != ""
}

// spelledBehind reports whether a place stands at token k and an abbreviation
// in brackets behind it: "… for Democracy in Burma (TACDB)".
func (r *reader) spelledBehind(s *sentence, k int) bool {
	if k >= len(s.toks) {
		return false
	}
	_, end, ok := find(s, k, r.gaz.places)
	return ok && s.short(end) != ""
}

// short returns the abbreviation in brackets at token i: "(MOLIP)".
func (s *sentence) short(i int) string {
	if s.tok(i).is("(") && s.tok(i+2).is(")") && (s.tok(i+1).caps() || s.tok(i+1).mixed()) {
		return s.tok(i + 1).text
	}
	return ""
}

// bracket takes the abbreviation in brackets into a mention.
func (r *reader) bracket(s *sentence, m *orgMention) {
	short := s.short(m.name)
	if short == "" {
		return
	}
	m.j = m.name + 3
	if m.org.Short == "" || m.org.Short != short && m.org.ID == "" {
		m.org.Short = short
	}
}

// spells reports whether the capitals of tokens i to j hold the letters of an
// abbreviation in their order, from the first word on.
func spells(s *sentence, i, j int, short string) bool {
	var letters []rune
	for _, c := range short {
		if unicode.IsLetter(c) {
			letters = append(letters, unicode.ToLower(c))
		}
	}
	if len(letters) < 2 {
		return false
	}
	k := 0
	for t := i; t < j && k < len(letters); t++ {
		for n, c := range s.tok(t).low {
			if n > 0 && s.tok(t).low[n-1] != '-' {
				continue
			}
			if k < len(letters) && c == letters[k] {
				k++
			}
		}
	}
	first := []rune(s.tok(i).low)
	return k == len(letters) && len(first) > 0 && first[0] == letters[0]
}
