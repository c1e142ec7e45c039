// Package docx writes and reads Word documents (Office Open XML, ECMA-376) as
// far as Sala needs them: headings, paragraphs, tables. What it writes opens
// in Word, LibreOffice and Google Docs; of what it reads it takes the text of
// tables, as it stands after all changes that were tracked.
package docx

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"sala"
)

// A Document is what is written.
type Document struct {
	Title  string
	Lang   sala.Lang
	Blocks []Block
}

// A Block is a paragraph, or a table if it has rows.
type Block struct {
	Heading int // 1 to 3; 0 is a paragraph of text
	Runs    []Run
	Rows    []Row
	Widths  []int // of the columns, in per cent of the page
}

// A Row is one row of a table.
type Row struct {
	Head  bool // stands again at the top of each page
	Cells []Cell
}

// A Cell is one cell of a table, a paragraph for each line.
type Cell struct {
	Lines [][]Run
	Grey  bool
}

// A Run is words of one look.
type Run struct {
	Text   string
	Lang   sala.Lang // "" for that of the document
	Bold   bool
	Italic bool
	Quiet  bool // small and grey
}

// Text makes a cell of plain text.
func Text(s string, lang sala.Lang) Cell {
	var c Cell
	for line := range strings.SplitSeq(s, "\n") {
		c.Lines = append(c.Lines, []Run{{Text: line, Lang: lang}})
	}
	return c
}

const (
	wordNS    = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	pageWidth = 9638 // twentieths of a point: A4 with margins of 2 cm
)

// Write writes a document.
func Write(w io.Writer, d Document) error {
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
			`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		{"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
			`<dc:title>` + escape(d.Title) + `</dc:title><dc:language>` + escape(string(d.Lang)) + `</dc:language></cp:coreProperties>`},
		{"word/styles.xml", styles(d.Lang)},
		{"word/document.xml", body(d)},
	} {
		f, err := z.Create(part.name)
		if err != nil {
			return fmt.Errorf("docx: %w", err)
		}
		if _, err := io.WriteString(f, xml.Header+part.text); err != nil {
			return fmt.Errorf("docx: %w", err)
		}
	}
	return z.Close()
}

func styles(lang sala.Lang) string {
	var b strings.Builder
	b.WriteString(`<w:styles xmlns:w="` + wordNS + `"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:szCs w:val="22"/>` + language(lang) +
		`</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`)
	for i, size := range []int{36, 28, 24} {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="Heading%d"><w:name w:val="heading %d"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>`+
			`<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="%d"/></w:pPr>`+
			`<w:rPr><w:b/><w:bCs/><w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr></w:style>`, i+1, i+1, i, size, size)
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

func body(d Document) string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="` + wordNS + `"><w:body>`)
	for _, block := range d.Blocks {
		if block.Rows != nil {
			table(&b, block)
			continue
		}
		style := ""
		if block.Heading > 0 {
			style = fmt.Sprintf(`<w:pPr><w:pStyle w:val="Heading%d"/></w:pPr>`, min(block.Heading, 3))
		}
		paragraph(&b, style, block.Runs)
	}
	b.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

func table(b *strings.Builder, t Block) {
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="999999"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, width := range t.Widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, pageWidth*width/100)
	}
	b.WriteString(`</w:tblGrid>`)
	for _, row := range t.Rows {
		b.WriteString(`<w:tr>`)
		if row.Head {
			b.WriteString(`<w:trPr><w:tblHeader/></w:trPr>`)
		}
		for i, c := range row.Cells {
			b.WriteString(`<w:tc><w:tcPr>`)
			if i < len(t.Widths) {
				fmt.Fprintf(b, `<w:tcW w:w="%d" w:type="dxa"/>`, pageWidth*t.Widths[i]/100)
			}
			if c.Grey {
				b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>`)
			}
			b.WriteString(`</w:tcPr>`)
			for _, line := range c.Lines {
				paragraph(b, "", line)
			}
			if len(c.Lines) == 0 {
				paragraph(b, "", nil)
			}
			b.WriteString(`</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
	paragraph(b, "", nil) // Word wants one between a table and what follows
}

func paragraph(b *strings.Builder, style string, runs []Run) {
	b.WriteString(`<w:p>` + style)
	for _, r := range runs {
		b.WriteString(`<w:r><w:rPr>`)
		if r.Bold {
			b.WriteString(`<w:b/><w:bCs/>`)
		}
		if r.Italic {
			b.WriteString(`<w:i/><w:iCs/>`)
		}
		if r.Quiet {
			b.WriteString(`<w:color w:val="666666"/><w:sz w:val="16"/><w:szCs w:val="16"/>`)
		}
		if r.Lang != "" {
			b.WriteString(language(r.Lang))
		}
		b.WriteString(`</w:rPr><w:t xml:space="preserve">` + escape(r.Text) + `</w:t></w:r>`)
	}
	b.WriteString(`</w:p>`)
}

// language marks words for spelling and fonts: Word keeps one language for
// alphabets, one for East Asian and one for complex scripts.
func language(l sala.Lang) string {
	if l == "" {
		return ""
	}
	s := escape(string(l))
	return `<w:lang w:val="` + s + `" w:eastAsia="` + s + `" w:bidi="` + s + `"/>`
}

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return b.String()
}
