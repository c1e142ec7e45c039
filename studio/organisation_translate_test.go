package studio

import (
	"net/http"
	"strings"
	"testing"

	"sala"
	"sala/directory"
)

// TestOrganisationTranslated puts an organisation into a language, as a
// translator who may not see the directory.
func TestOrganisationTranslated(t *testing.T) {
	o := opened(t, withDirectory)
	ctx := t.Context()
	add := func(x directory.Organisation) sala.ID {
		t.Helper()
		x.Kind = directory.NGO
		id, err := o.Directory.AddOrganisation(ctx, by(sala.Editor), x)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	id := add(directory.Organisation{Name: sala.Text{"en": "River House"}, About: sala.Text{"en": "Beds <and> bread"}, Safely: sala.Text{"en": "Texts only"}, Note: "Ask for Noi", Contact: directory.Contact{Place: "9 Quiet Lane"}, Reach: directory.ReachWeb})
	secret := add(directory.Organisation{Name: sala.Text{"en": "Safe House"}, Unlisted: true})
	quiet := add(directory.Organisation{Name: sala.Text{"en": "Quiet House"}, Safely: sala.Text{"en": "Knock twice"}, Reach: directory.ReachNone})
	at := organisationTranslateAt(id) + "th"
	for _, address := range []string{"/studio/organisations", at} {
		o.sees(o.get(sala.Contributor, address), http.StatusNotFound)
	}
	o.sees(o.post(sala.Contributor, at, "version", "1", "name", "ก"), http.StatusNotFound)
	for _, address := range []string{organisationTranslateAt(id) + "vi", organisationTranslateAt(secret) + "th", organisationTranslateAt(sala.NewID()) + "th", "/studio/organisations?after=" + string(secret)} {
		o.sees(o.get(sala.Translator, address), http.StatusNotFound)
	}
	o.sees(o.post(sala.Translator, organisationTranslateAt(secret)+"th", "version", "1", "name", "ก"), http.StatusNotFound)

	list, page := o.get(sala.Translator, "/studio/organisations"), o.get(sala.Translator, at)
	o.sees(list, http.StatusOK, "River House", `href="`+at+`"`, "th 0/3", "en 3/3", "2 organisations")
	o.sees(page, http.StatusOK, "River House", "Beds &lt;and&gt; bread", "Texts only")
	hushed := o.get(sala.Translator, organisationTranslateAt(quiet)+"th")
	o.sees(hushed, http.StatusOK, "Quiet House")
	for _, w := range []string{list.Body.String(), page.Body.String(), hushed.Body.String()} {
		for _, untold := range []string{"Safe House", "Noi", "Quiet Lane", "Knock", "/studio/directory/"} {
			if strings.Contains(w, untold) {
				t.Errorf("a translator is told %q", untold)
			}
		}
	}
	o.sees(o.get(sala.Editor, entryPath(sala.Ref{Kind: sala.KindOrganisation, ID: id})), http.StatusOK, `href="`+organisationTranslateAt(id))
	if w := o.get(sala.Editor, entryPath(sala.Ref{Kind: sala.KindOrganisation, ID: secret})); strings.Contains(w.Body.String(), "/translate/") {
		t.Error("one that is not listed is offered to be translated")
	}

	form, late := phraseForm(t, page), phraseForm(t, page)
	form.Set("name", "บ้านริมน้ำ")
	form.Set("safely", "ส่งข้อความเท่านั้น")
	if w := o.form(sala.Translator, at, form); w.Code != http.StatusSeeOther || w.Header().Get("Location") != at {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	stored := func() directory.Organisation {
		t.Helper()
		x, err := o.Directory.Organisation(ctx, by(sala.Editor), id)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	if x := stored(); x.Name["th"] != "บ้านริมน้ำ" || x.Safely["th"] != "ส่งข้อความเท่านั้น" || x.Name["en"] != "River House" || x.Note != "Ask for Noi" || x.Contact.Place != "9 Quiet Lane" {
		t.Errorf("%+v", x)
	}
	late.Set("name", "บ้านแม่น้ำ")
	late.Set("about", "เตียง")
	w := o.form(sala.Translator, at, late)
	o.sees(w, http.StatusConflict, "Somebody else has changed texts", ">บ้านแม่น้ำ</textarea>", ">เตียง</textarea>", ">ส่งข้อความเท่านั้น</textarea>")
	if x := stored(); x.Name["th"] != "บ้านริมน้ำ" || x.About["th"] != "" {
		t.Errorf("something was stored: %+v", x)
	}
	if w := o.form(sala.Translator, at, phraseForm(t, w)); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if x := stored(); x.Name["th"] != "บ้านแม่น้ำ" || x.About["th"] != "เตียง" || x.Safely["th"] == "" {
		t.Errorf("%+v", x)
	}
	long := phraseForm(t, o.get(sala.Translator, at))
	long.Set("name", strings.Repeat("ก", 301))
	long.Set("about", "ขนมปัง")
	o.sees(o.form(sala.Translator, at, long), http.StatusUnprocessableEntity, `aria-invalid="true"`, strings.Repeat("ก", 301), ">ขนมปัง</textarea>")
	o.sees(o.post(sala.Translator, at, "version", "now", "name", "ก"), http.StatusBadRequest)

	// Of one that was merged it leads to what it is now; one that is no longer
	// listed is not there.
	if err := o.Directory.Merge(ctx, by(sala.Editor), quiet, id); err != nil {
		t.Fatal(err)
	}
	if w := o.get(sala.Translator, organisationTranslateAt(quiet)+"th"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != at {
		t.Errorf("%d %s", w.Code, w.Header().Get("Location"))
	}
	open := phraseForm(t, o.get(sala.Translator, at))
	x := stored()
	x.Unlisted = true
	if err := o.Directory.ChangeOrganisation(ctx, by(sala.Editor), x, x.Changed); err != nil {
		t.Fatal(err)
	}
	open.Set("name", "บ้าน")
	if w := o.form(sala.Translator, at, open); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "River") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestOrganisationsPaged walks all stretches of the list and meets each once.
func TestOrganisationsPaged(t *testing.T) {
	o := opened(t, withDirectory)
	want := map[string]bool{}
	for i := range directoryRows + 3 {
		id, err := o.Directory.AddOrganisation(t.Context(), by(sala.Editor), directory.Organisation{Name: sala.Text{"en": "House " + strings.Repeat("i", i+1)}, Kind: directory.NGO})
		if err != nil {
			t.Fatal(err)
		}
		want[organisationTranslateAt(id)+"en"] = true
	}
	met := 0
	for at, pages := "/studio/organisations", 0; at != ""; pages++ {
		if pages > 2 {
			t.Fatal("the list does not end")
		}
		body := o.get(sala.Translator, at).Body.String()
		for address := range want {
			met += strings.Count(body, `class="tick ok" href="`+address+`"`)
		}
		_, next, more := strings.Cut(body, `rel="next" href="`)
		if at = ""; more {
			at, _, _ = strings.Cut(next, `"`)
		}
	}
	if met != len(want) {
		t.Errorf("met %d of %d", met, len(want))
	}
}
