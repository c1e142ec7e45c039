package letters_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/db"
	"sala/letters"
)

// Requests for a review that come within ten minutes are one letter to each
// who may approve, but not to whoever wrote or handed in the text; what came
// of it goes to whoever asked.
func TestReviews(t *testing.T) {
	each(t, func(o *office) {
		ada := o.user("ada@example.org", sala.Admin, "en")
		ed := o.user("ed@example.org", sala.Editor, "th")
		tran := o.user("tran@example.org", sala.Translator, "en")
		gone := o.user("gone@example.org", sala.Editor, "en")
		o.must(o.accounts.Disable(o.Context(), ada.Actor(), gone.ID))
		_, _, err := o.accounts.Invite(o.Context(), machine, "new@example.org", "", sala.Editor, "en")
		o.must(err)
		if got := o.later(time.Hour); len(got) != 0 {
			o.Fatalf("how people came is news to them: %v", got)
		}

		_, one := o.text(tran.Actor(), "en", "Fees\nagain")
		work, two := o.text(tran.Actor(), "th", "ค่าธรรมเนียม")
		_, own := o.text(ed.Actor(), "en", "By Ed")
		o.must(o.archive.Submit(o.Context(), tran.Actor(), one, "Please look at\nhttps://record.example/studio/signin"))
		if got := o.later(6 * time.Minute); len(got) != 0 {
			o.Errorf("a request does not wait for others: %v", got)
		}
		o.must(o.archive.Submit(o.Context(), tran.Actor(), two, ""))
		o.must(o.archive.Submit(o.Context(), ed.Actor(), own, ""))
		got := o.later(6 * time.Minute)
		if diff := cmp.Diff([]string{"ada@example.org", "ed@example.org"}, to(got)); diff != "" {
			o.Fatalf("letters go to (-want +got):\n%s", diff)
		}
		place := "https://record.example/studio/works/" + string(work) + "/th"
		o.says(got[0], "en", "3 texts for review: Fees again and others", "By Ed", place, "> Please look at\n> https://")
		o.says(got[1], "th", "รอตรวจ 2 เรื่อง", "ค่าธรรมเนียม", place)
		if strings.Contains(got[1].Text, "By Ed") {
			o.Errorf("Ed is asked to read his own text: %s", got[1].Text)
		}

		o.must(o.archive.SendBack(o.Context(), ed.Actor(), one, "Which fees?"))
		o.must(o.archive.Approve(o.Context(), ed.Actor(), two, 1, ""))
		o.must(o.archive.Approve(o.Context(), ed.Actor(), own, 1, "")) // nobody hears what they did
		got = o.later(11 * time.Minute)
		if diff := cmp.Diff([]string{"tran@example.org", "tran@example.org"}, to(got)); diff != "" {
			o.Fatalf("letters go to (-want +got):\n%s", diff)
		}
		o.says(got[0], "en", "Approved: ค่าธรรมเนียม", "ed has approved", place)
		o.says(got[1], "en", "Sent back: Fees again", "> Which fees?")

		// What was decided before the letter was written is asked of nobody.
		o.must(o.archive.Submit(o.Context(), tran.Actor(), one, ""))
		o.must(o.archive.SendBack(o.Context(), ed.Actor(), one, "No."))
		if got = o.later(11 * time.Minute); !slices.Equal(to(got), []string{"tran@example.org"}) {
			o.Errorf("letters go to %v, want the one who asked alone", to(got))
		}
	})
}

// Users hear of changes of their ways in, and of a strange device.
func TestNotices(t *testing.T) {
	each(t, func(o *office) {
		ada := o.user("ada@example.org", sala.Admin, "en")
		ed := o.user("ed@example.org", sala.Editor, "th")
		sessions := o.accounts.Sessions()
		in := func(u account.User, device string) {
			o.Helper()
			ctx, err := sessions.Load(o.Context(), "")
			o.must(err)
			o.must(o.accounts.Begin(ctx, sessions, u, "password", device))
			_, _, err = sessions.Commit(ctx)
			o.must(err)
		}
		in(ed, "Firefox on Android")
		in(ed, "Firefox on Android")
		if got := o.later(time.Minute); len(got) != 0 {
			o.Errorf("a first sign-in is news: %v", got)
		}
		in(ed, "Chrome on Windows")
		got := o.later(time.Minute)
		if len(got) != 1 {
			o.Fatalf("%d letters about a strange device: %v", len(got), got)
		}
		o.says(got[0], "th", "Chrome on Windows", "https://record.example/studio/me")
		o.must(o.accounts.SetPassword(o.Context(), ed.Actor(), "lantern river seven boats", "nine grey herons wait", ""))
		if got = o.later(time.Minute); len(got) != 1 || got[0].To != "ed@example.org" || !strings.Contains(got[0].Text, "ตั้งรหัสผ่าน") {
			o.Errorf("about a new password: %v", got)
		}
		_, code, err := o.accounts.Link(o.Context(), ada.Actor(), ed.ID)
		o.must(err)
		_, err = o.accounts.Accept(o.Context(), code, "ed", "th", account.WayIn{Password: "lantern river seven boats"}, "")
		o.must(err)
		if got = o.later(time.Minute); len(got) != 1 {
			o.Errorf("%d letters about beginning anew, want 1: %v", len(got), got)
		}
	})
}

// A guest's letter says what is to be translated; the token is in it alone.
func TestTranslation(t *testing.T) {
	each(t, func(o *office) {
		ed := o.user("ed@example.org", sala.Editor, "en")
		_, edition := o.text(ed.Actor(), "th", "ค่าธรรมเนียม")
		g := letters.Guest{Email: "guest@example.net", Name: "Khun Guest", Lang: "th", Title: "Fees", Path: "/studio/t/"}
		_, token, err := o.archive.Invite(o.Context(), ed.Actor(), edition, g.Name, o.now.Add(48*time.Hour), func(ctx context.Context, tx *db.Tx, l archive.Link, token string) error {
			return o.writer.Translation(ctx, tx, ed.Actor(), g, token, l.Until)
		})
		o.must(err)
		got := o.later(time.Minute)
		if len(got) != 1 || got[0].To != g.Email {
			o.Fatalf("letters: %v", got)
		}
		o.says(got[0], "th", "Fees", "https://record.example/studio/t/"+token+"\n")
		kept, err := db.All[string](o.Context(), o.db, `SELECT body || secret FROM mail_letter`)
		o.must(err)
		if strings.Contains(fmt.Sprint(kept)+o.log.String(), token) {
			o.Error("the token is kept")
		}
	})
}
