package directory

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"sala"
	"sala/internal/db"
	"sala/internal/i18n"
	"sala/internal/input"
	"sala/internal/mail"
)

// Names longer than a line are none, and nobody has more of them than this.
const (
	nameRunes  = 300
	aliasCount = 50
	tieCount   = 50
	textRunes  = 5000
)

// tidy is a text without what says nothing and without odd spaces.
func tidy(t sala.Text) sala.Text {
	kept := sala.Text{}
	for l, words := range t {
		if words = strings.Join(strings.Fields(words), " "); words != "" {
			kept[l] = words
		}
	}
	return kept
}

func tidyList(list []string) []string {
	var kept []string
	for _, s := range list {
		if s = strings.Join(strings.Fields(s), " "); s != "" && !slices.Contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}

// fault is one field that must be corrected.
func fault(field, key, text string, args ...any) sala.FieldError {
	return sala.FieldError{Field: field, Key: "studio.directory." + key, Text: fmt.Sprintf(text, args...)}
}

// checkNames is what holds for the names of either sort.
func checkNames(names, short sala.Text, aliases []string) (bad sala.Invalid) {
	if len(names) == 0 {
		bad = append(bad, fault("name", "name_missing", "a name in one language is needed"))
	}
	for _, part := range []struct {
		field string
		text  sala.Text
	}{{"name", names}, {"short", short}} {
		for _, l := range part.text.Langs() {
			if known, err := sala.ParseLang(string(l)); err != nil || known != l {
				bad = append(bad, fault(part.field, "lang_bad", "%q is no language", l))
			}
			if !readable(part.text[l]) {
				bad = append(bad, fault(part.field, "name_bad", "the name in %s is longer than %d characters, or holds none that can be read", l, nameRunes))
			}
		}
	}
	if len(aliases) > aliasCount {
		bad = append(bad, fault("aliases", "aliases_many", "%d other names; at most %d", len(aliases), aliasCount))
	}
	for _, a := range aliases {
		if !readable(a) {
			bad = append(bad, fault("aliases", "alias_bad", "%q is longer than %d characters, or holds none that can be read", a, nameRunes))
		}
	}
	return bad
}

// readable reports whether a name has letters and an end.
func readable(name string) bool {
	return input.IsText(name) && utf8.RuneCountInString(name) <= nameRunes && plain(name) != ""
}

func checkCountry(field, country string) (bad sala.Invalid) {
	if country == "" {
		return nil
	}
	if !i18n.IsCountry(country) {
		return sala.Invalid{fault(field, "country_bad", "%q is no country's code of two letters (ISO 3166)", country)}
	}
	return nil
}

func checkDays(field string, since, until sala.Day) sala.Invalid {
	if !since.IsZero() && !until.IsZero() && compare(since, until) > 0 {
		return sala.Invalid{fault(field, "days_bad", "it ends on %s, before it begins on %s", until, since)}
	}
	return nil
}

func checkTies(ties []Tie) (bad sala.Invalid) {
	if len(ties) > tieCount {
		bad = append(bad, fault("ties", "ties_many", "%d relations; at most %d", len(ties), tieCount))
	}
	for _, t := range ties {
		if !slices.Contains(Relations, t.Relation) {
			bad = append(bad, fault("ties", "relation_bad", "%q is no relation", t.Relation))
		}
		bad = append(bad, checkDays("ties", t.Since, t.Until)...)
	}
	return bad
}

func checkText(field string, t sala.Text) (bad sala.Invalid) {
	for _, l := range t.Langs() {
		if utf8.RuneCountInString(t[l]) > textRunes {
			bad = append(bad, fault(field, "text_long", "the text in %s is longer than %d characters", l, textRunes))
		}
		bad = append(bad, checkSigns(field, t[l])...)
	}
	return bad
}

// checkNote is what holds for a text in no language.
func checkNote(field, text string) (bad sala.Invalid) {
	if utf8.RuneCountInString(text) > textRunes {
		bad = append(bad, fault(field, "text_long", "the text is longer than %d characters", textRunes))
	}
	return append(bad, checkSigns(field, text)...)
}

func checkSigns(field, text string) sala.Invalid {
	if input.IsText(text) {
		return nil
	}
	return sala.Invalid{{Field: field, Key: "studio.phrases.not_text", Text: "it holds bytes that are no text"}}
}

// check tidies a person and returns what must be corrected.
func (s *Store) checkPerson(ctx context.Context, r db.Reader, p *Person) (sala.Invalid, error) {
	p.Name, p.First, p.Role, p.Aliases = tidy(p.Name), tidy(p.First), tidy(p.Role), tidyList(p.Aliases)
	p.Country, p.Note = strings.ToLower(strings.TrimSpace(p.Country)), strings.TrimSpace(p.Note)
	bad := checkNames(p.Name, p.First, p.Aliases)
	if !slices.Contains(PersonKinds, p.Kind) {
		bad = append(bad, fault("kind", "kind_bad", "%q is no kind of person", p.Kind))
	}
	if p.Showing != ByKind && !slices.Contains(Showings, p.Showing) {
		bad = append(bad, fault("showing", "showing_bad", "%q is no way of showing somebody", p.Showing))
	}
	if p.Shown() == FirstName && len(p.First) == 0 {
		bad = append(bad, fault("first", "first_missing", "to be shown by first name, somebody needs one: names are never split"))
	}
	bad = append(bad, checkCountry("country", p.Country)...)
	bad = append(bad, checkTies(p.Ties)...)
	bad = append(bad, checkText("role", p.Role)...)
	bad = append(bad, checkNote("note", p.Note)...)
	if len(p.Posts) > tieCount {
		bad = append(bad, fault("posts", "ties_many", "%d posts; at most %d", len(p.Posts), tieCount))
	}
	for i, post := range p.Posts {
		p.Posts[i].Role = tidy(post.Role)
		bad = append(bad, checkDays("posts", post.Since, post.Until)...)
		bad = append(bad, checkText("posts", post.Role)...)
		if _, err := s.entry(ctx, r, sala.KindOrganisation, post.Organisation); err != nil {
			if there, err := db.Found(err); err != nil {
				return nil, err
			} else if !there {
				bad = append(bad, fault("posts", "post_lost", "there is no organisation %q", post.Organisation))
			}
		}
	}
	return bad, nil
}

// checkOrganisation tidies an organisation and returns what must be corrected.
func (s *Store) checkOrganisation(ctx context.Context, r db.Reader, o *Organisation) (sala.Invalid, error) {
	o.Name, o.Short, o.About, o.Safely, o.Aliases = tidy(o.Name), tidy(o.Short), tidy(o.About), tidy(o.Safely), tidyList(o.Aliases)
	o.Country, o.Note = strings.ToLower(strings.TrimSpace(o.Country)), strings.TrimSpace(o.Note)
	c := &o.Contact
	for _, field := range []*string{&c.Web, &c.Email, &c.Phone, &c.Place} {
		*field = strings.TrimSpace(*field)
	}
	bad := checkNames(o.Name, o.Short, o.Aliases)
	if !slices.Contains(OrganisationKinds, o.Kind) {
		bad = append(bad, fault("kind", "kind_bad", "%q is no kind of organisation", o.Kind))
	}
	if o.Sector != "" && !slices.Contains(sala.Sectors, o.Sector) {
		bad = append(bad, fault("sector", "sector_bad", "%q is no sector", o.Sector))
	}
	bad = append(bad, checkCountry("country", o.Country)...)
	for i, country := range o.Countries {
		o.Countries[i] = strings.ToLower(strings.TrimSpace(country))
		bad = append(bad, checkCountry("countries", o.Countries[i])...)
	}
	bad = append(bad, checkTies(o.Ties)...)
	for _, l := range o.Langs {
		if known, err := sala.ParseLang(string(l)); err != nil || known != l {
			bad = append(bad, fault("langs", "lang_bad", "%q is no language", l))
		}
	}
	for _, service := range o.Services {
		if !slices.Contains(Services, service) {
			bad = append(bad, fault("services", "service_bad", "%q is no service", service))
		}
	}
	if o.Reach != "" && !slices.Contains(Reaches, o.Reach) {
		bad = append(bad, fault("reach", "reach_bad", "%q is no way of being reached", o.Reach))
	}
	if c.Web != "" && !input.IsWebAddress(c.Web) {
		bad = append(bad, fault("web", "web_bad", "%q is no web address", c.Web))
	}
	if _, err := mail.Address(c.Email); c.Email != "" && err != nil {
		bad = append(bad, fault("email", "email_bad", "%q is no e-mail address", c.Email))
	}
	if strings.ContainsFunc(c.Phone, func(r rune) bool { return !strings.ContainsRune("0123456789+-(). /#*ext", r) }) || len(c.Phone) > 60 {
		bad = append(bad, fault("phone", "phone_bad", "%q is no telephone number", c.Phone))
	}
	bad = append(bad, checkText("about", o.About)...)
	bad = append(bad, checkText("safely", o.Safely)...)
	bad = append(bad, checkNote("note", o.Note)...)
	bad = append(bad, checkNote("place", c.Place)...)
	if o.Parent == "" {
		return bad, nil
	}
	wrong, err := s.checkParent(ctx, r, o)
	return append(bad, wrong...), err
}

// checkParent refuses a parent that is none or stands below.
func (s *Store) checkParent(ctx context.Context, r db.Reader, o *Organisation) (sala.Invalid, error) {
	at, err := s.survivor(ctx, r, o.Parent)
	if there, err := db.Found(err); err != nil {
		return nil, err
	} else if !there {
		return sala.Invalid{fault("parent", "parent_bad", "there is no organisation %q", o.Parent)}, nil
	}
	o.Parent = at
	seen := map[sala.ID]bool{}
	for !seen[at] {
		if at == o.ID {
			return sala.Invalid{fault("parent", "parent_circle", "an organisation cannot belong to itself, or to one that belongs to it")}, nil
		}
		seen[at] = true
		above, err := s.entry(ctx, r, sala.KindOrganisation, at)
		if there, err := db.Found(err); err != nil {
			return nil, err
		} else if !there {
			return sala.Invalid{fault("parent", "parent_bad", "there is no organisation %q", o.Parent)}, nil
		}
		if above.Parent == nil {
			return nil, nil
		}
		if at, err = s.survivor(ctx, r, *above.Parent); err != nil {
			return nil, err
		}
	}
	return nil, nil
}
