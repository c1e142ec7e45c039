package richtext

import (
	"encoding/json"
	"reflect"
)

// fenced stands for a block that Markdown keeps as it is stored. It is never
// stored itself.
const fenced Type = "fenced"

func verbatim(n Node) Node { return Node{Type: fenced, Text: string(encode(n))} }

func encode(n Node) []byte {
	b, err := json.Marshal(n)
	if err != nil {
		panic(err) // plain structs of strings and numbers always encode
	}
	return b
}

// unfence reads what verbatim wrote; ok is false if it is not a block that
// may be stored.
func unfence(s string) (n Node, ok bool) {
	if json.Unmarshal([]byte(s), &n) != nil {
		return n, false
	}
	return n, Doc{Blocks: []Node{n}}.Check() == nil
}

// withoutIDs returns n as Markdown can say it: ids are given anew.
func withoutIDs(n Node) Node {
	n.Attrs.ID = ""
	content := n.Content
	n.Content = nil
	for _, c := range content {
		n.Content = append(n.Content, withoutIDs(c))
	}
	return n
}

// comesBack reports whether Markdown says these blocks, and nothing else.
func comesBack(blocks []Node) bool {
	d, doubts := FromMarkdown(writeMarkdown(blocks), HTMLOptions{})
	if len(doubts) > 0 || len(d.Blocks) != len(blocks) {
		return false
	}
	for i, n := range d.Blocks {
		want := blocks[i]
		if want.Type == fenced {
			var ok bool
			if want, ok = unfence(want.Text); !ok {
				return false
			}
		}
		if !reflect.DeepEqual(withoutIDs(n), want) {
			return false
		}
	}
	return true
}
