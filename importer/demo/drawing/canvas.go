package drawing

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// The size of every picture.
const (
	width  = 1600
	height = 1000
)

// The colours are those of the public pages, so that a picture looks at home
// on them.
var (
	paper     = color.RGBA{0xff, 0xff, 0xff, 0xff}
	quiet     = color.RGBA{0x50, 0x60, 0x5f, 0xff}
	line      = color.RGBA{0xcf, 0xda, 0xd8, 0xff}
	wash      = color.RGBA{0xee, 0xf4, 0xf2, 0xff}
	river     = color.RGBA{0x0b, 0x5a, 0x60, 0xff}
	riverDeep = color.RGBA{0x06, 0x39, 0x3d, 0xff}
	marigold  = color.RGBA{0xf2, 0xb7, 0x05, 0xff}
	leaf      = color.RGBA{0x1f, 0x6f, 0x43, 0xff}
	brick     = color.RGBA{0xa1, 0x30, 0x2b, 0xff}
)

// mix returns the colour that lies share of the way from a to b.
func mix(a, b color.RGBA, share float64) color.RGBA {
	between := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + share*(float64(y)-float64(x)))) }
	return color.RGBA{between(a.R, b.R), between(a.G, b.G), between(a.B, b.B), 0xff}
}

// A point is a place on the picture, from its upper left corner.
type point struct{ x, y float64 }

// A canvas is a picture being drawn.
type canvas struct{ img *image.RGBA }

func newCanvas(ground color.RGBA) *canvas {
	c := &canvas{image.NewRGBA(image.Rect(0, 0, width, height))}
	draw.Draw(c.img, c.img.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	return c
}

// fill paints closed outlines. Where they overlap nothing cancels out, as long
// as all turn the same way.
func (c *canvas) fill(colour color.RGBA, outlines ...[]point) {
	box := bounds(outlines).Intersect(c.img.Bounds())
	if box.Empty() {
		return
	}
	// A rasterizer costs its whole area at each use: ours is as large as the shape.
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	at := func(p point) (x, y float32) {
		return float32(p.x - float64(box.Min.X)), float32(p.y - float64(box.Min.Y))
	}
	for _, o := range outlines {
		r.MoveTo(at(o[0]))
		for _, p := range o[1:] {
			r.LineTo(at(p))
		}
		r.ClosePath()
	}
	r.Draw(c.img, box, image.NewUniform(colour), image.Point{})
}

func bounds(outlines [][]point) image.Rectangle {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, o := range outlines {
		for _, p := range o {
			low = point{math.Min(low.x, p.x), math.Min(low.y, p.y)}
			high = point{math.Max(high.x, p.x), math.Max(high.y, p.y)}
		}
	}
	return image.Rect(int(math.Floor(low.x)), int(math.Floor(low.y)), int(math.Ceil(high.x)), int(math.Ceil(high.y)))
}

func (c *canvas) rect(colour color.RGBA, x, y, w, h float64) {
	c.fill(colour, []point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}})
}

func (c *canvas) disc(colour color.RGBA, centre point, radius float64) {
	c.fill(colour, circle(centre, radius))
}

// stroke draws a line of the pen's width with round ends and corners.
func (c *canvas) stroke(colour color.RGBA, pen float64, path ...point) {
	var outlines [][]point
	half := pen / 2
	for i, p := range path {
		outlines = append(outlines, circle(p, half))
		if i == 0 {
			continue
		}
		from := path[i-1]
		length := math.Hypot(p.x-from.x, p.y-from.y)
		if length == 0 {
			continue
		}
		nx, ny := -(p.y-from.y)/length*half, (p.x-from.x)/length*half
		outlines = append(outlines, []point{{from.x - nx, from.y - ny}, {p.x - nx, p.y - ny}, {p.x + nx, p.y + ny}, {from.x + nx, from.y + ny}})
	}
	c.fill(colour, outlines...)
}

// dashes draws a straight line of dashes.
func (c *canvas) dashes(colour color.RGBA, pen, dash, gap float64, from, to point) {
	length := math.Hypot(to.x-from.x, to.y-from.y)
	along := func(d float64) point {
		return point{from.x + (to.x-from.x)*d/length, from.y + (to.y-from.y)*d/length}
	}
	for d := 0.0; d < length; d += dash + gap {
		c.stroke(colour, pen, along(d), along(math.Min(d+dash, length)))
	}
}

// circle turns the same way as the sides of a stroke.
func circle(centre point, radius float64) []point {
	n := max(12, int(radius*2))
	outline := make([]point, n)
	for i := range outline {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		outline[i] = point{centre.x + radius*cos, centre.y + radius*sin}
	}
	return outline
}

// smooth returns a curve through the given points (a Catmull-Rom spline).
func smooth(path []point) []point {
	const steps = 12
	at := func(i int) point { return path[min(max(i, 0), len(path)-1)] }
	curve := []point{path[0]}
	for i := range len(path) - 1 {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		for s := 1; s <= steps; s++ {
			t := float64(s) / steps
			curve = append(curve, point{spline(a.x, b.x, c.x, d.x, t), spline(a.y, b.y, c.y, d.y, t)})
		}
	}
	return curve
}

func spline(a, b, c, d, t float64) float64 {
	return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
}

// curve is a cubic Bézier curve.
func curve(a, b, c, d point) []point {
	const steps = 64
	path := make([]point, steps+1)
	for i := range path {
		t := float64(i) / steps
		u := 1 - t
		p, q, r, s := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		path[i] = point{p*a.x + q*b.x + r*c.x + s*d.x, p*a.y + q*b.y + r*c.y + s*d.y}
	}
	return path
}
