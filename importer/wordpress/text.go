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
}

// doc converts the content of an item.
func (c content) doc(source string) richtext.Doc {
	return c.convert(c.html(source))
}

// comment converts a comment: its shortcodes were never run.
func (c content) comment(source string) richtext.Doc { return c.convert(autop(source)) }

func (c content) convert(source string) richtext.Doc {
	d, doubts := richtext.FromHTML(source, richtext.HTMLOptions{
		Lang: c.lang, Seed: c.seed, Base: c.im.index.baseURL,
		Link: func(href string) string {
			return c.im.index.relink(href, func(href string) {
				c.im.report.Doubt(c.at, c.title, "a link into the old site leads to nothing in this export: %s", href)
			})
		},
		Picture: func(src string) (sala.ID, bool) {
			en := c.im.index.upload(src)
			if en == nil {
				return "", false
			}
			return en.origin.ID(), true
		},
	})
	for _, doubt := range doubts {
		c.im.report.Doubt(c.at, c.title, "%s: %s", doubt.What, doubt.Why)
	}
	return d
}

// html makes HTML of content as WordPress stores it: blocks, or classic text
// with shortcodes.
func (c content) html(source string) string {
	source = strings.ReplaceAll(source, "\r\n", "\n")
	source = strings.ReplaceAll(source, "<![CDATA[", "&lt;![CDATA[") // no such thing in HTML: it is text
	blocks := strings.Contains(source, "<!-- wp:")
	if blocks {
		source = c.blocks(source)
	}
	source = moreMark.ReplaceAllString(source, "\n\n<sala-more></sala-more>\n\n")
	source = strings.ReplaceAll(source, "<!--nextpage-->", "\n\n<sala-page></sala-page>\n\n")
	source = shortcodes(source, c.expand, func(code string) {
		c.im.report.Doubt(c.at, c.title, "a shortcode of a plugin or theme, kept as it is written: %s", code)
	})
	source = bareLink.ReplaceAllStringFunc(source, func(line string) string {
		address := strings.TrimSpace(line)
		if !isProvider(address) {
			return strings.Replace(line, address, `<a href="`+html.EscapeString(address)+`">`+html.EscapeString(address)+`</a>`, 1)
		}
		return "\n" + embedTag(address) + "\n"
	})
	if blocks {
		return source
	}
	return autop(source)
}

var (
	moreMark = regexp.MustCompile(`<!--more(?:\s[^>]*)?-->`)
	bareLink = regexp.MustCompile(`(?m)^[ \t]*(?:<p>)?https?://[^\s<>"]+(?:</p>)?[ \t]*$`)
)

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

var blockMark = regexp.MustCompile(`<!--\s+(/)?wp:([a-z][a-z0-9_/-]*)\s+(\{.*?\}\s+)?(/)?-->`)

// blocks takes the delimiters of the block editor away. A block that holds
// nothing of its own, because the server filled it at each view, is kept as
// it is written.
func (c content) blocks(source string) string {
	return blockMark.ReplaceAllStringFunc(source, func(mark string) string {
		m := blockMark.FindStringSubmatch(mark)
		name, alone := m[2], m[4] != ""
		switch {
		case name == "more":
			return ""
		case name == "nextpage":
			return ""
		case !alone:
			return "\n"
		case name == "spacer" || name == "separator":
			return "\n"
		}
		c.im.report.Doubt(c.at, c.title, "a block that the old site filled at each view, kept as it is written: %s", name)
		return "\n<sala-unknown title=\"block\">" + html.EscapeString(strings.TrimSpace(mark)) + "</sala-unknown>\n"
	})
}

var firstPicture = regexp.MustCompile(`(?is)^\s*((?:<a\s[^>]*>)?\s*<img\s[^>]*>\s*(?:</a>)?)(.*)$`)

// expand gives what stands for a shortcode that WordPress itself knows.
func (c content) expand(code shortcode) (string, bool) {
	switch code.name {
	case "caption", "wp_caption":
		m := firstPicture.FindStringSubmatch(code.inner)
		if m == nil {
			return "", false
		}
		caption := m[2]
		if code.attrs["caption"] != "" {
			caption = code.attrs["caption"]
		}
		return "\n<figure>" + m[1] + "<figcaption>" + caption + "</figcaption></figure>\n", true
	case "gallery":
		return c.gallery(code)
	case "embed":
		if address := strings.TrimSpace(code.inner); strings.HasPrefix(address, "http") {
			return "\n" + embedTag(address) + "\n", true
		}
	case "audio", "video":
		for _, key := range []string{"src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "wma", "flv"} {
			if src := code.attrs[key]; src != "" {
				return "\n" + embedTag(src) + "\n", true
			}
		}
		if address := strings.TrimSpace(code.inner); strings.HasPrefix(address, "http") {
			return "\n" + embedTag(address) + "\n", true
		}
	case "playlist":
		var b strings.Builder
		for _, id := range idList(code.attrs["ids"]) {
			if en := c.im.index.byID[id]; en != nil && en.kind == "attachment" {
				b.WriteString("\n" + embedTag(c.im.uploadAddress(en)) + "\n")
			}
		}
		if b.Len() > 0 {
			return b.String(), true
		}
	}
	return "", false
}

func idList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

// gallery gives the pictures a gallery names, or those attached to the item.
func (c content) gallery(code shortcode) (string, bool) {
	var pictures []*entry
	if ids := code.attrs["ids"] + code.attrs["include"]; ids != "" {
		for _, id := range idList(ids) {
			if en := c.im.index.byID[id]; en != nil && en.kind == "attachment" {
				pictures = append(pictures, en)
				continue
			}
			c.im.report.Doubt(c.at, c.title, "a gallery names picture %s, which is not in this export", id)
		}
	} else if c.entry != nil {
		excluded := idList(code.attrs["exclude"])
		for _, en := range c.im.index.children(c.entry.id) {
			skip := false
			for _, id := range excluded {
				skip = skip || id == en.id
			}
			if !skip && isPicture(en.file) {
				pictures = append(pictures, en)
			}
		}
	}
	if len(pictures) == 0 {
		return "", false
	}
	var b strings.Builder
	b.WriteString("\n<sala-gallery>")
	for _, en := range pictures {
		b.WriteString(`<figure><img src="` + html.EscapeString(c.im.uploadAddress(en)) + `" alt="` + html.EscapeString(en.alt) + `">`)
		if en.caption != "" {
			b.WriteString("<figcaption>" + html.EscapeString(en.caption) + "</figcaption>")
		}
		b.WriteString("</figure>")
	}
	b.WriteString("</sala-gallery>\n")
	return b.String(), true
}

func isPicture(file string) bool {
	switch ext := strings.ToLower(file[strings.LastIndexByte(file, '.')+1:]); ext {
	case "jpg", "jpeg", "png", "gif", "webp", "bmp", "svg":
		return true
	}
	return false
}

// children returns the attachments of an item.
func (x *index) children(id string) []*entry {
	if x.attached == nil {
		x.attached = map[string][]*entry{}
		for _, en := range x.entries {
			if en.kind == "attachment" {
				x.attached[en.parent] = append(x.attached[en.parent], en)
			}
		}
	}
	return x.attached[id]
}

func (im *reader) uploadAddress(en *entry) string {
	return strings.TrimRight(im.index.baseURL, "/") + "/wp-content/uploads/" + en.file
}
