// Package outbound asks other machines for things, on the word of texts that
// strangers wrote: so it reaches the public internet alone, and never the
// machines around this one.
package outbound

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// ErrPrivate is returned for an address that is not on the public internet.
var ErrPrivate = errors.New("not a public address")

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

// NewClient returns a client that reaches the public internet alone: every
// address is looked at when it is dialled, whatever name or redirect led
// there. A whole answer may take as long as timeout.
func NewClient(timeout time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: 20 * time.Second, Control: func(_, host string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(host)
		if err != nil {
			return err
		}
		if !isPublic(at.Addr()) {
			return ErrPrivate
		}
		return nil
	}}
	return &http.Client{
		Timeout:   timeout,
		Transport: &http.Transport{DialContext: dialer.DialContext, ResponseHeaderTimeout: 30 * time.Second, MaxIdleConnsPerHost: 2},
	}
}
