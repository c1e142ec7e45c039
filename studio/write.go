package studio

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/richtext"
	"sala/internal/web"
	"sala/studio/editor"
)

// A desk is an edition with its work, as every screen about one needs it.
type desk struct {
	*page
	Work    archive.Work
	Edition archive.Edition
}

// path is the address of the screens about the edition.
func (d desk) path() string { return editionPath(d.Work.ID, d.Edition.Lang) }

// onDesk finds the edition that the address names.
func (v *visit) onDesk() (archive.Work, archive.Edition, error) {
	w, err := v.studio.Archive.DeskWork(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return w, archive.Edition{}, err
	}
	e, ok := editionIn(w, sala.Lang(v.PathValue("lang")))
	if !ok {
		return w, e, sala.ErrNotFound
	}
	return w, e, nil
}

func (v *visit) desk(w archive.Work, e archive.Edition) (desk, error) {
	p, err := v.page("")
	if err != nil {
		return desk{}, err
	}
	d := desk{p, w, e}
	p.Title = p.Called(e)
	return d, nil
}

// A base is what a form's text was based on: the revision, and the moment the
// writer's working copy was last saved. It goes out with the form and comes
// back with it.
type base struct {
	After int
	Saved time.Time // zero: there was no working copy
}

func (b base) String() string {
	if b.Saved.IsZero() {
		return strconv.Itoa(b.After) + ".0"
	}
	return strconv.Itoa(b.After) + "." + strconv.FormatInt(b.Saved.UnixMicro(), 10)
}

func parseBase(s string) (base, error) {
	first, second, _ := strings.Cut(s, ".")
	after, err := strconv.Atoi(first)
	if err != nil || after < 0 {
		return base{}, errBadForm
	}
	saved, err := strconv.ParseInt(second, 10, 64)
	if err != nil {
		return base{}, errBadForm
	}
	b := base{After: after}
	if saved != 0 {
		b.Saved = time.UnixMicro(saved).UTC()
	}
	return b, nil
}

// writePage is what writeView shows.
type writePage struct {
	desk
	Text   archive.Text
	Base   base
	Newest archive.Revision
	Others []archive.WorkingCopy // of other people
	Steps  []archive.Step
	Own    bool // the text is a working copy
	Two    bool // the kind needs two persons
	Moves  moves
	Other  *other // the text that stands against this one
	Reason string // typed with a step that was refused
	Day    string
	Hour   string
	Words  wording   // what the glossary says of the text
	Held   sala.Hold // why the work may not be public
	Frozen int       // the revision that was signed and cannot change, 0 if none is
}

// An other is a text that stands against the one being written, and what
// leads from it to that one.
type other struct {
	Title, Summary []richtext.Piece
	Body           richtext.Difference
	Text           archive.Text
	By             string
	At             time.Time
	Window         bool // it is the writer's own, from another window
}

// Markdown is the text as somebody without script edits it.
func (p writePage) Markdown() string { return p.Text.Body.Markdown() }

// write serves GET /studio/works/{id}/{lang}.
func (s *Studio) write(v *visit) (*web.Reply, error) {
	w, e, err := v.onDesk()
	if err != nil {
		return nil, err
	}
	newest, err := s.Archive.NewestRevision(v.ctx(), v.By(), e.ID)
	if err != nil {
		return nil, err
	}
	wp := writePage{desk: desk{Work: w, Edition: e}, Newest: newest}
	d, err := s.Archive.Draft(v.ctx(), v.By(), e.ID)
	switch {
	case errors.Is(err, sala.ErrNotFound):
		wp.Text = archive.Text{Title: newest.Title, Summary: newest.Summary, Body: newest.Body}
		wp.Base = base{After: newest.Number}
		if newest.Number == 0 {
			wp.Text.Title = e.Title
		}
	case err != nil:
		return nil, err
	default:
		wp.Text, wp.Base, wp.Own = d.Text, base{d.After, d.Saved}, true
		if d.After != newest.Number {
			wp.Other, wp.Base.After = against(d.Text, newest), newest.Number
		}
	}
	return s.showWrite(v, wp, nil)
}

// against sets a revision against a text.
func against(mine archive.Text, theirs archive.Revision) *other {
	return opposed(mine, archive.Text{Title: theirs.Title, Summary: theirs.Summary, Body: theirs.Body}, theirs.By, theirs.At)
}

func opposed(mine, theirs archive.Text, by string, at time.Time) *other {
	return &other{
		Title: richtext.CompareWords(theirs.Title, mine.Title), Summary: richtext.CompareWords(theirs.Summary, mine.Summary),
		Body: richtext.Compare(theirs.Body, mine.Body), Text: theirs, By: by, At: at,
	}
}

// showWrite shows the form with wp.Text. What wp lacks it reads.
func (s *Studio) showWrite(v *visit, wp writePage, wrong error) (*web.Reply, error) {
	var err error
	if wp.desk, err = v.desk(wp.Work, wp.Edition); err != nil {
		return nil, err
	}
	if err := wp.wrong(wrong); err != nil {
		return nil, err
	}
	if wp.Steps, err = s.Archive.Steps(v.ctx(), v.By(), wp.Edition.ID); err != nil {
		return nil, err
	}
	copies, err := s.Archive.Drafts(v.ctx(), v.By(), wp.Edition.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range copies {
		if c.Author != v.user.ID {
			wp.Others = append(wp.Others, c)
		}
	}
	if wp.Words, err = s.wordingOf(v, wp.Edition.Lang, wp.Text); err != nil {
		return nil, err
	}
	two, err := s.Archive.TwoPersons(v.ctx())
	if err != nil {
		return nil, err
	}
	if wp.Held, err = s.Archive.Held(v.ctx(), v.By(), wp.Work.ID); err != nil {
		return nil, err
	}
	if wp.Frozen, err = s.Archive.Frozen(v.ctx(), v.By(), wp.Edition.ID); err != nil {
		return nil, err
	}
	wp.Two = two[wp.Work.Kind]
	wp.Moves = movesOf(v.By(), wp.Edition, wp.Two)
	if wp.Day == "" {
		wp.Day, wp.Hour = v.now().In(v.set.Location()).AddDate(0, 0, 1).Format(time.DateOnly), "09:00"
	}
	reply, err := wp.show(writeView(wp))
	if err == nil && wp.Other != nil {
		reply.Status = http.StatusConflict
		if v.Method == http.MethodGet {
			reply.Status = http.StatusOK
		}
	}
	return reply, err
}

// sentText reads what a form says. The body comes as JSON from the editor, or
// as Markdown made from old.
func (v *visit) sentText(lang sala.Lang, old richtext.Doc) (archive.Text, error) {
	t := archive.Text{Title: strings.TrimSpace(v.PostFormValue("title")), Summary: strings.TrimSpace(v.PostFormValue("summary")), Note: strings.TrimSpace(v.PostFormValue("note"))}
	if sent := v.PostFormValue("body"); sent != "" {
		doc, err := richtext.Parse([]byte(sent))
		if err == nil {
			err = doc.Check()
		}
		if err != nil {
			return t, sala.Invalid{{Field: "body", Key: "studio.work_body_bad", Text: err.Error()}}
		}
		t.Body = doc
		return t, nil
	}
	// A browser sends line ends as CR LF (HTML, 4.10.22.4).
	read, _ := richtext.FromMarkdown(strings.ReplaceAll(v.PostFormValue("markdown"), "\r\n", "\n"), richtext.HTMLOptions{Lang: lang, Seed: string(sala.NewID())})
	t.Body = richtext.Reidentify(old, read)
	if err := t.Body.Check(); err != nil {
		return t, sala.Invalid{{Field: "markdown", Key: "studio.work_body_bad", Text: err.Error()}}
	}
	return t, nil
}

// before is the text that a form was made from: the working copy, else the
// newest revision.
func (s *Studio) before(v *visit, edition sala.ID) (richtext.Doc, archive.Revision, error) {
	newest, err := s.Archive.NewestRevision(v.ctx(), v.By(), edition)
	if err != nil {
		return richtext.Doc{}, newest, err
	}
	d, err := s.Archive.Draft(v.ctx(), v.By(), edition)
	if errors.Is(err, sala.ErrNotFound) {
		return newest.Body, newest, nil
	}
	return d.Body, newest, err
}

// saveText serves POST /studio/works/{id}/{lang}: it keeps what was typed as a
// working copy and, if asked to, makes a revision of that.
func (s *Studio) saveText(v *visit) (*web.Reply, error) {
	w, e, err := v.onDesk()
	if err != nil {
		return nil, err
	}
	from, err := parseBase(v.PostFormValue("base"))
	if err != nil {
		return nil, err
	}
	old, newest, err := s.before(v, e.ID)
	if err != nil {
		return nil, err
	}
	text, wrong := v.sentText(e.Lang, old)
	wp := writePage{desk: desk{Work: w, Edition: e}, Text: text, Base: from, Newest: newest}
	if wrong != nil {
		return s.showWrite(v, wp, wrong)
	}
	copied := archive.WorkingCopy{Text: text, After: from.After, Saved: from.Saved}
	saved, err := s.Archive.SaveDraft(v.ctx(), v.By(), e.ID, copied)
	if errors.Is(err, sala.ErrConflict) {
		return s.twoWindows(v, wp)
	} else if err != nil {
		return nil, err
	}
	wp.Base.Saved, wp.Own = saved, true
	if v.PostFormValue("do") == "keep" {
		return v.done(editionPath(w.ID, e.Lang), "studio.write_kept")
	}
	out := v.PostFormValue("do") == "out"
	if from.After == newest.Number && newest.Number > 0 && same(text, newest) {
		if err := s.Archive.DiscardDraft(v.ctx(), v.By(), e.ID); err != nil {
			return nil, err
		}
		if out {
			return s.sendOut(v)
		}
		return v.done(editionPath(w.ID, e.Lang), "studio.write_unchanged")
	}
	number, err := s.Archive.FinishDraft(v.ctx(), v.By(), e.ID)
	if c, ok := errors.AsType[*archive.Conflict](err); ok {
		wp.Other, wp.Newest, wp.Base.After = against(text, c.Theirs), c.Theirs, c.Theirs.Number
		return s.showWrite(v, wp, nil)
	} else if err != nil {
		return s.showWrite(v, wp, err)
	}
	if out {
		return s.sendOut(v)
	}
	return v.done(editionPath(w.ID, e.Lang), "studio.write_saved", "number", number)
}

// sendOut publishes what was just saved. What stands in the way is said on the
// page, and the revision is kept.
func (s *Studio) sendOut(v *visit) (*web.Reply, error) {
	w, e, err := v.onDesk()
	if err != nil {
		return nil, err
	}
	if err := s.Archive.Publish(v.ctx(), v.By(), e.ID); err != nil {
		return s.showRefused(v, w, e, "", err)
	}
	return v.done(editionPath(w.ID, e.Lang), "studio.step_publish_done")
}

func same(t archive.Text, r archive.Revision) bool {
	return t.Note == "" && t.Title == r.Title && t.Summary == r.Summary && string(t.Body.JSON()) == string(r.Body.JSON())
}

// twoWindows shows what was typed against what the same person has saved from
// another window since, or against the newest text if that copy is gone.
func (s *Studio) twoWindows(v *visit, wp writePage) (*web.Reply, error) {
	kept, err := s.Archive.Draft(v.ctx(), v.By(), wp.Edition.ID)
	switch {
	case errors.Is(err, sala.ErrNotFound):
		wp.Other, wp.Base = against(wp.Text, wp.Newest), base{After: wp.Newest.Number}
	case err != nil:
		return nil, err
	default:
		wp.Other, wp.Base = opposed(wp.Text, kept.Text, kept.By, kept.Saved), base{kept.After, kept.Saved}
		wp.Other.Window = true
	}
	return s.showWrite(v, wp, nil)
}

// discard serves POST /studio/works/{id}/{lang}/discard.
func (s *Studio) discard(v *visit) (*web.Reply, error) {
	w, e, err := v.onDesk()
	if err != nil {
		return nil, err
	}
	if err := s.Archive.DiscardDraft(v.ctx(), v.By(), e.ID); err != nil && !errors.Is(err, sala.ErrNotFound) {
		return nil, err // one that is gone already is discarded
	}
	return v.done(editionPath(w.ID, e.Lang), "studio.write_discarded")
}

// An autosaved is what the editor sends.
type autosaved struct {
	Base    string          `json:"base"`
	Title   string          `json:"title"`
	Summary string          `json:"summary"`
	Body    json.RawMessage `json:"body"`
}

// autosave serves POST /studio/works/{id}/editions/{lang}/draft, as
// docs/studio-editor.md has it.
func (s *Studio) autosave(v *visit) (*web.Reply, error) {
	w, e, err := v.onDesk()
	if err != nil {
		return v.refuse(err)
	}
	var sent autosaved
	if err := json.NewDecoder(v.Body).Decode(&sent); err != nil {
		return v.refuse(errBadForm)
	}
	from, err := parseBase(sent.Base)
	if err != nil {
		return v.refuse(err)
	}
	doc, err := richtext.Parse(sent.Body)
	if err == nil {
		err = doc.Check()
	}
	if err != nil {
		return jsonReply(http.StatusUnprocessableEntity, map[string]any{"errors": []map[string]string{{"field": "body", "message": err.Error()}}})
	}
	text := archive.Text{Title: sent.Title, Summary: sent.Summary, Body: doc}
	if kept, err := s.Archive.Draft(v.ctx(), v.By(), e.ID); err == nil { // the editor does not send it
		text.Note, text.SourceRev = kept.Note, kept.SourceRev
	} else if !errors.Is(err, sala.ErrNotFound) {
		return v.refuse(err)
	}
	saved, err := s.Archive.SaveDraft(v.ctx(), v.By(), e.ID, archive.WorkingCopy{Text: text, After: from.After, Saved: from.Saved})
	if errors.Is(err, sala.ErrConflict) {
		return jsonReply(http.StatusConflict, map[string]string{"conflict": editionPath(w.ID, e.Lang), "by": v.user.Called()})
	} else if err != nil {
		return v.refuse(err)
	}
	return jsonReply(http.StatusOK, map[string]string{"saved": saved.Format(time.RFC3339), "base": base{from.After, saved}.String()})
}

// refuse answers a script with the sentence that the page for err would say.
func (v *visit) refuse(err error) (*web.Reply, error) {
	status, key := http.StatusInternalServerError, "studio.broken_text"
	switch {
	case errors.Is(err, errEnded):
		status, key = http.StatusNotFound, "studio.ended_text"
	case errors.Is(err, sala.ErrNotFound), errors.Is(err, sala.ErrForbidden):
		status, key = http.StatusNotFound, "studio.lost_text"
	case errors.Is(err, errBadForm):
		status, key = http.StatusBadRequest, "studio.badform_text"
	default:
		v.studio.Log.Error("a working copy could not be saved", "error", err)
	}
	text, _ := v.studio.words.Text(v.lang, key)
	return jsonReply(status, map[string]string{"message": text})
}

func jsonReply(status int, value any) (*web.Reply, error) {
	b, err := json.Marshal(value)
	return &web.Reply{Status: status, Type: "application/json; charset=utf-8", Body: b}, err
}

// settings are what the writing surface reads from the page.
func (p writePage) settings() editor.Settings {
	from := editor.DraftState{Base: p.Base.String(), Saved: moment(p.Base.Saved), Person: p.user.ID}
	label := p.T("studio.write_text_in", "lang", p.Named(p.Edition.Lang))
	return p.writing(p.Edition.Lang, label, workPath(p.Work.ID)+"/editions/"+string(p.Edition.Lang)+"/draft", &from)
}
