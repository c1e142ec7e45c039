package extract_test

import (
	"strings"
	"testing"
)

// TestFiguresOfTheWorld holds how numbers are put.
func TestFiguresOfTheWorld(t *testing.T) {
	for text, want := range map[string]string{
		"Her team took 2,460 calls from Malaysia.":                              "2460 calls",
		"Mr. Niwa handed over 11,800 signatures.":                               "11800 signatures",
		"A worker needs between 11 and 17 months to pay back.":                  "between 11–17 months",
		"The official cost was between 5,580 and 8,380 baht.":                   "between 5580–8380 THB",
		"The median debt rose from 1,200 USD in 2016 to 3,050 USD in 2021.":     "1200 USD, 3050 USD",
		"Around 235,000 migrant women and men are employed there.":              "around 235000 migrant women and men",
		"They paid on average 1,300 USD. It fell from 100,000 to 50,000 baht.":  "on average 1300 USD, 50000 THB",
		"About 40% of those going to Taiwan were women. It took 40 to 60 baht.": "about 40 % of those going to Taiwan, 40–60 THB",
	} {
		var got []string
		for _, f := range read("News", "", text).Figures {
			got = append(got, strings.TrimSpace(f.Qualifier+" "+f.Value+" "+f.Unit))
		}
		if g := strings.Join(got, ", "); g != want {
			t.Errorf("%q\n\t%q, want\n\t%q", text, g, want)
		}
	}
}
