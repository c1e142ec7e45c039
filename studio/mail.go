package studio

import (
	"net/url"
	"strings"

	"sala"
	"sala/internal/mail"
	"sala/internal/web"
)

// mailPage is what mailView shows.
type mailPage struct {
	*page
	State   mail.State // "" for any
	Letters []mail.Letter
	Older   string // address of the next stretch, "" at the end
}

// mailRows is how many letters a page shows.
const mailRows = 50

// mail serves GET /studio/mail.
func (s *Studio) mail(v *visit) (*web.Reply, error) {
	q := v.URL.Query()
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.mail")
	m := mailPage{page: p, State: mail.State(q.Get("state"))}
	m.Letters, err = s.Letters.Outbox.Letters(v.ctx(), v.By(), mail.Filter{State: m.State, Before: sala.ID(q.Get("before")), Limit: mailRows + 1})
	if err != nil {
		return nil, err
	}
	if len(m.Letters) > mailRows {
		m.Letters = m.Letters[:mailRows]
		q.Set("before", string(m.Letters[mailRows-1].ID))
		m.Older = "/studio/mail?" + q.Encode()
	}
	return p.show(mailView(m))
}

// letterPage is what letterView shows.
type letterPage struct {
	*page
	Letter mail.Letter
	Again  bool // it may be sent again
}

// letter serves GET /studio/mail/{id}.
func (s *Studio) letter(v *visit) (*web.Reply, error) { return s.showLetter(v, nil) }

func (s *Studio) showLetter(v *visit, wrong error) (*web.Reply, error) {
	l, err := s.Letters.Outbox.Letter(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.mail")
	again := l.State() != mail.Sent && l.Until.After(v.now()) && (l.State() == mail.Refused || l.Failure != "")
	return p.show(letterView(letterPage{p, l, again}))
}

// Masked reports whether the letter held a secret that is not shown.
func (p letterPage) Masked() bool { return strings.Contains(p.Letter.Body, mail.Mask) }

// resend serves POST /studio/mail/{id}/send.
func (s *Studio) resend(v *visit) (*web.Reply, error) {
	id := v.PathValue("id")
	if err := s.Letters.Outbox.Resend(v.ctx(), v.By(), sala.ID(id)); err != nil {
		return s.showLetter(v, err)
	}
	return v.done("/studio/mail/"+url.PathEscape(id), "studio.mail_again_done")
}

// mailTrouble says why letters do not go out, "" if they do.
func (p *page) mailTrouble() string {
	switch {
	case p.studio.Letters.Writes() != nil:
		return p.T("studio.mail_no_url")
	case !p.studio.Letters.Sends():
		return p.T("studio.mail_no_server")
	}
	return ""
}

// About is what a letter is about, in words.
func (p *page) About(l mail.Letter) string {
	key := "studio.mail_about_" + strings.ReplaceAll(l.Kind, " ", "_")
	if text := p.T(key); text != key {
		return text
	}
	return l.Kind
}

// mailState is the class of the mark of a letter.
func mailState(s mail.State) string {
	return map[mail.State]string{mail.Sent: "tick ok", mail.Waiting: "tick old", mail.Refused: "tick no"}[s]
}

// refusedMail counts the letters that were refused and could be sent again.
func refusedMail(v *visit) (int, error) {
	return v.studio.Letters.Outbox.Count(v.ctx(), v.By(), mail.Refused)
}
