package main

import (
	"crypto/sha256"
	"encoding/hex"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A crawler reads everything that a stranger can get hold of.
type crawler struct {
	*testing.T
	server  *httptest.Server
	http    *http.Client
	secret  *regexp.Regexp // words that must not be told
	hashes  map[string]string
	answers map[string]answer // by address
	told    map[string][]string
}

// An answer is what the crawler got last from an address.
type answer struct {
	status int
	body   string
	tag    string // ETag
}

// most is how many addresses a crawl may come to before it is taken for one
// that never ends.
const most = 20_000

var (
	absolute  = regexp.MustCompile(`https?://[^\s"'<>\\)]+`)
	attribute = regexp.MustCompile(`(?:(?:href|src|action|poster)="([^"]*)|[a-z-]+="(/[^"]*))"`)
	srcset    = regexp.MustCompile(`srcset="([^"]*)"`)
)

// links are the addresses that a body names, as paths of this site.
func (c *crawler) links(from, body string) []string {
	body = html.UnescapeString(body)
	body = strings.ReplaceAll(body, `\/`, "/")
	var named []string
	named = append(named, absolute.FindAllString(body, -1)...)
	for _, m := range attribute.FindAllStringSubmatch(body, -1) {
		named = append(named, m[1]+m[2])
	}
	for _, m := range srcset.FindAllStringSubmatch(body, -1) {
		for _, one := range strings.Split(m[1], ",") {
			named = append(named, strings.Fields(strings.TrimSpace(one) + " x")[0])
		}
	}
	base, err := url.Parse(c.server.URL + from)
	if err != nil {
		return nil
	}
	var paths []string
	for _, name := range named {
		u, err := base.Parse(name)
		if err != nil || u.Host != base.Host || u.Scheme != base.Scheme {
			continue
		}
		u.Fragment = ""
		paths = append(paths, u.RequestURI())
	}
	return paths
}

// crawl follows every link from where anybody begins and from more.
func (c *crawler) crawl(more ...string) {
	c.Helper()
	todo := append([]string{"/", "/robots.txt", "/sitemap.xml", "/wp-json/", "/?rest_route=/", "/.well-known/security.txt", "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc"}, more...)
	seen := map[string]bool{}
	for len(todo) > 0 {
		address := todo[0]
		todo = todo[1:]
		if seen[address] {
			continue
		}
		seen[address] = true
		if len(seen) > most {
			c.Fatalf("more than %d addresses, the last %s", most, address)
		}
		a, to := c.get(address)
		todo = append(todo, slices.DeleteFunc(c.links(address, a.body), narrower)...)
		if to != "" {
			todo = append(todo, c.links(address, `href="`+html.EscapeString(to)+`"`)...)
		}
	}
}

// narrower reports whether an address asks for one of the secret words: its
// page offers it again, narrowed in every way, and each of those says the same.
func narrower(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.HasPrefix(u.Query().Get("q"), "q")
}

// get asks for an address, as a browser does that asked before, and looks for
// what must not be told. It returns where the answer leads, if it does.
func (c *crawler) get(address string) (answer, string) {
	c.Helper()
	r, err := http.NewRequestWithContext(c.Context(), "GET", c.server.URL+address, nil)
	if err != nil {
		c.Fatalf("%s: %v", address, err)
	}
	kept, asked := c.answers[address]
	if kept.tag != "" {
		r.Header.Set("If-None-Match", kept.tag)
	}
	resp, err := c.http.Do(r)
	if err != nil {
		c.Fatalf("%s: %v", address, err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.Fatalf("%s: %v", address, err)
	}
	if err := resp.Body.Close(); err != nil {
		c.Error(err)
	}
	a := answer{resp.StatusCode, string(body), resp.Header.Get("ETag")}
	switch {
	case a.status == http.StatusNotModified && asked: // what the browser kept is what its reader sees
		a.body, a.tag = kept.body, kept.tag
	case a.status >= 500:
		c.Errorf("%s: %d", address, a.status)
	}
	if a.status < 300 && strings.HasPrefix(address, "/files/") || strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		c.shortlived(address, resp.Header.Get("Cache-Control"))
	}
	if what, ok := c.hashes[hash(a.body)]; ok {
		c.Errorf("%s gives %s", address, what)
	}
	var heads strings.Builder
	if err := resp.Header.Write(&heads); err != nil {
		c.Error(err)
	}
	c.search(address, heads.String())
	c.search(address, a.body)
	c.answers[address] = a
	return a, resp.Header.Get("Location")
}

// shortlived fails where a cache may keep an answer for more than a minute:
// what is withdrawn is to be gone by then.
func (c *crawler) shortlived(address, control string) {
	c.Helper()
	if control == "no-store" {
		return
	}
	for _, part := range strings.Split(control, ",") {
		if age, ok := strings.CutPrefix(strings.TrimSpace(part), "max-age="); ok {
			if n, err := strconv.Atoi(age); err == nil && n <= 60 {
				return
			}
		}
	}
	c.told["Cache-Control: "+control] = append(c.told["Cache-Control: "+control], address)
}

// search fails if a text says a secret word that the address did not.
func (c *crawler) search(address, text string) {
	c.Helper()
	text = strings.ReplaceAll(strings.ToLower(text), "<wbr>", "")
	asked, err := url.QueryUnescape(address)
	if err != nil {
		asked = address
	}
	asked = strings.ToLower(asked)
	found := c.secret.FindAllString(text, -1)
	slices.Sort(found)
	for _, word := range slices.Compact(found) {
		if !strings.Contains(asked, word) {
			at := strings.Index(text, word)
			c.told[word] = append(c.told[word], address+": …"+strings.Join(strings.Fields(text[max(0, at-80):min(len(text), at+120)]), " ")+"…")
		}
	}
}

// tell reports what was told, each word once.
func (c *crawler) tell() {
	c.Helper()
	for word, where := range c.told {
		c.Errorf("%s is told at %d addresses, first %s", word, len(where), where[0])
	}
}

// says counts the answers that hold a text.
func (c *crawler) says(text string) int {
	n := 0
	for _, a := range c.answers {
		if strings.Contains(a.body, text) {
			n++
		}
	}
	return n
}

func hash(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

func newCrawler(t *testing.T, server *httptest.Server, secret string) *crawler {
	return &crawler{
		T: t, server: server, secret: regexp.MustCompile(secret), hashes: map[string]string{}, answers: map[string]answer{}, told: map[string][]string{},
		http: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
}
