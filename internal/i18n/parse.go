package i18n

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"sala"
	"sala/script"
)

// ParseDate reads a date as people write it in a language, a day, a month or
// a year: "23 พฤศจิกายน พ.ศ. ๒๕๖๙", "၂၀၂၆ နိုဝင်ဘာ ၂၃", "ngày 23 tháng 11 năm
// 2026", "23/11/2569", "2026-11-23", "令和8年11月23日". Digits may be of any
// script; names of months may be those of lang, long or short, or English;
// dates in figures have the day first unless they begin with the year. A year
// is of the Buddhist era where the text says so, and from 2400 on where it
// does not say: the record will not reach that year of the common one. What
// is not a date is an error that says why.
func ParseDate(lang sala.Lang, s string) (sala.Day, error) {
	d, why := parseDate(lang, s)
	if why != "" {
		return sala.Day{}, fmt.Errorf("date %q: %s", s, why)
	}
	return d, nil
}

// ParseNumber reads a whole number in the digits of any script, without
// separators.
func ParseNumber(s string) (int, error) {
	n, err := strconv.Atoi(script.Normalize(strings.TrimSpace(s)))
	if err != nil {
		return 0, fmt.Errorf("number %q: not a whole number", s)
	}
	return n, nil
}

// ParseYear reads a year alone, in the digits of any script and of either era,
// as [ParseDate] does.
func ParseYear(s string) (int, error) {
	n, err := ParseNumber(s)
	if err != nil {
		return 0, fmt.Errorf("year %q: not a whole number", s)
	}
	return commonYear(n), nil
}

// commonYear takes a year that can only be of the Buddhist era for one.
func commonYear(year int) int {
	if year >= 2400 {
		return year - 543
	}
	return year
}

var (
	buddhist = regexp.MustCompile(`(?:พ\. ?ศ\.?|พศ\.?|พุทธศักราช|ພ\. ?ສ\.?|ພສ\.?|ព\. ?ស\.?|ពស\.?|\sb\.?e\.?\s)`)
	common   = regexp.MustCompile(`(?:ค\. ?ศ\.?|คศ\.?|ຄ\. ?ສ\.?|ຄສ\.?|គ\. ?ស\.?|គស\.?|\s(?:a\.?d|c\.?e)\.?\s)`)
	reign    = regexp.MustCompile(`(令和|平成|昭和) ?(\d{1,2}|元)年`)
	figure   = regexp.MustCompile(`\d+`)
	// parting is what may stand between the parts of a date.
	parting = regexp.MustCompile(`[\s,./\-–年月日号년월일၊،]+`)
)

// reigns are the years before the first of Japanese eras.
var reigns = map[string]int{"令和": 2018, "平成": 1988, "昭和": 1925}

func parseDate(lang sala.Lang, s string) (d sala.Day, why string) {
	text := " " + script.Normalize(s) + " "
	isBuddhist, isCommon := buddhist.MatchString(text), common.MatchString(text)
	text = common.ReplaceAllString(buddhist.ReplaceAllString(text, " "), " ")
	if m := reign.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(strings.Replace(m[2], "元", "1", 1)) // one or two digits
		text, isCommon = strings.Replace(text, m[0], strconv.Itoa(reigns[m[1]]+n)+"年", 1), true
	}
	words := datesOf(lang)
	month, text := words.month(text)
	parts := figure.FindAllString(text, -1)
	for _, word := range strings.Fields(parting.ReplaceAllString(figure.ReplaceAllString(text, " "), " ")) {
		if !words.says[word] {
			return d, word + " is not a month, and nothing else that belongs in a date"
		}
	}
	var day, year string
	switch n := len(parts); {
	case n == 1 && long(parts[0]):
		year = parts[0]
	case n == 2 && month != "" && long(parts[0]):
		year, day = parts[0], parts[1]
	case n == 2 && month != "" && long(parts[1]):
		day, year = parts[0], parts[1]
	case n == 2 && month == "" && long(parts[0]):
		year, month = parts[0], parts[1]
	case n == 2 && month == "" && long(parts[1]):
		month, year = parts[0], parts[1]
	case n == 3 && month == "" && long(parts[0]):
		year, month, day = parts[0], parts[1], parts[2]
	case n == 3 && month == "" && long(parts[2]):
		day, month, year = parts[0], parts[1], parts[2]
	default:
		return d, "want a day, a month and a year of four digits, or a month and a year, or a year"
	}
	y, _ := strconv.Atoi(year) // four digits
	if isBuddhist {
		y -= 543
	} else if !isCommon {
		y = commonYear(y)
	}
	if y < 1 {
		return d, "there is no such year"
	}
	// Through ISO 8601, which knows how long months are.
	iso := fmt.Sprintf("%04d", y)
	for _, part := range []string{month, day} {
		if part != "" {
			n, err := strconv.Atoi(part)
			if err != nil {
				return d, "there is no such day"
			}
			iso += fmt.Sprintf("-%02d", n)
		}
	}
	d, err := sala.ParseDay(iso)
	if err != nil {
		return d, "there is no such day"
	}
	return d, ""
}

// long reports whether a figure can only be a year.
func long(figure string) bool { return len(figure) == 4 }
