package main

import (
	"context"
	"net/http"

	"sala/internal/i18n"
	"sala/letters"
	"sala/site"
	"sala/studio"
)

// doors opens both doors of a house to the world. Whatever is written from
// then on is found and in the audit trail before whoever wrote it is answered.
func (c serveCmd) doors(ctx context.Context, h *house, words *i18n.Catalogue, writer *letters.Writer) (http.Handler, error) {
	h.directory.UseWords(words)
	// First the index catches up with what was done while nothing served, then
	// it follows each write.
	if err := h.search.Follow(ctx); err != nil {
		return nil, err
	}
	if err := h.account.Follow(ctx); err != nil {
		return nil, err
	}
	h.db.Watch(func(int64) {
		if err := h.search.Follow(context.WithoutCancel(ctx)); err != nil {
			h.log.Error("the search index is behind", "error", err)
		}
		if err := h.account.Follow(context.WithoutCancel(ctx)); err != nil {
			h.log.Error("the audit trail is behind", "error", err)
		}
	})
	s, err := site.New(site.Config{
		DB: h.db, Archive: h.archive, Media: h.media, Network: h.network, Directory: h.directory, Events: h.events, Tracker: h.tracker, Search: h.search, Glossary: h.words, Links: h.links,
		Signatures: h.signatures,
		Words:      words, URL: c.SiteURL, Fonts: c.Fonts, Log: h.log,
	})
	if err != nil {
		return nil, err
	}
	room, err := studio.New(studio.Config{
		DB: h.db, Account: h.account, Archive: h.archive, Media: h.media, Network: h.network, Directory: h.directory, Events: h.events, Search: h.search, Glossary: h.words,
		Runs: h.runs, Proposals: h.proposals, Links: h.links, WatchesLinks: c.CheckLinks, Words: words, URL: c.SiteURL, Log: h.log, Preview: s.Preview, Text: s.Text,
		Signatures: h.signatures, Tracker: h.tracker, Letters: writer, Sent: h.sent,
	})
	if err != nil {
		return nil, err
	}
	doors := http.NewServeMux()
	doors.Handle("/studio/", room.Handler())
	doors.Handle("/", s.Handler())
	return doors, nil
}
