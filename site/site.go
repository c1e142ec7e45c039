// Package site is the readers' door: what anybody may read, in every language
// of the network, with no script, no cookie and no request to another host.
// Every page is one answer with its style in it.
package site

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/glossary"
	"sala/internal/assets"
	"sala/internal/db"
	"sala/internal/i18n"
	"sala/internal/web"
	elsewhere "sala/links" // a view is called links
	"sala/media"
	"sala/network"
	"sala/search"
	"sala/signature"
	"sala/site/wpapi"
	"sala/tracker"
)

// Config is what a site needs.
type Config struct {
	DB      *db.DB
	Archive *archive.Store
	Events  *event.Store
	// Directory says who may be named; nil opens that in DB.
	Directory *directory.Store
	Media     *media.Store
	Network   *network.Store
	Search    *search.Index
	Glossary  *glossary.Store
	Tracker   *tracker.Store
	// Signatures are those under joint statements; nil opens those in DB.
	Signatures *signature.Store
	Links      *elsewhere.Checker // what is known of links to other sites, nil for nothing
	Words      *i18n.Catalogue    // nil for those the program carries
	URL        string             // "https://example.org", under which readers know it; "" takes it from each request
	Log        *slog.Logger
	Fonts      bool // serve fonts even if the network's settings do not ask for it
}

// A Site answers readers.
type Site struct {
	Config
	words  *i18n.Catalogue
	server *web.Server
	style  string
	who    *directory.Store

	faces     map[sala.Lang]typeface
	fontFiles map[string]assets.Font // by the rest of their address

	framing  sync.Mutex // guards what follows
	frames   map[sala.Lang]*db.Kept[*frame]
	framedOn sala.Day
}

//go:embed sala.css
var css string

// New returns the site.
func New(c Config) (*Site, error) {
	s := &Site{Config: c, words: c.Words, style: shrink(css)}
	if s.words == nil {
		words, err := i18n.Load()
		if err != nil {
			return nil, err
		}
		s.words = words
	}
	s.URL = strings.TrimRight(s.URL, "/")
	if s.Events == nil {
		s.Events = event.NewStore(c.DB)
	}
	if s.Tracker == nil {
		s.Tracker = tracker.NewStore(c.DB)
	}
	if s.Signatures == nil {
		s.Signatures = signature.NewStore(c.DB, c.Archive)
	}
	if s.who = s.Directory; s.who == nil {
		s.who = directory.NewStore(c.DB)
	}
	var err error
	if s.faces, s.fontFiles, err = letterpress(); err != nil {
		return nil, err
	}
	s.server = web.NewServer(c.Log, s.policy(s.style), s.failed)
	c.DB.Watch(s.server.Changed)
	return s, nil
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssSpace   = regexp.MustCompile(`\s*([{}:;,>])\s*`)
	cssBreak   = regexp.MustCompile(`\s*\n\s*`)
)

// shrink takes what only people read out of a style sheet. A space before a
// colon parts a selector from what it holds, so that one stays.
func shrink(s string) string {
	s = cssComment.ReplaceAllString(s, "")
	s = cssSpace.ReplaceAllStringFunc(s, func(m string) string {
		if t := strings.TrimSpace(m); t == ":" && m[0] == ' ' {
			return " :"
		} else {
			return t
		}
	})
	return strings.TrimSpace(cssBreak.ReplaceAllString(s, ""))
}

// Handler answers everything on the public listener.
func (s *Site) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("/readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := s.DB.Ping(r.Context()); err != nil {
			s.Log.Error("not ready", "error", err)
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	mux.Handle("/fonts/", s.server.Stream(s.font))
	mux.Handle("/files/", s.server.Stream(s.file))
	mux.Handle(oaiPath, s.server.Private(s.oai))
	pages, responses := s.server.Handle(s.route), s.server.Private(s.response)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if isResponse(r) {
			responses.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
	return web.Legible(s.oneView(s.replies(mux)))
}

// oneView lets each answer ask once how new the record is.
func (s *Site) oneView(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(s.DB.OneView(r.Context())))
	})
}

// route finds the handler of an address. What has none may be an address of
// an old site.
func (s *Site) route(r *http.Request) (*web.Reply, error) {
	reply, err := s.find(r)
	if errors.Is(err, sala.ErrNotFound) {
		if address, moved := s.movedTerm(r); moved == nil {
			return web.Redirect(http.StatusMovedPermanently, address), nil
		} else if !errors.Is(moved, sala.ErrNotFound) {
			return nil, moved
		}
		if address, old := s.old(r); old == nil {
			return web.Redirect(http.StatusMovedPermanently, address), nil
		} else if !errors.Is(old, sala.ErrNotFound) {
			return nil, old
		}
	}
	if err != nil {
		return nil, err
	}
	return s.veil(r, fallback(reply))
}

// find is the table of addresses.
func (s *Site) find(r *http.Request) (*web.Reply, error) {
	path := r.URL.Path
	switch path {
	case "/":
		if r.URL.RawQuery != "" {
			if reply, err := wpapi.Root(r, s.Network, s.base(r)); reply != nil || err != nil {
				return reply, err
			}
			if address, err := s.old(r); err == nil {
				return web.Redirect(http.StatusMovedPermanently, address), nil
			} else if !errors.Is(err, sala.ErrNotFound) || asksOld(r.URL.Query()) {
				return nil, err
			}
			// A query that names nothing ("?utm_source=…") was the old front page,
			// in the site's first language.
			set, err := s.Network.Settings(r.Context())
			if err != nil {
				return nil, err
			}
			return web.Redirect(http.StatusMovedPermanently, "/"+string(set.Default)+"/"), nil
		}
		return s.door(r)
	case "/robots.txt":
		return s.robots(r)
	case "/sitemap.xml":
		return s.sitemap(r)
	case "/.well-known/security.txt":
		return s.security(r)
	case "/wp-json", "/wp-json/":
		return wpapi.Index(r, s.Network, s.base(r))
	}
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if parts[0] == "id" && len(parts) == 2 { // and Indonesian, whose pages have no ids for names
		if id, err := sala.ParseID(parts[1]); err == nil {
			return s.byID(r, id)
		}
	}
	set, err := s.Network.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	lang := sala.Lang(parts[0])
	if !slices.Contains(set.Langs, lang) {
		return nil, sala.ErrNotFound
	}
	rest := parts[1:]
	switch {
	case len(rest) == 0:
		return web.Redirect(http.StatusMovedPermanently, "/"+string(lang)+"/"), nil
	case len(rest) == 1 && rest[0] == "":
		return s.home(r, lang)
	case len(rest) == 1 && rest[0] == "search":
		return s.search(r, lang)
	case len(rest) == 1 && rest[0] == "opensearch.xml":
		return s.openSearch(r, lang)
	case len(rest) == 1 && (rest[0] == "recommendations.csv" || rest[0] == "recommendations.json" || rest[0] == "recommendations.csv-metadata.json"):
		return s.recommendationsData(r, lang, strings.TrimPrefix(rest[0], "recommendations"))
	case len(rest) == 1 && rest[0] == "recommendations":
		return web.Redirect(http.StatusMovedPermanently, path+"/"), nil
	case rest[0] == "recommendations":
		return s.recommendations(r, lang, rest[1:])
	case len(rest) == 3 && rest[0] == "organisations" && rest[2] == "asks":
		return s.asksOf(r, lang, rest[1])
	case len(rest) == 1 && (rest[0] == "people" || rest[0] == "organisations"):
		return web.Redirect(http.StatusMovedPermanently, path+"/"), nil
	case len(rest) == 1 && (rest[0] == "people.csv" || rest[0] == "organisations.csv" || rest[0] == "people.csv-metadata.json" || rest[0] == "organisations.csv-metadata.json"):
		half, end, _ := strings.Cut(rest[0], ".")
		return s.directoryTable(r, lang, half, end)
	case rest[0] == "people" || rest[0] == "organisations":
		return s.directory(r, lang, rest[0], rest[1:])
	case len(rest) == 1 && (rest[0] == themes.place || rest[0] == projects.place):
		return web.Redirect(http.StatusMovedPermanently, path+"/"), nil
	case rest[0] == themes.place:
		return s.gathered(r, lang, themes, rest[1:])
	case rest[0] == projects.place:
		return s.gathered(r, lang, projects, rest[1:])
	case len(rest) == 1 && rest[0] == "glossary":
		return web.Redirect(http.StatusMovedPermanently, path+"/"), nil
	case len(rest) == 2 && rest[0] == "glossary" && rest[1] == "":
		return s.glossary(r, lang)
	case len(rest) == 1 && isFeed(rest[0]):
		return s.feed(r, lang, "", rest[0])
	case len(rest) == 1 && rest[0] == "archive":
		return web.Redirect(http.StatusMovedPermanently, path+"/"), nil
	case rest[0] == "archive":
		return s.archive(r, lang, rest[1:])
	case len(rest) == 1 && rest[0] == "events":
		return web.Redirect(http.StatusMovedPermanently, path+"/"), nil
	case len(rest) == 1 && rest[0] == "events.ics":
		return s.eventsCalendar(r, lang)
	case len(rest) == 1 && (rest[0] == "events.csv" || rest[0] == "events.json" || rest[0] == "events.csv-metadata.json"):
		return s.eventTable(r, lang, rest[0])
	case rest[0] == "events":
		return s.events(r, lang, rest[1:])
	case len(rest) == 2 && rest[0] == "pages":
		return s.work(r, lang, 0, rest[1])
	case len(rest) == 2 && rest[0] == "files":
		return s.filePage(r, lang, rest[1])
	case len(rest) == 3 && (rest[2] == "signatures.csv" || rest[2] == "signatures.csv-metadata.json"):
		if year, err := strconv.Atoi(rest[0]); err == nil && year > 0 && year < 10000 && rest[1] != "" {
			return s.signedTable(r, lang, year, rest[1], rest[2])
		}
	case len(rest) == 2:
		if year, err := strconv.Atoi(rest[0]); err == nil && year > 0 && year < 10000 && rest[1] != "" {
			return s.work(r, lang, year, rest[1])
		}
	}
	return nil, sala.ErrNotFound
}

// base is scheme and host under which readers know the site.
func (s *Site) base(r *http.Request) string {
	if s.URL != "" {
		return s.URL
	}
	return web.Origin(r)
}

// door sends a reader to their language.
func (s *Site) door(r *http.Request) (*web.Reply, error) {
	set, err := s.Network.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	reply := web.Redirect(http.StatusFound, "/"+string(choose(r, set))+"/")
	reply.Header.Set("Vary", "Accept-Language")
	return reply, nil
}

// choose returns the first language in a reader's list that the site has.
// The list is taken one by one: a matcher of the whole would prefer an exact
// "zh" to a near "zh-HK", and would give up at the first entry it cannot read.
// A language of weight 0 is one the reader does not want (RFC 9110, 12.4.2).
func choose(r *http.Request, set network.Settings) sala.Lang {
	type wish struct {
		lang   sala.Lang
		weight float32
	}
	var wishes []wish
	var refused []sala.Lang
	for _, part := range strings.Split(r.Header.Get("Accept-Language"), ",") {
		tags, weights, err := language.ParseAcceptLanguage(part)
		if err != nil {
			continue
		}
		if len(tags) == 0 { // weight 0: the parser leaves the entry out
			name, _, _ := strings.Cut(part, ";")
			if l, err := sala.ParseLang(strings.TrimSpace(name)); err == nil {
				refused = append(refused, l)
			}
			continue
		}
		if l, err := sala.ParseLang(tags[0].String()); err == nil {
			wishes = append(wishes, wish{l, weights[0]})
		}
	}
	slices.SortStableFunc(wishes, func(a, b wish) int { return cmp.Compare(b.weight, a.weight) })
	for _, w := range wishes {
		if l := nearest(w.lang, set.Langs); l != "" && !slices.Contains(refused, l) {
			return l
		}
	}
	for _, l := range append([]sala.Lang{set.Default}, set.Langs...) {
		if !slices.Contains(refused, l) {
			return l
		}
	}
	return set.Default
}

// nearest returns the language that a reader of want can read: itself, else
// the same in another script; "" if there is none.
func nearest(want sala.Lang, langs []sala.Lang) sala.Lang {
	base, _, _ := strings.Cut(string(want), "-")
	for _, same := range []func(sala.Lang) bool{
		func(l sala.Lang) bool { return l == want },
		func(l sala.Lang) bool { return l == sala.Lang(base) },
		func(l sala.Lang) bool { return strings.HasPrefix(string(l), base+"-") },
	} {
		if i := slices.IndexFunc(langs, same); i >= 0 {
			return langs[i]
		}
	}
	return ""
}

// byID sends to the best edition of anything.
func (s *Site) byID(r *http.Request, id sala.ID) (*web.Reply, error) {
	set, err := s.Network.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	lang := choose(r, set)
	for _, kind := range []sala.Kind{sala.KindWork, sala.KindTerm, sala.KindFile, sala.KindEvent, sala.KindRecommendation, sala.KindPerson} {
		address, err := s.address(r.Context(), set, sala.Ref{Kind: kind, ID: id}, lang)
		if err == nil {
			reply := web.Redirect(http.StatusSeeOther, address)
			reply.Header.Set("Vary", "Accept-Language")
			return reply, nil
		}
		if !errors.Is(err, sala.ErrNotFound) {
			return nil, err
		}
	}
	return nil, sala.ErrNotFound
}

// address returns where a public thing stands, in lang if it is there in it.
func (s *Site) address(ctx context.Context, set network.Settings, ref sala.Ref, lang sala.Lang) (string, error) {
	switch ref.Kind {
	case sala.KindWork:
		w, err := s.Archive.Work(ctx, ref.ID)
		if err != nil {
			return "", err
		}
		return workPath(best(w, lang, set)), nil
	case sala.KindTerm:
		found, err := s.Archive.TermsByID(ctx, []sala.ID{ref.ID})
		if err != nil {
			return "", err
		}
		if t, ok := found[ref.ID]; ok {
			return termPath(lang, t), nil
		}
	case sala.KindFile:
		f, err := s.oneFile(ctx, ref.ID)
		if err != nil {
			return "", err
		}
		return filePath(lang, f), nil
	case sala.KindEvent:
		e, err := s.Events.Event(ctx, ref.ID)
		if err != nil {
			return "", err
		}
		return towardsEvent(e, lang, set), nil
	case sala.KindPerson, sala.KindOrganisation:
		one, err := s.who.Profile(ctx, ref.ID)
		if err != nil {
			return "", err
		}
		return one.Face.Path(lang), nil
	case sala.KindRecommendation:
		rec, err := s.Tracker.Public(ctx, ref.ID)
		if err != nil {
			return "", err
		}
		return askPath(lang, rec.Slug), nil
	}
	return "", sala.ErrNotFound
}

// best returns the edition of a work to show to a reader of lang.
func best(w archive.Work, lang sala.Lang, set network.Settings) archive.Edition {
	for _, l := range []sala.Lang{lang, set.Default, sala.English} {
		for _, e := range w.Editions {
			if e.Lang == l {
				return e
			}
		}
	}
	return w.Editions[0]
}

// workPath is the address of an edition.
func workPath(e archive.Edition) string {
	if e.Year == 0 {
		return "/" + string(e.Lang) + "/pages/" + url.PathEscape(e.Slug)
	}
	return "/" + string(e.Lang) + "/" + strconv.Itoa(e.Year) + "/" + url.PathEscape(e.Slug)
}

// termPath is the address of what bears a term: of everything that bears a
// theme or a project, of the works that bear any other.
func termPath(lang sala.Lang, t archive.Term) string {
	switch t.Vocabulary {
	case archive.Theme:
		return themes.path(lang, t.Path)
	case archive.Project:
		return projects.path(lang, t.Path)
	case archive.Category:
	default:
		return "/" + string(lang) + "/archive/?" + url.Values{t.Vocabulary: {t.Path}}.Encode()
	}
	parts := strings.Split(t.Path, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return "/" + string(lang) + "/archive/" + strings.Join(parts, "/") + "/"
}

// filePath is the address of the page about a file.
func filePath(lang sala.Lang, f media.File) string {
	return "/" + string(lang) + "/files/" + string(f.ID)
}
