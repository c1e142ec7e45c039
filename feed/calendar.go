package feed

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"sala"
)

// A Calendar is a list of events as calendar programs take it (RFC 5545).
type Calendar struct {
	Name      string
	Lang      sala.Lang
	Home      string // the page that this is the calendar of
	Occasions []Occasion
}

// An Occasion is one event. Its days are exact; a calendar has no place for
// "some time in November".
type Occasion struct {
	UID        string
	Sequence   int // grows with each change
	Changed    time.Time
	Title      string
	Lang       sala.Lang
	About      string
	Place      string
	Link       string
	Categories []string

	First, Last sala.Day
	Start, End  string // "09:30" by the clocks of Zone; "" is not stated
	Zone        string // IANA name
}

// allDay reports whether an occasion stands in a calendar by its days alone:
// no time is stated, or it ends on a day and at an hour that nobody stated.
func (o Occasion) allDay() bool {
	return o.Start == "" || o.Zone == "" || o.End == "" && o.First != o.Last
}

const (
	icsDay    = "20060102"
	icsMoment = "20060102T150405"
)

// ICS writes the calendar. Lines end and are folded as RFC 5545 asks; each
// time zone that is named is described for the years in question.
func (c Calendar) ICS() ([]byte, error) {
	var z Zones
	for _, o := range c.Occasions {
		z.Add(o)
	}
	head, err := c.Begin(z)
	if err != nil {
		return nil, err
	}
	some, err := Some(c.Occasions)
	return slices.Concat(head, some, []byte(CalendarEnd)), err
}

// What stands around the parts of a calendar.
const (
	calendarBegin = "BEGIN:VCALENDAR\r\n"
	CalendarEnd   = "END:VCALENDAR\r\n"
)

// Begin writes what stands before the occasions of a calendar that is written
// part by part: then come those of [Some], and at last [CalendarEnd].
func (c Calendar) Begin(z Zones) ([]byte, error) {
	cal := ics.NewCalendar()
	cal.SetVersion("2.0")
	cal.SetProductId("-//Sala//Events//EN")
	cal.SetXWRCalName(plain(c.Name))
	cal.SetUrl(c.Home)
	cal.SetRefreshInterval("PT12H")
	cal.SetXPublishedTTL("PT12H")
	if err := z.describe(cal); err != nil {
		return nil, err
	}
	text, err := serialized(cal)
	return []byte(strings.TrimSuffix(text, CalendarEnd)), err
}

// Some writes some occasions of a calendar.
func Some(occasions []Occasion) ([]byte, error) {
	cal := &ics.Calendar{}
	for _, o := range occasions {
		if err := o.add(cal); err != nil {
			return nil, err
		}
	}
	text, err := serialized(cal)
	return []byte(strings.TrimSuffix(strings.TrimPrefix(text, calendarBegin), CalendarEnd)), err
}

func serialized(cal *ics.Calendar) (string, error) {
	var b strings.Builder
	if err := cal.SerializeTo(&b, ics.WithNewLineWindows); err != nil {
		return "", fmt.Errorf("write a calendar: %w", err)
	}
	return b.String(), nil
}

func (o Occasion) add(cal *ics.Calendar) error {
	e := cal.AddEvent(o.UID)
	e.SetDtStampTime(o.Changed)
	e.SetModifiedAt(o.Changed)
	e.SetSequence(o.Sequence)
	e.SetSummary(plain(o.Title), language(o.Lang))
	if o.About != "" {
		e.SetDescription(plain(o.About), language(o.Lang))
	}
	if o.Place != "" {
		e.SetLocation(plain(o.Place), language(o.Lang))
	}
	e.SetURL(o.Link)
	for _, category := range o.Categories {
		e.AddProperty(ics.ComponentPropertyCategories, plain(category))
	}
	e.SetStatus(ics.ObjectStatusConfirmed)
	e.SetTimeTransparency(ics.TransparencyTransparent) // nobody's hours are taken
	if o.allDay() {
		e.SetAllDayStartAt(o.First.Time())
		e.SetAllDayEndAt(o.Last.Time().AddDate(0, 0, 1)) // the first day after
		return nil
	}
	begin, err := wall(o.First, o.Start)
	if err != nil {
		return fmt.Errorf("event %s: %w", o.UID, err)
	}
	e.SetProperty(ics.ComponentPropertyDtStart, begin.Format(icsMoment), ics.WithTZID(o.Zone))
	if o.End == "" {
		return nil
	}
	end, err := wall(o.Last, o.End)
	if err != nil {
		return fmt.Errorf("event %s: %w", o.UID, err)
	}
	e.SetProperty(ics.ComponentPropertyDtEnd, end.Format(icsMoment), ics.WithTZID(o.Zone))
	return nil
}

// wall is a day and a time as the clock on the wall shows them.
func wall(d sala.Day, clock string) (time.Time, error) {
	return time.Parse(time.DateOnly+" 15:04", d.String()+" "+clock)
}

func language(l sala.Lang) ics.PropertyParameter {
	return &ics.KeyValues{Key: string(ics.ParameterLanguage), Value: []string{string(l)}}
}

// plain takes out of a text what a content line cannot hold.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// Zones are the time zones that occasions name, with the years in question.
type Zones struct {
	order   []string
	reaches map[string]reach
}

type reach struct{ first, last time.Time }

// Add adds the zone of an occasion, of which it needs the days and the hours.
func (z *Zones) Add(o Occasion) {
	if o.allDay() {
		return
	}
	first, last := o.First.Time().AddDate(0, 0, -1), o.Last.Time().AddDate(0, 0, 2)
	r, known := z.reaches[o.Zone]
	if !known {
		z.order = append(z.order, o.Zone)
		r = reach{first, last}
	}
	if first.Before(r.first) {
		r.first = first
	}
	if last.After(r.last) {
		r.last = last
	}
	if z.reaches == nil {
		z.reaches = map[string]reach{}
	}
	z.reaches[o.Zone] = r
}

// describe puts each zone into a calendar: the rule in force at the first of
// its occasions, and every change of the clocks until the last.
func (z Zones) describe(cal *ics.Calendar) error {
	for _, name := range z.order {
		zone, err := time.LoadLocation(name)
		if err != nil {
			return fmt.Errorf("time zone %q: %w", name, err)
		}
		tz := cal.AddTimezone(name)
		for t := z.reaches[name].first.In(zone); ; {
			begins, ends := t.ZoneBounds()
			tz.Components = append(tz.Components, observance(t, begins))
			if ends.IsZero() || ends.After(z.reaches[name].last) {
				break
			}
			t = ends
		}
	}
	return nil
}

// observance is the rule in force at t, since begins; zero if it always was.
func observance(t, begins time.Time) ics.Component {
	name, offset := t.Zone()
	before, onset := offset, time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	if !begins.IsZero() {
		_, before = begins.Add(-time.Second).Zone()
		onset = begins.UTC().Add(time.Duration(before) * time.Second) // as the old clock shows it
	}
	var base *ics.ComponentBase
	var out ics.Component
	if t.IsDST() {
		d := &ics.Daylight{}
		base, out = &d.ComponentBase, d
	} else {
		s := ics.NewStandard()
		base, out = &s.ComponentBase, s
	}
	base.SetProperty(ics.ComponentPropertyDtStart, onset.Format(icsMoment))
	base.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), utcOffset(before))
	base.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), utcOffset(offset))
	base.SetProperty(ics.ComponentProperty(ics.PropertyTzname), name)
	return out
}

// utcOffset writes an offset in seconds as +0630; seconds are written only
// where an old local time had them.
func utcOffset(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	out := fmt.Sprintf("%s%02d%02d", sign, seconds/3600, seconds/60%60)
	if rest := seconds % 60; rest > 0 {
		out += fmt.Sprintf("%02s", strconv.Itoa(rest))
	}
	return out
}
