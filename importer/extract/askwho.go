package extract

import "strings"

// canBeAsked reports whether a word can be the head of those who are asked for
// something: one of whom, or a plural by whose form it is those who do or hold
// something ("administrators", "dispatchers"), unless they are those for whom
// it is asked, or no people at all.
func canBeAsked(low string) bool {
	if whom[low] {
		return true
	}
	if len(low) < 7 || notAsked[low] || peopleNouns[low] || workerWords[low] {
		return false
	}
	for _, form := range []string{"ers", "ors", "ists", "men"} {
		if strings.HasSuffix(low, form) {
			return true
		}
	}
	return false
}

// notAsked look like those who do something.
var notAsked = set(`workers labourers laborers fishers seafarers caregivers helpers carers cleaners packers strikers prisoners strangers newcomers foreigners passengers
	commuters teenagers toddlers mothers fathers sisters brothers daughters travellers settlers sufferers earners learners joiners papers numbers matters
	orders letters centers quarters others offers borders dollars computers posters errors factors corridors chapters covers powers towers flowers showers
	flyers stickers banners folders binders trailers tractors motors sensors calculators indicators monitors translators interpreters presenters speakers
	readers listeners viewers visitors reporters moderators facilitators trainers commentators panellists panelists supporters marchers protesters
	demonstrators performers dancers singers players winners finalists applicants subscribers followers interviewers canisters lockers trousers fingers
	shoulders answers prayers dangers disorders barriers frontiers counters printers registers transfers layers shelters winters summers markers containers
	trawlers steamers shutters chargers headquarters rosters clusters rumours harbours neighbours tutors newsletters semesters disasters characters
	parameters kilometers kilometres fertilisers fertilizers boilers drawers vouchers ledgers waters fibers specimen sewers sewists knitters welders
	pickers tappers cutters peelers divers drivers riders porters loaders fitters weavers spinners sorters waiters women fishermen bystanders onlookers
	remitters returners stayers leavers overstayers holders bearers survivors`)
