package proposals

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/importer/extract"
)

// A flattener makes proposals of facts.
type flattener struct {
	work sala.ID
	lang sala.Lang
	out  []Proposal
	seen map[sala.ID]bool
}

// flatten makes the proposals of a text. The id of each is derived from what
// it says, not from where it stands, so that a word mended elsewhere in the
// text makes no new ones.
func flatten(work sala.ID, lang sala.Lang, f extract.Facts) []Proposal {
	l := &flattener{work: work, lang: lang, seen: map[sala.ID]bool{}}
	events := make([]sala.ID, len(f.Events))
	same := map[string]int{}
	for i, e := range f.Events {
		events[i] = l.event(e, same)
		if e.Within >= 0 {
			l.out[l.find(events[i])].Value["within"] = string(events[e.Within])
		}
	}
	of := func(i int) sala.ID {
		if i < 0 {
			return ""
		}
		return events[i]
	}
	for _, a := range f.Asks {
		sure := a.Sure
		if len(a.Addressees) == 0 {
			sure = min(sure, 0.7) // the tracker asks of whom
		}
		l.add(Ask, of(a.Event), extract.Found{At: a.At, Sure: sure}, Value{
			"number": a.Number, "words": a.Words, "addressees": strings.Join(a.Addressees, "; "), "asker": a.By,
		})
	}
	for _, a := range f.Adoptions {
		l.add(Adoption, of(a.Event), a.Found, Value{
			"document": a.Document, "section": a.Section, "first": a.From, "last": a.Until, "to": a.To, "all": yes(a.All),
		})
	}
	for _, g := range f.Figures {
		l.add(Figure, "", g.Found, Value{"qualifier": g.Qualifier, "number": g.Value, "of": g.Of, "unit": g.Unit, "asof": g.AsOf.String()})
	}
	for _, c := range f.Contacts {
		role := c.Role
		if !c.Org.IsZero() {
			name := c.Org.Name
			if c.Org.Short != "" {
				name = c.Org.Short
			}
			role = strings.Trim(role+", "+name, ", ")
		}
		var langs []string
		for _, l := range c.Langs {
			langs = append(langs, string(l))
		}
		l.add(Contact, "", c.Found, Value{"name": c.Name, "role": role, "phone": c.Phone, "email": c.Email, "langs": strings.Join(langs, "; ")})
	}
	return l.out
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func (l *flattener) find(id sala.ID) int {
	for i, p := range l.out {
		if p.ID == id {
			return i
		}
	}
	return 0
}

func (l *flattener) event(e extract.Event, same map[string]int) sala.ID {
	days := e.Held.Span.From.String() + "/" + e.Held.Span.To.String()
	same[days]++
	id := l.put(Event, "", e.Found, Value{"title": e.Title.Words, "type": e.Type.Words}, fmt.Sprintf("%s#%d", days, same[days]))
	if !e.Title.IsZero() {
		l.out[len(l.out)-1].At = e.Title.At
	}
	if !e.Held.Span.IsZero() {
		l.add(Held, id, e.Held.Found, Value{"from": e.Held.Span.From.String(), "to": e.Held.Span.To.String(), "reckoned": yes(e.Held.Reckoned)})
	}
	if !e.Venue.IsZero() || !e.City.IsZero() || e.Country.Code != "" {
		l.add(Where, id, place(e), Value{"venue": e.Venue.Words, "city": e.City.Words, "country": e.Country.Code})
	}
	for _, p := range e.Parties {
		v := organisation(p.Org, "name")
		v["part"] = string(p.Part)
		l.add(Party, id, p.Found, v)
	}
	for _, c := range e.Counts {
		l.add(Count, id, c.Found, Value{"qualifier": c.Qualifier, "number": strconv.Itoa(c.Value), "what": c.What})
	}
	sessions := make([]sala.ID, len(e.Sessions))
	for i, x := range e.Sessions {
		sessions[i] = l.put(Session, id, x.Found, Value{"sort": string(x.Kind), "title": x.Title}, fmt.Sprintf("%s#%d", x.Title, i))
	}
	for _, x := range e.Speakers {
		v := organisation(x.Org, "org")
		v["name"], v["honorific"], v["role"], v["did"], v["worker"] = x.Name, x.Honorific, x.Role, x.Did, yes(x.Worker)
		var in []string
		if x.Session >= 0 {
			in = append(in, string(sessions[x.Session]))
		}
		for _, also := range x.Also {
			in = append(in, string(sessions[also]))
		}
		v["sessions"] = strings.Join(in, "; ")
		l.put(Speaker, id, x.Found, v, x.Name)
	}
	for _, g := range e.Groups {
		v := organisation(g.Org, "org")
		v["who"], v["spoke"] = g.Who, yes(g.Spoke)
		l.add(Group, id, g.Found, v)
	}
	for _, m := range e.Materials {
		if m.Title == "" {
			continue
		}
		v := organisation(m.Owner, "org")
		v["sort"], v["title"], v["shown"] = m.Kind, m.Title, yes(m.Shown)
		l.add(Material, id, m.Found, v)
	}
	for _, x := range e.Languages {
		l.add(Language, id, x.Found, Value{"lang": string(x.Lang), "interpreted": yes(x.Interpreted)})
	}
	return id
}

// place is the passage of the first part of a place that is stated, and how
// sure the least sure part is.
func place(e extract.Event) extract.Found {
	f := extract.Found{At: e.Country.At, Sure: 1}
	for _, s := range []extract.Said{e.City, e.Venue} {
		if !s.IsZero() {
			f.At, f.Sure = s.At, min(f.Sure, s.Sure)
		}
	}
	if e.Country.Code != "" {
		f.Sure = min(f.Sure, e.Country.Sure)
	}
	return f
}

func organisation(o extract.Organisation, field string) Value {
	return Value{field: o.Name, "short": o.Short, "org_kind": o.Kind, "org_country": o.Country, "org_id": string(o.ID)}
}

// add adds a proposal whose value says which it is.
func (l *flattener) add(k Kind, event sala.ID, f extract.Found, v Value) sala.ID {
	// What the directory has learned since is no other fact.
	key := Value{}
	for field, s := range v {
		if !strings.HasPrefix(field, "org_") {
			key[field] = s
		}
	}
	return l.put(k, event, f, v, key.json())
}

func (l *flattener) put(k Kind, event sala.ID, f extract.Found, v Value, key string) sala.ID {
	id := sala.DerivedID(time.Time{}, strings.Join([]string{"proposal", string(l.work), string(event), string(k), key}, "\x00"))
	if l.seen[id] {
		return id
	}
	l.seen[id] = true
	l.out = append(l.out, Proposal{ID: id, Work: l.work, Lang: l.lang, Kind: k, Event: event, At: f.At, Sure: int(f.Sure*100 + 0.5), Value: v, State: Open})
	return id
}
