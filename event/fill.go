package event

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
)

// fill loads the rows of events: one query a table, however many events.
func fill(ctx context.Context, r db.Reader, events []Event) error {
	if len(events) == 0 {
		return nil
	}
	f := filler{ctx: ctx, r: r, at: map[sala.ID]*Event{}, ids: make([]sala.ID, len(events))}
	for i := range events {
		f.ids[i], f.at[events[i].ID] = events[i].ID, &events[i]
	}
	for _, load := range []func() error{f.parties, f.present, f.sessions, f.appearances, f.counts, f.materials, f.works, f.terms, f.langs} {
		if err := load(); err != nil {
			return fmt.Errorf("rows of events: %w", err)
		}
	}
	return nil
}

type filler struct {
	ctx context.Context
	r   db.Reader
	ids []sala.ID
	at  map[sala.ID]*Event
}

// rowsOf reads the rows of one table in their order.
func rowsOf[T any](f *filler, columns, table string) ([]T, error) {
	return db.All[T](f.ctx, f.r, `SELECT event, `+columns+` FROM `+table+` WHERE event IN (?) ORDER BY event, position`, db.In(f.ids))
}

func (f *filler) parties() error {
	type row struct {
		Event        sala.ID `bun:"event"`
		ID           sala.ID `bun:"id"`
		Part         Part    `bun:"part"`
		Organisation sala.ID `bun:"organisation"`
		Name         string  `bun:"name"`
	}
	rows, err := rowsOf[row](f, "id, part, organisation, name", "event_party")
	for _, r := range rows {
		name, bad := sala.ScanText(r.Name)
		if bad != nil {
			return bad
		}
		e := f.at[r.Event]
		e.Parties = append(e.Parties, Party{r.ID, r.Part, r.Organisation, name})
	}
	return err
}

func (f *filler) present() error {
	type row struct {
		Event        sala.ID     `bun:"event"`
		ID           sala.ID     `bun:"id"`
		Organisation sala.ID     `bun:"organisation"`
		Name         string      `bun:"name"`
		Several      bool        `bun:"several"`
		Sector       sala.Sector `bun:"sector"`
		Country      string      `bun:"country"`
	}
	rows, err := rowsOf[row](f, "id, organisation, name, several, sector, country", "event_present")
	for _, r := range rows {
		name, bad := sala.ScanText(r.Name)
		if bad != nil {
			return bad
		}
		e := f.at[r.Event]
		e.Present = append(e.Present, Present{r.ID, r.Organisation, name, r.Several, r.Sector, r.Country})
	}
	return err
}

func (f *filler) sessions() error {
	type row struct {
		Event sala.ID     `bun:"event"`
		ID    sala.ID     `bun:"id"`
		Title string      `bun:"title"`
		Kind  SessionKind `bun:"kind"`
		Day   string      `bun:"day"`
		Start Clock       `bun:"starts"`
		End   Clock       `bun:"ends"`
	}
	rows, err := rowsOf[row](f, "id, title, kind, day, starts, ends", "event_session")
	for _, r := range rows {
		title, bad := sala.ScanText(r.Title)
		if bad != nil {
			return bad
		}
		day, bad := sala.ParseDay(r.Day)
		if bad != nil {
			return bad
		}
		e := f.at[r.Event]
		e.Sessions = append(e.Sessions, Session{r.ID, title, r.Kind, day, r.Start, r.End})
	}
	return err
}

func (f *filler) appearances() error {
	type row struct {
		Event        sala.ID `bun:"event"`
		ID           sala.ID `bun:"id"`
		Session      sala.ID `bun:"session"`
		Person       sala.ID `bun:"person"`
		Described    string  `bun:"described"`
		Role         Role    `bun:"role"`
		Position     string  `bun:"office"`
		Affiliation  string  `bun:"affiliation"`
		Organisation sala.ID `bun:"organisation"`
	}
	rows, err := rowsOf[row](f, "id, session, person, described, role, office, affiliation, organisation", "event_appearance")
	for _, r := range rows {
		a := Appearance{ID: r.ID, Session: r.Session, Person: r.Person, Role: r.Role, Organisation: r.Organisation}
		var bad error
		if a.Described, bad = sala.ScanText(r.Described); bad != nil {
			return bad
		}
		if a.Position, bad = sala.ScanText(r.Position); bad != nil {
			return bad
		}
		if a.Affiliation, bad = sala.ScanText(r.Affiliation); bad != nil {
			return bad
		}
		e := f.at[r.Event]
		e.Appearances = append(e.Appearances, a)
	}
	return err
}

func (f *filler) counts() error {
	type row struct {
		Event     sala.ID   `bun:"event"`
		ID        sala.ID   `bun:"id"`
		Value     int       `bun:"value"`
		High      int       `bun:"high"`
		Qualifier Qualifier `bun:"qualifier"`
		Of        Counted   `bun:"counted"`
		Words     string    `bun:"words"`
		Source    string    `bun:"source"`
	}
	rows, err := rowsOf[row](f, "id, value, high, qualifier, counted, words, source", "event_count")
	for _, r := range rows {
		words, bad := sala.ScanText(r.Words)
		if bad != nil {
			return bad
		}
		source, bad := scanPassage(r.Source)
		if bad != nil {
			return bad
		}
		e := f.at[r.Event]
		e.Counts = append(e.Counts, Count{r.ID, r.Value, r.High, r.Qualifier, r.Of, words, source})
	}
	return err
}

func (f *filler) materials() error {
	type row struct {
		Event   sala.ID      `bun:"event"`
		ID      sala.ID      `bun:"id"`
		Title   string       `bun:"title"`
		Kind    MaterialKind `bun:"kind"`
		Lang    sala.Lang    `bun:"lang"`
		Size    int64        `bun:"size"`
		Owner   string       `bun:"owner"`
		Licence string       `bun:"licence"`
		Session sala.ID      `bun:"session"`
		File    sala.ID      `bun:"file"`
		Address string       `bun:"address"`
	}
	rows, err := rowsOf[row](f, "id, title, kind, lang, size, owner, licence, session, file, address", "event_material")
	for _, r := range rows {
		title, bad := sala.ScanText(r.Title)
		if bad != nil {
			return bad
		}
		e := f.at[r.Event]
		e.Materials = append(e.Materials, Material{r.ID, title, r.Kind, r.Lang, r.Size, r.Owner, r.Licence, r.Session, r.File, r.Address})
	}
	return err
}

func (f *filler) works() error {
	type row struct {
		Event sala.ID `bun:"event"`
		Work  sala.ID `bun:"work"`
		Stage Stage   `bun:"stage"`
	}
	rows, err := rowsOf[row](f, "work, stage", "event_work")
	for _, r := range rows {
		e := f.at[r.Event]
		e.Works = append(e.Works, Telling{r.Work, r.Stage})
	}
	return err
}

func (f *filler) terms() error {
	type row struct {
		Event sala.ID `bun:"event"`
		Term  sala.ID `bun:"term"`
	}
	rows, err := rowsOf[row](f, "term", "event_term")
	for _, r := range rows {
		e := f.at[r.Event]
		e.Terms = append(e.Terms, r.Term)
	}
	return err
}

func (f *filler) langs() error {
	type row struct {
		Event       sala.ID   `bun:"event"`
		Lang        sala.Lang `bun:"lang"`
		Interpreted bool      `bun:"interpreted"`
	}
	rows, err := rowsOf[row](f, "lang, interpreted", "event_lang")
	for _, r := range rows {
		e := f.at[r.Event]
		if r.Interpreted {
			e.Interpreted = append(e.Interpreted, r.Lang)
		} else {
			e.Spoken = append(e.Spoken, r.Lang)
		}
	}
	return err
}
