package directory_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/directory"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/phrase"
)

// shelter is a listed organisation that says everything.
func shelter(t *testing.T, s *directory.Store, change func(*directory.Organisation)) directory.Organisation {
	t.Helper()
	o := directory.Organisation{
		Name: sala.Text{"en": "River House"}, Short: sala.Text{"en": "RH"}, Kind: directory.NGO, About: sala.Text{"en": "Beds and bread"}, Safely: sala.Text{"en": "Texts only"},
		Contact: directory.Contact{Phone: "+66 1", Web: "https://river.example"}, Note: "Ask for Noi", Aliases: []string{"The House"},
	}
	if change != nil {
		change(&o)
	}
	id, err := s.AddOrganisation(t.Context(), editor, o)
	if err != nil {
		t.Fatal(err)
	}
	return organisation(t, s, id)
}

func organisation(t *testing.T, s *directory.Store, id sala.ID) directory.Organisation {
	t.Helper()
	o, err := s.Organisation(t.Context(), editor, id)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestTranslateOrganisation puts what readers are told into a language, and
// changes nothing else.
func TestTranslateOrganisation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), directory.NewStore(d)
		was := shelter(t, s, nil)
		p, all, err := s.OrganisationWordings(ctx, translator, was.ID, "th")
		en := []sala.Lang{"en"}
		want := []phrase.Wording{
			{Key: "name", Source: "River House", From: "en", Langs: en}, {Key: "short", Source: "RH", From: "en", Langs: en},
			{Key: "about", Source: "Beds and bread", From: "en", Langs: en, Prose: true}, {Key: "safely", Source: "Texts only", From: "en", Langs: en, Prose: true},
		}
		if diff := cmp.Diff(want, all); diff != "" || err != nil {
			t.Fatalf("%v (-want +got):\n%s", err, diff)
		}
		if err := s.TranslateOrganisation(ctx, translator, was.ID, p.Changed, "th", map[string]string{"name": " บ้าน\nริมน้ำ ", "short": "", "about": "เตียงและอาหาร"}); err != nil {
			t.Fatal(err)
		}
		got := organisation(t, s, was.ID)
		now := was
		now.Name, now.About, now.Changed = sala.Text{"en": "River House", "th": "บ้าน ริมน้ำ"}, sala.Text{"en": "Beds and bread", "th": "เตียงและอาหาร"}, got.Changed
		if diff := cmp.Diff(now, got); diff != "" {
			t.Errorf("translated (-want +got):\n%s", diff)
		}
		history, err := s.History(ctx, editor, was.ID)
		if err != nil || len(history) != 2 || history[0].What != "translated" || history[0].By != translator.Name || !strings.Contains(history[0].JSON, "บ้าน") {
			t.Errorf("history %+v, %v", history, err)
		}
		if found, err := s.Find(ctx, editor, sala.KindOrganisation, "บ้าน ริมน้ำ", 5); err != nil || len(found) != 1 {
			t.Errorf("found %v by its new name, %v", found, err)
		}
		// Sent once more as it stands, nothing is stored and nothing logged.
		version, err := d.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.TranslateOrganisation(ctx, translator, was.ID, got.Changed, "th", map[string]string{"name": "บ้าน ริมน้ำ", "safely": " "}); err != nil {
			t.Fatal(err)
		}
		if after, err := d.Version(ctx); err != nil || after != version {
			t.Errorf("something was logged (%v)", err)
		}
		if err := s.TranslateOrganisation(ctx, translator, was.ID, got.Changed, "th", map[string]string{"about": ""}); err != nil {
			t.Fatal(err)
		}
		if o := organisation(t, s, was.ID); len(o.About) != 1 || o.Name["th"] == "" {
			t.Errorf("%+v", o)
		}
	})
}

// TestTranslateOrganisationOnlyTold keeps from translators what readers are
// not told, and takes nothing for it.
func TestTranslateOrganisationOnlyTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), directory.NewStore(d)
		unlisted := shelter(t, s, func(o *directory.Organisation) { o.Unlisted = true })
		merged, into := shelter(t, s, nil), shelter(t, s, nil)
		if err := s.Merge(ctx, editor, merged.ID, into.ID); err != nil {
			t.Fatal(err)
		}
		person, err := s.AddPerson(ctx, editor, directory.Person{Name: sala.Text{"en": "Noi"}, Kind: directory.Official})
		if err != nil {
			t.Fatal(err)
		}
		one, err := s.Person(ctx, editor, person)
		if err != nil {
			t.Fatal(err)
		}
		for name, x := range map[string]struct {
			id   sala.ID
			seen time.Time
		}{"one that is not listed": {unlisted.ID, unlisted.Changed}, "a person": {person, one.Changed}, "nothing": {sala.NewID(), one.Changed}, "one that was merged": {merged.ID, merged.Changed}} {
			p, all, err := s.OrganisationWordings(ctx, translator, x.id, "th")
			if x.id == merged.ID {
				if err != nil || p.ID != into.ID {
					t.Errorf("%s leads to %s, %v", name, p.ID, err)
				}
			} else if !errors.Is(err, sala.ErrNotFound) || len(all) > 0 || p.ID != "" {
				t.Errorf("a translator is told of %s: %+v, %v", name, p, err)
			}
			if err := s.TranslateOrganisation(ctx, translator, x.id, x.seen, "th", map[string]string{"name": "น้อย"}); !errors.Is(err, sala.ErrNotFound) {
				t.Errorf("%s was translated: %v", name, err)
			}
		}
		quiet := shelter(t, s, func(o *directory.Organisation) { o.Reach, o.Short = directory.ReachNone, nil })
		p, all, err := s.OrganisationWordings(ctx, translator, quiet.ID, "th")
		if err != nil || len(all) != 2 || len(p.Safely) > 0 {
			t.Errorf("%+v, %v", all, err)
		}
		for _, key := range []string{"safely", "short", "note", "aliases"} {
			err := s.TranslateOrganisation(ctx, translator, quiet.ID, quiet.Changed, "th", map[string]string{key: "ก", "name": "บ้าน"})
			if bad, ok := errors.AsType[sala.Invalid](err); !ok || bad[0].Field != key || bad[0].Key != "studio.phrases.gone" {
				t.Errorf("words for %s: %v", key, err)
			}
		}
		if o := organisation(t, s, quiet.ID); o.Name["th"] != "" || !o.Changed.Equal(quiet.Changed) {
			t.Errorf("something was stored: %+v", o)
		}
		if o := organisation(t, s, quiet.ID); o.Safely["en"] != "Texts only" {
			t.Errorf("what readers are not told was lost: %+v", o)
		}
		// Translating keeps what readers are not told.
		if err := s.TranslateOrganisation(ctx, translator, quiet.ID, quiet.Changed, "th", map[string]string{"name": "บ้าน"}); err != nil {
			t.Fatal(err)
		}
		if o := organisation(t, s, quiet.ID); o.Safely["en"] != "Texts only" || o.Note != quiet.Note || o.Contact != quiet.Contact {
			t.Errorf("%+v", o)
		}
	})
}

// TestTranslateOrganisationRefused names the text that is wrong, and writes
// over nothing that was changed meanwhile.
func TestTranslateOrganisationRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), directory.NewStore(d)
		o := shelter(t, s, nil)
		for _, who := range []sala.Actor{{}, contributor} {
			if _, _, err := s.OrganisationWordings(ctx, who, o.ID, "th"); !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("for %q: %v", who.Name, err)
			}
			if err := s.TranslateOrganisation(ctx, who, o.ID, o.Changed, "th", map[string]string{"name": "ก"}); !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("by %q: %v", who.Name, err)
			}
		}
		if err := s.TranslateOrganisation(ctx, translator, o.ID, o.Changed.Add(-time.Hour), "th", map[string]string{"name": "ก"}); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("as it never was: %v", err)
		}
		for _, test := range []struct{ name, lang, field, words, key string }{
			{"the only name", "en", "name", "House", "studio.phrases.only"},
			{"the only name, away", "en", "name", "", "studio.phrases.only"},
			{"a name without letters", "th", "name", "\u200b\u200b", "studio.directory.name_bad"},
			{"a long name", "th", "name", strings.Repeat("ก", 301), "studio.directory.name_bad"},
			{"a long text", "th", "about", strings.Repeat("ก", 5001), "studio.directory.text_long"},
			{"a very long text", "th", "about", strings.Repeat("ก", 50_000), "studio.phrases.too_long"},
			{"no text", "th", "safely", "a\xff", "studio.phrases.not_text"},
			{"no language", "TH", "lang", "x", "studio.phrases.no_lang"},
		} {
			key := test.field
			if key == "lang" {
				key = "name"
			}
			err := s.TranslateOrganisation(ctx, translator, o.ID, o.Changed, sala.Lang(test.lang), map[string]string{key: test.words, "short": "ร"})
			if bad, ok := errors.AsType[sala.Invalid](err); !ok || bad[0].Field != test.field || bad[0].Key != test.key {
				t.Errorf("%s: %v", test.name, err)
			}
		}
		changed := o
		changed.Name, changed.About = sala.Text{"en": "House of the River"}, sala.Text{"en": "Beds and bread", "lo": "ຕຽງ"}
		if err := s.ChangeOrganisation(ctx, editor, changed, o.Changed); err != nil {
			t.Fatal(err)
		}
		sent := map[string]string{"name": "บ้าน", "about": "เตียง"}
		err := s.TranslateOrganisation(ctx, translator, o.ID, o.Changed, "th", sent)
		over, ok := errors.AsType[*phrase.Overtaken](err)
		if !ok {
			t.Fatalf("TranslateOrganisation = %v, want Overtaken", err)
		}
		if diff := cmp.Diff(&phrase.Overtaken{Mine: sent, Keys: []string{"name"}}, over); diff != "" {
			t.Errorf("overtaken (-want +got):\n%s", diff)
		}
		if err := s.TranslateOrganisation(ctx, translator, o.ID, o.Changed, "th", map[string]string{"about": "เตียง"}); err != nil {
			t.Fatal(err)
		}
		if now := organisation(t, s, o.ID); now.About["th"] != "เตียง" || now.About["lo"] == "" || now.Name["th"] != "" || now.Name["en"] != "House of the River" {
			t.Errorf("%+v", now)
		}
	})
}
