package event

import (
	"strings"
	"time"
	_ "time/tzdata" // the machine that serves may have none
)

// zones are the time zones of countries that have only one.
var zones = map[string]string{
	"bd": "Asia/Dhaka", "bn": "Asia/Brunei", "cn": "Asia/Shanghai", "hk": "Asia/Hong_Kong", "in": "Asia/Kolkata", "jp": "Asia/Tokyo",
	"kh": "Asia/Phnom_Penh", "kr": "Asia/Seoul", "la": "Asia/Vientiane", "lk": "Asia/Colombo", "mm": "Asia/Yangon", "mo": "Asia/Macau",
	"my": "Asia/Kuala_Lumpur", "np": "Asia/Kathmandu", "ph": "Asia/Manila", "pk": "Asia/Karachi", "sg": "Asia/Singapore",
	"th": "Asia/Bangkok", "tl": "Asia/Dili", "tw": "Asia/Taipei", "vn": "Asia/Ho_Chi_Minh", "ch": "Europe/Zurich", "be": "Europe/Brussels",
	"gb": "Europe/London",
}

// ZoneOf is the time zone of a country that has only one, "" of others and of
// those not known here.
func ZoneOf(country string) string { return zones[country] }

// Location returns the time zone of that IANA name.
func Location(zone string) (*time.Location, bool) {
	// "Local" is this machine's, and a bare word such as "EST" is no place.
	if zone != "UTC" && !strings.Contains(zone, "/") {
		return nil, false
	}
	l, err := time.LoadLocation(zone)
	return l, err == nil
}
