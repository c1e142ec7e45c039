package script

// A Word is a word of a text, or what stands between words.
type Word struct {
	From, To int // in bytes
	Kind     Kind
	Script   Script
	Known    bool // of a dictionary; only Syllabic words are looked up
}

// AppendWords appends the words of s to dst, separators among them: they
// follow each other without gaps. s should be normalised. In Thai, Lao, Khmer
// and Burmese words are found by dictionary, as the way through the text that
// costs least; in Chinese every character is a word, in kana every run of one
// kind; elsewhere words are what stands between spaces and punctuation.
func AppendWords(dst []Word, s string) []Word {
	var buffer [64]Unit
	units := AppendUnits(buffer[:0], s)
	for i := 0; i < len(units); {
		u := units[i]
		j := i + 1
		switch u.Kind {
		case Syllabic:
			for j < len(units) && units[j].Kind == Syllabic && units[j].Script == u.Script {
				j++
			}
			dst = appendPath(dst, s, units[i:j])
		case KanaKind:
			hiragana := isHiragana(s[u.From:])
			for j < len(units) && units[j].Kind == KanaKind && isHiragana(s[units[j].From:]) == hiragana {
				j++
			}
			dst = append(dst, Word{u.From, units[j-1].To, u.Kind, u.Script, false})
		default:
			dst = append(dst, Word{u.From, u.To, u.Kind, u.Script, false})
		}
		i = j
	}
	return dst
}

func isHiragana(s string) bool {
	for _, r := range s {
		return 0x3041 <= r && r <= 0x309f
	}
	return false
}

// What a way through a text costs. A word costs one, so that the way of fewest
// words is taken; what the dictionary does not know costs more for each unit,
// so that it is used only where there is no word, and costs to begin, so that
// unknown units stay together.
const (
	costWord    = 10
	costBegin   = 12
	costUnknown = 14
	longest     = 24 // units in a word; the longest word of the lists has fewer
)

// appendPath appends the words of a run of syllables. It is the shortest path
// over the places between units, found from the end, in one pass: from each
// place at most the longest word is looked ahead.
func appendPath(dst []Word, s string, units []Unit) []Word {
	words := wordsOf(units[0].Script)
	type step struct {
		cost    int32
		unknown int32 // cost if the unit before is unknown, too
		next    int32 // how many units the word has; 0 for an unknown unit
	}
	var buffer [256]step
	var best []step
	if len(units) < len(buffer) {
		best = buffer[:len(units)+1]
	} else {
		best = make([]step, len(units)+1)
	}
	best[len(units)] = step{}
	for i := len(units) - 1; i >= 0; i-- {
		after := best[i+1]
		// Unknown here: the next may go on without beginning anew.
		onward := min(after.cost, after.unknown)
		b := step{cost: costBegin + costUnknown + onward, unknown: costUnknown + onward}
		h := uint64(hashSeed)
		for n := 1; n <= longest && i+n <= len(units); n++ {
			u := units[i+n-1]
			h = hash(h, s[u.From:u.To])
			begins, word := words.look(h)
			if !begins {
				break
			}
			if cost := costWord + best[i+n].cost; word && cost <= b.cost {
				b.cost, b.next = cost, int32(n)
			}
		}
		best[i] = b
	}
	of := units[0].Script
	unknown := false
	for i := 0; i < len(units); {
		b := best[i]
		if b.next == 0 || unknown && b.unknown < b.cost {
			if unknown {
				dst[len(dst)-1].To = units[i].To
			} else {
				dst = append(dst, Word{units[i].From, units[i].To, Syllabic, of, false})
			}
			unknown = true
			i++
			continue
		}
		n := int(b.next)
		dst = append(dst, Word{units[i].From, units[i+n-1].To, Syllabic, of, true})
		unknown = false
		i += n
	}
	return dst
}
