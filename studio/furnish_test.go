package studio_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/contribution"
	"sala/directory"
	"sala/event"
	"sala/internal/bearer"
	"sala/internal/db"
	"sala/internal/jobs"
	"sala/internal/richtext"
	"sala/media"
	"sala/signature"
	"sala/studio"
	"sala/tracker"
)

// A furnisher puts things into the stores of a studio.
type furnisher struct {
	*testing.T
	studio.Config
	by   sala.Actor
	jobs *jobs.Queue
}

func (f furnisher) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

// known are entries of the directory, each with much on its page.
type known struct{ official, worker, ministry, network sala.ID }

// directory knows people of every showing, two that may be one, and one that
// was merged into another.
func (f furnisher) directory() known {
	f.Helper()
	ctx := f.Context()
	organisation := func(o directory.Organisation) sala.ID {
		id, err := f.Directory.AddOrganisation(ctx, f.by, o)
		f.must(err)
		return id
	}
	person := func(p directory.Person) sala.ID {
		id, err := f.Directory.AddPerson(ctx, f.by, p)
		f.must(err)
		return id
	}
	since := func(year int) sala.Day { return sala.Day{Year: year} }
	var k known
	k.network = organisation(directory.Organisation{
		Name: sala.Text{"en": "Sunrise Network of Domestic Workers and of Those Who Care for the Old", "th": "เครือข่ายอรุณรุ่งของแรงงานทำงานบ้านและผู้ดูแลผู้สูงอายุ"}, Short: sala.Text{"en": "SUNRISE"},
		Aliases: []string{"Sunrise", "The Network of the Rising Sun"}, Kind: directory.Network, Country: "th", Countries: []string{"th", "mm", "kh"}, Ties: []directory.Tie{{Relation: directory.Member, Since: since(2011)}, {Relation: directory.Partner, Since: since(2004), Until: since(2011)}},
		Langs: []sala.Lang{"th", "my", "km"}, Services: []directory.Service{directory.Hotline, directory.LegalAid, directory.Shelter}, About: sala.Text{"en": "It answers whoever calls, at any hour."},
		Contact: directory.Contact{Web: "https://sunrise.example/a/very/long/address/that/does/not/end", Email: "office@sunrise.example", Phone: "+66 2 000 0000", Place: "Mae Sot"},
		Reach:   directory.ReachOpen, Safely: sala.Text{"en": "Texts only; do not say who we are."}, Note: "They moved in spring.",
	})
	k.ministry = organisation(directory.Organisation{Name: sala.Text{"en": "Ministry of Labour"}, Short: sala.Text{"en": "MOL"}, Kind: directory.Ministry, Country: "th", Unlisted: true})
	organisation(directory.Organisation{Name: sala.Text{"en": "Department of Employment"}, Kind: directory.Department, Country: "th", Parent: k.ministry})
	k.official = person(directory.Person{
		Name: sala.Text{"en": "Somchai Dee", "th": "สมชาย ดี"}, Aliases: []string{"Dee, Somchai"}, Kind: directory.Official, Country: "th",
		Ties:  []directory.Tie{{Relation: directory.Founder, Since: since(2004)}},
		Posts: []directory.Post{{Organisation: k.network, Role: sala.Text{"en": "Director"}, Since: since(2012)}, {Organisation: k.ministry, Role: sala.Text{"en": "Inspector"}, Since: since(2004), Until: since(2011)}},
		Note:  "Writes in Thai.",
	})
	k.worker = person(directory.Person{Name: sala.Text{"en": "Mya Mya", "my": "မြမြ"}, First: sala.Text{"en": "Mya"}, Kind: directory.MigrantWorker, Role: sala.Text{"en": "a domestic worker from Yangon"}, Country: "mm"})
	double := person(directory.Person{Name: sala.Text{"en": "Somchai Dee"}, Kind: directory.Academic, Country: "th"})
	f.must(f.Directory.Merge(ctx, f.by, double, k.official))
	person(directory.Person{Name: sala.Text{"en": "Mya Mya"}, Kind: directory.Advocate, Country: "mm"})
	hidden := person(directory.Person{Name: sala.Text{"en": "Nobody May Know"}, Kind: directory.MigrantWorker})
	f.must(f.Directory.Show(ctx, f.by, hidden, directory.Hidden))
	return k
}

// event held a workshop with something in each of its lists, and set aside
// what somebody else wrote of it.
func (f furnisher) event(k known, work sala.ID, file media.File) (id, aside sala.ID) {
	f.Helper()
	ctx := f.Context()
	series, err := f.Events.SetSeries(ctx, f.by, event.Series{Name: sala.Text{"en": "Workshops of the river"}})
	f.must(err)
	whole, err := f.Events.Create(ctx, f.by, event.Event{Title: sala.Text{"en": "Week of the river"}, Type: event.Conference})
	f.must(err)
	talk := sala.NewID()
	day, second := sala.Day{Year: 2018, Month: 10, Day: 15}, sala.Day{Year: 2018, Month: 10, Day: 16}
	e, err := f.Events.Create(ctx, f.by, event.Event{
		Title: sala.Text{"en": "Consultation on recruitment fees and on everything else that workers pay before they leave", "th": "การหารือเรื่องค่าธรรมเนียม"}, About: sala.Text{"en": "They met at the river.\nNobody paid."}, Type: event.Consultation,
		Held: sala.Span{From: day, To: second}, Start: "09:00", End: "16:30", Zone: "Asia/Yangon", Venue: sala.Text{"en": "Lighthouse Hall"}, City: sala.Text{"en": "Yangon"}, Country: "mm",
		Parent: whole.ID, Series: series.ID, Spoken: []sala.Lang{"en", "my"}, Interpreted: []sala.Lang{"th"},
		Parties:  []event.Party{{Part: event.Organiser, Organisation: k.network}, {Part: event.Funder, Name: sala.Text{"en": "A foundation without an entry"}}},
		Present:  []event.Present{{Organisation: k.ministry, Sector: sala.Government, Country: "th"}, {Name: sala.Text{"en": "overseas recruitment agencies"}, Several: true, Sector: sala.Private}},
		Sessions: []event.Session{{ID: talk, Title: sala.Text{"en": "What workers pay"}, Kind: event.Panel, Day: day, Start: "10:00", End: "11:30"}, {ID: sala.NewID(), Title: sala.Text{"en": "Closing words"}, Kind: event.Closing, Day: second}},
		Appearances: []event.Appearance{
			{Session: talk, Person: k.official, Role: event.Speaker, Position: sala.Text{"en": "Director"}, Organisation: k.network}, {Session: talk, Person: k.worker, Role: event.Panellist},
			{Described: sala.Text{"en": "migrant returnees from Japan"}, Role: event.Participant},
		},
		Counts:    []event.Count{{Value: 40, Qualifier: event.Over, Of: event.Participants}, {Value: 10, High: 12, Qualifier: event.Between, Of: event.Migrants, Words: sala.Text{"en": "women who work in seafood processing"}}},
		Materials: []event.Material{{Title: sala.Text{"en": "Programme"}, Kind: event.Agenda, Lang: "en", File: file.ID}, {Title: sala.Text{"en": "Slides on fees"}, Kind: event.Slides, Address: "https://slides.example/a/very/long/address/that/does/not/end", Session: talk}},
		Works:     []event.Telling{{Work: work, Stage: event.Statement}},
	})
	f.must(err)
	theirs := e
	theirs.Venue = sala.Text{"en": "The hall at the pier"}
	f.must(f.Events.Publish(ctx, f.by, e.ID, e.Version))
	_, err = f.Events.Save(ctx, f.by, theirs)
	clash, ok := errors.AsType[*event.Conflict](err)
	if !ok {
		f.Fatalf("a stale text of an event was saved: %v", err)
	}
	return e.ID, clash.Aside
}

// replies has an event to come that takes replies, with some.
func (f furnisher) replies() sala.ID {
	f.Helper()
	ctx := f.Context()
	days := sala.DayOf(f.DB.Now().AddDate(0, 2, 0))
	e, err := f.Events.Create(ctx, f.by, event.Event{Title: sala.Text{"en": "Forum on fees", "th": "เวทีเรื่องค่าธรรมเนียม"}, Type: event.Forum, Held: sala.Span{From: days, To: days}, Country: "th"})
	f.must(err)
	f.must(f.Events.Publish(ctx, f.by, e.ID, e.Version))
	f.must(f.Events.SetReplyRules(ctx, f.by, e.ID, event.ReplyRules{Open: true, Until: days, Hour: "12:00", Places: 1}))
	_, err = f.Events.MakeReplyLink(ctx, f.by, e.ID)
	f.must(err)
	for _, r := range []event.Reply{
		{Answer: event.Comes, Name: "Su Su Hlaing", Organisation: "Lantern House, of the harbour", Office: "Interpreter", Country: "mm", Contact: "su.with.a.long.address@harbour.example.org", Lang: "my", Needs: "A ramp, and no meat", Word: "We come by boat.\nPerhaps late."},
		{Answer: event.Comes, Name: "su su hlaing", Country: "th"}, {Answer: event.NotSure, Name: "ศรี", Lang: "th"}, {Answer: event.StaysAway, Name: "Dao"},
	} {
		f.must(f.Events.Reply(ctx, e.ID, "", bearer.New(), r))
	}
	return e.ID
}

const factsText = `<p>On 8 March 2018, the Sunrise Network organised a workshop on fees and debts at the River Hotel in Mae Sot, Thailand. Over 40 participants attended the workshop.</p>
<p>Ms. Mya Mya, a domestic worker from Yangon, told of her debts. Mr. Somchai Dee, Director of the Sunrise Network, urged employers to pay the fees. Participants called for greater transparency in the system of fees.</p>`

// facts publishes a text that tells of a workshop, and reads it.
func (f furnisher) facts() (work sala.ID) {
	f.Helper()
	ctx := f.Context()
	work, edition, err := f.Archive.Begin(ctx, f.by, archive.News, "en", "Workshop on fees, Mae Sot, Thailand")
	f.must(err)
	body, _ := richtext.FromHTML(factsText, richtext.HTMLOptions{Seed: "facts"})
	_, err = f.Archive.Revise(ctx, f.by, edition, 0, archive.Text{Title: "Workshop on fees, Mae Sot, Thailand", Body: body})
	f.must(err)
	f.must(f.Archive.Publish(ctx, f.by, edition))
	f.must(f.Proposals.Begin(ctx, f.by))
	_, err = f.jobs.RunDue(ctx)
	f.must(err)
	list, err := f.Proposals.Of(ctx, f.by, work)
	f.must(err)
	if len(list) < 3 {
		f.Fatalf("%d facts were read", len(list))
	}
	_, err = f.Proposals.Refuse(ctx, f.by, work, []sala.ID{list[len(list)-1].ID})
	f.must(err)
	return work
}

// tracker follows two recommendations that are alike, one of them with steps,
// numbers, replies and what a ratification asks; and figures.
func (f furnisher) tracker(k known, work sala.ID) (rec, document, figure sala.ID) {
	f.Helper()
	ctx := f.Context()
	day := sala.Day{Year: 2018, Month: 11, Day: 3}
	paper := func(name string) tracker.Source {
		return tracker.Source{Name: sala.Text{"en": name}, Address: "https://documents.example/a/very/long/address/that/does/not/end", Day: day}
	}
	for i, words := range []string{"Thailand should ratify Convention 188 on fishing without delay", "Thailand should ratify Convention 188 on fishing at last", "Bans must be assessed before they are imposed"} {
		source := paper("Letter of the network to the ministries, on fishing and on fees")
		if i == 0 {
			source = tracker.Source{Work: work, Quote: "Nobody pays."}
		}
		id, err := f.Tracker.New(ctx, f.by, tracker.Recommendation{
			Title: sala.Text{"en": "Convention 188"}, Words: sala.Text{"en": words, "th": "ไทยควรให้สัตยาบันอนุสัญญาฉบับที่ 188 โดยไม่ชักช้า"}, Original: "en", Number: "7", Source: source, Asked: day,
			Addressed: []tracker.Party{{Organisation: k.ministry}, {Said: sala.Text{"en": "ASEAN member states"}}}, Askers: []tracker.Party{{Organisation: k.network}},
			Codes: []tracker.Code{{Framework: tracker.ILO, Code: "C188", Country: "th"}, {Framework: tracker.GCM, Code: "5"}},
		})
		f.must(err)
		if i == 2 {
			break // a draft
		}
		f.must(f.Tracker.Publish(ctx, f.by, id))
		if i == 0 {
			rec = id
		}
	}
	adopted, err := f.Tracker.AddStep(ctx, f.by, rec, tracker.Step{State: tracker.Adopted, Day: sala.Day{Year: 2018, Month: 11, Day: 4}, Number: "2", Source: paper("Final statement"), Evidence: sala.Text{"en": "It stands in the statement."}, Words: sala.Text{"en": "Convention 188 has to be ratified"}})
	f.must(err)
	_, err = f.Tracker.AddStep(ctx, f.by, rec, tracker.Step{State: tracker.Adopted, Day: sala.Day{Year: 2018, Month: 11, Day: 5}, About: true, Evidence: sala.Text{"en": "It stands in the statement of the day after."}, Source: paper("Final statement"), Corrects: adopted})
	f.must(err)
	f.must(f.Tracker.Assign(ctx, f.by, rec, f.by.ID, f.by.Name, sala.Day{Year: 2020, Month: 1, Day: 31}))
	for i, words := range []string{"We look into it.", "We have looked into it, and shall write again."} {
		id, err := f.Tracker.AddReply(ctx, f.by, tracker.Reply{Recommendation: rec, Organisation: k.ministry, Said: sala.Text{"en": "Minister of Labour"}, Day: sala.Day{Year: 2018, Month: 12, Day: 3}, Words: sala.Text{"en": words}, Original: "en", Source: paper("Letter of the ministry")})
		f.must(err)
		if i == 0 {
			f.must(f.Tracker.Moderate(ctx, f.by, id, 1, true, ""))
		}
	}
	asked, err := f.Tracker.Public(ctx, rec)
	f.must(err)
	f.must(f.Tracker.Receive(ctx, tracker.Answer{
		Recommendation: rec, Party: asked.Addressed[0].ID, Name: "Aye Aye", Office: "Director of the Department of Labour Protection", Contact: "office@ministry.example", Words: "It is before the cabinet.", Lang: "en",
	}))
	for _, r := range []tracker.Ratification{
		{Country: "th", Code: tracker.Code{Framework: tracker.ILO, Code: "C188"}, Status: tracker.Ratified, Day: sala.Day{Year: 2019, Month: 1, Day: 30}},
		{Country: "mm", Code: tracker.Code{Framework: tracker.UN, Code: "ICRMW"}, Status: tracker.NotRatified},
	} {
		r.Source, r.Checked, r.Note = tracker.Source{Address: "https://normlex.example/a/very/long/address/that/does/not/end"}, f.Tracker.Today(), sala.Text{"en": "The second in the region."}
		_, err := f.Tracker.Ratify(ctx, f.by, r)
		f.must(err)
	}
	documents, err := f.Tracker.AllDocuments(ctx, f.by)
	f.must(err)
	for _, d := range documents {
		if d.Source.Work == work {
			document = d.ID
		}
	}
	measure, err := f.Tracker.SetMeasure(ctx, f.by, tracker.Measure{What: sala.Text{"en": "Cambodian migrants who work in Japan in the training programme"}, Unit: sala.Text{"en": "people"}})
	f.must(err)
	for i, value := range []string{"9000", "12000"} {
		figure, err = f.Tracker.SetFigure(ctx, f.by, tracker.Figure{Measure: measure, Value: value, Qualifier: tracker.About, AsOf: sala.Day{Year: 2018 + i, Month: 2}, Source: paper("Report on training"), Note: sala.Text{"en": "By the ministry's count."}})
		f.must(err)
	}
	f.must(f.Tracker.ShowFigure(ctx, f.by, figure, true, ""))
	return rec, document, figure
}

// contributions has the open form, a link and what came by it.
func (f furnisher) contributions() (entry sala.ID, token, key string) {
	f.Helper()
	ctx := f.Context()
	f.must(f.Sent.SetOpen(ctx, f.by, true, string(archive.News)))
	_, token, err := f.Sent.Make(ctx, f.by, contribution.Link{Name: "Lantern House, of the harbour", Note: "Until Friday, please.", Kind: string(archive.Report), Until: f.DB.Now().Add(240 * time.Hour), Most: 5})
	f.must(err)
	gone, _, err := f.Sent.Make(ctx, f.by, contribution.Link{Name: "River School", Kind: string(archive.News), Until: f.DB.Now().Add(240 * time.Hour), Most: 3})
	f.must(err)
	f.must(f.Sent.Revoke(ctx, f.by, gone.ID))
	guest, err := f.Sent.Guest(ctx, token)
	f.must(err)
	key = bearer.New()
	sent := contribution.Sent{Who: "Dao", Contact: "dao.with.a.long.address@harbour.example.org", Lang: "en", Title: "Fees at the pier", Text: "They came in the morning.\n\nNobody had paid.", Place: "Mae Sot", Held: sala.Day{Year: 2026, Month: 3, Day: 8}}
	e, err := f.Sent.Receive(ctx, guest, key, sent, func(ctx context.Context, tx *db.Tx, by sala.Actor) (sala.ID, error) {
		body, _ := richtext.FromMarkdown(sent.Text, richtext.HTMLOptions{Lang: sent.Lang, Seed: "sent"})
		work, _, err := f.Archive.Contribute(ctx, tx, by, archive.Work{Kind: archive.Report, Place: sent.Place}, sent.Lang, archive.Text{Title: sent.Title, Body: body})
		return work, err
	})
	f.must(err)
	most, giver, err := f.Sent.Room(ctx, guest, key)
	f.must(err)
	_, err = f.Media.Give(ctx, giver, "a-very-long-name-of-what-the-harbour-sends.txt", strings.NewReader("Who paid what."), media.Given{
		Owner: sala.Ref{Kind: sala.KindWork, ID: e.Work}, Most: most,
		Note: func(ctx context.Context, tx *db.Tx, file media.File) error {
			return f.Sent.AddFile(ctx, tx, guest, key, contribution.File{ID: file.ID, Hash: file.Hash, Size: file.Size, About: "Who paid what", People: contribution.Agreed, Statement: "All were asked."})
		},
	})
	f.must(err)
	f.must(f.Sent.AddNote(ctx, guest, key, "It was the eighth, not the ninth."))
	return e.ID, token, key
}

// signatures has a joint statement with signatures of every sort, a member that
// has not signed, and links: one for an organisation, and a shared one with a
// receipt.
func (f furnisher) signatures(k known) (work sala.ID, named, shared, receipt string) {
	f.Helper()
	ctx := f.Context()
	work, edition, err := f.Archive.Begin(ctx, f.by, archive.Statement, "en", "Joint statement on recruitment fees and on everything else that workers pay")
	f.must(err)
	body, _ := richtext.FromHTML(`<p>We, the undersigned, ask that nobody pays for work.</p><h3>We ask</h3><ul><li>that employers pay</li><li>that papers stay with whom they name</li></ul>`, richtext.HTMLOptions{Seed: "joint"})
	text := archive.Text{Title: "Joint statement on recruitment fees and on everything else that workers pay", Body: body}
	_, err = f.Archive.Revise(ctx, f.by, edition, 0, text)
	f.must(err)
	my, err := f.Archive.CreateEdition(ctx, f.by, work, "my", edition)
	f.must(err)
	burmese, _ := richtext.FromHTML(`<p>အလုပ်အတွက် မည်သူမျှ ငွေမပေးရန် ကျွန်ုပ်တို့ တောင်းဆိုပါသည်။</p>`, richtext.HTMLOptions{Seed: "joint"})
	_, err = f.Archive.Revise(ctx, f.by, my, 0, archive.Text{Title: "ပူးတွဲထုတ်ပြန်ကြေညာချက်", Body: burmese, SourceRev: 1})
	f.must(err)
	f.must(f.Signatures.Set(ctx, f.by, signature.Call{Work: work, Edition: edition, Revision: 1, Until: f.DB.Now().Add(240 * time.Hour), Late: true, Note: "It goes to the ministry on Monday."}))
	call, err := f.Signatures.Of(ctx, f.by, work)
	f.must(err)
	details := func(name string) signature.Details {
		return signature.Details{Name: name, Country: "th", Person: "Somchai Dee", Role: "Director", Email: "a.very.long.address.of.somebody@organisations.example.org"}
	}
	entry := signature.Entry{Details: details("Harbour Union of Those Who Sort the Fish"), Organisation: k.network, Way: signature.OnPaper, Signed: f.DB.Now()}
	f.must(f.Signatures.Enter(ctx, f.by, call.ID, entry))
	f.must(f.Signatures.Lift(ctx, f.by, call.ID, "The third demand named a law that is not in force."))
	_, err = f.Archive.Revise(ctx, f.by, edition, 1, text)
	f.must(err)
	f.must(f.Signatures.PutUp(ctx, f.by, call.ID, 2))
	link := func(l signature.Link) (string, signature.Guest) {
		l.Call = call.ID
		_, token, err := f.Signatures.Make(ctx, f.by, l)
		f.must(err)
		g, err := f.Signatures.Guest(ctx, token)
		f.must(err)
		return token, g
	}
	named, _ = link(signature.Link{Name: "Lantern House, of the harbour", Country: "mm"})
	_, gone := link(signature.Link{Name: "River School"})
	f.must(f.Signatures.Sign(ctx, gone, bearer.New(), 2, details("River School")))
	f.must(f.Signatures.Revoke(ctx, f.by, call.ID, gone.Link.ID))
	shared, guest := link(signature.Link{})
	receipt = bearer.New()
	f.must(f.Signatures.Sign(ctx, guest, receipt, 2, details("အလင်းအိမ် အလုပ်သမားကွန်ရက်")))
	f.must(f.Signatures.Sign(ctx, guest, bearer.New(), 2, details("Nobody of whom we know")))
	entries, err := f.Signatures.Entries(ctx, f.by, call.ID)
	f.must(err)
	for _, e := range entries {
		if e.Name == "Nobody of whom we know" {
			f.must(f.Signatures.Decide(ctx, f.by, call.ID, e.ID, false, "", "Nobody knows of it."))
		}
	}
	return work, named, shared, receipt
}
