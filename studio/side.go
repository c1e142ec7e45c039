package studio

import (
	"slices"
	"strings"

	"sala"
)

// An entry is one line of the side column, shown to those who may do action.
type entry struct {
	key    string // of its words
	href   string
	action sala.Action
	count  func(*visit) (int, error) // nil: no number stands beside it
}

// The side column, from top to bottom. What there is to do is shown on the
// first page too, where it waits.
var (
	recordEntries = []entry{
		{"studio.home", "/studio/", sala.EnterStudio, nil},
		{"studio.works", "/studio/works", sala.Draft, worksCount},
		{"studio.works_new", "/studio/works/new", sala.Draft, nil},
		{"studio.translations", "/studio/translations", sala.Translate, nil},
		{"studio.media", "/studio/media", sala.Draft, nil},
		{"studio.sign.title", "/studio/signatures", sala.Publish, nil},
		{"studio.event.list", "/studio/events", sala.Translate, eventCount},
		{"studio.directory.people", "/studio/directory/people", sala.Know, nil},
		{"studio.directory.organisations", "/studio/directory/organisations", sala.Know, nil},
		{"studio.directory.translate", "/studio/organisations", sala.Translate, nil},
		{"studio.tracker.title", "/studio/recommendations", sala.Draft, nil},
		{"studio.tracker.ratifications", "/studio/ratifications", sala.Publish, nil},
		{"studio.tracker.figures", "/studio/figures", sala.Publish, nil},
	}
	todoEntries = []entry{
		{"studio.works_review", "/studio/works?state=in_review", sala.Translate, reviewCount},
		{"studio.works_approved", "/studio/works?state=approved", sala.Publish, approvedCount},
		{"studio.works_scheduled", "/studio/works?state=scheduled", sala.Publish, scheduledCount},
		{"studio.sent", "/studio/contributions", sala.Publish, sentCount},
		{"studio.sign.waiting", "/studio/signatures", sala.Publish, signaturesWaiting},
		{"studio.lacking.short", "/studio/lacking", sala.Translate, lackingCount},
		{"studio.out_of_date", "/studio/translations?state=out_of_date", sala.Translate, outOfDate},
		{"studio.tracker.ownerless", "/studio/recommendations?show=ownerless", sala.Publish, ownerless},
		{"studio.tracker.overdue", "/studio/recommendations?show=due", sala.Publish, overdue},
		{"studio.tracker.replies", "/studio/replies", sala.Translate, repliesWaiting},
		{"studio.invited", "/studio/people", sala.ManageUsers, invited},
		{"studio.media_show_noalt", "/studio/media?show=noalt", sala.Translate, noAlt},
		{"studio.import_open", "/studio/import", sala.Publish, unsettled},
		{"studio.proposals_waiting", "/studio/proposals", sala.Publish, openProposals},
		{"studio.links_dead", "/studio/links", sala.Publish, deadLinks},
		{"studio.mail_refused", "/studio/mail?state=refused", sala.ReadMail, refusedMail},
		{"studio.second", "/studio/me", sala.EnterStudio, second},
	}
	houseEntries = []entry{
		{"studio.rules", "/studio/rules", sala.Configure, nil},
		{"account.people", "/studio/people", sala.ManageUsers, peopleCount},
		{"studio.sent_forms", "/studio/contributions", sala.Publish, nil},
		{"studio.import", "/studio/import", sala.Publish, nil},
		{"studio.proposals", "/studio/proposals", sala.Publish, nil},
		{"studio.terms", "/studio/terms", sala.Publish, nil},
		{"studio.redirects", "/studio/redirects", sala.Publish, nil},
		{"studio.settings", "/studio/settings", sala.Configure, nil},
		{"studio.menus", "/studio/menus", sala.Configure, nil},
		{"studio.links", "/studio/links", sala.Publish, nil},
		{"studio.mail", "/studio/mail", sala.ReadMail, nil},
		{"studio.audit", "/studio/audit", sala.ReadAudit, nil},
	}
	ownEntries = []entry{
		{"account.me", "/studio/me", sala.EnterStudio, nil},
		{"studio.help", "/studio/help", sala.EnterStudio, nil},
	}
)

// A group is a part of the side column.
type group struct {
	Key   string // of its heading, "" if it has none
	Links []link
}

// A link is one line of it.
type link struct {
	Key, Href string
	Here      bool
	Counted   bool
	Count     int
}

// side builds the column for a visitor.
func (v *visit) side() ([]group, error) {
	var groups []group
	for _, g := range []struct {
		key     string
		entries []entry
	}{{"", recordEntries}, {"studio.todo", todoEntries}, {"studio.house", houseEntries}, {"studio.own", ownEntries}} {
		links, err := v.links(g.entries)
		if err != nil {
			return nil, err
		}
		if g.key == "studio.todo" { // it leads to pages that have a place of their own
			for i := range links {
				links[i].Here = false
			}
		}
		if len(links) > 0 {
			groups = append(groups, group{g.key, links})
		}
	}
	return groups, nil
}

func (v *visit) links(entries []entry) ([]link, error) {
	var links []link
	// "New work" stands below "Works": only the nearest is where one is.
	exact := slices.ContainsFunc(entries, func(e entry) bool { return e.href == v.URL.Path })
	for _, e := range entries {
		if !v.By().May(e.action) {
			continue
		}
		l := link{Key: e.key, Href: e.href, Here: v.URL.Path == e.href || !exact && e.href != "/studio/" && strings.HasPrefix(v.URL.Path, e.href+"/")}
		if e.count != nil {
			n, err := e.count(v)
			if err != nil {
				return nil, err
			}
			l.Counted, l.Count = true, n
		}
		links = append(links, l)
	}
	return links, nil
}
