package importer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"sala"
	"sala/glossary"
)

// A Wording is one rule of wording and every place in what was read that it
// says something of. It is advice: all of it was stored as it came.
type Wording struct {
	Rule   string          `json:"rule"`
	Lang   sala.Lang       `json:"lang"`
	Avoid  string          `json:"avoid"`
	Level  string          `json:"level"`
	Why    string          `json:"why"`
	Prefer []string        `json:"prefer"` // what to say instead; empty: rephrase
	Count  int             `json:"count"`
	Places []WordingPlaces `json:"places"` // by item, in the order of the input
}

// WordingPlaces are the places in one item.
type WordingPlaces struct {
	Where string   `json:"where"`
	What  string   `json:"what"`
	Said  []string `json:"said"` // the word with what stands around it
}

// A Proofreader is a sink that looks for words better avoided in what it
// hands on to another.
type Proofreader struct {
	Sink
	words  *glossary.Checker
	report *Report
	lang   sala.Lang
	rules  map[*glossary.Rule]int // where in the report
}

// Proofread returns a sink that hands everything on to next and adds what it
// finds to report.
func Proofread(next Sink, words *glossary.Checker, report *Report) *Proofreader {
	return &Proofreader{Sink: next, words: words, report: report, lang: sala.English, rules: map[*glossary.Rule]int{}}
}

// Site implements [Sink].
func (p *Proofreader) Site(ctx context.Context, s Site) error {
	if s.Lang != "" {
		p.lang = s.Lang
	}
	return p.Sink.Site(ctx, s)
}

// Edition implements [Sink]. The sink it hands on to may change the text, so
// it is read first.
func (p *Proofreader) Edition(ctx context.Context, e Edition) error {
	lang := e.Lang
	if lang == "" {
		lang = p.lang
	}
	found := p.words.Text(e.Title, lang)
	found = append(found, p.words.Text(e.Summary, lang)...)
	found = append(found, p.words.Doc(e.Body, lang)...)
	for _, f := range found {
		p.note(e, f)
	}
	return p.Sink.Edition(ctx, e)
}

func (p *Proofreader) note(e Edition, f glossary.Finding) {
	i, ok := p.rules[f.Rule]
	if !ok {
		i = len(p.report.Wording)
		p.rules[f.Rule] = i
		prefer := f.Rule.Prefer
		if prefer == nil {
			prefer = []string{}
		}
		p.report.Wording = append(p.report.Wording, Wording{
			Rule: f.Rule.ID, Lang: f.Rule.Lang, Avoid: f.Rule.Avoid, Level: string(f.Rule.Level), Why: f.Rule.Reason, Prefer: prefer,
		})
	}
	w := &p.report.Wording[i]
	w.Count++
	where := e.At.String()
	if last := len(w.Places) - 1; last >= 0 && w.Places[last].Where == where && w.Places[last].What == e.Title {
		w.Places[last].Said = append(w.Places[last].Said, f.Excerpt())
		return
	}
	w.Places = append(w.Places, WordingPlaces{where, e.Title, []string{f.Excerpt()}})
}

// Close adds one doubt for each rule of wording that had something to say,
// with its first place: in a large archive one for each word would bury the
// others. All places stand under "wording", most frequent first. It is to be
// called once, when everything is read.
func (p *Proofreader) Close() {
	all := p.report.Wording
	slices.SortStableFunc(all, func(a, b Wording) int { return cmp.Compare(b.Count, a.Count) })
	for _, w := range all {
		instead := "find other words"
		if len(w.Prefer) > 0 {
			instead = "say “" + strings.Join(w.Prefer, "”, or “") + "”"
		}
		first := w.Places[0]
		what := first.What
		if len(w.Places) > 1 {
			what = fmt.Sprintf("%s, and %d more", first.What, len(w.Places)-1)
		}
		p.report.Doubts = append(p.report.Doubts, Remark{first.Where, what, fmt.Sprintf("it says “%s” (%s, %d times): %s; %s", w.Avoid, w.Level, w.Count, w.Why, instead)})
	}
	p.rules = nil
}
