package search

import (
	"context"
	"fmt"
	"slices"

	"sala/internal/db"
)

// merge makes one segment of several of like size, without what is dead, so
// that a question asks few segments however the texts came in. What is known
// of a text is written anew only as often as the index has grown eightfold,
// the text itself never.
func (x *Index) merge(ctx context.Context, tx *db.Tx) error {
	for {
		type row struct {
			ID      int64 `bun:"id"`
			Entries int   `bun:"entries"`
		}
		rows, err := db.All[row](ctx, tx, `SELECT id, entries FROM search_segment ORDER BY id`)
		if err != nil {
			return err
		}
		tiers := map[int][]int64{}
		var full []int64
		for _, r := range rows {
			tier := 0
			for n := r.Entries; n >= mergeAt; n /= mergeAt {
				tier++
			}
			tiers[tier] = append(tiers[tier], r.ID)
			if len(tiers[tier]) >= mergeAt {
				full = tiers[tier]
				break
			}
		}
		if full == nil {
			return nil
		}
		if err := mergeSegments(ctx, tx, full); err != nil {
			return fmt.Errorf("merge segments of the search index: %w", err)
		}
	}
}

// A cursor reads the lists of one segment in order, chunk by chunk.
type cursor struct {
	s      *segment
	chunk  int
	reader chunkReader
	at     list
	end    bool
	became []int64 // the new number of each entry, -1 if it is dead
}

func (c *cursor) next(ctx context.Context, tx *db.Tx) error {
	for {
		l, ok, err := c.reader.next()
		if err != nil {
			return err
		}
		if ok {
			c.at = l
			return nil
		}
		if c.chunk >= len(c.s.first) {
			c.end = true
			return nil
		}
		type row struct {
			Data []byte `bun:"data"`
		}
		data, err := db.One[row](ctx, tx, `SELECT data FROM search_chunk WHERE segment = ? AND number = ?`, c.s.id, c.chunk)
		if err != nil {
			return err
		}
		c.chunk++
		c.reader = chunkReader{b: data.Data}
	}
}

func mergeSegments(ctx context.Context, tx *db.Tx, ids []int64) error {
	to, err := newSegment(ctx, tx)
	if err != nil {
		return err
	}
	var columns columns
	words := map[string]uint32{}
	var cursors []*cursor
	entries := int64(0)
	gone, err := dead(ctx, tx)
	if err != nil {
		return err
	}
	var forget []int64
	for _, id := range ids {
		s, err := loadSegment(ctx, tx, id, nil)
		if err != nil {
			return err
		}
		s.bury(gone)
		c := &cursor{s: s, became: make([]int64, s.entries)}
		for n := range s.entries {
			if s.dead[uint32(n)] {
				c.became[n] = -1
				forget = append(forget, s.columns.Entry[n])
				continue
			}
			c.became[n] = entries
			columns.copy(&s.columns, n)
			entries++
		}
		said, err := segmentWords(ctx, tx, id)
		if err != nil {
			return err
		}
		for w, n := range said { // of the dead, too: a word too many does no harm until the next merge
			words[w] += n
		}
		cursors = append(cursors, c)
	}
	w := &chunkWriter{write: func(n int, data []byte) error { return storeChunk(ctx, tx, to, n, data) }}
	if err := mergeLists(ctx, tx, cursors, columns.Hand, w); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM search_chunk WHERE segment IN (?)`, db.In(ids)); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM search_segment WHERE id IN (?)`, db.In(ids)); err != nil {
		return err
	}
	for some := range slices.Chunk(forget, 400) {
		if _, err := tx.Exec(ctx, `DELETE FROM search_entry WHERE id IN (?)`, db.In(some)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM search_dead WHERE entry IN (?)`, db.In(some)); err != nil {
			return err
		}
	}
	if entries == 0 {
		return nil
	}
	return storeSegment(ctx, tx, to, int(entries), &columns, w.first, words)
}

// mergeLists writes the lists of all cursors as one row of lists.
func mergeLists(ctx context.Context, tx *db.Tx, cursors []*cursor, hand []uint8, w *chunkWriter) error {
	for _, c := range cursors {
		if err := c.next(ctx, tx); err != nil {
			return err
		}
	}
	var g grouper
	var places []place
	var written []byte
	for {
		least, any := uint32(0), false
		for _, c := range cursors {
			if !c.end && (!any || c.at.key < least) {
				least, any = c.at.key, true
			}
		}
		if !any {
			return w.flush()
		}
		places = places[:0]
		for _, c := range cursors { // their entries follow each other, in each hand
			if c.end || c.at.key != least {
				continue
			}
			err := eachPlace(c.at.places, c.s.entries, func(entry, times uint32) {
				if n := c.became[entry]; n >= 0 {
					places = append(places, place{uint32(n), times})
				}
			})
			if err != nil {
				return err
			}
			if err := c.next(ctx, tx); err != nil {
				return err
			}
		}
		if len(places) == 0 {
			continue
		}
		written = g.append(written[:0], places, hand)
		if err := w.add(least, written); err != nil {
			return err
		}
	}
}

// copy takes one entry of other over.
func (c *columns) copy(other *columns, n int) {
	for i := range c.Length {
		c.Length[i] = append(c.Length[i], other.Length[i][n])
	}
	c.Entry = append(c.Entry, other.Entry[n])
	c.Lang = append(c.Lang, at(&c.Langs, other.Langs[other.Lang[n]]))
	c.Hand = append(c.Hand, other.Hand[n])
	c.Kind = append(c.Kind, at(&c.Kinds, other.Kinds[other.Kind[n]]))
	c.Year = append(c.Year, other.Year[n])
	terms := make([]uint16, 0, len(other.Terms[n]))
	for _, t := range other.Terms[n] {
		terms = append(terms, at(&c.AllTerms, other.AllTerms[t]))
	}
	c.Terms = append(c.Terms, slices.Clip(terms))
	c.Ref = append(c.Ref, other.Ref[n])
}

func segmentWords(ctx context.Context, r db.Reader, id int64) (map[string]uint32, error) {
	type row struct {
		Words []byte `bun:"words"`
	}
	b, err := db.One[row](ctx, r, `SELECT words FROM search_segment WHERE id = ?`, id)
	if err != nil {
		return nil, err
	}
	words := map[string]uint32{}
	if err := unpack(b.Words, &words); err != nil {
		return nil, fmt.Errorf("%w: %w", errBroken, err)
	}
	return words, nil
}
