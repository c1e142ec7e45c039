package tracker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"sala"
	"sala/internal/db"
	"sala/internal/phrase"
)

// Wordings are the texts of a recommendation, and of its own steps in a chain,
// that say something, in the order in which readers meet them: what each says
// in a language, and in the best other one, which is the first of also that it
// has.
func (r Recommendation) Wordings(chain []Step, lang sala.Lang, also ...sala.Lang) []phrase.Wording {
	return phrase.Of(r.texts(slices.Clone(chain)), lang, also...)
}

// Wordings returns a recommendation, its chain, and the texts of both and of the
// replies to it that were not refused, for those who may translate. Unless also
// says otherwise, they are translated from the original's language.
func (s *Store) Wordings(ctx context.Context, by sala.Actor, id sala.ID, lang sala.Lang, also ...sala.Lang) (Recommendation, []Step, []phrase.Wording, error) {
	var r Recommendation
	if err := may(by, sala.Translate, "translate recommendation "+string(id)); err != nil {
		return r, nil, nil, err
	}
	t, err := s.translating(ctx, s.db, id)
	if err != nil {
		return r, nil, nil, err
	}
	at, err := reworded.Of(ctx, s.db, []sala.ID{id})
	if err != nil {
		return r, nil, nil, err
	}
	return t.now, t.chain, phrase.Of(at[id].On(t.texts()), lang, append(slices.Clone(also), t.now.Original)...), nil
}

// reworded is when the texts of recommendations and measures were changed.
const reworded phrase.Register = "tracker_reworded"

// Translate puts texts of a recommendation and of its steps into a language:
// words by the key of the text, "" takes a translation away. version is the one
// that the words were made of; a text that has been changed since is not
// written over, and a [phrase.Overtaken] is returned. What a document says, in
// the language it was said in, and what a step was added with stay as they
// are, and so does what was sent as a reply; whether a reply is shown does not
// change with a translation of it. right are texts whose words stay, since they say what the text says now.
// Unless all can be stored nothing is.
func (s *Store) Translate(ctx context.Context, by sala.Actor, id sala.ID, version int, lang sala.Lang, words map[string]string, right ...string) error {
	if err := may(by, sala.Translate, "translate recommendation "+string(id)); err != nil {
		return err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(id), "translated", by); err != nil {
			return err
		}
		t, err := s.translating(ctx, tx, id)
		if err != nil {
			return err
		}
		looked, err := t.at(version)
		if err != nil {
			return err
		}
		before, now := t.copied().texts(), t.texts()
		set, err := phrase.Reword(lang, looked, now, words, right...)
		if err != nil {
			return err
		}
		if err := reworded.Note(ctx, tx, id, before, now, lang, right...); err != nil {
			return err
		}
		if len(set) == 0 {
			return nil
		}
		return s.putTranslation(ctx, tx, by, t, lang, set)
	})
	if errors.Is(err, phrase.ErrAsItWas) {
		return nil
	}
	return err
}

// putReply stores what a reply says in other languages, and that it said so.
// Whether it is shown stays as it is.
func (s *Store) putReply(ctx context.Context, tx *db.Tx, by sala.Actor, r Reply) error {
	r.Version++
	err := tx.ExecOne(ctx, `UPDATE tracker_reply SET said = ?, words = ?, version = ?, changed = ? WHERE id = ?`, r.Said.Stored(), r.Words.Stored(), r.Version, db.At(tx.Now), r.ID)
	if err != nil {
		return fmt.Errorf("translate reply %s: %w", r.ID, err)
	}
	return s.keepReply(ctx, tx, by, r, "", "")
}

// putTranslation stores the texts of these keys as they have become.
func (s *Store) putTranslation(ctx context.Context, tx *db.Tx, by sala.Actor, t *translated, lang sala.Lang, set []string) error {
	put := map[string]sala.Text{}
	for i := range t.chain {
		st, before := &t.chain[i], len(put)
		for _, text := range st.texts() {
			if slices.Contains(set, text.Key) {
				put[text.Key] = sala.Text{lang: (*text.Text)[lang]}
			}
		}
		if len(put) == before {
			continue
		}
		err := tx.ExecOne(ctx, `UPDATE tracker_step SET evidence = ?, note = ?, words = ? WHERE id = ?`, st.Evidence.Stored(), st.Note.Stored(), st.Words.Stored(), st.ID)
		if err != nil {
			return fmt.Errorf("translate step %s: %w", st.ID, err)
		}
	}
	for _, r := range t.replies {
		before := len(put)
		for _, text := range r.texts() {
			if slices.Contains(set, text.Key) {
				put[text.Key] = sala.Text{lang: (*text.Text)[lang]}
			}
		}
		if len(put) == before {
			continue
		}
		if err := s.putReply(ctx, tx, by, r); err != nil {
			return err
		}
	}
	r := t.now
	err := tx.ExecOne(ctx, `UPDATE tracker_recommendation SET title = ?, words = ?, version = version + 1, changed = ? WHERE id = ?`,
		r.Title.Stored(), r.Words.Stored(), db.At(tx.Now), r.ID)
	if err != nil {
		return fmt.Errorf("translate recommendation %s: %w", r.ID, err)
	}
	return s.keep(ctx, tx, by, r, r.Version+1, put)
}

// texts are who answers and what. The words that were sent are no translator's.
func (r *Reply) texts() []phrase.Text {
	return []phrase.Text{
		{Key: "reply/" + string(r.ID) + "/said", Text: &r.Said, Limit: longestField},
		{Key: "reply/" + string(r.ID) + "/words", Text: &r.Words, Limit: longestWords, Prose: true},
	}
}

// texts are those of a recommendation and of its own steps. What a row should
// not have said nobody reads.
func (r *Recommendation) texts(chain []Step) []phrase.Text {
	all := []phrase.Text{
		{Key: "title", Text: &r.Title, Limit: longestTitle},
		{Key: "words", Text: &r.Words, Limit: longestWords, Prose: true, Kept: []sala.Lang{r.Original}},
	}
	for i := range chain {
		if chain[i].Of == r.ID && chain[i].State != Retracted {
			all = append(all, chain[i].texts()...)
		}
	}
	return all
}

func (st *Step) texts() []phrase.Text {
	text := func(field string, t *sala.Text) phrase.Text {
		return phrase.Text{Key: "step/" + string(st.ID) + "/" + field, Text: t, Limit: longestWords, Prose: true}
	}
	return []phrase.Text{text("evidence", &st.Evidence), text("adopted", &st.Words), text("note", &st.Note)}
}

// A translated is a recommendation with what translators put into the texts of
// its steps and replies, by version.
type translated struct {
	now      Recommendation
	chain    []Step  // its own steps
	replies  []Reply // its own, but those that were refused
	versions []version
}

// copied is t with texts of its own.
func (t *translated) copied() *translated {
	c := *t
	c.chain, c.replies = slices.Clone(t.chain), slices.Clone(t.replies)
	return &c
}

type version struct {
	number int
	stated stated
}

func (s *Store) translating(ctx context.Context, r db.Reader, id sala.ID) (*translated, error) {
	t := &translated{}
	var err error
	if t.now, err = s.one(ctx, r, id); err != nil {
		return nil, err
	}
	if t.chain, err = s.steps(ctx, r, id); err != nil {
		return nil, err
	}
	t.chain = slices.DeleteFunc(t.chain, func(st Step) bool { return st.Of != id || st.State == Retracted })
	t.replies, err = replies(db.All[replyRow](ctx, r, `
		SELECT `+replyColumns+` FROM tracker_reply p WHERE p.recommendation = ? AND (p.shown OR NOT p.decided) ORDER BY p.day, p.at, p.id`, id))
	if err != nil {
		return nil, err
	}
	type row struct {
		Version int    `bun:"version"`
		Stated  string `bun:"stated"`
	}
	rows, err := db.All[row](ctx, r, `SELECT version, stated FROM tracker_history WHERE recommendation = ? ORDER BY version`, id)
	if err != nil {
		return nil, fmt.Errorf("versions of recommendation %s: %w", id, err)
	}
	for _, row := range rows {
		v := version{number: row.Version}
		if err := json.Unmarshal([]byte(row.Stated), &v.stated); err != nil {
			return nil, fmt.Errorf("version %d of recommendation %s: %w", row.Version, id, err)
		}
		t.versions = append(t.versions, v)
	}
	return t, nil
}

// texts are those that there are. Of a step's and of a reply's a translator may
// change what translators put there: what it was added with is never changed.
func (t *translated) texts() []phrase.Text {
	all := t.now.texts(t.chain)
	for i := range t.replies {
		all = append(all, t.replies[i].texts()...)
	}
	for i := range all {
		if !isAdded(all[i].Key) {
			continue
		}
		put := t.put(all[i].Key, t.now.Version)
		for lang := range *all[i].Text {
			if _, ok := put[lang]; !ok {
				all[i].Kept = append(all[i].Kept, lang)
			}
		}
		slices.Sort(all[i].Kept)
	}
	return all
}

// isAdded reports whether a text is that of a step or of a reply.
func isAdded(key string) bool { return key != "title" && key != "words" }

// put is what translators had put into a text of a step or a reply up to a
// version, "" in a language that they took away.
func (t *translated) put(key string, upTo int) sala.Text {
	put := sala.Text{}
	for _, v := range t.versions {
		for lang, words := range v.stated.Put[key] {
			if v.number <= upTo {
				put[lang] = words
			}
		}
	}
	return put
}

// at are the texts as they were at a version.
func (t *translated) at(number int) ([]phrase.Text, error) {
	i := slices.IndexFunc(t.versions, func(v version) bool { return v.number == number })
	if i < 0 {
		return nil, fmt.Errorf("recommendation %s has no version %d: %w", t.now.ID, number, sala.ErrConflict)
	}
	looked := t.texts()
	for j, text := range looked {
		switch text.Key {
		case "title":
			looked[j].Text = &t.versions[i].stated.Title
		case "words":
			looked[j].Text = &t.versions[i].stated.Words
		default:
			was, now := sala.Text{}, t.put(text.Key, t.now.Version)
			for lang, words := range *text.Text {
				if _, put := now[lang]; !put {
					was[lang] = words
				}
			}
			for lang, words := range t.put(text.Key, number) {
				was[lang] = words
			}
			looked[j].Text = &was
		}
	}
	return looked, nil
}
