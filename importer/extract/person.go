package extract

import (
	"strings"
)

// A personMention is a person as a sentence names them.
type personMention struct {
	i, j   int // with honorific, and with the role behind the name
	ni, nj int // the name
	name   string
	honor  string
	role   string
	org    Organisation
	title  string // "Associate Professor", before the name
	many   bool   // the role is said of several people
	shared bool   // it stands before the first of them
	owns   bool
	sure   Sureness
	at     Passage
	of     string // whose role it is, if a sentence before says: "its director", "president of the union"
}

// courtesies come before a name and say nothing of what somebody does.
var courtesies = set(`mr mr. ms ms. mrs mrs. miss mx mx. dr dr. hon hon. honourable honorable h.e h.e. excellency excellencies daw u ko ma khun ajarn ajahn
	fr sr ven atty engr sdr brother bro sis sis. comrade saya sayama sayadaw pastor bishop phra ustadz ustaz haji hajjah dato dato' datin datuk samdech thao tiao monsignor msgr msgr. sir dame shri smt smt.
	kru oknha lok chumteav neak fr. father sister sr. rev. reverend ven. venerable mdm madam madame datuk dato’ mme mme. mlle atty atty. engr. sayadaw nai pol. col. maj. gen. lt. capt. bapak ibu sdr tuan puan encik cik`)

// ranks come before the name of a soldier or a policeman, with a stop that is
// left out.
var ranks = set("pol lt col gen maj capt")

// titles come before a name and say what somebody is.
var titles = map[string]string{
	"prof": "Professor", "prof.": "Professor", "professor": "Professor", "ambassador": "Ambassador", "amb.": "Ambassador",
	"senator": "Senator", "sen.": "Senator", "judge": "Judge", "justice": "Justice",
}

// ambiguous courtesies are words or names as well.
var ambiguous = set(`brother bro sis comrade saya sayama pastor bishop phra haji dato thao tiao sir dame samdech u ko ma sister father nai khun hon senator professor ambassador lok neak miss kru judge justice`)

// findPeople notes the people whom an honorific announces.
func (s *sentence) findPeople() {
	for i := 0; i < len(s.toks); i++ {
		if p, ok := s.honoured(i); ok {
			s.persons = append(s.persons, p)
			i = p.nj - 1
		}
	}
}

// honoured reads a person with an honorific at token i.
func (s *sentence) honoured(i int) (personMention, bool) {
	p := personMention{i: i, sure: 0.95}
	j := i
	var honors []string
	for n := 0; n < 6; n++ {
		t := s.tok(j)
		switch {
		case !t.upper && !(n > 0 && t.is(",")):
		case t.is("her", "his", "their") && s.tok(j+1).is("excellency", "excellencies", "royal"):
			honors = append(honors, t.text+" "+s.tok(j+1).text)
			j += 2
			continue
		case t.is("associate", "assistant", "assoc.", "asst.", "assoc", "asst", "emeritus") && titles[s.tok(j+1).low] != "":
			prefix := map[byte]string{'s': "Associate", 'm': "Emeritus"}[t.low[1]]
			if t.is("assistant", "asst.", "asst") {
				prefix = "Assistant"
			}
			if t.is("associate", "assoc", "assoc.") {
				prefix = "Associate"
			}
			p.title = prefix + " Professor"
			j += 2
			continue
		case titles[t.low] != "" && n == 0 && i > 0 && s.tok(i-1).upper && s.tok(i-1).kind == word && !functionWords[s.tok(i-1).low] && courtesies[s.tok(j+1).low]:
			return p, false // "Anti-Trafficking Ambassador Ms. …": a role, not an address
		case titles[t.low] != "":
			if p.title == "" {
				p.title = titles[t.low]
			}
			j++
			continue
		case n > 0 && t.is("colonel", "general", "major", "captain") && s.tok(j-1).is("lieutenant", "major", "brigadier"):
			honors = append(honors, t.text)
			j++
			continue
		case t.is("major", "brigadier", "lieutenant", "police") && s.tok(j+1).is("general", "colonel", "major", "captain", "lieutenant") && s.tok(j+1).upper:
			honors = append(honors, t.text+" "+s.tok(j+1).text)
			j += 2
			continue
		case t.is("tan", "puan", "datuk", "dato") && s.tok(j+1).is("sri", "seri"):
			honors = append(honors, t.text+" "+s.tok(j+1).text)
			j += 2
			continue
		case t.text == "HE" && s.tok(j+1).upper:
			honors = append(honors, t.text)
			j++
			continue
		case ranks[t.low] && (n > 0 || !t.is("pol") || ranks[s.tok(j+1).low]):
			honors = append(honors, t.text)
			j++
			continue
		case courtesies[t.low]:
			if len(t.text) <= 2 && t.is("u", "ko", "ma") && s.tok(j+1).kind == mark {
				return p, false
			}
			honors = append(honors, t.text)
			j++
			continue
		case t.is(",") && n > 0 && (courtesies[s.tok(j+1).low] || titles[s.tok(j+1).low] != "") && s.tok(j+1).upper && s.tok(j-1).is("excellency"):
			j++
			continue
		}
		break
	}
	if j == i {
		return p, false
	}
	first := s.tok(j)
	if ambiguous[strings.TrimSuffix(s.tok(j-1).low, ".")] && (nonName[first.low] || orgWords[first.low] || functionWords[first.low] || roleWords[first.low]) {
		return p, false
	}
	p.honor = clean(strings.Join(honors, " "))
	p.ni, p.nj = j, s.nameEnd(j, true)
	if p.nj == p.ni {
		return p, false
	}
	for len(honors) > 1 && p.ni-1 > i && s.tok(p.ni-1).is("ko", "ma", "khun", "nai") && s.tok(p.i).is("mr.", "mr", "ms.", "ms", "mrs.", "dr.") {
		p.ni-- // "Mr. Ko Ko Aung"
		honors = honors[:len(honors)-1]
		p.honor = clean(strings.Join(honors, " "))
	}
	if p.nj-p.ni == 1 && len(honors) > 1 && s.tok(p.ni-1).is("khun", "ma", "ko", "u", "nai", "lok", "kru") {
		p.ni-- // "Mr. Khun Tharo": it is a part of the name
		honors = honors[:len(honors)-1]
		p.honor = clean(strings.Join(honors, " "))
	}
	p.name = clean(s.words(p.ni, p.nj))
	p.owns = s.tok(p.nj - 1).owns
	p.j = p.nj
	return p, true
}

// particles stand within names in small letters.
var particles = set("bin binti bint de da van der den al la von du dos y")

// surnames are words for bodies that are names of people, too.
var surnames = set("navy bank house court church lab army watch")

// nameEnd returns the token behind the name that begins at i.
func (s *sentence) nameEnd(i int, honoured bool) int {
	j := i
	for j < len(s.toks) && j-i < 6 {
		t := s.tok(j)
		if t.kind != word {
			break
		}
		if particles[t.low] && !t.upper && j > i && s.tok(j+1).upper {
			j++
			continue
		}
		if !t.upper || !latin(t.text) {
			break
		}
		if j > i && t.is("ii", "iii", "iv") && t.text == strings.ToUpper(t.text) {
			j++
			break
		}
		if j > i && (courtesies[t.low] && (strings.HasSuffix(t.text, ".") || t.is("mr", "ms", "mrs", "miss", "dr", "madam", "mdm", "hon", "rev")) || t.caps() && len(t.text) >= 3 && !s.tok(i).caps()) {
			break
		}
		if j > i && (roleStarts[t.low] || orgWords[t.low] && !(honoured && j == i+1 && surnames[t.low] && !s.tok(j+1).upper) || months[t.low] != 0 && !t.is("may", "mar", "jun", "jan")) {
			break
		}
		if roleWords[t.low] && (!honoured || j > i) && !t.is("mp", "judge", "fisher", "leader", "teacher", "student", "worker", "migrant", "partner", "author", "chief", "head", "poet", "singer", "doctor") {
			break
		}
		if !honoured && j > i && t.is("lao", "thai", "mon", "shan", "karen", "chin") && s.tok(j+1).upper && s.tok(j+1).kind == word && !nonName[s.tok(j+1).low] && !orgWords[s.tok(j+1).low] && !roleWords[s.tok(j+1).low] {
			j++ // "Sai Lao Hseng"
			continue
		}
		if !honoured && (nonName[t.low] || functionWords[t.low] || orgWords[t.low] || roleWords[t.low] || eventNouns[t.low] || things[t.low]) {
			return i
		}
		if _, is := weekdays[t.low]; is && j > i && len(t.low) > 3 {
			break
		}
		j++
		if t.owns {
			break
		}
	}
	return j
}

// findBarePeople notes people whom no honorific announces: two to four words
// in capitals that are no other name, with a role or an organisation behind
// or a role before them.
func (r *reader) findBarePeople(s *sentence) {
	var found []personMention
	for i := 0; i < len(s.toks); i++ {
		if p, ok := s.personAt(i); ok {
			i = p.j - 1
			continue
		}
		if m, ok := s.orgs[i]; ok {
			i = m.j - 1
			continue
		}
		if _, end, ok := find(s, i, r.gaz.places); ok {
			i = end - 1
			continue
		}
		t := s.tok(i)
		if t.kind != word || !t.upper || t.caps() || functionWords[t.low] {
			continue
		}
		j := s.nameEnd(i, false)
		if j == i || j-i > 4 {
			i = max(i, j-1)
			continue
		}
		if last := s.tok(j - 1); last.is("us", "me", "them", "him", "who", "why", "how", "what", "told", "said") || s.tok(i).is("told", "said", "tell") {
			i = j - 1
			continue // of a title: "What Workers Told Us"
		}
		if s.tok(i-1).kind == word && s.tok(i-1).upper && r.placeEnding(s, i) && !functionWords[s.tok(i-1).low] && i > 1 && !s.tok(i-2).caps() && s.has(i, j, set("canning fishing shipping garment garments foods food seafood trading textile textiles construction electronics plastics rubber steel industries products ocean marine star union insurance motors airways")) {
			i = j - 1
			continue // of a company: "Siam Ocean Canning"
		}
		p := personMention{i: i, j: j, ni: i, nj: j, name: clean(s.words(i, j)), owns: s.tok(j - 1).owns}
		_, known := r.gaz.people[strings.ToLower(p.name)]
		_, _, atPlace := find(s, i, r.gaz.places)
		within := r.place(s, i, j) // "Nguyen Thanh Hoa" bears the name of a province
		if j-i == 1 && !known || atPlace || r.gaz.demonyms[t.low] != "" && !known {
			i = j - 1
			continue
		}
		if p.sure = r.bare(s, i, j); within && p.sure < 0.8 {
			p.sure = 0
		}
		if known {
			p.sure = 0.9
		}
		if p.sure > 0 {
			s.cast = true
			found = append(found, p)
		}
		i = j - 1
	}
	if len(found) > 0 {
		s.persons = mergeMentions(s.persons, found)
	}
}

func mergeMentions(a, b []personMention) []personMention {
	out := make([]personMention, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].i < b[0].i {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// place reports whether a place of the gazetteer begins within tokens i to j.
func (r *reader) place(s *sentence, i, j int) bool {
	for k := i; k < j; k++ {
		if _, _, ok := find(s, k, r.gaz.places); ok {
			return true
		}
	}
	return false
}

// afterName skips what belongs to a name behind it: ", Jr.", ", 29,".
func (s *sentence) afterName(j int) int {
	if !s.tok(j).is(",") {
		return j
	}
	switch t := s.tok(j + 1); {
	case t.is("jr", "jr.", "sr", "sr.", "phd", "ph.d", "ph.d.", "md", "m.d.", "esq", "esq.") && t.upper:
		return j + 2
	case t.kind == number && len(t.text) == 2 && s.tok(j+2).is(",", "."):
		return j + 2
	}
	return j
}

// bare says how sure it is that tokens i to j, all in capitals, are somebody's
// name.
func (r *reader) bare(s *sentence, i, j int) Sureness {
	if prev := s.tok(i - 1); j-i >= 2 && s.tok(i-2).is("”", "\"") && (saying[prev.low] || speaking[prev.low] || prev.is("laughed", "sighed", "joked", "whispered", "shouted", "smiled", "exclaimed")) {
		return 0.8 // "“…,” laughed A, 24."
	}
	if prev := s.tok(i - 1); prev.upper && prev.kind == word && s.tok(i-2).is("at") && r.place(s, i-1, i) {
		return 0 // "at Saigon Link Apparel"
	}
	aged := j
	j = s.afterName(j)
	if j == aged+2 && s.tok(aged+1).kind == number && j-i >= 4 && s.tok(j).is(",") {
		return 0.75 // "Kim Sothea, 34, who …"
	}
	next := s.tok(j)
	switch {
	case next.is(",") && s.castList(i, j):
		return 0.75
	case next.is("is", "was") && s.tok(j+1).is("a", "an", "the") && j-i >= 2 && s.listed:
		return 0.85
	case next.is(","):
		if d := r.describe(s, j+1); d.ok && d.role != "" {
			return 0.85
		} else if d.ok && !d.org.IsZero() && (saying[s.tok(d.end).low] || s.tok(d.end).is(",") && saying[s.tok(d.end+1).low] || s.labelled()) {
			return 0.8
		}
		if s.tok(j + 1).is("who") {
			return 0.6
		}
	case next.is("("):
		if m, ok := s.orgs[j+1]; ok && s.tok(m.j).is(")", ",") {
			return 0.85
		}
		if d := r.describe(s, j+1); d.ok && (d.role != "" || !d.org.IsZero()) && (s.tok(d.end).is(")") || d.role != "" && !d.org.IsZero() && s.closeOf(d.end) > 0) {
			return 0.85
		}
		if _, ok := r.branchIn(s, j+1); ok && j-i >= 2 {
			return 0.75
		}
		if j-i >= 2 && (s.labelled() || s.has(0, i, speechNouns)) {
			if _, _, ok := r.calling(s, j); ok {
				return 0.75
			}
			if _, end, ok := find(s, min(j+1, len(s.toks)-1), r.gaz.places); ok && s.tok(end).is(")") {
				return 0.75
			}
			if m, ok := r.unknownOrg(s, j+1); ok && s.tok(m.j).is(")") {
				return 0.75
			}
		}
	case next.is("from", "of", "at", "representing", "with") && !s.tok(i-1).is("of", "the", "in", "on", "from"):
		if d := r.describe(s, j); d.ok && !d.org.IsZero() && (s.anySaying(d.end, d.end+4) || saying[s.tok(i-1).low] || s.tok(i-1).is("by", "and", ",", ":", "–", "-", "were", "was", "included", "with", "are", "is", "include", "includes") || i == 0) {
			return 0.8
		}
	case next.is("–", "-", "—") && s.labelled():
		return 0.7
	}
	if d, _ := r.before(s, i); d.ok && d.role != "" {
		return 0.85
	}
	if m, ok := r.owner(s, i); ok && j-i >= 2 && (saying[next.low] || s.labelled() || m.sure >= 0.9 && next.is(",", "and") && s.anySaying(j, len(s.toks))) {
		return 0.75
	}
	if speaking[next.low] && !next.is("set", "put", "continued", "followed", "hosted", "paid", "updates", "reviews", "reading", "showed") && i == 0 && j-i >= 2 {
		return 0.6
	}
	if saying[next.low] && !s.tok(i-1).is("the", "of", "“") && next.is("said", "told", "noted", "explained", "added", "stated", "shared", "presented", "spoke", "urged", "emphasised", "emphasized", "stressed", "moderated", "facilitated", "opened", "highlighted", "welcomed", "warned", "remarked", "reported", "argued", "outlined", "recalled", "described", "concluded", "discussed", "pointed", "testified", "chaired", "co-chaired", "replied", "answered", "recounted", "observed", "conceded", "admitted", "cautioned", "lamented") {
		return 0.6
	}
	return 0
}

// castList reports whether tokens i to j, all in capitals, are one name of a
// list that the sentence calls one of speakers: "The trainers are A, B and C".
func (s *sentence) castList(i, j int) bool {
	if j-i > 4 {
		return false
	}
	if j-i < 2 || !s.tok(i-1).is(",", "and", ":", "are", "were", "include", "included") || !s.tok(j).is(",", "and", ".", ";") && j < len(s.toks) {
		return false
	}
	for k := max(0, i-40); k < i; k++ {
		if speechNouns[s.tok(k).low] && strings.HasSuffix(s.tok(k).low, "s") && s.tok(k+1).is("are", "were", "include", "included", ":", "including") {
			return len(s.persons) > 0 || s.cast || s.tok(i-1).is("are", "were", "include", "included", ":")
		}
	}
	return false
}

func (s *sentence) anySaying(i, j int) bool { return s.has(i, j, saying) }

// labelled reports whether a sentence is a line like "Moderator: …".
func (s *sentence) labelled() bool {
	if s.listed {
		return true
	}
	for i := 0; i < 6 && i < len(s.toks); i++ {
		if s.toks[i].is(":") {
			return true
		}
	}
	return s.block != nil && s.block.Item
}
