package i18n

import (
	"strconv"
	"strings"

	"sala"
)

// Number writes a whole number in the digits and groups of a language.
func Number(lang sala.Lang, n int) string {
	l, ok := of(lang)
	if !ok {
		return strconv.Itoa(n)
	}
	s := strconv.Itoa(n)
	if n < 0 {
		return l.minus() + l.print(l.grouped(s[1:]))
	}
	return l.print(l.grouped(s))
}

// Decimal writes a number with the given count of decimal places.
func Decimal(lang sala.Lang, f float64, places int) string {
	s := strconv.FormatFloat(f, 'f', places, 64)
	l, ok := of(lang)
	if !ok {
		return s
	}
	minus := ""
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		minus, s = l.minus(), rest
	}
	whole, part, has := strings.Cut(s, ".")
	s = l.grouped(whole)
	if has {
		s += l.decimal + part
	}
	return minus + l.print(s)
}

// minus is the sign of a negative number. Arabic and Urdu set a mark before it
// so that it stays before the figures.
func (l *locale) minus() string {
	if l.sign != "" {
		return l.sign
	}
	return "-"
}

// grouped sets separators between groups of digits: of three, and in South
// Asia of two above the first thousand.
func (l *locale) grouped(s string) string {
	if len(s) < l.primary+l.least {
		return s
	}
	cut := len(s) - l.primary
	out := l.group + s[cut:]
	for s = s[:cut]; len(s) > l.secondary; s = s[:cut] {
		cut = len(s) - l.secondary
		out = l.group + s[cut:] + out
	}
	return s + out
}

// print writes ASCII digits in those that a language prints by default:
// Burmese has its own; Thai, Khmer and Lao print 0 to 9.
func (l *locale) print(s string) string {
	if l.digits == "" {
		return s
	}
	ten := []rune(l.digits)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return ten[r-'0']
		}
		return r
	}, s)
}
