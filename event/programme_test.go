package event_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala/event"
)

// TestReadProgramme reads programmes as people write them.
func TestReadProgramme(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []event.ProgrammeLine
	}{
		{"lines", `
Day 1: 3 November 2018
09:00–10:30 Plenary: “The Recruitment of Workers”
 - Ms. Khin Cho Win, Assistant Director of the Department of Labour, MOLIP
 Moderator: Mr Win Htun (MOEAF)
10.30 - 10.45 Coffee break
2:00 pm to 3:30 pm Open discussion
4 November 2018
09:00 Screening – Ghost Fleet
`, []event.ProgrammeLine{
			{Day: day("2018-11-03"), Start: "09:00", End: "10:30", Kind: event.Plenary, Title: "The Recruitment of Workers", People: []event.ProgrammePerson{
				{"Ms. Khin Cho Win", "Assistant Director of the Department of Labour", "MOLIP", event.Speaker}, {"Mr Win Htun", "", "MOEAF", event.Moderator},
			}},
			{Day: day("2018-11-03"), Start: "10:30", End: "10:45", Kind: event.Break, Title: "Coffee break"},
			{Day: day("2018-11-03"), Start: "14:00", End: "15:30", Kind: event.Discussion, Title: "Open discussion"},
			{Day: day("2018-11-04"), Start: "09:00", Kind: event.FilmShowing, Title: "Ghost Fleet"},
		}},
		{"one line", "09:00–10:30 Plenary: What is asked / A. Tern, Harbour Master, Ministry of Harbours / B. Gull, LPN", []event.ProgrammeLine{
			{Start: "09:00", End: "10:30", Kind: event.Plenary, Title: "What is asked", People: []event.ProgrammePerson{
				{"A. Tern", "Harbour Master", "Ministry of Harbours", event.Speaker}, {"B. Gull", "", "LPN", event.Speaker},
			}},
		}},
		{"a table", "09:00-10:30\tPanel 2: Work at sea\tSpeakers: A, Foundation for Sailors; B, Secretary of State\n10:30\t\tBreak", []event.ProgrammeLine{
			{Start: "09:00", End: "10:30", Kind: event.Panel, Title: "Work at sea", People: []event.ProgrammePerson{
				{"A", "", "Foundation for Sailors", event.Speaker}, {"B", "Secretary of State", "", event.Speaker},
			}},
			{Start: "10:30", Kind: event.Break, Title: "Break"},
		}},
		{"no times", "Opening remarks\nSession 1: Laws and fees", []event.ProgrammeLine{
			{Kind: event.Opening, Title: "Opening remarks"}, {Kind: event.OtherSession, Title: "Laws and fees"},
		}},
		{"Thai digits", "๐๙:๐๐–๑๐:๓๐ น. เปิดงาน", []event.ProgrammeLine{{Start: "09:00", End: "10:30", Title: "เปิดงาน"}}},
		{"no time at all", "25:99 nonsense", []event.ProgrammeLine{{Title: "25:99 nonsense"}}},
		{"nothing", " \n\t\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, event.ReadProgramme("en", test.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestReadProgrammeBounds takes hostile text in its stride.
func TestReadProgrammeBounds(t *testing.T) {
	if got := event.ReadProgramme("en", strings.Repeat("09:00 x\n", 10_000)); len(got) != 10_000 {
		t.Errorf("%d sessions, want each line", len(got))
	}
	hostile := strings.Repeat("(", 100_000) + strings.Repeat("1", 100_000) + "\xff\x00"
	if got := event.ReadProgramme("en", hostile); len(got) != 1 || got[0].Title != hostile {
		t.Errorf("%d lines, or another text", len(got))
	}
}
