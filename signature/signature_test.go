package signature_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/internal/bearer"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/signature"
)

var editor = sala.Actor{ID: "e", Name: "Editor", Role: sala.Editor}

// A shelf keeps texts as the archive does: the newest revision of each edition,
// and which is frozen.
type shelf struct{ newest, frozen map[sala.ID]int }

func (s shelf) Freeze(_ context.Context, _ *db.Tx, by sala.Actor, edition sala.ID, revision int) error {
	if s.newest[edition] != revision {
		return sala.ErrConflict
	}
	if by.Role < sala.Contributor {
		return sala.ErrForbidden
	}
	s.frozen[edition] = revision
	return nil
}

func (s shelf) Unfreeze(_ context.Context, _ *db.Tx, _ sala.Actor, edition sala.ID, _ string) error {
	if s.frozen[edition] == 0 {
		return sala.ErrConflict
	}
	delete(s.frozen, edition)
	return nil
}

// A hall is where a statement is signed.
type hall struct {
	*testing.T
	*signature.Store
	shelf shelf
	db    *db.DB
	now   time.Time
	call  signature.Call
}

const work, english = sala.ID("w"), sala.ID("en")

// each opens a call until a day ahead, late signatures allowed.
func each(t *testing.T, f func(h *hall)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := &hall{T: t, shelf: shelf{map[sala.ID]int{english: 3, "th": 1}, map[sala.ID]int{}}, db: d, now: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)}
		d.Clock = func() time.Time { return h.now }
		h.Store = signature.NewStore(d, h.shelf)
		h.must(h.Set(t.Context(), editor, signature.Call{Work: work, Edition: english, Revision: 3, Until: h.now.Add(24 * time.Hour), Late: true}))
		h.read()
		f(h)
	})
}

func (h *hall) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *hall) read() {
	h.Helper()
	var err error
	h.call, err = h.Of(h.Context(), editor, work)
	h.must(err)
}

// refuses fails unless err says what is wrong with a field.
func (h *hall) refuses(err error, field, key string) {
	h.Helper()
	bad, ok := errors.AsType[sala.Invalid](err)
	if !ok || bad[0].Field != field || bad[0].Key != key {
		h.Errorf("want %s at %s, have %v", key, field, err)
	}
}

// link makes a link, for an organisation or shared.
func (h *hall) link(name string, organisation sala.ID) signature.Guest {
	h.Helper()
	_, token, err := h.Make(h.Context(), editor, signature.Link{Call: h.call.ID, Name: name, Organisation: organisation})
	h.must(err)
	return h.guest(token)
}

func (h *hall) guest(token string) signature.Guest {
	h.Helper()
	g, err := h.Guest(h.Context(), token)
	h.must(err)
	return g
}

func by(name string) signature.Details {
	return signature.Details{Name: name, Country: "th", Person: "Somchai Dee", Role: "Director", Email: "office@example.org"}
}

// stand are the names that stand, each with what is told of it.
func (h *hall) stand() []string {
	h.Helper()
	st, err := h.Statement(h.Context(), work)
	h.must(err)
	var names []string
	for _, s := range st.Signatories {
		name := fmt.Sprintf("%s/%d", s.Name, s.Revision)
		if s.Person != "" {
			name += " by " + s.Person
		}
		if s.Late {
			name += " late"
		}
		names = append(names, name)
	}
	return names
}

func (h *hall) want(names ...string) {
	h.Helper()
	if diff := cmp.Diff(names, h.stand()); diff != "" {
		h.Errorf("who stands (-want +have):\n%s", diff)
	}
}

// A signature by the link of an organisation stands at once, freezes the text
// and shows no person unless they chose so; one by a shared link waits.
func TestSign(t *testing.T) {
	each(t, func(h *hall) {
		ctx := h.Context()
		own, shared := h.link("Lantern House", "o1"), h.link("", "")
		h.want()
		key := bearer.New()
		h.must(h.Sign(ctx, own, key, 3, by("  Lantern \n House ")))
		if h.shelf.frozen[english] != 3 {
			t.Error("the text is not frozen")
		}
		h.must(h.Sign(ctx, own, key, 3, by("Lantern House"))) // the form again
		h.want("Lantern House/3")
		e, err := h.Receipt(ctx, own, signature.Own)
		h.must(err)
		if e.Organisation != "o1" || e.Late || !e.Signed.Equal(h.now) {
			t.Errorf("the receipt: %+v", e)
		}

		shown := by("River School")
		shown.Shown = true
		h.must(h.Sign(ctx, shared, bearer.New(), 3, shown))
		h.want("Lantern House/3")
		if n, err := h.Waiting(ctx, editor); n != 1 || err != nil {
			t.Errorf("%d wait, %v", n, err)
		}
		list, err := h.Entries(ctx, editor, h.call.ID)
		h.must(err)
		waits := list[1]
		h.must(h.Decide(ctx, editor, h.call.ID, waits.ID, true, "o2", ""))
		h.want("Lantern House/3", "River School/3 by Somchai Dee")
		h.refuses(h.Decide(ctx, editor, h.call.ID, waits.ID, false, "", " "), "reason", "studio.sign.refusal_missing")
		h.must(h.Decide(ctx, editor, h.call.ID, waits.ID, false, "", "They never met."))
		h.want("Lantern House/3")
		h.must(h.ForgetEmail(ctx, editor, h.call.ID, waits.ID))
		list, err = h.Entries(ctx, editor, h.call.ID)
		h.must(err)
		if list[1].Reason != "They never met." || list[1].Email != "" || list[0].Email == "" {
			t.Errorf("the entries: %+v", list)
		}
	})
}

// An organisation signs once, however it writes its name and whatever way it
// comes by; the first signature stands.
func TestSignTwice(t *testing.T) {
	each(t, func(h *hall) {
		ctx := h.Context()
		own, second, shared := h.link("Lantern House", "o1"), h.link("Lantern Hse.", "o1"), h.link("", "")
		// A stranger first: it does not stand in the way of the organisation.
		h.must(h.Sign(ctx, shared, bearer.New(), 3, by("lantern  house.")))
		h.refuses(h.Sign(ctx, shared, bearer.New(), 3, by("LANTERN HOUSE")), "name", "sign.again")
		h.must(h.Sign(ctx, own, bearer.New(), 3, by("Lantern House")))
		h.refuses(h.Sign(ctx, own, bearer.New(), 3, by("Another name")), "name", "sign.again")
		h.refuses(h.Sign(ctx, second, bearer.New(), 3, by("Lantern of the harbour")), "name", "sign.again")
		h.refuses(h.Sign(ctx, shared, bearer.New(), 3, by("Ｌantern House\u200b")), "name", "sign.again")
		paper := signature.Entry{Details: by("Lantern House"), Way: signature.OnPaper, Signed: h.now}
		h.refuses(h.Enter(ctx, editor, h.call.ID, paper), "name", "sign.again")
		list, err := h.Entries(ctx, editor, h.call.ID)
		h.must(err)
		if len(list) != 2 {
			t.Fatalf("%d signatures are kept", len(list))
		}
		h.refuses(h.Decide(ctx, editor, h.call.ID, list[0].ID, true, "", ""), "name", "sign.again")
		h.want("Lantern House/3")
		// Taken back, it can be given again.
		h.must(h.Withdraw(ctx, own, signature.Own))
		h.want()
		h.must(h.Sign(ctx, own, bearer.New(), 3, by("Lantern House")))
		h.want("Lantern House/3")
	})
}

// Nobody signs words that they did not have before them, and a signature stays
// with the text it was given to.
func TestTextChanges(t *testing.T) {
	each(t, func(h *hall) {
		ctx := h.Context()
		one, two := h.link("Lantern House", "o1"), h.link("River School", "o2")
		h.refuses(h.Sign(ctx, one, bearer.New(), 2, by("Lantern House")), "form", "sign.text_changed")
		// Somebody writes on: nothing is signed until the new text is up.
		h.shelf.newest[english] = 4
		h.refuses(h.Sign(ctx, one, bearer.New(), 3, by("Lantern House")), "form", "sign.mending")
		h.must(h.PutUp(ctx, editor, h.call.ID, 4))
		h.refuses(h.Sign(ctx, one, bearer.New(), 3, by("Lantern House")), "form", "sign.text_changed")
		h.must(h.Sign(ctx, one, bearer.New(), 4, by("Lantern House")))
		if h.shelf.frozen[english] != 4 {
			t.Error("the text is not frozen")
		}
		// Another language cannot be put in its place.
		h.refuses(h.Set(ctx, editor, signature.Call{Work: work, Edition: "th", Revision: 1, Until: h.now.Add(time.Hour)}), "edition", "studio.sign.edition_signed")

		h.refuses(h.Lift(ctx, editor, h.call.ID, " "), "reason", "studio.sign.reason_missing")
		h.must(h.Lift(ctx, editor, h.call.ID, "A figure was wrong."))
		if h.shelf.frozen[english] != 0 {
			t.Error("the text is still frozen")
		}
		h.refuses(h.Sign(ctx, two, bearer.New(), 4, by("River School")), "form", "sign.mending")
		h.refuses(h.Enter(ctx, editor, h.call.ID, signature.Entry{Details: by("River School"), Way: signature.ByMail, Signed: h.now}), "form", "sign.mending")
		if err := h.PutUp(ctx, editor, h.call.ID, 3); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("an older text is put up: %v", err)
		}
		h.now = h.now.Add(time.Minute)
		h.shelf.newest[english] = 5
		h.must(h.PutUp(ctx, editor, h.call.ID, 5))
		h.want("Lantern House/4")
		told, err := h.ToldTo(ctx, two)
		h.must(err)
		if diff := cmp.Diff([]signature.Change{{Edition: english, Revision: 5, Reason: "A figure was wrong.", At: h.now}}, told); diff != "" {
			t.Errorf("what those who sign are told:\n%s", diff)
		}
		h.must(h.Sign(ctx, two, bearer.New(), 5, by("River School")))
		h.want("Lantern House/4", "River School/5")
		// Who signed the text before may sign the new one, and stands once.
		had, err := h.Receipt(ctx, one, signature.Own)
		h.must(err)
		if had.Revision != 4 {
			t.Errorf("the receipt is of %+v", had)
		}
		h.must(h.Sign(ctx, one, bearer.New(), 5, by("Lantern House")))
		h.want("River School/5", "Lantern House/5")
		list, err := h.Entries(ctx, editor, h.call.ID)
		h.must(err)
		if list[0].State != signature.Renewed || list[0].Revision != 4 {
			t.Errorf("the signature to the text before: %+v", list[0])
		}
		// The same text again is frozen again.
		h.must(h.Lift(ctx, editor, h.call.ID, "Perhaps."))
		h.must(h.PutUp(ctx, editor, h.call.ID, 5))
		if h.shelf.frozen[english] != 5 {
			t.Error("a text that is signed is up and not frozen")
		}
	})
}

// Late signatures are dated as such where they are allowed, and refused where
// they are not; what is signed is mended until then only.
func TestClosing(t *testing.T) {
	each(t, func(h *hall) {
		ctx := h.Context()
		one, two, three := h.link("Lantern House", ""), h.link("River School", ""), h.link("Harbour Union", "")
		h.must(h.Sign(ctx, one, bearer.New(), 3, by("Lantern House")))
		mended := by("Lantern House of the harbour")
		mended.Country, mended.Shown = "mm", true
		h.must(h.Mend(ctx, one, signature.Own, mended))
		h.want("Lantern House of the harbour/3 by Somchai Dee")
		if err := h.Mend(ctx, two, signature.Own, mended); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("what was never signed is mended: %v", err)
		}
		h.now = h.call.Until.Add(time.Microsecond)
		h.refuses(h.Mend(ctx, one, signature.Own, by("Lantern House")), "form", "sign.mend_closed")
		h.refuses(h.Withdraw(ctx, one, signature.Own), "form", "sign.mend_closed")
		h.must(h.Sign(ctx, two, bearer.New(), 3, by("River School")))
		h.must(h.Enter(ctx, editor, h.call.ID, signature.Entry{Details: by("On Paper"), Way: signature.OnPaper, Signed: h.call.Until.Add(-time.Hour)}))
		h.must(h.Enter(ctx, editor, h.call.ID, signature.Entry{Details: by("Paper, too late"), Way: signature.OnPaper, Signed: h.now}))
		h.want("Lantern House of the harbour/3 by Somchai Dee", "On Paper/3", "River School/3 late", "Paper, too late/3 late")
		h.refuses(h.Enter(ctx, editor, h.call.ID, signature.Entry{Details: by("Tomorrow"), Way: signature.OnPaper, Signed: h.now.Add(time.Hour)}), "signed", "studio.sign.signed_bad")
		h.refuses(h.Enter(ctx, editor, h.call.ID, signature.Entry{Details: by("No way"), Signed: h.now}), "way", "studio.sign.way_missing")

		c := h.call
		c.Until, c.Late = h.now.Add(time.Hour), false
		h.must(h.Set(ctx, editor, c))
		h.now = c.Until.Add(time.Second)
		h.refuses(h.Sign(ctx, three, bearer.New(), 3, by("Harbour Union")), "form", "sign.closed")
		_, token, err := h.Make(ctx, editor, signature.Link{Call: h.call.ID, Name: "Harbour Union"})
		h.must(err)
		h.guest(token) // it leads to the page that says so
		h.now = h.now.AddDate(0, 0, 91)
		if _, err := h.Guest(ctx, token); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("the link leads somewhere for ever: %v", err)
		}
	})
}

// A link that is revoked, or whose signing was ended, is as good as none, also
// for whoever had the page open.
func TestLinksEnd(t *testing.T) {
	each(t, func(h *hall) {
		ctx := h.Context()
		l, token, err := h.Make(ctx, editor, signature.Link{Call: h.call.ID, Name: "Lantern House"})
		h.must(err)
		one, two := h.guest(token), h.link("River School", "")
		h.must(h.Revoke(ctx, editor, h.call.ID, l.ID))
		for what, err := range map[string]error{
			"sign": h.Sign(ctx, one, bearer.New(), 3, by("Lantern House")), "mend": h.Mend(ctx, one, signature.Own, by("Lantern House")),
			"withdraw": h.Withdraw(ctx, one, signature.Own), "revoke another's": h.Revoke(ctx, editor, "other", l.ID),
		} {
			if !errors.Is(err, sala.ErrNotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := h.Guest(ctx, token); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a revoked link: %v", err)
		}
		h.must(h.End(ctx, editor, h.call.ID))
		if err := h.Sign(ctx, two, bearer.New(), 3, by("River School")); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("signed after the end: %v", err)
		}
		if _, _, err := h.Make(ctx, editor, signature.Link{Call: h.call.ID}); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("a link after the end: %v", err)
		}
		h.want()
		h.must(h.Set(ctx, editor, h.call))
		h.must(h.Sign(ctx, two, bearer.New(), 3, by("River School")))
		n, err := db.One[int](ctx, h.db, `SELECT COUNT(*) FROM signature_link WHERE hash = ?`, token)
		if n != 0 || err != nil {
			t.Errorf("the token is kept as it is: %d, %v", n, err)
		}
	})
}

// What is no text, no country, no address, or too much, is named by its field,
// and nothing is kept.
func TestBadInput(t *testing.T) {
	each(t, func(h *hall) {
		ctx := h.Context()
		g := h.link("Lantern House", "")
		change := func(f func(*signature.Details)) signature.Details {
			d := by("Lantern House")
			f(&d)
			return d
		}
		for _, test := range []struct {
			field, key string
			d          signature.Details
		}{
			{"name", "sign.name_missing", signature.Details{}},
			{"name", "sign.name_missing", change(func(d *signature.Details) { d.Name = " \u200b. " })},
			{"name", "sign.too_long", change(func(d *signature.Details) { d.Name = strings.Repeat("ကက", 1<<20) })},
			{"name", "sign.letters_bad", change(func(d *signature.Details) { d.Name = "Lantern\x00House" })},
			{"name", "sign.letters_bad", change(func(d *signature.Details) { d.Name = "Lantern \u202eesuoH" })},
			{"name", "sign.letters_bad", change(func(d *signature.Details) { d.Name = "Lantern \ufdd2House" })},
			{"name", "sign.letters_bad", change(func(d *signature.Details) { d.Name = "Lantern \xff" })},
			{"country", "sign.country_missing", change(func(d *signature.Details) { d.Country = "" })},
			{"country", "sign.country_missing", change(func(d *signature.Details) { d.Country = "xx" })},
			{"country", "sign.country_missing", change(func(d *signature.Details) { d.Country = "tha" })},
			{"country", "sign.country_missing", change(func(d *signature.Details) { d.Country = "su" })},
			{"person", "sign.person_missing", change(func(d *signature.Details) { d.Person = "\t" })},
			{"person", "sign.letters_bad", change(func(d *signature.Details) { d.Person = "So\x07mchai" })},
			{"role", "sign.too_long", change(func(d *signature.Details) { d.Role = strings.Repeat("a", 201) })},
			{"email", "sign.email_bad", change(func(d *signature.Details) { d.Email = "nobody" })},
			{"email", "sign.email_bad", change(func(d *signature.Details) { d.Email = "A <a@example.org>" })},
		} {
			h.refuses(h.Sign(ctx, g, bearer.New(), 3, test.d), test.field, test.key)
		}
		h.refuses(h.Sign(ctx, g, "short", 3, by("Lantern House")), "form", "contribute.form_bad")
		if h.shelf.frozen[english] != 0 {
			t.Error("what was refused froze the text")
		}
		list, err := h.Entries(ctx, editor, h.call.ID)
		if len(list) != 0 || err != nil {
			t.Errorf("%d signatures are kept, %v", len(list), err)
		}
		for _, c := range []signature.Call{
			{Work: "x", Edition: "x", Revision: 1, Until: h.now}, {Work: "x", Edition: "x", Revision: 1, Until: h.now.AddDate(2, 0, 0)},
			{Work: "x", Revision: 1, Until: h.now.Add(time.Hour)}, {Work: "x", Edition: "x", Until: h.now.Add(time.Hour)},
			{Work: "x", Edition: "x", Revision: 1, Until: h.now.Add(time.Hour), Note: strings.Repeat("a", 2001)},
		} {
			if err := h.Set(ctx, editor, c); !errors.As(err, new(sala.Invalid)) {
				t.Errorf("%+v: %v", c, err)
			}
		}
	})
}

// Sixty an hour come by one link.
func TestRate(t *testing.T) {
	each(t, func(h *hall) {
		g := h.link("", "")
		for n := range 60 {
			h.must(h.Sign(h.Context(), g, bearer.New(), 3, by(fmt.Sprint("Organisation ", n))))
		}
		h.refuses(h.Sign(h.Context(), g, bearer.New(), 3, by("One more")), "form", "sign.too_many")
		h.now = h.now.Add(61 * time.Minute)
		h.must(h.Sign(h.Context(), g, bearer.New(), 3, by("One more")))
	})
}

// Only those who publish see or decide anything.
func TestForbidden(t *testing.T) {
	each(t, func(h *hall) {
		ctx, low := h.Context(), sala.Actor{ID: "t", Name: "Translator", Role: sala.Translator}
		_, of := h.Of(ctx, low, work)
		_, calls := h.Calls(ctx, low)
		_, entries := h.Entries(ctx, low, h.call.ID)
		_, links := h.Links(ctx, low, h.call.ID)
		_, changes := h.Changes(ctx, low, h.call.ID)
		_, waiting := h.Waiting(ctx, low)
		_, _, made := h.Make(ctx, low, signature.Link{Call: h.call.ID})
		for what, err := range map[string]error{
			"of": of, "calls": calls, "entries": entries, "links": links, "changes": changes, "waiting": waiting, "make": made,
			"set": h.Set(ctx, low, h.call), "end": h.End(ctx, low, h.call.ID), "lift": h.Lift(ctx, low, h.call.ID, "x"), "put up": h.PutUp(ctx, low, h.call.ID, 4),
			"revoke": h.Revoke(ctx, low, h.call.ID, "x"), "enter": h.Enter(ctx, low, h.call.ID, signature.Entry{}),
			"decide": h.Decide(ctx, low, h.call.ID, "x", true, "", ""), "forget": h.ForgetEmail(ctx, low, h.call.ID, "x"),
		} {
			if !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}
