package letters

import (
	"context"
	"strings"
	"time"

	"sala"
	"sala/internal/mail"
)

// lull is how long what came from outside waits for more before editors are
// told, so that a busy day is a few letters.
const lull = time.Hour

// An arrival is a sort of thing that comes from outside and waits in the
// studio for an editor.
type arrival struct {
	key, place string
	came       func(ctx context.Context, by sala.Actor, after time.Time) ([]time.Time, error)
}

// arrivals tells editors that contributions, signatures or replies wait, once
// for each. What they have dealt with by then is not told.
func (w *Writer) arrivals(ctx context.Context) error {
	was, err := w.mark(ctx, "arrivals")
	if err != nil {
		return err
	}
	var lines []arrival
	var counts []int
	var first, last time.Time
	n := 0
	for _, a := range []arrival{
		{"studio.letter_arrived_contributions", "/studio/contributions", w.Contributions.Came},
		{"studio.letter_arrived_signatures", "/studio/signatures", w.Signatures.Came},
		{"studio.letter_arrived_replies", "/studio/replies", w.Tracker.Came},
	} {
		came, err := a.came(ctx, self, time.UnixMicro(was).UTC())
		if err != nil {
			return err
		}
		if len(came) == 0 {
			continue
		}
		lines, counts, n = append(lines, a), append(counts, len(came)), n+len(came)
		if first.IsZero() || came[0].Before(first) {
			first = came[0]
		}
		if came[len(came)-1].After(last) {
			last = came[len(came)-1]
		}
	}
	if n == 0 || w.DB.Now().Sub(first) < lull {
		return nil
	}
	var letters []mail.Letter
	if w.Writes() == nil {
		users, err := w.users(ctx, sala.Publish)
		if err != nil {
			return err
		}
		for _, u := range users {
			d, err := w.begin(ctx, u.Lang)
			if err != nil {
				return err
			}
			d.hello(u.Name)
			d.say("studio.letter_arrived", "network", d.name())
			said := make([]string, len(lines))
			for i, a := range lines {
				said[i] = "- " + d.T(a.key, "n", counts[i]) + "\n  " + w.URL + a.place
			}
			d.add(strings.Join(said, "\n"))
			letters = append(letters, d.to(u, "arrivals", d.T("studio.letter_arrived_subject", "n", n, "network", d.name())))
		}
	}
	return w.tell(ctx, "arrivals", was, last.UnixMicro(), letters)
}
