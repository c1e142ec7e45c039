package markup_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sala/internal/markup"
)

// FuzzStyleEnd: a style sheet ends where the tokenizer says it does.
func FuzzStyleEnd(f *testing.F) {
	for _, s := range []string{"", "a{}</style>b", "a</styles></STYLE\n>b", "</st</style/>", "a</style", "<</style ></style>", "</ſtyle></style>", "<!--</style>-->"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		z := html.NewTokenizer(strings.NewReader("<style>" + in))
		z.Next()
		want := 0
		if z.Next() == html.TextToken {
			want = len(z.Raw())
		}
		if got := markup.StyleEnd([]byte(in)); got != want {
			t.Errorf("%q ends at %d, want %d", in, got, want)
		}
	})
}
