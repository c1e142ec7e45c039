package savedpage

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"sala/archive"
	"sala/importer"
)

// wayback is what a web archive writes before the address of a page it keeps.
var wayback = regexp.MustCompile(`^(?:https?:)?(?://(?:web|wayback)\.[a-z.-]+)?/(?:web|all)/\d{4,14}(?:[a-z]{2}_)?/(.+)$`)

// address reads where something was: an http or https address, without what a
// web archive wrote before it. It returns nil for anything else.
func address(s string, base *url.URL) *url.URL {
	s = strings.TrimSpace(s)
	if m := wayback.FindStringSubmatch(s); m != nil {
		s = m[1]
		if !strings.HasPrefix(s, "http") {
			s = "http://" + strings.TrimLeft(s, "/")
		}
	}
	u, err := url.Parse(s)
	if err != nil {
		return nil
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil
	}
	if m := wayback.FindStringSubmatch(u.Path); m != nil && strings.HasPrefix(m[1], "http") { // a relative link on an archived page
		return address(m[1], nil)
	}
	return u
}

// host returns the name of a site, however it was called: without www and
// the usual ports.
func host(u *url.URL) string {
	h := strings.ToLower(u.Host)
	h = strings.TrimSuffix(strings.TrimSuffix(h, ":80"), ":443")
	return strings.TrimPrefix(h, "www.")
}

// numbered are the variables by which WordPress knows one thing, in the order
// in which it asks for them.
var numbered = []string{"p", "page_id", "attachment_id", "cat", "tag", "author", "author_name", "name", "pagename", "m"}

// key is the one form of an address by which pages of a site are told apart.
// Scheme, www, case, a trailing slash and the marks of advertisers make no
// difference; a query does, unless WordPress would not have looked at it.
func key(u *url.URL) string {
	q := u.Query()
	bare := archive.OldKey(u.EscapedPath())
	if bare == "" {
		for _, name := range numbered[:3] {
			if v := q.Get(name); v != "" {
				return host(u) + "?p=" + strings.ToLower(v)
			}
		}
	}
	for name := range q {
		lower := strings.ToLower(name)
		if strings.HasPrefix(lower, "utm_") || slices.Contains([]string{"fbclid", "gclid", "share", "replytocom", "print", "amp", "ref"}, lower) {
			q.Del(name)
		}
	}
	if len(q) > 0 {
		bare += "?" + q.Encode()
	}
	return host(u) + bare
}

// old returns the form in which the house keeps an address, "" if it cannot
// answer there: at the front page, or where only a query tells pages apart.
func old(u *url.URL) importer.Old {
	if archive.OldKey(u.EscapedPath()) != "" {
		q := u.Query()
		q.Del("lang")
		if strings.Contains(key(&url.URL{Host: u.Host, Path: u.Path, RawQuery: q.Encode()}), "?") {
			return ""
		}
		return importer.Old(u.EscapedPath())
	}
	for _, name := range numbered {
		if v := u.Query().Get(name); v != "" {
			return importer.Old("/?" + name + "=" + url.QueryEscape(v))
		}
	}
	return ""
}

var hostName = regexp.MustCompile(`^(?:https?[_:])?_*((?:[a-z0-9-]+\.)+[a-z]{2,})$`)

// addressOfFile returns where a file of a mirror was: programs that mirror a
// site make a folder of its name, and one of each part of an address.
func addressOfFile(name string) *url.URL {
	parts := strings.Split(name, "/")
	for i, part := range parts[:len(parts)-1] {
		m := hostName.FindStringSubmatch(strings.ToLower(part))
		if m == nil {
			continue
		}
		rest := "/" + strings.Join(parts[i+1:], "/")
		if base := path.Base(rest); base == "index.html" || base == "index.htm" || base == "index.php" {
			rest = strings.TrimSuffix(rest, base)
		}
		// wget writes the query into the name, behind a question mark or its stand-in.
		where, query, _ := strings.Cut(strings.ReplaceAll(rest, "@", "?"), "?")
		if query != "" {
			query = strings.TrimSuffix(strings.TrimSuffix(query, ".html"), ".htm")
			if base := path.Base(where); base == "index.html" || base == "index.php" {
				where = strings.TrimSuffix(where, base)
			}
		}
		return &url.URL{Scheme: "http", Host: m[1], Path: where, RawQuery: query}
	}
	return nil
}

var sized = regexp.MustCompile(`-\d{1,5}x\d{1,5}(\.[A-Za-z0-9]{2,5})$`)
