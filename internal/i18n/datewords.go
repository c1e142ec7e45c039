package i18n

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sala"
	"sala/script"
)

// A dateWords is what a date may say in a language, in the form in which
// texts are compared.
type dateWords struct {
	months []monthWord // longest first: "tháng 11" before "tháng 1"
	says   map[string]bool
}

type monthWord struct {
	name, month string
}

// besides are the words that stand in dates beside the month: day, month,
// year and the like.
var besides = map[sala.Lang]string{
	"en": "the of st nd rd th day month year",
	"my": "ခုနှစ် ခု နှစ် လ ရက် ရက်နေ့ နေ့",
	"th": "วัน วันที่ ที่ เดือน ปี",
	"km": "ថ្ងៃ ថ្ងៃទី ទី ខែ ឆ្នាំ",
	"lo": "ວັນ ວັນທີ ທີ ເດືອນ ປີ",
	"vi": "ngày mùng mồng tháng năm",
	"es": "de del", "pt": "de", "fr": "le er de", "de": "der den", "id": "tanggal bulan tahun", "ms": "haribulan tahun", "fil": "ika ng",
	"hi": "को", "ne": "गते", "ur": "کو",
}

var dateWordsOf sync.Map // sala.Lang → *dateWords

// datesOf returns the words of a language and of English, made once; those of
// English alone for a language that is not in the table.
func datesOf(lang sala.Lang) *dateWords {
	if _, ok := of(lang); !ok {
		lang = sala.English
	}
	if w, ok := dateWordsOf.Load(lang); ok {
		return w.(*dateWords)
	}
	w := &dateWords{says: map[string]bool{}}
	for _, in := range []sala.Lang{lang, sala.English} {
		l, ok := of(in)
		if !ok {
			continue
		}
		for i := range 12 {
			for _, name := range []string{l.months[i], l.alone[i], l.short[i]} {
				if name = script.Normalize(name); name == "" {
					continue
				}
				w.months = append(w.months, monthWord{name, strconv.Itoa(i + 1)})
				if bare := strings.TrimSuffix(name, "."); bare != name && len(bare) > 3 {
					w.months = append(w.months, monthWord{bare, strconv.Itoa(i + 1)})
				}
			}
		}
		base, _, _ := strings.Cut(string(in), "-")
		for _, word := range strings.Fields(besides[sala.Lang(base)]) {
			w.says[script.Normalize(word)] = true
		}
	}
	slices.SortStableFunc(w.months, func(a, b monthWord) int { return cmp.Compare(len(b.name), len(a.name)) })
	kept, _ := dateWordsOf.LoadOrStore(lang, w)
	return kept.(*dateWords)
}

// month finds the name of a month in a text, and returns its number and the
// text without it; "" if there is none.
func (w *dateWords) month(text string) (string, string) {
	for _, m := range w.months {
		i := strings.Index(text, m.name)
		if i < 0 || i == 0 {
			continue
		}
		end := i + len(m.name)
		// A figure that is part of a name must not be part of a longer one.
		if isFigure(m.name[0]) && isFigure(text[i-1]) || isFigure(m.name[len(m.name)-1]) && end < len(text) && isFigure(text[end]) {
			continue
		}
		return m.month, text[:i] + " " + text[end:]
	}
	return "", text
}

func isFigure(b byte) bool { return '0' <= b && b <= '9' }
