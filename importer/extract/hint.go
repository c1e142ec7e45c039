package extract

import "strings"

// hintsAt reports whether what stands behind somebody who has a role or an
// employer, from token after on, is something that speakers do: "was candid about
// it", "was able to add", "did not dispute it", "who held the camera, counted up".
func (r *reader) hintsAt(s *sentence, p personMention, after, end int) bool {
	if p.role == "" && p.org.IsZero() {
		return false
	}
	k := after
	if s.tok(k).is("who", "whose") || s.tok(k).is(",") && s.tok(k+1).is("who", "whose") {
		k++
		for k < end && !s.tok(k).is(",") {
			if s.tok(k).is(".", ";", ":") {
				return false
			}
			k++
		}
		t := s.tok(k + 1)
		return s.tok(k).is(",") && t.kind == word && !t.upper && (strings.HasSuffix(t.low, "ed") || didAs[t.low] || saying[t.low] || speaking[t.low]) && !notSpeaking[t.low] && !s.tok(k+2).is("by")
	}
	k += s.adverbs(k)
	switch {
	case s.tok(k).is("was", "were", "is", "seemed"):
		for k++; s.tok(k).is("also", "less", "more", "very", "quite", "equally", "just", "not", "even") || strings.HasSuffix(s.tok(k).low, "ly"); k++ {
		}
		if s.tok(k).is("able", "quick", "eager", "ready", "keen", "careful", "first", "glad", "sorry", "pleased", "happy", "unable", "reluctant", "willing", "the") && s.has(k+1, k+3, set("to")) {
			return s.has(k+2, k+5, saying) || s.has(k+2, k+5, plainSaying)
		}
		t := s.tok(k)
		return t.kind == word && !t.upper && !strings.HasSuffix(t.low, "ed") && !functionWords[t.low] && s.tok(k+1).is("about", "on", "that") && !t.is("based", "born", "present", "late", "here", "there", "late", "on", "in", "at", "silent")
	case s.tok(k).is("did", "could", "would") && s.tok(k+1).is("not"):
		for k += 2; strings.HasSuffix(s.tok(k).low, "ly") && !s.tok(k).is("reply", "deny", "apply", "rely"); k++ {
		}
		if s.tok(k).is("want", "wish", "like", "dare", "hesitate", "have", "need") && s.tok(k+1).is("to") {
			k += 2
		}
		return plainSaying[s.tok(k).low] && s.tok(k-1).is("not", "to") || s.has(k, k+1, saying) && s.tok(k).kind == word
	}
	return false
}

// plainSaying are verbs of speakers as they stand behind "did not" or "to".
var plainSaying = set(`dispute deny anticipate say speak add answer contradict comment promise commit exclude rule object hide conceal mince agree accept believe think see doubt tell
	explain report name mention blame accuse call admit confirm criticise share show present offer insist repeat respond disagree point warn stress remind recall describe quote cite reply congratulate thank predict`)
