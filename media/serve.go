package media

import (
	"context"
	"fmt"
	"io"
	"mime"
	"slices"
	"strings"

	"sala"
)

// Showing returns the files that readers may see and that the bytes of a hash
// belong to: those they are a rendition of, or those they are. A door gives
// the bytes only if what one of them belongs to is public too, which media
// cannot know.
func (s *Store) Showing(ctx context.Context, hash string) ([]File, error) {
	files, err := s.list(ctx, `
		SELECT `+fileColumns+` FROM media_file f
		WHERE f.public AND (f.hash = ? AND f.width = 0 OR f.hash IN (SELECT r.source FROM media_rendition r WHERE r.hash = ?))`, hash, hash)
	return slices.DeleteFunc(files, func(f File) bool { return !f.Shown() }), err
}

// Served is bytes that may be given to anybody, and how.
type Served struct {
	Body        io.ReadSeekCloser
	Hash        string
	Type        string // Content-Type
	Disposition string // Content-Disposition: inline or attachment
	Policy      string // Content-Security-Policy for these bytes alone
}

// Serve returns the bytes that stand at /files/{hash}/{name}: a rendition of a
// public picture, or a public file that is no picture. Everything else, also
// a picture as it came, is [sala.ErrNotFound].
func (s *Store) Serve(ctx context.Context, hash, name string) (Served, error) {
	showing, err := s.Showing(ctx, hash)
	if err != nil {
		return Served{}, err
	}
	kind := ""
	for _, f := range showing {
		if f.Hash == hash {
			kind = f.Type
		}
		for _, r := range f.Renditions {
			if r.Hash == hash {
				kind = r.Type
			}
		}
	}
	if kind == "" {
		return Served{}, fmt.Errorf("file %s: %w", hash, sala.ErrNotFound)
	}
	body, err := s.blobs.Open(ctx, hash)
	if err != nil {
		return Served{}, err
	}
	out := Served{Body: body, Hash: hash, Policy: sandboxed}
	out.Type, out.Disposition = delivery(kind)
	if out.Disposition == "attachment" {
		out.Disposition = attachment(name)
	}
	if out.Type == "image/svg+xml" {
		out.Policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
	}
	return out, nil
}

// sandboxed is the policy of bytes that somebody gave: they can load nothing
// and run nothing.
const sandboxed = "default-src 'none'; sandbox"

func attachment(name string) string {
	if d := mime.FormatMediaType("attachment", map[string]string{"filename": SafeName(name)}); d != "" {
		return d
	}
	return "attachment"
}

// delivery says how a type is given out: what a browser shows without running
// anything is shown, all else is saved.
func delivery(kind string) (contentType, disposition string) {
	switch {
	case kind == "image/svg+xml":
		return kind, "attachment"
	case kind == "image/png", kind == "image/jpeg", kind == "image/gif", kind == "image/webp", kind == "application/pdf",
		strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "video/"):
		return kind, "inline"
	case kind == "text/plain":
		return "text/plain; charset=utf-8", "inline"
	case kind == "application/zip", kind == "application/x-gzip", kind == "application/msword":
		return kind, "attachment"
	}
	return "application/octet-stream", "attachment"
}

// Address returns where the bytes of a hash stand.
func Address(hash, name string) string { return "/files/" + hash + "/" + SafeName(name) }

// Rendition returns the one that is at least as wide as asked, or the
// widest.
func (f File) Rendition(width int) (Rendition, bool) {
	if len(f.Renditions) == 0 {
		return Rendition{}, false
	}
	for _, r := range f.Renditions {
		if r.Width >= width {
			return r, true
		}
	}
	return f.Renditions[len(f.Renditions)-1], true
}

// SrcSet returns every rendition as an srcset attribute has them.
func (f File) SrcSet() string {
	if len(f.Renditions) < 2 {
		return ""
	}
	parts := make([]string, len(f.Renditions))
	for i, r := range f.Renditions {
		parts[i] = fmt.Sprintf("%s %dw", Address(r.Hash, renditionName(f.Name, r.Type)), r.Width)
	}
	return strings.Join(parts, ", ")
}

// RenditionAddress returns where a rendition of f stands.
func (f File) RenditionAddress(r Rendition) string {
	return Address(r.Hash, renditionName(f.Name, r.Type))
}

func renditionName(name, kind string) string {
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		name = name[:dot]
	}
	return name + "." + strings.TrimPrefix(strings.Replace(kind, "jpeg", "jpg", 1), "image/")
}
