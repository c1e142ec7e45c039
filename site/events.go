package site

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/directory"
	"sala/event"
	"sala/internal/i18n"
	"sala/internal/web"
)

// eventsPage is what eventsView shows.
type eventsPage struct {
	*page
	Years   []yearRows
	Count   int
	Coming  item // leads to those that are not over; Count 0 where there are none, or no others are shown
	Chosen  []item
	Clear   string
	Groups  []group
	Months  []item // of the chosen year
	Newest  string // "" on the first stretch
	Older   string
	Feeds   string
	Exports string // what narrows the list, as the files take it: "?country=th"
}

// events serves what stands under /{lang}/events.
func (s *Site) events(r *http.Request, lang sala.Lang, rest []string) (*web.Reply, error) {
	switch last := rest[len(rest)-1]; {
	case len(rest) > 1:
		return nil, sala.ErrNotFound
	case isFeed(last):
		return s.eventFeed(r, lang, last)
	case last == "":
		return s.eventList(r, lang)
	case strings.HasSuffix(last, ".ics"):
		return s.eventCalendar(r, lang, strings.TrimSuffix(last, ".ics"))
	default:
		return s.event(r, lang, last)
	}
}

// eventList serves GET /{lang}/events/.
func (s *Site) eventList(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	ctx := r.Context()
	ch, err := s.eventChoice(r.URL.Query())
	if err != nil {
		return nil, err
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	p.Title, p.Heading, p.Section = p.T("event.title"), p.Lang, "events"
	p.About = p.T("event.lead")
	p.everyLang("/events/")
	base := "/" + string(p.Want) + "/events/"
	v := eventsPage{page: p, Feeds: base}
	p.Feed = base
	if len(ch.query) > 0 {
		v.Exports = "?" + ch.query.Encode()
		p.Path, p.Alternates = "", nil // one list has one address for search engines
	}
	ch.filter.Limit = listed
	list, err := s.Events.Events(ctx, ch.filter)
	if err != nil {
		return nil, err
	}
	seen, err := s.see(ctx, list.Events...)
	if err != nil {
		return nil, err
	}
	v.Count, v.Years = list.Total, s.eventYears(seen.Events, p)
	facets, err := s.Events.Facets(ctx, ch.filter)
	if err != nil {
		return nil, err
	}
	if err := s.narrowEvents(r, &v, ch, base, facets); err != nil {
		return nil, err
	}
	kept := url.Values{}
	for k, values := range ch.query {
		kept[k] = values
	}
	if ch.filter.Before != "" {
		kept.Set("before", string(ch.filter.Before))
		v.Newest = ch.with(base, "before", "")
		p.Path = ""
	}
	p.keep(kept)
	if list.Next != "" {
		v.Older = ch.with(base, "before", string(list.Next))
	}
	return v.show(ctx, eventsView(v))
}

// eventRow is an event in a list.
func (s *Site) eventRow(e event.Event, p *page) row {
	title, in := e.Title.In(p.Want, p.set.Default)
	r := row{
		Kind: "event.type_" + string(e.Type), Title: title, Lang: in, Href: towardsEvent(e, p.Want, p.set),
		Date: p.when(e), ISO: e.Held.From.String(), Place: p.place(e),
	}
	if about, l := e.About.In(p.Want, p.set.Default); l == in {
		r.Summary, _, _ = strings.Cut(about, "\n")
	}
	for _, l := range p.set.Langs {
		if e.Title[l] != "" {
			r.Langs = append(r.Langs, l)
		}
	}
	return r
}

// eventYears parts events by the year they began in.
func (s *Site) eventYears(events []event.Event, p *page) []yearRows {
	var out []yearRows
	for _, e := range events {
		year := p.T("event.no_year")
		if !e.Held.IsZero() {
			year = i18n.Year(p.Lang, e.Held.From.Year)
		}
		if n := len(out); n == 0 || out[n-1].Year != year {
			out = append(out, yearRows{Year: year})
		}
		last := &out[len(out)-1]
		last.Rows = append(last.Rows, s.eventRow(e, p))
	}
	return out
}

// narrowEvents lists what narrows the list and what still can.
func (s *Site) narrowEvents(r *http.Request, v *eventsPage, ch eventChoice, base string, f event.Facets) error {
	ctx, p := r.Context(), v.page
	ids, left := mostly(f.Organisations)
	faces := map[sala.ID]directory.Face{}
	if s.Directory != nil {
		var err error
		if faces, err = s.Directory.Faces(ctx, append(ids, ch.filter.Organisation...)); err != nil {
			return err
		}
	}
	var all []event.Series
	if len(f.Series) > 0 || ch.filter.Series != "" {
		var err error
		if all, err = s.Events.AllSeries(ctx); err != nil {
			return err
		}
	}
	countries, types, years := group{Name: p.T("event.by_country")}, group{Name: p.T("event.by_type")}, group{Name: p.T("event.by_year")}
	langs, organisations, series := group{Name: p.T("event.by_language")}, group{Name: p.T("event.by_organisation")}, group{Name: p.T("event.by_series")}
	add := func(g *group, name, value, label string, in sala.Lang, n int) {
		here := ch.query.Get(name) == value
		if here {
			v.Chosen = append(v.Chosen, item{Href: ch.with(base, name, ""), Label: label, Lang: in})
		}
		if n > 0 {
			g.Items = append(g.Items, item{Href: ch.with(base, name, value), Label: label, Lang: in, Count: n, Here: here})
		}
	}
	for _, code := range withChosen(sortedKeys(f.Countries), ch.filter.Country) {
		add(&countries, "country", code, i18n.Country(p.Lang, code), p.Lang, f.Countries[code])
	}
	for _, t := range event.Types {
		add(&types, "type", string(t), p.T("event.type_"+string(t)), p.Lang, f.Types[t])
	}
	for _, l := range withChosen(sortedKeys(f.Langs), ch.filter.Lang) {
		add(&langs, "language", string(l), p.Named(l), p.Lang, f.Langs[l])
	}
	if len(ch.filter.Organisation) > 0 {
		ids = withChosen(ids, ch.filter.Organisation[0])
	}
	slices.Sort(ids)
	for _, id := range ids {
		face, ok := faces[id]
		if !ok {
			continue
		}
		name, in := face.In(p.Want, p.set.Default)
		add(&organisations, "organisation", string(id), name, in, f.Organisations[id])
	}
	for _, x := range all {
		name, in := x.Name.In(p.Want, p.set.Default)
		add(&series, "series", string(x.ID), name, in, f.Series[x.ID])
	}
	soon := ch.filter
	soon.From, soon.Before = sala.DayOf(s.DB.Now()), ""
	n, err := s.Events.Count(ctx, soon)
	if err != nil {
		return err
	}
	if v.Coming = (item{Href: ch.with(base, "when", coming), Label: p.T("event.coming"), Count: n}); !ch.filter.From.IsZero() {
		v.Chosen, v.Coming.Count = append(v.Chosen, item{Href: ch.with(base, "when", ""), Label: v.Coming.Label, Lang: p.Lang}), 0
	}
	chosenYears := withChosen(sortedKeys(f.Years), ch.filter.Year)
	slices.Sort(chosenYears)
	for _, y := range slices.Backward(chosenYears) {
		add(&years, "year", strconv.Itoa(y), i18n.Year(p.Lang, y), p.Lang, f.Years[y])
	}
	if ch.filter.Month != 0 {
		v.Chosen = append(v.Chosen, item{
			Href: ch.with(base, "month", ""), Label: p.Date(sala.Day{Year: ch.filter.Year, Month: time.Month(ch.filter.Month)}), Lang: p.Lang,
		})
	}
	v.Months = s.months(p, ch, base, f)
	if len(v.Chosen) > 1 {
		v.Clear = base
	}
	for _, g := range []group{countries, types, organisations, series, langs, years} {
		if g.Name != years.Name && g.Name != types.Name {
			slices.SortStableFunc(g.Items, func(x, y item) int {
				if x.Count != y.Count {
					return y.Count - x.Count
				}
				return i18n.Compare(p.Lang, x.Label, y.Label)
			})
		}
		if len(g.Items) > longest+2 {
			g.Items, g.More = g.Items[:longest], g.Items[longest:]
		}
		if left > 0 && g.Name == organisations.Name {
			g.More = append(g.More, p.others(left))
		}
		if len(g.Items) > 1 || len(g.Items) == 1 && g.Items[0].Here {
			v.Groups = append(v.Groups, g)
		}
	}
	return nil
}

// withChosen adds what was chosen to what is left, so that it can be taken
// away even where nothing passes.
func withChosen[T comparable](left []T, chosen T) []T {
	var none T
	if chosen == none || slices.Contains(left, chosen) {
		return left
	}
	return append(left, chosen)
}

// months leads through the months of the chosen year; those without an event
// are no links.
func (s *Site) months(p *page, ch eventChoice, base string, f event.Facets) []item {
	if ch.filter.Year == 0 {
		return nil
	}
	var out []item
	for m := time.January; m <= time.December; m++ {
		it := item{Label: p.monthOnly(ch.filter.Year, m), Lang: p.Lang, Count: f.Months[int(m)], Here: ch.filter.Month == int(m)}
		if it.Count > 0 {
			it.Href = ch.with(base, "month", strconv.Itoa(int(m)))
		}
		out = append(out, it)
	}
	return out
}

// monthOnly is a month as the heading of a year's calendar says it.
func (p *page) monthOnly(year int, m time.Month) string {
	return p.Date(sala.Day{Year: year, Month: m})
}
