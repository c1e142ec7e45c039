package drawing

import (
	"image/color"
	"math"
)

// pavilion is a sala: an open roof on posts, at dusk, with its reflection.
func pavilion() *canvas {
	c := newCanvas(riverDeep)
	const water = 720.0
	c.disc(mix(riverDeep, marigold, 0.9), point{1180, 300}, 70)
	c.rect(mix(riverDeep, river, 0.55), 0, water, width, height-water)
	pen := color.RGBA{0xff, 0xff, 0xff, 0xff}
	for _, roof := range []struct{ half, top, foot float64 }{{150, 210, 330}, {300, 300, 440}, {460, 410, 560}} {
		left := curve(point{700, roof.top}, point{700 - roof.half*0.25, roof.top + 70}, point{700 - roof.half*0.6, roof.foot - 30}, point{700 - roof.half, roof.foot - 18})
		right := mirrored(left, 700)
		c.fill(river, append(append([]point{}, left...), reversed(right)...))
		c.stroke(marigold, 7, left...)
		c.stroke(marigold, 7, right...)
		c.stroke(mix(river, pen, 0.6), 3, left[len(left)-1], right[len(right)-1])
	}
	c.stroke(marigold, 6, point{700, 140}, point{700, 214})
	for _, x := range []float64{-330, -165, 165, 330} {
		c.stroke(mix(riverDeep, pen, 0.75), 9, point{700 + x, 552}, point{700 + x, water - 30})
	}
	c.stroke(mix(riverDeep, pen, 0.75), 12, point{290, water - 24}, point{1110, water - 24})
	for i := range 7 {
		y := water + 40 + float64(i)*34
		half := 430 - float64(i)*48
		shade := mix(mix(riverDeep, river, 0.55), marigold, 0.5-float64(i)*0.06)
		c.stroke(shade, 4, wavelet(700, half, y, float64(i))...)
		c.stroke(shade, 4, wavelet(1180, 110-float64(i)*12, y+10, float64(i)+2)...)
	}
	return c
}

func wavelet(x, half, y, shift float64) []point {
	var path []point
	for dx := -half; dx <= half; dx += 8 {
		path = append(path, point{x + dx, y + 4*math.Sin(dx/34+shift)})
	}
	return path
}

func mirrored(path []point, axis float64) []point {
	out := make([]point, len(path))
	for i, p := range path {
		out[i] = point{2*axis - p.x, p.y}
	}
	return out
}

func reversed(path []point) []point {
	out := make([]point, len(path))
	for i, p := range path {
		out[len(path)-1-i] = p
	}
	return out
}

// ribbons are five bands that run side by side, cross and go on together.
func ribbons() *canvas {
	c := newCanvas(wash)
	colours := []color.RGBA{river, marigold, brick, leaf, riverDeep}
	for i, colour := range colours {
		var upper, lower []point
		for x := -20.0; x <= width+20; x += 10 {
			t := x / width
			middle := 500 + (float64(i)-2)*95*math.Cos(math.Pi*1.5*t+0.35) + 90*math.Sin(2*math.Pi*t+0.8)
			thick := 30 + 9*math.Sin(2*math.Pi*t+float64(i))
			upper = append(upper, point{x, middle - thick})
			lower = append(lower, point{x, middle + thick})
		}
		c.fill(mix(colour, wash, 0.06), append(upper, reversed(lower)...))
		c.stroke(wash, 4, upper...)
		c.stroke(wash, 4, lower...)
	}
	return c
}

// sea is a small fishing boat on wide water under a low sun.
func sea() *canvas {
	c := newCanvas(mix(wash, paper, 0.2))
	c.disc(marigold, point{1130, 420}, 86)
	for i := range 9 {
		share := float64(i) / 8
		top := 460 + 60*float64(i)
		swell := 10 + 2.6*float64(i)
		var crest []point
		for x := -20.0; x <= width+20; x += 10 {
			crest = append(crest, point{x, top + swell*math.Sin(x/(150+18*float64(i))+float64(i)*1.7)})
		}
		if i == 3 {
			boat(c, point{560, 618})
		}
		c.fill(mix(mix(wash, river, 0.35), riverDeep, share), append(append([]point{}, crest...), point{width + 20, height + 40}, point{-20, height + 40}))
		c.stroke(mix(mix(wash, river, 0.55), riverDeep, share), 2.5, crest...)
	}
	return c
}

func boat(c *canvas, at point) {
	p := func(x, y float64) point { return point{at.x + x, at.y + y} }
	c.stroke(riverDeep, 4, p(-40, -60), p(-40, -300))
	c.stroke(riverDeep, 3, p(-40, -290), p(150, -180), p(205, -68))
	c.stroke(riverDeep, 3, p(-40, -290), p(-205, -58))
	c.stroke(riverDeep, 3, p(150, -180), p(-40, -110))
	c.fill(paper, []point{p(-20, -135), p(80, -135), p(92, -55), p(-20, -55)})
	c.stroke(riverDeep, 4, p(-20, -55), p(-20, -135), p(80, -135), p(92, -55))
	c.stroke(riverDeep, 3, p(0, -108), p(30, -108))
	c.stroke(riverDeep, 3, p(46, -108), p(72, -108))
	hull := append(curve(p(-215, -62), p(-120, -46), p(120, -44), p(225, -92)), curve(p(225, -92), p(200, -20), p(180, 20), p(160, 50))...)
	hull = append(hull, p(-170, 50), p(-215, -62))
	c.fill(brick, hull)
	c.stroke(marigold, 7, curve(p(-213, -52), p(-120, -36), p(120, -34), p(221, -80))...)
}

// bridge is a bridge over a wide river, shut in the middle.
func bridge() *canvas {
	c := newCanvas(wash)
	const deck = 430.0
	for i := range 6 {
		y := 640 + float64(i)*64
		c.rect(mix(mix(wash, river, 0.18), river, float64(i)/6), 0, y, width, height-y)
	}
	for i := range 10 {
		y := 668 + float64(i)*34
		x := 120 + float64((i*397)%1100)
		c.stroke(mix(river, wash, 0.45-float64(i)*0.03), 3, wavelet(x+120, 130, y, float64(i))...)
	}
	bank := mix(leaf, wash, 0.25)
	c.fill(bank, append(curve(point{0, 560}, point{90, 560}, point{150, 640}, point{190, 700}), point{0, 700}))
	c.fill(bank, append(curve(point{width, 560}, point{width - 90, 560}, point{width - 150, 640}, point{width - 190, 700}), point{width, 700}))
	for _, x := range []float64{250, 500, 750, 850, 1100, 1350} {
		c.fill(mix(quiet, paper, 0.35), []point{{x - 14, deck + 20}, {x + 14, deck + 20}, {x + 22, 760}, {x - 22, 760}})
		c.stroke(mix(river, paper, 0.3), 3, point{x - 60, 762}, point{x + 60, 762})
	}
	for _, half := range [][2]float64{{-20, 735}, {865, width + 20}} {
		c.rect(riverDeep, half[0], deck, half[1]-half[0], 30)
		c.rect(marigold, half[0], deck, half[1]-half[0], 6)
		for x := half[0] + 22; x < half[1]; x += 48 {
			c.stroke(riverDeep, 3, point{x, deck - 46}, point{x, deck})
		}
		c.stroke(riverDeep, 4, point{half[0], deck - 46}, point{half[1], deck - 46})
	}
	c.dashes(mix(quiet, wash, 0.3), 3, 12, 12, point{735, deck + 3}, point{865, deck + 3})
	for _, x := range []float64{726, 874} {
		c.stroke(brick, 10, point{x, deck - 130}, point{x, deck + 4})
		c.disc(brick, point{x, deck - 142}, 17)
	}
	return c
}
