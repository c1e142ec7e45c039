package letters

import (
	"context"
	"time"

	"sala"
	"sala/account"
	"sala/internal/db"
	"sala/internal/mail"
)

// Invitation returns what [account.Store.Invite] and [account.Store.Link]
// call to write the letter with the link. by is who makes it.
func (w *Writer) Invitation(by sala.Actor) account.Tell {
	return func(ctx context.Context, tx *db.Tx, u account.User, p account.Purpose, code string, ends time.Time) error {
		if err := w.Writes(); err != nil {
			return err
		}
		d, err := w.begin(ctx, u.Lang)
		if err != nil {
			return err
		}
		d.hello(u.Name)
		kind, subject := "invitation", d.T("studio.letter_invite_subject", "network", d.name())
		if p == account.Reset {
			kind, subject = "reset", d.T("studio.letter_reset_subject", "network", d.name())
			d.say("studio.letter_reset", "name", line(by.Name), "network", d.name())
			d.say("studio.letter_reset_open", "time", d.moment(ends))
		} else {
			d.say("studio.letter_invite", "name", line(by.Name), "network", d.name(), "role", d.T("account.role_"+u.Role.String()))
			d.say("studio.letter_invite_open", "time", d.moment(ends))
		}
		d.add(w.URL + "/studio/link?code=" + mail.Mask)
		if p == account.Reset {
			d.say("studio.letter_reset_not_you")
		} else {
			d.say("studio.letter_invite_not_you")
		}
		l := d.to(u, kind, subject)
		l.Secret, l.Until = code, ends
		_, err = w.Outbox.Post(ctx, tx, by, l)
		return err
	}
}

// A Guest is whom a letter with a link for one translation goes to.
type Guest struct {
	Email, Name string
	Lang        sala.Lang // that they translate into, or read
	Title       string    // of what they translate or sign
	Path        string    // of the page that the link leads to, without its token
}

// Translation writes a letter with the link of an outside translator within
// the transaction that makes the link.
func (w *Writer) Translation(ctx context.Context, tx *db.Tx, by sala.Actor, g Guest, token string, until time.Time) error {
	if err := w.Writes(); err != nil {
		return err
	}
	d, err := w.begin(ctx, g.Lang)
	if err != nil {
		return err
	}
	d.hello(g.Name)
	d.say("studio.letter_guest", "name", line(by.Name), "network", d.name(), "title", line(g.Title), "lang", d.named(g.Lang))
	d.say("studio.letter_guest_open", "time", d.moment(until))
	d.add(w.URL + g.Path + mail.Mask)
	d.say("studio.letter_guest_keep")
	_, err = w.Outbox.Post(ctx, tx, by, mail.Letter{
		Kind: "translation", To: g.Email, Name: g.Name, Lang: d.lang, Subject: d.T("studio.letter_guest_subject", "title", line(g.Title)),
		Body: d.text(), Secret: token, Until: until,
	})
	return err
}

// Signing writes a letter with the link by which an organisation signs a
// statement, within the transaction that makes the link.
func (w *Writer) Signing(ctx context.Context, tx *db.Tx, by sala.Actor, g Guest, token string, until time.Time) error {
	if err := w.Writes(); err != nil {
		return err
	}
	d, err := w.begin(ctx, g.Lang)
	if err != nil {
		return err
	}
	d.hello(g.Name)
	d.say("studio.letter_sign", "name", line(by.Name), "network", d.name(), "title", line(g.Title))
	d.say("studio.letter_sign_open", "time", d.moment(until))
	d.add(w.URL + g.Path + mail.Mask)
	d.say("studio.letter_sign_keep", "name", line(g.Name))
	_, err = w.Outbox.Post(ctx, tx, by, mail.Letter{
		Kind: "signing", To: g.Email, Name: g.Name, Lang: d.lang, Subject: d.T("studio.letter_sign_subject", "title", line(g.Title)),
		Body: d.text(), Secret: token, Until: until,
	})
	return err
}
