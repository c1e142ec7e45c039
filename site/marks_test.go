package site_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// stacked has, for each language, writing that reaches furthest above and
// below its line, and a long run of prose.
var stacked = map[string][2]string{
	"en": {"ÅÉjgpqy", "The workers' organisations ask for recognition"},
	"my": {"ကြွှေ့ ဣန္ဒြေ ဂြိုဟ် ကျွန်ုပ်", "ရွှေ့ပြောင်းအလုပ်သမားများ၏အခွင့်အရေးကိုကာကွယ်ရန်"},
	"th": {"ป้ำ ที่นี้ ปู่ ญู ฎุ ฐิ้", "สิทธิของแรงงานข้ามชาติในอนุภูมิภาคลุ่มน้ำโขง"},
	"km": {"ស្ត្រី ង្គ្រោះ ញ៉ាំ ក្ស៊ី ព្រឹត្តិ", "សិទ្ធិរបស់ពលករចំណាកស្រុកក្នុងអនុតំបន់មេគង្គ"},
	"lo": {"ນ້ຳ ຢູ່ ເມື້ອ ຊື່ ຫຼຸດ ຫຼິ້ນ ກຸ້ງ", "ສິດທິຂອງແຮງງານເຄື່ອນຍ້າຍໃນອະນຸພາກພື້ນແມ່ນ້ຳຂອງ"},
	"vi": {"Ệ Ẫ Ổ ự ỵ gặp", "Quyền của người lao động di cư ở tiểu vùng Mê Kông"},
	"ja": {"鬱驫 ぎゅう", "移住労働者の権利を守るための団体交渉について"},
}

// TestBrowserMarks shows the furthest-reaching marks of seven languages in
// every kind of element at three widths. Nothing scrolls sideways, lines stand
// further apart than their ink is high, and the pixels are the same when every
// element lets its ink run over: so nothing is cut.
func TestBrowserMarks(t *testing.T) {
	chromium := os.Getenv("SALA_TEST_CHROMIUM")
	if chromium == "" {
		t.Skip("SALA_TEST_CHROMIUM names the browser: make test sets it")
	}
	style := strings.SplitN(open(t).get("/en/").Body.String(), "<style>", 2)[1]
	style, _, _ = strings.Cut(style, "</style>")
	mux := http.NewServeMux()
	mux.HandleFunc("/{lang}", func(rw http.ResponseWriter, r *http.Request) {
		lang := r.PathValue("lang")
		if _, ok := stacked[lang]; !ok { // the browser asks for an icon
			http.NotFound(rw, r)
			return
		}
		fmt.Fprint(rw, specimen(style, lang))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	tab, cancel := chromedp.NewContext(allocated)
	defer cancel()

	// What is cut must be seen to be cut: the same page with lines as high as
	// half a letter.
	if at := show(t, tab, server.URL+"/my", 360, "input{line-height:.4!important;height:.5em!important;padding:0!important}"); !at.cut {
		t.Fatal("marks that are cut were not noticed")
	}
	if at := show(t, tab, server.URL+"/my", 360, "h1{line-height:.9!important}"); at.tight == "" {
		t.Fatal("lines that touch were not noticed")
	}
	for lang := range stacked {
		for _, width := range []int64{320, 360, 1280} {
			t.Run(fmt.Sprintf("%s-%d", lang, width), func(t *testing.T) {
				at := show(t, tab, server.URL+"/"+lang, width, "")
				if at.cut {
					t.Error("marks are cut")
				}
				if at.wide {
					t.Error("it scrolls sideways")
				}
				if at.tight != "" {
					t.Errorf("lines are nearer than their ink is high: %s", at.tight)
				}
			})
		}
	}
}

// TestBrowserCopies finds and copies words that a break point stands in.
func TestBrowserCopies(t *testing.T) {
	chromium := os.Getenv("SALA_TEST_CHROMIUM")
	if chromium == "" {
		t.Skip("SALA_TEST_CHROMIUM names the browser: make test sets it")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	tab, cancel := chromedp.NewContext(allocated)
	defer cancel()
	page := "data:text/html;charset=utf-8,<p>แรงงาน<wbr>ข้าม<wbr>ชาติ"
	if err := chromedp.Do(tab, chromedp.Navigate(page)); err != nil {
		t.Fatal(err)
	}
	for script, want := range map[string]string{
		// A search goes on behind what is selected.
		`getSelection().removeAllRanges(), String(window.find("งานข้ามชา"))`:                "true",
		`getSelection().removeAllRanges(), String(window.find("no such words"))`:            "false",
		`getSelection().selectAllChildren(document.body), getSelection().toString().trim()`: "แรงงานข้ามชาติ",
	} {
		if got, err := chromedp.Run(tab, chromedp.Evaluate[string](script)); err != nil || got != want {
			t.Errorf("%s: %q %v, want %q", script, got, err, want)
		}
	}
}

// specimen is a page of every kind of element that holds words.
func specimen(style, lang string) string {
	marks, prose := stacked[lang][0], stacked[lang][1]
	return strings.NewReplacer("FIRST", strings.Fields(marks)[0], "MARKS", marks, "PROSE", prose+" "+marks, "LANG", lang, "STYLE", style).Replace(`<!doctype html><html lang="LANG"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><style>STYLE *{caret-color:transparent!important}</style><style id="more"></style><body>
<header class="eaves"><div class="wide"><div class="mast"><a class="name" href="#">MARKS</a><nav><ul><li><a href="#" aria-current="true">PROSE</a></li></ul></nav></div>
<ul class="langs"><li><a href="#">MARKS</a></li></ul></div></header><main class="wide"><ol class="path"><li><a href="#">MARKS</a></li></ol>
<h1>PROSE</h1><p class="lead">PROSE</p><div class="notice"><p>PROSE</p></div><article class="entry"><div><p class="kind">MARKS</p><div class="text"><h2>PROSE</h2><h3>PROSE</h3><h4>PROSE</h4>
<p>PROSE PROSE</p><blockquote><p>PROSE</p></blockquote><ul><li>PROSE</li></ul><figure><figcaption>PROSE</figcaption></figure><pre>MARKS</pre>
<div class="table"><table><tr><th>MARKS</th></tr><tr><td>MARKS MARKS</td></tr></table></div></div></div>
<aside class="record"><h2>MARKS</h2><ul><li><a href="#">PROSE</a></li></ul><details open><summary>MARKS</summary><p class="cite">PROSE</p></details></aside></article>
<form><label class="small">MARKS</label><div class="ask"><input value="FIRST"><button type="button">MARKS</button></div></form></main>
<footer class="foot"><div class="wide"><p>PROSE</p></div></footer></body></html>`)
}

// A showing is what was seen of a specimen.
type showing struct {
	cut, wide bool
	tight     string // the first elements whose lines are too near
}

// tight measures the ink of the words of each element in its own font and
// compares it with its line.
const tight = `(() => {
	const pen = document.createElement("canvas").getContext("2d"), bad = [];
	for (const e of document.querySelectorAll("a,h1,h2,h3,h4,p,li,th,td,figcaption,summary,label,input,button")) {
		const words = e.value || [...e.childNodes].filter(n => n.nodeType == 3).map(n => n.data).join("");
		if (!words.trim()) continue;
		const s = getComputedStyle(e);
		pen.font = s.fontStyle + " " + s.fontWeight + " " + s.fontSize + " " + s.fontFamily;
		const ink = pen.measureText(words), high = ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent;
		if (high > parseFloat(s.lineHeight) + .5) bad.push(e.localName + "." + e.className + " " + high.toFixed(1) + " > " + s.lineHeight);
	}
	return bad.slice(0, 5).join("; ");
})()`

// show opens a specimen, measures it, and compares its picture with one in
// which nothing may be cut.
func show(t *testing.T, tab context.Context, url string, width int64, more string) showing {
	t.Helper()
	ctx, cancel := chromedp.NewContext(tab)
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, 2*time.Minute)
	defer stop()
	set := func(css string) {
		t.Helper()
		// Ink that runs over is shown, and what scrolls is not cut at its edge.
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf("document.getElementById('more').textContent = %q; true", css))); err != nil {
			t.Fatal(err)
		}
	}
	picture := func() []byte {
		t.Helper()
		b, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	set(more)
	var seen showing
	var err error
	if seen.tight, err = chromedp.Run(ctx, chromedp.Evaluate[string](tight)); err != nil {
		t.Fatal(err)
	}
	if seen.wide, err = chromedp.Run(ctx, chromedp.Evaluate[bool]("document.documentElement.scrollWidth > document.documentElement.clientWidth")); err != nil {
		t.Fatal(err)
	}
	before := picture()
	// A browser never lets the ink of an input run over, so there the same words
	// stand in a place of the same size that does.
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(() => {
		for (const i of document.querySelectorAll("input")) {
			const s = getComputedStyle(i), d = document.createElement("div"), box = i.getBoundingClientRect();
			for (const p of ["font", "color", "background", "border", "padding", "flex", "lineHeight", "fontFamily"]) d.style[p] = s[p];
			d.style.cssText += ";white-space:nowrap;display:flex;align-items:center;height:" + box.height + "px;width:" + box.width + "px;min-width:0";
			d.textContent = i.value;
			i.replaceWith(d);
		}
		return true;
	})()`)); err != nil {
		t.Fatal(err)
	}
	set(more + "*{overflow:visible!important;clip-path:none!important;contain:none!important}")
	seen.cut = differ(t, before, picture())
	return seen
}

// differ reports whether two pictures differ in more than the faint edges of
// letters.
func differ(t *testing.T, one, two []byte) bool {
	t.Helper()
	a, err := png.Decode(bytes.NewReader(one))
	if err != nil {
		t.Fatal(err)
	}
	b, err := png.Decode(bytes.NewReader(two))
	if err != nil {
		t.Fatal(err)
	}
	if a.Bounds() != b.Bounds() {
		return true
	}
	n := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r1, _, _, _ := a.At(x, y).RGBA()
			r2, _, _, _ := b.At(x, y).RGBA()
			if d := int(r1>>8) - int(r2>>8); d > 96 || d < -96 {
				n++
			}
		}
	}
	return n > 4
}
