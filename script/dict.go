package script

import (
	"bytes"
	"compress/flate"
	"embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

//go:generate go run ./dict/gen -in ../../shared/icu-dict -out dict

// The dictionaries are the word lists of ICU 74 for Thai, Lao, Khmer and
// Burmese, compiled by dict/gen; dict/LICENSE-DATA has their notices.
//
//go:embed dict/*.bin
var dictionaries embed.FS

// A dictionary is the words of one language, by their hashes: to know whether
// a piece of text is a word, and whether a longer piece may be one, is all
// that segmentation asks. Two pieces of text share a hash once in 2^62.
type dictionary struct {
	table []uint64 // open addressing; a hash, its last bit set for a whole word
	mask  uint64
}

// DictionaryForm is the form in which words are looked up: normalised, and
// without what is not a letter of an unspaced script.
func DictionaryForm(word string) string {
	return strings.Map(func(r rune) rune {
		switch Of(r) {
		case Thai, Lao, Khmer, Myanmar:
			return r
		}
		return -1
	}, Normalize(word))
}

// hashSeed and hashPrime are those of 64-bit FNV-1a: a hash grows byte by byte.
const (
	hashSeed  = 14695981039346656037
	hashPrime = 1099511628211
)

func hash(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * hashPrime
	}
	return h
}

// slot is where a hash is kept: without its last bit, which says whether the
// piece is a word, and never zero.
func slot(h uint64) uint64 {
	h ^= h >> 29 // FNV leaves little in its low bits
	return h&^1 | 2
}

func (d *dictionary) look(h uint64) (begins, word bool) {
	h = slot(h)
	for i := (h >> 20) & d.mask; ; i = (i + 1) & d.mask {
		switch v := d.table[i]; {
		case v == 0:
			return false, false
		case v&^1 == h:
			return true, v&1 == 1
		}
	}
}

func (d *dictionary) add(h uint64, word uint64) {
	h = slot(h)
	i := (h >> 20) & d.mask
	for d.table[i] != 0 {
		if d.table[i]&^1 == h {
			d.table[i] |= word
			return
		}
		i = (i + 1) & d.mask
	}
	d.table[i] = h | word
}

var (
	thaiWords    = sync.OnceValue(func() *dictionary { return load("thai") })
	laoWords     = sync.OnceValue(func() *dictionary { return load("lao") })
	khmerWords   = sync.OnceValue(func() *dictionary { return load("khmer") })
	burmeseWords = sync.OnceValue(func() *dictionary { return load("burmese") })
)

func wordsOf(s Script) *dictionary {
	switch s {
	case Thai:
		return thaiWords()
	case Lao:
		return laoWords()
	case Khmer:
		return khmerWords()
	}
	return burmeseWords()
}

// load reads a dictionary that the program carries. That it is whole is
// tested; a broken one would be a broken program.
func load(name string) *dictionary {
	d := &dictionary{table: make([]uint64, 1<<19), mask: 1<<19 - 1}
	var units []Unit
	err := eachWord(name, func(word string) {
		units = AppendUnits(units[:0], word)
		h := uint64(hashSeed)
		for i, u := range units {
			h = hash(h, word[u.From:u.To])
			whole := uint64(0)
			if i == len(units)-1 {
				whole = 1
			}
			d.add(h, whole)
		}
	})
	if err != nil {
		panic("script: dictionary " + name + ": " + err.Error())
	}
	return d
}

// eachWord calls f with every word of a dictionary, in order.
func eachWord(name string, f func(word string)) error {
	packed, err := dictionaries.ReadFile("dict/" + name + ".bin")
	if err != nil {
		return err
	}
	plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		return err
	}
	if len(plain) < 4 {
		return fmt.Errorf("it is empty")
	}
	block, err := strconv.ParseInt(string(plain[:4]), 16, 32)
	if err != nil {
		return err
	}
	var letters []rune
	for rest := plain[4:]; len(rest) > 0; {
		shared := int(rest[0])
		if shared > len(letters) {
			return fmt.Errorf("it is broken")
		}
		letters = letters[:shared]
		end := bytes.IndexByte(rest[1:], 0xff)
		if end < 0 {
			return fmt.Errorf("it is cut short")
		}
		for _, c := range rest[1 : 1+end] {
			letters = append(letters, rune(block)+rune(c))
		}
		f(string(letters))
		rest = rest[2+end:]
	}
	return nil
}
