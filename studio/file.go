package studio

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/web"
	"sala/media"
)

// filePage is what fileView shows.
type filePage struct {
	*page
	File     media.File
	Langs    []sala.Lang // to describe it in
	Owner    string      // as typed, or the address of what it belongs to
	OwnedBy  []archive.Use
	Uses     []archive.Use
	Consents []sala.Consent
	Consent  consentForm
	Mark     string      // of what is stored
	Stored   *media.File // what stands against what was typed: somebody was faster
}

// said are the fields of a file that are said in each language.
var said = []struct {
	Name string
	Of   func(*media.File) *sala.Text
	Long bool
}{
	{"title", func(f *media.File) *sala.Text { return &f.Title }, false},
	{"alt", func(f *media.File) *sala.Text { return &f.Alt }, false},
	{"caption", func(f *media.File) *sala.Text { return &f.Caption }, true},
	{"about", func(f *media.File) *sala.Text { return &f.About }, true},
}

// file serves GET /studio/media/{id}.
func (s *Studio) file(v *visit) (*web.Reply, error) { return s.showFile(v, filePage{}, nil) }

// showFile shows a file; typed holds what was typed, where a form was wrong.
func (s *Studio) showFile(v *visit, typed filePage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	fp := filePage{page: p, Consent: typed.Consent, File: typed.File, Owner: typed.Owner}
	stored, err := s.Media.File(v.ctx(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	fp.Mark = sala.Mark(stored.Wording())
	if typed.Stored != nil {
		fp.Stored = &stored
	}
	if typed.File.ID == "" {
		fp.File = stored
		if !stored.Owner.IsZero() {
			fp.Owner = "/id/" + string(stored.Owner.ID)
		}
	}
	p.Title = p.label(stored)
	fp.Langs = slices.Clone(v.set.Langs)
	for _, f := range said {
		for l := range *f.Of(&stored) {
			if !slices.Contains(fp.Langs, l) {
				fp.Langs = append(fp.Langs, l)
			}
		}
	}
	slices.Sort(fp.Langs[len(v.set.Langs):])
	if stored.Owner.Kind == sala.KindWork {
		fp.OwnedBy, err = s.Archive.EditionsOf(v.ctx(), v.By(), stored.Owner.ID)
		if err != nil && !errors.Is(err, sala.ErrNotFound) {
			return nil, err
		}
	}
	if fp.Uses, err = s.Archive.Using(v.ctx(), v.By(), stored.ID); err != nil {
		return nil, err
	}
	if stored.Hash != "" && v.By().May(sala.Publish) {
		if fp.Consents, err = s.Media.Consents(v.ctx(), v.By(), stored.ID); err != nil {
			return nil, err
		}
	}
	reply, err := p.show(fileView(fp))
	if err == nil && fp.Stored != nil {
		reply.Status = http.StatusConflict
	}
	return reply, err
}

// describeFile serves POST /studio/media/{id}.
func (s *Studio) describeFile(v *visit) (*web.Reply, error) {
	f, err := s.Media.File(v.ctx(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	f.Name = v.PostFormValue("name")
	for _, field := range said {
		text := *field.Of(&f)
		for key := range v.PostForm {
			if tag, ok := strings.CutPrefix(key, field.Name+"-"); ok {
				l, err := sala.ParseLang(tag)
				if err != nil {
					return nil, errBadForm
				}
				text[l] = strings.TrimSpace(v.PostFormValue(key))
			}
		}
	}
	typed := filePage{File: f, Owner: v.PostFormValue("owner")}
	owner, err := s.owner(v, typed.Owner)
	if err != nil {
		return s.showFile(v, typed, err)
	}
	f.Owner = owner
	if err := s.Media.Describe(v.ctx(), v.By(), f.ID, v.PostFormValue("mark"), f.Wording()); err != nil {
		if errors.Is(err, sala.ErrConflict) {
			typed.Stored = &f
			err = sala.Invalid{{Field: "said", Key: "studio.media.clash", Text: "somebody else has described this file meanwhile"}}
		}
		return s.showFile(v, typed, err)
	}
	return v.done("/studio/media/"+string(f.ID), "studio.media_saved")
}

// Against is what is stored of a field in a language, if that is not what was
// typed while somebody was faster.
func (p filePage) Against(of func(*media.File) *sala.Text, l sala.Lang) string {
	if p.Stored == nil || (*of(p.Stored))[l] == (*of(&p.File))[l] {
		return ""
	}
	return (*of(p.Stored))[l]
}

var anID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// owner finds the work that somebody means by its address or id.
func (s *Studio) owner(v *visit, typed string) (sala.Ref, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return sala.Ref{}, nil
	}
	unknown := sala.Invalid{{Field: "owner", Key: "studio.media.owner_unknown", Text: "no work stands at " + typed}}
	if id := anID.FindString(strings.ToLower(typed)); id != "" {
		_, err := s.Archive.EditionsOf(v.ctx(), v.By(), sala.ID(id))
		if errors.Is(err, sala.ErrNotFound) {
			return sala.Ref{}, unknown
		}
		return sala.Ref{Kind: sala.KindWork, ID: sala.ID(id)}, err
	}
	u, err := url.Parse(typed)
	if err != nil {
		return sala.Ref{}, unknown
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) < 2 || len(parts) > 3 {
		return sala.Ref{}, unknown
	}
	year := 0
	if len(parts) == 3 {
		if year, err = strconv.Atoi(parts[1]); err != nil {
			return sala.Ref{}, unknown
		}
	}
	w, _, err := s.Archive.WorkByAddress(v.ctx(), sala.Lang(parts[0]), year, parts[len(parts)-1])
	if errors.Is(err, sala.ErrNotFound) || errors.Is(err, sala.ErrGone) {
		return sala.Ref{}, unknown
	}
	return sala.Ref{Kind: sala.KindWork, ID: w.ID}, err
}

// setPeople serves POST /studio/media/{id}/people.
func (s *Studio) setPeople(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	say := v.PostFormValue("people")
	if say != "yes" && say != "no" {
		return s.showFile(v, filePage{}, sala.Invalid{{Field: "people", Key: "studio.media.people_missing", Text: "say whether people can be recognised"}})
	}
	if err := s.Media.SetPeople(v.ctx(), v.By(), id, say == "yes"); err != nil {
		return s.showFile(v, filePage{}, err)
	}
	return v.done("/studio/media/"+string(id), "studio.media_people_saved")
}

// addConsent serves POST /studio/media/{id}/consents.
func (s *Studio) addConsent(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	typed, c, bad := v.sentConsent()
	var err error = bad
	if bad == nil {
		_, err = s.Media.RecordConsent(v.ctx(), v.By(), id, c)
	}
	if err != nil {
		return s.showFile(v, filePage{Consent: typed}, err)
	}
	return v.done("/studio/media/"+string(id), "studio.media_consent_saved")
}

// withdrawConsent serves POST /studio/media/{id}/consents/{consent}/withdraw.
func (s *Studio) withdrawConsent(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	if v.PostFormValue("sure") == "" {
		return s.showFile(v, filePage{}, sala.Invalid{{Field: "withdraw-" + v.PathValue("consent"), Key: "studio.media.withdraw_sure", Text: "tick that you are sure"}})
	}
	err := s.Media.WithdrawConsent(v.ctx(), v.By(), id, sala.ID(v.PathValue("consent")), strings.TrimSpace(v.PostFormValue("reason")))
	if err != nil {
		return nil, err
	}
	return v.done("/studio/media/"+string(id), "studio.media_consent_gone")
}

// setPublic serves POST /studio/media/{id}/public.
func (s *Studio) setPublic(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	public := v.PostFormValue("public") == "yes"
	if err := s.Media.SetPublic(v.ctx(), v.By(), id, public); err != nil {
		return s.showFile(v, filePage{}, err)
	}
	if public {
		return v.done("/studio/media/"+string(id), "studio.media_is_public")
	}
	return v.done("/studio/media/"+string(id), "studio.media_is_back")
}
