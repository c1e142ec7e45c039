package demo

import (
	"sala"
	"sala/signature"
)

// The statement that is open for signing, and for how many days from the first
// filling. Nobody has signed it: whoever is named in the demonstration exists,
// and signed nothing of the sort. Readers see nothing of it until somebody
// tries it out.
const (
	openStatement = "a-ban-does-not-protect"
	openDays      = 30
)

// signing opens a statement for signing.
func (r record) signing() error {
	work := id(sala.KindWork, openStatement)
	_, err := r.to.Signatures.Of(r.ctx, r.by, work)
	if is, err := missing(err); !is || err != nil {
		return err
	}
	w, err := r.to.Archive.DeskWork(r.ctx, r.by, work)
	if err != nil {
		return err
	}
	for _, e := range w.Editions {
		if e.Lang != sala.English {
			continue
		}
		return r.to.Signatures.Set(r.ctx, r.by, signature.Call{
			Work: work, Edition: e.ID, Revision: e.Revision, Until: r.to.DB.Now().AddDate(0, 0, openDays), Late: true,
			Note: "This is a demonstration: sign with a name of your own making.",
		})
	}
	return nil
}
