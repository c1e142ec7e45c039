package site_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"regexp"
	"strings"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/network"
)

var admin = sala.Actor{ID: "a", Name: "Admin", Role: sala.Admin}

func (w *world) set(t testing.TB, f func(*network.Settings)) {
	t.Helper()
	err := w.db.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := w.network.Change(t.Context(), tx, admin, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var sheet = regexp.MustCompile(`(?s)<style>(.*?)</style>`)

// TestColours holds every style sheet of a page against its policy: one that
// is not named there would not count.
func TestColours(t *testing.T) {
	fonts := -1
	w := open(t)
	for _, test := range []struct {
		colours network.Colours
		want    string
		theme   string
	}{
		{network.Colours{}, "", "#06393d"},
		{network.Colours{Roof: "#4a1030"}, ":root{--roof:#4a1030;}", "#4a1030"},
		{network.Colours{Roof: "#4a1030", Edge: "#ffffff"}, ":root{--roof:#4a1030;--gold:#ffffff;}", "#4a1030"},
	} {
		w.set(t, func(set *network.Settings) { set.Colours = test.colours })
		for _, path := range []string{"/en/", "/en/archive/", "/en/search?q=fee", "/en/no-such-page"} {
			rec := w.get(path)
			policy, body := rec.Header().Get("Content-Security-Policy"), rec.Body.String()
			if icon := "<link rel=\"icon\" href=\"data:image/svg+xml,"; !strings.Contains(body, icon) || !strings.Contains(body, "fill=&#39;%23"+test.theme[1:]) {
				t.Errorf("%s in %+v has no icon for the tab, so browsers ask for one", path, test.colours)
			}
			sheets := sheet.FindAllStringSubmatch(body, -1)
			if test.want == "" && len(sheets) != 1 || test.want != "" && (len(sheets) != 2 || sheets[1][1] != test.want) {
				t.Errorf("%s in %+v has %d style sheets", path, test.colours, len(sheets))
			}
			for _, s := range sheets {
				sum := sha256.Sum256([]byte(s[1]))
				if !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
					t.Errorf("%s in %+v: the policy %q does not name a style sheet", path, test.colours, policy)
				}
			}
			// Beside its own a policy names those of the fonts that the program was
			// built with, the same on each page.
			named := strings.Count(policy, "sha256-") - len(sheets)
			if fonts < 0 {
				fonts = named
			}
			if strings.Contains(policy, "unsafe") || named != fonts || fonts > 4 {
				t.Errorf("%s: policy %q", path, policy)
			}
			if !strings.Contains(body, `<meta name="theme-color" content="`+test.theme+`"`) {
				t.Errorf("%s does not say its colour %s", path, test.theme)
			}
		}
	}
}

// TestLogo shows the picture before the name while it may be shown.
func TestLogo(t *testing.T) {
	w := open(t)
	m := image.NewRGBA(image.Rect(0, 0, 400, 200))
	for i := range m.Pix {
		m.Pix[i] = byte(i * 7)
	}
	m.Set(0, 0, color.Black)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	f, err := w.media.Add(t.Context(), admin, "logo.png", &b)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.media.MakeRenditions(t.Context(), f.Hash); err != nil {
		t.Fatal(err)
	}
	w.set(t, func(set *network.Settings) { set.Logo = f.ID })
	shown := func() string {
		return regexp.MustCompile(`<img class="logo" src="([^"]*)" alt="" width="\d+" height="\d+">`).FindString(w.get("/en/").Body.String())
	}
	if got := shown(); got != "" {
		t.Errorf("a logo that is not public is shown: %s", got)
	}
	if err := w.media.SetPeople(t.Context(), admin, f.ID, false); err != nil {
		t.Fatal(err)
	}
	if err := w.media.SetPublic(t.Context(), admin, f.ID, true); err != nil {
		t.Fatal(err)
	}
	got := shown()
	if got == "" {
		t.Fatal("the logo is not shown")
	}
	if rec := w.get(hrefs(got)[0]); rec.Code != 200 {
		t.Errorf("the logo's address %s: %d", hrefs(got)[0], rec.Code)
	}
	w.set(t, func(set *network.Settings) { set.Logo = sala.NewID() })
	if rec := w.get("/en/"); rec.Code != 200 || shown() != "" {
		t.Errorf("a logo that does not exist: %d %q", rec.Code, shown())
	}
}
