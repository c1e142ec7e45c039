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
	Body   []byte // unpacked
	Cut    string // why the body is not whole, "" if it is
}

// ErrTooLong is returned for a response that is longer than was asked for.
var ErrTooLong = errors.New("it is too long")

// HTTP reads the block of a response or revisit record: RFC 9112, with what
// archives are known to hold besides: bodies that were unpacked while their
// header still says chunked or gzip, and bodies that were cut. At most max
// bytes are unpacked; a longer body is ErrTooLong.
func HTTP(block io.Reader, max int64) (*Response, error) {
	r := bufio.NewReader(io.LimitReader(block, max+maxLine*4))
	status, err := r.ReadString('\n')
	if err != nil && err != io.EOF {
		return nil, err
	}
	proto, rest, _ := strings.Cut(strings.TrimSpace(status), " ")
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	answer := &Response{}
	if answer.Status, err = strconv.Atoi(code); err != nil || !strings.HasPrefix(proto, "HTTP/") {
		return nil, fmt.Errorf("it does not begin as an answer of a web server does: %q", clip(strings.TrimSpace(status)))
	}
	header, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil && !errors.Is(err, io.EOF) && len(header) == 0 {
		return nil, fmt.Errorf("its header cannot be read: %w", err)
	}
	answer.Header = http.Header(header)
	body, err := io.ReadAll(io.LimitReader(r, max+1))
	var damage *Damage
	switch {
	case errors.As(err, &damage):
		answer.Cut = damage.Why
	case err != nil:
		return nil, err
	case int64(len(body)) > max:
		return nil, ErrTooLong
	}
	if strings.Contains(strings.ToLower(answer.Header.Get("Transfer-Encoding")), "chunked") {
		body, answer.Cut = dechunk(body, answer.Cut)
	}
	encodings := strings.Split(answer.Header.Get("Content-Encoding"), ",")
	for i := len(encodings) - 1; i >= 0; i-- {
		if body, err = answer.unpack(strings.ToLower(strings.TrimSpace(encodings[i])), body, max); err != nil {
			return nil, err
		}
	}
	answer.Body = body
	return answer, nil
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

// unpack undoes one content encoding. A body that is not packed, though its
// header says so, is left as it is.
func (a *Response) unpack(encoding string, body []byte, max int64) ([]byte, error) {
	var r io.Reader
	var err error
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
		return body, nil
	}
	if err != nil {
		return body, nil
	}
	plain, err := io.ReadAll(io.LimitReader(r, max+1))
	switch {
	case int64(len(plain)) > max:
		return nil, ErrTooLong
	case err != nil && len(plain) == 0:
		return body, nil
	case err != nil:
		a.Cut = "its packed text is cut short or broken"
	}
	return plain, nil
}
