package signature

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sala"
	"sala/internal/i18n"
	"sala/internal/input"
	"sala/internal/mail"
)

func fault(field, key, format string, args ...any) sala.FieldError {
	return sala.FieldError{Field: field, Key: key, Text: fmt.Sprintf(format, args...)}
}

func nameMissing() sala.FieldError {
	return fault("name", "sign.name_missing", "the name of the organisation is missing")
}

// tidy makes one line of what was typed, with letters composed: a signature is
// printed and handed over as it is kept.
func tidy(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// formOf is a name as names are compared: case, spaces, full stops and what
// cannot be seen do not tell two organisations apart. It is kept with each
// signature, so it stays as it is. It takes less away than the directory does
// to find somebody again: of two that are held to be one, one could not sign.
func formOf(name string) string {
	seen := strings.Map(func(r rune) rune {
		if r == '.' || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(name))
	return strings.Join(strings.Fields(strings.ToLower(seen)), " ")
}

// check returns what is wrong with a line of text.
func check(field, text string, most int) sala.Invalid {
	switch {
	case utf8.RuneCountInString(text) > most:
		return sala.Invalid{fault(field, "sign.too_long", "%s has more than %d letters", field, most)}
	case !printable(text):
		return sala.Invalid{fault(field, "sign.letters_bad", "%s holds a character that is none of a text", field)}
	}
	return nil
}

// printable reports whether a line may stand in a list of names: it is text,
// turns nothing that stands beside it, and did not break on its way here.
func printable(line string) bool {
	return input.IsText(line) && !strings.ContainsFunc(line, input.Turns) && !strings.ContainsRune(line, utf8.RuneError)
}

func checkCountry(code string) sala.Invalid {
	if !i18n.IsCountry(code) {
		return sala.Invalid{fault("country", "sign.country_missing", "%q is no country's code of two letters (ISO 3166)", code)}
	}
	return nil
}

// tidied returns what somebody signs with as it is kept, or what is wrong.
func (d Details) tidied() (Details, error) {
	d.Name, d.Person, d.Role, d.Email = tidy(d.Name), tidy(d.Person), tidy(d.Role), tidy(d.Email)
	d.Country = strings.ToLower(strings.TrimSpace(d.Country))
	var bad sala.Invalid
	if formOf(d.Name) == "" {
		bad = append(bad, nameMissing())
	}
	if d.Person == "" {
		bad = append(bad, fault("person", "sign.person_missing", "say who signs"))
	}
	bad = append(bad, check("name", d.Name, nameRunes)...)
	bad = append(bad, checkCountry(d.Country)...)
	bad = append(bad, check("person", d.Person, nameRunes)...)
	bad = append(bad, check("role", d.Role, nameRunes)...)
	if d.Email != "" {
		if _, err := mail.Address(d.Email); err != nil {
			bad = append(bad, fault("email", "sign.email_bad", "this is no mail address"))
		}
	}
	if bad != nil {
		return d, bad
	}
	return d, nil
}

// SameName reports whether two names are one, as far as double signatures go.
func SameName(a, b string) bool { return formOf(tidy(a)) == formOf(tidy(b)) }
