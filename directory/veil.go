package directory

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sala"
	"sala/internal/db"
	"sala/script"
)

// A Veil finds the names of people who may not be shown in full, in any text.
// It is safe for concurrent use, and takes time in proportion to the text.
//
// A name is found in every form that is stored, with its words in another
// order and without the marks of its letters, through white space, hyphens,
// points and what cannot be seen, in Zawgyi, and as whole words: in scripts
// without spaces a short one must stand where words may part by the
// dictionary. A name of one Latin word counts only with a capital: May is not
// may.
type Veil struct {
	byStart map[string][]pattern   // by the first unit, the longest first
	scripts map[script.Script]bool // that a first unit is of
	odd     bool                   // a first unit has signs in it, as "3.5": nothing is seen quickly
}

// A pattern is one form of a name, unit by unit.
type pattern struct {
	units  []string
	latin  bool
	person *veiled
}

// veiled is somebody whose name stands for something else.
type veiled struct {
	id   sala.ID
	text sala.Text
	// title says that a title before the name goes, too: "Ms. [a migrant
	// worker]" would tell more than it should.
	title bool
}

// A Cover is a stretch of a text and what is to stand in its place.
type Cover struct {
	From, To int
	Text     string
	Lang     sala.Lang // of Text
	Person   sala.ID
}

// Empty reports whether nobody is protected.
func (v *Veil) Empty() bool { return v == nil || len(v.byStart) == 0 }

// Veil returns what finds protected names as the directory is now.
func (s *Store) Veil(ctx context.Context) (*Veil, error) {
	s.mu.Lock()
	guard := s.guard
	s.mu.Unlock()
	now, err := guard.people.Now(ctx)
	if err != nil {
		return nil, err
	}
	guard.mu.Lock()
	defer guard.mu.Unlock()
	if guard.veil == nil || !sameRows(guard.of.Rows, now.Rows) {
		guard.of, guard.veil = now, newVeil(now.Rows)
	}
	return guard.veil, nil
}

// A guarded is a protected person with the forms of their names: these cost
// something, so they are made when the person changes.
type guarded struct {
	id       sala.ID
	patterns []pattern
}

// A guard keeps who is protected, and the veil that was made of them last.
type guard struct {
	people *db.Outline[*guarded]

	mu   sync.Mutex
	of   *db.Sheet[*guarded]
	veil *Veil
}

func (s *Store) newGuard() *guard {
	byID := func(a, b *guarded) int { return strings.Compare(string(a.id), string(b.id)) }
	return &guard{people: db.NewOutline(s.db, s.readGuarded, byID, sala.KindPerson)}
}

func newVeil(people []*guarded) *Veil {
	v := &Veil{byStart: map[string][]pattern{}, scripts: map[script.Script]bool{}}
	for _, one := range people {
		for _, p := range one.patterns {
			v.put(p)
		}
	}
	for _, patterns := range v.byStart {
		slices.SortStableFunc(patterns, func(a, b pattern) int { return len(b.units) - len(a.units) })
	}
	return v
}

// readGuarded reads those who are protected, of all or of those that some ids
// are now: who was merged or split is covered under the name of another.
func (s *Store) readGuarded(ctx context.Context, ids []sala.ID) (map[sala.ID]*guarded, error) {
	sh, err := s.sheet(ctx)
	if err != nil {
		return nil, err
	}
	where, args := "protected AND merged IS NULL", []any{}
	if ids != nil {
		now := []sala.ID{}
		for _, id := range ids {
			if e, ok := sh.at(id); ok {
				now = append(now, e.id)
			}
		}
		if len(now) == 0 {
			return nil, nil
		}
		where, args = where+" AND id IN (?)", []any{db.In(now)}
	}
	rows, err := db.All[row](ctx, s.db, `SELECT `+rowColumns+` FROM directory_entry WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("protected people: %w", err)
	}
	families, err := s.families(ctx, sh, rows)
	if err != nil {
		return nil, err
	}
	found := map[sala.ID]*guarded{}
	for _, r := range rows {
		who, err := s.veiled(r)
		if err != nil {
			return nil, err
		}
		names, err := namesToVeil(append([]row{r}, families[r.ID]...), who.title)
		if err != nil {
			return nil, err
		}
		one := &guarded{id: r.ID}
		for _, name := range names {
			one.patterns = append(one.patterns, patternsOf(name, who)...)
		}
		found[r.ID] = one
	}
	return found, nil
}

// veiled is what stands for a protected person.
func (s *Store) veiled(r row) (*veiled, error) {
	p, err := r.person()
	if err != nil {
		return nil, err
	}
	switch p.Shown() {
	case FirstName:
		return &veiled{p.ID, p.First, false}, nil
	case RoleOnly:
		role, err := s.role(string(p.Kind))
		return &veiled{p.ID, bracketed(replaced(role, p.Role)), true}, err
	}
	words, err := s.catalogue()
	return &veiled{p.ID, bracketed(said(words, "directory.withheld")), true}, err
}

// bracketed marks words as put in by somebody else, as editors do.
func bracketed(t sala.Text) sala.Text {
	marked := sala.Text{}
	for l, words := range t {
		marked[l] = "[" + words + "]"
	}
	return marked
}

// families are the entries that were merged into each of some.
func (s *Store) families(ctx context.Context, sh *sheet, into []row) (map[sala.ID][]row, error) {
	now := map[sala.ID]sala.ID{}
	var ids []sala.ID
	for _, r := range into {
		for _, id := range sh.family(r.ID)[1:] {
			now[id] = r.ID
			ids = append(ids, id)
		}
	}
	families := map[sala.ID][]row{}
	if len(ids) == 0 {
		return families, nil
	}
	rows, err := db.All[row](ctx, s.db, `SELECT `+rowColumns+` FROM directory_entry WHERE id IN (?) ORDER BY id`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("entries that were merged: %w", err)
	}
	for _, r := range rows {
		families[now[r.ID]] = append(families[now[r.ID]], r)
	}
	return families, nil
}

// namesToVeil are the names of a person, whose row is the first, and of those
// who were merged into them; the given ones too, where not even that is shown.
func namesToVeil(rows []row, given bool) ([]string, error) {
	own, err := rows[0].texts()
	if err != nil {
		return nil, err
	}
	shown := map[string]bool{}
	if !given {
		for _, first := range own.short {
			shown[plain(first)] = true
		}
	}
	var names []string
	for _, r := range rows {
		t, err := r.texts()
		if err != nil {
			return nil, err
		}
		all := t.all(r.What)
		if given {
			for _, l := range t.short.Langs() {
				all = append(all, t.short[l])
			}
		}
		for _, name := range all {
			if !shown[plain(name)] {
				names = append(names, name)
			}
		}
	}
	return names, nil
}

// patternsOf are the forms of a name.
func patternsOf(name string, who *veiled) []pattern {
	all := [][]string{unitsOf(name)}
	// Without its titles it is a name of its own as long as it has two words:
	// Daw Mya is not every Mya.
	if bare := unitsOf(Bare(name)); len(bare) > 1 {
		all = append(all, bare)
	}
	var forms []pattern
	for _, units := range all {
		if len(units) == 0 {
			continue
		}
		first, _ := utf8.DecodeRuneInString(units[0])
		latin := !script.Of(first).Unspaced() && unicode.IsLetter(first)
		forms = append(forms, pattern{units, latin, who})
		if n := len(units); latin && n > 1 && n <= 4 { // the family name may stand first or last
			forms = append(forms, pattern{append([]string{units[n-1]}, units[:n-1]...), latin, who})
			forms = append(forms, pattern{append(slices.Clone(units[1:]), units[0]), latin, who})
		}
	}
	return forms
}

func (v *Veil) put(p pattern) {
	start := startOf(p.units[0])
	for _, had := range v.byStart[start] {
		if slices.Equal(had.units, p.units) {
			return
		}
	}
	v.byStart[start] = append(v.byStart[start], p)
	first, _ := utf8.DecodeRuneInString(start)
	v.scripts[script.Of(first)] = true
	v.odd = v.odd || first < utf8.RuneSelf && !alphanumeric(start)
}

// mayHold reports whether a text may hold a name: most texts do not, and that
// is seen without putting them into their normal form. A plain text is one of
// ASCII letters and signs, and of letters of scripts that no name begins with;
// in any other, a letter may stand for another. In a plain text a name may be
// where its first word stands, and its second is the next.
func (v *Veil) mayHold(text string) bool {
	if v.odd {
		return true
	}
	var word [64]byte
	var begun []pattern // by the word before
	n, whole := 0, true
	ends := func() bool {
		if n == 0 {
			return false
		}
		found := !whole || follows(begun, word[:n])
		begun = v.byStart[string(word[:n])]
		n, whole = 0, true
		return found || slices.ContainsFunc(begun, func(p pattern) bool { return len(p.units) == 1 })
	}
	for _, r := range text {
		if r < utf8.RuneSelf {
			switch {
			case 'A' <= r && r <= 'Z':
				r += 'a' - 'A'
				fallthrough
			case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
				if n == len(word) {
					whole = false // longer than any word of a name: the slow way will see
					continue
				}
				word[n] = byte(r)
				n++
				continue
			}
		} else if of := script.Of(r); of == script.Latin || v.scripts[of] && of != script.Common || unicode.Is(unicode.Cf, r) || unicode.IsMark(r) && !of.Unspaced() ||
			unicode.IsNumber(r) || r == utf8.RuneError || 0xff00 <= r && r <= 0xffef {
			return true
		}
		if ends() {
			return true
		}
	}
	return ends()
}

// follows reports whether a word may be the second of a name whose first stands
// before it.
func follows(begun []pattern, word []byte) bool {
	for _, p := range begun {
		if second := startOf(p.units[1]); second == string(word) || !alphanumeric(second) {
			return true
		}
	}
	return false
}

// alphanumeric reports whether a word has nothing but the letters and figures of
// ASCII.
func alphanumeric(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return (r < 'a' || 'z' < r) && (r < '0' || '9' < r) })
}

// startOf is what patterns are told apart by. An apostrophe may end a word or
// stand within it.
func startOf(unit string) string {
	start, _, _ := strings.Cut(unit, "'")
	return start
}

// unitsOf are the units of a name without what stands between them.
func unitsOf(name string) []string {
	text := script.Place(name).Text
	var units []string
	for _, u := range script.AppendUnits(nil, text) {
		if u.Kind != script.Separator {
			units = append(units, folded(text[u.From:u.To]))
		}
	}
	return units
}

// folded is a unit without the marks that people leave out.
func folded(unit string) string {
	for i := range len(unit) {
		if unit[i] >= utf8.RuneSelf {
			return script.FoldDiacritics(unit)
		}
	}
	return unit
}

// Covers returns what is to be covered in a text, in its order. lang is the
// language of the text, in which what stands instead is said.
func (v *Veil) Covers(text string, lang sala.Lang) []Cover {
	if v.Empty() || !v.mayHold(text) {
		return nil
	}
	p := script.Place(text)
	l := look{text: text, p: p}
	for _, u := range script.AppendUnits(nil, p.Text) {
		if u.Kind != script.Separator {
			l.units = append(l.units, unit{u.From, u.To, folded(p.Text[u.From:u.To])})
		}
	}
	var out []Cover
	for i := 0; i < len(l.units); i++ {
		for _, pat := range v.byStart[startOf(l.units[i].text)] {
			to, ok := l.matches(i, pat)
			if !ok {
				continue
			}
			from := l.units[i].from
			if pat.person.title {
				from, to = l.titled(from, to)
			}
			a, b := p.Back(from, to)
			if n := len(out); n > 0 && a < out[n-1].To {
				a = out[n-1].To
			}
			said, in := pat.person.text.In(lang)
			out = append(out, Cover{a, b, said, in, pat.person.id})
			for i+1 < len(l.units) && l.units[i+1].from < to {
				i++
			}
			break
		}
	}
	return out
}

// Text returns a text with every protected name covered.
func (v *Veil) Text(text string, lang sala.Lang) string {
	covers := v.Covers(text, lang)
	if len(covers) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, c := range covers {
		b.WriteString(text[at:c.From])
		b.WriteString(c.Text)
		at = c.To
	}
	b.WriteString(text[at:])
	return b.String()
}

// look is one text being looked through.
type look struct {
	text  string
	p     *script.Placed
	units []unit
}

type unit struct {
	from, to int // in the normal text
	text     string
}

// matches reports whether a pattern stands at a unit, and where it ends.
func (l *look) matches(i int, pat pattern) (to int, ok bool) {
	n := len(pat.units)
	if i+n > len(l.units) {
		return 0, false
	}
	for k, want := range pat.units {
		got := l.units[i+k]
		if k > 0 && !light(l.p.Text[l.units[i+k-1].to:got.from]) {
			return 0, false
		}
		if got.text == want {
			to = got.to
			continue
		}
		rest, ok := strings.CutPrefix(got.text, want)
		if k+1 < n || !ok || !strings.HasPrefix(rest, "'") { // "Tun Lin's"
			return 0, false
		}
		to = got.to - len(rest)
	}
	from := l.units[i].from
	if n == 1 && pat.latin {
		a, _ := l.p.Back(from, to)
		r, _ := utf8.DecodeRuneInString(l.text[a:])
		return to, !unicode.IsLower(r)
	}
	if !pat.latin && n < 3 {
		return to, script.Whole(l.p.Text, from, to)
	}
	return to, true
}

// light reports whether what stands between two units may stand within a name.
func light(between string) bool {
	if len(between) > 4 {
		return false
	}
	for _, r := range between {
		if !strings.ContainsRune(" -._,'·・+/", r) {
			return false
		}
	}
	return true
}

// titled widens a stretch over the titles beside it.
func (l *look) titled(from, to int) (int, int) {
	text := l.p.Text
	for range 3 { // "H.E. Associate Professor Dr." has no more
		head := strings.TrimRight(text[:from], " .")
		found := false
		for _, title := range append([]string{"h.e"}, before...) {
			if !strings.HasSuffix(head, title) {
				continue
			}
			at := len(head) - len(title)
			if !unspacedEnd(title) {
				// Close to the name it is no title, nor inside another word, nor
				// written small: "to", "ma" and "he" are words.
				if r, _ := utf8.DecodeLastRuneInString(text[:at]); at > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || len(head) == from {
					continue
				}
				a, _ := l.p.Back(at, at+len(title))
				if r, _ := utf8.DecodeRuneInString(l.text[a:]); unicode.IsLower(r) {
					continue
				}
			}
			from, found = at, true
			break
		}
		if !found {
			break
		}
	}
	for _, title := range behind {
		if strings.HasPrefix(text[to:], title) {
			to += len(title)
			break
		}
	}
	return from, to
}

// Who returns the protected people whose names stand in some texts.
func (v *Veil) Who(texts ...string) []sala.ID {
	var ids []sala.ID
	for _, text := range texts {
		for _, c := range v.Covers(text, sala.English) {
			if !slices.Contains(ids, c.Person) {
				ids = append(ids, c.Person)
			}
		}
	}
	return ids
}
