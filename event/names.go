package event

import "sync"

// A number stands for one id or code in an outline: it is small, and counting
// by it is an addition. 0 stands for none.
type number int32

// nobody is the number of what has none: nothing that is stored bears it.
const nobody number = -1

// names number ids or codes in the order in which they are first met. It is
// safe for concurrent use.
type names[T ~string] struct {
	mu  sync.RWMutex
	of  map[T]number
	all []T // by number, less one
}

// number is that of a name; one that is new gets the next.
func (n *names[T]) number(name T) number {
	if name == "" {
		return 0
	}
	if known := n.find(name); known != nobody {
		return known
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if known, ok := n.of[name]; ok { // somebody else met it meanwhile
		return known
	}
	if n.of == nil {
		n.of = map[T]number{}
	}
	n.all = append(n.all, name)
	n.of[name] = number(len(n.all))
	return number(len(n.all))
}

// find is the number of a name, or nobody.
func (n *names[T]) find(name T) number {
	n.mu.RLock()
	defer n.mu.RUnlock()
	if known, ok := n.of[name]; ok {
		return known
	}
	return nobody
}

// set holds the numbers of those of some names that have one.
func (n *names[T]) set(some []T) set {
	var in set
	for _, name := range some {
		at := n.find(name)
		if at == nobody {
			continue
		}
		if int(at) >= len(in) {
			in = append(in, make(set, int(at)+1-len(in))...)
		}
		in[at] = true
	}
	return in
}

// tally is an empty count by number, of all that are known now.
func (n *names[T]) tally() []int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return make([]int, len(n.all)+1)
}

// counted are the names that were counted, with how often.
func (n *names[T]) counted(tally []int) map[T]int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	out := map[T]int{}
	for i, many := range tally {
		if i > 0 && many > 0 {
			out[n.all[i-1]] = many
		}
	}
	return out
}

// A set holds numbers.
type set []bool

func (s set) has(n number) bool { return n > 0 && int(n) < len(s) && s[n] }

func (s set) hasOne(of []number) bool {
	for _, n := range of {
		if s.has(n) {
			return true
		}
	}
	return false
}
