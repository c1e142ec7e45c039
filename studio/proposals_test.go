package studio

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sala"
	"sala/archive"
	"sala/event"
	"sala/importer"
	"sala/importer/proposals"
	"sala/importer/savedpage"
)

const factsPage = `Workshop on fees, Mae Sot, Thailand

12 March 2018

On 8 March 2018, the Sunrise Network organised a workshop on fees & debts at the River Hotel in Mae Sot, Thailand. Over 40 participants attended the workshop.

Ms. Mya Mya, a domestic worker from Yangon, told of her debts. Mr. Somchai Dee, Director of the Sunrise Network, urged employers to pay the fees. Participants called for greater transparency in the system of fees.
`

// TestFactsAreReviewed walks from the list through a text: accept, mend,
// refuse, without script.
func TestFactsAreReviewed(t *testing.T) {
	o := opened(t)
	path := filepath.Join(t.TempDir(), "page.txt")
	if err := os.WriteFile(path, []byte(factsPage), 0o600); err != nil {
		t.Fatal(err)
	}
	report := importer.NewReport()
	sink := importer.NewStore(importer.Areas{DB: o.DB, Archive: o.Archive, Media: o.Media, Network: o.Network}, sala.Machine("test"), report)
	if err := savedpage.ImportText(t.Context(), path, importer.Options{}, sink, report); err != nil {
		t.Fatal(err)
	}
	o.sees(o.get(sala.Editor, "/studio/proposals"), http.StatusOK, "No fact waits for you.")
	o.sees(o.get(sala.Translator, "/studio/proposals"), http.StatusNotFound)
	o.sees(o.post(sala.Editor, "/studio/proposals"), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, "/studio/proposals"), http.StatusOK, `http-equiv="refresh"`, "Reading the archive")
	if _, err := o.jobs.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := o.get(sala.Editor, "/studio/proposals")
	o.sees(w, http.StatusOK, "Workshop on fees", "new facts.")
	m := regexp.MustCompile(`href="(/studio/proposals/[0-9a-f-]{36})"`).FindStringSubmatch(w.Body.String())
	if m == nil {
		t.Fatal("no work is listed")
	}
	address := m[1]
	w = o.get(sala.Editor, address)
	o.sees(w, http.StatusOK, "fees &amp; debts", "<mark", "Mya Mya, domestic worker from Yangon", "migrant worker: shown by role only", "To: employers", "look closely", "Over 40 participants", `name="do" value="sure"`)
	o.sees(o.get(sala.Translator, address), http.StatusNotFound)
	work := sala.ID(address[len("/studio/proposals/"):])
	list, err := o.Proposals.Of(t.Context(), by(sala.Editor), work)
	if err != nil {
		t.Fatal(err)
	}
	id := func(k proposals.Kind, words string) string {
		t.Helper()
		for _, p := range list {
			if p.Kind == k && strings.Contains(p.Value["name"]+p.Value["words"], words) {
				return string(p.ID)
			}
		}
		t.Fatalf("no %s %q", k, words)
		return ""
	}
	o.sees(o.post(sala.Editor, address, "do", "accept"), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, address), http.StatusOK, "Nothing was chosen.")
	o.sees(o.post(sala.Editor, address, "do", "burn", "n", id(proposals.Count, "")), http.StatusBadRequest)
	o.sees(o.post(sala.Editor, address, "do", "accept "+string(sala.NewID())), http.StatusNotFound)

	// An ask of nobody cannot be written, and says why; mended it can.
	greater := id(proposals.Ask, "greater transparency")
	o.sees(o.post(sala.Editor, address, "do", "accept "+greater), http.StatusOK, "could not be written as it stands", `class="fault"`)
	o.sees(o.post(sala.Editor, address+"/"+id(proposals.Held, ""), "from", "31 June", "to", ""), http.StatusUnprocessableEntity, "This is no day.", `value="31 June"`)
	o.sees(o.post(sala.Editor, address+"/"+greater, "words", "greater transparency in the system of fees", "addressees", "the Ministry of Labour"), http.StatusSeeOther)
	o.sees(o.post(sala.Editor, address, "do", "refuse", "n", id(proposals.Speaker, "Somchai")), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, address), http.StatusOK, "1 fact is refused.")
	o.sees(o.post(sala.Editor, address, "do", "sure"), http.StatusSeeOther)
	w = o.get(sala.Editor, address+"?all")
	o.sees(w, http.StatusOK, "refused by editor", "accepted by editor", "mended by editor", "Ask again")
	o.sees(o.post(sala.Editor, address+"/read"), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, address), http.StatusOK, "0 new facts.")
	o.sees(o.get(sala.Editor, "/studio/works/"+string(work)), http.StatusOK, address)
	o.sees(o.get(sala.Editor, "/studio/proposals/"+string(sala.NewID())), http.StatusNotFound)

	// What came of it is listed, and made public in one go with its text.
	w = o.get(sala.Editor, address)
	o.sees(w, http.StatusOK, "What the accepted facts became", "/studio/events/", "/studio/recommendations/", "Publish all ")
	full, err := o.Archive.DeskWork(t.Context(), by(sala.Editor), work)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Archive.Withdraw(t.Context(), by(sala.Editor), full.Editions[0].ID, "Not yet"); err != nil {
		t.Fatal(err)
	}
	o.sees(o.post(sala.Editor, address+"/publish"), http.StatusUnprocessableEntity, "The text itself is not public yet.")
	newest, err := o.Archive.NewestRevision(t.Context(), by(sala.Editor), full.Editions[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	back := archive.Text{Title: newest.Title, Summary: newest.Summary, Body: newest.Body, Note: "Back again."}
	if _, err := o.Archive.Revise(t.Context(), by(sala.Editor), full.Editions[0].ID, newest.Number, back); err != nil {
		t.Fatal(err)
	}
	if err := o.Archive.Publish(t.Context(), by(sala.Editor), full.Editions[0].ID); err != nil {
		t.Fatal(err)
	}
	o.sees(o.post(sala.Translator, address+"/publish"), http.StatusNotFound)
	o.sees(o.post(sala.Editor, address+"/publish"), http.StatusSeeOther)
	w = o.get(sala.Editor, address)
	o.sees(w, http.StatusOK, "are public now.")
	if strings.Contains(w.Body.String(), "Publish all ") || strings.Contains(w.Body.String(), ">Draft<") {
		t.Error("a draft is left")
	}
	events, err := o.Events.Events(t.Context(), event.Filter{})
	if err != nil || len(events.Events) != 1 {
		t.Errorf("%d events are public, %v", len(events.Events), err)
	}
	o.sees(o.post(sala.Editor, address+"/publish"), http.StatusSeeOther)
}

const asksPage = `Workshop on fees, Mae Sot, Thailand

12 March 2018

On 8 March 2018, the Sunrise Network organised a workshop on fees at the River Hotel in Mae Sot, Thailand. There are around 12,000 migrant workers in the town.

Recommendations include: drafting a law on fees, ending restrictions on freedom of movement, and publishing a list of agencies.
`

// TestFactsAreDecidedQuickly holds what makes a review quick: the next fact
// has the focus, days and countries are read as people write them, and of whom
// was asked is said once for all the recommendations that do not say it.
func TestFactsAreDecidedQuickly(t *testing.T) {
	o := opened(t)
	path := filepath.Join(t.TempDir(), "page.txt")
	if err := os.WriteFile(path, []byte(asksPage), 0o600); err != nil {
		t.Fatal(err)
	}
	report := importer.NewReport()
	sink := importer.NewStore(importer.Areas{DB: o.DB, Archive: o.Archive, Media: o.Media, Network: o.Network}, sala.Machine("test"), report)
	if err := savedpage.ImportText(t.Context(), path, importer.Options{}, sink, report); err != nil {
		t.Fatal(err)
	}
	o.sees(o.post(sala.Editor, "/studio/proposals"), http.StatusSeeOther)
	if _, err := o.jobs.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`href="(/studio/proposals/[0-9a-f-]{36})"`).FindStringSubmatch(o.get(sala.Editor, "/studio/proposals").Body.String())
	if m == nil {
		t.Fatal("no work is listed")
	}
	address := m[1]
	of := func(k proposals.Kind) (list []proposals.Proposal) {
		t.Helper()
		all, err := o.Proposals.Of(t.Context(), by(sala.Editor), sala.ID(address[len("/studio/proposals/"):]))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			if p.Kind == k {
				list = append(list, p)
			}
		}
		return list
	}
	held, where, asks, figures := of(proposals.Held), of(proposals.Where), of(proposals.Ask), of(proposals.Figure)
	if len(held) != 1 || len(where) != 1 || len(asks) != 3 || len(figures) != 1 {
		t.Fatalf("%d days, %d places, %d recommendations, %d figures", len(held), len(where), len(asks), len(figures))
	}
	w := o.get(sala.Editor, address)
	next := address + "?next=" + string(where[0].ID)
	o.sees(w, http.StatusOK, "River Hotel, Mae Sot, Thailand", "12,000 migrant workers", `name="of"`, `formaction="`+next+`"`, "j and k: next and previous")

	// A day that is none is said at the field, which the list above leads to.
	day := address + "/" + string(held[0].ID)
	o.sees(o.post(sala.Editor, day, "from", "31 February 2018", "to", ""), http.StatusUnprocessableEntity,
		`href="#from-`+string(held[0].ID)+`"`, `id="from-`+string(held[0].ID)+`-fault"`, `value="31 February 2018"`)
	w = o.post(sala.Editor, day+"?next="+string(where[0].ID), "from", "9 March 2018", "to", "10 March 2018")
	o.sees(w, http.StatusSeeOther)
	o.sees(o.get(sala.Editor, w.Header().Get("Location")), http.StatusOK, `value="`+string(where[0].ID)+`" form="decide" data-row autofocus`)
	place := address + "/" + string(where[0].ID)
	o.sees(o.post(sala.Editor, place, "venue", "", "city", "Vientiane", "country", "Atlantis"), http.StatusOK, "1 fact could not be written", "No country is called that", `value="Atlantis"`)
	o.sees(o.post(sala.Editor, place, "venue", "", "city", "Vientiane", "country", "Lao PDR"), http.StatusSeeOther)

	// Without anybody who was asked nothing is lost, and what was chosen stays.
	ids := []string{"do", "accept"}
	for _, a := range asks {
		ids = append(ids, "n", string(a.ID))
	}
	o.sees(o.post(sala.Editor, address, ids...), http.StatusOK, "3 facts could not be written", `value="`+string(asks[0].ID)+`" form="decide" data-row checked`)
	o.sees(o.post(sala.Editor, address, append(ids, "of", "Ministry of Labour; Ministry of the Sea")...), http.StatusSeeOther)
	for _, a := range of(proposals.Ask) {
		if a.State != proposals.Mended {
			t.Fatalf("%q is %s", a.Value["words"], a.State)
		}
		r, err := o.Tracker.Open(t.Context(), by(sala.Editor), a.Made.ID)
		if err != nil || len(r.Addressed) != 2 {
			t.Errorf("%q was asked of %v, %v", a.Value["words"], r.Addressed, err)
		}
	}
	o.sees(o.post(sala.Editor, address, "do", "accept", "n", string(figures[0].ID)), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, address), http.StatusOK, "about 12,000 · migrant workers", "/studio/figures?edit=", "Publish all 5 drafts")
	events, err := o.Events.Desk(t.Context(), by(sala.Editor), event.Filter{})
	if err != nil || len(events.Events) != 1 || events.Events[0].Country != "la" || events.Events[0].Held.To.String() != "2018-03-10" {
		t.Fatalf("events %+v, %v", events.Events, err)
	}
	o.sees(o.post(sala.Editor, address+"/publish"), http.StatusSeeOther)
	measures, err := o.Tracker.Measures(t.Context(), by(sala.Editor), false)
	if err != nil || len(measures) != 1 {
		t.Errorf("readers see %d measures, %v", len(measures), err)
	}
}
