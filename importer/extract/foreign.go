package extract

import (
	"strings"

	"sala"
)

// gatherings are words for a meeting, by language.
var gatherings = map[sala.Lang][]string{
	"th": {"ประชุม", "สัมมนา", "เวที", "อบรม", "เสวนา", "จัดงาน", "รณรงค์", "แถลงข่าว", "เดินขบวน"},
	"my": {"အလုပ်ရုံဆွေးနွေးပွဲ", "ဆွေးနွေးပွဲ", "အစည်းအဝေး", "သင်တန်း", "ညီလာခံ", "အခမ်းအနား", "ကျင်းပ"},
	"km": {"សិក្ខាសាលា", "ប្រជុំ", "វេទិកា", "សន្និសីទ", "វគ្គបណ្តុះបណ្តាល"},
	"lo": {"ກອງປະຊຸມ", "ສຳມະນາ", "ຝຶກອົບຮົມ"},
	"vi": {"hội thảo", "hội nghị", "cuộc họp", "tập huấn", "tọa đàm", "diễn đàn"},
	"ja": {"ワークショップ", "会議", "セミナー", "集会", "研修", "フォーラム", "シンポジウム"},
	"zh": {"研讨会", "会议", "论坛", "工作坊", "培训"},
}

func (r *reader) gathers(text string) bool {
	low := strings.ToLower(text)
	for _, w := range gatherings[r.text.Lang] {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// foreignPlace finds the first town, else the only country, of the gazetteer
// that stands in a text without spaces between its words.
func (r *reader) foreignPlace(b *Block, head string, e *Event) {
	at, found := len(head), foreignPlace{}
	for _, p := range r.gaz.foreign {
		if !p.city {
			continue
		}
		if i := strings.Index(head, p.name); i >= 0 && (i < at || i == at && len(p.name) > len(found.name)) {
			at, found = i, p
		}
	}
	if found.name == "" {
		return
	}
	f := Found{Passage{b.ID, at, at + len(found.name), found.name}, 0.6}
	e.City, e.Country = Said{f, found.name}, Land{f, found.country}
}
