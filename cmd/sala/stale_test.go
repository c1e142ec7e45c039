package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// export is one text in English and its Thai translation, as WPML exports
// them, with the first paragraph of the English text as given.
func export(t *testing.T, first string) string {
	t.Helper()
	item := func(id int, title, body string, meta ...string) string {
		var b strings.Builder
		for i := 0; i < len(meta); i += 2 {
			fmt.Fprintf(&b, "<wp:postmeta><wp:meta_key>%s</wp:meta_key><wp:meta_value>%s</wp:meta_value></wp:postmeta>", meta[i], meta[i+1])
		}
		return fmt.Sprintf(`<item><title>%s</title><link>http://old.example/%d/</link><content:encoded><![CDATA[%s]]></content:encoded>
			<wp:post_id>%[2]d</wp:post_id><wp:post_date>2018-11-03 10:00:00</wp:post_date><wp:post_name>post-%[2]d</wp:post_name>
			<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>%[4]s</item>`, title, id, body, b.String())
	}
	file := filepath.Join(t.TempDir(), "export.xml")
	err := os.WriteFile(file, []byte(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
		<channel><title>Old</title><link>http://old.example</link><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>http://old.example</wp:base_blog_url>`+
		item(1, "Fees", "<p>"+first+"</p><p>It stays.</p>", "_wpml_import_language_code", "en", "_wpml_import_translation_group", "7")+
		item(2, "ค่าธรรมเนียม", "<p>หนึ่ง</p><p>สอง</p>", "_wpml_import_language_code", "th", "_wpml_import_translation_group", "7", "_wpml_import_source_language_code", "en")+
		`</channel></rss>`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// A translation whose source is imported anew with another text is work to be
// done, not a fault.
func TestCheckNamesStaleTranslations(t *testing.T) {
	data := t.TempDir()
	for _, step := range []struct {
		first, says string
		stale       bool
	}{
		{"Nobody pays.", "", false},
		{"Nobody ever pays.", "1 changed in en since: th", true},
		{"Nobody pays.", "", false}, // as it was translated
	} {
		if out, code := command(t, "import", "--data", data, export(t, step.first)); code != 0 {
			t.Fatal(out)
		}
		out, code := command(t, "check", "--data", data)
		if code != 0 || !strings.Contains(out, "All is well.") || !strings.Contains(out, step.says) || strings.Contains(out, "1 translations are older") != step.stale {
			t.Errorf("%q: %d %s", step.first, code, out)
		}
	}
}
