package studio

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/event"
	"sala/internal/i18n"
	"sala/tracker"
)

// An eventForm is an event as typed: every text as it stands in its field, in
// one language; what is said in others stays in the event underneath.
type eventForm struct {
	Lang    sala.Lang
	Version int
	One     map[string]string     // fields that stand once
	Rows    map[string][]eventRow // lists, in the order of the page
	Terms   []sala.ID
	Paste   string
}

// An eventRow is one row of a list: what stands in each of its fields. Key is
// the id of what it is, and will be.
type eventRow struct {
	Key string
	V   map[string]string
}

// eventOnce are the fields that stand once, and eventLists those of each row.
// A field whose name is that of something in the directory or the archive has
// three more: the id that was picked, the name that was shown with it, and
// what to do with a name that nothing bears.
var (
	eventOnce  = []string{"title", "about", "type", "from", "to", "start", "end", "zone", "venue", "city", "country", "slug", "spoken", "interpreted", "series", "new_series", "parent", "parent_ref", "parent_was"}
	eventLists = map[string][]string{
		"sessions":    {"kind", "day", "start", "end", "title"},
		"appearances": {"session", "role", "name", "ref", "was", "as", "position", "affiliation"},
		"parties":     {"part", "name", "ref", "was", "as"},
		"present":     {"name", "ref", "was", "as", "several", "sector", "country"},
		"counts":      {"qualifier", "value", "high", "of", "words"},
		"materials":   {"kind", "title", "lang", "address", "owner", "licence", "session"},
		"works":       {"stage", "name", "ref", "was"},
	}
	eventListOrder = []string{"sessions", "appearances", "parties", "present", "counts", "materials", "works"}
)

// elsewhere begins the name of what a field says in another language: it is
// shown and not sent.
const elsewhere = "~"

// blank is a new row.
func blank(list string) eventRow {
	r := eventRow{Key: string(sala.NewID()), V: map[string]string{}}
	switch list {
	case "appearances":
		r.V["role"] = string(event.Speaker)
	case "parties":
		r.V["part"] = string(event.Organiser)
	case "counts":
		r.V["qualifier"], r.V["of"] = string(event.Exactly), string(event.Participants)
	case "materials":
		r.V["kind"] = string(event.Slides)
	case "works":
		r.V["stage"] = string(event.Report)
	}
	return r
}

// empty reports whether nothing was typed in a row, so that it is none.
func (r eventRow) empty(list string) bool {
	for _, field := range eventLists[list] {
		switch field {
		case "session", "role", "ref", "was", "as", "part", "several", "sector", "qualifier", "of", "stage": // chosen, not typed
			continue
		case "kind":
			if list != "sessions" {
				continue
			}
		}
		if r.V[field] != "" {
			return false
		}
	}
	return true
}

// speaksElsewhere reports whether a row has words in another language only: in
// this one its fields are empty, and it is not.
func (r eventRow) speaksElsewhere(list string) bool {
	for _, field := range eventLists[list] {
		if r.V[elsewhere+field] != "" {
			return true
		}
	}
	return false
}

// arrange puts the rows in the order of the page, each session followed by
// those who appeared in it, with one blank row at the end of each list.
func (f *eventForm) arrange() {
	for _, list := range eventListOrder {
		if list == "appearances" {
			continue
		}
		rows := f.Rows[list]
		if n := len(rows); n == 0 || !rows[n-1].empty(list) || rows[n-1].speaksElsewhere(list) || list == "sessions" && len(f.in(rows[n-1].Key)) > 0 {
			f.Rows[list] = append(rows, blank(list))
		}
	}
	var ordered []eventRow
	sessions := []string{}
	for _, s := range f.Rows["sessions"] {
		sessions = append(sessions, s.Key)
	}
	for _, key := range append(sessions, "") {
		rows := f.in(key)
		for _, a := range f.Rows["appearances"] {
			if key == "" && a.V["session"] != "" && !slices.Contains(sessions, a.V["session"]) {
				a.V["session"] = "" // of a session that was taken away
				rows = append(rows, a)
			}
		}
		b := blank("appearances")
		b.V["session"] = key
		rows = append(rows, b)
		ordered = append(ordered, rows...)
	}
	f.Rows["appearances"] = ordered
}

// in are those who appeared in a session.
func (f *eventForm) in(session string) []eventRow {
	var rows []eventRow
	for _, a := range f.Rows["appearances"] {
		if a.V["session"] == session && (!a.empty("appearances") || a.speaksElsewhere("appearances")) {
			rows = append(rows, a)
		}
	}
	return rows
}

// sentEvent reads a form as it was sent.
func sentEvent(v *visit) (eventForm, error) {
	f := eventForm{Lang: sala.Lang(v.PostFormValue("in")), One: map[string]string{}, Rows: map[string][]eventRow{}, Paste: v.PostFormValue("programme")}
	if l, err := sala.ParseLang(string(f.Lang)); err != nil || l != f.Lang {
		return f, errBadForm
	}
	var err error
	if f.Version, err = strconv.Atoi(v.PostFormValue("version")); err != nil {
		return f, errBadForm
	}
	for _, name := range eventOnce {
		f.One[name] = strings.TrimSpace(v.PostFormValue(name))
	}
	for _, t := range v.PostForm["term"] {
		f.Terms = append(f.Terms, sala.ID(t))
	}
	for list, fields := range eventLists {
		keys := v.PostForm[list+".key"]
		named := map[string]bool{}
		for i, key := range keys {
			if _, err := sala.ParseID(key); err != nil || named[key] {
				return f, errBadForm
			}
			named[key] = true
			row := eventRow{Key: key, V: map[string]string{}}
			for _, field := range fields {
				values := v.PostForm[list+"."+field]
				if len(values) != len(keys) { // rows would be mixed up
					return f, errBadForm
				}
				row.V[field] = strings.TrimSpace(values[i])
			}
			f.Rows[list] = append(f.Rows[list], row)
		}
	}
	f.move(v.PostFormValue("up"))
	return f, nil
}

// recall fills what fields say in other languages from the form of the event
// as it is stored.
func (f *eventForm) recall(stored eventForm) {
	for list, rows := range stored.Rows {
		for _, had := range rows {
			for i, r := range f.Rows[list] {
				if r.Key != had.Key {
					continue
				}
				for field, words := range had.V {
					if strings.HasPrefix(field, elsewhere) {
						f.Rows[list][i].V[field] = words
					}
				}
			}
		}
	}
}

// move puts a session before the one above it.
func (f *eventForm) move(key string) {
	rows := f.Rows["sessions"]
	if i := slices.IndexFunc(rows, func(r eventRow) bool { return r.Key == key }); i > 0 {
		rows[i], rows[i-1] = rows[i-1], rows[i]
	}
}

// paste adds the sessions of a pasted programme behind those there are.
func (f *eventForm) paste() error {
	lines := event.ReadProgramme(f.Lang, f.Paste)
	if len(lines) > 200 {
		return sala.Invalid{{Field: "programme", Key: "studio.event.paste_long", Text: "the programme has more than 200 sessions"}}
	}
	if len(lines) == 0 {
		return sala.Invalid{{Field: "programme", Key: "studio.event.paste_empty", Text: "nothing was pasted"}}
	}
	f.Rows["sessions"] = slices.DeleteFunc(f.Rows["sessions"], func(r eventRow) bool { return r.empty("sessions") && len(f.in(r.Key)) == 0 })
	for _, l := range lines {
		s := blank("sessions")
		s.V["kind"], s.V["day"], s.V["start"], s.V["end"], s.V["title"] = string(l.Kind), l.Day.String(), string(l.Start), string(l.End), l.Title
		f.Rows["sessions"] = append(f.Rows["sessions"], s)
		for _, person := range l.People {
			a := blank("appearances")
			a.V["session"], a.V["role"], a.V["name"], a.V["position"], a.V["affiliation"] = s.Key, string(person.Role), person.Name, person.Position, person.Affiliation
			f.Rows["appearances"] = append(f.Rows["appearances"], a)
		}
	}
	f.Paste = ""
	return nil
}

// formOf writes an event into the fields of a form. named tells what a thing
// of the directory or the archive is called.
func formOf(e event.Event, lang sala.Lang, named func(sala.ID) string) eventForm {
	f := eventForm{Lang: lang, Version: e.Version, Terms: e.Terms, Rows: map[string][]eventRow{}}
	f.One = map[string]string{
		"title": e.Title[lang], "about": e.About[lang], "type": string(e.Type), "from": e.Held.From.String(), "start": string(e.Start), "end": string(e.End),
		"zone": e.Zone, "venue": e.Venue[lang], "city": e.City[lang], "country": e.Country, "slug": e.Slug, "spoken": joined(e.Spoken), "interpreted": joined(e.Interpreted),
		"series": string(e.Series), "parent": named(e.Parent), "parent_ref": string(e.Parent), "parent_was": named(e.Parent),
	}
	if e.Held.To != e.Held.From {
		f.One["to"] = e.Held.To.String()
	}
	add := func(list string, key sala.ID, pairs ...string) {
		r := eventRow{Key: string(key), V: map[string]string{}}
		for i := 0; i < len(pairs); i += 2 {
			r.V[pairs[i]] = pairs[i+1]
		}
		f.Rows[list] = append(f.Rows[list], r)
	}
	who := func(id sala.ID, words sala.Text) (name, ref, as string) {
		if id != "" {
			return named(id), string(id), ""
		}
		return words[lang], "", "words"
	}
	// what a text says in another language, where it says nothing in this one
	other := func(t sala.Text) string {
		if t[lang] != "" {
			return ""
		}
		text, _ := t.In(lang)
		return text
	}
	for _, s := range e.Sessions {
		add("sessions", s.ID, "kind", string(s.Kind), "day", s.Day.String(), "start", string(s.Start), "end", string(s.End), "title", s.Title[lang], elsewhere+"title", other(s.Title))
	}
	for _, a := range e.Appearances {
		name, ref, as := who(a.Person, a.Described)
		add("appearances", a.ID, "session", string(a.Session), "role", string(a.Role), "name", name, "ref", ref, "was", name, "as", as, "position", a.Position[lang], "affiliation", a.Affiliation[lang],
			elsewhere+"name", other(a.Described), elsewhere+"position", other(a.Position), elsewhere+"affiliation", other(a.Affiliation))
	}
	for _, p := range e.Parties {
		name, ref, as := who(p.Organisation, p.Name)
		add("parties", p.ID, "part", string(p.Part), "name", name, "ref", ref, "was", name, "as", as, elsewhere+"name", other(p.Name))
	}
	for _, p := range e.Present {
		name, ref, as := who(p.Organisation, p.Name)
		several := ""
		if p.Several {
			several = "yes"
		}
		add("present", p.ID, "name", name, "ref", ref, "was", name, "as", as, "several", several, "sector", string(p.Sector), "country", p.Country,
			elsewhere+"name", other(p.Name))
	}
	for _, n := range e.Counts {
		high := ""
		if n.High > 0 {
			high = strconv.Itoa(n.High)
		}
		add("counts", n.ID, "qualifier", string(n.Qualifier), "value", strconv.Itoa(n.Value), "high", high, "of", string(n.Of), "words", n.Words[lang], elsewhere+"words", other(n.Words))
	}
	for _, m := range e.Materials {
		address := m.Address
		if m.File != "" {
			address = "file:" + string(m.File)
		}
		add("materials", m.ID, "kind", string(m.Kind), "title", m.Title[lang], "lang", string(m.Lang), "address", address, "owner", m.Owner, "licence", m.Licence, "session", string(m.Session),
			elsewhere+"title", other(m.Title))
	}
	for _, w := range e.Works {
		add("works", w.Work, "stage", string(w.Stage), "name", named(w.Work), "ref", string(w.Work), "was", named(w.Work))
	}
	return f
}

func joined(langs []sala.Lang) string {
	all := make([]string, len(langs))
	for i, l := range langs {
		all[i] = string(l)
	}
	return strings.Join(all, ", ")
}

// A readForm is an event read out of a form, with the faults of its fields.
// Rows are named by their keys in them, for the page shows them in its own
// order.
type readForm struct {
	event event.Event
	bad   sala.Invalid
	keys  map[string][]string // by list: the row that each row of the event came from
}

func (r *readForm) fault(field, key, text string) {
	r.bad = append(r.bad, sala.FieldError{Field: field, Key: "studio.event." + key, Text: text})
}

// byKey names the fields of a store's faults as the page does.
func (r *readForm) byKey(err error) error {
	bad, ok := errors.AsType[sala.Invalid](err)
	if !ok {
		return err
	}
	out := slices.Clone(bad)
	for i, f := range out {
		list, rest, ok := strings.Cut(f.Field, ".")
		number, field, inRow := strings.Cut(rest, ".")
		n, err := strconv.Atoi(number)
		if !ok || !inRow || err != nil || n >= len(r.keys[list]) {
			continue
		}
		if field == "person" || field == "organisation" || field == "work" {
			field = "name"
		}
		out[i].Field = list + "." + r.keys[list][n] + "." + field
	}
	return out
}

func (r *readForm) day(lang sala.Lang, field, typed string) sala.Day {
	if typed == "" {
		return sala.Day{}
	}
	d, err := i18n.ParseDate(lang, typed)
	if err != nil {
		r.fault(field, "day_bad", err.Error())
	}
	return d
}

func (r *readForm) clock(field, typed string) event.Clock {
	c, err := event.ParseClock(typed)
	if err != nil {
		r.fault(field, "time_bad", err.Error())
	}
	return c
}

func (r *readForm) number(field, typed string) int {
	if typed == "" {
		return 0
	}
	if value, err := tracker.Number(typed); err == nil { // as of a figure: "1,200"
		typed = value
	}
	n, err := i18n.ParseNumber(typed)
	if err != nil {
		r.fault(field, "number_bad", err.Error())
	}
	return n
}

// with puts what was typed into a text, in the language of the form.
func (f eventForm) with(had sala.Text, typed string) sala.Text {
	out := sala.Text{}
	for l, s := range had {
		out[l] = s
	}
	out[f.Lang] = typed
	return out
}
