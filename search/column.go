package search

import (
	"bytes"
	"compress/flate"
	"encoding/gob"
	"io"
	"sync"

	"sala"
	"sala/script"
)

// columns are what is known of every entry of a segment without reading it:
// enough to rank and to filter. They are kept in memory.
type columns struct {
	Entry  []int64           // its row, which stays when segments are merged
	Length [classes][]uint16 // how many words or characters, by class
	Lang   []uint16          // place in Langs
	Hand   []uint8           // how it is written: see handOf
	Kind   []uint16          // place in Kinds
	Year   []uint16
	Terms  [][]uint16 // places in AllTerms
	Ref    []string   // what it is a text of

	Langs    []string
	Kinds    []string
	AllTerms []string
}

// at returns the place of s in all, which it may add.
func at(all *[]string, s string) uint16 {
	for i, t := range *all {
		if t == s {
			return uint16(i)
		}
	}
	*all = append(*all, s)
	return uint16(len(*all) - 1)
}

func (c *columns) add(d sala.Document, lengths [classes]int, hand uint8) {
	for i, n := range lengths {
		c.Length[i] = append(c.Length[i], uint16(min(n, 65535)))
	}
	c.Lang = append(c.Lang, at(&c.Langs, string(d.Lang)))
	c.Hand = append(c.Hand, hand)
	c.Kind = append(c.Kind, at(&c.Kinds, d.Kind))
	c.Year = append(c.Year, uint16(max(0, min(d.Day.Year, 65535))))
	var terms []uint16
	for _, t := range d.Terms {
		terms = append(terms, at(&c.AllTerms, string(t)))
	}
	c.Terms = append(c.Terms, terms)
	c.Ref = append(c.Ref, d.Ref.String())
}

// pack writes a value small.
func pack(v any) ([]byte, error) {
	var b bytes.Buffer
	z, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	if err := gob.NewEncoder(z).Encode(v); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func unpack(b []byte, v any) error {
	return gob.NewDecoder(flate.NewReader(bytes.NewReader(b))).Decode(v)
}

var (
	packers   = sync.Pool{New: func() any { z, _ := flate.NewWriter(io.Discard, 4); return z }} // 4 is a level there is
	unpackers = sync.Pool{New: func() any { return flate.NewReader(bytes.NewReader(nil)) }}
)

// packText and unpackText keep the texts of entries.
func packText(s string) ([]byte, error) {
	var b bytes.Buffer
	z := packers.Get().(*flate.Writer)
	defer packers.Put(z)
	z.Reset(&b)
	if _, err := io.WriteString(z, s); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func unpackText(b []byte) (string, error) {
	z := unpackers.Get().(io.ReadCloser)
	defer unpackers.Put(z)
	if err := z.(flate.Resetter).Reset(bytes.NewReader(b), nil); err != nil {
		return "", err
	}
	text, err := io.ReadAll(z)
	return string(text), err
}

// handOf tells how a text is written, as far as its letters show: in one of
// the unspaced scripts, in Japanese (kana among the characters), in Vietnamese
// (its letters are in no other language), in another alphabet. A question is
// answered first by texts in the same hand.
func handOf(s string) uint8 {
	var counts [32]int
	viet := 0
	for i, r := range s {
		if i > 4000 {
			break
		}
		counts[script.Of(r)]++
		if r == 'đ' || r == 'ơ' || r == 'ư' || r == 'ă' || 0x1ea0 <= r && r <= 0x1ef9 {
			viet++
		}
	}
	if counts[script.Kana] > 0 && counts[script.Kana]*8 > counts[script.Han] {
		return uint8(script.Kana)
	}
	best := script.Latin
	for _, of := range []script.Script{script.Greek, script.Cyrillic, script.Hangul, script.Thai, script.Lao, script.Khmer, script.Myanmar, script.Han} {
		n := counts[of]
		if of.Unspaced() {
			n *= 2 // names in Latin letters stand in every text
		}
		if n > 0 && n >= counts[best] {
			best = of
		}
	}
	if best == script.Latin && viet*20 > counts[best] {
		return vietnamese
	}
	return uint8(best)
}

// vietnamese is beside the scripts, and hands is more than there are hands:
// the index has four bits for one.
const (
	vietnamese = 15
	hands      = 16
)

// inFours reports whether words in a hand are cut into four letters as well:
// those of an alphabet, but not Vietnamese, where a word is a syllable and its
// pieces say nothing, and not the few names in texts of another script.
func inFours(hand uint8) bool {
	return hand != vietnamese && !script.Script(hand).Unspaced()
}
