package studio_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/studio/editor"
)

// saidDraft is what a script is answered.
type saidDraft struct {
	Status               int
	Saved, Base, Message string
	Conflict, By         string
	Errors               []struct{ Field, Message string }
	Zawgyi               bool
	Unicode, Location    string
}

func (h *office) sendJSON(as sala.Role, path string, body any) saidDraft {
	h.t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		h.t.Fatal(err)
	}
	w := h.send(as, http.MethodPost, path, "application/json", strings.NewReader(string(b)))
	said := saidDraft{Status: w.Code, Location: w.Header().Get("Location")}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil {
			h.t.Fatal(err)
		}
	}
	return said
}

func typed(base, note string, words ...string) map[string]any {
	segments := map[string]string{}
	for i := 0; i < len(words); i += 2 {
		segments[strings.TrimPrefix(words[i], "t")] = words[i+1]
	}
	return map[string]any{"base": base, "title": "", "summary": "", "body": map[string]any{"words": segments, "note": note}}
}

func TestTranslationSavesItself(t *testing.T) {
	each(t, func(h *office) {
		base, _, source, edition := h.begun()
		f := fields(doc(words))
		first := h.read(h.get(sala.Translator, base)).Fields.Get("base")
		said := h.sendJSON(sala.Translator, base+"/draft", typed(first, "", "t.title", "ชื่อ", f[1], "ข้อเรียกร้อง"))
		if said.Status != http.StatusOK || said.Saved == "" || said.Base == first {
			t.Fatalf("%+v", said)
		}
		// What is wrong is named by its field; the rest is kept, and the base goes on.
		next := h.sendJSON(sala.Translator, base+"/draft", typed(said.Base, "", f[0], "ไม่มีเครื่องหมาย", f[2], "ไม่มีใครยึด", "gone1", "words of a passage that went"))
		if next.Status != http.StatusUnprocessableEntity || len(next.Errors) != 2 || next.Base == "" || next.Base == said.Base {
			t.Fatalf("%+v", next)
		}
		if next.Errors[0].Field != f[0] || !strings.Contains(next.Errors[0].Message, "is missing") || next.Errors[1].Field != "tgone1" || !strings.Contains(next.Errors[1].Message, "words of a passage that went") {
			t.Errorf("%+v", next.Errors)
		}
		s := h.read(h.get(sala.Translator, base))
		if s.Fields.Get("t.title") != "ชื่อ" || s.Fields.Get(f[2]) != "ไม่มีใครยึด" || s.Fields.Get(f[0]) != "" || s.Fields.Get("base") != next.Base {
			t.Errorf("kept: %v", s.Fields)
		}
		// Another window, which has not seen that.
		if clash := h.sendJSON(sala.Translator, base+"/draft", typed(first, "", f[1], "อื่น")); clash.Status != http.StatusConflict || clash.Conflict != base {
			t.Errorf("%+v", clash)
		}
		if s = h.read(h.get(sala.Translator, base)); s.Fields.Get(f[1]) != "ข้อเรียกร้อง" {
			t.Errorf("overwritten: %v", s.Fields)
		}
		// The form goes on from it, and a change of the source leaves what was kept in its place.
		if _, err := h.archive.Revise(t.Context(), anEditor, source, 1, archive.Text{Title: "A statement", Summary: "In short.", Body: doc("A new first.\n\n" + words)}); err != nil {
			t.Fatal(err)
		}
		s = h.read(h.get(sala.Translator, base))
		if s.Fields.Get(f[2]) != "ไม่มีใครยึด" {
			t.Errorf("after a change of the source: %v", s.Fields)
		}
		if w := h.post(sala.Translator, base, with(s.Fields, "do", "save")); w.Code != http.StatusSeeOther {
			t.Errorf("the form: %d %s", w.Code, h.read(w).Text)
		}
		for name, bad := range map[string]any{"no base": typed("", ""), "a base of somebody's own": typed("1.x", ""), "no object": 7} {
			if said := h.sendJSON(sala.Translator, base+"/draft", bad); said.Status != http.StatusBadRequest || said.Message == "" {
				t.Errorf("%s: %+v", name, said)
			}
		}
		if said := h.sendJSON(sala.Contributor, base+"/draft", typed(first, "")); said.Status != http.StatusNotFound {
			t.Errorf("a contributor: %+v", said)
		}
		if said := h.sendJSON(sala.Reader, base+"/draft", typed(first, "")); said.Status != http.StatusSeeOther || !strings.HasPrefix(said.Location, "/studio/signin") {
			t.Errorf("signed out: %+v", said)
		}
		if x, err := h.archive.Translation(t.Context(), anEditor, edition); err != nil || x.Text.Number != 0 {
			t.Errorf("a draft became a revision: %+v %v", x.Text, err)
		}
	})
}

// Whoever came by a link has both, and nothing of it once the link is over.
func TestGuestSavesItself(t *testing.T) {
	if !editor.Built() {
		t.Skip("the writing surface is not built: make editor")
	}
	each(t, func(h *office) {
		base, _, _, edition := h.begun()
		day := h.db.Now().Add(48 * time.Hour).UTC().Format(time.DateOnly)
		w := h.post(sala.Editor, base+"/links", url.Values{"name": {"Daw Hla"}, "until": {day}})
		_, rest, _ := strings.Cut(w.Body.String(), "/studio/t/")
		token, _, _ := strings.Cut(rest, "<")
		room := "/studio/t/" + token
		f := fields(doc(words))
		page := h.get(sala.Reader, room)
		if !strings.Contains(page.Body.String(), `"zawgyi":"`+room+`/zawgyi"`) || strings.Contains(page.Body.String(), `"name":"`+room) {
			t.Errorf("the settings of the script: %s", page.Body)
		}
		s := h.read(page)
		said := h.sendJSON(sala.Reader, room+"/draft", typed(s.Fields.Get("base"), "", f[1], "ข้อเรียกร้อง"))
		if said.Status != http.StatusOK {
			t.Fatalf("%+v", said)
		}
		if s = h.read(h.get(sala.Reader, room)); s.Fields.Get(f[1]) != "ข้อเรียกร้อง" || s.Fields.Get("base") != said.Base {
			t.Errorf("%v", s.Fields)
		}
		if said := h.sendJSON(sala.Reader, room+"/zawgyi", map[string]string{"text": zawgyiText}); said.Status != http.StatusOK || !said.Zawgyi || !strings.HasPrefix(said.Unicode, "မြန်မာနိုင်ငံမှ") {
			t.Errorf("%+v", said)
		}
		if said := h.sendJSON(sala.Reader, room+"/zawgyi", 7); said.Status != http.StatusUnprocessableEntity || said.Message == "" {
			t.Errorf("no text: %+v", said)
		}
		links, err := h.archive.Links(t.Context(), anEditor, edition)
		if err != nil || len(links) != 1 {
			t.Fatal(links, err)
		}
		if err := h.archive.Revoke(t.Context(), anEditor, links[0].ID); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/draft", "/zawgyi"} {
			if said := h.sendJSON(sala.Reader, room+path, map[string]string{"text": zawgyiText, "base": "0.0"}); said.Status != http.StatusNotFound || said.Message == "" || said.Unicode != "" {
				t.Errorf("%s after it was revoked: %+v", path, said)
			}
		}
		if strings.Contains(h.log.String(), token) {
			t.Error("the log holds the token")
		}
	})
}
