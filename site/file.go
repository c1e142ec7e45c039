package site

import (
	"net/http"
	"strings"

	"sala"
	"sala/internal/web"
	"sala/media"
)

// fileViewPage is what filePageView shows.
type fileViewPage struct {
	*page
	File    fileLine
	Picture *picture
	Caption string
	About   string
	AboutIn sala.Lang
	InLang  sala.Lang
	Owner   *row
	Get     string // address of the bytes, "" if there are none to give
	Why     string // key of why there are none
}

type picture struct {
	Src, SrcSet, Alt string
	Width, Height    int
}

// filePage serves GET /{lang}/files/{id}: what is known of a file, before it
// is downloaded.
func (s *Site) filePage(r *http.Request, lang sala.Lang, text string) (*web.Reply, error) {
	id, err := sala.ParseID(text)
	if err != nil {
		return nil, err
	}
	ctx := r.Context()
	f, err := s.oneFile(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	v := fileViewPage{page: p, File: newFileLine(p, f)}
	p.Title, p.Heading = v.File.Title, v.File.Lang
	p.everyLang("/files/" + string(id))
	v.Caption, v.InLang = f.Caption.In(p.Want, p.set.Default)
	v.About, v.AboutIn = f.About.In(p.Want, p.set.Default)
	p.About = v.Caption
	if rend, ok := f.Rendition(1280); ok {
		alt, _ := f.Alt.In(p.Want, p.set.Default)
		if alt == "" {
			alt = v.File.Title
		}
		v.Picture = &picture{f.RenditionAddress(rend), f.SrcSet(), alt, rend.Width, rend.Height}
	}
	switch {
	case f.Hash == "":
		v.Why = "file.absent"
	case v.Picture != nil: // the renditions are all there is to give
	case strings.HasPrefix(f.Type, "image/") && f.Type != "image/svg+xml":
		v.Why = "file.unshown"
	default:
		v.Get = media.Address(f.Hash, f.Name)
	}
	if f.Owner.Kind == sala.KindWork {
		works, err := s.Archive.WorksByID(ctx, []sala.ID{f.Owner.ID})
		if err != nil {
			return nil, err
		}
		if w, ok := works[f.Owner.ID]; ok {
			row := s.row(w, p)
			v.Owner = &row
		}
	}
	return v.show(ctx, filePageView(v))
}

// file serves GET /files/{hash}/{name}.
func (s *Site) file(r *http.Request) (*web.Reply, error) {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/files/"), "/")
	if len(parts) != 2 {
		return nil, sala.ErrNotFound
	}
	showing, err := s.Media.Showing(r.Context(), parts[0])
	if err != nil {
		return nil, err
	}
	if showing, err = s.shown(r.Context(), showing); err != nil {
		return nil, err
	}
	if len(showing) == 0 {
		return nil, sala.ErrNotFound
	}
	served, err := s.Media.Serve(r.Context(), parts[0], parts[1])
	if err != nil {
		return nil, err
	}
	// A consent that is withdrawn takes a picture out of every cache within a
	// minute. Until then the tag saves its bytes.
	return web.File(served.Type, parts[1], served.Body, http.Header{
		"Cache-Control":           {"public, max-age=60, must-revalidate"},
		"Content-Security-Policy": {served.Policy}, "Content-Disposition": {served.Disposition}, "Etag": {`"` + served.Hash[:16] + `"`},
	}), nil
}
