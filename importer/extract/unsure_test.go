package extract_test

import (
	"strings"
	"testing"

	"sala"
	"sala/importer/extract"
)

func read(title, published string, paragraphs ...string) extract.Facts {
	t := extract.Text{Title: title, Lang: "en"}
	t.Published, _ = sala.ParseDay(published)
	for i, p := range paragraphs {
		t.Blocks = append(t.Blocks, extract.Block{ID: string(rune('a' + i)), Text: p})
	}
	return extract.Read(t, extract.Learned{})
}

// days are those of every event, "?" for one without, and "~" before those
// that were reckoned.
func days(f extract.Facts) string {
	var all []string
	for _, e := range f.Events {
		s := e.Held.Span.From.String()
		if e.Held.Span.To != e.Held.Span.From {
			s += "/" + e.Held.Span.To.String()
		}
		if s == "" {
			s = "?"
		}
		if e.Held.Reckoned {
			s = "~" + s
		}
		all = append(all, s)
	}
	return strings.Join(all, " ")
}

func TestUnsureDaysAreNotGuessed(t *testing.T) {
	const held = "the Sunrise Network organised a workshop on fees in Yangon, Myanmar."
	for _, test := range []struct{ published, text, want string }{
		{"", "On 15 October 2018, " + held, "2018-10-15"},
		{"", "On 15 and 16 March 2018, " + held, "2018-03-15/2018-03-16"},
		{"", "On Thursday and Friday, 15-16 March 2018, " + held, "2018-03-15/2018-03-16"},
		{"", "From 30 December 2017 to 2 January 2018, " + held, "2017-12-30/2018-01-02"},
		{"", "From 28 February to 2 March 2018, " + held, "2018-02-28/2018-03-02"},
		{"", "On March 15th, 2018, " + held, "2018-03-15"},
		{"", "On 15.3.2018, " + held, "2018-03-15"},
		{"", "On 3/4/2018, " + held, "?"}, // which of them is the month?
		{"", "In March 2018, " + held, "2018-03"},
		{"", "On 15 October, " + held, "?"},
		{"", "Today, " + held, "?"},
		{"", "Yesterday, " + held, "?"},
		{"", "Last week, " + held, "?"},
		{"2018-10-18", "On 15 October, " + held, "~2018-10-15"},
		{"2019-01-03", "On 15 December, " + held, "~2018-12-15"},
		{"2018-10-18", "Today, " + held, "~2018-10-18"},
		{"2018-10-18", "Yesterday, " + held, "~2018-10-17"},
		{"2018-10-18", "Last month, " + held, "~2018-09"},
		{"2018-10-18", "Last week, " + held, "?"},
		{"2018-10-18", "On Monday, " + held, "~2018-10-15"},
		{"2018-10", "Yesterday, " + held, "?"},
		{"", "On 31 June 2018, " + held, "?"},
	} {
		f := read("Workshop on fees", test.published, test.text)
		if got := days(f); got != test.want {
			t.Errorf("%q of %q = %q, want %q", test.text, test.published, got, test.want)
		}
		for _, e := range f.Events {
			if e.Held.Reckoned && e.Held.Sure >= extract.Sure {
				t.Errorf("%q: a day that is reckoned is sure: %v", test.text, e.Held.Sure)
			}
		}
	}
}

// TestWhatIsNoEvent holds what must not be taken for one.
func TestWhatIsNoEvent(t *testing.T) {
	for _, text := range []string{
		"The deadline for applications is 5 May 2018.",
		"The law came into force on 5 May 2018 and was published on 7 May 2018.",
		"In April 2018, Japan and Myanmar signed a Memorandum of Cooperation.",
		"A general election was held on 24 March 2019.",
		"The government held employers accountable on 5 May 2018.",
		"Researchers conducted interviews with 114 women on 5 May 2018.",
		"The report was launched online and may be read since 3 May 2018.",
	} {
		if f := read("News", "2018-06-01", text); len(f.Events) > 0 {
			t.Errorf("%q tells of %s", text, days(f))
		}
	}
	f := read("Vacancy: Project Officer", "2018-06-01", "The Sunrise Network is seeking a Project Officer. On 5 May 2018 it held a workshop with 30 participants. How to apply: write to us.")
	if len(f.Events) > 0 || len(f.Asks) > 0 {
		t.Errorf("a vacancy tells of %+v", f)
	}
}

func TestWhoIsNotCounted(t *testing.T) {
	const lead = "On 15 October 2018, the Sunrise Network organised a workshop in Yangon, Myanmar. "
	for text, want := range map[string]int{
		"Over 40 participants attended the workshop.":                                    1,
		"The study is based on 114 women who were interviewed.":                          0,
		"114 interviewed women told of their debts.":                                     0,
		"350 people visited the booth of the network.":                                   0,
		"The booth drew 350 visitors.":                                                   0,
		"Of the survey participants, 40 were women, the workshop heard.":                 0,
		"It was the 15th workshop and the 3rd participants’ meeting.":                    0,
		"60 of the 259 licensed agencies have sent workers, said Ms. Mya Mya of the UN.": 0,
		"Around 9,000 migrants work there, participants said.":                           0,
	} {
		f := read("Workshop", "", lead+text)
		if len(f.Events) != 1 || len(f.Events[0].Counts) != want {
			t.Errorf("%q: %+v", text, f.Events)
		}
	}
}

func TestOtherLanguages(t *testing.T) {
	for _, test := range []struct {
		lang sala.Lang
		text string
		day  string
		city string
	}{
		{"th", "เมื่อวันที่ ๘ มีนาคม ๒๕๖๒ เครือข่ายจัดเวทีประชุมที่เชียงใหม่", "2019-03-08", "th"},
		{"th", "การประชุมจัดขึ้นวันที่ 2–4 พฤศจิกายน พ.ศ. 2561 ที่กรุงเทพฯ", "2018-11-02/2018-11-04", "th"},
		{"my", "၂၀၁၈ ခုနှစ်၊ အောက်တိုဘာလ ၁၅ ရက်တွင် ရန်ကုန်၌ ဆွေးနွေးပွဲ ကျင်းပခဲ့သည်", "2018-10-15", "mm"},
		{"km", "នៅថ្ងៃទី ១៨ ខែកុម្ភៈ ឆ្នាំ២០១៩ សិក្ខាសាលាមួយបានធ្វើនៅភ្នំពេញ", "2019-02-18", "kh"},
		{"vi", "Ngày 8 tháng 3 năm 2019, hội thảo được tổ chức.", "2019-03-08", ""},
		{"ja", "2019年6月26日、東京でフォーラムが開かれた。", "2019-06-26", "jp"},
		{"th", "พระราชกำหนดมีผลวันที่ 23 มิถุนายน 2560", "", ""}, // a law, no meeting
	} {
		f := extract.Read(extract.Text{Lang: test.lang, Blocks: []extract.Block{{ID: "a", Text: test.text}}}, extract.Learned{})
		got, city := days(f), ""
		if len(f.Events) > 0 {
			city = f.Events[0].Country.Code
			if f.Events[0].Held.Sure >= extract.Sure {
				t.Errorf("%q is sure", test.text)
			}
		}
		if got != test.day || city != test.city {
			t.Errorf("%q = %q in %q, want %q in %q", test.text, got, city, test.day, test.city)
		}
	}
}

// TestLearned matches names of the directory that no gazetteer has.
func TestLearned(t *testing.T) {
	text := extract.Text{Title: "Workshop", Lang: "en", Blocks: []extract.Block{{ID: "a", Text: "On 15 October 2018, Nagaworld Sisters and Rak Ban held a workshop in Yangon, Myanmar."}}}
	id := sala.NewID()
	f := extract.Read(text, extract.Learned{Organisations: []extract.LearnedOrganisation{
		{ID: id, Name: "Sisters of the River", Others: []string{"Nagaworld Sisters"}}, {Name: "Rak Ban Foundation", Others: []string{"Rak Ban"}},
	}})
	if len(f.Events) != 1 || len(f.Events[0].Parties) != 2 || f.Events[0].Parties[0].Org.ID != id || f.Events[0].Parties[1].Org.Name != "Rak Ban Foundation" {
		t.Errorf("%+v", f.Events)
	}
}
