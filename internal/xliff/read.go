package xliff

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"sala"
	"sala/internal/richtext"
)

// MaxBytes is how large a file may be that is read.
const MaxBytes = 32 << 20

// Read reads a file that came back. Programs write XLIFF each in its own way:
// a unit may have been cut into several segments, codes may be pairs or two
// ends, and what belongs to other modules is passed over. Units without a
// target come back with a nil Target. An error names the line.
func Read(r io.Reader) (File, error) {
	limited := &io.LimitedReader{R: r, N: MaxBytes + 1}
	d := xml.NewDecoder(limited)
	p := &reader{d: d}
	err := p.read()
	line, _ := d.InputPos()
	switch {
	case limited.N <= 0:
		return File{}, fmt.Errorf("the file has more than %d MB", MaxBytes>>20)
	case err != nil:
		return File{}, fmt.Errorf("line %d: %w", line, err)
	}
	return p.file, nil
}

type reader struct {
	d    *xml.Decoder
	file File
}

// next returns the next token; the end of the file is an error here.
func (p *reader) next() (xml.Token, error) {
	t, err := p.d.Token()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file ends before it is complete")
	}
	return t, err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (p *reader) read() error {
	files := 0
	for {
		t, err := p.d.Token()
		if errors.Is(err, io.EOF) {
			if files == 0 {
				return errors.New("this is no XLIFF file")
			}
			return nil
		}
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "xliff":
			if err := p.head(e); err != nil {
				return err
			}
		case "file":
			if p.file.Source == "" {
				return errors.New("this is no XLIFF file")
			}
			if files++; files > 1 {
				return errors.New("it holds more than one text")
			}
			p.file.Ref = attr(e, "original")
		case "unit":
			if files == 0 {
				return errors.New("this is no XLIFF file")
			}
			if err := p.unit(e); err != nil {
				return err
			}
		}
	}
}

func (p *reader) head(e xml.StartElement) error {
	if version := attr(e, "version"); !strings.HasPrefix(version, "2.") {
		return fmt.Errorf("it is XLIFF %s: save it as XLIFF 2", version)
	}
	var err error
	if p.file.Source, err = sala.ParseLang(attr(e, "srcLang")); err != nil {
		return fmt.Errorf("srcLang: %w", err)
	}
	if target := attr(e, "trgLang"); target != "" {
		if p.file.Target, err = sala.ParseLang(target); err != nil {
			return fmt.Errorf("trgLang: %w", err)
		}
	}
	return nil
}

// unit reads one unit, its segments joined.
func (p *reader) unit(start xml.StartElement) error {
	u := Unit{ID: attr(start, "id")}
	for {
		t, err := p.next()
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.EndElement:
			if e.Name.Local == "unit" {
				p.file.Units = append(p.file.Units, u)
				return nil
			}
		case xml.StartElement:
			switch e.Name.Local {
			case "segment", "ignorable": // their children count
			case "source":
				pieces, err := p.pieces(e, u.ID)
				if err != nil {
					return err
				}
				u.Source = append(u.Source, pieces...)
			case "target":
				pieces, err := p.pieces(e, u.ID)
				if err != nil {
					return err
				}
				if u.Target = append(u.Target, pieces...); u.Target == nil {
					u.Target = []richtext.Fragment{}
				}
			default:
				if err := p.d.Skip(); err != nil {
					return err
				}
			}
		}
	}
}

// pieces reads the content of a source or a target.
func (p *reader) pieces(start xml.StartElement, unit string) ([]richtext.Fragment, error) {
	var out []richtext.Fragment
	var open []int // the codes of the pc elements we are in, 0 for what is no code
	for {
		t, err := p.next()
		if err != nil {
			return nil, err
		}
		switch e := t.(type) {
		case xml.CharData:
			if n := len(out) - 1; n >= 0 && out[n].Text != "" {
				out[n].Text += string(e)
			} else if len(e) > 0 {
				out = append(out, richtext.Fragment{Text: string(e)})
			}
		case xml.StartElement:
			n := 0
			switch e.Name.Local {
			case "pc", "ph", "sc", "ec":
				id := attr(e, "id")
				if e.Name.Local == "ec" && attr(e, "startRef") != "" {
					id = attr(e, "startRef")
				}
				if n, err = strconv.Atoi(id); err != nil || n < 1 {
					return nil, fmt.Errorf("unit %s: code %q is none of this text", unit, id)
				}
			}
			switch e.Name.Local {
			case "pc", "sc":
				out = append(out, richtext.Fragment{Open: n})
			case "ec":
				out = append(out, richtext.Fragment{Close: n})
			case "ph":
				out = append(out, richtext.Fragment{Alone: n})
			case "cp": // a character XML cannot hold; no text of ours has one
				return nil, fmt.Errorf("unit %s: it holds a control character", unit)
			}
			if e.Name.Local != "pc" {
				n = 0
			}
			open = append(open, n)
		case xml.EndElement:
			if len(open) == 0 {
				if e.Name.Local != start.Name.Local {
					return nil, fmt.Errorf("unit %s: <%s> ends within <%s>", unit, e.Name.Local, start.Name.Local)
				}
				return out, nil
			}
			if n := open[len(open)-1]; n > 0 {
				out = append(out, richtext.Fragment{Close: n})
			}
			open = open[:len(open)-1]
		}
	}
}
