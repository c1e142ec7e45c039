package proposals

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"sala"
	"sala/archive"
	"sala/importer/extract"
	"sala/internal/richtext"
)

// original picks the edition that facts are read in: the English one, for which
// there are most rules, else the one that others were translated from.
func original(w archive.Work) (archive.Edition, bool) {
	var first archive.Edition
	for _, e := range w.Editions {
		if e.Revision == 0 {
			continue
		}
		if e.Lang == sala.English {
			return e, true
		}
		if first.ID == "" || first.Source != "" && e.Source == "" {
			first = e
		}
	}
	return first, first.ID != ""
}

// text returns the text of a work as facts are read in it.
func (s *Store) text(ctx context.Context, by sala.Actor, w archive.Work) (extract.Text, bool, error) {
	e, ok := original(w)
	if !ok {
		return extract.Text{}, false, nil
	}
	_, full, err := s.to.Archive.Preview(ctx, by, e.ID, 0)
	if err != nil {
		return extract.Text{}, false, fmt.Errorf("the text of work %s: %w", w.ID, err)
	}
	return extract.Text{Title: full.Title, Lang: e.Lang, Published: e.PubDay, Blocks: Blocks(full.Body)}, true, nil
}

// Blocks are the paragraphs, headings and items of a text, each as plain text:
// what passages count their bytes in.
func Blocks(d richtext.Doc) []extract.Block {
	var out []extract.Block
	var walk func(nodes []richtext.Node, id string, item bool)
	walk = func(nodes []richtext.Node, id string, item bool) {
		for _, n := range nodes {
			own := n.Attrs.ID
			if own == "" {
				own = id
			}
			switch n.Type {
			case richtext.Paragraph, richtext.Heading, richtext.Verse, richtext.Picture:
				if text := (richtext.Doc{Blocks: []richtext.Node{n}}).Plain(); text != "" {
					out = append(out, extract.Block{ID: own, Text: text, Heading: n.Type == richtext.Heading, Item: item})
				}
			case richtext.ListItem:
				walk(n.Content, own, true)
			case richtext.Code, richtext.Unknown:
			default:
				walk(n.Content, own, item)
			}
		}
	}
	walk(d.Blocks, "", false)
	return out
}

// rules is raised when the rules have changed so much that texts are worth
// reading again.
const rules = "1"

func fingerprint(t extract.Text) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s", rules, t.Lang, t.Published, t.Title)
	for _, b := range t.Blocks {
		fmt.Fprintf(h, "\x00%s\x00%v%v\x00%s", b.ID, b.Heading, b.Item, b.Text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Text returns the text of a work in which its facts are read, as blocks of
// plain text, and its title.
func (s *Store) Text(ctx context.Context, by sala.Actor, work sala.ID) (extract.Text, error) {
	if err := may(by, "see proposals"); err != nil {
		return extract.Text{}, err
	}
	w, err := s.to.Archive.DeskWork(ctx, by, work)
	if err != nil {
		return extract.Text{}, err
	}
	t, ok, err := s.text(ctx, by, w)
	if err == nil && !ok {
		err = fmt.Errorf("work %s has no text yet: %w", work, sala.ErrNotFound)
	}
	return t, err
}
