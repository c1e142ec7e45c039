package wordpress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"sala/internal/outbound"
)

// maxFetch bounds one file that is fetched.
const maxFetch = 200 << 20

// fetch returns what fetches a file from where it was.
func (im *reader) fetch(ctx context.Context, address string) func() (io.ReadCloser, error) {
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		return nil
	}
	if im.client == nil {
		im.client = outbound.NewClient(10 * time.Minute)
	}
	return func() (io.ReadCloser, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return nil, err
		}
		resp, err := im.client.Do(req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusOK {
			return nil, errors.Join(fmt.Errorf("fetch %s: %s", address, resp.Status), resp.Body.Close())
		}
		return &limited{body: resp.Body, address: address, left: maxFetch}, nil
	}
}

// A limited is a body that fails, and does not just end, when it goes on for
// too long.
type limited struct {
	body    io.ReadCloser
	address string
	left    int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("fetch %s: more than %d MB", l.address, maxFetch>>20)
	}
	n, err := l.body.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

func (l *limited) Close() error { return l.body.Close() }
