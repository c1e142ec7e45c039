package network

import (
	"context"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
)

// Words are what a network says of itself in each language.
type Words struct {
	Name, Tagline, About sala.Text
}

// Contact is how the public reaches a network; each may be empty.
type Contact struct {
	Email, Phone, Address string
	Security              string // "mailto:…" or "https:…" (RFC 9116)
}

// Languages are the site's languages in the order they are offered, and which
// of them comes first for a reader of whom nothing is known.
type Languages struct {
	Langs   []sala.Lang
	Default sala.Lang
}

// The parts of the settings, as forms show them and [sala.Mark] marks them.
func (s Settings) Words() Words         { return Words{s.Name, s.Tagline, s.About} }
func (s Settings) Contact() Contact     { return Contact{s.Email, s.Phone, s.Address, s.SecurityContact} }
func (s Settings) Languages() Languages { return Languages{s.Langs, s.Default} }

// edit changes the settings in a transaction of its own. It returns
// [sala.ErrConflict] if part no longer has the mark that the form bore.
func (s *Store) edit(ctx context.Context, by sala.Actor, mark string, part func(Settings) any, f func(*Settings) error) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		var refused error
		_, err := s.Change(ctx, tx, by, func(set *Settings) {
			if sala.Mark(part(*set)) != mark {
				refused = fmt.Errorf("it was changed meanwhile: %w", sala.ErrConflict)
			} else {
				refused = f(set)
			}
		})
		if refused != nil {
			return refused // and nothing of the transaction stays
		}
		return err
	})
}

// SetWords sets what the network says of itself. A name in the site's first
// language is needed.
func (s *Store) SetWords(ctx context.Context, by sala.Actor, mark string, w Words) error {
	return s.edit(ctx, by, mark, func(set Settings) any { return set.Words() }, func(set *Settings) error {
		w.Name, w.Tagline, w.About = w.Name.Trimmed(), w.Tagline.Trimmed(), w.About.Trimmed()
		if w.Name[set.Default] == "" {
			return sala.Invalid{{Field: "name-" + string(set.Default), Key: "studio.setup_name_missing", Text: "the network needs a name in the site's first language"}}
		}
		set.Name, set.Tagline, set.About = w.Name, w.Tagline, w.About
		return nil
	})
}

// SetContact sets how the public reaches the network.
func (s *Store) SetContact(ctx context.Context, by sala.Actor, mark string, c Contact) error {
	return s.edit(ctx, by, mark, func(set Settings) any { return set.Contact() }, func(set *Settings) error {
		c = Contact{strings.TrimSpace(c.Email), strings.TrimSpace(c.Phone), strings.TrimSpace(c.Address), strings.TrimSpace(c.Security)}
		if err := c.check(); err != nil {
			return err
		}
		set.Email, set.Phone, set.Address, set.SecurityContact = c.Email, c.Phone, c.Address, c.Security
		return nil
	})
}

func (c Contact) check() error {
	var bad sala.Invalid
	if c.Email != "" && !isMail(c.Email) {
		bad = append(bad, sala.FieldError{Field: "email", Key: "studio.settings_email_bad", Text: fmt.Sprintf("%q is not an e-mail address", c.Email)})
	}
	if c.Security != "" {
		u, err := url.Parse(c.Security)
		good := err == nil && (u.Scheme == "https" && u.Host != "" || u.Scheme == "mailto" && isMail(u.Opaque))
		if !good || strings.ContainsAny(c.Security, " \r\n") {
			bad = append(bad, sala.FieldError{Field: "security", Key: "studio.settings_security_bad", Text: fmt.Sprintf("%q is neither mailto:… nor https:…", c.Security)})
		}
	}
	if len(bad) > 0 {
		return bad
	}
	return nil
}

func isMail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

// SetLanguages sets the languages of the site. Whether texts are public in one
// that goes is for the door to ask before: this area knows no texts.
func (s *Store) SetLanguages(ctx context.Context, by sala.Actor, mark string, l Languages) error {
	return s.edit(ctx, by, mark, func(set Settings) any { return set.Languages() }, func(set *Settings) error {
		set.Langs, set.Default = slices.Clone(l.Langs), l.Default
		return nil
	})
}

// SetHome sets the page that opens the home page, "" for none.
func (s *Store) SetHome(ctx context.Context, by sala.Actor, mark string, page sala.ID) error {
	return s.edit(ctx, by, mark, func(set Settings) any { return set.Home }, func(set *Settings) error {
		set.Home = page
		return nil
	})
}

// SetColours sets the colours, which must be such that everybody can read.
func (s *Store) SetColours(ctx context.Context, by sala.Actor, mark string, c Colours) error {
	return s.edit(ctx, by, mark, func(set Settings) any { return set.Colours }, func(set *Settings) error {
		set.Colours = c.usual()
		return nil
	})
}

// usual leaves out what the design has anyway.
func (c Colours) usual() Colours {
	c.Roof, c.Edge = Colour(strings.ToLower(string(c.Roof))), Colour(strings.ToLower(string(c.Edge)))
	if c.Roof == DefaultRoof {
		c.Roof = ""
	}
	if c.Edge == DefaultEdge {
		c.Edge = ""
	}
	return c
}

// SetLogo sets the picture before the name, "" for none.
func (s *Store) SetLogo(ctx context.Context, by sala.Actor, mark string, file sala.ID) error {
	return s.edit(ctx, by, mark, func(set Settings) any { return set.Logo }, func(set *Settings) error {
		set.Logo = file
		return nil
	})
}
