package studio

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"sala"
	"sala/glossary"
	"sala/internal/phrase"
	"sala/internal/richtext"
	"sala/internal/web"
)

// A phrasesPage is what phrasesView shows: short texts of which each says
// something in one language or another, to be put into one of them.
type phrasesPage struct {
	*page
	Base          string // address of the screen, but for its language
	Back, BackKey string // where one comes from
	Lang          sala.Lang
	Need          string // what it is narrowed to: see needs
	Needs         []countedLink
	Version       int // that the words are made of, 0 where there are none
	Rows          []phraseRow
	Langs         []tally
	From          []tally   // languages to translate from, if there are several
	Chief         sala.Lang // that most is translated from: of words in another one the screen says in which
	Lost          []lostWords
	Source        sala.Lang // that words are made of, and older than: that of the network, or that of the original
	Clash         bool
}

// A phraseRow is one text on the screen.
type phraseRow struct {
	phrase.Wording
	Part   string    // key of the heading that it stands under
	Label  string    // key of what it is
	Of     string    // whose it is, or of what
	OfIn   sala.Lang // of Of, "" for that of the page
	Looked bool      // the form says what stood there: Was
	Was    sala.Text // in the field, and what it is translated from
	Typed  string    // what stands in the field
	Theirs string    // what somebody else has put there meanwhile
	Newer  bool      // somebody else has changed it meanwhile
	Behind bool      // what it was translated from has been changed since
	Right  bool      // and it is right all the same, as somebody has ticked
	Hints  []glossary.Hint
	Finds  []glossary.Finding
	Height int // of the field, in lines
}

// lostWords are words that there is no field for, and why.
type lostWords struct{ Key, Words, Why string }

// A tally says how many of some texts say something in a language, and how many
// of those what was said before.
type tally struct {
	Lang              sala.Lang
	There, Of, Behind int
}

// class is how a tally looks; its numbers stand there as well.
func (t tally) class() string {
	switch {
	case t.There == t.Of && t.Behind == 0:
		return "tick ok"
	case t.There == 0:
		return "tick no"
	}
	return "tick old"
}

// tallied counts texts in the languages of the network, and in those that they
// have besides.
func (v *visit) tallied(all []phrase.Wording, source sala.Lang) []tally {
	shares := make([]phrase.Share, len(all))
	for i, w := range all {
		shares[i] = phrase.Share{N: 1, Langs: w.Langs, Kept: w.Kept, At: w.At}
	}
	return v.tallies(shares, source)
}

// tallies is [visit.tallied] of texts that are counted already.
func (v *visit) tallies(all []phrase.Share, source sala.Lang) []tally {
	there, behind, of := map[sala.Lang]int{}, map[sala.Lang]int{}, 0
	for _, s := range all {
		of += s.N
		for _, l := range s.Langs {
			there[l] += s.N
			if s.Behind(l, source) {
				behind[l] += s.N
			}
		}
	}
	langs := slices.Clone(v.set.Langs)
	for _, l := range slices.Sorted(maps.Keys(there)) {
		if !slices.Contains(langs, l) {
			langs = append(langs, l)
		}
	}
	tallies := make([]tally, len(langs))
	for i, l := range langs {
		tallies[i] = tally{l, there[l], of, behind[l]}
	}
	return tallies
}

// into is the language that whoever looks at texts will want to put them into:
// their own where something is missing in it, else the one that has least.
func (v *visit) into(tallies []tally) sala.Lang {
	least := slices.MinFunc(tallies, func(a, b tally) int { return a.There - b.There })
	for _, t := range tallies {
		if t.Lang == v.user.Lang && (t.There < t.Of || t.Behind > 0) {
			return t.Lang
		}
	}
	return least.Lang
}

// translateFrom are the languages to translate from, the best first.
func (v *visit) translateFrom() []sala.Lang { return append(v.chosenFrom(), v.set.Default) }

// chosenFrom is the language that was chosen to translate from, if one was.
func (v *visit) chosenFrom() []sala.Lang {
	l, err := sala.ParseLang(v.URL.Query().Get("from"))
	if err != nil {
		return nil
	}
	return []sala.Lang{l}
}

// translatable reports whether there is a screen for a language: the network
// has it, or one of the texts does.
func (v *visit) translatable(lang sala.Lang, rows []phraseRow) bool {
	return slices.Contains(v.set.Langs, lang) || slices.ContainsFunc(rows, func(r phraseRow) bool { return slices.Contains(r.Langs, lang) })
}

// sentPhrases is what the form of a phrasesPage sends.
type sentPhrases struct {
	Version int
	Words   map[string]string    // by key, as typed
	Looked  map[string]sala.Text // what stood there, where the form says it
	Lost    map[string]string    // words that there was no field for already
	Right   []string             // keys of texts whose words are right as they are
}

// Names in the form that go before a key; between the first and the key stands
// a language.
const (
	lookedName = "looked:"
	lostName   = "lost:"
	rightName  = "right:"
)

func sentTranslation(v *visit) (sentPhrases, error) {
	sent := sentPhrases{Words: map[string]string{}, Looked: map[string]sala.Text{}, Lost: map[string]string{}}
	for name, values := range v.PostForm {
		if len(values) != 1 {
			return sent, errBadForm
		}
		value := strings.TrimSpace(strings.ReplaceAll(values[0], "\r\n", "\n"))
		if of, ok := strings.CutPrefix(name, lookedName); ok {
			lang, key, _ := strings.Cut(of, ":")
			if sent.Looked[key] == nil {
				sent.Looked[key] = sala.Text{}
			}
			sent.Looked[key][sala.Lang(lang)] = value
		} else if key, ok := strings.CutPrefix(name, lostName); ok {
			sent.Lost[key] = value
		} else if key, ok := strings.CutPrefix(name, rightName); ok {
			sent.Right = append(sent.Right, key)
		} else if name != "version" {
			sent.Words[name] = value
		}
	}
	return sent, nil
}

// showPhrases shows the screen, and in it what was sent if that could not be
// stored.
func (s *Studio) showPhrases(v *visit, wp phrasesPage, sent sentPhrases, wrong error) (*web.Reply, error) {
	if !v.translatable(wp.Lang, wp.Rows) {
		return nil, sala.ErrNotFound
	}
	if wp.Chief == "" {
		wp.Chief = v.translateFrom()[0]
	}
	if wp.Source == "" {
		wp.Source = v.set.Default
	}
	if wp.Need = v.URL.Query().Get("need"); wp.Need != "" && !slices.Contains(needs, wp.Need) {
		return nil, sala.ErrNotFound
	}
	over, overtaken := errors.AsType[*phrase.Overtaken](wrong)
	if err := wp.page.wrong(wrong); err != nil && !overtaken {
		return nil, err
	}
	typed := sent.Words
	if overtaken {
		// The form is made of what stands there now. Only words that were meant
		// are kept: the others would undo what was changed meanwhile.
		wp.Clash, typed = true, over.Mine
	} else if wrong != nil && wp.Version != 0 {
		wp.Version = sent.Version // what was not meant is still known by it
	}
	var all []phrase.Wording
	for i := range wp.Rows {
		r := &wp.Rows[i]
		all = append(all, r.Wording)
		r.Was, r.Typed = sala.Text{wp.Lang: r.Words}, r.Words
		if r.From != "" {
			r.Was[r.From] = r.Source
		}
		if was, ok := sent.Looked[r.Key]; ok && !overtaken {
			r.Was = was
		}
		if words, ok := typed[r.Key]; ok && !r.Fixed(wp.Lang) {
			r.Typed = words
		}
		if overtaken && slices.Contains(over.Keys, r.Key) {
			r.Newer, r.Theirs = true, r.Words
		}
		r.Behind, r.Right = r.Wording.Behind(wp.Lang, wp.Source), slices.Contains(sent.Right, r.Key) && !overtaken
		r.Height = 1 + max(len([]rune(r.Source)), len([]rune(r.Typed)))/60
		if r.Prose {
			r.Height += 2
		}
	}
	wp.Langs = v.tallied(all, wp.Source)
	for _, t := range wp.Langs {
		if t.Lang != wp.Lang && t.There > 0 {
			wp.From = append(wp.From, t)
		}
	}
	wp.lose(typed, sent.Lost)
	wp.narrow(sent)
	if err := s.helpPhrases(v, &wp); err != nil {
		return nil, err
	}
	reply, err := wp.show(phrasesView(wp))
	if err == nil && overtaken {
		reply.Status = http.StatusConflict
	}
	return reply, err
}

// narrow leaves only the rows that lack what is asked for, and those that were
// sent.
func (wp *phrasesPage) narrow(sent sentPhrases) {
	lack := func(r phraseRow, need string) bool {
		l := phrase.Lack{Of: 1}
		if !slices.Contains(r.Langs, wp.Lang) {
			l.Missing = 1
		} else if r.Behind {
			l.Behind = 1
		}
		return need == "" || meets(l, need)
	}
	for _, need := range append([]string{""}, needs...) {
		n := 0
		for _, r := range wp.Rows {
			if lack(r, need) {
				n++
			}
		}
		if n > 0 || need == wp.Need {
			wp.Needs = append(wp.Needs, countedLink{Text: wp.T("studio.lacking." + cmp.Or(need, "all")), Href: wp.at(wp.Lang, wp.Chosen(), need), Here: need == wp.Need, N: n})
		}
	}
	wp.Rows = slices.DeleteFunc(wp.Rows, func(r phraseRow) bool {
		_, was := sent.Words[r.Key]
		return !lack(r, wp.Need) && !was
	})
}

// lose finds the words that there is no field for, so that they stay on the
// page: until it is saved without them.
func (wp *phrasesPage) lose(typed, before map[string]string) {
	fields := map[string]phraseRow{}
	for _, r := range wp.Rows {
		fields[r.Key] = r
	}
	lost := map[string]string{}
	maps.Copy(lost, before)
	for key, words := range typed {
		// Of what was sent only what is refused was meant.
		if r, ok := fields[key]; (!ok || r.Fixed(wp.Lang) && words != r.Words) && (wp.Clash || wp.Fault(key) != "") {
			lost[key] = words
		}
	}
	for _, key := range slices.Sorted(maps.Keys(lost)) {
		if lost[key] == "" {
			continue
		}
		why := "studio.phrases.gone"
		if r, ok := fields[key]; ok && r.Keeps(wp.Lang) {
			why = "studio.phrases.kept"
		} else if ok {
			why = "studio.phrases.only"
		}
		wp.Lost = append(wp.Lost, lostWords{key, lost[key], wp.T(why)})
	}
}

// helpPhrases tells what the glossary says of the words.
func (s *Studio) helpPhrases(v *visit, wp *phrasesPage) error {
	help, err := s.wordHelp(v, "", wp.Lang)
	if err != nil {
		return err
	}
	for i := range wp.Rows {
		r := &wp.Rows[i]
		help.from = r.From
		g := segment{Text: r.Typed, Missing: r.Typed == ""}
		help.help(&g, r.Source)
		r.Hints, r.Finds = g.Hints, g.Finds
	}
	return nil
}

// At is the address of the screen in a language, translated from one or from
// the best there is.
func (p phrasesPage) At(lang, from sala.Lang) string { return p.at(lang, from, p.Need) }

func (p phrasesPage) at(lang, from sala.Lang, need string) string {
	q := url.Values{}
	if from != "" {
		q.Set("from", string(from))
	}
	if need != "" {
		q.Set("need", need)
	}
	if len(q) == 0 {
		return p.Base + string(lang)
	}
	return p.Base + string(lang) + "?" + q.Encode()
}

// Listed is the list of what there is to translate into the language, "" if the
// network has no such.
func (p phrasesPage) Listed() string {
	if !slices.Contains(p.set.Langs, p.Lang) {
		return ""
	}
	return lackingPage{}.at(p.Lang, "", "", "")
}

// Chosen is the language that was chosen to translate from, "" for the best.
func (p phrasesPage) Chosen() sala.Lang {
	if from := p.chosenFrom(); len(from) > 0 {
		return from[0]
	}
	return ""
}

// Open reports whether there is a field to fill.
func (p phrasesPage) Open() bool {
	return slices.ContainsFunc(p.Rows, func(r phraseRow) bool { return !r.Fixed(p.Lang) })
}

// Starts reports whether a row is the first under its heading.
func (p phrasesPage) Starts(i int) bool {
	return p.Rows[i].Part != "" && (i == 0 || p.Rows[i-1].Part != p.Rows[i].Part)
}

// Called names a field for those who do not see what stands beside it.
func (p phrasesPage) Called(r phraseRow) string {
	return p.T("studio.phrases.field", "what", p.T(r.Label), "lang", p.Named(p.Lang), "words", r.Source)
}

// target marks the language one writes in, always.
func (p phrasesPage) target() templ.Attributes {
	dir := "ltr"
	if richtext.RightToLeft(p.Lang) {
		dir = "rtl"
	}
	return templ.Attributes{"lang": string(p.Lang), "dir": dir}
}

func (r phraseRow) lines() string { return strconv.Itoa(min(r.Height, 24)) }

// why is the key of why there is no field for a text in a language.
func (r phraseRow) why(lang sala.Lang) string {
	if r.Keeps(lang) {
		return "studio.phrases.original"
	}
	return "studio.phrases.alone"
}
