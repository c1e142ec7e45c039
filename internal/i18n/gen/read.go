package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// read takes what the table holds of one locale.
func read(from, lang, name string) (locale, error) {
	var l locale
	g, err := load(from, "cldr-dates-full", name, "ca-gregorian.json", "dates", "calendars", "gregorian")
	if err != nil {
		return l, err
	}
	if err := l.dates(g, lang); err != nil {
		return l, err
	}
	if err := l.numbers(from, name); err != nil {
		return l, err
	}
	lists, err := load(from, "cldr-misc-full", name, "listPatterns.json", "listPatterns")
	if err != nil {
		return l, err
	}
	for i, key := range []string{"2", "start", "middle", "end"} {
		l.list[i] = lists.text("listPattern-type-standard", key)
		l.or[i] = lists.text("listPattern-type-or", key)
	}
	marks, err := load(from, "cldr-misc-full", name, "delimiters.json", "delimiters")
	if err != nil {
		return l, err
	}
	for i, key := range []string{"quotationStart", "quotationEnd", "alternateQuotationStart", "alternateQuotationEnd"} {
		l.quotes[i] = marks.text(key)
	}
	own, err := load(from, "cldr-localenames-full", name, "languages.json", "localeDisplayNames", "languages")
	if err != nil {
		return l, err
	}
	l.names = map[string]string{}
	tags := named
	for _, other := range languages {
		tags = append(tags, other.lang)
	}
	for _, tag := range tags {
		if s := own.text(tag); s != "" {
			l.names[tag] = s
		}
	}
	return l, nil
}

// dates takes months and patterns.
func (l *locale) dates(g node, lang string) error {
	for _, part := range []struct {
		to          *[]string
		form, width string
	}{{&l.months, "format", "wide"}, {&l.alone, "stand-alone", "wide"}, {&l.short, "format", "abbreviated"}} {
		for m := 1; m <= 12; m++ {
			s := g.text("months", part.form, part.width, strconv.Itoa(m))
			if s == "" {
				return fmt.Errorf("no month %d (%s, %s)", m, part.form, part.width)
			}
			*part.to = append(*part.to, s)
		}
	}
	l.day = g.text("dateFormats", "long")
	available := func(key string) string { return g.text("dateTimeFormats", "availableFormats", key) }
	l.month, l.year = available("yMMMM"), available("y")
	if lang == "th" {
		// Thai counts years of the Buddhist era. CLDR keeps its patterns for
		// that calendar in a package that is no longer published; ICU writes
		// them as the Gregorian ones, with the era named only at a year alone.
		l.day, l.year = available("yMMMMd"), "'พ.ศ.' y"
	}
	if l.day == "" || l.month == "" || l.year == "" {
		return fmt.Errorf("no long date, month and year, or year")
	}
	l.intervals(g, lang)
	for _, p := range []*string{&l.day, &l.month, &l.year, &l.days, &l.daysM, &l.daysY, &l.mons, &l.monsY, &l.yrs} {
		*p = shape(*p)
	}
	return nil
}

// intervals takes the patterns from one day, month or year to another. ICU
// widens the months of the pattern for short ones where there is none for
// long ones; so do we. Patterns in figures alone (Lao) do not say "November",
// and are made of the long date instead.
func (l *locale) intervals(g node, lang string) {
	interval := func(skeleton, differs string) string {
		return g.text("dateTimeFormats", "intervalFormats", skeleton, differs)
	}
	textual := func(p string) bool {
		return strings.Contains(p, "MMM") || strings.Contains(p, "月") || strings.Contains(p, "월")
	}
	wide := func(p string) string {
		if strings.Contains(p, "MMMM") {
			return p
		}
		return strings.ReplaceAll(p, "MMM", "MMMM")
	}
	for _, part := range []struct {
		to      *string
		differs string
	}{{&l.days, "d"}, {&l.daysM, "M"}, {&l.daysY, "y"}} {
		p := interval("yMMMMd", part.differs)
		if p == "" {
			p = wide(interval("yMMMd", part.differs))
		}
		if textual(p) {
			*part.to = p
		}
	}
	for _, part := range []struct {
		to      *string
		differs string
	}{{&l.mons, "M"}, {&l.monsY, "y"}} {
		p := interval("yMMMM", part.differs)
		if p == "" {
			p = wide(interval("yMMM", part.differs))
		}
		if textual(p) {
			*part.to = p
		}
	}
	l.yrs = interval("y", "y")
	if lang == "th" {
		l.yrs = "'พ.ศ.' y–y"
		l.mons = wide(interval("yMMM", "M")) // as in that calendar, without spaces
	}
	long := l.day
	if l.days == "" {
		l.days = strings.Replace(long, "d", "d–d", 1)
	}
	if l.daysM == "" && strings.HasPrefix(long, "d MMMM") {
		l.daysM = "d MMMM – " + long
	}
	if l.daysY == "" {
		l.daysY = long + " – " + long
	}
	if l.monsY == "" {
		l.monsY = l.month + " – " + l.month
	}
}

// shape writes a CLDR date pattern in the form of the table: {d}, {m}, {y}
// are day, month and year, {n} the month as a figure, {a} the month as it
// stands alone. Thin spaces around a dash become spaces (the fonts of several
// scripts lack them), and none are left between two days or two years.
func shape(p string) string {
	var out strings.Builder
	runes := []rune(p)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if r == '\'' {
			end := i + 1
			for end < len(runes) && runes[end] != '\'' {
				end++
			}
			if end == i+1 {
				out.WriteRune('\'')
			}
			out.WriteString(string(runes[i+1 : min(end, len(runes))]))
			i = end
			continue
		}
		n := 1
		for i+n < len(runes) && runes[i+n] == r {
			n++
		}
		switch {
		case r == 'd':
			out.WriteString("{d}")
		case r == 'y':
			out.WriteString("{y}")
		case r == 'M' && n >= 3:
			out.WriteString("{m}")
		case r == 'L' && n >= 3:
			out.WriteString("{a}")
		case r == 'M' || r == 'L':
			out.WriteString("{n}")
		case r == '\u2009' || r == '\u202f' || r == '\u00a0':
			out.WriteString(" ")
		default:
			out.WriteString(string(runes[i : i+n]))
		}
		i += n - 1
	}
	s := out.String()
	for _, dash := range []string{"–", "-"} {
		s = strings.ReplaceAll(s, "{d} "+dash+" {d} ", "{d}–{d} ")
		s = strings.ReplaceAll(s, "{d} "+dash+" {d},", "{d}–{d},")
		if s == "{y} "+dash+" {y}" {
			s = "{y}–{y}"
		}
		if end := "{d} " + dash + " {d}"; strings.HasSuffix(s, end) {
			s = strings.TrimSuffix(s, end) + "{d}–{d}"
		}
	}
	return s
}

// numbers takes signs, grouping and digits.
func (l *locale) numbers(from, name string) error {
	n, err := load(from, "cldr-numbers-full", name, "numbers.json", "numbers")
	if err != nil {
		return err
	}
	system := n.text("defaultNumberingSystem")
	signs := "symbols-numberSystem-" + system
	l.decimal, l.group = n.text(signs, "decimal"), n.text(signs, "group")
	if sign := n.text(signs, "minusSign"); sign != "-" {
		l.sign = sign
	}
	if l.least, err = strconv.Atoi(n.text("minimumGroupingDigits")); err != nil {
		return err
	}
	pattern, _, _ := strings.Cut(n.text("decimalFormats-numberSystem-"+system, "standard"), ".")
	groups := strings.Split(pattern, ",")
	l.primary, l.secondary = len(groups[len(groups)-1]), len(groups[len(groups)-1])
	if len(groups) > 2 {
		l.secondary = len(groups[len(groups)-2])
	}
	if l.digits, err = digitsOf(from, system); err != nil {
		return err
	}
	l.native, err = digitsOf(from, n.text("otherNumberingSystems", "native"))
	return err
}

// digitsOf returns the ten digits of a numbering system, "" for 0 to 9.
func digitsOf(from, system string) (string, error) {
	b, err := os.ReadFile(filepath.Join(from, "cldr-core", "supplemental", "numberingSystems.json"))
	if err != nil {
		return "", err
	}
	var v struct {
		Supplemental struct {
			NumberingSystems map[string]struct {
				Digits string `json:"_digits"`
			} `json:"numberingSystems"`
		} `json:"supplemental"`
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return "", err
	}
	d := v.Supplemental.NumberingSystems[system].Digits
	if d == "0123456789" {
		return "", nil
	}
	return d, nil
}
