package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"sala"
	"sala/importer"
	"sala/importer/demo"
	"sala/internal/db"
	"sala/internal/i18n"
	"sala/internal/mail"
	"sala/letters"
	"sala/network"
)

type serveCmd struct {
	Listen     string `arg:"--listen,env:SALA_LISTEN" default:"localhost:8080" placeholder:"ADDR" help:"address and port to listen on; port 0 takes a free one"`
	SiteURL    string `arg:"--site-url,env:SALA_SITE_URL" placeholder:"URL" help:"address under which readers know the site, such as https://example.org"`
	Langs      string `arg:"--langs,env:SALA_LANGS" placeholder:"TAGS" help:"the site's languages in the order they are offered, such as en,my,th,shn; changes the setting that is kept"`
	Fonts      bool   `arg:"--fonts,env:SALA_FONTS" help:"offer readers of Khmer, Lao, Burmese and Thai a font, at most 60 KB, whatever the settings say"`
	CheckLinks bool   `arg:"--check-links,env:SALA_CHECK_LINKS" help:"watch the links to other sites: ask each once a month, and a web archive for copies of what is gone"`
	SMTP       string `arg:"--smtp,env:SALA_SMTP" placeholder:"URL" help:"mail server that letters go out by: smtps://user:password@host, or smtp://…:587 with STARTTLS; without one they wait in the outbox"`
	MailFrom   string `arg:"--mail-from,env:SALA_MAIL_FROM" placeholder:"ADDRESS" help:"whom letters are from, such as 'Network <office@example.org>'"`
	Demo       bool   `arg:"--demo,env:SALA_DEMO" help:"fill an empty data folder with a demonstration network"`
}

// Run serves until it is told to stop, then lets running answers end.
func (c serveCmd) Run(p *program) (err error) {
	if err := c.check(); err != nil {
		return err
	}
	sender, err := c.sender()
	if err != nil {
		return err
	}
	h, err := p.open(serves)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if c.Demo {
		if err := c.fill(p, h); err != nil {
			return err
		}
	}
	if err := h.account.CheckKey(p.ctx); err != nil {
		return err
	}
	if err := c.setLangs(p, h); err != nil {
		return err
	}
	words, faults, err := catalogue(p)
	if err != nil {
		return err
	}
	for _, fault := range faults {
		h.log.Error("a catalogue is not used whole", "folder", localesFolder(p), "error", fault)
	}
	writer := h.letters(c.SiteURL, words, sender)
	if err := writer.Outbox.TakeUp(p.ctx); err != nil {
		return err
	}
	doors, err := c.doors(p.ctx, h, words, writer)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", c.Listen, err)
	}
	server := &http.Server{
		Handler: doors, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10,
	}
	fmt.Fprintf(p.out, "Sala serves %s at http://%s/\n", p.cli.Data, listener.Addr())
	if err := c.welcome(p, h, listener); err != nil {
		return err
	}
	return work(p.ctx, h, writer, server, listener, c.CheckLinks)
}

// work runs the server and the jobs until ctx ends.
func work(ctx context.Context, h *house, writer *letters.Writer, server *http.Server, listener net.Listener, watch bool) error {
	var rest sync.WaitGroup
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	rest.Go(func() {
		if err := h.jobs.Run(background); err != nil {
			h.log.Error("jobs", "error", err)
		}
	})
	rest.Go(func() { daily(background, h, "forget old uploads", h.media.ForgetUploads) })
	rest.Go(func() { writer.Run(background) })
	rest.Go(func() { daily(background, h, "take up letters that wait", writer.Outbox.TakeUp) })
	rest.Go(func() { daily(background, h, "take up replies whose day has come", h.events.TakeUp) })
	rest.Go(func() {
		daily(background, h, "delete contacts of replies that wait too long", h.tracker.ForgetContacts)
	})
	if watch {
		rest.Go(func() {
			h.links.Watch(background, func(err error) { h.log.Error("links are not checked", "error", err) })
		})
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		h.log.Info("stopping")
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
		err = server.Shutdown(patience)
		cancel()
	}
	stop()
	rest.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// daily does something at once and then each day until ctx ends.
func daily(ctx context.Context, h *house, what string, f func(context.Context) error) {
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	for {
		if err := f(ctx); err != nil && ctx.Err() == nil {
			h.log.Error(what, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-day.C:
		}
	}
}

// welcome tells whoever set the program up how to make the first user.
func (c serveCmd) welcome(p *program, h *house, listener net.Listener) error {
	empty, err := h.account.Empty(p.ctx)
	if err != nil || !empty {
		return err
	}
	code, err := h.account.SetUpCode(p.ctx, sala.Machine("serve"))
	if errors.Is(err, sala.ErrConflict) { // another copy was set up just now
		return nil
	} else if err != nil {
		return err
	}
	base := strings.TrimRight(c.SiteURL, "/")
	if base == "" {
		base = "http://" + listener.Addr().String()
		if host, port, err := net.SplitHostPort(c.Listen); err == nil && host == "localhost" {
			// Passkeys are for names, not for numbers.
			if port == "0" {
				_, port, _ = net.SplitHostPort(listener.Addr().String())
			}
			base = "http://localhost:" + port
		}
	}
	fmt.Fprintf(p.out, "Nobody can sign in yet. Within a day, open %s/studio/setup?code=%s\n", base, code)
	return nil
}

func (c serveCmd) check() error {
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return sala.Invalid{{Field: "--listen", Text: fmt.Sprintf("%q is not an address and a port, such as localhost:8080", c.Listen)}}
	}
	if _, err := parseLangs(c.Langs); err != nil {
		return err
	}
	if c.SiteURL == "" {
		return nil
	}
	u, err := url.Parse(c.SiteURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" {
		return sala.Invalid{{Field: "--site-url", Text: fmt.Sprintf("%q is not a web address without a path, such as https://example.org", c.SiteURL)}}
	}
	return nil
}

// sender is what letters go out by, nil if nothing is configured.
func (c serveCmd) sender() (mail.Sender, error) {
	switch {
	case c.SMTP == "" && c.MailFrom != "":
		return nil, sala.Invalid{{Field: "--smtp", Text: "it is missing: --mail-from says whom letters are from, --smtp how they go out"}}
	case c.SMTP == "":
		return nil, nil
	case c.SiteURL == "":
		return nil, sala.Invalid{{Field: "--site-url", Text: "it is missing: letters carry links to the studio, so say under which address it is known"}}
	}
	return mail.DialSMTP(c.SMTP, c.MailFrom)
}

// letters is who writes the letters; sender is nil if they wait.
func (h *house) letters(address string, words *i18n.Catalogue, sender mail.Sender) *letters.Writer {
	return letters.New(letters.Config{
		DB: h.db, Account: h.account, Archive: h.archive, Network: h.network, Tracker: h.tracker, Contributions: h.sent, Signatures: h.signatures, Words: words, URL: address, Log: h.log,
		Outbox: mail.NewOutbox(h.db, h.jobs, h.key.Box("mail"), sender),
	})
}

// empty reports whether nothing but the default glossary was ever stored.
func (h *house) empty(ctx context.Context) (bool, error) {
	const few = 10 // versions of the defaults, and then something else
	changes, err := h.db.Changes(ctx, 0, few)
	return len(changes) < few && !slices.ContainsFunc(changes, func(c db.Change) bool { return c.Kind != sala.KindConcept || c.ID != "" }), err
}

// fill puts the demonstration into an empty archive. The folder is marked as
// a demonstration first, so that one that was interrupted can be filled
// again; what is there already does not change.
func (c serveCmd) fill(p *program, h *house) error {
	empty, err := h.empty(p.ctx)
	if err != nil {
		return err
	}
	set, err := h.network.Settings(p.ctx)
	if err != nil {
		return err
	}
	if !empty && !set.Demo {
		return fmt.Errorf("the data folder %s is not empty: --demo fills only an empty one", p.cli.Data)
	}
	by := sala.Machine("demo")
	err = h.db.Tx(p.ctx, func(tx *db.Tx) error {
		_, err := h.network.Change(p.ctx, tx, by, func(set *network.Settings) {
			if !set.Demo {
				set.Demo, set.Licence = true, network.Licences[0].Address
			}
		})
		return err
	})
	if err != nil {
		return err
	}
	report := importer.NewReport()
	if err := demo.Import(p.ctx, importer.NewStore(h.areas(), by, report), report); err != nil {
		return fmt.Errorf("fill with the demonstration: %w", err)
	}
	rooms := demo.Rooms{DB: h.db, Archive: h.archive, Directory: h.directory, Events: h.events, Tracker: h.tracker, Signatures: h.signatures}
	if err := demo.Record(p.ctx, rooms, by); err != nil {
		return fmt.Errorf("fill with the demonstration: %w", err)
	}
	_, err = h.jobs.RunDue(p.ctx)
	return err
}
