package account

import "strings"

// Device says in a few words which browser on which machine a User-Agent
// header names: "Firefox on Android". It is what somebody needs to know their
// own sessions apart, and no more: the header itself is not kept.
func Device(agent string) string {
	browser, machine := "a browser", ""
	for _, b := range [][2]string{ // the first that is in it: most pretend to be others too
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"},
		{"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"},
	} {
		if strings.Contains(agent, b[0]) {
			browser = b[1]
			break
		}
	}
	for _, m := range [][2]string{
		{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "Mac"}, {"CrOS", "Chromebook"}, {"Linux", "Linux"},
	} {
		if strings.Contains(agent, m[0]) {
			machine = m[1]
			break
		}
	}
	if machine == "" {
		return browser
	}
	return browser + " on " + machine
}
