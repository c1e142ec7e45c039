package extract

import "sala"

// languagesOf notes the languages that a sentence says an event was held in or
// interpreted into.
func (r *reader) languagesOf(s *sentence) {
	if r.event < 0 {
		return
	}
	e := &r.facts.Events[r.event]
	for i := range s.toks {
		t := s.tok(i)
		switch {
		case t.is("interpretation", "interpreted", "interpreting", "translation") && (t.is("interpretation", "interpreting", "interpreted") || s.tok(i+1).is("into") && languages[s.tok(i+2).text] != "" && s.ofEvent(i) || s.tok(i+1).is("will", "was", "is", "into", "in") && s.has(i, len(s.toks), set("provided available"))):
			from := i
			for t.is("interpretation", "translation") && from > 0 && (languages[s.tok(from-1).text] != "" || s.tok(from-1).is("and", ",", "simultaneous", "-", "consecutive")) {
				from--
			}
			r.languageList(s, from, i, e, true)
			r.languageList(s, i, min(len(s.toks), i+16), e, true)
		case t.is("in") && languages[s.tok(i+1).text] != "" && s.tok(i-1).is("was", "were", "be", "is", "are", "conducted", "held", "given", "delivered", "made", "led", "taught", "facilitated", "moderated") && s.ofEvent(i):
			end := i + 1
			for end < len(s.toks) && end < i+12 && !s.tok(end).is("with", "but", ";", ".", "(", "interpreted", "translated", "interpretation", "where", "at", "chaired") {
				end++
			}
			r.languageList(s, i+1, end, e, false)
		case t.is("language") && s.tok(i-1).is("working", "main", "official") && s.tok(i-2).is("the", "its", "our") && s.tok(i-3).is("was", "were", "is", "will"):
			r.languageList(s, max(0, i-8), i-3, e, false)
		case t.is("conducted", "held") && s.tok(i+1).is("in"), t.is("language", "languages") && s.tok(i+1).is("of", "is", "are", "was", "were", "will", ":"):
			end := i + 1
			for end < len(s.toks) && end < i+12 && !s.tok(end).is("with", "but", ";", ".", "(", "interpreted", "translated") {
				end++
			}
			r.languageList(s, i+1, end, e, false)
		}
	}
}

// ofEvent reports whether what stands before token i is said of an event or of
// what was spoken there.
func (s *sentence) ofEvent(i int) bool {
	spoken := set("speeches presentations discussions testimonies sessions proceedings interventions it songs")
	return s.has(max(0, i-20), i, eventNouns) || s.has(max(0, i-8), i, spoken)
}

// eventLanguages reads a line "Languages: English, with Thai interpretation".
func (r *reader) eventLanguages(s *sentence, start int, e *Event) {
	for i := start; i < len(s.toks); i++ {
		if s.tok(i).is("interpretation", "interpreted", "translation") {
			with := start
			for k := start; k < i; k++ {
				if s.tok(k).is("with", ";", "(", ".") {
					with = k
				}
			}
			r.languageList(s, start, with, e, false)
			r.languageList(s, with, len(s.toks), e, true)
			return
		}
	}
	r.languageList(s, start, len(s.toks), e, false)
}

func (r *reader) languageList(s *sentence, i, j int, e *Event, interpreted bool) {
	for k := i; k < j && k < len(s.toks); k++ {
		l, ok := languages[s.tok(k).text]
		if !ok || s.tok(k+1).is("workers", "migrants", "government", "migrant", "people", "women", "state", "embassy", "participants", "capital", "province", "city", "women", "people", "border") {
			continue
		}
		r.addLanguage(e, Language{s.found(k, k+1, 0.85), l, interpreted})
	}
}

func (r *reader) addLanguage(e *Event, l Language) {
	for _, had := range e.Languages {
		if had.Lang == l.Lang && had.Interpreted == l.Interpreted || had.Lang == l.Lang && !l.Interpreted {
			return
		}
	}
	e.Languages = append(e.Languages, l)
}

// foreign reads what carries over to texts in other languages: the day, the
// town and the country that the title or the opening states, if it states
// one day only. Who did what is not told there.
func (r *reader) foreign() {
	if len(r.facts.Events) > 0 || r.text.Lang == sala.English || r.text.Lang == "" {
		return
	}
	blocks := []*Block{{ID: TitleBlock, Text: r.text.Title}}
	if len(r.text.Blocks) > 0 {
		blocks = append(blocks, &r.text.Blocks[0])
	}
	for _, b := range blocks {
		head := b.Text
		if len(head) > 4000 {
			head = head[:4000]
		}
		dates := foreignDates(head)
		if len(dates) != 1 || !r.gathers(head) {
			continue
		}
		d := dates[0]
		f := Found{Passage{b.ID, d.From, d.To, b.Text[d.From:d.To]}, 0.6}
		e := Event{Found: f, Held: When{Found: f, Span: d.Span}, Within: -1}
		r.foreignPlace(b, head, &e)
		r.facts.Events = append(r.facts.Events, e)
		return
	}
}
