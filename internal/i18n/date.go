package i18n

import (
	"strconv"
	"strings"
	"time"

	"sala"
)

// Date writes a day, a month or a year as it is stated: "23 November 2026",
// "23 พฤศจิกายน 2569", "၂၀၂၆ နိုဝင်ဘာ ၂၃". In a language that the table does
// not have it is written in figures (ISO 8601), which no reader takes for
// another language.
func Date(lang sala.Lang, d sala.Day) string {
	l, ok := of(lang)
	switch {
	case d.IsZero():
		return ""
	case !ok:
		return d.String()
	case d.Month == 0:
		return fill(lang, &l, l.year, d, d)
	case d.Day == 0:
		return fill(lang, &l, l.month, d, d)
	}
	return fill(lang, &l, l.day, d, d)
}

// Span writes the days of something that lasted: "2–4 November 2018". It may
// also go from month to month or from year to year.
func Span(lang sala.Lang, span sala.Span) string {
	from, to := span.From, span.To
	if to.IsZero() || to == from {
		return Date(lang, from)
	}
	l, ok := of(lang)
	pattern := ""
	switch sameYear := from.Year == to.Year; {
	case !ok:
	case from.Day > 0 && to.Day > 0 && sameYear && from.Month == to.Month:
		pattern = l.days
	case from.Day > 0 && to.Day > 0 && sameYear:
		pattern = l.daysOfMonths
	case from.Day > 0 && to.Day > 0:
		pattern = l.daysOfYears
	case from.Day == 0 && to.Day == 0 && from.Month > 0 && to.Month > 0 && sameYear:
		pattern = l.monthsOfYear
	case from.Day == 0 && to.Day == 0 && from.Month > 0 && to.Month > 0:
		pattern = l.monthsOfYears
	case from.Month == 0 && to.Month == 0:
		pattern = l.years
	}
	if pattern == "" {
		return Date(lang, from) + " – " + Date(lang, to)
	}
	return fill(lang, &l, pattern, from, to)
}

// fill writes the dates into a pattern: the first of each kind of place is of
// from, the second of to.
func fill(lang sala.Lang, l *locale, pattern string, from, to sala.Day) string {
	var out strings.Builder
	days, months, years := [2]int{from.Day, to.Day}, [2]int{int(from.Month), int(to.Month)}, [2]int{from.Year, to.Year}
	var nthDay, nthMonth, nthYear int
	next := func(list [2]int, nth *int) int {
		v := list[min(*nth, 1)]
		*nth++
		return v
	}
	for {
		before, rest, ok := strings.Cut(pattern, "{")
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		place, after, _ := strings.Cut(rest, "}")
		pattern = after
		switch place {
		case "d":
			out.WriteString(l.print(strconv.Itoa(next(days, &nthDay))))
		case "n":
			out.WriteString(l.print(strconv.Itoa(next(months, &nthMonth))))
		case "m", "a":
			out.WriteString(l.monthName(next(months, &nthMonth), place == "a"))
		case "y":
			out.WriteString(l.print(strconv.Itoa(next(years, &nthYear) + era(lang))))
		}
	}
}

// Moment writes the day of a moment, in UTC.
func Moment(lang sala.Lang, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return Date(lang, sala.DayOf(t.UTC()))
}

// Year writes a year as a language counts it.
func Year(lang sala.Lang, year int) string { return Date(lang, sala.Day{Year: year}) }
