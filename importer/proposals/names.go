package proposals

import (
	"context"
	"errors"
	"strings"

	"sala"
	"sala/directory"
	"sala/internal/db"
)

// names are who the directory knows, by name in the form in which names are
// compared.
type names struct {
	people map[string][]sala.ID
	orgs   map[string][]sala.ID
	kinds  map[sala.ID]directory.OrganisationKind
}

func (a *applier) known(ctx context.Context) (*names, error) {
	n := &names{people: map[string][]sala.ID{}, orgs: map[string][]sala.ID{}, kinds: map[sala.ID]directory.OrganisationKind{}}
	for k, err := range a.to.Directory.Known(ctx, a.by, sala.KindPerson) {
		if err != nil {
			return nil, err
		}
		for _, name := range k.Names {
			n.add(n.people, directory.Bare(name), k.Ref.ID)
		}
	}
	for k, err := range a.to.Directory.Known(ctx, a.by, sala.KindOrganisation) {
		if err != nil {
			return nil, err
		}
		n.kinds[k.Ref.ID] = directory.OrganisationKind(k.Kind)
		for _, name := range k.Names {
			n.add(n.orgs, orgForm(name), k.Ref.ID)
		}
	}
	return n, nil
}

func (n *names) add(in map[string][]sala.ID, form string, id sala.ID) {
	for _, had := range in[form] {
		if had == id {
			return
		}
	}
	if form != "" {
		in[form] = append(in[form], id)
	}
}

// orgForm is the form in which names of organisations are compared: spelling
// of the two Englishes, articles and apostrophes make no other one.
func orgForm(name string) string {
	s := strings.ToLower(name)
	s = strings.NewReplacer("’", "'", "'", "", "organization", "organisation", "labor ", "labour ", "center", "centre", "programme", "program", ",", "", "&", "and", "  ", " ").Replace(s)
	s = strings.TrimPrefix(strings.TrimSpace(s), "the ")
	return strings.Join(strings.Fields(s), " ")
}

// one returns the only one of a name, "" if there is none or several.
func one(ids []sala.ID) sala.ID {
	if len(ids) == 1 {
		return ids[0]
	}
	return ""
}

// person finds whom a proposal names, or adds them. A name that several bear
// is not guessed: somebody new is added, for an editor to merge.
func (a *applier) person(ctx context.Context, p Proposal) (sala.ID, error) {
	name := p.Value["name"]
	form := directory.Bare(name)
	if id := one(a.names.people[form]); id != "" {
		return id, nil
	}
	org := a.names.kinds[one(a.names.orgs[orgForm(p.Value["org"])])]
	if org == "" && p.Value["org"] != "" {
		org = organisationKind(p.Value["org_kind"], p.Value["org"])
	}
	person := directory.Person{ID: derived(p, "person"), Name: sala.Text{p.Lang: name}, Kind: personKind(p.Value["worker"] != "", org)}
	err := a.to.DB.Tx(ctx, func(tx *db.Tx) error { return a.to.Directory.AddPersonIn(ctx, tx, a.by, person) })
	if err != nil && !errors.Is(err, sala.ErrConflict) { // conflict: it was added when this was begun before
		return "", err
	}
	a.names.add(a.names.people, form, person.ID)
	return person.ID, nil
}

// organisation finds the organisation in a field of a proposal, or adds it.
func (a *applier) organisation(ctx context.Context, p Proposal, field string) (sala.ID, error) {
	v := p.Value
	name, short := v[field], v["short"]
	if id := one(a.names.orgs[orgForm(name)]); id != "" {
		return id, nil
	}
	if short != "" {
		// A short form may stand for several: only where the long one does not contradict.
		if id := one(a.names.orgs[orgForm(short)]); id != "" && (v["org_id"] == string(id) || strings.EqualFold(name, short)) {
			return id, nil
		}
	}
	o := directory.Organisation{ID: derived(p, "organisation"), Name: sala.Text{p.Lang: name}, Kind: organisationKind(v["org_kind"], name), Country: v["org_country"]}
	if short != "" && !strings.EqualFold(short, name) {
		o.Short = sala.Text{p.Lang: short}
	}
	err := a.to.DB.Tx(ctx, func(tx *db.Tx) error { return a.to.Directory.AddOrganisationIn(ctx, tx, a.by, o) })
	if err != nil && !errors.Is(err, sala.ErrConflict) {
		return "", err
	}
	a.names.add(a.names.orgs, orgForm(name), o.ID)
	a.names.kinds[o.ID] = o.Kind
	return o.ID, nil
}
