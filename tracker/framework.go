package tracker

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/internal/i18n"
)

// A Framework is a list of official numbers that others report under.
type Framework string

// The frameworks.
const (
	SDG Framework = "sdg" // goals and targets of the 2030 Agenda: "8", "8.8", "10.c"
	GCM Framework = "gcm" // objectives of the Global Compact for Migration: "1" to "23"
	UPR Framework = "upr" // Universal Periodic Review: cycle and paragraph, "3/52.12"; the country is the state under review
	ILO Framework = "ilo" // conventions and protocols: "C188", "P029"; the country is the one that is to ratify or keep it
	UN  Framework = "un"  // human rights treaties: "ICRMW"; the country likewise
)

// Frameworks lists them in the order they are shown.
var Frameworks = []Framework{SDG, GCM, UPR, ILO, UN}

// A Code is a number of a framework.
type Code struct {
	Framework Framework
	Code      string
	Country   string // ISO 3166-1 alpha-2 in lower case, "" if it is about none
}

func (c Code) String() string {
	s := string(c.Framework) + ":" + c.Code
	if c.Country != "" {
		s += ":" + c.Country
	}
	return s
}

// ParseCode reads a code as an editor types it: "SDG 8.8", "gcm:5",
// "C188 th", "ilo 188 th", "UPR 3/52.12 th". It answers with the canonical
// form, or with what is wrong.
func ParseCode(s string) (Code, error) {
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == ':' || r == ',' || r == '\t' })
	if len(parts) == 0 {
		return Code{}, badCode(s, "it is empty")
	}
	if _, ok := lists[Framework(parts[0])]; !ok { // "C188" names its framework itself
		for _, f := range []Framework{ILO, UN} {
			if _, err := lists[f](parts[0]); err == nil {
				parts = append([]string{string(f)}, parts...)
				break
			}
		}
	}
	read, ok := lists[Framework(parts[0])]
	if !ok {
		return Code{}, badCode(s, "it begins with none of sdg, gcm, upr, ilo, un")
	}
	if len(parts) < 2 || len(parts) > 3 {
		return Code{}, badCode(s, "want a framework, a number and, where it is about one, a country")
	}
	c := Code{Framework: Framework(parts[0])}
	var err error
	if c.Code, err = read(parts[1]); err != nil {
		return Code{}, badCode(s, err.Error())
	}
	if len(parts) == 3 {
		if !i18n.IsCountry(parts[2]) {
			return Code{}, badCode(s, fmt.Sprintf("%q is not the two letters of a country", parts[2]))
		}
		c.Country = parts[2]
	}
	if c.Framework == UPR && c.Country == "" {
		return Code{}, badCode(s, "a review is of a country: add its two letters")
	}
	return c, nil
}

func badCode(s, why string) error {
	return sala.Invalid{{Field: "codes", Key: "studio.tracker.code_bad", Text: fmt.Sprintf("%q is no code: %s", s, why)}}
}

// lists reads the number of each framework into its canonical form.
var lists = map[Framework]func(string) (string, error){
	SDG: sdg,
	GCM: func(s string) (string, error) {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 23 {
			return "", fmt.Errorf("the Global Compact has objectives 1 to 23")
		}
		return strconv.Itoa(n), nil
	},
	UPR: func(s string) (string, error) {
		m := uprForm.FindStringSubmatch(s)
		if m == nil {
			return "", fmt.Errorf("want the cycle, 1 to 4, and the paragraph, as in 3/52.12")
		}
		return m[1] + "/" + m[2], nil
	},
	ILO: ilo,
	UN: func(s string) (string, error) {
		s = strings.ToUpper(s)
		if !slices.ContainsFunc(Conventions, func(c Convention) bool { return c.Framework == UN && c.Code == s }) {
			return "", fmt.Errorf("it is none of the core treaties")
		}
		return s, nil
	},
}

var uprForm = regexp.MustCompile(`^([1-4])/([1-9][0-9]{0,2}(?:\.[1-9][0-9]{0,2})?)$`)

// targets says of each Sustainable Development Goal how many numbered targets
// and how many lettered means of implementation it has (A/RES/71/313).
var targets = [18][2]int{
	{}, {5, 2}, {5, 3}, {9, 4}, {7, 3}, {6, 3}, {6, 2}, {3, 2}, {10, 2}, {5, 3},
	{7, 3}, {7, 3}, {8, 3}, {3, 2}, {7, 3}, {9, 3}, {10, 2}, {19, 0},
}

func sdg(s string) (string, error) {
	goal, target, has := strings.Cut(s, ".")
	n, err := strconv.Atoi(goal)
	if err != nil || n < 1 || n > 17 {
		return "", fmt.Errorf("there are goals 1 to 17")
	}
	if !has {
		return strconv.Itoa(n), nil
	}
	if len(target) == 1 && target[0] >= 'a' && int(target[0]-'a') < targets[n][1] {
		return strconv.Itoa(n) + "." + target, nil
	}
	if t, err := strconv.Atoi(target); err == nil && t >= 1 && t <= targets[n][0] {
		return strconv.Itoa(n) + "." + strconv.Itoa(t), nil
	}
	return "", fmt.Errorf("goal %d has no target %q", n, target)
}

// protocols are the conventions of the ILO that have one.
var protocols = map[int]bool{29: true, 81: true, 89: true, 110: true, 147: true, 155: true}

// lastConvention is the newest of the ILO: C192 on biological hazards, 2025.
const lastConvention = 192

func ilo(s string) (string, error) {
	letter, digits := "c", s
	if s != "" && (s[0] == 'c' || s[0] == 'p') {
		letter, digits = s[:1], s[1:]
	}
	n, err := strconv.Atoi(digits)
	switch {
	case err != nil || n < 1 || n > lastConvention:
		return "", fmt.Errorf("the ILO has conventions 1 to %d", lastConvention)
	case letter == "p" && !protocols[n]:
		return "", fmt.Errorf("convention %d has no protocol", n)
	}
	return fmt.Sprintf("%s%03d", strings.ToUpper(letter), n), nil
}
