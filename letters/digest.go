package letters

import (
	"context"
	"slices"
	"strings"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/i18n"
	"sala/internal/mail"
	"sala/network"
	"sala/tracker"
)

// listed is how many of a sort a digest names; it counts the others.
const listed = 30

// digest writes once a week, from Monday on by the network's clocks, what
// waits: to translators and editors which translations are out of date, to
// editors which recommendations are theirs to follow up. The first week it
// sees is not told: whoever sets the program up has enough to read.
func (w *Writer) digest(ctx context.Context) error {
	was, err := w.mark(ctx, "digest")
	if err != nil {
		return err
	}
	set, err := w.Network.Settings(ctx)
	if err != nil {
		return err
	}
	year, week := w.DB.Now().In(set.Location()).ISOWeek()
	now := int64(year)*100 + int64(week)
	if now <= was {
		return nil
	}
	var letters []mail.Letter
	if was > 0 && w.Writes() == nil {
		if letters, err = w.digests(ctx, set); err != nil {
			return err
		}
	}
	return w.tell(ctx, "digest", was, now, letters)
}

func (w *Writer) digests(ctx context.Context, set network.Settings) ([]mail.Letter, error) {
	stale, err := w.Archive.Stale(ctx)
	if err != nil {
		return nil, err
	}
	soon := sala.DayOf(w.DB.Now().In(set.Location()).AddDate(0, 0, 7))
	asked, err := w.Tracker.Neglected(ctx, soon)
	if err != nil || len(stale)+len(asked) == 0 {
		return nil, err
	}
	users, err := w.users(ctx, sala.Translate)
	if err != nil {
		return nil, err
	}
	var letters []mail.Letter
	for _, u := range users {
		texts, duties := concerns(u, set, stale), followed(u, soon, asked)
		if !u.Digest || len(texts)+len(duties.due)+duties.ownerless == 0 {
			continue
		}
		d, err := w.begin(ctx, u.Lang)
		if err != nil {
			return nil, err
		}
		d.hello(u.Name)
		d.outOfDate(texts)
		d.toFollow(duties)
		d.say("studio.letter_digest_off")
		d.add(w.URL + "/studio/me")
		subject := d.T("studio.letter_digest_subject", "n", len(texts), "network", d.name())
		if len(duties.due)+duties.ownerless > 0 {
			subject = d.T("studio.letter_week_subject", "network", d.name())
		}
		letters = append(letters, d.to(u, "digest", subject))
	}
	return letters, nil
}

// outOfDate adds the translations whose source has changed.
func (d *draft) outOfDate(texts []archive.StaleEdition) {
	if len(texts) == 0 {
		return
	}
	d.say("studio.letter_digest", "n", len(texts))
	list(d, texts, func(e archive.StaleEdition) (string, string) {
		return d.T("studio.letter_digest_text", "title", line(e.Title), "lang", d.named(e.Lang), "from", d.named(e.From), "n", e.Passages),
			"/studio/translate/" + string(e.Work) + "/" + string(e.Lang)
	})
	d.say("studio.letter_digest_all")
	d.add(d.URL + "/studio/translations?state=" + string(archive.OutOfDate))
}

// toFollow adds the recommendations that somebody follows up, and how many
// nobody does.
func (d *draft) toFollow(duties duties) {
	if len(duties.due) > 0 {
		d.say("studio.letter_due", "n", len(duties.due))
		list(d, duties.due, func(r tracker.Recommendation) (string, string) {
			name, _ := r.Name(d.lang, d.set.Default)
			return d.T("studio.letter_due_text", "title", line(name), "day", i18n.Date(d.lang, r.Next)), "/studio/recommendations/" + string(r.ID)
		})
	}
	if duties.ownerless > 0 {
		d.say("studio.letter_ownerless", "n", duties.ownerless)
		d.add(d.URL + "/studio/recommendations?show=ownerless")
	}
}

// list adds the first of a sort, each with the place of the studio where it
// is worked on, and how many more there are.
func list[T any](d *draft, all []T, f func(T) (says, place string)) {
	lines := make([]string, 0, listed)
	for _, one := range all[:min(len(all), listed)] {
		says, place := f(one)
		lines = append(lines, "- "+says+"\n  "+d.URL+place)
	}
	d.add(strings.Join(lines, "\n"))
	if more := len(all) - listed; more > 0 {
		d.say("studio.letter_digest_more", "n", more)
	}
}

// concerns returns what of stale is in a language that u writes.
func concerns(u account.User, set network.Settings, stale []archive.StaleEdition) []archive.StaleEdition {
	langs := u.Langs
	if len(langs) == 0 {
		langs = set.Langs
	}
	var theirs []archive.StaleEdition
	for _, e := range stale {
		if slices.Contains(langs, e.Lang) {
			theirs = append(theirs, e)
		}
	}
	return theirs
}

// duties are what of the recommendations waits for a user.
type duties struct {
	due       []tracker.Recommendation // theirs, whose day has come or soon does
	ownerless int
}

func followed(u account.User, soon sala.Day, asked []tracker.Recommendation) duties {
	var d duties
	if !u.Role.May(sala.Publish) {
		return d
	}
	for _, r := range asked {
		if r.Owner == u.ID && r.Due(soon) {
			d.due = append(d.due, r)
		}
		if r.Ownerless() {
			d.ownerless++
		}
	}
	return d
}
