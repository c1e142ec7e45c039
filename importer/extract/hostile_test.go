package extract_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"sala"
	"sala/importer/extract"
)

// hostile are units whose repetition makes rules look far.
var hostile = []string{
	"(", "((a", "“", "“a ", "and ", "8 March 2019 ", "8 March ", "1", "1 ", "1,", "12-", "Ms. ", "Ms. A, ", "Ministry of ", "Ministry of Labour and ",
	"Aa Bb, ", "U ", "in Yangon, ", "the workshop was held by ", "organised a workshop ", "urged the government to ", "call on ", "recommendations: ",
	"(MMN) ", "from the ", "over 40 participants ", "A. ", ".", "’s ", "ใน", "8 มีนาคม 2562 ", "၈", "session ", "first session, ", "“x” ", "screening of film ",
	"moderated by Ms. A of B and ", "of ", ", ", "a-", "http://x.y/", "a@", "+66 ", "Mekong Migration Network and ", "held ", "workshops in Yangon on 5 May 2018 and ", "we met at the A Hotel ", "a workshop is at the A Hotel, which ",
}

func textOf(body string, blocks bool) extract.Text {
	t := extract.Text{Title: "Workshop, 8 March 2019", Lang: "en", Published: sala.Day{Year: 2019, Month: 3, Day: 9}}
	if !blocks {
		t.Blocks = []extract.Block{{ID: "b1", Text: body}}
		return t
	}
	for len(body) > 0 {
		n := min(len(body), 200)
		for n < len(body) && !utf8.RuneStart(body[n]) {
			n++
		}
		t.Blocks = append(t.Blocks, extract.Block{ID: "b", Text: body[:n]})
		body = body[n:]
	}
	return t
}

// TestHostile reads long texts of one unit. There is no clock in it: a rule
// that is not linear would be at it for hours.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many long texts")
	}
	for _, unit := range hostile {
		for _, blocks := range []bool{false, true} {
			text := textOf(strings.Repeat(unit, (64<<10)/len(unit)+1), blocks)
			extract.Read(text, extract.Learned{})
		}
	}
}

// BenchmarkHostile shows that ten times the text takes ten times the time.
func BenchmarkHostile(b *testing.B) {
	for _, size := range []int{64 << 10, 640 << 10} {
		for _, unit := range []string{"((a", "8 March 2019 ", "and ", "Ms. A, ", "Ministry of Labour and ", "we met at the A Hotel "} {
			text := textOf(strings.Repeat(unit, size/len(unit)), false)
			b.Run(fmt.Sprintf("%q/%dK", unit, size>>10), func(b *testing.B) {
				b.SetBytes(int64(size))
				for b.Loop() {
					extract.Read(text, extract.Learned{})
				}
			})
		}
	}
}

// FuzzRead holds what must be true of any text: every passage stands where it
// says, and every day is one.
func FuzzRead(f *testing.F) {
	for _, unit := range hostile {
		f.Add(unit+unit, unit)
	}
	f.Add("Workshop on fees, Mae Sot, 12 March 2018", "On 12 March 2018, A and B held a workshop. Ms. C, Director of D, said so.")
	f.Add("1 1,", "\n,,,,,,") // an empty paragraph above a list
	f.Fuzz(func(t *testing.T, title, body string) {
		if !utf8.ValidString(title) || !utf8.ValidString(body) {
			t.Skip()
		}
		text := extract.Text{Title: title, Lang: "en", Published: sala.Day{Year: 2018, Month: 3, Day: 20}}
		for i, line := range strings.Split(body, "\n") {
			text.Blocks = append(text.Blocks, extract.Block{ID: string(rune('a' + i%26)), Text: line, Item: i%3 == 1, Heading: i%5 == 4})
			if i > 20 {
				break
			}
		}
		check(t, text, extract.Read(text, extract.Learned{}))
	})
}

func check(t *testing.T, text extract.Text, got extract.Facts) {
	t.Helper()
	stands := func(what string, f extract.Found) {
		p := f.At
		if p.Words == "" && p.From == 0 && p.To == 0 {
			return
		}
		for _, b := range append(text.Blocks, extract.Block{ID: extract.TitleBlock, Text: text.Title}) {
			if b.ID == p.Block && p.To <= len(b.Text) && p.From <= p.To && b.Text[p.From:p.To] == p.Words {
				if f.Sure < 0 || f.Sure > 1 {
					t.Fatalf("%s: sureness %v", what, f.Sure)
				}
				return
			}
		}
		t.Fatalf("%s: no such passage: %+v", what, p)
	}
	for i, e := range got.Events {
		stands("event", e.Found)
		if !e.Held.Span.IsZero() {
			stands("held", e.Held.Found)
			if _, err := sala.ParseDay(e.Held.Span.From.String()); err != nil || e.Held.Span.Check() != nil {
				t.Fatalf("held %v", e.Held.Span)
			}
		}
		if e.Within >= i {
			t.Fatalf("event %d within %d", i, e.Within)
		}
		for _, s := range []extract.Said{e.Title, e.Venue, e.City} {
			if !s.IsZero() {
				stands("said", s.Found)
			}
		}
		for _, p := range e.Parties {
			stands("party", p.Found)
		}
		for _, c := range e.Counts {
			stands("count", c.Found)
		}
		for _, s := range e.Speakers {
			stands("speaker", s.Found)
			if s.Name == "" || s.Session >= len(e.Sessions) {
				t.Fatalf("speaker %+v", s)
			}
		}
		for _, s := range e.Sessions {
			stands("session", s.Found)
		}
	}
	for _, a := range got.Asks {
		stands("ask", a.Found)
		if a.Event >= len(got.Events) {
			t.Fatalf("ask of event %d of %d", a.Event, len(got.Events))
		}
	}
	for _, a := range got.Adoptions {
		stands("adoption", a.Found)
	}
	for _, g := range got.Figures {
		stands("figure", g.Found)
	}
}

// BenchmarkRead reads a report of ordinary length.
func BenchmarkRead(b *testing.B) {
	var text extract.Text
	for _, p := range []string{
		"On 15 October 2018, the River Migration Network (RMN) and the International Labour Organisation (ILO) jointly organised a consultation at the Sunrise Hotel in Yangon, Myanmar. Over 40 participants attended the event, including representatives from the Ministry of Labour.",
		"In the first plenary entitled, “The Recruitment of Workers”, Ms. Khin Khin, the Assistant Director of the Department of Labour, reported that 60 of the 259 licensed agencies have sent workers. Mr. Aung Aung, the Vice Chairperson of the Federation, then outlined the procedures.",
		"Finally, participants called for the governments of both countries to play a more active role in monitoring conditions.",
	} {
		text.Blocks = append(text.Blocks, extract.Block{ID: "b", Text: p})
	}
	for len(text.Blocks) < 15 {
		text.Blocks = append(text.Blocks, text.Blocks[len(text.Blocks)%3])
	}
	n := 0
	for _, p := range text.Blocks {
		n += len(p.Text)
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		extract.Read(text, extract.Learned{})
	}
}
