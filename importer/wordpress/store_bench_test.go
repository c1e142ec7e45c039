package wordpress_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sala"
	"sala/archive"
	"sala/importer"
	"sala/importer/wordpress"
	"sala/internal/blob"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
	"sala/media"
	"sala/network"
)

// BenchmarkImportStored reads 2,000 posts of 1,000 words and stores them in
// SQLite.
func BenchmarkImportStored(b *testing.B) {
	words := strings.Repeat("The ministry was asked to publish the list of licensed agencies. ", 50)
	var items strings.Builder
	for n := range 2000 {
		items.WriteString(item(n+1, fmt.Sprint("Post ", n), words+"\n\n"+words))
	}
	path := filepath.Join(b.TempDir(), "big.xml")
	if err := os.WriteFile(path, []byte(wxr(items.String())), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d := dbtest.SQLite(b)
		blobs, err := blob.OpenFolder(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		report := importer.NewReport()
		sink := importer.NewStore(importer.Areas{DB: d, Archive: archive.NewStore(d), Media: media.NewStore(d, blobs, jobs.New(d)), Network: network.NewStore(d)}, sala.Machine("bench"), report)
		if err := wordpress.Import(b.Context(), path, importer.Options{}, sink, report); err != nil {
			b.Fatal(err)
		}
		if report.Stored["post/publish"] != 2000 {
			b.Fatal(report.Stored)
		}
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	b.ReportMetric(float64(mem.Sys)/(1<<20), "MB-sys")
}
