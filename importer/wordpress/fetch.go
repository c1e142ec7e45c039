package wordpress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// maxFetch bounds one file that is fetched.
const maxFetch = 200 << 20

// errPrivate refuses an address that is not on the public internet, so that
// an export cannot make the importer ask the machines around it.
var errPrivate = errors.New("not a public address")

// special are addresses that look public, and lead to machines nearby all
// the same: those shared by a provider's customers, those kept for tests and
// for the future, and those that carry an IPv4 address within.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32"),
}

// isPublic reports whether an address is on the public internet.
func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	for _, p := range special {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// fetcher returns a client that reaches the public internet alone: every
// address is looked at when it is dialled, whatever name or redirect led there.
func fetcher() *http.Client {
	dialer := &net.Dialer{Timeout: 20 * time.Second, Control: func(_, host string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(host)
		if err != nil {
			return err
		}
		if !isPublic(at.Addr()) {
			return errPrivate
		}
		return nil
	}}
	return &http.Client{
		Timeout:   10 * time.Minute,
		Transport: &http.Transport{DialContext: dialer.DialContext, ResponseHeaderTimeout: 30 * time.Second, MaxIdleConnsPerHost: 2},
	}
}

// fetch returns what fetches a file from where it was.
func (im *reader) fetch(ctx context.Context, address string) func() (io.ReadCloser, error) {
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		return nil
	}
	if im.client == nil {
		im.client = fetcher()
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
