package letters_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/richtext"
	"sala/network"
	"sala/tracker"
)

// The digest comes once in a week, in one's languages, and not at all where
// there is nothing or somebody does not want it.
func TestDigest(t *testing.T) {
	each(t, func(o *office) {
		ed := o.user("ed@example.org", sala.Editor, "en")
		thai := o.user("thai@example.org", sala.Translator, "th")
		quiet := o.user("quiet@example.org", sala.Translator, "en")
		burmese := o.user("burmese@example.org", sala.Translator, "my")
		o.user("contributor@example.org", sala.Contributor, "en")
		o.must(o.accounts.SetDigest(o.Context(), thai.Actor(), true, []sala.Lang{"th"}))
		o.must(o.accounts.SetDigest(o.Context(), burmese.Actor(), true, []sala.Lang{"my"}))
		o.must(o.accounts.SetDigest(o.Context(), quiet.Actor(), false, nil))
		if err := o.accounts.SetDigest(o.Context(), quiet.Actor(), true, []sala.Lang{"x y"}); err == nil {
			o.Error("no language is taken for one")
		}
		work, source := o.text(ed.Actor(), "en", "Fees")
		o.must(o.archive.Publish(o.Context(), ed.Actor(), source))
		translation, err := o.archive.CreateEdition(o.Context(), ed.Actor(), work, "th", source)
		o.must(err)
		body, _ := richtext.FromMarkdown("หนึ่ง\n\nสอง", richtext.HTMLOptions{Seed: "t"})
		body.AssignIDs("t")
		_, err = o.archive.Revise(o.Context(), ed.Actor(), translation, 0, archive.Text{Title: "ค่าธรรมเนียม", Body: body, SourceRev: 1})
		o.must(err)
		o.must(o.archive.UpToDate(o.Context(), ed.Actor(), translation, source, 1))
		o.must(o.archive.Publish(o.Context(), ed.Actor(), translation))
		o.later(time.Minute) // the first week is only noted
		if got := o.later(7 * 24 * time.Hour); len(got) != 0 {
			o.Errorf("there is a digest of nothing: %v", got)
		}
		o.revise(ed.Actor(), source, 1, "Fees", "One.\n\nTwo changed.")
		o.must(o.archive.Publish(o.Context(), ed.Actor(), source))
		if got := o.later(4 * 24 * time.Hour); len(got) != 0 { // still the same week: Sunday
			o.Errorf("there are two digests in a week: %v", got)
		}
		got := o.later(24 * time.Hour)
		if diff := cmp.Diff([]string{"ed@example.org", "thai@example.org"}, to(got)); diff != "" {
			o.Fatalf("digests go to (-want +got):\n%s", diff)
		}
		o.says(got[0], "en", "1 translation is out of date", "ค่าธรรมเนียม (Thai, from English): 1 passage", "/studio/translate/"+string(work)+"/th", "https://record.example/studio/me")
		o.says(got[1], "th", "คำแปลล้าสมัย 1 เรื่อง", "ค่าธรรมเนียม")
		if got = o.later(3 * 24 * time.Hour); len(got) != 0 {
			o.Errorf("the digest comes again within the week: %v", got)
		}
	})
}

// Editors hear once a week of the recommendations that they follow up before
// their day has passed, and of how many nobody does.
func TestDigestOfRecommendations(t *testing.T) {
	each(t, func(o *office) {
		ed := o.user("ed@example.org", sala.Editor, "en")
		mara := o.user("mara@example.org", sala.Editor, "th")
		off := o.user("off@example.org", sala.Editor, "en")
		o.user("translator@example.org", sala.Translator, "en")
		o.must(o.accounts.SetDigest(o.Context(), off.Actor(), false, nil))
		ask := func(words string, owner account.User, in int) {
			o.Helper()
			id, err := o.tracker.New(o.Context(), ed.Actor(), tracker.Recommendation{
				Words: sala.Text{"en": words}, Original: "en", Source: tracker.Source{Name: sala.Text{"en": "A paper of the meeting"}}, Addressed: []tracker.Party{{Said: sala.Text{"en": "The Ministry"}}},
			})
			o.must(err)
			if owner.ID != "" {
				o.must(o.tracker.Assign(o.Context(), ed.Actor(), id, owner.ID, owner.Name, sala.DayOf(o.now.AddDate(0, 0, in))))
			}
		}
		ask("Fees must end", ed, 12)
		ask("Papers must be given back", ed, 40)
		ask("Wages must be paid by bank", off, 3)
		o.later(time.Minute) // the first week is only noted
		got := o.later(7 * 24 * time.Hour)
		if diff := cmp.Diff([]string{"ed@example.org"}, to(got)); diff != "" {
			o.Fatalf("digests go to (-want +got):\n%s", diff)
		}
		o.says(got[0], "en", "what waits for you this week", "Fees must end: ", "https://record.example/studio/recommendations/")
		for _, not := range []string{"Papers", "Wages", "out of date", "Nobody follows"} {
			if strings.Contains(got[0].Subject+got[0].Text, not) {
				o.Errorf("the digest speaks of %q:\n%s", not, got[0].Text)
			}
		}
		ask("Helplines must speak Burmese", account.User{}, 0)
		got = o.later(7 * 24 * time.Hour)
		if diff := cmp.Diff([]string{ed.Email, mara.Email}, to(got)); diff != "" {
			o.Fatalf("digests go to (-want +got):\n%s", diff)
		}
		o.says(got[0], "en", "Nobody follows up one open recommendation.", "?show=ownerless", "Fees must end: ")
		o.says(got[1], "th", "ยังไม่มีผู้ติดตามข้อเสนอแนะ")
	})
}

// Times are by the network's clocks, and the week begins by them.
func TestZone(t *testing.T) {
	each(t, func(o *office) {
		ada := o.user("ada@example.org", sala.Admin, "en")
		o.must(o.db.Tx(o.Context(), func(tx *db.Tx) error {
			_, err := o.network.Change(o.Context(), tx, machine, func(set *network.Settings) { set.Zone = "Asia/Bangkok" })
			return err
		}))
		o.now = time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC) // Sunday, 23:00 there
		_, _, err := o.accounts.Invite(o.Context(), ada.Actor(), "su@example.org", "", sala.Editor, "en", o.writer.Invitation(ada.Actor()))
		o.must(err)
		got := o.later(0)
		if len(got) != 1 {
			o.Fatalf("letters: %v", got)
		}
		o.says(got[0], "en", "29 November 2026, 23:00 Asia/Bangkok")
		week := func() int64 {
			o.Helper()
			n, err := db.One[int64](o.Context(), o.db, `SELECT number FROM letters_mark WHERE name = 'digest'`)
			o.must(err)
			return n
		}
		before := week()
		o.later(time.Hour) // midnight there, still Sunday in London
		if after := week(); before != 202647 || after != 202648 {
			o.Errorf("the week went from %d to %d, want 202647 to 202648", before, after)
		}
	})
}
