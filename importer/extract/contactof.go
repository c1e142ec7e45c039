package extract

import "strings"

// contact reads a block that names somebody to ask, or announces one. It
// reports whether the block was one: who stands there did not speak at an
// event.
func (r *reader) contact(b *Block, sents []*sentence) bool {
	heads := contactHead.MatchString(b.Text)
	if heads {
		r.contacts = true
	}
	if !r.contacts {
		return false
	}
	reach := email.MatchString(b.Text) || phone.MatchString(b.Text) || spoken.MatchString(strings.TrimSpace(b.Text)) || lostAddress.MatchString(b.Text)
	found := false
	for _, s := range sents {
		for n, p := range s.persons {
			if !reach && !heads {
				continue
			}
			to := len(b.Text)
			if n+1 < len(s.persons) {
				to = s.toks[s.persons[n+1].i].from
			}
			part := b.Text[s.toks[p.i].from:to]
			c := Contact{Name: p.name, Role: p.role, Email: email.FindString(part), Phone: strings.TrimSpace(phone.FindString(part))}
			if m := spoken.FindStringSubmatch(strings.TrimSpace(part)); m != nil {
				c.Langs = Languages(m[1])
			} else if m := spokenMid.FindStringSubmatch(part); m != nil {
				c.Langs = Languages(m[1])
			}
			if len(c.Langs) == 0 && n == len(s.persons)-1 {
				c.Langs = Languages(s.spokenBehind(p.nj))
			}
			if c.Email == "" && c.Phone == "" && len(c.Langs) == 0 && !heads {
				continue
			}
			r.facts.Contacts = append(r.facts.Contacts, FoundContact{s.found(p.i, max(p.j, p.nj), 0.9), c, p.org})
			found = true
		}
	}
	if found || heads && len(b.Text) < 300 {
		return true
	}
	if !reach && len(b.Text) > 200 {
		r.contacts = false
		return false
	}
	return reach
}

// toReach are words of a sentence that says whom to write to.
var toReach = set(`contact write turn question questions information media press correspondence copies rsvp register reserve correction corrections addressed reply replies sent put correspond directed enquiry enquiries
	inquiry inquiries reach details answered answers email call phone telephone interviews apply applications order orders booking feedback ask asked minutes`)

// contactIn notes those whom a sentence within a paragraph names for questions,
// by the languages that stand in brackets behind them, and returns the other
// sentences: "For copies, please write to Ms. A, Assistant of B (Thai or English)."
func (r *reader) contactIn(sents []*sentence) []*sentence {
	var rest []*sentence
	for _, s := range sents {
		found := false
		for k, p := range s.persons {
			end := min(p.nj+16, len(s.toks))
			if k+1 < len(s.persons) {
				end = min(end, s.persons[k+1].i)
			}
			langs := s.langsIn(p.nj, end)
			if !s.has(0, len(s.toks), toReach) {
				continue
			}
			if langs == "" && s.has(0, len(s.toks), set("can may please should must kindly")) {
				langs = s.spokenBehind(p.nj)
			}
			if langs == "" && !s.writesTo(p) {
				continue
			}
			if langs != "" && strings.Contains(langs, p.org.Name) {
				p.org = Organisation{}
			}
			r.facts.Contacts = append(r.facts.Contacts, FoundContact{s.found(p.i, max(p.j, p.nj), 0.9), Contact{Name: p.name, Role: p.role, Langs: Languages(langs)}, p.org})
			found = true
		}
		if !found {
			rest = append(rest, s)
		}
	}
	return rest
}

// spokenBehind returns the languages with which a sentence ends that names somebody
// before: "…, in English, Thai or Japanese".
func (s *sentence) spokenBehind(i int) string {
	end := len(s.toks)
	for end > i && s.tok(end-1).kind == mark {
		end--
	}
	k := end
	for k > i {
		t := s.tok(k - 1)
		if _, ok := languages[t.text]; !ok && !t.is("and", "or", ",", "either", "both") {
			break
		}
		k--
	}
	if k == end || k <= i || !s.tok(k-1).is("in", "speaks", "speak", "understands", ":") || k-i > 24 {
		return ""
	}
	return s.words(k, end)
}

// writesTo reports whether a sentence says that one may write to somebody, who
// stands right behind it: "please write to A", "questions can be put to A".
func (s *sentence) writesTo(p personMention) bool {
	if p.role == "" || p.org.IsZero() {
		return false
	}
	i := p.i
	if s.tok(i-1).is("contact", "email", "call") && (s.tok(0).is("please", "contact", "for", "to") || s.has(0, i, set("please may can should"))) {
		return true
	}
	if !s.tok(i - 1).is("to") {
		return false
	}
	for k := i - 2; k >= 0 && k > i-4; k-- {
		if s.tok(k).is("write", "turn", "apply", "speak") && (k == 0 || s.has(0, k, set("please if to should can may kindly , for"))) {
			return true
		}
		if s.tok(k).is("put", "sent", "addressed", "directed", "made") && s.has(0, k, set("can may should must be")) && s.has(0, k, set("questions reply replies enquiries inquiries requests registrations orders comments applications answers letters suggestions corrections copies media")) {
			return true
		}
	}
	return false
}

// langsIn returns what stands in brackets between tokens i and j if it is
// languages only.
func (s *sentence) langsIn(i, j int) string {
	for k := i; k < j; k++ {
		if !s.tok(k).is("(") {
			continue
		}
		n, end := 0, k+1
		for ; end < len(s.toks) && !s.tok(end).is(")"); end++ {
			t := s.tok(end)
			if _, ok := languages[t.text]; ok {
				n++
			} else if !t.is("and", "or", ",", "/", "&", "only", "speaking") {
				return ""
			}
		}
		if n > 0 && s.tok(end).is(")") {
			return s.words(k, end)
		}
	}
	return ""
}
