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
)

// item hands one item over, or names it.
func (im *reader) item(ctx context.Context, e *element, en *entry) error {
	if e.passed != "" {
		im.report.Name(e.place, "an item of the export", "it has %s", e.passed)
		return nil
	}
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
	if why := notContent(en.kind); why != "" {
		im.report.Name(at, what+" ("+key+")", "%s", why)
		return nil
	}
	switch {
	case en.kind == "" || en.status == "":
		im.report.Name(at, what+" ("+key+")", "it has no type or status of WordPress's own")
		return nil
	case en.status == "auto-draft":
		im.report.Name(at, what+" ("+key+")", "an empty draft that WordPress makes by itself")
		return nil
	}
	if en.twin != nil {
		im.report.Doubt(at, what, "its group of translations has another text in %s, item %s: both are kept, this one as a work of its own", en.lang, en.twin.id)
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
		return im.edition(ctx, e, en, key, en.lang, title, body, excerpt, im.index.itemOrigin(en), true)
	}
	_, excerpts := splitLanguages(excerpt)
	in := func(split map[sala.Lang]string, whole string, l sala.Lang) string {
		if split == nil {
			return whole
		}
		return split[l]
	}
	for i, l := range langs {
		im.index.sawLang(l)
		origin := im.index.itemOrigin(en)
		origin.Key += ":" + string(l)
		t := in(titles, title, l)
		if strings.TrimSpace(t) == "" && len(titleLangs) > 0 {
			t = titles[titleLangs[0]]
		}
		counted := key
		if i > 0 { // the item is one
			counted = ""
		}
		if err := im.edition(ctx, e, en, counted, l, t, in(bodies, body, l), in(excerpts, excerpt, l), origin, i == 0); err != nil {
			return err
		}
	}
	return im.sink.Site(ctx, im.index.site())
}

// edition hands over one edition of an item; the first takes its comments,
// which say nothing of the language they answer.
func (im *reader) edition(ctx context.Context, e *element, en *entry, key string, lang sala.Lang, title, body, excerpt string, origin importer.Origin, first bool) error {
	out := importer.Edition{
		Work: im.index.workOrigin(en), Origin: origin, Lang: lang, Title: plainText(title), Slug: slug(en.slug),
		Public: en.public, Stage: stage(e, en), Sticky: e.wp("is_sticky") == "1", Counted: key, At: e.place,
		Old: im.index.oldItem(en),
	}
	if from := im.index.sourceOf(en); from != nil {
		out.Source = importer.Source{Origin: im.index.itemOrigin(from), Lang: from.lang}
	}
	if n, err := strconv.Atoi(e.wp("menu_order")); err == nil {
		out.Position = n
	}
	out.Published, out.PubDay = dates(e)
	out.Modified = moment(e.wp("post_modified_gmt"))
	if en.status == "future" {
		out.Due, out.Published, out.PubDay = out.Published, time.Time{}, sala.Day{}
	}
	if !en.public && out.Stage == archive.Draft {
		out.Published, out.PubDay = time.Time{}, sala.Day{}
	}
	if parent := im.index.byID[en.parent]; parent != nil && parent.isText() {
		if im.index.circular(en) {
			im.report.Doubt(e.place, out.Title, "its parents form a circle, or are nested more than %d deep: stored at the top", maxNested)
		} else {
			out.Parent = im.index.workOrigin(parent)
		}
	}
	c := content{im: im, at: e.place, title: out.Title, entry: en, seed: string(origin.ID()), lang: lang}
	out.Body = c.doc(body)
	out.Summary = plainText(excerpt)
	if err := im.itemTerms(ctx, e, &out); err != nil {
		return err
	}
	im.meta(e, en, &out)
	for _, c := range e.all(noSpace, "category") { // "aside", "gallery": the one thing of its terms that has no place here
		if c.attr("domain") == "post_format" {
			out.Meta = append(out.Meta, archive.Meta{Key: "post_format", Value: strings.TrimPrefix(c.attr("nicename"), "post-format-")})
		}
	}
	if first {
		im.comments(e, &out, c)
	}
	var terms []string
	for _, t := range out.Terms {
		for _, known := range im.index.bySlug[t.Type+"\x00"+t.Key] {
			terms = append(terms, known.label)
		}
	}
	out.Kind = archive.Page
	if en.kind != "page" {
		out.Kind = importer.KindOf(out.Title, terms, out.Body.Excerpt(400))
	}
	return im.sink.Edition(ctx, out)
}

// circular reports whether following parents from an entry does not end, or
// not soon.
func (x *index) circular(en *entry) bool {
	for range maxNested {
		if en = x.byID[en.parent]; en == nil {
			return false
		}
	}
	return true
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
				out.Picture = im.index.itemOrigin(picture)
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

// attachment hands a file over.
func (im *reader) attachment(ctx context.Context, e *element, en *entry) error {
	name := en.file[strings.LastIndexByte(en.file, '/')+1:]
	if name == "" {
		name = en.slug
	}
	f := importer.File{
		Origin: im.index.itemOrigin(en), Name: name, Title: en.title, Lang: en.lang, Alt: en.alt, Caption: en.caption,
		About: plainText(im.index.inOwn(e.get(contentSpace, "encoded"))), URL: e.wp("attachment_url"), Old: im.index.oldItem(en),
		Public: en.public, Counted: en.kind + "/" + en.status, At: e.place,
	}
	if f.Title == "" {
		f.Title = name
	}
	if parent := im.index.byID[en.parent]; parent != nil && parent.isText() {
		f.Owner = im.index.workOrigin(parent)
	}
	for _, m := range e.all(wpSpace, "postmeta") {
		f.Meta = append(f.Meta, archive.Meta{Key: m.wp("meta_key"), Value: m.get(wpSpace, "meta_value")})
	}
	f.Open = im.media.Find(en.file)
	if f.Open == nil && im.o.FetchMedia && f.URL != "" {
		f.Open = im.fetch(ctx, f.URL)
	}
	if f.Open == nil && !strings.Contains(en.link, "?") {
		// The address of the bytes answers only where they came along; the
		// page about the file has an address of its own.
		f.Old = slices.DeleteFunc(f.Old, func(o importer.Old) bool { return strings.HasPrefix(string(o), "/wp-content/uploads/") })
	}
	if f.Open == nil && (im.o.Media != "" || im.o.FetchMedia) {
		im.report.Doubt(e.place, f.Title, "its file is not among the media given: %s", en.file)
	}
	return im.sink.File(ctx, f)
}
