package search

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestChunk writes lists of every size and reads them again, in order and one
// by one.
func TestChunk(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	hand := make([]uint8, 5000)
	for i := range hand {
		hand[i] = uint8(random.IntN(hands))
	}
	want := map[uint32][]place{}
	var keys []uint32
	var chunks [][]byte
	w := &chunkWriter{write: func(n int, data []byte) error {
		if n != len(chunks) {
			t.Errorf("chunk %d is written after %d", n, len(chunks))
		}
		chunks = append(chunks, slices.Clone(data))
		return nil
	}}
	var g grouper
	k := uint32(0)
	for range 2000 {
		k += 1 + random.Uint32N(1<<21)
		entry := random.IntN(50)
		for n := 1 + random.IntN(40); n > 0 && entry < len(hand); n-- {
			want[k] = append(want[k], place{uint32(entry), 1 + random.Uint32N(200)*random.Uint32N(2)})
			entry += 1 + random.IntN(200)
		}
		keys = append(keys, k)
		if err := w.add(k, g.append(nil, want[k], hand)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.flush(); err != nil {
		t.Fatal(err)
	}
	if len(chunks) < 3 || len(w.first) != 4*len(chunks) {
		t.Fatalf("%d chunks, first keys in %d bytes", len(chunks), len(w.first))
	}
	read := 0
	for _, data := range chunks {
		c, err := newChunk(data)
		if err != nil {
			t.Fatal(err)
		}
		r := chunkReader{b: data}
		for l, ok, err := r.next(); ok || err != nil; l, ok, err = r.next() {
			if err != nil {
				t.Fatal(err)
			}
			if l.key != keys[read] {
				t.Fatalf("key %d is %d, want %d", read, l.key, keys[read])
			}
			read++
			one, err := c.find(l.key)
			if err != nil || one.count != l.count || !slices.Equal(one.places, l.places) {
				t.Fatalf("key %d is found as %v, want %v, %v", l.key, one, l, err)
			}
			if none, err := c.find(l.key + 1); err != nil || none.count > 0 && want[l.key+1] == nil {
				t.Fatalf("a key that was not written is found: %v, %v", none, err)
			}
			var got []place
			if err := eachPlace(l.places, len(hand), func(entry, times uint32) { got = append(got, place{entry, times}) }); err != nil {
				t.Fatal(err)
			}
			slices.SortFunc(got, func(a, b place) int { return int(a.entry) - int(b.entry) })
			if !slices.Equal(got, want[l.key]) || int(l.count) != len(got) {
				t.Fatalf("key %d: places %v, want %v", l.key, got, want[l.key])
			}
		}
	}
	if read != len(keys) {
		t.Errorf("%d keys read of %d", read, len(keys))
	}
}

// FuzzChunk reads bytes that nobody wrote as a chunk: they are broken or they
// are lists, and no list is read past the chunk or past the entries.
func FuzzChunk(f *testing.F) {
	var g grouper
	hand := []uint8{0, 4, 4, 15, 0}
	seed := []byte{7}
	seed = g.append(seed, []place{{0, 1}, {1, 2}, {2, 300}, {3, 1}}, hand)
	seed = g.append(append(seed, 9), []place{{4, 5}}, hand)
	f.Add(seed)
	f.Add(seed[:len(seed)-1])
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{})
	f.Add([]byte("0\xff\xff\xff\xff\xff7\x010B\x010")) // counts whose sum is too large for one
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := newChunk(data)
		if err != nil {
			if !errors.Is(err, errBroken) {
				t.Fatal(err)
			}
			return
		}
		scores, lengths := make([]float32, 100), make([]uint16, 100)
		r := chunkReader{b: data}
		for {
			l, ok, err := r.next()
			if err != nil {
				t.Fatalf("a chunk that was whole is broken: %v", err)
			}
			if !ok {
				break
			}
			if one, err := c.find(l.key); err != nil || one.count != l.count || !slices.Equal(one.places, l.places) {
				t.Fatalf("key %d is found as %v, want %v, %v", l.key, one, l, err)
			}
			if err := eachPlace(l.places, len(scores), func(entry, _ uint32) { scores[entry]++ }); err != nil && !errors.Is(err, errBroken) {
				t.Fatal(err)
			}
			gain := gain{most: 1, flat: 1, slope: 1}
			for rest, more := l.places, len(l.places) > 0; more; {
				var some group
				if some, rest, more, err = nextGroup(rest); err != nil {
					t.Fatal(err)
				}
				if err := gain.add(some.places, scores, lengths); err != nil && !errors.Is(err, errBroken) {
					t.Fatal(err)
				}
			}
			for h := range uint8(hands) {
				if l.in(h) > float64(l.count) {
					t.Fatalf("in hand %d in %v texts of %d", h, l.in(h), l.count)
				}
			}
		}
	})
}
