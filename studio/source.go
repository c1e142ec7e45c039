package studio

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/tracker"
)

// readSource reads the one line in which an editor says where something
// stands: the address of a paragraph here, pasted; an address elsewhere; a
// name; or a name with an address in angle brackets behind it. had is what
// stood there before: its file and quotation are kept.
func (s *Studio) readSource(v *visit, typed string, lang sala.Lang, had tracker.Source) (tracker.Source, error) {
	src := tracker.Source{Quote: had.Quote, Day: had.Day}
	typed = strings.Join(strings.Fields(typed), " ")
	written, err := s.writtenSource(v, had)
	if err != nil {
		return src, err
	}
	if typed == written {
		return had, nil
	}
	name, address := sourceParts(typed)
	if name != "" && name != address {
		src.Name = sala.Text{lang: name}
	}
	if address == "" {
		return src, nil
	}
	work, block, err := s.passageAt(v.ctx(), strings.TrimPrefix(address, s.base(v.Request)), v.set.Langs)
	switch {
	case err == nil: // it has a title of its own
		src.Work, src.Block, src.Name = work, block, nil
	case !errors.Is(err, sala.ErrNotFound) && !errors.Is(err, sala.ErrGone):
		return src, err
	case strings.HasPrefix(address, "/"):
		return src, sala.Invalid{{Field: "source", Key: "studio.tracker.no_work", Text: "there is no work at " + address}}
	default:
		src.Address = address
	}
	return src, nil
}

// passageAt finds the work and the paragraph at an address of the readers'
// door or of the studio.
func (s *Studio) passageAt(ctx context.Context, address string, langs []sala.Lang) (sala.ID, string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" {
		return "", "", sala.ErrNotFound
	}
	block, _ := strings.CutPrefix(u.Fragment, "p-")
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) >= 2 && (parts[0] == "id" || len(parts) >= 3 && parts[0] == "studio" && parts[1] == "works") {
		id, err := sala.ParseID(parts[len(parts)-1])
		if parts[0] == "studio" {
			id, err = sala.ParseID(parts[2])
		}
		if err != nil {
			return "", "", err
		}
		found, err := s.Archive.WorksByID(ctx, []sala.ID{id})
		if err == nil && len(found) == 0 {
			err = sala.ErrNotFound
		}
		return id, block, err
	}
	if len(parts) != 3 || !slices.Contains(langs, sala.Lang(parts[0])) {
		return "", "", sala.ErrNotFound
	}
	year := 0
	if parts[1] != "pages" {
		if year, err = strconv.Atoi(parts[1]); err != nil {
			return "", "", sala.ErrNotFound
		}
	}
	w, _, err := s.Archive.WorkByAddress(ctx, sala.Lang(parts[0]), year, parts[2])
	return w.ID, block, err
}

// writtenSources are sources as [Studio.readSource] reads them: a work by its
// title and where it stands.
func (s *Studio) writtenSources(v *visit, sources ...tracker.Source) ([]string, error) {
	var works []sala.ID
	for _, src := range sources {
		if src.Work != "" {
			works = append(works, src.Work)
		}
	}
	titles, err := s.Archive.WorksByID(v.ctx(), works)
	if err != nil {
		return nil, err
	}
	p := &page{visit: v}
	out := make([]string, len(sources))
	for i, src := range sources {
		name, _ := src.Name.In(v.lang, v.set.Default)
		address := src.Address
		switch {
		case src.Work != "":
			address = "/id/" + string(src.Work)
			if src.Block != "" {
				address += "#p-" + src.Block
			}
			if w, ok := titles[src.Work]; ok {
				e, _ := p.main(w)
				name = strings.Join(strings.Fields(strings.NewReplacer("<", " ", ">", " ").Replace(e.Title)), " ")
			}
		case src.File != "":
			address = "/id/" + string(src.File)
		}
		switch {
		case name == "":
			out[i] = address
		case address == "":
			out[i] = name
		default:
			out[i] = name + " <" + address + ">"
		}
	}
	return out, nil
}

// writtenSource is one of them.
func (s *Studio) writtenSource(v *visit, src tracker.Source) (string, error) {
	written, err := s.writtenSources(v, src)
	if err != nil {
		return "", err
	}
	return written[0], nil
}

// readParties reads organisations, one a line: a name that the directory has,
// or, as the document puts it, one that it has not. "Name = words" is an
// organisation of the directory with the document's own words for it.
func (s *Studio) readParties(v *visit, typed string, lang sala.Lang, had []tracker.Party) ([]tracker.Party, error) {
	written, err := s.writtenParties(v, had)
	if err != nil {
		return nil, err
	}
	var out []tracker.Party
	for line := range strings.Lines(typed) {
		if line = strings.Join(strings.Fields(line), " "); line == "" {
			continue
		}
		if i := slices.Index(written, line); i >= 0 {
			out = append(out, had[i])
			continue
		}
		name, words, _ := strings.Cut(line, "=")
		p := tracker.Party{Said: sala.Text{lang: strings.TrimSpace(words)}}
		id, err := s.organisationCalled(v, strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		if p.Organisation = id; id == "" {
			p.Said = sala.Text{lang: line}
		}
		out = append(out, p)
	}
	return out, nil
}

// organisationCalled finds an organisation by one of its names, "" if there
// is none or if several are called so.
func (s *Studio) organisationCalled(v *visit, name string) (sala.ID, error) {
	found, err := s.Directory.Find(v.ctx(), v.By(), sala.KindOrganisation, name, 20)
	if errors.Is(err, sala.ErrForbidden) {
		return "", nil // whoever may not look into the directory writes the name down
	}
	if err != nil {
		return "", err
	}
	var exact []sala.ID
	for _, f := range found {
		for _, t := range []sala.Text{f.Name, f.Short} {
			for _, called := range t {
				if strings.EqualFold(strings.Join(strings.Fields(called), " "), name) && !slices.Contains(exact, f.Ref.ID) {
					exact = append(exact, f.Ref.ID)
				}
			}
		}
	}
	if len(exact) == 1 {
		return exact[0], nil
	}
	return "", nil
}

// writtenParties are parties as [Studio.readParties] reads them, one a line.
func (s *Studio) writtenParties(v *visit, parties []tracker.Party) ([]string, error) {
	var ids []sala.ID
	for _, p := range parties {
		if p.Organisation != "" {
			ids = append(ids, p.Organisation)
		}
	}
	faces, err := s.Directory.Faces(v.ctx(), ids)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(parties))
	for i, p := range parties {
		words, _ := p.Said.In(v.lang, v.set.Default)
		name, _ := faces[p.Organisation].In(v.lang, v.set.Default)
		switch {
		case name == "":
			out[i] = words
		case words == "" || words == name:
			out[i] = name
		default:
			out[i] = name + " = " + words
		}
	}
	return out, nil
}

// sourceParts are what a source is called, as it is written, and where it is;
// one without a name is called by its address.
func sourceParts(written string) (name, address string) {
	if rest, ok := strings.CutSuffix(written, ">"); ok {
		if before, in, found := strings.Cut(rest, "<"); found {
			address = strings.TrimSpace(in)
			return cmp.Or(strings.TrimSpace(before), address), address
		}
	}
	if strings.HasPrefix(written, "/") || strings.HasPrefix(written, "http://") || strings.HasPrefix(written, "https://") {
		return written, written
	}
	return written, ""
}
