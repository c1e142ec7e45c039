package media

import (
	"bytes"
	"net/http"
	"strings"
	"unicode/utf8"
)

// sniffed is how much of a file its type is told from.
const sniffed = 64 << 10

const (
	unknown = "application/octet-stream"
	svg     = "image/svg+xml"
	// camera is a picture in the format of one maker's cameras.
	camera = "image/x-camera-raw"
)

// A mark is what the files of a type begin with.
type mark struct {
	at    int
	bytes string
	kind  string
}

// marks are those that net/http does not know. Most are pictures that no
// browser shows: they must be known for pictures all the same, since cameras
// and telephones write place and time into them.
var marks = []mark{
	{0, "II*\x00", "image/tiff"}, {0, "MM\x00*", "image/tiff"}, {0, "II+\x00", "image/tiff"}, {0, "MM\x00+", "image/tiff"},
	{0, "\xff\x0a", "image/jxl"}, {0, "\x00\x00\x00\x0cJXL ", "image/jxl"},
	{0, "\x00\x00\x00\x0cjP  ", "image/jp2"}, {0, "\xff\x4f\xff\x51", "image/jp2"}, {0, "II\xbc\x01", "image/jxr"},
	{0, "8BPS", "image/vnd.adobe.photoshop"},
	{0, "FUJIFILMCCD-RAW", camera}, {0, "FOVb", camera}, {0, "IIU\x00", camera}, {0, "IIRO", camera}, {0, "IIRS", camera},
	{0, "MMOR", camera}, {0, "\x00MRM", camera}, {6, "HEAPCCDR", camera},
	{0, "\xff\xfb", "audio/mpeg"}, {0, "\xff\xfa", "audio/mpeg"}, {0, "\xff\xf3", "audio/mpeg"}, {0, "\xff\xf2", "audio/mpeg"},
	{0, "fLaC", "audio/flac"},
	{30, "mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"},
	{30, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"},
	{30, "mimetypeapplication/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation"},
	{30, "mimetypeapplication/epub+zip", "application/epub+zip"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"}, // Word, Excel and PowerPoint before 2007
}

// sniff returns the media type of a file by how it begins. What a browser
// could run is "application/octet-stream", but for SVG, which is served so
// that it cannot.
func sniff(head []byte) string {
	for _, m := range marks {
		if len(head) > m.at && bytes.HasPrefix(head[m.at:], []byte(m.bytes)) {
			return m.kind
		}
	}
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		return isoMedia(head)
	}
	start := bytes.TrimLeft(head[:min(len(head), 1024)], "\ufeff \t\r\n")
	lower := bytes.ToLower(start)
	if bytes.HasPrefix(lower, []byte("<svg")) || bytes.HasPrefix(lower, []byte("<?xml")) && bytes.Contains(lower, []byte("<svg")) {
		return svg
	}
	kind, _, _ := strings.Cut(http.DetectContentType(head[:min(len(head), 512)]), ";")
	switch kind {
	case "text/plain":
		if bytes.Contains(lower, []byte("<?php")) || bytes.Contains(lower, []byte("<script")) || bytes.HasPrefix(lower, []byte("#!")) || !utf8.Valid(trimRune(head)) {
			return unknown
		}
	case "text/html", "text/xml", "application/xml":
		return unknown
	case "audio/wave":
		return "audio/wav" // the name that browsers play it by
	case "application/ogg":
		if bytes.Contains(head[:min(len(head), 512)], []byte("theora")) {
			return "video/ogg"
		}
		return "audio/ogg"
	case "application/zip":
		return zipped(head)
	}
	return kind
}

// isoMedia tells film and sound from pictures, which share one format (ISO
// 14496-12). A brand that is not known to be film or sound is taken for a
// picture: the doubt must not give away a place.
func isoMedia(head []byte) string {
	size := int(head[2])<<8 | int(head[3])
	brands := string(head[8:min(len(head), max(size, 12))])
	switch brand := brands[:4]; {
	case strings.Contains(brands, "avif") || strings.Contains(brands, "avis"):
		return "image/avif"
	case strings.Contains(brands, "heic") || strings.Contains(brands, "heix") || strings.Contains(brands, "mif1") || strings.Contains(brands, "msf1"):
		return "image/heic"
	case brand == "crx ":
		return camera
	case brand == "M4A " || brand == "M4B ":
		return "audio/mp4"
	case brand == "qt  ":
		return "video/quicktime"
	case strings.HasPrefix(brand, "3g"):
		return "video/3gpp"
	case strings.HasPrefix(brand, "iso"), strings.HasPrefix(brand, "mp4"), strings.HasPrefix(brand, "avc"), strings.HasPrefix(brand, "M4V"),
		brand == "dash", brand == "MSNV":
		return "video/mp4"
	}
	return "image/heif"
}

// zipped tells the documents of an office since 2007 from other ZIP files by
// the names of what is in them.
func zipped(head []byte) string {
	if !bytes.Contains(head, []byte("[Content_Types].xml")) {
		return "application/zip"
	}
	const office = "application/vnd.openxmlformats-officedocument."
	for _, part := range []struct{ folder, kind string }{
		{"word/", office + "wordprocessingml.document"},
		{"xl/", office + "spreadsheetml.sheet"},
		{"ppt/", office + "presentationml.presentation"},
	} {
		if bytes.Contains(head, []byte(part.folder)) {
			return part.kind
		}
	}
	return "application/zip"
}

// trimRune drops a letter that the end of a block may have cut.
func trimRune(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}
