package i18n

import (
	"strconv"
	"strings"
	"time"

	"sala"
)

// A dateStyle is how a language writes dates. Patterns and month names follow
// CLDR 48 (long date formats), with the year of the Buddhist era for Thai.
type dateStyle struct {
	months           []string
	day, month, year string // patterns of {d}, {m}, {y}
	era              int    // added to the year
}

var english = dateStyle{
	months: []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	day:    "{d} {m} {y}", month: "{m} {y}", year: "{y}",
}

var dateStyles = map[sala.Lang]dateStyle{
	"en": english,
	"my": {months: []string{"ဇန်နဝါရီ", "ဖေဖော်ဝါရီ", "မတ်", "ဧပြီ", "မေ", "ဇွန်", "ဇူလိုင်", "ဩဂုတ်", "စက်တင်ဘာ", "အောက်တိုဘာ", "နိုဝင်ဘာ", "ဒီဇင်ဘာ"},
		day: "{y} {m} {d}", month: "{y} {m}", year: "{y}"},
	"th": {months: []string{"มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"},
		day: "{d} {m} {y}", month: "{m} {y}", year: "{y}", era: 543},
	"km": {months: []string{"មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"},
		day: "{d} {m} {y}", month: "{m} {y}", year: "{y}"},
	"lo": {months: []string{"ມັງກອນ", "ກຸມພາ", "ມີນາ", "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ", "ກໍລະກົດ", "ສິງຫາ", "ກັນຍາ", "ຕຸລາ", "ພະຈິກ", "ທັນວາ"},
		day: "{d} {m} {y}", month: "{m} {y}", year: "{y}"},
	"vi": {months: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"},
		day: "{d} tháng {m}, {y}", month: "Tháng {m} năm {y}", year: "{y}"},
	"ja": {months: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"},
		day: "{y}年{m}月{d}日", month: "{y}年{m}月", year: "{y}年"},
	"zh": {months: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"},
		day: "{y}年{m}月{d}日", month: "{y}年{m}月", year: "{y}年"},
}

func style(lang sala.Lang) dateStyle {
	if s, ok := dateStyles[lang]; ok {
		return s
	}
	if base, _, ok := strings.Cut(string(lang), "-"); ok {
		return style(sala.Lang(base))
	}
	return english
}

// Date writes a day, a month or a year as it is stated.
func Date(lang sala.Lang, d sala.Day) string {
	s := style(lang)
	pattern := s.day
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		pattern = s.year
	case d.Day == 0:
		pattern = s.month
	}
	month := ""
	if d.Month >= 1 && d.Month <= 12 {
		month = s.months[d.Month-1]
	}
	return digits(lang, strings.NewReplacer("{d}", strconv.Itoa(d.Day), "{m}", month, "{y}", strconv.Itoa(d.Year+s.era)).Replace(pattern))
}

// Span writes the days of something that lasted: "2–4 November 2018".
func Span(lang sala.Lang, span sala.Span) string {
	if span.To.IsZero() || span.To == span.From {
		return Date(lang, span.From)
	}
	from, to := span.From, span.To
	if from.Year == to.Year && from.Month == to.Month && from.Day > 0 && to.Day > 0 {
		one := Date(lang, to)
		last := digits(lang, strconv.Itoa(to.Day))
		first := digits(lang, strconv.Itoa(from.Day))
		s := style(lang)
		if strings.HasPrefix(s.day, "{d}") {
			return first + "–" + one
		}
		if i := strings.LastIndex(one, last); i >= 0 {
			return one[:i] + first + "–" + one[i:]
		}
	}
	return Date(lang, from) + " – " + Date(lang, to)
}

// Moment writes the day of a moment, in UTC.
func Moment(lang sala.Lang, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return Date(lang, sala.DayOf(t.UTC()))
}

// Number writes a whole number in the digits of a language, in groups of
// three.
func Number(lang sala.Lang, n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	separator := ","
	if lang == "vi" || lang == "lo" || lang == "km" {
		separator = "."
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + separator + s[i:]
	}
	return digits(lang, sign+s)
}

// Year writes a year as a language counts it.
func Year(lang sala.Lang, year int) string { return Date(lang, sala.Day{Year: year}) }

// digits writes ASCII digits in those a language prints by default (CLDR:
// Burmese has its own; Thai, Khmer and Lao print Latin ones).
func digits(lang sala.Lang, s string) string {
	if lang != "my" {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '၀'
		}
		return r
	}, s)
}
