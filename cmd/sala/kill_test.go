package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sala"
	"sala/archive"
)

var addressLine = regexp.MustCompile(`http://[^/\s]+`)

// A process is sala serve, as a process of its own.
type process struct {
	*exec.Cmd
	address string // "http://127.0.0.1:1234"
	rest    sync.WaitGroup
}

// asProcess starts sala serve and waits until it says where.
func asProcess(t *testing.T, place []string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return serving(t, self, place)
}

// serving starts the serve of a program and waits until it says where.
func serving(t *testing.T, program string, args []string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(program, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)}
	p.Env, p.Stderr = append(os.Environ(), "SALA_TEST_AS_PROGRAM=1"), t.Output()
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	lines := bufio.NewReader(out)
	for p.address == "" {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("sala serve said nothing of its address: %v", err)
		}
		p.address = addressLine.FindString(line)
	}
	p.rest.Go(func() { _, _ = io.Copy(io.Discard, lines) }) // or it would wait for a reader
	return p
}

// kill ends it as the power does: nothing of it runs on.
func (p *process) kill() {
	_ = p.Process.Kill()
	p.rest.Wait()
	_ = p.Wait() // "signal: killed", or it was waited for already
}

// A writer saves a text of their own again and again and remembers what was
// acknowledged.
type writer struct {
	member
	work, edition sala.ID

	n         int            // of the last text sent
	base      string         // that the next one goes with
	kept      int            // the last text that was acknowledged, as a working copy or a revision
	revisions map[int]int    // number of the text that each acknowledged revision holds
	live      int            // the last revision whose publication was acknowledged
	files     map[string]int // id of each acknowledged file, and how long it is
}

// text is the nth text of a writer, long enough that a kill falls into its
// writing.
func (w *writer) text(n int) archive.Text {
	lines := make([]string, 60)
	for i := range lines {
		lines[i] = fmt.Sprintf("%s wrote this line %d of text %d so that nobody has to write it again.", w.Name, i, n)
	}
	return archive.Text{Title: fmt.Sprintf("%s %d", w.Name, n), Body: paragraphs(lines...), Note: fmt.Sprint("For text ", n)}
}

// number is which of a writer's texts one is; it must be whole.
func (w *writer) number(t *testing.T, title, body string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimPrefix(title, w.Name+" "))
	if err != nil || body != string(w.text(n).Body.JSON()) {
		t.Errorf("%s: a text %q that nobody wrote so", w.Name, title)
	}
	return n
}

func (w *writer) send(method, address, kind string, body io.Reader) (*http.Response, []byte, error) {
	r, err := http.NewRequest(method, address, body)
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Cookie", w.Cookie)
	resp, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(r)
	if err != nil {
		return nil, nil, err
	}
	answer, err := io.ReadAll(resp.Body)
	return resp, answer, errors.Join(err, resp.Body.Close())
}

// errCut: the answer did not come, so nobody was told anything.
var errCut = errors.New("cut off")

// write saves until the line is cut. It calls acknowledged for each save.
func (w *writer) write(site string, acknowledged func()) error {
	for {
		for _, step := range []func(string) error{w.autosave, w.autosave, w.upload, w.autosave, w.save, w.publish} {
			if err := step(site); errors.Is(err, errCut) {
				return nil
			} else if err != nil {
				return fmt.Errorf("%s, text %d: %w", w.Name, w.n, err)
			}
			acknowledged()
		}
	}
}

// autosave is what the writing surface does by itself.
func (w *writer) autosave(site string) error {
	w.n++
	text := w.text(w.n)
	sent, err := json.Marshal(map[string]any{"base": w.base, "title": text.Title, "summary": "", "body": json.RawMessage(text.Body.JSON())})
	if err != nil {
		return err
	}
	resp, answer, err := w.send("POST", site+"/studio/works/"+string(w.work)+"/editions/en/draft", "application/json", bytes.NewReader(sent))
	if err != nil {
		return errCut
	}
	var said struct{ Base string }
	if err := json.Unmarshal(answer, &said); err != nil || resp.StatusCode != 200 {
		return fmt.Errorf("%d %s", resp.StatusCode, answer)
	}
	w.base, w.kept = said.Base, w.n
	return nil
}

// save makes a revision by the form.
func (w *writer) save(site string) error {
	w.n++
	text := w.text(w.n)
	resp, answer, err := w.form(site, "", "base", w.base, "title", text.Title, "note", text.Note, "body", string(text.Body.JSON()), "do", "save")
	if err != nil {
		return errCut
	}
	if resp.StatusCode != http.StatusSeeOther {
		return fmt.Errorf("save: %d %s", resp.StatusCode, answer)
	}
	number := 1
	for n := range w.revisions {
		number = max(number, n+1)
	}
	w.revisions[number], w.kept, w.base = w.n, w.n, strconv.Itoa(number)+".0"
	return nil
}

// publish sends the newest revision out.
func (w *writer) publish(site string) error {
	newest := 0
	for n := range w.revisions {
		newest = max(newest, n)
	}
	resp, answer, err := w.form(site, "/step", "do", "publish", "revision", strconv.Itoa(newest), "reason", "")
	if err != nil {
		return errCut
	}
	if resp.StatusCode != http.StatusSeeOther {
		return fmt.Errorf("publish: %d %s", resp.StatusCode, answer)
	}
	w.live = newest
	return nil
}

func (w *writer) form(site, where string, pairs ...string) (*http.Response, []byte, error) {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return w.send("POST", site+"/studio/works/"+string(w.work)+"/en"+where, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// upload sends a file.
func (w *writer) upload(site string) error {
	w.n++
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", fmt.Sprintf("text-%d.txt", w.n))
	if err != nil {
		return err
	}
	size, err := part.Write(w.text(w.n).Body.JSON())
	if err = errors.Join(err, form.Close()); err != nil {
		return err
	}
	resp, answer, err := w.send("POST", site+"/studio/media/upload", form.FormDataContentType(), &body)
	if err != nil {
		return errCut
	}
	var made struct{ ID string }
	if err := json.Unmarshal(answer, &made); err != nil || resp.StatusCode != 200 || made.ID == "" {
		return fmt.Errorf("upload: %d %s", resp.StatusCode, answer)
	}
	w.files[made.ID] = size
	return nil
}

// check compares what is stored with what was acknowledged. What was sent and
// not acknowledged may be there or not; the writer learns it, as somebody
// does who opens the page again.
func (w *writer) check(t *testing.T, h *house) {
	t.Helper()
	ctx := t.Context()
	newest, err := h.archive.NewestRevision(ctx, w.Actor, w.edition)
	if err != nil {
		t.Fatal(err)
	}
	for number, n := range w.revisions {
		// Compare is the way to any revision.
		c, err := h.archive.Compare(ctx, w.Actor, w.edition, number, number)
		if err != nil {
			t.Errorf("%s: revision %d was acknowledged: %v", w.Name, number, err)
		} else if got := w.number(t, c.New.Title, string(c.New.Body.JSON())); got != n {
			t.Errorf("%s: revision %d holds text %d, not %d", w.Name, number, got, n)
		}
	}
	kept := 0
	if newest.Number > 0 {
		kept = w.number(t, newest.Title, string(newest.Body.JSON()))
		w.revisions[newest.Number] = kept
	}
	w.base = strconv.Itoa(newest.Number) + ".0"
	d, err := h.archive.Draft(ctx, w.Actor, w.edition)
	switch {
	case err == nil:
		kept = max(kept, w.number(t, d.Title, string(d.Body.JSON())))
		w.base = strconv.Itoa(d.After) + "." + strconv.FormatInt(d.Saved.UnixMicro(), 10)
	case !errors.Is(err, sala.ErrNotFound):
		t.Fatal(err)
	}
	if kept < w.kept {
		t.Errorf("%s: text %d was acknowledged, %d is the last that is there", w.Name, w.kept, kept)
	}
	work, err := h.archive.DeskWork(ctx, w.Actor, w.work)
	if err != nil {
		t.Fatal(err)
	}
	if e := work.Editions[0]; e.Live < w.live {
		t.Errorf("%s: revision %d went out, and %d is public", w.Name, w.live, e.Live)
	}
	for id, size := range w.files {
		f, err := h.media.File(ctx, sala.ID(id))
		if err != nil || f.Size != int64(size) {
			t.Errorf("%s: a file of %d bytes was acknowledged: %d bytes, %v", w.Name, size, f.Size, err)
		}
	}
}

// A kill -9 in the middle of saving loses nothing that was acknowledged, and
// leaves everything sound. SALA_TEST_KILLS says how often it is tried.
func TestKillLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("seconds long")
	}
	kills := 3
	if n, err := strconv.Atoi(os.Getenv("SALA_TEST_KILLS")); err == nil {
		kills = n
	}
	eachEngine(t, func(t *testing.T, place []string) {
		h, shut := openHouse(t, place, alone)
		h.speaks(t, "en", "my")
		var writers []*writer
		for _, name := range []string{"Aye", "Bopha", "Chai", "Dao"} {
			w := &writer{member: h.member(t, name, sala.Editor), base: "0.0", revisions: map[int]int{}, files: map[string]int{}}
			w.work, w.edition = h.begun(t, w.Actor, archive.Statement, "en", "Begun")
			writers = append(writers, w)
		}
		shut()
		var sum int64
		for range kills {
			p := asProcess(t, place)
			var done atomic.Int64
			enough, stop := 20+rand.Int64N(60), make(chan struct{})
			var all sync.WaitGroup
			for _, w := range writers {
				all.Go(func() {
					err := w.write(p.address, func() {
						if done.Add(1) == enough {
							close(stop)
						}
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			over := make(chan struct{})
			go func() { all.Wait(); close(over) }()
			select {
			case <-stop:
			case <-over: // each has failed
			}
			time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond) // so that it falls anywhere in a save
			p.kill()
			<-over
			sum += done.Load()
			h, shut := openHouse(t, place, looks)
			for _, w := range writers {
				w.check(t, h)
			}
			shut()
			if out, code := command(t, append([]string{"check"}, place...)...); code != 0 || !strings.Contains(out, "All is well.") {
				t.Fatalf("after the kill: %d %s", code, out)
			}
		}
		t.Logf("%d saves acknowledged, %d kills", sum, kills)
		if sum < int64(20*kills) {
			t.Errorf("only %d saves were acknowledged", sum)
		}
	})
}
