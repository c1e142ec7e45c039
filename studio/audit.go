package studio

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/account"
	"sala/internal/web"
)

// auditPage is what auditView shows.
type auditPage struct {
	*page
	Entries  []account.Entry
	Names    map[sala.ID]string // of users that entries are about
	Words    []string           // every verb there is
	By, What string
	From, To string
	Older    string // address of the next page, "" if there is none
	CSV      string
	JSON     string
}

// auditRows is how many entries a page shows.
const auditRows = 100

// auditFilter reads what the reader wants to see from the address.
func auditFilter(q url.Values) (account.AuditFilter, error) {
	f := account.AuditFilter{By: strings.TrimSpace(q.Get("by")), What: q.Get("what"), Kind: sala.Kind(q.Get("kind")), ID: sala.ID(q.Get("id"))}
	var bad sala.Invalid
	day := func(field string) time.Time {
		if q.Get(field) == "" {
			return time.Time{}
		}
		t, err := time.Parse(time.DateOnly, q.Get(field))
		if err != nil {
			bad = append(bad, sala.FieldError{Field: field, Key: "studio.day_bad", Text: "a day is written 2026-11-24"})
		}
		return t
	}
	f.From, f.To = day("from"), day("to")
	if !f.To.IsZero() {
		f.To = f.To.AddDate(0, 0, 1) // the day itself is meant too
	}
	if before := q.Get("before"); before != "" {
		n, err := strconv.ParseInt(before, 10, 64)
		if err != nil {
			return f, sala.ErrNotFound
		}
		f.Before = n
	}
	if bad != nil {
		return f, bad
	}
	return f, nil
}

// audit serves GET /studio/audit.
func (s *Studio) audit(v *visit) (*web.Reply, error) {
	q := v.URL.Query()
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.audit")
	a := auditPage{page: p, By: q.Get("by"), What: q.Get("what"), From: q.Get("from"), To: q.Get("to"), Names: map[sala.ID]string{}}
	f, bad := auditFilter(q)
	if err := p.wrong(bad); err != nil {
		return nil, err
	}
	f.Limit = auditRows + 1
	if p.Wrong == nil {
		if a.Entries, err = s.Account.Audit(v.ctx(), v.By(), f); err != nil {
			return nil, err
		}
	}
	if a.Words, err = s.Account.AuditWords(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	users, err := s.Account.Users(v.ctx(), v.By())
	if err != nil {
		return nil, err
	}
	for _, u := range users {
		a.Names[u.ID] = u.Called()
	}
	q.Del("before")
	if len(a.Entries) > auditRows {
		a.Entries = a.Entries[:auditRows]
		older := url.Values{"before": {strconv.FormatInt(a.Entries[auditRows-1].Number, 10)}}
		for k, v := range q {
			older[k] = v
		}
		a.Older = "/studio/audit?" + older.Encode()
	}
	a.CSV, a.JSON = "/studio/audit.csv?"+q.Encode(), "/studio/audit.jsonl?"+q.Encode()
	return p.show(auditView(a))
}

// Did is what an entry says in words.
func (p auditPage) Did(what string) string {
	key := "studio.did_" + strings.ReplaceAll(what, " ", "_")
	if text := p.T(key); text != key {
		return text
	}
	return strings.ReplaceAll(what, "_", " ")
}

// About is what an entry is about, in words.
func (p auditPage) About(e account.Entry) string {
	if name := p.Names[e.Ref.ID]; name != "" {
		return name
	}
	return string(e.Ref.Kind)
}

// exported returns the entries that an export holds, oldest first.
func (s *Studio) exported(v *visit) ([]account.Entry, error) {
	f, err := auditFilter(v.URL.Query())
	if err != nil {
		return nil, err
	}
	list, err := s.Account.Audit(v.ctx(), v.By(), f)
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list, err
}

// auditCSV serves GET /studio/audit.csv. A cell that a spreadsheet would take
// for a formula gets an apostrophe before it; the exact texts are in the JSON.
func (s *Studio) auditCSV(v *visit) (*web.Reply, error) {
	list, err := s.exported(v)
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"number", "at", "by_id", "by_name", "what", "kind", "id", "detail", "version", "before", "hash"}}
	for _, e := range list {
		rows = append(rows, []string{
			strconv.FormatInt(e.Number, 10), e.At.Format(account.AuditTime), string(e.ByID), e.ByName, e.What, string(e.Ref.Kind), string(e.Ref.ID), e.Detail,
			strconv.FormatInt(e.Version, 10), e.Before, e.Hash,
		})
	}
	b, err := safeCSV(rows)
	if err != nil {
		return nil, err
	}
	return download("text/csv; charset=utf-8", "audit.csv", b), nil
}

// auditJSON serves GET /studio/audit.jsonl: one entry a line, with all that
// its hash is made of.
func (s *Studio) auditJSON(v *visit) (*web.Reply, error) {
	list, err := s.exported(v)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	lines := json.NewEncoder(&b)
	lines.SetEscapeHTML(false)
	for _, e := range list {
		line := struct {
			Number  int64     `json:"number"`
			At      string    `json:"at"`
			ByID    sala.ID   `json:"by_id"`
			ByName  string    `json:"by_name"`
			What    string    `json:"what"`
			Kind    sala.Kind `json:"kind"`
			ID      sala.ID   `json:"id"`
			Detail  string    `json:"detail"`
			Version int64     `json:"version,omitempty"`
			Before  string    `json:"before"`
			Hash    string    `json:"hash"`
		}{e.Number, e.At.Format(account.AuditTime), e.ByID, e.ByName, e.What, e.Ref.Kind, e.Ref.ID, e.Detail, e.Version, e.Before, e.Hash}
		if err := lines.Encode(line); err != nil {
			return nil, err
		}
	}
	return download("application/jsonl; charset=utf-8", "audit.jsonl", b.Bytes()), nil
}

// download answers with a file to keep.
func download(kind, name string, b []byte) *web.Reply {
	return &web.Reply{Type: kind, Body: b, Header: http.Header{"Content-Disposition": {`attachment; filename="` + name + `"`}}}
}
