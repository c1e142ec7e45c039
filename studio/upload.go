package studio

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"strconv"

	"sala"
	"sala/internal/web"
	"sala/media"
)

// halfSent reports whether an error is that of a body that did not arrive
// whole.
func halfSent(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, http.ErrBodyReadAfterClose)
}

// files calls f for each file that a multipart form holds, one after the
// other as they arrive; other parts go to form, if it is not nil.
func (v *visit) files(f func(*multipart.Part) error, form func(name, value string)) error {
	parts, err := v.MultipartReader()
	if err != nil {
		return errBadForm
	}
	for {
		part, err := parts.NextPart()
		switch {
		case err == io.EOF: // bare after the last boundary, wrapped where it is missing
			return nil
		case errors.Is(err, io.EOF):
			return io.ErrUnexpectedEOF
		case halfSent(err):
			return err
		case err != nil:
			return errors.Join(errBadForm, err)
		}
		switch {
		case part.FileName() != "":
			err = f(part)
		case form != nil && part.FormName() != "":
			var value []byte
			if value, err = io.ReadAll(io.LimitReader(part, 4<<10)); err == nil {
				form(part.FormName(), string(value))
			}
		}
		if err != nil {
			return err
		}
	}
}

// addFiles serves POST /studio/media: many files from a form. Each that is
// good is kept, whatever the others are.
func (s *Studio) addFiles(v *visit) (*web.Reply, error) {
	p := &page{visit: v}
	var added []media.File
	var bad sala.Invalid
	err := v.files(func(part *multipart.Part) error {
		f, err := s.Media.Add(v.ctx(), v.By(), part.FileName(), part)
		if refused, ok := errors.AsType[sala.Invalid](err); ok {
			bad = append(bad, sala.FieldError{Field: "file", Text: p.T("studio.media_refused", "name", part.FileName(), "why", p.fault(refused[0]))})
			return nil
		}
		if err == nil {
			added = append(added, f)
		}
		return err
	}, nil)
	switch {
	case halfSent(err):
		bad = append(bad, sala.FieldError{Field: "file", Text: p.T("studio.media_half")})
	case err != nil:
		return nil, err
	case len(added) == 0 && len(bad) == 0:
		bad = append(bad, sala.FieldError{Field: "file", Text: p.T("studio.media_none_chosen")})
	}
	if bad != nil {
		return s.showLibrary(v, bad, len(added))
	}
	if len(added) == 1 {
		return v.done("/studio/media/"+string(added[0].ID), "studio.media_added_one")
	}
	return v.done("/studio/media", "studio.media_added", "n", len(added))
}

// A fileMade is what a script is told of a file.
type fileMade struct {
	ID   sala.ID `json:"id"`
	Name string  `json:"name"`
	Src  string  `json:"src"` // of a small picture, "" if it is none
	Alt  string  `json:"alt"`
	Type string  `json:"type"`
	Size string  `json:"size"` // as people read it
	Page string  `json:"page"` // where it is described
}

func (v *visit) made(f media.File) fileMade {
	m := fileMade{ID: f.ID, Name: f.Name, Type: f.Type, Size: sizeOf(v.lang, f.Size), Page: "/studio/media/" + string(f.ID)}
	if f.IsPicture() {
		m.Src = m.Page + "/picture"
	}
	m.Alt, _ = f.Alt.In(v.lang, v.set.Default)
	return m
}

// uploadFile serves POST /studio/media/upload: one file in a form, sent by
// the writing surface.
func (s *Studio) uploadFile(v *visit) (any, error) {
	var added *media.File
	err := v.files(func(part *multipart.Part) error {
		if added != nil || part.FormName() != "file" {
			return nil
		}
		f, err := s.Media.Add(v.ctx(), v.By(), part.FileName(), part)
		if err == nil {
			added = &f
		}
		return err
	}, nil)
	if err != nil {
		return nil, err
	}
	if added == nil {
		return nil, sala.Invalid{{Field: "file", Key: "studio.media.none_chosen", Text: "choose a file"}}
	}
	return v.made(*added), nil
}

// An uploadState says how far an upload came.
type uploadState struct {
	ID       sala.ID `json:"id"`
	Size     int64   `json:"size"`
	Received int64   `json:"received"` // bytes
	Part     int64   `json:"part"`     // the most bytes of one part
}

func stateOf(u media.Upload, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return uploadState{u.ID, u.Size, u.Received, media.MaxPart}, nil
}

// beginUpload serves POST /studio/media/uploads with name and size.
func (s *Studio) beginUpload(v *visit) (any, error) {
	size, err := strconv.ParseInt(v.PostFormValue("size"), 10, 64)
	if err != nil {
		return nil, errBadForm
	}
	return stateOf(s.Media.BeginUpload(v.ctx(), v.By(), v.PostFormValue("name"), size))
}

// uploadStands serves GET /studio/media/uploads/{id}/state.
func (s *Studio) uploadStands(v *visit) (any, error) {
	return stateOf(s.Media.Upload(v.ctx(), v.By(), sala.ID(v.PathValue("id"))))
}

// addPart serves PUT /studio/media/uploads/{id}?from=N.
func (s *Studio) addPart(v *visit) (any, error) {
	from, err := strconv.ParseInt(v.URL.Query().Get("from"), 10, 64)
	if err != nil {
		return nil, errBadForm
	}
	return stateOf(s.Media.AddPart(v.ctx(), v.By(), sala.ID(v.PathValue("id")), from, v.Body))
}

// finishUpload serves POST /studio/media/uploads/{id}/finish.
func (s *Studio) finishUpload(v *visit) (any, error) {
	f, err := s.Media.FinishUpload(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	return v.made(f), nil
}
