package wordpress

import (
	"html"
	"regexp"
	"strings"
)

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
		if len(code.plain) > 0 && strings.HasPrefix(code.plain[0], "http") { // as it was written before WordPress 3.6
			return "\n" + embedTag(code.plain[0]) + "\n", true
		}
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
		c.im.report.Doubt(c.at, c.title, "a gallery none of whose pictures is in this export, kept as it is written")
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
