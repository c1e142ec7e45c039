package studio

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// safeCSV writes a table for spreadsheets: a cell that would be taken for a
// formula gets an apostrophe before it, and Thai is not taken for Latin.
func safeCSV(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
	}
	w := csv.NewWriter(&b)
	err := w.WriteAll(rows)
	return b.Bytes(), err
}
