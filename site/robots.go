package site

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"sala"
	"sala/archive"
	"sala/feed"
	"sala/internal/web"
)

// robots serves GET /robots.txt.
func (s *Site) robots(r *http.Request) (*web.Reply, error) {
	text := "User-agent: *\nDisallow: /*?*before=\nDisallow: /*/search\n\nSitemap: " + s.base(r) + "/sitemap.xml\n"
	return web.Text("text/plain; charset=utf-8", []byte(text)), nil
}

// security serves GET /.well-known/security.txt (RFC 9116), if the network
// has said whom to tell.
func (s *Site) security(r *http.Request) (*web.Reply, error) {
	set, err := s.Network.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	contact := set.SecurityContact
	if contact == "" && set.Email != "" {
		contact = "mailto:" + set.Email
	}
	if contact == "" {
		return nil, sala.ErrNotFound
	}
	// The expiry moves by months, so that the page can be kept.
	now := s.DB.Now()
	expires := time.Date(now.Year(), now.Month()+6, 1, 0, 0, 0, 0, time.UTC)
	langs := ""
	for i, l := range set.Langs {
		if i > 0 {
			langs += ", "
		}
		langs += string(l)
	}
	text := fmt.Sprintf("Contact: %s\nExpires: %s\nPreferred-Languages: %s\nCanonical: %s/.well-known/security.txt\n",
		contact, expires.Format(time.RFC3339), langs, s.base(r))
	reply := web.Text("text/plain; charset=utf-8", []byte(text))
	reply.Keep = false
	return reply, nil
}

// sitemap serves GET /sitemap.xml: all addresses, or an index of maps where
// one would be too long; ?part=n is one of those.
func (s *Site) sitemap(r *http.Request) (*web.Reply, error) {
	locations, err := s.locations(r)
	if err != nil {
		return nil, err
	}
	var b []byte
	part := r.URL.Query().Get("part")
	switch {
	case part != "":
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || (n-1)*feed.SitemapMax >= len(locations) {
			return nil, sala.ErrNotFound
		}
		b, err = feed.Sitemap(locations[(n-1)*feed.SitemapMax : min(n*feed.SitemapMax, len(locations))])
		if err != nil {
			return nil, err
		}
	case len(locations) > feed.SitemapMax:
		var parts []string
		for n := 1; (n-1)*feed.SitemapMax < len(locations); n++ {
			parts = append(parts, fmt.Sprintf("%s/sitemap.xml?part=%d", s.base(r), n))
		}
		b, err = feed.SitemapIndex(parts)
	default:
		b, err = feed.Sitemap(locations)
	}
	if err != nil {
		return nil, err
	}
	return web.Text("application/xml; charset=utf-8", b), nil
}

// locations lists every public address: home, archive, glossary and events in each
// language, every edition, every category, every theme, every event.
func (s *Site) locations(r *http.Request) ([]feed.Location, error) {
	ctx, base := r.Context(), s.base(r)
	set, err := s.Network.Settings(ctx)
	if err != nil {
		return nil, err
	}
	var out []feed.Location
	every := func(rest string) {
		alternates := map[sala.Lang]string{}
		for _, l := range set.Langs {
			alternates[l] = base + "/" + string(l) + rest
		}
		for _, l := range set.Langs {
			out = append(out, feed.Location{Address: alternates[l], Alternates: alternates})
		}
	}
	every("/")
	every("/archive/")
	every("/glossary/")
	every("/events/")
	if err := s.directoryLocations(r, every); err != nil {
		return nil, err
	}
	if err := s.themeLocations(r, every); err != nil {
		return nil, err
	}
	every("/recommendations/")
	every("/recommendations/ratifications")
	every("/recommendations/figures")
	asks, err := s.Tracker.Addresses(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range asks {
		before := len(out)
		every("/recommendations/" + url.PathEscape(a.Slug))
		for i := before; i < len(out); i++ {
			out[i].Changed = a.Changed
		}
	}
	terms, err := s.Archive.Terms(ctx, archive.Category)
	if err != nil {
		return nil, err
	}
	for _, t := range terms {
		if t.Count > 0 {
			every(termPath("", t)[1:])
		}
	}
	var group []archive.Address
	flush := func() {
		alternates := map[sala.Lang]string{}
		for _, a := range group {
			alternates[a.Lang] = base + workPath(archive.Edition{Lang: a.Lang, Year: a.Year, Slug: a.Slug})
		}
		for _, a := range group {
			out = append(out, feed.Location{Address: alternates[a.Lang], Changed: a.Changed, Alternates: alternates})
		}
		group = nil
	}
	for a, err := range s.Archive.Addresses(ctx) {
		if err != nil {
			return nil, err
		}
		if len(group) > 0 && group[0].Work != a.Work {
			flush()
		}
		group = append(group, a)
	}
	flush()
	events, err := s.Events.Addresses(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		alternates := map[sala.Lang]string{}
		for _, l := range set.Langs {
			if e.Title[l] != "" {
				alternates[l] = base + eventPath(l, e)
			}
		}
		for _, l := range sortedKeys(alternates) {
			out = append(out, feed.Location{Address: alternates[l], Changed: e.Changed, Alternates: alternates})
		}
	}
	return out, nil
}
