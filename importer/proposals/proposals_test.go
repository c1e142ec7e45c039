package proposals_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/importer"
	"sala/importer/proposals"
	"sala/importer/savedpage"
	"sala/internal/blob"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
	"sala/media"
	"sala/network"
	"sala/tracker"
)

var editor = sala.Actor{ID: sala.NewID(), Name: "Naw", Role: sala.Editor}

// A house is the areas over one database.
type house struct {
	proposals.Areas
	*proposals.Store
	jobs *jobs.Queue
	t    *testing.T
}

func open(t *testing.T, d *db.DB) *house {
	t.Helper()
	q := jobs.New(d)
	h := &house{t: t, jobs: q, Areas: proposals.Areas{
		DB: d, Archive: archive.NewStore(d), Directory: directory.NewStore(d), Events: event.NewStore(d), Tracker: tracker.NewStore(d),
	}}
	h.Store = proposals.NewStore(h.Areas, q)
	return h
}

// importText brings the plain text of an archive page in.
func (h *house) importText(path string) {
	h.t.Helper()
	blobs, err := blob.OpenFolder(h.t.TempDir())
	if err != nil {
		h.t.Fatal(err)
	}
	to := importer.Areas{DB: h.DB, Archive: h.Archive, Media: media.NewStore(h.DB, blobs, h.jobs), Network: network.NewStore(h.DB)}
	report := importer.NewReport()
	if err := savedpage.ImportText(h.t.Context(), path, importer.Options{}, importer.NewStore(to, sala.Machine("import"), report), report); err != nil {
		h.t.Fatal(err)
	}
}

// sweep has the whole archive read.
func (h *house) sweep() {
	h.t.Helper()
	if err := h.Begin(h.t.Context(), editor); err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.jobs.RunDue(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	if trouble, err := h.jobs.Troubles(h.t.Context()); err != nil || len(trouble) > 0 {
		h.t.Fatalf("%v, %v", trouble, err)
	}
}

func (h *house) works() map[string]sala.ID {
	h.t.Helper()
	list, err := h.Archive.Desk(h.t.Context(), editor, archive.DeskFilter{})
	if err != nil {
		h.t.Fatal(err)
	}
	all := map[string]sala.ID{}
	for _, w := range list.Works {
		all[w.Editions[0].Title] = w.ID
	}
	return all
}

func (h *house) of(work sala.ID) []proposals.Proposal {
	h.t.Helper()
	list, err := h.Of(h.t.Context(), editor, work)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func seed(t *testing.T) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "seeds", "mmn-activities.txt")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	return path
}

// names are what the directory calls its entries.
func (h *house) names(kind sala.Kind) map[sala.ID]string {
	h.t.Helper()
	all := map[sala.ID]string{}
	for k, err := range h.Directory.Known(h.t.Context(), editor, kind) {
		if err != nil {
			h.t.Fatal(err)
		}
		all[k.Ref.ID] = k.Name["en"]
		if s := k.Short["en"]; s != "" {
			all[k.Ref.ID] = s
		}
	}
	return all
}

// TestTheSeedEndToEnd imports the seed, reads it without a human hand, and
// accepts what is sure: the record then holds the events with right dates,
// places, organisers, counts and speakers, and the recommendations.
func TestTheSeedEndToEnd(t *testing.T) {
	path := seed(t)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, ctx := open(t, d), t.Context()
		h.importText(path)
		h.sweep()
		n, err := h.Open(ctx)
		if err != nil || n < 90 {
			t.Fatalf("%d proposals, %v", n, err)
		}
		works := h.works()
		for title, work := range works {
			r, err := h.AcceptSure(ctx, editor, work)
			if err != nil {
				t.Fatalf("%s: %v", title, err)
			}
			for id, why := range r.Failed {
				t.Errorf("%s: %s: %v", title, id, why)
			}
		}
		list, err := h.Events.Desk(ctx, editor, event.Filter{Limit: 50, Oldest: true})
		if err != nil {
			t.Fatal(err)
		}
		orgs, people := h.names(sala.KindOrganisation), h.names(sala.KindPerson)
		var got, present []string
		for _, e := range list.Events {
			full, err := h.Events.DeskEvent(ctx, editor, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			parts := []string{full.Held.From.String() + "/" + full.Held.To.String(), full.Venue["en"], full.City["en"], full.Country}
			for _, p := range full.Parties {
				parts = append(parts, string(p.Part)+" "+orgs[p.Organisation])
			}
			for _, c := range full.Counts {
				parts = append(parts, string(c.Qualifier)+" "+string(c.Of))
			}
			for _, a := range full.Appearances {
				if a.Person != "" {
					parts = append(parts, people[a.Person]+" ("+a.Position["en"]+", "+a.Affiliation["en"]+")")
				}
			}
			got = append(got, strings.Join(parts, "; "))
			if title := full.Title["en"]; title != strings.ToUpper(title[:1])+title[1:] {
				t.Errorf("the title %q begins within a sentence", title)
			}
			for _, p := range full.Present {
				present = append(present, orgs[p.Organisation]+p.Name["en"]+" "+string(p.Sector))
			}
		}
		slices.Sort(present)
		wantPresent := []string{
			"ACRA private", "Cambodian government government", "Embassy of Japan in Myanmar government", "ILO international", "MAC private", "MMN civil_society", "MOEAF private",
			"MOLIP government", "MOLVT government",
		}
		if diff := cmp.Diff(wantPresent, present); diff != "" {
			t.Errorf("present, by sector (-want +got):\n%s", diff)
		}
		want := []string{
			"2018-08-05/2018-08-05; Empress Hotel; Chiang Mai; th; organiser MMN; about representatives; Jackie Pollock (representative, ILO); Sompong Srakaew (, LPN); Tun Lin (, TMFG); Sokchar Mom (, LSCW); Phil Robertson (, HRW)",
			"2018-10-15/2018-10-15; Sedona Hotel; Yangon; mm; organiser MMN; organiser ILO; over participants; Khin Cho Win (Assistant Director of the Department of Labour, MOLIP); Win Htun (Vice Chairperson, MOEAF); Asato Wako (Associate Professor, Kyoto University); Asato Wako (Associate Professor, Kyoto University); Yuta Isozaki (Labour Attaché, Embassy of Japan in Myanmar); Kyawt Kyawt Aung (migrant returnees from Japan, ); Thiri Tun (migrant returnees from Japan, )",
			"2018-11-02/2018-11-04; ; Singapore; sg; more_than people; exactly countries",
			"2018-11-03/2018-11-03; ; ; ; organiser MMN; co_organiser FLC; co_organiser FED; co_organiser TWC2; more_than participants; John Gee (, TWC2); Thet Thet Aung (, FLC); Ei Ei Chaw (, FED)",
			"2019-02-18/2019-02-18; ; ; ; organiser MMN; over participants; Chou Bun Eng (Secretary of State, Permanent Vice President, NCCT); Asato Wako (Associate Professor, Kyoto University); Reiko Harima (Regional Coordinator, MMN)",
			"2019-03-08/2019-03-08; ; Chiang Mai; th",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}

		// Who worked abroad is shown by role only; Asato Wako is one person.
		asato := 0
		for k, err := range h.Directory.Known(ctx, editor, sala.KindPerson) {
			if err != nil {
				t.Fatal(err)
			}
			if k.Name["en"] == "Asato Wako" {
				asato++
			}
			worker := slices.Contains([]string{"Kyawt Kyawt Aung", "Thiri Tun"}, k.Name["en"])
			if (k.Showing == directory.RoleOnly) != worker {
				t.Errorf("%s is shown %q", k.Name["en"], k.Showing)
			}
		}
		if asato != 1 {
			t.Errorf("Asato Wako is there %d times", asato)
		}

		// The recommendations have their numbers 4 and 6, and the adoption theirs.
		ledger, err := h.Tracker.Ledger(ctx, editor, tracker.Filter{Drafts: true})
		if err != nil {
			t.Fatal(err)
		}
		numbered := map[string]tracker.Recommendation{}
		for _, r := range ledger.Recommendations {
			if r.Number != "" {
				numbered[r.Number] = r
			}
			if r.Source.Block == "" || r.Source.Quote == "" || len(r.Addressed) == 0 {
				t.Errorf("%q has source %+v, addressees %v", r.Words["en"], r.Source, r.Addressed)
			}
		}
		for number, begins := range map[string]string{"4": "Bans on migration must be evaluated", "6": "Mutual portability of social protection"} {
			r, ok := numbered[number]
			if !ok || !strings.HasPrefix(r.Words["en"], begins) || r.State != tracker.Adopted {
				t.Errorf("recommendation %s is %+v", number, r)
				continue
			}
			nums, docs, err := h.Tracker.NumbersOf(ctx, []sala.ID{r.ID})
			if err != nil {
				t.Fatal(err)
			}
			among := ""
			for _, x := range nums {
				if docs[x.Document].Name["en"] == "ACSC/APF 2018 Statement" && x.Among {
					among = x.Number
				}
			}
			if among != "2–7" {
				t.Errorf("recommendation %s is among %q of the statement: %+v", number, among, nums)
			}
		}

		// Accepting again, and reading again, change nothing.
		version, err := d.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, work := range works {
			if r, err := h.AcceptSure(ctx, editor, work); err != nil || r.Done != 0 {
				t.Errorf("accepted again: %+v, %v", r, err)
			}
		}
		if after, err := d.Version(ctx); err != nil || after != version {
			t.Errorf("accepting nothing made a change: %v", err)
		}
		before, err := h.Open(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, work := range works {
			ids := idsOf(h.of(work))
			if fresh, err := h.Propose(ctx, editor, work); err != nil || fresh != 0 {
				t.Errorf("%d new proposals of the same text, %v", fresh, err)
			}
			if diff := cmp.Diff(ids, idsOf(h.of(work))); diff != "" {
				t.Errorf("read again (-before +after):\n%s", diff)
			}
		}
		if after, err := h.Open(ctx); err != nil || after != before {
			t.Errorf("%d open proposals, were %d: %v", after, before, err)
		}
	})
}

func idsOf(list []proposals.Proposal) (ids []sala.ID) {
	for _, p := range list {
		ids = append(ids, p.ID)
	}
	return ids
}

const page = `Workshop on fees, Mae Sot, Thailand

12 March 2018

On 8 March 2018, the Sunrise Network organised a workshop on fees at the River Hotel in Mae Sot, Thailand. Over 40 participants attended the workshop.

Ms. Mya Mya, a domestic worker from Yangon, told of her debts. Mr. Somchai Dee, Director of the Sunrise Network, urged employers to pay the fees.
`

func written(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.txt")
	if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func pick(t *testing.T, list []proposals.Proposal, k proposals.Kind, words string) proposals.Proposal {
	t.Helper()
	for _, p := range list {
		if p.Kind == k && (words == "" || p.Value["name"] == words) {
			return p
		}
	}
	t.Fatalf("no proposal %s %q among %d", k, words, len(list))
	return proposals.Proposal{}
}

func TestDeciding(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, ctx := open(t, d), t.Context()
		h.importText(written(t))
		h.sweep()
		var work sala.ID
		for _, id := range h.works() {
			work = id
		}
		list := h.of(work)
		ask, person, days := pick(t, list, proposals.Ask, ""), pick(t, list, proposals.Speaker, "Mya Mya"), pick(t, list, proposals.Held, "")
		for _, by := range []sala.Actor{{Name: "nobody"}, {ID: "t", Role: sala.Translator}} {
			if _, err := h.Accept(ctx, by, work, []sala.ID{ask.ID}); !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("%s accepts: %v", by.Role, err)
			}
			if _, err := h.Of(ctx, by, work); !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("%s sees: %v", by.Role, err)
			}
			if err := h.Begin(ctx, by); !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("%s begins: %v", by.Role, err)
			}
		}
		if _, err := h.Accept(ctx, editor, work, []sala.ID{sala.NewID()}); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("an unknown proposal: %v", err)
		}
		// What cannot be is refused with its field, and stays open.
		var bad sala.Invalid
		if _, err := h.Mend(ctx, editor, work, days.ID, proposals.Value{"from": "31 June"}); !errors.As(err, &bad) || bad[0].Field != "from" {
			t.Errorf("an impossible day: %v", err)
		}
		if r, err := h.Mend(ctx, editor, work, days.ID, proposals.Value{"from": "2018-03-09", "to": "2018-03-08"}); err != nil || r.Done != 1 || r.Failed[days.ID] == nil {
			t.Errorf("an end before the beginning: %+v, %v", r, err)
		}
		// One that is refused is not asked again; one that is mended keeps both.
		if r, err := h.Refuse(ctx, editor, work, []sala.ID{ask.ID}); err != nil || r.Done != 1 {
			t.Errorf("refuse: %+v, %v", r, err)
		}
		if r, err := h.Mend(ctx, editor, work, person.ID, proposals.Value{"name": "Mya Mya Aye", "role": "domestic worker", "worker": "yes"}); err != nil || r.Done == 0 || len(r.Failed) > 0 {
			t.Fatalf("mend: %+v, %v", r, err)
		}
		if _, err := h.Propose(ctx, editor, work); err != nil {
			t.Fatal(err)
		}
		list = h.of(work)
		if p := pick(t, list, proposals.Ask, ""); p.State != proposals.Refused || p.By != "Naw" || p.Decided.IsZero() {
			t.Errorf("refused: %+v", p)
		}
		p := pick(t, list, proposals.Speaker, "Mya Mya Aye")
		if p.State != proposals.Mended || p.Was["name"] != "Mya Mya" || p.Made.Kind != sala.KindEvent {
			t.Errorf("mended: %+v", p)
		}
		if e := pick(t, list, proposals.Event, ""); e.State != proposals.Accepted {
			t.Errorf("the event did not come with who spoke at it: %+v", e)
		}
		if _, err := h.Mend(ctx, editor, work, person.ID, proposals.Value{"name": "Other"}); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("mend what is decided: %v", err)
		}
		if r, err := h.Reopen(ctx, editor, work, []sala.ID{ask.ID, person.ID}); err != nil || r.Done != 1 {
			t.Errorf("open again: %+v, %v", r, err)
		}
		e, err := h.Events.DeskEvent(ctx, editor, p.Made.ID)
		if err != nil || len(e.Appearances) != 1 || len(e.Works) != 1 || e.Works[0].Work != work {
			t.Fatalf("%+v, %v", e, err)
		}
		who, err := h.Directory.Person(ctx, editor, e.Appearances[0].Person)
		if err != nil || who.Shown() != directory.RoleOnly || who.Name["en"] != "Mya Mya Aye" {
			t.Errorf("%+v, %v", who, err)
		}
		// The rest, one by one and all at once, ends in one event.
		if r, err := h.AcceptSure(ctx, editor, work); err != nil || len(r.Failed) > 0 {
			t.Errorf("the rest: %+v, %v", r, err)
		}
		all, err := h.Events.Desk(ctx, editor, event.Filter{})
		if err != nil || len(all.Events) != 1 {
			t.Fatalf("%d events, %v", len(all.Events), err)
		}
	})
}

// TestASecondWorkOfOneEvent joins what two works tell of one event.
func TestASecondWorkOfOneEvent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, ctx := open(t, d), t.Context()
		path := filepath.Join(t.TempDir(), "two.txt")
		second := strings.Replace(strings.Replace(page, "Workshop on fees, Mae Sot, Thailand", "What was said of fees", 1), "Over 40 participants attended the workshop.", "Ms. Ana Cruz from the Kanlungan Centre moderated.", 1)
		if err := os.WriteFile(path, []byte("Archive: News\n\n"+page+"\n"+second), 0o600); err != nil {
			t.Fatal(err)
		}
		h.importText(path)
		h.sweep()
		works := h.works()
		if len(works) != 2 {
			t.Fatalf("%d works", len(works))
		}
		for _, work := range works {
			if r, err := h.AcceptSure(ctx, editor, work); err != nil || len(r.Failed) > 0 {
				t.Fatalf("%+v, %v", r, err)
			}
		}
		list, err := h.Events.Desk(ctx, editor, event.Filter{})
		if err != nil || len(list.Events) != 1 {
			t.Fatalf("%d events, %v", len(list.Events), err)
		}
		e, err := h.Events.DeskEvent(ctx, editor, list.Events[0].ID)
		if err != nil || len(e.Works) != 2 || len(e.Parties) != 1 || len(e.Appearances) != 3 {
			t.Errorf("%d works, %d parties, %d appearances, %v", len(e.Works), len(e.Parties), len(e.Appearances), err)
		}
	})
}
