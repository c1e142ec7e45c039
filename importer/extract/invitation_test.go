package extract_test

import (
	"strings"
	"testing"

	"sala"
	"sala/importer/extract"
)

// toldAll renders every event of a text as told renders the first.
func toldAll(title, published, text string) string {
	t := extract.Text{Title: title, Lang: "en"}
	t.Published, _ = sala.ParseDay(published)
	for i, p := range strings.Split(text, "\n") {
		b := extract.Block{ID: string(rune('a' + i)), Text: p}
		if rest, ok := strings.CutPrefix(p, "# "); ok {
			b.Text, b.Heading = rest, true
		}
		if rest, ok := strings.CutPrefix(p, "* "); ok {
			b.Text, b.Item = rest, true
		}
		t.Blocks = append(t.Blocks, b)
	}
	f := extract.Read(t, extract.Learned{})
	var all []string
	for i := range f.Events {
		all = append(all, told(extract.Facts{Events: f.Events[i : i+1]}))
	}
	return strings.Join(all, " | ")
}

// TestEventsOfOneText holds how the several events of an invitation or a report
// are told apart, where each was and who held it.
func TestEventsOfOneText(t *testing.T) {
	for _, test := range []struct{ title, published, text, want string }{
		{"You Are Invited", "2012-11-29", "With great pleasure the Mekong Migration Network (MMN) invites you to two evenings in Bangkok in the week of International Migrants Day.\n* Friday, 14 December: exhibition opening, 18:00, Bangkok Art and Culture Centre\n* Tuesday, 18 December: film evening, Foreign Correspondents’ Club of Thailand",
			"~2012-12-14; Bangkok Art and Culture Centre; Bangkok; MMN organiser | ~2012-12-18; Foreign Correspondents’ Club of Thailand; Bangkok; MMN organiser"},
		{"Invitation: A Week for Migrants", "2012-11-29", "MAP Foundation invites friends and members to three events in Chiang Mai.\nFriday, 14 December, 6 pm: opening of the exhibition “Beyond the Fence”, Chiang Mai University Art Centre.\nTuesday, 18 December, 7 pm: screening of “Home”, followed by a discussion, Suan Dok Temple.\nPlease let us know by 10 December if you will come.",
			"~2012-12-14; Chiang Mai University Art Centre; Chiang Mai; MAP organiser | ~2012-12-18; Suan Dok Temple; Chiang Mai; MAP organiser"},
		{"Join Us for a Week of Films", "2012-11-29", "LPN and Raks Thai invite you to two film evenings in Samut Sakhon.\n# Friday, 14 December 2012: “Home”\nProvincial Hall, 6 pm. The film evening is organised by LPN.\n# Saturday, 15 December 2012: “Away”\nTalad Kung market, 6 pm.",
			"2012-12-14; Provincial Hall; Samut Sakhon; LPN organiser | 2012-12-15; Talad Kung market; Samut Sakhon; LPN organiser; Raks Thai organiser"},
		{"Invitation: two meetings", "2012-11-29", "MAP invites members to two meetings.\nMae Sot: Friday, 14 December, 9 am, Centara Hotel\nRanong: Monday, 17 December, 9 am, Tinidee Hotel",
			"~2012-12-14; Centara Hotel; Mae Sot; MAP organiser | ~2012-12-17; Tinidee Hotel; Ranong; MAP organiser"},
		{"Invitation", "2012-11-29", "The Mekong Migration Network and LPN are pleased to invite you to the following events:\n1. Exhibition opening. Friday, 14 December 2012, 18:00. Bangkok Art and Culture Centre.\n2. Film evening. Tuesday, 18 December 2012, 19:00. Foreign Correspondents’ Club of Thailand, Bangkok.",
			"2012-12-14; Bangkok Art and Culture Centre; Bangkok; MMN organiser; LPN organiser | 2012-12-18; Foreign Correspondents’ Club of Thailand; Bangkok; MMN organiser; LPN organiser"},
		{"You are invited", "2012-11-29", "MMN is happy to invite you to a week of activities.\nThe photo exhibition “Home” opens on Friday, 14 December 2012, at 6 pm at the Bangkok Art and Culture Centre.\nOn Tuesday, 18 December, we will show the film “Away” at the Goethe-Institut in Bangkok.\nA public forum will close the week on Thursday, 20 December, at Thammasat University.",
			"2012-12-14; Bangkok Art and Culture Centre; Bangkok; MMN organiser | ~2012-12-18; Goethe-Institut; Bangkok; MMN organiser | ~2012-12-20; Thammasat University; Bangkok; MMN organiser"},
		{"Upcoming: Migrants’ Week", "2012-11-29", "MAP Foundation invites you to a workshop in Chiang Mai on 14 December 2012.\nFriday, 14 December, 9:00: Registration, Chiang Mai University\nSaturday, 15 December: Deadline for papers\n1 December 2012: registration closes at the Centre",
			"2012-12-14; Chiang Mai; MAP organiser"},
		{"Invitation", "2012-02-20", "You are cordially invited by MAP Foundation and LPN to a seminar on 3 March 2012 at Chulalongkorn University, Bangkok.",
			"2012-03-03; Chulalongkorn University; Bangkok; MAP organiser; LPN organiser"},
		{"MMN Holds Workshop in Ranong", "2012-12-01", "MMN held a workshop in Ranong on 28 November 2012. The next workshop will be held in Mae Sot on 20 January 2013.",
			"2012-11-28; Ranong; MMN organiser"},
		{"MMN Holds Workshop in Ranong", "2012-12-01", "MMN held a workshop in Ranong on 28 November 2012.\nA follow-up meeting is to take place at the Royal Hotel in Bangkok on 20 January 2013. A training for officials is planned for 3 February 2013 in Pakse.",
			"2012-11-28; Ranong; MMN organiser"},
		{"Invitation to two launches", "2012-12-01", "MMN invites you to the launch of its book at the FCCT in Bangkok on 5 December 2012. A second launch will be held at the Raffles Hotel in Phnom Penh on 9 December 2012.",
			"2012-12-05; FCCT; Bangkok; MMN organiser | 2012-12-09; Raffles Hotel; Phnom Penh; MMN organiser"},
		{"MMN to Hold Symposium", "2012-11-29", "MMN will hold a symposium in Bangkok on 10 December 2012 at the Royal Hotel. A press conference will be held at the FCCT on 11 December 2012.",
			"2012-12-10; Royal Hotel; Bangkok; MMN organiser | 2012-12-11; FCCT; Bangkok"},
		{"News", "", "The MMN convened a meeting in Vientiane on 22 September 2016; it was hosted by the Lao Women’s Union at the Lao Women’s Union Training Centre.",
			"2016-09-22; Lao Women’s Union Training Centre; Vientiane; MMN organiser; LWU host"},
		{"News", "", "MAP held a workshop in Chiang Mai on 22 September 2016. Chiang Mai University hosted it at its Uniserv Convention Centre.",
			"2016-09-22; Uniserv Convention Centre; Chiang Mai; MAP organiser; Chiang Mai University host"},
		{"News", "", "The symposium was convened on 21 and 22 November 2005 in Kunming, Yunnan, China, by YHDRA. Yunnan University was the host, and all sessions were held on its main campus.",
			"2005-11-21/2005-11-22; Yunnan University; Kunming; YHDRA organiser; Yunnan University host"},
		{"News", "", "The launch was in Bangkok on 27 February 2024. MMN organised it at the Foreign Correspondents’ Club, in front of some 80 guests.",
			"2024-02-27; Foreign Correspondents’ Club; Bangkok; MMN organiser; some 80 guests"},
		{"News", "", "The symposium was held in Hanoi on 3 March 2012. All sessions took place at the Hanoi University of Labour.",
			"2012-03-03; Hanoi University of Labour; Hanoi"},
		{"Report", "2012-02-20", "MAP held a workshop in Ranong on 3 February 2012. Ms. Somsri Jaidee, who met the employers at the Royal Hotel, told of her case. The boat owner met them at the Fish Market Hall.",
			"2012-02-03; Ranong; MAP organiser"},
		{"Observers", "2018-05-31", "Nine observers from five organisations sat on the benches of the Labour Court in Kanchanaburi, Thailand, on Monday, when forty-one workers of a bakery were heard for the first time. The visit was organised by HRDF.",
			"~2018-05-28; Labour Court; Kanchanaburi; HRDF organiser; Nine observers; five organisations"},
		{"News", "", "The forum was held in Kunming on 21 November 2005. The delegates, who numbered 45, were from nine networks.",
			"2005-11-21; Kunming; 45; nine networks"},
		{"News", "", "The forum was held in Kunming on 21 November 2005. IOM was represented, and returnees came from seven townships.",
			"2005-11-21; Kunming"},
		{"Learning", "2006-06-26", "From 4 to 9 June 2006, eleven members of migrant groups visited Hong Kong in order to learn. The visit was organised by the Mekong Migration Network (MMN).\nThe other thing was a public forum. “Two Rivers, One Struggle” took place on 8 June 2006 at the Salisbury YMCA. AMC organised it, and about 90 people listened.",
			"2006-06-04/2006-06-09; Hong Kong; MMN organiser; eleven members | 2006-06-08; Salisbury YMCA; Hong Kong; AMC organiser; about 90 people"},
		{"Report", "2018-05-31", "MMN organised a training in Mae Sot on 3 and 4 May 2018.\nTwo days later the trainers moved on to Ranong, where a second training was held at the Tinidee Hotel.",
			"2018-05-03/2018-05-04; Mae Sot; MMN organiser | ~2018-05-06; Tinidee Hotel; Ranong"},
		{"May Day in Chiang Mai", "2007-05-02", "Yesterday morning, while offices were closed for Labour Day, some 1,200 workers walked through the city behind a banner.\nThe march was organised by MAP Foundation.",
			"~2007-05-01; Chiang Mai; MAP organiser; some 1,200 workers"},
		{"May Day 2007 in Chiang Mai", "", "Some 1,200 workers walked through Chiang Mai behind a banner. The march was organised by MAP Foundation.",
			"~2007-05-01; Chiang Mai; MAP organiser; Some 1,200 workers"},
		{"Celebrating Labour Day 2009", "", "On Labour Day, 300 migrants gathered at Tha Phae Gate in Chiang Mai. The rally was organised by MAP.",
			"~2009-05-01; Tha Phae Gate; Chiang Mai; MAP organiser; 300 migrants"},
		{"Labour Day in Ranong", "2010-05-05", "This year's Labour Day saw 300 fishers march through Ranong. The march was organised by MAP.",
			"~2010-05-01; Ranong; MAP organiser"},
		{"Labour Day Message", "2014-05-02", "On this Labour Day we remember those who died. A seminar was organised by MAP in Mae Sot last year.",
			"?; Mae Sot; MAP organiser"},
		{"Training for Paralegals", "2014-05-20", "MAP held a training in Mae Sot on 10 May 2014. He stood before 12 judges. Workers said that 40 people attended each class.",
			"2014-05-10; Mae Sot; MAP organiser"},
		{"Workers Prepare", "2010-04-05", "Workers in Ranong are preparing for Labour Day. A meeting of the committee was held by MAP at the Tinidee Hotel.",
			"?; Tinidee Hotel; Ranong; MAP organiser"},
	} {
		if got := toldAll(test.title, test.published, test.text); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}
