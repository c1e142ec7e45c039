package feed_test

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/feed"
)

var sample = feed.Feed{
	Title: "Fees & rights", Lang: "my", Home: "https://example.org/my/", Base: "https://example.org/my/feed", Author: "Network",
	Updated: time.Date(2019, 3, 8, 0, 0, 0, 0, time.UTC),
	Entries: []feed.Entry{{
		ID: "urn:uuid:1", Title: "ထုတ်ပြန်ချက် <1>", Lang: "my", Link: "https://example.org/my/2019/x", HTML: "<p>စာ ]]> & more</p>", Authors: []string{"A", "B"},
		Terms: []string{"fees"}, Published: time.Date(2019, 3, 8, 0, 0, 0, 0, time.UTC), Updated: time.Date(2019, 3, 9, 0, 0, 0, 0, time.UTC),
	}, {ID: "urn:uuid:2", Title: "Undated", Lang: "en", Link: "https://example.org/en/2019/y", Updated: time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)}},
}

func TestXML(t *testing.T) {
	for name, write := range map[string]func() ([]byte, error){
		"atom": sample.Atom, "rss": sample.RSS,
		"sitemap": func() ([]byte, error) {
			return feed.Sitemap([]feed.Location{{Address: "https://example.org/en/2019/x?a&b", Alternates: map[sala.Lang]string{"en": "a", "my": "b"}}})
		},
	} {
		b, err := write()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(strings.NewReader(string(b)))
		text := ""
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s is not XML: %v\n%s", name, err, b)
			}
			if c, ok := tok.(xml.CharData); ok {
				text += string(c)
			}
		}
		if name != "sitemap" && (!strings.Contains(text, "<p>စာ ]]> & more</p>") || !strings.Contains(text, "Fees & rights")) {
			t.Errorf("%s lost text:\n%s", name, b)
		}
		if strings.Contains(string(b), "0001-01-01") {
			t.Errorf("%s dates what has no date", name)
		}
	}
}

func TestJSON(t *testing.T) {
	b, err := sample.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version string
		Items   []struct {
			ID       string
			HTML     string `json:"content_html"`
			Language string
		}
	}
	if err := json.Unmarshal(b, &got); err != nil || len(got.Items) != 2 || got.Items[0].HTML != sample.Entries[0].HTML || got.Items[1].Language != "en" {
		t.Errorf("%+v, %v", got, err)
	}
}
