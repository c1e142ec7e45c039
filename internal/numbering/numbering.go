// Package numbering gives ids and codes small numbers. Where very many rows
// are held in memory, each names what it has by numbers: they take little
// room, and rows are narrowed and counted by looking into a slice.
package numbering

import (
	"iter"
	"slices"
	"sync"
)

// A Number stands for a word of one numbering: an id, a code, or what is made of
// several.
type Number int32

const (
	// None is the number of no word: of "", which every numbering has.
	None Number = 0
	// Unknown is what is found of a word that has no number. No row bears it,
	// so to ask for rows that have it is to ask for none.
	Unknown Number = -1
)

// Of numbers words in the order in which it first meets them. A word keeps its
// number, none is forgotten, and the zero value has met nothing but "", or
// whatever else T is when it is nothing. It is safe for concurrent use.
type Of[T comparable] struct {
	mu    sync.RWMutex
	of    map[T]Number
	words []T // by number; none at all until the first is met
}

// Give returns the number of a word; one that has none gets the next.
func (o *Of[T]) Give(word T) Number {
	if n := o.Find(word); n != Unknown {
		return n
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if n, ok := o.of[word]; ok { // somebody else met it meanwhile
		return n
	}
	if o.of == nil {
		o.of, o.words = map[T]Number{}, make([]T, 1)
	}
	n := Number(len(o.words))
	o.of[word], o.words = n, append(o.words, word)
	return n
}

// Find returns the number of a word, or Unknown.
func (o *Of[T]) Find(word T) Number {
	var none T
	if word == none {
		return None
	}
	o.mu.RLock()
	defer o.mu.RUnlock()
	if n, ok := o.of[word]; ok {
		return n
	}
	return Unknown
}

// Words returns the words that have a number, by it. Whoever takes them after
// an outline finds there all that the outline names. Nobody may change them.
func (o *Of[T]) Words() []T {
	o.mu.RLock()
	defer o.mu.RUnlock()
	if o.words == nil {
		return make([]T, 1)
	}
	return slices.Clip(o.words)
}

// Set holds the numbers of those of some words that have one. It is nil only
// if words is.
func (o *Of[T]) Set(words []T) Set {
	if words == nil {
		return nil
	}
	set := Set{}
	for _, word := range words {
		n := o.Find(word)
		if n <= None {
			continue
		}
		if more := int(n) + 1 - len(set); more > 0 {
			set = append(set, make(Set, more)...)
		}
		set[n] = true
	}
	return set
}

// Tally returns an empty count of the words that have a number now. Like Words
// it is taken after the outline that is counted.
func (o *Of[T]) Tally() Tally {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return make(Tally, max(len(o.words), 1))
}

// Counted walks the words that were counted, with how often. What has no word
// is not among them.
func (o *Of[T]) Counted(t Tally) iter.Seq2[T, int] {
	words := o.Words()
	return func(yield func(T, int) bool) {
		for n := 1; n < len(t); n++ {
			if t[n] > 0 && !yield(words[n], int(t[n])) {
				return
			}
		}
	}
}

// A List holds what a row has, each number once.
type List []Number

// Add puts a number into the list unless it is there. None is in no list.
func (l *List) Add(n Number) {
	if n != None && !slices.Contains(*l, n) {
		*l = append(*l, n)
	}
}

// A Set holds the numbers that rows are asked for, but never None.
type Set []bool

// Has reports whether the set holds a number.
func (s Set) Has(n Number) bool { return n > 0 && int(n) < len(s) && s[n] }

// HasOne reports whether the set holds one number of a list.
func (s Set) HasOne(of List) bool {
	for _, n := range of {
		if s.Has(n) {
			return true
		}
	}
	return false
}

// A Tally counts by number.
type Tally []int32

// Add counts the numbers of a list.
func (t Tally) Add(list List) {
	for _, n := range list {
		t[n]++
	}
}
