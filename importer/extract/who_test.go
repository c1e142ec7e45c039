package extract_test

import (
	"strings"
	"testing"
)

// TestWhoSpoke holds how posts put a name, a role and an employer.
func TestWhoSpoke(t *testing.T) {
	for text, want := range map[string]string{
		"The two editors, Ms. Pranee Wongsawat and Dr. Zhao Xiulan, took turns in presenting.":                            "Pranee Wongsawat | editors | / Zhao Xiulan | editors |",
		"Two former detainees, U Naing Win and Daw Aye Myint, told what it is like.":                                      "Naing Win | former detainees | / Aye Myint | former detainees |",
		"Daw Yu Yu Hlaing and Daw Mi Non Chan, co-authors of the book, showed pictures.":                                  "Yu Yu Hlaing | co-authors of the book | / Mi Non Chan | co-authors of the book |",
		"Three journalists, Ms. Aye Aye of the Irrawaddy, Mr. Sok Dara of Radio Free Asia and Mr. Tun Tun of BBC, spoke.": "Aye Aye | journalists | Irrawaddy / Sok Dara | journalists | Radio Free Asia / Tun Tun | journalists | BBC",
		"“My foreman told me,” said Daw Nilar Soe, a rubber tapper.":                                                      "Nilar Soe | rubber tapper |",
		"Dr. Sirirat Pakdeethai, Nutritionist at Mahidol University, added figures.":                                      "Sirirat Pakdeethai | Nutritionist | Mahidol University",
		"Daw Cho Cho Lwin, Secretary of the Women’s Committee of CTUM, shared stories.":                                   "Cho Cho Lwin | Secretary of the Women’s Committee | CTUM",
		"Dr. Huong Le Thu, Senior Lecturer in the Faculty of Law of Hanoi University, commented.":                         "Huong Le Thu | Senior Lecturer in the Faculty of Law | Hanoi University",
		"Ms. Dinh Thi Lan, Head of Training at Song Hong Manpower, a recruitment company, replied.":                       "Dinh Thi Lan | Head of Training | Song Hong Manpower",
		"For Mr. Kongkham Sivilay, who spoke for the Lao Federation of Trade Unions, brokers gain.":                       "Kongkham Sivilay | | LFTU",
		"After the film its director, Ms. Ei Phyu Sin, spoke about it.":                                                   "Ei Phyu Sin | director |",
		"Ms. Khonesavanh Duangdy, Legal Adviser to the LFTU, answered questions.":                                         "Khonesavanh Duangdy | Legal Adviser | LFTU",
		"Brother Thura Aung, President of MWRN, began with numbers.":                                                      "Thura Aung | President | MWRN",
		"Mr. Pham Quoc Tuan, Deputy Head of the Policy Division of DOLAB, introduced the changes.":                        "Pham Quoc Tuan | Deputy Head of the Policy Division | DOLAB",
		"Mr. Peter Lindqvist (World Vision) wanted to know whether women were asked.":                                     "Peter Lindqvist | | World Vision",
		"Beside her sat Mr. Eko Prasetyo, board member of Migrant CARE. Mr. Prasetyo promised to help.":                   "Eko Prasetyo | board member | Migrant CARE",
		"Ms. Thandar Htay, a seamstress from Bago, gets 180 baht. “I pay for not being seen,” she told us all.":           "Thandar Htay | seamstress from Bago |",
		"Hon. Charles Santiago, Chairman of the Consumerism, Human Resources and Unity Committee, spoke.":                 "Charles Santiago | Chairman | Consumerism, Human Resources and Unity Committee",
		"H.E. Mr. Ouk Sarun, Ambassador of the Kingdom of Cambodia to Viet Nam, spoke.":                                   "Ouk Sarun | Ambassador of the Kingdom of Cambodia to Viet Nam |",
		"Director-General Anurak Thossarat of the Department of Employment announced it.":                                 "Anurak Thossarat | Director-General | Department of Employment",
		"Opening the forum was Dr. Pham Van Khoi, Rector of Hanoi University.":                                            "Pham Van Khoi | Rector | Hanoi University",
		"Her counterpart from the MOLVT, Mr. Heng Dara, agreed.":                                                          "Heng Dara | | MOLVT",
		"Aung Kyaw, president of MWRN, and Sein Htay, its secretary, spoke.":                                              "Aung Kyaw | president | MWRN / Sein Htay | secretary | MWRN",
		"Tan Sri Rahman Ismail and Mr. Lee Chong, both former judges, warned of the costs.":                               "Rahman Ismail | former judges | / Lee Chong | former judges |",
		"Mr. Brahm Press, executive director of MAP Foundation, and Ms. Jackie Pollock spoke.":                            "Brahm Press | executive director | MAP / Jackie Pollock | |",
		"The mayor, Mr. Terd Chin, and the head of the hospital, Dr. Ron Ruang, cut the ribbon.":                          "Terd Chin | mayor | / Ron Ruang | head of the hospital |",
		"IndustriALL’s regional secretary Annie Adviento reminded all that brands decide.":                                "Annie Adviento | regional secretary | IndustriALL",
		"“It takes courage,” remarked Kong Chan, a worker from the Sunwah factory.":                                       "Kong Chan | worker from the Sunwah factory |",
		"For the Ministry of Labour, its inspector in Tak, Ms. Wanna Chaiyo, answered.":                                   "Wanna Chaiyo | inspector in Tak | Ministry of Labour",
		"World Vision’s Mr. Wes, and Village Focus International director Rick Reece each gave an update.":                "Wes | | World Vision / Rick Reece | director | Village Focus International",
		"The case of Ms. Erwiana Sulis, an Indonesian domestic worker, shocked Hong Kong.":                                "",
		"Little Bird, a film about Laos, was screened. Friendship Bridge, a border crossing, is closed.":                  "",
		"Mr. Long, owner of the agency, was sentenced to five years.":                                                     "",
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
		"For copies please write to Ms. Pimchanok Saelim, MMN Research Assistant (Thai or English).":                      "Pimchanok Saelim | Research Assistant | MMN | th en",
		"The road is long. Those who want to know more can turn to Brother Zaw Lin, secretary of MWRN (Burmese).":         "Zaw Lin | secretary | MWRN | my",
		"For media: Mr. Patcharapol Sukjai, Coordinator of MWG (Thai, English), and Ms. Yin Yin Hlaing of FED (Burmese).": "Patcharapol Sukjai | Coordinator | MWG | th en / Yin Yin Hlaing | | FED | my",
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
