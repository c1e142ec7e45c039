package docx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// MaxText is how many bytes of XML a document may hold that is read.
const MaxText = 64 << 20

// ErrNotDOCX is returned for what is no Word document.
var ErrNotDOCX = errors.New("this is no Word document (.docx)")

// Tables returns the text of the tables of a document: by table, row and
// cell, the paragraphs of a cell parted by newlines. A table within a cell is
// part of that cell. What was deleted with tracking on is gone, what was
// inserted is there; comments and notes are passed over.
func Tables(r io.ReaderAt, size int64) ([][][]string, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, ErrNotDOCX
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return nil, ErrNotDOCX
	}
	limited := &io.LimitedReader{R: f, N: MaxText + 1}
	tables, err := tables(xml.NewDecoder(limited))
	switch err = errors.Join(err, f.Close()); {
	case limited.N <= 0:
		return nil, fmt.Errorf("the document holds more than %d MB of text", MaxText>>20)
	case err != nil:
		return nil, fmt.Errorf("the document is broken: %w", err)
	}
	return tables, nil
}

func tables(d *xml.Decoder) ([][][]string, error) {
	var all [][][]string
	var cell strings.Builder
	depth, paragraphs := 0, 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			if depth > 0 {
				return nil, io.ErrUnexpectedEOF
			}
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "tbl":
				if depth++; depth == 1 {
					all = append(all, nil)
				}
			case "tr":
				if depth == 1 {
					all[len(all)-1] = append(all[len(all)-1], nil)
				}
			case "tc":
				if depth == 1 {
					cell.Reset()
					paragraphs = 0
				}
			case "p":
				if paragraphs++; paragraphs > 1 {
					cell.WriteByte('\n')
				}
			case "t":
				if depth > 0 {
					var text string
					if err := d.DecodeElement(&text, &e); err != nil {
						return nil, err
					}
					cell.WriteString(text)
				}
			case "tab":
				cell.WriteByte('\t')
			case "br", "cr":
				cell.WriteByte('\n')
			case "noBreakHyphen":
				cell.WriteRune('\u2011')
			case "del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr": // gone, or no text
				if err := d.Skip(); err != nil {
					return nil, err
				}
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "tbl":
				depth--
			case "tc":
				if depth == 1 && len(all[len(all)-1]) > 0 {
					rows := all[len(all)-1]
					rows[len(rows)-1] = append(rows[len(rows)-1], strings.Trim(cell.String(), "\n"))
				}
			}
		}
	}
}
