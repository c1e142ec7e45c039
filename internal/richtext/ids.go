package richtext

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
)

// AssignIDs gives every block that lacks a valid id of its own one. An id is
// derived from seed, the block's type and text, and its ordinal among equals:
// the same text imported again gets the same ids, and what is put in above
// changes none below.
func (d *Doc) AssignIDs(seed string) { d.assign(seed) }

// assign is AssignIDs; it returns the id that each replaced one became.
func (d *Doc) assign(seed string) map[string]string { return d.assignBut(nil, seed) }

// assignBut is assign that gives none of the ids in not.
func (d *Doc) assignBut(not map[string]bool, seed string) map[string]string {
	used, replaced := map[string]bool{}, map[string]string{}
	d.Walk(func(n *Node) bool {
		if !isBlock(n.Type) {
			return false
		}
		if id := n.Attrs.ID; id != "" && idForm.MatchString(id) && !used[id] {
			used[id] = true
		}
		return true
	})
	taken := map[string]bool{}
	times := map[string]int{}
	d.Walk(func(n *Node) bool {
		if !isBlock(n.Type) {
			return false
		}
		old := n.Attrs.ID
		if old != "" && used[old] && !taken[old] {
			taken[old] = true
			return true
		}
		text := plainOf(*n)
		base := string(n.Type) + "\x00" + text
		for {
			times[base]++
			id := blockID(seed, base, times[base])
			if !used[id] && !not[id] {
				used[id], taken[id] = true, true
				n.Attrs.ID = id
				break
			}
		}
		if old != "" {
			replaced[old] = n.Attrs.ID
		}
		return true
	})
	return replaced
}

// shortBase32 has no padding and no letters that are mistaken for digits.
var shortBase32 = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

func blockID(seed, base string, ordinal int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d", seed, base, ordinal))
	return strings.ToLower(shortBase32.EncodeToString(sum[:5]))
}
