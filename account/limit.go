package account

import (
	"net/netip"
	"sync"
	"time"
)

// A limit is how often something may fail: burst times at once, then one more
// for each pause that has passed. Nothing is locked: the worst that happens
// to anybody is to wait for one pause.
//
// Only failures count. An office of thirty people behind one address signs in
// without noticing; whoever guesses from elsewhere at an account does not slow
// its owner down, because most of the count is of account and network
// together; and a passkey does not count against a password's guesses at all.
type limit struct {
	name  string
	burst float64
	pause time.Duration
}

var (
	limitHere    = limit{"here", 5, 20 * time.Second}      // one account from one network
	limitAccount = limit{"account", 25, 5 * time.Second}   // one account from anywhere
	limitNetwork = limit{"network", 100, 2 * time.Second}  // anything from one network
	limitSecond  = limit{"second", 5, 90 * time.Second}    // second factor, or old password, of one account
	limitsKept   = 50_000                                  // counts in memory
	restOfAll    = "the rest, when too many are kept here" // one count for all further keys
)

// limits counts failures in memory, for each copy of the program by itself:
// what it protects costs an attacker so much that a restart or a second copy
// does not matter. No address is written anywhere.
type limits struct {
	now   func() time.Time
	mu    sync.Mutex
	count map[string]*bucket
}

type bucket struct {
	limit limit
	level float64 // how many failures stand against it
	at    time.Time
}

// drained is the level at a later moment.
func (b *bucket) drained(now time.Time) float64 {
	return max(0, b.level-float64(now.Sub(b.at))/float64(b.limit.pause))
}

// take counts one attempt against a key before it is made, so that many at
// once do not slip through, and returns how to take the count back when it
// succeeds. It returns [WaitError] if the attempt must wait.
func (l *limits) take(lim limit, key string) (back func(), err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if l.count == nil {
		l.count = map[string]*bucket{}
	}
	key = lim.name + " " + key
	b := l.count[key]
	if b == nil {
		if len(l.count) >= limitsKept {
			l.forget(now)
		}
		if len(l.count) >= limitsKept {
			key = lim.name + " " + restOfAll
			b = l.count[key]
		}
	}
	if b == nil {
		b = &bucket{limit: lim, at: now}
		l.count[key] = b
	}
	level := b.drained(now)
	if level+1 > lim.burst {
		return nil, WaitError{time.Duration((level+1-lim.burst)*float64(lim.pause)).Round(time.Second) + time.Second}
	}
	b.level, b.at = level+1, now
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		now := l.now()
		b.level, b.at = max(0, b.drained(now)-1), now
	}, nil
}

// forget drops the counts that have come down to nothing.
func (l *limits) forget(now time.Time) {
	for k, b := range l.count {
		if b.drained(now) == 0 {
			delete(l.count, k)
		}
	}
}

// takeAll takes several counts, or none.
func (l *limits) takeAll(counts ...counted) (back func(), err error) {
	var backs []func()
	back = func() {
		for _, f := range backs {
			f()
		}
	}
	for _, c := range counts {
		f, err := l.take(c.limit, c.key)
		if err != nil {
			back()
			return nil, err
		}
		backs = append(backs, f)
	}
	return back, nil
}

type counted struct {
	limit limit
	key   string
}

// network is what counts as one place: an IPv4 address, or the /64 of an IPv6
// one, which one household or office has to itself.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return "unknown"
	}
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
