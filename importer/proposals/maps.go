package proposals

import (
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/tracker"
)

// types are the words of texts and the types of events that they mean.
var types = map[string]event.Type{
	"workshop": event.Workshop, "conference": event.Conference, "seminar": event.Conference, "symposium": event.Conference, "summit": event.Conference, "congress": event.Conference,
	"assembly": event.Conference, "webinar": event.Meeting, "consultation": event.Consultation, "meeting": event.Meeting, "dialogue": event.Meeting, "roundtable": event.Meeting,
	"round-table": event.Meeting, "hearing": event.Meeting, "briefing": event.Meeting, "gathering": event.Meeting, "discussion": event.Meeting, "retreat": event.Meeting,
	"forum": event.Forum, "training": event.Training, "course": event.Training, "orientation": event.Training, "exchange": event.Exchange, "visit": event.Exchange,
	"press conference": event.PressConference, "screening": event.Screening, "exhibition": event.Exhibition, "launch": event.Launch,
	"celebration": event.Commemoration, "commemoration": event.Commemoration, "day": event.Commemoration,
}

func typeOf(word string) event.Type {
	if t, ok := types[strings.ToLower(word)]; ok {
		return t
	}
	return event.Other
}

func stageOf(k archive.Kind) event.Stage {
	switch k {
	case archive.Invitation:
		return event.Invitation
	case archive.Statement:
		return event.Statement
	case archive.PressRelease:
		return event.PressRelease
	case archive.Publication:
		return event.Proceedings
	}
	return event.Report
}

func sessionOf(sort string) event.SessionKind {
	k := event.SessionKind(strings.ReplaceAll(sort, " ", "_"))
	for _, known := range event.SessionKinds {
		if k == known {
			return k
		}
	}
	return event.OtherSession
}

func roleOf(did string) event.Role {
	switch did {
	case "moderator":
		return event.Moderator
	case "keynote":
		return event.KeynoteRole
	case "panellist":
		return event.Panellist
	case "opening remarks", "closing remarks":
		return event.Opener
	}
	return event.Speaker
}

// qualifiers are the words before a number and what they mean to an event.
var qualifiers = map[string]event.Qualifier{
	"": event.Exactly, "exactly": event.Exactly, "only": event.Exactly, "over": event.Over, "above": event.Over, "in excess of": event.Over, "upwards of": event.Over, "upwards": event.Over,
	"more than": event.MoreThan, "approximately": event.About, "approx.": event.About, "around": event.About, "about": event.About, "some": event.About, "roughly": event.About,
	"circa": event.About, "estimated": event.About, "an estimated": event.About, "nearly": event.Nearly, "almost": event.Nearly, "close to": event.Nearly,
	"at least": event.AtLeast, "no fewer than": event.AtLeast, "no less than": event.AtLeast, "not less than": event.AtLeast, "up to": event.UpTo, "as many as": event.UpTo,
}

// count makes a count as the event keeps it.
func count(p Proposal) (event.Count, error) {
	c := event.Count{ID: derived(p, "count")}
	var ok bool
	if c.Qualifier, ok = qualifiers[strings.ToLower(strings.TrimSpace(p.Value["qualifier"]))]; !ok {
		return c, invalid("qualifier", "studio.proposals_qualifier", "no number of an event is stated as “"+p.Value["qualifier"]+"”")
	}
	n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(p.Value["number"]), ",", ""))
	if err != nil || n < 0 {
		return c, invalid("number", "studio.proposals_number_bad", "this is no number")
	}
	c.Value = n
	what := strings.TrimSpace(p.Value["what"])
	last := strings.ToLower(what[strings.LastIndexByte(what, ' ')+1:])
	switch last {
	case "participants", "participant", "attendees", "delegates":
		c.Of = event.Participants
	case "representatives":
		c.Of = event.Representatives
	case "people", "persons":
		c.Of = event.People
	case "migrants":
		c.Of = event.Migrants
	case "workers":
		c.Of = event.Migrants
		if !strings.Contains(strings.ToLower(what), "migrant") {
			c.Of = event.SomethingElse
		}
	case "organisations", "organizations", "ngos", "csos":
		c.Of = event.Organisations
	case "countries":
		c.Of = event.Countries
	default:
		c.Of = event.SomethingElse
	}
	if c.Of == event.SomethingElse || !strings.EqualFold(what, last) {
		c.Words = sala.Text{p.Lang: what}
	}
	return c, nil
}

// figureQualifiers are the same for figures of the tracker.
var figureQualifiers = map[string]tracker.Qualifier{
	"": tracker.Exactly, "exactly": tracker.Exactly, "only": tracker.Exactly, "over": tracker.Over, "above": tracker.Over, "in excess of": tracker.Over, "more than": tracker.Over,
	"upwards": tracker.AtLeast, "upwards of": tracker.AtLeast, "at least": tracker.AtLeast, "no fewer than": tracker.AtLeast, "no less than": tracker.AtLeast, "not less than": tracker.AtLeast,
	"approximately": tracker.About, "approx.": tracker.About, "around": tracker.About, "about": tracker.About, "some": tracker.About, "roughly": tracker.About, "circa": tracker.About,
	"estimated": tracker.About, "an estimated": tracker.About, "nearly": tracker.About, "almost": tracker.About, "close to": tracker.About,
	"less than": tracker.Under, "fewer than": tracker.Under, "under": tracker.Under, "up to": tracker.AtMost, "as many as": tracker.AtMost,
}

// organisationKinds are the kinds of the gazetteer and those of the directory.
var organisationKinds = map[string]directory.OrganisationKind{
	"network": directory.Network, "ngo": directory.NGO, "union": directory.Union, "un": directory.Intergovernmental, "regional": directory.Intergovernmental,
	"employer": directory.Association, "academic": directory.University, "donor": directory.Foundation, "media": directory.Media, "government": directory.Department,
}

// organisationKind is what sort of body a name says it is, where the gazetteer
// does not know it.
func organisationKind(kind, name string) directory.OrganisationKind {
	low := strings.ToLower(name)
	for _, w := range []struct {
		word string
		kind directory.OrganisationKind
	}{
		{"ministry", directory.Ministry}, {"embassy", directory.Embassy}, {"consulate", directory.Embassy}, {"parliament", directory.Parliament}, {"court", directory.Court},
		{"university", directory.University}, {"department of", directory.Department},
	} {
		if strings.Contains(low, w.word) {
			return w.kind
		}
	}
	if k, ok := organisationKinds[kind]; ok {
		return k
	}
	for _, known := range directory.OrganisationKinds {
		if string(known) == kind {
			return known
		}
	}
	for _, w := range []struct {
		word string
		kind directory.OrganisationKind
	}{
		{"government", directory.Department}, {"union", directory.Union}, {"network", directory.Network}, {"institute", directory.University}, {"federation", directory.Association},
		{"agencies", directory.Association}, {"manpower", directory.Association}, {"foundation", directory.NGO},
	} {
		if strings.Contains(low, w.word) {
			return w.kind
		}
	}
	return directory.OtherOrganisation
}

// personKind is what somebody is to the record, by what they work for.
func personKind(worker bool, org directory.OrganisationKind) directory.PersonKind {
	switch {
	case worker:
		return directory.MigrantWorker
	case org == directory.Ministry, org == directory.Department, org == directory.Embassy, org == directory.Parliament, org == directory.Court:
		return directory.Official
	case org == directory.University:
		return directory.Academic
	case org == directory.Union:
		return directory.Unionist
	case org == directory.Media:
		return directory.Journalist
	case org == directory.NGO, org == directory.Network, org == directory.Community:
		return directory.Advocate
	case org == directory.Association, org == directory.Agency, org == directory.Employer:
		return directory.Business
	}
	return directory.OtherPerson
}
