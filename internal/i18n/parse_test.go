package i18n_test

import (
	"strings"
	"testing"
	"time"

	"sala"
	"sala/internal/i18n"
)

// native writes ASCII digits in another script's.
func native(s string, zero rune) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return zero + r - '0'
		}
		return r
	}, s)
}

// TestParseDateReadsWhatDateWrites writes every day of a year, and some months
// and years in every language, in its own digits and in ASCII ones, and
// reads them again.
func TestParseDateReadsWhatDateWrites(t *testing.T) {
	zeros := map[sala.Lang]rune{"my": '၀', "th": '๐', "km": '០', "lo": '໐', "shn": '႐', "hi": '०', "bn": '০', "ne": '०', "ar": '٠'}
	n := 0
	for _, l := range intlLangs {
		var all []sala.Day
		for year := 1900; year <= 2100; year += 9 {
			all = append(all, sala.Day{Year: year})
		}
		for _, year := range []int{1957, 2026} {
			for m := 1; m <= 12; m++ {
				d := sala.Day{Year: year, Month: time.Month(m)}
				all = append(all, d)
				for day := 1; day <= 28; day++ {
					if year != 2026 && day != m && day != 28-m {
						continue
					}
					all = append(all, sala.Day{Year: year, Month: d.Month, Day: day})
				}
			}
		}
		for _, d := range all {
			written := i18n.Date(l.Lang, d)
			forms := []string{written, native(written, '0')}
			if zero := zeros[l.Lang]; zero != 0 {
				forms = append(forms, native(written, zero))
			}
			for _, s := range forms {
				n++
				if got, err := i18n.ParseDate(l.Lang, s); err != nil || got != d {
					t.Fatalf("ParseDate(%s, %q) = %v, %v, want %v", l.Lang, s, got, err, d)
				}
			}
		}
	}
	t.Logf("read %d dates", n)
}

func TestParseDate(t *testing.T) {
	for _, test := range []struct {
		lang    sala.Lang
		s, want string
	}{
		{"th", "23 พฤศจิกายน 2569", "2026-11-23"},
		{"th", "วันที่ ๒๓ พฤศจิกายน พ.ศ. ๒๕๖๙", "2026-11-23"},
		{"th", "23 พ.ย. 2569", "2026-11-23"},
		{"th", "พ.ศ. 2569", "2026"},
		{"th", "พ.ศ.๒๕๖๑", "2018"},
		{"th", "2561", "2018"},
		{"th", "ค.ศ. 2018", "2018"},
		{"th", "23/11/2569", "2026-11-23"},
		{"th", "23 November 2018", "2018-11-23"},
		{"th", "พ.ศ. 2400", "1857"},
		{"my", "၂၀၂၆ ခုနှစ် နိုဝင်ဘာ ၂၃ ရက်", "2026-11-23"},
		{"my", "၂၀၁၈", "2018"},
		{"my", "၂၃/၁၁/၂၀၂၆", "2026-11-23"},
		{"km", "ថ្ងៃទី២៣ ខែវិច្ឆិកា ឆ្នាំ២០២៦", "2026-11-23"},
		{"km", "ព.ស. ២៥៦៩", "2026"},
		{"lo", "ວັນທີ ໒໓ ພະຈິກ ໒໐໒໖", "2026-11-23"},
		{"lo", "ພ.ສ. 2569", "2026"},
		{"vi", "ngày 23 tháng 11 năm 2026", "2026-11-23"},
		{"vi", "Tháng 1 năm 2026", "2026-01"},
		{"vi", "23/11/2026", "2026-11-23"},
		{"ja", "2026年11月23日", "2026-11-23"},
		{"ja", "２０２６年１１月", "2026-11"},
		{"ja", "令和8年11月23日", "2026-11-23"},
		{"ja", "令和元年", "2019"},
		{"ja", "2026/11/23", "2026-11-23"},
		{"zh-Hant", "2026年11月23日", "2026-11-23"},
		{"en", "23rd of November, 2026", "2026-11-23"},
		{"en", "Nov 2026", "2026-11"},
		{"en", "November 23, 2026", "2026-11-23"},
		{"en", "2026-11-23", "2026-11-23"},
		{"en", "11/2026", "2026-11"},
		{"en", "2569 BE", "2026"},
		{"en", "29 February 2020", "2020-02-29"},
		{"es", "23 de noviembre de 2026", "2026-11-23"},
		{"mnw", "23 November 2026", "2026-11-23"},
	} {
		got, err := i18n.ParseDate(test.lang, test.s)
		if err != nil || got.String() != test.want {
			t.Errorf("ParseDate(%s, %q) = %v, %v, want %s", test.lang, test.s, got, err, test.want)
		}
	}
	for _, s := range []string{
		"", " ", "x", "23", "23 November", "31 February 2026", "29 February 2019", "0/11/2026", "23/0/2026", "23/13/2026", "32 May 2026", "5 May 26", "1/2/3/2026",
		"23 Novembrer 2026", "maybe 2026", "2026-11-23T10:00", "12345", "May May 2026", "พ.ศ. 543", "0000", "2026 2027", "令和100年", "November 123 2026",
	} {
		if got, err := i18n.ParseDate("en", s); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", s, got)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"23 พฤศจิกายน พ.ศ. ๒๕๖๙", "၂၀၂၆ နိုဝင်ဘာ ၂၃", "tháng 11 năm 2026", "令和8年11月23日", "\xff1/2/2020"} {
		f.Add("th", s)
		f.Add("ja", s)
	}
	f.Fuzz(func(t *testing.T, lang, s string) {
		d, err := i18n.ParseDate(sala.Lang(lang), s)
		if err != nil {
			return
		}
		if again, err := sala.ParseDay(d.String()); err != nil || again != d || d.IsZero() {
			t.Errorf("ParseDate(%q) = %v, which is no day", s, d)
		}
	})
}
