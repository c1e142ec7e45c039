package search

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/script"
)

// A builder gathers entries into a segment.
type builder struct {
	tok     tokenizer
	postes  []posted
	own     map[uint32]posted // of the entry at hand
	columns columns
	entries []entry
	words   map[string]uint32 // how many entries a word is in
}

// posted is one token in one entry.
type posted struct {
	key, entry, times uint32
}

// An entry is one text as the index keeps it.
type entry struct {
	doc  sala.Document
	text []byte // packed
}

func newBuilder() *builder {
	return &builder{own: map[uint32]posted{}, words: map[string]uint32{}}
}

// What a word counts for in each field, in times it would have to stand in
// the text.
const (
	inTitle = 4
	inNames = 2
)

// add takes one document.
func (b *builder) add(d sala.Document) error {
	n := uint32(len(b.entries))
	d.Title, _ = script.Unzawgyi(d.Title)
	d.Text, _ = script.Unzawgyi(d.Text)
	clear(b.own)
	var lengths [classes]int
	body := script.Normalize(d.Text)
	for _, field := range []struct {
		text   string
		weight uint32
	}{{script.Normalize(d.Title), inTitle}, {body, 1}, {script.Normalize(strings.Join(d.Names, "\n")), inNames}, {script.Normalize(strings.Join(d.Places, "\n")), inNames}} {
		if field.text == "" {
			continue
		}
		for _, t := range b.tok.text(field.text) {
			p, had := b.own[t.key]
			p.key, p.entry = t.key, n
			p.times += field.weight
			b.own[t.key] = p
			switch t.feature {
			case alphaWord, alphaNumber, sylWord, hanUnit, kanaUnit:
				lengths[t.class]++
				if !had && (t.feature == alphaWord || t.feature == sylWord) && t.to-t.from <= longWord {
					b.words[field.text[t.from:t.to]]++
				}
			}
		}
	}
	for _, p := range b.own {
		b.postes = append(b.postes, p)
	}
	text, err := packText(d.Text)
	if err != nil {
		return err
	}
	b.columns.add(d, lengths, handOf(body))
	d.Text = ""
	b.entries = append(b.entries, entry{d, text})
	return nil
}

// store writes the segment. Rows are written before the segment is named, in
// one transaction, so that nobody sees half of it.
func (b *builder) store(ctx context.Context, tx *db.Tx) error {
	if len(b.entries) == 0 {
		return nil
	}
	id, err := newSegment(ctx, tx)
	if err != nil {
		return err
	}
	slices.SortFunc(b.postes, func(x, y posted) int {
		if x.key != y.key {
			if x.key < y.key {
				return -1
			}
			return 1
		}
		return int(x.entry) - int(y.entry)
	})
	w := &chunkWriter{write: func(n int, data []byte) error { return storeChunk(ctx, tx, id, n, data) }}
	var places []place
	var written []byte
	for i := 0; i < len(b.postes); {
		j := i
		places = places[:0]
		for j < len(b.postes) && b.postes[j].key == b.postes[i].key {
			places = append(places, place{b.postes[j].entry, b.postes[j].times})
			j++
		}
		written = appendPlaces(written[:0], places)
		if err := w.add(list{b.postes[i].key, uint32(len(places)), written}); err != nil {
			return err
		}
		i = j
	}
	if err := w.flush(); err != nil {
		return err
	}
	for n, e := range b.entries {
		if err := storeEntry(ctx, tx, id, n, e); err != nil {
			return err
		}
	}
	return storeSegment(ctx, tx, id, len(b.entries), &b.columns, w.first, b.words)
}

func newSegment(ctx context.Context, tx *db.Tx) (int64, error) {
	id, err := db.One[int64](ctx, tx, `
		INSERT INTO search_state (name, value) VALUES ('segment', 1)
		ON CONFLICT (name) DO UPDATE SET value = search_state.value + 1 RETURNING value`)
	if err != nil {
		return 0, fmt.Errorf("number a segment: %w", err)
	}
	return id, nil
}

func storeChunk(ctx context.Context, tx *db.Tx, segment int64, n int, data []byte) error {
	if _, err := tx.ExecLarge(ctx, `INSERT INTO search_chunk (segment, number, data) VALUES (?, ?, ?)`, segment, n, data); err != nil {
		return fmt.Errorf("store a chunk of the search index: %w", err)
	}
	return nil
}

func storeEntry(ctx context.Context, tx *db.Tx, segment int64, n int, e entry) error {
	_, err := tx.ExecLarge(ctx, `
		INSERT INTO search_entry (segment, number, ref_kind, ref_id, edition, lang, title, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		segment, n, string(e.doc.Ref.Kind), string(e.doc.Ref.ID), string(e.doc.Edition), string(e.doc.Lang), e.doc.Title, e.text)
	if err != nil {
		return fmt.Errorf("store an entry of the search index: %w", err)
	}
	return nil
}

func storeSegment(ctx context.Context, tx *db.Tx, id int64, entries int, c *columns, first []byte, words map[string]uint32) error {
	packed, err := pack(c)
	if err != nil {
		return err
	}
	said, err := pack(words)
	if err != nil {
		return err
	}
	if first == nil {
		first = []byte{}
	}
	if _, err := tx.ExecLarge(ctx, `INSERT INTO search_segment (id, entries, columns, chunks, words) VALUES (?, ?, ?, ?, ?)`, id, entries, packed, first, said); err != nil {
		return fmt.Errorf("store a segment of the search index: %w", err)
	}
	return nil
}

// A segment is what is in memory of one that is stored.
type segment struct {
	id      int64
	entries int
	columns columns
	first   []uint32 // key of each chunk
	dead    map[uint32]bool
}

func loadSegment(ctx context.Context, d db.Reader, id int64) (*segment, error) {
	type row struct {
		Entries int    `bun:"entries"`
		Columns []byte `bun:"columns"`
		Chunks  []byte `bun:"chunks"`
	}
	r, err := db.One[row](ctx, d, `SELECT entries, columns, chunks FROM search_segment WHERE id = ?`, id)
	if err != nil {
		return nil, err
	}
	s := &segment{id: id, entries: r.Entries, dead: map[uint32]bool{}}
	if err := unpack(r.Columns, &s.columns); err != nil {
		return nil, fmt.Errorf("%w: %w", errBroken, err)
	}
	for b := r.Chunks; len(b) >= 4; b = b[4:] {
		s.first = append(s.first, binary.LittleEndian.Uint32(b))
	}
	return s, nil
}

// chunkOf returns the number of the chunk that would hold a key, -1 if none.
// A chunk may end and the next begin with keys that differ; no key is split.
func (s *segment) chunkOf(k uint32) int {
	n, found := slices.BinarySearch(s.first, k)
	if found {
		return n
	}
	return n - 1
}

// lists reads the places of keys, which are in order.
func (s *segment) lists(ctx context.Context, d db.Reader, keys []uint32) (map[uint32]list, error) {
	found := make(map[uint32]list, len(keys))
	wanted := map[int][]uint32{}
	var numbers []int
	for _, k := range keys {
		n := s.chunkOf(k)
		if n < 0 {
			continue
		}
		if wanted[n] == nil {
			numbers = append(numbers, n)
		}
		wanted[n] = append(wanted[n], k)
	}
	type row struct {
		Number int    `bun:"number"`
		Data   []byte `bun:"data"`
	}
	for batch := range slices.Chunk(numbers, 400) {
		rows, err := db.All[row](ctx, d, `SELECT number, data FROM search_chunk WHERE segment = ? AND number IN (?)`, s.id, db.In(batch))
		if err != nil {
			return nil, fmt.Errorf("read the search index: %w", err)
		}
		for _, r := range rows {
			want := wanted[r.Number]
			c := chunkReader{b: r.Data}
			for len(want) > 0 {
				l, ok, err := c.next()
				if err != nil {
					return nil, err
				}
				if !ok {
					break
				}
				for len(want) > 0 && want[0] < l.key {
					want = want[1:]
				}
				if len(want) > 0 && want[0] == l.key {
					found[l.key] = l
					want = want[1:]
				}
			}
		}
	}
	return found, nil
}
