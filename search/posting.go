package search

import (
	"encoding/binary"
	"fmt"
	"math"
)

// How places are written. A chunk is a few kilobytes of keys in order, each
//
//	varint: how much greater it is than the key before (the first: than 0)
//	groups, one for each hand (see handOf) in whose texts it occurs:
//		varint: in how many entries × 32 + the hand × 2 + 1 if one more group follows
//		varint: how many bytes follow, unless it is one entry
//		for each entry, in order: varint of (how much greater its number is) × 4 + times
//
// where times is how often it occurs there: 1, 2, 3, or 0 for a varint that
// follows. Most keys occur once and take five or six bytes. Chunks are found
// by the first key of each, which a segment lists.

// chunkBytes is when a chunk is full: small enough to be read for one key.
const chunkBytes = 4 << 10

// A place is how often a token occurs in an entry.
type place struct {
	entry uint32
	times uint32
}

// appendPlaces writes the places of one token in texts of one hand.
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

// A grouper writes the places of a token, by the hands of the entries.
type grouper struct {
	byHand [hands][]place
	buffer []byte
}

func (g *grouper) append(dst []byte, places []place, hand []uint8) []byte {
	in := uint32(0)
	for _, p := range places {
		h := hand[p.entry] % hands
		g.byHand[h] = append(g.byHand[h], p)
		in |= 1 << h
	}
	for h := range g.byHand {
		some := g.byHand[h]
		if len(some) == 0 {
			continue
		}
		head := uint64(len(some))<<5 | uint64(h)<<1
		if in &^= 1 << h; in != 0 {
			head |= 1
		}
		dst = binary.AppendUvarint(dst, head)
		if len(some) == 1 {
			dst = appendPlaces(dst, some)
		} else {
			g.buffer = appendPlaces(g.buffer[:0], some)
			dst = binary.AppendUvarint(dst, uint64(len(g.buffer)))
			dst = append(dst, g.buffer...)
		}
		g.byHand[h] = some[:0]
	}
	return dst
}

// A group is the places of a token in texts of one hand, still written.
type group struct {
	hand   uint8
	count  uint32
	places []byte
}

// nextGroup cuts the first group off; more says whether another follows.
func nextGroup(b []byte) (g group, rest []byte, more bool, err error) {
	head, n := binary.Uvarint(b)
	if n <= 0 {
		return g, nil, false, errBroken
	}
	b = b[n:]
	count, size := head>>5, uint64(0)
	if count == 1 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return g, nil, false, errBroken
		}
		size = uint64(n)
		if v&3 == 0 {
			if _, n = binary.Uvarint(b[n:]); n <= 0 {
				return g, nil, false, errBroken
			}
			size += uint64(n)
		}
	} else {
		if size, n = binary.Uvarint(b); n <= 0 {
			return g, nil, false, errBroken
		}
		b = b[n:]
	}
	// A place is a byte at least, so no sum of counts passes the bytes of a chunk.
	if size > uint64(len(b)) || count == 0 || count > size {
		return g, nil, false, errBroken
	}
	g.hand, g.count, g.places = uint8(head>>1)%hands, uint32(count), b[:size]
	return g, b[size:], head&1 == 1, nil
}

// eachPlace reads the places of a token in a segment of so many entries. They
// are in order within the texts of one hand.
func eachPlace(b []byte, entries int, f func(entry, times uint32)) error {
	for more := len(b) > 0; more; {
		var g group
		var err error
		if g, b, more, err = nextGroup(b); err != nil {
			return err
		}
		if err := g.each(entries, f); err != nil {
			return err
		}
	}
	return nil
}

// each reads the places of a group.
func (g group) each(entries int, f func(entry, times uint32)) error {
	entry := uint32(0)
	for b := g.places; len(b) > 0; {
		v, n := uint64(b[0]), 1
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
		if int(entry) >= entries {
			return errBroken
		}
		f(entry, times)
	}
	return nil
}

var errBroken = fmt.Errorf("the search index is broken: build it again with `sala check --rebuild-search`")

// A list is one token's places, still written.
type list struct {
	key    uint32
	count  uint32 // of all hands
	places []byte // its groups
}

// in returns in how many texts of a hand the token occurs.
func (l list) in(hand uint8) float64 {
	b := l.places
	for more := len(b) > 0; more; {
		var g group
		var err error
		if g, b, more, err = nextGroup(b); err != nil {
			return 0 // reading the places tells
		}
		if g.hand == hand {
			return float64(g.count)
		}
	}
	return 0
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
	more, n := binary.Uvarint(c.b)
	if n <= 0 || more > uint64(math.MaxUint32-c.last) {
		return l, false, errBroken
	}
	c.last += uint32(more)
	c.b = c.b[n:]
	l, err = c.rest()
	return l, err == nil, err
}

// rest reads the places of the list whose key was read last.
func (c *chunkReader) rest() (list, error) {
	l := list{key: c.last}
	rest := c.b
	for more := true; more; {
		var g group
		var err error
		if g, rest, more, err = nextGroup(rest); err != nil {
			return l, err
		}
		l.count += g.count
	}
	l.places = c.b[:len(c.b)-len(rest)]
	c.b = rest
	return l, nil
}

// A chunkWriter gathers lists, in the order of their keys, into chunks.
type chunkWriter struct {
	b     []byte
	last  uint32
	first []byte // of each chunk, four bytes
	write func(number int, data []byte) error
	n     int
}

func (c *chunkWriter) add(key uint32, places []byte) error {
	if len(c.b) == 0 {
		c.first = binary.LittleEndian.AppendUint32(c.first, key)
		c.last = 0
	}
	c.b = binary.AppendUvarint(c.b, uint64(key-c.last))
	c.b = append(c.b, places...)
	c.last = key
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
