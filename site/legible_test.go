package site_test

import "testing"

// An address of any bytes leads nowhere, and never to an error.
func TestAddressOfAnyBytes(t *testing.T) {
	w := open(t)
	for _, address := range []string{
		"/en/archive/%00/", "/en/archive/?theme=%00", "/en/2018/%00", "/en/recommendations/?theme=%00", "/en/events/?country=%00&month=%ff",
		"/en/archive/?theme=%ff%fe", "/en/2018/%ff", "/%00", "/en/%ff/", "/en/organisations/%00", "/en/people/%ff", "/en/themes/%00", "/?p=%00", "/id/%00", "/files/%00/%ff",
	} {
		if status := w.get(address).Code; status >= 500 {
			t.Errorf("%s: %d", address, status)
		}
	}
}
