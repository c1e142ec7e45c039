package network_test

import (
	"math"
	"testing"

	"sala"
	"sala/network"
)

// The ratios are those that the definition of WCAG gives for pairs whose value
// is widely published.
func TestContrast(t *testing.T) {
	for _, test := range []struct {
		a, b network.Colour
		want float64
	}{{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#777777", "#ffffff", 4.48}, {"#767676", "#ffffff", 4.54}, {"#0000ff", "#ffffff", 8.59}} {
		if got := network.Contrast(test.a, test.b); math.Abs(got-test.want) > 0.01 {
			t.Errorf("Contrast(%s, %s) = %.3f, want %.2f", test.a, test.b, got, test.want)
		}
	}
}

func TestColours(t *testing.T) {
	for _, test := range []struct {
		c    network.Colours
		want string
	}{
		{network.Colours{}, ""},
		{network.Colours{Roof: "#4a1030"}, ""},
		{network.Colours{Roof: "#ffee00"}, "studio.settings_roof_pale"},
		{network.Colours{Roof: "green"}, "studio.settings_colour_bad"},
		{network.Colours{Roof: "#12345g"}, "studio.settings_colour_bad"},
		{network.Colours{Edge: "#0b5a60"}, "studio.settings_edge_faint"},
	} {
		set := network.Settings{Langs: []sala.Lang{"en"}, Default: "en", Colours: test.c}
		got := ""
		if err, ok := set.Check().(sala.Invalid); ok {
			got = err[0].Key
		}
		if got != test.want {
			t.Errorf("Check of %+v = %q, want %q", test.c, got, test.want)
		}
	}
}
