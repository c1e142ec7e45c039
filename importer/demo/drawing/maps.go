package drawing

// mekongMap shows the mainland of South-East Asia, the Mekong, three other
// rivers and pairs of towns that face each other across a border.
func mekongMap() *canvas {
	c := newCanvas(mix(wash, river, 0.10))
	for _, land := range [][]point{mainland, hainan} {
		shore := smooth(project(land))
		c.fill(paper, shore)
		c.stroke(mix(line, river, 0.3), 2.5, shore...)
	}
	for _, water := range [][]point{irrawaddy, salween, chaoPhraya} {
		c.stroke(mix(line, river, 0.25), 3, smooth(project(water))...)
	}
	lake := project(tonleSap)
	c.fill(mix(wash, river, 0.35), smooth(append(lake, lake[0])))
	c.stroke(mix(wash, river, 0.35), 5, smooth(project(tonleSapRiver))...)
	c.stroke(river, 8, smooth(project(mekong))...)
	for _, pair := range crossings {
		ends := project(pair[:])
		// The true distance is a hair's breadth at this scale: the two are drawn apart.
		mid := point{(ends[0].x + ends[1].x) / 2, (ends[0].y + ends[1].y) / 2}
		dx, dy := ends[1].x-ends[0].x, ends[1].y-ends[0].y
		stretch := 15 / max(abs(dx), abs(dy))
		a, b := point{mid.x - dx*stretch, mid.y - dy*stretch}, point{mid.x + dx*stretch, mid.y + dy*stretch}
		c.stroke(riverDeep, 3, a, b)
		for _, town := range []point{a, b} {
			c.disc(riverDeep, town, 12)
			c.disc(marigold, town, 8.5)
		}
	}
	return c
}

func abs(x float64) float64 { return max(x, -x) }

// project puts longitudes and latitudes on the picture; so near the equator
// degrees may count as squares.
func project(degrees []point) []point {
	const west, north, scale = 89.0, 25.0, 52.0
	out := make([]point, len(degrees))
	for i, d := range degrees {
		out[i] = point{(d.x - west) * scale * 0.965, (north - d.y) * scale}
	}
	return out
}

// The coasts and rivers, in degrees east and north, read off by eye: right
// enough for a picture, too coarse for anything else.
var (
	mainland = []point{
		{86, 30}, {86, 21.4}, {88.2, 21.7}, {89.5, 21.8}, {90.6, 22.3}, {91.5, 22.6}, {91.8, 22.2}, {92.3, 20.9}, {92.9, 20.1},
		{93.7, 19.6}, {94.0, 18.8}, {94.5, 18.0}, {94.4, 16.9}, {94.2, 16.0}, {94.8, 15.8}, {95.4, 15.7}, {96.2, 16.3},
		{96.9, 17.1}, {97.3, 16.9}, {97.6, 16.3}, {97.7, 15.5}, {97.8, 14.9}, {98.1, 13.9}, {98.6, 12.9}, {98.7, 11.9},
		{98.6, 11.0}, {98.5, 10.2}, {98.5, 9.5}, {98.25, 8.6}, {98.3, 7.9}, {98.7, 8.2}, {99.0, 7.8}, {99.5, 7.0},
		{100.1, 6.5}, {100.35, 5.8}, {100.4, 5.0}, {100.6, 4.0}, {101, 2}, {103.6, 2}, {103.4, 4.0}, {103.3, 5.2}, {102.6, 6.1},
		{101.8, 6.5}, {101.0, 6.9}, {100.5, 7.3}, {100.3, 8.2}, {100.1, 8.7}, {99.9, 9.2}, {99.3, 9.3}, {99.2, 10.2},
		{99.6, 11.3}, {99.9, 12.2}, {99.95, 12.9}, {100.0, 13.4}, {100.5, 13.5}, {100.95, 13.4}, {100.9, 12.7},
		{101.6, 12.65}, {102.3, 12.2}, {102.8, 11.8}, {103.05, 11.2}, {103.6, 10.6}, {104.3, 10.4}, {104.9, 10.1},
		{104.8, 9.2}, {104.75, 8.6}, {105.3, 8.9}, {106.2, 9.6}, {106.7, 10.2}, {107.2, 10.4}, {108.1, 10.8}, {109.0, 11.4},
		{109.25, 12.2}, {109.3, 13.3}, {109.1, 14.4}, {108.8, 15.3}, {108.2, 16.1}, {107.5, 16.7}, {106.6, 17.6},
		{106.4, 18.2}, {105.8, 18.9}, {105.8, 19.6}, {106.4, 20.2}, {106.8, 20.8}, {107.5, 21.2}, {108.3, 21.6},
		{109.1, 21.5}, {109.7, 21.4}, {109.8, 20.6}, {110.2, 20.3}, {110.5, 20.6}, {110.5, 21.2}, {111.5, 21.6},
		{112.5, 21.9}, {113.5, 22.2}, {114.2, 22.4}, {115.2, 22.8}, {116.5, 23.0}, {117.5, 23.8}, {118.2, 24.4}, {119.5, 25.5},
		{123, 27}, {123, 30}, {86, 30},
	}
	hainan = []point{
		{108.7, 19.2}, {109.2, 19.9}, {110.2, 20.1}, {110.9, 20.0}, {110.9, 19.5}, {110.4, 18.7}, {109.6, 18.2}, {108.8, 18.5}, {108.7, 19.2},
	}
	mekong = []point{
		{98.9, 26}, {99.2, 25}, {99.6, 24.5}, {100.1, 23.9}, {100.2, 23.1}, {100.6, 22.5}, {100.9, 22.0}, {101.1, 21.6},
		{100.6, 21.2}, {100.1, 20.4}, {100.6, 20.15}, {101.2, 20.1}, {102.1, 20.0}, {101.7, 19.5}, {101.1, 19.1},
		{101.35, 18.5}, {101.1, 17.95}, {101.65, 17.9}, {102.1, 18.2}, {102.65, 17.9}, {103.3, 18.35}, {104.0, 18.3},
		{104.75, 17.4}, {104.75, 16.5}, {105.35, 15.9}, {105.6, 15.3}, {105.85, 14.5}, {105.9, 13.9}, {106.0, 13.1},
		{105.95, 12.4}, {105.5, 12.0}, {104.95, 11.6}, {105.2, 10.9}, {105.8, 10.3}, {106.5, 9.9},
	}
	irrawaddy     = []point{{97.4, 26}, {96.9, 24.5}, {96.1, 23.8}, {96.0, 22.0}, {95.0, 21.2}, {94.8, 20.1}, {95.2, 18.8}, {95.4, 17.6}, {95.0, 16.5}, {94.9, 15.8}}
	salween       = []point{{98.8, 26}, {98.9, 24.9}, {98.8, 23.9}, {98.6, 22.4}, {98.3, 21.2}, {97.9, 19.8}, {97.6, 18.6}, {97.7, 17.6}, {97.65, 16.5}}
	chaoPhraya    = []point{{99.0, 18.8}, {98.9, 17.8}, {99.3, 16.7}, {100.1, 15.7}, {100.2, 14.9}, {100.5, 14.2}, {100.5, 13.5}}
	tonleSap      = []point{{103.5, 13.15}, {104.0, 13.1}, {104.5, 12.7}, {104.6, 12.35}, {104.2, 12.5}, {103.7, 12.85}}
	tonleSapRiver = []point{{104.6, 12.4}, {104.8, 12.0}, {104.95, 11.6}}
)

// crossings are towns that face each other: Tachileik and Mae Sai, Myawaddy
// and Mae Sot, Kawthaung and Ranong, Poipet and Aranyaprathet, Vientiane and
// Nong Khai, Savannakhet and Mukdahan, Boten and Mohan, Muse and Ruili, Bavet
// and Moc Bai, Den Savanh and Lao Bao.
var crossings = [][2]point{
	{{99.88, 20.47}, {99.88, 20.42}},
	{{98.50, 16.69}, {98.58, 16.71}},
	{{98.54, 9.98}, {98.62, 9.97}},
	{{102.56, 13.66}, {102.51, 13.69}},
	{{102.62, 17.96}, {102.74, 17.88}},
	{{104.76, 16.56}, {104.72, 16.54}},
	{{101.68, 21.18}, {101.70, 21.24}},
	{{97.90, 23.98}, {97.86, 24.02}},
	{{106.16, 11.08}, {106.20, 11.06}},
	{{106.57, 16.61}, {106.60, 16.63}},
}

// corridors shows four places of departure on the left and four of arrival on
// the right. The lines have no weight: they say that a way exists, no more.
func corridors() *canvas {
	c := newCanvas(wash)
	from := []point{{250, 200}, {250, 400}, {250, 600}, {250, 800}}
	to := []point{{1350, 200}, {1350, 400}, {1350, 600}, {1350, 800}}
	ways := []struct {
		from, to int
	}{{0, 0}, {0, 1}, {0, 2}, {0, 3}, {1, 0}, {1, 2}, {1, 3}, {2, 0}, {3, 1}, {3, 2}}
	for _, w := range ways {
		a, b := from[w.from], to[w.to]
		colour := mix(river, wash, 0.35)
		pen := 3.0
		if w.to == 0 {
			colour, pen = marigold, 5
		}
		c.stroke(colour, pen, curve(a, point{700, a.y}, point{900, b.y}, b)...)
	}
	for _, p := range from {
		c.disc(wash, p, 44)
		c.disc(river, p, 30)
	}
	for _, p := range to {
		c.disc(wash, p, 44)
		c.disc(riverDeep, p, 32)
		c.disc(wash, p, 25)
	}
	c.disc(marigold, to[0], 14)
	return c
}
