package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/importer/extract"
)

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"On 8 March 2019, members met":                                "2019-03-08",
		"from 2-4 November 2018 in the city":                          "2018-11-02/2018-11-04",
		"November 2–4, 2018":                                          "2018-11-02/2018-11-04",
		"May 3, 2017":                                                 "2017-05-03",
		"the 15th of October, 2018":                                   "2018-10-15",
		"30 October – 2 November 2018":                                "2018-10-30/2018-11-02",
		"since March 2019 and in 2018":                                "",
		"31 June 2018":                                                "",
		"on Thursday, 12 and Friday, 13 September 2019":               "2019-09-12/2019-09-13",
		"on Thursday the 12th and Friday the 13th of September, 2019": "2019-09-12/2019-09-13",
		"Sunday 30 September and Monday, 1 October 2018":              "2018-09-30/2018-10-01",
		"on Saturday, October 6 and Sunday, 7, 2018":                  "2018-10-06/2018-10-07",
		"9-2 November 2018":                                           "2018-11-02",
		"วันที่ 8 มีนาคม 2562 ที่เชียงใหม่":               "2019-03-08",
		"2–4 พฤศจิกายน พ.ศ. 2561":                         "2018-11-02/2018-11-04",
		"On 3 November 2018, after 1 November 2018 ended": "2018-11-03 2018-11-01",
	} {
		got := ""
		for _, d := range extract.Dates(text) {
			if got != "" {
				got += " "
			}
			got += d.Span.From.String()
			if d.Span.To != d.Span.From {
				got += "/" + d.Span.To.String()
			}
		}
		if got != want {
			t.Errorf("Dates(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestPlace(t *testing.T) {
	for text, want := range map[string][2]string{
		"organised the meeting at the River Hotel in Yangon, Myanmar.":         {"River Hotel, Yangon, Myanmar", "mm"},
		"took part in a march in Chiang Mai, Thailand. Women came":             {"Chiang Mai, Thailand", "th"},
		"The forum took place in Singapore from 2-4 November":                  {"Singapore", "sg"},
		"a meeting on migration from Cambodia to Japan":                        {"", ""},
		"met in Vientiane, Lao PDR on Monday":                                  {"Vientiane, Lao PDR", "la"},
		"The law passed in Parliament, Members said, will be read in Congress": {"", ""},
	} {
		if place, country := extract.Place(text); place != want[0] || country != want[1] {
			t.Errorf("Place(%q) = %q, %q, want %q", text, place, country, want)
		}
	}
	for title, want := range map[string][2]string{
		"Members at the Forum, 2-4 November 2018, Singapore": {"Singapore", "sg"},
		"Training for paralegals, Mae Sot, Thailand":         {"Mae Sot, Thailand", "th"},
		"Fees, debts and wages":                              {"", ""},
	} {
		if place, country := extract.PlaceOfTitle(title); place != want[0] || country != want[1] {
			t.Errorf("PlaceOfTitle(%q) = %q, %q, want %q", title, place, country, want)
		}
	}
}

func TestHoles(t *testing.T) {
	for text, want := range map[string]int{
		"To view the film, please visit:":                           1,
		"please visit our webpage at:\n":                            1,
		"please visit: https://example.org":                         0,
		"Ms. A, Coordinator, at (English or Japanese)":              1,
		"Mr. B, at  or by phone on 012 345 678":                     1,
		"Pictures can be accessed from this link.":                  1,
		"Read our statement in EnglishBurmese, or Thai.":            1,
		"The workshop had three aims: to meet, to talk, to decide.": 0,
	} {
		if got := extract.Holes(text); len(got) != want {
			t.Errorf("Holes(%q) = %v, want %d", text, got, want)
		}
	}
	if got := extract.Split("in EnglishBurmese, or Thai."); got != "in English, Burmese, or Thai." {
		t.Errorf("Split = %q", got)
	}
	if got := extract.Split("speaks English and Thai; Thailand"); got != "speaks English and Thai; Thailand" {
		t.Errorf("Split changed %q", got)
	}
}

func TestContactOf(t *testing.T) {
	for line, want := range map[string]extract.Contact{
		"Ms. Aye Aye, Regional Coordinator, at (English or Japanese)":                           {Name: "Ms. Aye Aye", Role: "Regional Coordinator", Langs: []sala.Lang{"en", "ja"}},
		"Mr. Sok Dara, Director of the Centre, at  or by phone on 012943 (bad)":                 {},
		"Mr. Sok Dara, Director of the Centre, at  or by phone on 012943767 (English or Khmer)": {Name: "Mr. Sok Dara", Role: "Director of the Centre", Phone: "012943767", Langs: []sala.Lang{"en", "km"}},
		"Ms. Mai, Press, mai@example.org":                                                       {Name: "Ms. Mai", Role: "Press, mai@example.org", Email: "mai@example.org"},
		"Mr. Gee concluded his talk by saying that bans do not protect.":                        {},
	} {
		got, ok := extract.ContactOf(line)
		if ok != (want.Name != "") {
			t.Errorf("ContactOf(%q) = %+v, %v", line, got, ok)
			continue
		}
		if want.Email != "" {
			want.Role = "Press"
		}
		if diff := cmp.Diff(want, got); ok && diff != "" {
			t.Errorf("ContactOf(%q) (-want +got):\n%s", line, diff)
		}
	}
}
