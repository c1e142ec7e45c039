package importer_test

import (
	"testing"

	"sala/archive"
	"sala/importer"
)

func TestKinds(t *testing.T) {
	for _, test := range []struct {
		title string
		terms []string
		text  string
		want  archive.Kind
	}{
		// What the title begins with.
		{title: "Press Release: Fishers ask for written contracts", want: archive.PressRelease},
		{title: "PRESS RELEASE – Recruitment fees must end", want: archive.PressRelease},
		{title: "Joint Press Release on the new labour card", want: archive.PressRelease},
		{title: "Media release: domestic workers meet the ministry", want: archive.PressRelease},
		{title: "For immediate release: 300 workers unpaid", want: archive.PressRelease},
		{title: "แถลงข่าว: แรงงานข้ามชาติกับวัคซีน", want: archive.PressRelease},
		{title: "Thông cáo báo chí về lao động di cư", want: archive.PressRelease},
		{title: "プレスリリース:技能実習制度について", want: archive.PressRelease},
		{title: "Statement on International Migrants Day", want: archive.Statement},
		{title: "Joint Statement: no deportations in a pandemic", want: archive.Statement},
		{title: "Joint statement of 42 organisations on the royal ordinance", want: archive.Statement},
		{title: "[Statement] Migrant women need safe housing", want: archive.Statement},
		{title: "Open letter to the Minister of Labour", want: archive.Statement},
		{title: "Open Letter: Release the detained vendors", want: archive.Statement},
		{title: "Urgent appeal: stop the evictions", want: archive.Statement},
		{title: "Petition for a living wage", want: archive.Statement},
		{title: "Position paper on the MOU renewal", want: archive.Statement},
		{title: "แถลงการณ์วันแรงงานข้ามชาติสากล", want: archive.Statement},
		{title: "จดหมายเปิดผนึกถึงนายกรัฐมนตรี", want: archive.Statement},
		{title: "Tuyên bố chung nhân ngày 18/12", want: archive.Statement},
		{title: "声明:停止任意拘留", want: archive.Statement},
		{title: "ຖະແຫຼງການ ວັນແຮງງານ", want: archive.Statement},
		{title: "Invitation: seminar on safe return", want: archive.Invitation},
		{title: "Save the date: regional forum, 5 August", want: archive.Invitation},
		{title: "You are invited to a book launch", want: archive.Invitation},
		{title: "Media advisory: march to the labour office", want: archive.Invitation},
		{title: "ขอเชิญร่วมงานเสวนา", want: archive.Invitation},
		{title: "Thư mời tham dự hội thảo", want: archive.Invitation},
		{title: "Vacancy: Programme Officer", want: archive.Vacancy},
		{title: "Vacancy Announcement – Training Coordinator", want: archive.Vacancy},
		{title: "Job opening: finance assistant in Chiang Mai", want: archive.Vacancy},
		{title: "We are hiring a workshop facilitator", want: archive.Vacancy},
		{title: "Call for Applications: internship 2019", want: archive.Vacancy},
		{title: "Call for consultants: evaluation of a training", want: archive.Vacancy},
		{title: "Terms of Reference for a conference rapporteur", want: archive.Vacancy},
		{title: "รับสมัครเจ้าหน้าที่โครงการ", want: archive.Vacancy},
		{title: "Tuyển dụng điều phối viên", want: archive.Vacancy},
		{title: "Report on the consultation in Mae Sot", want: archive.Report},
		{title: "Report: three years after the amnesty", want: archive.Report},
		{title: "Summary of the regional meeting", want: archive.Report},
		{title: "Workshop on social protection, Vientiane", want: archive.Report},
		{title: "Consultation with returnees in Prey Veng", want: archive.Report},
		{title: "Training of paralegals in Hpa-An", want: archive.Report},
		{title: "Exchange visit between two unions", want: archive.Report},
		{title: "การประชุมเครือข่ายประจำปี", want: archive.Report},
		{title: "Hội thảo về lao động di cư", want: archive.Report},
		{title: "Policy brief: remittances and fees", want: archive.Publication},
		{title: "Annual Report 2018", want: archive.Publication},
		{title: "Fact sheet on recruitment in four languages", want: archive.Publication},
		{title: "Handbook for workers going to Malaysia", want: archive.Publication},
		{title: "New publication: Self-Care for Women Workers", want: archive.Publication},
		// What stands further in it.
		{title: "Our network's joint statement to the summit", want: archive.Statement},
		{title: "Network convenes dialogue on portable pensions", want: archive.Report},
		{title: "Members gather for a study tour in Kampong Cham", want: archive.Report},
		{title: "The Network is seeking a Communications Officer", want: archive.Vacancy},
		{title: "Unions launch policy brief on sea fishing", want: archive.Publication},
		// A vacancy is never an activity, whatever else it says.
		{title: "Vacancy: Workshop and Conference Assistant", terms: []string{"Activities"}, want: archive.Vacancy},
		{title: "Project assistant (six months)", terms: []string{"Vacancies", "Activities"}, want: archive.Vacancy},
		// What its categories say.
		{title: "On the death of three construction workers", terms: []string{"Statements"}, want: archive.Statement},
		{title: "Border closes for new arrivals", terms: []string{"Press Releases"}, want: archive.PressRelease},
		{title: "Five days on the river", terms: []string{"Network Activities"}, want: archive.Report},
		{title: "Living Together", terms: []string{"Publications"}, want: archive.Publication},
		// What it begins with.
		{title: "Fishers go home", text: "FOR IMMEDIATE RELEASE\nRanong, 3 May.", want: archive.PressRelease},
		// What says nothing, or only seems to.
		{title: "Cambodia raises its minimum wage", want: archive.News},
		{title: "Passport fees halved from July", terms: []string{"Cambodia"}, want: archive.News},
		{title: "ค่าธรรมเนียมหนังสือเดินทางลดลง", want: archive.News},
		{title: "Job losses mount in garment towns", want: archive.News},
		{title: "Positions harden before the talks", want: archive.News},
		{title: "Bookkeeper sentenced for forged visas", want: archive.News},
		{title: "Consulting firms and the price of a visa", want: archive.News},
		{title: "Employers' jobs fair draws thousands", terms: []string{"News"}, want: archive.News},
		{title: "Rubber tappers wait for rain", terms: []string{"Decent jobs"}, want: archive.News},
		{title: "", want: archive.News},
	} {
		if got := importer.KindOf(test.title, test.terms, test.text); got != test.want {
			t.Errorf("KindOf(%q, %q) = %s, want %s", test.title, test.terms, got, test.want)
		}
	}
}
