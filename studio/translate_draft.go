package studio

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/richtext"
	"sala/internal/web"
	"sala/studio/editor"
)

// A typedDraft is what the script sends of a translation while somebody types:
// what the form would, by segment. The title and the summary are segments.
type typedDraft struct {
	Base string `json:"base"`
	Body struct {
		Words map[string]string `json:"words"`
		Note  string            `json:"note"`
	} `json:"body"`
}

// autosaveTranslation serves POST /studio/translate/{id}/{lang}/draft.
func (s *Studio) autosaveTranslation(v *visit) (*web.Reply, error) {
	d, err := s.table(v)
	if err != nil {
		return v.refuse(err)
	}
	return s.draftAt(v, d)
}

// guestAutosave serves POST /studio/t/{token}/draft.
func (s *Studio) guestAutosave(v *visit) (*web.Reply, error) {
	d, err := s.guestDesk(v)
	if err != nil {
		return v.refuse(err)
	}
	return s.draftAt(v, d)
}

// guestZawgyi serves POST /studio/t/{token}/zawgyi.
func (s *Studio) guestZawgyi(v *visit) (*web.Reply, error) {
	if _, err := s.guestDesk(v); err != nil {
		return v.refuse(err)
	}
	return s.zawgyi(v)
}

// draftAt keeps what is typed as a working copy, as docs/studio-editor.md has
// it. What is wrong is named, and the rest is kept.
func (s *Studio) draftAt(v *visit, d table) (*web.Reply, error) {
	if d.edition == "" {
		return v.refuse(sala.ErrNotFound)
	}
	var sent typedDraft
	if err := json.NewDecoder(v.Body).Decode(&sent); err != nil {
		return v.refuse(errBadForm)
	}
	from, err := parseBase(sent.Base)
	if err != nil {
		return v.refuse(err)
	}
	b, err := s.bench(v, d)
	if err != nil {
		return v.refuse(err)
	}
	if b.Source.ID == "" {
		return v.refuse(errBadForm)
	}
	words, _ := b.changedBy(sent.Body.Words)
	text, flaws := b.take(words)
	text.Note = sent.Body.Note
	saved, err := s.Archive.SaveDraft(v.ctx(), d.by, d.edition, archive.WorkingCopy{Text: text, After: from.After, Saved: from.Saved})
	if errors.Is(err, sala.ErrConflict) {
		return jsonReply(http.StatusConflict, map[string]string{"conflict": d.base, "by": d.by.Name})
	} else if err != nil {
		return v.refuse(err)
	}
	base := base{from.After, saved}.String()
	if wrong := s.unkept(v, b, sent.Body.Words, flaws); len(wrong) > 0 {
		return jsonReply(http.StatusUnprocessableEntity, map[string]any{"errors": wrong, "base": base})
	}
	return jsonReply(http.StatusOK, map[string]string{"saved": saved.Format(time.RFC3339), "base": base})
}

// unkept says of each segment that could not be kept why, by its field.
func (s *Studio) unkept(v *visit, b bench, typed map[string]string, flaws []richtext.Flaw) []map[string]string {
	p := &page{visit: v}
	var wrong []map[string]string
	here := map[string]bool{}
	for _, w := range b.Wordings {
		here[w.ID] = true
		if i := slices.IndexFunc(flaws, func(f richtext.Flaw) bool { return f.Segment == w.ID }); i >= 0 {
			wrong = append(wrong, map[string]string{"field": "t" + w.ID, "message": p.flaw(flaws[i], w)})
		}
	}
	for id, text := range typed {
		if !here[id] && strings.TrimSpace(text) != "" {
			wrong = append(wrong, map[string]string{"field": "t" + id, "message": p.T("studio.tr_segment_gone", "text", text)})
		}
	}
	return wrong
}

// benchSettings is what the script of the screen reads from the page.
type benchSettings struct {
	Messages map[string]string `json:"messages"`
	UI       sala.Lang         `json:"ui"`
	SignIn   string            `json:"signIn"`
	Zawgyi   string            `json:"zawgyi"`
	Draft    benchDraft        `json:"draft"`
}

type benchDraft struct {
	Address string  `json:"address"`
	Name    string  `json:"name"` // under which the device keeps a copy: an address may hold a guest's token
	Base    string  `json:"base"`
	Saved   string  `json:"saved,omitempty"`
	Person  sala.ID `json:"person"`
}

func (t translatePage) settings() benchSettings {
	set := benchSettings{
		Messages: editor.Messages(t.studio.words, t.lang), UI: t.lang, SignIn: "/studio/signin", Zawgyi: "/studio/zawgyi",
		Draft: benchDraft{t.Desk.base + "/draft", "translation:" + string(t.Desk.edition), t.base().String(), moment(t.Bench.Copy.Saved), t.Desk.by.ID},
	}
	if t.Desk.guest() {
		set.Zawgyi = t.Desk.base + "/zawgyi"
	}
	return set
}
