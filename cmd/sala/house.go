package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/contribution"
	"sala/directory"
	"sala/event"
	"sala/glossary"
	"sala/importer"
	"sala/importer/proposals"
	"sala/importer/runs"
	"sala/internal/blob"
	"sala/internal/db"
	"sala/internal/jobs"
	"sala/internal/outbound"
	"sala/links"
	"sala/media"
	"sala/network"
	"sala/search"
	"sala/signature"
	"sala/tracker"
)

// A house is every room, open.
type house struct {
	db         *db.DB
	blobs      *blob.Folder
	jobs       *jobs.Queue
	archive    *archive.Store
	media      *media.Store
	network    *network.Store
	directory  *directory.Store
	events     *event.Store
	tracker    *tracker.Store
	account    *account.Store
	key        account.Key
	search     *search.Index
	words      *glossary.Store
	sent       *contribution.Store
	signatures *signature.Store
	runs       *runs.Store
	proposals  *proposals.Store
	links      *links.Checker
	log        *slog.Logger
	lock       *os.File
}

// A need says what a command does to the data.
type need int

const (
	looks  need = iota // works while another serves
	alone              // must be the only one, where there is one writer
	serves             // serves: holds the folder
)

// open opens the house. Tables are made or brought up to date by a command
// that has the folder to itself; one that only looks finds them so or fails.
func (p *program) open(n need) (*house, error) {
	level := slog.LevelInfo
	if p.cli.Verbose {
		level = slog.LevelDebug
	}
	h := &house{log: slog.New(slog.NewTextHandler(p.errors, &slog.HandlerOptions{Level: level}))}
	if err := p.folder(); err != nil {
		return nil, err
	}
	address := p.cli.Database
	if address == "" {
		address = filepath.Join(p.cli.Data, "sala.db")
		if n == looks {
			if _, err := os.Stat(address); errors.Is(err, fs.ErrNotExist) {
				return nil, fmt.Errorf("there is no Sala in %s yet: sala serve or sala import makes one", p.cli.Data)
			}
		}
	}
	// With PostgreSQL several copies may serve; with SQLite one program writes.
	if n != looks && p.cli.Database == "" {
		lock, err := hold(p.cli.Data)
		if err != nil {
			return nil, err
		}
		h.lock = lock
	}
	if err := h.rooms(p, address, n); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *house) rooms(p *program, address string, n need) error {
	d, err := db.Open(p.ctx, address)
	if err != nil {
		return err
	}
	h.db = d
	if n == looks {
		err = d.CheckSchema(p.ctx)
	} else {
		_, _, err = d.Migrate(p.ctx)
	}
	if err != nil {
		return err
	}
	files := p.cli.Files
	if files == "" {
		files = filepath.Join(p.cli.Data, "files")
	}
	if scheme, _, ok := strings.Cut(files, "://"); ok {
		return fmt.Errorf("files %q: %s is not supported yet; give a folder", files, scheme)
	}
	if h.blobs, err = blob.OpenFolder(files); err != nil {
		return err
	}
	h.jobs = jobs.New(d)
	h.archive = archive.NewStore(d)
	h.archive.UseJobs(h.jobs)
	h.media = media.NewStore(d, h.blobs, h.jobs)
	h.archive.Withhold(h.media.Withheld)
	h.network = network.NewStore(d)
	h.directory = directory.NewStore(d)
	h.events = event.NewStore(d)
	h.events.UseJobs(h.jobs)
	h.tracker = tracker.NewStore(d)
	key, err := account.LoadKey(filepath.Join(p.cli.Data, account.KeyFile))
	if err != nil {
		return err
	}
	h.account, h.key = account.NewStore(d, key), key
	h.search = search.New(d, search.Record(h.archive, h.events, h.tracker, h.directory))
	h.search.Cover(h.directory)
	h.links = links.NewChecker(d, h.archive, outbound.NewClient(time.Minute))
	h.links.Archive = "https://archive.org/wayback/available"
	h.runs = runs.NewStore(h.areas(), h.blobs, h.jobs)
	h.signatures = signature.NewStore(d, h.archive)
	h.words, h.sent = glossary.NewStore(d), contribution.NewStore(d)
	h.proposals = proposals.NewStore(proposals.Areas{DB: d, Archive: h.archive, Directory: h.directory, Events: h.events, Tracker: h.tracker}, h.jobs)
	h.runs.Then = h.proposals.Begin
	if n != looks {
		_, err = h.words.LoadDefaults(p.ctx, sala.Machine("defaults"))
	}
	return err
}

func (h *house) areas() importer.Areas {
	return importer.Areas{DB: h.db, Archive: h.archive, Media: h.media, Network: h.network}
}

func (h *house) close() error {
	var errs []error
	if h.db != nil {
		errs = append(errs, h.db.Close())
	}
	if h.lock != nil {
		errs = append(errs, h.lock.Close()) // and with it the lock
	}
	return errors.Join(errs...)
}

// folder makes the data folder and sees that it can be written.
func (p *program) folder() error {
	if err := os.MkdirAll(p.cli.Data, 0o750); err != nil {
		return fmt.Errorf("the data folder %s cannot be made: %w", p.cli.Data, errors.Unwrap(err))
	}
	probe, err := os.CreateTemp(p.cli.Data, ".probe")
	if err != nil {
		return fmt.Errorf("the data folder %s cannot be written: %w", p.cli.Data, errors.Unwrap(err))
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// hold takes the folder for this program. The lock goes with the process,
// however it ends.
func hold(folder string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(folder, "sala.lock"), os.O_CREATE|os.O_RDWR, 0o640)
	if err != nil {
		return nil, fmt.Errorf("the data folder %s cannot be written: %w", folder, err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("the data folder %s is in use by another sala: stop that one first", folder), f.Close())
	}
	return f, nil
}
