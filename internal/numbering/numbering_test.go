package numbering_test

import (
	"fmt"
	"maps"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/internal/numbering"
)

// of are the numbers of some words.
func of(o *numbering.Of[sala.ID], words ...sala.ID) numbering.List {
	numbers := make(numbering.List, len(words))
	for i, word := range words {
		numbers[i] = o.Give(word)
	}
	return numbers
}

func TestNumbers(t *testing.T) {
	var o numbering.Of[sala.ID]
	if diff := cmp.Diff([]sala.ID{""}, o.Words()); diff != "" {
		t.Error(diff)
	}
	if n := o.Find("a"); n != numbering.Unknown {
		t.Errorf("what was never met has number %d", n)
	}
	if diff := cmp.Diff(numbering.List{numbering.None, 1, 2, 1, numbering.None}, of(&o, "", "a", "b", "a", "")); diff != "" {
		t.Error(diff)
	}
	for word, want := range map[sala.ID]numbering.Number{"": numbering.None, "a": 1, "b": 2, "c": numbering.Unknown} {
		if n := o.Find(word); n != want {
			t.Errorf("%q has number %d, want %d", word, n, want)
		}
	}
	before := o.Words()
	of(&o, "c")
	if diff := cmp.Diff([]sala.ID{"", "a", "b"}, before); diff != "" {
		t.Errorf("words that were given out have changed: %s", diff)
	}
	if diff := cmp.Diff([]sala.ID{"", "a", "b", "c"}, o.Words()); diff != "" {
		t.Error(diff)
	}
}

// TestPairs numbers words that are made of two.
func TestPairs(t *testing.T) {
	type pair struct{ of, value string }
	var o numbering.Of[pair]
	country, language := o.Give(pair{"country", "th"}), o.Give(pair{"language", "th"})
	if country == language || o.Find(pair{"country", "th"}) != country || o.Find(pair{"th", "country"}) != numbering.Unknown {
		t.Errorf("a country has number %d, a language %d", country, language)
	}
	if n := o.Give(pair{}); n != numbering.None {
		t.Errorf("nothing has number %d", n)
	}
	if diff := cmp.Diff([]pair{{}, {"country", "th"}, {"language", "th"}}, o.Words(), cmp.AllowUnexported(pair{})); diff != "" {
		t.Error(diff)
	}
}

func TestSet(t *testing.T) {
	var o numbering.Of[sala.ID]
	a, b, c := o.Give("a"), o.Give("b"), o.Give("c")
	set := o.Set([]sala.ID{"b", "", "never met", "a", "b"})
	late := o.Give("late") // beyond the end of the set
	for n, want := range map[numbering.Number]bool{a: true, b: true, c: false, late: false, numbering.None: false, numbering.Unknown: false} {
		if set.Has(n) != want {
			t.Errorf("number %d is in the set: %v", n, !want)
		}
	}
	for _, test := range []struct {
		of   numbering.List
		want bool
	}{
		{nil, false},
		{numbering.List{c, late, numbering.None, numbering.Unknown}, false},
		{numbering.List{c, a}, true},
	} {
		if got := set.HasOne(test.of); got != test.want {
			t.Errorf("one of %v is in the set: %v", test.of, got)
		}
	}
	if o.Set(nil) != nil {
		t.Error("the set of what was not asked for is not nil")
	}
	if none := o.Set([]sala.ID{}); none == nil || none.HasOne(numbering.List{a, b, c}) {
		t.Errorf("the set of nothing is %v", none)
	}
	if only := o.Set([]sala.ID{""}); only == nil || only.Has(numbering.None) {
		t.Errorf(`the set of "" is %v`, only)
	}
}

func TestList(t *testing.T) {
	var list numbering.List
	for _, n := range []numbering.Number{2, numbering.None, 1, 2, 1} {
		list.Add(n)
	}
	if diff := cmp.Diff(numbering.List{2, 1}, list); diff != "" {
		t.Error(diff)
	}
}

func TestTally(t *testing.T) {
	var o numbering.Of[sala.ID]
	if got := maps.Collect(o.Counted(o.Tally())); len(got) > 0 {
		t.Errorf("nothing was counted as %v", got)
	}
	rows := []numbering.List{of(&o, "a", "b"), of(&o, "b", ""), of(&o)}
	o.Give("c")
	tally := o.Tally()
	o.Give("late")
	for _, row := range rows {
		tally.Add(row)
	}
	want := map[sala.ID]int{"a": 1, "b": 2}
	if diff := cmp.Diff(want, maps.Collect(o.Counted(tally))); diff != "" {
		t.Error(diff)
	}
	for word := range o.Counted(tally) {
		if word != "a" {
			t.Errorf("the first counted is %q", word)
		}
		break
	}
}

// TestMany gives numbers and asks for them at once: each word has one, and it
// is that of its place.
func TestMany(t *testing.T) {
	var o numbering.Of[sala.ID]
	var everybody sync.WaitGroup
	for range 4 {
		everybody.Go(func() {
			for i := range 500 {
				word := sala.ID(fmt.Sprint(i))
				n := o.Give(word)
				if o.Find(word) != n || o.Words()[n] != word || !o.Set([]sala.ID{word}).Has(n) {
					t.Errorf("%q has number %d and others", word, n)
				}
			}
		})
	}
	everybody.Wait()
	if n := len(o.Words()); n != 501 {
		t.Errorf("%d words have numbers, want 501", n)
	}
}
