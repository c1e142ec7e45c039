package warc

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// A Response is what a server answered.
type Response struct {
	Status int
	Header http.Header

	rest *bufio.Reader
}

// ErrTooLong is returned for a response that is longer than was asked for.
var ErrTooLong = errors.New("it is too long")

// HTTP reads the head of the block of a response or revisit record (RFC 9112).
func HTTP(block io.Reader) (*Response, error) {
	r := bufio.NewReader(block)
	var status []byte
	for len(status) < maxLine {
		part, err := r.ReadSlice('\n')
		status = append(status, part...)
		if err == nil || err == io.EOF {
			break
		}
		if err != bufio.ErrBufferFull {
			return nil, err
		}
	}
	line := strings.TrimSpace(string(status))
	proto, rest, _ := strings.Cut(line, " ")
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.Atoi(code)
	if err != nil || !strings.HasPrefix(proto, "HTTP/") {
		return nil, fmt.Errorf("it does not begin as an answer of a web server does: %q", clip(line))
	}
	head := &io.LimitedReader{R: r, N: maxLine * 4}
	limited := bufio.NewReader(head)
	header, err := textproto.NewReader(limited).ReadMIMEHeader()
	if err != nil && !errors.Is(err, io.EOF) && len(header) == 0 {
		return nil, fmt.Errorf("its header cannot be read: %w", err)
	}
	return &Response{Status: n, Header: http.Header(header), rest: bufio.NewReader(io.MultiReader(limited, r))}, nil
}

// Body reads and unpacks the body, at most max bytes of it; a longer one is
// ErrTooLong. Archives are known to hold bodies that were unpacked while
// their header still says chunked or gzip, and bodies that were cut: cut says
// why the body is not whole, "" if it is.
func (a *Response) Body(max int64) (body []byte, cut string, err error) {
	body, err = io.ReadAll(io.LimitReader(a.rest, max+1))
	var damage *Damage
	switch {
	case errors.As(err, &damage):
		cut = damage.Why
	case err != nil:
		return nil, "", err
	case int64(len(body)) > max:
		return nil, "", ErrTooLong
	}
	if strings.Contains(strings.ToLower(a.Header.Get("Transfer-Encoding")), "chunked") {
		body, cut = dechunk(body, cut)
	}
	encodings := strings.Split(a.Header.Get("Content-Encoding"), ",")
	for i := len(encodings) - 1; i >= 0; i-- {
		var broken bool
		if body, broken, err = unpack(strings.ToLower(strings.TrimSpace(encodings[i])), body, max); err != nil {
			return nil, "", err
		}
		if broken && cut == "" {
			cut = "its packed text is cut short or broken"
		}
	}
	return body, cut, nil
}

// dechunk joins the chunks of a body. One that does not begin with a chunk was
// joined already, and its header left as it was.
func dechunk(body []byte, cut string) ([]byte, string) {
	var whole []byte
	rest := body
	for {
		line, after, ok := bytes.Cut(rest, []byte("\n"))
		size, _, _ := bytes.Cut(bytes.TrimSpace(line), []byte(";"))
		n, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 31)
		if !ok || err != nil {
			if whole == nil {
				return body, cut
			}
			return whole, "a chunk of it is broken"
		}
		if n == 0 {
			return whole, cut
		}
		if uint64(len(after)) < n {
			if whole == nil && looksWhole(body) {
				return body, cut
			}
			return append(whole, after...), "its last chunk is cut short"
		}
		whole = append(whole, after[:n]...)
		rest = bytes.TrimPrefix(bytes.TrimPrefix(after[n:], []byte("\r")), []byte("\n"))
	}
}

// looksWhole reports whether a body begins as a page does.
func looksWhole(b []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(b), []byte("<"))
}

// unpack undoes one content encoding, as far as it can be undone. A body that
// is not packed, though its header says so, is left as it is.
func unpack(encoding string, body []byte, max int64) (plain []byte, broken bool, err error) {
	var r io.Reader
	switch encoding {
	case "gzip", "x-gzip":
		r, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		if r, err = zlib.NewReader(bytes.NewReader(body)); err != nil { // some servers left the zlib frame out
			r, err = flate.NewReader(bytes.NewReader(body)), nil
		}
	case "br":
		r = brotli.NewReader(bytes.NewReader(body))
	case "zstd":
		var z *zstd.Decoder
		if z, err = zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderMaxMemory(uint64(max)), zstd.WithDecoderConcurrency(1)); err == nil {
			defer z.Close()
			r = z
		}
	default: // identity, none, or a charset that strayed here
		return body, false, nil
	}
	if err != nil {
		return body, false, nil
	}
	plain, err = io.ReadAll(io.LimitReader(r, max+1))
	switch {
	case int64(len(plain)) > max:
		return nil, false, ErrTooLong
	case err != nil && len(plain) == 0:
		return body, false, nil
	}
	return plain, err != nil, nil
}
