package studio_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sala"
)

const loaded = "The factory calls them runaways. Runaways are blamed, and a \"runaway\" is what the ministry said.\n\n> They are runaways, he said.\n\nEvery migrant worker knows."

// What the glossary says of a text stands beside it where it is written, where
// it is previewed and, while it is being written, in answer to a script.
func TestWordsBesideTheText(t *testing.T) {
	each(t, func(h *office) {
		work, _ := h.aText("Of words", doc(loaded))
		path := "/studio/works/" + string(work) + "/en"
		for _, at := range []string{path, path + "/preview"} {
			w := h.get(sala.Editor, at)
			body := strings.ReplaceAll(w.Body.String(), "<wbr>", "")
			if w.Code != http.StatusOK || strings.Count(body, "derogatory; hides why people leave") != 1 || !strings.Contains(body, "× 2") || !strings.Contains(body, "worker who left the job") || !strings.Contains(body, "แรงงานข้ามชาติ") {
				t.Errorf("%s: %d %s", at, w.Code, body)
			}
		}
		ask := func(as sala.Role, form url.Values) (int, string) {
			t.Helper()
			w := h.post(as, path+"/words", form)
			var said struct{ HTML, Message string }
			if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil {
				t.Fatalf("%d %s: %v", w.Code, w.Body, err)
			}
			return w.Code, said.HTML + said.Message
		}
		status, said := ask(sala.Editor, url.Values{"title": {"Runaways <b>"}, "markdown": {"Well."}})
		if status != http.StatusOK || !strings.Contains(said, "hides why people leave") || strings.Contains(said, "<html") {
			t.Errorf("%d %s", status, said)
		}
		for _, quiet := range []string{"> They are runaways.", "She spoke of \"runaways\".", "Nothing is wrong here."} {
			if status, said := ask(sala.Editor, url.Values{"title": {"T"}, "markdown": {quiet}}); status != http.StatusOK || strings.Contains(said, "hides why") {
				t.Errorf("%q: %d %s", quiet, status, said)
			}
		}
		// As the writing surface sends it.
		status, said = ask(sala.Editor, url.Values{"title": {"T"}, "body": {string(doc("They are runaways.").JSON())}})
		if status != http.StatusOK || !strings.Contains(said, "hides why") {
			t.Errorf("JSON: %d %s", status, said)
		}
		if status, said := ask(sala.Editor, url.Values{"title": {"T"}, "body": {`{"content":[{"type":"script"}]}`}}); status != http.StatusUnprocessableEntity || said == "" {
			t.Errorf("no text: %d %q", status, said)
		}
		if status, said := ask(sala.Contributor, url.Values{"title": {"T"}}); status != http.StatusNotFound || strings.Contains(said, "Of words") {
			t.Errorf("somebody else's: %d %q", status, said)
		}
		// Asking keeps nothing.
		if w := h.get(sala.Editor, path); strings.Contains(w.Body.String(), "Runaways &lt;b&gt;") {
			t.Error("it was kept")
		}
	})
}
