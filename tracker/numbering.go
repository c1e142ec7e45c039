package tracker

import "sync"

// A numbering gives words, mostly ids, numbers from 1, so that rows that bear
// them are small and are counted in slices. A word keeps its number; none is
// forgotten.
type numbering struct {
	mu    sync.RWMutex
	of    map[string]uint32
	words []string // by number
}

// number returns the number of a word, which gets one if it has none. That of
// "" is 0.
func (n *numbering) number(word string) uint32 {
	if word == "" {
		return 0
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.of == nil {
		n.of, n.words = map[string]uint32{}, []string{""}
	}
	k, ok := n.of[word]
	if !ok {
		k = uint32(len(n.words))
		n.of[word], n.words = k, append(n.words, word)
	}
	return k
}

// known returns the number of a word, 0 if it has none.
func (n *numbering) known(word string) uint32 {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.of[word]
}

// all returns the words there are, by number. Nobody may change them.
func (n *numbering) all() []string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.words
}
