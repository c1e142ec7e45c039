package richtext_test

import (
	"strings"
	"testing"

	"sala/internal/richtext"
)

func TestADeadLinkLeadsToItsCopyToo(t *testing.T) {
	d, _ := richtext.FromHTML(`<p><a href="https://gone.example/a?b=1&amp;c=2">there</a> and <a href="https://good.example/">here</a></p>`, richtext.HTMLOptions{Seed: "a"})
	copies := map[string]string{"https://gone.example/a?b=1&c=2": "https://web.archive.org/web/2019/https://gone.example/a?b=1&c=2"}
	render := func(o richtext.RenderOptions) string {
		var b strings.Builder
		if err := richtext.WriteHTML(&b, d, o); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	got := render(richtext.RenderOptions{Archived: func(h string) string { return copies[h] }, Labels: richtext.Labels{Archived: "archived <copy>"}})
	want := `there</a> <small>(<a href="https://web.archive.org/web/2019/https://gone.example/a?b=1&amp;c=2" rel="noopener external">archived &lt;copy&gt;</a>)</small> and`
	if !strings.Contains(got, want) {
		t.Errorf("%s", got)
	}
	if n := strings.Count(got, "<small>"); n != 1 {
		t.Errorf("%d copies beside one dead link", n)
	}
	if got := render(richtext.RenderOptions{}); strings.Contains(got, "<small>") {
		t.Errorf("a copy of nothing: %s", got)
	}
	copies["https://good.example/"] = "javascript:alert(1)"
	if got := render(richtext.RenderOptions{Archived: func(h string) string { return copies[h] }}); strings.Contains(got, "javascript") {
		t.Errorf("the copy runs: %s", got)
	}
}
