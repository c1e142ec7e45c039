package letters

import (
	"context"
	"errors"
	"slices"
	"time"

	"sala"
	"sala/account"
	"sala/internal/mail"
)

// waysWords are the changes of somebody's ways in that they hear of: what a
// stranger with their telephone would do first.
var waysWords = []string{"passkey_added", "passkey_removed", "password_set", "password_removed", "totp_added", "totp_removed", "recovery_made", "reset"}

// notices tells users what was done with their account: a change of their
// ways in, and a sign-in by a kind of browser and machine that they have not
// used before. How they first came is no news.
func (w *Writer) notices(ctx context.Context) error {
	for {
		was, err := w.mark(ctx, "notices")
		if err != nil {
			return err
		}
		entries, err := w.Account.EntriesAfter(ctx, self, was, read)
		if err != nil || len(entries) == 0 {
			return err
		}
		var letters []mail.Letter
		for i, e := range entries {
			if e.Ref.Kind != sala.KindUser || w.Writes() != nil {
				continue
			}
			news := slices.Contains(waysWords, e.What) && !first(entries[:i+1])
			if e.What == "signed_in" {
				if news, err = w.Account.Unfamiliar(ctx, self, e); err != nil {
					return err
				}
			}
			if !news {
				continue
			}
			u, err := w.Account.User(ctx, self, e.Ref.ID)
			if errors.Is(err, sala.ErrNotFound) || err == nil && !u.Disabled.IsZero() {
				continue
			} else if err != nil {
				return err
			}
			l, err := w.notice(ctx, u, e)
			if err != nil {
				return err
			}
			letters = append(letters, l)
		}
		if err := w.tell(ctx, "notices", was, entries[len(entries)-1].Number, letters); err != nil || len(entries) < read {
			return err
		}
	}
}

// first reports whether the last of entries is a way in that somebody got
// with their invitation, with the set-up, or anew: one transaction, one
// moment.
func first(entries []account.Entry) bool {
	last := entries[len(entries)-1]
	for _, e := range entries[:len(entries)-1] {
		if e.Ref == last.Ref && e.At.Equal(last.At) && slices.Contains([]string{"added", "accepted", "reset"}, e.What) {
			return true
		}
	}
	return false
}

func (w *Writer) notice(ctx context.Context, u account.User, e account.Entry) (mail.Letter, error) {
	d, err := w.begin(ctx, u.Lang)
	if err != nil {
		return mail.Letter{}, err
	}
	d.hello(u.Name)
	if e.What == "signed_in" {
		d.say("studio.letter_notice_in", "network", d.name(), "how", e.Detail, "time", d.moment(e.At))
	} else {
		d.say("studio.letter_notice", "network", d.name(), "what", d.T("studio.did_"+e.What), "time", d.moment(e.At))
	}
	d.say("studio.letter_notice_you")
	d.say("studio.letter_notice_not_you")
	d.add(w.URL + "/studio/me")
	l := d.to(u, "notice", d.T("studio.letter_notice_subject", "network", d.name()))
	l.Until = e.At.Add(30 * 24 * time.Hour) // still worth knowing then
	return l, nil
}
