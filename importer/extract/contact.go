package extract

import (
	"regexp"
	"strings"

	"sala"
)

// A Contact is somebody a text names for questions.
type Contact struct {
	Name  string
	Role  string
	Phone string
	Email string
	Langs []sala.Lang
}

var languages = map[string]sala.Lang{
	"English": "en", "Burmese": "my", "Thai": "th", "Khmer": "km", "Lao": "lo", "Laotian": "lo", "Vietnamese": "vi", "Chinese": "zh", "Mandarin": "zh",
	"Japanese": "ja", "Shan": "shn", "Mon": "mnw", "Karen": "ksw", "Kachin": "kac", "Korean": "ko", "French": "fr", "Malay": "ms",
	"Indonesian": "id", "Bahasa": "id", "Tagalog": "fil", "Nepali": "ne", "Bengali": "bn", "Hindi": "hi", "Cantonese": "yue", "Portuguese": "pt",
}

// Languages returns the languages that a text names, once each, in the order
// in which they stand.
func Languages(text string) []sala.Lang {
	var found []sala.Lang
	for _, word := range languageWord.FindAllString(text, -1) {
		l := languages[word]
		seen := false
		for _, had := range found {
			seen = seen || had == l
		}
		if !seen {
			found = append(found, l)
		}
	}
	return found
}

var (
	courtesy    = regexp.MustCompile(`^(?:Ms|Mr|Mrs|Miss|Dr|Prof|Professor|Daw|U|Khun|Ko|Ma)\.?\s+\p{Lu}`)
	spoken      = regexp.MustCompile(`\(([^)]*(?:` + languageForm + `)[^)]*)\)\s*\.?$`)
	email       = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`)
	phone       = regexp.MustCompile(`(?:\+|\(0\d|0\d|\d{2,3}[ -])[0-9() -]{6,}\d`)
	spokenMid   = regexp.MustCompile(`\(([^)]*(?:` + languageForm + `)[^)]*)\)`)
	lostAddress = regexp.MustCompile(`\bat\s*(?:\(|or\b|$)`)
	tail        = regexp.MustCompile(`(?:,\s*)?\b(?:at|on|by|tel|phone|email|e-mail)\b.*$`)
)

// ContactOf reads one line that names a person to ask: name, role, and how to
// reach them, with the languages they speak in brackets. ok is false if the
// line does not look like one.
func ContactOf(line string) (c Contact, ok bool) {
	line = strings.TrimSpace(line)
	if !courtesy.MatchString(line) || len(line) > 300 {
		return c, false
	}
	langs := spoken.FindStringSubmatch(line)
	c.Email = email.FindString(line)
	c.Phone = strings.TrimSpace(phone.FindString(line))
	if langs == nil && c.Email == "" && c.Phone == "" {
		return c, false
	}
	if langs != nil {
		c.Langs = Languages(langs[1])
		line = strings.TrimSpace(line[:len(line)-len(langs[0])])
	}
	name, rest, _ := strings.Cut(line, ",")
	if at := tail.FindStringIndex(name); at != nil {
		name = name[:at[0]]
	}
	c.Name = strings.TrimSpace(name)
	rest = tail.ReplaceAllString(email.ReplaceAllString(rest, ""), "")
	c.Role = strings.Trim(strings.TrimSpace(rest), ", ")
	return c, c.Name != ""
}
