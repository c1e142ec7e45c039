package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sala"
	"sala/directory"
	"sala/internal/db"
	"sala/script"
)

// Cover keeps the names of people who may not be shown in full out of the
// index: what it is given is covered before it is taken in, so neither a
// question, a snippet nor a correction can meet them. When it changes how
// somebody may be shown, what holds them is read anew. It is called before
// anything else.
func (x *Index) Cover(names *directory.Store) { x.names = names }

// covered covers documents, and says who is held by which.
func (x *Index) covered(ctx context.Context, docs []sala.Document) ([]sala.Document, []holding, error) {
	if x.names == nil {
		return docs, nil, nil
	}
	v, err := x.names.Veil(ctx)
	if err != nil || v.Empty() {
		return docs, nil, err
	}
	out := make([]sala.Document, len(docs))
	var all []holding
	for i, d := range docs {
		parts := append([]string{d.Title, d.Summary, d.Text}, append(slices.Clone(d.Names), d.Places...)...)
		for _, person := range v.Who(parts...) {
			all = append(all, holding{d.Ref, person})
		}
		d.Title, d.Summary, d.Text = v.Text(d.Title, d.Lang), v.Text(d.Summary, d.Lang), v.Text(d.Text, d.Lang)
		d.Names, d.Places = slices.Clone(d.Names), slices.Clone(d.Places)
		for _, list := range [][]string{d.Names, d.Places} {
			for n := range list {
				list[n] = v.Text(list[n], d.Lang)
			}
		}
		out[i] = d
	}
	return out, all, nil
}

// A holding is a thing that holds somebody.
type holding struct {
	ref    sala.Ref
	person sala.ID
}

// hold notes who is held by which.
func hold(ctx context.Context, tx *db.Tx, all []holding) error {
	for _, h := range all {
		_, err := tx.Exec(ctx, `
			INSERT INTO search_held (ref_kind, ref_id, person) VALUES (?, ?, ?) ON CONFLICT (ref_id, person) DO NOTHING`, h.ref.Kind, h.ref.ID, h.person)
		if err != nil {
			return fmt.Errorf("who is held by %s: %w", h.ref, err)
		}
	}
	return nil
}

// naming returns the things whose text in the index follows from how a person
// may be shown: those in which they are covered, and those that say their name.
func (x *Index) naming(ctx context.Context, person sala.ID) ([]sala.Ref, error) {
	if x.names == nil {
		return nil, nil
	}
	type row struct {
		Kind sala.Kind `bun:"ref_kind"`
		ID   sala.ID   `bun:"ref_id"`
	}
	// Who was merged or split is covered under the name of another.
	family, err := x.names.Family(ctx, person)
	if err != nil {
		return nil, fmt.Errorf("what holds %s: %w", person, err)
	}
	rows, err := db.All[row](ctx, x.db, `SELECT ref_kind, ref_id FROM search_held WHERE person IN (?) ORDER BY ref_id`, db.In(append(family, person)))
	if err != nil {
		return nil, fmt.Errorf("what holds %s: %w", person, err)
	}
	var refs []sala.Ref
	for _, r := range rows {
		refs = append(refs, sala.Ref{Kind: r.Kind, ID: r.ID})
	}
	names, err := x.names.Covered(ctx, sala.Machine("search"), person)
	if err != nil {
		return nil, fmt.Errorf("what names %s: %w", person, err)
	}
	for _, name := range names {
		// Without marks and titles it is said by more texts than say the name,
		// and by all that do.
		said, err := x.saying(ctx, script.FoldDiacritics(directory.Bare(name)))
		if err != nil {
			return nil, fmt.Errorf("what names %s: %w", person, err)
		}
		refs = append(refs, said...)
	}
	return refs, nil
}

// saying returns the things one of whose texts may say every word of a name.
func (x *Index) saying(ctx context.Context, words string) ([]sala.Ref, error) {
	needs := needsOfName(words)
	var refs []sala.Ref
	err := x.reading(ctx, func(segments []*segment) error {
		s := &asking{ctx: ctx, db: x.db, lexicon: &x.lexicon, segments: segments}
		refs = refs[:0]
		for _, seg := range segments {
			in, err := s.meets(seg, needs)
			if err != nil {
				return err
			}
			in.each(func(n uint32) { refs = append(refs, refOf(seg.columns.Ref[n])) })
		}
		return nil
	})
	return refs, err
}

// refOf reads a ref as the index keeps it.
func refOf(s string) sala.Ref {
	kind, id, _ := strings.Cut(s, "/")
	return sala.Ref{Kind: sala.Kind(kind), ID: sala.ID(id)}
}

// needsOfName is what an entry meets that says a name. A word of an alphabet
// is looked for by how it begins, letters by letters: a text may say "Aung's".
func needsOfName(name string) []need {
	var needs []need
	rest := []byte(name)
	for _, w := range script.AppendWords(nil, name) {
		if w.Kind != script.Alphabetic {
			continue
		}
		runes := []rune(name[w.From:min(w.To, w.From+longWord)])
		for i := w.From; i < w.To; i++ {
			rest[i] = ' '
		}
		if len(runes) < 3 {
			needs = append(needs, need{tokens: []uint32{key(alphaFold, string(runes)), key(alphaTri, "^", string(runes))}})
			continue
		}
		needs = append(needs, need{tokens: []uint32{key(alphaTri, "^", string(runes[:2]))}})
		for i := 0; i+3 <= len(runes); i++ {
			needs = append(needs, need{tokens: []uint32{key(alphaTri, string(runes[i:i+3]))}})
		}
	}
	needWords(string(rest), func(keys ...uint32) { needs = append(needs, need{tokens: keys}) })
	return needs
}
