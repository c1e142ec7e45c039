package studio

import (
	"slices"
	"strings"

	"sala"
	"sala/internal/web"
	"sala/tracker"
)

// repliesPage is what repliesView shows: what waits for a decision.
type repliesPage struct {
	*page
	Replies []waitingReply
	Reviews []tracker.Review
}

type waitingReply struct {
	tracker.Reply
	Asked string
	In    sala.Lang
	From  string
	// Sender is who sent it by the public form, nil of what an editor entered.
	Sender *tracker.Sender
}

// whyKey is what the field beside the decision asks for.
func (r waitingReply) whyKey() string {
	if r.Sender != nil && r.Sender.Confirmed.IsZero() {
		return "studio.tracker.reply_how"
	}
	return "studio.tracker.why_not"
}

// TranslateAt is where it is put into the language that whoever looks will want.
func (r waitingReply) TranslateAt(p *page) string {
	into := p.lang
	if !slices.Contains(p.set.Langs, into) || r.Words[into] != "" {
		into = p.set.Default
	}
	return recommendationTranslateAt(r.Recommendation) + string(into) + "#reply/" + string(r.ID) + "/words"
}

// replies serves GET /studio/replies.
func (s *Studio) replies(v *visit) (*web.Reply, error) { return s.showReplies(v, nil) }

func (s *Studio) showReplies(v *visit, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if clashed(wrong) {
		wrong = sala.Invalid{{Field: "why", Key: "studio.tracker.clash", Text: "somebody else has changed this meanwhile"}}
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.tracker.replies")
	rp := repliesPage{page: p}
	all, err := s.Tracker.AllReplies(v.ctx(), v.By(), "")
	if err != nil {
		return nil, err
	}
	var senders map[sala.ID]tracker.Sender
	if v.By().May(sala.Publish) {
		ids := make([]sala.ID, len(all))
		for i, r := range all {
			ids[i] = r.ID
		}
		if senders, err = s.Tracker.Senders(v.ctx(), v.By(), ids); err != nil {
			return nil, err
		}
	}
	for _, r := range all {
		rec, err := s.Tracker.Open(v.ctx(), v.By(), r.Recommendation)
		if err != nil {
			return nil, err
		}
		from, err := s.writtenParties(v, []tracker.Party{{Organisation: r.Organisation, Said: r.Said}})
		if err != nil {
			return nil, err
		}
		w := waitingReply{Reply: r, From: strings.Replace(from[0], " = ", " · ", 1)}
		w.Asked, w.In = rec.Name(v.lang, v.set.Default)
		if sender, ok := senders[r.ID]; ok {
			w.Sender = &sender
		}
		rp.Replies = append(rp.Replies, w)
	}
	if rp.Reviews, err = s.Tracker.Reviews(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	return p.show(repliesView(rp))
}

// moderate serves POST /studio/replies/{id}: shown, or not shown.
func (s *Studio) moderate(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	version, err := versionTyped(v)
	if err != nil {
		return nil, err
	}
	switch v.PostFormValue("do") {
	case "show", "hide":
		if err := s.Tracker.Moderate(v.ctx(), v.By(), id, version, v.PostFormValue("do") == "show", v.PostFormValue("why")); err != nil {
			return s.showReplies(v, err)
		}
	}
	return v.done("/studio/replies", "studio.saved")
}

// settleReview serves POST /studio/reviews/{id}.
func (s *Studio) settleReview(v *visit) (*web.Reply, error) {
	if err := s.Tracker.Settle(v.ctx(), v.By(), sala.ID(v.PathValue("id")), v.PostFormValue("do") == "done"); err != nil {
		return s.showReplies(v, err)
	}
	return v.done("/studio/replies", "studio.saved")
}
