package site_test

import (
	"bytes"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/internal/bearer"
	"sala/internal/jobs"
	"sala/tracker"
)

// A call is an event to come that takes replies, with a clock.
type call struct {
	*world
	event event.Event
	jobs  *jobs.Queue
	now   time.Time
}

// replyLangs are the languages that a reader can answer in.
var replyLangs = []sala.Lang{"en", "my", "th", "km", "lo", "vi", "ja"}

func (w *world) call(t *testing.T, r event.ReplyRules) *call {
	t.Helper()
	c := &call{world: w, jobs: jobs.New(w.db), now: time.Date(2027, 3, 1, 2, 0, 0, 0, time.UTC)}
	w.db.Clock = func() time.Time { return c.now }
	w.events.UseJobs(c.jobs)
	c.event = w.publish(t, event.Event{
		Title: sala.Text{"en": "Forum on fees"}, Type: event.Forum, Held: span("2027-04-10", "2027-04-11"), Start: "09:00", End: "16:30", Country: "th",
		City: sala.Text{"en": "Chiang Mai"}, Spoken: []sala.Lang{"en", "th"}, Interpreted: []sala.Lang{"my", "km"},
	})
	r.Open = true
	c.rules(t, r)
	return c
}

func (c *call) rules(t *testing.T, r event.ReplyRules) {
	t.Helper()
	if r.Until.IsZero() {
		r.Until = day("2027-04-05")
	}
	if err := c.events.SetReplyRules(t.Context(), editor, c.event.ID, r); err != nil {
		t.Fatal(err)
	}
}

func (c *call) form(lang string) string { return "/" + lang + "/events/" + c.event.Slug + "/reply" }

func (w *world) post(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

var keyIn = regexp.MustCompile(`name="key" value="([^"]+)"`)

// fill opens a form and fills it in.
func (c *call) fill(t *testing.T, path string) url.Values {
	t.Helper()
	m := keyIn.FindStringSubmatch(c.body(t, path))
	if m == nil {
		t.Fatalf("%s has no form", path)
	}
	return url.Values{
		"key": {m[1]}, "answer": {"comes"}, "name": {"Su Canaryguest"}, "organisation": {"Canaryhouse"}, "office": {"Canaryoffice"}, "country": {"mm"},
		"contact": {"canarycontact@example.org"}, "lang": {"my"}, "needs": {"Canaryramp"}, "word": {"Canaryword\nand more"},
	}
}

// own sends a form and returns the address of the reply.
func (c *call) own(t *testing.T, path string, form url.Values) string {
	t.Helper()
	rec := c.post(path, form)
	at := rec.Header().Get("Location")
	if rec.Code != 303 || !strings.HasSuffix(at, "/reply/"+form.Get("key")) {
		t.Fatalf("POST %s = %d %s\n%s", path, rec.Code, at, rec.Body)
	}
	return at
}

// text is an answer without what only lets lines end.
func text(rec *httptest.ResponseRecorder) string {
	return strings.ReplaceAll(rec.Body.String(), "<wbr>", "")
}

// TestReply answers an invitation as a reader does: from the page of the
// event, without an account, to the address of the reply and away again.
func TestReply(t *testing.T) {
	w := open(t)
	c := w.call(t, event.ReplyRules{Places: 1})
	page := c.body(t, "/en/events/"+c.event.Slug)
	for _, want := range []string{c.form("en"), "Invitation", "10–11 April 2027", "09:00–16:30", "Chiang Mai", "Interpreted into: Burmese and Khmer", "the end of 5 April 2027", c.event.Slug + ".ics"} {
		if !strings.Contains(page, want) {
			t.Errorf("the event does not say %q", want)
		}
	}
	rec := c.get(c.form("en"))
	for header, want := range map[string]string{"Cache-Control": "no-store", "Set-Cookie": "", "Referrer-Policy": "no-referrer"} {
		if got := rec.Header().Get(header); got != want {
			t.Errorf("%s is %q, want %q", header, got, want)
		}
	}
	if policy := rec.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "form-action 'self'") || strings.Contains(policy, "script-src") {
		t.Errorf("the policy is %q", policy)
	}
	body := text(rec)
	for _, want := range []string{"noindex", "seen only by the organisers", "On 11 May 2027 it is deleted", "Replies are taken until the end of 5 April 2027", `<option value="km"`, `<option value="mm">Myanmar`} {
		if !strings.Contains(body, want) {
			t.Errorf("the form does not say %q", want)
		}
	}
	if strings.Contains(body, "<script") || strings.Contains(body, "rel=\"canonical\"") {
		t.Error("the form holds a script or an address to be indexed")
	}
	at := c.own(t, c.form("en"), c.fill(t, c.form("en")))
	body = c.body(t, at)
	for _, want := range []string{"Your reply was received", "You have a place", "Su Canaryguest", "canarycontact@example.org", "Canaryword\nand more", "Myanmar", "Burmese", "On 11 May 2027 it is deleted", "noindex"} {
		if !strings.Contains(body, want) {
			t.Errorf("the reply does not say %q", want)
		}
	}
	if again := c.own(t, c.form("en"), c.fill(t, c.form("en"))); !strings.Contains(c.body(t, again), "number 1 on the waiting list") || !strings.Contains(c.body(t, c.form("en")), "All places are taken") {
		t.Error("who waits is not told so")
	}
	// Changed: not sure any more, and no place is kept.
	form := c.fill(t, c.form("en"))
	form.Set("answer", "unsure")
	form.Set("name", `<b>Su</b> "Su"`)
	if rec := c.post(at, form); rec.Code != 303 || rec.Header().Get("Location") != at {
		t.Errorf("change = %d", rec.Code)
	}
	if body := c.body(t, at); !strings.Contains(body, "No place is kept for you") || strings.Contains(body, "<b>Su") || !strings.Contains(body, "&lt;b&gt;Su") {
		t.Error("the change is not shown, or is markup")
	}
	// Nobody else sees anything of it.
	for _, path := range []string{
		"/en/events/" + c.event.Slug, "/en/events/", "/en/events.csv", "/en/events.json", "/en/events.ics", "/en/events/" + c.event.Slug + ".ics", "/en/events/feed.atom", "/en/events/feed.json",
		"/en/search?q=canaryramp", "/sitemap.xml", "/en/people/", "/en/organisations/", c.form("en"),
	} {
		body := strings.ReplaceAll(text(c.get(path)), "canaryramp</", "")
		if strings.Contains(strings.ReplaceAll(body, "canaryramp", ""), "anary") || strings.Contains(body, at) {
			t.Errorf("%s shows a reply", path)
		}
	}
	// Withdrawn is deleted at once.
	if rec := c.post(at, url.Values{"do": {"withdraw"}}); rec.Code != 200 || !strings.Contains(text(rec), "Your reply is deleted") {
		t.Errorf("withdraw = %d", rec.Code)
	}
	for _, rec := range []*httptest.ResponseRecorder{c.get(at), c.post(at, url.Values{"do": {"withdraw"}}), c.post(at, form)} {
		if rec.Code != 404 || !strings.Contains(text(rec), "There is no reply here") {
			t.Errorf("after it was withdrawn: %d", rec.Code)
		}
	}
	if all, err := c.events.Replies(t.Context(), editor, c.event.ID); err != nil || len(all) != 1 || all[0].Waiting != 0 {
		t.Errorf("the place is not free: %+v, %v", all, err)
	}
}

// TestReplyHostile answers what is wrong with a sentence that names the field,
// and keeps what was typed.
func TestReplyHostile(t *testing.T) {
	w := open(t)
	c := w.call(t, event.ReplyRules{})
	huge := strings.Repeat("ก", 350_000) // 1 MB
	for name, test := range map[string]struct {
		set    func(f url.Values)
		want   string
		status int
	}{
		"no answer":       {func(f url.Values) { f.Del("answer") }, "Choose one of the answers", 422},
		"no name":         {func(f url.Values) { f.Set("name", " ") }, "Say what you are called", 422},
		"1 MB":            {func(f url.Values) { f.Set("word", huge) }, "A short word to the organisers: at most 2,000 letters", 422},
		"control":         {func(f url.Values) { f.Set("needs", "a\x00b\x1b[2J") }, "it holds signs that are no text", 422},
		"no UTF-8":        {func(f url.Values) { f.Set("contact", "\xff") }, "it holds signs that are no text", 422},
		"country":         {func(f url.Values) { f.Set("country", "../../etc") }, "Choose a country", 422},
		"language":        {func(f url.Values) { f.Set("lang", "<b>") }, "Choose a language", 422},
		"no key":          {func(f url.Values) { f.Del("key") }, "This form cannot be used", 422},
		"a short key":     {func(f url.Values) { f.Set("key", "1") }, "This form cannot be used", 422},
		"3 MB":            {func(f url.Values) { f.Set("word", huge+huge+huge) }, "too long to be read", 422},
		"markup in place": {func(f url.Values) { f.Set("answer", `"><script>`) }, "Choose one of the answers", 422},
	} {
		form := c.fill(t, c.form("en"))
		test.set(form)
		rec := c.post(c.form("en"), form)
		body := text(rec)
		if rec.Code != test.status || !strings.Contains(body, test.want) {
			t.Errorf("%s = %d, want %d with %q", name, rec.Code, test.status, test.want)
		}
		if name != "3 MB" && !strings.Contains(body, `value="Canaryhouse"`) {
			t.Errorf("%s: what was typed is lost", name)
		}
		if field := strings.TrimPrefix(regexp.MustCompile(`id="fault-[a-z]+`).FindString(body), `id="`); field != "fault-form" && !strings.Contains(body, `aria-describedby="`+field) {
			t.Errorf("%s: the field does not lead to what is wrong with it", name)
		}
		if strings.Contains(body, "<script") || rec.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: markup, or kept", name)
		}
		if m := keyIn.FindStringSubmatch(body); m == nil || len(m[1]) != 32 {
			t.Errorf("%s: the form cannot be sent again", name)
		}
	}
	if all, err := c.events.Replies(t.Context(), editor, c.event.ID); err != nil || len(all) != 0 {
		t.Errorf("%d replies are kept of what was refused, %v", len(all), err)
	}
	for path, want := range map[string]int{
		c.form("xx"): 404, "/en/events/nothing/reply": 404, "/en/events/" + c.event.Slug + "/reply/": 200, "/en/events/" + c.event.Slug + "/reply/none": 404,
		"/en/events/" + c.event.Slug + "/invited/none": 404, "/en/events/" + c.event.Slug + "/invited": 404, "/en/events/" + c.event.Slug + "/invited/": 404,
		"/en/events/%00/reply": 404, "/en/events/" + c.event.Slug + "/reply/%ff": 404, "/en/events/" + c.event.Slug + "/reply/a/b": 404,
	} {
		if rec := c.get(path); rec.Code != want {
			t.Errorf("GET %s = %d, want %d", path, rec.Code, want)
		}
	}
	r := httptest.NewRequest("DELETE", c.form("en"), nil)
	rec := httptest.NewRecorder()
	if c.handler.ServeHTTP(rec, r); rec.Code != 405 {
		t.Errorf("DELETE = %d", rec.Code)
	}
	// The same form twice, as from a bad line, is one reply.
	form := c.fill(t, c.form("en"))
	c.own(t, c.form("en"), form)
	c.own(t, c.form("en"), form)
	if all, err := c.events.Replies(t.Context(), editor, c.event.ID); err != nil || len(all) != 1 {
		t.Errorf("%d replies, %v", len(all), err)
	}
}

// TestReplyWays lets in who may reply and tells the others why not.
func TestReplyWays(t *testing.T) {
	w := open(t)
	c := w.call(t, event.ReplyRules{Invited: true, Until: day("2027-04-05"), Hour: "12:30"})
	if page := c.body(t, "/en/events/"+c.event.Slug); strings.Contains(page, c.form("en")) || !strings.Contains(page, "By invitation") || !strings.Contains(page, "5 April 2027, 12:30 Asia/Bangkok") {
		t.Error("the event does not say that one must be invited")
	}
	if body := c.body(t, c.form("en")); !strings.Contains(body, "By invitation") || keyIn.MatchString(body) {
		t.Error("a form for who was not invited")
	}
	form := url.Values{"key": {bearer.New()}, "answer": {"comes"}, "name": {"Su"}}
	if rec := c.post(c.form("en"), form); rec.Code != 200 || !strings.Contains(text(rec), "By invitation") {
		t.Errorf("who was not invited: %d", rec.Code)
	}
	token, err := c.events.MakeReplyLink(t.Context(), editor, c.event.ID)
	if err != nil {
		t.Fatal(err)
	}
	link := "/en/events/" + c.event.Slug + "/invited/" + token
	// The link of one event invites to no other.
	other := w.publish(t, event.Event{Title: sala.Text{"en": "Another"}, Type: event.Forum, Held: span("2027-04-10", "")})
	if rec := c.get("/en/events/" + other.Slug + "/invited/" + token); rec.Code != 404 {
		t.Errorf("to another event: %d", rec.Code)
	}
	at := c.own(t, link, c.fill(t, link))
	if strings.Contains(at, token) {
		t.Error("the address of the reply holds the link")
	}
	if err := c.events.RevokeReplyLink(t.Context(), editor, c.event.ID); err != nil {
		t.Fatal(err)
	}
	if rec := c.get(link); rec.Code != 404 || !strings.Contains(text(rec), "does not invite any more") {
		t.Errorf("a revoked link: %d", rec.Code)
	}
	if rec := c.post(link, form); rec.Code != 404 || !strings.Contains(text(rec), "does not invite any more") {
		t.Errorf("sent by a revoked link: %d", rec.Code)
	}
	c.body(t, at)
	// Closed: no form, and what was sent can only be withdrawn.
	c.now = time.Date(2027, 4, 5, 5, 30, 0, 0, time.UTC)
	if body := c.body(t, c.form("en")); !strings.Contains(body, "Replies are not taken") || keyIn.MatchString(body) {
		t.Error("a form after it closed")
	}
	if body := c.body(t, at); !strings.Contains(body, "no longer") || !strings.Contains(body, "Withdraw the reply") || strings.Contains(body, "Change the reply") {
		t.Error("the reply does not say that it is closed")
	}
	if rec := c.post(at, c.replyForm()); rec.Code != 422 || !strings.Contains(text(rec), "Replies are not taken") {
		t.Errorf("changed after it closed: %d", rec.Code)
	}
	// Withdrawn: the page of the event is gone, and its title; the reply can go, too.
	if err := c.events.Withdraw(t.Context(), editor, c.event.ID, c.event.Version, "a mistake"); err != nil {
		t.Fatal(err)
	}
	if rec := c.get(c.form("en")); rec.Code != 410 && rec.Code != 404 && strings.Contains(text(rec), "Forum on fees") {
		t.Errorf("the form of a withdrawn event: %d", rec.Code)
	}
	if body := c.body(t, at); strings.Contains(body, "Forum on fees") || !strings.Contains(body, "taken this event back") {
		t.Error("the reply to a withdrawn event still names it")
	}
	if rec := c.post(at, url.Values{"do": {"withdraw"}}); rec.Code != 200 {
		t.Errorf("withdraw = %d", rec.Code)
	}
}

func (c *call) replyForm() url.Values { return url.Values{"answer": {"comes"}, "name": {"Su"}} }

// TestReplyInEveryLanguage says everything in the reader's language.
func TestReplyInEveryLanguage(t *testing.T) {
	w := open(t)
	c := w.call(t, event.ReplyRules{Places: 1})
	keys := regexp.MustCompile(`\breply\.[a-z_]+`)
	for i, l := range replyLangs {
		form := c.form(string(l))
		at := c.own(t, form, c.fill(t, form))
		bad := c.post(form, url.Values{"key": {bearer.New()}, "country": {"x"}, "lang": {"<"}, "word": {"\x00"}, "name": {strings.Repeat("x", 201)}})
		for _, body := range []string{c.body(t, form), c.body(t, at), text(bad), text(c.get(form + "/none"))} {
			if key := keys.FindString(body); key != "" || strings.Contains(body, `<span lang="en">`) && l != "en" {
				t.Errorf("%s: %s is not said", l, key)
			}
			if !strings.Contains(body, `<html lang="`+string(l)+`"`) {
				t.Errorf("it is not in %s", l)
			}
		}
		if i > 0 && !strings.Contains(c.body(t, at), `lang="en">Forum on fees`) {
			t.Errorf("%s: the title is not marked as English", l)
		}
	}
}

// TestReplySecrets are in no log, whatever happens.
func TestReplySecrets(t *testing.T) {
	w := open(t)
	c := w.call(t, event.ReplyRules{Invited: true})
	token, err := c.events.MakeReplyLink(t.Context(), editor, c.event.ID)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	w.serve(t, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	link := "/en/events/" + c.event.Slug + "/invited/" + token
	form := c.fill(t, link)
	at := c.own(t, link, form)
	c.body(t, at)
	c.post(at, url.Values{})
	if err := w.db.Close(); err != nil { // and now everything fails
		t.Fatal(err)
	}
	if rec := c.get(at); rec.Code != 500 {
		t.Fatalf("without a database: %d", rec.Code)
	}
	c.post(link, form)
	if log.Len() == 0 || !strings.Contains(log.String(), "/reply/-") {
		t.Fatal("nothing was logged")
	}
	for _, secret := range []string{token, form.Get("key"), "anary"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// TestReplyOfSomebodyHidden shows whoever replies what they wrote, though
// their name is covered everywhere else.
func TestReplyOfSomebodyHidden(t *testing.T) {
	w := open(t)
	c := w.call(t, event.ReplyRules{})
	w.person(t, "Dora Canaryhidden", "", directory.Hidden, directory.Advocate)
	form := c.fill(t, c.form("en"))
	form.Set("name", "Dora Canaryhidden")
	at := c.own(t, c.form("en"), form)
	body := c.body(t, at)
	if strings.Count(body, "Dora Canaryhidden") != 2 { // what was said, and the field
		t.Errorf("their name stands there %d times, want 2", strings.Count(body, "Dora Canaryhidden"))
	}
}

// TestEventLife leads with the invitation before the event and with what came
// of it after, at the same address.
func TestEventLife(t *testing.T) {
	w := open(t)
	works := w.someWorks(t, 3)
	c := w.call(t, event.ReplyRules{})
	e := c.event
	e.Works = []event.Telling{{Work: works[0].ID, Stage: event.Invitation}, {Work: works[1].ID, Stage: event.Report}, {Work: works[2].ID, Stage: event.Statement}}
	e.Materials = []event.Material{{Title: sala.Text{"en": "Slides on fees"}, Kind: event.Slides, Address: "https://example.org/slides"}}
	e.Sessions = []event.Session{{Title: sala.Text{"en": "First plenary"}, Kind: event.Plenary}}
	e, err := w.events.Save(t.Context(), editor, e)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := w.tracker.New(t.Context(), editor, tracker.Recommendation{
		Title: sala.Text{"en": "No more fees"}, Words: sala.Text{"en": "Fees must end."}, Original: "en", Source: tracker.Source{Work: works[1].ID, Quote: "Fees must end."}, Asked: day("2027-02-01"),
		Addressed: []tracker.Party{{Said: sala.Text{"en": "Ministries"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.tracker.Publish(t.Context(), editor, rec); err != nil {
		t.Fatal(err)
	}
	title := func(i int) string { return ">" + strings.ReplaceAll(in(works[i], "en").Title, "&", "&amp;") + "<" }
	order := func(when time.Time, want ...string) {
		t.Helper()
		c.now = when
		body := c.body(t, "/en/events/"+e.Slug)
		body = body[strings.Index(body, "<main"):]
		at := 0
		for _, text := range want {
			i := strings.Index(body[at:], text)
			if i < 0 {
				t.Errorf("at %s: %q is not there, or not after what comes before it", when.Format(time.DateOnly), text)
				continue
			}
			at += i
		}
	}
	lacks := func(texts ...string) {
		t.Helper()
		body := c.body(t, "/en/events/"+e.Slug)
		for _, text := range texts {
			if strings.Contains(body, text) {
				t.Errorf("at %s: %q is there", c.now.Format(time.DateOnly), text)
			}
		}
	}
	order(time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), `id="invitation"`, "10–11 April 2027", "Chiang Mai", "Interpreted into", c.form("en"), ".ics", title(0), "First plenary", "Slides on fees", "What tells of it", title(1))
	lacks("What came of it", "No more fees")
	// Replies close; the invitation stays.
	w.serve(t, slog.New(slog.DiscardHandler)) // the day of the cache is the machine's
	order(time.Date(2027, 4, 5, 17, 0, 0, 0, time.UTC), `id="invitation"`, "Replies are not taken", "First plenary")
	lacks(c.form("en") + `"`)
	// In Bangkok the last day is over at 17:00 in Greenwich. A page that soon
	// leads with something else is not kept, so nothing is made anew here.
	w.serve(t, slog.New(slog.DiscardHandler))
	order(time.Date(2027, 4, 11, 16, 59, 59, 0, time.UTC), `id="invitation"`)
	order(time.Date(2027, 4, 11, 17, 0, 0, 0, time.UTC), "What came of it", title(1), `id="asks"`, "No more fees", "Slides on fees", "First plenary", "What tells of it", title(0))
	lacks(`id="invitation"`, "Replies are not taken")
}

func (w *world) someWorks(t *testing.T, n int) []archive.Work {
	t.Helper()
	list, err := w.archive.Works(t.Context(), archive.Filter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var out []archive.Work
	for _, work := range list.Works {
		if in(work, "en").ID != "" && len(out) < n {
			out = append(out, work)
		}
	}
	if len(out) < n {
		t.Fatalf("only %d works in English", len(out))
	}
	return out
}

// TestEventFigures puts the figures of the works that tell of an event on its
// page, with those that contradict them.
func TestEventFigures(t *testing.T) {
	w := open(t)
	g := w.gather(t)
	other := w.someWorks(t, 2)
	if other[1].ID == g.report {
		other[0], other[1] = other[1], other[0]
	}
	path := "/en/events/" + g.event.Slug
	measure, err := w.tracker.SetMeasure(t.Context(), editor, tracker.Measure{What: sala.Text{"en": "Sailors who came home"}, Unit: sala.Text{"en": "sailors"}})
	if err != nil {
		t.Fatal(err)
	}
	set := func(value string, year int, work sala.ID, quote string) sala.ID {
		t.Helper()
		id, err := w.tracker.SetFigure(t.Context(), editor, tracker.Figure{Measure: measure, Value: value, AsOf: sala.Day{Year: year}, Source: tracker.Source{Work: work, Quote: quote}})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	own, against, elsewhere := set("9000", 2018, g.report, "Nine thousand sailors came home"), set("12000", 2018, other[1].ID, "It was twelve thousand"), set("70", 1999, other[1].ID, "Seventy in that year")
	if body := w.body(t, path); strings.Contains(body, "Sailors who came home") {
		t.Error("a figure that is not public stands on the page")
	}
	for _, id := range []sala.ID{own, against, elsewhere} {
		if err := w.tracker.ShowFigure(t.Context(), editor, id, true, ""); err != nil {
			t.Fatal(err)
		}
	}
	body := w.body(t, path)
	for _, want := range []string{"Sailors who came home", "9,000", "sailors", "as of 2018", "Nine thousand sailors came home", "12,000", "It was twelve thousand", "Figures"} {
		if !strings.Contains(strings.ToLower(body), strings.ToLower(want)) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(body, "Seventy in that year") {
		t.Error("a figure that neither is of the event nor contradicts one stands on its page")
	}
	if !strings.Contains(body, `class="notice"`) {
		t.Error("it is not said that two figures disagree")
	}
	if err := w.tracker.ShowFigure(t.Context(), editor, own, false, "wrong"); err != nil {
		t.Fatal(err)
	}
	if body := w.body(t, path); strings.Contains(body, "Sailors who came home") {
		t.Error("a figure that was withdrawn stands on the page")
	}
}
