package site

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/signature"
)

// A signed is what a page tells of the signatures under a work.
type signed struct {
	ThisIs string // of a translation: what it is
	Text   item   // and what was signed
	Groups []signedGroup
	Table  string // address of the same as a table
}

// A signedGroup is those who signed one text, in time or late.
type signedGroup struct {
	Title    string // "" of those who signed the text above in time
	Said     string
	Why      string // the text has changed since
	Text     item   // the version they signed, if it is another and was public
	Rows     []signatoryRow
	revision int
}

// A signatoryRow is one who signed.
type signatoryRow struct {
	signature.Signatory
	Who     item // the organisation, as it signed
	By      string
	Country string
	Date    string
	ISO     string
	Version int // that was signed, 0 if it was never public
}

// signatures finds who signed the text that a page shows. Nobody is told of a
// signature under a text that is not public.
func (s *Site) signatures(ctx context.Context, v *workPage) error {
	rows, st, err := s.signatories(ctx, v.page, v.Work)
	if err != nil || len(rows) == 0 {
		return err
	}
	p := v.page
	i := slices.IndexFunc(v.Work.Editions, func(e archive.Edition) bool { return e.ID == st.Edition })
	what := v.Work.Editions[i]
	shown := what.Live
	if v.Old != nil { // it shows those alone who signed that text
		if v.Edition.ID != what.ID {
			return nil
		}
		j := slices.IndexFunc(v.Versions, func(x archive.Version) bool { return x.Number == v.Old.Number })
		if j < 0 {
			return nil
		}
		shown = v.Versions[j].Revision
	}
	out := &signed{}
	groups := []signedGroup{{revision: shown}, {revision: shown, Title: p.T("signed.late")}}
	for _, row := range rows {
		switch {
		case row.Revision == shown && row.Late:
			groups[1].Rows = append(groups[1].Rows, row)
		case row.Revision == shown:
			groups[0].Rows = append(groups[0].Rows, row)
		case v.Old == nil:
			i := slices.IndexFunc(groups, func(g signedGroup) bool { return g.revision == row.Revision })
			if i < 0 {
				i, groups = len(groups), append(groups, v.earlier(what, st, row))
			}
			groups[i].Rows = append(groups[i].Rows, row)
		}
	}
	groups[0].Said = p.T("signed.count", "n", len(groups[0].Rows)+len(groups[1].Rows))
	out.Groups = slices.DeleteFunc(groups, func(g signedGroup) bool { return len(g.Rows) == 0 && g.Said == "" })
	if len(out.Groups) == 1 && len(out.Groups[0].Rows) == 0 {
		return nil
	}
	if v.Edition.ID != what.ID {
		out.ThisIs = p.T("signed.translation", "lang", p.Named(what.Lang))
		out.Text = item{Href: towards(what, p.Want), Label: p.T("work.read_source", "lang", p.Named(what.Lang))}
	}
	if v.Old == nil && v.Edition.Year > 0 {
		out.Table = workPath(v.Edition) + "/signatures.csv"
	}
	v.Signed = out
	return nil
}

// earlier begins the group of those who signed a text before the one that is
// shown.
func (v *workPage) earlier(what archive.Edition, st signature.Statement, row signatoryRow) signedGroup {
	g := signedGroup{revision: row.Revision, Title: v.T("signed.before"), Said: v.T("signed.earlier")}
	for _, c := range st.Changes {
		if c.Revision > row.Revision {
			g.Said, g.Why = v.T("signed.changed", "date", v.day(c.At)), c.Reason
			break
		}
	}
	if row.Version > 0 {
		g.Text = item{Href: fmt.Sprintf("%s?v=%d", workPath(what), row.Version), Label: v.T("signed.that_text")}
	}
	return g
}

// day is the day of a moment by the network's clocks.
func (p *page) day(t time.Time) string {
	return p.Date(sala.DayOf(t.In(p.set.Location())))
}

// signatories are those who signed a text of a work that is public, or was
// before it changed.
func (s *Site) signatories(ctx context.Context, p *page, w archive.Work) ([]signatoryRow, signature.Statement, error) {
	st, err := s.Signatures.Statement(ctx, w.ID)
	if err != nil || !st.Signed() {
		return nil, st, err
	}
	i := slices.IndexFunc(w.Editions, func(e archive.Edition) bool { return e.ID == st.Edition && e.Public })
	if i < 0 {
		return nil, st, nil
	}
	versions, err := s.Archive.Versions(ctx, st.Edition)
	if err != nil {
		return nil, st, err
	}
	var ids []sala.ID
	for _, one := range st.Signatories {
		if one.Organisation != "" {
			ids = append(ids, one.Organisation)
		}
	}
	faces, err := s.who.Faces(ctx, ids)
	if err != nil {
		return nil, st, err
	}
	var rows []signatoryRow
	for _, one := range st.Signatories {
		if one.Edition != st.Edition || one.Revision > w.Editions[i].Live { // of a text to come
			continue
		}
		day := sala.DayOf(one.Signed.In(p.set.Location()))
		row := signatoryRow{
			Signatory: one, Country: i18n.Country(p.Lang, one.Country), Date: p.Date(day), ISO: day.String(),
			Who: item{Label: one.Name, Lang: i18n.Guess(one.Name, p.Lang), Href: faces[one.Organisation].Path(p.Want)},
		}
		if one.Person != "" {
			row.By = one.Person
			if one.Role != "" {
				row.By += p.Comma() + one.Role
			}
		}
		if j := slices.IndexFunc(versions, func(x archive.Version) bool { return x.Revision == one.Revision }); j >= 0 {
			row.Version = versions[j].Number
		}
		rows = append(rows, row)
	}
	return rows, st, nil
}

// signedColumns are the columns of the table of signatures. Names are those of
// the file for ever.
var signedColumns = []tableColumn{
	{"id", "string", "The signature's id, for ever the same."},
	{"organisation", "string", "Who signed, as they signed."},
	{"organisation_id", "string", "The organisation's id in the directory, if it is there; /id/{id} leads to its page."},
	{"country", "string", "The country they signed for, as an ISO 3166-1 alpha-2 code."},
	{"person", "string", "Who signed for it, if they chose that readers are told."},
	{"role", "string", "What that person is there, in the same way."},
	{"signed", "date", "The day of signing, by the network's clocks."},
	{"late", "boolean", "Whether that was after the time to sign was over."},
	{"language", "language", "The language of the text that was signed, as a BCP 47 tag."},
	{"version", "integer", "The public version of that text which was signed (?v=); empty if it was never public as such."},
	{"current", "boolean", "Whether that is the text as it is now."},
	{"licence", "anyURI", "The licence of this row, empty if the network has not said."},
}

// signedTable serves GET /{lang}/{year}/{slug}/signatures.csv and
// signatures.csv-metadata.json.
func (s *Site) signedTable(r *http.Request, lang sala.Lang, year int, slug, name string) (*web.Reply, error) {
	w, e, err := s.Archive.WorkByAddress(r.Context(), lang, year, slug)
	if err != nil {
		return nil, err
	}
	if e.Lang != lang {
		return web.Redirect(http.StatusFound, workPath(e)+"/"+name), nil
	}
	p, err := s.page(r, lang, e.Title)
	if err != nil {
		return nil, err
	}
	rows, st, err := s.signatories(r.Context(), p, w)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, sala.ErrNotFound
	}
	address := p.Base + workPath(e) + "/signatures.csv"
	if name != "signatures.csv" {
		return p.dictionary(address, p.T("signed.title")+" – "+e.Title, signedColumns)
	}
	what := w.Editions[slices.IndexFunc(w.Editions, func(e archive.Edition) bool { return e.ID == st.Edition })]
	head := make([]string, len(signedColumns))
	for i, c := range signedColumns {
		head[i] = c.Name
	}
	lines := [][]string{head}
	for _, row := range rows {
		version := ""
		if row.Version > 0 {
			version = fmt.Sprint(row.Version)
		}
		lines = append(lines, safeCells([]string{
			string(row.ID), row.Name, string(row.Organisation), strings.ToUpper(row.Signatory.Country), row.Person, row.Role, row.ISO, fmt.Sprint(row.Signatory.Late),
			string(what.Lang), version, fmt.Sprint(row.Revision == what.Live), p.set.Licence,
		}))
	}
	var b bytes.Buffer
	b.WriteString(bom)
	out := csv.NewWriter(&b)
	out.UseCRLF = true // RFC 4180
	if err := out.WriteAll(lines); err != nil {
		return nil, fmt.Errorf("write the table of signatures: %w", err)
	}
	reply := web.Text("text/csv; charset=utf-8; header=present", b.Bytes())
	reply.Header = http.Header{"Link": {p.described(address)}}
	return reply, nil
}

// Text is the title and the text of an edition as readers would see them, for
// a page of another door: whoever asks has made sure that this reader may see
// it.
func (s *Site) Text(r *http.Request, w archive.Work, e archive.Edition) (string, error) {
	p, err := s.page(r, e.Lang, e.Title)
	if err != nil {
		return "", err
	}
	v := workPage{page: p, Work: w, Edition: e}
	res, err := s.resolve(r.Context(), p, e.Body)
	if err != nil {
		return "", err
	}
	if v.Text, err = res.html(e.Body, e.Lang, false, ""); err != nil {
		return "", err
	}
	reply, err := web.Page(r.Context(), textView(v))
	if err != nil {
		return "", err
	}
	if reply, err = s.veil(r, fallback(reply)); err != nil {
		return "", err
	}
	return string(reply.Body), nil
}
