package site

import (
	"html"
	"net/http"
	"strings"
	"time"

	"sala"
	"sala/event"
	"sala/feed"
	"sala/internal/web"
)

// eventFeed serves the feeds under /{lang}/events/, narrowed by the same query
// as the list.
func (s *Site) eventFeed(r *http.Request, lang sala.Lang, name string) (*web.Reply, error) {
	ctx := r.Context()
	ch, err := s.eventChoice(r.URL.Query())
	if err != nil {
		return nil, err
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	ch.filter.Limit, ch.filter.Before = feedLength, ""
	list, err := s.Events.Events(ctx, ch.filter)
	if err != nil {
		return nil, err
	}
	seen, err := s.see(ctx, list.Events...)
	if err != nil {
		return nil, err
	}
	title, _ := p.Name()
	home := strings.TrimSuffix(r.URL.Path, name)
	f := feed.Feed{Title: p.T("event.title") + " – " + title, Author: title, Lang: lang, Home: p.Base + home, Base: p.Base + home + "feed", Updated: time.Unix(0, 0)}
	f.About = p.T("event.lead")
	for _, e := range seen.Events {
		entry := s.eventEntry(p, e)
		if entry.Updated.After(f.Updated) {
			f.Updated = entry.Updated
		}
		f.Entries = append(f.Entries, entry)
	}
	return feedReply(f, name)
}

// eventEntry is an event in a feed: what it was, when and where.
func (s *Site) eventEntry(p *page, e event.Event) feed.Entry {
	line := s.eventRow(e, p)
	facts := []string{p.T(line.Kind), line.Date}
	if h := hours(e.Start, e.End); h != "" {
		facts = append(facts, h+" ("+e.Zone+")")
	}
	if line.Place != "" {
		facts = append(facts, line.Place)
	}
	body := "<p>" + html.EscapeString(strings.Join(facts, " · ")) + "</p>"
	about, _ := e.About.In(p.Want, p.set.Default)
	for paragraph := range strings.SplitSeq(about, "\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			body += "<p>" + html.EscapeString(paragraph) + "</p>"
		}
	}
	return feed.Entry{
		ID: "urn:uuid:" + string(e.ID), Title: line.Title, Lang: line.Lang, Link: p.Base + line.Href, Summary: line.Summary, HTML: body,
		Terms: []string{p.T(line.Kind)}, Published: e.Created, Updated: e.Changed,
	}
}
