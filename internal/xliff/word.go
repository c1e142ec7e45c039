package xliff

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"sala"
	"sala/internal/docx"
	"sala/internal/richtext"
)

// The same file as a table in a Word document, for translators who have no
// program for translation: a row for each unit, its name, the source and room
// for the translation. Codes stand as ⟦1⟧ … ⟦/1⟧ and ⟦2/⟧.

// wordMark begins the line that names the text.
const wordMark = "Sala translation"

var (
	wordHead = regexp.MustCompile(`^` + wordMark + ` \| ([^|]+) \| ([^|]+) → ([^|]+)$`)
	wordCode = regexp.MustCompile(`⟦\s*(/?)\s*([0-9]+)\s*(/?)\s*⟧`)
)

// WriteWord writes a file as a Word document. how tells the translator what
// to do, in a language they read.
func WriteWord(w io.Writer, f File, how string) error {
	table := docx.Block{Widths: []int{14, 43, 43}, Rows: []docx.Row{{Head: true, Cells: []docx.Cell{
		{Lines: [][]docx.Run{{{Text: "#", Quiet: true}}}, Grey: true},
		{Lines: [][]docx.Run{{{Text: string(f.Source), Bold: true}}}, Grey: true},
		{Lines: [][]docx.Run{{{Text: string(f.Target), Bold: true}}}, Grey: true},
	}}}}
	for _, u := range f.Units {
		name := docx.Cell{Lines: [][]docx.Run{{{Text: u.ID, Quiet: true}}}, Grey: true}
		source := docx.Text(Text(u.Source), f.Source)
		source.Grey = true
		target := docx.Cell{}
		if u.Target != nil {
			target = docx.Text(Text(u.Target), f.Target)
		}
		if u.Stale {
			name.Lines = append(name.Lines, []docx.Run{{Text: "≠", Bold: true}})
		}
		table.Rows = append(table.Rows, docx.Row{Cells: []docx.Cell{name, source, target}})
	}
	head := docx.Block{Rows: []docx.Row{{Cells: []docx.Cell{docx.Text(fmt.Sprintf("%s | %s | %s → %s", wordMark, f.Ref, f.Source, f.Target), "")}}}, Widths: []int{100}}
	return docx.Write(w, docx.Document{Title: f.Title, Lang: f.Target, Blocks: []docx.Block{
		{Heading: 1, Runs: []docx.Run{{Text: f.Title, Lang: f.Source}}}, {Runs: []docx.Run{{Text: how}}}, head, table,
	}})
}

// Text writes pieces with their codes as text: ⟦1⟧ … ⟦/1⟧ and ⟦2/⟧. Wherever
// somebody types a translation, codes stand so.
func Text(pieces []richtext.Fragment) string {
	var b strings.Builder
	for _, p := range pieces {
		switch {
		case p.Open > 0:
			fmt.Fprintf(&b, "⟦%d⟧", p.Open)
		case p.Close > 0:
			fmt.Fprintf(&b, "⟦/%d⟧", p.Close)
		case p.Alone > 0:
			fmt.Fprintf(&b, "⟦%d/⟧", p.Alone)
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// ReadWord reads a document that [WriteWord] made and somebody filled in. A
// row whose third cell is empty comes back without a target.
func ReadWord(r io.ReaderAt, size int64) (File, error) {
	tables, err := docx.Tables(r, size)
	if err != nil {
		return File{}, err
	}
	var f File
	for _, table := range tables {
		for i, row := range table {
			if len(row) == 1 && f.Ref == "" {
				m := wordHead.FindStringSubmatch(strings.TrimSpace(row[0]))
				if m == nil {
					continue
				}
				f.Ref = m[1]
				if f.Source, err = sala.ParseLang(m[2]); err != nil {
					return File{}, err
				}
				if f.Target, err = sala.ParseLang(m[3]); err != nil {
					return File{}, err
				}
				continue
			}
			if f.Ref == "" || i == 0 {
				continue
			}
			if len(row) != 3 {
				return File{}, fmt.Errorf("row %d of the table has %d cells, not 3", i+1, len(row))
			}
			id, _, _ := strings.Cut(strings.TrimSpace(row[0]), "\n")
			u := Unit{ID: id, Source: Fragments(row[1])}
			if strings.TrimSpace(row[2]) != "" {
				u.Target = Fragments(row[2])
			}
			f.Units = append(f.Units, u)
		}
	}
	if f.Ref == "" {
		return File{}, errors.New("the line that names the text is missing: translate in the document that Sala gave you")
	}
	return f, nil
}

// Fragments reads what [Text] wrote and somebody changed. What only looks like
// a code is words.
func Fragments(s string) []richtext.Fragment {
	var out []richtext.Fragment
	at := 0
	text := func(to int) {
		if to > at {
			out = append(out, richtext.Fragment{Text: s[at:to]})
		}
	}
	for _, m := range wordCode.FindAllStringSubmatchIndex(s, -1) {
		n, err := strconv.Atoi(s[m[4]:m[5]])
		if err != nil || n < 1 || m[3] > m[2] && m[7] > m[6] { // no code: words
			continue
		}
		text(m[0])
		switch {
		case m[3] > m[2]:
			out = append(out, richtext.Fragment{Close: n})
		case m[7] > m[6]:
			out = append(out, richtext.Fragment{Alone: n})
		default:
			out = append(out, richtext.Fragment{Open: n})
		}
		at = m[1]
	}
	text(len(s))
	return out
}
