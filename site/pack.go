package site

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"sala"
	"sala/internal/docx"
	"sala/internal/web"
	"sala/tracker"
)

// packPage is what packView shows: what is asked of an addressee, or under a
// framework, with all sources, to be taken along or sent in.
type packPage struct {
	*page
	Date  string
	Lead  string
	Asks  []packed
	Word  string // address of the same as a Word file
	Count int
}

// A packed is one recommendation of a pack.
type packed struct {
	askRow
	Words   string
	WordsIn sala.Lang
	Codes   []string
	Steps   []stepView
	Replies []replyView
}

// pack serves GET /{lang}/recommendations/pack, a page made to be printed, and
// pack.docx, with the query of the list that it is made of.
func (s *Site) pack(r *http.Request, lang sala.Lang, name string) (*web.Reply, error) {
	ctx := r.Context()
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	ch, err := s.askChoice(ctx, p, r.URL.Query())
	if err != nil {
		return nil, err
	}
	ch.filter.Before = ""
	if len(ch.query) == 0 {
		return nil, sala.ErrNotFound // of everything there are the data
	}
	v := packPage{page: p, Date: p.Date(s.Tracker.Today()), Word: recommendationsPath(p.Want) + "pack.docx?" + ch.query.Encode()}
	p.Title, p.Heading, p.Section = p.T("tracker.title"), p.Lang, "recommendations"
	var chosen []string
	for _, name := range sortedKeys(ch.names) {
		chosen = append(chosen, ch.names[name].Label)
	}
	if of, ok := ch.names["addressee"]; ok && len(chosen) == 1 {
		p.Title = p.T("tracker.all_of", "name", of.Label)
	} else {
		p.Title += ": " + strings.Join(chosen, p.Comma())
	}
	p.everyLang("/recommendations/pack")
	p.keep(ch.query)
	p.Path = ""
	p.trail = []item{{Href: recommendationsPath(p.Want), Label: p.T("tracker.title"), Lang: p.Lang}}
	var recs []tracker.Recommendation
	var ids []sala.ID
	for rec, err := range s.Tracker.Every(ctx, ch.filter) {
		if err != nil {
			return nil, err
		}
		recs, ids = append(recs, rec), append(ids, rec.ID)
	}
	if v.Asks, err = s.packed(r, p, recs, ids); err != nil {
		return nil, err
	}
	v.Count = len(v.Asks)
	v.Lead = p.T("tracker.pack_lead", "network", p.NetworkName(), "date", v.Date)
	if name == "pack" {
		return v.show(ctx, packView(v))
	}
	d := v.word()
	if err := s.coverWord(ctx, &d); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := docx.Write(&b, d); err != nil {
		return nil, err
	}
	reply := web.Text("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b.Bytes())
	reply.Covered = true
	reply.Header = http.Header{"Content-Disposition": {`attachment; filename="recommendations-` + string(p.Want) + `.docx"`}, "X-Robots-Tag": {"noindex"}}
	return reply, nil
}

// coverWord covers the names of protected people in a Word document, whose
// words nobody can read once it is written.
func (s *Site) coverWord(ctx context.Context, d *docx.Document) error {
	veil, err := s.who.Veil(ctx)
	if err != nil || veil.Empty() {
		return err
	}
	runs := func(runs []docx.Run) {
		for i, r := range runs {
			lang := r.Lang
			if lang == "" {
				lang = d.Lang
			}
			runs[i].Text = veil.Text(r.Text, lang)
		}
	}
	d.Title = veil.Text(d.Title, d.Lang)
	for _, b := range d.Blocks {
		runs(b.Runs)
		for _, row := range b.Rows {
			for _, c := range row.Cells {
				for _, line := range c.Lines {
					runs(line)
				}
			}
		}
	}
	return nil
}

func (s *Site) packed(r *http.Request, p *page, recs []tracker.Recommendation, ids []sala.ID) ([]packed, error) {
	ctx := r.Context()
	chains, err := s.Tracker.StepsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	replies, err := s.Tracker.RepliesTo(ctx, ids)
	if err != nil {
		return nil, err
	}
	times, err := s.Tracker.TimesAsked(ctx, recs)
	if err != nil {
		return nil, err
	}
	var n needs
	n.recommendations(recs...)
	for _, chain := range chains {
		n.steps(chain...)
	}
	for _, list := range replies {
		for _, reply := range list {
			n.source(reply.Source)
			n.organisations = append(n.organisations, reply.Organisation)
		}
	}
	t, err := s.teller(ctx, p, n)
	if err != nil {
		return nil, err
	}
	var out []packed
	for _, rec := range recs {
		ask := packed{askRow: t.row(rec, times)}
		ask.Words, ask.WordsIn = rec.Said(p.Want)
		for _, c := range rec.Codes {
			ask.Codes = append(ask.Codes, codeName(p, c))
		}
		for _, st := range chains[rec.ID] {
			if st.Stands() {
				ask.Steps = append(ask.Steps, t.step(rec, st))
			}
		}
		for _, reply := range replies[rec.ID] {
			ask.Replies = append(ask.Replies, t.reply(reply))
		}
		out = append(out, ask)
	}
	return out, nil
}

// word is the pack as a Word document. Addresses are whole, so that it can be
// followed from paper.
func (v packPage) word() docx.Document {
	d := docx.Document{Title: v.Title, Lang: v.Lang}
	add := func(heading int, runs ...docx.Run) {
		d.Blocks = append(d.Blocks, docx.Block{Heading: heading, Runs: runs})
	}
	whole := func(it item) string {
		switch {
		case it.Href == "":
			return ""
		case it.Outside:
			return it.Href
		}
		return v.Base + it.Href
	}
	named := func(it item) []docx.Run {
		runs := []docx.Run{{Text: it.Label, Lang: it.Lang}}
		if address := whole(it); address != "" && address != it.Label {
			runs = append(runs, docx.Run{Text: " <" + address + ">", Quiet: true})
		}
		return runs
	}
	add(1, docx.Run{Text: v.Title})
	add(0, docx.Run{Text: v.Lead})
	summary := docx.Block{Widths: []int{52, 26, 22}}
	head := docx.Row{Head: true}
	for _, key := range []string{"tracker.column.ask", "tracker.column.of", "tracker.column.state"} {
		cell := docx.Text(v.T(key), "")
		cell.Grey = true
		head.Cells = append(head.Cells, cell)
	}
	summary.Rows = append(summary.Rows, head)
	for _, a := range v.Asks {
		summary.Rows = append(summary.Rows, docx.Row{Cells: []docx.Cell{
			docx.Text(a.Title, a.Lang), docx.Text(strings.Join(labels(a.Of), v.Comma()), ""), docx.Text(strings.TrimSpace(a.Said+" "+a.On), ""),
		}})
	}
	d.Blocks = append(d.Blocks, summary)
	for _, a := range v.Asks {
		add(2, docx.Run{Text: a.Title, Lang: a.Lang})
		add(0, docx.Run{Text: a.Words, Lang: a.WordsIn, Italic: true})
		field := func(key string, runs ...docx.Run) {
			add(0, append([]docx.Run{{Text: v.T(key) + ": ", Bold: true}}, runs...)...)
		}
		field("tracker.column.of", docx.Run{Text: strings.Join(labels(a.Of), v.Comma())})
		if len(a.By) > 0 {
			field("tracker.asked_by", docx.Run{Text: strings.Join(labels(a.By), v.Comma())})
		}
		field("tracker.source", named(a.Where)...)
		if a.Number != "" {
			field("tracker.numbers", docx.Run{Text: a.Number})
		}
		if len(a.Codes) > 0 {
			field("tracker.by_framework", docx.Run{Text: strings.Join(a.Codes, v.Comma())})
		}
		if a.Times != "" {
			add(0, docx.Run{Text: a.Times})
		}
		add(3, docx.Run{Text: v.T("tracker.history")})
		for _, st := range a.Steps {
			runs := []docx.Run{{Text: st.Said, Bold: true}, {Text: " " + st.Date + " "}}
			if st.Number != "" {
				runs = append(runs, docx.Run{Text: v.T("tracker.number", "number", st.Number) + " "})
			}
			runs = append(runs, named(st.Source)...)
			if st.Evidence != "" {
				runs = append(runs, docx.Run{Text: " " + st.Evidence, Lang: st.In})
			}
			if st.Note != "" {
				runs = append(runs, docx.Run{Text: " " + st.Note, Lang: st.NoteIn})
			}
			add(0, runs...)
		}
		for _, r := range a.Replies {
			add(0, docx.Run{Text: v.T("tracker.reply_of", "name", r.By.Label, "date", r.Date) + ": ", Bold: true}, docx.Run{Text: r.Words, Lang: r.In})
		}
		add(0, docx.Run{Text: v.Base + a.Href, Quiet: true})
	}
	return d
}
