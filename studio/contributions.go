package studio

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/contribution"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/media"
)

// contributionsPage is what contributionsView shows.
type contributionsPage struct {
	*page
	Settled bool // the list of what is settled
	Entries []contribution.Entry
	Next    string // address of the next stretch, "" at the end
	Links   []contribution.Link
	Open    bool
	OpenAt  string // address of the open form
	// Of the form that makes a link.
	To, Note, Until, Most string
	Kind                  archive.Kind
	Link, LinkFor         string // shown once, after it was made
}

// contributionRows is how many entries a page shows.
const contributionRows = 50

// contributions serves GET /studio/contributions.
func (s *Studio) contributions(v *visit) (*web.Reply, error) {
	return s.showContributions(v, contributionsPage{Most: "5", Kind: archive.News, Until: v.now().In(v.set.Location()).AddDate(0, 0, 30).Format(time.DateOnly)}, nil)
}

func (s *Studio) showContributions(v *visit, c contributionsPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.sent_forms")
	q := v.URL.Query()
	c.page, c.Settled, c.OpenAt = p, q.Get("show") == "settled", s.base(v.Request)+sendersRoom+contribution.Open
	if c.Entries, err = s.Sent.Entries(v.ctx(), v.By(), c.Settled, sala.ID(q.Get("before")), contributionRows+1); err != nil {
		return nil, err
	}
	if len(c.Entries) > contributionRows {
		c.Entries = c.Entries[:contributionRows]
		q.Set("before", string(c.Entries[contributionRows-1].ID))
		c.Next = "/studio/contributions?" + q.Encode()
	}
	if c.Links, err = s.Sent.Links(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	if c.Open, err = s.Sent.IsOpen(v.ctx()); err != nil {
		return nil, err
	}
	return p.show(contributionsView(c))
}

// over reports whether a link does not work any more.
func (c contributionsPage) over(l contribution.Link) bool {
	return !l.Revoked.IsZero() || !l.Until.After(c.now())
}

// kinds are what can be made of what is sent: a page is not.
func (c contributionsPage) kinds() []archive.Kind {
	return slices.DeleteFunc(slices.Clone(archive.Kinds), func(k archive.Kind) bool { return k == archive.Page })
}

// kindSent is the kind of work that a form asks for.
func kindSent(v *visit) (archive.Kind, error) {
	k := archive.Kind(v.PostFormValue("kind"))
	if k == archive.Page || !slices.Contains(archive.Kinds, k) {
		return archive.News, sala.Invalid{{Field: "kind", Key: "studio.contribution.kind_unknown", Text: "choose a kind of work"}}
	}
	return k, nil
}

// inviteContributor serves POST /studio/contributions/links. The link is
// shown in answer, this once: only its hash is kept.
func (s *Studio) inviteContributor(v *visit) (*web.Reply, error) {
	c := contributionsPage{To: v.PostFormValue("name"), Note: v.PostFormValue("note"), Until: v.PostFormValue("until"), Most: v.PostFormValue("most")}
	kind, err := kindSent(v)
	c.Kind = kind
	if err != nil {
		return s.showContributions(v, c, err)
	}
	l := contribution.Link{Name: c.To, Note: c.Note, Kind: string(kind)}
	if day, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(c.Until), v.set.Location()); err == nil {
		l.Until = day.AddDate(0, 0, 1).Add(-time.Second).UTC() // the day counts whole, by the network's clocks
	}
	if n, err := strconv.Atoi(strings.TrimSpace(c.Most)); err == nil {
		l.Most = n
	}
	made, token, err := s.Sent.Make(v.ctx(), v.By(), l)
	if err != nil {
		return s.showContributions(v, c, err)
	}
	return s.showContributions(v, contributionsPage{
		Most: "5", Kind: archive.News, Until: c.Until, Link: s.base(v.Request) + sendersRoom + token, LinkFor: made.Name,
	}, nil)
}

// revokeContributor serves POST /studio/contributions/links/{id}/revoke.
func (s *Studio) revokeContributor(v *visit) (*web.Reply, error) {
	if err := s.Sent.Revoke(v.ctx(), v.By(), sala.ID(v.PathValue("id"))); err != nil {
		return nil, err
	}
	return v.done("/studio/contributions", "studio.tr_link_gone")
}

// openForm serves POST /studio/contributions/open.
func (s *Studio) openForm(v *visit) (*web.Reply, error) {
	kind, err := kindSent(v)
	if err != nil {
		return nil, err
	}
	on := v.PostFormValue("do") == "open"
	if err := s.Sent.SetOpen(v.ctx(), v.By(), on, string(kind)); err != nil {
		return nil, err
	}
	if on {
		return v.done("/studio/contributions", "studio.sent_opened")
	}
	return v.done("/studio/contributions", "studio.sent_closed")
}

// contributionPage is what contributionView shows.
type contributionPage struct {
	*page
	Entry contribution.Entry
	Files map[sala.ID]media.File
	Link  contribution.Link
}

// contribution serves GET /studio/contributions/{id}.
func (s *Studio) contribution(v *visit) (*web.Reply, error) {
	e, err := s.Sent.Entry(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.sent_one")
	c := contributionPage{page: p, Entry: e}
	if c.Files, err = s.Media.Files(v.ctx(), fileIDs(e)); err != nil {
		return nil, err
	}
	return p.show(contributionView(c))
}

// settleContribution serves POST /studio/contributions/{id}.
func (s *Studio) settleContribution(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	place := "/studio/contributions/" + url.PathEscape(string(id))
	do := v.PostFormValue("do")
	switch do {
	case "settle", "reopen":
		seen, err := strconv.ParseInt(v.PostFormValue("added"), 10, 64)
		if err != nil {
			return nil, errBadForm
		}
		if err := s.Sent.Settle(v.ctx(), v.By(), id, time.UnixMicro(seen), do == "settle"); err != nil {
			return nil, err
		}
		if do == "settle" {
			return v.done("/studio/contributions", "studio.sent_settled")
		}
		return v.done(place, "studio.sent_reopened")
	case "forget":
		if err := s.Sent.ForgetContact(v.ctx(), v.By(), id); err != nil {
			return nil, err
		}
		return v.done(place, "studio.sent_forgotten")
	}
	return nil, errBadForm
}

// sentCount counts what waits for an editor.
func sentCount(v *visit) (int, error) { return v.studio.Sent.Waiting(v.ctx(), v.By()) }

// on is a day in words.
func (p *page) on(d sala.Day) string { return i18n.Date(p.lang, d) }

// offered are the languages that a text may be in: those of the site, and
// those of the page.
func (c contributePage) offered() []sala.Lang {
	langs := slices.Clone(c.set.Langs)
	for _, l := range c.studio.words.Langs() {
		if !slices.Contains(langs, l) {
			langs = append(langs, l)
		}
	}
	return langs
}
