package site

import (
	"context"

	"sala"
	"sala/media"
)

// shown keeps those files that a reader may see: public ones that no consent
// holds back and whose work, if they belong to one, is public now. So what is withdrawn takes its files
// along, and every page asks here.
func (s *Site) shown(ctx context.Context, files []media.File) ([]media.File, error) {
	var owners []sala.ID
	for _, f := range files {
		if f.Owner.Kind == sala.KindWork {
			owners = append(owners, f.Owner.ID)
		}
	}
	works, err := s.Archive.WorksByID(ctx, owners)
	if err != nil {
		return nil, err
	}
	var out []media.File
	for _, f := range files {
		_, public := works[f.Owner.ID]
		if f.Shown() && (f.Owner.Kind != sala.KindWork || public) {
			out = append(out, f)
		}
	}
	return out, nil
}

// files returns those of the files that a reader may see.
func (s *Site) files(ctx context.Context, ids []sala.ID) (map[sala.ID]media.File, error) {
	all, err := s.Media.Files(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]media.File, 0, len(all))
	for _, f := range all {
		list = append(list, f)
	}
	if list, err = s.shown(ctx, list); err != nil {
		return nil, err
	}
	found := map[sala.ID]media.File{}
	for _, f := range list {
		found[f.ID] = f
	}
	return found, nil
}

// oneFile returns a file that a reader may see, or sala.ErrNotFound.
func (s *Site) oneFile(ctx context.Context, id sala.ID) (media.File, error) {
	found, err := s.files(ctx, []sala.ID{id})
	if err != nil {
		return media.File{}, err
	}
	f, ok := found[id]
	if !ok {
		return f, sala.ErrNotFound
	}
	return f, nil
}
