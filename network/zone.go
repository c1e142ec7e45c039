package network

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // the machine that serves may have none

	"sala"
)

// UTC is the time zone of a network that has chosen none.
const UTC = "UTC"

// Nearby are time zones that a form offers; any other may be typed.
var Nearby = []string{
	UTC, "Asia/Bangkok", "Asia/Phnom_Penh", "Asia/Vientiane", "Asia/Yangon", "Asia/Ho_Chi_Minh", "Asia/Kuala_Lumpur", "Asia/Singapore",
	"Asia/Manila", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Seoul", "Asia/Tokyo", "Asia/Kolkata", "Asia/Dhaka", "Europe/London",
}

// ErrNoSuchTime is of a day and an hour that no clock of the zone shows,
// because clocks go forward over it.
var ErrNoSuchTime = errors.New("clocks go forward over this time")

// ZoneName is the name of the network's time zone.
func (s Settings) ZoneName() string {
	if s.Zone == "" {
		return UTC
	}
	return s.Zone
}

// Location is the network's time zone. Schedules are typed and shown in it;
// what is stored is UTC.
func (s Settings) Location() *time.Location {
	if l, err := location(s.ZoneName()); err == nil {
		return l
	}
	return time.UTC // a name that a later version of the zones no longer has
}

func location(name string) (*time.Location, error) {
	// "Local" is this machine's, and a bare word such as "EST" is no place.
	if name != UTC && !strings.Contains(name, "/") {
		return nil, fmt.Errorf("%q is no time zone", name)
	}
	return time.LoadLocation(name)
}

// Moment reads a day ("2026-11-24") and a time ("09:00") of the network's
// clocks. Of a time that they show twice it is the first. One that they never
// show is [ErrNoSuchTime].
func (s Settings) Moment(day, hour string) (time.Time, error) {
	const form = "2006-01-02 15:04"
	typed := day + " " + hour
	wall, err := time.Parse(form, typed)
	if err != nil {
		return time.Time{}, err
	}
	in := s.Location()
	// Around that time the zone has the offset of the day before or of the day
	// after; the greater of them gives the earlier moment.
	var found time.Time
	for _, near := range []time.Time{wall.AddDate(0, 0, -1), wall.AddDate(0, 0, 1)} {
		_, offset := near.In(in).Zone()
		t := wall.Add(-time.Duration(offset) * time.Second)
		if t.In(in).Format(form) == wall.Format(form) && (found.IsZero() || t.Before(found)) {
			found = t
		}
	}
	if found.IsZero() {
		return found, fmt.Errorf("%s in %s: %w", typed, s.ZoneName(), ErrNoSuchTime)
	}
	return found.UTC(), nil
}

// SetZone sets the network's time zone, by its IANA name.
func (s *Store) SetZone(ctx context.Context, by sala.Actor, mark, zone string) error {
	return s.edit(ctx, by, mark, func(set Settings) any { return set.Zone }, func(set *Settings) error {
		if zone = strings.TrimSpace(zone); zone == UTC {
			zone = ""
		}
		if zone != "" {
			l, err := location(zone)
			if err != nil {
				return sala.Invalid{{Field: "zone", Key: "studio.settings_zone_bad", Text: err.Error()}}
			}
			zone = l.String()
		}
		set.Zone = zone
		return nil
	})
}
