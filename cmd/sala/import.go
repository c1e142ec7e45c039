package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"sala"
	"sala/importer"
	"sala/importer/runs"
)

type importCmd struct {
	As         runs.Reader `arg:"--as" default:"auto" help:"what the input is: auto, wordpress, savedpage, warc or text"`
	Media      string      `arg:"--media" placeholder:"DIR|ZIP" help:"folder or ZIP that holds the old site's files"`
	FetchMedia bool        `arg:"--fetch-media" help:"fetch files that are not at hand from the old site"`
	DryRun     bool        `arg:"--dry-run" help:"read everything and store nothing"`
	Lang       string      `arg:"--lang" placeholder:"TAG" help:"language of texts that do not say theirs"`
	Report     string      `arg:"--report" placeholder:"FILE" help:"write what became of every item to a file, as JSON"`
	Paths      []string    `arg:"positional,required" placeholder:"PATH" help:"files and folders to bring in"`
}

// Run imports every path. It ends well when every item was stored or named in
// the report.
func (c importCmd) Run(p *program) (err error) {
	o := importer.Options{Media: c.Media, FetchMedia: c.FetchMedia, Progress: progress(p.errors)}
	if c.Lang != "" {
		if o.Lang, err = sala.ParseLang(c.Lang); err != nil {
			return sala.Invalid{{Field: "--lang", Text: err.Error()}}
		}
	}
	inputs, err := c.inputs()
	if err != nil {
		return err
	}
	report := importer.NewReport()
	var sink importer.Sink = importer.Discard{}
	var h *house
	if !c.DryRun {
		if h, err = p.open(alone); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, h.close()) }()
		sink = importer.NewStore(h.areas(), sala.Machine("import"), report)
	}
	words, err := wordsToAvoid(p, h)
	if err != nil {
		return err
	}
	proof := importer.Proofread(sink, words, report)
	start := time.Now()
	for _, in := range inputs {
		report.Inputs = append(report.Inputs, in.path)
		if err = runs.Read(p.ctx, in.as, in.path, o, proof, report); err != nil {
			break
		}
	}
	proof.Close()
	o.Progress(importer.Status{})
	if err == nil && h != nil {
		// Making pictures and reading facts are jobs; both are done before it ends.
		if err = h.proposals.Begin(p.ctx, sala.Machine("import")); err == nil {
			err = rest(p, h, o.Progress)
		}
		o.Progress(importer.Status{})
	}
	// What was done before a failure was done, and is told.
	c.summary(p, report, time.Since(start))
	return errors.Join(err, c.write(report))
}

// rest makes the renditions that the import called for, and reads the facts
// that its texts state.
func rest(p *program, h *house, progress func(importer.Status)) error {
	waiting, err := h.jobs.Waiting(p.ctx)
	if err != nil || waiting == 0 {
		return err
	}
	progress(importer.Status{Doing: "preparing pictures, reading facts", Of: int64(waiting), Unit: "tasks"})
	_, err = h.jobs.RunDue(p.ctx)
	return err
}

func (c importCmd) write(report *importer.Report) (err error) {
	if c.Report == "" {
		return nil
	}
	f, err := os.Create(c.Report)
	if err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return report.WriteJSON(f)
}

func (c importCmd) summary(p *program, r *importer.Report, took time.Duration) {
	stored := 0
	for _, n := range r.Stored {
		stored += n
	}
	what := "stored"
	if c.DryRun {
		what = "readable (nothing was stored)"
	}
	fmt.Fprintf(p.out, "%d items %s, %d of them unchanged; %d named as not stored; %d doubts; %.1f s\n",
		stored, what, r.Unchanged, len(r.Named), len(r.Doubts), took.Seconds())
	if c.Report == "" && len(r.Named)+len(r.Doubts) > 0 {
		fmt.Fprintln(p.out, "Run again with --report FILE to read them.")
	}
}

// An input is one thing to read, and what reads it.
type input struct {
	path string
	as   runs.Reader
}

// inputs finds out what each path is, before anything is stored.
func (c importCmd) inputs() ([]input, error) {
	var all []input
	for _, path := range c.Paths {
		in := input{path, c.As}
		if in.as == runs.Auto {
			var err error
			if in.as, err = runs.Sort(path); err != nil {
				return nil, fmt.Errorf("%w; say so with --as if you know", err)
			}
		} else if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("%s: %w", path, errors.Unwrap(err))
		}
		if c.FetchMedia && in.as != runs.WordPress {
			return nil, sala.Invalid{{Field: "--fetch-media", Text: path + " is no WordPress export: of a site that is gone there is only what was saved; give its files with --media"}}
		}
		all = append(all, in)
	}
	return all, nil
}

// progress shows how far a long job has come, on a terminal only. A zero
// status clears the line.
func progress(w io.Writer) func(importer.Status) {
	f, ok := w.(*os.File)
	if !ok {
		return func(importer.Status) {}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return func(importer.Status) {}
	}
	var last time.Time
	return func(s importer.Status) {
		if s.Doing == "" {
			fmt.Fprint(f, "\r\x1b[K")
			return
		}
		if time.Since(last) < 100*time.Millisecond {
			return
		}
		last = time.Now()
		if s.Of > 0 {
			fmt.Fprintf(f, "\r\x1b[K%s: %d%% of %d %s", s.Doing, 100*s.Done/s.Of, s.Of, s.Unit)
			return
		}
		fmt.Fprintf(f, "\r\x1b[K%s: %d %s", s.Doing, s.Done, s.Unit)
	}
}
