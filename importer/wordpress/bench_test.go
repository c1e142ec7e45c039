package wordpress_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sala/importer"
	"sala/importer/wordpress"
)

// writeBig writes an export of n posts of about size bytes each.
func writeBig(b *testing.B, n, size int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "big.xml")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	head, foot, _ := strings.Cut(wxr("\x00"), "\x00")
	const sentence = "The ministry was asked to publish the list of <em>licensed</em> agencies, and see <a href=\"/?p=7\">the statement</a>. "
	text := strings.Repeat(sentence+"\n\n", size/len(sentence)+1)
	fmt.Fprint(w, head)
	for id := range n {
		fmt.Fprint(w, item(id+1, fmt.Sprint("Statement ", id), text))
	}
	fmt.Fprint(w, foot)
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// measure imports a file and reports how much memory was in use at most.
func measure(b *testing.B, path string) {
	b.Helper()
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(info.Size())
	runtime.GC()
	var peak uint64
	for b.Loop() {
		calls := 0
		o := importer.Options{Progress: func(importer.Status) {
			if calls++; calls%500 == 0 {
				var mem runtime.MemStats
				runtime.ReadMemStats(&mem)
				peak = max(peak, mem.HeapInuse+mem.StackInuse)
			}
		}}
		if err := wordpress.Import(b.Context(), path, o, importer.Discard{}, importer.NewReport()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(peak)/(1<<20), "MB-peak")
}

// BenchmarkImport2000 reads 2,000 posts of 1,000 words.
func BenchmarkImport2000(b *testing.B) { measure(b, writeBig(b, 2000, 6500)) }

// BenchmarkImportManySmall reads 100,000 short posts, which weigh on the index.
func BenchmarkImportManySmall(b *testing.B) {
	if os.Getenv("SALA_BENCH_LARGE") == "" {
		b.Skip("set SALA_BENCH_LARGE to read 100,000 posts")
	}
	measure(b, writeBig(b, 100_000, 200))
}

// BenchmarkImport500MB reads a file of 500 MB, which promises to take less
// than 200 MB of memory.
func BenchmarkImport500MB(b *testing.B) {
	if os.Getenv("SALA_BENCH_LARGE") == "" {
		b.Skip("set SALA_BENCH_LARGE to read 500 MB")
	}
	measure(b, writeBig(b, 25_000, 20_000))
}
