package studio

import (
	"bytes"
	"slices"

	"sala"
	"sala/archive"
	"sala/glossary"
	"sala/internal/richtext"
	"sala/script"
)

// wording is what the glossary says of a text that is being written: words
// that are better avoided, and what the concepts in it are called in the
// network's other languages. It advises, nothing more.
type wording struct {
	Lang  sala.Lang // of the text
	Finds []avoided
	Terms []called
}

// An avoided is a word that a rule speaks of, with its places put together.
type avoided struct {
	Word  string
	Count int
	Rule  *glossary.Rule
}

// A called is a concept that the text names.
type called struct {
	ID    string
	Word  string // as the text has it, at its first place
	Terms []equivalent
}

type equivalent struct {
	Lang sala.Lang
	Term glossary.Term
}

// None reports whether there is nothing to say.
func (w wording) None() bool { return len(w.Finds) == 0 && len(w.Terms) == 0 }

// wordingOf asks the glossary about a text. Quotations, titles and names are
// not looked at: see [glossary.Checker].
func (s *Studio) wordingOf(v *visit, lang sala.Lang, t archive.Text) (wording, error) {
	w := wording{Lang: lang}
	if s.Glossary == nil {
		return w, nil
	}
	help, err := s.wordHelp(v, lang, lang)
	if err != nil {
		return w, err
	}
	type key struct{ rule, word string }
	at := map[key]int{}
	for _, f := range help.checker.Doc(whole(t), lang) {
		k := key{f.Rule.ID, script.Normalize(f.Word())}
		i, ok := at[k]
		if !ok {
			i = len(w.Finds)
			at[k] = i
			w.Finds = append(w.Finds, avoided{Word: f.Word(), Rule: f.Rule})
		}
		w.Finds[i].Count++
	}
	seen := map[string]bool{}
	text := t.Title + "\n" + t.Summary + "\n" + t.Body.Plain()
	for _, m := range help.lookup.Find(text) {
		if seen[m.Concept.ID] || m.Concept.Group == glossary.Interface || !slices.Contains(m.Langs, lang) {
			continue
		}
		seen[m.Concept.ID] = true
		c := called{ID: m.Concept.ID, Word: text[m.From:m.To]}
		for _, l := range v.set.Langs {
			if term, ok := m.Concept.Terms[l]; ok && l != lang {
				c.Terms = append(c.Terms, equivalent{l, term})
			}
		}
		if len(c.Terms) > 0 {
			w.Terms = append(w.Terms, c)
		}
	}
	return w, nil
}

// whole is a text with its title and summary as paragraphs in front, since
// some rules look at all of it at once.
func whole(t archive.Text) richtext.Doc {
	var d richtext.Doc
	for _, line := range []string{t.Title, t.Summary} {
		if line != "" {
			d.Blocks = append(d.Blocks, richtext.Node{Type: richtext.Paragraph, Content: []richtext.Node{{Type: richtext.Text, Text: line}}})
		}
	}
	d.Blocks = append(d.Blocks, t.Body.Blocks...)
	return d
}

// wordingPage is what wordingView shows.
type wordingPage struct {
	*page
	Words wording
}

// wordsOf serves POST /studio/works/{id}/{lang}/words: while somebody writes,
// the script sends the form and puts the answer where the page has what was
// said of the text before. Nothing is kept.
func (s *Studio) wordsOf(v *visit) (any, error) {
	_, e, err := v.onDesk()
	if err != nil {
		return nil, err
	}
	text, err := v.sentText(e.Lang, richtext.Doc{})
	if err != nil {
		return nil, err
	}
	words, err := s.wordingOf(v, e.Lang, text)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := wordingView(wordingPage{&page{visit: v}, words}).Render(v.ctx(), &b); err != nil {
		return nil, err
	}
	return map[string]string{"html": b.String()}, nil
}
