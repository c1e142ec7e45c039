package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/contribution"
	"sala/event"
	"sala/internal/bearer"
	"sala/internal/db"
	"sala/internal/i18n"
	"sala/internal/richtext"
	"sala/internal/slug"
	"sala/media"
	"sala/network"
)

// A cage is a record full of words that nobody outside may ever read. Each
// stands in a place of its own, so that one that gets out says from where.
type cage struct {
	*testing.T
	*house
	server  *httptest.Server
	editor  member
	words   []string // the part of each secret that a crawler asks for
	guesses []string // addresses that nothing leads to
	tilt    int
}

// say makes the secret of a place: two words that belong together, one to be
// asked for and one that is never asked for.
func (c *cage) say(place string) string {
	c.words = append(c.words, "qask"+place)
	return "Qask" + place + " qtell" + place
}

// secretWords finds both halves of any of them, in Burmese too.
const secretWords = `q(?:ask|tell)[a-z]+|ကျီးမည်း`

// crow is a Burmese canary: it comes with break points in it.
const crow = "ကျီးမည်း"

func (c *cage) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func (c *cage) guess(format string, args ...any) {
	c.guesses = append(c.guesses, fmt.Sprintf(format, args...))
}

// guessWork adds what somebody tries who knows of a work that is not there.
func (c *cage) guessWork(work, edition sala.ID, lang sala.Lang, slug string) {
	c.guess("/id/%s", work)
	c.guess("/id/%s", edition)
	for _, screen := range []string{"", "/" + string(lang), "/" + string(lang) + "/preview", "/" + string(lang) + "/preview/page", "/" + string(lang) + "/versions"} {
		c.guess("/studio/works/%s%s", work, screen)
	}
	for _, end := range []string{"", ".xlf", ".docx"} {
		c.guess("/studio/translate/%s/%s%s", work, lang, end)
	}
	if slug == "" {
		return
	}
	slug = url.PathEscape(slug)
	for _, l := range []sala.Lang{"en", "my", "th"} {
		for _, year := range []string{"2017", "2019", "2026", "pages"} {
			for _, end := range []string{"", "?v=1", "?v=2", "?hl=th", ".bib", ".ris", "/feed/"} {
				c.guess("/%s/%s/%s%s", l, year, slug, end)
			}
		}
	}
	for _, old := range []string{"/%s/", "/2019/03/%s/", "/2019/03/14/%s/", "/?name=%s", "/?pagename=%s", "/%s/feed/", "/%s/embed/", "/%s/amp/"} {
		c.guess(old, slug)
	}
}

func (c *cage) guessFile(f media.File) {
	c.guess("/id/%s", f.ID)
	c.guess("/studio/media/%s", f.ID)
	c.guess("/studio/media/%s/picture", f.ID)
	for _, l := range []sala.Lang{"en", "my", "th"} {
		c.guess("/%s/files/%s", l, f.ID)
	}
	c.guess("%s", media.Address(f.Hash, f.Name))
	c.guess("/wp-content/uploads/2019/03/%s", f.Name)
	for _, r := range f.Renditions {
		c.guess("%s", f.RenditionAddress(r))
	}
}

// text makes a revision of an edition. It bears a note where one is needed.
func (c *cage) text(edition sala.ID, after int, t archive.Text) {
	c.Helper()
	_, err := c.archive.Revise(c.Context(), c.editor.Actor, edition, after, t)
	c.must(err)
}

// public publishes a work.
func (c *cage) public(lang sala.Lang, title string, body richtext.Doc) (work, edition sala.ID) {
	c.Helper()
	work, edition = c.begun(c.T, c.editor.Actor, archive.Statement, lang, title)
	c.text(edition, 0, archive.Text{Title: title, Summary: "Openword of " + title, Body: body})
	c.must(c.archive.Publish(c.Context(), c.editor.Actor, edition))
	return work, edition
}

// hidden makes a work whose every word is a secret. It has a text and is not
// public.
func (c *cage) hidden(place string) (work, edition sala.ID) {
	c.Helper()
	work, edition = c.begun(c.T, c.editor.Actor, archive.Statement, "en", c.say(place+"begun"))
	t := archive.Text{Title: c.say(place + "title"), Summary: c.say(place + "summary"), Body: paragraphs(c.say(place+"body"), "Openword that others say too.")}
	c.text(edition, 0, t)
	c.guessWork(work, edition, "en", slug.Of(t.Title))
	return work, edition
}

// imported stores an edition as an import does, with an address of the old
// site.
func (c *cage) imported(n int, lang sala.Lang, in archive.Incoming) (work, edition sala.ID) {
	c.Helper()
	in.Work.ID, in.Edition.ID, in.Edition.Lang = sala.DerivedID(time.Time{}, fmt.Sprint("work ", n)), sala.DerivedID(time.Time{}, fmt.Sprint("edition ", n, lang)), lang
	if in.Work.Kind == "" {
		in.Work.Kind = archive.News
	}
	by := sala.Machine("import")
	c.must(c.db.Tx(c.Context(), func(tx *db.Tx) error {
		if _, err := c.archive.Import(c.Context(), tx, by, in); err != nil {
			return err
		}
		for _, address := range []string{fmt.Sprintf("/?p=%d", n), fmt.Sprintf("/2019/03/old-%d/", n)} {
			if _, err := c.archive.AddRedirect(c.Context(), tx, by, address, archive.Target{Ref: sala.Ref{Kind: sala.KindWork, ID: in.Work.ID}, Lang: lang}); err != nil {
				return err
			}
		}
		return nil
	}))
	c.guess("/?p=%d", n)
	c.guess("/?page_id=%d", n)
	c.guess("/2019/03/old-%d/", n)
	c.guess("/2019/03/old-%d/feed/", n)
	if !in.Edition.Public {
		c.guessWork(in.Work.ID, in.Edition.ID, lang, slug.Of(in.Edition.Title))
	}
	return in.Work.ID, in.Edition.ID
}

// picture adds a picture, each with bytes of its own, all that is said of it
// a secret of a place or, with "", open words.
func (c *cage) picture(place string) media.File {
	c.Helper()
	c.tilt++
	m := image.NewNRGBA(image.Rect(0, 0, 700, 400))
	for x := range 700 {
		for y := range 400 {
			m.Set(x, y, color.NRGBA{uint8(x + 40*c.tilt), uint8(y), uint8(x * y), 255})
		}
	}
	var b bytes.Buffer
	c.must(png.Encode(&b, m))
	return c.file(place, "river.png", b.Bytes())
}

func (c *cage) file(place, name string, b []byte) media.File {
	c.Helper()
	f, err := c.media.Add(c.Context(), c.editor.Actor, name, bytes.NewReader(b))
	c.must(err)
	said := func(what string) sala.Text {
		if place == "" {
			return sala.Text{"en": "Openword of a file"}
		}
		return sala.Text{"en": c.say(place + what), "my": c.say(place + what + "my")}
	}
	if place != "" {
		name = "qask" + place + "name-qtell" + place + "name" + name[strings.LastIndex(name, "."):]
	}
	c.must(c.media.Describe(c.Context(), c.editor.Actor, f.ID, sala.Mark(f.Wording()), media.Wording{Name: name, Title: said("title"), Alt: said("alt"), Caption: said("caption"), About: said("about")}))
	f, err = c.media.File(c.Context(), f.ID)
	c.must(err)
	return f
}

// shown is a picture node with a caption.
func shown(f media.File, alt, caption string) richtext.Node {
	return richtext.Node{
		Type: richtext.Picture, Attrs: richtext.Attrs{File: f.ID, Alt: alt}, Content: []richtext.Node{{Type: richtext.Text, Text: caption}},
	}
}

func linked(text, href string) richtext.Node {
	return richtext.Node{Type: richtext.Paragraph, Content: []richtext.Node{{Type: richtext.Text, Text: text, Marks: []richtext.Mark{{Type: richtext.Link, Attrs: richtext.Attrs{Href: href}}}}}}
}

// replied has a public event to come, and what somebody replied to its
// invitation.
func (c *cage) replied() {
	c.Helper()
	ctx, by, day := c.Context(), c.editor.Actor, sala.DayOf(c.db.Now().AddDate(0, 1, 0))
	e, err := c.events.Create(ctx, by, event.Event{Title: sala.Text{"en": "Openword of a forum"}, Type: event.Forum, Held: sala.Span{From: day, To: day}})
	c.must(err)
	c.must(c.events.Publish(ctx, by, e.ID, e.Version))
	c.must(c.events.SetReplyRules(ctx, by, e.ID, event.ReplyRules{Open: true, Until: day, Places: 1}))
	_, err = c.events.MakeReplyLink(ctx, by, e.ID)
	c.must(err)
	c.must(c.events.Reply(ctx, e.ID, "", bearer.New(), event.Reply{
		Answer: event.Comes, Name: c.say("replyname"), Organisation: c.say("replyorganisation"), Office: c.say("replyoffice"), Contact: c.say("replycontact"),
		Needs: c.say("replyneeds"), Word: c.say("replyword"),
	}))
	list, err := c.events.Replies(ctx, by, e.ID)
	c.must(err)
	c.guess("/id/%s", list[0].ID)
	c.guess("/en/events/%s/reply/%s", e.Slug, list[0].ID)
	c.guess("/en/events/%s/reply/%s", e.Slug, bearer.New())
	c.guess("/th/events/%s/invited/%s", e.Slug, bearer.New())
	for _, end := range []string{"/replies", "/replies.csv", ""} {
		c.guess("/studio/events/%s%s", e.ID, end)
	}
}

// TestCanary puts a word into every place that is not public and looks for it
// in all that a stranger can get: every page, feed, file and list that a link
// leads to, every address that somebody might guess, and every question that
// asks for the word. What was public before and is not any more was read
// before, with the tags that a browser would have kept.
func TestCanary(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute long")
	}
	eachEngine(t, func(t *testing.T, place []string) {
		h, _ := openHouse(t, place, alone)
		now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
		h.db.Clock = func() time.Time { now = now.Add(time.Second); return now }
		h.speaks(t, "en", "my", "th")
		words, err := i18n.Load()
		if err != nil {
			t.Fatal(err)
		}
		doors, err := serveCmd{}.doors(t.Context(), h, words, h.letters("", words, nil))
		if err != nil {
			t.Fatal(err)
		}
		c := &cage{T: t, house: h, server: httptest.NewServer(doors)}
		t.Cleanup(c.server.Close)
		c.editor = h.member(t, c.say("editorname"), sala.Editor)
		takeBack := c.fill()
		_, err = h.jobs.RunDue(t.Context())
		c.must(err)

		// While what will be taken back is still public, its words are open.
		before := newCrawler(t, c.server, `qnothing`)
		before.crawl(c.asked("withdrawn", "consent", "gallery", "taken", "owned", "edition", "again", "file")...)
		for _, address := range c.guesses {
			before.get(address)
		}
		for _, word := range []string{"qtellwithdrawnbody", "qtellconsentcaption", "qtellinconsentalt", "qtelltakenbody", "qtellfilebytes", "qtellownedbytes", "qtelleditionbody", "qtellagainbody"} {
			if before.says(word) == 0 {
				t.Errorf("%s cannot be found before it is taken back: the crawler does not look there", word)
			}
		}
		hashes := takeBack()

		after := newCrawler(t, c.server, secretWords)
		after.hashes, after.answers = hashes, before.answers
		after.crawl(c.asked()...)
		for _, address := range c.guesses {
			a, _ := after.get(address)
			if a.status == http.StatusOK && !strings.HasPrefix(address, "/studio/") {
				t.Errorf("%s is there", address)
			}
		}
		// Whoever has an old address, or a page in the cache, asks again.
		for address := range before.answers {
			after.get(address)
		}
		after.tell()
		for _, word := range []string{"Qlapsedcaption", "Openword", "River statement", "/feed.atom", "<urlset", "wp-json"} {
			if after.says(word) == 0 {
				t.Errorf("%q is nowhere: the crawler does not look there", word)
			}
		}
		t.Logf("%d addresses, %d secrets, %d guesses", len(after.answers), len(c.words), len(c.guesses))
		if len(after.answers) < 1000 {
			t.Errorf("only %d addresses were asked", len(after.answers))
		}
		// The same crawler finds what comes out.
		now = now.Add(30 * 24 * time.Hour)
		_, err = h.jobs.RunDue(t.Context())
		c.must(err)
		out := newCrawler(t, c.server, `qlapsed[a-z]+`)
		out.crawl("/en/search?q=openword", "/en/search?q=qlapsedalt", "/en/search?q=qlapsedcaption")
		out.tell()
		if out.says("qtellscheduledbody") == 0 {
			t.Error("what was scheduled did not come out")
		}
		for _, word := range []string{"qtelldraftbody", "qtellwithdrawnbody", "qtellinconsentcaption"} {
			if out.says(word) > 0 {
				t.Errorf("%s is out", word)
			}
		}
	})
}

// fill fills the cage. What it returns takes back what was public until then
// and returns the bytes that nobody may have from then on, with their names.
func (c *cage) fill() (takeBack func() map[string]string) {
	ctx, by := c.Context(), c.editor.Actor
	second := c.member(c.T, c.say("secondname"), sala.Editor)

	// What is on its way out, step by step, with what people said of it.
	c.hidden("draft")
	_, review := c.hidden("review")
	c.must(c.archive.Submit(ctx, by, review, c.say("reviewnote")))
	_, back := c.hidden("back")
	c.must(c.archive.Submit(ctx, by, back, ""))
	c.must(c.archive.SendBack(ctx, second.Actor, back, c.say("backnote")))
	_, approved := c.hidden("approved")
	c.must(c.archive.Submit(ctx, by, approved, ""))
	c.must(c.archive.Approve(ctx, second.Actor, approved, 1, c.say("approvednote")))
	_, scheduled := c.hidden("scheduled")
	c.must(c.archive.Schedule(ctx, by, scheduled, c.db.Now().Add(10*24*time.Hour)))
	_, working := c.begun(c.T, by, archive.Report, "en", c.say("workingbegun"))
	_, err := c.archive.SaveDraft(ctx, by, working, archive.WorkingCopy{Text: archive.Text{Title: c.say("workingtitle"), Body: paragraphs(c.say("workingbody"))}})
	c.must(err)

	// What an old site did not show either.
	for n, stage := range []archive.Stage{archive.Draft, archive.InReview, archive.Private, archive.Protected, archive.Trash, archive.Scheduled} {
		at := "old" + strings.ReplaceAll(string(stage), "_", "")
		c.imported(100+n, "en", archive.Incoming{Edition: archive.Edition{
			Title: c.say(at + "title"), Summary: c.say(at + "summary"), Body: paragraphs(c.say(at + "body")), Stage: stage,
			Bylines: []string{c.say(at + "byline")}, Meta: []archive.Meta{{Key: c.say(at + "key"), Value: c.say(at + "meta")}},
		}})
	}
	secretPage, _ := c.imported(120, "en", archive.Incoming{Work: archive.Work{Kind: archive.Page}, Edition: archive.Edition{Title: c.say("parenttitle"), Body: paragraphs(c.say("parentbody")), Stage: archive.Private}})

	c.replied()

	// What a member sent by the form that is open to everybody.
	c.must(c.sent.SetOpen(ctx, by, true, string(archive.News)))
	member, err := c.sent.Guest(ctx, contribution.Open)
	c.must(err)
	key := bearer.New()
	sent, err := c.sent.Receive(ctx, member, key, contribution.Sent{
		Who: c.say("sentwho"), Contact: c.say("sentcontact"), Lang: "en", Title: c.say("senttitle"), Text: c.say("sentbody"), Place: c.say("sentplace"),
	}, func(ctx context.Context, tx *db.Tx, by sala.Actor) (sala.ID, error) {
		work, edition, err := c.archive.Contribute(ctx, tx, by, archive.Work{Kind: archive.News, Place: c.say("sentworkplace")}, "en", archive.Text{Title: c.say("sentworktitle"), Body: paragraphs(c.say("sentworkbody"))})
		c.guessWork(work, edition, "en", slug.Of("Qasksentworktitle qtellsentworktitle"))
		return work, err
	})
	c.must(err)
	c.must(c.sent.AddNote(ctx, member, key, c.say("sentnote")))
	c.guess("/id/%s", sent.ID)
	c.guess("/studio/contributions")
	c.guess("/studio/contributions/%s", sent.ID)
	c.guess("/studio/c/open")
	c.guess("/studio/c/open/%s", bearer.New())

	c.signed()

	// Files and pictures, public and not.
	open := c.picture("")
	c.must(c.media.SetPeople(ctx, by, open.ID, false))
	c.must(c.media.SetPublic(ctx, by, open.ID, true))
	unshown := c.picture("unshown")
	c.guessFile(unshown)
	bytes := c.file("file", "list.txt", []byte(c.say("unshownbytes")))
	c.guessFile(bytes)
	leaflet := c.file("", "leaflet.txt", []byte(c.say("filebytes")))
	c.must(c.media.SetPublic(ctx, by, leaflet.ID, true))
	agreed, lapsed := c.picture("consent"), c.picture("")
	c.must(c.media.Describe(ctx, by, lapsed.ID, sala.Mark(lapsed.Wording()), media.Wording{Name: "qlapsedname.png", Title: sala.Text{"en": "Qlapsedtitle"}, Caption: sala.Text{"en": "Qlapsedfilecaption"}}))
	var consent sala.ID
	for _, f := range []media.File{agreed, lapsed} {
		given := sala.Consent{Person: c.say("person" + string(f.ID[len(f.ID)-1]%4+'w')), Note: c.say("personnote" + string(f.ID[len(f.ID)-1]%4+'w')), Given: sala.Day{Year: 2026, Month: 1, Day: 2}, Scope: sala.OnSite}
		if f.ID == lapsed.ID {
			given.Until = sala.Day{Year: 2026, Month: 12, Day: 1}
		}
		id, err := c.media.RecordConsent(ctx, by, f.ID, given)
		c.must(err)
		if f.ID == agreed.ID {
			consent = id
		}
		c.must(c.media.SetPublic(ctx, by, f.ID, true))
	}

	// Public texts that point at all this.
	secretWork, _ := c.hidden("pointed")
	body := paragraphs("Openword of the river.")
	body.Blocks = append(body.Blocks,
		linked("A link to what is not there", "sala:work/"+string(secretWork)), linked("A link to a page", "sala:work/"+string(secretPage)),
		linked("A file", "sala:file/"+string(bytes.ID)), shown(unshown, "", "Openword of a picture"),
		richtext.Node{Type: richtext.Attachment, Attrs: richtext.Attrs{File: bytes.ID}}, richtext.Node{Type: richtext.Attachment, Attrs: richtext.Attrs{File: leaflet.ID}},
		shown(open, "Openword of another picture", "Openword"), shown(agreed, c.say("inconsentalt"), c.say("inconsentcaption")),
		richtext.Node{Type: richtext.Gallery, Content: []richtext.Node{shown(open, "", "Openword"), shown(agreed, c.say("galleryalt"), c.say("gallerycaption"))}},
		shown(lapsed, "Qlapsedalt", "Qlapsedcaption"))
	river, riverEdition := c.public("en", "River statement", body)
	c.must(c.archive.Describe(ctx, by, c.changed(river), archive.Work{
		ID: river, Kind: archive.Statement, Picture: agreed.ID,
		Contacts: []archive.Contact{{Name: c.say("contactname"), Phone: "+66 2 000 00 00", Email: "qaskcontact@example.org", Until: sala.Day{Year: 2026, Month: 11, Day: 1}}},
	}))
	c.imported(121, "en", archive.Incoming{
		Work:    archive.Work{Kind: archive.Page, Parent: secretPage, Picture: unshown.ID},
		Edition: archive.Edition{Title: "Openword page", Body: paragraphs("Openword."), Public: true, Published: c.db.Now(), PubDay: sala.Day{Year: 2019}},
	})
	c.imported(122, "en", archive.Incoming{
		Edition: archive.Edition{
			Title: "Openword news", Body: paragraphs("Openword."), Public: true, Published: c.db.Now(), PubDay: sala.Day{Year: 2019, Month: 3},
			Meta: []archive.Meta{{Key: c.say("metakey"), Value: c.say("metavalue")}},
		},
		Comments: []archive.Comment{
			{ID: sala.NewID(), Author: "Openword reader", Body: paragraphs("Openword comment"), At: c.db.Now(), Approved: true, Meta: []archive.Meta{{Key: "ip", Value: c.say("commentmeta")}}},
			{ID: sala.NewID(), Author: c.say("commentauthor"), URL: "https://qaskcommenturl.example", Body: paragraphs(c.say("commentbody")), At: c.db.Now()},
		},
	})
	c.must(c.db.Tx(ctx, func(tx *db.Tx) error {
		if err := c.archive.Relate(ctx, tx, sala.Machine("import"), archive.Relation{From: river, To: secretWork, Name: "see also"}); err != nil {
			return err
		}
		_, err := c.network.Change(ctx, tx, sala.Machine("test"), func(set *network.Settings) {
			set.Home = secretPage
			set.Menus = []network.Menu{{ID: sala.NewID(), Place: "main", Name: c.say("menuname"), Items: []network.MenuItem{
				{Ref: sala.Ref{Kind: sala.KindWork, ID: secretWork}}, {Ref: sala.Ref{Kind: sala.KindWork, ID: secretPage}}, {Ref: sala.Ref{Kind: sala.KindWork, ID: river}},
				{Ref: sala.Ref{Kind: sala.KindFile, ID: unshown.ID}},
			}}, {ID: sala.NewID(), Name: "kept", Items: []network.MenuItem{{Label: sala.Text{"en": c.say("menulabel")}, URL: "/en/"}}}}
		})
		return err
	}))

	// What stands behind a public text: the next one, a copy, a translation, an
	// outsider's work.
	c.text(riverEdition, 1, archive.Text{Title: c.say("nexttitle"), Summary: c.say("nextsummary"), Note: c.say("nextnote"), Body: paragraphs(c.say("nextbody"))})
	_, err = c.archive.SaveDraft(ctx, second.Actor, riverEdition, archive.WorkingCopy{After: 2, Text: archive.Text{Title: c.say("copytitle"), Note: c.say("copynote"), Body: paragraphs(c.say("copybody"))}})
	c.must(err)
	my, err := c.archive.CreateEdition(ctx, by, river, "my", riverEdition)
	c.must(err)
	c.text(my, 0, archive.Text{Title: crow + " " + c.say("mytitle"), Body: paragraphs(crow + "သည် မြစ်ကမ်းတွင် နားသည်။ " + c.say("mybody"))})
	c.guessWork(river, my, "my", slug.Of(crow))
	c.words = append(c.words, crow)
	th, err := c.archive.CreateEdition(ctx, by, river, "th", riverEdition)
	c.must(err)
	link, token, err := c.archive.Invite(ctx, by, th, c.say("guestname"), c.db.Now().Add(24*time.Hour))
	c.must(err)
	guest, err := c.archive.Guest(ctx, token)
	c.must(err)
	_, err = c.archive.SaveDraft(ctx, guest, th, archive.WorkingCopy{Text: archive.Text{Title: c.say("guesttitle"), Body: paragraphs(c.say("guestbody"))}})
	c.must(err)
	c.must(c.archive.Revoke(ctx, by, link.ID))
	c.guess("/studio/t/%s", token)
	c.guess("/studio/t/%s/translation.xlf", token)

	// What is public until it is taken back.
	withdrawn, withdrawnEdition := c.public("en", c.say("withdrawntitle"), paragraphs(c.say("withdrawnbody")))
	owned := c.file("owned", "owned.txt", []byte(c.say("ownedbytes")))
	c.must(c.media.Describe(ctx, by, owned.ID, sala.Mark(owned.Wording()), media.Wording{Name: owned.Name, Title: owned.Title, Owner: sala.Ref{Kind: sala.KindWork, ID: withdrawn}}))
	c.must(c.media.SetPublic(ctx, by, owned.ID, true))
	half, _ := c.public("en", "Openword in two languages", paragraphs("Openword."))
	halfEdition, err := c.archive.CreateEdition(ctx, by, half, "th", "")
	c.must(err)
	c.text(halfEdition, 0, archive.Text{Title: c.say("editiontitle"), Body: paragraphs(c.say("editionbody"))})
	c.must(c.archive.Publish(ctx, by, halfEdition))
	_, taken := c.imported(130, "en", archive.Incoming{Edition: archive.Edition{
		Title: c.say("takentitle"), Body: paragraphs(c.say("takenbody")), Public: true, Published: c.db.Now(), PubDay: sala.Day{Year: 2019, Month: 3},
	}})
	_, again := c.public("en", "Openword that came again", paragraphs(c.say("againbody")))

	return func() map[string]string {
		c.must(c.archive.Withdraw(ctx, by, withdrawnEdition, c.say("withdrawnreason")))
		c.must(c.archive.Withdraw(ctx, by, halfEdition, c.say("editionreason")))
		c.must(c.archive.Withdraw(ctx, by, taken, c.say("takenreason")))
		c.must(c.archive.Withdraw(ctx, by, again, c.say("againreason")))
		c.text(again, 1, archive.Text{Title: "Openword that came again", Note: "Openword: a name was taken out.", Body: paragraphs("Openword.")})
		c.must(c.archive.Publish(ctx, by, again))
		c.guessWork(withdrawn, withdrawnEdition, "en", slug.Of("Qaskwithdrawntitle qtellwithdrawntitle"))
		c.guessWork(half, halfEdition, "th", slug.Of("Qaskeditiontitle qtelleditiontitle"))
		c.guesses = slices.DeleteFunc(c.guesses, func(a string) bool { return a == "/id/"+string(half) || a == "/id/"+string(river) })
		c.guess("/en/2026/openword-that-came-again?v=1")
		c.must(c.media.WithdrawConsent(ctx, by, agreed.ID, consent, c.say("consentreason")))
		c.must(c.media.SetPublic(ctx, by, leaflet.ID, false))
		hashes := map[string]string{}
		for name, id := range map[string]sala.ID{"unshown": unshown.ID, "bytes": bytes.ID, "leaflet": leaflet.ID, "agreed": agreed.ID, "owned": owned.ID} {
			f, err := c.media.File(ctx, id)
			c.must(err)
			c.guessFile(f)
			hashes[f.Hash] = "the bytes of " + name
			for _, r := range f.Renditions {
				hashes[r.Hash] = fmt.Sprintf("the bytes of %s, %d wide", name, r.Width)
			}
		}
		return hashes
	}
}

// changed is the moment that the form of a work's fields bears.
func (c *cage) changed(work sala.ID) time.Time {
	c.Helper()
	w, err := c.archive.DeskWork(c.Context(), c.editor.Actor, work)
	c.must(err)
	return w.Changed
}

// asked are questions for every secret word, or those of some places: as it
// is, begun, and misspelt.
func (c *cage) asked(places ...string) []string {
	var all []string
	for i, word := range c.words {
		if len(places) > 0 && !slices.ContainsFunc(places, func(p string) bool { return strings.Contains(word, p) }) {
			continue
		}
		lang := []string{"en", "my", "th"}[i%3]
		begun, misspelt := word[:len(word)-3], strings.Replace(word, "ask", "akk", 1)
		for _, q := range []string{word, begun, misspelt, word + " openword"} {
			all = append(all, "/"+lang+"/search?q="+url.QueryEscape(q))
		}
		all = append(all, "/"+lang+"/archive/?q="+url.QueryEscape(word), "/?s="+url.QueryEscape(word))
	}
	for i, to := range []string{"/en/feed.atom?q=", "/my/feed.json?q=", "/wp-json/wp/v2/posts?search=", "/wp-json/wp/v2/search?search=", "/studio/find?q=", "/studio/media/find?q=", "/studio/works?q="} {
		all = append(all, to+url.QueryEscape(c.words[i]))
	}
	return append(all,
		"/wp-json/wp/v2/posts", "/wp-json/wp/v2/pages", "/wp-json/wp/v2/media", "/wp-json/wp/v2/users", "/wp-json/wp/v2/comments", "/wp-json/oembed/1.0/embed?url=/en/",
		"/feed/", "/comments/feed/", "/author/admin/", "/?author=1", "/sitemap_index.xml", "/wp-sitemap.xml", "/en/opensearch.xml", "/en/glossary/", "/en/feed.atom", "/en/feed.rss", "/en/feed.json", "/my/feed.json", "/th/feed.atom",
		"/en/search?q=openword", "/en/search?q=river", "/studio/", "/studio/audit.csv", "/studio/works", "/studio/media", "/studio/import", "/studio/mail", "/studio/translations",
	)
}
