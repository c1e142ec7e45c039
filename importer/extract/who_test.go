package extract_test

import (
	"strings"
	"testing"
)

// TestWhoSpoke holds how posts put a name, a role and an employer.
func TestWhoSpoke(t *testing.T) {
	for text, want := range map[string]string{
		"The two editors, Ms. Pranee Wongsawat and Dr. Zhao Xiulan, took turns in presenting.":                                      "Pranee Wongsawat | editors | / Zhao Xiulan | editors |",
		"Two former detainees, U Naing Win and Daw Aye Myint, told what it is like.":                                                "Naing Win | former detainees | / Aye Myint | former detainees |",
		"Daw Yu Yu Hlaing and Daw Mi Non Chan, co-authors of the book, showed pictures.":                                            "Yu Yu Hlaing | co-authors of the book | / Mi Non Chan | co-authors of the book |",
		"Three journalists, Ms. Aye Aye of the Irrawaddy, Mr. Sok Dara of Radio Free Asia and Mr. Tun Tun of BBC, spoke.":           "Aye Aye | journalists | Irrawaddy / Sok Dara | journalists | Radio Free Asia / Tun Tun | journalists | BBC",
		"“My foreman told me,” said Daw Nilar Soe, a rubber tapper.":                                                                "Nilar Soe | rubber tapper |",
		"Dr. Sirirat Pakdeethai, Nutritionist at Mahidol University, added figures.":                                                "Sirirat Pakdeethai | Nutritionist | Mahidol University",
		"Daw Cho Cho Lwin, Secretary of the Women’s Committee of CTUM, shared stories.":                                             "Cho Cho Lwin | Secretary of the Women’s Committee | CTUM",
		"Dr. Huong Le Thu, Senior Lecturer in the Faculty of Law of Hanoi University, commented.":                                   "Huong Le Thu | Senior Lecturer in the Faculty of Law | Hanoi University",
		"Ms. Dinh Thi Lan, Head of Training at Song Hong Manpower, a recruitment company, replied.":                                 "Dinh Thi Lan | Head of Training | Song Hong Manpower",
		"For Mr. Kongkham Sivilay, who spoke for the Lao Federation of Trade Unions, brokers gain.":                                 "Kongkham Sivilay | | LFTU",
		"After the film its director, Ms. Ei Phyu Sin, spoke about it.":                                                             "Ei Phyu Sin | director |",
		"Ms. Khonesavanh Duangdy, Legal Adviser to the LFTU, answered questions.":                                                   "Khonesavanh Duangdy | Legal Adviser | LFTU",
		"Brother Thura Aung, President of MWRN, began with numbers.":                                                                "Thura Aung | President | MWRN",
		"Mr. Pham Quoc Tuan, Deputy Head of the Policy Division of DOLAB, introduced the changes.":                                  "Pham Quoc Tuan | Deputy Head of the Policy Division | DOLAB",
		"Mr. Peter Lindqvist (World Vision) wanted to know whether women were asked.":                                               "Peter Lindqvist | | World Vision",
		"Beside her sat Mr. Eko Prasetyo, board member of Migrant CARE. Mr. Prasetyo promised to help.":                             "Eko Prasetyo | board member | Migrant CARE",
		"Ms. Thandar Htay, a seamstress from Bago, gets 180 baht. “I pay for not being seen,” she told us all.":                     "Thandar Htay | seamstress from Bago |",
		"Hon. Charles Santiago, Chairman of the Consumerism, Human Resources and Unity Committee, spoke.":                           "Charles Santiago | Chairman | Consumerism, Human Resources and Unity Committee",
		"H.E. Mr. Ouk Sarun, Ambassador of the Kingdom of Cambodia to Viet Nam, spoke.":                                             "Ouk Sarun | Ambassador of the Kingdom of Cambodia to Viet Nam |",
		"Director-General Anurak Thossarat of the Department of Employment announced it.":                                           "Anurak Thossarat | Director-General | Department of Employment",
		"Opening the forum was Dr. Pham Van Khoi, Rector of Hanoi University.":                                                      "Pham Van Khoi | Rector | Hanoi University",
		"Her counterpart from the MOLVT, Mr. Heng Dara, agreed.":                                                                    "Heng Dara | | MOLVT",
		"Aung Kyaw, president of MWRN, and Sein Htay, its secretary, spoke.":                                                        "Aung Kyaw | president | MWRN / Sein Htay | secretary | MWRN",
		"Tan Sri Rahman Ismail and Mr. Lee Chong, both former judges, warned of the costs.":                                         "Rahman Ismail | former judges | / Lee Chong | former judges |",
		"Mr. Brahm Press, executive director of MAP Foundation, and Ms. Jackie Pollock spoke.":                                      "Brahm Press | executive director | MAP / Jackie Pollock | |",
		"The mayor, Mr. Terd Chin, and the head of the hospital, Dr. Ron Ruang, cut the ribbon.":                                    "Terd Chin | mayor | / Ron Ruang | head of the hospital |",
		"IndustriALL’s regional secretary Annie Adviento reminded all that brands decide.":                                          "Annie Adviento | regional secretary | IndustriALL",
		"“It takes courage,” remarked Kong Chan, a worker from the Sunwah factory.":                                                 "Kong Chan | worker from the Sunwah factory |",
		"For the Ministry of Labour, its inspector in Tak, Ms. Wanna Chaiyo, answered.":                                             "Wanna Chaiyo | inspector in Tak | Ministry of Labour",
		"World Vision’s Mr. Wes, and Village Focus International director Rick Reece each gave an update.":                          "Wes | | World Vision / Rick Reece | director | Village Focus International",
		"The case of Ms. Erwiana Sulis, an Indonesian domestic worker, shocked Hong Kong.":                                          "",
		"Little Bird, a film about Laos, was screened. Friendship Bridge, a border crossing, is closed.":                            "",
		"Mr. Long, owner of the agency, was sentenced to five years.":                                                               "",
		"Mr. Min Lwin, Secretary of the CTUM Youth Committee, spoke.":                                                               "Min Lwin | Secretary of the Youth Committee | CTUM",
		"Ms. Aye Mar, Head of the Yangon Branch of ITUC, spoke.":                                                                    "Aye Mar | Head of the Yangon Branch | ITUC",
		"Ms. Nok Dee, Deputy Director of the Women’s Affairs Department at the LFTU, presented figures.":                            "Nok Dee | Deputy Director of the Women’s Affairs Department | LFTU",
		"At the SSO, Mr. Wit Dee, Head of the Counselling Section, went through the figures.":                                       "Wit Dee | Head of the Counselling Section | SSO",
		"MOLES sent officials. Daw Khin Mya, Director of the Department of Labour at the Ministry, thought it easy.":                "Khin Mya | Director of the Department of Labour | MOLES",
		"Mr. Long Dara, Deputy Governor of Poipet Municipality, agreed. Ms. Yen Nhi, Manager at Saigon Link Apparel, spoke.":        "Long Dara | Deputy Governor | Poipet Municipality / Yen Nhi | Manager | Saigon Link Apparel",
		"Ms. Rosa Abad, a domestic worker of nineteen years’ standing, spoke. Ko Thu, a 26-year-old returnee from Laos, agreed.":    "Rosa Abad | domestic worker | / Thu | returnee from Laos |",
		"The Ministry of Labour and Social Welfare (MOLSW) came. Mr. Boun Thanh, Vice Minister of the MOLSW, spoke.":                "Boun Thanh | Vice Minister | MOLSW",
		"Mr. Ros Samnang, Deputy Governor of the Banteay Meanchey Provincial Administration, agreed.":                               "Ros Samnang | Deputy Governor | Banteay Meanchey Provincial Administration",
		"Mr. Wit Dee, judge at the Labour Court Region 5, explained the law.":                                                       "Wit Dee | judge | Labour Court Region 5",
		"Father Peter Vo, priest of the Catholic diocese of Xuan Loc, prayed.":                                                      "Peter Vo | priest | Catholic diocese of Xuan Loc",
		"Mr. Dao Van Hung, a welder from Nghe An, laughed.":                                                                         "Dao Van Hung | welder from Nghe An |",
		"Mr. Aung Myo, a plastics worker from the Navanakorn estate, spoke.":                                                        "Aung Myo | plastics worker from the Navanakorn estate |",
		"Ms. Rosa Chan conveyed greetings from the Hong Kong Confederation of Trade Unions (HKCTU).":                                "Rosa Chan | | HKCTU",
		"Ms. Hnin Wai of FTUB was frank about the risks. Ms. Lim, Director of TWC2, was quick to add that fines differ.":            "Hnin Wai | | FTUB / Lim | Director | TWC2",
		"Mr. Kyaw Lin, Director of MOLIP, could not say when. Mr. Prayut Som, a grower, did not dispute it.":                        "Kyaw Lin | Director | MOLIP / Prayut Som | grower |",
		"Ms. Khin Oo, a cook who lost two fingers, showed her hand.":                                                                "Khin Oo | cook |",
		"Ms. Nan Mon, a packer, had lost her job. In the third month, she said, the food ran out.":                                  "Nan Mon | packer |",
		"The manager of Siam Star Garment, Mr. Chai Dee, declined to comment. The owner of Siam Star Garment, Ms. Fon Chai, spoke.": "Fon Chai | owner | Siam Star Garment",
		"Mr. Suchart Dee of MOLIP spoke. An officer of the Ministry, Mr. Lek Dee, agreed.":                                          "Suchart Dee | | MOLIP / Lek Dee | officer | MOLIP",
		"On behalf of Mr. Tun Aye, Ms. Mya Thin read a message.":                                                                    "Mya Thin | |",
		"Mr. Tun Lin, her husband, a mason, said that he knew.":                                                                     "Tun Lin | mason |",
		"U Ba Thein, the network’s coordinator in Yangon, spoke. The network’s Ms. Reiko Ito agreed.":                               "Ba Thein | coordinator in Yangon | Sunrise Network / Reiko Ito | | Sunrise Network",
		"In the chair was Dr. Naru Emon.":                                                                                           "Naru Emon | |",
		"Speakers included a former child worker, Mr. Rath Na, now an electrician; and the author, Ms. Mech Dara.":                  "Rath Na | former child worker | / Mech Dara | author |",
		"“We build the houses,” said Sai Lao Hseng, a construction worker.":                                                         "Sai Lao Hseng | construction worker |",
		"A presentation, “What 412 Workers Told Us”, followed. “Mrs. Lin’s Apron”, a film, was shown.":                              "",
	} {
		f := read("Workshop", "", "On 15 October 2018, the Sunrise Network organised a workshop in Yangon.", text)
		var got []string
		for _, e := range f.Events {
			for _, s := range e.Speakers {
				got = append(got, strings.Join(strings.Fields(s.Name+" | "+s.Role+" | "+org(s.Org)), " "))
			}
		}
		if g := strings.Join(got, " / "); g != want {
			t.Errorf("%q\n\t%q, want\n\t%q", text, g, want)
		}
	}
}

// TestWhoIsToBeAsked finds contacts by the languages behind their name.
func TestWhoIsToBeAsked(t *testing.T) {
	for text, want := range map[string]string{
		"For copies please write to Ms. Pimchanok Saelim, MMN Research Assistant (Thai or English).":                          "Pimchanok Saelim | Research Assistant | MMN | th en",
		"The road is long. Those who want to know more can turn to Brother Zaw Lin, secretary of MWRN (Burmese).":             "Zaw Lin | secretary | MWRN | my",
		"For media: Mr. Patcharapol Sukjai, Coordinator of MWG (Thai, English), and Ms. Yin Yin Hlaing of FED (Burmese).":     "Patcharapol Sukjai | Coordinator | MWG | th en / Yin Yin Hlaing | | FED | my",
		"Replies may be sent to Ms. Sureeporn Jaidee, Legal Officer, HRDF, with whom you may correspond in Thai or English.":  "Sureeporn Jaidee | Legal Officer | HRDF | th en",
		"Questions can be put to Ms. Kanokwan Thepsiri, Programme Officer, MMN, in English or Japanese.":                      "Kanokwan Thepsiri | Programme Officer | MMN | en ja",
		"If you would like to have one, write to Mr. Oliver Strand, Programme Assistant, MMN.":                                "Oliver Strand | Programme Assistant | MMN |",
		"The letter was sent to Mr. Somchai Dee, Governor of Tak, in Thai. A petition was put to Mr. Kim, Director of MOLVT.": "",
		"Mr. Tun Lin (Thai) told his story.": "",
	} {
		f := read("News", "", text)
		var got []string
		for _, c := range f.Contacts {
			s := c.Name + " | " + c.Role + " | " + org(c.Org) + " |"
			for _, l := range c.Langs {
				s += " " + string(l)
			}
			got = append(got, strings.Join(strings.Fields(s), " "))
		}
		if g := strings.Join(got, " / "); g != want {
			t.Errorf("%q\n\t%q, want\n\t%q", text, g, want)
		}
	}
}
