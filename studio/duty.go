package studio

import (
	"sala/tracker"
)

// What waits in the tracker, for the side column.
func duty(count func(tracker.Duty) int) func(*visit) (int, error) {
	return func(v *visit) (int, error) {
		d, err := v.studio.Tracker.Duty(v.ctx())
		return count(d), err
	}
}

var (
	ownerless      = duty(func(d tracker.Duty) int { return d.Ownerless })
	overdue        = duty(func(d tracker.Duty) int { return d.Overdue })
	repliesWaiting = duty(func(d tracker.Duty) int { return d.Replies + d.Reviews })
)
