package site

import (
	"context"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/i18n"
	"sala/internal/richtext"
	"sala/media"
)

// A resolver knows where the things that a text points at stand.
type resolver struct {
	site  *Site
	p     *page
	works map[sala.ID]archive.Work
	terms map[sala.ID]archive.Term
	files map[sala.ID]media.File
	// marks are passages to be marked, and what says so: see [richtext.RenderOptions].
	marks  map[string]string
	marked string
	// copies are those of dead links that a web archive has, by address.
	copies map[string]string
}

// resolve looks up everything that texts point at, a query for each kind.
func (s *Site) resolve(ctx context.Context, p *page, docs ...richtext.Doc) (*resolver, error) {
	ids := map[sala.Kind][]sala.ID{}
	for _, d := range docs {
		for _, r := range d.Refs() {
			ids[r.Kind] = append(ids[r.Kind], r.ID)
		}
	}
	res := &resolver{site: s, p: p}
	var err error
	if s.Links != nil {
		var elsewhere []string
		for _, d := range docs {
			elsewhere = append(elsewhere, d.Links()...)
		}
		if res.copies, err = s.Links.Copies(ctx, elsewhere); err != nil {
			return nil, err
		}
	}
	if res.works, err = s.Archive.WorksByID(ctx, ids[sala.KindWork]); err != nil {
		return nil, err
	}
	if res.terms, err = s.Archive.TermsByID(ctx, ids[sala.KindTerm]); err != nil {
		return nil, err
	}
	if res.files, err = s.files(ctx, ids[sala.KindFile]); err != nil {
		return nil, err
	}
	return res, nil
}

// link gives the address of a "sala:" link. What is not public leads nowhere.
func (res *resolver) link(href string) (string, bool) {
	rest := strings.TrimPrefix(href, "sala:")
	rest, fragment, _ := strings.Cut(rest, "#")
	if fragment != "" {
		fragment = "#" + fragment
	}
	kind, id, _ := strings.Cut(rest, "/")
	switch sala.Kind(kind) {
	case sala.KindWork:
		if w, ok := res.works[sala.ID(id)]; ok {
			return towards(best(w, res.p.Want, res.p.set), res.p.Want) + fragment, true
		}
	case sala.KindTerm:
		if t, ok := res.terms[sala.ID(id)]; ok {
			return termPath(res.p.Want, t), true
		}
	case sala.KindFile:
		if f, ok := res.files[sala.ID(id)]; ok {
			return filePath(res.p.Want, f), true
		}
	}
	return "", false
}

// sizes says how wide a picture in a text is shown, so that a telephone loads
// a small one.
const sizes = "(max-width: 44rem) 92vw, 40rem"

func (res *resolver) picture(a richtext.Attrs) (richtext.PictureView, bool) {
	f, ok := res.files[a.File]
	if !ok {
		return richtext.PictureView{}, false
	}
	r, ok := f.Rendition(640)
	if !ok {
		return richtext.PictureView{}, false
	}
	alt := a.Alt
	if alt == "" {
		alt, _ = f.Alt.In(res.p.Want, res.p.set.Default)
	}
	return richtext.PictureView{
		Src: f.RenditionAddress(r), SrcSet: f.SrcSet(), Sizes: sizes, Width: r.Width, Height: r.Height, Alt: alt, Link: filePath(res.p.Want, f),
	}, true
}

func (res *resolver) file(id sala.ID) (richtext.FileView, bool) {
	f, ok := res.files[id]
	if !ok || f.Hash == "" {
		return richtext.FileView{}, false
	}
	return richtext.FileView{Href: media.Address(f.Hash, f.Name), Name: f.Name, Type: fileType(f.Type, f.Name), Size: fileSize(res.p.Lang, f.Size)}, true
}

// html writes a text in lang. base makes addresses absolute, for feeds.
func (res *resolver) html(d richtext.Doc, lang sala.Lang, anchors bool, base string) (string, error) {
	// What the program adds to a text is in the language of the text: it is
	// read as a part of it.
	say := func(key string) string {
		text, _ := res.p.In(lang, key)
		return text
	}
	var b strings.Builder
	err := richtext.WriteHTML(&b, d, richtext.RenderOptions{
		Lang: lang, Link: res.link, Picture: res.picture, File: res.file, Archived: func(href string) string { return res.copies[href] },
		Anchors: anchors, Base: base, Marks: res.marks,
		Labels: richtext.Labels{
			Paragraph: say("text.paragraph"), Notes: say("text.notes"), Back: say("text.back"), Unread: say("text.unread"),
			Table: say("text.table"), Picture: say("text.picture"), Archived: say("text.archived"), Marked: res.marked,
		},
	})
	return b.String(), err
}

// fileType is what people call a type of file.
func fileType(kind, name string) string {
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 && len(name)-dot <= 5 {
		return strings.ToUpper(name[dot+1:])
	}
	if _, sub, ok := strings.Cut(kind, "/"); ok {
		return strings.ToUpper(sub)
	}
	return kind
}

// fileSize is a size as people read it, in units of 1000 bytes.
func fileSize(lang sala.Lang, bytes int64) string {
	switch {
	case bytes >= 10_000_000:
		return i18n.Number(lang, int(bytes/1_000_000)) + " MB"
	case bytes >= 1_000_000:
		return i18n.Decimal(lang, float64(bytes/100_000)/10, 1) + " MB"
	case bytes >= 1000:
		return i18n.Number(lang, int((bytes+500)/1000)) + " KB"
	}
	return i18n.Number(lang, int(bytes)) + " B"
}
