package event

import (
	"time"

	"sala"
)

// dayNumber writes a day as 20181103.
func dayNumber(t time.Time) int { return t.Year()*10000 + int(t.Month())*100 + t.Day() }

// lastDay is the last day that d may mean: of a month its last, of a year the
// 31 December.
func lastDay(d sala.Day) time.Time {
	switch {
	case d.Month == 0:
		return time.Date(d.Year, time.December, 31, 0, 0, 0, 0, time.UTC)
	case d.Day == 0:
		return time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return d.Time()
}

// bounds are the first and the last day that a span may mean, as 20181103;
// zero if nothing is stated.
func bounds(s sala.Span) (first, last int) {
	if s.IsZero() {
		return 0, 0
	}
	return dayNumber(s.From.Time()), dayNumber(lastDay(s.To))
}

// exists reports whether a calendar has d, as far as it is stated.
func exists(d sala.Day) bool {
	if d.Month < 0 || d.Day < 0 || d.Year < 0 || d.Year > 9999 || d.Month == 0 && d.Day != 0 {
		return false
	}
	same, err := sala.ParseDay(d.String())
	return err == nil && same == d
}

// Exact reports whether the days are stated to the day, so that a calendar
// can hold them.
func (e Event) Exact() bool { return e.Held.From.Day > 0 && e.Held.To.Day > 0 }

// Days are the days of an event whose days are exact, at most limit of them.
func (e Event) Days(limit int) []sala.Day {
	var days []sala.Day
	if !e.Exact() {
		return nil
	}
	for t := e.Held.From.Time(); !t.After(e.Held.To.Time()) && len(days) < limit; t = t.AddDate(0, 0, 1) {
		days = append(days, sala.DayOf(t))
	}
	return days
}

// On is the day a session is on: its own, or that of an event of one day.
func (e Event) On(s Session) sala.Day {
	if s.Day.IsZero() && e.Exact() && e.Held.From == e.Held.To {
		return e.Held.From
	}
	return s.Day
}

func at(d sala.Day, c Clock, zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, c.Minutes()/60, c.Minutes()%60, 0, 0, zone)
}
