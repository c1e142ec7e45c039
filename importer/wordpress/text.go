package wordpress

import (
	"html"
	"net/url"
	"regexp"
	"strings"

	"sala"
	"sala/importer"
	"sala/internal/richtext"
)

// plainText returns what a reader sees of a title, a label or an excerpt.
func plainText(s string) string {
	s = strings.TrimSpace(s)
	if !strings.ContainsAny(s, "<&") {
		return strings.Join(strings.Fields(s), " ")
	}
	d, _ := richtext.FromHTML(s, richtext.HTMLOptions{})
	return strings.Join(strings.Fields(d.Plain()), " ")
}

// A piece of content that is being converted: where it is from and what must
// be said about it.
type content struct {
	im    *reader
	at    importer.Place
	title string
	entry *entry
	seed  string
	lang  sala.Lang
	room  *int // how many bytes of patterns may yet be put in: see [content.pattern]
}

// doc converts the content of an item.
func (c content) doc(source string) richtext.Doc {
	return c.convert(c.html(source))
}

// comment converts a comment: its shortcodes were never run.
func (c content) comment(source string) richtext.Doc { return c.convert(autop(source)) }

func (c content) convert(source string) richtext.Doc {
	names := map[string]string{} // of the files that links lead to, by their new address
	d, doubts := richtext.FromHTML(source, richtext.HTMLOptions{
		Lang: c.lang, Seed: c.seed, Base: c.im.index.baseURL,
		Link: func(href string) string {
			if origin, name, ok := c.im.file(href, c.public()); ok {
				link := importer.LinkTo(sala.KindFile, origin, "")
				names[link] = name
				return link
			}
			return c.im.index.relink(href, func(href string) {
				c.im.report.Doubt(c.at, c.title, "a link into the old site leads to nothing in this export: %s", href)
			})
		},
		Picture: func(src string) (sala.ID, bool) {
			origin, _, ok := c.im.file(src, c.public())
			return origin.ID(), ok
		},
	})
	// What was played in place, and is now a file of the house, is offered as
	// a file: it has a name of its own there, and no address elsewhere.
	d.Walk(func(n *richtext.Node) bool {
		if name, ok := names[n.Attrs.Href]; ok && n.Type == richtext.Embed {
			if n.Attrs.Title != "" {
				name = n.Attrs.Title
			}
			id := sala.ID(strings.TrimPrefix(n.Attrs.Href, "sala:"+string(sala.KindFile)+"/"))
			n.Type, n.Attrs.Href, n.Attrs.File, n.Attrs.Title = richtext.Attachment, "", id, name
		}
		return true
	})
	for _, doubt := range doubts {
		c.im.report.Doubt(c.at, c.title, "%s: %s", doubt.What, doubt.Why)
	}
	return d
}

// public reports whether the text was public where it stood.
func (c content) public() bool { return c.entry != nil && c.entry.public }

// html makes HTML of content as WordPress stores it: blocks, or classic text
// with shortcodes.
func (c content) html(source string) string {
	source = strings.ReplaceAll(source, "\r\n", "\n")
	source = strings.ReplaceAll(source, "<![CDATA[", "&lt;![CDATA[") // no such thing in HTML: it is text
	blocks := strings.Contains(source, "<!-- wp:")
	if blocks {
		room := patternRoom
		c.room = &room
		source = c.blocks(source, 0)
	}
	source = moreMark.ReplaceAllString(source, "\n\n<sala-more></sala-more>\n\n")
	source = strings.ReplaceAll(source, "<!--nextpage-->", "\n\n<sala-page></sala-page>\n\n")
	source = shortcodes(source, c.expand, func(code string) {
		c.im.report.Doubt(c.at, c.title, "a shortcode of a plugin or theme, kept as it is written: %s", code)
	})
	source = bareLinks(source)
	if blocks {
		return source
	}
	return autop(source)
}

var (
	moreMark = regexp.MustCompile(`<!--more(?:\s[^>]*)?-->`)
	bareLink = regexp.MustCompile(`^([ \t]*(?:<p>)?)(https?://[^\s<>"]+)((?:</p>)?[ \t]*)$`)
)

// bareLinks makes links of the addresses that have a line to themselves, or
// what WordPress showed in their place.
func bareLinks(source string) string {
	if !strings.Contains(source, "http") {
		return source
	}
	var b strings.Builder
	b.Grow(len(source))
	for line := range strings.Lines(source) {
		start := strings.TrimPrefix(strings.TrimLeft(line, " \t"), "<p>")
		if !strings.HasPrefix(start, "http") {
			b.WriteString(line)
			continue
		}
		text, end := strings.CutSuffix(line, "\n")
		switch m := bareLink.FindStringSubmatch(text); {
		case m == nil:
			b.WriteString(text)
		case isProvider(m[2]):
			b.WriteString("\n" + embedTag(m[2]) + "\n")
		default:
			b.WriteString(m[1] + `<a href="` + m[2] + `">` + m[2] + `</a>` + m[3])
		}
		if end {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func embedTag(address string) string {
	return `<sala-embed href="` + html.EscapeString(html.UnescapeString(address)) + `"></sala-embed>`
}

// isProvider reports whether WordPress shows what stands at an address in
// place of the address, when that stands on a line of its own.
func isProvider(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	for _, known := range []string{
		"youtube.com", "youtu.be", "m.youtube.com", "vimeo.com", "dailymotion.com", "dai.ly", "flickr.com", "flic.kr", "soundcloud.com",
		"twitter.com", "x.com", "slideshare.net", "issuu.com", "scribd.com", "ted.com", "spotify.com", "open.spotify.com", "facebook.com",
		"instagram.com", "tiktok.com", "mixcloud.com", "videopress.com", "wordpress.tv", "reddit.com", "tumblr.com", "kickstarter.com",
		"speakerdeck.com", "amazon.com", "imgur.com", "animoto.com", "hulu.com", "photobucket.com", "polldaddy.com", "blip.tv", "viddler.com",
	} {
		if host == known {
			return true
		}
	}
	return false
}
