package site

import (
	"strings"

	"sala"
	"sala/event"
	"sala/site/parts"
)

// structured fills the structured data of an event: schema.org's Event. What
// is not stated is left out, and so is everybody who is not shown in full.
func (v *eventPage) structured(seen seenEvents, lang sala.Lang) {
	p, e := v.page, v.Event
	data := map[string]any{
		"@context": "https://schema.org", "@type": schemaType(e.Type), "@id": p.Base + "/id/" + string(e.ID), "name": p.Title,
		"url": p.Base + eventPath(lang, e), "eventStatus": "https://schema.org/EventScheduled",
	}
	if len(v.About) > 0 {
		data["description"] = strings.Join(v.About, "\n")
	}
	if !e.Held.IsZero() {
		data["startDate"], data["endDate"] = moment(e.Held.From, e.Start, e.Zone), moment(e.Held.To, e.End, e.Zone)
	}
	if place := v.located(); place != nil {
		data["location"] = place
	}
	var langs []string
	for _, l := range e.Spoken {
		langs = append(langs, string(l))
	}
	if len(langs) > 0 {
		data["inLanguage"] = langs
	}
	for name, some := range map[string][]event.Part{"organizer": {event.Organiser, event.CoOrganiser, event.Host}, "funder": {event.Funder}, "sponsor": {event.Supporter}} {
		var all []map[string]any
		for _, part := range some {
			for _, party := range e.By(part) {
				if it, ok := seen.organisation(p, party.Organisation, party.Name); ok {
					all = append(all, p.schemaThing("Organization", it.Label, it.Href))
				}
			}
		}
		if len(all) > 0 {
			data[name] = all
		}
	}
	var performers []map[string]any
	told := map[string]bool{}
	for _, a := range seen.appearances(p, e.Appearances) {
		if a.Full && !told[a.Href] {
			told[a.Href] = true
			performers = append(performers, p.schemaThing("Person", a.Name, a.Href))
		}
	}
	if len(performers) > 0 {
		data["performer"] = performers
	}
	if v.Parent != nil {
		data["superEvent"] = p.schemaThing("Event", v.Parent.Label, v.Parent.Href)
	}
	var works []map[string]any
	for _, w := range v.Works {
		works = append(works, p.schemaThing("CreativeWork", w.Title, w.Href))
	}
	if len(works) > 0 {
		data["subjectOf"] = works
	}
	p.Data = parts.JSONLD(data)
}

// schemaType is the closest that schema.org has.
func schemaType(t event.Type) string {
	switch t {
	case event.Training, event.Workshop:
		return "EducationEvent"
	case event.Screening:
		return "ScreeningEvent"
	case event.Exhibition:
		return "ExhibitionEvent"
	}
	return "Event"
}

func (p *page) schemaThing(kind, name, href string) map[string]any {
	out := map[string]any{"@type": kind, "name": name}
	if href != "" {
		out["url"] = p.Base + href
	}
	return out
}

func (v *eventPage) located() map[string]any {
	p, e := v.page, v.Event
	address := map[string]any{"@type": "PostalAddress"}
	city, _ := e.City.In(p.Want, p.set.Default)
	if city != "" {
		address["addressLocality"] = city
	}
	if e.Country != "" {
		address["addressCountry"] = strings.ToUpper(e.Country)
	}
	venue, _ := e.Venue.In(p.Want, p.set.Default)
	switch {
	case venue == "" && len(address) == 1:
		return nil
	case venue == "":
		venue = v.Place
	}
	return map[string]any{"@type": "Place", "name": venue, "address": address}
}
