package site

import (
	"fmt"
	"strings"

	"sala/archive"
	"sala/internal/web"
)

// citation serves GET /{lang}/{year}/{slug}.bib and .ris.
func (s *Site) citation(p *page, w archive.Work, e archive.Edition, form string) *web.Reply {
	name, _ := p.Name()
	authors := e.Bylines
	if len(authors) == 0 {
		authors = []string{name}
	}
	address := p.Base + workPath(e)
	if form == ".ris" {
		return web.Text("application/x-research-info-systems; charset=utf-8", ris(w, e, authors, name, address))
	}
	return web.Text("application/x-bibtex; charset=utf-8", bibtex(w, e, authors, name, address))
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

// bibtex writes an @online or @report entry (BibLaTeX).
func bibtex(w archive.Work, e archive.Edition, authors []string, name, address string) []byte {
	kind := "online"
	if w.Kind == archive.Publication || w.Kind == archive.Report {
		kind = "report"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "@%s{%s-%d,\n", kind, strings.ReplaceAll(string(w.ID)[24:], "-", ""), w.Listed.Year)
	names := make([]string, len(authors))
	for i, a := range authors {
		names[i] = "{" + bibEscape.Replace(a) + "}"
	}
	fmt.Fprintf(&b, "  author = {%s},\n", strings.Join(names, " and "))
	fmt.Fprintf(&b, "  title = {%s},\n", bibEscape.Replace(e.Title))
	if kind == "report" {
		fmt.Fprintf(&b, "  type = {Report},\n  institution = {%s},\n", bibEscape.Replace(name))
	} else {
		fmt.Fprintf(&b, "  organization = {%s},\n", bibEscape.Replace(name))
	}
	fmt.Fprintf(&b, "  date = {%s},\n  langid = {%s},\n  url = {%s},\n}\n", w.Listed, e.Lang, address)
	return []byte(b.String())
}

var bibEscape = strings.NewReplacer("{", `\{`, "}", `\}`, `\`, `\textbackslash{}`, "%", `\%`, "&", `\&`, "#", `\#`, "_", `\_`, "$", `\$`, "\n", " ")

// ris writes a record in the RIS format.
func ris(w archive.Work, e archive.Edition, authors []string, name, address string) []byte {
	kind := "ELEC"
	switch w.Kind {
	case archive.Report, archive.Publication:
		kind = "RPRT"
	case archive.PressRelease:
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
	for _, a := range authors {
		put("AU", a)
	}
	put("TI", e.Title)
	put("PB", name)
	put("PY", fmt.Sprint(w.Listed.Year))
	put("DA", strings.ReplaceAll(w.Listed.String(), "-", "/"))
	put("CY", w.Place)
	put("LA", string(e.Lang))
	put("AB", e.Summary)
	put("UR", address)
	b.WriteString("ER  - \r\n")
	return []byte(b.String())
}
