package wordpress

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A phpArray is an array of PHP, in its order.
type phpArray []phpPair

type phpPair struct {
	key   string // integers as decimal text
	value any    // string, int64, float64, bool, nil or phpArray
}

func (a phpArray) get(key string) any {
	for _, p := range a {
		if p.key == key {
			return p.value
		}
	}
	return nil
}

var errPHP = errors.New("not serialized PHP")

// unserialize reads what PHP's serialize() wrote. Lengths count bytes. An
// object is read as the array of its properties; nothing is ever called.
func unserialize(s string) (any, error) {
	p := phpReader{s: s}
	v, err := p.value(0)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(p.s[p.i:]) != "" {
		return nil, errPHP
	}
	return v, nil
}

type phpReader struct {
	s string
	i int
}

const phpDepth = 32

// until returns what stands before the next end byte, and passes both.
func (p *phpReader) until(end byte) (string, error) {
	n := strings.IndexByte(p.s[p.i:], end)
	if n < 0 || n > 40 {
		return "", errPHP
	}
	s := p.s[p.i : p.i+n]
	p.i += n + 1
	return s, nil
}

func (p *phpReader) length(end byte) (int, error) {
	s, err := p.until(end)
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > len(p.s)-p.i {
		return 0, errPHP
	}
	return n, nil
}

func (p *phpReader) take(s string) error {
	if !strings.HasPrefix(p.s[p.i:], s) {
		return errPHP
	}
	p.i += len(s)
	return nil
}

func (p *phpReader) text() (string, error) {
	n, err := p.length(':')
	if err != nil || p.take(`"`) != nil || n > len(p.s)-p.i {
		return "", errPHP
	}
	s := p.s[p.i : p.i+n]
	p.i += n
	return s, p.take(`"`)
}

func (p *phpReader) value(depth int) (any, error) {
	if depth > phpDepth || len(p.s)-p.i < 2 {
		return nil, errPHP
	}
	kind := p.s[p.i : p.i+2]
	p.i += 2
	switch kind {
	case "N;":
		return nil, nil
	case "b:", "i:", "d:":
		s, err := p.until(';')
		if err != nil {
			return nil, err
		}
		switch kind {
		case "b:":
			return s == "1", nil
		case "i:":
			n, err := strconv.ParseInt(s, 10, 64)
			if err != nil {
				return nil, errPHP
			}
			return n, nil
		}
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return nil, errPHP
		}
		return f, nil
	case "s:":
		s, err := p.text()
		if err != nil {
			return nil, err
		}
		return s, p.take(";")
	case "O:":
		if _, err := p.text(); err != nil {
			return nil, err
		}
		if err := p.take(":"); err != nil {
			return nil, err
		}
		return p.array(depth)
	case "a:":
		return p.array(depth)
	}
	return nil, errPHP
}

func (p *phpReader) array(depth int) (any, error) {
	n, err := p.length(':')
	if err != nil {
		return nil, err
	}
	if err := p.take("{"); err != nil {
		return nil, err
	}
	a := phpArray{}
	for range n {
		k, err := p.value(phpDepth)
		if err != nil {
			return nil, err
		}
		switch k.(type) {
		case string, int64:
		default:
			return nil, errPHP
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		a = append(a, phpPair{fmt.Sprint(k), v})
	}
	return a, p.take("}")
}
