package studio

import (
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/event"
	"sala/internal/i18n"
	"sala/internal/web"
)

// eventRepliesPage is what eventRepliesView shows: what was replied to the
// invitation of an event, and by which rules.
type eventRepliesPage struct {
	*page
	Event   event.Event
	Rules   event.ReplyRules // as they are stored
	Replies []event.Reply
	Now     event.ReplyTally
	Waiting int
	Kept    event.ReplyTally // of those that are deleted
	Takes   bool
	Link    string // shown once, after it was made
	// Of the form.
	Invited             bool
	Until, Hour, Places string
}

func eventRepliesAt(id sala.ID) string { return eventAt(id) + "/replies" }

// eventReplies serves GET /studio/events/{id}/replies.
func (s *Studio) eventReplies(v *visit) (*web.Reply, error) {
	return s.showEventReplies(v, eventRepliesPage{}, nil)
}

func (s *Studio) showEventReplies(v *visit, ep eventRepliesPage, wrong error) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	e, err := s.Events.DeskEvent(v.ctx(), v.By(), id)
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
	p.Title = p.T("studio.event.replies")
	ep.page, ep.Event = p, e
	if ep.Rules, err = s.Events.ReplyRules(v.ctx(), id); err != nil {
		return nil, err
	}
	if ep.Replies, err = s.Events.Replies(v.ctx(), v.By(), id); err != nil {
		return nil, err
	}
	if ep.Kept, err = s.Events.KeptTally(v.ctx(), v.By(), id); err != nil {
		return nil, err
	}
	ep.Now, ep.Takes = event.TallyReplies(ep.Replies), ep.Rules.Takes(e, v.now())
	for _, r := range ep.Replies {
		if r.Waiting > 0 {
			ep.Waiting++
		}
	}
	if wrong == nil {
		ep.Invited, ep.Until, ep.Hour, ep.Places = ep.Rules.Invited, ep.Rules.Until.String(), string(ep.Rules.Hour), ""
		if ep.Rules.Places > 0 {
			ep.Places = strconv.Itoa(ep.Rules.Places)
		}
		if ep.Until == "" && e.Exact() {
			ep.Until = e.Held.From.String()
		}
	}
	return p.show(eventRepliesView(ep))
}

// Called is what the event is called.
func (p eventRepliesPage) Called() (string, sala.Lang) {
	return p.Event.Title.In(p.lang, p.set.Default)
}

// Alike reports whether another reply bears the same name: the same person may
// have replied twice.
func (p eventRepliesPage) Alike(r event.Reply) bool {
	return slices.ContainsFunc(p.Replies, func(o event.Reply) bool { return o.ID != r.ID && strings.EqualFold(o.Name, r.Name) })
}

// byNumber are the things of a tally, the most frequent first.
func byNumber[K ~string](t map[K]int) []K {
	var keys []K
	for k := range t {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b K) int {
		if t[a] != t[b] {
			return t[b] - t[a]
		}
		return strings.Compare(string(a), string(b))
	})
	return keys
}

// setReplies serves POST /studio/events/{id}/replies: the rules.
func (s *Studio) setReplies(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	ep := eventRepliesPage{Invited: v.PostFormValue("who") == "invited", Until: v.PostFormValue("until"), Hour: v.PostFormValue("hour"), Places: v.PostFormValue("places")}
	do := v.PostFormValue("do")
	if do != "open" && do != "close" {
		return nil, errBadForm
	}
	r := event.ReplyRules{Open: do == "open", Invited: ep.Invited}
	var bad sala.Invalid
	var err error
	if r.Until, err = sala.ParseDay(strings.TrimSpace(ep.Until)); err != nil {
		bad = append(bad, sala.FieldError{Field: "until", Key: "studio.event.reply_until_missing", Text: err.Error()})
	}
	if r.Hour, err = event.ParseClock(ep.Hour); err != nil {
		bad = append(bad, sala.FieldError{Field: "hour", Key: "studio.event.time_bad", Text: err.Error()})
	}
	if places := strings.TrimSpace(ep.Places); places != "" {
		if r.Places, err = strconv.Atoi(places); err != nil || r.Places == 0 {
			bad = append(bad, sala.FieldError{Field: "places", Key: "studio.event.reply_places_bad", Text: "want a number, or nothing"})
		}
	}
	if bad != nil {
		return s.showEventReplies(v, ep, bad)
	}
	if err := s.Events.SetReplyRules(v.ctx(), v.By(), id, r); err != nil {
		return s.showEventReplies(v, ep, err)
	}
	if r.Open {
		return v.done(eventRepliesAt(id), "studio.event.replies_opened")
	}
	return v.done(eventRepliesAt(id), "studio.event.replies_closed")
}

// setReplyLink serves POST /studio/events/{id}/replies/link. A link that is
// made is shown in answer, this once: only its hash is kept.
func (s *Studio) setReplyLink(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	if v.PostFormValue("do") == "revoke" {
		if err := s.Events.RevokeReplyLink(v.ctx(), v.By(), id); err != nil {
			return nil, err
		}
		return v.done(eventRepliesAt(id), "studio.tr_link_gone")
	}
	e, err := s.Events.DeskEvent(v.ctx(), v.By(), id)
	if err != nil {
		return nil, err
	}
	token, err := s.Events.MakeReplyLink(v.ctx(), v.By(), id)
	if err != nil {
		return nil, err
	}
	return s.showEventReplies(v, eventRepliesPage{Link: s.base(v.Request) + "/" + string(v.set.Default) + "/events/" + e.Slug + "/invited/" + token}, nil)
}

// deleteReply serves POST /studio/events/{id}/replies/{reply}/delete.
func (s *Studio) deleteReply(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	if err := s.Events.DeleteReply(v.ctx(), v.By(), id, sala.ID(v.PathValue("reply"))); err != nil {
		return nil, err
	}
	return v.done(eventRepliesAt(id), "studio.event.reply_deleted")
}

// repliesCSV serves GET /studio/events/{id}/replies.csv, for the organisers.
func (s *Studio) repliesCSV(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	e, err := s.Events.DeskEvent(v.ctx(), v.By(), id)
	if err != nil {
		return nil, err
	}
	list, err := s.Events.Replies(v.ctx(), v.By(), id)
	if err != nil {
		return nil, err
	}
	p := &page{visit: v}
	rows := [][]string{{}}
	for _, field := range []string{"answer", "name", "organisation", "office", "country", "contact", "lang", "needs", "word"} {
		rows[0] = append(rows[0], p.T("studio.event.reply_col_"+field))
	}
	rows[0] = append(rows[0], p.T("studio.event.reply_waits"), p.T("studio.event.reply_at"))
	for _, r := range list {
		row := []string{p.T("studio.event.reply_says_" + string(r.Answer)), r.Name, r.Organisation, r.Office, "", r.Contact, "", r.Needs, r.Word, "", p.Moment(r.At)}
		if r.Country != "" {
			row[4] = i18n.Country(p.lang, r.Country)
		}
		if r.Lang != "" {
			row[6] = p.Named(r.Lang)
		}
		if r.Waiting > 0 {
			row[9] = strconv.Itoa(r.Waiting)
		}
		rows = append(rows, row)
	}
	b, err := safeCSV(rows)
	if err != nil {
		return nil, err
	}
	return download("text/csv; charset=utf-8", "replies-"+e.Slug+".csv", b), nil
}
