package site_test

import (
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"sala"
	"sala/internal/db"
	"sala/internal/i18n"
	"sala/network"
	"sala/search"
	"sala/site"
)

func (w *world) setLangs(t *testing.T, langs ...sala.Lang) {
	t.Helper()
	err := w.db.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := w.network.Change(t.Context(), tx, sala.Machine("test"), func(set *network.Settings) { set.Langs, set.Default = langs, langs[0] })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestAcceptLanguage sends readers to the first language of theirs that the
// site has, whatever stands in the header.
func TestAcceptLanguage(t *testing.T) {
	w := open(t)
	w.setLangs(t, "en", "my", "th", "id", "fil", "tet", "zh-Hant", "ms")
	for _, test := range []struct{ header, want string }{
		{"", "en"}, {"*", "en"}, {"my", "my"}, {"MY-mm", "my"}, {"my_MM", "my"}, {"my-Qaag", "my"},
		{"zh-HK", "zh-Hant"}, {"zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"}, {"zh-CN,en;q=0.1", "zh-Hant"},
		{"id-u-rg-mmzzzz", "id"}, {"in-ID", "id"}, {"tl", "fil"}, {"tl-PH,en;q=0.5", "fil"}, {"fil-PH", "fil"}, {"tet-TL", "tet"}, {"zsm", "ms"},
		{"en;q=0.1, th;q=0.9", "th"}, {"en;q=0.5,th;q=0.5", "en"}, {"th;q=0, my;q=0.1", "my"}, {"th;q=0", "en"}, {"en;q=0", "my"}, {"en;q=0, *;q=0.5", "my"},
		{"en;q=0, my;q=0, th", "th"}, {"fr, de;q=0.8, th;q=0.2", "th"}, {"fr", "en"}, {"x-klingon", "en"}, {"und", "en"}, {"th;q=2", "th"}, {"th;q=x, my", "my"},
		{",,;q=1,th", "th"}, {"\xff\xfe,th", "th"}, {"<script>,my", "my"}, {strings.Repeat("xx,", 500) + "th", "th"}, {strings.Repeat("a", 5000) + ",my", "my"},
	} {
		rec := w.get("/", "Accept-Language", test.header)
		if got := rec.Header().Get("Location"); rec.Code != 302 || got != "/"+test.want+"/" {
			t.Errorf("Accept-Language %.40q: %d %s, want /%s/", test.header, rec.Code, got, test.want)
		}
		if rec.Header().Get("Vary") != "Accept-Language" {
			t.Errorf("Accept-Language %.40q: Vary %q", test.header, rec.Header().Get("Vary"))
		}
	}
}

// TestIndonesian serves the one language whose tag is also the room of ids.
func TestIndonesian(t *testing.T) {
	w := open(t)
	work := w.some(t, "en", "my")
	w.setLangs(t, "en", "id")
	for path, want := range map[string]int{"/id/": 200, "/id/search": 200, "/id/archive/": 200, "/id": 301, "/id/" + string(work.ID): 303, "/id/nothing": 404} {
		if rec := w.get(path); rec.Code != want {
			t.Errorf("%s: %d, want %d", path, rec.Code, want)
		}
	}
}

// TestSwitchKeepsThePage changes the language of a narrowed list, a search and
// a stretch of the archive.
func TestSwitchKeepsThePage(t *testing.T) {
	w := open(t)
	work := w.some(t, "en", "my")
	for _, test := range []struct{ path, want string }{
		{"/en/archive/?kind=statement&year=2019", "/th/archive/?kind=statement&amp;year=2019"},
		{"/en/archive/activities/?lang=my", "/th/archive/activities/?lang=my"},
		{"/en/archive/?q=wages", "/th/archive/?q=wages"},
		{"/en/archive/?before=" + string(work.ID) + "&page=2", "/th/archive/?before=" + string(work.ID) + "&amp;page=2"},
		{"/en/search?q=wages+and+work", "/th/search?q=wages+and+work"},
		{"/en/search?q=wages&lang=en", "/th/search?lang=en&amp;q=wages"},
		{"/en/archive/", `/th/archive/"`},
		{address(in(work, "en")) + "?hl=km", "/my/" + address(in(work, "my"))[4:9] + url.PathEscape(in(work, "my").Slug) + `"`},
	} {
		if body := w.get(test.path).Body.String(); !strings.Contains(body, `href="`+test.want) {
			t.Errorf("%s: no link to %s", test.path, test.want)
		}
	}
}

// TestYearsAsReadersWriteThem narrows the archive by years in other digits and
// of the Buddhist era, and shows them as each language counts.
func TestYearsAsReadersWriteThem(t *testing.T) {
	w := open(t)
	want := w.get("/th/archive/?year=2019").Body.String()
	for _, year := range []string{"๒๐๑๙", "2562", "๒๕๖๒", "၂၀၁၉", "២០១៩", "໒໐໑໙", "２０１９"} {
		if got := w.get("/th/archive/?year=" + year).Body.String(); got != want {
			t.Errorf("?year=%s is another page than ?year=2019", year)
		}
	}
	for lang, says := range map[string]string{"th": "<h2>พ.ศ. 2562</h2>", "my": "<h2>၂၀၁၉</h2>", "ja": "<h2>2019年</h2>", "en": "<h2>2019</h2>", "km": "<h2>2019</h2>"} {
		if body := w.get("/" + lang + "/archive/?year=2019").Body.String(); !strings.Contains(body, says) {
			t.Errorf("/%s/archive/?year=2019 does not say %s", lang, says)
		}
	}
	for _, year := range []string{"x", "0", "-1", "20190", "๒๕๖๒x", "2019 2020"} {
		if rec := w.get("/th/archive/?year=" + strings.ReplaceAll(year, " ", "+")); rec.Code != 404 {
			t.Errorf("?year=%s: %d, want 404", year, rec.Code)
		}
	}
}

// TestNoticeInBothLanguages reads the notice of a missing edition.
func TestNoticeInBothLanguages(t *testing.T) {
	w := open(t)
	work := w.some(t, "my")
	my := in(work, "my")
	body := strings.ReplaceAll(w.get(address(my)+"?hl=ja").Body.String(), "<wbr>", "")
	for _, want := range []string{
		`<html lang="ja">`, "<p>日本語版はまだありません。ミャンマー語の本文を表示しています。</p>", `<p lang="my">ဂျပန် ဘာသာဖြင့် မရှိသေးပါ။ ဤသည်မှာ မြန်မာ ဘာသာ စာသားဖြစ်သည်။</p>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
}

// TestUnfinishedLanguage serves a language of which a few words are
// translated: the others are English ones, and say so.
func TestUnfinishedLanguage(t *testing.T) {
	w := open(t)
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	if faults := words.Add(fstest.MapFS{"shn.json": {Data: []byte(`{"language": "လိၵ်ႈတႆး", "nav.search": "သွၵ်ႈႁႃ", "archive.title": "ၶေႃႈမုၼ်း"}`)}}); len(faults) > 0 {
		t.Fatal(faults)
	}
	s, err := site.New(site.Config{
		DB: w.db, Archive: w.archive, Events: w.events, Media: w.media, Network: w.network, Search: search.New(w.db, search.Works{Archive: w.archive}), Words: words, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.handler = s.Handler()
	w.setLangs(t, "en", "shn", "kac")
	body := w.get("/shn/archive/").Body.String()
	for _, want := range []string{
		`<html lang="shn">`, ">သွၵ်ႈႁႃ</a>", "<h1>ၶေႃႈမုၼ်း</h1>", `>လိၵ်ႈတႆး</a>`, `<span lang="en">Skip to the text</span>`, `aria-label="Main menu"`, "<title>ၶေႃႈမုၼ်း – ",
		`<span lang="en">Everything the network has published, newest first.</span>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the Shan archive does not hold %s", want)
		}
	}
	for _, path := range []string{"/shn/", "/shn/archive/", "/shn/search?q=x", "/shn/nothing", "/shn/feed.atom", "/shn/archive/feed.json", address(in(w.some(t, "en"), "en")) + "?hl=shn"} {
		body := w.get(path).Body.String()
		if strings.ContainsAny(body, "\ufdd0\ufdd1") {
			t.Errorf("%s still holds a sign of ours", path)
		}
		if strings.Count(body, "<span") != strings.Count(body, "</span>") {
			t.Errorf("%s: spans that do not close", path)
		}
	}
	// A language with no catalogue at all has an English interface, which says so.
	if body := w.get("/kac/").Body.String(); !strings.Contains(body, `<html lang="en">`) || strings.Contains(body, `<span lang="en">Skip`) {
		t.Error("the interface of a language without a catalogue is not plain English")
	}
}

// TestSignsInATextAreHarmless puts the signs that mark English words into a
// text of somebody else.
func TestSignsInATextAreHarmless(t *testing.T) {
	w := open(t)
	for _, q := range []string{"\ufdd0x\ufdd1", "\ufdd0<b>\ufdd1", "\ufdd1\ufdd0", "\ufdd0"} {
		body := w.get("/th/search?q=" + strings.NewReplacer("<", "%3C", ">", "%3E").Replace(q)).Body.String()
		if strings.Contains(body, "<b>") || strings.Count(body, "<span") != strings.Count(body, "</span>") {
			t.Errorf("%s: %s", fmt.Sprintf("%q", q), "the page is broken")
		}
	}
}
