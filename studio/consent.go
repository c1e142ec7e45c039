package studio

import (
	"strings"

	"sala"
	"sala/internal/web"
)

// consentForm is what was typed of a consent.
type consentForm struct{ Person, Given, Scope, Until, Note string }

// sentConsent reads a consent from a form.
func (v *visit) sentConsent() (consentForm, sala.Consent, sala.Invalid) {
	typed := consentForm{v.PostFormValue("person"), v.PostFormValue("given"), v.PostFormValue("scope"), v.PostFormValue("until"), v.PostFormValue("note")}
	c := sala.Consent{Person: typed.Person, Scope: sala.Scope(typed.Scope), Note: typed.Note}
	var bad sala.Invalid
	for _, d := range []struct {
		field, typed string
		to           *sala.Day
	}{{"given", typed.Given, &c.Given}, {"until", typed.Until, &c.Until}} {
		day, err := sala.ParseDay(strings.TrimSpace(d.typed))
		if err != nil {
			bad = append(bad, sala.FieldError{Field: d.field, Key: "studio.day_bad", Text: err.Error()})
		}
		*d.to = day
	}
	return typed, c, bad
}

// addTestimony serves POST /studio/works/{id}/consents: the consent of one
// whose own story a work tells.
func (s *Studio) addTestimony(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	typed, c, bad := v.sentConsent()
	var err error = bad
	if bad == nil {
		_, err = s.Archive.RecordConsent(v.ctx(), v.By(), id, c)
	}
	if err != nil {
		return s.showStored(v, typed, err)
	}
	return v.done(workPath(id), "studio.media_consent_saved")
}

// withdrawTestimony serves POST /studio/works/{id}/consents/{consent}/withdraw.
func (s *Studio) withdrawTestimony(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	if v.PostFormValue("sure") == "" {
		return s.showStored(v, consentForm{}, sala.Invalid{{Field: "withdraw-" + v.PathValue("consent"), Key: "studio.media.withdraw_sure", Text: "tick that you are sure"}})
	}
	if err := s.Archive.WithdrawConsent(v.ctx(), v.By(), id, sala.ID(v.PathValue("consent")), v.PostFormValue("reason")); err != nil {
		return nil, err
	}
	return v.done(workPath(id), "studio.testimony_gone")
}
