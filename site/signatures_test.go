package site_test

import (
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/signature"
)

// sign puts the newest text of an edition up for signing, lets three
// organisations sign it in time, one of them with a person who is shown, and
// one too late.
func (w *world) sign(t *testing.T, e archive.Edition) {
	t.Helper()
	ctx := t.Context()
	newest, err := w.archive.NewestRevision(ctx, editor, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	s := signature.NewStore(w.db, w.archive)
	until := w.db.Now().Add(time.Hour)
	if err := s.Set(ctx, editor, signature.Call{Work: e.Work, Edition: e.ID, Revision: newest.Number, Until: until}); err != nil {
		t.Fatal(err)
	}
	call, err := s.Of(ctx, editor, e.Work)
	if err != nil {
		t.Fatal(err)
	}
	clock := w.db.Clock
	w.db.Clock = func() time.Time { return until.Add(time.Hour) }
	defer func() { w.db.Clock = clock }()
	for i, name := range []string{"Lantern House of the Harbour and of All Who Sort the Fish There", "မီးအိမ် အလုပ်သမားကွန်ရက်", "River School", "Harbour Union"} {
		signed := signature.Entry{Details: signature.Details{Name: name, Country: []string{"th", "mm", "kh", "jp"}[i], Person: "Dao", Role: "Director", Shown: i == 0}, Way: signature.OnPaper, Signed: until.Add(-time.Minute)}
		if i == 3 {
			signed.Signed = until.Add(time.Minute)
		}
		if err := s.Enter(ctx, editor, call.ID, signed); err != nil {
			t.Fatal(err)
		}
	}
}

// In Burmese, too, the page says who signed, and from which country.
func TestSignaturesInBurmese(t *testing.T) {
	w := open(t)
	work := w.some(t, "en", "my")
	e := in(work, sala.English)
	w.sign(t, e)
	body := w.body(t, address(in(work, "my")))
	for _, want := range []string{"အဖွဲ့အစည်း ၄ ခုက", "ကမ္ဘောဒီးယား", "ဂျပန်", "နောက်မှ လက်မှတ်ထိုးသူများ", "အင်္ဂလိပ် ဘာသာ"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not in the page: %s", want, body)
		}
	}
}
