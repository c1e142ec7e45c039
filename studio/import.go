package studio

import (
	"bytes"
	"errors"
	"mime/multipart"
	"os"
	"slices"
	"strconv"

	"sala"
	"sala/archive"
	"sala/importer/runs"
	"sala/internal/web"
)

// importsPage is what importsView shows.
type importsPage struct {
	*page
	Runs    []runs.Run
	Readers []runs.Reader
	Typed   importForm
	Running bool // one of them: the page asks again by itself
}

// importForm is what was typed of an import.
type importForm struct {
	As, Lang   string
	Fetch, Dry bool
}

var readers = []runs.Reader{runs.Auto, runs.WordPress, runs.SavedPage, runs.WARC, runs.Text}

// imports serves GET /studio/import.
func (s *Studio) imports(v *visit) (*web.Reply, error) { return s.showImports(v, importForm{}, nil) }

func (s *Studio) showImports(v *visit, typed importForm, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.import")
	ip := importsPage{page: p, Readers: readers, Typed: typed}
	if ip.Runs, err = s.Runs.Runs(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	// A form that must be corrected is not taken away from whoever corrects it.
	ip.Running = wrong == nil && slices.ContainsFunc(ip.Runs, func(r runs.Run) bool { return r.Ended.IsZero() })
	return p.show(importsView(ip))
}

// beginImport serves POST /studio/import. The files are put aside while they
// arrive, since what is said of them may come after them.
func (s *Studio) beginImport(v *visit) (reply *web.Reply, err error) {
	dir, err := os.MkdirTemp(s.Runs.Temp, "sala-import-form-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	p := &page{visit: v}
	var typed importForm
	in := runs.Input{}
	kept := map[string]*os.File{}
	defer func() {
		for _, f := range kept {
			err = errors.Join(err, f.Close())
		}
	}()
	err = v.files(func(part *multipart.Part) error {
		field := part.FormName()
		if field != "file" && field != "media" || kept[field] != nil {
			return nil
		}
		f, err := os.CreateTemp(dir, "")
		if err != nil {
			return err
		}
		kept[field] = f
		if field == "file" {
			in.Name = part.FileName()
		}
		if _, err := f.ReadFrom(part); err != nil {
			return err
		}
		_, err = f.Seek(0, 0)
		return err
	}, func(name, value string) {
		switch name {
		case "as":
			typed.As = value
		case "lang":
			typed.Lang = value
		case "fetch":
			typed.Fetch = value != ""
		case "dry":
			typed.Dry = value != ""
		}
	})
	if halfSent(err) {
		return s.showImports(v, typed, sala.Invalid{{Field: "file", Text: p.T("studio.media_half")}})
	}
	if err != nil {
		return nil, err
	}
	var bad sala.Invalid
	if kept["file"] == nil {
		bad = append(bad, sala.FieldError{Field: "file", Key: "studio.media.none_chosen", Text: "choose a file"})
	}
	in.As, in.FetchMedia, in.DryRun = runs.Reader(typed.As), typed.Fetch, typed.Dry
	if !slices.Contains(readers, in.As) {
		bad = append(bad, sala.FieldError{Field: "as", Key: "studio.import_as_bad", Text: "choose what the file is"})
	}
	if typed.Lang != "" {
		if in.Lang, err = sala.ParseLang(typed.Lang); err != nil {
			bad = append(bad, sala.FieldError{Field: "lang", Key: "studio.import_lang_bad", Text: err.Error()})
		}
	}
	if bad != nil {
		return s.showImports(v, typed, bad)
	}
	in.Content = kept["file"]
	if kept["media"] != nil {
		in.Media = kept["media"]
	}
	id, err := s.Runs.Begin(v.ctx(), v.By(), in)
	if err != nil {
		return s.showImports(v, typed, err)
	}
	return v.done("/studio/import/"+string(id), "studio.import_begun")
}

// importPage is what importView shows.
type importPage struct {
	*page
	Run    runs.Run
	All    bool // settled remarks too
	Groups []remarkGroup
	After  int // number behind which the next stretch begins, 0 at the end
	Works  map[string][]archive.Use
}

// A remarkGroup is remarks that say the same.
type remarkGroup struct {
	Why     string
	Remarks []runs.Remark
}

// remarkRows is how many remarks a page shows.
const remarkRows = 200

// importRun serves GET /studio/import/{id}.
func (s *Studio) importRun(v *visit) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	ip := importPage{page: p, All: v.URL.Query().Has("all")}
	if ip.Run, err = s.Runs.Run(v.ctx(), v.By(), sala.ID(v.PathValue("id"))); err != nil {
		return nil, err
	}
	p.Title = ip.Run.Name
	after := 0
	if text := v.URL.Query().Get("after"); text != "" {
		if after, err = strconv.Atoi(text); err != nil {
			return nil, sala.ErrNotFound
		}
	}
	list, err := s.Runs.Remarks(v.ctx(), v.By(), ip.Run.ID, !ip.All, after, remarkRows+1)
	if err != nil {
		return nil, err
	}
	if len(list) > remarkRows {
		list = list[:remarkRows]
		ip.After = list[remarkRows-1].Number
	}
	ip.Groups = grouped(list)
	var titles []string
	for _, r := range list {
		titles = append(titles, r.What)
	}
	if ip.Works, err = s.Archive.Titled(v.ctx(), v.By(), titles); err != nil {
		return nil, err
	}
	return p.show(importView(ip))
}

// grouped puts remarks of the same reason together, the unsettled first, the
// largest group first.
func grouped(list []runs.Remark) []remarkGroup {
	var groups []remarkGroup
	at := map[string]int{}
	for _, r := range list {
		i, ok := at[r.Why]
		if !ok {
			i = len(groups)
			at[r.Why] = i
			groups = append(groups, remarkGroup{Why: r.Why})
		}
		groups[i].Remarks = append(groups[i].Remarks, r)
	}
	for _, g := range groups {
		slices.SortStableFunc(g.Remarks, func(a, b runs.Remark) int { return rank(a) - rank(b) })
	}
	open := func(g remarkGroup) (n int) {
		for _, r := range g.Remarks {
			n += 1 - rank(r)
		}
		return n
	}
	slices.SortStableFunc(groups, func(a, b remarkGroup) int { return open(b) - open(a) })
	return groups
}

func rank(r runs.Remark) int {
	if r.Settled.IsZero() {
		return 0
	}
	return 1
}

// settle serves POST /studio/import/{id}/settle: the remarks whose numbers
// are sent. A button may stand for many: its value is their numbers.
func (s *Studio) settle(v *visit) (*web.Reply, error) {
	var numbers []int
	for _, text := range v.PostForm["n"] {
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, errBadForm
		}
		numbers = append(numbers, n)
	}
	id, open := v.PathValue("id"), v.PostFormValue("open") != ""
	address := "/studio/import/" + id
	if v.PostFormValue("all") != "" {
		address += "?all"
	}
	if len(numbers) == 0 {
		return v.done(address, "studio.import_none_chosen")
	}
	if err := s.Runs.Settle(v.ctx(), v.By(), sala.ID(id), numbers, !open); err != nil {
		return nil, err
	}
	if open {
		return v.done(address, "studio.import_opened", "n", len(numbers))
	}
	return v.done(address, "studio.import_settled", "n", len(numbers))
}

// importReport serves GET /studio/import/{id}/report.json.
func (s *Studio) importReport(v *visit) (*web.Reply, error) {
	run, err := s.Runs.Run(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	if run.Report == nil {
		return nil, sala.ErrNotFound
	}
	var b bytes.Buffer
	if err := run.Report.WriteJSON(&b); err != nil {
		return nil, err
	}
	return download("application/json; charset=utf-8", "report.json", b.Bytes()), nil
}

// unsettled counts the remarks of imports that nobody has settled.
func unsettled(v *visit) (int, error) { return v.studio.Runs.Unsettled(v.ctx()) }

// Stored is how many items of a run were stored, or would have been.
func (p *page) Stored(r runs.Run) int {
	n := 0
	if r.Report != nil {
		for _, k := range r.Report.Stored {
			n += k
		}
	}
	return n
}

// how says how far a run came.
func (p *page) how(r runs.Run) string {
	switch {
	case r.Failure != "":
		return p.T("studio.import_failed", "why", r.Failure)
	case !r.Ended.IsZero() && r.DryRun:
		return p.T("studio.import_tried", "n", p.Stored(r))
	case !r.Ended.IsZero():
		return p.T("studio.import_done", "n", p.Stored(r))
	case r.Status.Doing == "":
		return p.T("studio.import_waits")
	case r.Status.Of > 0:
		return p.T("studio.import_runs_of", "what", r.Status.Doing, "done", p.Number(int(r.Status.Done)), "of", p.Number(int(r.Status.Of)))
	}
	return p.T("studio.import_runs", "what", r.Status.Doing, "done", p.Number(int(r.Status.Done)))
}

// every is all remarks shown.
func (p importPage) every() (all []runs.Remark) {
	for _, g := range p.Groups {
		all = append(all, g.Remarks...)
	}
	return all
}

// next is the address of the next stretch.
func (p importPage) next() string {
	address := "/studio/import/" + string(p.Run.ID) + "?after=" + strconv.Itoa(p.After)
	if p.All {
		address += "&all"
	}
	return address
}
