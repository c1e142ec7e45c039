package jobs

import "time"

// SetGrace makes a test's wait for an interruption short.
func (q *Queue) SetGrace(d time.Duration) { q.grace = d }
