package runs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sala"
	"sala/importer"
	"sala/internal/blob"
	"sala/internal/db"
	"sala/internal/jobs"
	"sala/media"
)

// A Run is one import that was begun in the browser.
type Run struct {
	ID         sala.ID
	Name       string // of the file
	Reader     Reader
	Lang       sala.Lang // of texts that do not say theirs
	FetchMedia bool
	DryRun     bool // nothing was stored
	By         string
	Begun      time.Time
	Status     importer.Status // how far it came
	Ended      time.Time       // zero while it runs or waits
	Failure    string          // why it ended early, "" if it did not
	Report     *importer.Report
	Open       int // remarks that nobody has settled
}

// A Remark is a line of a report for somebody to settle.
type Remark struct {
	Number  int
	Stored  bool // a doubt about what was stored; else it names what was not
	Settled time.Time
	By      string // who settled it
	importer.Remark
}

// A Store keeps runs. Only an admin begins one.
type Store struct {
	to    importer.Areas
	blobs blob.Store
	jobs  *jobs.Queue
	// Then is done when a run has stored something, nil for nothing: what was
	// brought in is read for facts.
	Then func(ctx context.Context, by sala.Actor) error
	// Temp is the folder in which an input is unpacked while it is read, "" for
	// that of the system.
	Temp string
}

const runJob = "importer.run"

// NewStore returns the runs that bring content into to. Their inputs are kept
// in blobs until they end.
func NewStore(to importer.Areas, blobs blob.Store, q *jobs.Queue) *Store {
	s := &Store{to: to, blobs: blobs, jobs: q}
	q.Register(runJob, s.run)
	return s
}

// An Input is what somebody brings.
type Input struct {
	Name       string
	Content    io.Reader
	Media      io.Reader // a ZIP of the old site's files, nil for none
	As         Reader    // Auto to find out
	Lang       sala.Lang
	FetchMedia bool
	DryRun     bool
}

// Begin stores an input and has it read as soon as the jobs come to it.
func (s *Store) Begin(ctx context.Context, by sala.Actor, in Input) (sala.ID, error) {
	if by.Role < sala.Admin {
		return "", fmt.Errorf("import: %w", sala.ErrForbidden)
	}
	input, size, err := s.blobs.Put(ctx, in.Content)
	if err != nil {
		return "", fmt.Errorf("import %s: %w", in.Name, err)
	}
	if size == 0 {
		return "", sala.Invalid{{Field: "file", Key: "studio.import.empty", Text: "the file is empty"}}
	}
	files := ""
	if in.Media != nil {
		if files, _, err = s.blobs.Put(ctx, in.Media); err != nil {
			return "", fmt.Errorf("import %s: %w", in.Name, err)
		}
	}
	id := sala.NewID()
	return id, s.to.DB.Tx(ctx, func(tx *db.Tx) error {
		err := tx.ExecOne(ctx, `
			INSERT INTO importer_run (id, name, reader, input, media, lang, fetching, dry, by_id, by_whom, begun, doing, done, of_all, unit, ended, failure, report)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, 0, '', ?, '', '')`,
			id, media.SafeName(in.Name), in.As, input, files, in.Lang, in.FetchMedia, in.DryRun, by.ID, by.Name, db.At(tx.Now), db.At(time.Time{}))
		if err != nil {
			return fmt.Errorf("import %s: %w", in.Name, err)
		}
		if err := s.jobs.Enqueue(ctx, tx, runJob, string(id)); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindNetwork}, "import begun", by)
	})
}

// run is the job. It may run twice: an import that is run again changes
// nothing that is there. What the input itself is to blame for ends the run;
// anything else is tried again.
func (s *Store) run(ctx context.Context, id string) error {
	row, err := s.row(ctx, sala.ID(id))
	if err != nil || !row.Ended.IsZero() {
		return err
	}
	dir, err := os.MkdirTemp(s.Temp, "sala-import-")
	if err != nil {
		return err
	}
	report := importer.NewReport()
	err = errors.Join(s.read(ctx, row, dir, report), os.RemoveAll(dir))
	if ctx.Err() != nil {
		return ctx.Err() // interrupted: it is begun again
	}
	// Readers name a file by its path, or by the end of it.
	own := strings.NewReplacer(dir+string(filepath.Separator), "", filepath.Base(dir)+string(filepath.Separator), "")
	failure := ""
	if err != nil {
		failure = own.Replace(err.Error())
	}
	for _, list := range [][]importer.Remark{report.Named, report.Doubts} {
		for i := range list {
			list[i].Where = own.Replace(list[i].Where)
		}
	}
	report.Inputs = []string{row.Name}
	if err := s.end(ctx, row, report, failure); err != nil {
		return err
	}
	if s.Then != nil && !row.Dry {
		if err := s.Then(ctx, sala.Actor{ID: row.ByID, Name: row.By, Role: sala.Admin}); err != nil {
			return err
		}
	}
	return s.drop(ctx, row)
}

// read unpacks the input of a run and has it read.
func (s *Store) read(ctx context.Context, row runRow, dir string, report *importer.Report) error {
	path := filepath.Join(dir, row.Name)
	if err := s.fetch(ctx, row.Input, path); err != nil {
		return err
	}
	o := importer.Options{Lang: row.Lang, FetchMedia: row.Fetch, Progress: s.progress(ctx, row.ID)}
	if row.Media != "" {
		o.Media = filepath.Join(dir, "media.zip")
		if err := s.fetch(ctx, row.Media, o.Media); err != nil {
			return err
		}
	}
	path, err := unpack(path, filepath.Join(dir, "pages"))
	if err != nil {
		return err
	}
	as := row.Reader
	if as == Auto {
		if as, err = Sort(path); err != nil {
			return err
		}
	}
	var sink importer.Sink = importer.Discard{}
	if !row.Dry {
		sink = importer.NewStore(s.to, sala.Actor{ID: row.ByID, Name: row.By, Role: sala.Admin}, report)
	}
	return Read(ctx, as, path, o, sink, report)
}

// fetch writes a blob to a file.
func (s *Store) fetch(ctx context.Context, hash, path string) error {
	in, err := s.blobs.Open(ctx, hash)
	if err != nil {
		return fmt.Errorf("the input is gone: %w", err)
	}
	out, err := os.Create(path)
	if err != nil {
		return errors.Join(err, in.Close())
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close(), in.Close())
}

// progress notes how far a run came, about once a second. It is no change of
// the content, so the change log does not hear of it.
func (s *Store) progress(ctx context.Context, id sala.ID) func(importer.Status) {
	var last time.Time
	return func(st importer.Status) {
		if time.Since(last) < time.Second || ctx.Err() != nil {
			return
		}
		last = time.Now()
		err := s.to.DB.Tx(ctx, func(tx *db.Tx) error {
			return tx.ExecOne(ctx, `UPDATE importer_run SET doing = ?, done = ?, of_all = ?, unit = ? WHERE id = ?`,
				filepath.Base(st.Doing), st.Done, st.Of, st.Unit, id)
		})
		if err != nil && ctx.Err() == nil {
			s.jobs.Log.Warn("the progress of an import is not noted", "run", id, "error", err)
		}
	}
}

// end keeps the report of a run, a row for each remark.
func (s *Store) end(ctx context.Context, row runRow, report *importer.Report, failure string) error {
	b, err := json.Marshal(report)
	if err != nil {
		return fmt.Errorf("the report of an import: %w", err)
	}
	return s.to.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.ExecLarge(ctx, `UPDATE importer_run SET report = ? WHERE id = ?`, string(b), string(row.ID)); err != nil {
			return fmt.Errorf("end import %s: %w", row.ID, err)
		}
		if err := tx.ExecOne(ctx, `UPDATE importer_run SET ended = ?, failure = ? WHERE id = ?`, db.At(tx.Now), failure, row.ID); err != nil {
			return fmt.Errorf("end import %s: %w", row.ID, err)
		}
		n := 0
		for _, list := range []struct {
			stored  bool
			remarks []importer.Remark
		}{{true, report.Doubts}, {false, report.Named}} {
			for _, r := range list.remarks {
				n++
				err := tx.ExecOne(ctx, `INSERT INTO importer_remark (run, number, stored, place, what, why, settled, by_whom) VALUES (?, ?, ?, ?, ?, ?, ?, '')`,
					row.ID, n, list.stored, r.Where, r.What, r.Why, db.At(time.Time{}))
				if err != nil {
					return fmt.Errorf("end import %s: %w", row.ID, err)
				}
			}
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindNetwork}, "import ended", sala.Actor{ID: row.ByID, Name: row.By, Role: sala.Admin})
	})
}

// drop removes the input of a run that ended, unless another still needs it.
func (s *Store) drop(ctx context.Context, row runRow) error {
	for _, hash := range []string{row.Input, row.Media} {
		if hash == "" {
			continue
		}
		used, err := db.One[int](ctx, s.to.DB, `SELECT COUNT(*) FROM importer_run WHERE (input = ? OR media = ?) AND ended IS NULL`, hash, hash)
		if err != nil {
			return err
		}
		files, err := s.to.Media.Holding(ctx, hash)
		if err != nil {
			return err
		}
		if used == 0 && files == 0 {
			if err := s.blobs.Delete(ctx, hash); err != nil {
				return err
			}
		}
	}
	return nil
}
