package script

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Placed is a text in the form in which it is searched, and how to come back
// from a place in it to the place in the text.
type Placed struct {
	Text  string // normal
	parts []placedPart
}

// A placedPart is a stretch of a normal text and where it came from. In a plain one
// byte stands for byte.
type placedPart struct {
	at       int // in the normal text
	from, to int // in the text
	plain    bool
}

// grouped is how many units of a text may change places among each other when
// it is normalised.
const grouped = 6

// Place returns the normal form of a text with the way back: runs of white
// space are one space, hyphens are one, Zawgyi is Unicode, the rest is as
// [Normalize] says.
func Place(s string) *Placed {
	n := &Placed{}
	zawgyi := IsZawgyi(s)
	var b strings.Builder
	b.Grow(len(s))
	n.parts = make([]placedPart, 0, len(s)/3)
	add := func(from, to int, text string, plain bool) {
		if text != "" {
			n.parts = append(n.parts, placedPart{b.Len(), from, to, plain})
			b.WriteString(text)
		}
	}
	var units []Unit
	for i := 0; i < len(s); {
		j := i
		for size := spaceAt(s, j); size > 0; size = spaceAt(s, j) {
			j += size
		}
		if j > i {
			add(i, j, " ", false)
			i = j
			continue
		}
		ascii := true
		for j < len(s) && spaceAt(s, j) == 0 {
			ascii = ascii && s[j] < 0x80
			j++
		}
		word := s[i:j]
		if ascii {
			add(i, j, Normalize(word), true)
			i = j
			continue
		}
		if zawgyi {
			if u := FromZawgyi(word); u != word { // no way back into the letters: the whole of it
				add(i, j, Normalize(u), false)
				i = j
				continue
			}
		}
		// Signs may change places: units are taken together until their form
		// is found where it should be.
		whole := placedForm(word)
		units = AppendUnits(units[:0], word)
		at := 0
		for k := 0; k < len(units); {
			size := 0
			for m := 1; m <= grouped && k+m <= len(units); m++ {
				piece := placedForm(word[units[k].From:units[k+m-1].To])
				if strings.HasPrefix(whole[at:], piece) {
					add(i+units[k].From, i+units[k+m-1].To, piece, false)
					at += len(piece)
					size = m
					break
				}
			}
			if size == 0 {
				break
			}
			k += size
			if k == len(units) && at < len(whole) {
				break
			}
		}
		if at < len(whole) {
			from := i
			if last := len(n.parts) - 1; last >= 0 && n.parts[last].to > i {
				from = n.parts[last].to
			}
			add(min(from, j-1), j, whole[at:], false)
		}
		i = j
	}
	n.Text = b.String()
	return n
}

// spaceAt returns the size of the white space at byte i, 0 if there is none.
func spaceAt(s string, i int) int {
	if i == len(s) {
		return 0
	}
	if c := s[i]; c < utf8.RuneSelf {
		if c == ' ' || '\t' <= c && c <= '\r' {
			return 1
		}
		return 0
	}
	if r, size := utf8.DecodeRuneInString(s[i:]); unicode.IsSpace(r) {
		return size
	}
	return 0
}

var hyphens = strings.NewReplacer("\u2010", "-", "\u2011", "-")

func placedForm(s string) string { return Normalize(hyphens.Replace(s)) }

// Back returns the stretch of the text that a stretch of the normal text came
// from.
func (n *Placed) Back(from, to int) (int, int) {
	i := n.part(from)
	j := n.part(to - 1)
	a, b := n.parts[i].from, n.parts[j].to
	if n.parts[i].plain {
		a += from - n.parts[i].at
	}
	if n.parts[j].plain {
		b = n.parts[j].from + to - n.parts[j].at
	}
	return a, b
}

// part is the part that holds a byte of the normal text.
func (n *Placed) part(at int) int {
	return sort.Search(len(n.parts), func(i int) bool { return n.parts[i].at > at }) - 1
}
