package feed

import (
	"maps"
	"slices"

	"sala"
)

func sortedLangs[V any](m map[sala.Lang]V) []sala.Lang { return slices.Sorted(maps.Keys(m)) }
