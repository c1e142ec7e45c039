package extract_test

import (
	"strings"
	"testing"

	"sala"
	"sala/importer/extract"
)

// castOf renders who spoke at the first event of a text, and how many came.
func castOf(text string) string {
	t := extract.Text{Title: "News", Lang: "en"}
	t.Published, _ = sala.ParseDay("2018-09-20")
	for i, p := range strings.Split(text, "\n") {
		item := strings.TrimPrefix(p, "* ")
		t.Blocks = append(t.Blocks, extract.Block{ID: string(rune('a' + i)), Text: item, Item: item != p})
	}
	f := extract.Read(t, extract.Learned{})
	var all []string
	for _, e := range f.Events[:min(1, len(f.Events))] {
		for _, s := range e.Speakers {
			all = append(all, join(" | ", s.Name, s.Role, org(s.Org)))
		}
		for _, c := range e.Counts {
			all = append(all, c.At.Words)
		}
	}
	return strings.Join(all, "; ")
}

// TestCast holds the ways in which a post says who spoke at its event, what they
// are, and how many came.
func TestCast(t *testing.T) {
	const lead = "MWG held a public talk on 13 September 2018 at the Press Club in Bangkok."
	for text, want := range map[string]string{
		" On the panel were:\n* Ms. Mali Rat, director of the film\n* Mr. Tun Lin, EJF\nJoining them were:\n* Ms. Aye Mon, TLSC":        "Mali Rat | director of the film; Tun Lin | EJF; Aye Mon | TLSC",
		" You will hear from:\n* Ms. Mali Rat, Legal Adviser, Department of Fisheries":                                                  "Mali Rat | Legal Adviser | Department of Fisheries",
		"\n15.20 Panel discussion with\n* Mali Rat, director of the film\n* Mr. Tun Lin, EJF":                                           "Mali Rat | director of the film; Tun Lin | EJF",
		" The speakers asked for:\n* An end to raids":                                                                                   "",
		" Thanks go to all who spoke:\n* Water and rice were given by friends.":                                                         "",
		"\nSpeakers:\n* Associate Professor Napat Siri, Chulalongkorn University (moderator)\n* Dr. Win Min, Payap University (online)": "Napat Siri | Associate Professor | Chulalongkorn University; Win Min | Payap University",
		" Ms. Ya Navy of LSCW opened it. Mr. Chan Bank, a broker, spoke.":                                                               "Ya Navy | LSCW; Chan Bank | broker",
		" Mr. Meas Rithy (Center for Alliance of Labor and Human Rights), who wrote it, spoke.":                                         "Meas Rithy | CENTRAL",
		" Dr. Thana Inthasan, who lectures on rural economy at Chiang Mai University, spoke.":                                           "Thana Inthasan | Chiang Mai University",
		" Dr. Rukmini Chandran, whose team at the University of Malaya studied debts, explained why.":                                   "Rukmini Chandran | University of Malaya",
		" Ms. Wint Wah, who used to be a maid in Singapore, spoke.":                                                                     "Wint Wah",
		" The Gifu General Workers’ Union had come, too. The union’s chairman, Mr. Kazuo Niwa, explained the law.":                      "Kazuo Niwa | chairman | Gifu General Workers’ Union",
		"\nMs. Aye Mon from FED reads a letter. Mr. Balan, a lawyer, tells us why. Mr. Takeshi Morita of TLSC compares: in Japan there is no limit. Ms. Siti Rahayu, a cleaner, says only this. Ms. Lin of MAP lives here.": "Aye Mon | FED; Balan | lawyer; Takeshi Morita | TLSC; Siti Rahayu | cleaner",
		" It was followed by a conversation with Ms. Sreymom Phal, a fruit packer from Rayong.":                                                                                                                             "Sreymom Phal | fruit packer from Rayong",
		" First came drums. Then came U Aung Zaw of the Fishery Department, who knew the number of licences.":                                                                                                               "Aung Zaw | Fishery Department",
		" After him Daw San San, whose son is missing, told her story.":                                                                                                                                                     "San San",
		" Sinapan Samydorai chaired it. Ma Ei Ei, returned from Malaysia, doubted it.":                                                                                                                                      "Sinapan Samydorai; Ei Ei",
		" Mr. N. Gopal Kishnam, then Secretary General of MTUC, summed up.":                                                                                                                                                 "N. Gopal Kishnam | Secretary General | MTUC",
		"\nTrainees: 24 (11 women)": "24",
		" Pol. Lt. Col. Somchai Pongsri said complaints would be taken down.":                                                                                     "Somchai Pongsri",
		" More than 400 Cambodians crowded into the hall.":                                                                                                        "More than 400 Cambodians",
		" Ninety-one people were in the lecture hall.":                                                                                                            "Ninety-one people",
		"\nWho: 60 workers from the Vita factory\nSpokespersons: Ms. Wilaiwan Sae-tia (TLSC), Mr. Sein Htay (MWRN)":                                               "Wilaiwan Sae-tia | TLSC; Sein Htay | MWRN; 60 workers",
		" First to speak was Mr. Zhang Wenkun, a former trainee. He was followed by lawyer Shoichi Ibusuki and by Professor Ito Ruri of Hitotsubashi University.": "Zhang Wenkun | former trainee; Shoichi Ibusuki | lawyer; Ito Ruri | Professor | Hitotsubashi University",
		" Respondent: Ms. Jodelen Mitra, ILO.":                                                                                                                    "Jodelen Mitra | ILO",
		" In all, 68 persons signed the attendance list.":                                                                                                         "68 persons",
		" MWG was surprised to count more than 90 visitors.":                                                                                                      "more than 90 visitors",
		" We had 43 guests.": "43 guests",
		" Villagers, teachers and monks came, 77 people altogether.":                                      "77 people",
		" Officials of the Ministry sat on one side, 55 members and friends of the network on the other.": "55 members and friends",
		"\nParticipants: about 28 volunteers (15 women, 13 men) from canning factories":                   "about 28 volunteers",
		"\nPresent: representatives of MOLES, CTUM and the Thu Khu Ma Foundation; in all 31 persons.":     "31 persons",
		" According to Mr. Zin Ko, a worker, sixty men shared four toilets.":                              "Zin Ko | worker",
	} {
		if got := castOf(lead + text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
