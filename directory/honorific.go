package directory

import (
	"slices"
	"strings"

	"sala/script"
)

// before are the titles that stand before a name, as [script.Normalize] gives
// them and without points; those of scripts without spaces may stand close to
// it. Longer ones first where one begins with another.
var before = []string{
	"associate professor", "assistant professor", "his excellency", "her excellency", "the honourable", "the honorable", "lok chumteav", "lok srey",
	"professor", "honourable", "honorable", "prof", "excellency", "doctor", "miss", "mrs", "mr", "ms", "mx", "dr", "he", "hon", "rev", "sir",
	"daw", "u", "ko", "ma", "khun", "nai", "nang", "bong", "lok", "neak", "ong", "ba", "anh", "chi", "co",
	"giáo sư", "tiến sĩ", "ông", "bà", "chị", "cô",
	"เด็กชาย", "เด็กหญิง", "นางสาว", "นส", "นาง", "นาย", "คุณ", "รศดร", "ผศดร", "ศดร", "รศ", "ผศ", "ดร",
	"ဒေါက်တာ", "ပါမောက္ခ", "ဒေါ်", "ဦး", "ကို", "မ",
	"លោកជំទាវ", "លោកស្រី", "អ្នកស្រី", "ឯកឧត្តម", "បណ្ឌិត", "កញ្ញា", "លោក",
	"ທ່ານ", "ນາງ", "ທ້າວ", "ດຣ",
}

// behind are those that stand behind a name, close to it.
var behind = []string{"さん", "さま", "様", "氏", "先生", "女士"}

func init() {
	for _, list := range [][]string{before, behind} {
		for i, title := range list {
			list[i] = plain(title)
		}
	}
}

// parting are the signs that part or shorten the words of a name.
var parting = strings.NewReplacer(".", "", "·", " ", "・", " ", "-", " ", "_", " ", ",", " ", "\u2010", " ", "\u2011", " ")

// plain is a text in its normal form, without points and with one space
// wherever something parts its words.
func plain(s string) string {
	unicoded, _ := script.Unzawgyi(s)
	s = parting.Replace(script.Normalize(unicoded))
	return strings.Join(strings.Fields(s), " ")
}

// Bare returns a name without the titles before and behind it ("Ms.",
// "Professor", "H.E.", "นางสาว", "ဒေါ်", "さん"), in the form in which names are
// compared. What would leave nothing is no title: somebody may be called Ko.
func Bare(name string) string {
	s := plain(name)
	for {
		rest := s
		for _, title := range before {
			after, ok := strings.CutPrefix(s, title)
			if !ok || after == "" {
				continue
			}
			spaced := strings.HasPrefix(after, " ")
			after = strings.TrimPrefix(after, " ")
			// "Ko Ko Naing" is a name: a title is not said twice.
			if after == "" || after == title || strings.HasPrefix(after, title+" ") || !spaced && (!unspacedEnd(title) || !opens(s, len(title))) {
				continue
			}
			rest = after
			break
		}
		for _, title := range behind {
			if before, ok := strings.CutSuffix(rest, title); ok && strings.TrimSpace(before) != "" {
				rest = strings.TrimSpace(before)
				break
			}
		}
		if rest == s {
			return s
		}
		s = rest
	}
}

// unspacedEnd reports whether a title is of a script that puts no space
// behind it.
func unspacedEnd(title string) bool {
	for _, r := range title {
		return script.Of(r).Unspaced()
	}
	return false
}

// opens reports whether a text may be cut at a place where no space is: between
// two units, with at least two behind it.
func opens(s string, at int) bool {
	units := script.AppendUnits(nil, s)
	for i, u := range units {
		if u.From == at {
			return len(units)-i > 1
		}
	}
	return false
}

// forms returns the forms under which a name is looked for: as it stands, and
// without titles.
func forms(name string) []string {
	all := []string{}
	for _, f := range []string{plain(name), Bare(name)} {
		if f != "" && !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return all
}

// sound is what is left of a form when the order of its words and how they
// are spelt no longer matter: "Suthisak" and "Sutthisak", "Wako Asato" and
// "Asato Wako" sound alike. It is for proposing only.
func sound(form string) string {
	words := strings.Fields(script.FoldDiacritics(form))
	for i, w := range words {
		var b strings.Builder
		last := rune(0)
		for _, r := range alike.Replace(w) {
			if r != last {
				b.WriteRune(r)
			}
			last = r
		}
		words[i] = b.String()
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// alike are letters of romanised names that people write for one another.
var alike = strings.NewReplacer(
	"th", "t", "ph", "p", "kh", "k", "gh", "g", "dh", "d", "bh", "b", "ck", "k", "ch", "c", "sh", "s", "oo", "u", "ou", "u", "ee", "i", "y", "i", "w", "v", "'", "",
)
