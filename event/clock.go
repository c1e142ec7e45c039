package event

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"sala/script"
)

// A Clock is a time of day as a clock on the wall shows it, "09:30"; "" is
// not stated.
type Clock string

var clockForm = regexp.MustCompile(`^(\d{1,2})(?:[:.h](\d{2}))? ?(am|pm|a\.m\.|p\.m\.)?$`)

// ParseClock reads a time as people write it: "9:30", "09.30", "2 pm",
// "๑๓:๐๐", and "" as not stated.
func ParseClock(s string) (Clock, error) {
	text := strings.ToLower(strings.TrimSpace(script.Normalize(s)))
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(text, "hrs"), "น."))
	if text == "" {
		return "", nil
	}
	bad := fmt.Errorf("time %q: want hours and minutes, such as 09:30", s)
	m := clockForm.FindStringSubmatch(text)
	if m == nil || m[2] == "" && m[3] == "" {
		return "", bad
	}
	hour, err := strconv.Atoi(m[1])
	if err != nil {
		return "", bad
	}
	minute := 0
	if m[2] != "" {
		if minute, err = strconv.Atoi(m[2]); err != nil {
			return "", bad
		}
	}
	if m[3] != "" {
		if hour < 1 || hour > 12 {
			return "", bad
		}
		hour %= 12
		if m[3][0] == 'p' {
			hour += 12
		}
	}
	if hour > 23 || minute > 59 {
		return "", bad
	}
	return Clock(fmt.Sprintf("%02d:%02d", hour, minute)), nil
}

// valid reports whether c is in the one form that is stored.
func (c Clock) valid() bool {
	same, err := ParseClock(string(c))
	return err == nil && same == c
}

// Minutes is how many minutes of the day have passed at c.
func (c Clock) Minutes() int {
	if len(c) != len("09:30") {
		return 0
	}
	hour, minute := int(c[0]-'0')*10+int(c[1]-'0'), int(c[3]-'0')*10+int(c[4]-'0')
	return hour*60 + minute
}
