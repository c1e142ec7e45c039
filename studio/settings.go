package studio

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/web"
	"sala/media"
	"sala/network"
)

// settingsPage is what settingsView shows: the settings, each part in a form
// of its own, or what was typed into one.
type settingsPage struct {
	*page
	Stored  network.Settings
	Typed   network.Settings // the same, but for the part that was typed
	Clash   string           // the part that somebody else has changed meanwhile
	Langs   []settingsLang
	NewLang string
	Home    archive.Found   // the page that opens the home page, zero if none
	Finding string          // what is looked for as that page
	Pages   []archive.Found // and was found
	Logo    media.File      // zero if none
	Seeking string
	Files   []media.File
}

// A settingsLang is a language of the site.
type settingsLang struct {
	Lang      sala.Lang
	Catalogue bool // Sala's own words are there in it
	Texts     int  // public
}

// settings serves GET /studio/settings.
func (s *Studio) settings(v *visit) (*web.Reply, error) {
	return s.showSettings(v, settingsPage{Typed: v.set}, "", nil)
}

// showSettings shows the settings. part is the form that err is about; what
// was typed into it is kept.
func (s *Studio) showSettings(v *visit, sp settingsPage, part string, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if errors.Is(wrong, sala.ErrConflict) {
		sp.Clash = part
		wrong = sala.Invalid{{Field: part, Key: "studio.settings_clash", Text: "somebody else has changed this part meanwhile"}}
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	sp.page, p.Title = p, p.T("studio.settings")
	if sp.Stored, err = s.Network.Settings(v.ctx()); err != nil {
		return nil, err
	}
	texts, err := s.Archive.PublicLangs(v.ctx())
	if err != nil {
		return nil, err
	}
	for _, l := range sp.Stored.Langs {
		sp.Langs = append(sp.Langs, settingsLang{l, slices.Contains(s.words.Langs(), l), texts[l]})
	}
	if err := s.settingsTargets(v, &sp); err != nil {
		return nil, err
	}
	reply, err := p.show(settingsView(sp))
	if err == nil && sp.Clash != "" {
		reply.Status = http.StatusConflict
	}
	return reply, err
}

// offers is how many things are offered to choose from.
const offers = 12

// settingsTargets looks up what the settings point at and what is looked for.
func (s *Studio) settingsTargets(v *visit, sp *settingsPage) error {
	if id := sp.Stored.Home; id != "" {
		sp.Home = archive.Found{Ref: sala.Ref{Kind: sala.KindWork, ID: id}, Name: string(id)}
		found, err := s.Archive.Find(v.ctx(), v.By(), string(id), 1)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			sp.Home = found[0]
		}
	}
	if id := sp.Stored.Logo; id != "" {
		f, err := s.Media.File(v.ctx(), id)
		if err != nil && !errors.Is(err, sala.ErrNotFound) {
			return err
		}
		sp.Logo = f
		sp.Logo.ID = id
	}
	q := v.URL.Query()
	if sp.Finding = strings.TrimSpace(q.Get("page")); sp.Finding != "" {
		found, err := s.Archive.Find(v.ctx(), v.By(), sp.Finding, offers)
		if err != nil {
			return err
		}
		for _, f := range found {
			if f.Ref.Kind == sala.KindWork && f.Public {
				sp.Pages = append(sp.Pages, f)
			}
		}
	}
	if sp.Seeking = strings.TrimSpace(q.Get("picture")); q.Has("picture") {
		files, err := s.Media.Library(v.ctx(), v.By(), media.Filter{Words: sp.Seeking, Pictures: true, Limit: 200})
		if err != nil {
			return err
		}
		for _, f := range files {
			if f.Shown() && len(sp.Files) < offers {
				sp.Files = append(sp.Files, f)
			}
		}
	}
	return nil
}

// saveSettings saves one part and says so, or shows the form again.
func (s *Studio) saveSettings(v *visit, sp settingsPage, part string, err error) (*web.Reply, error) {
	if err != nil {
		return s.showSettings(v, sp, part, err)
	}
	return v.done("/studio/settings#"+part, "studio.settings_saved")
}

// setWords serves POST /studio/settings/words.
func (s *Studio) setWords(v *visit) (*web.Reply, error) {
	sp := settingsPage{Typed: v.set}
	// What is there in a language that the site no longer has stays.
	w := network.Words{Name: textOf(v, "name", v.set.Langs, v.set.Name), Tagline: textOf(v, "tagline", v.set.Langs, v.set.Tagline), About: textOf(v, "about", v.set.Langs, v.set.About)}
	sp.Typed.Name, sp.Typed.Tagline, sp.Typed.About = w.Name, w.Tagline, w.About
	return s.saveSettings(v, sp, "words", s.Network.SetWords(v.ctx(), v.By(), v.PostFormValue("mark"), w))
}

// textOf reads a text in several languages from fields such as "name-en". had
// is what stays in languages that the form does not show.
func textOf(v *visit, name string, langs []sala.Lang, had sala.Text) sala.Text {
	t := sala.Text{}
	for l, s := range had {
		if !slices.Contains(langs, l) {
			t[l] = s
		}
	}
	for _, l := range langs {
		t[l] = strings.ReplaceAll(v.PostFormValue(name+"-"+string(l)), "\r\n", "\n")
	}
	return t
}

// setContact serves POST /studio/settings/contact.
func (s *Studio) setContact(v *visit) (*web.Reply, error) {
	sp := settingsPage{Typed: v.set}
	c := network.Contact{Email: v.PostFormValue("email"), Phone: v.PostFormValue("phone"), Address: v.PostFormValue("address"), Security: v.PostFormValue("security")}
	sp.Typed.Email, sp.Typed.Phone, sp.Typed.Address, sp.Typed.SecurityContact = c.Email, c.Phone, c.Address, c.Security
	return s.saveSettings(v, sp, "contact", s.Network.SetContact(v.ctx(), v.By(), v.PostFormValue("mark"), c))
}

// setLicence serves POST /studio/settings/licence.
func (s *Studio) setLicence(v *visit) (*web.Reply, error) {
	sp := settingsPage{Typed: v.set}
	sp.Typed.Licence = v.PostFormValue("licence")
	return s.saveSettings(v, sp, "licence", s.Network.SetLicence(v.ctx(), v.By(), v.PostFormValue("mark"), sp.Typed.Licence))
}

// setZone serves POST /studio/settings/zone.
func (s *Studio) setZone(v *visit) (*web.Reply, error) {
	sp := settingsPage{Typed: v.set}
	sp.Typed.Zone = v.PostFormValue("zone")
	return s.saveSettings(v, sp, "zone", s.Network.SetZone(v.ctx(), v.By(), v.PostFormValue("mark"), sp.Typed.Zone))
}

// setLangs serves POST /studio/settings/langs: one step with one language.
func (s *Studio) setLangs(v *visit) (*web.Reply, error) {
	sp := settingsPage{Typed: v.set}
	langs := network.Languages{Langs: slices.Clone(v.set.Langs), Default: v.set.Default}
	do, tag := v.PostFormValue("do"), strings.TrimSpace(v.PostFormValue("tag"))
	l, err := sala.ParseLang(tag)
	if err != nil {
		sp.NewLang = tag
		return s.showSettings(v, sp, "langs", sala.Invalid{{Field: "tag", Key: "studio.settings_tag_bad", Text: err.Error()}})
	}
	i := slices.Index(langs.Langs, l)
	if do != "add" && i < 0 {
		return nil, fmt.Errorf("language %s: %w", l, sala.ErrConflict)
	}
	switch do {
	case "add":
		if i >= 0 {
			sp.NewLang = tag
			return s.showSettings(v, sp, "langs", sala.Invalid{{Field: "tag", Key: "studio.settings_tag_known", Text: "the site has this language already"}})
		}
		langs.Langs = append(langs.Langs, l)
	case "up":
		if i > 0 {
			langs.Langs[i-1], langs.Langs[i] = l, langs.Langs[i-1]
		}
	case "down":
		if i+1 < len(langs.Langs) {
			langs.Langs[i+1], langs.Langs[i] = l, langs.Langs[i+1]
		}
	case "default":
		langs.Default = l
	case "remove":
		texts, err := s.Archive.PublicLangs(v.ctx())
		if err != nil {
			return nil, err
		}
		if texts[l] > 0 {
			return s.showSettings(v, sp, "langs", sala.Invalid{{Field: "lang-" + string(l), Key: "studio.settings_lang_used", Text: fmt.Sprintf("%d texts are public in %s", texts[l], l)}})
		}
		if l == langs.Default {
			return s.showSettings(v, sp, "langs", sala.Invalid{{Field: "lang-" + string(l), Key: "studio.settings_default_stays", Text: "this is the site's first language"}})
		}
		langs.Langs = slices.Delete(langs.Langs, i, i+1)
	default:
		return nil, sala.ErrNotFound
	}
	return s.saveSettings(v, sp, "langs", s.Network.SetLanguages(v.ctx(), v.By(), v.PostFormValue("mark"), langs))
}

// setHome serves POST /studio/settings/home.
func (s *Studio) setHome(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PostFormValue("id"))
	if id != "" {
		works, err := s.Archive.WorksByID(v.ctx(), []sala.ID{id})
		if err != nil {
			return nil, err
		}
		if len(works) == 0 {
			return s.showSettings(v, settingsPage{Typed: v.set}, "home", sala.Invalid{{Field: "page", Key: "studio.settings_home_bad", Text: "this is no public work"}})
		}
	}
	return s.saveSettings(v, settingsPage{Typed: v.set}, "home", s.Network.SetHome(v.ctx(), v.By(), v.PostFormValue("mark"), id))
}

// setColours serves POST /studio/settings/colours.
func (s *Studio) setColours(v *visit) (*web.Reply, error) {
	sp := settingsPage{Typed: v.set}
	sp.Typed.Colours = network.Colours{Roof: network.Colour(v.PostFormValue("roof")), Edge: network.Colour(v.PostFormValue("edge"))}
	if v.PostFormValue("usual") != "" {
		sp.Typed.Colours = network.Colours{}
	}
	return s.saveSettings(v, sp, "colours", s.Network.SetColours(v.ctx(), v.By(), v.PostFormValue("mark"), sp.Typed.Colours))
}

// setLogo serves POST /studio/settings/logo.
func (s *Studio) setLogo(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PostFormValue("id"))
	if id != "" {
		f, err := s.Media.File(v.ctx(), id)
		if err != nil && !errors.Is(err, sala.ErrNotFound) {
			return nil, err
		}
		if err != nil || !f.IsPicture() || !f.Shown() {
			return s.showSettings(v, settingsPage{Typed: v.set}, "logo", sala.Invalid{{Field: "picture", Key: "studio.settings_logo_bad", Text: "this is no public picture"}})
		}
	}
	return s.saveSettings(v, settingsPage{Typed: v.set}, "logo", s.Network.SetLogo(v.ctx(), v.By(), v.PostFormValue("mark"), id))
}

// Contrast is how well the words on a roof, and its edge, can be told from it.
func (sp settingsPage) Contrast() (words, edge string, ok bool) {
	c := sp.Typed.Colours.Shown()
	if !c.Roof.Valid() || !c.Edge.Valid() {
		return "", "", false
	}
	return fmt.Sprintf("%.1f", network.Contrast(c.Roof, "#ffffff")), fmt.Sprintf("%.1f", network.Contrast(c.Roof, c.Edge)), true
}

// Picture is the address of a small rendition of a file, "" if there is none.
func (sp settingsPage) Picture(f media.File) string {
	r, ok := f.Rendition(160)
	if !ok {
		return ""
	}
	return f.RenditionAddress(r)
}
