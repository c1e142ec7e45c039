package importer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/richtext"
	"sala/media"
	"sala/network"
)

// A Store is the sink that puts what a reader finds into the areas. It holds
// items back and stores many in one transaction; each transaction leaves the
// archive in a state from which the import can be run again.
type Store struct {
	to     Areas
	by     sala.Actor
	report *Report

	site   Site
	held   []func(ctx context.Context, tx *db.Tx) error // what the next transaction will do
	weight int                                          // roughly how many bytes that is
	sameAs map[sala.ID]sala.ID                          // a term that is another in a second language, and that other
	groups map[string]sala.ID                           // the first term of each group
	stored map[sala.ID]bool                             // terms of this run
}

// Areas are where a [Store] puts things.
type Areas struct {
	DB      *db.DB
	Archive *archive.Store
	Media   *media.Store
	Network *network.Store
}

// NewStore returns a sink that stores as by and adds what it decides to report.
func NewStore(to Areas, by sala.Actor, report *Report) *Store {
	return &Store{
		to: to, by: by, report: report,
		sameAs: map[sala.ID]sala.ID{}, groups: map[string]sala.ID{}, stored: map[sala.ID]bool{},
	}
}

// batchItems and batchBytes end a transaction: large enough that the disk is
// not waited for at each item, small enough that little is done twice after
// an interruption and that a writer elsewhere does not wait long.
const (
	batchItems = 250
	batchBytes = 8 << 20
)

func (s *Store) hold(ctx context.Context, weight int, write func(ctx context.Context, tx *db.Tx) error) error {
	s.held = append(s.held, write)
	s.weight += weight
	if len(s.held) >= batchItems || s.weight >= batchBytes {
		return s.Flush(ctx)
	}
	return nil
}

// Flush stores everything that is held back.
func (s *Store) Flush(ctx context.Context) error {
	if len(s.held) == 0 {
		return nil
	}
	unchanged, doubts := s.report.Unchanged, len(s.report.Doubts)
	err := s.to.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, write := range s.held {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := write(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.report.Unchanged, s.report.Doubts = unchanged, s.report.Doubts[:doubts]
		return err
	}
	s.held, s.weight = nil, 0
	return nil
}

// Site gives the network a name and its languages where it has none yet, and
// adds the languages of what is coming.
func (s *Store) Site(ctx context.Context, site Site) error {
	s.site = site
	return s.hold(ctx, 0, func(ctx context.Context, tx *db.Tx) error {
		_, err := s.to.Network.Change(ctx, tx, s.by, func(set *network.Settings) {
			if len(set.Name) == 0 {
				lang := site.Lang
				if lang == "" {
					lang = sala.English
				}
				if site.Name != "" {
					set.Name = inLangs(lang, site.Name, site.Names)
					set.Langs, set.Default = []sala.Lang{lang}, lang
				}
				if site.Tagline != "" {
					set.Tagline = inLangs(lang, site.Tagline, site.Taglines)
				}
			}
			for _, l := range site.Langs {
				if !slices.Contains(set.Langs, l) {
					set.Langs = append(set.Langs, l)
				}
			}
		})
		return err
	})
}

// inLangs adds what is said in one language to what is said in others.
func inLangs(lang sala.Lang, said string, others sala.Text) sala.Text {
	t := sala.Text{lang: said}
	for l, other := range others {
		if l != lang {
			t[l] = other
		}
	}
	return t
}

// Term stores a term. The terms of one group become one term with a label in
// each of their languages.
func (s *Store) Term(ctx context.Context, t Term) error {
	id := t.Origin.ID()
	if t.Group != "" {
		group := t.Vocabulary + "\x00" + t.Group
		if first, ok := s.groups[group]; ok {
			s.sameAs[id] = first
			id = first
		} else {
			s.groups[group] = id
		}
	}
	lang := t.Lang
	if lang == "" {
		lang = s.lang()
	}
	term := archive.Term{ID: id, Vocabulary: t.Vocabulary, Slug: t.Slug, Labels: sala.Text{lang: t.Label}}
	if term.Slug == "" {
		term.Slug = t.Label
	}
	if t.About != "" {
		term.Description = sala.Text{lang: t.About}
	}
	if !t.Parent.IsZero() {
		parent := s.term(t.Parent)
		if s.stored[parent] && parent != id {
			term.Parent = parent
		} else if parent != id {
			s.report.Doubt(t.At, t.Label, "its parent comes after it or not at all: stored at the top")
		}
	}
	s.stored[id] = true
	return s.hold(ctx, len(t.About), func(ctx context.Context, tx *db.Tx) error {
		if _, err := s.to.Archive.ImportTerm(ctx, tx, s.by, term); err != nil {
			return fmt.Errorf("%s: term %q: %w", t.At, t.Label, err)
		}
		return s.redirect(ctx, tx, t.Old, archive.Target{Ref: sala.Ref{Kind: sala.KindTerm, ID: id}, Lang: t.Lang})
	})
}

// lang is the language of what does not say.
func (s *Store) lang() sala.Lang {
	if s.site.Lang != "" {
		return s.site.Lang
	}
	return sala.English
}

// term returns the id under which a term is stored.
func (s *Store) term(o Origin) sala.ID { return s.same(o.ID()) }

func (s *Store) same(id sala.ID) sala.ID {
	if first, ok := s.sameAs[id]; ok {
		return first
	}
	return id
}

// Edition stores an edition with its work.
func (s *Store) Edition(ctx context.Context, e Edition) error {
	if e.Lang == "" {
		e.Lang = s.lang()
	}
	s.unzawgyi(&e)
	s.relink(e.Body)
	for _, c := range e.Corrections {
		s.relink(c.Body)
	}
	for _, c := range e.Comments {
		s.relink(c.Body)
	}
	bare := e
	bare.At, bare.Comments = Place{}, slices.Clone(e.Comments)
	for i := range bare.Comments {
		bare.Comments[i].At = Place{}
	}
	hash, size, err := fingerprint(bare)
	if err != nil {
		return fmt.Errorf("%s: %q: %w", e.At, e.Title, err)
	}
	in := s.incoming(e)
	return s.hold(ctx, size, func(ctx context.Context, tx *db.Tx) error {
		if err := s.edition(ctx, tx, e, in, hash); err != nil {
			return fmt.Errorf("%s: %w", e.At, err)
		}
		return nil
	})
}

func (s *Store) edition(ctx context.Context, tx *db.Tx, e Edition, in archive.Incoming, hash string) error {
	same, err := s.seen(ctx, tx, in.Edition.ID, sala.KindEdition, e.Origin, hash)
	if err != nil {
		return err
	}
	if same {
		if e.Counted != "" { // the further languages of one item are not items of their own
			s.report.Unchanged++
		}
		return nil
	}
	outcome, err := s.to.Archive.Import(ctx, tx, s.by, in)
	if err != nil {
		return err
	}
	if outcome == archive.Kept {
		s.report.Doubt(e.At, e.Title, "it has been edited here since it was imported: left as it is")
		return nil
	}
	if e.Public && in.Edition.PubDay.IsZero() && e.Published.IsZero() && e.Held.IsZero() {
		s.report.Doubt(e.At, e.Title, "no date is stated: listed under the day of this import")
	}
	return s.redirect(ctx, tx, e.Old, archive.Target{Ref: sala.Ref{Kind: sala.KindWork, ID: in.Work.ID}, Lang: e.Lang})
}

func (s *Store) incoming(e Edition) archive.Incoming {
	in := archive.Incoming{
		Work: archive.Work{
			ID: e.Work.ID(), Kind: e.Kind, Sticky: e.Sticky, Held: e.Held, Place: e.Place, Country: e.Country,
			Position: e.Position, Contacts: e.Contacts,
		},
		Edition: archive.Edition{
			ID: editionID(e), Lang: e.Lang, Slug: e.Slug, Title: e.Title, Summary: e.Summary, Body: e.Body,
			Stage: e.Stage, Public: e.Public, Published: e.Published, PubDay: e.PubDay, Due: e.Due, Changed: e.Modified,
			Bylines: e.Bylines, Meta: e.Meta,
		},
		Corrections: e.Corrections,
	}
	if !e.Source.Origin.IsZero() {
		in.Edition.Source = editionIDOf(e.Source.Origin, e.Source.Lang)
		in.Edition.SourceRev = e.Source.Revision
	}
	if in.Edition.Stage == "" {
		in.Edition.Stage = archive.Draft
	}
	if strings.TrimSpace(e.Summary) == "" {
		in.Edition.Summary = e.Body.Excerpt(summaryRunes)
	}
	if strings.TrimSpace(in.Edition.Title) == "" {
		in.Edition.Title = untitled(e)
	}
	if !e.Parent.IsZero() {
		in.Work.Parent = e.Parent.ID()
	}
	if !e.Picture.IsZero() {
		in.Work.Picture = e.Picture.ID()
	}
	for _, o := range e.Terms {
		if id := s.term(o); s.stored[id] && !slices.Contains(in.Work.Terms, id) {
			in.Work.Terms = append(in.Work.Terms, id)
		} else if !s.stored[id] {
			s.report.Doubt(e.At, e.Title, "it bears the %s %q, which the input does not describe: left out", o.Type, o.Key)
		}
	}
	for _, c := range e.Comments {
		comment := archive.Comment{
			ID: c.Origin.ID(), Author: c.Author, URL: c.URL, Body: c.Body, At: c.Time, Type: c.Type,
			Approved: c.Approved == "1", Meta: c.Meta,
		}
		if !c.Parent.IsZero() {
			comment.Parent = c.Parent.ID()
		}
		in.Comments = append(in.Comments, comment)
	}
	return in
}

// summaryRunes is how much of a text stands for its summary where it has none.
const summaryRunes = 240

// untitled is what a text without a title is called: its first words.
func untitled(e Edition) string {
	if first := strings.TrimSpace(e.Body.Excerpt(60)); first != "" {
		return first
	}
	return "…"
}

// editionID is the id of an edition. A work and its only edition come from
// one origin, so the language tells them apart.
func editionID(e Edition) sala.ID { return editionIDOf(e.Origin, e.Lang) }

func editionIDOf(o Origin, lang sala.Lang) sala.ID {
	return sala.DerivedID(time.Time{}, strings.Join([]string{o.Site, o.Type, o.Key, "edition", string(lang)}, "\x00"))
}

// relink makes links to a term that became part of another point at that one.
func (s *Store) relink(d richtext.Doc) {
	if len(s.sameAs) == 0 {
		return
	}
	prefix := "sala:" + string(sala.KindTerm) + "/"
	d.Walk(func(n *richtext.Node) bool {
		for i, m := range n.Marks {
			rest, ok := strings.CutPrefix(m.Attrs.Href, prefix)
			if !ok {
				continue
			}
			id, fragment, has := strings.Cut(rest, "#")
			if to := s.same(sala.ID(id)); to != sala.ID(id) {
				href := prefix + string(to)
				if has {
					href += "#" + fragment
				}
				n.Marks[i].Attrs.Href = href
			}
		}
		return true
	})
}

func (s *Store) redirect(ctx context.Context, tx *db.Tx, old []Old, to archive.Target) error {
	for _, address := range old {
		if _, err := s.to.Archive.AddRedirect(ctx, tx, s.by, string(address), to); err != nil {
			return err
		}
	}
	return nil
}

// seen reports whether the very same thing was stored before, and notes that
// it is now.
func (s *Store) seen(ctx context.Context, tx *db.Tx, id sala.ID, kind sala.Kind, o Origin, hash string) (bool, error) {
	had, err := db.All[string](ctx, tx, `SELECT hash FROM importer_item WHERE id = ?`, id)
	if err != nil {
		return false, fmt.Errorf("look up %s: %w", id, err)
	}
	if len(had) > 0 && had[0] == hash {
		return true, nil
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO importer_item (id, kind, site, type, item, hash, created, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, changed = excluded.changed`,
		id, kind, o.Site, o.Type, o.Key, hash, db.At(tx.Now), db.At(tx.Now))
	if err != nil {
		return false, fmt.Errorf("note %s: %w", id, err)
	}
	return false, nil
}

// fingerprint returns the hash of everything an item says, and its size. The
// caller takes out where in the input it stood.
func fingerprint(item any) (hash string, size int, err error) {
	b, err := json.Marshal(item)
	if err != nil {
		return "", 0, err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), len(b), nil
}
