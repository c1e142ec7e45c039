package studio

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/richtext"
	"sala/internal/web"
	"sala/internal/xliff"
)

// Types of the files that go out.
const (
	xliffType = "application/xliff+xml"
	wordType  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

// A refusal is a segment of a file that was not taken.
type refusal struct {
	ID, Words, Why string
}

// translationFile answers with a translation as a file, as it stands in the
// working copy of whoever asks.
func (s *Studio) translationFile(v *visit, d table, kind string) (*web.Reply, error) {
	if d.edition == "" || kind != "xlf" && kind != "docx" {
		return nil, sala.ErrNotFound
	}
	b, err := s.bench(v, d)
	if err != nil {
		return nil, err
	}
	if b.Source.ID == "" {
		return nil, sala.ErrNotFound
	}
	f := xliff.File{Ref: fmt.Sprintf("edition/%s@%d", d.edition, b.Now.Number), Source: b.Source.Lang, Target: d.lang, Title: b.Now.Title}
	for _, w := range b.Wordings {
		_, changed := b.changed(w)
		f.Units = append(f.Units, xliff.Unit{ID: w.ID, Source: w.Source, Target: w.Target, Codes: w.Codes, Stale: changed && w.Target != nil})
	}
	var out bytes.Buffer
	reply := web.Text(xliffType, nil)
	if kind == "docx" {
		reply.Type = wordType
		how, _ := s.words.Text(v.lang, "studio.tr_word_how")
		err = xliff.WriteWord(&out, f, how)
	} else {
		err = xliff.Write(&out, f)
	}
	if err != nil {
		return nil, fmt.Errorf("write edition %s as a file: %w", d.edition, err)
	}
	reply.Body, reply.Keep = out.Bytes(), false
	name := "translation-" + string(d.lang) + "-" + string(d.edition)[:8] + "." + kind
	reply.Header = http.Header{"Content-Disposition": {`attachment; filename="` + name + `"`}}
	return reply, nil
}

// importTranslation serves POST /studio/translate/{id}/{lang}/file.
func (s *Studio) importTranslation(v *visit) (*web.Reply, error) {
	d, err := s.table(v)
	if err != nil {
		return nil, err
	}
	return s.importAt(v, d)
}

// importAt takes what came back into the working copy, segment by segment.
func (s *Studio) importAt(v *visit, d table) (*web.Reply, error) {
	if d.edition == "" {
		return nil, sala.ErrNotFound
	}
	refused := func(key string, args ...any) (*web.Reply, error) {
		text, _ := s.words.Text(v.lang, key, args...)
		return s.showTranslation(v, d, retyped{wrong: sala.Invalid{{Field: "file", Text: text}}})
	}
	raw, err := upload(v)
	if err != nil {
		return nil, err
	}
	switch {
	case raw == nil:
		return refused("studio.tr_file_none")
	case len(raw) > xliff.MaxBytes:
		return refused("studio.tr_file_large", "n", xliff.MaxBytes>>20)
	}
	var f xliff.File
	if bytes.HasPrefix(raw, []byte("PK")) {
		f, err = xliff.ReadWord(bytes.NewReader(raw), int64(len(raw)))
	} else {
		f, err = xliff.Read(bytes.NewReader(raw))
	}
	if err != nil {
		return refused("studio.tr_file_broken", "why", err.Error())
	}
	b, err := s.bench(v, d)
	if err != nil {
		return nil, err
	}
	if b.Source.ID == "" {
		return nil, sala.ErrNotFound
	}
	of, rev, ok := strings.Cut(strings.TrimPrefix(f.Ref, "edition/"), "@")
	if !ok || of != string(d.edition) || f.Source != b.Source.Lang || f.Target != "" && f.Target != d.lang {
		return refused("studio.tr_file_other", "ref", f.Ref)
	}
	n, err := strconv.Atoi(rev)
	if err != nil {
		return refused("studio.tr_file_other", "ref", f.Ref)
	}
	then, err := s.Archive.SourceRevision(v.ctx(), d.by, d.edition, n)
	if errors.Is(err, sala.ErrNotFound) {
		return refused("studio.tr_file_revision", "n", n, "newest", b.Now.Number)
	} else if err != nil {
		return nil, err
	}
	return s.takeFile(v, d, b, f, then)
}

// takeFile keeps what is good of a file, and shows the rest with the reason.
func (s *Studio) takeFile(v *visit, d table, b bench, f xliff.File, then archive.Revision) (*web.Reply, error) {
	at := map[string]richtext.Wording{}
	for _, w := range b.Wordings {
		at[w.ID] = w
	}
	words := map[string][]richtext.Fragment{}
	var flaws []richtext.Flaw
	twice := map[string]bool{}
	taken := 0
	for _, u := range f.Units {
		w, known := at[u.ID]
		typed := xliff.Text(u.Target)
		switch {
		case twice[u.ID]:
			flaws = append(flaws, richtext.Flaw{Segment: u.ID, Kind: "again"})
		case u.Target == nil && w.Target == nil, known && typed == xliff.Text(w.Target):
		case u.Target == nil && known:
			flaws = append(flaws, richtext.Flaw{Segment: u.ID, Kind: richtext.FlawEmpty})
		default:
			// Read as typed text, so that codes cut into several pieces are one.
			words[u.ID] = xliff.Fragments(typed)
			taken++
		}
		twice[u.ID] = true
	}
	text, more := b.take(words)
	taken -= len(more)
	flaws = append(flaws, more...)
	if taken > 0 {
		cp := b.Copy
		cp.Text = text
		if _, err := s.Archive.SaveDraft(v.ctx(), d.by, d.edition, cp); err != nil {
			return nil, err
		}
	}
	said := map[string]string{}
	for _, u := range f.Units {
		said[u.ID] = xliff.Text(u.Target)
	}
	changed := 0
	for _, c := range richtext.Compare(then.Body, b.Now.Body).Changes {
		if c.Alters() {
			changed++
		}
	}
	if then.Title != b.Now.Title {
		changed++
	}
	a := retyped{more: func(t *translatePage) {
		t.Told = t.T("studio.tr_file_taken", "n", taken)
		if then.Number != b.Now.Number {
			t.Told += " " + t.T("studio.tr_file_older", "then", then.Number, "now", b.Now.Number, "n", changed)
		}
		for _, f := range flaws {
			t.Refused = append(t.Refused, refusal{f.Segment, said[f.Segment], t.flaw(f, at[f.Segment])})
		}
	}}
	reply, err := s.showTranslation(v, d, a)
	if err == nil && len(flaws) > 0 {
		reply.Status = http.StatusUnprocessableEntity
	}
	return reply, err
}

// upload returns the file of a form, nil if there is none. One that is too
// large comes back a byte longer than may be.
func upload(v *visit) ([]byte, error) {
	parts, err := v.MultipartReader()
	if err != nil {
		return nil, errBadForm
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, errBadForm
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		raw, err := io.ReadAll(io.LimitReader(part, xliff.MaxBytes+1))
		if err != nil {
			return nil, errBadForm
		}
		return raw, nil
	}
}
