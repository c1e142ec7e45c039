package directory

import (
	"slices"
	"strings"

	"sala"
)

// Documents are a profile as it can be found, one for each language of the
// name. Other names are in each, so that any spelling finds them.
func (p Profile) Documents() []sala.Document {
	langs := p.Face.Text.Langs()
	docs := make([]sala.Document, 0, len(langs))
	for _, l := range langs {
		d := sala.Document{
			Ref: sala.Ref{Kind: p.Face.What, ID: p.ID}, Edition: sala.DerivedID(p.Created, "entry "+string(p.ID)+" "+string(l)), Kind: string(p.Face.What),
			Lang: l, Langs: langs, Title: p.Face.Text[l], Changed: p.Changed,
		}
		about, in := p.About.In(l)
		if in == l {
			d.Summary = about
		}
		names := slices.Clone(p.Also)
		for _, other := range langs {
			names = append(names, p.Face.Text[other])
		}
		for _, other := range p.Face.Short.Langs() {
			names = append(names, p.Face.Short[other])
		}
		for _, post := range p.Posts {
			role, _ := post.Role.In(l)
			names = append(names, role)
		}
		text := []string{about}
		for _, name := range names {
			if name != "" && name != d.Title && !slices.Contains(text, name) {
				text = append(text, name)
			}
		}
		d.Text = strings.TrimSpace(strings.Join(text, "\n"))
		docs = append(docs, d)
	}
	return docs
}
