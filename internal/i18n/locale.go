package i18n

import (
	"strings"

	"sala"
)

//go:generate sh -c "cd gen && npm ci --no-audit --no-fund --silent"
//go:generate go run ./gen

// A locale is how a language writes, as CLDR has it. In patterns {d}, {m},
// {y} are day, month and year, {n} the month as a figure, {a} the month as it
// stands alone; in a pattern from one date to another the first of each is of
// the first date and the second of the second.
type locale struct {
	months, alone, short [12]string // alone and short are empty where they are as months

	day, month, year                   string
	days, daysOfMonths, daysOfYears    string
	monthsOfYear, monthsOfYears, years string
	decimal, group, sign               string // sign is that of negative numbers, "" for "-"
	primary, secondary, least          int    // sizes of groups of digits; least is how many must stand before the first
	digits, native                     string // ten digits, "" for 0 to 9: what is printed, what may be read
	and, or                            joiner
	quotes                             [4]string // opening and closing, outer and inner
	names                              map[sala.Lang]string
}

// A joiner is the patterns of a list: of two, and of the beginning, middle and
// end of a longer one.
type joiner [4]string

// differ are the places where Sala writes otherwise than CLDR 48, and why.
// The tests against Node's Intl read from it what they must not find.
var differ = map[sala.Lang]func(*locale){
	// CLDR has "{0} - {1}", which no Burmese text writes between words; the
	// sign for a short pause is what CLDR itself gives for lists of numbers.
	"my": func(l *locale) {
		l.and = joiner{"{0}နှင့် {1}", "{0}၊ {1}", "{0}၊ {1}", "{0}နှင့် {1}"}
		l.or = joiner{"{0} သို့မဟုတ် {1}", "{0}၊ {1}", "{0}၊ {1}", "{0} သို့မဟုတ် {1}"}
	},
	// CLDR ends a list of three with a comma and one of two with "and".
	"lo": func(l *locale) { l.and[3] = l.and[0] },
}

func init() {
	for lang, change := range differ {
		l := locales[lang]
		change(&l)
		locales[lang] = l
	}
}

// of returns the locale of a language, or of the language it is a form of.
func of(lang sala.Lang) (locale, bool) {
	if l, ok := locales[lang]; ok {
		return l, true
	}
	if base, _, ok := strings.Cut(string(lang), "-"); ok {
		return of(sala.Lang(base))
	}
	return locale{}, false
}

// era is what a language adds to a year of the common era.
func era(lang sala.Lang) int {
	if lang == "th" {
		return 543
	}
	return 0
}

// monthName returns the name of month 1 to 12, as it stands in a date or
// alone.
func (l *locale) monthName(month int, alone bool) string {
	if month < 1 || month > 12 {
		return ""
	}
	if alone && l.alone[month-1] != "" {
		return l.alone[month-1]
	}
	return l.months[month-1]
}
