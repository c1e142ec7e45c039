package letters_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/contribution"
	"sala/internal/db"
	"sala/tracker"
)

// What comes from outside is told once, an hour after the first, and only what
// still waits.
func TestArrivals(t *testing.T) {
	each(t, func(o *office) {
		ed := o.user("ed@example.org", sala.Editor, "en")
		o.user("thai@example.org", sala.Editor, "th")
		o.user("tran@example.org", sala.Translator, "en")
		sent := contribution.NewStore(o.db)
		_, token, err := sent.Make(o.Context(), ed.Actor(), contribution.Link{Name: "Lantern House", Kind: "news", Until: o.now.Add(90 * 24 * time.Hour), Most: 9})
		o.must(err)
		guest, err := sent.Guest(o.Context(), token)
		o.must(err)
		send := func(key string) contribution.Entry {
			o.Helper()
			e, err := sent.Receive(o.Context(), guest, strings.Repeat(key, 20), contribution.Sent{Lang: "en", Title: "Fees " + key, Text: "One."},
				func(context.Context, *db.Tx, sala.Actor) (sala.ID, error) { return sala.NewID(), nil })
			o.must(err)
			return e
		}
		rec, err := o.tracker.New(o.Context(), ed.Actor(), tracker.Recommendation{
			Words: sala.Text{"en": "Fees must end"}, Original: "en", Source: tracker.Source{Name: sala.Text{"en": "A letter"}}, Addressed: []tracker.Party{{Said: sala.Text{"en": "The Ministry"}}},
		})
		o.must(err)
		o.must(o.tracker.Publish(o.Context(), ed.Actor(), rec))
		if got := o.later(2 * time.Hour); len(got) != 0 {
			o.Fatalf("letters of nothing: %v", got)
		}
		send("a")
		settled := send("b")
		if got := o.later(30 * time.Minute); len(got) != 0 {
			o.Errorf("what came does not wait for more: %v", got)
		}
		r, err := o.tracker.Open(o.Context(), ed.Actor(), rec)
		o.must(err)
		o.must(o.tracker.Receive(o.Context(), tracker.Answer{Recommendation: rec, Party: r.Addressed[0].ID, Name: "Nok", Office: "Secretary", Contact: "nok@example.org", Words: "They end in May.", Lang: "en"}))
		o.must(sent.Settle(o.Context(), ed.Actor(), settled.ID, settled.Added, true))
		got := o.later(40 * time.Minute)
		if diff := cmp.Diff([]string{"ed@example.org", "thai@example.org"}, to(got)); diff != "" {
			o.Fatalf("letters go to (-want +got):\n%s", diff)
		}
		o.says(got[0], "en", "2 new from outside", "1 contribution to read\n  https://record.example/studio/contributions", "1 reply from those who are asked\n  https://record.example/studio/replies")
		o.says(got[1], "th", "มีของใหม่จากภายนอก 2 รายการ")
		if strings.Contains(got[0].Text, "signature") {
			o.Errorf("it speaks of signatures: %s", got[0].Text)
		}
		if got := o.later(24 * time.Hour); len(got) != 0 {
			o.Errorf("it is told twice: %v", got)
		}
		send("c")
		if got := o.later(61 * time.Minute); len(got) != 2 {
			o.Errorf("%d letters of the next, want 2", len(got))
		}
	})
}
