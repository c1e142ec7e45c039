package letters

import (
	"context"
	"slices"
	"time"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/i18n"
	"sala/internal/mail"
)

// gather is how long the first request for a review waits for others, so that
// somebody who hands in three languages causes one letter.
const gather = 10 * time.Minute

// read is how many entries of the trail are looked at in one go.
const read = 500

// reviewWords are the verbs of the trail that reviews follow from.
var reviewWords = map[string]bool{string(archive.StepSubmitted): true, string(archive.StepApproved): true, string(archive.StepSentBack): true}

// reviews tells editors what waits for them, and whoever asked what came of
// it.
func (w *Writer) reviews(ctx context.Context) error {
	for {
		was, err := w.mark(ctx, "reviews")
		if err != nil {
			return err
		}
		entries, err := w.Account.EntriesAfter(ctx, self, was, read)
		if err != nil || len(entries) == 0 {
			return err
		}
		now, steps, wait := was, []archive.Asked(nil), false
		for _, e := range entries {
			about := e.Ref.Kind == sala.KindWork && reviewWords[e.What]
			if about && len(steps) == 0 && w.DB.Now().Sub(e.At) < gather {
				wait = true
				break
			}
			now = e.Number
			if !about {
				continue
			}
			found, err := w.Archive.AskedAt(ctx, self, e.Ref.ID, e.At)
			if err != nil {
				return err
			}
			for _, step := range found {
				// Two steps of one moment are found by both their entries.
				if !slices.ContainsFunc(steps, func(s archive.Asked) bool { return s.ID == step.ID }) {
					steps = append(steps, step)
				}
			}
		}
		letters, err := w.aboutReviews(ctx, steps)
		if err != nil {
			return err
		}
		if err := w.tell(ctx, "reviews", was, now, letters); err != nil || wait || len(entries) < read {
			return err
		}
	}
}

// aboutReviews writes one letter to each editor with all that waits for them,
// and one to whoever asked for each review that was done.
func (w *Writer) aboutReviews(ctx context.Context, steps []archive.Asked) ([]mail.Letter, error) {
	if len(steps) == 0 || w.Writes() != nil {
		return nil, nil
	}
	editors, err := w.users(ctx, sala.Publish)
	if err != nil {
		return nil, err
	}
	var letters []mail.Letter
	for _, u := range editors {
		var theirs []archive.Asked
		for _, s := range steps {
			if s.What == archive.StepSubmitted && s.Open && s.Author != u.ID && s.Writer != u.ID {
				theirs = append(theirs, s)
			}
		}
		if len(theirs) == 0 {
			continue
		}
		l, err := w.request(ctx, u, theirs)
		if err != nil {
			return nil, err
		}
		letters = append(letters, l)
	}
	everybody, err := w.users(ctx, sala.EnterStudio)
	if err != nil {
		return nil, err
	}
	for _, s := range steps {
		for _, u := range everybody {
			if s.What == archive.StepSubmitted || u.ID != s.Asker || u.ID == s.Author {
				continue
			}
			l, err := w.outcome(ctx, u, s)
			if err != nil {
				return nil, err
			}
			letters = append(letters, l)
		}
	}
	return letters, nil
}

// request asks an editor to read texts.
func (w *Writer) request(ctx context.Context, u account.User, steps []archive.Asked) (mail.Letter, error) {
	d, err := w.begin(ctx, u.Lang)
	if err != nil {
		return mail.Letter{}, err
	}
	d.hello(u.Name)
	d.say("studio.letter_review", "n", len(steps), "network", d.name())
	for _, s := range steps {
		d.add(d.T("studio.letter_review_text", "title", d.title(s), "lang", d.named(s.Lang), "name", line(s.By)) + "\n" + w.place(s))
		d.quote(s.Note)
	}
	return d.to(u, "review", d.T("studio.letter_review_subject", "n", len(steps), "title", d.title(steps[0]))), nil
}

// outcome tells whoever asked for a review what came of it.
func (w *Writer) outcome(ctx context.Context, u account.User, s archive.Asked) (mail.Letter, error) {
	d, err := w.begin(ctx, u.Lang)
	if err != nil {
		return mail.Letter{}, err
	}
	d.hello(u.Name)
	kind, subject := "approved", d.T("studio.letter_approved_subject", "title", d.title(s))
	if s.What == archive.StepSentBack {
		kind, subject = "sent back", d.T("studio.letter_back_subject", "title", d.title(s))
		d.say("studio.letter_back", "title", d.title(s), "lang", d.named(s.Lang), "name", line(s.By))
	} else {
		d.say("studio.letter_approved", "title", d.title(s), "lang", d.named(s.Lang), "name", line(s.By))
	}
	d.quote(s.Note)
	d.add(w.place(s))
	return d.to(u, kind, subject), nil
}

// title is what a text is called, or that it has no title.
func (d *draft) title(s archive.Asked) string {
	if t := line(s.Title); t != "" {
		return t
	}
	return d.T("studio.letter_untitled")
}

func (d *draft) named(l sala.Lang) string { return i18n.LangName(d.lang, l) }

// place is where a text is worked on.
func (w *Writer) place(s archive.Asked) string {
	return w.URL + "/studio/works/" + string(s.Work) + "/" + string(s.Lang)
}
