package main

import (
	"errors"
	"fmt"
	"strings"

	"sala"
	"sala/account"
	"sala/importer"
	"sala/internal/db"
)

type migrateCmd struct{}

// Run brings the tables up to date.
func (migrateCmd) Run(p *program) (err error) {
	if err := p.folder(); err != nil {
		return err
	}
	address := p.cli.Database
	if address == "" {
		lock, err := hold(p.cli.Data)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, lock.Close()) }()
		address = p.cli.Data + "/sala.db"
	}
	d, err := db.Open(p.ctx, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	from, to, err := d.Migrate(p.ctx)
	if err != nil {
		return err
	}
	if from == to {
		fmt.Fprintf(p.out, "The database is up to date (schema %d).\n", to)
		return nil
	}
	fmt.Fprintf(p.out, "The database went from schema %d to %d.\n", from, to)
	return nil
}

type checkCmd struct {
	RebuildSearch bool `arg:"--rebuild-search" help:"build the search index anew first; may be interrupted and run again"`
	NoWording     bool `arg:"--no-wording" help:"do not look for words better avoided in public texts"`
}

// Run says what is wrong. It fails if anything is.
func (c checkCmd) Run(p *program) (err error) {
	need := looks
	if c.RebuildSearch {
		need = alone
	}
	h, err := p.open(need)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if c.RebuildSearch {
		show := progress(p.errors)
		err := h.search.Rebuild(p.ctx, func(done int) {
			show(importer.Status{Doing: "building the search index", Done: int64(done), Unit: "texts"})
		})
		show(importer.Status{})
		if err != nil {
			return err
		}
		if err := h.search.Follow(p.ctx); err != nil {
			return err
		}
	}
	wrong := 0
	say := func(format string, args ...any) {
		wrong++
		fmt.Fprintf(p.out, format+"\n", args...)
	}
	broken, err := h.db.Integrity(p.ctx)
	if err != nil {
		return err
	}
	for _, s := range broken {
		say("The database file is damaged: %s. Restore a backup.", s)
	}
	breaks, err := h.archive.CheckChains(p.ctx)
	if err != nil {
		return err
	}
	for _, b := range breaks {
		say("Revision %d of edition %s: %s.", b.Revision, b.Edition, b.What)
	}
	audit, err := h.account.CheckAudit(p.ctx)
	if err != nil {
		return err
	}
	for _, text := range audit {
		say("The audit trail is not as it was written: %s.", text)
	}
	missing, err := h.media.Missing(p.ctx)
	if err != nil {
		return err
	}
	for _, f := range missing {
		say("The bytes of file %s (%s) are not in the files folder. Restore them from a backup.", f.ID, f.Name)
	}
	troubles, err := h.jobs.Troubles(p.ctx)
	if err != nil {
		return err
	}
	for _, t := range troubles {
		say("A job failed and is not tried any more: %s %s: %s.", t.Kind, t.Payload, t.Error)
	}
	words, faults, err := catalogue(p)
	if err != nil {
		return err
	}
	for _, fault := range faults {
		say("A catalogue in %s is not used whole: %v.", localesFolder(p), fault)
	}
	set, err := h.network.Settings(p.ctx)
	if err != nil {
		return err
	}
	for _, l := range set.Langs {
		if missing := words.Missing(l); len(missing) > 0 {
			fmt.Fprintf(p.out, "%s lacks %d of %d messages, which its pages say in English; the first is %s.\n", l, len(missing), len(words.Keys(sala.English)), missing[0])
		}
	}
	waiting, err := h.jobs.Waiting(p.ctx)
	if err != nil {
		return err
	}
	if waiting > 0 {
		fmt.Fprintf(p.out, "%d jobs are waiting; sala serve does them.\n", waiting)
	}
	behind, err := h.search.Behind(p.ctx)
	if err != nil {
		return err
	}
	if behind > 0 {
		fmt.Fprintf(p.out, "The search index is %d changes behind; sala serve brings it up to date.\n", behind)
	}
	stale, err := h.archive.Stale(p.ctx)
	if err != nil {
		return err
	}
	if len(stale) > 0 { // work to be done, nothing wrong
		fmt.Fprintf(p.out, "%d translations are older than the text they were made from:\n", len(stale))
		for _, e := range stale {
			fmt.Fprintf(p.out, "\t%d changed in %s since: %s, %q (edition %s)\n", e.Passages, e.From, e.Lang, e.Title, e.ID)
		}
	}
	if !c.NoWording {
		if err := h.wording(p); err != nil {
			return err
		}
	}
	if err := h.gaps(p); err != nil {
		return err
	}
	if err := h.neglected(p); err != nil {
		return err
	}
	unread, err := h.account.AuditBehind(p.ctx)
	if err != nil {
		return err
	}
	if unread > 0 {
		fmt.Fprintf(p.out, "The audit trail is %d changes behind; sala serve brings it up to date.\n", unread)
	}
	dead, err := h.links.Dead(p.ctx)
	if err != nil {
		return err
	}
	if len(dead) > 0 {
		fmt.Fprintf(p.out, "%d links to other sites are dead; /studio/links lists them.\n", len(dead))
	}
	if wrong > 0 {
		return fmt.Errorf("%d things are wrong", wrong)
	}
	fmt.Fprintln(p.out, "All is well.")
	return nil
}

type userCmd struct {
	Add    *userAddCmd    `arg:"subcommand" help:"add somebody"`
	List   *userListCmd   `arg:"subcommand" help:"list everybody"`
	Reset  *userResetCmd  `arg:"subcommand" help:"print a link by which somebody begins anew: every old way in ends when it is used"`
	NewKey *userNewKeyCmd `arg:"subcommand:new-key" help:"go on without a lost secret.key: authenticator apps are removed"`
}

type userAddCmd struct {
	Email string `arg:"positional,required" help:"e-mail address"`
	Role  string `arg:"--role" default:"editor" help:"admin, editor, translator or contributor"`
	Name  string `arg:"--name" help:"name"`
	siteURL
}

// A siteURL is the part of a link that the program cannot know by itself.
type siteURL struct {
	SiteURL string `arg:"--site-url,env:SALA_SITE_URL" default:"http://localhost:8080" placeholder:"URL" help:"address of the site, for the link"`
}

func (s siteURL) link(code string) string {
	return strings.TrimRight(s.SiteURL, "/") + "/studio/link?code=" + code
}

// Run adds a user.
func (c userAddCmd) Run(p *program) (err error) {
	role, err := sala.ParseRole(c.Role)
	if err != nil {
		return err
	}
	h, err := p.open(looks)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	u, code, err := h.account.Invite(p.ctx, sala.Machine("user add"), c.Email, c.Name, role, "")
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Added %s as %s. Within a week, this link lets them in, once:\n%s\n", u.Email, u.Role, c.link(code))
	return nil
}

type userResetCmd struct {
	Email string `arg:"positional,required" help:"e-mail address"`
	siteURL
}

// Run prints a link by which a user begins anew, or, if they have not come
// yet, another invitation.
func (c userResetCmd) Run(p *program) (err error) {
	h, err := p.open(looks)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	by := sala.Machine("user reset")
	u, err := h.account.UserByEmail(p.ctx, by, c.Email)
	if err != nil {
		return err
	}
	purpose, code, err := h.account.Link(p.ctx, by, u.ID)
	if err != nil {
		return err
	}
	within := "Within a day"
	if purpose == account.Invite {
		within = "They have not come yet. Within a week"
	}
	fmt.Fprintf(p.out, "%s, this link lets %s in, once:\n%s\n", within, u.Email, c.link(code))
	return nil
}

type userNewKeyCmd struct{}

// Run takes the key in the data folder for the database's.
func (userNewKeyCmd) Run(p *program) (err error) {
	h, err := p.open(looks)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	removed, err := h.account.AdoptKey(p.ctx, sala.Machine("user new-key"))
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "The key in %s is now the database's; %d authenticator apps were removed.\n", p.cli.Data, removed)
	return nil
}

type userListCmd struct{}

// Run lists the users.
func (userListCmd) Run(p *program) (err error) {
	h, err := p.open(looks)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	users, err := h.account.Users(p.ctx, sala.Machine("user list"))
	if err != nil {
		return err
	}
	for _, u := range users {
		state := "can sign in"
		if !u.Disabled.IsZero() {
			state = "disabled"
		} else if !u.WayIn {
			state = "invited"
		}
		fmt.Fprintf(p.out, "%s\t%s\t%s\t%s\t%s\n", u.Email, u.Role, u.Created.Format("2006-01-02"), state, u.Name)
	}
	return nil
}
