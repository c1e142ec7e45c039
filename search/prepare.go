package search

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"sala"
	"sala/script"
)

// What a word counts for in each field, in times it would have to stand in
// the text.
const (
	inTitle = 4
	inNames = 2
	inText  = 1
)

// A prepared is a document cut into tokens, not yet in a segment.
type prepared struct {
	doc     sala.Document
	title   string
	text    []byte   // packed: see fields
	postes  []posted // of no entry yet
	words   []string
	lengths [classes]int
	hand    uint8
	err     error
}

// tokenizers are used again from document to document.
var tokenizers = sync.Pool{New: func() any { return new(tokenizer) }}

// prepareAll prepares documents on as many processors as there are: this is
// where building an index spends its time.
func prepareAll(docs []sala.Document) []prepared {
	out := make([]prepared, len(docs))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(docs)) {
		wg.Go(func() {
			tok := tokenizers.Get().(*tokenizer)
			defer tokenizers.Put(tok)
			for i := next.Add(1) - 1; i < int64(len(docs)); i = next.Add(1) - 1 {
				out[i] = prepare(tok, docs[i])
			}
		})
	}
	wg.Wait()
	return out
}

func prepare(tok *tokenizer, d sala.Document) prepared {
	f := fieldsOf(d)
	body := script.Normalize(f.text)
	p := prepared{doc: d, title: f.title, hand: handOf(body)}
	tok.four = inFours(p.hand)
	for _, field := range []struct {
		text   string
		weight uint32
	}{
		{script.Normalize(f.title), inTitle},
		{script.Normalize(f.summary), inText},
		{body, inText},
		{script.Normalize(f.names), inNames},
	} {
		if field.text == "" {
			continue
		}
		tokens := tok.text(field.text)
		p.postes = slices.Grow(p.postes, len(tokens))
		for _, t := range tokens {
			p.postes = append(p.postes, posted{key: t.key, times: field.weight})
			switch t.feature {
			case alphaWord, alphaNumber, sylWord, hanUnit, kanaUnit:
				p.lengths[t.class]++
				if (t.feature == alphaWord || t.feature == sylWord) && t.to-t.from <= longWord {
					p.words = append(p.words, field.text[t.from:t.to])
				}
			}
		}
	}
	p.text, p.err = packText(f.pack())
	return p
}
