package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/media"
	"sala/network"
	"sala/search"
)

// asksOld reports whether a query names something of an old site, so that not
// finding it is an answer. Any other query ("?utm_source=…") says nothing.
func asksOld(q url.Values) bool {
	for _, name := range []string{
		"p", "page_id", "attachment_id", "attachment", "name", "pagename", "cat", "category_name", "tag", "tag_id", "author", "author_name",
		"m", "year", "monthnum", "day", "w", "feed", "post_type",
	} {
		if q.Get(name) != "" {
			return true
		}
	}
	return false
}

// An asked is an address of an old site, taken apart.
type asked struct {
	q     url.Values
	path  []string // parts of the path, without what follows
	feed  bool
	paged int // 0 if no page was named
}

// old returns the address that an address of an old site has now. It returns
// sala.ErrNotFound if it never led anywhere, and sala.ErrGone if what it led
// to has been withdrawn.
func (s *Site) old(r *http.Request) (string, error) {
	ctx := r.Context()
	set, err := s.Network.Settings(ctx)
	if err != nil {
		return "", err
	}
	a := take(r.URL)
	lang := set.Default
	if l, err := sala.ParseLang(a.q.Get("lang")); err == nil && slices.Contains(set.Langs, l) {
		lang = l
	}
	if len(a.path) > 0 {
		return s.oldPath(ctx, set, a, lang)
	}
	return s.oldQuery(ctx, set, a, lang)
}

// take takes an address apart: "/category/x/page/2/feed/" is a path, a page
// number and the wish for a feed.
func take(u *url.URL) asked {
	a := asked{q: u.Query()}
	a.path = strings.FieldsFunc(u.EscapedPath(), func(r rune) bool { return r == '/' })
	if len(a.path) > 0 && a.path[0] == "index.php" {
		a.path = a.path[1:]
	}
	a.feed = a.q.Get("feed") != ""
	if n, err := strconv.Atoi(a.q.Get("paged")); err == nil {
		a.paged = n
	}
	return a
}

// oldPath follows the path of a pretty permalink. What WordPress put after
// one (feed, embed, trackback, a page number) is taken off step by step, so
// that a page really called "2019" is found as itself.
func (s *Site) oldPath(ctx context.Context, set network.Settings, a asked, lang sala.Lang) (string, error) {
	for {
		if len(a.path) > 0 {
			address, err := s.target(ctx, set, "/"+strings.Join(a.path, "/"), a, lang)
			if !errors.Is(err, sala.ErrNotFound) {
				return address, err
			}
			if address, err := s.oldPlace(ctx, set, a, lang); !errors.Is(err, sala.ErrNotFound) {
				return address, err
			}
		}
		rest, ok := a.shorten()
		if !ok {
			break
		}
		a = rest
		if len(a.path) == 0 {
			return s.oldQuery(ctx, set, a, lang)
		}
	}
	if len(a.path) == 1 { // WordPress guesses from a bare slug
		to, err := s.Archive.BySlug(ctx, a.path[0])
		if err != nil {
			return "", err
		}
		return s.lead(ctx, set, to, a, lang)
	}
	return "", sala.ErrNotFound
}

// shorten takes one ending off the path.
func (a asked) shorten() (asked, bool) {
	n := len(a.path)
	if n == 0 {
		return a, false
	}
	last := strings.ToLower(a.path[n-1])
	switch last {
	case "feed", "rss", "rss2", "atom", "rdf":
		a.feed = true
	case "embed", "trackback", "amp":
	case "comments":
		if !a.feed {
			return a, false
		}
	case "wp-sitemap.xml", "sitemap_index.xml":
		a.q = url.Values{"sitemap": {"index"}}
	default:
		if page, err := strconv.Atoi(strings.TrimPrefix(last, "comment-page-")); err == nil && page > 0 {
			if n > 1 && strings.EqualFold(a.path[n-2], "page") {
				a.paged = page
				n--
			} else if n < 2 || isDigits(a.path[n-2]) { // a date is not a text and its page
				return a, false
			}
			a.path = a.path[:n-1]
			return a, true
		}
		return a, false
	}
	a.path = a.path[:n-1]
	return a, true
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// oldPlace answers for the paths that WordPress made up itself: days, months
// and years.
func (s *Site) oldPlace(ctx context.Context, set network.Settings, a asked, lang sala.Lang) (string, error) {
	if len(a.path) > 3 {
		return "", sala.ErrNotFound
	}
	q := url.Values{}
	for i, part := range a.path {
		if !isDigits(part) || i == 0 && len(part) != 4 || i > 0 && len(part) > 2 {
			return "", sala.ErrNotFound
		}
		q.Set([]string{"year", "monthnum", "day"}[i], part)
	}
	a.q = q
	return s.oldQuery(ctx, set, a, lang)
}

// oldQuery follows the query of a plain permalink.
func (s *Site) oldQuery(ctx context.Context, set network.Settings, a asked, lang sala.Lang) (string, error) {
	home := "/" + string(lang) + "/"
	if a.q.Get("sitemap") != "" {
		return "/sitemap.xml", nil
	}
	for _, name := range []string{"p", "page_id", "attachment_id", "name", "pagename", "attachment"} {
		value := strings.TrimSpace(a.q.Get(name))
		if value == "" || value == "0" {
			continue
		}
		if strings.HasSuffix(name, "p") || strings.HasSuffix(name, "_id") { // "17224abc" is 17224
			value = leadingDigits(value)
		}
		return s.target(ctx, set, "/?"+name+"="+value, a, lang)
	}
	if v := a.q.Get("s"); a.q.Has("s") {
		v = v[:min(len(v), search.MaxQuestion+1)] // of what is too long the search says so
		return home + "search?" + url.Values{"q": {v}}.Encode(), nil
	}
	if address, err := s.oldDate(ctx, a, lang); !errors.Is(err, errNoDate) {
		return address, err
	}
	for _, name := range sortedKeys(a.q) {
		values := a.q[name]
		if slices.Contains([]string{"feed", "paged", "lang", "m", "post_type"}, name) || values[0] == "" {
			continue
		}
		value := values[0]
		if name == "cat" || name == "author" || name == "tag_id" {
			if value = leadingDigits(strings.TrimSpace(value)); value == "" { // "-1" leaves something out of everything
				continue
			}
		}
		first, _, _ := strings.Cut(value, ",")
		address, err := s.target(ctx, set, "/?"+name+"="+first, a, lang)
		if !errors.Is(err, sala.ErrNotFound) || asksOld(url.Values{name: values}) {
			return address, err
		}
	}
	switch {
	case a.feed:
		return home + "feed.atom", nil
	case a.paged > 1:
		return s.stretch(ctx, home+"archive/", archive.Filter{}, a.paged)
	case a.q.Has("lang"), len(a.q) == 0, a.q.Get("cat") != "", a.paged == 1:
		return home, nil
	}
	return "", sala.ErrNotFound
}

func leadingDigits(s string) string {
	return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
}

var errNoDate = errors.New("no date")

// oldDate answers for ?m=201811 and ?year=2018&monthnum=11&day=3.
func (s *Site) oldDate(ctx context.Context, a asked, lang sala.Lang) (string, error) {
	year, month, day := a.q.Get("year"), a.q.Get("monthnum"), a.q.Get("day")
	if m := a.q.Get("m"); isDigits(m) && len(m) >= 4 {
		year, month, day = m[:4], m[min(4, len(m)):min(6, len(m))], m[min(6, len(m)):min(8, len(m))]
	}
	if year == "" {
		return "", errNoDate
	}
	f := archive.Filter{}
	q := url.Values{}
	for _, part := range []struct {
		name, text string
		to         *int
	}{{"year", year, &f.Year}, {"month", month, &f.Month}, {"day", day, &f.Day}} {
		if part.text == "" {
			break
		}
		n, err := strconv.Atoi(part.text)
		if err != nil || n < 1 {
			return "", sala.ErrNotFound
		}
		*part.to = n
		q.Set(part.name, strconv.Itoa(n))
	}
	list, err := s.Archive.Works(ctx, archive.Filter{Year: f.Year, Month: f.Month, Day: f.Day, Limit: 1})
	if err != nil {
		return "", err
	}
	if list.Total == 0 {
		return "", sala.ErrNotFound
	}
	home := "/" + string(lang) + "/archive/"
	if a.feed {
		return home + "feed.atom?" + q.Encode(), nil
	}
	if a.paged > 1 {
		return s.stretch(ctx, home+"?"+q.Encode(), f, a.paged)
	}
	return home + "?" + q.Encode(), nil
}

// target looks one old address up.
func (s *Site) target(ctx context.Context, set network.Settings, address string, a asked, lang sala.Lang) (string, error) {
	key := archive.OldKey(address)
	if key == "" {
		return "", sala.ErrNotFound
	}
	to, err := s.Archive.Redirect(ctx, key)
	upload := strings.HasPrefix(key, "/wp-content/uploads/")
	if whole := sized.ReplaceAllString(key, "$1"); upload && errors.Is(err, sala.ErrNotFound) && whole != key {
		to, err = s.Archive.Redirect(ctx, whole)
	}
	if err != nil {
		return "", err
	}
	if upload && to.Ref.Kind == sala.KindFile {
		f, err := s.oneFile(ctx, to.Ref.ID)
		if err != nil {
			return "", err
		}
		if r, ok := f.Rendition(1280); ok {
			return f.RenditionAddress(r), nil
		}
		if f.Hash != "" && !f.IsPicture() && f.Doubt == "" {
			return media.Address(f.Hash, f.Name), nil
		}
	}
	return s.lead(ctx, set, to, a, lang)
}

// sized is the ending that WordPress gave to smaller copies of a picture.
var sized = regexp.MustCompile(`-\d+x\d+(\.[a-z0-9]+)$`)

// lead returns where a thing stands now.
func (s *Site) lead(ctx context.Context, set network.Settings, to archive.Target, a asked, lang sala.Lang) (string, error) {
	if slices.Contains(set.Langs, to.Lang) {
		lang = to.Lang
	}
	if to.Ref.Kind == sala.KindFile {
		f, err := s.oneFile(ctx, to.Ref.ID)
		if err != nil {
			return "", err
		}
		return filePath(lang, f), nil
	}
	address, err := s.address(ctx, set, to.Ref, lang)
	if err != nil || to.Ref.Kind != sala.KindTerm {
		return address, err
	}
	found, err := s.Archive.TermsByID(ctx, []sala.ID{to.Ref.ID})
	if err != nil {
		return "", err
	}
	below, err := s.Archive.Below(ctx, found[to.Ref.ID].ID)
	if err != nil {
		return "", err
	}
	switch {
	case a.feed && found[to.Ref.ID].Vocabulary == archive.Category:
		return address + "feed.atom", nil
	case a.feed:
		return strings.Replace(address, "/archive/?", "/archive/feed.atom?", 1), nil
	case a.paged > 1:
		f := archive.Filter{Terms: [][]sala.ID{below}}
		if len(found[to.Ref.ID].Labels) > 1 { // there it was one term in each language
			f.Lang = to.Lang
		}
		return s.stretch(ctx, address, f, a.paged)
	}
	return address, nil
}

// oldPage is how many works stood on a page of an old site, unless it was
// told otherwise.
const oldPage = 10

// stretch returns the address of a list from where its old page n began.
func (s *Site) stretch(ctx context.Context, address string, f archive.Filter, n int) (string, error) {
	if n > 1_000_000 {
		return "", sala.ErrNotFound
	}
	start, err := s.Archive.Start(ctx, f, (n-1)*oldPage)
	if err != nil {
		return "", err
	}
	mark := "?"
	if strings.Contains(address, "?") {
		mark = "&"
	}
	return fmt.Sprintf("%s%sbefore=%s&page=%d", address, mark, start, n), nil
}
