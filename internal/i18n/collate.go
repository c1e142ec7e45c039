package i18n

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"sala"
)

// collators keeps some for each language: making one is dear, and one serves
// one caller at a time.
var collators sync.Map // sala.Lang → *sync.Pool

// collator returns one of a language and what gives it back.
func collator(lang sala.Lang) (*collate.Collator, func()) {
	kept, ok := collators.Load(lang)
	if !ok {
		kept, _ = collators.LoadOrStore(lang, &sync.Pool{New: func() any { return collate.New(language.Make(string(lang))) }})
	}
	pool := kept.(*sync.Pool)
	c := pool.Get().(*collate.Collator)
	return c, func() { pool.Put(c) }
}

// Compare tells the order of two texts in a dictionary of lang: negative if a
// comes first, 0 if they are alike.
func Compare(lang sala.Lang, a, b string) int {
	c, done := collator(lang)
	defer done()
	if ready := amend[lang]; ready != nil {
		if n := c.CompareString(ready(a), ready(b)); n != 0 {
			return n
		}
	}
	return c.CompareString(a, b)
}

// Key returns what has the order of a text in a dictionary of lang when it is
// compared byte by byte: whoever keeps it compares a text once for all.
func Key(lang sala.Lang, text string) string {
	c, done := collator(lang)
	defer done()
	var buf collate.Buffer
	key := string(c.KeyFromString(&buf, text))
	if ready := amend[lang]; ready != nil {
		// Its end comes before whatever else may follow in another.
		first := strings.ReplaceAll(string(c.KeyFromString(&buf, ready(text))), "\x00", "\x00\xff")
		key = first + "\x00\x00" + key
	}
	return key
}

// Sort puts items in the order of a dictionary of lang; text is what each is
// called. Those that are called alike keep their order.
func Sort[T any](lang sala.Lang, items []T, text func(T) string) {
	slices.SortStableFunc(items, func(a, b T) int { return Compare(lang, text(a), text(b)) })
}

// amend are the languages whose order x/text has from an early CLDR, and how a
// text is written so that today's order comes of it. Thai and Lao, with vowels
// before the consonant that they follow in speech, need nothing.
var amend = map[sala.Lang]func(string) string{
	"my": burmeseTones.Replace,
	"km": khmerFeet,
	"ja": longVowels,
}

// The tones of Burmese stand after every final consonant and medial; x/text
// has them among the finals. The Mon medials that take their place have no
// other use in Burmese. A final comes before the tone on it, the great sa is
// a sa upon a sa, and a vowel of its own is one borne by အ.
var burmeseTones = strings.NewReplacer(
	"\u103f", "\u101e\u1039\u101e", "ဣ", "အိ", "ဤ", "အီ", "ဥ", "အု", "ဦ", "အူ", "ဧ", "အေ", "ဩ", "အော", "ဪ", "အော်",
	"\u1037\u103a", "\u103a\u105e", "\u1037", "\u105e", "\u1038", "\u105f",
)

// khmerFeet writes a subscript consonant of Khmer so that it stands after every
// vowel and sign, where x/text has some signs after it; the letter that takes
// the place of its mark is of the script that follows. A robat is an r before
// the consonant that bears it: ធម៌ stands under ធរ្ម. The vowels ឫ ឬ ឭ ឮ end
// the letters រ and ល.
func khmerFeet(s string) string { return khmerSigns.Replace(robat.ReplaceAllString(s, "រ\u17d2$1")) }

var khmerSigns = strings.NewReplacer("\u17d2", "\u1820", "ឫ", "រ\u1821", "ឬ", "រ\u1822", "ឭ", "ល\u1821", "ឮ", "ល\u1822")

var robat = regexp.MustCompile(`([\x{1780}-\x{17a2}])\x{17cc}`)

// longVowels writes the long mark of Japanese as the vowel that it lengthens,
// under which dictionaries list it: ページ stands under ペエジ.
func longVowels(s string) string {
	if !strings.ContainsRune(s, 'ー') {
		return s
	}
	var out strings.Builder
	vowel := 'ー'
	for _, r := range s {
		if r == 'ー' {
			out.WriteRune(vowel)
			continue
		}
		vowel = 'ー'
		for _, row := range kanaRows {
			if strings.ContainsRune(row.kana, r) {
				vowel = row.vowel
			}
		}
		out.WriteRune(r)
	}
	return out.String()
}

// kanaRows are the syllables that end in each vowel.
var kanaRows = []struct {
	vowel rune
	kana  string
}{
	{'ア', "アァカガサザタダナハバパマヤャラワヮヵ"}, {'イ', "イィキギシジチヂニヒビピミリヰ"}, {'ウ', "ウゥクグスズツヅッヌフブプムユュルヴ"},
	{'エ', "エェケゲセゼテデネヘベペメレヱヶ"}, {'オ', "オォコゴソゾトドノホボポモヨョロヲ"},
	{'あ', "あぁかがさざただなはばぱまやゃらわゎ"}, {'い', "いぃきぎしじちぢにひびぴみりゐ"}, {'う', "うぅくぐすずつづっぬふぶぷむゆゅる"},
	{'え', "えぇけげせぜてでねへべぺめれゑ"}, {'お', "おぉこごそぞとどのほぼぽもよょろを"},
}
