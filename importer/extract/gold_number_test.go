package extract_test

import "strconv"

// grouped parts the thousands of a number.
func grouped(v string) string {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1000 {
		return v
	}
	s := strconv.Itoa(n)
	for k := len(s) - 3; k > 0; k -= 3 {
		s = s[:k] + "," + s[k:]
	}
	return s
}
