package archive

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/input"
)

// Describe changes what is the same in every language: of w its Kind, Sticky,
// Held, Place, Country, Parent, Position, Picture, Terms, Contacts and Testimony. was is
// the Changed of the work the writer had before them; if it has changed since,
// it returns [sala.ErrConflict]. Editors may, and others for what they made as
// long as it has not been public.
func (s *Store) Describe(ctx context.Context, by sala.Actor, was time.Time, w Work) error {
	bad := w.tidy()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		type row struct {
			Kind    Kind      `bun:"kind"`
			Public  bool      `bun:"public"`
			Changed time.Time `bun:"changed"`
		}
		// Held until the transaction ends: see state.
		had, err := db.One[row](ctx, tx, `UPDATE archive_work SET changed = changed WHERE id = ? RETURNING kind, public, changed`, w.ID)
		if err != nil {
			return fmt.Errorf("work %s: %w", w.ID, err)
		}
		if err := s.mayDescribe(ctx, tx, by, w.ID); err != nil {
			return err
		}
		if !had.Changed.Equal(was) {
			return fmt.Errorf("describe work %s, changed since %s: %w", w.ID, was.Format(time.RFC3339), sala.ErrConflict)
		}
		more, err := s.checkWork(ctx, tx, had.Kind, w)
		if err != nil {
			return err
		}
		if bad = append(bad, more...); len(bad) > 0 {
			return bad
		}
		if err := s.describe(ctx, tx, w); err != nil {
			return err
		}
		if had.Public { // nothing disappears because a box was ticked
			hold, err := s.hold(ctx, tx, w.ID, tx.Now)
			if err != nil {
				return err
			}
			if hold != sala.NotHeld {
				return sala.Invalid{{Field: "testimony", Key: "work.testimony_public", Text: "it is public: record who agreed first, or withdraw it"}}
			}
		}
		if err := s.relist(ctx, tx, w.ID); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: w.ID}, "detailed", by)
	})
}

func (s *Store) mayDescribe(ctx context.Context, r db.Reader, by sala.Actor, work sala.ID) error {
	if by.Role >= sala.Editor {
		return nil
	}
	no := fmt.Errorf("describe work %s: %w", work, sala.ErrForbidden)
	if by.Role < sala.Contributor || by.ID == "" {
		return no
	}
	type row struct {
		Own int `bun:"own"`
		Out int `bun:"out_once"`
	}
	n, err := db.One[row](ctx, r, `
		SELECT COUNT(CASE WHEN made_by = ? THEN 1 END) AS own, COUNT(CASE WHEN version > 0 THEN 1 END) AS out_once
		FROM archive_edition WHERE work = ?`, by.ID, work)
	if err != nil {
		return fmt.Errorf("editions of work %s: %w", work, err)
	}
	if n.Own == 0 || n.Out > 0 {
		return no
	}
	return nil
}

// MayDescribe reports whether by may change what is the same in every language.
func (s *Store) MayDescribe(ctx context.Context, by sala.Actor, work sala.ID) bool {
	return s.mayDescribe(ctx, s.db, by, work) == nil
}

var countryForm = regexp.MustCompile(`^[a-z]{2}$`)

// tidy trims what was typed and returns what is wrong with it by itself.
func (w *Work) tidy() sala.Invalid {
	var bad sala.Invalid
	wrong := func(field, key, text string) { bad = append(bad, sala.FieldError{Field: field, Key: key, Text: text}) }
	w.Place, w.Country = strings.TrimSpace(input.Clean(w.Place)), strings.ToLower(strings.TrimSpace(w.Country))
	if !w.Kind.known() {
		wrong("kind", "work.kind_unknown", fmt.Sprintf("%q is no kind of work", w.Kind))
	}
	if w.Held.From.IsZero() && !w.Held.To.IsZero() {
		wrong("from", "work.from_missing", "an end needs a beginning")
	} else if w.Held.Check() != nil {
		wrong("to", "work.ends_before", "it ends before it begins")
	}
	if w.Country != "" && !countryForm.MatchString(w.Country) {
		wrong("country", "work.country_bad", "a country is two letters, such as th")
	}
	kept := w.Contacts[:0:0]
	for n, c := range w.Contacts {
		for _, text := range []*string{&c.Name, &c.Role, &c.Phone, &c.Email} {
			*text = strings.TrimSpace(input.Clean(*text))
		}
		if c.Name == "" && c.Role == "" && c.Phone == "" && c.Email == "" {
			continue
		}
		if c.Name == "" {
			wrong(fmt.Sprintf("contact-%d-name", n), "work.contact_name", "a contact needs a name")
		}
		if c.Email != "" && (strings.Count(c.Email, "@") != 1 || strings.ContainsAny(c.Email, " \t<>")) {
			wrong(fmt.Sprintf("contact-%d-email", n), "work.contact_email", fmt.Sprintf("%q is no e-mail address", c.Email))
		}
		for _, l := range c.Langs {
			if checkLang(l) != nil {
				wrong(fmt.Sprintf("contact-%d-langs", n), "work.lang_unknown", fmt.Sprintf("%q is no language", l))
			}
		}
		kept = append(kept, c)
	}
	w.Contacts = kept
	return bad
}

// checkWork returns what is wrong with w beside what is stored.
func (s *Store) checkWork(ctx context.Context, r db.Reader, had Kind, w Work) (sala.Invalid, error) {
	var bad sala.Invalid
	if (had == Page) != (w.Kind == Page) {
		out, err := db.One[int](ctx, r, `SELECT COUNT(*) FROM archive_edition WHERE work = ? AND NOT (provisional AND version = 0)`, w.ID)
		if err != nil {
			return nil, fmt.Errorf("editions of work %s: %w", w.ID, err)
		}
		if out > 0 {
			bad = append(bad, sala.FieldError{Field: "kind", Key: "work.kind_page", Text: "a page has no year in its address, so what has an address cannot become one, or stop being one"})
		}
	}
	for up, n := w.Parent, 0; up != ""; n++ {
		type row struct {
			Kind   Kind    `bun:"kind"`
			Parent sala.ID `bun:"parent"`
		}
		p, err := db.One[row](ctx, r, `SELECT kind, parent FROM archive_work WHERE id = ?`, up)
		known, err := db.Found(err)
		if err != nil {
			return nil, fmt.Errorf("parent of work %s: %w", w.ID, err)
		}
		if up == w.ID || n == 0 && (!known || p.Kind != Page || w.Kind != Page) {
			bad = append(bad, sala.FieldError{Field: "parent", Key: "work.parent_bad", Text: "only a page stands below a page, and not below itself"})
			break
		}
		if n > 50 { // what an import brought may be a circle already
			break
		}
		up = p.Parent
	}
	if len(w.Terms) > 0 {
		n, err := db.One[int](ctx, r, `SELECT COUNT(*) FROM archive_term WHERE id IN (?)`, db.In(w.Terms))
		if err != nil {
			return nil, fmt.Errorf("terms of work %s: %w", w.ID, err)
		}
		distinct := map[sala.ID]bool{}
		for _, t := range w.Terms {
			distinct[t] = true
		}
		if n != len(distinct) {
			bad = append(bad, sala.FieldError{Field: "terms", Key: "work.term_unknown", Text: "there is no such term any more"})
		}
	}
	return bad, nil
}

func (s *Store) describe(ctx context.Context, tx *db.Tx, w Work) error {
	contacts, err := column(w.Contacts)
	if err != nil {
		return fmt.Errorf("contacts of work %s: %w", w.ID, err)
	}
	err = tx.ExecOne(ctx, `
		UPDATE archive_work SET kind = ?, sticky = ?, held_from = ?, held_to = ?, place = ?, country = ?, parent = ?, position = ?,
			picture = ?, contacts = ?, testimony = ? WHERE id = ?`,
		w.Kind, w.Sticky, w.Held.From.String(), w.Held.To.String(), w.Place, w.Country, w.Parent, w.Position, w.Picture, contacts, w.Testimony, w.ID)
	if err != nil {
		return fmt.Errorf("describe work %s: %w", w.ID, err)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM archive_work_term WHERE work = ?`, w.ID); err != nil {
		return fmt.Errorf("terms of work %s: %w", w.ID, err)
	}
	for _, t := range w.Terms {
		_, err := tx.Exec(ctx, `INSERT INTO archive_work_term (work, term) VALUES (?, ?) ON CONFLICT (work, term) DO NOTHING`, w.ID, t)
		if err != nil {
			return fmt.Errorf("term %s of work %s: %w", t, w.ID, err)
		}
	}
	return nil
}
