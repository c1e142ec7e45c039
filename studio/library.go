package studio

import (
	"net/http"
	"net/url"
	"strings"

	"sala"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/media"
)

// libraryPage is what libraryView shows.
type libraryPage struct {
	*page
	Files []media.File
	Words string
	Show  string // which of shows
	Next  string // address of the next page, "" at the end
	MaxMB int
	Added int // files that were kept though others were not
}

// shows are the ways to narrow the library.
var shows = []string{"all", "pictures", "files", "held", "noalt"}

// libraryRows is how many files a page shows.
const libraryRows = 60

// library serves GET /studio/media.
func (s *Studio) library(v *visit) (*web.Reply, error) { return s.showLibrary(v, nil, 0) }

func (s *Studio) showLibrary(v *visit, wrong error, added int) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.media")
	q := v.URL.Query()
	lp := libraryPage{page: p, Words: q.Get("q"), Show: q.Get("show"), MaxMB: int(s.Media.MaxBytes >> 20), Added: added}
	f := media.Filter{Words: lp.Words, Before: sala.ID(q.Get("before")), Limit: libraryRows + 1}
	switch lp.Show {
	case "pictures":
		f.Pictures = true
	case "files":
		f.Plain = true
	case "held":
		f.Held = true
	case "noalt":
		f.NoAlt = true
	default:
		lp.Show = "all"
	}
	if lp.Files, err = s.Media.Library(v.ctx(), v.By(), f); err != nil {
		return nil, err
	}
	if len(lp.Files) > libraryRows {
		lp.Files = lp.Files[:libraryRows]
		lp.Next = lp.at(lp.Show, lp.Files[libraryRows-1].ID)
	}
	return p.show(libraryView(lp))
}

// at is the address of another part of the library.
func (p libraryPage) at(show string, before sala.ID) string {
	q := url.Values{}
	if p.Words != "" {
		q.Set("q", p.Words)
	}
	if show != "all" {
		q.Set("show", show)
	}
	if before != "" {
		q.Set("before", string(before))
	}
	if len(q) == 0 {
		return "/studio/media"
	}
	return "/studio/media?" + q.Encode()
}

// label is what a file is called: by its title, else by its name.
func (p *page) label(f media.File) string {
	if title, _ := f.Title.In(p.lang, p.set.Default); title != "" {
		return title
	}
	return f.Name
}

func (p *page) alt(f media.File) string {
	alt, _ := f.Alt.In(p.lang, p.set.Default)
	return alt
}

// state says in words whether readers see a file, and why not.
func (p *page) state(f media.File) string {
	switch {
	case f.Hash == "":
		return p.T("studio.media.no_bytes")
	case !f.Public:
		return p.T("studio.media_private")
	case f.Hold != sala.NotHeld:
		return p.T("studio.media.consent_" + string(f.Hold))
	}
	return p.T("studio.media_public")
}

// sizeOf is a size as people read it, in units of 1000 bytes.
func sizeOf(l sala.Lang, bytes int64) string {
	switch {
	case bytes >= 1_000_000:
		return i18n.Number(l, int(bytes/1_000_000)) + "." + i18n.Number(l, int(bytes/100_000%10)) + " MB"
	case bytes >= 1000:
		return i18n.Number(l, int((bytes+500)/1000)) + " KB"
	}
	return i18n.Number(l, int(bytes)) + " B"
}

// kindOf is what people call a type of file.
func kindOf(f media.File) string {
	_, sub, _ := strings.Cut(f.Type, "/")
	if sub == "octet-stream" || sub == "" {
		return f.Type
	}
	return strings.ToUpper(strings.TrimPrefix(sub, "x-"))
}

// picture serves GET /studio/media/{id}/picture: for the studio alone, public
// or not.
func (s *Studio) picture(v *visit) (*web.Reply, error) {
	width := 320
	if v.URL.Query().Has("large") {
		width = 1280
	}
	body, r, err := s.Media.Picture(v.ctx(), v.By(), sala.ID(v.PathValue("id")), width)
	if err != nil {
		return nil, err
	}
	reply := web.File(r.Type, "", body, http.Header{})
	reply.Header.Set("Cache-Control", "private, max-age=60")
	return reply, nil
}

// plainFile serves GET /studio/media/{id}/file: a file that is no picture, public
// or not, as a download.
func (s *Studio) plainFile(v *visit) (*web.Reply, error) {
	f, err := s.Media.Plain(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	reply := web.File(f.Type, "", f.Body, http.Header{"Content-Disposition": {f.Disposition}, "Content-Security-Policy": {f.Policy}})
	reply.Header.Set("Cache-Control", "no-store")
	return reply, nil
}

// noAlt counts the pictures that say nothing to those who cannot see.
func noAlt(v *visit) (int, error) { return v.studio.Media.WithoutAlt(v.ctx()) }
