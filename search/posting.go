package search

import (
	"encoding/binary"
	"fmt"
)

// How places are written. A chunk is a few kilobytes of keys in order, each
//
//	varint: how much greater it is than the key before (the first: than 0)
//	varint: in how many entries it occurs
//	varint: how many bytes follow
//	for each entry, in order: varint of (how much greater its number is) × 4 + times
//
// where times is how often it occurs there: 1, 2, 3, or 0 for a varint that
// follows. Chunks are found by the first key of each, which a segment lists.

// chunkBytes is when a chunk is full: small enough to be read for one key.
const chunkBytes = 4 << 10

// A place is how often a token occurs in an entry.
type place struct {
	entry uint32
	times uint32
}

// appendPlaces writes the places of one token.
func appendPlaces(dst []byte, places []place) []byte {
	last := uint32(0)
	for _, p := range places {
		code := p.times
		if code > 3 {
			code = 0
		}
		dst = binary.AppendUvarint(dst, uint64(p.entry-last)<<2|uint64(code))
		if code == 0 {
			dst = binary.AppendUvarint(dst, uint64(p.times))
		}
		last = p.entry
	}
	return dst
}

// eachPlace reads them.
func eachPlace(b []byte, f func(entry, times uint32)) error {
	entry := uint32(0)
	for len(b) > 0 {
		// Most numbers are of one or two bytes: by hand, as this is where
		// search spends its time.
		v := uint64(b[0])
		n := 1
		if v >= 0x80 {
			if v, n = binary.Uvarint(b); n <= 0 {
				return errBroken
			}
		}
		b = b[n:]
		entry += uint32(v >> 2)
		times := uint32(v & 3)
		if times == 0 {
			t, n := binary.Uvarint(b)
			if n <= 0 {
				return errBroken
			}
			times = uint32(t)
			b = b[n:]
		}
		f(entry, times)
	}
	return nil
}

var errBroken = fmt.Errorf("the search index is broken: build it again with `sala check --rebuild-search`")

// A list is one token's places, still written.
type list struct {
	key    uint32
	count  uint32
	places []byte
}

// A chunkReader reads the lists of a chunk in order.
type chunkReader struct {
	b    []byte
	last uint32
}

// next returns the next list; ok is false at the end.
func (c *chunkReader) next() (l list, ok bool, err error) {
	if len(c.b) == 0 {
		return l, false, nil
	}
	var v [3]uint64
	for i := range v {
		n := 0
		if v[i], n = binary.Uvarint(c.b); n <= 0 {
			return l, false, errBroken
		}
		c.b = c.b[n:]
	}
	if v[2] > uint64(len(c.b)) {
		return l, false, errBroken
	}
	c.last += uint32(v[0])
	l = list{c.last, uint32(v[1]), c.b[:v[2]]}
	c.b = c.b[v[2]:]
	return l, true, nil
}

// A chunkWriter gathers lists, in the order of their keys, into chunks.
type chunkWriter struct {
	b     []byte
	last  uint32
	first []byte // of each chunk, four bytes
	write func(number int, data []byte) error
	n     int
}

func (c *chunkWriter) add(l list) error {
	if len(c.b) == 0 {
		c.first = binary.LittleEndian.AppendUint32(c.first, l.key)
		c.last = 0
	}
	c.b = binary.AppendUvarint(c.b, uint64(l.key-c.last))
	c.b = binary.AppendUvarint(c.b, uint64(l.count))
	c.b = binary.AppendUvarint(c.b, uint64(len(l.places)))
	c.b = append(c.b, l.places...)
	c.last = l.key
	if len(c.b) >= chunkBytes {
		return c.flush()
	}
	return nil
}

func (c *chunkWriter) flush() error {
	if len(c.b) == 0 {
		return nil
	}
	err := c.write(c.n, c.b)
	c.n++
	c.b = c.b[:0]
	return err
}
