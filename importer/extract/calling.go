package extract

import "strings"

// callings are what people are called, in small letters, besides the roles that
// stand in capitals, too. In capitals they may be a part of other names.
var callings = set(`maker moviemaker grower raiser keeper crew staff deputy elder participant editor detainee deportee author co-author co-editor tapper nutritionist dietician dietitian mason carpenter cook chef waiter waitress hairdresser
	vendor hawker trader shopkeeper miner weaver peeler packer picker sorter foreman forewoman janitor guard gardener caretaker nanny babysitter
	mechanic electrician plumber painter builder porter courier rider soldier policeman policewoman sergeant prisoner inmate evacuee orphan pensioner victim
	complainant plaintiff witness claimant petitioner pastor priest bishop theologian playwright comedian actor actress dancer musician animator cartoonist
	illustrator designer translator documentarian podcaster broadcaster presenter commentator columnist publisher librarian geographer epidemiologist
	criminologist linguist ethnographer biologist ecologist scientist mediator arbitrator notary clerk registrar auditor accountant cashier bookkeeper banker
	merchant entrepreneur businessman businesswoman investor employer contractor subcontractor landlord apprentice graduate pupil schoolgirl schoolboy
	daughter son father sister brother husband grandmother grandfather parent educator tutor instructor coach mentor neighbour fishmonger
	seafood-worker housekeeper breadwinner homemaker stevedore docker crewman crewmember skipper bosun oarsman steward stewardess operator technician
	therapist dentist optician radiographer medic paramedic caseworker fieldworker outworker homeworker sharecropper smallholder planter rancher herder
	logger woodcutter bricklayer roofer scaffolder machinist knitter embroiderer cobbler potter baker butcher barber beautician masseuse masseur bartender
	receptionist telephonist typist stenographer telemarketer salesman saleswoman saleswomen salesperson shopper collector recycler scavenger sweeper
	expert-witness whistleblower spokesman alumnus alumna alumni ex-detainee ex-worker ex-minister`)

// isRole reports whether a token is the head of what somebody is.
func isRole(t *token) bool {
	return roleWords[t.low] || t.kind == word && !t.upper && isCalling(t.low)
}

// isCalling reports whether a word in small letters is a calling, or several of
// them.
func isCalling(low string) bool {
	if callings[low] {
		return true
	}
	one, many := strings.CutSuffix(low, "s")
	return many && (callings[one] || roleWords[one]) || strings.HasSuffix(low, "ies") && callings[low[:len(low)-3]+"y"] || strings.HasSuffix(low, "men") && (callings[low[:len(low)-2]+"an"] || roleWords[low[:len(low)-2]+"an"])
}

// noTrades are heads behind "a" or "an" that tell what a thing is, or a body.
var noTrades = set(`company firm agency organisation organization network ngo group union village town city province district township factory hospital magazine newspaper
	film documentary book report song school university college institute foundation association federation alliance coalition centre center programme program project
	initiative charity movement party country state island river street road suburb neighbourhood settlement camp port hotel venue hall building clinic shelter
	station website platform app hotline court ministry department office bank fund trust cooperative collective think-tank subsidiary brand supplier member partner
	law bill ordinance decree policy convention treaty agreement scheme system place day year month step moment event meeting workshop forum conference journey
	play exhibition photograph picture novel study survey game story leaflet manual handbook guide toolkit term word phrase sign symbol reminder few lot number
	crossing bridge border market temple pagoda mountain ship boat vessel trawler car vehicle product dish song drink kilometre mile handful`)

// shared reads a role that a number of people share, which stands before their
// names: "two former detainees, A and B"; the names begin at token i.
func (s *sentence) shared(i int) (role string, start int) {
	end := i
	if s.tok(end-1).is(",", ":", "–", "—") {
		end--
	}
	for k := end - 1; k >= 0 && k > end-9; k-- {
		t := s.tok(k)
		if t.kind == number && len(t.text) < 3 || numberWords[t.low] > 1 || t.is("several", "both", "numerous") {
			if k+1 == end {
				return "", 0
			}
			head := end - 1
			for h := k + 1; h < end; h++ {
				if s.tok(h).is("of", "from", "in", "at", "who", "for", "with") {
					head = h - 1
					break
				}
			}
			if low := s.tok(head).low; head > k && !s.tok(head).upper && (strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "ss") || isCalling(low) || peopleNouns[low]) && !noTrades[strings.TrimSuffix(low, "s")] && !bodyNouns[low] && !eventNouns[low] {
				return clean(s.words(k+1, end)), k
			}
			return "", 0
		}
		if t.kind != word || s.isPerson(k) || saying[t.low] && !t.upper {
			return "", 0
		}
	}
	return "", 0
}
