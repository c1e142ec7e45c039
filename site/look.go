package site

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"sala"
	"sala/internal/web"
	"sala/network"
)

// policy is the Content-Security-Policy of a page with these style sheets:
// each is known by its hash, so that no other counts, and nothing is loaded
// from elsewhere.
func (s *Site) policy(styles ...string) string {
	var allowed strings.Builder
	for _, style := range styles {
		sum := sha256.Sum256([]byte(style))
		allowed.WriteString(" 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'")
	}
	fonts, source := fontPolicy(s.faces)
	return "default-src 'none'; style-src" + allowed.String() + fonts + "; " + source + "img-src 'self' data:; " +
		"media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// colours is the style sheet of a network's own colours, "" if it has none.
// It stands after the other, so that it counts in the dark as well: white
// words can be read on any roof that the settings take, by day and by night.
func colours(c network.Colours) string {
	var b strings.Builder
	if c.Roof != "" {
		b.WriteString("--roof:" + string(c.Roof) + ";")
	}
	if c.Edge != "" {
		b.WriteString("--gold:" + string(c.Edge) + ";")
	}
	if b.Len() == 0 {
		return ""
	}
	return ":root{" + b.String() + "}"
}

// show answers with a page under a policy that lets its style sheets count.
func (p *page) show(ctx context.Context, c templ.Component) (*web.Reply, error) {
	reply, err := web.Page(ctx, c)
	if err != nil {
		return nil, err
	}
	if own := colours(p.set.Colours); own != "" {
		reply.Header = http.Header{"Content-Security-Policy": {p.site.policy(p.site.style, own)}}
	}
	return reply, nil
}

// style is every style sheet of the page, as elements of the head: that of all
// pages, the network's colours, the fonts that the page may use.
func (p *page) style() string {
	s := "<style>" + p.site.style + "</style>"
	if own := colours(p.set.Colours); own != "" {
		s += "<style>" + own + "</style>"
	}
	return s + p.fontStyles()
}

// roof is the colour of the roof, which browsers paint around the page.
func (p *page) roof() string {
	if p.set.Colours.Roof != "" {
		return string(p.set.Colours.Roof)
	}
	return string(network.DefaultRoof)
}

// icon is a roof and its edge, for the tab.
func (p *page) icon() string {
	edge := p.set.Colours.Edge
	if edge == "" {
		edge = network.DefaultEdge
	}
	hash := strings.NewReplacer("#", "%23")
	return "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='" + hash.Replace(p.roof()) +
		"' d='M0 8 8 2l8 6v1H0z'/%3E%3Cpath fill='" + hash.Replace(string(edge)) + "' d='M0 9h16v2H0z'/%3E%3C/svg%3E"
}

// A logo is the picture before the name.
type logo struct {
	Src           string // "" if there is none
	Width, Height string
}

// logoWidth is how wide a rendition is taken for the logo: it is shown small.
const logoWidth = 320

// logo returns the picture of the settings if it may be shown. What cannot be
// shown is left out: the name stands there in any case.
func (s *Site) logo(ctx context.Context, set network.Settings) (logo, error) {
	if set.Logo == "" {
		return logo{}, nil
	}
	f, err := s.Media.File(ctx, set.Logo)
	if errors.Is(err, sala.ErrNotFound) || err == nil && (!f.Shown() || !f.IsPicture()) {
		return logo{}, nil
	} else if err != nil {
		return logo{}, err
	}
	r, ok := f.Rendition(logoWidth)
	if !ok { // until it is made
		return logo{}, nil
	}
	return logo{f.RenditionAddress(r), strconv.Itoa(r.Width), strconv.Itoa(r.Height)}, nil
}
