package wordpress

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/importer"
	"sala/internal/richtext"
)

// layout are the types that hold how a site looked or what its plugins had to
// remember, not what it said. Orders and requests are people's private data.
var layout = map[string]string{
	"revision":            "an older state of a text, which the export gives without its place",
	"wp_navigation":       "part of the site's look, not of its content",
	"wp_template":         "part of the site's look, not of its content",
	"wp_template_part":    "part of the site's look, not of its content",
	"wp_global_styles":    "part of the site's look, not of its content",
	"wp_font_family":      "part of the site's look, not of its content",
	"wp_font_face":        "part of the site's look, not of its content",
	"wp_block":            "a pattern of the block editor, kept where a text used it",
	"custom_css":          "part of the site's look, not of its content",
	"customize_changeset": "part of the site's look, not of its content",
	"oembed_cache":        "a copy of another site's answer",
	"user_request":        "private data",
	"shop_order":          "private data",
	"shop-order":          "private data",
	"shop_order_refund":   "private data",
	"acf-field-group":     "a plugin's own settings",
	"acf-field":           "a plugin's own settings",
	"elementor-hf":        "part of the site's look, not of its content",
	"elementor_library":   "part of the site's look, not of its content",
}

// item hands one item over, or names it.
func (im *reader) item(ctx context.Context, e *element) error {
	im.twice[""]++
	en := im.index.entries[im.twice[""]-1]
	title := e.get(noSpace, "title")
	what := plainText(title)
	if what == "" {
		what = en.kind + " " + en.id
	}
	at := e.place
	if en.key != en.id && en.id != "" && strings.Contains(en.key, "#") {
		im.report.Doubt(at, what, "another item before it has the same id %s: both are kept", en.id)
	}
	key := en.kind + "/" + en.status
	if why, ok := layout[en.kind]; ok {
		im.report.Name(at, what+" ("+key+")", "%s", why)
		return nil
	}
	switch {
	case en.kind == "" || en.status == "":
		im.report.Name(at, what, "it has no type or status of WordPress's own")
		return nil
	case en.status == "auto-draft":
		im.report.Name(at, what, "an empty draft that WordPress makes by itself")
		return nil
	}
	var err error
	switch en.kind {
	case "attachment":
		err = im.attachment(ctx, e, en)
	case "nav_menu_item":
		im.menuItem(e, en, key)
	default:
		err = im.editions(ctx, e, en, key)
	}
	im.report.Stored[key]++
	return err
}

// editions hands a text over: one edition, or several if marks within it part
// it by language.
func (im *reader) editions(ctx context.Context, e *element, en *entry, key string) error {
	title, body := e.get(noSpace, "title"), e.get(contentSpace, "encoded")
	excerpt := e.get(excerptSpace, "encoded")
	langs, bodies := splitLanguages(body)
	titleLangs, titles := splitLanguages(title)
	if len(langs) == 0 {
		langs = titleLangs
	}
	if len(langs) == 0 {
		return im.edition(ctx, e, en, key, en.lang, title, body, excerpt, en.origin)
	}
	_, excerpts := splitLanguages(excerpt)
	in := func(split map[sala.Lang]string, whole string, l sala.Lang) string {
		if split == nil {
			return whole
		}
		return split[l]
	}
	for _, l := range langs {
		im.index.sawLang(l)
		origin := en.origin
		origin.Key += ":" + string(l)
		t := in(titles, title, l)
		if strings.TrimSpace(t) == "" && len(titleLangs) > 0 {
			t = titles[titleLangs[0]]
		}
		if err := im.edition(ctx, e, en, key, l, t, in(bodies, body, l), in(excerpts, excerpt, l), origin); err != nil {
			return err
		}
	}
	return im.sink.Site(ctx, im.index.site())
}

func (im *reader) edition(ctx context.Context, e *element, en *entry, key string, lang sala.Lang, title, body, excerpt string, origin importer.Origin) error {
	out := importer.Edition{
		Work: en.work, Origin: origin, Lang: lang, Title: plainText(title), Slug: slug(en.slug),
		Public: en.public, Stage: stage(e, en), Sticky: e.wp("is_sticky") == "1", Counted: key, At: e.place,
		Old: im.index.oldItem(en),
	}
	out.Position, _ = strconv.Atoi(e.wp("menu_order"))
	out.Published, out.PubDay = dates(e)
	out.Modified = moment(e.wp("post_modified_gmt"))
	if en.status == "future" {
		out.Due, out.Published, out.PubDay = out.Published, time.Time{}, sala.Day{}
	}
	if !en.public && out.Stage == archive.Draft {
		out.Published, out.PubDay = time.Time{}, sala.Day{}
	}
	if parent := im.index.byID[en.parent]; parent != nil && en.parent != "0" {
		if im.index.circular(en) {
			im.report.Doubt(e.place, out.Title, "its parents form a circle: stored at the top")
		} else {
			out.Parent = parent.work
		}
	}
	c := content{im: im, at: e.place, title: out.Title, entry: en, seed: string(origin.ID()), lang: lang}
	out.Body = c.doc(body)
	out.Summary = plainText(excerpt)
	if err := im.itemTerms(ctx, e, &out); err != nil {
		return err
	}
	im.meta(e, en, &out)
	im.comments(e, &out, c)
	var terms []string
	for _, t := range out.Terms {
		if known := im.index.byTerm[t.Type+"\x00"+t.Key]; known != nil {
			terms = append(terms, known.label)
		}
	}
	out.Kind = archive.Page
	if en.kind != "page" {
		out.Kind = importer.KindOf(out.Title, terms, out.Body.Excerpt(400))
	}
	return im.sink.Edition(ctx, out)
}

// circular reports whether following parents from an entry never ends.
func (x *index) circular(en *entry) bool {
	seen := map[*entry]bool{}
	for at := en; at != nil; at = x.byID[at.parent] {
		if seen[at] {
			return true
		}
		seen[at] = true
		if at.parent == "" || at.parent == "0" {
			return false
		}
	}
	return false
}

func stage(e *element, en *entry) archive.Stage {
	switch {
	case e.wp("post_password") != "":
		return archive.Protected
	case en.status == "pending":
		return archive.InReview
	case en.status == "future":
		return archive.Scheduled
	case en.status == "private":
		return archive.Private
	case en.status == "trash":
		return archive.Trash
	}
	return archive.Draft
}

// slug takes the percent-encoding off a slug; what a cut in the middle of a
// letter left is dropped.
func slug(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b = append(b, byte(n))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return strings.ToValidUTF8(string(b), "")
}

// dates returns the moment an item went out, and the date it bore there: the
// site's own, which may be another than that of UTC.
func dates(e *element) (time.Time, sala.Day) {
	local := moment(e.wp("post_date"))
	at := moment(e.wp("post_date_gmt"))
	if at.IsZero() && !local.IsZero() {
		at = local
	}
	if at.IsZero() {
		if t, err := time.Parse(time.RFC1123Z, strings.TrimSpace(e.get(noSpace, "pubDate"))); err == nil && t.Year() > 1 {
			at = t.UTC()
		}
	}
	if local.IsZero() {
		local = at
	}
	if at.IsZero() {
		return at, sala.Day{}
	}
	return at, sala.DayOf(local)
}

// moment reads WordPress's date; "0000-00-00 00:00:00" is unknown, not year 0.
func moment(s string) time.Time {
	t, err := time.Parse(time.DateTime, s)
	if err != nil || t.Year() < 1 {
		return time.Time{}
	}
	return t
}

// meta keeps everything an item carries, and reads from it what has a place
// of its own: the picture shown with it and its older slugs.
func (im *reader) meta(e *element, en *entry, out *importer.Edition) {
	for _, m := range e.all(wpSpace, "postmeta") {
		key, value := m.wp("meta_key"), m.get(wpSpace, "meta_value")
		out.Meta = append(out.Meta, archive.Meta{Key: key, Value: value})
		switch key {
		case "_thumbnail_id":
			if picture := im.index.byID[strings.TrimSpace(value)]; picture != nil && picture.kind == "attachment" {
				out.Picture = picture.origin
			}
		case "_wp_old_slug":
			if value = strings.TrimSpace(value); value == "" || !en.public {
				continue
			}
			out.Old = append(out.Old, importer.Old("/?name="+value))
			if path := im.index.path(en.link); en.slug != "" && strings.Contains(path, "/"+en.slug) {
				out.Old = append(out.Old, importer.Old(strings.Replace(path, "/"+en.slug, "/"+value, 1)))
			}
		}
	}
}

func (im *reader) comments(e *element, out *importer.Edition, c content) {
	for i, x := range e.all(wpSpace, "comment") {
		id := x.wp("comment_id")
		if id == "" {
			id = out.Origin.Key + "/" + strconv.Itoa(i)
		}
		approved := x.wp("comment_approved")
		kind := x.wp("comment_type")
		if kind == "" {
			kind = "comment"
		}
		im.report.Comments[kind+"/"+approved]++
		comment := importer.Comment{
			Origin: importer.Origin{Site: im.index.host, Type: "comment", Key: id}, Author: plainText(x.get(wpSpace, "comment_author")),
			URL: richtext.SafeHref(x.wp("comment_author_url")), Type: kind, Approved: approved, At: x.place,
		}
		if parent := x.wp("comment_parent"); parent != "" && parent != "0" {
			comment.Parent = importer.Origin{Site: im.index.host, Type: "comment", Key: parent}
		}
		comment.Time = moment(x.wp("comment_date_gmt"))
		if comment.Time.IsZero() {
			comment.Time = moment(x.wp("comment_date"))
		}
		c.seed = string(comment.Origin.ID())
		comment.Body = c.comment(x.get(wpSpace, "comment_content"))
		for _, m := range x.all(wpSpace, "commentmeta") {
			comment.Meta = append(comment.Meta, archive.Meta{Key: m.wp("meta_key"), Value: m.get(wpSpace, "meta_value")})
		}
		// Addresses and names of machines are not kept: nobody needs to know
		// from where a stranger wrote years ago.
		out.Comments = append(out.Comments, comment)
	}
}

// attachment hands a file over.
func (im *reader) attachment(ctx context.Context, e *element, en *entry) error {
	name := en.file[strings.LastIndexByte(en.file, '/')+1:]
	if name == "" {
		name = en.slug
	}
	f := importer.File{
		Origin: en.origin, Name: name, Title: en.title, Lang: en.lang, Alt: en.alt, Caption: en.caption,
		About: plainText(e.get(contentSpace, "encoded")), URL: e.wp("attachment_url"), Old: im.index.oldItem(en),
		Public: true, Counted: en.kind + "/" + en.status, At: e.place,
	}
	if f.Title == "" {
		f.Title = name
	}
	if parent := im.index.byID[en.parent]; parent != nil && parent.kind != "attachment" {
		f.Owner = parent.work
		f.Public = parent.public
	}
	switch en.status {
	case "inherit", "publish":
	default:
		f.Public = false
	}
	for _, m := range e.all(wpSpace, "postmeta") {
		f.Meta = append(f.Meta, archive.Meta{Key: m.wp("meta_key"), Value: m.get(wpSpace, "meta_value")})
	}
	f.Open = im.media.find(en.file)
	if f.Open == nil && im.o.FetchMedia && f.URL != "" {
		f.Open = fetch(ctx, f.URL)
	}
	if f.Open == nil && (im.o.Media != "" || im.o.FetchMedia) {
		im.report.Doubt(e.place, f.Title, "its file is not among the media given: %s", en.file)
	}
	return im.sink.File(ctx, f)
}

// menuItem keeps an item of a menu until all are read.
func (im *reader) menuItem(e *element, en *entry, key string) {
	meta := map[string]string{}
	for _, m := range e.all(wpSpace, "postmeta") {
		meta[m.wp("meta_key")] = strings.TrimSpace(m.get(wpSpace, "meta_value"))
	}
	menu := ""
	for _, c := range e.all(noSpace, "category") {
		if c.attr("domain") == "nav_menu" {
			menu = c.attr("nicename")
		}
	}
	x := im.index
	item := importer.MenuItem{Origin: en.origin, Label: plainText(e.get(noSpace, "title")), Counted: key, At: e.place}
	for k, v := range meta {
		item.Meta = append(item.Meta, archive.Meta{Key: k, Value: v})
	}
	slices.SortFunc(item.Meta, func(a, b archive.Meta) int { return strings.Compare(a.Key, b.Key) })
	if parent := x.byID[meta["_menu_item_menu_item_parent"]]; parent != nil {
		item.Parent = parent.origin
	}
	object := meta["_menu_item_object_id"]
	switch meta["_menu_item_type"] {
	case "post_type":
		if to := x.byID[object]; to != nil {
			item.Target = to.work
		}
	case "taxonomy":
		if t := x.byTermID[meta["_menu_item_object"]+"\x00"+object]; t != nil {
			item.Target = x.termOrigin(t.taxonomy, t.slug)
		}
	default:
		href := meta["_menu_item_url"]
		if to, ok := x.resolve(x.path(href)); ok && x.path(href) != "" {
			item.Target = to.origin
		} else {
			item.URL = richtext.SafeHref(href)
		}
	}
	if item.Target.IsZero() && item.URL == "" {
		im.report.Doubt(e.place, item.Label, "a menu item that leads to nothing in this export")
	}
	m := im.menus[menu]
	if m == nil {
		m = &importer.Menu{Origin: importer.Origin{Site: x.host, Type: "nav_menu", Key: menu}, Name: menu}
		if t := x.byTerm["nav_menu\x00"+menu]; t != nil {
			m.Name = t.label
		}
		im.menus[menu] = m
	}
	m.Items = append(m.Items, item)
}
