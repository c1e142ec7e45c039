package extract

import (
	"regexp"
	"strings"
	"time"

	"sala"
)

// A reader goes through one text from the top.
type reader struct {
	text        Text
	gaz         *gazetteer
	defined     map[string]Organisation // abbreviations that the text itself explains
	definedName map[string]Organisation // the same by name
	titleSpan   sala.Span
	facts       Facts

	event       int // the one that is being told of, -1 for none
	series      int // the sentence that announced several, -1 for none
	seriesIn    *sentence
	plural      bool
	session     int // -1 for none
	sessionFrom int // the token from which a session began
	lasting     bool
	byOrdinal   map[string]int
	label       string // what those named on a line like "Moderators: …" did
	asking      asking
	blockAt     int       // the number of the block that is being read
	afterColon  bool      // what stands before the list ended in a colon
	askSection  bool      // the heading above says that asks stand here
	lead        *sentence // the first, if it states one day
	leadHeld    When
	sinceTold   int       // how many sentences ago an event was told of
	dayTold     *sentence // one that tells a day, and no event yet
	dayTeller   When
	lastDay     time.Time               // the last day that was stated
	lastIn      *sentence               // and where
	headLabel   string                  // of the heading above: "Date and venue"
	listLabel   string                  // of the list that is being read: "Speakers:"
	listSoft    bool                    // nothing but a colon announced them
	skipping    bool                    // what stands here is about the network, not about the event
	signing     bool                    // a list of signatures
	contacts    bool                    // people to ask
	came        int                     // the verb by which the sentence tells of its event, -1 for none
	awaited     Part                    // of partners whose names the next sentence may give
	section     bool                    // a heading came, and no sentence with a day since
	shorter     map[string]Organisation // by shorter forms of names that the text gives in full
	orgsAt      []namedOrg              // as orgsNamed, and where
	orgsNamed   []Organisation          // those of the sentences before, in their order
	unspoken    *unspoken               // who was named last, and may have spoken
	seen        []personMention         // who was named and has not spoken yet
	writtenIn   spot                    // the place of a line that states a day and a place only
	writtenOn   sala.Day
	datelineIn  spot                // the town of the dateline
	hinted      bool                // that somebody spoke hangs on a hint
	replaying   bool                // what stands before the event is read once more
	prev        *sentence           // the one before the last
	last        *sentence           // the one before
	askedIn     *Block              // where the last ask stood
	parted      bool                // headings state the days of several events
	announced   *Event              // what announced them
	early       []*sentence         // what was read before any event was told of
	invitedBy   []orgMention        // who invites
	invited     []int               // the events of an invitation
	invitedIn   *sentence           // and where it is said
	paysAll     []orgMention        // who paid for this event and those to come
	paysIn      *sentence           // and where it is said
	inviting    bool                // the text is an invitation
	announcedBy []Party             // who announced them
	invitedAt   spot                // the town to which
	ahead       bool                // the first event lay ahead when the text was written
	head        *sentence           // the title
	diary       *diary              // the days of the one event that the text is a diary of
	narrates    bool                // it tells in the present what was said
	today       sala.Day            // the day of an event that is being told of
	again       *verse              // the sentence with which to begin when the text is read once more
	happens     *verse              // the same, at the second reading
	heard       map[int]*venueHeard // by event
}

// Read reads the facts out of a text. What the directory knows by name is
// handed in as learned.
func Read(t Text, learned Learned) Facts {
	gaz := builtIn().with(learned)
	r := newReader(t, gaz)
	if r.read(); r.again != nil {
		at := r.again
		r = newReader(t, gaz)
		r.happens = at
		r.read()
	}
	return r.facts
}

func newReader(t Text, gaz *gazetteer) *reader {
	return &reader{
		text: t, gaz: gaz, defined: map[string]Organisation{}, definedName: map[string]Organisation{}, shorter: map[string]Organisation{},
		event: -1, series: -1, session: -1, came: -1, byOrdinal: map[string]int{},
	}
}

// read goes through the text once.
func (r *reader) read() {
	t := r.text
	r.inviting = r.looksInviting()
	vacancy := isVacancy(t)
	title := &Block{ID: TitleBlock, Text: t.Title}
	head := sentences(title, -1)
	body := make([][]*sentence, len(t.Blocks))
	for _, s := range head {
		r.annotate(s)
	}
	if len(head) > 0 {
		r.head = head[0]
	}
	for i := range t.Blocks {
		body[i] = sentences(&t.Blocks[i], i)
		for _, s := range body[i] {
			r.annotate(s)
		}
	}
	r.parted = partedByDays(body)
	r.findDiary(body)
	r.narrates = tellsNow(body)
	for i := range body {
		if i <= 2 && len(body[i]) > 0 && !(r.parted && t.Blocks[i].Heading) {
			r.dateline(body[i][0])
		}
	}
	// Abbreviations are explained where they first stand, and used before it.
	if len(r.defined) > 0 || len(r.shorter) > 0 {
		for i := range body {
			for _, s := range body[i] {
				r.findOrgs(s, false)
			}
		}
	}
	for _, s := range head {
		for _, d := range s.dates {
			if !d.noYear && r.titleSpan.IsZero() {
				r.titleSpan = d.span
			}
		}
		r.people(s)
	}
	if !vacancy && len(head) > 0 && !r.titleSpan.IsZero() {
		r.caption(head[0])
	}
	for i := range t.Blocks {
		r.block(&t.Blocks[i], body[i], vacancy, i)
	}
	if !vacancy {
		if r.happens == nil && r.happening() {
			return
		}
		r.fromTitle(head)
		r.foreign()
		r.feastDay(head, body)
		r.dropOverview()
	}
	r.finish()
}

// dateline takes the day with which a press release opens ("Chiang Mai, 2 May
// 2013 – …") for that of the text: nothing was held on it that is not told.
func (r *reader) dateline(s *sentence) {
	if len(s.dates) == 0 {
		return
	}
	d := s.dates[0]
	if d.noYear && s.at <= 1 && s.tok(d.i-1).is("(") && s.tok(d.j).is(")") && s.tok(d.j+1).is("–", "—", "-") && d.i < 7 {
		s.dates, s.dateline = s.dates[1:], d.j+1 // "LAIZA, Kachin State (Feb. 26) –"
		return
	}
	ends := s.tok(d.j).is(".") && d.j+1 >= len(s.toks) && len(s.block.Text) > s.toks[len(s.toks)-1].to+20 && d.i > 1 && s.tok(d.i-1).is(",") // "Geneva, 11 May. …"
	if d.noYear && s.at <= 1 && s.nth == 0 && (s.tok(d.j).is("–", "—") || ends) && d.i < 5 && d.span.From == d.span.To {
		upper := d.i > 0
		for k := 0; k < d.i; k++ {
			upper = upper && (s.tok(k).upper || s.tok(k).kind == mark)
		}
		if upper {
			r.datelineIn = r.where(s, 0, d.i)
			s.dates, s.dateline = s.dates[1:], d.j // "POIPET, June 25 –"
			return
		}
	}
	if d.span.From.Day == 0 || d.noYear || d.span.From != d.span.To || d.i > 6 {
		return
	}
	for k := 0; k < d.i; k++ {
		if t := s.tok(k); t.kind == word && !t.upper || t.is(".", ":") || eventNouns[t.low] {
			return
		}
	}
	end := d.j
	if s.tok(end).is(")") {
		end++
	}
	alone := end >= len(s.toks)
	for k := end; k < len(s.toks) && s.at <= 1 && !alone; k++ { // "20 November 2014, Bangkok"
		if s.tok(k).kind == word && !s.tok(k).upper || k > end+4 {
			break
		}
		alone = k == len(s.toks)-1
	}
	if !alone && !s.tok(end).is("–", "—", "-", ":", "/", "|") || s.has(0, d.i, set("(")) && d.i > 4 {
		return
	}
	if alone && r.titled() && (s.at == 0 && d.i > 2 || d.weekday >= 0 && !r.letter()) {
		return // the day and the place of an event, below its title
	}
	if alone {
		r.writtenIn, r.writtenOn = r.where(s, end, len(s.toks)), d.span.From
	}
	r.datelineIn = r.where(s, 0, d.i)
	s.dates = s.dates[1:]
	s.dateline = end
	if p := r.text.Published; p.IsZero() {
		r.text.Published = d.span.From
	} else if gap := p.Time().Sub(d.span.From.Time()); p.Day > 0 && gap > 0 && gap <= 14*24*time.Hour {
		r.text.Published = d.span.From // "today" is the day on which it was written
	}
}

// annotate finds the names and dates of a sentence.
func (r *reader) annotate(s *sentence) {
	s.dates = s.findDates()
	s.findPeople()
	r.findOrgs(s, true)
}

// people finds who is named in a sentence, once its organisations are known.
func (r *reader) people(s *sentence) {
	r.findBarePeople(s)
	r.attribute(s)
	for _, m := range s.orgsIn(0, len(s.toks)) {
		r.orgsNamed = append(r.orgsNamed, m.org)
		r.orgsAt = append(r.orgsAt, namedOrg{m.org, s.block, s.toks[m.i].from})
	}
}

var (
	aboutBlock   = regexp.MustCompile(`^(?:The\s+)?[\p{Lu}][\p{L}’' -]{2,80}(?:\s*\([A-Z0-9-]{2,12}\))?\s+(?:is|are)\s+(?:a|an|the)\s+(?:[\p{L}-]+[\s,]+){0,8}?(?:network|organi[sz]ation|coalition|foundation|alliance|federation|association|ngo|agency|union|group|centre|center|platform)\b`)
	aboutHead    = regexp.MustCompile(`(?i)^(?:about\s+(?:the\s+|us\b)?.{0,80}|notes?\s+(?:to|for)\s+(?:the\s+)?editors?|background\s+on\s+.{0,60}|end(?:s|notes)?|#+|references|footnotes)\s*:?\s*$`)
	castHead     = regexp.MustCompile(`(?i)^(?:(?:about|meet)\s+)?(?:the|our)\s+(?:speakers|panell?ists|trainers|facilitators|presenters)(?:\s+(?:are|will\s+be|include)(?:\s+as\s+follows)?)?\s*:?\s*$`)
	contactHead  = regexp.MustCompile(`(?i)(?:(?:please|kindly)\s+contact|contact\s+(?:us|the\s+following)\b|for\s+(?:more|further)\s+(?:information|details)[^.\n]{0,60}\bcontact|media\s+(?:contacts?|enquir|inquir)|press\s+contacts?|^contacts?(?:\s+persons?)?\s*:|for\s+(?:media\s+)?(?:inquiries|enquiries|interviews?))`)
	signHead     = regexp.MustCompile(`(?i)^(?:signed(?:\s+by)?|signatories|endorsed\s+by|undersigned(?:\s+organi[sz]ations)?|list\s+of\s+(?:signatories|participants))\b.{0,60}:?\s*$`)
	labelForm    = regexp.MustCompile(`^\s*(?:[•▪*·-]\s*)?([A-Z][A-Za-z /&-]{2,32}?)\s*[:：–]\s*(\S.*)$`)
	programmeRow = regexp.MustCompile(`^\s*\d{1,2}[:.]\d{2}\s*(?:am|pm|AM|PM|hrs?)?\s*(?:[-–to]+\s*\d{1,2}[:.]\d{2}\s*(?:am|pm|AM|PM|hrs?)?)?\s*[:|–-]?\s*`)
)

// block reads one block.
func (r *reader) block(b *Block, sents []*sentence, vacancy bool, n int) {
	for _, s := range sents {
		s.listed = r.listLabel != "" && len(b.Text) < 200
		r.people(s)
	}
	r.blockAt = n
	text := strings.TrimSpace(b.Text)
	switch {
	case castHead.MatchString(text) && r.event >= 0:
		r.skipping, r.listLabel = false, "speaker"
		return
	case aboutHead.MatchString(text) && len(text) < 100 && !strings.HasSuffix(text, "."): // "About 40 people came." is none
		r.skipping = true
		return
	case signHead.MatchString(text) && len(text) < 100:
		r.signing = true
		return
	case b.Heading:
		r.section = true
		r.skipping, r.signing, r.contacts = false, false, false
	}
	if r.contact(b, sents) {
		return
	}
	sents = r.contactIn(sents)
	if n > 0 && aboutBlock.MatchString(text) && !(len(sents) > 0 && len(sents[0].dates) > 0) || r.skipping || r.signing {
		return
	}
	if vacancy {
		return
	}
	if b.Heading && r.event >= 0 && len(sents) > 0 {
		r.headedBack(sents[0])
		r.headed(sents[len(sents)-1])
	}
	if r.headLabel != "" && !b.Heading {
		r.belowLabel(sents)
		return
	}
	if r.labelled(b, sents) {
		return
	}
	if r.askBlock(b) {
		return
	}
	before := r.event
	for _, s := range sents {
		if isDeadline(s) {
			if s.asksFor() {
				r.speakers(s)
				r.asks(s)
			}
			r.figures(s)
			continue
		}
		r.plural = false
		r.back(s)
		r.dayOfEvent(s)
		r.leads(s, n)
		r.awaits(s)
		if r.came = -1; !r.invitedTo(s) {
			r.invitedPlace(s)
			r.events(s)
		}
		r.tellsDay(s)
		r.keepDay(s)
		r.sinceTold++
		r.goesOn(s)
		r.wentOn(s)
		if r.came >= 0 {
			r.sinceTold = 0
		}
		r.itWas(s)
		r.inBrackets(s)
		r.townBefore(s)
		r.hearVenue(s)
		r.sectioned(s)
		r.titleDay(s)
		r.dayAlone(s)
		r.placeAlone(s)
		r.catchUp(s)
		if r.plural && r.event >= 0 && r.event != before || r.plural && r.series < 0 {
			r.series, r.seriesIn = r.event, s
		}
		r.sessions(s)
		r.speakers(s)
		had := len(r.facts.Asks)
		r.counts(s)
		r.represented(s)
		r.materials(s)
		r.languagesOf(s)
		r.adoption(s)
		r.asks(s)
		if len(r.facts.Asks) == had {
			r.figures(s)
		}
		if r.event >= 0 {
			r.online(s)
			r.bothHeld(s)
			r.paid(s, &r.facts.Events[r.event])
			if s.tok(0).is("both") && r.event > 0 {
				r.paid(s, &r.facts.Events[r.event-1]) // "Both trainings received funds from …"
			}
			r.called(s, &r.facts.Events[r.event])
			r.laterHelp(s)
		}
	}
	if n := len(sents); n > 0 && r.event >= 0 && sents[n-1].announcesCast() {
		r.listLabel, r.listSoft = "speaker", true
	}
}

// catchUp reads once more, once the first event is told of, what stands
// before it: news tell who said what before they tell where it was.
func (r *reader) catchUp(s *sentence) {
	if len(r.facts.Events) == 0 {
		if len(r.early) < 40 {
			r.early = append(r.early, s)
		}
		return
	}
	if len(r.invitedBy) == 0 && s.at <= 3 && r.isInvitation() {
		r.inviters(s)
	}
	if r.event == 0 && (!r.facts.Events[0].Type.IsZero() || r.happens != nil || r.came >= 0) {
		r.replay()
	}
	r.early = nil
}

// replay notes for the first event what the sentences before it say.
func (r *reader) replay() {
	came := r.came
	r.came, r.replaying = -1, true
	defer func() { r.came, r.replaying = came, false }()
	for _, had := range r.early {
		r.speakers(had)
		r.counts(had)
		r.represented(had)
	}
	for i := range r.facts.Asks {
		r.facts.Asks[i].Event = 0
	}
}

// back goes back to the event of a town: "In Battambang, …".
func (r *reader) back(s *sentence) {
	if len(r.facts.Events) < 2 || !s.tok(0).is("in", "at") || len(s.dates) > 0 || len(s.toks) < 3 {
		return
	}
	n, _, ok := find(s, 1, r.gaz.places)
	if !ok || !n.city {
		return
	}
	for i := range r.facts.Events {
		if strings.EqualFold(r.facts.Events[i].City.Words, n.org.Name) {
			r.event, r.session = i, -1
		}
	}
}

// leads keeps the first sentence of a text if it states one day.
func (r *reader) leads(s *sentence, block int) {
	if r.lead != nil || block > 1 || s.nth > 0 && block > 0 || s.nth > 2 {
		return
	}
	if len(s.dates) == 0 && (r.titled() || r.feastTitled()) && !r.letter() && !s.block.Heading { // "told reporters on Monday"
		if w, ok := r.relative(s, trigger{noun: -1, verb: -1, by: -1}); ok && w.Span.From.Day > 0 {
			w.Sure = min(w.Sure, 0.6)
			r.lead, r.leadHeld = s, w
		}
		return
	}
	if len(s.dates) != 1 || s.dates[0].span.From.Day == 0 || r.other(s, s.dates[0], trigger{noun: -1, verb: -1}) {
		return
	}
	if w, ok := r.when(s, s.dates[0]); ok {
		w.Sure = min(w.Sure, 0.7)
		r.lead, r.leadHeld = s, w
	}
}
