// Package markup skips in a finished page what those who read it need not.
package markup

import "bytes"

// StyleEnd returns where the text of a style element ends that begins a piece
// of a page: at its end tag, or at the end of the piece if there is none. The
// style sheet is the longest thing on many a page, and a tokenizer reads it
// byte by byte.
func StyleEnd(page []byte) int {
	const tag = "style"
	for at := 0; ; {
		i := bytes.Index(page[at:], []byte("</"))
		if i < 0 {
			return len(page)
		}
		end := at + i
		rest := page[end+len("</"):]
		if len(rest) > len(tag) && bytes.EqualFold(rest[:len(tag)], []byte(tag)) && bytes.IndexByte([]byte(" \n\r\t\f/>"), rest[len(tag)]) >= 0 {
			return end
		}
		at = end + len("</")
	}
}
