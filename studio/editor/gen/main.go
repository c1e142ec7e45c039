// Command gen writes schema.json, from which the editor's schema is built, out
// of the allow-list of internal/richtext.
package main

import (
	"fmt"
	"os"

	"sala/internal/richtext"
)

func main() {
	if err := os.WriteFile("schema.json", richtext.TheSchema().JSON(), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}
