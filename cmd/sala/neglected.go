package main

import (
	"fmt"

	"sala"
)

// neglected names the recommendations that nobody follows up and those whose
// next day has passed: work to be done, nothing wrong.
func (h *house) neglected(p *program) error {
	today := h.tracker.Today()
	all, err := h.tracker.Neglected(p.ctx, today)
	if err != nil {
		return err
	}
	var ownerless, overdue []string
	for _, r := range all {
		name, _ := r.Name(sala.English)
		if r.Ownerless() {
			ownerless = append(ownerless, fmt.Sprintf("\t%q (recommendation %s)\n", name, r.ID))
		}
		if r.Due(today) {
			overdue = append(overdue, fmt.Sprintf("\t%s: %q (recommendation %s)\n", r.Next, name, r.ID))
		}
	}
	for _, list := range []struct {
		lines []string
		says  string
	}{
		{ownerless, "%d open recommendations have nobody who follows them up:\n"},
		{overdue, "%d open recommendations have a next day that has passed:\n"},
	} {
		if len(list.lines) == 0 {
			continue
		}
		fmt.Fprintf(p.out, list.says, len(list.lines))
		for _, line := range list.lines {
			fmt.Fprint(p.out, line)
		}
	}
	return nil
}
