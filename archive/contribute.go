package archive

import (
	"context"
	"fmt"
	"strings"

	"sala"
	"sala/internal/db"
)

// Contribute makes a draft of a text that somebody outside has sent, within
// the transaction that keeps what they sent: a work with one edition and its
// first revision. Of w its Kind, Held and Place count. Contributors may.
func (s *Store) Contribute(ctx context.Context, tx *db.Tx, by sala.Actor, w Work, lang sala.Lang, text Text) (work, edition sala.ID, err error) {
	if err := need(by, sala.Contributor, "contribute a work"); err != nil {
		return "", "", err
	}
	w = Work{ID: sala.NewID(), Kind: w.Kind, Held: w.Held, Place: w.Place}
	bad := w.tidy()
	if l := checkLang(lang); l != nil {
		bad = append(bad, l...)
	}
	if bad != nil {
		return "", "", bad
	}
	edition = sala.NewID()
	if err := s.createWork(ctx, tx, by, w); err != nil {
		return "", "", err
	}
	if err := s.createEdition(ctx, tx, by, edition, w.ID, lang, ""); err != nil {
		return "", "", err
	}
	text.Title = strings.TrimSpace(text.Title)
	if _, err := s.reviseChecked(ctx, tx, by, edition, 0, text); err != nil {
		return "", "", fmt.Errorf("contribute a text: %w", err)
	}
	return w.ID, edition, nil
}
