package extract

import "strings"

// The words that the rules of English go by.
var (
	// orgWords make an organisation of a name in capitals.
	orgWords = set(`ministry department division bureau office commission committee council agency authority administration
		organisation organization organisations organizations association associations federation confederation foundation network networks alliance
		coalition union unions institute institution university college school centre center consortium congress society
		group initiative trust fund bank embassy consulate consulate-general mission secretariat programme program movement project projects collective
		cooperative taskforce task board court parliament senate assembly house company ltd corporation corp inc chamber partnership
		watch forum party league club church clinic hospital academy solidarity
		consultancy platform caucus guild faculty stiftung commune
		police army navy hub lab shelter`)
	// openHeads are organisation words after which a name goes on with "of" or "for".
	openHeads = set(`ministry department division bureau office commission committee council agency association federation confederation
		foundation alliance coalition union institute university college school centre center society embassy consulate mission
		organisation organization network group programme program forum faculty court bank fund board house`)
	// things in capitals that are no organisations.
	things = set(`providers memorandum convention conventions compact agreement act law order decree declaration consensus covenant scheme system
		plan strategy policy index report goals goal day days week year month statement protocol principles ordinance visa constitution
		proclamation regulation resolution guidelines framework recommendation recommendations release award book campaign process
		understanding cooperation trafficking award skills rules code standards summit consultation workshop seminar webinar symposium
		conference training dialogue meeting roundtable consultations celebration plenary session panel keynote documentary film`)
	// subUnits stand within another organisation.
	subUnits = set(`department division bureau office unit section faculty directorate school desk branch`)

	roleWords = set(`authors headmaster headmistress director directors coordinator coordinators co-ordinator officer officers manager managers president presidents chair
		chairperson chairman chairwoman secretary secretaries minister ministers professor professors lecturer researcher researchers attaché attache
		representative representatives advocate lawyer lawyers attorney adviser advisor advisers advisors consultant specialist expert experts
		analyst commissioner commissioners ambassador counsellor counselor consul member members founder founders co-founder head leader leaders
		organiser organizer organisers activist activists assistant associate journalist journalists editor reporter spokesperson spokesman spokeswoman
		returnee returnees worker workers migrant migrants rapporteur delegate senator parliamentarian mp economist scholar scholars
		fellow student students governor inspector doctor nurse teacher interpreter intern volunteer volunteers trainer facilitator moderator
		treasurer survivor survivors trainee trainees official officials executive ceo colonel general judge lead chief fisher fishers fisherman seafarer
		refugee author filmmaker photographer photojournalist academic archivist supervisor administrator liaison vice-president vice-chair
		secretary-general director-general co-chair chargé superintendent captain lieutenant nun monk villager farmer mother wife widow labourer
		paralegal caseworker translator dean principal partner board co-director co-coordinator trustee owner broker recruiter chairs
		convenor convener strategist campaigner correspondent producer artist poet singer councillor mayor negotiator ombudsman rector programmer
		lawmaker legislator film-maker seamstress tailor driver cleaner welder unionist midwife abbot imam novelist blogger curator psychologist psychiatrist
		physician surgeon pharmacist solicitor barrister magistrate prosecutor envoy diplomat sociologist anthropologist historian demographer engineer
		minister-counsellor undersecretary under-secretary vice-minister vice-chairperson vice-chairman vice-chancellor vice-rector
		patron matron statistician caregiver carer maid deckhand skipper sailor`)
	// roleStarts begin no organisation's name.
	roleStarts = set(`director coordinator officer manager president chair chairperson chairman chairwoman secretary minister professor associate
		assistant deputy vice permanent executive programme program regional senior junior chief head representative representatives attaché ambassador
		counsellor former acting founder co-founder member members general lead advocacy communications project field country`)
	workerWords = set(`returnee returnees worker workers migrant migrants trainee trainees fisher fishers fisherman fishermen survivor survivors
		refugee refugees seafarer seafarers labourer labourers`)

	saying = set(`said says saying stated states stating reported reports outlined outlines suggested suggests discussed discusses explained explains
		questioned questions shared shares presented presents noted notes highlighted highlights pointed points urged urges called calls remarked remarks
		emphasised emphasized emphasises emphasizes stressed stresses expressed expresses spoke speaks speaking moderated moderates opened opens
		delivered delivers welcomed welcomes introduced introduces facilitated facilitates chaired chairs argued argues added adds concluded concludes
		warned warns commented comments described describes told tells recalled recalls demanded demands recommended recommends asked asks replied
		responded responds answered answers addressed addresses underlined underlines underscored reminded thanked acknowledged acknowledges observed
		observes affirmed reaffirmed agreed agrees proposed proposes raised testified recounted elaborated elaborates analysed analyzed gave gives
		appealed appealed reiterated reiterates announced announces clarified clarifies provided led leads spoken summarised summarized
		joined involving featuring closed criticised criticized lamented cautioned insisted declared reflected encouraged focused cited
		travelled talked talks examined presenting moderating facilitating sharing detailed traced pledged promised assured conceded admitted
		speak present moderate deliver discuss share open facilitate presided presides handed briefed demonstrated illustrated identified mentioned advised admitted confirmed maintained denied performed sang read guaranteed vowed`)
	// speaking are further words for what a speaker does; unlike those of saying
	// they mean it only behind a name.
	speaking = set(`doubted disagreed protested confessed quipped mused wondered retorted grumbled cried pleaded remarked remembers recounts worries believes thinks laughed sighed joked whispered shouted smiled exclaimed offered headed put received greeted contended contributed lectured taught drew compared related disclosed unveiled walked guided took concurred echoed
		countered asserted claimed informed updated inaugurated officiated reviewed co-moderated co-chaired co-facilitated pleaded congratulated applauded
		commended paid praised voiced set laid showed launched hailed denounced condemned regretted continued remembered listed hosted opined questioned
		updates reviews contributes lectures teaches chairing reading took steered wrapped sketched mapped unpacked dissected followed invited objected contrasted`)
	// notSpeaking are verbs in the past that do not mean that their subject spoke.
	notSpeaking = set(`declined refused waited watched listened cooked slept smiled shocked attended participated received arrived visited worked lived died moved returned joined graduated married migrated escaped
		suffered earned signed accompanied travelled represented stayed served retired resigned appointed elected arrested detained killed injured
		interviewed crossed borrowed needed wanted failed tried named based entitled listed pictured seated charged convicted sentenced deported
		rescued employed hired dismissed fired born raised aged used involved invited`)
	// speakingAt are words that mean it only right behind a name.
	speakingAt = set(`debated hoped thought felt believed estimated feared began started ended finished dealt touched turned covered tackled explored considered
		probed weighed`)
	// bringsIn are words behind which those are named who spoke.
	bringsIn = set(`intervene featuring featured features heard inputs input contributions contribution lectures lecture responses response comments reflections greetings message messages welcomes introduction introductions insights perspectives`)
	// givenBy are further things that somebody gives at an event.
	givenBy     = set(`review overview update updates summary analysis reading performance briefing account explanation introduction session training lesson song songs poem slideshow slideshows recital demonstration`)
	speechNouns = set(`commentators commentator contributors contributor lecturers instructors storytellers presentation presentations speech speeches remarks address keynote talk talks discussion panellists panelists panelist panellist
		speakers speaker testimony testimonies moderator facilitator commentary intervention interventions statement resource discussants discussant trainers trainer facilitators moderators presenters`)

	eventNouns = set(`workshop workshops consultation consultations meeting meetings conference conferences forum seminar seminars webinar webinars
		symposium training trainings dialogue dialogues roundtable roundtables round-table summit assembly celebration rally march launch briefing festival
		exhibition exchange congress retreat orientation convening gathering hearing tribunal discussion event screening fair talk lecture
		vigil protest demonstration ceremony colloquium visit course session teach-in hackathon commemoration parade picnic
		party reception roundtable talks colloquy bootcamp masterclass camp debate concert tour evening forums rallies seminar-workshop consultation-workshop
		gatherings events celebrations ceremonies briefings hearings screenings marches vigils festivals summits lectures assemblies symposia roadshow roadshows caravan picket premiere retreats visits tours concerts debates
		sit-in outreach activities activity inauguration expo get-together brainstorming tournament memorial walk contest competition graduation teach-ins quiz`)

	peopleNouns = set(`participants participant observers monitors attendees people persons representatives delegates members migrants workers women men activists
		stakeholders returnees students journalists officials youth youths children advocates leaders experts guests speakers trainees
		volunteers refugees lawyers organisers teachers researchers individuals employers brokers villagers fishers seafarers
		professionals practitioners academics paralegals girls boys panellists panelists trainers facilitators domestic-workers demonstrators protesters
		staff translators parliamentarians employees personnel trainers counsellors supporters marchers viewers interpreters monks nuns scholars recruiters labourers laborers fishermen unionists visitors neighbours listeners onlookers pupils farmers nurses
		relatives kin doctors inspectors diplomats academicians citizens survivors families lawmakers policymakers graduates campaigners players artists musicians witnesses`)
	// present are the nouns that by themselves say that somebody was there.
	present = set(`participants participant attendees delegates`)
	// whole bodies that can be counted at an event.
	bodyNouns = set(`countries organisations organizations provinces organisation groups ngos csos unions networks institutions agencies associations nationalities states townships`)

	// siteNouns can be counted right behind those who came from there.
	siteNouns = set(`universities factories villages communes districts towns cities churches companies ministries regions embassies newspapers outlets
		cooperatives workplaces municipalities`)

	attending = set(`hosted attended attending attend participated participating participate participation joined join joining gathered gather gathering
		exchanged together brought present marched took attendance came convened assembled turned participants attendees bringing comprised reached
		met sat rallied travelled celebrated drew involved trained registered welcomed`)
	// elsewhere are words that say that those counted were not at the event.
	elsewhere = set(`interviewed interviews interview surveyed survey surveys respondents respondent sample questionnaire visited visitors visit booth booths
		arrested detained killed died deported repatriated hired employed registered-migrants distributed copies signatures signed
		researched interviewees focus informants subscribers followers downloads readers`)

	functionWords = set(`the a an in on at for from to of and or but this that these those it its he she they we our you your i with by as is are was were be
		been will would can could may might must should has have had do does did not no if when while after before during following since until
		despite although though however moreover furthermore also among many most more some such several both each every all other another there here
		their his her my who which what why how where finally currently another yet then thus hence below above between through under over
		please read click see view join dear about according held without within throughout across upon so because given due based early late today yesterday tomorrow`)
	// never stand in the name of a person that no honorific announces.
	nonName = set(`migrant migrants migration labour labor rights human international national regional government royal asia asian asean southeast mekong
		greater sub-region subregion global press release statement civil society public people peoples women children youth worker workers
		state union law development social economic legal policy world united nations north south east west northern southern eastern western
		hotel hall street road district province township village city town river new years year happy day days convention covenant
		domestic fishing fisheries industry trade employment recruitment agencies employers ministry overseas facebook zoom youtube live photo photos
		credit source image video audio download english burmese thai khmer lao vietnamese japanese chinese buddhist era covid covid-19
		memorandum cooperation understanding joint open letter annual report summary executive general secretariat members member
		safe action plan declaration bill rohingya karen shan kachin mon chin rakhine kayah border areas process colombo
		opening closing remarks welcome session panel plenary keynote lunch break registration coffee tea agenda programme program
		recommendations recommendation part chapter section annex background introduction conclusion objectives objective
		contact contacts email phone tel time date venue place language languages monday tuesday wednesday thursday friday saturday sunday
		welfare affairs protection promotion education health justice interior finance foreign agriculture planning immigration security inspection skills democratic republic asia-pacific
		resource resources empowering building towards strengthening promoting protecting ensuring understanding examining living beyond`)
)

var (
	// lightVerbs make an event of its noun only close before it, with a day.
	lightVerbs = set(`opened called gave provided offered initiated coordinated co-ordinated facilitated led mounted inaugurated`)
	// gatherVerbs are what an event does with those who come.
	gatherVerbs = set(`brought gathered drew united attracted assembled ran happened occurred saw`)
	// comeVerbs are what those do who come.
	comeVerbs    = set(`gathered met assembled congregated`)
	activeVerbs  = set(`organised organized co-organised co-organized coorganised held convened hosted co-hosted conducted arranged ran co-convened hosts holds organises organizes convenes organising organizing hosting holding convening launched concluded completed staged delivered co-facilitated`)
	futureVerbs  = set(`hold host organise organize convene conduct co-host co-organise co-organize`)
	passiveVerbs = set(`held organised organized co-organised co-organized convened hosted co-hosted conducted arranged facilitated staged co-convened coordinated co-ordinated scheduled co-facilitated`)
)

var vacancyCues = []string{"vacancy", "vacancies", "we are hiring", "is hiring", "job opening", "job announcement", "call for applications", "call for proposals", "terms of reference", "is seeking a ", "is seeking an ", "is looking for a ", "is looking for an ", "consultant wanted", "consultant needed", " seeks a ", " seeks an ", "applications should", "application deadline", "no later than", "cover letter", "curriculum vitae", "position available", "employment opportunity", "career opportunity", "internship opportunity", "request for proposals", "invitation to bid", "call for consultants", "call for interns", "is recruiting a ", "is recruiting an ", "job title:", "closing date for applications", "how to apply"}

// isVacancy reports whether a text offers work rather than telling of an
// event.
func isVacancy(t Text) bool {
	head := t.Title
	for i := 0; i < len(t.Blocks) && len(head) < 1500; i++ {
		head += "\n" + t.Blocks[i].Text
	}
	head = strings.ToLower(head[:min(len(head), 3000)])
	n := 0
	for _, cue := range vacancyCues {
		if strings.Contains(head, cue) {
			n++
			if strings.Contains(strings.ToLower(t.Title), cue) {
				n += 2
			}
		}
	}
	return n >= 2
}
