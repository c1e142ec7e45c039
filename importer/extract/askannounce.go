package extract

import (
	"regexp"
	"strings"
)

var (
	// askFollows ends a paragraph that announces asks without a colon: "We ask of
	// the Government the following."
	askFollows = regexp.MustCompile(`(?i)\b(?:ask|asks|asked|demand|demands|demanded|request|requests|requested|urge|urges|urged|recommend|recommends|recommended|propose|proposes|proposed|want|wants|call|calls|called|appeal|appeals|expect|expects|require|suggest|suggests|suggested|recommendations?|proposals?|wishes)\b[^.:]*\b(?:following|follows|these\s+\w+|below)[^.:]{0,30}\.\s*$`)
	// askLoose is a word before a colon by which asks may follow, if the items
	// are in their form.
	askLoose = regexp.MustCompile(`(?i)\b(?:suggest(?:ions?|s|ed)?|wish(?:es|ed)?|want(?:s|ed)?|points|messages?|list|asks?|asked|needs?|needed|priorities|steps|measures|changes|agreed|concluded|conclusions?|resolutions?|ways\s+forward|resolved|decided|should|must|for|to|of|from|on|that)\b[^.:]*:\s*$`)
	// noAsks is what a list before a colon is of, if not of asks.
	noAsks = regexp.MustCompile(`(?i)\b(?:aim(?:s|ed)?|objectives?|goals?|purposes?|agenda|programme|program|topics?|themes?|learn(?:ed|t)?|taught|teach(?:es)?|train(?:s|ed)?|how|tips|advice|rules|readers|commit(?:s|ted|ments?)|pledged|promised|undertook|plans?|planned|will|tasks?|activities|agreed\s+to|decided\s+to|resolved\s+to|you|your|workers\s+to|participants\s+to|migrants\s+to|register|join|contact|in\s+order\s+to|questions?|quiz|exercise|game|groups?)\b[^.:]*:\s*$`)
)

// announcedBelow reports whether a paragraph announces a list of asks that the
// words for them do not: by "the following." at its end, or because all that is
// listed below it is in the form of asks.
func (r *reader) announcedBelow(b *Block, text string) bool {
	next := r.below(b)
	if b.Item || next == nil || !isItem(next) {
		return false
	}
	tail := text[max(0, len(text)-500):]
	if askFollows.MatchString(tail) && !noAsks.MatchString(strings.TrimSuffix(tail, ".")+":") {
		return r.itemForm(next) > 0
	}
	told := askTold.MatchString(tail) && !noAsks.MatchString(strings.TrimSuffix(tail, ".")+":")
	if !told && (!strings.HasSuffix(text, ":") || !askLoose.MatchString(tail) || noAsks.MatchString(tail) || topicList.MatchString(tail)) {
		return false
	}
	items, certain := 0, 0
	for n := r.blockAt + 1; n < len(r.text.Blocks) && items < 8 && isItem(&r.text.Blocks[n]); n++ {
		form := r.itemForm(&r.text.Blocks[n])
		if form == 0 {
			return false
		}
		if form > 1 {
			certain++
		}
		items++
	}
	return certain > 0 || items > 1 && (told || strings.Contains(strings.ToLower(tail), "sugges"))
}

// isItem reports whether a block is an item of a list.
func isItem(b *Block) bool {
	return b.Item || askMark.MatchString(b.Text) || bullet.MatchString(b.Text)
}

// itemForm says whether an item is in the form of an ask: 1 if it begins with a
// verb in the form of a command, as other things may, 2 if it says "please", or
// what somebody should do; 0 if it is not.
func (r *reader) itemForm(b *Block) int {
	_, from, to := itemBody(b, strings.TrimSpace(b.Text))
	words := b.Text[from:to]
	toks := tokens(words[:min(len(words), 300)])
	s := &sentence{block: &Block{Text: words}, toks: toks[:min(len(toks), 60)]}
	switch {
	case len(s.toks) < 3:
		return 0
	case r.itemAsks(words), s.tok(0).is("please", "no") || s.tok(0).is("that") && s.has(2, 14, set("be should must")) || s.tok(0).is("let") && s.tok(1).is("us", "workers", "them"):
		return 2
	case s.bidden(0):
		return 1
	}
	return 0
}

// askTold ends a paragraph that tells that asks were made, and of whom: "The
// plenary adopted five recommendations to the Government of Thailand."
var askTold = regexp.MustCompile(`(?i)\b(?:adopted|agreed|made|put|drew|formulated|passed|endorsed|listed|wrote|handed|presented|read)\b[^.:]*\b(?:recommendations|demands|proposals|requests)\b[^.:]*\.$`)

// openClause reports whether a paragraph breaks off before its list: "It demands
// that the government".
func openClause(text string) bool {
	if end := len(text) - 1; end < 0 || text[end] < 'a' || text[end] > 'z' {
		return false
	}
	clause := text[strings.LastIndexAny(text, ".:;?!")+1:]
	return len(clause) < 200 && askIntro.MatchString(clause+":")
}
