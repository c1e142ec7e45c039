// Package drawing makes the pictures of the demonstration network: maps,
// charts and banners of lines and plain surfaces, without words and without
// people. Each is drawn by the program when it is asked for, always the same.
package drawing

import (
	"bytes"
	"fmt"
	"image/png"
	"maps"
	"slices"
)

// pictures returns what draws each picture.
func pictures() map[string]func() *canvas {
	return map[string]func() *canvas{
		"pavilion":   pavilion,
		"mekong-map": mekongMap,
		"corridors":  corridors,
		"ribbons":    ribbons,
		"sea":        sea,
		"bridge":     bridge,
		"timeline":   timeline,
		"votes":      votes,
		"ceilings":   ceilings,
		"wage":       wage,
	}
}

// Names lists the pictures in alphabetical order.
func Names() []string { return slices.Sorted(maps.Keys(pictures())) }

// PNG draws the picture of that name, 1600 by 1000 pixels.
func PNG(name string) ([]byte, error) {
	paint, ok := pictures()[name]
	if !ok {
		return nil, fmt.Errorf("picture %q: there is no drawing of that name", name)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, paint().img); err != nil {
		return nil, fmt.Errorf("picture %q: %w", name, err)
	}
	return b.Bytes(), nil
}
