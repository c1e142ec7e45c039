package studio

import (
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/directory"
	"sala/internal/web"
)

// personForm is a person in a form, and what personView shows around it.
type personForm struct {
	entryPage
	Person directory.Person
	Posts  []postForm
	// Addresses are those of works in which the name of a protected person
	// stands: what is covered in a text cannot be covered in an address.
	Addresses []namingAddress
}

// A postForm is a post as typed. The role is said in the network's first
// language; what is said in others stays.
type postForm struct {
	Organisation, Role, Since, Until string
	Fault                            string
}

// A namingAddress is an address that says a name, and where it is changed.
type namingAddress struct {
	Address string
	Change  string
}

// personForm writes a person into a form.
func (s *Studio) personForm(v *visit, one directory.Person) (personForm, error) {
	f := personForm{Person: one}
	f.Ref, f.Name, f.Slug = sala.Ref{Kind: sala.KindPerson, ID: one.ID}, one.Name, one.Slug
	f.Seen, f.Ties = strconv.FormatInt(one.Changed.UnixMicro(), 10), tiesOf(one.Ties)
	ids := make([]sala.ID, len(one.Posts))
	for i, post := range one.Posts {
		ids[i] = post.Organisation
	}
	faces, err := s.Directory.Faces(v.ctx(), ids)
	if err != nil {
		return f, err
	}
	for _, post := range one.Posts {
		name, _ := faces[post.Organisation].In(v.lang, v.set.Default)
		f.Posts = append(f.Posts, postForm{Organisation: name, Role: post.Role[v.set.Default], Since: post.Since.String(), Until: post.Until.String()})
	}
	return f, nil
}

func (s *Studio) showPerson(v *visit, f personForm, wrong error) (*web.Reply, error) {
	f.Ref.Kind = sala.KindPerson
	if err := s.entry(v, &f.entryPage, wrong); err != nil {
		return nil, err
	}
	for range blankPosts {
		f.Posts = append(f.Posts, postForm{})
	}
	f.Title = f.T("studio.directory.add_person")
	if f.Ref.ID != "" {
		f.Title, _ = f.text(f.Name)
		if f.Person.Shown() != directory.InFull {
			var err error
			if f.Addresses, err = s.naming(v, f.Ref.ID); err != nil {
				return nil, err
			}
		}
	}
	return f.answered(f.show(personView(f)))
}

// naming finds the public addresses that say the name of a protected person.
func (s *Studio) naming(v *visit, person sala.ID) ([]namingAddress, error) {
	veil, err := s.Directory.Veil(v.ctx())
	if err != nil {
		return nil, err
	}
	var found []namingAddress
	for a, err := range s.Archive.Addresses(v.ctx()) {
		if err != nil {
			return nil, err
		}
		// An address has no capitals; a name of one word has one.
		words := strings.ToUpper(strings.ReplaceAll(a.Slug, "-", " "))
		if slices.Contains(veil.Who(words), person) {
			found = append(found, namingAddress{"/" + string(a.Lang) + "/…/" + a.Slug, workPath(a.Work)})
		}
	}
	return found, nil
}

// savePerson adds a person, or changes one.
func (s *Studio) savePerson(v *visit, id sala.ID) (*web.Reply, error) {
	had := directory.Person{}
	if id != "" {
		var err error
		if had, err = s.Directory.Person(v.ctx(), v.By(), id); err != nil {
			return nil, err
		}
	}
	f, err := s.readPerson(v, had)
	if err != nil {
		if _, ok := err.(sala.Invalid); !ok {
			return nil, err
		}
		return s.showPerson(v, f, err)
	}
	f.Person.ID = id
	if id == "" {
		if f.Person.ID, err = s.Directory.AddPerson(v.ctx(), v.By(), f.Person); err != nil {
			return s.showPerson(v, f, err)
		}
		return v.done(entryPath(sala.Ref{Kind: sala.KindPerson, ID: f.Person.ID}), "studio.directory.added")
	}
	seen, err := seenAt(v)
	if err != nil {
		return nil, err
	}
	if err := s.Directory.ChangePerson(v.ctx(), v.By(), f.Person, seen); err != nil {
		return s.showPerson(v, f, err)
	}
	return v.done(entryPath(f.Ref), "studio.saved")
}

// readPerson reads a form over the person as they are stored.
func (s *Studio) readPerson(v *visit, had directory.Person) (personForm, error) {
	langs := v.set.Langs
	p := directory.Person{
		Name: textOf(v, "name", langs, had.Name), First: textOf(v, "first", langs, had.First), Role: textOf(v, "role", langs, had.Role), Aliases: aliasesOf(v),
		Kind: directory.PersonKind(v.PostFormValue("kind")), Showing: directory.Showing(v.PostFormValue("showing")), Country: countryTyped(v.lang, v.PostFormValue("country")),
		Slug: v.PostFormValue("slug"), Note: v.PostFormValue("note"),
	}
	f := personForm{Person: p}
	f.Ref, f.Name, f.Slug, f.Seen = sala.Ref{Kind: sala.KindPerson, ID: had.ID}, p.Name, p.Slug, v.PostFormValue("seen")
	var bad sala.Invalid
	var err error
	f.Ties, f.Person.Ties, err = readTies(v)
	if err := collected(&bad, err); err != nil {
		return f, err
	}
	for i, typed := range v.PostForm["post"] {
		row := postForm{Organisation: strings.TrimSpace(typed), Role: at(v, "post_role", i), Since: at(v, "post_since", i), Until: at(v, "post_until", i)}
		if row == (postForm{}) {
			continue
		}
		id, err := s.named(v, sala.KindOrganisation, "posts", row.Organisation)
		if err := collected(&bad, err); err != nil {
			return f, err
		}
		if id == "" && err == nil {
			bad = append(bad, sala.FieldError{Field: "posts", Key: "studio.directory.post_lost", Text: "a post is in an organisation"})
		}
		row.Fault = faultOf(err)
		f.Posts = append(f.Posts, row)
		since, until, err := readDays(v, "posts", row.Since, row.Until)
		if err := collected(&bad, err); err != nil {
			return f, err
		}
		post := directory.Post{Organisation: id, Role: sala.Text{v.set.Default: row.Role}, Since: since, Until: until}
		if i < len(had.Posts) && had.Posts[i].Organisation == id {
			for l, words := range had.Posts[i].Role {
				if l != v.set.Default {
					post.Role[l] = words
				}
			}
		}
		f.Person.Posts = append(f.Person.Posts, post)
	}
	if len(bad) > 0 {
		return f, bad
	}
	return f, nil
}

// faultOf is the key of the first fault, "" for none.
func faultOf(err error) string {
	if bad, ok := err.(sala.Invalid); ok && len(bad) > 0 {
		return bad[0].Key
	}
	return ""
}
