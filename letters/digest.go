package letters

import (
	"context"
	"slices"
	"strings"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/mail"
	"sala/network"
)

// listed is how many texts a digest names; it counts the others.
const listed = 30

// digest writes once a week, from Monday on by the network's clocks, to translators and editors which
// translations are out of date. The first week it sees is not told: whoever
// sets the program up has enough to read.
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
	if err != nil || len(stale) == 0 {
		return nil, err
	}
	users, err := w.users(ctx, sala.Translate)
	if err != nil {
		return nil, err
	}
	var letters []mail.Letter
	for _, u := range users {
		theirs := concerns(u, set, stale)
		if !u.Digest || len(theirs) == 0 {
			continue
		}
		d, err := w.begin(ctx, u.Lang)
		if err != nil {
			return nil, err
		}
		d.hello(u.Name)
		d.say("studio.letter_digest", "n", len(theirs))
		lines := make([]string, 0, listed)
		for _, e := range theirs[:min(len(theirs), listed)] {
			lines = append(lines, "- "+d.T("studio.letter_digest_text", "title", line(e.Title), "lang", d.named(e.Lang), "from", d.named(e.From), "n", e.Passages)+
				"\n  "+w.URL+"/studio/translate/"+string(e.Work)+"/"+string(e.Lang))
		}
		d.add(strings.Join(lines, "\n"))
		if more := len(theirs) - listed; more > 0 {
			d.say("studio.letter_digest_more", "n", more)
		}
		d.say("studio.letter_digest_all")
		d.add(w.URL + "/studio/translations?state=" + string(archive.OutOfDate))
		d.say("studio.letter_digest_off")
		d.add(w.URL + "/studio/me")
		letters = append(letters, d.to(u, "digest", d.T("studio.letter_digest_subject", "n", len(theirs), "network", d.name())))
	}
	return letters, nil
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
