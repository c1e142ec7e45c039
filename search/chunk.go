package search

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"sala/internal/db"
)

// A chunk is one that was read, with every sixteenth of its keys at hand.
type chunk struct {
	data []byte
	keys []uint32
	at   []uint32 // where the places of each begin
	size int
}

const stride = 16

// newChunk looks through a chunk once, so that it is known to be whole and its
// keys to rise.
func newChunk(data []byte) (*chunk, error) {
	c := &chunk{data: data, size: len(data) + 128}
	r, last := chunkReader{b: data}, uint32(0)
	for n := 0; ; n++ {
		l, ok, err := r.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		if n > 0 && l.key <= last {
			return nil, errBroken
		}
		last = l.key
		if n%stride == 0 {
			c.keys = append(c.keys, l.key)
			c.at = append(c.at, uint32(len(data)-len(r.b)-len(l.places)))
		}
	}
	c.size += 8 * len(c.keys)
	return c, nil
}

// find returns the list of a key, one without places if there is none.
func (c *chunk) find(k uint32) (list, error) {
	n, found := slices.BinarySearch(c.keys, k)
	if found {
		n++
	}
	if n == 0 {
		return list{key: k}, nil
	}
	// The key of the first list is in the directory: read on behind its delta.
	r := chunkReader{b: c.data[c.at[n-1]:], last: c.keys[n-1]}
	l, err := r.rest()
	for err == nil && l.key < k {
		var ok bool
		if l, ok, err = r.next(); !ok {
			break
		}
	}
	if err != nil || l.key != k {
		return list{key: k}, err
	}
	return l, nil
}

// A cache keeps the chunks that were asked for last. When its younger half is
// full it becomes the older half, and what was the older half is forgotten:
// what is asked for again moves up.
type cache struct {
	mu         sync.Mutex
	young, old map[chunkID]*chunk
	bytes      int // of the younger half
}

type chunkID struct {
	segment int64
	number  int32
}

// cacheBytes is how much memory chunks may take: a site of some ten thousand
// texts has its whole index in it.
const cacheBytes = 128 << 20

func (c *cache) get(id chunkID) *chunk {
	if k := c.young[id]; k != nil {
		return k
	}
	k := c.old[id]
	if k != nil {
		c.put(id, k)
	}
	return k
}

func (c *cache) put(id chunkID, k *chunk) {
	if c.young == nil || c.bytes+k.size > cacheBytes/2 {
		c.old, c.young, c.bytes = c.young, map[chunkID]*chunk{}, 0
	}
	c.young[id] = k
	c.bytes += k.size
}

// find reads the lists of keys, which are in order: one for each, without
// places where there is none.
func (s *segment) find(ctx context.Context, d db.Reader, keys []uint32) ([]list, error) {
	out := make([]list, len(keys))
	chunks := make(map[int32]*chunk, len(keys))
	var missing []int32
	s.cache.mu.Lock()
	last := int32(-1)
	for _, k := range keys {
		n := int32(s.chunkOf(k))
		if n < 0 || n == last {
			continue
		}
		last = n
		if chunks[n] = s.cache.get(chunkID{s.id, n}); chunks[n] == nil {
			missing = append(missing, n)
		}
	}
	s.cache.mu.Unlock()
	type row struct {
		Number int32  `bun:"number"`
		Data   []byte `bun:"data"`
	}
	for some := range slices.Chunk(missing, 400) {
		rows, err := db.All[row](ctx, d, `SELECT number, data FROM search_chunk WHERE segment = ? AND number IN (?)`, s.id, db.In(some))
		if err != nil {
			return nil, fmt.Errorf("read the search index: %w", err)
		}
		if len(rows) != len(some) {
			return nil, fmt.Errorf("%w: %d chunks of %d", errMerged, len(rows), len(some))
		}
		for _, r := range rows {
			c, err := newChunk(r.Data)
			if err != nil {
				return nil, err
			}
			chunks[r.Number] = c
		}
	}
	if len(missing) > 0 {
		s.cache.mu.Lock()
		for _, n := range missing {
			if c := chunks[n]; c != nil {
				s.cache.put(chunkID{s.id, n}, c)
			}
		}
		s.cache.mu.Unlock()
	}
	for i, k := range keys {
		out[i].key = k
		c := chunks[int32(s.chunkOf(k))]
		if c == nil {
			continue
		}
		var err error
		if out[i], err = c.find(k); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// lists is find, by key, of those that there are.
func (s *segment) lists(ctx context.Context, d db.Reader, keys []uint32) (map[uint32]list, error) {
	all, err := s.find(ctx, d, keys)
	if err != nil {
		return nil, err
	}
	found := make(map[uint32]list, len(all))
	for _, l := range all {
		if l.count > 0 {
			found[l.key] = l
		}
	}
	return found, nil
}
