package search

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
)

// A builder gathers entries into a segment.
type builder struct {
	postes  []posted
	columns columns
	entries []entry
	words   map[string]*wordCount
}

// posted is a token in an entry. One that stands there more than once is
// there more than once, until the segment is written.
type posted struct {
	key, entry, times uint32
}

// A wordCount is in how many entries a word is.
type wordCount struct {
	entries uint32
	last    uint32 // the last of them, + 1
}

// An entry is one text as the index keeps it.
type entry struct {
	doc  sala.Document
	text []byte // packed: see fields
}

func newBuilder() *builder {
	return &builder{words: map[string]*wordCount{}}
}

// full reports whether it is time to write the segment: long texts fill it
// sooner, so that a book takes no more memory than many statements.
func (b *builder) full() bool {
	return len(b.entries) >= batch || len(b.postes) >= batchPostes
}

// add takes some documents, in their order.
func (b *builder) add(docs ...sala.Document) error {
	for _, p := range prepareAll(docs) {
		if p.err != nil {
			return p.err
		}
		n := uint32(len(b.entries))
		for _, t := range p.postes {
			t.entry = n
			b.postes = append(b.postes, t)
		}
		for _, w := range p.words {
			b.word(w, n+1)
		}
		b.columns.add(p.doc, p.lengths, p.hand)
		b.entries = append(b.entries, entry{sala.Document{Ref: p.doc.Ref, Edition: p.doc.Edition, Lang: p.doc.Lang, Title: p.title}, p.text})
	}
	return nil
}

func (b *builder) word(w string, n uint32) {
	c := b.words[w]
	if c == nil {
		c = &wordCount{}
		b.words[strings.Clone(w)] = c
	}
	if c.last != n {
		c.entries, c.last = c.entries+1, n
	}
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
	postes := sortPosted(b.postes)
	w := &chunkWriter{write: func(n int, data []byte) error { return storeChunk(ctx, tx, id, n, data) }}
	var g grouper
	var places []place
	var written []byte
	for i := 0; i < len(postes); {
		k := postes[i].key
		places = places[:0]
		for ; i < len(postes) && postes[i].key == k; i++ {
			p := postes[i]
			if n := len(places) - 1; n >= 0 && places[n].entry == p.entry {
				places[n].times += p.times
			} else {
				places = append(places, place{p.entry, p.times})
			}
		}
		written = g.append(written[:0], places, b.columns.Hand)
		if err := w.add(k, written); err != nil {
			return err
		}
	}
	if err := w.flush(); err != nil {
		return err
	}
	first, err := count(ctx, tx, "entry", len(b.entries))
	if err != nil {
		return err
	}
	for n, e := range b.entries {
		entry := first + int64(n)
		if err := storeEntry(ctx, tx, entry, e); err != nil {
			return err
		}
		b.columns.Entry = append(b.columns.Entry, entry)
	}
	words := make(map[string]uint32, len(b.words))
	for w, c := range b.words {
		words[w] = c.entries
	}
	return storeSegment(ctx, tx, id, len(b.entries), &b.columns, w.first, words)
}

// sortPosted sorts by key; of one key the order stays, which is that of the
// entries. It is a radix sort, as there are millions.
func sortPosted(a []posted) []posted {
	b := make([]posted, len(a))
	for shift := 0; shift < 32; shift += 8 {
		var at [257]int
		for i := range a {
			at[(a[i].key>>shift)&255+1]++
		}
		for i := 1; i < len(at); i++ {
			at[i] += at[i-1]
		}
		for _, p := range a {
			d := (p.key >> shift) & 255
			b[at[d]] = p
			at[d]++
		}
		a, b = b, a
	}
	return a
}

func newSegment(ctx context.Context, tx *db.Tx) (int64, error) { return count(ctx, tx, "segment", 1) }

// count gives n things numbers that no other of their sort ever had, and
// returns the first.
func count(ctx context.Context, tx *db.Tx, of string, n int) (int64, error) {
	last, err := db.One[int64](ctx, tx, `
		INSERT INTO search_state (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = search_state.value + excluded.value RETURNING value`, of, n)
	if err != nil {
		return 0, fmt.Errorf("number what the search index holds: %w", err)
	}
	return last - int64(n) + 1, nil
}

func storeChunk(ctx context.Context, tx *db.Tx, segment int64, n int, data []byte) error {
	if _, err := tx.ExecLarge(ctx, `INSERT INTO search_chunk (segment, number, data) VALUES (?, ?, ?)`, segment, n, data); err != nil {
		return fmt.Errorf("store a chunk of the search index: %w", err)
	}
	return nil
}

func storeEntry(ctx context.Context, tx *db.Tx, id int64, e entry) error {
	_, err := tx.ExecLarge(ctx, `
		INSERT INTO search_entry (id, ref_kind, ref_id, edition, lang, title, text) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		id, string(e.doc.Ref.Kind), string(e.doc.Ref.ID), string(e.doc.Edition), string(e.doc.Lang), e.doc.Title, e.text)
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
	sums    [hands]sums
	cache   *cache
}

// sums say how much is written in a hand.
type sums struct {
	entries float64
	length  [classes]float64 // together
	having  [classes]float64 // how many have any
}

func (s *sums) add(o *sums) {
	s.entries += o.entries
	for c := range s.length {
		s.length[c] += o.length[c]
		s.having[c] += o.having[c]
	}
}

func loadSegment(ctx context.Context, d db.Reader, id int64, cache *cache) (*segment, error) {
	type row struct {
		Entries int    `bun:"entries"`
		Columns []byte `bun:"columns"`
		Chunks  []byte `bun:"chunks"`
	}
	r, err := db.One[row](ctx, d, `SELECT entries, columns, chunks FROM search_segment WHERE id = ?`, id)
	if err != nil {
		return nil, err
	}
	s := &segment{id: id, entries: r.Entries, dead: map[uint32]bool{}, cache: cache}
	if err := unpack(r.Columns, &s.columns); err != nil {
		return nil, fmt.Errorf("%w: %w", errBroken, err)
	}
	for b := r.Chunks; len(b) >= 4; b = b[4:] {
		s.first = append(s.first, binary.LittleEndian.Uint32(b))
	}
	for n, hand := range s.columns.Hand {
		sum := &s.sums[hand%hands]
		sum.entries++
		for c := range sum.length {
			if l := s.columns.Length[c][n]; l > 0 {
				sum.length[c] += float64(l)
				sum.having[c]++
			}
		}
	}
	return s, nil
}

// bury marks those of the entries as dead that are gone.
func (s *segment) bury(gone map[int64]bool) {
	if len(gone) == 0 {
		return
	}
	for n, id := range s.columns.Entry {
		if gone[id] {
			s.dead[uint32(n)] = true
		}
	}
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
