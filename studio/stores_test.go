package studio_test

import (
	"log/slog"
	"testing"

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
	"sala/internal/i18n"
	"sala/internal/jobs"
	"sala/internal/mail"
	"sala/internal/outbound"
	"sala/letters"
	"sala/links"
	"sala/media"
	"sala/network"
	"sala/search"
	"sala/signature"
	"sala/studio"
	"sala/tracker"
)

// stores are all that a studio needs, over one database, as cmd/sala wires
// them; and the jobs they wait for.
func stores(t testing.TB, d *db.DB) (studio.Config, *jobs.Queue) {
	t.Helper()
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	q := jobs.New(d)
	c := studio.Config{
		DB: d, Account: account.NewStore(d, account.Key{1}), Archive: archive.NewStore(d), Media: media.NewStore(d, blobs, q), Network: network.NewStore(d),
		Glossary: glossary.NewStore(d), Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}
	c.Archive.UseJobs(q)
	c.Letters = writer(t, c, q, nil)
	c.Sent, c.Signatures = contribution.NewStore(d), signature.NewStore(d, c.Archive)
	c.Events, c.Directory, c.Tracker = event.NewStore(d), directory.NewStore(d), tracker.NewStore(d)
	c.Events.UseJobs(q)
	c.Search = search.New(d, search.Works{Archive: c.Archive})
	c.Links = links.NewChecker(d, c.Archive, outbound.NewClient(0))
	c.Proposals = proposals.NewStore(proposals.Areas{
		DB: d, Archive: c.Archive, Directory: c.Directory, Events: c.Events, Tracker: c.Tracker,
	}, q)
	c.Runs = runs.NewStore(importer.Areas{DB: d, Archive: c.Archive, Media: c.Media, Network: c.Network}, blobs, q)
	return c, q
}

// writer is who writes the letters of a studio; sender takes them, or, if it
// is nil, they wait.
func writer(t testing.TB, c studio.Config, q *jobs.Queue, sender mail.Sender) *letters.Writer {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return letters.New(letters.Config{
		DB: c.DB, Account: c.Account, Archive: c.Archive, Network: c.Network, Tracker: c.Tracker, Contributions: c.Sent, Signatures: c.Signatures, Words: words, URL: "https://record.example", Log: c.Log,
		Outbox: mail.NewOutbox(c.DB, q, account.Key{1}.Box("mail"), sender),
	})
}
