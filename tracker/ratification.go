package tracker

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/i18n"
)

// A RatificationStatus is where a country stands with a convention.
type RatificationStatus string

// The statuses.
const (
	Ratified    RatificationStatus = "ratified" // or acceded to
	Signed      RatificationStatus = "signed"
	NotRatified RatificationStatus = "not_ratified"
	Denounced   RatificationStatus = "denounced"
)

// RatificationStatuses lists them.
var RatificationStatuses = []RatificationStatus{Ratified, Signed, NotRatified, Denounced}

// A Ratification says where a country stands with a convention, and when
// somebody last looked.
type Ratification struct {
	ID      sala.ID
	Country string // ISO 3166-1 alpha-2, lower case
	Code    Code   // of the convention; its Country is ""
	Status  RatificationStatus
	Day     sala.Day // since when
	Source  Source
	Checked sala.Day
	Note    sala.Text
	By      string
	At      time.Time
}

type ratificationRow struct {
	ID        sala.ID            `bun:"id"`
	Country   string             `bun:"country"`
	Framework Framework          `bun:"framework"`
	Code      string             `bun:"code"`
	Status    RatificationStatus `bun:"status"`
	Day       string             `bun:"day"`
	Source    string             `bun:"source"`
	Checked   string             `bun:"checked"`
	Note      string             `bun:"note"`
	ByWhom    string             `bun:"by_whom"`
	At        time.Time          `bun:"at"`
}

const ratificationColumns = `t.id, t.country, t.framework, t.code, t.status, t.day, t.source, t.checked, t.note, t.by_whom, t.at`

func ratifications(rows []ratificationRow, err error) ([]Ratification, error) {
	if err != nil {
		return nil, fmt.Errorf("ratifications: %w", err)
	}
	out := make([]Ratification, len(rows))
	for i, row := range rows {
		r := Ratification{ID: row.ID, Country: row.Country, Code: Code{row.Framework, row.Code, ""}, Status: row.Status, By: row.ByWhom, At: row.At.UTC()}
		if r.Day, err = sala.ParseDay(row.Day); err == nil {
			r.Checked, err = sala.ParseDay(row.Checked)
		}
		if err == nil {
			r.Source, err = unstored[Source](row.Source)
		}
		if err == nil {
			r.Note, err = sala.ScanText(row.Note)
		}
		if err != nil {
			return nil, fmt.Errorf("ratification %s: %w", row.ID, err)
		}
		out[i] = r
	}
	return out, nil
}

func (r *Ratification) check(today sala.Day) error {
	var bad flaws
	if !i18n.IsCountry(r.Country) {
		bad.add("country", "studio.tracker.country_bad", "%q is not the two letters of a country", r.Country)
	}
	if _, ok := ConventionOf(r.Code.Framework, r.Code.Code); !ok {
		bad.add("convention", "studio.tracker.convention_bad", "%q is no convention of the ILO and no core treaty", r.Code.Code)
	}
	if !slices.Contains(RatificationStatuses, r.Status) {
		bad.add("status", "studio.tracker.state_bad", "%q is no status", r.Status)
	}
	bad.source("source", &r.Source)
	if !r.Source.Names() {
		bad.add("source", "studio.tracker.source_missing", "say where it is written")
	}
	if r.Checked.IsZero() {
		r.Checked = today
	}
	if r.Status != NotRatified && r.Day.IsZero() {
		bad.add("day", "studio.tracker.ratified_day", "say since when")
	}
	if r.Status == NotRatified {
		r.Day = sala.Day{}
	}
	r.Note = r.Note.Trimmed()
	bad.text("note", r.Note, longestField)
	bad.day("day", r.Day, today)
	bad.day("checked", r.Checked, today)
	return bad.err()
}

// Ratify says where a country stands with a convention. If it is ratified, the
// open recommendations that ask it for that (see [Code].Country) are put up
// for review, and their number is returned: an editor then adds the step.
func (s *Store) Ratify(ctx context.Context, by sala.Actor, r Ratification) (reviews int, err error) {
	if err := may(by, sala.Publish, "add a ratification"); err != nil {
		return 0, err
	}
	if err := r.check(s.Today()); err != nil {
		return 0, err
	}
	r.ID = sala.NewID()
	source, err := stored(r.Source)
	if err != nil {
		return 0, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindRatification, ID: r.ID}, string(r.Status), by); err != nil {
			return err
		}
		err := tx.ExecOne(ctx, `
			INSERT INTO tracker_ratification (id, country, framework, code, status, day, source, checked, note, by_whom, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			r.ID, r.Country, r.Code.Framework, r.Code.Code, r.Status, r.Day.String(), source, r.Checked.String(), r.Note.Stored(), by.Name, db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("add a ratification: %w", err)
		}
		if r.Status != Ratified {
			return nil
		}
		asks, err := db.All[sala.ID](ctx, tx, `
			SELECT DISTINCT r.id FROM tracker_code x JOIN tracker_recommendation c ON c.id = x.recommendation JOIN tracker_recommendation r ON r.id = COALESCE(c.merged_into, c.id)
			WHERE x.framework = ? AND x.code = ? AND x.country = ? AND r.state NOT IN ('implemented', 'refused', 'superseded') AND NOT r.withdrawn`,
			r.Code.Framework, r.Code.Code, r.Country)
		if err != nil {
			return fmt.Errorf("what asks for the ratification: %w", err)
		}
		for _, id := range asks {
			// A second row about the same ratification asks for no second review.
			waiting, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM tracker_review WHERE recommendation = ? AND settled IS NULL`, id)
			if err != nil {
				return fmt.Errorf("reviews of recommendation %s: %w", id, err)
			}
			if waiting > 0 {
				continue
			}
			if err := tx.ExecOne(ctx, `INSERT INTO tracker_review (id, recommendation, ratification, at) VALUES (?, ?, ?, ?)`, sala.NewID(), id, r.ID, db.At(tx.Now)); err != nil {
				return fmt.Errorf("review of recommendation %s: %w", id, err)
			}
			if err := tx.Changed(ctx, ref(id), "up for review", by); err != nil {
				return err
			}
			reviews++
		}
		return nil
	})
	return reviews, err
}

// Ratifications returns the newest row of each country and convention.
func (s *Store) Ratifications(ctx context.Context) ([]Ratification, error) {
	return ratifications(db.All[ratificationRow](ctx, s.db, `
		SELECT `+ratificationColumns+` FROM tracker_ratification t
		WHERE NOT EXISTS (SELECT 1 FROM tracker_ratification n WHERE n.country = t.country AND n.framework = t.framework AND n.code = t.code AND (n.at, n.id) > (t.at, t.id))
		ORDER BY t.framework, t.code, t.country`))
}

// RatificationHistory returns every row of a country and a convention, newest
// first.
func (s *Store) RatificationHistory(ctx context.Context, country string, c Code) ([]Ratification, error) {
	return ratifications(db.All[ratificationRow](ctx, s.db, `
		SELECT `+ratificationColumns+` FROM tracker_ratification t WHERE t.country = ? AND t.framework = ? AND t.code = ? ORDER BY t.at DESC, t.id DESC`,
		country, c.Framework, c.Code))
}

// A Review is a recommendation to look at again, because the convention that
// it asks for was ratified.
type Review struct {
	ID             sala.ID
	Recommendation Recommendation
	Ratification   Ratification
}

// Reviews returns those that wait, oldest first.
func (s *Store) Reviews(ctx context.Context, by sala.Actor) ([]Review, error) {
	if err := may(by, sala.Draft, "list reviews"); err != nil {
		return nil, err
	}
	type row struct {
		ID             sala.ID `bun:"id"`
		Recommendation sala.ID `bun:"recommendation"`
		Ratification   sala.ID `bun:"ratification"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT id, recommendation, ratification FROM tracker_review WHERE settled IS NULL ORDER BY at, id`)
	if err != nil {
		return nil, fmt.Errorf("reviews: %w", err)
	}
	out := make([]Review, 0, len(rows))
	for _, row := range rows {
		rec, err := s.one(ctx, s.db, row.Recommendation)
		if err != nil {
			return nil, err
		}
		found, err := ratifications(db.All[ratificationRow](ctx, s.db, `SELECT `+ratificationColumns+` FROM tracker_ratification t WHERE t.id = ?`, row.Ratification))
		if err != nil {
			return nil, err
		}
		out = append(out, Review{row.ID, rec, found[0]})
	}
	return out, nil
}

// Settle ends a review. If done, the recommendation is implemented, by the
// source of the ratification.
func (s *Store) Settle(ctx context.Context, by sala.Actor, id sala.ID, done bool) error {
	if err := may(by, sala.Publish, "settle review "+string(id)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		type row struct {
			Recommendation sala.ID `bun:"recommendation"`
			Ratification   sala.ID `bun:"ratification"`
		}
		review, err := db.One[row](ctx, tx, `SELECT recommendation, ratification FROM tracker_review WHERE id = ? AND settled IS NULL`, id)
		if err != nil {
			return fmt.Errorf("review %s: %w", id, err)
		}
		if err := tx.Changed(ctx, ref(review.Recommendation), "reviewed", by); err != nil {
			return err
		}
		if err := tx.ExecOne(ctx, `UPDATE tracker_review SET settled = ?, settled_by = ? WHERE id = ? AND settled IS NULL`, db.At(tx.Now), by.Name, id); err != nil {
			return fmt.Errorf("review %s: %w", id, err)
		}
		if !done {
			return nil
		}
		found, err := ratifications(db.All[ratificationRow](ctx, tx, `SELECT `+ratificationColumns+` FROM tracker_ratification t WHERE t.id = ?`, review.Ratification))
		if err != nil {
			return err
		}
		if _, err := s.addStep(ctx, tx, by, review.Recommendation, Step{State: Implemented, Day: found[0].Day, Source: found[0].Source, Note: found[0].Note}); err != nil {
			return err
		}
		return s.follow(ctx, tx, review.Recommendation)
	})
}
