package tracker

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/internal/phrase"
)

// Names are the names of documents in other languages than those in which they
// are named.
type Names map[string]sala.Text // by sameName

// Of is the name of a source: in its own languages as it is named there, in
// others as translators put it.
func (n Names) Of(src Source) sala.Text {
	called := n[sameName(src.Name)]
	if len(called) == 0 {
		return src.Name
	}
	all := maps.Clone(called)
	maps.Copy(all, src.Name)
	return all
}

// sameName is what two names have in common that are one.
func sameName(name sala.Text) string {
	words, _ := name.In(sala.English)
	return strings.Join(strings.Fields(strings.ToLower(words)), " ")
}

// DocumentNames returns what translators made of the names of documents. Nobody
// may change it.
func (s *Store) DocumentNames(ctx context.Context) (Names, error) { return s.called.Now(ctx) }

func (s *Store) readNames(ctx context.Context) (Names, error) { return calledNames(ctx, s.db) }

func calledNames(ctx context.Context, r db.Reader) (Names, error) {
	type row struct {
		Name   string `bun:"name"`
		Called string `bun:"called"`
	}
	rows, err := db.All[row](ctx, r, `SELECT name, called FROM tracker_named`)
	if err != nil {
		return nil, fmt.Errorf("names of documents: %w", err)
	}
	names := Names{}
	for _, row := range rows {
		if names[row.Name], err = sala.ScanText(row.Called); err != nil {
			return nil, fmt.Errorf("name %q: %w", row.Name, err)
		}
	}
	return names, nil
}

// documentNames are the names by which documents are cited that have no title
// in the archive, in the languages in which they stand there; by sameName. What
// was sent as the source of a reply is among them once the reply is shown.
func documentNames(ctx context.Context, r db.Reader) (map[string]sala.Text, error) {
	rows, err := db.All[string](ctx, r, `
		SELECT x.source FROM (
			SELECT source FROM tracker_recommendation UNION SELECT source FROM tracker_step UNION SELECT source FROM tracker_document
			UNION SELECT source FROM tracker_figure UNION SELECT source FROM tracker_ratification UNION SELECT source FROM tracker_reply WHERE shown
		) x WHERE x.source LIKE '%"name":%' ORDER BY x.source`)
	if err != nil {
		return nil, fmt.Errorf("names of documents: %w", err)
	}
	names := map[string]sala.Text{}
	for _, row := range rows {
		src, err := unstored[Source](row)
		if err != nil {
			return nil, err
		}
		same := sameName(src.Name)
		if src.Work != "" || same == "" {
			continue
		}
		if names[same] == nil {
			names[same] = sala.Text{}
		}
		maps.Copy(names[same], src.Name)
	}
	return names, nil
}

// nameKey is the key of a name; the id of its row is in it.
func nameKey(same string) string {
	sum := sha256.Sum256([]byte(same))
	return "document/" + hex.EncodeToString(sum[:16]) + "/name"
}

// nameTexts are the names of documents in the order of names, each with what
// translators made of it: that alone is theirs to change.
func nameTexts(cited map[string]sala.Text, called Names) (texts []phrase.Text, same []string) {
	same = slices.Sorted(maps.Keys(cited))
	for _, name := range same {
		all := sala.Text{}
		maps.Copy(all, called[name])
		maps.Copy(all, cited[name])
		texts = append(texts, phrase.Text{Key: nameKey(name), Text: &all, Limit: longestField, Kept: slices.Sorted(maps.Keys(cited[name]))})
	}
	return texts, same
}

// NameWordings returns the names by which documents are cited, in a language and
// in the best other one, for those who may translate.
func (s *Store) NameWordings(ctx context.Context, by sala.Actor, lang sala.Lang, also ...sala.Lang) ([]phrase.Wording, error) {
	if err := may(by, sala.Translate, "translate names of documents"); err != nil {
		return nil, err
	}
	cited, err := s.cited.Now(ctx)
	if err != nil {
		return nil, err
	}
	called, err := s.DocumentNames(ctx)
	if err != nil {
		return nil, err
	}
	texts, _ := nameTexts(cited, called)
	return phrase.Of(texts, lang, also...), nil
}

// TranslateNames puts names of documents into a language, by the rules of
// [Store.TranslateMeasures]. Where a document is cited nothing is changed: the
// name by which it is cited makes it the one it is.
func (s *Store) TranslateNames(ctx context.Context, by sala.Actor, lang sala.Lang, looked map[string]sala.Text, words map[string]string) error {
	if err := may(by, sala.Translate, "translate names of documents"); err != nil {
		return err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindDocument}, "translated", by); err != nil { // first: see TranslateMeasures
			return err
		}
		cited, err := documentNames(ctx, tx)
		if err != nil {
			return err
		}
		called, err := calledNames(ctx, tx)
		if err != nil {
			return err
		}
		texts, same := nameTexts(cited, called)
		set, err := phrase.Reword(lang, phrase.Looked(texts, looked), texts, words)
		if err != nil {
			return err
		}
		for i, t := range texts {
			if !slices.Contains(set, t.Key) {
				continue
			}
			put := sala.Text{}
			maps.Copy(put, called[same[i]])
			put[lang] = (*t.Text)[lang]
			_, id, _ := strings.Cut(strings.TrimSuffix(t.Key, "/name"), "/")
			err := tx.ExecOne(ctx, `
				INSERT INTO tracker_named (id, name, called, by_whom, changed) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (id) DO UPDATE SET called = excluded.called, by_whom = excluded.by_whom, changed = excluded.changed`, id, same[i], put.Stored(), by.Name, db.At(tx.Now))
			if err != nil {
				return fmt.Errorf("translate the name %q: %w", same[i], err)
			}
		}
		return nil
	})
	if errors.Is(err, phrase.ErrAsItWas) {
		return nil
	}
	return err
}
