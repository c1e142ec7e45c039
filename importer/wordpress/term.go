package wordpress

import (
	"context"
	"strings"

	"sala/importer"
)

// terms hands over authors and terms, parents first.
func (im *reader) terms(ctx context.Context) error {
	x := im.index
	logins := map[string]bool{}
	for _, a := range x.authors {
		if a.login == "" || logins[a.login] {
			continue
		}
		logins[a.login] = true
		im.report.Authors++
		name := a.name
		if name == "" {
			name = a.login
		}
		t := importer.Term{
			Origin: x.termOrigin("user", a.login), Vocabulary: vocabulary("user"), Lang: x.defaultLang, Slug: a.login, Label: plainText(name), At: a.place,
			Old: []importer.Old{importer.Old("/author/" + a.login + "/"), importer.Old("/?author_name=" + a.login)},
		}
		if a.id != "" {
			t.Old = append(t.Old, importer.Old("/?author="+a.id))
		}
		if err := im.sink.Term(ctx, t); err != nil {
			return err
		}
	}
	for taxonomy, n := range x.termCounts() {
		im.report.Terms[taxonomy] += n
	}
	done := map[*term]bool{}
	for _, t := range x.terms {
		if err := im.term(ctx, t, done, 0); err != nil {
			return err
		}
	}
	return nil
}

func (im *reader) term(ctx context.Context, t *term, done map[*term]bool, depth int) error {
	if done[t] || isHidden(t.taxonomy) {
		return nil
	}
	done[t] = true
	x := im.index
	out := importer.Term{
		Origin: x.termOrigin(t.taxonomy, t.slug), Vocabulary: vocabulary(t.taxonomy), Group: t.group, Lang: t.lang,
		Slug: slug(t.slug), Label: t.label, About: t.about, Old: x.oldTerm(t), At: t.place,
	}
	if out.Lang == "" {
		out.Lang = x.defaultLang
	}
	if out.Label == "" {
		out.Label = out.Slug
	}
	if t.parent != "" {
		parent := x.byTerm[t.taxonomy+"\x00"+t.parent]
		switch {
		case parent == nil:
			im.report.Doubt(t.place, t.label, "its parent %q is not in the export: stored at the top", t.parent)
		case depth > 50 || done[parent] && x.circularTerm(t):
			im.report.Doubt(t.place, t.label, "its parents form a circle: stored at the top")
		default:
			if err := im.term(ctx, parent, done, depth+1); err != nil {
				return err
			}
			out.Parent = x.termOrigin(parent.taxonomy, parent.slug)
		}
	}
	return im.sink.Term(ctx, out)
}

func (x *index) circularTerm(t *term) bool {
	seen := map[*term]bool{}
	for at := t; at != nil; at = x.byTerm[at.taxonomy+"\x00"+at.parent] {
		if seen[at] {
			return true
		}
		seen[at] = true
		if at.parent == "" {
			return false
		}
	}
	return false
}

// itemTerms gives an edition its terms and its bylines. A term the export
// does not describe is handed over when it is first met.
func (im *reader) itemTerms(ctx context.Context, e *element, out *importer.Edition) error {
	x := im.index
	add := func(o importer.Origin) {
		for _, had := range out.Terms {
			if had == o {
				return
			}
		}
		out.Terms = append(out.Terms, o)
	}
	var coauthors []string
	for _, c := range e.all(noSpace, "category") {
		domain, nicename := c.attr("domain"), c.attr("nicename")
		if domain == "tag" { // WXR 1.0
			domain = "post_tag"
		}
		label := plainText(c.text)
		if domain == "" || isHidden(domain) {
			continue
		}
		if nicename == "" {
			nicename = strings.ToLower(label)
		}
		if domain == "author" {
			coauthors = append(coauthors, label)
		}
		origin := x.termOrigin(domain, nicename)
		known := x.byTerm[domain+"\x00"+nicename]
		if known == nil && domain == "category" { // WXR 1.0 may give the label where the slug belongs
			for _, t := range x.terms {
				if t.taxonomy == domain && t.label == label {
					origin, known = x.termOrigin(domain, t.slug), t
					break
				}
			}
		}
		if known == nil && !im.missing[domain+"\x00"+nicename] {
			im.missing[domain+"\x00"+nicename] = true
			t := importer.Term{Origin: origin, Vocabulary: vocabulary(domain), Lang: out.Lang, Slug: slug(nicename), Label: label, At: e.place}
			t.Slug = strings.TrimPrefix(t.Slug, "cap-") // Co-Authors Plus puts it before
			t.Old = x.oldTerm(&term{taxonomy: domain, slug: nicename})
			if err := im.sink.Term(ctx, t); err != nil {
				return err
			}
		}
		add(origin)
	}
	login := strings.TrimSpace(e.get(dcSpace, "creator"))
	if len(coauthors) > 0 {
		out.Bylines = coauthors
		return nil
	}
	for _, a := range x.authors {
		if a.login == login && login != "" {
			name := plainText(a.name)
			if name == "" {
				name = login
			}
			out.Bylines = []string{name}
			add(x.termOrigin("user", login))
			return nil
		}
	}
	if login != "" {
		out.Bylines = []string{plainText(login)}
	}
	return nil
}
