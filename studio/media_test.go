package studio

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/media"
)

// aPNG is a picture.
func aPNG(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bundle is a form that holds files, by name.
func bundle(t *testing.T, pairs ...any) (kind string, body *bytes.Buffer) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for i := 0; i < len(pairs); i += 2 {
		part, err := w.CreateFormFile("file", pairs[i].(string))
		if err == nil {
			_, err = part.Write(pairs[i+1].([]byte))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), body
}

func (o *door) file(name string, b []byte) media.File {
	o.t.Helper()
	f, err := o.Media.Add(o.t.Context(), by(sala.Editor), name, bytes.NewReader(b))
	if err != nil {
		o.t.Fatal(err)
	}
	return f
}

func TestManyFilesAtOnce(t *testing.T) {
	o := opened(t)
	o.Media.MaxBytes = 4096
	kind, body := bundle(t, "a.png", aPNG(t, 40, 30), "empty.txt", []byte{}, "big.bin", make([]byte, 5000), "last.jpg", []byte("not a picture"))
	w := o.send(sala.Contributor, "POST", "/studio/media", kind, body)
	o.sees(w, http.StatusUnprocessableEntity, "empty.txt: The file is empty.", "big.bin: The file is bigger than this record takes.", "2 files are here.")
	files, err := o.Media.Library(t.Context(), by(sala.Editor), media.Filter{Limit: 9})
	if err != nil || len(files) != 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	// What a file is follows from its bytes.
	if files[0].Type != "text/plain" || files[1].Type != "image/png" {
		t.Errorf("%s, %s", files[0].Type, files[1].Type)
	}
	kind, body = bundle(t)
	o.sees(o.send(sala.Contributor, "POST", "/studio/media", kind, body), http.StatusUnprocessableEntity, "Choose a file first.")
	kind, body = bundle(t, "one.txt", []byte("words"))
	w = o.send(sala.Contributor, "POST", "/studio/media", kind, body)
	o.sees(w, http.StatusSeeOther)
	o.sees(o.get(sala.Contributor, w.Header().Get("Location")), http.StatusOK, "The file is here.")
}

func TestAHalfSentFileIsASentence(t *testing.T) {
	o := opened(t)
	kind, body := bundle(t, "first.txt", []byte("whole"), "second.txt", bytes.Repeat([]byte("words "), 2000))
	cut := body.Bytes()[:body.Len()-3000]
	o.sees(o.send(sala.Editor, "POST", "/studio/media", kind, bytes.NewReader(cut)), http.StatusUnprocessableEntity, "did not arrive whole", "1 file is here.")
	files, err := o.Media.Library(t.Context(), by(sala.Editor), media.Filter{Limit: 9})
	if err != nil || len(files) != 1 || files[0].Name != "first.txt" {
		t.Errorf("%v, %v", files, err)
	}
	kind, body = bundle(t, "only.txt", bytes.Repeat([]byte("words "), 2000))
	o.sees(o.send(sala.Editor, "POST", "/studio/media/upload", kind, bytes.NewReader(body.Bytes()[:9000])), http.StatusBadRequest, `"message"`)
}

func TestAFileThatHoldsAScriptIsNoPage(t *testing.T) {
	o := opened(t)
	f := o.file(`<b onload=x>.png`, []byte(`<html><script>alert(1)</script>`))
	w := o.get(sala.Editor, "/studio/media/"+string(f.ID))
	o.sees(w, http.StatusOK)
	if strings.Contains(w.Body.String(), "<b onload") || strings.Contains(f.Name, "<") {
		t.Error("the name is markup")
	}
	o.sees(o.get(sala.Editor, "/studio/media/"+string(f.ID)+"/picture"), http.StatusNotFound)
}

func TestAnUploadGoesOnWhereItBroke(t *testing.T) {
	o := opened(t)
	b := aPNG(t, 300, 200)
	var at struct {
		ID       sala.ID
		Received int64
		Part     int64
		Name     string
		Src      string
		Page     string
	}
	say := func(w *httptest.ResponseRecorder, status int) {
		t.Helper()
		o.sees(w, status)
		if err := json.Unmarshal(w.Body.Bytes(), &at); err != nil {
			t.Fatal(err)
		}
	}
	say(o.post(sala.Contributor, "/studio/media/uploads", "name", "b.png", "size", fmt.Sprint(len(b))), http.StatusOK)
	place := "/studio/media/uploads/" + string(at.ID)
	say(o.send(sala.Contributor, "PUT", place+"?from=0", "", bytes.NewReader(b[:100])), http.StatusOK)
	o.sees(o.send(sala.Contributor, "PUT", place+"?from=200", "", bytes.NewReader(b[200:])), http.StatusConflict, `"message"`)
	o.sees(o.send(sala.Contributor, "PUT", place+"?from=x", "", bytes.NewReader(b)), http.StatusBadRequest, `"message"`)
	o.sees(o.get(sala.Editor, place+"/state"), http.StatusNotFound) // only for whoever began it
	say(o.get(sala.Contributor, place+"/state"), http.StatusOK)
	if at.Received != 100 || at.Part != media.MaxPart {
		t.Fatalf("%+v", at)
	}
	o.sees(o.post(sala.Contributor, place+"/finish"), http.StatusConflict, `"message"`)
	say(o.send(sala.Contributor, "PUT", place+"?from=100", "", bytes.NewReader(b[100:])), http.StatusOK)
	say(o.post(sala.Contributor, place+"/finish"), http.StatusOK)
	if at.Name != "b.png" || at.Src == "" {
		t.Errorf("%+v", at)
	}
	w := o.get(sala.Contributor, at.Src) // made at once, before any job ran
	o.sees(w, http.StatusOK)
	if kind := w.Header().Get("Content-Type"); !strings.HasPrefix(kind, "image/") || !strings.Contains(w.Header().Get("Cache-Control"), "private") {
		t.Errorf("%v", w.Header())
	}
	o.sees(o.get(sala.Reader, at.Src), http.StatusSeeOther)
	o.sees(o.post(sala.Contributor, "/studio/media/uploads", "name", "b.png", "size", "0"), http.StatusUnprocessableEntity, "The file is empty.")
}

// drip gives one byte at a time, slowly.
type drip struct {
	b     []byte
	pause time.Duration
}

func (d *drip) Read(p []byte) (int, error) {
	if len(d.b) == 0 {
		return 0, io.EOF
	}
	time.Sleep(d.pause)
	n := copy(p[:1], d.b)
	d.b = d.b[n:]
	return n, nil
}

func TestASlowUploadIsNotCutOff(t *testing.T) {
	o := opened(t)
	server := httptest.NewUnstartedServer(o.handler)
	server.Config.ReadTimeout = 150 * time.Millisecond
	server.Start()
	defer server.Close()
	u, err := o.Media.BeginUpload(t.Context(), o.actor(sala.Editor), "slow.txt", 10)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), "PUT", server.URL+"/studio/media/uploads/"+string(u.ID)+"?from=0", &drip{[]byte("0123456789"), 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: cookie, Value: o.cookies[sala.Editor]})
	w, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(w.Body)
	if err := errors.Join(err, w.Body.Close()); err != nil || w.StatusCode != http.StatusOK || !strings.Contains(string(b), `"received": 10`) {
		t.Errorf("%d %s, %v", w.StatusCode, b, err)
	}
}

// actor is the user of a role.
func (o *door) actor(role sala.Role) sala.Actor {
	o.t.Helper()
	users, err := o.Account.Users(o.t.Context(), sala.Machine("test"))
	if err != nil {
		o.t.Fatal(err)
	}
	for _, u := range users {
		if u.Role == role {
			return u.Actor()
		}
	}
	o.t.Fatalf("nobody is %s", role)
	return sala.Actor{}
}

func TestTheLibrary(t *testing.T) {
	o := opened(t)
	o.file("bridge.png", aPNG(t, 10, 10))
	o.file("minutes.txt", []byte("words"))
	w := o.get(sala.Contributor, "/studio/media")
	o.sees(w, http.StatusOK, "bridge.png", "minutes.txt", "no alternative text", "Not public")
	w = o.get(sala.Contributor, "/studio/media?show=noalt")
	o.sees(w, http.StatusOK, "bridge.png")
	if strings.Contains(w.Body.String(), "minutes.txt") {
		t.Error("a file that is no picture needs no alternative text")
	}
	o.sees(o.get(sala.Contributor, "/studio/media?q=nothing"), http.StatusOK, "There are no such files.")
	for i := range libraryRows {
		o.file(fmt.Sprintf("n%02d.txt", i), []byte(fmt.Sprint(i)))
	}
	w = o.get(sala.Contributor, "/studio/media")
	o.sees(w, http.StatusOK, "before=")
	_, rest, _ := strings.Cut(w.Body.String(), "/studio/media?before=")
	next, _, _ := strings.Cut(rest, `"`)
	o.sees(o.get(sala.Contributor, "/studio/media?before="+next), http.StatusOK, "bridge.png", "minutes.txt")
	o.sees(o.get(sala.Contributor, "/studio/media/find?q=bridge&kind=picture"), http.StatusOK, `"src"`, "bridge.png", `"alt"`)
	o.sees(o.get(sala.Contributor, "/studio/media/find?q=bridge&kind=file"), http.StatusOK, "[]")
	o.sees(o.get(sala.Contributor, "/studio/find?q=nothing"), http.StatusOK, "[]")
}

func TestDescribingAFile(t *testing.T) {
	o := opened(t)
	f := o.file("bridge.png", aPNG(t, 10, 10))
	place := "/studio/media/" + string(f.ID)
	o.sees(o.post(sala.Contributor, place, "name", "x"), http.StatusNotFound)
	o.sees(o.post(sala.Translator, place, "name", "b.png", "alt-th", "สะพาน", "owner", "/en/2020/nothing"), http.StatusUnprocessableEntity, "No work stands at this address.", "สะพาน")
	mark := o.hidden(o.get(sala.Translator, place), "mark")
	o.sees(o.post(sala.Translator, place, "mark", mark, "name", "b.png", "alt-th", "สะพาน", "alt-en", "A bridge", "owner", ""), http.StatusSeeOther)
	// Somebody else had the page open: both texts are shown, and the next form decides.
	clash := o.post(sala.Editor, place, "mark", mark, "name", "b.png", "alt-th", "สะพานไม้", "alt-en", "A bridge", "owner", "")
	o.sees(clash, http.StatusConflict, "Somebody else has described this file", `<ins lang="th">`, `value="สะพานไม้"`)
	o.sees(o.post(sala.Editor, place, "mark", o.hidden(clash, "mark"), "name", "b.png", "alt-th", "สะพานไม้", "alt-en", "A bridge", "owner", ""), http.StatusSeeOther)
	got, err := o.Media.File(t.Context(), f.ID)
	if err != nil || got.Alt["th"] != "สะพานไม้" || got.Alt["en"] != "A bridge" || got.Name != "b.png" {
		t.Errorf("%+v, %v", got, err)
	}
	o.sees(o.get(sala.Editor, place), http.StatusOK, "What is said of the file is saved.", "A bridge")
}

func TestConsentDecidesWhatIsPublic(t *testing.T) {
	o := opened(t)
	f := o.file("people.png", aPNG(t, 10, 10))
	place := "/studio/media/" + string(f.ID)
	o.sees(o.post(sala.Translator, place+"/public", "public", "yes"), http.StatusNotFound)
	o.sees(o.post(sala.Editor, place+"/public", "public", "yes"), http.StatusUnprocessableEntity, "Say whether people can be recognised")
	o.sees(o.post(sala.Editor, place+"/people", "people", "maybe"), http.StatusUnprocessableEntity)
	o.sees(o.post(sala.Editor, place+"/people", "people", "yes"), http.StatusSeeOther)
	o.sees(o.post(sala.Editor, place+"/public", "public", "yes"), http.StatusUnprocessableEntity, "People can be recognised, and nobody&#39;s consent is recorded.")
	o.sees(o.post(sala.Editor, place+"/consents", "person", "", "given", "soon", "scope", "site"), http.StatusUnprocessableEntity, "A day is written")
	o.sees(o.post(sala.Editor, place+"/consents", "person", "", "given", "2026-01-02", "scope", "site", "note", "by letter"), http.StatusUnprocessableEntity, "Say who agreed.", "by letter")
	o.sees(o.post(sala.Editor, place+"/consents", "person", "Daw A", "given", "2026-01-02", "scope", "site"), http.StatusSeeOther)
	o.sees(o.post(sala.Editor, place+"/public", "public", "yes"), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, place), http.StatusOK, "The file is public.", "Daw A")
	if w := o.get(sala.Translator, place); strings.Contains(w.Body.String(), "Daw A") {
		t.Error("a translator reads who is in the picture")
	}
	consents, err := o.Media.Consents(t.Context(), by(sala.Editor), f.ID)
	if err != nil || len(consents) != 1 {
		t.Fatalf("%v, %v", consents, err)
	}
	withdraw := place + "/consents/" + string(consents[0].ID) + "/withdraw"
	o.sees(o.post(sala.Editor, withdraw, "reason", "asked"), http.StatusUnprocessableEntity, "Tick that you are sure.")
	o.sees(o.post(sala.Editor, withdraw, "reason", "asked", "sure", "yes"), http.StatusSeeOther)
	got, err := o.Media.File(t.Context(), f.ID)
	if err != nil || got.Shown() {
		t.Errorf("it is still shown: %v", err)
	}
	o.sees(o.get(sala.Editor, place), http.StatusOK, "has taken their consent back")
	o.sees(o.get(sala.Editor, "/studio/media?show=held"), http.StatusOK, "people.png")
	o.sees(o.get(sala.Contributor, place+"/picture"), http.StatusNotFound)
}
