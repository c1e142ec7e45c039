// Package extract reads facts out of prose: dates and the days of an event,
// places, languages, contacts, and the holes that copying leaves (addresses
// lost, words run together). Each function looks at text alone and says where
// in it a fact stands, so that whoever uses it can report what is doubtful.
package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"sala"
)

// A Date is a day or a span of days found in a text.
type Date struct {
	Span sala.Span
	From int // byte where it begins
	To   int // byte after its end
}

// monthWords are the names of months, in the order of the year.
var monthWords = [][]string{
	{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"},
	{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"},
	{"มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"},
}

func month(word string) (time.Month, bool) {
	word = strings.TrimSuffix(strings.ToLower(word), ".")
	for _, names := range monthWords {
		for i, name := range names {
			if word == name || word == "sept" && i == 8 {
				return time.Month(i + 1), true
			}
		}
	}
	return 0, false
}

const (
	monthForm = `(January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)`
	thaiForm  = `(มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม)`
	dayForm   = `(\d{1,2})(?:st|nd|rd|th)?`
	dash      = `\s*(?:-|–|—|to|and|ถึง)\s*`
)

// The ways in which dates are written, each with what its groups mean: day,
// month, second day, second month, year.
var dateForms = []struct {
	form   *regexp.Regexp
	groups [5]int
}{
	// 30 October - 2 November 2018
	{regexp.MustCompile(`\b` + dayForm + `\s+` + monthForm + dash + dayForm + `\s+` + monthForm + `,?\s+(\d{4})\b`), [5]int{1, 2, 3, 4, 5}},
	// 2-4 November 2018
	{regexp.MustCompile(`\b` + dayForm + dash + dayForm + `\s+` + monthForm + `,?\s+(\d{4})\b`), [5]int{1, 3, 2, 3, 4}},
	// November 2-4, 2018
	{regexp.MustCompile(`\b` + monthForm + `\s+` + dayForm + dash + dayForm + `,?\s+(\d{4})\b`), [5]int{2, 1, 3, 1, 4}},
	// 8 March 2019, 8th of March, 2019
	{regexp.MustCompile(`\b` + dayForm + `\s+(?:of\s+)?` + monthForm + `,?\s+(\d{4})\b`), [5]int{1, 2, 0, 0, 3}},
	// March 8, 2019
	{regexp.MustCompile(`\b` + monthForm + `\s+` + dayForm + `,?\s+(\d{4})\b`), [5]int{2, 1, 0, 0, 3}},
	// 2–4 พฤศจิกายน 2561
	{regexp.MustCompile(`(\d{1,2})` + dash + `(\d{1,2})\s*` + thaiForm + `\s*(?:พ\.ศ\.|ค\.ศ\.)?\s*(\d{4})`), [5]int{1, 3, 2, 3, 4}},
	// 8 มีนาคม 2562
	{regexp.MustCompile(`(\d{1,2})\s*` + thaiForm + `\s*(?:พ\.ศ\.|ค\.ศ\.)?\s*(\d{4})`), [5]int{1, 2, 0, 0, 3}},
}

// Dates returns the days that a text states in full, in the order in which
// they stand. A year of the Buddhist era is counted as such.
func Dates(text string) []Date {
	var found []Date
	for _, f := range dateForms {
		for _, m := range f.form.FindAllStringSubmatchIndex(text, -1) {
			group := func(n int) string {
				if n == 0 || m[2*n] < 0 {
					return ""
				}
				return text[m[2*n]:m[2*n+1]]
			}
			if d, ok := newDate(group(f.groups[0]), group(f.groups[1]), group(f.groups[2]), group(f.groups[3]), group(f.groups[4])); ok {
				d.From, d.To = m[0], m[1]
				found = insert(found, d)
			}
		}
	}
	return found
}

// insert keeps dates in the order of the text; one within another is part of
// it.
func insert(found []Date, d Date) []Date {
	at := len(found)
	for i, had := range found {
		if d.From < had.To && had.From < d.To {
			return found
		}
		if d.From < had.From && i < at {
			at = i
		}
	}
	found = append(found, Date{})
	copy(found[at+1:], found[at:])
	found[at] = d
	return found
}

func newDate(day, monthWord, lastDay, lastMonth, year string) (Date, bool) {
	y, err := strconv.Atoi(year)
	if err != nil {
		return Date{}, false
	}
	if y > 2400 { // no text of such a network is of that year: the Buddhist era
		y -= 543
	}
	one := func(day, word string) (sala.Day, bool) {
		m, ok := month(word)
		n, err := strconv.Atoi(day)
		if !ok || err != nil {
			return sala.Day{}, false
		}
		d := sala.Day{Year: y, Month: m, Day: n}
		_, err = sala.ParseDay(d.String()) // there is no 31 June
		return d, err == nil
	}
	from, ok := one(day, monthWord)
	if !ok {
		return Date{}, false
	}
	d := Date{Span: sala.Span{From: from, To: from}}
	if lastDay != "" {
		to, ok := one(lastDay, lastMonth)
		if !ok {
			return Date{}, false
		}
		d.Span.To = to
		if d.Span.Check() != nil {
			return Date{}, false
		}
	}
	return d, true
}
