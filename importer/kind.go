package importer

import (
	"strings"

	"sala/archive"
)

// A kindRule says which words make a text of one kind.
type kindRule struct {
	kind   archive.Kind
	starts []string // at the beginning of a title
	holds  []string // anywhere in a title
	terms  []string // within the label of a category or tag
}

// The rules in the order in which they are believed: a vacancy is never
// taken for an activity, whatever else its title says.
var kindRules = []kindRule{
	{archive.Vacancy,
		[]string{"vacancy", "vacancies", "job:", "job opening", "job opportunit", "job announcement", "job vacanc", "job advert", "job description", "we are hiring", "we're hiring", "hiring", "position:", "position available", "position vacant", "open position", "call for applications",
			"call for consultan", "terms of reference", "tor:", "internship", "recruitment of a", "consultancy", "รับสมัคร", "ตำแหน่งงาน", "အလုပ်ခေါ်စာ", "tuyển dụng", "採用情報", "求人"},
		[]string{"vacancy announcement", "job opening", "job announcement", "job vacancy", "is hiring", "is seeking a", "seeks a ", "seeking an intern", "call for interns", "internship programme", "internship opportunit", "call for applicants"},
		[]string{"vacanc", "job opening", "job opportunit", "work with us", "internship", "careers", "employment opportunit"}},
	{archive.PressRelease,
		[]string{"press release", "media release", "news release", "for immediate release", "mmn press release", "joint press release", "ข่าวแจก", "แถลงข่าว", "သတင်းထုတ်ပြန်ချက်", "thông cáo báo chí", "プレスリリース", "សេចក្តីប្រកាសព័ត៌មាន", "ຖະແຫຼງຂ່າວ"},
		[]string{"press release:", "press release –", "press release -", "| press release"},
		[]string{"press release", "media release"}},
	{archive.Invitation,
		[]string{"invitation", "you are invited", "save the date", "invite:", "media advisory", "register now", "call for participation", "ขอเชิญ", "เชิญ", "ဖိတ်ကြား", "thư mời", "ご案内"},
		[]string{"save the date", "media advisory", "invites you", "you are invited"},
		[]string{"invitation", "upcoming event"}},
	{archive.Statement,
		[]string{"statement", "joint statement", "open letter", "joint letter", "public statement", "position paper", "solidarity statement", "press statement", "declaration", "appeal:", "urgent appeal", "joint appeal", "petition", "resolution on", "letter to",
			"แถลงการณ์", "ถ้อยแถลง", "จดหมายเปิดผนึก", "ထုတ်ပြန်ကြေညာချက်", "သဘောထားထုတ်ပြန်ချက်", "tuyên bố", "声明", "共同声明", "សេចក្តីថ្លែងការណ៍", "ຖະແຫຼງການ"},
		[]string{"joint statement", "open letter", "statement on ", "statement from ", "statement of ", "statement for ", "statement by ", "urgent appeal", "statement regarding", "call on the government", "calls on the government", "joint submission"},
		[]string{"statement", "open letter"}},
	{archive.Publication,
		[]string{"publication", "new publication", "book:", "new book", "policy brief", "policy briefing", "briefing paper", "fact sheet", "factsheet", "handbook", "toolkit", "research report", "annual report", "study:", "baseline study", "newsletter", "สิ่งพิมพ์", "ထုတ်ဝေ", "ấn phẩm"},
		[]string{"policy brief", "research report", "launch of the report", "annual report", "new publication", "book launch", "e-book", "resource book", "briefing paper"},
		[]string{"publication", "policy brief", "resource book", "newsletter", "e-library"}},
	{archive.Report,
		[]string{"report on", "report:", "report of", "report from", "summary of", "proceedings", "consultation", "workshop", "conference", "seminar", "training", "meeting", "symposium", "forum", "exchange visit", "mmn consultation", "mmn at", "mmn workshop", "mmn convenes", "mmn holds", "mmn organis",
			"celebrating", "commemorat", "การประชุม", "สัมมนา", "อบรม", "အလုပ်ရုံဆွေးနွေးပွဲ", "အစည်းအဝေး", "hội thảo", "hội nghị", "សិក្ខាសាលា", "ກອງປະຊຸມ"},
		[]string{" consultation", " workshop", " conference", " seminar", " training", " meeting", " symposium", " roundtable", " round table", " study tour", "multi-stakeholder", " dialogue", " celebration", " participates in", " attends", " takes part"},
		[]string{"activit", "workshop", "event report", "training", "conference"}},
}

// KindOf reads the kind of a work from its title, else from the labels of its
// terms, else from the beginning of its text. What says nothing is news.
func KindOf(title string, terms []string, text string) archive.Kind {
	title = strings.ToLower(strings.TrimSpace(title))
	title = strings.TrimLeft(title, "[(“\"'#*• ")
	for _, r := range kindRules {
		if anyPrefix(title, r.starts) {
			return r.kind
		}
	}
	for _, r := range kindRules {
		if anyWithin(title, r.holds) {
			return r.kind
		}
	}
	for _, r := range kindRules {
		for _, label := range terms {
			if anyWithin(strings.ToLower(label), r.terms) {
				return r.kind
			}
		}
	}
	opening := strings.ToLower(strings.TrimSpace(text))
	if strings.HasPrefix(opening, "for immediate release") {
		return archive.PressRelease
	}
	return archive.News
}

func anyPrefix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func anyWithin(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
