package extract

import "strings"

// ofNext reports whether the role behind the name that ends at token j is that
// of the person named next: "Minister A, ILO Officer, Mr B".
func (r *reader) ofNext(s *sentence, j int) bool {
	d := r.describe(s, j+1)
	return d.ok && d.role != "" && s.tok(d.end).is(",") && s.isPerson(d.end+1)
}

// attribute gives each person of a sentence the role and the organisation
// that the sentence states.
func (r *reader) attribute(s *sentence) {
	for n := range s.persons {
		p := &s.persons[n]
		j := s.afterName(p.nj)
		if s.tok(j).is("(") && s.tok(j+1).is("left", "right", "centre", "center", "middle", "standing", "seated", "pictured") && !s.tok(j+1).upper {
			for s.tok(j).kind == word || !s.tok(j).is(")") && j < len(s.toks) {
				j++
			}
			j++
		}
		var d description
		near, nearFrom := description{}, p.i
		if !s.tok(p.i-1).is(",") && s.tok(j).is(",") {
			near, nearFrom = r.before(s, p.i)
		}
		switch t := s.tok(j); {
		case near.ok && r.ofNext(s, j):
			d, d.end, p.i = near, p.nj, nearFrom // the role behind the name is that of the next
		case t.is("("):
			if _, end, is := find(s, min(j+1, len(s.toks)-1), r.gaz.places); is && s.tok(end).is(")") {
				d = description{} // "(Lao PDR)" is where somebody is from
			} else if m, ok := s.orgs[j+1]; ok && s.tok(m.j).is(")") {
				d = description{ok: true, org: m.org, end: m.j + 1}
			} else if m, ok := r.branchIn(s, j+1); ok {
				d = description{ok: true, org: m.org, end: m.j + 1} // "(UNISON – UK)"
			} else if d = r.describe(s, j+1); d.ok && s.tok(d.end).is(")") {
				d.end++
			} else if end := s.closeOf(d.end); d.ok && d.role != "" && !d.org.IsZero() && end > 0 {
				d.end = end // the organisation's address, its programme
			} else if _, end, is := find(s, min(j+3, len(s.toks)-1), r.gaz.places); is && s.tok(j+1).caps() && s.tok(j+2).is(",") && s.tok(end).is(")") {
				d = description{ok: true, org: Organisation{Name: s.tok(j + 1).text}, end: end + 1} // "(OKUP, Bangladesh)"
			} else if role, end, ok := r.calling(s, j); ok {
				d = description{ok: true, role: role, end: end}
			} else if o, end, ok := s.bracketed(j); ok {
				d = description{ok: true, org: o, end: end}
			} else if m, ok := r.unknownOrg(s, j+1); ok && s.tok(m.j).is(")") && !s.tok(j+1).is("left", "right", "centre", "center", "via") {
				d = description{ok: true, org: m.org, end: m.j + 1}
			} else {
				d = description{}
			}
			if d.ok && d.role == "" && s.tok(d.end).is(",") {
				if more := r.describe(s, d.end+1); more.ok && more.role != "" && more.org.IsZero() {
					d.role, d.end = more.role, more.end
				}
			}
		case t.is(","):
			if !s.isPerson(j+1) && !(s.tok(j+1).is("now", "then", "today") && s.tok(j+2).is("a", "an", "the")) {
				d = r.describe(s, j+1)
				if !d.ok && s.tok(j+1).is("then", "now", "formerly", "currently") { // ", then Secretary General of MTUC,"
					if d = r.describe(s, j+2); d.role == "" {
						d = description{}
					}
				}
				if d.ok && s.tok(j+1).is("and") && s.isPerson(d.end) {
					d = description{} // that of the next
				}
				if d.ok && d.role == "" && !s.closes(d.end) {
					d = description{} // one more name of a list
				}
				if d.ok && d.role != "" && d.org.IsZero() && s.tok(j+1).is("its", "their") {
					p.of = "its"
					for _, m := range s.orgsIn(0, p.i) {
						d.org = m.org
					}
				}
				if m, ok := r.unknownOrg(s, j+1); !d.ok && ok && s.labelled() && m.j-m.i >= 2 && (m.j >= len(s.toks) || s.tok(m.j).is(";", ".")) {
					d = description{ok: true, org: m.org, end: m.j}
				}
				if t := s.tok(j + 1); !d.ok && t.caps() && len(t.text) > 2 && s.tok(j+2).is(",", ".", ";", ")") {
					d = description{ok: true, org: Organisation{Name: t.text}, end: j + 2} // an abbreviation nobody knows
				}
			}
		case t.is("–", "-", "—", ":") && s.labelled():
			d = r.describe(s, j+1)
		case t.is("–", "-", "—"):
			if d = r.describe(s, j+1); d.role == "" || !s.tok(d.end).is("–", "-", "—") {
				d = description{}
			} else {
				d.end++ // "A – Head of Division, DOLAB – outlined"
			}
		case t.is("from", "of", "at", "with", "representing", "for"):
			d = r.describe(s, j)
		case t.is("who") && s.tok(j+1).is("is", "was"):
			d = r.describe(s, j)
		case t.is("is", "was") && s.tok(j+1).is("a", "an", "the"):
			if d = r.describe(s, j+1); d.role == "" {
				d = description{}
			}
		}
		if d.ok && d.role == "" && p.title == "" {
			if b, start := r.before(s, p.i); b.ok && b.org.IsZero() && start < p.i && !(b.many && (n+1 >= len(s.persons) || !s.together(n))) {
				d.role, d.many, p.i = b.role, b.many, start // "Counsellor Ms. A from the Embassy"
			}
		}
		if !d.ok {
			if b, start := r.before(s, p.i); b.ok && !(n > 0 && s.persons[n-1].role != "" && s.persons[n-1].j > start) && !(b.many && (n+1 >= len(s.persons) || !s.together(n)) && s.tok(start-1).kind == word) {
				d, d.end = b, p.nj
				p.i = start
				if (s.tok(start-1).is("its", "their") || s.tok(start).is("its", "their")) && d.org.IsZero() {
					p.of = "its"
				}
			} else if m, ok := r.owner(s, p.i); ok {
				d = description{ok: true, org: m.org, end: p.nj}
			} else if m, ok := r.speaksFor(s, p.i); ok {
				d = description{ok: true, org: m.org, end: p.nj}
			} else if m, ok := s.colleagueOf(p.i); ok {
				d = description{ok: true, org: m.org, end: p.nj}
			} else if m, ok := r.sentBy(s, p.i); ok {
				d = description{ok: true, org: m.org, end: p.nj}
			} else if m, ok := s.presentsOf(p.nj); ok {
				d = description{ok: true, org: m.org, end: p.nj}
			} else if m, ok := r.worksFor(s, p.nj); ok {
				d = description{ok: true, org: m.org, end: m.j}
				if s.tok(p.nj).is(",") && s.tok(p.nj+2).is("spoke", "speaks") {
					d.end = p.nj // that they spoke is told by these words
				}
			}
		}
		if !d.ok || d.role == "" {
			if n+1 < len(s.persons) {
				if role, start := s.shared(p.i); role != "" {
					d.ok, d.role, d.many, d.end, p.i = true, role, true, max(d.end, p.nj), start
				}
			}
		}
		if !d.ok || d.org.IsZero() {
			for k := j; k < j+4 && k < len(s.toks); k++ { // "spoke on behalf of …"
				if after, ok := s.follows(k, "on behalf of"); ok {
					for s.tok(after).is("the") {
						after++
					}
					if m, ok := r.unknownOrg(s, after); ok {
						d.ok, d.org, d.end = true, m.org, max(d.end, p.nj)
					}
				}
			}
		}
		if d.ok {
			p.role, p.org, p.many, p.j = d.role, d.org, d.many, max(p.nj, d.end)
		}
	}
	// What is said of several people counts for each.
	for n := len(s.persons) - 2; n >= 0; n-- {
		p, next := &s.persons[n], &s.persons[n+1]
		gap := next.i - p.nj
		joined := gap == 1 && s.tok(p.nj).is("and", ",", "&") || gap == 2 && s.tok(p.nj).is(",") && s.tok(p.nj+1).is("and")
		if joined && p.role == "" && p.org.IsZero() && (next.many && !(s.hasRole(next.i, next.ni) && s.severalAt(next.i)) || s.tok(next.nj).is("from", "of") && next.role == "" && s.tok(p.nj).is("and")) {
			p.role, p.org, p.many = next.role, next.org, next.many
		}
	}
	for n := 1; n < len(s.persons); n++ {
		p, prev := &s.persons[n], s.persons[n-1]
		if prev.many && p.role == "" && (s.joined(n-1) || prev.shared && s.together(n-1)) && (prev.i < prev.ni || prev.shared) {
			p.role, p.many, p.shared = prev.role, true, true
			if p.org.IsZero() && p.j <= p.nj {
				p.org = prev.org
			}
		}
	}
	for n := range s.persons {
		p := &s.persons[n]
		r.ofWhom(s, p)
		r.bodyOf(s, p)
		if p.role == "" && p.title != "" {
			p.role = p.title
		}
	}
}

// severalAt reports whether a number stands at token i or right before it: "two
// former workers".
func (s *sentence) severalAt(i int) bool {
	for k := i - 1; k <= i; k++ {
		if numberWords[s.tok(k).low] > 1 || s.tok(k).kind == number && k >= 0 {
			return true
		}
	}
	return false
}

// together reports whether the nth person of a sentence and the next are named
// in one list, whatever is said of the first.
func (s *sentence) together(n int) bool {
	a, b := s.persons[n], s.persons[n+1]
	for k := a.nj; k < b.i; k++ {
		if saying[s.tok(k).low] && !s.tok(k).upper || s.tok(k).is(";", ".") {
			return false
		}
	}
	return true
}

// closeOf returns the token behind the bracket that closes soon after token i,
// 0 if none does.
func (s *sentence) closeOf(i int) int {
	for k := i; k < i+12 && k < len(s.toks); k++ {
		if s.tok(k).is(")") {
			return k + 1
		}
		if s.tok(k).is("(", ".", ";") || s.isPerson(k) {
			break
		}
	}
	return 0
}

// branchIn reads an organisation and the country it is of, which fill brackets
// from token i on: "UNISON – UK", "ILO Viet Nam".
func (r *reader) branchIn(s *sentence, i int) (orgMention, bool) {
	m, ok := s.orgs[i]
	if !ok {
		if t := s.tok(i); !t.caps() && !t.mixed() {
			return m, false
		}
		m = orgMention{i: i, j: i + 1, name: i + 1, org: Organisation{Name: s.tok(i).text}, sure: 0.7}
	}
	k := m.j
	if s.tok(k).is("–", "-", "—", "/", ",") {
		k++
	}
	_, end, is := find(s, k, r.gaz.places)
	if !is || !s.tok(end).is(")") {
		return m, false
	}
	m.j = end
	return m, true
}

// ofWhom finds the organisation that "its director" or "president of the
// union" means: the last that was named, or the last that is called so.
func (r *reader) ofWhom(s *sentence, p *personMention) {
	if w := strings.ToLower(p.org.Name); p.role != "" && p.org.Short == "" && orgWords[w] {
		for _, m := range s.orgsIn(0, p.i) { // "visited the Labour Center, where A, Head of the Center, …"
			if s.tok(m.name - 1).is(w) {
				p.org = m.org
			}
		}
		return
	}
	if !p.org.IsZero() || p.role == "" || p.of != "" && s.has(max(0, p.i-6), p.i, set("film documentary book report play exhibition video song study")) { // "after the film its director"
		return
	}
	role, head, ok := strings.Cut(p.role, " of the ")
	if p.of == "" && (!ok || len(strings.Fields(head)) != 1 || !orgWords[strings.ToLower(head)]) {
		return
	}
	for _, m := range s.orgsIn(0, p.i) { // "handed it to the Labour Office, where A, head of the office"
		if p.of == "" && strings.EqualFold(s.tok(m.name-1).text, head) {
			p.org, p.role = m.org, role
			return
		}
	}
	if p.of == "" && bodies[strings.ToLower(head)] {
		if in := s.orgsIn(0, p.i); len(in) > 0 && strings.Contains(strings.ToLower(in[len(in)-1].org.Name), strings.ToLower(head)+" ") {
			p.org, p.role = in[len(in)-1].org, role
			return
		}
	}
	if in := s.orgsIn(0, p.i); p.of != "" && len(in) > 0 {
		p.org = in[len(in)-1].org // "For the Ministry of Labour, its inspector, A"
		return
	}
	for i := len(r.orgsNamed) - 1; i >= 0 && i >= len(r.orgsNamed)-12; i-- {
		o := r.orgsNamed[i]
		if p.of != "" && i == len(r.orgsNamed)-1 {
			p.org = o
			return
		}
		for _, w := range strings.Fields(strings.ToLower(o.Name)) {
			if w == strings.ToLower(head) && p.of == "" {
				p.org, p.role = o, role
				return
			}
		}
	}
}

// owner reads "Mekong Migration Network’s Kiatisak Nualsri".
func (r *reader) owner(s *sentence, i int) (orgMention, bool) {
	if !s.tok(i - 1).owns {
		return orgMention{}, false
	}
	if t := s.tok(i - 1); bodies[t.low] || ownBodies[t.low] {
		if o := r.bodyCalled(s, i-1); !o.IsZero() {
			return orgMention{i: i - 1, j: i, name: i, org: o, sure: 0.8}, true
		}
	}
	return s.orgEnding(i)
}

// calling reads words in small letters that fill brackets behind a name, with
// a place perhaps: "(seamstress, Mae Sot)".
func (r *reader) calling(s *sentence, i int) (role string, end int, ok bool) {
	j := i + 1
	for j < i+5 && s.tok(j).kind == word && !s.tok(j).upper && !functionWords[s.tok(j).low] && !s.tok(j).is("left", "right", "centre", "center", "middle", "standing", "seated", "pictured", "via", "online") {
		j++
	}
	if j == i+1 || !s.tok(i).is("(") {
		return "", 0, false
	}
	role = s.words(i+1, j)
	if s.tok(j).is(",") && j+1 < len(s.toks) {
		if _, after, is := find(s, j+1, r.gaz.places); is {
			j = after
		}
	}
	return role, j + 1, s.tok(j).is(")")
}

// speaksFor reads the organisation before a name: "Representing MMN, Ms. …",
// "On behalf of the union, …".
func (r *reader) speaksFor(s *sentence, i int) (orgMention, bool) {
	if !s.tok(i - 1).is(",") {
		return orgMention{}, false
	}
	m, ok := s.orgEnding(i - 1)
	if !ok {
		return m, false
	}
	k := m.i - 1
	if s.tok(k).is("the") {
		k--
	}
	return m, s.tok(k).is("representing") || s.tok(k).is("from") && k == 0 || s.tok(k).is("of") && s.tok(k-1).is("behalf") || s.tok(k).is("for") && k == 0
}

// colleagueOf reads "her counterpart from the Ministry, Mr. A", A being at token i.
func (s *sentence) colleagueOf(i int) (orgMention, bool) {
	if !s.tok(i - 1).is(",") {
		return orgMention{}, false
	}
	m, ok := s.orgEnding(i - 1)
	if !ok {
		return m, false
	}
	k := m.i - 1
	if s.tok(k).is("the") {
		k--
	}
	return m, s.tok(k).is("from", "of", "at") && s.tok(k-1).is("counterpart", "colleague", "representative", "speaker", "panellist", "panelist", "participant")
}

// sentBy reads "The union was represented by A", A being at token i.
func (r *reader) sentBy(s *sentence, i int) (orgMention, bool) {
	if !s.tok(i-1).is("by") || !s.tok(i-2).is("represented") {
		return orgMention{}, false
	}
	k := i - 2
	for s.tok(k-1).is("was", "were", "is", "also") {
		k--
	}
	if m, ok := s.orgEnding(k); ok {
		return m, true
	}
	return r.unknownBefore(s, k)
}

// presentsOf reads the organisation whose work somebody presents: "Mr. A shared
// LPN's experience".
func (s *sentence) presentsOf(j int) (orgMention, bool) {
	j += s.adverbs(j)
	if s.tok(j).is("brought", "conveyed", "sent", "extended", "delivered", "carried", "passed") {
		for k := j + 1; k < j+8; k++ {
			if s.tok(k).is("from", "of") && s.has(j+1, k, set("greetings greeting message messages solidarity wishes regards words")) {
				m, ok := s.orgs[k+1+s.article(k+1)]
				return m, ok // "brought greetings from MMN"
			}
		}
	}
	if !s.tok(j).is("presented", "shared", "outlined", "described", "introduced", "explained") {
		return orgMention{}, false
	}
	m, ok := s.orgs[j+1+s.article(j+1)]
	return m, ok && s.tok(m.j-1).owns
}

// worksFor reads the organisation of a relative clause behind a name: ", who
// represents the Vietnamese NGO LIGHT".
func (r *reader) worksFor(s *sentence, j int) (orgMention, bool) {
	if s.tok(j).is(",") {
		j++
	}
	team := s.tok(j).is("whose") && s.tok(j+1).is("team", "group", "office", "department", "clinic", "class", "colleagues", "students") && s.tok(j+2).is("at", "from", "in", "of")
	if !team && !s.tok(j).is("who") || !team && !s.tok(j+1).is("teaches", "lectures", "researches", "studies", "serves", "advises", "edits", "oversees", "handles", "represents", "represented", "heads", "leads", "directs", "chairs", "runs", "founded", "coordinates", "works", "worked", "manages", "volunteers", "spoke", "speaks", "acts", "sits") {
		return orgMention{}, false
	}
	for k := j + 2; k < j+9 && k < len(s.toks); k++ {
		if m, ok := s.orgs[k]; ok {
			return m, true
		}
		if t := s.tok(k); t.kind == mark || saying[t.low] || s.isPerson(k) {
			break
		}
	}
	return orgMention{}, false
}

// bracketed takes words in capitals that fill brackets for an organisation.
func (s *sentence) bracketed(i int) (Organisation, int, bool) {
	j, words := i+1, 0
	for ; j < len(s.toks) && j < i+12 && !s.tok(j).is(")"); j++ {
		t := s.tok(j)
		switch {
		case t.kind != word && !t.is("&", "-", "/"), roleWords[t.low] && !orgWords[t.low] && !t.is("workers", "migrant", "migrants", "women"):
			return Organisation{}, 0, false
		case t.upper:
			words++
		case t.kind == word && !t.is("of", "for", "and", "the", "in", "on", "de"):
			return Organisation{}, 0, false
		}
	}
	if !s.tok(j).is(")") || words < 2 || !s.tok(i+1).upper {
		return Organisation{}, 0, false
	}
	return Organisation{Name: clean(s.words(i+1, j))}, j + 1, true
}

// closes reports whether what stands at token i ends an insertion.
func (s *sentence) closes(i int) bool {
	t := s.tok(i)
	if t.is("(") && s.labelled() { // "Dr. A, Payap University (moderator)"
		if end := s.closeOf(i + 1); end > 0 && (end >= len(s.toks) || s.tok(end).kind == mark) {
			return true
		}
	}
	return i >= len(s.toks) || t.is(",", ".", ";", ")", ":", "and", "who") || saying[t.low]
}
