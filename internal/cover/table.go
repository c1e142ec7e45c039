package cover

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"unicode/utf8"
)

// mark is the byte order mark that spreadsheets want before a table.
var mark = []byte("\ufeff")

// CSV covers the fields of a table.
func CSV(body []byte, lang string, find Finder) ([]byte, error) {
	rest, marked := bytes.CutPrefix(body, mark)
	r := csv.NewReader(bytes.NewReader(rest))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("cover a table: %w", err)
	}
	changed := false
	for _, row := range rows {
		for i, field := range row {
			if covered := over(field, find(field, lang)); covered != field {
				row[i], changed = covered, true
			}
		}
	}
	if !changed {
		return body, nil
	}
	var out bytes.Buffer
	if marked {
		out.Write(mark)
	}
	w := csv.NewWriter(&out)
	w.UseCRLF = bytes.Contains(rest, []byte("\r\n"))
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("cover a table: %w", err)
	}
	return out.Bytes(), nil
}

// Calendar covers the values of an iCalendar file (RFC 5545), whose lines are
// folded wherever they get long.
func Calendar(body []byte, lang string, find Finder) []byte {
	var out strings.Builder
	lines := strings.SplitAfter(string(body), "\n")
	for i := 0; i < len(lines); {
		folded := lines[i]
		for i++; i < len(lines) && (strings.HasPrefix(lines[i], " ") || strings.HasPrefix(lines[i], "\t")); i++ {
			folded += lines[i]
		}
		whole := unfold.Replace(folded)
		line := strings.TrimRight(whole, "\r\n")
		text := unescape.Replace(line)
		covered := over(text, find(text, lang))
		if covered == text {
			out.WriteString(folded)
			continue
		}
		// What was escaped in the value is escaped again; what stands before the
		// colon holds nothing that is.
		name, value := cutValue(covered)
		out.WriteString(fold(name + ":" + escape.Replace(value)))
	}
	return []byte(out.String())
}

var (
	unfold   = strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "")
	unescape = strings.NewReplacer(`\\`, `\`, `\,`, `,`, `\;`, `;`, `\n`, "\n", `\N`, "\n")
	escape   = strings.NewReplacer(`\`, `\\`, `,`, `\,`, `;`, `\;`, "\n", `\n`)
)

// cutValue parts a content line at the colon that no quotation marks hold.
func cutValue(line string) (name, value string) {
	quoted := false
	for i, c := range line {
		switch {
		case c == '"':
			quoted = !quoted
		case c == ':' && !quoted:
			return line[:i], line[i+1:]
		}
	}
	return line, ""
}

// foldAt is how many bytes a line of a calendar may have.
const foldAt = 75

func fold(line string) string {
	var b strings.Builder
	limit := foldAt
	for len(line) > limit {
		at := limit
		for at > limit-utf8.UTFMax && !utf8.RuneStart(line[at]) { // what is no letter may be cut
			at--
		}
		b.WriteString(line[:at] + "\r\n ")
		line, limit = line[at:], foldAt-1
	}
	b.WriteString(line + "\r\n")
	return b.String()
}
