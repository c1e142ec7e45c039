package event

import (
	"regexp"
	"strings"

	"sala"
	"sala/internal/i18n"
)

// A ProgrammeLine is a session as a pasted programme tells of it: a proposal,
// for somebody to confirm.
type ProgrammeLine struct {
	Day        sala.Day
	Start, End Clock
	Kind       SessionKind // "" if no word says it
	Title      string
	People     []ProgrammePerson
}

// A ProgrammePerson is somebody in it, as written: "Ms A, Director, B".
type ProgrammePerson struct {
	Name, Position, Affiliation string
	Role                        Role
}

var (
	timeRange = regexp.MustCompile(`^(\p{Nd}{1,2}[:.h]\p{Nd}{2}(?: ?[ap]\.?m\.?)?)(?:\s*(?:[-–—~]|to|ถึง)\s*(\p{Nd}{1,2}[:.h]\p{Nd}{2}(?: ?[ap]\.?m\.?)?))?(?: ?(?:hrs|น\.))?[\s:|,–—-]*`)
	dayLabel  = regexp.MustCompile(`(?i)^day\s+(?:\d+|one|two|three|four|five)\b[\s:,–—-]*`)
	bullet    = regexp.MustCompile(`^(?:[-–—•*·▪o]\s+|\d{1,2}[.)]\s+)`)
	brackets  = regexp.MustCompile(`^(.*\S)\s*\(([^()]+)\)$`)
	roleLabel = regexp.MustCompile(`(?i)^(speakers?|presenters?|panell?ists?|moderators?|moderated by|chairs?|chaired by|facilitators?|facilitated by|keynote(?: speaker)?|discussants?|rapporteurs?|interpreters?|opening remarks(?: by)?|welcome(?: remarks)?(?: by)?|closing remarks(?: by)?)\s*[:–—-]\s*`)
	kindLabel = regexp.MustCompile(`(?i)^(?:(first|second|third|fourth|fifth|last|final)\s+)?(plenary|panel|keynote|opening|welcome|closing|presentation|discussion|open discussion|group (?:work|discussion)|screening|film|field visit|registration|(?:coffee|tea|lunch)(?: break)?|lunch|break|session)\b(?:\s+(?:session|remarks|address|discussion|ceremony))?(?:\s*\d{1,2})?\s*(?:[:–—-]\s*|$)`)
	body      = regexp.MustCompile(`(?i)\b(ministry|department|university|institute|foundation|network|organi[sz]ation|association|federation|union|committee|commission|council|centre|center|embassy|office|group|agency|international|ngo|media|school|college)\b`)
)

// office begins the words for what somebody is.
var office = regexp.MustCompile(`(?i)^(deputy|assistant|associate|vice|permanent|executive|secretary|director|chair|head|officer|coordinator|manager|professor|president|attach)`)

// kindWords are the kinds by the words that a programme calls them.
var kindWords = map[string]SessionKind{
	"plenary": Plenary, "panel": Panel, "keynote": Keynote, "opening": Opening, "welcome": Opening, "closing": Closing, "presentation": Presentation,
	"discussion": Discussion, "open discussion": Discussion, "group work": GroupWork, "group discussion": GroupWork, "screening": FilmShowing, "film": FilmShowing,
	"field visit": FieldVisit, "registration": Break, "lunch": Break, "break": Break, "coffee": Break, "tea": Break, "session": OtherSession,
}

// roleWords are the roles by the beginning of the words for them.
var roleWords = []struct {
	begins string
	role   Role
}{
	{"speaker", Speaker}, {"presenter", Speaker}, {"panel", Panellist}, {"moderat", Moderator}, {"chair", Moderator}, {"facilitat", Moderator}, {"keynote", KeynoteRole},
	{"discussant", Discussant}, {"rapporteur", Rapporteur}, {"interpreter", Interpreter}, {"opening", Opener}, {"welcome", Opener}, {"closing", Opener},
}

// ReadProgramme reads a programme as people paste it: a line that begins with
// a time or with a word such as "Plenary:" is a session, a date is the day of
// what follows, and other lines are the people of the session above, "name,
// position, organisation". Cells of a table count as lines. lang is the
// language that dates are written in. What is not understood stays as a title
// or a name, where it is seen.
func ReadProgramme(lang sala.Lang, text string) []ProgrammeLine {
	var lines []ProgrammeLine
	var day sala.Day
	for _, raw := range strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n") {
		for _, line := range cells(raw) {
			line = strings.TrimSpace(bullet.ReplaceAllString(strings.TrimSpace(line), ""))
			if line == "" {
				continue
			}
			if d, ok := dateLine(lang, line); ok {
				day = d
				continue
			}
			if s, ok := sessionLine(line); ok {
				if n := len(lines); n > 0 && s.Start == "" && lines[n-1].bare() {
					lines[n-1].Kind, lines[n-1].Title = s.Kind, s.Title
					continue
				}
				s.Day = day
				lines = append(lines, s)
				continue
			}
			if len(lines) == 0 {
				lines = append(lines, ProgrammeLine{Day: day, Title: line})
				continue
			}
			last := &lines[len(lines)-1]
			if last.bare() {
				last.Kind, last.Title = kindOf(line)
				continue
			}
			last.People = append(last.People, peopleOf(line)...)
		}
	}
	return lines
}

// bare reports whether only a time is known: the title is in the next cell.
func (l ProgrammeLine) bare() bool { return l.Title == "" && l.Kind == "" }

// cells are the cells of a row of a table, or the line.
func cells(line string) []string {
	if strings.Contains(line, "\t") {
		return strings.Split(line, "\t")
	}
	if timeRange.MatchString(strings.TrimSpace(line)) && strings.Contains(line, " / ") {
		return strings.Split(line, " / ")
	}
	return []string{line}
}

func dateLine(lang sala.Lang, line string) (sala.Day, bool) {
	rest := strings.Trim(dayLabel.ReplaceAllString(line, ""), " ()")
	if _, after, ok := strings.Cut(rest, "day, "); ok { // "Saturday, 3 November 2018"
		rest = after
	}
	d, err := i18n.ParseDate(lang, rest)
	return d, err == nil && d.Day > 0
}

func sessionLine(line string) (ProgrammeLine, bool) {
	if m := timeRange.FindStringSubmatch(line); m != nil {
		start, err := ParseClock(m[1])
		end, badEnd := ParseClock(m[2])
		if err == nil && badEnd == nil {
			s := ProgrammeLine{Start: start, End: end}
			s.Kind, s.Title = kindOf(line[len(m[0]):])
			return s, true
		}
	}
	if roleLabel.MatchString(line) {
		return ProgrammeLine{}, false
	}
	if kindLabel.MatchString(line) {
		s := ProgrammeLine{}
		s.Kind, s.Title = kindOf(line)
		return s, true
	}
	return ProgrammeLine{}, false
}

// kindOf parts the kind from the title: "Plenary: Policies" is a plenary
// called "Policies".
func kindOf(line string) (SessionKind, string) {
	line = strings.TrimSpace(line)
	m := kindLabel.FindStringSubmatch(line)
	if m == nil {
		return "", unquoted(line)
	}
	word := strings.ToLower(strings.Join(strings.Fields(m[2]), " "))
	kind, ok := kindWords[word]
	if !ok { // "coffee break"
		kind = Break
	}
	title := unquoted(line[len(m[0]):])
	if title == "" {
		title = line
	}
	return kind, title
}

func unquoted(s string) string {
	s = strings.TrimSpace(s)
	for _, pair := range [][2]string{{"“", "”"}, {`"`, `"`}, {"‘", "’"}, {"«", "»"}, {"「", "」"}} {
		if rest, ok := strings.CutPrefix(s, pair[0]); ok {
			if inner, ok := strings.CutSuffix(rest, pair[1]); ok && !strings.Contains(inner, pair[1]) {
				return strings.TrimSpace(inner)
			}
		}
	}
	return s
}

// peopleOf reads the people of a line; several are parted by semicolons.
func peopleOf(line string) []ProgrammePerson {
	role := Speaker
	if m := roleLabel.FindStringSubmatch(line); m != nil {
		for _, w := range roleWords {
			if strings.HasPrefix(strings.ToLower(m[1]), w.begins) {
				role = w.role
			}
		}
		line = line[len(m[0]):]
	}
	var people []ProgrammePerson
	for part := range strings.SplitSeq(line, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		person := personOf(part)
		person.Role = role
		people = append(people, person)
	}
	return people
}

// personOf parts "Ms A, Director, B" and "Ms A (B)". Of two parts the second
// is an organisation if it looks like one, else a position.
func personOf(s string) ProgrammePerson {
	if m := brackets.FindStringSubmatch(s); m != nil {
		p := personOf(m[1])
		if p.Affiliation == "" {
			p.Affiliation = strings.TrimSpace(m[2])
			return p
		}
	}
	parts := strings.Split(s, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	p := ProgrammePerson{Name: parts[0]}
	switch n := len(parts); {
	case n == 2 && isBody(parts[1]):
		p.Affiliation = parts[1]
	case n == 2:
		p.Position = parts[1]
	case n > 2:
		p.Position, p.Affiliation = strings.Join(parts[1:n-1], ", "), parts[n-1]
	}
	return p
}

// isBody reports whether words are more likely an organisation than an
// office: an abbreviation, or a word for a body behind no word for an office.
func isBody(s string) bool {
	capitals := 0
	for _, r := range s {
		if r >= 'A' && r <= 'Z' {
			capitals++
		}
	}
	if len(s) <= 12 && capitals >= 2 && capitals*2 >= len(s) {
		return true
	}
	return body.MatchString(s) && !office.MatchString(s)
}
