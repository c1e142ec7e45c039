package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/richtext"
	"sala/network"
)

// TestMain lets a test run this very program as a process of its own: see
// asProcess.
func TestMain(m *testing.M) {
	if os.Getenv("SALA_TEST_AS_PROGRAM") != "" {
		main()
	}
	os.Exit(m.Run())
}

// eachEngine runs test on an empty data folder with each engine. place holds
// the settings that every command needs to find it.
func eachEngine(t *testing.T, test func(t *testing.T, place []string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, []string{"--data", t.TempDir()}) })
	if os.Getenv("SALA_TEST_POSTGRES") != "" {
		t.Run("postgres", func(t *testing.T) { test(t, []string{"--data", t.TempDir(), "--database", dbtest.Postgres(t)}) })
	}
}

// openHouse opens the house at a place. Whoever needs it closed before the
// test is over calls shut.
func openHouse(t *testing.T, place []string, n need) (h *house, shut func()) {
	t.Helper()
	c := &cli{Data: place[1]}
	if len(place) > 2 {
		c.Database = place[3]
	}
	h, err := (&program{context.WithoutCancel(t.Context()), c, io.Discard, t.Output()}).open(n)
	if err != nil {
		t.Fatal(err)
	}
	open := true
	shut = func() {
		if open {
			open = false
			if err := h.close(); err != nil {
				t.Error(err)
			}
		}
	}
	t.Cleanup(shut)
	return h, shut
}

// speaks sets the network's languages; the first is what it falls back to.
func (h *house) speaks(t *testing.T, langs ...sala.Lang) {
	t.Helper()
	err := h.db.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := h.network.Change(t.Context(), tx, sala.Machine("test"), func(set *network.Settings) {
			set.Name, set.Langs, set.Default = sala.Text{"en": "Network of the River"}, langs, langs[0]
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A member is somebody who has signed in.
type member struct {
	sala.Actor
	Cookie string
}

func (h *house) member(t *testing.T, name string, role sala.Role) member {
	t.Helper()
	address := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@example.org"
	u, _, err := h.account.Invite(t.Context(), sala.Machine("test"), address, name, role, "en")
	if err != nil {
		t.Fatal(err)
	}
	return member{u.Actor(), "sala_studio=" + h.session(t, u)}
}

// session signs a user in and returns the token that a browser would keep.
func (h *house) session(t *testing.T, u account.User) string {
	t.Helper()
	m := h.account.Sessions()
	ctx, err := m.Load(t.Context(), "")
	if err == nil {
		err = h.account.Begin(ctx, m, u, "password", "a test")
	}
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := m.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// begun begins a work and returns it with its edition.
func (h *house) begun(t *testing.T, by sala.Actor, kind archive.Kind, lang sala.Lang, title string) (work, edition sala.ID) {
	t.Helper()
	work, edition, err := h.archive.Begin(t.Context(), by, kind, lang, title)
	if err != nil {
		t.Fatal(err)
	}
	return work, edition
}

// paragraphs is a text of a paragraph for each argument.
func paragraphs(lines ...string) richtext.Doc {
	var d richtext.Doc
	for i, line := range lines {
		d.Blocks = append(d.Blocks, richtext.Node{
			Type: richtext.Paragraph, Attrs: richtext.Attrs{ID: fmt.Sprintf("p%07d", i)}, Content: []richtext.Node{{Type: richtext.Text, Text: line}},
		})
	}
	return d
}
