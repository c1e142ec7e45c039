package sala

import (
	"fmt"
	"strconv"
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
	if s == "" {
		return Day{}, nil
	}
	d, ok := Day{}, true
	switch len(s) {
	case 10:
		d.Day, ok = figures(s[8:])
		ok = ok && s[7] == '-' && d.Day > 0
		fallthrough
	case 7:
		month, written := figures(s[5:7])
		d.Month = time.Month(month)
		ok = ok && written && s[4] == '-' && 1 <= month && month <= 12
		fallthrough
	case 4:
		year, written := figures(s[:4])
		d.Year = year
		ok = ok && written && year > 0
	default:
		ok = false
	}
	if ok && d.Day > 28 { // what no month has would be a day of the next
		ok = DayOf(d.Time()) == d
	}
	if !ok {
		return Day{}, fmt.Errorf("day %q: want 2018, 2018-11 or 2018-11-03", s)
	}
	return d, nil
}

// figures reads a number written in nothing but figures.
func figures(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// IsZero reports whether no date is stated.
func (d Day) IsZero() bool { return d == Day{} }

// String returns d in ISO 8601, as far as it is stated.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	b := appendFigures(make([]byte, 0, len(time.DateOnly)), d.Year, 4)
	if d.Month != 0 {
		b = appendFigures(append(b, '-'), int(d.Month), 2)
		if d.Day != 0 {
			b = appendFigures(append(b, '-'), d.Day, 2)
		}
	}
	return string(b)
}

// appendFigures writes a number with as many figures at least.
func appendFigures(b []byte, n, figures int) []byte {
	for least := 10; figures > 1; figures, least = figures-1, least*10 {
		if n >= 0 && n < least {
			b = append(b, '0')
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
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
