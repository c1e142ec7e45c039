package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"sala"
)

// An SMTP sends by one server.
type SMTP struct {
	client   *gomail.Client
	from     mail.Address
	password string
}

// DialSMTP reads the address of a mail server and returns its sender; nothing
// is asked of the server yet.
//
//	smtps://user:password@mail.example.org      TLS from the first byte, port 465
//	smtp://user:password@mail.example.org:587   STARTTLS, which must be offered
//	smtp://localhost:25                         plain only on the machine itself
//
// from is whom letters are from: "a@example.org" or "Network <a@example.org>".
// Errors name the setting, and never the password.
func DialSMTP(address, from string) (*SMTP, error) {
	bad := func(format string, args ...any) error {
		return sala.Invalid{{Field: "--smtp", Text: fmt.Sprintf(format, args...)}}
	}
	u, err := url.Parse(address)
	if err != nil { // the error of Parse would quote the password
		return nil, bad("it is not an address such as smtps://user:password@mail.example.org")
	}
	if u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" {
		return nil, bad("it is not an address such as smtps://user:password@mail.example.org")
	}
	sender, err := mail.ParseAddress(from)
	if err == nil {
		sender.Address, err = Address(sender.Address)
	}
	if err != nil {
		return nil, sala.Invalid{{Field: "--mail-from", Text: "give the e-mail address that letters bear, such as 'Network <office@example.org>'"}}
	}
	here := u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1" || u.Hostname() == "::1"
	port := 587
	if u.Scheme == "smtps" {
		port = 465
	} else if here {
		port = 25
	}
	if p := u.Port(); p != "" {
		if port, err = strconv.Atoi(p); err != nil {
			return nil, bad("%q is not a port", p)
		}
	}
	options := []gomail.Option{
		gomail.WithPort(port), gomail.WithTimeout(30 * time.Second),
		gomail.WithTLSConfig(&tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12}),
	}
	switch {
	case u.Scheme == "smtps":
		options = append(options, gomail.WithSSL())
	case here:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	password, _ := u.User.Password()
	if user := u.User.Username(); user != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(user), gomail.WithPassword(password))
	}
	client, err := gomail.NewClient(u.Hostname(), options...)
	if err != nil {
		return nil, bad("%v", err)
	}
	return &SMTP{client, *sender, password}, nil
}

// Send hands one letter to the server.
func (s *SMTP) Send(ctx context.Context, l Letter) error {
	err := s.send(ctx, l)
	if err != nil && s.password != "" && strings.Contains(err.Error(), s.password) { // a server said it back to us
		kind := error(nil)
		if errors.Is(err, ErrRefused) {
			kind = ErrRefused
		}
		return errors.Join(kind, errors.New(strings.ReplaceAll(err.Error(), s.password, Mask)))
	}
	return err
}

func (s *SMTP) send(ctx context.Context, l Letter) error {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := m.FromFormat(s.from.Name, s.from.Address); err != nil {
		return fmt.Errorf("send a letter: %w", err)
	}
	if err := m.AddToFormat(l.Name, l.To); err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	m.Subject(l.Subject)
	m.SetDateWithValue(l.Written)
	domain := s.from.Address[strings.LastIndexByte(s.from.Address, '@')+1:]
	m.SetMessageIDWithValue(string(l.ID) + "@" + domain) // the same when it is sent twice, so that one is shown
	m.SetGenHeader(gomail.HeaderContentLang, string(l.Lang))
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday notes in answer
	m.SetBodyString(gomail.TypeTextPlain, l.Body)
	err := s.client.DialAndSendWithContext(ctx, m)
	if err == nil {
		return nil
	}
	if failure, ok := errors.AsType[*gomail.SendError](err); ok && !failure.IsTemp() && 500 <= failure.ErrorCode() && failure.ErrorCode() < 600 {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return fmt.Errorf("send a letter: %w", err)
}
