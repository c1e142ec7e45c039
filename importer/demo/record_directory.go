package demo

import (
	"sala"
	"sala/directory"
	"sala/internal/db"
)

// organisations stores organisations.txt. A parent stands before those that
// belong to it.
func (r record) organisations() error {
	return r.each("organisations.txt", func(h *head) error {
		if err := h.check(append(tags(langs), "short", "kind", "sector", "country", "parent"), []string{"alias", "service", "lang"}); err != nil {
			return err
		}
		o := directory.Organisation{
			ID: id(sala.KindOrganisation, h.name), Name: h.text(""), Short: english(h.value("short")), Slug: h.name,
			Kind: directory.OrganisationKind(h.value("kind")), Sector: sala.Sector(h.value("sector")), Country: h.value("country"),
			Aliases: h.values("alias"),
		}
		if p := h.value("parent"); p != "" {
			o.Parent = id(sala.KindOrganisation, p)
		}
		for _, s := range h.values("service") {
			o.Services = append(o.Services, directory.Service(s))
		}
		for _, l := range h.values("lang") {
			o.Langs = append(o.Langs, sala.Lang(l))
		}
		_, err := r.to.Directory.Organisation(r.ctx, r.by, o.ID)
		if is, err := missing(err); !is || err != nil {
			return err
		}
		return r.to.DB.Tx(r.ctx, func(tx *db.Tx) error { return r.to.Directory.AddOrganisationIn(r.ctx, tx, r.by, o) })
	})
}

// people stores people.txt.
func (r record) people() error {
	return r.each("people.txt", func(h *head) error {
		roles := tags(langs)
		for i := range roles {
			roles[i] = "role-" + roles[i]
		}
		if err := h.check(append(append(tags(langs), roles...), "kind", "showing", "country"), []string{"alias", "post"}); err != nil {
			return err
		}
		p := directory.Person{
			ID: id(sala.KindPerson, h.name), Name: h.text(""), Aliases: h.values("alias"), Kind: directory.PersonKind(h.value("kind")),
			Showing: directory.Showing(h.value("showing")), Role: h.text("role-"), Country: h.value("country"), Slug: h.name,
		}
		for _, line := range h.values("post") {
			at := parts(line, 2)
			p.Posts = append(p.Posts, directory.Post{Organisation: id(sala.KindOrganisation, at[0]), Role: english(at[1])})
		}
		_, err := r.to.Directory.Person(r.ctx, r.by, p.ID)
		if is, err := missing(err); !is || err != nil {
			return err
		}
		return r.to.DB.Tx(r.ctx, func(tx *db.Tx) error { return r.to.Directory.AddPersonIn(r.ctx, tx, r.by, p) })
	})
}
