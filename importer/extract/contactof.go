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
