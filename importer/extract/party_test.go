package extract_test

import (
	"strings"
	"testing"
)

// parties renders whom a text, behind a workshop of the Sunrise Network, tells to
// have had which part in it.
func parties(text string) string {
	f := read("Workshop", "", "On 15 October 2018, the Sunrise Network organised a workshop in Yangon, Myanmar. It was attended by 40 participants. "+text)
	var got []string
	for _, e := range f.Events {
		for _, p := range e.Parties {
			if p.Org.Name != "Sunrise Network" {
				got = append(got, string(p.Part)+" "+org(p.Org))
			}
		}
	}
	return strings.Join(got, ", ")
}

// TestWhoWasThere holds how posts say whose people came.
func TestWhoWasThere(t *testing.T) {
	for text, want := range map[string]string{
		"Representatives of Raks Thai Foundation and of The Border Consortium (TBC) were also there.":                                            "represented Raks Thai, represented TBC",
		"Officials from the Ministry of Labour and Social Welfare and the LFTU sat in the front row, next to staff of UNICEF.":                   "represented MOLSW, represented LFTU, represented UNICEF",
		"They had been sent by MAP Foundation, the Labour Rights Promotion Network (LPN) and CSAGA, among others.":                               "represented MAP, represented LPN, represented CSAGA",
		"They came from LSCW, recruitment agencies and the National University of Laos (NUOL).":                                                  "represented LSCW, represented NUOL",
		"Our colleagues of World Vision and Save the Children travelled through the night to be with us.":                                        "represented World Vision, represented Save the Children",
		"The International Labour Organization (ILO) watched from the back row, as did UN Women.":                                                "represented ILO, represented UN Women",
		"Also in the room: the Embassy of Malaysia, CARAM Cambodia and the Cambodian Labour Confederation (CLC).":                                "represented Embassy of Malaysia, represented CARAM Cambodia, represented CLC",
		"Half of those present were staff of HRDF and LPN. We were glad to see friends from BWU and KWO again.":                                  "represented HRDF, represented LPN, represented BWU, represented KWO",
		"MOLIP, MOEAF and CTUM were at the table as well.":                                                                                       "represented MOLIP, represented MOEAF, represented CTUM",
		"Among those who had come to show solidarity were members of TLSC and of the Migrant Working Group (MWG).":                               "represented TLSC, represented MWG",
		"Delegates of the State Enterprises Workers’ Relations Confederation (SERC) joined the march.":                                           "represented SERC",
		"Representatives of the Ministry of Manpower of Indonesia and Migrant CARE attended.":                                                    "represented Ministry of Manpower of Indonesia, represented Migrant CARE",
		"The MFA sent an observer, as did the Korean foundation Friends of Asia, which runs a shelter in Goyang.":                                "represented MFA, represented Friends of Asia",
		"Members of Action Labor Rights walked along, and farmers from AFFM brought a bullock cart.":                                             "represented ALR, represented AFFM",
		"Observers from UNHCR, the Embassy of Myanmar and Finnwatch followed the hearing.":                                                       "represented UNHCR, represented Embassy of Myanmar, represented Finnwatch",
		"Police officers from the Department of Special Investigation arrested two brokers in Ranong.":                                           "",
		"Researchers from Chulalongkorn University and Mahidol University have found that wages fell.":                                           "",
		"Workers from the ILO were interviewed. Staff of Tenaganita visited the camp in 2009. They came from Mon State, Bago Region and Yangon.": "",
	} {
		if got := parties(text); got != want {
			t.Errorf("%q\n\t%q, want\n\t%q", text, got, want)
		}
	}
}

// TestWhoHelped holds how posts say who paid, and who did something else: support
// is money only where the text says so.
func TestWhoHelped(t *testing.T) {
	for text, want := range map[string]string{
		"It was supported by the Heinrich Böll Foundation.":                                                                  "supporter Heinrich Böll Foundation",
		"It was made possible by the kind help of Oxfam and a grant of the McKnight Foundation.":                             "funder Oxfam, funder McKnight Foundation",
		"It was put on in close cooperation with MAP Foundation, with some financial support from Brot für die Welt.":        "funder Brot für die Welt, co-organiser MAP",
		"It was funded by the European Union, with additional support from the International Transport Workers’ Federation.": "funder EU, supporter ITF",
		"Technical support came from the International Labour Organization. Financial support came from Oxfam.":              "supporter ILO, funder Oxfam",
		"Our warm thanks go to the Solidarity Center, without whose generous support none of this would have happened.":      "funder Solidarity Center",
		"We are thankful to the Rockefeller Foundation for giving the fund.":                                                 "funder Rockefeller Foundation",
		"She thanked Diakonia for its support. The costs were shared by LPN and the Freedom Fund.":                           "supporter Diakonia, funder LPN, funder Freedom Fund",
		"Yunnan University was the host, and the Rockefeller Foundation the funder.":                                         "host Yunnan University, funder Rockefeller Foundation",
		"Our thanks go to Oxfam for its support over the year.":                                                              "",
		"The Asia Foundation backed the event.":                                                                              "supporter Asia Foundation",
		"Our hosts were the Lao Federation of Trade Unions, and Oxfam footed the bill.":                                      "funder Oxfam, host LFTU",
		"As partners of old, we met again. Behind it stood MAP Foundation and FED.":                                          "organiser MAP, organiser FED",
		"MMN and CSAGA had called it, and the bill was paid by Diakonia.":                                                    "funder Diakonia, organiser MMN, organiser CSAGA",
	} {
		if got := parties(text); got != want {
			t.Errorf("%q\n\t%q, want\n\t%q", text, got, want)
		}
	}
}
