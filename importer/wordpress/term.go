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
		t := importer.Term{
			Origin: x.termOrigin("user", a.login), Vocabulary: vocabulary("user"), Lang: x.defaultLang, Slug: a.login, Label: plainText(a.shown()), At: a.place,
			Old: oldAuthor(a),
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
		Origin: x.origin(t), Vocabulary: vocabulary(t.taxonomy), Group: t.group, Lang: t.lang,
		Slug: slug(t.slug), Label: t.label, About: t.about, Old: x.oldTerm(t), At: t.place,
	}
	if len(t.langs) > 0 {
		out.Lang = t.langs[0]
	}
	if out.Lang == "" {
		out.Lang = x.defaultLang
	}
	if out.Label == "" {
		out.Label = out.Slug
	}
	if t.parent != "" {
		parent := x.above(t)
		switch {
		case parent == nil:
			im.report.Doubt(t.place, t.label, "its parent %q is not in the export: stored at the top", t.parent)
		case depth > maxNested || done[parent] && x.circularTerm(t):
			im.report.Doubt(t.place, t.label, "its parents form a circle, or are nested more than %d deep: stored at the top", maxNested)
		default:
			if err := im.term(ctx, parent, done, depth+1); err != nil {
				return err
			}
			out.Parent = x.origin(parent)
		}
	}
	if len(t.langs) < 2 {
		return im.sink.Term(ctx, out)
	}
	// Marks part its label by language: a term in each, of one group.
	if out.Group == "" {
		out.Group = "marks " + t.taxonomy + " " + t.key
	}
	for i, l := range t.langs {
		x.sawLang(l)
		in := out
		in.Lang, in.Label, in.About = l, plainText(t.labels[l]), plainText(t.abouts[l])
		if i > 0 {
			in.Origin.Key += ":" + string(l)
			in.Old = nil
		}
		if in.Label == "" {
			continue
		}
		if err := im.sink.Term(ctx, in); err != nil {
			return err
		}
	}
	return nil
}

// maxNested is how deep terms and pages may stand under each other. No site
// goes as far; a circle does.
const maxNested = 50

// circularTerm reports whether following parents from a term does not end, or
// not soon.
func (x *index) circularTerm(t *term) bool {
	for range maxNested {
		if t = x.above(t); t == nil {
			return false
		}
	}
	return true
}

// itemTerms gives an edition its terms and its bylines. A term the export
// does not describe is handed over when it is first met.
func (im *reader) itemTerms(ctx context.Context, e *element, out *importer.Edition) error {
	x := im.index
	borne := map[importer.Origin]bool{}
	add := func(o importer.Origin) {
		if !borne[o] {
			borne[o] = true
			out.Terms = append(out.Terms, o)
		}
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
		if domain == "author" {
			if a := x.byLogin[strings.TrimPrefix(nicename, "cap-")]; a != nil {
				add(x.termOrigin("user", a.login))
				continue
			}
		}
		known := x.findTerm(domain, nicename, out.Lang)
		if known == nil { // WXR 1.0 may give the label where the slug belongs
			known = x.byLabel[domain+"\x00"+label]
		}
		if known != nil {
			origin = x.origin(known)
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
	if a := x.byLogin[login]; a != nil {
		add(x.termOrigin("user", login))
		login = a.shown()
	}
	if login != "" {
		out.Bylines = []string{plainText(login)}
	}
	return nil
}
