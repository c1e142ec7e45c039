package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"sala"
)

// Names of months in other languages, in the order of the year; several for
// one are parted by a bar.
var foreignMonths = []string{
	"มกราคม|ม\\.ค\\.", "กุมภาพันธ์|ก\\.พ\\.", "มีนาคม|มี\\.ค\\.", "เมษายน|เม\\.ย\\.", "พฤษภาคม|พ\\.ค\\.", "มิถุนายน|มิ\\.ย\\.",
	"กรกฎาคม|ก\\.ค\\.", "สิงหาคม|ส\\.ค\\.", "กันยายน|ก\\.ย\\.", "ตุลาคม|ต\\.ค\\.", "พฤศจิกายน|พ\\.ย\\.", "ธันวาคม|ธ\\.ค\\.",
	"ဇန်နဝါရီ", "ဖေဖော်ဝါရီ", "မတ်", "ဧပြီ", "မေ", "ဇွန်", "ဇူလိုင်", "ဩဂုတ်|သြဂုတ်", "စက်တင်ဘာ", "အောက်တိုဘာ", "နိုဝင်ဘာ", "ဒီဇင်ဘာ",
	"មករា", "កុម្ភៈ|កុម្ភ:", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ",
	"ມັງກອນ", "ກຸມພາ", "ມີນາ", "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ", "ກໍລະກົດ", "ສິງຫາ", "ກັນຍາ", "ຕຸລາ", "ພະຈິກ", "ທັນວາ",
}

var monthByName = func() map[string]time.Month {
	m := map[string]time.Month{}
	for i, names := range foreignMonths {
		for _, n := range strings.Split(strings.ReplaceAll(names, "\\.", "."), "|") {
			m[n] = time.Month(i%12 + 1)
		}
	}
	return m
}()

const (
	anyDigit = `[0-9๐-๙၀-၉០-៩໐-໙]`
	anyDash  = `\s*(?:-|–|—|ถึง|และ|မှ|နှင့်|ដល់|និង|ຫາ|ແລະ)\s*`
)

// The ways in which other languages write a date, each with what its groups
// mean: day, last day, month, year.
var foreignForms = []struct {
	form   *regexp.Regexp
	groups [4]int
}{
	// 2–4 พฤศจิกายน พ.ศ. 2561, ថ្ងៃទី ៨ ខែ មីនា ឆ្នាំ ២០១៩, ວັນທີ 8 ມີນາ 2019
	{regexp.MustCompile(`(` + anyDigit + `{1,2})(?:` + anyDash + `(` + anyDigit + `{1,2}))?\s*(?:เดือน|ខែ|ເດືອນ)?\s*(` + strings.Join(foreignMonths[:12], "|") + `|` + strings.Join(foreignMonths[24:], "|") + `)\s*(?:ពุทธศักราช|พุทธศักราช|พ\.\s?ศ\.|ค\.\s?ศ\.|ปี|ឆ្នាំ|ປີ)?\s*(` + anyDigit + `{4})`), [4]int{1, 2, 3, 4}},
	// ၂၀၁၈ ခုနှစ်၊ အောက်တိုဘာလ ၁၅ ရက်
	{regexp.MustCompile(`(` + anyDigit + `{4})\s*(?:ခုနှစ်|ခု|ပြည့်နှစ်)?[၊,]?\s*(` + strings.Join(foreignMonths[12:24], "|") + `)\s*(?:လ)?\s*[၊,]?\s*(` + anyDigit + `{1,2})(?:\s*ရက်)?(?:` + anyDash + `(` + anyDigit + `{1,2}))?`), [4]int{3, 4, 2, 1}},
	// ngày 8 tháng 3 năm 2019
	{regexp.MustCompile(`(?i)(?:ngày|từ)\s+(\d{1,2})(?:\s*(?:-|–|đến|và)\s*(?:ngày\s+)?(\d{1,2}))?\s+tháng\s+(\d{1,2})\s*(?:,|năm)?\s*(\d{4})`), [4]int{1, 2, 3, 4}},
	// 2019年3月8日
	{regexp.MustCompile(`(\d{4})年\s*(\d{1,2})月\s*(\d{1,2})日(?:\s*(?:-|–|~|〜|~|から)\s*(\d{1,2})日)?`), [4]int{3, 4, 2, 1}},
}

// foreignDates finds dates in the languages whose months are not English.
func foreignDates(text string) []Date {
	ascii := true
	for i := 0; i < len(text) && ascii; i++ {
		ascii = text[i] < 0x80
	}
	if ascii {
		return nil
	}
	var found []Date
	for _, f := range foreignForms {
		for _, m := range f.form.FindAllStringSubmatchIndex(text, -1) {
			group := func(n int) string {
				if m[2*n] < 0 {
					return ""
				}
				return text[m[2*n]:m[2*n+1]]
			}
			if d, ok := foreignDate(group(f.groups[0]), group(f.groups[1]), group(f.groups[2]), group(f.groups[3])); ok {
				found = append(found, Date{d, m[0], m[1]})
			}
		}
	}
	return found
}

func foreignDate(first, last, month, year string) (span sala.Span, ok bool) {
	m, known := monthByName[month]
	if !known {
		n, err := strconv.Atoi(westernDigits(month))
		if err != nil || n < 1 || n > 12 {
			return span, false
		}
		m = time.Month(n)
	}
	y, err := strconv.Atoi(westernDigits(year))
	if err != nil {
		return span, false
	}
	d1, err := strconv.Atoi(westernDigits(first))
	if err != nil {
		return span, false
	}
	if span.From, ok = dayOf(era(y), m, d1); !ok {
		return span, false
	}
	span.To = span.From
	if last != "" {
		d2, err := strconv.Atoi(westernDigits(last))
		if err != nil {
			return span, false
		}
		if span.To, ok = dayOf(era(y), m, d2); !ok {
			return span, false
		}
	}
	return span, span.Check() == nil
}

// westernDigits writes the digits of other scripts as ours.
func westernDigits(s string) string {
	return strings.Map(func(r rune) rune {
		for _, zero := range []rune{'๐', '၀', '០', '໐'} {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		return r
	}, s)
}
