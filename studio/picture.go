package studio

import (
	"errors"
	"mime/multipart"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/web"
	"sala/media"
)

// picturePage is what pictureView shows: pictures of the library for a work,
// and a form for one that is not there yet.
type picturePage struct {
	desk
	Words string
	Files []media.File
	Older string // address of the next stretch, "" at the end
	In    sala.Lang
	Alt   string // typed
	MaxMB int64
}

// choosePicture serves GET /studio/works/{id}/picture?q=&before=.
func (s *Studio) choosePicture(v *visit) (*web.Reply, error) {
	return s.showPictures(v, "", nil)
}

func (s *Studio) showPictures(v *visit, alt string, wrong error) (*web.Reply, error) {
	w, err := s.Archive.DeskWork(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	if !s.Archive.MayDescribe(v.ctx(), v.By(), w.ID) {
		return nil, sala.ErrForbidden
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	e, _ := p.main(w)
	p.Title = p.T("studio.picture_title", "title", p.Called(e))
	pp := picturePage{desk: desk{page: p, Work: w}, Words: strings.TrimSpace(v.URL.Query().Get("q")), In: e.Lang, Alt: alt, MaxMB: s.Media.MaxBytes >> 20}
	const count = 24
	filter := media.Filter{Words: pp.Words, Pictures: true, Before: sala.ID(v.URL.Query().Get("before")), Limit: count + 1}
	if pp.Files, err = s.Media.Library(v.ctx(), v.By(), filter); err != nil {
		return nil, err
	}
	if len(pp.Files) > count {
		pp.Files = pp.Files[:count]
		pp.Older = picturePath(w.ID) + "?" + url.Values{"q": {pp.Words}, "before": {string(pp.Files[count-1].ID)}}.Encode()
	}
	return p.show(pictureView(pp))
}

func picturePath(w sala.ID) string { return workPath(w) + "/picture" }

// setPicture serves POST /studio/works/{id}/picture: another picture for the
// work, or none.
func (s *Studio) setPicture(v *visit) (*web.Reply, error) {
	return s.givePicture(v, sala.ID(v.PostFormValue("picture")), v.PostFormValue("was"))
}

// givePicture gives a work its picture. was is the work's mark, as its fields
// have it.
func (s *Studio) givePicture(v *visit, picture sala.ID, was string) (*web.Reply, error) {
	micro, err := strconv.ParseInt(was, 10, 64)
	if err != nil {
		return nil, errBadForm
	}
	w, err := s.Archive.DeskWork(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	key := "studio.picture_gone"
	if picture != "" {
		f, err := s.Media.File(v.ctx(), picture)
		if errors.Is(err, sala.ErrNotFound) || err == nil && !f.IsPicture() {
			return s.showPictures(v, "", sala.Invalid{{Field: "picture", Key: "studio.work_picture_bad", Text: "there is no such picture"}})
		} else if err != nil {
			return nil, err
		}
		key = "studio.picture_set"
		if len(f.Alt) == 0 {
			key = "studio.picture_set_noalt"
		}
	}
	w.Picture = picture
	if err := s.Archive.Describe(v.ctx(), v.By(), time.UnixMicro(micro).UTC(), w); err != nil {
		if _, ok := errors.AsType[sala.Invalid](err); ok { // of another field: its page says which
			return s.showStored(v, consentForm{}, err)
		}
		return nil, err
	}
	return v.done(workPath(w.ID), key)
}

// uploadPicture serves POST /studio/works/{id}/picture/upload: a picture for
// the work that the library does not have, with its alternative text.
func (s *Studio) uploadPicture(v *visit) (*web.Reply, error) {
	w, err := s.Archive.DeskWork(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	if !s.Archive.MayDescribe(v.ctx(), v.By(), w.ID) {
		return nil, sala.ErrForbidden
	}
	p := &page{visit: v}
	e, _ := p.main(w)
	typed := map[string]string{} // what stands before the file in the form
	var added media.File
	err = v.files(func(part *multipart.Part) error {
		alt := strings.TrimSpace(typed["alt"])
		if alt == "" {
			return sala.Invalid{{Field: "alt", Key: "studio.picture_alt_missing", Text: "say what the picture shows"}}
		}
		if added.ID != "" {
			return nil // a form has one
		}
		var err error
		added, err = s.Media.Give(v.ctx(), v.By(), part.FileName(), part, media.Given{Alt: sala.Text{e.Lang: alt}})
		return err
	}, func(name, value string) { typed[name] = value })
	switch {
	case halfSent(err):
		err = sala.Invalid{{Field: "file", Key: "studio.media_half", Text: "the file did not arrive whole"}}
	case err == nil && added.ID == "":
		err = sala.Invalid{{Field: "file", Key: "studio.media_none_chosen", Text: "no file was chosen"}}
	case err == nil && !added.IsPicture():
		err = sala.Invalid{{Field: "file", Key: "studio.picture_is_none", Text: "it is no picture that can be shown"}}
	}
	if err != nil {
		return s.showPictures(v, typed["alt"], err)
	}
	return s.givePicture(v, added.ID, typed["was"])
}

// pictureOf is the picture of a work, zero if it has none that is there.
func (s *Studio) pictureOf(v *visit, w archive.Work) (media.File, error) {
	if w.Picture == "" {
		return media.File{}, nil
	}
	f, err := s.Media.File(v.ctx(), w.Picture)
	if errors.Is(err, sala.ErrNotFound) {
		return media.File{}, nil
	}
	return f, err
}
