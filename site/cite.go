package site

import (
	"fmt"
	"strings"

	"sala"
	"sala/archive"
	"sala/event"
	"sala/internal/i18n"
	"sala/internal/web"
)

// A cited is what a reference to something on record says of it.
type cited struct {
	Kind     archive.Kind // of a work, "" of anything else
	ID       sala.ID
	Authors  []string
	Title    string
	Day      sala.Day
	Lang     sala.Lang
	Place    string
	About    string
	Version  int      // of a work
	Recorded sala.Day // of anything else: when it last changed
	Note     string
	Address  string
}

// state says which state of it was read.
func (c cited) state() string {
	if c.Version > 0 {
		return fmt.Sprint(c.Version)
	}
	return c.Recorded.String()
}

// A citation is what a page says of how it is cited.
type citation struct {
	Text     string
	Lang     sala.Lang
	Bib, RIS string // addresses of the same for reference managers
	Lasting  string // the address by its id
}

// citing cuts the ending of a file for reference managers off an address.
func citing(slug string) (string, string) {
	for _, end := range []string{".bib", ".ris"} {
		if rest, ok := strings.CutSuffix(slug, end); ok {
			return rest, end
		}
	}
	return slug, ""
}

// citationFile serves what is cited as a file for reference managers.
func (p *page) citationFile(c cited, end string) *web.Reply {
	if len(c.Authors) == 0 {
		c.Authors = []string{p.NetworkName()}
	}
	if end == ".ris" {
		return web.Text("application/x-research-info-systems; charset=utf-8", ris(c, p.NetworkName()))
	}
	return web.Text("application/x-bibtex; charset=utf-8", bibtex(c, p.NetworkName()))
}

// cited is the work in the version that is shown.
func (v *workPage) cited() cited {
	e, n := v.Edition, v.shown()
	return cited{
		Kind: v.Work.Kind, ID: v.Work.ID, Authors: e.Bylines, Title: e.Title, Day: v.Work.Listed, Lang: e.Lang, Place: v.Work.Place, About: e.Summary,
		Version: n, Address: fmt.Sprintf("%s%s?v=%d", v.Base, workPath(e), n),
	}
}

// shown is the number of the version that is shown.
func (v *workPage) shown() int {
	if v.Old != nil {
		return v.Old.Number
	}
	return v.Edition.Version
}

// cite writes a citation in the language of the text that it names. It leads
// to the version that was read, whatever is corrected later.
func (v *workPage) cite() {
	p, c := v.page, v.cited()
	name, _ := p.set.Name.In(c.Lang, p.set.Default)
	if name == "" {
		name, _ = p.Name()
	}
	at := fmt.Sprintf("?v=%d", v.shown())
	v.Cite = citation{Lang: c.Lang, Bib: workPath(v.Edition) + ".bib" + at, RIS: workPath(v.Edition) + ".ris" + at, Lasting: p.Base + "/id/" + string(c.ID)}
	v.Cite.Text, _ = p.In(c.Lang, "work.cite_as", "name", name, "title", c.Title, "date", i18n.Date(c.Lang, c.Day), "address", c.Address)
}

// cited is the recommendation as it is recorded now.
func (v *recommendationPage) cited() cited {
	p, rec := v.page, v.Recommendation
	c := cited{
		ID: rec.ID, Title: p.Title, Day: rec.Asked, Lang: p.Heading, About: v.Words, Recorded: sala.DayOf(rec.Changed), Address: p.Base + p.Path,
		Note: p.T("tracker.column.of") + ": " + strings.Join(labels(v.Row.Of), p.Comma()),
	}
	c.Authors = labels(v.Row.By)
	return c
}

// cited is the event as it is recorded now.
func (v *eventPage) cited(seen seenEvents, lang sala.Lang) cited {
	p, e := v.page, v.Event
	c := cited{
		ID: e.ID, Title: p.Title, Day: e.Held.From, Lang: p.Heading, Place: v.Place, Recorded: sala.DayOf(e.Changed), Address: p.Base + eventPath(lang, e),
		About: strings.Join(v.About, " "), Note: v.Type + p.Comma() + v.When,
	}
	for _, part := range []event.Part{event.Organiser, event.CoOrganiser, event.Host} {
		for _, party := range e.By(part) {
			if it, ok := seen.organisation(p, party.Organisation, party.Name); ok {
				c.Authors = append(c.Authors, it.Label)
			}
		}
	}
	return c
}

// recordCitation says how a record is cited that changes as more becomes
// known: as it was recorded on a day. when is the day of what it tells, in
// words; path the address without its ending.
func (p *page) recordCitation(c cited, when, path string) citation {
	text := p.T("cite.record_as", "name", p.NetworkName(), "title", c.Title, "date", when, "recorded", p.Date(c.Recorded), "address", c.Address)
	return citation{Text: text, Lang: p.Lang, Bib: path + ".bib", RIS: path + ".ris", Lasting: p.Base + "/id/" + string(c.ID)}
}

// dublinCore is what reference managers read of a work's page.
func (v *workPage) dublinCore() [][2]string {
	e, name := v.Edition, v.NetworkName()
	out := [][2]string{{"DC.title", e.Title}, {"DC.publisher", name}, {"DC.date", v.Work.Listed.String()}, {"DC.language", string(e.Lang)}, {"DC.identifier", v.Base + workPath(e)}}
	authors := e.Bylines
	if len(authors) == 0 {
		authors = []string{name}
	}
	for _, a := range authors {
		out = append(out, [2]string{"DC.creator", a})
	}
	return out
}

// isReport reports whether a kind of work is cited as a report.
func isReport(k archive.Kind) bool { return k == archive.Publication || k == archive.Report }

// bibtex writes an @online or @report entry (BibLaTeX).
func bibtex(c cited, name string) []byte {
	kind := "online"
	if isReport(c.Kind) {
		kind = "report"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "@%s{%s", kind, string(c.ID)[24:])
	if !c.Day.IsZero() {
		fmt.Fprintf(&b, "-%d", c.Day.Year)
	}
	b.WriteString(",\n")
	put := func(field, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %s = {%s},\n", field, value)
		}
	}
	names := make([]string, len(c.Authors))
	for i, a := range c.Authors {
		names[i] = "{" + bibEscape.Replace(a) + "}"
	}
	put("author", strings.Join(names, " and "))
	put("title", bibEscape.Replace(c.Title))
	if kind == "report" {
		put("type", "Report")
		put("institution", bibEscape.Replace(name))
	} else {
		put("organization", bibEscape.Replace(name))
	}
	put("date", c.Day.String())
	put("version", c.state())
	put("note", bibEscape.Replace(c.Note))
	put("langid", string(c.Lang))
	put("url", c.Address)
	b.WriteString("}\n")
	return []byte(b.String())
}

var bibEscape = strings.NewReplacer("{", `\{`, "}", `\}`, `\`, `\textbackslash{}`, "%", `\%`, "&", `\&`, "#", `\#`, "_", `\_`, "$", `\$`, "\n", " ")

// ris writes a record in the RIS format.
func ris(c cited, name string) []byte {
	kind := "ELEC"
	switch {
	case isReport(c.Kind):
		kind = "RPRT"
	case c.Kind == archive.PressRelease:
		kind = "PRESS"
	}
	line := strings.NewReplacer("\r", " ", "\n", " ")
	var b strings.Builder
	put := func(tag, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s  - %s\r\n", tag, line.Replace(value))
		}
	}
	put("TY", kind)
	for _, a := range c.Authors {
		put("AU", a)
	}
	put("TI", c.Title)
	put("PB", name)
	if !c.Day.IsZero() {
		put("PY", fmt.Sprint(c.Day.Year))
		put("DA", strings.ReplaceAll(c.Day.String(), "-", "/"))
	}
	put("CY", c.Place)
	put("ET", c.state())
	put("LA", string(c.Lang))
	put("N1", c.Note)
	put("AB", c.About)
	put("UR", c.Address)
	b.WriteString("ER  - \r\n")
	return []byte(b.String())
}
