package savedpage

import (
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The rules of WordPress themes, block themes first, in the order in which
// they are believed. The class names are those of WordPress itself (body_class,
// post_class, the hAtom names of its default themes, the core blocks) and of
// the builders that most such sites were made with.
var (
	textRules = rules(
		".wp-block-post-content", ".entry-content", "[itemprop~=articleBody]", ".td-post-content", ".elementor-widget-theme-post-content",
		".et_pb_post_content", ".post-content", ".post_content", ".post-entry", ".single-content", ".article-content", ".storycontent",
		".hentry .entry", ".post .entry", ".post-body", ".node .field-name-body", ".field--name-body", ".article-body", ".com-content-article__body", ".item-page",
	)
	titleRules = rules(
		"h1.wp-block-post-title", ".wp-block-post-title", "h1.entry-title", ".entry-title", "h1.post-title", ".post-title", ".elementor-widget-theme-post-title h1",
		"[itemprop~=headline]", "article h1", "main h1", ".hentry h1", ".post h1", ".post h2", "h1.page-title", "h1.title", ".page-header h1", ".page-header h2",
	)
	dateRules = rules(
		".wp-block-post-date time[datetime]", "time.published[datetime]", "time.entry-date[datetime]", "[itemprop~=datePublished]", ".entry-meta time[datetime]",
		".entry-header time[datetime]", ".posted-on time[datetime]", "abbr.published[title]", ".elementor-post-info__item--type-date time", "article header time[datetime]", "article time[datetime]", "main time[datetime]",
	)
	spokenDateRules = rules(".wp-block-post-date", ".posted-on", ".entry-date", ".post-date", ".elementor-post-info__item--type-date", ".post .date", ".post small", ".entry-meta")
	changedRules    = rules("time.updated[datetime]", "[itemprop~=dateModified]", ".wp-block-post-date__modified-date time[datetime]")
	bylineRules     = rules(".wp-block-post-author__name", ".wp-block-post-author-name", ".author .fn", ".entry-author-name", "[itemprop~=author] [itemprop~=name]", ".byline .author", "a[rel~=author]", ".entry-meta .author", ".elementor-post-info__item--type-author")
	pictureRules    = rules(".wp-block-post-featured-image img", "img.wp-post-image", ".post-thumbnail img", ".elementor-widget-theme-post-featured-image img")
	termRules       = rules(`a[rel~="category"]`, `a[rel~="tag"]`)
	siteRules       = rules(".wp-block-site-title", ".site-title", "#site-title", "#blog-title", ".site-name", "#header h1 a", "#headerimg h1 a")
	entryRules      = rules(".hentry", "article.post", "div.post[id^=post-]", ".wp-block-post", "article[id^=post-]")
	passwordRules   = rules("form.post-password-form", `form[action*="action=postpass"]`)
	commentRules    = rules("li.comment, li.pingback, li.trackback, div.comment[id^=comment-]")

	// outside is what stands beside a text and may look like one.
	outside = selector(`.comments-area, #comments, .comment-list, .commentlist, #respond, aside, .sidebar, #sidebar, .widget, .widget-area, nav, footer, .site-footer, .related-posts, .jp-relatedposts, .yarpp, .yarpp-related, .wp-block-query, .wp-block-latest-posts, .post-navigation, .nav-links`)

	// furniture is what plugins and themes put into a text that its author did not.
	furniture = selector(`script, style, noscript, template, link, meta, .sharedaddy, .jp-relatedposts, .jp-post-flair, .addtoany_share_save_container, .a2a_kit, .heateor_sss_sharing_container,
		.heateorSssClear, .ssba, .social-share, .social-links, .share-buttons, .mashsb-container, .essb_links, .swp_social_panel, .wpsso-buttons, .fb-like, .fb-share-button, .twitter-share-button,
		.yarpp, .yarpp-related, .related-posts, .post-navigation, .nav-links, .wp-block-post-navigation-link, .edit-link, .post-edit-link, .screen-reader-text, .skip-link, .wpcf7, .gform_wrapper,
		.mc4wp-form, form, button, .print-link, .printfriendly, .pf-button, .post-views, .wp-block-buttons .wp-block-post-comments-link, .comments-area, #comments, #respond, nav,
		.ez-toc-container, .kk-star-ratings, .author-box, .post-ratings, .entry-footer, .entry-meta, .cat-links, .tags-links`)
)

func rules(selectors ...string) []cascadia.Selector {
	all := make([]cascadia.Selector, len(selectors))
	for i, s := range selectors {
		all[i] = selector(s)
	}
	return all
}

func selector(s string) cascadia.Selector { return cascadia.MustCompile(s) }

// first returns what the first of some rules finds, outside of what stands
// beside the text.
func first(doc *html.Node, all []cascadia.Selector) *html.Node {
	for _, rule := range all {
		for _, n := range rule.MatchAll(doc) {
			if !isBeside(n) && (words(n) != "" || n.DataAtom == atom.Img || attribute(n, "content") != "" || attribute(n, "datetime") != "") {
				return n
			}
		}
	}
	return nil
}

// isBeside reports whether an element stands beside the text of a page.
func isBeside(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && outside.Match(n) {
			return true
		}
	}
	return false
}

// clean makes of the element that holds a text what its author wrote: what
// plugins put there is taken out, pictures that a script would have loaded
// are put in their place, and figures of old themes become figures.
func clean(main *html.Node) {
	for _, n := range furniture.MatchAll(main) {
		if n != main && n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
	for n := range main.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch {
		case n.DataAtom == atom.Img:
			lazy(n)
		case n.DataAtom == atom.A && strings.HasPrefix(attribute(n, "id"), "more-"), n.DataAtom == atom.Span && strings.HasPrefix(attribute(n, "id"), "more-"):
			rename(n, "sala-more")
		case hasClass(n, "gallery") && n.DataAtom == atom.Div, hasClass(n, "tiled-gallery"):
			rename(n, "sala-gallery")
		case hasClass(n, "gallery-item"), hasClass(n, "wp-caption"), hasClass(n, "tiled-gallery-item"), hasClass(n, "wp-block-image") && n.DataAtom == atom.Div:
			rename(n, "figure")
		case hasClass(n, "wp-caption-text"), hasClass(n, "gallery-caption"), hasClass(n, "tiled-gallery-caption"):
			rename(n, "figcaption")
		case n.DataAtom == atom.Dt && hasClass(n, "gallery-icon"):
			rename(n, "div")
		}
	}
}

func rename(n *html.Node, tag string) {
	n.Data, n.DataAtom = tag, atom.Lookup([]byte(tag))
}

// lazy gives a picture the address that a script would have given it.
func lazy(img *html.Node) {
	for _, name := range []string{"data-orig-file", "data-lazy-src", "data-src", "data-original"} {
		if src := attribute(img, name); src != "" {
			for i, a := range img.Attr {
				if a.Key == "src" {
					img.Attr[i].Val = src
					return
				}
			}
			img.Attr = append(img.Attr, html.Attribute{Key: "src", Val: src})
			return
		}
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Namespace == "" && a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	for c := range strings.FieldsSeq(attribute(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

// words returns the text of an element on one line.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && !(d.Parent.DataAtom == atom.Script || d.Parent.DataAtom == atom.Style || d.Parent.DataAtom == atom.Noscript):
			b.WriteString(d.Data)
		case d.Type == html.ElementNode && (d.DataAtom == atom.Br || d.DataAtom == atom.P || d.DataAtom == atom.Li || d.DataAtom == atom.Div || d.DataAtom == atom.Td):
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
