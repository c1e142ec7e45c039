package studio

import (
	"strings"

	"sala"
	"sala/internal/web"
	"sala/tracker"
)

// renumberPage is what renumberView shows: the numbers that one document gives
// to the recommendations of another.
type renumberPage struct {
	*page
	Documents []documentOption
	From      string // id of the document whose recommendations are listed
	Into      string // the other, as it is written
	Rows      []renumberRow
}

type documentOption struct{ ID, Name string }

type renumberRow struct {
	Recommendation tracker.Recommendation
	Here           string // its number in From
	There          string // in the other, as typed
	Block          string
	Among          bool
}

// renumber serves GET /studio/recommendations/numbers?from=.
func (s *Studio) renumber(v *visit) (*web.Reply, error) { return s.showRenumber(v, nil, nil) }

func (s *Studio) showRenumber(v *visit, typed map[sala.ID]tracker.Numbered, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.tracker.numbers")
	rp := renumberPage{page: p, From: v.FormValue("from"), Into: v.PostFormValue("document")}
	docs, err := s.Tracker.AllDocuments(v.ctx(), v.By())
	if err != nil {
		return nil, err
	}
	var sources []tracker.Source
	for _, d := range docs {
		sources = append(sources, d.Source)
	}
	names, err := s.writtenSources(v, sources...)
	if err != nil {
		return nil, err
	}
	for i, d := range docs {
		name, _, _ := strings.Cut(names[i], " <")
		rp.Documents = append(rp.Documents, documentOption{string(d.ID), name})
	}
	if rp.From == "" {
		return p.show(renumberView(rp))
	}
	numbers, _, err := s.Tracker.NumbersIn(v.ctx(), sala.ID(rp.From))
	if err != nil {
		return nil, err
	}
	for _, n := range numbers {
		if string(n.Document) != rp.From {
			continue
		}
		rec, err := s.Tracker.Open(v.ctx(), v.By(), n.Recommendation)
		if err != nil {
			return nil, err
		}
		t := typed[rec.ID]
		rp.Rows = append(rp.Rows, renumberRow{rec, n.Number, t.Number, t.Block, t.Among})
	}
	return p.show(renumberView(rp))
}

// setNumbers serves POST /studio/recommendations/numbers.
func (s *Studio) setNumbers(v *visit) (*web.Reply, error) {
	typed := map[sala.ID]tracker.Numbered{}
	var numbers []tracker.Numbered
	for _, id := range v.PostForm["recommendation"] {
		n := tracker.Numbered{Recommendation: sala.ID(id), Number: v.PostFormValue("number-" + id), Block: strings.TrimPrefix(v.PostFormValue("block-"+id), "#p-"), Among: v.PostFormValue("among-"+id) != ""}
		typed[n.Recommendation] = n
		if strings.TrimSpace(n.Number) != "" {
			numbers = append(numbers, n)
		}
	}
	src, err := s.readSource(v, v.PostFormValue("document"), v.lang, tracker.Source{})
	if err == nil {
		_, err = s.Tracker.Renumber(v.ctx(), v.By(), src, numbers)
	}
	if err != nil {
		return s.showRenumber(v, typed, renamed(err, "source", "document"))
	}
	return v.done("/studio/recommendations/numbers", "studio.saved")
}
