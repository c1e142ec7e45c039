package studio

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/web"
)

// redirectsPage is what redirectsView shows.
type redirectsPage struct {
	*page
	Asked   string // part of an address
	List    []redirectRow
	Next    string // where the list goes on, "" at its end
	Address string // in the form
	Was     archive.OldAddress
	Leads   archive.Found // of Was
	Lang    sala.Lang
	Finding string
	Offers  []archive.Found
}

// A redirectRow is one old address.
type redirectRow struct {
	archive.OldAddress
	Leads archive.Found // without a name: that is not public, or gone
}

// redirectsShown is how many addresses stand on a page.
const redirectsShown = 100

// redirects serves GET /studio/redirects. ?address= is the address in the
// form, ?find= what is looked for as its target.
func (s *Studio) redirects(v *visit) (*web.Reply, error) {
	q := v.URL.Query()
	return s.showRedirects(v, redirectsPage{Address: strings.TrimSpace(q.Get("address")), Lang: sala.Lang(q.Get("lang")), Finding: strings.TrimSpace(q.Get("find"))}, nil)
}

func (s *Studio) showRedirects(v *visit, rp redirectsPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	clash := errors.Is(wrong, sala.ErrConflict)
	if clash {
		wrong = sala.Invalid{{Field: "address", Key: "studio.redirects_clash", Text: "this address leads elsewhere"}}
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	rp.page, p.Title = p, p.T("studio.redirects")
	q := v.URL.Query()
	rp.Asked = strings.TrimSpace(q.Get("q"))
	list, err := s.Archive.OldAddresses(v.ctx(), v.By(), rp.Asked, q.Get("after"), redirectsShown+1)
	if err != nil {
		return nil, err
	}
	if len(list) > redirectsShown {
		list = list[:redirectsShown]
		rp.Next = "/studio/redirects?" + url.Values{"q": {rp.Asked}, "after": {list[len(list)-1].Address}}.Encode()
	}
	if key := archive.OldKey(rp.Address); key != "" {
		to, err := s.Archive.Redirect(v.ctx(), key)
		if err != nil && !errors.Is(err, sala.ErrNotFound) {
			return nil, err
		}
		rp.Was = archive.OldAddress{Address: key, Target: to}
	}
	refs := []sala.Ref{rp.Was.Ref}
	for _, o := range list {
		refs = append(refs, o.Ref)
	}
	names, err := s.names(v, refs)
	if err != nil {
		return nil, err
	}
	rp.Leads = names[rp.Was.Ref]
	for _, o := range list {
		rp.List = append(rp.List, redirectRow{o, names[o.Ref]})
	}
	if rp.Finding != "" {
		if rp.Offers, err = s.Archive.Find(v.ctx(), v.By(), rp.Finding, offers); err != nil {
			return nil, err
		}
	}
	reply, err := p.show(redirectsView(rp))
	if err == nil && clash {
		reply.Status = http.StatusConflict
	}
	return reply, err
}

// targetForm reads a target of a form: "work/…" and a language.
func targetForm(v *visit, ref, lang string) archive.Target {
	kind, id, _ := strings.Cut(v.PostFormValue(ref), "/")
	return archive.Target{Ref: sala.Ref{Kind: sala.Kind(kind), ID: sala.ID(id)}, Lang: sala.Lang(v.PostFormValue(lang))}
}

// lead serves POST /studio/redirects: an address leads to something.
func (s *Studio) lead(v *visit) (*web.Reply, error) {
	rp := redirectsPage{Address: v.PostFormValue("address"), Lang: sala.Lang(v.PostFormValue("lang")), Finding: v.PostFormValue("find")}
	to := targetForm(v, "ref", "lang")
	names, err := s.names(v, []sala.Ref{to.Ref})
	if err != nil {
		return nil, err
	}
	if names[to.Ref].Name == "" {
		return s.showRedirects(v, rp, sala.Invalid{{Field: "find", Key: "studio.menus_lost", Text: "this is not public"}})
	}
	if err := s.Archive.LeadOld(v.ctx(), v.By(), rp.Address, targetForm(v, "was", "was-lang"), to); err != nil {
		return s.showRedirects(v, rp, err)
	}
	return v.done("/studio/redirects?"+url.Values{"q": {rp.Address}}.Encode(), "studio.redirects_saved")
}

// forgetOld serves POST /studio/redirects/forget.
func (s *Studio) forgetOld(v *visit) (*web.Reply, error) {
	rp := redirectsPage{Address: v.PostFormValue("address")}
	if err := s.Archive.ForgetOld(v.ctx(), v.By(), archive.OldKey(rp.Address), targetForm(v, "was", "was-lang")); err != nil {
		return s.showRedirects(v, rp, err)
	}
	return v.done("/studio/redirects", "studio.redirects_gone")
}

// Editing is the address of this page with an old address in the form. An
// address that is not UTF-8 stays escaped.
func (r redirectRow) Editing() string {
	return "/studio/redirects?" + url.Values{"address": {r.Shown()}}.Encode() + "#one"
}

// Shown is the old address with the "/" that every address begins with.
func (r redirectRow) Shown() string {
	if s := r.Reading(); strings.HasPrefix(s, "/") {
		return s
	}
	return "/" + r.Reading()
}
