package network

import (
	"fmt"
	"math"
	"strconv"

	"sala"
)

// A Colour is "#rrggbb" in lower case, or "" for that of the design.
type Colour string

// Colours are those a network may choose: the roof over every page, on which
// words stand in white, and its edge, which also rings what has the focus.
type Colours struct {
	Roof Colour `json:"roof,omitempty"`
	Edge Colour `json:"edge,omitempty"`
}

// The colours of the design.
const (
	DefaultRoof Colour = "#06393d"
	DefaultEdge Colour = "#f2b705"
)

// rgb returns the parts of a colour, 0 to 1.
func (c Colour) rgb() (r, g, b float64, ok bool) {
	if len(c) != 7 || c[0] != '#' {
		return 0, 0, 0, false
	}
	n, err := strconv.ParseUint(string(c[1:]), 16, 32)
	if err != nil {
		return 0, 0, 0, false
	}
	return float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255, true
}

// Valid reports whether c is a colour.
func (c Colour) Valid() bool {
	_, _, _, ok := c.rgb()
	return ok
}

// Shown are the colours with those of the design where none is chosen.
func (c Colours) Shown() Colours {
	if c.Roof == "" {
		c.Roof = DefaultRoof
	}
	if c.Edge == "" {
		c.Edge = DefaultEdge
	}
	return c
}

// luminance is relative luminance (WCAG 2.2, glossary).
func (c Colour) luminance() float64 {
	part := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.rgb()
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

// Contrast returns the contrast ratio of two colours, 1 to 21 (WCAG 2.2).
func Contrast(a, b Colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// What a reader needs to tell words (WCAG 1.4.3) and shapes (1.4.11) apart.
const (
	WordContrast  = 4.5
	ShapeContrast = 3
)

// check reports colours that cannot be, or that somebody could not read.
func (c Colours) check() sala.Invalid {
	var bad sala.Invalid
	roof, edge := c.Roof, c.Edge
	for _, f := range []struct {
		name   string
		colour *Colour
		usual  Colour
	}{{"roof", &roof, DefaultRoof}, {"edge", &edge, DefaultEdge}} {
		if *f.colour == "" {
			*f.colour = f.usual
		}
		if _, _, _, ok := f.colour.rgb(); !ok {
			bad = append(bad, sala.FieldError{Field: f.name, Key: "studio.settings_colour_bad", Text: fmt.Sprintf("%q is not a colour such as #06393d", *f.colour)})
		}
	}
	if bad != nil {
		return bad
	}
	if Contrast(roof, "#ffffff") < WordContrast {
		bad = append(bad, sala.FieldError{Field: "roof", Key: "studio.settings_roof_pale", Text: fmt.Sprintf("white words on %s have a contrast of %.1f, and need 4.5: choose a darker one", roof, Contrast(roof, "#ffffff"))})
	}
	if Contrast(roof, edge) < ShapeContrast {
		bad = append(bad, sala.FieldError{Field: "edge", Key: "studio.settings_edge_faint", Text: fmt.Sprintf("the edge %s and the roof %s have a contrast of %.1f, and need 3", edge, roof, Contrast(roof, edge))})
	}
	return bad
}
