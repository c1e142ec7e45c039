package site

import (
	"net/http"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/feed"
	"sala/internal/web"
)

// isFeed reports whether the last part of an address names a feed.
func isFeed(name string) bool {
	return name == "feed.atom" || name == "feed.rss" || name == "feed.json"
}

// feedLength is how many works a feed holds.
const feedLength = 20

// feed serves the feeds of the whole archive and of each category, narrowed
// by the same query as the list they belong to. Works are given in the
// language of the feed where they have it.
func (s *Site) feed(r *http.Request, lang sala.Lang, path, name string) (*web.Reply, error) {
	ctx := r.Context()
	ch, err := s.choice(ctx, path, r.URL.Query(), false)
	if err != nil {
		return nil, err
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	ch.filter.Limit = feedLength
	if ch.tooLong {
		return nil, sala.ErrNotFound
	}
	if _, err := s.saying(ctx, &ch, feedLength); err != nil {
		return nil, err
	}
	list, err := s.Archive.Works(ctx, ch.filter)
	if err != nil {
		return nil, err
	}
	title, _ := p.Name()
	home := strings.TrimSuffix(r.URL.Path, name)
	f := feed.Feed{Title: title, Author: title, Lang: lang, Home: p.Base + home, Base: p.Base + home + "feed"}
	if ch.category != nil {
		label, _ := ch.category.Labels.In(lang, p.set.Default)
		f.Title = label + " – " + title
	}
	f.About, _ = p.Tagline()
	if f.Entries, err = s.entries(r, p, list.Works); err != nil {
		return nil, err
	}
	for _, e := range f.Entries {
		if e.Updated.After(f.Updated) {
			f.Updated = e.Updated
		}
	}
	if f.Updated.IsZero() {
		f.Updated = time.Unix(0, 0)
	}
	return feedReply(f, name)
}

// feedReply answers with a feed in the form that its name asks for.
func feedReply(f feed.Feed, name string) (*web.Reply, error) {
	kind, write := "application/atom+xml; charset=utf-8", f.Atom
	switch name {
	case "feed.rss":
		kind, write = "application/rss+xml; charset=utf-8", f.RSS
	case "feed.json":
		kind, write = "application/feed+json; charset=utf-8", f.JSON
	}
	b, err := write()
	if err != nil {
		return nil, err
	}
	return web.Text(kind, b), nil
}

func (s *Site) entries(r *http.Request, p *page, works []archive.Work) ([]feed.Entry, error) {
	ctx := r.Context()
	var editions []archive.Edition
	var ids, terms []sala.ID
	for _, w := range works {
		e := best(w, p.Want, p.set)
		editions, ids = append(editions, e), append(ids, e.ID)
		terms = append(terms, w.Terms...)
	}
	texts, err := s.Archive.Texts(ctx, ids)
	if err != nil {
		return nil, err
	}
	labels, err := s.Archive.TermsByID(ctx, terms)
	if err != nil {
		return nil, err
	}
	var entries []feed.Entry
	for i, w := range works {
		e := editions[i]
		res, err := s.resolve(ctx, p, texts[e.ID])
		if err != nil {
			return nil, err
		}
		html, err := res.html(texts[e.ID], e.Lang, false, p.Base)
		if err != nil {
			return nil, err
		}
		entry := feed.Entry{
			ID: "urn:uuid:" + string(e.ID), Title: e.Title, Lang: e.Lang, Link: p.Base + workPath(e), Summary: e.Summary, HTML: html,
			Authors: e.Bylines, Published: e.Published, Updated: e.Changed,
		}
		for _, id := range w.Terms {
			if t, ok := labels[id]; ok && t.Vocabulary != archive.Author {
				label, _ := t.Labels.In(p.Want, p.set.Default)
				entry.Terms = append(entry.Terms, label)
			}
		}
		entries = append(entries, entry)
	}
	return entries, nil
}
