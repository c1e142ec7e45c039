package studio

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/importer/extract"
	"sala/importer/proposals"
	"sala/internal/web"
)

// proposalsPage is what proposalsView shows: the works whose facts wait.
type proposalsPage struct {
	*page
	Waiting []proposals.Waiting
	Works   map[sala.ID]archive.Work
	Sweep   proposals.Sweep
	Swept   bool
	Next    string
}

const proposalRows = 100

// proposals serves GET /studio/proposals.
func (s *Studio) proposals(v *visit) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.proposals")
	pp := proposalsPage{page: p}
	if pp.Sweep, pp.Swept, err = s.Proposals.Last(v.ctx()); err != nil {
		return nil, err
	}
	after := sala.ID(v.URL.Query().Get("after"))
	if pp.Waiting, err = s.Proposals.Waiting(v.ctx(), v.By(), after, proposalRows+1); err != nil {
		return nil, err
	}
	if len(pp.Waiting) > proposalRows {
		pp.Waiting = pp.Waiting[:proposalRows]
		pp.Next = "/studio/proposals?" + url.Values{"after": {string(pp.Waiting[proposalRows-1].Work)}}.Encode()
	}
	var ids []sala.ID
	for _, w := range pp.Waiting {
		ids = append(ids, w.Work)
	}
	pp.Works = map[sala.ID]archive.Work{}
	for _, id := range ids {
		w, err := s.Archive.DeskWork(v.ctx(), v.By(), id)
		if err != nil {
			return nil, err
		}
		pp.Works[id] = w
	}
	return p.show(proposalsView(pp))
}

// Running reports whether the archive is being read.
func (p proposalsPage) Running() bool { return p.Swept && p.Sweep.Ended.IsZero() }

// readArchive serves POST /studio/proposals.
func (s *Studio) readArchive(v *visit) (*web.Reply, error) {
	if err := s.Proposals.Begin(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	return v.done("/studio/proposals", "studio.proposals_begun")
}

// reviewPage is what reviewView shows: a text and what was read in it.
type reviewPage struct {
	*page
	Work    sala.ID
	Text    extract.Text
	Groups  []proposalGroup
	Open    int
	Sure    int
	Decided bool // show what is decided too
	Typed   proposals.Value
	At      sala.ID            // the one that must be corrected
	Failed  map[sala.ID]string // what stands in the way of others
	Made    []madeRow          // what accepted facts became
	Focus   sala.ID            // the one to decide on next
	Of      string             // of whom was asked, as typed for several
	More    sala.ID            // another work whose facts wait
	marks   map[string][]proposals.Proposal
	all     []proposals.Proposal
	next    map[sala.ID]sala.ID // by proposal: the open one that is shown after it
}

// A proposalGroup is an event, or what belongs to none, with its facts.
type proposalGroup struct {
	Title string
	Parts []proposalPart
}

// A proposalPart is the facts of one kind.
type proposalPart struct {
	Kind proposals.Kind
	List []proposals.Proposal
}

// review serves GET /studio/proposals/{work}.
func (s *Studio) review(v *visit) (*web.Reply, error) {
	return s.showReview(v, proposals.Result{}, "", nil, nil)
}

func (s *Studio) showReview(v *visit, r proposals.Result, at sala.ID, typed proposals.Value, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	rp := reviewPage{page: p, Work: sala.ID(v.PathValue("work")), At: at, Typed: typed, Failed: map[sala.ID]string{}, marks: map[string][]proposals.Proposal{}}
	rp.Decided, rp.Focus, rp.Of = v.URL.Query().Has("all"), sala.ID(v.URL.Query().Get("at")), v.PostFormValue("of")
	if at != "" { // the fields of each fact are called after it
		for i := range p.Wrong {
			p.Wrong[i].Field += "-" + string(at)
		}
	}
	if rp.Text, err = s.Proposals.Text(v.ctx(), v.By(), rp.Work); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.proposals_of", "title", rp.Text.Title)
	if rp.all, err = s.Proposals.Of(v.ctx(), v.By(), rp.Work); err != nil {
		return nil, err
	}
	if rp.Made, err = s.made(v, rp.all); err != nil {
		return nil, err
	}
	for id, why := range r.Failed {
		rp.Failed[id] = p.why(why)
	}
	for _, x := range rp.all {
		if x.State == proposals.Open {
			rp.Open++
			if x.IsSure() {
				rp.Sure++
			}
		}
		if x.State == proposals.Open || rp.Decided {
			rp.marks[x.At.Block] = append(rp.marks[x.At.Block], x)
		}
	}
	rp.group()
	if rp.Open == 0 {
		waiting, err := s.Proposals.Waiting(v.ctx(), v.By(), "", 1)
		if err != nil {
			return nil, err
		}
		if len(waiting) > 0 {
			rp.More = waiting[0].Work
		}
	}
	return p.show(reviewView(rp))
}

// why says what stands in the way of a proposal.
func (p *page) why(err error) string {
	for at := err; at != nil; {
		if bad, ok := at.(sala.Invalid); ok {
			var said []string
			for _, f := range bad {
				said = append(said, p.fault(f))
			}
			return strings.Join(said, " ")
		}
		u, ok := at.(interface{ Unwrap() error })
		if !ok {
			break
		}
		at = u.Unwrap()
	}
	return p.T("studio.proposals_stuck")
}

// group puts the proposals of each event together, in the order of the text.
func (p *reviewPage) group() {
	at := map[sala.ID]int{}
	p.Groups = nil
	for _, x := range p.all {
		if x.Kind == proposals.Event {
			title := x.Value["title"]
			if title == "" {
				title = p.T("studio.proposals_event")
			}
			at[x.ID] = len(p.Groups)
			p.Groups = append(p.Groups, proposalGroup{Title: title})
		}
	}
	at[""] = len(p.Groups)
	p.Groups = append(p.Groups, proposalGroup{Title: p.T("studio.proposals_rest")})
	for _, k := range proposals.Kinds {
		for _, x := range p.all {
			if x.Kind != k || x.State != proposals.Open && !p.Decided {
				continue
			}
			of := x.Event
			if k == proposals.Event {
				of = x.ID
			}
			g, ok := at[of]
			if !ok {
				g = at[""]
			}
			parts := &p.Groups[g].Parts
			if len(*parts) == 0 || (*parts)[len(*parts)-1].Kind != k {
				*parts = append(*parts, proposalPart{Kind: k})
			}
			last := &(*parts)[len(*parts)-1]
			last.List = append(last.List, x)
		}
	}
	p.Groups = slices.DeleteFunc(p.Groups, func(g proposalGroup) bool { return len(g.Parts) == 0 })
	p.next = map[sala.ID]sala.ID{}
	var before []sala.ID
	for _, g := range p.Groups {
		for _, part := range g.Parts {
			for _, x := range part.List {
				if x.State == proposals.Open {
					for _, id := range before {
						p.next[id] = x.ID
					}
					before = nil
				}
				before = append(before, x.ID)
			}
		}
	}
}

// Asks are the open recommendations of which the text does not say of whom
// they were asked.
func (p reviewPage) Asks() (n int) {
	for _, x := range p.all {
		if x.State == proposals.Open && ofNobody(x) {
			n++
		}
	}
	return n
}

func ofNobody(x proposals.Proposal) bool {
	return x.Kind == proposals.Ask && strings.TrimSpace(x.Value["addressees"]) == ""
}

// Stuck counts the facts on the page that something stands in the way of.
func (p reviewPage) Stuck() (n int) {
	for _, x := range p.all {
		if p.Failed[x.ID] != "" && (x.State == proposals.Open || p.Decided) {
			n++
		}
	}
	return n
}

// Deeds is where the buttons of one fact post to: the next one has the focus
// afterwards.
func (p reviewPage) Deeds(x proposals.Proposal, path string) string {
	address := "/studio/proposals/" + string(p.Work) + path
	if next := p.next[x.ID]; next != "" {
		address += "?next=" + string(next)
	}
	return address
}

// reviewAt is the address of a text and its facts, with the one to decide on
// next where a form has named it.
func reviewAt(v *visit, work sala.ID) string {
	address := "/studio/proposals/" + url.PathEscape(string(work))
	if next := v.URL.Query().Get("next"); next != "" {
		address += "?" + url.Values{"at": {next}}.Encode()
	}
	return address
}

// A markedPiece is a stretch of a block. On names the proposals that stand on
// it, for the script.
type markedPiece struct {
	Words, On, ID string
}

// stands returns the proposals whose passage is in a block: a text that has
// changed since may not have it any more.
func (p reviewPage) stands(block, text string) []proposals.Proposal {
	return slices.DeleteFunc(slices.Clone(p.marks[block]), func(x proposals.Proposal) bool {
		at := x.At
		return at.From < 0 || at.To > len(text) || at.From >= at.To || text[at.From:at.To] != at.Words
	})
}

// pieces parts a block where passages begin and end.
func (p reviewPage) pieces(block, text string) []markedPiece {
	list := p.stands(block, text)
	cuts := []int{0, len(text)}
	for _, x := range list {
		cuts = append(cuts, x.At.From, x.At.To)
	}
	sort.Ints(cuts)
	cuts = slices.Compact(cuts)
	var out []markedPiece
	for i := 0; i+1 < len(cuts); i++ {
		m := markedPiece{Words: text[cuts[i]:cuts[i+1]], ID: spot(block, cuts[i])}
		var on []string
		for _, x := range list {
			if x.At.From <= cuts[i] && x.At.To >= cuts[i+1] {
				on = append(on, string(x.ID))
			}
		}
		m.On = strings.Join(on, " ")
		out = append(out, m)
	}
	return out
}

func spot(block string, from int) string { return "m-" + block + "-" + strconv.Itoa(from) }

// Spot is where in the text the passage of a proposal begins, "" if it is not
// there any more.
func (p reviewPage) Spot(x proposals.Proposal) string {
	text := p.Text.Title
	if x.At.Block != extract.TitleBlock {
		i := slices.IndexFunc(p.Text.Blocks, func(b extract.Block) bool { return b.ID == x.At.Block })
		if i < 0 {
			return ""
		}
		text = p.Text.Blocks[i].Text
	}
	if !slices.ContainsFunc(p.stands(x.At.Block, text), func(y proposals.Proposal) bool { return y.ID == x.ID }) {
		return ""
	}
	return spot(x.At.Block, x.At.From)
}

// Sum says what is proposed in one line.
func (p reviewPage) Sum(x proposals.Proposal) string {
	v := x.Value
	join := func(sep string, parts ...string) string {
		return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
	}
	org := v["org"]
	if v["short"] != "" && !strings.EqualFold(v["short"], org) {
		org = join(" ", org, "("+v["short"]+")")
	}
	switch x.Kind {
	case proposals.Event:
		return join(" · ", v["title"], v["type"])
	case proposals.Held:
		from, to := p.dayOf(v["from"]), p.dayOf(v["to"])
		if from == to || to == "" {
			return from
		}
		return from + " – " + to
	case proposals.Where:
		return join(", ", v["venue"], v["city"], p.Country(v["country"]))
	case proposals.Party:
		name := v["name"]
		if v["short"] != "" && !strings.EqualFold(v["short"], name) {
			name += " (" + v["short"] + ")"
		}
		return name + " · " + p.choice("part", v["part"])
	case proposals.Count:
		return join(" ", v["qualifier"], p.whole(v["number"]), v["what"])
	case proposals.Session:
		return join(" · ", p.choice("sort", v["sort"]), v["title"])
	case proposals.Speaker:
		worker := ""
		if v["worker"] != "" {
			worker = p.T("studio.proposals_worker")
		}
		did := ""
		if v["did"] != "" {
			did = p.choice("did", v["did"])
		}
		return join(" · ", join(", ", v["name"], v["role"], org), did, worker)
	case proposals.Group:
		return join(" · ", v["who"], org)
	case proposals.Material:
		return join(" · ", v["title"], v["sort"], org)
	case proposals.Language:
		name := p.Named(sala.Lang(v["lang"]))
		if v["interpreted"] != "" {
			return name + " · " + p.T("studio.proposals_interpreted")
		}
		return name
	case proposals.Ask:
		return join(" ", join("", v["number"], map[bool]string{true: "."}[v["number"] != ""]), v["words"])
	case proposals.Adoption:
		numbers := v["first"]
		if v["last"] != v["first"] {
			numbers += "–" + v["last"]
		}
		return join(" · ", v["document"], v["section"], numbers)
	case proposals.Figure:
		of := ""
		if v["of"] != "" {
			of = p.T("studio.proposals_of_whole", "n", v["of"])
		}
		return join(" · ", join(" ", v["qualifier"], p.whole(v["number"]), v["unit"]), of, p.dayOf(v["asof"]))
	case proposals.Contact:
		return join(" · ", v["name"], v["role"], v["phone"], v["email"], v["langs"])
	}
	return ""
}

func (p *page) dayOf(s string) string {
	d, err := sala.ParseDay(s)
	if err != nil || d.IsZero() {
		return s
	}
	return p.date(d)
}

// choices are the values of fields that one chooses among.
var choices = map[string][]string{
	"part":        {"organiser", "co-organiser", "host", "funder", "supporter", "represented"},
	"did":         {"", "moderator", "keynote", "panellist", "opening remarks", "closing remarks"},
	"sort":        {"plenary", "panel", "keynote", "presentation", "screening", "discussion", "group work", "opening", "closing", "session"},
	"worker":      {"", "yes"},
	"spoke":       {"", "yes"},
	"interpreted": {"", "yes"},
}

// Choices are the values that a field of a kind may have, nil for any.
func (p reviewPage) Choices(k proposals.Kind, field string) []string {
	if k == proposals.Material {
		return nil
	}
	return choices[field]
}

// choice is what the interface calls a value that one chooses.
func (p *page) choice(field, value string) string {
	key := "studio.proposals_" + field + "_" + strings.NewReplacer(" ", "_", "-", "_").Replace(value)
	if value == "" {
		key = "studio.proposals_none"
	}
	if text := p.T(key); text != key {
		return text
	}
	return value
}

// Value is what stands in a field: what was typed, else what was read.
func (p reviewPage) Value(x proposals.Proposal, field string) string {
	if x.ID == p.At && p.Typed != nil {
		return p.Typed[field]
	}
	if field == "country" {
		return p.Country(x.Value[field])
	}
	return x.Value[field]
}

// Long reports whether a field has room for several lines.
func (p reviewPage) Long(field string) bool { return field == "words" || field == "title" }

// decide serves POST /studio/proposals/{work}: accept or refuse those that
// were chosen, or the one whose button was pressed, or all that are sure.
func (s *Studio) decide(v *visit) (*web.Reply, error) {
	work := sala.ID(v.PathValue("work"))
	var ids []sala.ID
	for _, id := range v.PostForm["n"] {
		ids = append(ids, sala.ID(id))
	}
	what := v.PostFormValue("do")
	if verb, id, ok := strings.Cut(what, " "); ok {
		what, ids = verb, []sala.ID{sala.ID(id)}
	}
	address := reviewAt(v, work)
	if what != "sure" && len(ids) == 0 {
		return v.done(address, "studio.import_none_chosen")
	}
	var r proposals.Result
	var err error
	key := "studio.proposals_accepted"
	switch what {
	case "sure":
		r, err = s.Proposals.AcceptSure(v.ctx(), v.By(), work)
	case "accept":
		r, err = s.acceptChosen(v, work, ids, strings.TrimSpace(v.PostFormValue("of")))
	case "refuse":
		key = "studio.proposals_refused"
		r, err = s.Proposals.Refuse(v.ctx(), v.By(), work, ids)
	case "reopen":
		key = "studio.proposals_reopened"
		r, err = s.Proposals.Reopen(v.ctx(), v.By(), work, ids)
	default:
		return nil, errBadForm
	}
	if err != nil {
		return nil, err
	}
	if len(r.Failed) > 0 {
		v.say(key, "n", r.Done)
		return s.showReview(v, r, "", nil, nil)
	}
	return v.done(address, key, "n", r.Done)
}

// acceptChosen accepts facts. Recommendations of which the text does not say
// of whom they were asked, of those that are named for all of them.
func (s *Studio) acceptChosen(v *visit, work sala.ID, ids []sala.ID, of string) (proposals.Result, error) {
	r := proposals.Result{Failed: map[sala.ID]error{}}
	if of != "" {
		all, err := s.Proposals.Of(v.ctx(), v.By(), work)
		if err != nil {
			return r, err
		}
		for _, x := range all {
			if !slices.Contains(ids, x.ID) || x.State != proposals.Open || !ofNobody(x) {
				continue
			}
			ids = slices.DeleteFunc(ids, func(id sala.ID) bool { return id == x.ID })
			one, err := s.Proposals.Mend(v.ctx(), v.By(), work, x.ID, proposals.Value{"addressees": of})
			if bad, ok := err.(sala.Invalid); ok {
				r.Failed[x.ID] = bad
				continue
			}
			if err != nil {
				return r, err
			}
			r.Done += one.Done
			maps.Copy(r.Failed, one.Failed)
		}
	}
	if len(ids) == 0 {
		return r, nil
	}
	rest, err := s.Proposals.Accept(v.ctx(), v.By(), work, ids)
	if err != nil {
		return r, err
	}
	r.Done += rest.Done
	maps.Copy(r.Failed, rest.Failed)
	return r, nil
}

// mend serves POST /studio/proposals/{work}/{id}: accept in other words.
func (s *Studio) mend(v *visit) (*web.Reply, error) {
	work, id := sala.ID(v.PathValue("work")), sala.ID(v.PathValue("id"))
	typed := proposals.Value{}
	for name := range v.PostForm {
		typed[name] = strings.TrimSpace(strings.ReplaceAll(v.PostFormValue(name), "\r\n", "\n"))
	}
	r, err := s.Proposals.Mend(v.ctx(), v.By(), work, id, read(v, typed))
	if err != nil {
		return s.showReview(v, r, id, typed, err)
	}
	if len(r.Failed) > 0 {
		return s.showReview(v, r, id, typed, nil)
	}
	return v.done(reviewAt(v, work), "studio.proposals_accepted", "n", r.Done)
}

// read is what was typed as the store writes it: days and countries in their
// codes, as far as they can be read.
func read(v *visit, typed proposals.Value) proposals.Value {
	value := maps.Clone(typed)
	for _, field := range []string{"from", "to", "asof"} {
		if d, err := dayTyped(v, typed[field]); err == nil && typed[field] != "" {
			value[field] = d.String()
		}
	}
	if typed["country"] != "" {
		value["country"] = countryTyped(v.lang, typed["country"])
	}
	return value
}

// readWork serves POST /studio/proposals/{work}/read.
func (s *Studio) readWork(v *visit) (*web.Reply, error) {
	work := v.PathValue("work")
	n, err := s.Proposals.Propose(v.ctx(), v.By(), sala.ID(work))
	if err != nil {
		return nil, err
	}
	return v.done(fmt.Sprintf("/studio/proposals/%s", url.PathEscape(work)), "studio.proposals_read", "n", n)
}

func openProposals(v *visit) (int, error) { return v.studio.Proposals.Open(v.ctx()) }
