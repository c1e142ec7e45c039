package search_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/search"
)

// TestFormat holds the form of the index to its number: an index that an older
// program wrote would else be read as if it were of today's form, and find
// less without a word.
func TestFormat(t *testing.T) {
	const number, form = 1, "3ac64e50f4b738e1"
	d := dbtest.SQLite(t)
	s := &shelf{t: t, db: d}
	for i, text := range []string{
		"Migrant workers must not pay recruitment fees. The workers’ passports were returned on 3 May 2016.",
		"แรงงานข้ามชาติต้องไม่จ่ายค่าธรรมเนียมการจัดหางาน ๑๒๓ และกระทรวงแรงงาน",
		"ရွှေ့ပြောင်းအလုပ်သမားများသည် အလုပ်ခန့်ထားမှု အခကြေးငွေ မပေးရပါ။ ၁၂၃",
		"ពលករចំណាកស្រុកមិនត្រូវបង់ថ្លៃជ្រើសរើសទេ ១២៣",
		"ແຮງງານເຄື່ອນຍ້າຍບໍ່ຕ້ອງຈ່າຍຄ່າທຳນຽມ ໑໒໓",
		"Người lao động di cư không phải trả phí tuyển dụng",
		"移住労働者は採用手数料を支払う必要がない",
		"移徙工人不應支付招聘費用",
	} {
		s.docs = append(s.docs, doc(i+1, []sala.Lang{"en", "th", "my", "km", "lo", "vi", "ja", "zh"}[i], text, text+" "+text))
	}
	x := search.New(d, s)
	if err := x.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	for _, query := range []string{`SELECT data FROM search_chunk ORDER BY segment, number`, `SELECT columns FROM search_segment ORDER BY id`} {
		all, err := db.All[[]byte](t.Context(), d, query)
		if err != nil || len(all) == 0 {
			t.Fatalf("%s: %d, %v", query, len(all), err)
		}
		for _, b := range all {
			sum.Write(b)
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil)[:8]); got != form || search.Format != number {
		t.Errorf("the index has the form %q and the number %d, and was %q, %d: raise search.Format, and note both here", got, search.Format, form, number)
	}
}

// An index of another form is built anew before it is asked.
func TestFollowOtherFormat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t: t, db: d}
		s.put(doc(1, "en", "Fees", "Nobody pays."))
		x := search.New(d, s)
		if err := x.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			if err := tx.ExecOne(t.Context(), `UPDATE search_state SET value = value + 1 WHERE name = 'format'`); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), `UPDATE search_chunk SET data = ?`, []byte("of another form"))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		x = search.New(d, s)
		if behind, err := x.Behind(t.Context()); err != nil || behind == 0 {
			t.Errorf("an index of another form is %d changes behind, %v", behind, err)
		}
		if err := x.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
		if found := ask(t, x, search.Question{Text: "pays"}); len(found) != 1 {
			t.Errorf("found %v", found)
		}
	})
}
