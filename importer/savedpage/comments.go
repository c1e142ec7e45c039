package savedpage

import (
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"sala/importer"
	"sala/internal/richtext"
)

var (
	commentAuthor = rules(".comment-author .fn", ".wp-block-comment-author-name", ".fn", "cite")
	commentText   = rules(".comment-content", ".wp-block-comment-content", ".comment-text", ".comment-body > p", ".comment-body")
	commentTime   = selector("time[datetime]")
)

// comments reads what readers said below a page.
func (im *pages) comments(p *page, e *entry, d document) []importer.Comment {
	var all []importer.Comment
	for _, n := range commentRules[0].MatchAll(p.doc) {
		id := strings.TrimPrefix(strings.TrimPrefix(attribute(n, "id"), "li-"), "comment-")
		text := within(n, commentText)
		if text == nil || words(text) == "" {
			continue
		}
		c := importer.Comment{
			Origin: importer.Origin{Site: e.origin.Site, Type: "comment", Key: e.origin.Key + "#" + id}, Type: "comment", Approved: "1", At: d.at,
		}
		if hasClass(n, "pingback") || hasClass(n, "trackback") {
			c.Type = "pingback"
		}
		if who := within(n, commentAuthor); who != nil {
			c.Author = words(who)
		}
		if when := commentTime.MatchFirst(n); when != nil {
			if t, ok := moment(attribute(when, "datetime")); ok {
				c.Time = t.UTC()
			}
		}
		c.Body, _ = richtext.FromHTML(inner(text), richtext.HTMLOptions{Lang: e.lang, Seed: string(c.Origin.ID()), Base: baseOf(p)})
		im.report.Comments[c.Type+"/1"]++
		all = append(all, c)
	}
	return all
}

// within returns what the first of some rules finds in an element.
func within(n *html.Node, all []cascadia.Selector) *html.Node {
	for _, rule := range all {
		if found := rule.MatchFirst(n); found != nil {
			return found
		}
	}
	return nil
}
