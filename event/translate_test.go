package event_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sala"
	"sala/event"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/phrase"
)

// wordings are the texts of an event as a translator gets them, by key.
func wordings(t *testing.T, s *event.Store, id sala.ID, lang sala.Lang, also ...sala.Lang) (event.Event, map[string]phrase.Wording) {
	t.Helper()
	e, list, err := s.Wordings(t.Context(), translator, id, lang, also...)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]phrase.Wording{}
	for _, w := range list {
		if all[w.Key].Key != "" {
			t.Errorf("two texts have the key %s", w.Key)
		}
		all[w.Key] = w
	}
	return e, all
}

// TestWordings gives every text that an event has, and no other, whatever its
// row; Said walks the same texts.
func TestWordings(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := event.NewStore(d)
		e := consultation()
		e.Appearances[0].Described, e.Appearances[1].Position, e.Appearances[1].Affiliation = nil, en("Fishers"), en("A crew")
		e.Counts[0].Words, e.Sessions[1].Title = en("who stayed"), en("In groups")
		e = published(t, s, e)
		_, got := wordings(t, s, e.ID, "my")
		var said, given []string
		for _, w := range got {
			given = append(given, w.Source)
		}
		e.Said(func(words string, lang sala.Lang) string {
			if lang == "en" && words != e.Counts[0].Source.Words {
				said = append(said, words)
			}
			return words
		})
		slices.Sort(said)
		slices.Sort(given)
		if diff := cmp.Diff(said, given); diff != "" {
			t.Errorf("an event says and a translator gets (-says +gets):\n%s", diff)
		}
		first := e.Appearances[0]
		want := map[string]phrase.Wording{
			"title": {Key: "title", Words: e.Title["my"], Source: e.Title["en"], From: "en", Langs: []sala.Lang{"en", "my"}},
			"about": {Key: "about", Source: e.About["en"], From: "en", Langs: []sala.Lang{"en"}, Prose: true},
			"session/" + string(e.Sessions[0].ID) + "/title":  {Source: "Policies and trends", From: "en", Langs: []sala.Lang{"en"}},
			"appearance/" + string(first.ID) + "/position":    {Source: "Vice Chairperson", From: "en", Langs: []sala.Lang{"en"}, Person: first.Person},
			"appearance/" + string(first.ID) + "/affiliation": {Source: "A federation", From: "en", Langs: []sala.Lang{"en"}, Person: first.Person},
		}
		for key, w := range want {
			w.Key = key
			if diff := cmp.Diff(w, got[key]); diff != "" {
				t.Errorf("%s (-want +got):\n%s", key, diff)
			}
		}
		if w, ok := got["appearance/"+string(first.ID)+"/described"]; ok {
			t.Errorf("a text that says nothing is given: %+v", w)
		}
		// The source is what was asked for first, and never the language itself.
		if _, got := wordings(t, s, e.ID, "th", "my"); got["title"].From != "my" || got["venue"].From != "en" {
			t.Errorf("from %q and %q", got["title"].From, got["venue"].From)
		}
		if _, got := wordings(t, s, e.ID, "en", "en"); got["title"].From != "my" || got["venue"].Source != "" || !got["venue"].Only("en") || got["title"].Only("en") {
			t.Errorf("%+v, %+v", got["title"], got["venue"])
		}
	})
}

// TestTranslate puts words into one language and changes nothing else.
func TestTranslate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		e := published(t, s, consultation())
		session, position := "session/"+string(e.Sessions[0].ID)+"/title", "appearance/"+string(e.Appearances[0].ID)+"/position"
		described := "appearance/" + string(e.Appearances[1].ID) + "/described"
		before, err := d.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]string{}
		_, now := wordings(t, s, e.ID, "th")
		for key, w := range now { // a form sends every field
			all[key] = w.Words
		}
		maps.Copy(all, map[string]string{"title": "  การหารือ\nเรื่องแรงงาน ", "about": "เพื่ออะไร\r\nต่อ", session: "นโยบาย", position: "รองประธาน", described: "ผู้กลับจากญี่ปุ่น"})
		if err := s.Translate(ctx, translator, e.ID, e.Version, "th", all); err != nil {
			t.Fatal(err)
		}
		want := e
		want.Title = sala.Text{"en": e.Title["en"], "my": e.Title["my"], "th": "การหารือ เรื่องแรงงาน"}
		want.About = sala.Text{"en": e.About["en"], "th": "เพื่ออะไร\nต่อ"}
		want.Sessions, want.Appearances = slices.Clone(e.Sessions), slices.Clone(e.Appearances)
		want.Sessions[0].Title = sala.Text{"en": "Policies and trends", "th": "นโยบาย"}
		want.Appearances[0].Position = sala.Text{"en": "Vice Chairperson", "th": "รองประธาน"}
		want.Appearances[1].Described = sala.Text{"en": "migrant returnees from Japan", "th": "ผู้กลับจากญี่ปุ่น"}
		want.Version++
		got, err := s.Event(ctx, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(event.Event{}, "Changed")); diff != "" {
			t.Errorf("translated (-want +got):\n%s", diff)
		}
		versions, err := s.Versions(ctx, editor, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if v := versions[0]; v.Number != e.Version+1 || v.By != "Translator" || v.Event.Title["th"] == "" {
			t.Errorf("its newest version is %d, by %s", v.Number, v.By)
		}
		if after, err := d.Version(ctx); err != nil || after <= before {
			t.Errorf("nothing was logged (%v)", err)
		}
		if list, err := s.Desk(ctx, editor, event.Filter{Words: "เรื่องแรงงาน"}); err != nil || list.Total != 1 {
			t.Errorf("found %d by its new title (%v)", list.Total, err)
		}

		// Sent once more as it stands, nothing is stored, and nothing logged.
		before, err = d.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Translate(ctx, translator, e.ID, got.Version, "th", map[string]string{"title": "การหารือ เรื่องแรงงาน", "venue": " "}); err != nil {
			t.Fatal(err)
		}
		again, err := s.Event(ctx, e.ID)
		if after, other := d.Version(ctx); err != nil || other != nil || again.Version != got.Version || after != before {
			t.Errorf("version %d after %d (%v, %v)", again.Version, got.Version, err, other)
		}
		// "" takes a translation away.
		if err := s.Translate(ctx, translator, e.ID, got.Version, "th", map[string]string{"title": " "}); err != nil {
			t.Fatal(err)
		}
		if got, err = s.Event(ctx, e.ID); err != nil || got.Title["th"] != "" || got.Title["en"] == "" || got.About["th"] == "" {
			t.Errorf("%v, %v (%v)", got.Title, got.About, err)
		}
	})
}

// TestTranslateRefuses names the text that is wrong and stores nothing, of
// the others either.
func TestTranslateRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		e := published(t, s, consultation())
		for _, who := range []sala.Actor{contributor, reader} {
			if _, _, err := s.Wordings(ctx, who, e.ID, "th"); !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("Wordings for a %s = %v", who.Role, err)
			}
			if err := s.Translate(ctx, who, e.ID, e.Version, "th", map[string]string{"title": "ก"}); !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("Translate by a %s = %v", who.Role, err)
			}
		}
		if err := s.Translate(ctx, translator, sala.NewID(), 1, "th", map[string]string{"title": "ก"}); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("of no event: %v", err)
		}
		if err := s.Translate(ctx, translator, e.ID, 77, "th", map[string]string{"title": "ก"}); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("of no version: %v", err)
		}
		for _, test := range []struct {
			name, lang, field, key, words, why string
		}{
			{"the last language of a title", "en", "venue", "venue", "", "only"},
			{"the only words, otherwise", "en", "venue", "venue", "Another hotel", "only"},
			{"too long", "th", "title", "title", strings.Repeat("ก", 400), "too_long"},
			{"a NUL", "th", "title", "title", "ก\x00", "not_text"},
			{"bytes that are no text", "th", "about", "about", "a\xff", "not_text"},
			{"no language", "thai", "lang", "title", "ก", "no_lang"},
			{"a language otherwise written", "TH", "lang", "title", "ก", "no_lang"},
			{"no text of that name", "th", "slug", "slug", "another", "gone"},
			{"a row that never was", "th", "session/" + string(sala.NewID()) + "/title", "", "ก", "gone"},
			{"a text that says nothing", "th", "session/" + string(e.Sessions[1].ID) + "/title", "", "ก", "gone"},
			{"a field that is no text", "th", "session/" + string(e.Sessions[0].ID) + "/day", "", "2018", "gone"},
		} {
			key := test.key
			if key == "" {
				key = test.field
			}
			err := s.Translate(ctx, translator, e.ID, e.Version, sala.Lang(test.lang), map[string]string{key: test.words, "city": "ย่างกุ้ง"})
			bad, ok := errors.AsType[sala.Invalid](err)
			if !ok || !slices.ContainsFunc(bad, func(f sala.FieldError) bool { return f.Field == test.field && f.Key == "studio.phrases."+test.why }) {
				t.Errorf("%s: %v, want %s of %s", test.name, err, test.why, test.field)
			}
		}
		if now, err := s.Event(ctx, e.ID); err != nil || now.Version != e.Version || now.City["th"] != "" {
			t.Errorf("something was stored: version %d, %v (%v)", now.Version, now.City, err)
		}
	})
}

// TestTranslateOvertaken writes over nothing that was changed meanwhile, and
// holds nobody up because something else was.
func TestTranslateOvertaken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		looked := published(t, s, consultation())
		session := "session/" + string(looked.Sessions[0].ID) + "/title"
		sent := map[string]string{"title": "ชื่อ", "venue": "", "city": "ย่างกุ้ง", session: "นโยบาย"}

		// An editor says the title and the session otherwise, names the venue in
		// Thai, and puts the city into Lao.
		e := looked
		e.Title = sala.Text{"en": "Consultation on Wages", "my": looked.Title["my"]}
		e.Sessions = slices.Clone(e.Sessions)
		e.Sessions[0].Title = sala.Text{"en": "Policies and trends", "th": "แนวโน้ม"}
		e.Venue, e.City = sala.Text{"en": "Sedona Hotel", "th": "โรงแรม"}, sala.Text{"en": "Yangon", "lo": "ຢ່າງກຸ້ງ"}
		e, err := s.Save(ctx, editor, e)
		if err != nil {
			t.Fatal(err)
		}
		err = s.Translate(ctx, translator, e.ID, looked.Version, "th", sent)
		over, ok := errors.AsType[*phrase.Overtaken](err)
		if !ok || !errors.Is(err, sala.ErrConflict) {
			t.Fatalf("Translate = %v, want Overtaken", err)
		}
		if diff := cmp.Diff(&phrase.Overtaken{Keys: []string{"title", session}, Mine: map[string]string{"title": "ชื่อ", "city": "ย่างกุ้ง", session: "นโยบาย"}}, over); diff != "" {
			t.Errorf("overtaken (-want +got):\n%s", diff)
		}
		if now, err := s.Event(ctx, e.ID); err != nil || now.Version != e.Version || now.City["th"] != "" {
			t.Errorf("something was stored (%v)", err)
		}
		// What nobody else has changed is stored, whatever else was: the venue
		// that the form had no words for keeps those it has now.
		if err := s.Translate(ctx, translator, e.ID, looked.Version, "th", map[string]string{"venue": "", "city": "ย่างกุ้ง"}); err != nil {
			t.Fatal(err)
		}
		now, err := s.Event(ctx, e.ID)
		if err != nil || now.City["th"] != "ย่างกุ้ง" || now.City["lo"] == "" || now.Venue["th"] != "โรงแรม" || now.Title["en"] != "Consultation on Wages" {
			t.Errorf("%+v (%v)", now, err)
		}
		// Whoever has seen it decides.
		if err := s.Translate(ctx, translator, e.ID, now.Version, "th", over.Mine); err != nil {
			t.Fatal(err)
		}
		if now, err = s.Event(ctx, e.ID); err != nil || now.Title["th"] != "ชื่อ" || now.Sessions[0].Title["th"] != "นโยบาย" {
			t.Errorf("%+v (%v)", now, err)
		}
		// A row that was taken out: its words are refused, unless it has none.
		gone := now
		gone.Sessions, gone.Appearances, gone.Materials = nil, nil, nil
		if _, err = s.Save(ctx, editor, gone); err != nil {
			t.Fatal(err)
		}
		err = s.Translate(ctx, translator, e.ID, now.Version, "th", map[string]string{session: "แนวนโยบาย", "about": "เพื่ออะไร"})
		bad, ok := errors.AsType[sala.Invalid](err)
		if !ok || len(bad) != 1 || bad[0].Field != session || bad[0].Key != "studio.phrases.gone" {
			t.Errorf("of a row that is gone: %v", err)
		}
		if err := s.Translate(ctx, translator, e.ID, now.Version, "th", map[string]string{session: "", "about": "เพื่ออะไร"}); err != nil {
			t.Error(err)
		}
		if now, err = s.Event(ctx, e.ID); err != nil || now.About["th"] == "" || len(now.Sessions) != 0 {
			t.Errorf("%+v (%v)", now, err)
		}
	})
}

// TestTranslateSeries goes by the same rules.
func TestTranslateSeries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		x, err := s.SetSeries(ctx, editor, event.Series{Name: en("Forum")})
		if err != nil {
			t.Fatal(err)
		}
		other, err := s.SetSeries(ctx, editor, event.Series{Name: en("Workshops")})
		if err != nil {
			t.Fatal(err)
		}
		key, second := "series/"+string(x.ID)+"/name", "series/"+string(other.ID)+"/name"
		put := func(by sala.Actor, looked map[string]sala.Text, words map[string]string) error {
			return s.TranslateSeries(ctx, by, "th", looked, words)
		}
		name := func() sala.Text {
			all, err := s.AllSeries(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, y := range all {
				if y.ID == x.ID {
					if y.Slug != x.Slug {
						t.Errorf("its address is %s now", y.Slug)
					}
					return y.Name
				}
			}
			return nil
		}
		if err := put(contributor, nil, map[string]string{key: "เวที"}); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("by a contributor: %v", err)
		}
		if err := put(translator, map[string]sala.Text{key: {"th": "", "en": "Forum"}, second: {"th": ""}}, map[string]string{key: "เวที", second: ""}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(sala.Text{"en": "Forum", "th": "เวที"}, name()); diff != "" {
			t.Error(diff)
		}
		list, err := s.SeriesWordings(ctx, translator, "th")
		want := []phrase.Wording{
			{Key: key, Words: "เวที", Source: "Forum", From: "en", Langs: []sala.Lang{"en", "th"}},
			{Key: second, Source: "Workshops", From: "en", Langs: []sala.Lang{"en"}},
		}
		if diff := cmp.Diff(want, list); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
		if _, err := s.SeriesWordings(ctx, contributor, "th"); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("for a contributor: %v", err)
		}
		over, ok := errors.AsType[*phrase.Overtaken](put(translator, map[string]sala.Text{key: {"th": ""}}, map[string]string{key: "ฟอรัม"}))
		if !ok || !slices.Equal(over.Keys, []string{key}) {
			t.Errorf("of words that were not looked at: %v", over)
		}
		for _, strange := range []string{"series/" + string(sala.NewID()) + "/name", "series/../name", "title"} {
			if _, ok := errors.AsType[sala.Invalid](put(translator, nil, map[string]string{strange: "ก"})); !ok {
				t.Errorf("%s was taken", strange)
			}
		}
		err = s.TranslateSeries(ctx, translator, "en", map[string]sala.Text{second: {"en": "Workshops"}}, map[string]string{second: ""})
		if bad, ok := errors.AsType[sala.Invalid](err); !ok || bad[0].Key != "studio.phrases.only" {
			t.Errorf("its last name: %v", err)
		}
		// Whoever translated another name than it has now is told.
		x.Name = sala.Text{"en": "River Forum", "th": "เวที"}
		if _, err := s.SetSeries(ctx, editor, x); err != nil {
			t.Fatal(err)
		}
		over, ok = errors.AsType[*phrase.Overtaken](put(translator, map[string]sala.Text{key: {"th": "เวที", "en": "Forum"}}, map[string]string{key: "ฟอรัม"}))
		if !ok || !slices.Equal(over.Keys, []string{key}) || over.Mine[key] != "ฟอรัม" {
			t.Errorf("of a source that has changed: %v", over)
		}
		if diff := cmp.Diff(x.Name, name()); diff != "" {
			t.Error(diff)
		}
		if err := put(translator, map[string]sala.Text{key: {"th": "เวที", "en": "River Forum"}}, map[string]string{key: ""}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(en("River Forum"), name()); diff != "" {
			t.Error(diff)
		}
	})
}
