package studio_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/richtext"
	"sala/internal/xliff"
)

const words = "Employers pay the [recruitment fee](https://example.org/fee).\n\n## Demands\n\nNobody keeps a passport."

// begun is a work whose Thai translation has been begun, at its address.
func (h *office) begun() (base string, work, source, edition sala.ID) {
	h.t.Helper()
	work, source = h.aText("A statement", doc(words))
	base = "/studio/translate/" + string(work) + "/th"
	if w := h.post(sala.Translator, base+"/begin", url.Values{"source": {string(source)}}); w.Code != http.StatusSeeOther {
		h.t.Fatalf("begin: %d %s", w.Code, w.Body)
	}
	all, err := h.archive.TranslationsOf(h.t.Context(), anEditor, work)
	if err != nil || len(all) != 2 {
		h.t.Fatal(all, err)
	}
	return base, work, source, all[1].ID
}

// ids are the fields of the segments of the text, in its order.
func fields(d richtext.Doc) []string {
	var all []string
	for _, s := range d.Segments() {
		all = append(all, "t"+s.ID)
	}
	return all
}

func TestTranslateFromTheFirstWord(t *testing.T) {
	each(t, func(h *office) {
		base, _, source, edition := h.begun()
		f := fields(doc(words))
		s := h.read(h.get(sala.Translator, base))
		for _, want := range []string{"A statement", "⟦1⟧recruitment fee⟦/1⟧", "the glossary says ค่าธรรมเนียมการจัดหางาน", "Only what is missing (5)", "link https://example.org/fee (must stay)"} {
			if !strings.Contains(s.Text, want) {
				t.Errorf("the screen has no %q: %s", want, s.Text)
			}
		}
		// What is wrong is refused beside its segment, the rest is kept.
		typed := with(s.Fields, "t.title", "แถลงการณ์", "t.summary", "สรุป", f[0], "นายจ้างจ่าย", f[1], "ข้อเรียกร้อง", f[2], "⟦3⟧x⟦/3⟧", "do", "finish")
		w := h.post(sala.Translator, base, typed)
		s = h.read(w)
		if w.Code != http.StatusUnprocessableEntity || s.Fields.Get(f[0]) != "นายจ้างจ่าย" || s.Fields.Get(f[1]) != "ข้อเรียกร้อง" ||
			!strings.Contains(s.Text, "The mark ⟦1⟧ (link https://example.org/fee) is missing.") || !strings.Contains(s.Text, "It has a mark ⟦3⟧ that the source does not have.") {
			t.Fatalf("refused: %d %v %s", w.Code, s.Fields, s.Text)
		}
		again := h.read(h.get(sala.Translator, base))
		if again.Fields.Get(f[1]) != "ข้อเรียกร้อง" || again.Fields.Get(f[0]) != "" || again.Fields.Get("t.title") != "แถลงการณ์" {
			t.Errorf("kept: %v", again.Fields)
		}
		// Not all is there, so it is not up to date.
		w = h.post(sala.Translator, base, with(again.Fields, "do", "finish", "uptodate", "1"))
		if s = h.read(w); w.Code != http.StatusUnprocessableEntity || !strings.Contains(s.Text, "Some segments are not translated yet") {
			t.Errorf("unfinished: %d %s", w.Code, s.Text)
		}
		w = h.post(sala.Translator, base, with(s.Fields, f[0], "นายจ้างจ่าย⟦1⟧ค่าธรรมเนียม⟦/1⟧", f[2], "ไม่มีใครยึดหนังสือเดินทาง", "do", "submit", "uptodate", "1"))
		if w.Code != http.StatusSeeOther {
			t.Fatalf("hand in: %d %s", w.Code, h.read(w).Text)
		}
		x, err := h.archive.Translation(t.Context(), anEditor, edition)
		if err != nil || x.Text.Number != 1 || x.Edition.Stage != archive.InReview || x.Edition.SourceRev != 1 {
			t.Fatalf("%+v, %v", x.Edition, err)
		}
		for i, b := range x.Text.Body.Blocks {
			if b.Attrs.ID != x.Now.Body.Blocks[i].Attrs.ID || b.Attrs.Lang != "" {
				t.Errorf("block %d is %+v", i, b.Attrs)
			}
		}
		if s = h.read(h.get(sala.Translator, base)); !strings.Contains(s.Text, "Handed in. An editor will read it.") || !strings.Contains(s.Text, "missing (0)") {
			t.Errorf("after: %s", s.Text)
		}
		// One passage of the source changes: exactly it is marked, with the words.
		changed := x.Now.Body
		changed.Blocks[2].Content[0].Text = "Nobody ever keeps a passport."
		if _, err := h.archive.Revise(t.Context(), anEditor, source, 1, archive.Text{Title: "A statement", Summary: "In short.", Body: changed}); err != nil {
			t.Fatal(err)
		}
		w = h.get(sala.Translator, base+"?show=changed")
		s = h.read(w)
		if len(s.Fields) != 3 || s.Fields.Get(f[2]) == "" || !strings.Contains(w.Body.String(), "<ins>ever") || !strings.Contains(s.Text, "Only what changed (1)") {
			t.Errorf("changed: %v %s", s.Fields, s.Text)
		}
		w = h.post(sala.Translator, base, with(s.Fields, f[2], "ไม่มีใครเคยยึด", "do", "finish", "uptodate", "1"))
		if x, err = h.archive.Translation(t.Context(), anEditor, edition); w.Code != http.StatusSeeOther || err != nil || x.Edition.SourceRev != 2 || x.Edition.Behind != 0 || x.Text.Number != 2 {
			t.Errorf("brought up to date: %d %+v %v", w.Code, x.Edition, err)
		}
	})
}

// Two people, and one with two windows: nobody's words are lost.
func TestTranslateClash(t *testing.T) {
	each(t, func(h *office) {
		base, _, _, edition := h.begun()
		mine, other := h.read(h.get(sala.Translator, base)).Fields, h.read(h.get(sala.Editor, base)).Fields
		if w := h.post(sala.Editor, base, with(other, "t.title", "ของบรรณาธิการ", "do", "finish")); w.Code != http.StatusSeeOther {
			t.Fatal(w.Code)
		}
		w := h.post(sala.Translator, base, with(mine, "t.title", "ของผู้แปล", "do", "finish"))
		s := h.read(w)
		if w.Code != http.StatusConflict || s.Fields.Get("t.title") != "ของผู้แปล" || !strings.Contains(s.Text, "A editor has saved another text meanwhile") || !strings.Contains(s.Text, "ของบรรณาธิการ") {
			t.Fatalf("%d %v %s", w.Code, s.Fields, s.Text)
		}
		if w = h.post(sala.Translator, base, with(s.Fields, "t.title", "ของทั้งสอง", "do", "finish")); w.Code != http.StatusSeeOther {
			t.Errorf("once both were seen: %d %s", w.Code, h.read(w).Text)
		}
		if r, err := h.archive.NewestRevision(t.Context(), anEditor, edition); err != nil || r.Number != 2 || r.Title != "ของทั้งสอง" {
			t.Errorf("%+v %v", r, err)
		}
		one, two := h.read(h.get(sala.Translator, base)).Fields, h.read(h.get(sala.Translator, base)).Fields
		h.post(sala.Translator, base, with(one, "t.title", "หน้าต่างหนึ่ง", "do", "save"))
		s = h.read(h.post(sala.Translator, base, with(two, "t.title", "หน้าต่างสอง", "do", "save")))
		if s.Status != http.StatusConflict || s.Fields.Get("t.title") != "หน้าต่างสอง" || !strings.Contains(s.Text, "หน้าต่างหนึ่ง") {
			t.Errorf("another window: %d %s", s.Status, s.Text)
		}
	})
}

func (h *office) sendFile(as sala.Role, path string, b []byte) screen {
	h.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile("file", "back")
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := part.Write(b); err != nil {
		h.t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		h.t.Fatal(err)
	}
	return h.read(h.send(as, http.MethodPost, path, m.FormDataContentType(), &body))
}

func TestFilesGoOutAndComeBack(t *testing.T) {
	each(t, func(h *office) {
		base, _, source, edition := h.begun()
		f := fields(doc(words))
		s := h.read(h.get(sala.Translator, base))
		h.post(sala.Translator, base, with(s.Fields, "t.title", "แถลงการณ์", f[0], "จ่าย⟦1⟧ค่า⟦/1⟧", "do", "save"))
		before, err := h.archive.Draft(t.Context(), h.whoIs(sala.Translator), edition)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{}
		for _, kind := range []string{".xlf", ".docx"} {
			w := h.get(sala.Translator, base+kind)
			if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Disposition"), kind) {
				t.Fatalf("%s: %d", kind, w.Code)
			}
			files[kind] = bytes.Clone(w.Body.Bytes())
			back := h.sendFile(sala.Translator, base+"/file", files[kind])
			if back.Status != http.StatusOK || !strings.Contains(back.Text, "0 segments were taken") {
				t.Errorf("%s comes back: %d %s", kind, back.Status, back.Text)
			}
		}
		after, err := h.archive.Draft(t.Context(), h.whoIs(sala.Translator), edition)
		if err != nil || !after.Saved.Equal(before.Saved) || string(after.Body.JSON()) != string(before.Body.JSON()) {
			t.Errorf("the round trip changed something: %v", err)
		}
		// The right segments are taken, the wrong ones refused with the words.
		file, err := xliff.Read(bytes.NewReader(files[".xlf"]))
		if err != nil {
			t.Fatal(err)
		}
		for i, u := range file.Units {
			switch "t" + u.ID {
			case f[0]:
				file.Units[i].Target = []richtext.Fragment{{Text: "ลิงก์หายไป"}}
			case f[1]:
				file.Units[i].Target = []richtext.Fragment{{Text: "ข้อเรียกร้อง"}}
			}
		}
		file.Units = append(file.Units, xliff.Unit{ID: "zzzz", Target: []richtext.Fragment{{Text: "ที่อื่น"}}})
		for kind, b := range map[string][]byte{"xliff": writeXLIFF(t, file), "word": writeWord(t, file)} {
			back := h.sendFile(sala.Translator, base+"/file", b)
			for _, want := range []string{"2 segments were not taken", "ลิงก์หายไป", "The mark ⟦1⟧ (link https://example.org/fee) is missing.", "zzzz: The text has no such segment.", "ที่อื่น"} {
				if !strings.Contains(back.Text, want) {
					t.Errorf("%s: no %q in %s", kind, want, back.Text)
				}
			}
			if back.Status != http.StatusUnprocessableEntity || back.Fields.Get(f[1]) != "ข้อเรียกร้อง" || back.Fields.Get(f[0]) != "จ่าย⟦1⟧ค่า⟦/1⟧" {
				t.Errorf("%s: %d %v", kind, back.Status, back.Fields)
			}
		}
		// Since it went out the source has changed.
		if _, err := h.archive.Revise(t.Context(), anEditor, source, 1, archive.Text{Title: "Another title", Body: doc(words)}); err != nil {
			t.Fatal(err)
		}
		if back := h.sendFile(sala.Translator, base+"/file", files[".xlf"]); !strings.Contains(back.Text, "made from version 1 of the source, which is at 2 now: 1 passage has changed since") {
			t.Errorf("older: %s", back.Text)
		}
		for name, test := range map[string]struct{ b, want string }{
			"another text":     {strings.Replace(string(files[".xlf"]), "edition/", "edition/0", 1), "This file belongs to another text"},
			"no such revision": {strings.Replace(string(files[".xlf"]), `@1"`, `@9"`, 1), "The file names version 9 of the source; the newest is 2."},
			"another language": {strings.Replace(string(files[".xlf"]), `trgLang="th"`, `trgLang="my"`, 1), "This file belongs to another text"},
			"broken":           {string(files[".xlf"])[:200], "The file cannot be read"},
			"nothing":          {"PK", "The file cannot be read"},
		} {
			if back := h.sendFile(sala.Translator, base+"/file", []byte(test.b)); back.Status != http.StatusUnprocessableEntity || !strings.Contains(back.Text, test.want) {
				t.Errorf("%s: %d %s", name, back.Status, back.Text)
			}
		}
	})
}

func writeXLIFF(t *testing.T, f xliff.File) []byte {
	t.Helper()
	for i := range f.Units {
		f.Units[i].Codes = make([]richtext.Segcode, 9)
	}
	var b bytes.Buffer
	if err := xliff.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func writeWord(t *testing.T, f xliff.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := xliff.WriteWord(&b, f, "how"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// whoIs is the user of a role, as stores know them.
func (h *office) whoIs(r sala.Role) sala.Actor {
	h.t.Helper()
	id, err := h.userID(r)
	if err != nil {
		h.t.Fatal(err)
	}
	return sala.Actor{ID: id, Name: "A " + r.String(), Role: r}
}

func TestTranslatorLink(t *testing.T) {
	each(t, func(h *office) {
		base, _, _, edition := h.begun()
		if w := h.post(sala.Editor, base+"/links", url.Values{"name": {""}, "until": {"1999-01-01"}}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(h.read(w).Text, "Say who the link is for.") {
			t.Errorf("a link for nobody: %d", w.Code)
		}
		day := h.db.Now().Add(48 * time.Hour).UTC().Format(time.DateOnly)
		w := h.post(sala.Editor, base+"/links", url.Values{"name": {"Daw Hla"}, "until": {day}})
		_, rest, ok := strings.Cut(w.Body.String(), "/studio/t/")
		token, _, _ := strings.Cut(rest, "<")
		if !ok || len(token) != 43 {
			t.Fatalf("the link: %d %q", w.Code, token)
		}
		room := "/studio/t/" + token
		w = h.get(sala.Reader, room)
		s := h.read(w)
		if w.Code != http.StatusOK || w.Header().Get("Set-Cookie") != "" || w.Header().Get("Referrer-Policy") != "no-referrer" || w.Header().Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %v", w.Code, w.Header())
		}
		if strings.Contains(s.Text, "Overview") || strings.Contains(s.Text, "Links for outside translators") || slices.ContainsFunc(s.Links, func(l string) bool {
			return strings.HasPrefix(l, "/studio/") && !strings.HasPrefix(l, room)
		}) {
			t.Errorf("a guest sees more than the text: %v", s.Links)
		}
		f := fields(doc(words))
		w = h.post(sala.Reader, room, with(s.Fields, "t.title", "ชื่อ", f[1], "ข้อเรียกร้อง", "do", "save"))
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), room) {
			t.Fatalf("save: %d %s", w.Code, w.Header().Get("Location"))
		}
		if s = h.read(h.get(sala.Reader, w.Header().Get("Location"))); !strings.Contains(s.Text, "Saved as your working copy.") || s.Fields.Get(f[1]) != "ข้อเรียกร้อง" {
			t.Errorf("saved: %s", s.Text)
		}
		if w = h.get(sala.Reader, room+"/translation.xlf"); w.Code != http.StatusOK {
			t.Errorf("the file: %d", w.Code)
		} else if back := h.sendFile(sala.Reader, room+"/file", w.Body.Bytes()); back.Status != http.StatusOK {
			t.Errorf("the file comes back: %d %s", back.Status, back.Text)
		}
		if w = h.post(sala.Reader, room, with(s.Fields, "do", "submit")); w.Code != http.StatusSeeOther {
			t.Fatalf("hand in: %d %s", w.Code, h.read(w).Text)
		}
		if r, err := h.archive.NewestRevision(t.Context(), anEditor, edition); err != nil || r.By != "Daw Hla" {
			t.Errorf("by %q, %v", r.By, err)
		}
		// What a link may not open.
		for _, path := range []string{room + "/links", room + "/x", "/studio/t/", "/studio/t/" + token[1:], "/studio/t/x/translation.xlf"} {
			if w := h.get(sala.Reader, path); w.Code != http.StatusNotFound {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
		for _, path := range []string{base, "/studio/translations", "/studio/people", base + ".xlf"} {
			if w := h.get(sala.Reader, path); w.Code != http.StatusSeeOther || w.Header().Get("Location") == "" {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
		// Somebody else's copy of another text is as far away.
		otherWork, otherEdition := h.aText("Other", doc("Other."))
		if w := h.post(sala.Reader, room, with(s.Fields, "edition", string(otherEdition), "do", "save", "base", "1.0")); strings.Contains(w.Body.String(), string(otherWork)) {
			t.Error("a form names another text")
		}
		if strings.Contains(h.log.String(), token) || strings.Contains(h.log.String(), token[1:]) {
			t.Errorf("the log holds the token: %s", h.log)
		}
		links, err := h.archive.Links(t.Context(), anEditor, edition)
		if err != nil || len(links) != 1 {
			t.Fatal(links, err)
		}
		elsewhere := "/studio/translate/" + string(otherWork) + "/en/links/" + string(links[0].ID) + "/revoke"
		if w := h.post(sala.Editor, elsewhere, nil); w.Code != http.StatusNotFound {
			t.Errorf("revoked from another text: %d", w.Code)
		}
		if w := h.post(sala.Editor, base+"/links/"+string(links[0].ID)+"/revoke", nil); w.Code != http.StatusSeeOther {
			t.Errorf("revoke: %d", w.Code)
		}
		revoked, unknown := h.get(sala.Reader, room), h.get(sala.Reader, "/studio/t/unknown")
		if revoked.Code != http.StatusNotFound || revoked.Body.String() != unknown.Body.String() || !strings.Contains(h.read(revoked).Text, "Ask whoever gave you the link for a new one") {
			t.Errorf("revoked: %d %s", revoked.Code, h.read(revoked).Text)
		}
		if w := h.post(sala.Reader, room, with(s.Fields, "do", "save")); w.Code != http.StatusNotFound {
			t.Errorf("write after the end: %d", w.Code)
		}
		// A link that is over is like one that never was.
		now := time.Date(2030, 1, 1, 8, 0, 0, 0, time.UTC)
		h.clock(&now)
		_, token, err = h.archive.Invite(t.Context(), anEditor, edition, "Late", now.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if w := h.get(sala.Reader, "/studio/t/"+token); w.Code != http.StatusOK {
			t.Errorf("before it is over: %d", w.Code)
		}
		now = now.Add(2 * time.Hour)
		if w := h.get(sala.Reader, "/studio/t/"+token); w.Code != http.StatusNotFound || w.Body.String() != unknown.Body.String() {
			t.Errorf("over: %d", w.Code)
		}
	})
}

func TestTranslatingByRole(t *testing.T) {
	each(t, func(h *office) {
		base, work, source, _ := h.begun()
		my := "/studio/translate/" + string(work) + "/my"
		for _, test := range []struct {
			method, path string
			least        sala.Role
			want         int
		}{
			{"GET", "/studio/translations", sala.Translator, 200},
			{"GET", "/studio/translations?state=missing&lang=my", sala.Translator, 200},
			{"GET", "/studio/translations?lang=xx", sala.Admin + 1, 200},
			{"GET", base, sala.Translator, 200},
			{"GET", base + ".xlf", sala.Translator, 200},
			{"GET", base + ".docx", sala.Translator, 200},
			{"GET", base + ".pdf", sala.Admin + 1, 200},
			{"GET", my, sala.Translator, 200},
			{"GET", my + ".xlf", sala.Admin + 1, 200},
			{"GET", "/studio/translate/" + string(source) + "/th", sala.Admin + 1, 200},
			{"POST", base, sala.Translator, 400},
			{"POST", base + "/file", sala.Translator, 400},
			{"POST", my + "/begin", sala.Translator, 400},
			{"POST", base + "/links", sala.Editor, 422},
		} {
			for _, as := range []sala.Role{sala.Reader, sala.Contributor, sala.Translator, sala.Editor, sala.Admin} {
				want := test.want
				switch {
				case as == sala.Reader:
					want = http.StatusSeeOther
				case as < test.least:
					want = http.StatusNotFound
				}
				w := h.send(as, test.method, test.path, "application/x-www-form-urlencoded", strings.NewReader(""))
				if w.Code != want {
					t.Errorf("%s %s as %s: %d, want %d", test.method, test.path, as, w.Code, want)
				}
			}
		}
		s := h.read(h.get(sala.Translator, "/studio/translations"))
		for _, want := range []string{"A statement", "Original", "Draft", "Missing"} {
			if !strings.Contains(s.Text, want) {
				t.Errorf("the table has no %q: %s", want, s.Text)
			}
		}
	})
}
