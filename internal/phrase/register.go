package phrase

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"sala"
	"sala/internal/db"
)

// A Register is the table in which an area keeps when words were last changed,
// or were found to say still what they are translated from. Of words that are
// as they were first said there is nothing in it. Words that are put into a
// language more are as new as the newest of their text: whoever made them saw
// those.
type Register string

// Moments are when words were changed: by the key of the text, by language.
type Moments map[string]map[sala.Lang]time.Time

type momentRow struct {
	About sala.ID   `bun:"about"`
	Key   string    `bun:"key"`
	Lang  sala.Lang `bun:"lang"`
	At    time.Time `bun:"at"`
}

// Of returns what is known of some things, of all if ids is nil.
func (g Register) Of(ctx context.Context, r db.Reader, ids []sala.ID) (map[sala.ID]Moments, error) {
	where, args := "", []any{}
	if ids != nil {
		where, args = ` WHERE about IN (?)`, []any{db.In(append([]sala.ID{"-"}, ids...))} // neither engine takes an empty list
	}
	rows, err := db.All[momentRow](ctx, r, `SELECT about, key, lang, at FROM `+string(g)+where, args...)
	if err != nil {
		return nil, fmt.Errorf("when words were changed: %w", err)
	}
	all := map[sala.ID]Moments{}
	for _, row := range rows {
		m := all[row.About]
		if m == nil {
			m = Moments{}
			all[row.About] = m
		}
		if m[row.Key] == nil {
			m[row.Key] = map[sala.Lang]time.Time{}
		}
		m[row.Key][row.Lang] = row.At.UTC()
	}
	return all, nil
}

// On returns texts that know when they were changed.
func (m Moments) On(texts []Text) []Text {
	for i := range texts {
		texts[i].At = m[texts[i].Key]
	}
	return texts
}

// Note puts down how the texts of something differ from what they were. right
// are the keys of those whose words in lang stay, since they say what the text
// says now.
func (g Register) Note(ctx context.Context, tx *db.Tx, about sala.ID, was, now []Text, lang sala.Lang, right ...string) error {
	all, err := g.Of(ctx, tx, []sala.ID{about})
	if err != nil {
		return err
	}
	before, had := all[about], map[string]sala.Text{}
	for _, t := range was {
		had[t.Key] = *t.Text
	}
	there := map[string]bool{}
	for _, t := range now {
		there[t.Key] = true
		after := noted(before[t.Key], had[t.Key], *t.Text, tx.Now)
		if slices.Contains(right, t.Key) && (*t.Text)[lang] != "" {
			after[lang] = newestOf(after)
		}
		if err := g.put(ctx, tx, about, t.Key, before[t.Key], after); err != nil {
			return err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		if !there[key] {
			if err := g.put(ctx, tx, about, key, before[key], nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// noted are the moments of a text that said was and says now.
func noted(at map[sala.Lang]time.Time, was, now sala.Text, moment time.Time) map[sala.Lang]time.Time {
	out := map[sala.Lang]time.Time{}
	if len(was.Langs()) == 0 {
		return out // it is new
	}
	var added []sala.Lang
	for _, l := range now.Langs() {
		switch {
		case was[l] == "":
			added = append(added, l)
		case was[l] != now[l]:
			out[l] = moment
		case !at[l].IsZero():
			out[l] = at[l]
		}
	}
	newest := newestOf(out)
	for _, l := range added {
		if !newest.IsZero() {
			out[l] = newest
		}
	}
	return out
}

func newestOf(at map[sala.Lang]time.Time) time.Time {
	var newest time.Time
	for _, t := range at {
		if t.After(newest) {
			newest = t
		}
	}
	return newest
}

func (g Register) put(ctx context.Context, tx *db.Tx, about sala.ID, key string, before, after map[sala.Lang]time.Time) error {
	for l := range before {
		if after[l].IsZero() {
			if err := tx.ExecOne(ctx, `DELETE FROM `+string(g)+` WHERE about = ? AND key = ? AND lang = ?`, about, key, l); err != nil {
				return fmt.Errorf("forget when %s of %s was changed: %w", key, about, err)
			}
		}
	}
	for l, at := range after {
		if at.IsZero() || at.Equal(before[l]) {
			continue
		}
		err := tx.ExecOne(ctx, `
			INSERT INTO `+string(g)+` (about, key, lang, at) VALUES (?, ?, ?, ?) ON CONFLICT (about, key, lang) DO UPDATE SET at = excluded.at`, about, key, l, db.At(at))
		if err != nil {
			return fmt.Errorf("note when %s of %s was changed: %w", key, about, err)
		}
	}
	return nil
}
