package proposals

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"sala"
	"sala/archive"
	"sala/tracker"
)

// source is the passage of a proposal as the tracker keeps it.
func (a *applier) source(p Proposal) tracker.Source {
	return tracker.Source{Work: a.work, Block: block(p), Quote: p.At.Words, Day: a.day()}
}

// day is the day that the work bears, if it bears one that has come.
func (a *applier) day() sala.Day {
	for _, e := range a.about.Editions {
		if !e.PubDay.IsZero() && !e.PubDay.Time().After(a.to.Tracker.Today().Time()) {
			return e.PubDay
		}
	}
	return sala.Day{}
}

// party is one who asks or is asked, by the name in the text.
func (a *applier) partyOf(lang sala.Lang, said string) tracker.Party {
	p := tracker.Party{Said: sala.Text{lang: said}}
	if id := one(a.names.orgs[orgForm(said)]); id != "" {
		p.Organisation = id
	}
	return p
}

// ask writes what was asked.
func (a *applier) ask(ctx context.Context, p Proposal) (sala.Ref, error) {
	v := p.Value
	r := tracker.Recommendation{
		ID: derived(p, "recommendation"), Words: sala.Text{p.Lang: v["words"]}, Original: p.Lang, Number: v["number"], Source: a.source(p), Asked: a.day(),
	}
	if e, ok := a.byID[p.Event]; ok {
		r.Event = e.Made.ID
		if r.Asked.IsZero() {
			r.Asked = a.heldOn(p.Event)
		}
	}
	for _, who := range v.list("addressees") {
		r.Addressed = append(r.Addressed, a.partyOf(p.Lang, who))
	}
	for _, who := range v.list("asker") {
		r.Askers = append(r.Askers, a.askerOf(p.Lang, who))
	}
	made := sala.Ref{Kind: sala.KindRecommendation, ID: r.ID}
	_, err := a.to.Tracker.New(ctx, a.by, r)
	if errors.Is(err, sala.ErrConflict) { // it was made when this was begun before
		err = nil
	}
	return made, err
}

// askerOf names who asked. Of a person the tracker keeps nothing: how they may
// be shown is for the directory to say.
func (a *applier) askerOf(lang sala.Lang, said string) tracker.Party {
	if len(a.names.people[strings.ToLower(said)]) > 0 {
		return tracker.Party{}
	}
	for _, p := range a.byID {
		if p.Kind == Speaker && p.Value["name"] == said {
			if p.Value["org"] == "" {
				return tracker.Party{}
			}
			return a.partyOf(lang, p.Value["org"])
		}
	}
	return a.partyOf(lang, said)
}

// heldOn is the last day of an event, as far as it was read and has come.
func (a *applier) heldOn(event sala.ID) sala.Day {
	for _, p := range a.byID {
		if p.Event == event && p.Kind == Held && p.State != Refused {
			if span, err := spanOf(p.Value); err == nil && !span.To.Time().After(a.to.Tracker.Today().Time()) {
				return span.To
			}
		}
	}
	return sala.Day{}
}

// adoption says of what was asked in the same text that it was taken over. The
// asks must have been accepted first. Which number is which the text does not
// say: each is one among those of the new document.
func (a *applier) adoption(ctx context.Context, p Proposal) (sala.Ref, error) {
	var asks []Proposal
	for _, q := range a.byID {
		if made, ok := a.made[q.ID]; ok {
			q.Made = made
		}
		if q.Kind == Ask && q.Event == p.Event && q.Made.ID != "" {
			asks = append(asks, q)
		}
	}
	if slices.ContainsFunc(asks, func(q Proposal) bool { return q.Value["number"] != "" }) {
		asks = slices.DeleteFunc(asks, func(q Proposal) bool { return q.Value["number"] == "" })
	}
	if len(asks) == 0 {
		return sala.Ref{}, invalid("words", "studio.proposals_asks_first", "accept first what was adopted")
	}
	slices.SortFunc(asks, func(x, y Proposal) int { return x.position - y.position })
	v := p.Value
	name := v["document"]
	if name == "" {
		name = p.At.Words
	}
	source := tracker.Source{Name: sala.Text{p.Lang: name}}
	numbers := v["first"]
	if v["last"] != "" && v["last"] != v["first"] {
		numbers = fmt.Sprintf("%s–%s", v["first"], v["last"])
	}
	var all []tracker.Numbered
	for _, q := range asks {
		steps, err := a.to.Tracker.Steps(ctx, q.Made.ID)
		if err != nil {
			return sala.Ref{}, err
		}
		if slices.ContainsFunc(steps, func(s tracker.Step) bool { return s.State == tracker.Adopted && s.Source.Name[p.Lang] == name }) {
			continue
		}
		evidence := sala.Text{p.Lang: p.At.Words}
		if v["to"] != "" {
			st := tracker.Step{State: tracker.Submitted, Source: a.source(p), Evidence: evidence, Note: sala.Text{p.Lang: v["to"]}}
			if _, err := a.to.Tracker.AddStep(ctx, a.by, q.Made.ID, st); err != nil {
				return sala.Ref{}, err
			}
		}
		st := tracker.Step{State: tracker.Adopted, Source: source, Evidence: evidence}
		if v["section"] != "" {
			st.Note = sala.Text{p.Lang: v["section"]}
		}
		if _, err := a.to.Tracker.AddStep(ctx, a.by, q.Made.ID, st); err != nil {
			return sala.Ref{}, err
		}
		if numbers != "" {
			all = append(all, tracker.Numbered{Recommendation: q.Made.ID, Number: numbers, Among: v["first"] != v["last"]})
		}
	}
	if len(all) > 0 {
		if _, err := a.to.Tracker.Renumber(ctx, a.by, source, all); err != nil {
			return sala.Ref{}, err
		}
	}
	return asks[0].Made, nil
}

var decimal = regexp.MustCompile(`^\d+(?:\.\d+)?$`)

// figure writes a number with what it counts.
func (a *applier) figure(ctx context.Context, p Proposal) (sala.Ref, error) {
	v := p.Value
	f := tracker.Figure{Source: a.source(p)}
	value, upTo, _ := strings.Cut(strings.ReplaceAll(v["number"], ",", ""), "–")
	value, scale, _ := strings.Cut(strings.TrimSpace(value), " ")
	if !decimal.MatchString(value) || upTo != "" && !decimal.MatchString(strings.TrimSpace(upTo)) {
		return sala.Ref{}, invalid("number", "studio.proposals_number_bad", "this is no number")
	}
	zeros := map[string]int{"": 0, "thousand": 3, "million": 6, "billion": 9}
	n, ok := zeros[scale]
	if !ok {
		return sala.Ref{}, invalid("number", "studio.proposals_number_bad", "this is no number")
	}
	f.Value, f.UpTo = shift(value, n), strings.TrimSpace(upTo)
	if f.Qualifier, ok = figureQualifiers[strings.ToLower(v["qualifier"])]; !ok {
		return sala.Ref{}, invalid("qualifier", "studio.proposals_qualifier", "no figure is stated as “"+v["qualifier"]+"”")
	}
	var err error
	if f.AsOf, err = sala.ParseDay(v["asof"]); err != nil {
		return sala.Ref{}, invalid("asof", "studio.proposals_day_bad", err.Error())
	}
	unit, percent := strings.CutPrefix(v["unit"], "%")
	f.Percent = percent
	what := strings.TrimSpace(unit)
	if what == "" {
		what = p.At.Words
	}
	if v["of"] != "" {
		f.Note = sala.Text{p.Lang: "of " + v["of"]}
	}
	had, err := a.to.Tracker.AllFigures(ctx, a.by)
	if err != nil {
		return sala.Ref{}, err
	}
	for _, g := range had {
		if g.Source.Work == a.work && g.Value == f.Value && g.Source.Quote == f.Source.Quote { // it was made when this was begun before
			return sala.Ref{Kind: sala.KindFigure, ID: g.ID}, nil
		}
	}
	measures, err := a.to.Tracker.Measures(ctx, a.by, true)
	if err != nil {
		return sala.Ref{}, err
	}
	for _, m := range measures {
		if strings.EqualFold(m.What[p.Lang], what) {
			f.Measure = m.ID
		}
	}
	if f.Measure == "" {
		if f.Measure, err = a.to.Tracker.SetMeasure(ctx, a.by, tracker.Measure{What: sala.Text{p.Lang: what}}); err != nil {
			return sala.Ref{}, err
		}
	}
	id, err := a.to.Tracker.SetFigure(ctx, a.by, f)
	return sala.Ref{Kind: sala.KindFigure, ID: id}, err
}

// shift moves the point of a decimal number to the right.
func shift(value string, places int) string {
	whole, part, _ := strings.Cut(value, ".")
	for range places {
		if part == "" {
			whole += "0"
			continue
		}
		whole, part = whole+part[:1], part[1:]
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if part != "" {
		return whole + "." + part
	}
	return whole
}

// contact adds somebody to ask to the work.
func (a *applier) contact(ctx context.Context, p Proposal) (sala.Ref, error) {
	w, err := a.to.Archive.DeskWork(ctx, a.by, a.work)
	if err != nil {
		return sala.Ref{}, err
	}
	v := p.Value
	for _, c := range w.Contacts {
		if strings.HasSuffix(c.Name, v["name"]) {
			return ref(a.work), nil
		}
	}
	c := archive.Contact{Name: v["name"], Role: v["role"], Phone: v["phone"], Email: v["email"]}
	for _, l := range v.list("langs") {
		lang, err := sala.ParseLang(l)
		if err != nil {
			return sala.Ref{}, invalid("langs", "studio.import_lang_bad", err.Error())
		}
		c.Langs = append(c.Langs, lang)
	}
	was := w.Changed
	w.Contacts = append(w.Contacts, c)
	return ref(a.work), a.to.Archive.Describe(ctx, a.by, was, w)
}
