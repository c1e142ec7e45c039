package studio

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/directory"
	"sala/internal/web"
)

// organisationForm is an organisation in a form, and what organisationView
// shows around it.
type organisationForm struct {
	entryPage
	Organisation directory.Organisation
	Parent       string // as typed
	Countries    string // as typed, parted by commas
}

// organisationForm writes an organisation into a form.
func (s *Studio) organisationForm(v *visit, one directory.Organisation) (organisationForm, error) {
	f := organisationForm{Organisation: one, Countries: strings.Join(one.Countries, ", ")}
	f.Ref, f.Name, f.Slug = sala.Ref{Kind: sala.KindOrganisation, ID: one.ID}, one.Name, one.Slug
	f.Seen, f.Ties = strconv.FormatInt(one.Changed.UnixMicro(), 10), tiesOf(one.Ties)
	if one.Parent == "" {
		return f, nil
	}
	faces, err := s.Directory.Faces(v.ctx(), []sala.ID{one.Parent})
	f.Parent, _ = faces[one.Parent].In(v.lang, v.set.Default)
	return f, err
}

// AskedAt lists what was asked of an organisation.
func (f organisationForm) AskedAt() string {
	name, _ := f.text(f.Name)
	return "/studio/recommendations?" + url.Values{"of": {name}}.Encode()
}

// PackAt is the submission pack of an organisation, in the language of the
// page where readers have it.
func (f organisationForm) PackAt() string {
	lang := f.set.Default
	if slices.Contains(f.set.Langs, f.lang) {
		lang = f.lang
	}
	return "/" + string(lang) + "/recommendations/pack?" + url.Values{"addressee": {string(f.Ref.ID)}}.Encode()
}

func (s *Studio) showOrganisation(v *visit, f organisationForm, wrong error) (*web.Reply, error) {
	f.Ref.Kind = sala.KindOrganisation
	if err := s.entry(v, &f.entryPage, wrong); err != nil {
		return nil, err
	}
	f.Title = f.T("studio.directory.add_organisation")
	if f.Ref.ID != "" {
		f.Title, _ = f.text(f.Name)
	}
	return f.answered(f.show(organisationView(f)))
}

// saveOrganisation adds an organisation, or changes one.
func (s *Studio) saveOrganisation(v *visit, id sala.ID) (*web.Reply, error) {
	had := directory.Organisation{}
	if id != "" {
		var err error
		if had, err = s.Directory.Organisation(v.ctx(), v.By(), id); err != nil {
			return nil, err
		}
	}
	f, err := s.readOrganisation(v, had)
	if err != nil {
		if _, ok := err.(sala.Invalid); !ok {
			return nil, err
		}
		return s.showOrganisation(v, f, err)
	}
	f.Organisation.ID = id
	if id == "" {
		if f.Organisation.ID, err = s.Directory.AddOrganisation(v.ctx(), v.By(), f.Organisation); err != nil {
			return s.showOrganisation(v, f, err)
		}
		return v.done(entryPath(sala.Ref{Kind: sala.KindOrganisation, ID: f.Organisation.ID}), "studio.directory.added")
	}
	seen, err := seenAt(v)
	if err != nil {
		return nil, err
	}
	if err := s.Directory.ChangeOrganisation(v.ctx(), v.By(), f.Organisation, seen); err != nil {
		return s.showOrganisation(v, f, err)
	}
	return v.done(entryPath(f.Ref), "studio.saved")
}

// readOrganisation reads a form over the organisation as it is stored.
func (s *Studio) readOrganisation(v *visit, had directory.Organisation) (organisationForm, error) {
	langs := v.set.Langs
	o := directory.Organisation{
		Name: textOf(v, "name", langs, had.Name), Short: textOf(v, "short", langs, had.Short), About: textOf(v, "about", langs, had.About),
		Safely: textOf(v, "safely", langs, had.Safely), Aliases: aliasesOf(v), Kind: directory.OrganisationKind(v.PostFormValue("kind")),
		Sector: sala.Sector(v.PostFormValue("sector")), Country: countryTyped(v.lang, v.PostFormValue("country")), Reach: directory.Reach(v.PostFormValue("reach")),
		Contact:  directory.Contact{Web: v.PostFormValue("web"), Email: v.PostFormValue("email"), Phone: v.PostFormValue("phone"), Place: v.PostFormValue("place")},
		Unlisted: v.PostFormValue("listed") == "", Slug: v.PostFormValue("slug"), Note: v.PostFormValue("note"),
	}
	for _, l := range v.PostForm["lang"] {
		o.Langs = append(o.Langs, sala.Lang(l))
	}
	for _, l := range had.Langs { // of a language that the site no longer has
		if !slices.Contains(langs, l) {
			o.Langs = append(o.Langs, l)
		}
	}
	for _, service := range v.PostForm["service"] {
		o.Services = append(o.Services, directory.Service(service))
	}
	f := organisationForm{Organisation: o, Parent: v.PostFormValue("parent"), Countries: v.PostFormValue("countries")}
	f.Ref, f.Name, f.Slug, f.Seen = sala.Ref{Kind: sala.KindOrganisation, ID: had.ID}, o.Name, o.Slug, v.PostFormValue("seen")
	f.Organisation.Countries = countriesTyped(v.lang, f.Countries)
	var bad sala.Invalid
	var err error
	f.Ties, f.Organisation.Ties, err = readTies(v)
	if err := collected(&bad, err); err != nil {
		return f, err
	}
	f.Organisation.Parent, err = s.named(v, sala.KindOrganisation, "parent", f.Parent)
	if err := collected(&bad, err); err != nil {
		return f, err
	}
	if len(bad) > 0 {
		return f, bad
	}
	return f, nil
}
