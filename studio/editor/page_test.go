package editor_test

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"sala"
	"sala/internal/i18n"
	"sala/internal/richtext"
	"sala/internal/web"
	"sala/studio/editor"
)

// policy is as strict as the studio's.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

const fileID = "01890a5d-ac96-774b-bcce-b302099a8057"

// A desk is the stand-alone page and what the studio would answer it.
type desk struct {
	t      *testing.T
	server *httptest.Server
	lang   sala.Lang // of the text
	ui     sala.Lang // of the words

	mu      sync.Mutex
	body    []byte // stored
	title   string
	base    int
	saved   time.Time
	down    bool // the connection is cut
	status  int  // what a save is answered, if not 200
	saves   int
	uploads int
	refuse  string // why an upload is refused
	form    string // what the last form sent: "body" or "markdown"
}

func open(t *testing.T, lang sala.Lang, body string) *desk {
	t.Helper()
	if !editor.Built() {
		t.Skip("the editor's bundle is not built: make build needs Node")
	}
	d := &desk{t: t, lang: lang, ui: sala.English, body: []byte(body), title: "A title", base: 1, saved: time.Now().Add(-time.Hour)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", d.page)
	mux.HandleFunc("GET /studio.css", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "../studio.css") })
	mux.HandleFunc("POST /submit", d.submit)
	mux.HandleFunc("POST /draft", d.draft)
	mux.HandleFunc("GET /studio/find", d.find)
	mux.HandleFunc("GET /studio/media/find", d.find)
	mux.HandleFunc("POST /studio/media/upload", d.upload)
	mux.HandleFunc("GET /studio/media/{id}/picture", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(onePixel)
	})
	failed := func(_ *http.Request, err error) *web.Reply {
		return &web.Reply{Status: 500, Type: "text/plain", Body: []byte(err.Error())}
	}
	house := web.NewServer(testLog(t), policy, failed)
	mux.Handle("GET "+editor.Prefix+"{name}", house.Handle(editor.Asset))
	mux.HandleFunc("POST /studio/zawgyi", func(w http.ResponseWriter, r *http.Request) {
		reply, err := editor.Zawgyi(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		w.Header().Set("Content-Type", reply.Type)
		_, _ = w.Write(reply.Body)
	})
	d.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		down := d.down
		d.mu.Unlock()
		if down && r.URL.Path != "/" {
			panic(http.ErrAbortHandler) // the connection breaks
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(d.server.Close)
	return d
}

func (d *desk) with(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f()
}

var pageTemplate = template.Must(template.ParseFiles("testdata/page.html"))

func (d *desk) page(w http.ResponseWriter, _ *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, err := i18n.Load()
	if err != nil {
		d.t.Error(err)
	}
	doc, err := richtext.Parse(d.body)
	if err != nil {
		d.t.Error(err)
	}
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	err = pageTemplate.Execute(w, struct {
		Title, Markdown, Body, Script, Style string
		Lang                                 sala.Lang
		Settings                             editor.Settings
	}{d.title, doc.Markdown(), string(doc.JSON()), editor.Script(), editor.Style(), d.ui, editor.Settings{
		Messages: editor.Messages(c, d.ui), Endpoints: editor.NewEndpoints("/draft"), Lang: d.lang, UI: d.ui, Label: "Text",
		Languages: [][2]string{{"th", "Thai"}, {"my", "Burmese"}}, SignIn: "/sign-in",
		Draft: &editor.DraftState{Base: strconv.Itoa(d.base), Saved: d.saved.Format(time.RFC3339), Person: "p1"},
	}})
	if err != nil {
		d.t.Error(err)
	}
}

func (d *desk) submit(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	w.Header().Set("Content-Security-Policy", policy)
	if body := r.FormValue("body"); body != "" {
		d.form, d.body = "body", []byte(body)
	} else {
		doc, _ := richtext.FromMarkdown(r.FormValue("markdown"), richtext.HTMLOptions{Seed: "s"})
		d.form, d.body = "markdown", doc.JSON()
	}
	d.title = r.FormValue("title")
	fmt.Fprint(w, "<title>stored</title>stored")
}

func (d *desk) draft(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var sent struct {
		Base, Title, Summary string
		Body                 json.RawMessage
	}
	b, _ := io.ReadAll(r.Body)
	if err := json.Unmarshal(b, &sent); err != nil {
		d.t.Errorf("draft: %v", err)
	}
	w.Header().Set("Content-Type", "application/json")
	switch {
	case d.status == http.StatusConflict || sent.Base != strconv.Itoa(d.base):
		w.WriteHeader(http.StatusConflict)
		fmt.Fprint(w, `{"conflict":"/studio/conflict","by":"Ma Ma"}`)
		return
	case d.status == http.StatusUnprocessableEntity:
		w.WriteHeader(d.status)
		doc, _ := richtext.Parse(sent.Body)
		fmt.Fprintf(w, `{"errors":[{"block":%q,"message":"This block is wrong."}]}`, doc.Blocks[0].Attrs.ID)
		return
	case d.status != 0:
		w.WriteHeader(d.status)
		return
	}
	if doc, err := richtext.Parse(sent.Body); err != nil {
		d.t.Errorf("what was saved does not pass Check: %v\n%s", err, sent.Body)
	} else {
		for _, n := range doc.Blocks {
			if n.Attrs.ID == "" {
				d.t.Errorf("a block without an id was saved: %s", sent.Body)
			}
		}
	}
	d.saves++
	d.base++
	d.body, d.title, d.saved = sent.Body, sent.Title, time.Now()
	fmt.Fprintf(w, `{"saved":%q,"base":"%d"}`, d.saved.Format(time.RFC3339), d.base)
}

func (d *desk) find(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if strings.Contains(r.URL.Path, "media") {
		fmt.Fprintf(w, `[{"id":%q,"name":"river.jpg","src":"/studio/media/x/picture","alt":"A river","type":"JPEG","size":"20 kB"}]`, fileID)
		return
	}
	fmt.Fprintf(w, `[{"href":"sala:work/%s","title":"Joint statement","kind":"Statement","lang":"en","date":"3 May 2019"}]`, fileID)
}

func (d *desk) upload(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	f, h, err := r.FormFile("file")
	if err != nil {
		d.t.Errorf("upload: %v", err)
		return
	}
	b, _ := io.ReadAll(f)
	if d.refuse != "" {
		w.WriteHeader(http.StatusUnprocessableEntity)
		fmt.Fprintf(w, `{"message":%q}`, d.refuse)
		return
	}
	if len(b) == 0 {
		d.t.Error("an empty file was sent")
	}
	d.uploads++
	fmt.Fprintf(w, `{"id":%q,"name":%q,"src":"/studio/media/x/picture"}`, fileID, h.Filename)
}
