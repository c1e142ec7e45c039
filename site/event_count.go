package site

import (
	"sala"
	"sala/event"
)

// A countLine is a number as it was stated, in words.
type countLine struct {
	Text   string
	More   string // what exactly was counted, as far as stated
	MoreIn sala.Lang
	Words  string // of the passage
	In     sala.Lang
	Source *item // the work where they stand
}

// counted writes a count in words. The qualifier always stays with the number.
func (p *page) counted(c event.Count) string {
	number := p.T("event.number_"+string(c.Qualifier), "number", p.Number(c.Value))
	if c.Qualifier == event.Between {
		number = p.T("event.number_between", "number", p.Number(c.Value), "high", p.Number(c.High))
	}
	many := c.Value
	if c.Qualifier == event.Between {
		many = c.High
	}
	if c.Of == event.SomethingElse {
		words, _ := c.Words.In(p.Want, p.set.Default)
		return p.T("event.counted_other", "number", number, "what", words)
	}
	// The number chooses the plural form; what stands in its place is the
	// number with its qualifier.
	return p.T("event.counted_"+string(c.Of), "n", number, "n", many)
}

func (p *page) countLine(c event.Count) countLine {
	l := countLine{Text: p.counted(c), Words: c.Source.Words, In: c.Source.Lang}
	if c.Of != event.SomethingElse {
		l.More, l.MoreIn = c.Words.In(p.Want, p.set.Default)
	}
	return l
}
