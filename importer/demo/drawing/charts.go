package drawing

import "image/color"

// votes has one dot for each of the 193 members of the United Nations, in the
// order for, against, abstaining, absent, as the General Assembly voted on
// resolution 73/195 on 19 December 2018.
func votes() *canvas {
	const (
		columns = 17
		step    = 72.0
	)
	c := newCanvas(paper)
	groups := []struct {
		count  int
		colour color.RGBA
	}{{152, river}, {5, brick}, {12, marigold}, {24, line}}
	left, top := (width-(columns-1)*step)/2, (height-11*step)/2
	n := 0
	for _, g := range groups {
		for range g.count {
			at := point{left + float64(n%columns)*step, top + float64(n/columns)*step}
			c.disc(g.colour, at, 23)
			n++
		}
	}
	return c
}

// ceilings has two bars: the 345,150 workers Japan meant to admit in the five
// years from April 2019 as Specified Skilled Workers, and the 820,000 of the
// five years from April 2024. A line stands for 200,000.
func ceilings() *canvas {
	const base, unit = 860.0, 0.00082 // a picture's height for 820,000 and some air
	c := newCanvas(wash)
	for n := 0; n <= 4; n++ {
		y := base - float64(n)*200_000*unit
		c.stroke(line, 2, point{200, y}, point{1400, y})
	}
	for _, bar := range []struct {
		x, workers float64
		colour     color.RGBA
	}{{430, 345_150, river}, {890, 820_000, riverDeep}} {
		tall := bar.workers * unit
		c.rect(bar.colour, bar.x, base-tall, 280, tall)
		c.rect(marigold, bar.x, base-tall, 280, 10)
	}
	c.stroke(riverDeep, 5, point{200, base}, point{1400, base})
	return c
}

// wage shows a day's minimum wage as four equal parts, of which one is not paid.
func wage() *canvas {
	const w, h, gap, y = 270.0, 360.0, 36.0, 320.0
	c := newCanvas(wash)
	left := (width - 4*w - 3*gap) / 2
	for i := range 4 {
		x := left + float64(i)*(w+gap)
		if i < 3 {
			c.rect(river, x, y, w, h)
			c.rect(marigold, x, y, w, 12)
			continue
		}
		for _, side := range [][2]point{
			{{x, y}, {x + w, y}}, {{x + w, y}, {x + w, y + h}}, {{x + w, y + h}, {x, y + h}}, {{x, y + h}, {x, y}},
		} {
			c.dashes(brick, 5, 22, 18, side[0], side[1])
		}
	}
	c.stroke(riverDeep, 4, point{left, y + h + 60}, point{left + 4*w + 3*gap, y + h + 60})
	for i := range 5 {
		x := left + float64(i)*(4*w+3*gap)/4
		c.stroke(riverDeep, 4, point{x, y + h + 48}, point{x, y + h + 72})
	}
	return c
}

// timeline marks the years 2002 to 2024 on a line, with a stem for each date
// of the handbook: above what states agreed with each other, below what a
// legislature or an international conference adopted.
func timeline() *canvas {
	const from, to, left, right, y = 2002.0, 2025.0, 140.0, 1460.0, 500.0
	c := newCanvas(paper)
	at := func(year float64) float64 { return left + (year-from)/(to-from)*(right-left) }
	for year := from; year <= to; year++ {
		tall := 10.0
		if int(year)%5 == 0 {
			tall = 22
		}
		c.stroke(line, 3, point{at(year), y - tall}, point{at(year), y + tall})
	}
	c.stroke(riverDeep, 6, point{left, y}, point{right, y})
	for i, year := range []float64{2002.8, 2003.42, 2007.03, 2017.87, 2018.95, 2022.86} {
		stem(c, at(year), y, -150-float64(i%3)*70, river)
	}
	for i, year := range []float64{2007.45, 2011.46, 2017.48, 2019.25, 2019.47, 2020.87, 2024.45} {
		stem(c, at(year), y, 150+float64(i%3)*70, marigold)
	}
	return c
}

func stem(c *canvas, x, y, tall float64, colour color.RGBA) {
	c.stroke(mix(quiet, paper, 0.5), 2.5, point{x, y}, point{x, y + tall})
	c.disc(riverDeep, point{x, y}, 9)
	c.disc(colour, point{x, y + tall}, 22)
	c.disc(paper, point{x, y + tall}, 9)
}
