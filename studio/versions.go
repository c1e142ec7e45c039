package studio

import (
	"net/http"
	"strconv"

	"sala"
	"sala/archive"
	"sala/internal/richtext"
	"sala/internal/web"
)

// versionsPage is what versionsView shows.
type versionsPage struct {
	desk
	Revisions []archive.Revision
	Out       map[int][]int // the public versions that each revision was
	Old, New  int           // compared
	Compared  *archive.Comparison
	Note      string // typed with a restoring that was refused
}

// versions serves GET /studio/works/{id}/{lang}/versions?old=&new=.
func (s *Studio) versions(v *visit) (*web.Reply, error) { return s.showVersions(v, "", nil) }

func (s *Studio) showVersions(v *visit, note string, wrong error) (*web.Reply, error) {
	w, e, err := v.onDesk()
	if err != nil {
		return nil, err
	}
	vp := versionsPage{Out: map[int][]int{}, Note: note}
	if vp.Revisions, err = s.Archive.Revisions(v.ctx(), v.By(), e.ID); err != nil {
		return nil, err
	}
	out, err := s.Archive.Publications(v.ctx(), v.By(), e.ID)
	if err != nil {
		return nil, err
	}
	for _, version := range out {
		vp.Out[version.Revision] = append(vp.Out[version.Revision], version.Number)
	}
	vp.New, vp.Old = e.Revision, e.Revision-1
	if e.Public && e.Live != e.Revision {
		vp.Old = e.Live
	}
	for name, to := range map[string]*int{"old": &vp.Old, "new": &vp.New} {
		if asked := v.URL.Query().Get(name); asked != "" {
			if *to, err = strconv.Atoi(asked); err != nil {
				return nil, sala.ErrNotFound
			}
		}
	}
	if vp.Old > 0 && vp.New > 0 {
		c, err := s.Archive.Compare(v.ctx(), v.By(), e.ID, vp.Old, vp.New)
		if err != nil {
			return nil, err
		}
		vp.Compared = &c
	}
	if vp.desk, err = v.desk(w, e); err != nil {
		return nil, err
	}
	if err := vp.wrong(wrong); err != nil {
		return nil, err
	}
	return vp.show(versionsView(vp))
}

// restore serves POST /studio/works/{id}/{lang}/restore.
func (s *Studio) restore(v *visit) (*web.Reply, error) {
	w, e, err := v.onDesk()
	if err != nil {
		return nil, err
	}
	after, bad := strconv.Atoi(v.PostFormValue("after"))
	number, worse := strconv.Atoi(v.PostFormValue("number"))
	if bad != nil || worse != nil {
		return nil, errBadForm
	}
	note := v.PostFormValue("note")
	made, err := s.Archive.Restore(v.ctx(), v.By(), e.ID, after, number, note)
	if err != nil {
		return s.showVersions(v, note, err)
	}
	return v.done(editionPath(w.ID, e.Lang)+"/versions", "studio.versions_restored", "number", number, "made", made)
}

// blockWords is what a block says in words, or what it shows where it has none.
func blockWords(n richtext.Node) string {
	if text := richtext.SegmentText(n); text != "" {
		return text
	}
	for _, text := range []string{n.Attrs.Alt, n.Attrs.Title, n.Attrs.Src, string(n.Attrs.File)} {
		if text != "" {
			return "[" + text + "]"
		}
	}
	return "[" + string(n.Type) + "]"
}

// previewPage is what previewView shows.
type previewPage struct {
	desk
	Revision int
	Width    string
	Words    wording // what the glossary says of the text that is shown
}

// widths are the screens that a preview is shown on, in CSS pixels.
var widths = []string{"360", "1280"}

// preview serves GET /studio/works/{id}/{lang}/preview: the readers' page in a
// frame of a chosen width.
func (s *Studio) preview(v *visit) (*web.Reply, error) {
	w, e, err := v.onDesk()
	if err != nil {
		return nil, err
	}
	pp := previewPage{Revision: e.Revision, Width: widths[0]}
	if v.URL.Query().Get("width") == widths[1] {
		pp.Width = widths[1]
	}
	if pp.Revision > 0 {
		shown, err := s.Archive.NewestRevision(v.ctx(), v.By(), e.ID)
		if err != nil {
			return nil, err
		}
		if pp.Words, err = s.wordingOf(v, e.Lang, archive.Text{Title: shown.Title, Summary: shown.Summary, Body: shown.Body}); err != nil {
			return nil, err
		}
	}
	if pp.desk, err = v.desk(w, e); err != nil {
		return nil, err
	}
	reply, err := pp.show(previewView(pp))
	if err != nil {
		return nil, err
	}
	reply.Header = http.Header{"Content-Security-Policy": {s.policy(v.Request) + "; frame-src 'self'"}}
	return reply, nil
}

// previewed serves GET /studio/works/{id}/{lang}/preview/page: what readers
// will see, made by the readers' door.
func (s *Studio) previewed(v *visit) (*web.Reply, error) {
	_, e, err := v.onDesk()
	if err != nil {
		return nil, err
	}
	revision := 0
	if asked := v.URL.Query().Get("revision"); asked != "" {
		if revision, err = strconv.Atoi(asked); err != nil {
			return nil, sala.ErrNotFound
		}
	}
	w, e, err := s.Archive.Preview(v.ctx(), v.By(), e.ID, revision)
	if err != nil {
		return nil, err
	}
	return s.Preview(v.Request, w, e)
}
