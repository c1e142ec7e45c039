package studio

import (
	"errors"
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/web"
	"sala/network"
)

// moves are what somebody may do next with an edition, for the buttons. The
// store decides.
type moves struct {
	Submit, SendBack, Approve, Schedule, Unschedule, Publish, Withdraw bool
}

// Any reports whether there is anything to do.
func (m moves) Any() bool { return m != moves{} }

func movesOf(by sala.Actor, e archive.Edition, two bool) moves {
	pending := e.Revision > 0 && (!e.Public || e.Live != e.Revision)
	edits := by.May(sala.Publish)
	reviewed := e.Is(archive.IsApproved) || e.Is(archive.IsScheduled)
	return moves{
		Submit:     pending && !reviewed && !e.Is(archive.IsInReview),
		SendBack:   edits && (e.Is(archive.IsInReview) || e.Is(archive.IsApproved)),
		Approve:    edits && e.Is(archive.IsInReview),
		Schedule:   edits && pending && (!two || reviewed),
		Unschedule: edits && !e.Due.IsZero(),
		Publish:    edits && pending && (!two || e.Is(archive.IsApproved)),
		Withdraw:   edits && e.Public,
	}
}

// takeStep serves POST /studio/works/{id}/{lang}/step.
func (s *Studio) takeStep(v *visit) (*web.Reply, error) {
	w, e, err := v.onDesk()
	if err != nil {
		return nil, err
	}
	do, reason := v.PostFormValue("do"), strings.TrimSpace(v.PostFormValue("reason"))
	read, err := strconv.Atoi(v.PostFormValue("revision"))
	if err != nil {
		return nil, errBadForm
	}
	ctx, by := v.ctx(), v.By()
	// What goes out or on must be the text that the page showed.
	if read != e.Revision && do != "withdraw" && do != "unschedule" {
		return nil, sala.ErrConflict
	}
	switch do {
	case "submit":
		err = s.Archive.Submit(ctx, by, e.ID, reason)
	case "send_back":
		err = s.Archive.SendBack(ctx, by, e.ID, reason)
	case "approve":
		err = s.Archive.Approve(ctx, by, e.ID, read, reason)
	case "schedule":
		due, bad := v.set.Moment(v.PostFormValue("day"), v.PostFormValue("hour"))
		switch {
		case errors.Is(bad, network.ErrNoSuchTime):
			err = sala.Invalid{{Field: "due", Key: "studio.work_due_gap", Text: bad.Error()}}
		case bad != nil:
			err = sala.Invalid{{Field: "day", Key: "studio.work_due_bad", Text: "the day is written 2026-11-24 and the time 09:00"}}
		default:
			err = s.Archive.Schedule(ctx, by, e.ID, due)
		}
	case "unschedule":
		err = s.Archive.Unschedule(ctx, by, e.ID, reason)
	case "publish":
		err = s.Archive.Publish(ctx, by, e.ID)
	case "withdraw":
		err = s.Archive.Withdraw(ctx, by, e.ID, reason)
	default:
		return nil, errBadForm
	}
	if err != nil {
		return s.showRefused(v, w, e, reason, err)
	}
	return v.done(editionPath(w.ID, e.Lang), "studio.step_"+do+"_done")
}

// showRefused shows the edition with what a step lacks, and what was typed
// with it.
func (s *Studio) showRefused(v *visit, w archive.Work, e archive.Edition, reason string, wrong error) (*web.Reply, error) {
	newest, err := s.Archive.NewestRevision(v.ctx(), v.By(), e.ID)
	if err != nil {
		return nil, err
	}
	wp := writePage{
		desk: desk{Work: w, Edition: e}, Newest: newest, Base: base{After: newest.Number}, Reason: reason,
		Text: archive.Text{Title: newest.Title, Summary: newest.Summary, Body: newest.Body},
		Day:  v.PostFormValue("day"), Hour: v.PostFormValue("hour"),
	}
	if d, err := s.Archive.Draft(v.ctx(), v.By(), e.ID); err == nil {
		wp.Text, wp.Base, wp.Own = d.Text, base{d.After, d.Saved}, true
	}
	return s.showWrite(v, wp, wrong)
}

// rulesPage is what rulesView shows.
type rulesPage struct {
	*page
	Two map[archive.Kind]bool
}

// rules serves GET /studio/rules.
func (s *Studio) rules(v *visit) (*web.Reply, error) {
	two, err := s.Archive.TwoPersons(v.ctx())
	if err != nil {
		return nil, err
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.rules")
	return p.show(rulesView(rulesPage{p, two}))
}

// setRules serves POST /studio/rules.
func (s *Studio) setRules(v *visit) (*web.Reply, error) {
	two, err := s.Archive.TwoPersons(v.ctx())
	if err != nil {
		return nil, err
	}
	for _, k := range archive.Kinds {
		if on := v.PostFormValue("two-"+string(k)) != ""; on != two[k] {
			if err := s.Archive.NeedTwoPersons(v.ctx(), v.By(), k, on); err != nil {
				return nil, err
			}
		}
	}
	return v.done("/studio/rules", "studio.rules_saved")
}
