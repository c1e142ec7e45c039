package site

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"sala/internal/i18n"
	"sala/tracker"
)

// A chart shows how recommendations stood at the end of each year: columns
// of states, and the same numbers as a table.
type chart struct {
	SVG    string
	Rows   []chartRow // by year, newest first
	States []total    // those that occur, in their order
}

// A chartRow is a year of the table.
type chartRow struct {
	Year  string
	N     []int // by state, as in chart.States
	Total int
}

// drawnYears is how many years have a column; the table has them all.
const drawnYears = 24

// stack is the order of states in a column, from below: what was reached
// stands on the ground.
var stack = []tracker.State{tracker.Implemented, tracker.Accepted, tracker.Adopted, tracker.Submitted, tracker.Proposed, tracker.Unanswered, tracker.Superseded, tracker.Refused}

func newChart(p *page, years []tracker.YearOfStates) chart {
	var pic chart
	most := 0
	for _, y := range years {
		most = max(most, y.Total)
	}
	if most == 0 {
		return pic
	}
	for _, st := range stack {
		n := 0
		for _, y := range years {
			n += y.States[st]
		}
		if n > 0 {
			pic.States = append(pic.States, total{State: st, Said: p.T("tracker.state." + string(st))})
		}
	}
	for i := len(years) - 1; i >= 0; i-- {
		row := chartRow{Year: i18n.Year(p.Lang, years[i].Year), Total: years[i].Total}
		for _, st := range pic.States {
			row.N = append(row.N, years[i].States[st.State])
		}
		pic.Rows = append(pic.Rows, row)
	}
	if len(years) > 1 {
		pic.SVG = columns(p, years[max(0, len(years)-drawnYears):], most)
	}
	return pic
}

// columns draws a picture. Its words are numbers and years; everything is in
// the table as well, so screen readers are told only what it is.
func columns(p *page, years []tracker.YearOfStates, most int) string {
	const (
		height, top, left, foot = 150, 14, 34, 20
		width                   = 640
	)
	step := float64(width-left) / float64(len(years))
	bar := min(step*.72, 46)
	at := func(n int) float64 { return top + height - float64(n)*height/float64(most) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="states" viewBox="0 0 %d %d" role="img" aria-label="%s">`, width, top+height+foot, templ.EscapeString(p.T("tracker.picture")))
	for _, n := range gridlines(most) {
		fmt.Fprintf(&b, `<path class="grid" d="M%d %.1fH%d"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`, left, at(n), width, left-6, at(n)+4, p.Number(n))
	}
	// A label for each column where there is room, else for every second, third …
	every := 1
	for float64(every)*step < 44 {
		every++
	}
	for i, y := range years {
		x := left + float64(i)*step + (step-bar)/2
		sum := 0
		for _, st := range stack {
			n := y.States[st]
			if n == 0 {
				continue
			}
			fmt.Fprintf(&b, `<rect class="s-%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, st, x, at(sum+n), bar, at(sum)-at(sum+n))
			sum += n
		}
		if (len(years)-1-i)%every == 0 {
			fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%s</text>`, x+bar/2, top+height+15, templ.EscapeString(shortYear(p, y.Year)))
		}
	}
	b.WriteString(`</svg>`)
	return b.String()
}

// shortYear is a year without the word that some calendars put before it.
func shortYear(p *page, year int) string {
	words := strings.Fields(i18n.Year(p.Lang, year))
	return words[len(words)-1]
}

// gridlines are two or three round numbers up to the greatest.
func gridlines(most int) []int {
	step := 1
	for _, s := range []int{1, 2, 5} {
		for m := 1; m <= most; m *= 10 {
			if n := s * m; n*2 <= most && n > step {
				step = n
			}
		}
	}
	if most <= 3 {
		step = most
	}
	var out []int
	for n := 0; n <= most; n += max(step, 1) {
		out = append(out, n)
	}
	return out
}
