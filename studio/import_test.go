package studio

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/directory"
	"sala/event"
	"sala/importer"
	"sala/importer/proposals"
	"sala/importer/runs"
	"sala/tracker"
)

func withRuns(o *door, c *Config) {
	c.Proposals = proposals.NewStore(proposals.Areas{
		DB: c.DB, Archive: c.Archive, Directory: directory.NewStore(c.DB), Events: event.NewStore(c.DB), Tracker: tracker.NewStore(c.DB),
	}, o.jobs)
	c.Runs = runs.NewStore(importer.Areas{DB: c.DB, Archive: c.Archive, Media: c.Media, Network: c.Network}, o.blobs, o.jobs)
}

// form is a form of many parts, with one file.
func form(t *testing.T, name string, b []byte, pairs ...string) (kind string, body *bytes.Buffer) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(b)
	}
	for i := 0; err == nil && i < len(pairs); i += 2 {
		err = w.WriteField(pairs[i], pairs[i+1])
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), body
}

func TestAnImportIsWorkedThrough(t *testing.T) {
	o := opened(t)
	text := []byte("Category Archives: Activities\n\nWorkshop on fees, Vientiane, Lao PDR\n\n12 May 2017\n\n" +
		"The alliance organised a workshop on fees in Vientiane, Lao PDR. It lasted from 3-5 May 2017 and forty people came to it. Please visit:\n")
	kind, body := form(t, "page.txt", text, "as", "text", "lang", "en")
	o.sees(o.send(sala.Editor, "POST", "/studio/import", kind, body), http.StatusNotFound)

	kind, body = form(t, "page.txt", text, "as", "punched cards", "lang", "!!")
	o.sees(o.send(sala.Admin, "POST", "/studio/import", kind, body), http.StatusUnprocessableEntity, "Choose what the file is.", "no tag of a language", `value="!!"`)
	kind, body = form(t, "page.txt", nil, "as", "auto")
	o.sees(o.send(sala.Admin, "POST", "/studio/import", kind, body), http.StatusUnprocessableEntity, "The file is empty.")

	kind, body = form(t, "page.txt", text, "as", "text", "lang", "en")
	w := o.send(sala.Admin, "POST", "/studio/import", kind, body)
	o.sees(w, http.StatusSeeOther)
	place := w.Header().Get("Location")
	o.sees(o.get(sala.Admin, place), http.StatusOK, "The import has begun", `http-equiv="refresh"`)
	o.sees(o.get(sala.Editor, "/studio/import"), http.StatusOK, "page.txt", "waits for its turn")
	if _, err := o.jobs.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	w = o.get(sala.Editor, place)
	o.sees(w, http.StatusOK, "Done: 1 item is stored.", "Workshop on fees", `href="/id/`)
	if strings.Contains(w.Body.String(), `http-equiv="refresh"`) {
		t.Error("the page of an import that ended still asks again")
	}
	o.sees(o.get(sala.Translator, place), http.StatusNotFound)
	numbers := regexp.MustCompile(`type="checkbox" name="n" value="(\d+)"`).FindAllStringSubmatch(w.Body.String(), -1)
	if len(numbers) == 0 {
		t.Fatal("there is no doubt to settle")
	}
	o.sees(o.post(sala.Editor, place+"/settle"), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, place), http.StatusOK, "Nothing was chosen.")
	var pairs []string
	for _, n := range numbers {
		pairs = append(pairs, "n", n[1])
	}
	o.sees(o.post(sala.Editor, place+"/settle", pairs...), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, place), http.StatusOK, "settled.", "Nothing is left to settle.")
	o.sees(o.get(sala.Editor, place+"?all"), http.StatusOK, "settled by editor")
	o.sees(o.post(sala.Editor, place+"/settle", "n", numbers[0][1], "open", "yes"), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, place), http.StatusOK, "1 doubt is open again.")
	o.sees(o.post(sala.Editor, place+"/settle", "n", "x"), http.StatusBadRequest)
	w = o.get(sala.Editor, place+"/report.json")
	o.sees(w, http.StatusOK, `"doubts"`)
	if !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
		t.Error("the report is not saved")
	}
}

func TestRemarksAreGroupedByReason(t *testing.T) {
	settled := runs.Remark{Number: 1, Settled: time.Unix(1, 0), Remark: importer.Remark{Why: "a"}}
	open := func(n int, why string) runs.Remark { return runs.Remark{Number: n, Remark: importer.Remark{Why: why}} }
	got := grouped([]runs.Remark{settled, open(2, "a"), open(3, "b"), open(4, "b")})
	if len(got) != 2 || got[0].Why != "b" || got[1].Remarks[0].Number != 2 || got[1].Remarks[1].Number != 1 {
		t.Errorf("%+v", got)
	}
}
