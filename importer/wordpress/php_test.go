package wordpress

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnserialize(t *testing.T) {
	for _, test := range []struct {
		in   string
		want any
	}{
		{`N;`, nil},
		{`b:1;`, true},
		{`b:0;`, false},
		{`i:-42;`, int64(-42)},
		{`d:0.5;`, 0.5},
		{`s:0:"";`, ""},
		{`s:9:"ไทย";`, "ไทย"}, // lengths count bytes
		{`s:5:"a";"b";`, `a";"b`},
		{`a:0:{}`, phpArray{}},
		{`a:2:{s:2:"en";i:17006;s:2:"my";i:17007;}`, phpArray{{"en", int64(17006)}, {"my", int64(17007)}}},
		{`a:1:{i:0;a:1:{s:1:"k";N;}}`, phpArray{{"0", phpArray{{"k", nil}}}}},
		{`O:8:"stdClass":1:{s:4:"name";s:1:"x";}`, phpArray{{"name", "x"}}}, // nothing is ever made of a class
	} {
		got, err := unserialize(test.in)
		if err != nil {
			t.Errorf("unserialize(%s): %v", test.in, err)
			continue
		}
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(phpPair{})); diff != "" {
			t.Errorf("unserialize(%s) (-want +got):\n%s", test.in, diff)
		}
	}
}

func TestUnserializeRefuses(t *testing.T) {
	for _, in := range []string{
		``, `x`, `i:1`, `i:one;`, `s:99:"short";`, `s:-1:"";`, `s:2:"ไทย";`, `a:3:{i:0;i:1;}`, `a:999999999:{}`, `a:1:{a:0:{}i:1;}`,
		`i:1;i:2;`, `C:3:"Foo":0:{}`, `r:1;`, `a:1000000000000000000000:{}`,
		strings.Repeat(`a:1:{i:0;`, 1000) + strings.Repeat(`}`, 1000),
	} {
		if got, err := unserialize(in); err == nil {
			t.Errorf("unserialize(%.40s) = %v, want an error", in, got)
		}
	}
}

func FuzzUnserialize(f *testing.F) {
	f.Add(`a:2:{s:2:"en";i:17006;s:2:"my";i:17007;}`)
	f.Add(`O:8:"stdClass":1:{s:4:"name";d:1e9;}`)
	f.Fuzz(func(t *testing.T, s string) {
		if v, err := unserialize(s); err != nil && v != nil {
			t.Errorf("a value %v beside the error %v", v, err)
		}
	})
}
