package studio

import "sala"

// A TestRoute is a row of the table of routes.
type TestRoute struct {
	Pattern string
	Action  sala.Action
}

// Table returns the table of routes.
func Table() []TestRoute {
	var t []TestRoute
	for _, r := range routes {
		t = append(t, TestRoute{r.pattern, r.action})
	}
	return t
}
