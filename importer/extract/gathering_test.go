package extract_test

import (
	"strings"
	"testing"

	"sala/importer/extract"
)

// daysAndPlaces renders the day and the place of every event of a text.
func daysAndPlaces(f extract.Facts) string {
	var all []string
	for _, e := range f.Events {
		one := extract.Facts{Events: []extract.Event{e}}
		all = append(all, join(", ", strings.TrimPrefix(days(one), "~"), e.Venue.Words, e.City.Words))
	}
	return strings.Join(all, "; ")
}

// TestGatherings holds the ways in which posts tell of an event without a verb
// that means to hold one, of a second, and of a day that another day tells.
func TestGatherings(t *testing.T) {
	for _, test := range []struct{ published, text, want string }{
		{"2018-11-20", "The return visit followed from 18 to 20 July 2018. Nine officials travelled to Poipet, Cambodia.", "2018-07-18/2018-07-20, Poipet"},
		{"2018-11-20", "This question brought more than sixty people to the Sunway Hotel in Phnom Penh on 18 and 19 October 2018 for a policy dialogue.", "2018-10-18/2018-10-19, Sunway Hotel, Phnom Penh"},
		{"2013-05-07", "Last Friday, 3 May, the Chenla Theatre in Phnom Penh belonged to domestic workers. More than 300 people came to a public forum which was organised by MMN.", "2013-05-03, Chenla Theatre, Phnom Penh"},
		{"2019-03-19", "Yesterday was a good day for workers. At the Orchid Hotel in Yangon, MMN and FED jointly held a union meeting.", "2019-03-18, Orchid Hotel, Yangon"},
		{"2013-09-27", "More than 60 participants met in Phnom Penh on Wednesday and Thursday of this week.", "2013-09-25/2013-09-26, Phnom Penh"},
		{"2024-03-05", "The report was launched last Thursday, 29 February 2024, at an event hosted by FED at Payap University in Chiang Mai.", "2024-02-29, Payap University, Chiang Mai"},
		{"2023-12-04", "International Migrants Day falls on 18 December. To mark it early, join us on Saturday, 16 December 2023, from 4 p.m., at the Arts Centre in Chiang Mai, for a screening.", "2023-12-16, Arts Centre, Chiang Mai"},
		{"2022-09-30", "Our eighth regional conference is behind us. It brought 140 people to Siem Reap between 20 and 22 September 2022.", "2022-09-20/2022-09-22, Siem Reap"},
		{"2019-05-20", "Rain or no rain, the courtyard of the Kanbawza Monastery in Taunggyi was full on the morning of 12 May 2019.", "2019-05-12, Kanbawza Monastery, Taunggyi"},
		{"2018-07-01", "We met in Dawei this time. Over the weekend of 23 and 24 June 2018, 18 trainers from eight organisations went through the new curriculum.", "2018-06-23/2018-06-24, Dawei"},
		{"2019-05-20", "Officials sat down with unions on 14 and 15 May 2019, this time at the Novotel Yangon Max.", "2019-05-14/2019-05-15, Novotel Yangon Max, Yangon"},
		{"2018-12-14", "Between 10 and 12 December FED and MMN brought together 56 women from seven townships for a consultation in the Zwekabin Hotel, Hpa-An.", "2018-12-10/2018-12-12, Zwekabin Hotel, Hpa-An"},
		{"2021-11-26", "BANGKOK, 25 November 2021 — Employers and unions discussed wage theft at a hybrid dialogue here today.", "2021-11-25, BANGKOK"},
		{"2013-10-02", "On 28 September 2013 their answers were read out at a round table in Kuala Lumpur hosted by Tenaganita.", "2013-09-28, Kuala Lumpur"},
		{"2018-06-20", "A delegation of nine workers travelled to Japan from 2 to 9 June 2018.", "2018-06-02/2018-06-09"},
		{"2021-06-02", "Join us for a webinar on vaccination! Thursday, 10 June 2021, 14:00–15:30, via Zoom.", "2021-06-10, Zoom"},
		{"2010-04-30", "MMN cordially invites you to the launch of “Climate Change and Migration”, Tuesday 11 May 2010, 6 pm, Foreign Correspondents’ Club, Hong Kong.", "2010-05-11, Foreign Correspondents’ Club, Hong Kong"},
		{"2017-12-20", "MMN held a festival in Samut Sakhon on 17 December 2017. On the following day, a forum took place in Phnom Penh.", "2017-12-17, Samut Sakhon; 2017-12-18, Phnom Penh"},
		{"2015-11-06", "The forum took place on 26 and 27 October 2015 at the Royale Chulan Hotel in Kuala Lumpur. These points had been drawn up on the day before the Forum, 25 October, at a meeting which MMN organised in Penang.", "2015-10-26/2015-10-27, Royale Chulan Hotel, Kuala Lumpur; 2015-10-25, Penang"},
		{"2016-07-15", "The dialogue was held at the Don Chan Palace Hotel in Vientiane on 12 and 13 July 2016. The recommendations were made public on Thursday at a press briefing in the same hotel.", "2016-07-12/2016-07-13, Don Chan Palace Hotel, Vientiane; 2016-07-14, Don Chan Palace Hotel, Vientiane"},
		{"2016-08-25", "Some 200 people gathered in Phnom Penh on the evening of August 22, 2016. On the previous day a similar vigil had been held in Siem Reap.", "2016-08-22, Phnom Penh; 2016-08-21, Siem Reap"},
		{"2019-10-15", "“Seasons of Debt” was launched twice: on 2 October 2019 at Monument Books in Phnom Penh and on 9 October 2019 in Vientiane.", "2019-10-02, Monument Books, Phnom Penh; 2019-10-09, Vientiane"},
		{"2018-11-20", "On 12 November 2018 the ILO convened a consultation in Yangon. The next day civil society had its turn: 38 people from 19 organisations met in Bago to prepare their comments.", "2018-11-12, Yangon; 2018-11-13, Bago"},
		{"2017-09-10", "The training took place from 21 to 25 August 2017 in Yangon. Two weeks later, on 8 September 2017, the new trainers faced a village meeting in Thanlyin.", "2017-08-21/2017-08-25, Yangon; 2017-09-08, Thanlyin"},
		{"2019-04-12", "On Tuesday, 2 April 2019, members held a meeting in Geneva; on Thursday they hosted a side event in New York.", "2019-04-02, Geneva; 2019-04-04, New York"},
		{"2011-08-18", "MMN organised two exchange visits this year. The first visit, from 23 to 25 May 2011, led to Samut Sakhon. The return visit to Poipet followed from 18 to 20 July 2011.", "2011-05-23/2011-05-25, Samut Sakhon; 2011-07-18/2011-07-20, Poipet"},
	} {
		if got := daysAndPlaces(read("News", test.published, strings.Split(test.text, "\n")...)); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

// TestNoGathering holds what states a day and a place, or speaks of a meeting,
// and tells of no event.
func TestNoGathering(t *testing.T) {
	for _, test := range []struct{ title, published, text string }{
		{"Thailand extends permits", "2019-05-20", "The Cabinet decided on 7 May 2019 to extend the permits of migrant workers. Employers in Samut Sakhon welcomed the decision."},
		{"Workers return", "2020-04-01", "On 23 March 2020, some 600 workers crossed the bridge from Mae Sot to Myawaddy. The hearing in their case against the factory has been put off to 5 May 2020."},
		{"New director", "2018-02-01", "On 1 February 2018, Ms. Anna Olsson took office as director of the Solidarity Center in Phnom Penh."},
		{"Fact sheet", "2018-02-01", "The Convention was adopted at the International Labour Conference in Geneva on 16 June 2011."},
		{"Court rules on wages", "2016-05-20", "The Labour Court in Tak heard the case on 3 May 2016 and ruled on 17 May 2016. The next hearing is on 2 June 2016."},
		{"Obituary", "2017-03-01", "Daw Khin Win, who founded the women’s group in Mae Sot on 8 March 1999, died in Chiang Mai on 20 February 2017."},
		{"Statement on the arrest of union leaders", "2014-01-05", "We condemn the arrest of 23 workers during the rally in Phnom Penh on 3 January 2014."},
		{"Statement", "2013-11-20", "We welcome the meeting between the two ministers in Bangkok on 12 November 2013."},
		{"Research note", "2015-08-10", "Interviews were carried out in Ranong from 3 to 28 February 2015. The survey of 412 workers shows that one in three had no contract."},
		{"Office closed", "2018-04-05", "Our office in Chiang Mai will be closed from 12 to 16 April 2018. The training room can be booked again from 17 April."},
		{"History of the network", "2018-04-05", "The network was founded at a meeting in Bangkok on 12 October 2003."},
		{"Postponed", "2018-11-02", "The workshop planned for 12 November 2018 in Rayong has been postponed."},
		{"Law comes into force", "2018-07-05", "The Royal Ordinance came into force on 1 July 2018. A conference in March had called for its repeal."},
	} {
		if got := daysAndPlaces(read(test.title, test.published, test.text)); got != "" {
			t.Errorf("%q: got %q", test.text, got)
		}
	}
}

// TestWhoseEvent holds the ways in which sentences say who held an event, paid
// for it and was there, and how many.
func TestWhoseEvent(t *testing.T) {
	const lead = "MMN held a workshop on safe migration in Rayong on 12 November 2018.\n"
	for _, test := range []struct{ text, want string }{
		{lead + "Oxfam provided the funds.", "organiser: MMN; funder: Oxfam"},
		{lead + "The travel and the food was funded by Diakonia.", "organiser: MMN; funder: Diakonia"},
		{lead + "The workshop, which was financed by Diakonia, was held in Thai.", "organiser: MMN; funder: Diakonia"},
		{lead + "The workshop received funding of Diakonia.", "organiser: MMN; funder: Diakonia"},
		{lead + "It took place at the Star Hotel and was funded by the Solidarity Center.", "organiser: MMN; funder: Solidarity Center"},
		{lead + "Future Light Center (FLC) hosted this event, which was conducted in Burmese.", "organiser: MMN; host: FLC"},
		{lead + "There were 28 commune officers, 15 women and 13 men.", "organiser: MMN; count: 28 commune officers"},
		{lead + "Forty-two representatives of 24 member organisations were there.", "organiser: MMN; count: 42 representatives, 24 member organisations"},
		{lead + "About 40 guests came, and some 130 viewers followed online.", "organiser: MMN; count: about 40 guests, some 130 viewers"},
		{lead + "Nearly 200 people had come to see three films.", "organiser: MMN; count: nearly 200 people"},
		{lead + "Representatives of 21 member organisations from five countries attended.", "organiser: MMN; count: 21 member organisations, 5 countries"},
		{lead + "By her count some 61,000 people had registered so far, and every group had met others.", "organiser: MMN"},
		{lead + "He doubted that figures from three provinces speak for the whole country.", "organiser: MMN"},
		{lead + "It is a calendar on which one participant had been marking her overtime.", "organiser: MMN"},
		{lead + "In the past year, 300 workers joined the union and 12 members attended courses.", "organiser: MMN"},
		{lead + "Twenty-eight migrants have joined MAP Foundation as volunteers.", "organiser: MMN"},
		{"MMN and FED have the pleasure of inviting you to a webinar on 12 November 2018.", "organiser: MMN, FED"},
		{"On behalf of MAP Foundation, we invite you to a workshop on 12 November 2018 in Rayong.", "organiser: MAP"},
		{"A workshop was held in Rayong on 12 November 2018, organised by MMN with MAP Foundation and FED.", "organiser: MMN; co-organiser: MAP, FED"},
		{"MMN organised a forum with its members MAP Foundation and FED on 12 November 2018 in Rayong.", "organiser: MMN; co-organiser: MAP, FED"},
		{"MMN, its member FED and the ILO held a workshop in Rayong on 12 November 2018.", "organiser: MMN, FED, ILO"},
		{"It was the subject of a side event in Rayong on 12 November 2018. MMN organised it in partnership with FED.", "organiser: MMN; co-organiser: FED"},
		{"All will be discussed at the seminar “Five Months”, which MMN organises in partnership with FED. The seminar will be held on 12 November 2018 in Rayong.", "organiser: MMN; co-organiser: FED"},
		{"This is a report that MAP Foundation (MAP) launched on 12 November 2018 at the Star Hotel in Rayong.", "organiser: MAP"},
		{"To mark International Migrants Day, MMN held a workshop in Rayong on 12 November 2018.", "organiser: MMN"},
		{"On the initiative of FED, a hearing took place on 12 November 2018 in Rayong.", "organiser: FED"},
		{lead + "The costs were borne by DanChurchAid.", "organiser: MMN; funder: DanChurchAid"},
		{lead + "The workshop received a grant from the Embassy of Canada.", "organiser: MMN; funder: Embassy of Canada"},
		{lead + "The Solidarity Center supported the workshop.", "organiser: MMN; supporter: Solidarity Center"},
		{lead + "Funding came from Diakonia.", "organiser: MMN; funder: Diakonia"},
		{lead + "The EU paid for it.", "organiser: MMN; funder: EU"},
		{lead + "FED was the local host.", "organiser: MMN; host: FED"},
		{lead + "LPN acted as host.", "organiser: MMN; host: LPN"},
		{lead + "Co-organisers were Raks Thai and the ILO.", "organiser: MMN; co-organiser: Raks Thai, ILO"},
		{lead + "Thirty-two fishers, among them six women, and four boat owners attended.", "organiser: MMN; count: 32 fishers, 4 boat owners"},
		{lead + "Twenty-eight leaders, 15 women and 13 men, came from Ranong.", "organiser: MMN; count: 28 leaders"},
		{lead + "Twenty-six leaders (15 women and 11 men) from nine factories could come.", "organiser: MMN; count: 26 leaders, 9 factories"},
		{lead + "The Ministry of Labour and the ILO had also sent officials.", "organiser: MMN; represented: MOL, ILO"},
		{lead + "UNHCR, IOM and LPN were all represented.", "organiser: MMN; represented: UNHCR, IOM, LPN"},
		{lead + "Among those attending were officials of the Social Security Office and the ILO.", "organiser: MMN; represented: SSO, ILO"},
		{lead + "Represented were, besides others, VAMAS, IOM and UN Women.", "organiser: MMN; represented: VAMAS, IOM, UN Women"},
		{"With the support of the European Union, and hosted by Caritas Thailand, MMN and FED organised a workshop in Rayong on 12 November 2018.", "organiser: MMN, FED; host: Caritas Thailand; supporter: EU"},
		{"A workshop took place in Rayong on 12 November 2018. The organiser was the Labour Protection Network (LPN).", "organiser: LPN"},
		{"A workshop took place in Rayong on 12 November 2018. It was run jointly by IOM and MAP.", "organiser: IOM, MAP"},
		{"A workshop took place in Rayong on 12 November 2018. The workshop was the work of IOM and MAP.", "organiser: IOM, MAP"},
		{"MMN and FED do not give up. Together they organised a hearing in Rayong on 12 November 2018.", "organiser: MMN, FED"},
		{"A hearing which MMN had prepared with care took place in Rayong on 12 November 2018.", "organiser: MMN"},
		{"A hearing, which MMN organised, took place in Rayong on 12 November 2018. FED and LPN, which had called for the hearing, were content.", "organiser: MMN, FED, LPN"},
	} {
		events, _ := lines(read("Workshop", "", strings.Split(test.text, "\n")...))
		var some []string
		for _, e := range events {
			for _, kind := range []string{"organiser", "co-organiser", "host", "funder", "supporter", "represented", "count"} {
				if len(e[kind]) > 0 {
					some = append(some, kind+": "+strings.Join(e[kind], ", "))
				}
			}
		}
		if got := strings.Join(some, "; "); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

// TestAdoptions holds the ways in which a document is told to have taken over
// what was asked.
func TestAdoptions(t *testing.T) {
	for text, want := range map[string]string{
		"Recommendations 1 to 4 were adopted in the Quezon City Declaration by the Caucus.":                                                                                                               "1-4 | Quezon City Declaration",
		"The Migrant Working Group has adopted recommendations 1 to 3 in its Statement on Social Protection for All.":                                                                                     "1-3 | Statement on Social Protection for All",
		"All our recommendations were adopted as points 2 to 7 of the ACSC Statement.":                                                                                                                    "2-7 | ACSC Statement",
		"The Committee adopted four of the six in the Recommendations of the 8th AFML: our recommendations 1 to 3 now stand there as recommendations 7 to 9, and our fifth appears as recommendation 13.": "7-9 | Recommendations of the 8th AFML / 13-13 | Recommendations of the 8th AFML",
		"Recommendations 3 to 5 were adopted by the Drafting Committee in the Statement of the ACSC/APF 2015.":                                                                                            "3-5 | Statement of the ACSC/APF 2015",
		"The Statement of the Forum took up three of our recommendations, as recommendations 14 to 16.":                                                                                                   "14-16 | Statement of the Forum",
		"The Committee adopted all four recommendations: they are found in the Forum Statement as recommendations 14 to 17.":                                                                              "14-17 | Forum Statement",
		"The last three of these were taken over by the drafting committee into the Forum Statement, under numbers 14 to 16.":                                                                             "14-16 | Forum Statement",
		"All of our recommendations went into the Statement of the Forum as paragraphs 4 to 9.":                                                                                                           "4-9 | Statement of the Forum",
		"The Drafting Committee accepted our recommendations 2 and 3, which appear as nos. 8 and 9 of the Forum Statement.":                                                                               "8-9 | Forum Statement",
		"Our recommendations can now be read in the Forum Statement under points 11 to 13.":                                                                                                               "11-13 | Forum Statement",
		"The Ministry has since taken over recommendations 2 and 3 in its Circular No. 5.":                                                                                                                "2-3 | Circular No. 5",
		"Of our ten proposals the Labour Committee accepted nos. 4 to 6, which are now articles 12 to 14 of the Draft Law.":                                                                               "12-14 | Draft Law",
		"Number 3 of our list now stands in the Joint Declaration as number 8.":                                                                                                                           "8-8 | Joint Declaration",
		"Three of our recommendations were included in the outcome document of the review, under numbers 10 to 12.":                                                                                       "10-12 | outcome document",
		"The ILO adopted Convention 189 in 2011, and points 3 and 4 were not.":                                                                                                                            "",
		"We are glad that all five of our recommendations were endorsed by the Senior Labour Officials Meeting.":                                                                                          "",
		"The ministers adopted a statement with 12 recommendations.":                                                                                                                                      "",
		"The agenda was adopted without changes.":                                                                                                                                                         "",
		"The Ministry adopted a new regulation.":                                                                                                                                                          "",
	} {
		_, whole := lines(read("News", "", text))
		if got := strings.Join(whole["adoption"], " / "); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
