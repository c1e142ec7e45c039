package extract_test

import (
	"strings"
	"testing"

	"sala/importer/extract"
)

// told renders the first event of a text in a line: day, place, organisers,
// numbers.
func told(f extract.Facts) string {
	if len(f.Events) == 0 {
		return ""
	}
	e := f.Events[0]
	part := []string{days(extract.Facts{Events: f.Events[:1]}), e.Venue.Words, e.City.Words}
	for _, p := range e.Parties {
		if p.Part != extract.Represented {
			part = append(part, org(p.Org)+" "+string(p.Part))
		}
	}
	for _, c := range e.Counts {
		part = append(part, c.At.Words)
	}
	var some []string
	for _, p := range part {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, "; ")
}

// TestHowAnEventIsTold holds the clauses that tell of an event, one for each
// rule, and what looks like one and is none.
func TestHowAnEventIsTold(t *testing.T) {
	for _, test := range []struct{ title, text, want string }{
		{"News", "On 15 October 2018, the Sunrise Network rolled out a workshop on fees in Yangon.", "2018-10-15; Yangon; Sunrise Network organiser"},
		{"News", "The Sunrise Network is holding a five-day course from 4 to 8 June 2018 in Bangkok.", "2018-06-04/2018-06-08; Bangkok; Sunrise Network organiser"},
		{"News", "The Sunrise Network on Friday (15 June 2018) held a workshop in Bangkok.", "2018-06-15; Bangkok; Sunrise Network organiser"},
		{"News", "From 20 to 21 July 2017 SSN, a network of unions, held a dialogue in Yangon.", "2017-07-20/2017-07-21; Yangon; SSN organiser"},
		{"News", "The Sunrise Network in collaboration with MAP Foundation organised a workshop on 5 May 2018 in Ranong.", "2018-05-05; Ranong; Sunrise Network organiser; MAP co-organiser"},
		{"News", "A regatta was held in Ranong on 5 May 2018.", "2018-05-05; Ranong"},
		{"News", "The Labour Agency was officially launched in Vientiane on 28 June 2018.", "2018-06-28; Vientiane"},
		{"News", "Three hundred workers came together in Ranong on 5 May 2018.", "2018-05-05; Ranong; Three hundred workers"},
		{"News", "The pledge was made during a meeting between both sides on 25 April 2018.", "2018-04-25"},
		{"News", "A two-day meeting of agencies ended in Kathmandu on 14 September 2017.", "~2017-09-13/2017-09-14; Kathmandu"},
		{"News", "Held in Ranong on 2 July 2018, the forum drew 60 fishers.", "2018-07-02; Ranong; 60 fishers"},
		{"Workshop on fees", "15 December 2020, 10:30-13:00\nSunrise Hotel, Yangon", "2020-12-15; Sunrise Hotel; Yangon"},
		{"News", "Thirty women spent three days in Siem Reap.\nThe meeting, which ran from 27 to 29 November 2018 at the Angkor Hotel, was convened by MAP Foundation.", "2018-11-27/2018-11-29; Angkor Hotel; Siem Reap; MAP organiser; Thirty women"},
		{"News", "On 18 February 2010, five unions submitted an open letter with 900 signatures to Government House in Bangkok.", "2010-02-18; Government House; Bangkok"},
		{"News", "With ten days to go before the deadline, a delegation of workers on 18 February 2010 handed a petition to the Thai Ministry of Labour in Bangkok.", "2010-02-18; Ministry of Labour; Bangkok"},
		{"News", "The law was submitted to Government House in Bangkok on 18 February 2010.", ""},
		{"Workshop", "The workshop was held on Thursday, 12 and Friday, 13 September 2019 at the Fortuna Hotel in Hanoi.", "2019-09-12/2019-09-13; Fortuna Hotel; Hanoi"},
		{"News", "More than 90 advocates, recruiters and officials met in Ranong on 5 May 2018.", "2018-05-05; Ranong; More than 90 advocates, recruiters and officials"},
		{"News", "118 fishers, peelers, packers and their families came together in Ranong on 5 May 2018.", "2018-05-05; Ranong; 118 fishers, peelers, packers and their families"},
		{"News", "A workshop was held in Ranong on 5 May 2018. It was attended by 24 officials and members of parliament.", "2018-05-05; Ranong; 24 officials and members of parliament"},
		{"News", "A workshop was held in Ranong on 5 May 2018. It was attended by 24 workers and unions of the town.", "2018-05-05; Ranong; 24 workers"},
		{"News", "A workshop was held in Ranong on 5 May 2018. Nearly 60 persons registered. In 2017, 900 workers registered, he said.", "2018-05-05; Ranong; Nearly 60 persons"},
		{"News", "A workshop was held in Ranong on 5 May 2018. Taking part were 24 officials, among them a judge.", "2018-05-05; Ranong; 24 officials"},
		{"News", "A workshop was held in Ranong on 5 May 2018, to which over 130 women came.", "2018-05-05; Ranong; over 130 women"},
		{"News", "A workshop was held in Ranong on 5 May 2018. Approximately 75 people, including academics, squeezed into a room meant for fifty.", "2018-05-05; Ranong; Approximately 75 people"},
		{"News", "The ministers signed an agreement in Phnom Penh on 25 March 2019.", "2019-03-25; Phnom Penh"},
		{"News", "Two fishers died in Ranong on 5 May 2018.", ""},
		{"News", "The court in Ranong ruled on 5 May 2018 that the owner must pay.", ""},
		{"News", "Police arrested 30 workers in Ranong on 5 May 2018.", ""},
		{"Open letter to the Minister", "Date: 11 October 2017\nDear Minister,\nWe write from Phnom Penh.", ""},
		{"News", "Ma Thida was held in detention in Ranong on 5 May 2018.", ""},
	} {
		f := read(test.title, "", strings.Split(test.text, "\n")...)
		if got := told(f); got != test.want {
			t.Errorf("%q tells of %q, want %q", test.text, got, test.want)
		}
	}
}

// TestTheLastResortIsNeverSure: what no rule saw is proposed, and not more.
func TestTheLastResortIsNeverSure(t *testing.T) {
	f := read("News", "", "The ministers signed an agreement in Phnom Penh on 25 March 2019.")
	if len(f.Events) != 1 || f.Events[0].Sure >= extract.Sure || f.Events[0].Held.Sure >= extract.Sure {
		t.Errorf("%+v", f.Events)
	}
}

// TestWhoIsMeant follows "He", "its" and "the union" within a text.
func TestWhoIsMeant(t *testing.T) {
	const lead = "On 15 October 2018, the Garment Workers Union organised a workshop in Yangon. "
	for text, want := range map[string]string{
		"Ms. Mya Mya is a lawyer from MAP Foundation. She explained the law.":                   "Mya Mya | lawyer | MAP",
		"Its president, Mr. Tun Lin, opened the workshop.":                                      "Tun Lin | president | Garment Workers Union",
		"Mr. Tun Lin, president of the union, opened the workshop.":                             "Tun Lin | president | Garment Workers Union",
		"“No pass, no way home,” said Ma Thida, 29, a seamstress.":                              "Thida | seamstress |",
		"ASETUC was represented by Sister Moe Moe. She shared that it has 90 members.":          "Moe Moe | | ASETUC",
		"It was opened by Union Minister U Thein Swe, ILO Officer, Mr. Rory Moore, and others.": "Thein Swe | Union Minister | / Rory Moore | Officer | ILO",
	} {
		f := read("Workshop", "", lead+text)
		var got []string
		for _, e := range f.Events {
			for _, s := range e.Speakers {
				got = append(got, strings.Join(strings.Fields(s.Name+" | "+s.Role+" | "+org(s.Org)), " "))
			}
		}
		if g := strings.Join(got, " / "); g != want {
			t.Errorf("%q = %q, want %q", text, g, want)
		}
	}
}

// TestWhoShouldDoWhat takes "should" for an ask only where somebody pleads.
func TestWhoShouldDoWhat(t *testing.T) {
	for _, test := range []struct{ title, text, want string }{
		{"Statement on fees", "The Ministry should also post an attaché in Seoul.", "The Ministry should also post an attaché in Seoul ← Ministry"},
		{"Statement on fees", "We demand that the owners of the factory pay full wages.", "the owners of the factory pay full wages ← owners of the factory"},
		{"Statement on fees", "It is imperative that the Ministry publish the list of agencies.", "the Ministry publish the list of agencies ← Ministry"},
		{"News", "The Government should cap the fees, said Ms. Mya Mya.", "The Government should cap the fees ← Government"},
		{"News", "The Ministry should open at nine in the morning.", ""},
		{"Statement on fees", "If the Ministry should close the office, we will sit in front of it.", ""},
		{"Statement on fees", "Workers should know their rights.", ""},
		{"News", "The group made ten demands, including the right to organise.", ""},
		{"News", "There are recommendations in the following areas:\n• Decent work and social protection", ""},
	} {
		f := read(test.title, "", strings.Split(test.text, "\n")...)
		var got []string
		for _, a := range f.Asks {
			got = append(got, a.Words+" ← "+strings.Join(a.Addressees, "; "))
		}
		if g := strings.Join(got, " / "); g != test.want {
			t.Errorf("%q asks %q, want %q", test.text, g, test.want)
		}
	}
}

// TestHintsAreNotSure: who is only told to have done something, or stands
// before the event is told of, is proposed and never sure.
func TestHintsAreNotSure(t *testing.T) {
	for _, text := range [][]string{
		{"On 15 October 2018, the Sunrise Network organised a workshop in Yangon. Mr. Tun Lin, Director of MAP Foundation, appreciated the work."},
		{"“We will not wait,” said Mr. Tun Lin of MAP Foundation.", "He spoke at noon.", "On 15 October 2018, the Sunrise Network organised a workshop in Yangon."},
	} {
		f := read("News", "", text...)
		if len(f.Events) != 1 || len(f.Events[0].Speakers) != 1 || f.Events[0].Speakers[0].Sure >= extract.Sure {
			t.Errorf("%q: %+v", text, f.Events)
		}
	}
}
