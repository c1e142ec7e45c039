package extract_test

import (
	"strings"
	"testing"

	"sala"
	"sala/importer/extract"
)

// headed reads a text of which the paragraphs that begin with "# " are headings.
func headed(title, published, text string) extract.Facts {
	t := extract.Text{Title: title, Lang: "en"}
	t.Published, _ = sala.ParseDay(published)
	for i, p := range strings.Split(text, "\n") {
		head := strings.TrimPrefix(p, "# ")
		t.Blocks = append(t.Blocks, extract.Block{ID: string(rune('a' + i)), Text: head, Heading: head != p})
	}
	return extract.Read(t, extract.Learned{})
}

// TestSecondEvents holds the ways in which a text goes on to another event: by
// another day and another place, by headings, in the same sentence.
func TestSecondEvents(t *testing.T) {
	const first = "MMN held a consultation on 3 December 2014 at the Juliana Hotel in Phnom Penh."
	const was = "2014-12-03, Juliana Hotel, Phnom Penh"
	for text, want := range map[string]string{
		first + "\nSix days later, on 9 December, MMN launched the report in Yangon, at the Rose Garden Hotel.":                                                                                                                                                                              was + "; 2014-12-09, Rose Garden Hotel, Yangon",
		first + "\nThe following evening the group screened “Low Tide” at the Alliance Française in Chiang Mai.":                                                                                                                                                                             was + "; 2014-12-04, Alliance Française, Chiang Mai",
		first + "\nThe following evening it was presented in Vientiane, at the Lao Plaza Hotel.":                                                                                                                                                                                             was + "; 2014-12-04, Lao Plaza Hotel, Vientiane",
		first + "\nA day later both groups met the Minister of Labour in Nay Pyi Taw.":                                                                                                                                                                                                       was + "; 2014-12-04, Nay Pyi Taw",
		first + "\nThree days later, in Battambang, LSCW brought the commune chiefs of four districts to one table.":                                                                                                                                                                         was + "; 2014-12-06, Battambang",
		first + " Two days afterwards the same findings were discussed at the Royal University of Phnom Penh, with 90 students.":                                                                                                                                                             was + "; 2014-12-05, Royal University of Phnom Penh, Phnom Penh",
		first + "\nOn Sunday, 7 December, MAP Foundation held a mobile legal clinic at Wat Bang Phli Yai in Samut Prakan.":                                                                                                                                                                   was + "; 2014-12-07, Wat Bang Phli Yai, Samut Prakan",
		first + "\nBefore going home, the group took part at a seminar on 5 December in Chulalongkorn University, Bangkok.":                                                                                                                                                                  was + "; 2014-12-05, Chulalongkorn University, Bangkok",
		first + "\nA second meeting was held a week later in Battambang.":                                                                                                                                                                                                                    was + "; 2014-12-10, Battambang",
		"MMN held a consultation on 3 December 2014 at the Juliana Hotel in Phnom Penh, and another one on 9 December in Siem Reap.":                                                                                                                                                         was + "; 2014-12-09, Siem Reap",
		"MMN launched the report in Bangkok on 11 December 2014 and, six days later, in Phnom Penh.":                                                                                                                                                                                         "2014-12-11, Bangkok; 2014-12-17, Phnom Penh",
		"The report was launched on 3 December 2014 at the Juliana Hotel in Phnom Penh and a week later at the Lotus Hotel in Bangkok.":                                                                                                                                                      was + "; 2014-12-10, Lotus Hotel, Bangkok",
		"The book was first launched on 3 December 2014 at the Juliana Hotel in Phnom Penh, then on 9 December at Thammasat University in Bangkok.":                                                                                                                                          was + "; 2014-12-09, Thammasat University, Bangkok",
		"On 3 December 2014 the play was performed at the Juliana Hotel in Phnom Penh; on 9 December it was performed again, at Thammasat University in Bangkok.":                                                                                                                            was + "; 2014-12-09, Thammasat University, Bangkok",
		"MMN held consultations in Phnom Penh (3 December 2014), Battambang (5 December 2014) and Siem Reap (9 December 2014).":                                                                                                                                                              "2014-12-03, Phnom Penh; 2014-12-05, Battambang; 2014-12-09, Siem Reap",
		"MMN held two trainings.\n# Mae Sot, 3–5 December 2014\nTwenty women took part.\n# Ranong, 9–11 December 2014\nThirty fishers took part.":                                                                                                                                            "2014-12-03/2014-12-05, Mae Sot; 2014-12-09/2014-12-11, Ranong",
		"MMN held two consultations.\n# Hanoi (3 December 2014)\nForty came.\n# 9 December 2014: Vientiane\nThirty came.":                                                                                                                                                                    "2014-12-03, Hanoi; 2014-12-09, Vientiane",
		"MMN held a conference in Bangkok on 3 and 4 December 2014.\n# 3 December 2014\nMs. Paw Htoo spoke.\n# 4 December 2014\nMr. Aung Win spoke.":                                                                                                                                         "2014-12-03/2014-12-04, Bangkok",
		"The ASEAN Peoples’ Forum 2014 took place in Bangkok from 3 to 5 December 2014.\nMMN contributed a workshop. “Sick and Uninsured” was held on 4 December.":                                                                                                                           "2014-12-03/2014-12-05, Bangkok; 2014-12-04, Bangkok",
		"Members marked Human Rights Day on both sides of the river: with a talk in Mae Sot and a petition in the capital.\nOn 3 December 2014, YCOWA held a public talk at the Irrawaddy Library in Mae Sot.\nTwo days later, 40 workers gathered in front of Government House in Bangkok.": "2014-12-03, Irrawaddy Library, Mae Sot; 2014-12-05, Government House, Bangkok",
		first + " The statement was submitted to the organisers of the Forum on 15 December.":                                                                                                                                                                                                was,
		first + " The report it discussed was published on 10 November 2014 in Bangkok.":                                                                                                                                                                                                     was,
		first + " On 10 November 2014 the government in Bangkok extended the permits by a year.":                                                                                                                                                                                             was,
		first + " On 20 November 2014, police in Mae Sot arrested 30 workers, and on 25 November a court in Tak fined them.":                                                                                                                                                                 was,
		first + " On 20 November, Ms. Thida told the meeting, she left Poipet with two children.":                                                                                                                                                                                            was,
		first + " On 28 November, a fire destroyed the dormitories of a factory in Mae Sot.":                                                                                                                                                                                                 was,
		first + " On 12 November, her employer in Bangkok kept her passport and locked the door.":                                                                                                                                                                                            was,
		first + " Two days later, the Ministry of Labour in Phnom Penh announced new rules.":                                                                                                                                                                                                 was,
	} {
		if got := daysAndPlaces(headed("News", "2014-12-20", text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestDaysOfTheLead holds leads that tell of their event by a weekday, or in
// the sentence before.
func TestDaysOfTheLead(t *testing.T) {
	for _, test := range []struct{ title, published, text, want string }{
		{"Press Conference", "2009-07-09", "BANGKOK – The plan cannot work, migrants’ organisations told reporters on Monday.\nMore than 30 journalists came to the press conference at the Foreign Correspondents’ Club of Thailand, which was called by MMN.", "2009-07-06; Foreign Correspondents’ Club of Thailand; BANGKOK; MMN organiser; More than 30 journalists"},
		{"A Film Evening", "2016-12-20", "By half past six last Sunday, the last chair in the garden of the Goethe-Institut in Yangon was taken. Nearly 200 people had come.\nThe evening was organised by FLC.", "~2016-12-18; Goethe-Institut; Yangon; FLC organiser; Nearly 200 people"},
		{"Labour Court Hears Workers", "2013-08-09", "The case of workers who were shut out of a cannery in Samut Sakhon came before the Central Labour Court in Bangkok yesterday.", "2013-08-08; Central Labour Court; Bangkok"},
		{"Meeting in Udon Thani", "2023-12-11", "Workers who came home after 7 October are in debt. On Friday, more than 120 returnees and relatives filled the auditorium of Udon Thani University in Udon Thani for a meeting.", "2023-12-08; Udon Thani University; Udon Thani; more than 120 returnees and relatives"},
		{"A New Door", "2007-03-14", "It has a green gate. On Friday, 9 March 2007, the House of Mercy was inaugurated in Vientiane.", "2007-03-09; Vientiane"},
		{"Verification", "2009-12-03", "The deadline was on everyone’s mind when lawyers and officials met in Bangkok on 24 and 25 November 2009 for the National Consultation.", "2009-11-24/2009-11-25; Bangkok"},
	} {
		got := strings.ReplaceAll(told(headed(test.title, test.published, test.text)), "~", "")
		if got != strings.ReplaceAll(test.want, "~", "") {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

// TestVenues holds the ways in which a place to meet at is named.
func TestVenues(t *testing.T) {
	for text, want := range map[string]string{
		"MMN held a forum on 3 December 2014 in the Orchid Room on the second floor of the Charoen Thani Hotel, Khon Kaen.":                                       "2014-12-03, Charoen Thani Hotel, Khon Kaen",
		"MMN and the Royal University of Phnom Penh jointly organised a forum at the University on 3 December 2014.":                                              "2014-12-03, Royal University of Phnom Penh, Phnom Penh",
		"MMN held a forum on 3 December 2014 at the Church Center for the United Nations, New York.":                                                              "2014-12-03, Church Center for the United Nations, New York",
		"MMN held a forum on 3 December 2014 on the campus of Chiang Mai University.":                                                                             "2014-12-03, Chiang Mai University, Chiang Mai",
		"On 3 December 2014, nearly 3,000 migrants gathered on the lawns of Victoria Park in Hong Kong.":                                                          "2014-12-03, Victoria Park, Hong Kong",
		"MMN held a forum in Pakse on 3 December 2014. The forum was held at the Champasak Grand Hotel.":                                                          "2014-12-03, Champasak Grand Hotel, Pakse",
		"MMN held a forum in Chiang Mai on 3 December 2014. The venue was the Lotus Hotel.":                                                                       "2014-12-03, Lotus Hotel, Chiang Mai",
		"MMN held a forum in Chiang Mai on 3 December 2014. Participants met at the Lotus Hotel.":                                                                 "2014-12-03, Lotus Hotel, Chiang Mai",
		"MMN held a march in Chiang Mai on 3 December 2014. The march ended in a rally at Tha Phae Gate.":                                                         "2014-12-03, Tha Phae Gate, Chiang Mai",
		"MMN launched its report on 3 December 2014 at the Uniserv Centre in Chiang Mai.\nMMN held its General Meeting on 4 and 5 December at the Empress Hotel.": "2014-12-03, Uniserv Centre, Chiang Mai; 2014-12-04/2014-12-05, Empress Hotel, Chiang Mai",
		"LPN held a talk in Bangkok on 13 December 2014. The place of the talk was Jingcheng Hotel.":                                                              "2014-12-13, Jingcheng Hotel, Bangkok",
		"LPN held a talk in Bangkok on 13 December 2014. Sixty people came. As venue we had chosen the Lotus Hotel.":                                              "2014-12-13, Lotus Hotel, Bangkok",
		"LPN held a talk in Bangkok on 13 December 2014. The Lotus Hotel was our venue.":                                                                          "2014-12-13, Lotus Hotel, Bangkok",
		"On 13 December 2014, Future Light Center (FLC) organised a workshop in Yangon. The venue was the Green Hill Hotel.":                                      "2014-12-13, Green Hill Hotel, Yangon",
		"On 13 December we went to Tokyo. In the Members’ Office Building of the House of Councillors, SMJ held its yearly negotiation.":                          "2014-12-13, Members’ Office Building of the House of Councillors, Tokyo",
		"MMN held a talk.\nDate: 13 December 2014\nVenue: Press Club of Thailand, Penthouse, Maneeya Center, Bangkok":                                             "2014-12-13, Press Club of Thailand, Bangkok",
		"People came to Kuala Lumpur for the conference, which took place at Wisma MCA from 3 to 5 December 2014.":                                                "2014-12-03/2014-12-05, Wisma MCA, Kuala Lumpur",
	} {
		if got := daysAndPlaces(headed("News", "2014-12-20", text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
