package studio

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/internal/phrase"
	"sala/internal/web"
	"sala/tracker"
)

// The needs by which lists of what is translated can be narrowed.
const (
	needMissing = "missing" // it has no words in a language
	needBehind  = "behind"  // it was translated before its source changed
)

var needs = []string{needMissing, needBehind}

// meets reports whether something lacks what is asked for, anything if need is
// "".
func meets(l phrase.Lack, need string) bool {
	switch need {
	case needMissing:
		return l.Missing > 0
	case needBehind:
		return l.Behind > 0
	}
	return l.Missing > 0 || l.Behind > 0
}

// A lacking is something of which not everything is said in a language, or not
// as it is now.
type lacking struct {
	Kind sala.Kind
	ID   sala.ID
	phrase.Lack
	Name string // of what stands on a screen with others; else it is looked up
	In   sala.Lang
	Href string
}

// lackingKinds are the kinds of short texts, as the page shows them.
var lackingKinds = []sala.Kind{sala.KindEvent, sala.KindRecommendation, sala.KindOrganisation, sala.KindSeries, sala.KindFigure, sala.KindDocument}

// lacks lists what lacks something in a language, the newest first.
func (s *Studio) lacks(v *visit, lang sala.Lang) ([]lacking, error) {
	var all []lacking
	for _, kind := range []sala.Kind{sala.KindEvent, sala.KindRecommendation, sala.KindOrganisation} {
		items, told, err := s.items(v, kind)
		if err != nil {
			return nil, err
		}
		for _, i := range items {
			if l := i.Lacks(lang, v.set.Default, told); !i.Off && meets(l, "") {
				all = append(all, lacking{Kind: kind, ID: i.ID, Lack: l})
			}
		}
	}
	series, err := s.Events.SeriesWordings(v.ctx(), v.By(), lang, v.set.Default)
	if err != nil {
		return nil, err
	}
	_, measures, err := s.Tracker.MeasureWordings(v.ctx(), v.By(), lang, v.set.Default)
	if err != nil {
		return nil, err
	}
	names, err := s.Tracker.NameWordings(v.ctx(), v.By(), lang, v.set.Default)
	if err != nil {
		return nil, err
	}
	for _, l := range v.together(sala.KindDocument, namesTranslateAt(""), lang, names) {
		l.ID = "-" + l.ID // no id of a moment: after all that have one
		all = append(all, l)
	}
	all = append(all, v.together(sala.KindSeries, "/studio/series/", lang, series)...)
	all = append(all, v.together(sala.KindFigure, measuresTranslateAt(""), lang, measures)...)
	slices.SortFunc(all, newestLacking)
	return all, nil
}

func newestLacking(a, b lacking) int {
	return cmp.Or(strings.Compare(string(b.ID), string(a.ID)), strings.Compare(string(a.Kind), string(b.Kind)))
}

// together are those that lack something of what stands on one screen. The
// first text of each is its name.
func (v *visit) together(kind sala.Kind, base string, lang sala.Lang, texts []phrase.Wording) []lacking {
	var all []lacking
	for _, w := range texts {
		_, rest, _ := strings.Cut(w.Key, "/")
		id, _, _ := strings.Cut(rest, "/")
		if len(all) == 0 || all[len(all)-1].ID != sala.ID(id) {
			l := lacking{Kind: kind, ID: sala.ID(id), Name: w.Source, In: w.From, Href: base + string(lang) + "#" + w.Key}
			if l.Name == "" { // it stands in that language only
				l.Name, l.In = w.Words, lang
			}
			all = append(all, l)
		}
		l := &all[len(all)-1]
		l.Of++
		if !slices.Contains(w.Langs, lang) {
			l.Missing++
		} else if w.Behind(lang, v.set.Default) {
			l.Behind++
		}
	}
	return slices.DeleteFunc(all, func(l lacking) bool { return !meets(l.Lack, "") })
}

// items are how far all of a kind are in each language, and which of their
// texts whoever translates is shown, nil for all.
func (s *Studio) items(v *visit, kind sala.Kind) ([]*phrase.Item, func(phrase.Share) bool, error) {
	switch kind {
	case sala.KindRecommendation:
		sheet, err := s.Tracker.Translated(v.ctx(), v.By())
		if err != nil {
			return nil, nil, err
		}
		return sheet.Rows, nil, nil
	case sala.KindOrganisation:
		sheet, err := s.Directory.Translated(v.ctx(), v.By())
		if err != nil {
			return nil, nil, err
		}
		return sheet.Rows, nil, nil
	}
	sheet, err := s.Events.Translated(v.ctx(), v.By())
	if err != nil {
		return nil, nil, err
	}
	var people []sala.ID
	for _, i := range sheet.Rows {
		for _, share := range i.Shares {
			if share.Person != "" {
				people = append(people, share.Person)
			}
		}
	}
	faces, err := s.Directory.Faces(v.ctx(), people)
	return sheet.Rows, func(share phrase.Share) bool { return mayTranslate(share.Person, faces) }, err
}

// talliesOf are the languages of some things in a list.
func (s *Studio) talliesOf(v *visit, kind sala.Kind, ids []sala.ID) (map[sala.ID][]tally, error) {
	items, told, err := s.items(v, kind)
	if err != nil {
		return nil, err
	}
	langs := map[sala.ID][]tally{}
	for _, i := range items {
		if slices.Contains(ids, i.ID) {
			shares := i.Shares
			if told != nil {
				shares = slices.DeleteFunc(slices.Clone(shares), func(s phrase.Share) bool { return !told(s) })
			}
			langs[i.ID] = v.tallies(shares, cmp.Or(i.Chief, v.set.Default))
		}
	}
	return langs, nil
}

// A lackChoice is one way to narrow a list to what lacks something.
type lackChoice struct {
	Value string // need and language: "missing th"
	Need  string
	Lang  sala.Lang
	N     int
}

// narrowed are the ways in which a list can be narrowed to what lacks something
// in a language, and the ids of those that do by the one that was chosen in
// ?lacks=; nil if none was.
func (s *Studio) narrowed(v *visit, kind sala.Kind) ([]lackChoice, []sala.ID, error) {
	chosen := v.URL.Query().Get("lacks")
	need, in, _ := strings.Cut(chosen, " ")
	if chosen != "" && (!slices.Contains(needs, need) || !slices.Contains(v.set.Langs, sala.Lang(in))) {
		return nil, nil, sala.ErrNotFound
	}
	items, told, err := s.items(v, kind)
	if err != nil {
		return nil, nil, err
	}
	var choices []lackChoice
	var ids []sala.ID
	if chosen != "" {
		ids = []sala.ID{}
	}
	for _, lang := range v.set.Langs {
		for _, need := range needs {
			c := lackChoice{Value: need + " " + string(lang), Need: need, Lang: lang}
			for _, i := range items {
				if i.Off || !meets(i.Lacks(lang, v.set.Default, told), need) {
					continue
				}
				c.N++
				if c.Value == chosen {
					ids = append(ids, i.ID)
				}
			}
			if c.N > 0 || c.Value == chosen {
				choices = append(choices, c)
			}
		}
	}
	return choices, ids, nil
}

// lackingPage is what lackingView shows: what there is to translate into a
// language.
type lackingPage struct {
	*page
	In     sala.Lang
	Need   string
	Kind   sala.Kind
	Langs  []countedLink // one list for each language
	Needs  []countedLink
	Kinds  []countedLink
	Works  []countedLink // those have a table of their own
	Rows   []lacking
	Total  int
	Before sala.ID
}

// A countedLink is a way to narrow a list, and how many there are then.
type countedLink struct {
	Text, Href string
	Lang       sala.Lang // of Text, "" for that of the page
	Here       bool
	N          int
}

// lackingRows is how many a stretch of the list shows.
const lackingRows = 50

// lacking serves GET /studio/lacking: what has no words in ?lang=, or words
// that are older than what they were translated from; only one of both, or one
// kind, with ?need= and ?kind=.
func (s *Studio) lacking(v *visit) (*web.Reply, error) {
	q := v.URL.Query()
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	lp := lackingPage{page: p, In: v.own(), Need: q.Get("need"), Kind: sala.Kind(q.Get("kind"))}
	if l := sala.Lang(q.Get("lang")); l != "" {
		lp.In = l
	}
	if !slices.Contains(v.set.Langs, lp.In) || lp.Need != "" && !slices.Contains(needs, lp.Need) || lp.Kind != "" && !slices.Contains(lackingKinds, lp.Kind) {
		return nil, sala.ErrNotFound
	}
	p.Title = p.T("studio.lacking.title", "lang", p.Named(lp.In))
	all, err := s.lacks(v, lp.In)
	if err != nil {
		return nil, err
	}
	lp.count(all)
	for _, l := range v.set.Langs {
		n := len(all)
		if l != lp.In {
			others, err := s.lacks(v, l)
			if err != nil {
				return nil, err
			}
			n = len(others)
		}
		lp.Langs = append(lp.Langs, countedLink{Text: p.Own(l), Href: lp.at(l, lp.Need, lp.Kind, ""), Lang: l, Here: l == lp.In, N: n})
	}
	if lp.Works, err = s.worksLacking(v, lp); err != nil {
		return nil, err
	}
	rows := slices.DeleteFunc(all, func(l lacking) bool { return !meets(l.Lack, lp.Need) || lp.Kind != "" && l.Kind != lp.Kind })
	lp.Total = len(rows)
	if before := sala.ID(q.Get("before")); before != "" {
		// By its place and not by itself: it may be done meanwhile.
		rows = slices.DeleteFunc(rows, func(l lacking) bool { return l.ID >= before })
	}
	if len(rows) > lackingRows {
		rows = rows[:lackingRows]
		lp.Before = rows[lackingRows-1].ID
	}
	lp.Rows = rows
	if err := s.nameLacking(v, lp.In, lp.Rows); err != nil {
		return nil, err
	}
	return p.show(lackingView(lp))
}

// own is the language that whoever looks translates into, as far as it is
// known.
func (v *visit) own() sala.Lang {
	if slices.Contains(v.set.Langs, v.user.Lang) {
		return v.user.Lang
	}
	return v.set.Default
}

// at is the address of the list, narrowed.
func (lp lackingPage) at(lang sala.Lang, need string, kind sala.Kind, before sala.ID) string {
	q := url.Values{"lang": {string(lang)}}
	for name, value := range map[string]string{"need": need, "kind": string(kind), "before": string(before)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "/studio/lacking?" + q.Encode()
}

// Older is the address of the next stretch.
func (lp lackingPage) Older() string { return lp.at(lp.In, lp.Need, lp.Kind, lp.Before) }

// count makes the ways to narrow the list.
func (lp *lackingPage) count(all []lacking) {
	count := func(need string, kind sala.Kind) int {
		n := 0
		for _, l := range all {
			if meets(l.Lack, need) && (kind == "" || l.Kind == kind) {
				n++
			}
		}
		return n
	}
	for _, need := range append([]string{""}, needs...) {
		lp.Needs = append(lp.Needs, countedLink{Text: lp.T("studio.lacking." + cmp.Or(need, "all")), Href: lp.at(lp.In, need, lp.Kind, ""), Here: need == lp.Need, N: count(need, lp.Kind)})
	}
	for _, kind := range append([]sala.Kind{""}, lackingKinds...) {
		n := count(lp.Need, kind)
		if kind != "" && n == 0 && kind != lp.Kind {
			continue
		}
		lp.Kinds = append(lp.Kinds, countedLink{Text: lp.T("studio.lacking.of_" + cmp.Or(string(kind), "all")), Href: lp.at(lp.In, lp.Need, kind, ""), Here: kind == lp.Kind, N: n})
	}
}

// worksLacking are the works that are to be translated, or to be looked at
// again.
func (s *Studio) worksLacking(v *visit, lp lackingPage) ([]countedLink, error) {
	var links []countedLink
	for _, x := range []struct {
		need  string
		state archive.Progress
	}{{needMissing, archive.Missing}, {needBehind, archive.OutOfDate}} {
		if lp.Need != "" && lp.Need != x.need || lp.Kind != "" {
			continue
		}
		f := archive.MatrixFilter{Langs: v.set.Langs, Lang: lp.In, Progress: x.state}
		n, err := s.Archive.CountMatrix(v.ctx(), v.By(), f)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			q := url.Values{"lang": {string(lp.In)}, "state": {string(x.state)}}
			links = append(links, countedLink{Text: lp.T("studio.lacking.works_" + x.need), Href: "/studio/translations?" + q.Encode(), N: n})
		}
	}
	return links, nil
}

// nameLacking says what things are called, and where they are translated.
func (s *Studio) nameLacking(v *visit, lang sala.Lang, rows []lacking) error {
	ids := map[sala.Kind][]sala.ID{}
	for _, l := range rows {
		ids[l.Kind] = append(ids[l.Kind], l.ID)
	}
	names := map[sala.ID]sala.Text{}
	recs := map[sala.ID]tracker.Recommendation{}
	if of := ids[sala.KindEvent]; of != nil {
		list, err := s.Events.Desk(v.ctx(), v.By(), event.Filter{IDs: of, Limit: len(of)})
		if err != nil {
			return err
		}
		for _, e := range list.Events {
			names[e.ID] = e.Title
		}
	}
	if of := ids[sala.KindRecommendation]; of != nil {
		list, err := s.Tracker.Ledger(v.ctx(), v.By(), tracker.Filter{Drafts: true, Among: of, Limit: len(of)})
		if err != nil {
			return err
		}
		for _, r := range list.Recommendations {
			recs[r.ID] = r
		}
	}
	faces, err := s.Directory.Faces(v.ctx(), ids[sala.KindOrganisation])
	if err != nil {
		return err
	}
	for i := range rows {
		l := &rows[i]
		switch l.Kind {
		case sala.KindEvent:
			l.Name, l.In = names[l.ID].In(v.lang, v.set.Default)
			l.Href = eventTranslateAt(l.ID, lang)
		case sala.KindRecommendation:
			l.Name, l.In = recs[l.ID].Name(v.lang, v.set.Default)
			l.Href = recommendationTranslateAt(l.ID) + string(lang)
		case sala.KindOrganisation:
			l.Name, l.In = faces[l.ID].In(v.lang, v.set.Default)
			l.Href = organisationTranslateAt(l.ID) + string(lang)
		}
	}
	return nil
}

// lackingCount is how much there is to translate into the language of whoever
// looks.
func lackingCount(v *visit) (int, error) {
	all, err := v.studio.lacks(v, v.own())
	return len(all), err
}

// mayTranslate reports whether whoever translates may be told what somebody
// was, and for whom: what readers are told of those who are shown by their full
// name. Beside a role it would tell who that is.
func mayTranslate(person sala.ID, faces map[sala.ID]directory.Face) bool {
	face := faces[person]
	return person == "" || face.Named && face.Slug != ""
}
