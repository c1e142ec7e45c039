package extract_test

import (
	"strings"
	"testing"

	"sala/importer/extract"
)

// askedIn renders the asks of a text, a line of which that begins with "# " is a
// heading and one with "* " an item.
func askedIn(title string, lines []string) string {
	text := extract.Text{Title: title, Lang: "en"}
	for i, line := range lines {
		b := extract.Block{ID: string(rune('a' + i)), Text: line}
		if rest, ok := strings.CutPrefix(line, "# "); ok {
			b.Text, b.Heading = rest, true
		}
		if rest, ok := strings.CutPrefix(line, "* "); ok {
			b.Text, b.Item = rest, true
		}
		text.Blocks = append(text.Blocks, b)
	}
	var got []string
	for _, a := range extract.Read(text, extract.Learned{}).Asks {
		s := a.Words
		if a.Number != "" {
			s = a.Number + " " + s
		}
		if len(a.Addressees) > 0 {
			s += " ← " + strings.Join(a.Addressees, "; ")
		}
		got = append(got, s)
	}
	return strings.Join(got, " / ")
}

// TestHowAnAskIsPut holds the ways in which a sentence asks, one for each rule.
func TestHowAnAskIsPut(t *testing.T) {
	for text, want := range map[string]string{
		"A meeting was held in Yangon on 20 March 2014. It was recommended that returnees be invited to every course. Employers in Korea should pay for protective clothing from the first day, and with regard to the law the meeting recommended abolishing the limit on changes of workplace.": "returnees be invited to every course / abolishing the limit on changes of workplace / Employers in Korea should pay for protective clothing from the first day ← Employers in Korea",
		"A meeting was held in Yangon on 20 March 2014. It recommended that the office open on Sundays. Employers must hand over passports, and the Ministry was urged to inspect the dormitories.":                                                                                               "the office open on Sundays ← office / inspect the dormitories ← Ministry / Employers must hand over passports ← Employers",
		"Participants recommended that the Department of Fisheries should inspect every boat.":                                                                              "the Department of Fisheries should inspect every boat ← Department of Fisheries",
		"The participants demanded an end to arrests and the return of passports.":                                                                                          "an end to arrests and the return of passports",
		"“What we need is a hotline that answers at night,” Ms. Mya Mya said.":                                                                                              "a hotline that answers at night",
		"What is needed, according to Mr. Tun Lin, is a law that covers domestic workers.":                                                                                  "a law that covers domestic workers",
		"They urged both governments to issue passports and employers to pay the fees.":                                                                                     "issue passports ← both governments / pay the fees ← employers",
		"They called on the Government to shorten the period and to pay out contributions.":                                                                                 "shorten the period ← Government / pay out contributions ← Government",
		"They called on the Government to let workers change jobs and to stay.":                                                                                             "let workers change jobs and to stay ← Government",
		"She asked the embassies of Burma, Cambodia and Laos to visit the camps.":                                                                                           "visit the camps ← embassies of Burma, Cambodia and Laos",
		"She turned to the seafood companies and urged them to reimburse the fees.":                                                                                         "reimburse the fees ← seafood companies",
		"The forum’s main demand was that the minimum wage be raised.":                                                                                                      "the minimum wage be raised",
		"The report recommends that employers (i) issue contracts, (ii) return passports, and (iii) pay rent.":                                                              "i issue contracts ← employers / ii return passports ← employers / iii pay rent ← employers",
		"Three demands were put to the Ministry of Labour: (1) publish the list; and (2) hire interpreters.":                                                                "1 publish the list ← Ministry of Labour / 2 hire interpreters ← Ministry of Labour",
		"It is high time that the police look into the matter.":                                                                                                             "the police look into the matter ← police",
		"It would be best for the Ministry to open the fund to all, she said.":                                                                                              "open the fund to all ← Ministry",
		"And to the leaders of ASEAN, who met in Cebu, we appeal to give the declaration force.":                                                                            "give the declaration force ← leaders of ASEAN",
		"The commissioners recommend to the Cabinet opening a new registration.":                                                                                            "opening a new registration ← Cabinet",
		"The participants recommended to establish a contact list, and they called on buyers to pay on time.":                                                               "establish a contact list / pay on time ← buyers",
		"Landlords of dormitories are kindly requested not to evict anyone.":                                                                                                "not to evict anyone ← Landlords of dormitories",
		"The embassies were asked to send officers, and the Social Security Office to open a counter.":                                                                      "open a counter ← Social Security Office of Thailand / send officers ← embassies",
		"The forum ended with an appeal which calls upon local governments to open classes.":                                                                                "open classes ← local governments",
		"It suggests that the Ministry of Labour conclude agreements.":                                                                                                      "the Ministry of Labour conclude agreements ← Ministry of Labour",
		"“We ask the government to give us a card,” said Ma Khin.":                                                                                                          "give us a card ← government",
		"“Let the labour inspectors come at night, when we work,” he said.":                                                                                                 "come at night, when we work ← labour inspectors",
		"They appealed jointly to the two governments for the renewal of the agreement.":                                                                                    "the renewal of the agreement ← two governments",
		"The statement ends with a plea to consumers not to buy from such brands.":                                                                                          "not to buy from such brands ← consumers",
		"The report makes proposals. They include setting up centres, recognising skills, and offering loans.":                                                              "setting up centres / recognising skills / offering loans",
		"The Thai government, for its part, should ratify the Convention, she said.":                                                                                        "The Thai government, for its part, should ratify the Convention ← Thai government",
		"The law requires that employers must pay for the return ticket.":                                                                                                   "",
		"The convention, which calls on states to protect migrants, was adopted in 1990.":                                                                                   "",
		"Participants were encouraged to share their experience and asked to form groups.":                                                                                  "",
		"Interested organisations are requested to register by email.":                                                                                                      "",
		"Her employer demanded the return of the advance.":                                                                                                                  "",
		"What we need to know is how many have left.":                                                                                                                       "",
		"The demand for workers is high. It is important to note that figures differ.":                                                                                      "",
		"The film “Call on Employers to Pay” was shown.":                                                                                                                    "",
		"She invited all to the dinner and asked them to bring friends.":                                                                                                    "",
		"The workshop aimed to: 1) share experience; 2) discuss laws; and 3) plan next steps.":                                                                              "",
		"Ms. Su Su recommended the film to everyone. In the first demand of the day, lunch was asked for again.":                                                            "",
		"They recommended that officers stop raids, that women be held separately, and that deportees be allowed to stay.":                                                  "officers stop raids ← officers / women be held separately / deportees be allowed to stay",
		"In it the marchers ask the Thai government to: (1) raise the wage; (2) abolish the rule; and (3) return the money.":                                                "1 raise the wage ← Thai government / 2 abolish the rule ← Thai government / 3 return the money ← Thai government",
		"The MOLSW was asked to (a) license agencies and (b) post an attaché in Bangkok.":                                                                                   "a license agencies ← Ministry of Labour and Social Welfare / b post an attaché in Bangkok ← Ministry of Labour and Social Welfare",
		"It was recommended that the Lao and Thai governments agree on a contract.":                                                                                         "the Lao and Thai governments agree on a contract ← Lao and Thai governments",
		"Ms. Dee, Vice President, demanded an end to the rules that tie workers to one province.":                                                                           "an end to the rules that tie workers to one province",
		"They suggested that township offices in Myanmar issue the certificate at no cost.":                                                                                 "township offices in Myanmar issue the certificate at no cost ← township offices in Myanmar",
		"Dr. Nok recommended that hospitals along the border train interpreters.":                                                                                           "hospitals along the border train interpreters ← hospitals along the border",
		"Last, the SSO was requested to accept forms in Lao.":                                                                                                               "accept forms in Lao ← Social Security Office of Thailand",
		"The MOLIP was urged to post an attaché. Ms. Han suggested that the ministry hand out telephone numbers.":                                                           "post an attaché ← Ministry of Labour, Immigration, and Population / the ministry hand out telephone numbers ← Ministry of Labour, Immigration, and Population",
		"Participants called for insurance from the day of arrival, and for contracts in Lao.":                                                                              "insurance from the day of arrival / contracts in Lao",
		"Mr. Ramiro Cruz, Officer of BWI, recommended abolishing fee ceilings, and recommended that employers pay all fees.":                                                "abolishing fee ceilings / employers pay all fees ← employers",
		"They urged the cabinet to extend the deadline by a year, and to open offices on Thai soil.":                                                                        "extend the deadline by a year ← cabinet / open offices on Thai soil ← cabinet",
		"\"Thailand must ratify ILO Conventions 87 and 98,\" said Mr. Anucha Phromma.":                                                                                      "Thailand must ratify ILO Conventions 87 and 98 ← Thailand",
		"The petition called for higher wages, safe housing and an end to deductions.":                                                                                      "higher wages / safe housing / an end to deductions",
		"The marchers demanded a wage of 400 baht, an end to short contracts and paid leave for mothers.":                                                                   "a wage of 400 baht / an end to short contracts / paid leave for mothers",
		"They demanded an end to arrests, detention and deportation.":                                                                                                       "an end to arrests, detention and deportation",
		"The women want three things: a hotline, a shelter and a lawyer.":                                                                                                   "a hotline / a shelter / a lawyer",
		"Our message to employers is simple: pay on time, give back passports and let workers rest.":                                                                        "pay on time ← employers / give back passports ← employers / let workers rest ← employers",
		"They urged the Thai government to ratify the Convention, extend the law to homes, and raise the wage.":                                                             "ratify the Convention ← Thai government / extend the law to homes ← Thai government / raise the wage ← Thai government",
		"They urged Thailand to halt raids, Malaysia to open shelters and Singapore to cap fees.":                                                                           "halt raids ← Thailand / open shelters ← Malaysia / cap fees ← Singapore",
		"“Give us one day off a week,” she told the employers.":                                                                                                             "Give us one day off a week ← employers",
		"Ms. Aye stressed the need for embassies to post attachés, and the need for a hotline.":                                                                             "post attachés, and the need for a hotline ← embassies",
		"The Secretariat was requested to circulate the text; employers were called on to pay fees.":                                                                        "circulate the text ← Secretariat / pay fees ← employers",
		"A request was made to the SSO to accept forms in Burmese.":                                                                                                         "accept forms in Burmese ← Social Security Office of Thailand",
		"Nothing in this letter calls for new legislation. She asked for the lights to stay low.":                                                                           "",
		"They began to ask questions to her instead. The unions were invited to attend.":                                                                                    "",
		"Ms. Hseng insisted that the Social Security Office has to cover farm workers, and that owners ought to buy ladders.":                                               "the Social Security Office has to cover farm workers ← Social Security Office of Thailand / owners ought to buy ladders ← owners",
		"Dr. Thanaporn recommended, as a smaller step, striking the exception for farms.":                                                                                   "striking the exception for farms",
		"They urge the Cabinet to publish one price. Agencies which have overcharged must refund the workers.":                                                              "publish one price ← Cabinet / Agencies which have overcharged must refund the workers ← Agencies",
		"He said that companies that use agents should pay the fee themselves. We know that the law must be applied.":                                                       "companies that use agents should pay the fee themselves ← companies",
		"Mr. Rodpai argued that data collected for a permit should never end up with the police.":                                                                           "data collected for a permit should never end up with the police",
		"They demanded an end to fees, and several said that interpreters should be paid from the fund.":                                                                    "an end to fees / interpreters should be paid from the fund",
		"She said that the new law should come into force in May. He argued that the film should be seen by everybody.":                                                     "",
		"It suggests that supervising organisations be paid from a public fund.":                                                                                            "supervising organisations be paid from a public fund",
		"She demanded three things: that trainees be free to leave; that commissions be prohibited.":                                                                        "trainees be free to leave / commissions be prohibited",
		"They call for a regional fund for learning centres, to be set up by the ASEAN Secretariat.":                                                                        "a regional fund for learning centres, to be set up by the ASEAN Secretariat ← ASEAN Secretariat",
		"She closed the day, and asked everybody present to speak of “domestic workers”.":                                                                                   "speak of “domestic workers” ← everybody present",
		"The networks ask that Thailand stop the deportations, and that Myanmar issue passports.":                                                                           "Thailand stop the deportations ← Thailand / Myanmar issue passports ← Myanmar",
		"A plea went out to the Thai authorities: let them stay. “Begin with the day, not with the law,” he told them.":                                                     "let them stay ← Thai authorities",
		"They called on the Yuan to cover homes by law, demanded the abolition of the fee, and said that the Ministry of Health and Welfare ought to grant families leave.": "cover homes by law ← Yuan / the abolition of the fee / the Ministry of Health and Welfare ought to grant families leave ← Ministry of Health and Welfare",
		"They recommended that ASEAN member states set a limit. They also recommended paying for lost hours, and that employers provide shade.":                             "ASEAN member states set a limit ← ASEAN member states / employers provide shade ← employers / paying for lost hours",
		"The Forum considers that Member States have to abolish the levy. He said that employers have to pay a fee.":                                                        "Member States have to abolish the levy ← Member States",
		"It was the wish of the meeting that embassies keep their doors open.":                                                                                              "embassies keep their doors open ← embassies",
		"Ms. Oo put it bluntly: the labour office needs to answer its telephone.":                                                                                           "the labour office needs to answer its telephone ← labour office",
		"He pleaded with the inspectors to come at night. She wants the Ministry of Interior to register all children.":                                                     "come at night ← inspectors / register all children ← Ministry of Interior",
		"What the trainees ask of the Japanese government is that it abolish the deposits.":                                                                                 "abolish the deposits ← Japanese government",
		"The network asked for a meeting with the Governor and requested that he visit the camp.":                                                                           "he visit the camp ← Governor",
		"Among other things, the paper recommends to employers to pay wages by bank transfer.":                                                                              "pay wages by bank transfer ← employers",
		"MAP asks that no worker be dismissed. It is up to the brands now to repay what was taken, the union said.":                                                         "no worker be dismissed / repay what was taken ← brands",
		"The meeting calls for urgent action by the Government of Laos to license recruiters.":                                                                              "urgent action by the Government of Laos to license recruiters ← Government of Laos",
		"Most had to ask their employers for leave. Nobody asks them for a receipt. They asked the SSO whether it pays.":                                                    "",
		"She had three requests: to the police, to stop asking for money; to the hospital, to hire an interpreter; to employers, to sign.":                                  "stop asking for money ← police / hire an interpreter ← hospital / sign ← employers",
		"Governments of the region are called upon (a) to end detention, (b) to open shelters and (c) to fund legal aid.":                                                   "a end detention ← Governments of the region / b open shelters ← Governments of the region / c fund legal aid ← Governments of the region",
		"The press should stop calling us illegal, the women said. The boss demanded that they leave.":                                                                      "The press should stop calling us illegal ← press",
	} {
		if got := askedIn("News", []string{text}); got != want {
			t.Errorf("%q asks\n\t%q, want\n\t%q", text, got, want)
		}
	}
}

// TestListsOfAsks holds how lists of asks are announced and whom their items
// name.
func TestListsOfAsks(t *testing.T) {
	for text, want := range map[string]string{
		"The participants agreed on recommendations.\nTo the Royal Government of Cambodia:\na) Post an attaché.\nTo recruitment agencies:\nb) Return deposits.":                                                               "a Post an attaché ← Royal Government of Cambodia / b Return deposits ← recruitment agencies",
		"The Social Security Office is asked to:\n* print the forms in Khmer;\n* pay the worker first.":                                                                                                                       "print the forms in Khmer ← Social Security Office of Thailand / pay the worker first ← Social Security Office of Thailand",
		"# What we want from the new government\n* Sign ILO Convention 189.":                                                                                                                                                  "Sign ILO Convention 189 ← new government",
		"The meeting recommends:\n5.1 The Department of Employment to accept certificates.\n5.2 Insurance cards to be issued.":                                                                                                "5.1 The Department of Employment to accept certificates ← Department of Employment / 5.2 Insurance cards to be issued",
		"The comments are summarised as follows:\n* Agencies need to refund the fee.\n* A levy could be considered.":                                                                                                          "Agencies need to refund the fee ← Agencies / A levy could be considered",
		"They make these demands:\n* The list must be kept by both governments.\n* Employers: pay through banks.\n* That the police stop raids.":                                                                              "The list must be kept by both governments ← both governments / Employers: pay through banks ← Employers / That the police stop raids ← police",
		"We therefore request the Council to:\n1. Ensure that employers pay all wages;\n2. Tell agencies to return deposits.":                                                                                                 "1 Ensure that employers pay all wages ← Council / 2 Tell agencies to return deposits ← Council",
		"We call on the Thai Government to take the following steps at once:\n1. Extend all visas until the end of the year.":                                                                                                 "1 Extend all visas until the end of the year ← Thai Government",
		"The following recommendations to the Thai Government were agreed upon:\n* Keep children together with their parents;":                                                                                                "Keep children together with their parents ← Thai Government",
		"Recommendation 1: The Ministry of Labour should extend registration.":                                                                                                                                                "1 The Ministry of Labour should extend registration ← Ministry of Labour",
		"The programme was as follows:\n* Welcome and opening remarks\n* Presentation of the study":                                                                                                                           "",
		"MMN makes the following appeals.\n# To the Royal Thai Government\n* Open all shelters to everybody.\n# Employers and brokers\n* Pay all wages that were due.":                                                        "Open all shelters to everybody ← Royal Thai Government / Pay all wages that were due ← Employers; brokers",
		"Nos. 1 and 2 are addressed to the governments of Vietnam and Lao PDR, no. 3 to employers.\n1. Conclude agreements on pensions.\n2. Explain contributions.\n3. Accept claims.":                                        "1 Conclude agreements on pensions ← governments of Vietnam and Lao PDR / 2 Explain contributions ← governments of Vietnam and Lao PDR / 3 Accept claims ← employers",
		"They recommended that ASEAN member states:\n* recognise domestic work as work;\n* ratify the Convention.":                                                                                                            "recognise domestic work as work ← ASEAN member states / ratify the Convention ← ASEAN member states",
		"They addressed recommendations to ASEAN member states, the last of which reads as follows:\n* Hospitals should not be obliged to report patients.":                                                                   "Hospitals should not be obliged to report patients ← ASEAN member states",
		"To the Ministry of Labour and Social Welfare in Vientiane:\n* Train headmen to recognise a contract.":                                                                                                                "Train headmen to recognise a contract ← Ministry of Labour and Social Welfare",
		"Having regard to this, the Round-table:\n* (i) requests the Ministry of Labour and Vocational Training to post an attaché;\n* (ii) recommends that candidates be informed;\n* Reaffirms its support for the strike.": "i requests the Ministry of Labour and Vocational Training to post an attaché ← Ministry of Labour and Vocational Training / ii recommends that candidates be informed",
		"The participants,\n* Welcoming the new law;\n* Strongly urge employers to return passports;\n* Call for an end to raids.\n* Ask your employer for a copy.":                                                           "Strongly urge employers to return passports ← employers / Call for an end to raids",
		"Participants reached these suggestions:\n* 1. Suggest the jade companies to install water spray;\n* 2. The hospitals should hire interpreters.":                                                                      "1 Suggest the jade companies to install water spray ← jade companies / 2 The hospitals should hire interpreters ← hospitals",
		"We therefore ask of the Royal Thai Government the following.\n* Provide water to every camp.\n* Test all residents.":                                                                                                 "Provide water to every camp ← Royal Thai Government / Test all residents ← Royal Thai Government",
		"We propose to both embassies the following steps.\n* Open on Sundays.\n* Answer the telephone.":                                                                                                                      "Open on Sundays ← both embassies / Answer the telephone ← both embassies",
		"The women made a list for their authorities:\n* Open a passport office here.\n* The village chief should not collect fines.\n* Please teach the girls what a contract is.":                                           "Open a passport office here ← authorities / The village chief should not collect fines ← village chief / Please teach the girls what a contract is ← authorities",
		"The meeting ended with a message for the buyers:\n* Pay in full for orders placed.\n* Factories must keep their workers.":                                                                                            "Pay in full for orders placed ← buyers / Factories must keep their workers ← Factories",
		"The conference recommends that:\n* (a) Countries of origin publish, in local languages, all fees;\n* (b) Banks in Laos stop lending against land.":                                                                   "a Countries of origin publish, in local languages, all fees ← Countries of origin / b Banks in Laos stop lending against land ← Banks in Laos",
		"The guidebook tells readers what to do:\n* Keep a copy of your passport.\n* Call the hotline.":                                                                                                                       "",
		"The workshop wanted to:\n* Share experience among members.\n* Draw up a plan.":                                                                                                                                       "",
		"Participants learned what to do at the office:\n* Bring the card.\n* Ask for a receipt.":                                                                                                                             "",
		"The Forum calls on\n* States to end detention,\n* the media to stop using the word.":                                                                                                                                 "States to end detention ← States / the media to stop using the word ← media",
		"The plenary adopted two recommendations to the Government of Thailand.\n1. Replace registration with a permanent procedure.\n2. Make public the number of permits lost.":                                             "1 Replace registration with a permanent procedure ← Government of Thailand / 2 Make public the number of permits lost ← Government of Thailand",
		"The paper demands that the government\n1) ratify ILO Conventions 87 and 98;\n2) repeal the rule.":                                                                                                                    "1 ratify ILO Conventions 87 and 98 ← government / 2 repeal the rule ← government",
		"The Ministry adopted two proposals of the agencies.\n* Fees of agencies\n* Levy on employers":                                                                                                                        "",
		"# What needs to change\nThe Ministry of Labour must publish its data.":                                                                                                                                               "The Ministry of Labour must publish its data ← Ministry of Labour",
		"The meeting adopted the following resolutions:\n(1) That the Government of Thailand be requested to ratify Convention 188;\n(2) That wages be paid on time.":                                                         "1 That the Government of Thailand be requested to ratify Convention 188 ← Government of Thailand / 2 That wages be paid on time",
		"Recommendations:\n1. Employers not to keep passports.\n2. MOLES to meet them.":                                                                                                                                       "1 Employers not to keep passports ← Employers / 2 MOLES to meet them ← Ministry of Labour, Employment and Social Security",
	} {
		if got := askedIn("News", strings.Split(text, "\n")); got != want {
			t.Errorf("%q asks\n\t%q, want\n\t%q", text, got, want)
		}
	}
}
