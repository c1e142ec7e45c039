package runs_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sala"
	"sala/archive"
	"sala/importer"
	"sala/importer/runs"
	"sala/internal/blob"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
	"sala/media"
	"sala/network"
)

const page = `Category Archives: Activities

Workshop on fees, Vientiane, Lao PDR

12 May 2017

The alliance organised a workshop on fees in Vientiane, Lao PDR. It lasted from 3-5 May 2017 and forty people came to it. Please visit:
`

var (
	admin  = sala.Actor{ID: "a", Name: "Admin", Role: sala.Admin}
	editor = sala.Actor{ID: "e", Name: "Editor", Role: sala.Editor}
	helper = sala.Actor{ID: "t", Name: "Translator", Role: sala.Translator}
)

type house struct {
	*runs.Store
	d       *db.DB
	q       *jobs.Queue
	archive *archive.Store
	blobs   *blob.Folder
}

func open(t *testing.T, d *db.DB) house {
	t.Helper()
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	q := jobs.New(d)
	works := archive.NewStore(d)
	s := runs.NewStore(importer.Areas{DB: d, Archive: works, Media: media.NewStore(d, blobs, q), Network: network.NewStore(d)}, blobs, q)
	s.Temp = t.TempDir()
	return house{s, d, q, works, blobs}
}

// bring begins a run, has it done and returns it.
func (h house) bring(t *testing.T, in runs.Input) runs.Run {
	t.Helper()
	if in.As == "" {
		in.As = runs.Auto
	}
	id, err := h.Begin(t.Context(), admin, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.q.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	r, err := h.Run(t.Context(), editor, id)
	if err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(h.Temp)
	if err != nil || len(left) > 0 {
		t.Errorf("%d things are left in the temporary folder, %v", len(left), err)
	}
	for b, err := range h.blobs.All(t.Context()) {
		t.Errorf("the input is kept as %v, %v", b, err)
	}
	return r
}

func TestRun(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		r := h.bring(t, runs.Input{Name: "my page.txt", Content: strings.NewReader(page)})
		if r.Failure != "" || r.Ended.IsZero() || r.Report == nil || r.Report.Stored["report"] != 1 {
			t.Fatalf("the run is %+v", r)
		}
		list, err := h.archive.Works(t.Context(), archive.Filter{})
		if err != nil || list.Total != 1 {
			t.Errorf("%d works are stored, %v", list.Total, err)
		}
		if r.Open == 0 || r.Open != len(r.Report.Doubts)+len(r.Report.Named) {
			t.Fatalf("%d remarks are open, the report has %d and %d", r.Open, len(r.Report.Doubts), len(r.Report.Named))
		}
		open, err := h.Remarks(t.Context(), editor, r.ID, true, 0, 100)
		if err != nil || len(open) != r.Open {
			t.Fatalf("Remarks = %d, %v; want %d", len(open), err, r.Open)
		}
		for _, m := range open {
			if strings.Contains(m.Where, h.Temp) || !strings.HasPrefix(m.Where, "my-page.txt") {
				t.Errorf("a remark stands at %q", m.Where)
			}
		}
		if err := h.Settle(t.Context(), editor, r.ID, []int{open[0].Number}, true); err != nil {
			t.Fatal(err)
		}
		if n, err := h.Unsettled(t.Context()); err != nil || n != r.Open-1 {
			t.Errorf("Unsettled = %d, %v", n, err)
		}
		all, err := h.Remarks(t.Context(), editor, r.ID, false, 0, 100)
		if err != nil || len(all) != r.Open || all[0].By != "Editor" || all[0].Settled.IsZero() {
			t.Errorf("after settling one: %+v, %v", all, err)
		}
		again := h.bring(t, runs.Input{Name: "my page.txt", Content: strings.NewReader(page)})
		if again.Report.Unchanged != 1 {
			t.Errorf("the same again: %+v", again.Report)
		}
	})
}

func zipped(t *testing.T, files map[string]string) *bytes.Buffer {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return &b
}

const saved = `<!doctype html><html lang="en"><head><title>A statement</title><link rel="canonical" href="http://old.example/a-statement/"></head>
<body class="single postid-7"><article class="post-7 post"><h1 class="entry-title">A statement</h1><time class="entry-date" datetime="2018-05-01T00:00:00+00:00">1 May 2018</time>
<div class="entry-content"><p>We ask for fees to end. We have asked before, and shall ask again, because nothing was answered.</p></div></article></body></html>`

// A ZIP of saved pages is read as a folder; nothing in it is written outside.
func TestZIP(t *testing.T) {
	h := open(t, dbtest.SQLite(t))
	r := h.bring(t, runs.Input{Name: "pages.zip", Content: zipped(t, map[string]string{"site/p7.html": saved, "../../escaped.html": saved, "/abs.html": saved, "site/": ""})})
	if r.Failure != "" || r.Report.Stored["news"] != 1 {
		t.Errorf("the run is %+v, %+v", r, r.Report)
	}
	if _, err := os.Stat(filepath.Join(h.Temp, "..", "escaped.html")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file was written outside: %v", err)
	}
}

func TestRunFails(t *testing.T) {
	h := open(t, dbtest.SQLite(t))
	for name, in := range map[string]runs.Input{
		"noise":     {Name: "noise.bin", Content: bytes.NewReader([]byte{0, 1, 2, 0xff, 0xfe, 3})},
		"cut":       {Name: "cut.xml", Content: strings.NewReader(`<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version><item>`)},
		"broken":    {Name: "a.zip", Content: bytes.NewReader([]byte("PK\x03\x04 nothing"))},
		"as it not": {Name: "page.txt", Content: strings.NewReader(page), As: runs.WordPress},
	} {
		r := h.bring(t, in)
		if r.Failure == "" || strings.Contains(r.Failure, h.Temp) {
			t.Errorf("%s: the failure is %q", name, r.Failure)
		}
	}
	if _, err := h.Begin(t.Context(), admin, runs.Input{Name: "a", Content: strings.NewReader("")}); err == nil {
		t.Error("an empty file was taken")
	}
	for what, err := range map[string]error{
		"begin": func() error {
			_, err := h.Begin(t.Context(), editor, runs.Input{Content: strings.NewReader("a")})
			return err
		}(),
		"runs":   func() error { _, err := h.Runs(t.Context(), helper); return err }(),
		"settle": h.Settle(t.Context(), helper, "x", []int{1}, true),
	} {
		if !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("%s by somebody who may not = %v", what, err)
		}
	}
	all, err := h.Runs(t.Context(), editor)
	if err != nil || len(all) != 4 {
		t.Errorf("Runs = %d, %v", len(all), err)
	}
}

func TestDryRun(t *testing.T) {
	h := open(t, dbtest.SQLite(t))
	r := h.bring(t, runs.Input{Name: "page.txt", Content: strings.NewReader(page), DryRun: true})
	list, err := h.archive.Works(t.Context(), archive.Filter{})
	if err != nil || list.Total != 0 || r.Report == nil || r.Failure != "" {
		t.Errorf("a dry run stored %d works, %v: %+v", list.Total, err, r)
	}
}
