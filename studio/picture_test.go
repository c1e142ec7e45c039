package studio

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sala"
	"sala/archive"
)

// sendPicture sends the form for a new picture.
func (o *door) sendPicture(as sala.Role, place, was, alt, name string, b []byte) *httptest.ResponseRecorder {
	o.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, f := range [][2]string{{"was", was}, {"alt", alt}} {
		if err := w.WriteField(f[0], f[1]); err != nil {
			o.t.Fatal(err)
		}
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		if err == nil {
			_, err = part.Write(b)
		}
		if err != nil {
			o.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		o.t.Fatal(err)
	}
	return o.send(as, "POST", place+"/upload", w.FormDataContentType(), &body)
}

func TestPictureOfAWork(t *testing.T) {
	o := opened(t)
	ctx := t.Context()
	work, err := o.Archive.CreateWork(ctx, by(sala.Editor), archive.Work{Kind: archive.Statement})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Archive.CreateEdition(ctx, by(sala.Editor), work, "en", ""); err != nil {
		t.Fatal(err)
	}
	place := "/studio/works/" + string(work) + "/picture"
	f, plain := o.file("bridge.png", aPNG(t, 10, 10)), o.file("notes.txt", []byte("notes"))
	shown := o.get(sala.Editor, place)
	o.sees(shown, http.StatusOK, "bridge.png", "What it shows, in English")
	if strings.Contains(shown.Body.String(), "notes.txt") {
		t.Error("what is no picture is offered")
	}
	o.sees(o.get(sala.Editor, place+"?q=nothing-like-it"), http.StatusOK, "value=\"nothing-like-it\"")
	was := o.hidden(shown, "was")
	o.sees(o.post(sala.Editor, place, "was", was, "picture", string(plain.ID)), http.StatusUnprocessableEntity, "There is no such picture")
	o.sees(o.post(sala.Editor, place, "was", "x", "picture", string(f.ID)), http.StatusBadRequest)
	o.sees(o.post(sala.Contributor, place, "was", was, "picture", string(f.ID)), http.StatusNotFound)
	o.sees(o.get(sala.Contributor, place), http.StatusNotFound)
	o.sees(o.post(sala.Editor, place, "was", was, "picture", string(f.ID)), http.StatusSeeOther)
	fields := o.get(sala.Editor, "/studio/works/"+string(work))
	o.sees(fields, http.StatusOK, "It says nothing yet to those who cannot see it", "/studio/media/"+string(f.ID)+"/picture")
	o.sees(o.post(sala.Editor, place, "was", was, "picture", ""), http.StatusConflict) // from an old page

	// One that is not there yet: what it shows is asked.
	was = o.hidden(fields, "was")
	o.sees(o.sendPicture(sala.Editor, place, was, " ", "river.png", aPNG(t, 12, 12)), http.StatusUnprocessableEntity, "Say what the picture shows")
	o.sees(o.sendPicture(sala.Editor, place, was, "A river", "", nil), http.StatusUnprocessableEntity, `value="A river"`)
	o.sees(o.sendPicture(sala.Editor, place, was, "A river", "river.png", []byte("no picture")), http.StatusUnprocessableEntity, "no picture that can be shown", `value="A river"`)
	o.sees(o.sendPicture(sala.Contributor, place, was, "A river", "river.png", aPNG(t, 12, 12)), http.StatusNotFound)
	o.sees(o.sendPicture(sala.Editor, place, was, "A river", "river.png", aPNG(t, 12, 12)), http.StatusSeeOther)
	w, err := o.Archive.DeskWork(ctx, by(sala.Editor), work)
	if err != nil {
		t.Fatal(err)
	}
	got, err := o.Media.File(ctx, w.Picture)
	if err != nil || got.Name != "river.png" || got.Alt["en"] != "A river" || got.Public {
		t.Errorf("%+v, %v", got, err)
	}
	// The other fields leave it as it is; it can be taken out.
	fields = o.get(sala.Editor, "/studio/works/"+string(work))
	o.sees(o.post(sala.Editor, "/studio/works/"+string(work), "was", o.hidden(fields, "was"), "kind", "statement"), http.StatusSeeOther)
	fields = o.get(sala.Editor, "/studio/works/"+string(work))
	o.sees(fields, http.StatusOK, string(w.Picture))
	o.sees(o.post(sala.Editor, place, "was", o.hidden(fields, "was"), "picture", ""), http.StatusSeeOther)
	if w, err = o.Archive.DeskWork(ctx, by(sala.Editor), work); err != nil || w.Picture != "" {
		t.Errorf("%q, %v", w.Picture, err)
	}
}

// A file that is no picture can be read before it is public, by those who work
// on the record, and runs nothing.
func TestPlainFileInside(t *testing.T) {
	o := opened(t)
	f, picture := o.file("page.html", []byte("<script>alert(1)</script>")), o.file("bridge.png", aPNG(t, 10, 10))
	place := "/studio/media/" + string(f.ID) + "/file"
	w := o.get(sala.Contributor, place)
	o.sees(w, http.StatusOK, "<script>alert(1)</script>")
	h := w.Header()
	if !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("Content-Security-Policy") != "default-src 'none'; sandbox" ||
		h.Get("Cache-Control") != "no-store" || h.Get("X-Content-Type-Options") != "nosniff" || strings.Contains(h.Get("Content-Type"), "html") {
		t.Errorf("%v", h)
	}
	o.sees(o.get(sala.Editor, "/studio/media/"+string(f.ID)), http.StatusOK, place)
	o.sees(o.get(sala.Editor, "/studio/media/"+string(picture.ID)+"/file"), http.StatusNotFound) // it says where it was taken
	if w := o.get(sala.Reader, place); w.Code != http.StatusSeeOther {
		t.Errorf("not signed in: %d", w.Code)
	}
}
