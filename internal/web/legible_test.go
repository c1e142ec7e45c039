package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"sala/internal/web"
)

func TestLegible(t *testing.T) {
	var path, value, raw string
	h := web.Legible(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		path, value, raw = r.URL.Path, r.URL.Query().Get("q"), r.URL.RawQuery
	}))
	for _, test := range []struct{ address, path, value, raw string }{
		{"/en/a%00b?q=1", "/en/a\ufffdb", "1", "q=1"},
		{"/en/%ff?q=%00x", "/en/\ufffd", "\ufffdx", "q=%EF%BF%BDx"},
		{"/my/%E1%80%80?b=2&q=%E1%80%80&a=1", "/my/က", "က", "b=2&q=%E1%80%80&a=1"},
		{"/en/?q=100%&x=%fe", "/en/", "", "x=%EF%BF%BD"},
		{"/en/?q=plain", "/en/", "plain", "q=plain"},
	} {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, test.address, nil))
		if path != test.path || value != test.value || raw != test.raw {
			t.Errorf("%s: path %q, q %q, query %q", test.address, path, value, raw)
		}
	}
}
