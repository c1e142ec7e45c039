// Package demo is the reader behind "sala serve --demo": a made-up network
// with a small archive in seven languages, so that every kind of page has
// something real to show.
//
// The network and its people are invented and say so. What its works report
// is public knowledge of the field, each with its source named in the text.
// The pictures are drawn by the program (package drawing).
//
// The content is a folder of plain files: works/NAME/LANG.md is one edition
// of one work, with a head of "key: value" lines and a text in Markdown; what
// is the same in every language stands in the head of en.md. The lists
// terms.txt, pictures.txt and menus.txt are sections of such lines. A text
// links to another work by "work:NAME", shows a picture by "picture:NAME" and
// offers a file by "file:NAME". comments.txt and corrections.txt beside the texts
// hold what readers said and how the English text was corrected since.
package demo

import (
	"context"
	"fmt"
	"io/fs"

	"sala"
	"sala/importer"
)

// site is the name that every origin here bears. The domain is kept free for
// examples (RFC 2606), so nobody's site is meant.
const site = "demo.example"

// langs are the languages of the demonstration, as its pages offer them.
var langs = []sala.Lang{"en", "my", "th", "km", "lo", "vi", "ja"}

// Import hands the whole demonstration to sink.
func Import(ctx context.Context, sink importer.Sink, report *importer.Report) error {
	root, err := root()
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	d, err := read(root)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if err := d.hand(ctx, sink, report); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return nil
}

// A demonstration is all of it, read and checked.
type demonstration struct {
	site     importer.Site
	terms    []importer.Term
	files    []importer.File
	editions []importer.Edition
	menus    []importer.Menu
	doubts   []doubt
}

// A doubt is one about a text of ours: a slip of the pen, told like any other.
type doubt struct {
	at        importer.Place
	what, why string
}

func read(root fs.FS) (*demonstration, error) {
	d := &demonstration{site: importer.Site{
		Host: site, BaseURL: "https://" + site, Name: "Mekong Migration Record (demonstration)",
		Tagline: "An invented network that shows what Sala does. The facts it reports are real; the network is not.",
		Names: sala.Text{
			"my": "မဲခေါင် ရွှေ့ပြောင်းသွားလာမှု မှတ်တမ်း (သရုပ်ပြ)", "th": "บันทึกการย้ายถิ่นลุ่มน้ำโขง (ตัวอย่าง)", "km": "កំណត់ត្រាចំណាកស្រុកមេគង្គ (គំរូ)",
			"lo": "ບັນທຶກການເຄື່ອນຍ້າຍແມ່ນ້ຳຂອງ (ຕົວຢ່າງ)", "vi": "Hồ sơ di cư Mê Kông (bản minh họa)", "ja": "メコン移住記録（見本）",
		},
		Taglines: sala.Text{
			"my": "Sala ဘာလုပ်နိုင်သည်ကို ပြရန် တီထွင်ထားသော ကွန်ရက်ဖြစ်သည်။ ဖော်ပြသော အချက်အလက်များ မှန်ကန်သော်လည်း ကွန်ရက်မှာ အမှန်မဟုတ်ပါ။",
			"th": "เครือข่ายสมมติที่แสดงว่า Sala ทำอะไรได้บ้าง ข้อเท็จจริงที่รายงานเป็นเรื่องจริง แต่เครือข่ายไม่มีอยู่จริง",
			"km": "បណ្ដាញប្រឌិតដែលបង្ហាញពីអ្វីដែល Sala អាចធ្វើបាន។ ព័ត៌មានដែលវារាយការណ៍គឺពិត តែបណ្ដាញនេះមិនមែនទេ។",
			"lo": "ເຄືອຂ່າຍສົມມຸດທີ່ສະແດງວ່າ Sala ເຮັດຫຍັງໄດ້ແດ່. ຂໍ້ເທັດຈິງທີ່ລາຍງານແມ່ນເລື່ອງຈິງ ແຕ່ເຄືອຂ່າຍບໍ່ມີຈິງ.",
			"vi": "Một mạng lưới hư cấu cho thấy Sala làm được gì. Các sự việc được nêu là có thật; mạng lưới thì không.",
			"ja": "Sala の働きを示すための架空のネットワークです。伝える事実は本当ですが、ネットワークは実在しません。",
		},
		Lang: sala.English, Langs: langs,
	}}
	for _, part := range []func(fs.FS) error{d.readTerms, d.readFiles, d.readWorks, d.readMenus} {
		if err := part(root); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// hand gives everything to the sink and counts it.
func (d *demonstration) hand(ctx context.Context, sink importer.Sink, report *importer.Report) error {
	report.Inputs = append(report.Inputs, "the demonstration network")
	if err := sink.Site(ctx, d.site); err != nil {
		return err
	}
	counted := map[importer.Origin]bool{}
	for _, t := range d.terms {
		if !counted[t.Origin] {
			report.Terms[t.Vocabulary]++
			counted[t.Origin] = true
		}
		if err := sink.Term(ctx, t); err != nil {
			return err
		}
	}
	for _, f := range d.files {
		if f.Lang != sala.English {
			continue // an item has words in one language; the texts bring theirs with each picture
		}
		report.Stored[f.Counted]++
		if err := sink.File(ctx, f); err != nil {
			return err
		}
	}
	for _, e := range d.editions {
		report.Stored[e.Counted]++
		for _, c := range e.Comments {
			report.Comments[c.Type+"/"+c.Approved]++
		}
		if err := sink.Edition(ctx, e); err != nil {
			return err
		}
	}
	for _, m := range d.menus {
		if err := sink.Menu(ctx, m); err != nil {
			return err
		}
	}
	for _, q := range d.doubts {
		report.Doubt(q.at, q.what, "%s", q.why)
	}
	return sink.Flush(ctx)
}

// readSections reads one of the lists.
func readSections(root fs.FS, file string) ([]*head, error) {
	src, err := fs.ReadFile(root, file)
	if err != nil {
		return nil, err
	}
	return readList(file, string(src))
}

// origin names a thing of the demonstration.
func origin(kind, key string) importer.Origin {
	return importer.Origin{Site: site, Type: kind, Key: key}
}
