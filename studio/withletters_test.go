package studio

import (
	"testing"

	"sala/account"
	"sala/internal/i18n"
	"sala/internal/jobs"
	"sala/internal/mail"
	"sala/letters"
)

// withLetters gives a studio that is tested from within who writes its
// letters. Nothing sends them.
func withLetters(t *testing.T, c *Config, q *jobs.Queue) {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	c.Letters = letters.New(letters.Config{
		DB: c.DB, Account: c.Account, Archive: c.Archive, Network: c.Network, Tracker: c.Tracker, Contributions: c.Sent, Signatures: c.Signatures, Words: words, URL: "https://record.example", Log: c.Log,
		Outbox: mail.NewOutbox(c.DB, q, account.Key{1}.Box("mail"), nil),
	})
}
