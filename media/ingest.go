package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// MaxBytes is the size above which a file is refused, unless a store says
// otherwise.
const MaxBytes = 200 << 20

// ErrTooBig is returned by [Store.Ingest] for a file above the store's limit.
var ErrTooBig = errors.New("the file is too big")

// Stored is what is known of bytes once they are stored.
type Stored struct {
	Hash   string
	Size   int64
	Type   string
	Width  int // 0 if it is no picture that can be shown
	Height int
	Doubt  string // why it is not shown as it came, "" if it is
}

// Ingest stores bytes and says what they are. A picture that cannot be
// decoded safely is kept as it came, with a doubt, and never shown.
func (s *Store) Ingest(ctx context.Context, r io.Reader) (Stored, error) {
	head := make([]byte, sniffed)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return Stored{}, fmt.Errorf("read a file: %w", err)
	}
	head = head[:n]
	st := Stored{Type: sniff(head)}
	st.Hash, st.Size, err = s.blobs.Put(ctx, &limited{r: io.MultiReader(bytes.NewReader(head), r), left: s.MaxBytes, limit: s.MaxBytes})
	if err != nil {
		return Stored{}, err
	}
	if !isPicture(st.Type) {
		return st, nil
	}
	found, err := s.look(ctx, st.Hash)
	switch {
	case errors.Is(err, ErrBomb) || errors.Is(err, ErrUnreadable):
		st.Doubt = err.Error()
	case err != nil:
		return Stored{}, fmt.Errorf("look at picture %s: %w", st.Hash, err)
	default:
		st.Width, st.Height = found.width, found.height
		if found.animated {
			st.Doubt = "it is an animation: only its first picture is shown"
		}
	}
	return st, nil
}

func (s *Store) look(ctx context.Context, hash string) (found shape, err error) {
	f, err := s.blobs.Open(ctx, hash)
	if err != nil {
		return shape{}, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return inspect(f)
}

// isPicture reports whether a type is that of a picture into which a camera
// may have written where and when it was taken, shown or not.
func isPicture(kind string) bool { return strings.HasPrefix(kind, "image/") && kind != svg }

// limited ends with [ErrTooBig] after so many bytes.
type limited struct {
	r           io.Reader
	left, limit int64
}

func (l *limited) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	if l.left -= int64(n); l.left < 0 {
		return n, fmt.Errorf("%w: more than %d MB", ErrTooBig, l.limit>>20)
	}
	return n, err
}
