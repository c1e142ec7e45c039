package extract_test

import (
	"strings"
	"testing"
)

// TestDiaries holds texts of which headings or paragraphs give the days of one
// event, and those of which they give the days of several.
func TestDiaries(t *testing.T) {
	for _, test := range []struct{ title, text, want string }{
		{"Three days in Penang: a diary", "Last week AMC held a strategy meeting at the Sunway Hotel in George Town, Penang.\n# Tuesday, 13 March\nMr. Balan opened the meeting.\n# Wednesday, 14 March\nA day of lawyers.", "2018-03-13/2018-03-14, Sunway Hotel, George Town"},
		{"A week with the paralegals", "MAP Foundation trained twelve paralegals in Mae Sot. One of them wrote it down.\n# Monday 12 March\nWe met early.\n# Tuesday 13 March\nMr. Somchai Dee, a lawyer, explained the law.\n# Friday 16 March\nCertificates.", "2018-03-12/2018-03-16, Mae Sot"},
		{"Notes from Vientiane", "# Day 1 (12 March)\nThe regional consultation began at the Lao Plaza Hotel in Vientiane.\n# Day 2 (13 March)\nMs. Thantip Rueangsri of EMPOWER spoke on raids.", "2018-03-12/2018-03-13, Lao Plaza Hotel, Vientiane"},
		{"Study visit to Bangkok", "A group of eight officials from Laos came to Bangkok for a study visit which MMN organised.\n# Monday, 12 March 2018\nThe group visited the Ministry of Labour.\n# Tuesday, 13 March 2018\nIn Samut Sakhon, the group visited a shelter of LPN.\n# Wednesday, 14 March 2018\nFarewell.", "2018-03-12/2018-03-14, Bangkok"},
		{"Two trainings in the north", "MAP Foundation held two trainings this month.\n# 12 March 2018, Mae Sai\nTwenty women came.\n# 13 March 2018, Fang\nThirty women came.", "2018-03-12, Mae Sai; 2018-03-13, Fang"},
		{"The week of the caravan", "The caravan of domestic workers went through two towns.\n# Tuesday, 13 March 2018: Lampang\nThirty women came.\n# Wednesday, 14 March 2018: Tak\nTwenty came.", "2018-03-13, Lampang; 2018-03-14, Tak"},
		{"Training in Hpa-An", "FED held a training at the Zwekabin Hotel in Hpa-An from 12 to 14 March 2018. On the evening of the last day, a concert was held at the Kan Thar Yar Park.", "2018-03-12/2018-03-14, Zwekabin Hotel, Hpa-An; 2018-03-14, Kan Thar Yar Park, Hpa-An"},
		{"Training in Hpa-An", "FED held a training at the Zwekabin Hotel in Hpa-An from 12 to 14 March 2018. On the second day participants drafted contracts. That evening they walked to the Kan Thar Yar Park and held a vigil.", "2018-03-12/2018-03-14, Zwekabin Hotel, Hpa-An; 2018-03-13, Kan Thar Yar Park, Hpa-An"},
		{"Conference in Seoul", "MMN held a conference at the Franciscan Education Center in Seoul on 12 March 2018. In the evening the film “Landing” was shown and a discussion was held in the same room. At night a rally took place in front of Seoul City Hall.", "2018-03-12, Franciscan Education Center, Seoul; 2018-03-12, Seoul City Hall, Seoul"},
		{"Forum in Poipet", "LSCW held a forum in Poipet on 12 March 2018. In the afternoon the women talked about the march of last year in Phnom Penh. In the evening there was a reception.", "2018-03-12, Poipet"},
		{"Forum in Poipet", "LSCW held a forum in Poipet on 12 March 2018. After the forum, around 100 people held a vigil at the Friendship Bridge.", "2018-03-12, Poipet; 2018-03-12, Friendship Bridge, Poipet"},
	} {
		if got := daysAndPlaces(headed(test.title, "2018-03-20", test.text)); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

// TestHappenings holds openings that tell of an event by what people did; what
// stands behind them belongs to it.
func TestHappenings(t *testing.T) {
	for _, test := range []struct{ title, text, want string }{
		{"March in Chiang Mai", "This morning about 350 workers and supporters marched to Tha Phae Gate in Chiang Mai to mark the day.", "2018-03-20; Tha Phae Gate; Chiang Mai; about 350 workers and supporters"},
		{"We walked, we got wet: Migrants Day in Mae Sot", "Who would have thought that it rains in Mae Sot? Well, it did. On Sunday about 450 people put on yellow T-shirts and walked with us through the middle of town.", "2018-03-18; Mae Sot; about 450 people"},
		{"Under the Longan Trees", "There were not enough chairs. When the doors of the Chiang Mai University Art Center opened last Friday evening for the first showing of “Trees”, roughly 140 guests came in.\nIt was a warm night.\nThe screening was organised by MAP.", "2018-03-16; Chiang Mai University Art Center; Chiang Mai; MAP organiser; roughly 140 guests"},
		{"A night of stories", "It was hot, and the fan was broken. On Saturday night sixty fishers squeezed into the yard of the learning centre in Ranong to hear three of their own.", "2018-03-17; Ranong; sixty fishers"},
		{"What a day", "On Sunday, migrant women cooked for the whole neighbourhood at Victoria Park in Hong Kong.", "2018-03-18; Victoria Park; Hong Kong"},
		{"Candles", "Last Sunday evening the steps of Wat Botum in Phnom Penh filled with candles. Around 90 people sat down there.", "2018-03-18; Wat Botum; Phnom Penh; Around 90 people"},
		{"STATEMENT TO THE PRESS", "Phuket, 20 March 2018. Representatives of thirteen organisations today handed a petition to the Governor of Phuket at the Provincial Hall.", "2018-03-20; Provincial Hall; Phuket"},
		{"Fifty at the gate", "Fifty dismissed workers stood at the gate of the Royal Knitting factory in Mae Sot on Thursday. They had been dismissed without pay.", "2018-03-15; Mae Sot; Fifty dismissed workers"},
		{"What a month", "Dear friends,\nOn Sunday we were out on the streets of Chiang Mai again, some 300 of us.", "2018-03-18; Chiang Mai"},
		{"35 women, one boat", "Early on Saturday morning 35 women climbed into one boat at the pier of Ranong.", "2018-03-17; Ranong; 35 women"},
		{"Roundtable on the new law", "A roundtable. Twenty chairs. It was the first of its kind, and it took place on 16 March in the Thingaha Hotel, Nay Pyi Taw.", "2018-03-16; Thingaha Hotel; Nay Pyi Taw"},
		{"News", "Saturday's film night in Yangon was the best so far.", "2018-03-17; Yangon"},
		{"Invitation to the press", "MWG and HRDF request the pleasure of your company at the presentation of their findings, on Thursday 29 March 2018 from 1 to 3 p.m., Room 105, Student Christian Center, Ratchathewi, Bangkok.", "2018-03-29; Student Christian Center; Bangkok; MWG organiser; HRDF organiser"},
		{"News", "* 8 March: Women's Day march in Mae Sot, 500 women.", "2018-03-08; Mae Sot; 500 women"},
		{"Bavet", "Eleven members of the AMRC network spent last weekend in Bavet. They slept in the workers' rooms.", "2018-03-17/2018-03-18; Bavet; Eleven members"},
		{"Hospitals", "What does a hospital do? This was asked, and answered, at the Greenery Hotel in Khao Lak last Tuesday.", "2018-03-13; Greenery Hotel; Khao Lak"},
		{"World Day", "Wednesday was World Day of Social Justice, and in Vientiane it was marked with a panel at the National University of Laos.", "2018-03-14; National University of Laos; Vientiane"},
		{"A march", "About 400 women set off from the clock tower of Mae Sot at nine on Friday, 16 March.\nThe march had been called by MAP.", "2018-03-16; Mae Sot; MAP organiser; About 400 women"},
		{"The bus of rights", "From now on it has wheels: the clinic of the Human Rights and Development Foundation visited the sugar cane fields of Kanchanaburi last Sunday, 18 March.", "2018-03-18; Kanchanaburi"},
		{"We told Geneva", "Geneva, 19 March. Thailand was reviewed today. The evening before, on 18 March, MWG and the Thai Lawyers for Human Rights had held a side event in Room XXIII of the Palais des Nations.", "2018-03-18; Palais des Nations; Geneva; MWG organiser; Thai Lawyers for Human Rights organiser"},
		{"Minutes", "The Steering Committee of MMN met on 4 Feb. 2018 in the AMC office, Hong Kong.", "2018-02-04; AMC office; Hong Kong; Steering Committee of MMN organiser"},
		{"Two dates", "On 1 May we march in Mae Sot, and on 12 May there will be a concert at Borderline Café in Mae Sot. Both are organised by JACBA.", "2018-05-01; Mae Sot; JACBA organiser | ~2018-05-12; Borderline Café; Mae Sot; JACBA organiser"},
		{"Meeting", "POIPET, March 17 – More than 400 Cambodians who fled after the decree of March 3 crowded into a hotel on Saturday for a meeting with officials.\nThe meeting was organized by CARAM Cambodia.", "2018-03-17; POIPET; CARAM Cambodia organiser; More than 400 Cambodians"},
		{"Workshop report", "Place and date: Pakse, Champasak, 12-14 March 2018. Organisers: Lao Women's Union and Village Focus International (VFI). Number of participants: 33.", "2018-03-12/2018-03-14; Pakse; LWU organiser; VFI organiser; 33"},
		{"Media Advisory", "When: 21 March 2018, 09:30\nWhere: Ministry of Labour, Mitmaitri Road, Bangkok", "2018-03-21; Ministry of Labour; Bangkok"},
		{"Policy dialogue", "MMN organised a policy dialogue in Nay Pyi Taw (Hotel Max) on Monday 12 March 2018.", "2018-03-12; Hotel Max; Nay Pyi Taw; MMN organiser"},
		{"Suitcases", "With suitcases on their heads some seventy women paraded down Phnom Penh’s riverfront on Sunday morning to protest.", "2018-03-18; Phnom Penh; some seventy women"},
		{"Koh Kong", "LSCW and MMN carried out a joint fact-finding mission to Koh Kong between 5 and 9 March 2018.", "2018-03-05/2018-03-09; Koh Kong; LSCW organiser; MMN organiser"},
		{"Our year 2017", "On 23 July, MAP Foundation held a workshop on fees in Ranong.", "2017-07-23; Ranong; MAP organiser"},
		{"Poipet", "On 14 March 2018, LSCW invited returnees, commune councillors and officials to the Poipet Transit Center to take stock.", "2018-03-14; Poipet Transit Center; Poipet; LSCW organiser"},
		{"Uniserv", "MAP Foundation brought 30 workers and officials to the Uniserv Center in Chiang Mai on 10 March 2018.", "2018-03-10; Uniserv Center; Chiang Mai; MAP organiser; 30 workers and officials"},
		{"Circle", "The Lawyers Beyond Borders circle of Migrant Forum in Asia (MFA) held its Southeast Asian meeting in Phnom Penh on 7 March 2018.", "2018-03-07; Phnom Penh; MFA organiser"},
		{"Films", "On Sunday about 350 people brought their mats to the Parami Learning Centre in Mae Sot.\nThis year’s Film Night was organised by us, Yaung Chi Oo Workers Association, and our old friends from MAP Foundation.", "2018-03-18; Parami Learning Centre; Mae Sot; YCOWA organiser; MAP organiser; about 350 people"},
		{"Outcome", "This is the outcome of a survey that MAP Foundation presented yesterday at Suan Dok Temple in Chiang Mai.", "2018-03-19; Suan Dok Temple; Chiang Mai; MAP organiser"},
		{"Twelve organisations", "Representatives of twelve organisations delivered an open letter to the Embassy of Malaysia in Phnom Penh on Tuesday, 13 March 2018.", "2018-03-13; Embassy of Malaysia; Phnom Penh"},
		{"A walk", "On Sunday about 450 people walked with us through the middle of Mae Sot.\nYCOWA and MAP Foundation put the whole thing together in less than three weeks.", "2018-03-18; Mae Sot; YCOWA organiser; MAP organiser; about 450 people"},
		{"Dear members of the public", "On Sunday, police fined 40 workers in Mae Sot.", ""},
		{"Statement on Thailand", "On Sunday, 40 workers were told to leave their rooms.", ""},
	} {
		if got := strings.TrimPrefix(toldAll(test.title, "2018-03-20", test.text), "~"); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}
