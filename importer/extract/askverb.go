package extract

// askVerbs are verbs by which asks say what should be done. In the form without
// an ending they tell an ask from a topic, and where its subject ends: "that
// police on both sides distinguish …".
var askVerbs = set(`abandon abide abolish accelerate accept account accredit acknowledge act adapt add address adhere adjust admit adopt advertise advise advance agree align
	allocate allow amend announce answer apologise appear apply appoint approve arrange arrest ask assess assign assist assume assure attach attend audit authorise avoid
	back ban bar base be bear begin bind blacklist block bring broaden broadcast budget build buy call campaign cancel cap care carry cease change charge check choose circulate clarify close collaborate collect
	combat commission commit communicate compel compensate compile complete comply conclude conduct confirm connect consider consult contact continue contribute control convene cooperate co-operate coordinate
	correct cover create criminalise curb cut deal declare decriminalise deduct deepen define delay delete delink deliver demand deny deploy deport designate desist destroy detain develop devise devote direct disclose
	discontinue discuss display distinguish distribute double draft draw drop earmark ease educate elect eliminate embed employ empower enable enact encourage end endorse enforce engage enhance enlarge enrol ensure enter
	equip eradicate establish evaluate examine exclude exempt expand expedite explain extend facilitate fill finalise finance find fine finish fix follow forbid forgive formulate fulfil fund furnish gather give grant guarantee guard
	halt hand harmonise hasten have hear help hire hold honour house identify implement impose improve include incorporate increase inform initiate insert inspect install instruct insure integrate intensify interpret introduce
	invest investigate invite involve issue join keep launch lay lead learn legalise legislate lend let leave lift limit link list listen look lower mainstream maintain make mandate mark match measure mediate meet merge modify
	monitor move name negotiate note notify nominate observe offer open operate order organise outlaw oversee participate pass pay penalise permit persuade phase pilot place plan play pledge post postpone prepare preserve
	press prevent print prioritise process procure produce prohibit prolong promote prosecute protect prove provide publicise publish punish purchase pursue put raise ratify reach read reaffirm realise receive recognise
	reconsider record recruit rectify redouble reduce refer reform refrain refund refuse register regularise regulate rehire reimburse reinforce reinstate reject relax release relocate remedy remind remove renegotiate renew reopen
	repair repatriate repay repeal replace reply report request require rescind rescue research reserve resettle resolve respect respond restore restrict resume retain rethink return review revise revisit revoke reward
	rotate safeguard sanction save scrap screen scrutinise search secure seek seize send separate serve set settle shape share shorten show shut sign simplify speak specify speed spend sponsor staff standardise
	start state station step stick stop streamline strengthen strike submit subsidise supervise supply support suspend sustain tackle take talk target teach tell terminate tighten tolerate track train transfer translate treat
	triple trust turn uncouple undertake uphold update upgrade urge use vaccinate validate verify visit vote waive warn welcome widen withdraw withhold work write
	recognize authorize organize criminalize decriminalize legalize regularize standardize prioritize penalize subsidize scrutinize apologize finalize publicize harmonize rid refrain abstain post put mend open-up`)

// bidden reports whether a verb in the form of a command stands at token i.
func (s *sentence) bidden(i int) bool {
	t := s.tok(i)
	if t.is("not") || t.is("do") && s.tok(i+1).is("not") {
		return true
	}
	return t.kind == word && askVerbs[t.low]
}
