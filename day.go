package sala

import (
	"fmt"
	"time"
)

// A Day is a date as a document states it: a day, a month, or only a year. It
// has no time zone; 8 March is 8 March wherever it is read. The zero Day is
// "not stated".
type Day struct {
	Year  int
	Month time.Month // 0 if only the year is stated
	Day   int        // 0 if only the month is stated
}

// DayOf returns the day of t in t's own time zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// ParseDay reads "2018", "2018-11" or "2018-11-03" (ISO 8601), and "" as the
// zero Day.
func ParseDay(s string) (Day, error) {
	bad := fmt.Errorf("day %q: want 2018, 2018-11 or 2018-11-03", s)
	if s == "" {
		return Day{}, nil
	}
	var layout string
	switch len(s) {
	case 4:
		layout = "2006"
	case 7:
		layout = "2006-01"
	case 10:
		layout = time.DateOnly
	default:
		return Day{}, bad
	}
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() == 0 {
		return Day{}, bad
	}
	d := Day{Year: t.Year()}
	if len(s) >= 7 {
		d.Month = t.Month()
	}
	if len(s) == 10 {
		d.Day = t.Day()
	}
	return d, nil
}

// IsZero reports whether no date is stated.
func (d Day) IsZero() bool { return d == Day{} }

// String returns d in ISO 8601, as far as it is stated.
func (d Day) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Time returns the first moment of d in UTC; what is not stated counts as the
// first month or day. It is meant for sorting, not for showing.
func (d Day) Time() time.Time {
	return time.Date(d.Year, max(d.Month, 1), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// MarshalText and UnmarshalText keep a Day as its ISO 8601 form.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText is the reverse of [Day.MarshalText].
func (d *Day) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDay(string(b))
	return err
}

// A Span is the days from From to To, both included. To equals From for one
// day; both are zero if nothing is stated.
type Span struct {
	From Day `json:"from"`
	To   Day `json:"to"`
}

// IsZero reports whether no date is stated.
func (s Span) IsZero() bool { return s.From.IsZero() }

// Check returns an error if the span ends before it begins.
func (s Span) Check() error {
	if !s.To.IsZero() && s.To.Time().Before(s.From.Time()) {
		return Invalid{{"to", "day.ends_before", "ends on " + s.To.String() + ", before it begins on " + s.From.String()}}
	}
	return nil
}
