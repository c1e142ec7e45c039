package extract

// askWords are the verbs of asking behind which something may be put in between.
var askWords = set(`ask asks asked urge urges urged recommend recommends recommended demand demands demanded propose proposes proposed suggest suggests suggested
	request requests requested insist insists insisted advise advises advised call calls called appeal appeals appealed`)

// withoutInsertion returns a sentence without what stands between commas right
// behind a verb of asking: "recommended, as a first step, abolishing the fee".
// Passages of it are those of the text.
func (r *reader) withoutInsertion(s *sentence) *sentence {
	for i := 1; i+4 < len(s.toks); i++ {
		if !askWords[s.tok(i).low] || s.tok(i).upper {
			continue
		}
		end := s.between(i + 1)
		if end <= i+3 || askWords[s.tok(i+2).low] || askWords[s.tok(end).low] || s.tok(end).is("and", "or") {
			continue
		}
		out := *s
		out.toks = append(append([]token(nil), s.toks[:i+1]...), s.toks[end:]...)
		out.quote = quotes(out.toks)
		out.orgs, out.persons = nil, nil
		r.annotate(&out)
		r.findBarePeople(&out)
		return &out
	}
	return s
}
