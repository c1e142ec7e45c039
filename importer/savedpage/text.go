package savedpage

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sala"
	"sala/archive"
	"sala/importer"
	"sala/importer/extract"
	"sala/internal/richtext"
)

// A paragraph is one line of a text, and where it began.
type paragraph struct {
	text string
	at   int64
}

// A piece is one work of an archive page.
type piece struct {
	title paragraph
	day   sala.Day // of a date line below the title
	body  []paragraph
}

// maxText bounds a text: it is read as a whole, because where a work begins
// depends on what follows.
const maxText = 64 << 20

// ImportText reads the plain text of an archive page, as web archives and
// people's own copies keep it: the works one after the other, each a title
// and paragraphs. Works are told apart by their titles, and what the prose
// states (dates, place, languages, contacts) is read into fields. What cannot
// be told for sure is a doubt in the report.
func ImportText(ctx context.Context, path string, o importer.Options, sink importer.Sink, report *importer.Report) (err error) {
	paragraphs, err := readText(path)
	if err != nil {
		return err
	}
	t := &textReader{
		file: filepath.Base(path), o: o, sink: sink, report: report,
		site: strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)),
	}
	t.lang = o.Lang
	if t.lang == "" {
		t.lang = scriptOf(paragraphs)
	}
	if err := sink.Site(ctx, importer.Site{Host: t.site, Lang: t.lang, Langs: []sala.Lang{t.lang}}); err != nil {
		return err
	}
	rest, err := t.category(ctx, paragraphs)
	if err != nil {
		return err
	}
	pieces := t.split(rest)
	if len(pieces) == 0 {
		return fmt.Errorf("%s: no work was found in it: a work is a title on a line of its own, and paragraphs below it that state a date", t.file)
	}
	seen := map[string]int{}
	for i, p := range pieces {
		if o.Progress != nil {
			o.Progress(importer.Status{Doing: "reading " + t.file, Done: int64(i + 1), Of: int64(len(pieces)), Unit: "works"})
		}
		if err := t.work(ctx, p, seen); err != nil {
			return err
		}
	}
	return sink.Flush(ctx)
}

func readText(path string) (_ []paragraph, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	name := filepath.Base(path)
	r := bufio.NewReader(io.LimitReader(f, maxText+1))
	var all []paragraph
	var at int64
	for {
		line, err := r.ReadString('\n')
		if at > maxText {
			return nil, fmt.Errorf("%s: more than %d MB of text: it is no archive page", name, maxText>>20)
		}
		text := strings.TrimPrefix(line, "\ufeff")
		if !utf8.ValidString(text) {
			return nil, fmt.Errorf("%s byte %d: the text is not UTF-8: save it as UTF-8 and import it again", name, at)
		}
		if strings.ContainsRune(text, 0) {
			return nil, fmt.Errorf("%s byte %d: this is not plain text", name, at)
		}
		lead := len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
		if trimmed := strings.TrimSpace(text); trimmed != "" {
			all = append(all, paragraph{trimmed, at + int64(lead)})
		}
		at += int64(len(line))
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: the file is empty", name)
	}
	return all, nil
}

type textReader struct {
	file   string
	site   string
	o      importer.Options
	sink   importer.Sink
	report *importer.Report
	lang   sala.Lang
	term   importer.Origin // the category the page is of
	label  string
}

func (t *textReader) place(at int64) importer.Place {
	return importer.Place{File: t.file, Offset: max(at, 1)}
}

var categoryLine = regexp.MustCompile(`(?i)^(?:category archives?|category|archives? for|archive|หมวดหมู่|အမျိုးအစား|chuyên mục)\s*:\s*(.+)$`)

// category reads the line above all that says which category this is.
func (t *textReader) category(ctx context.Context, all []paragraph) ([]paragraph, error) {
	m := categoryLine.FindStringSubmatch(all[0].text)
	if m == nil {
		return all, nil
	}
	t.label = strings.TrimSpace(m[1])
	t.term = importer.Origin{Site: t.site, Type: "category", Key: t.label}
	t.report.Terms["category"]++
	return all[1:], t.sink.Term(ctx, importer.Term{
		Origin: t.term, Vocabulary: archive.Category, Lang: t.lang, Slug: t.label, Label: t.label, At: t.place(all[0].at),
	})
}

// navigation are the words of a page's own furniture.
var navigation = regexp.MustCompile(`(?i)^(?:back to top|older posts?|newer posts?|← older posts|newer posts →|next( page)?( »)?|previous( page)?|read more( »| →)?|continue reading( →)?|leave a (?:comment|reply)|share this:?|posted in .*|tagged .*|no comments|page \d+ of \d+|กลับด้านบน|อ่านต่อ)$`)

// split parts the paragraphs into works.
func (t *textReader) split(all []paragraph) []piece {
	var pieces []piece
	for i := 0; i < len(all); i++ {
		p := all[i]
		if navigation.MatchString(p.text) {
			t.report.Doubt(t.place(p.at), p.text, "the page's own navigation, not part of a work: left out")
			continue
		}
		title, day, used := t.title(all[i:], len(pieces) == 0)
		if used == 0 {
			if len(pieces) == 0 {
				t.report.Doubt(t.place(p.at), clip(p.text), "text above the first title: left out")
				continue
			}
			last := &pieces[len(pieces)-1]
			last.body = append(last.body, p)
			continue
		}
		pieces = append(pieces, piece{title: title, day: day})
		i += used - 1
	}
	return pieces
}

// title reports whether a work begins at the first of these paragraphs, and
// how many of them are its head. A title looks like one, and what follows it
// shows that a work begins: a date line, or prose that states a day soon.
func (t *textReader) title(all []paragraph, first bool) (title paragraph, day sala.Day, used int) {
	title = all[0]
	if !looksLikeTitle(title.text) || len(all) < 2 {
		return title, day, 0
	}
	used = 1
	if d, ok := dateLine(all[1].text); ok {
		day, used = d, 2
	}
	if used < len(all) && repeats(title.text, all[used].text) {
		t.report.Doubt(t.place(all[used].at), clip(all[used].text), "the title once more: kept once")
		used++
	}
	if used >= len(all) || looksLikeTitle(all[used].text) || !isProse(all[used].text) {
		return title, day, 0
	}
	dated := !day.IsZero() || len(extract.Dates(title.text)) > 0
	for _, d := range extract.Dates(all[used].text) {
		dated = dated || d.From < soon
	}
	if !dated && !first {
		t.report.Doubt(t.place(title.at), clip(title.text), "a short line that may be the title of another work: no date follows, so it stays within the work before it")
		return title, day, 0
	}
	return title, day, used
}

// soon is within how many bytes the prose of a work states its day.
const soon = 400

func looksLikeTitle(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 4 || n > 220 {
		return false
	}
	// Thai and Lao end no sentence with a mark: there only length tells.
	if l := scriptOf([]paragraph{{text: s}}); n > 90 && (l == "th" || l == "lo") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(".:;,!။៕。", last) || navigation.MatchString(s) {
		return false
	}
	if _, ok := dateLine(s); ok {
		return false
	}
	if _, ok := extract.ContactOf(s); ok {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsLower(first) && !strings.ContainsRune("•-*–·", first)
}

func isProse(s string) bool {
	return utf8.RuneCountInString(s) >= 80
}

// dateLine reads a line that is a date and nothing else.
func dateLine(s string) (sala.Day, bool) {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "Posted on "), "Published ")
	dates := extract.Dates(s)
	if len(dates) != 1 || strings.TrimSpace(s[:dates[0].From]) != "" || strings.Trim(s[dates[0].To:], " .") != "" {
		return sala.Day{}, false
	}
	return dates[0].Span.From, true
}

// repeats reports whether a paragraph is the title once more, perhaps with
// the network's name before it.
func repeats(title, s string) bool {
	a, b := letters(title), letters(s)
	return a != "" && strings.HasSuffix(b, a) && len(b)-len(a) < 30
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func clip(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}

// work hands one work over.
func (t *textReader) work(ctx context.Context, p piece, seen map[string]int) error {
	title := p.title.text
	key := title
	if !p.day.IsZero() {
		key += " " + p.day.String()
	}
	if seen[key]++; seen[key] > 1 {
		key += fmt.Sprintf(" #%d", seen[key])
		t.report.Doubt(t.place(p.title.at), title, "another work has the same title and date: both are kept")
	}
	origin := importer.Origin{Site: t.site, Type: "page", Key: key}
	e := importer.Edition{
		Work: origin, Origin: origin, Lang: t.lang, Title: title, Public: true, Stage: archive.Draft, PubDay: p.day, At: t.place(p.title.at),
	}
	if !t.term.IsZero() {
		e.Terms = []importer.Origin{t.term}
	}
	var b strings.Builder
	for _, para := range p.body {
		t.holes(title, para)
		text := para.text
		for _, joint := range extract.RunTogether(text) {
			t.report.Doubt(t.place(para.at+int64(joint.At)), title, "%s and %s ran together where links stood: parted", joint.First, joint.Next)
		}
		text = extract.Split(text)
		if c, ok := extract.ContactOf(text); ok {
			e.Contacts = append(e.Contacts, archive.Contact{Name: c.Name, Role: c.Role, Phone: c.Phone, Email: c.Email, Langs: c.Langs})
		}
		b.WriteString("<p>" + html.EscapeString(text) + "</p>\n")
	}
	e.Body, _ = richtext.FromHTML(b.String(), richtext.HTMLOptions{Lang: t.lang, Seed: string(origin.ID())})
	t.facts(&e, p)
	var terms []string
	if t.label != "" {
		terms = []string{t.label}
	}
	e.Kind = importer.KindOf(title, terms, e.Body.Excerpt(300))
	if e.Kind == archive.News && len(p.body) > 0 && tellsOfEvent(p.body[0].text) {
		e.Kind = archive.Report
	}
	e.Counted = string(e.Kind)
	t.report.Stored[e.Counted]++
	return t.sink.Edition(ctx, e)
}

// holes reports what a paragraph lost.
func (t *textReader) holes(title string, p paragraph) {
	for _, h := range extract.Holes(p.text) {
		t.report.Doubt(t.place(p.at+int64(h.At)), title, "“%s”: %s", clip(h.What), h.Why)
	}
}

// facts reads when and where the event was that a work tells of.
func (t *textReader) facts(e *importer.Edition, p piece) {
	if dates := extract.Dates(e.Title); len(dates) > 0 {
		e.Held = dates[0].Span
	}
	var opening string
	if len(p.body) > 0 {
		opening = p.body[0].text
	}
	if e.Held.IsZero() {
		for _, d := range extract.Dates(opening) {
			if d.From < soon {
				e.Held = d.Span
				break
			}
		}
	}
	e.Place, e.Country = extract.PlaceOfTitle(e.Title)
	if e.Place == "" {
		e.Place, e.Country = extract.Place(sentence(opening))
	}
	switch {
	case e.Held.IsZero() && e.PubDay.IsZero():
		t.report.Doubt(e.At, e.Title, "no day is stated")
	case e.Held.IsZero():
	case e.Place == "":
		t.report.Doubt(e.At, e.Title, "where it took place is not stated where it is looked for")
	}
}

// sentence returns the first sentence of a paragraph.
func sentence(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] == '.' && i+2 < len(s) && s[i+1] == ' ' && unicode.IsUpper(rune(s[i+2])) && i > 60 {
			return s[:i+1]
		}
	}
	return s
}

var pastEvent = regexp.MustCompile(`(?i)\b(?:held|organi[sz]ed|convened|took part|took place|hosted|participated|attended|gathered|met|marched|launched|commemorated|celebrated)\b`)

// tellsOfEvent reports whether a paragraph opens by telling of something that
// took place on a day.
func tellsOfEvent(s string) bool {
	first := sentence(s)
	return len(extract.Dates(first)) > 0 && pastEvent.MatchString(first)
}

// scriptOf returns the language that most letters of a text are of, as far as
// a script tells: Latin is taken for English.
func scriptOf(all []paragraph) sala.Lang {
	counts := map[sala.Lang]int{}
	for _, p := range all {
		for _, r := range p.text {
			if l := scriptLang(r); l != "" {
				counts[l]++
			}
		}
	}
	best := sala.English
	for l, n := range counts {
		if n > counts[best] {
			best = l
		}
	}
	return best
}

// scriptLang is the language that a letter's script is most often of.
func scriptLang(r rune) sala.Lang {
	switch {
	case r < 0x80:
		if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return sala.English
		}
	case unicode.Is(unicode.Thai, r):
		return "th"
	case unicode.Is(unicode.Myanmar, r):
		return "my"
	case unicode.Is(unicode.Khmer, r):
		return "km"
	case unicode.Is(unicode.Lao, r):
		return "lo"
	case unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r):
		return "ja"
	case unicode.Is(unicode.Han, r):
		return "zh"
	}
	return ""
}
