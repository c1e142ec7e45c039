package tracker

import (
	"context"
	"encoding/json"
	"fmt"

	"sala"
	"sala/internal/db"
	"sala/internal/phrase"
)

// Translated is how far every recommendation is in each language, with its
// steps and the replies to it, the newest first, for those who may translate. One that was merged
// into another is not among them. Nobody may change it.
func (s *Store) Translated(ctx context.Context, by sala.Actor) (*db.Sheet[*phrase.Item], error) {
	if err := may(by, sala.Translate, "see what of recommendations is translated"); err != nil {
		return nil, err
	}
	return s.items.Now(ctx)
}

// readItems reads how far some recommendations are, all if ids is nil.
func (s *Store) readItems(ctx context.Context, ids []sala.ID) (map[sala.ID]*phrase.Item, error) {
	all, withdrawn, err := s.translations(ctx, ids)
	if err != nil {
		return nil, err
	}
	at, err := reworded.Of(ctx, s.db, ids)
	if err != nil {
		return nil, err
	}
	items := make(map[sala.ID]*phrase.Item, len(all))
	for id, t := range all {
		item := phrase.ItemOf(id, at[id].On(t.texts()))
		item.Chief, item.Off = t.now.Original, withdrawn[id]
		items[id] = item
	}
	return items, nil
}

// translations reads of some recommendations what their texts are made of, of
// all if ids is nil, and which of them were taken back.
func (s *Store) translations(ctx context.Context, ids []sala.ID) (map[sala.ID]*translated, map[sala.ID]bool, error) {
	of, args := ` AND TRUE`, []any{}
	if ids != nil {
		of, args = ` AND r.id IN (?)`, []any{db.In(ids)}
	}
	type recommendation struct {
		ID        sala.ID   `bun:"id"`
		Title     string    `bun:"title"`
		Words     string    `bun:"words"`
		Original  sala.Lang `bun:"original"`
		Withdrawn bool      `bun:"withdrawn"`
		Version   int       `bun:"version"`
	}
	const from = ` FROM tracker_recommendation r WHERE r.merged_into IS NULL`
	recs, err := db.All[recommendation](ctx, s.db, `SELECT r.id, r.title, r.words, r.original, r.withdrawn, r.version`+from+of, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("texts of recommendations: %w", err)
	}
	all, withdrawn := make(map[sala.ID]*translated, len(recs)), map[sala.ID]bool{}
	for _, r := range recs {
		t := &translated{now: Recommendation{ID: r.ID, Original: r.Original, Version: r.Version}}
		if t.now.Title, err = sala.ScanText(r.Title); err == nil {
			t.now.Words, err = sala.ScanText(r.Words)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("recommendation %s: %w", r.ID, err)
		}
		all[r.ID], withdrawn[r.ID] = t, r.Withdrawn
	}
	which := ` IN (SELECT r.id` + from + of + `)`
	type step struct {
		ID       sala.ID `bun:"id"`
		Of       sala.ID `bun:"recommendation"`
		Evidence string  `bun:"evidence"`
		Note     string  `bun:"note"`
		Words    string  `bun:"words"`
	}
	steps, err := db.All[step](ctx, s.db, `
		SELECT s.id, s.recommendation, s.evidence, s.note, s.words FROM tracker_step s WHERE s.state <> ? AND s.recommendation`+which+` ORDER BY s.at, s.id`, append([]any{Retracted}, args...)...)
	if err != nil {
		return nil, nil, fmt.Errorf("texts of steps: %w", err)
	}
	for _, row := range steps {
		st := Step{ID: row.ID, Of: row.Of}
		if st.Evidence, err = sala.ScanText(row.Evidence); err == nil {
			st.Note, err = sala.ScanText(row.Note)
		}
		if err == nil {
			st.Words, err = sala.ScanText(row.Words)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("step %s: %w", row.ID, err)
		}
		if t := all[row.Of]; t != nil {
			t.chain = append(t.chain, st)
		}
	}
	answers, err := replies(db.All[replyRow](ctx, s.db, `
		SELECT `+replyColumns+` FROM tracker_reply p WHERE (p.shown OR NOT p.decided) AND p.recommendation`+which+` ORDER BY p.day, p.at, p.id`, args...))
	if err != nil {
		return nil, nil, err
	}
	for _, a := range answers {
		if t := all[a.Recommendation]; t != nil {
			t.replies = append(t.replies, a)
		}
	}
	// Only what translators put is asked of the versions.
	type put struct {
		Of      sala.ID `bun:"recommendation"`
		Version int     `bun:"version"`
		Stated  string  `bun:"stated"`
	}
	puts, err := db.All[put](ctx, s.db, `
		SELECT h.recommendation, h.version, h.stated FROM tracker_history h WHERE h.stated LIKE ? AND h.recommendation`+which+` ORDER BY h.version`, append([]any{`%"put":%`}, args...)...)
	if err != nil {
		return nil, nil, fmt.Errorf("what was put into steps: %w", err)
	}
	for _, row := range puts {
		v := version{number: row.Version}
		if err := json.Unmarshal([]byte(row.Stated), &v.stated); err != nil {
			return nil, nil, fmt.Errorf("version %d of recommendation %s: %w", row.Version, row.Of, err)
		}
		if t := all[row.Of]; t != nil {
			t.versions = append(t.versions, v)
		}
	}
	return all, withdrawn, nil
}
