package script

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"sync"
)

// zawgyiModel is the Markov model of Myanmar Tools: for each pair of letters,
// how much likelier the second follows the first in Unicode than in Zawgyi.
//
//go:embed zawgyi/model.dat
var zawgyiModel []byte

// zawgyiAt is the score from which a line is taken for Zawgyi.
const zawgyiAt = 0.9

// ZawgyiScore returns how likely it is that a text is in Zawgyi and not in
// Unicode, from 0 to 1, and -Inf if it has no Burmese letters to tell by.
func ZawgyiScore(s string) float64 {
	model := zawgyiPairs()
	total, seen := 0.0, false
	before := 0
	for _, r := range s {
		state := zawgyiState(r)
		if before != 0 || state != 0 {
			total += float64(model[before*zawgyiStates+state])
			seen = true
		}
		before = state
	}
	if before != 0 {
		total += float64(model[before*zawgyiStates])
	}
	if !seen {
		return math.Inf(-1)
	}
	return 1 / (1 + math.Exp(total))
}

// IsZawgyi reports whether a text is in Zawgyi. What reads the same either way
// is not.
func IsZawgyi(s string) bool { return ZawgyiScore(s) >= zawgyiAt && FromZawgyi(s) != s }

// Unzawgyi converts those lines of a text that are in Zawgyi, and reports
// whether there were any.
func Unzawgyi(s string) (text string, converted bool) {
	if !strings.ContainsFunc(s, isMyanmar) {
		return s, false
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if ZawgyiScore(line) < zawgyiAt {
			continue
		}
		if u := FromZawgyi(line); u != line {
			lines[i], converted = u, true
		}
	}
	if !converted {
		return s, false
	}
	return strings.Join(lines, "\n"), true
}

// The states of the model: 0 for everything else, then the letters of the
// Myanmar blocks, but for digits, and some spaces.
const zawgyiStates = 1 + 0x40 + 0x56 + 0x20 + 0x20 + 0x0c

func zawgyiState(r rune) int {
	switch {
	case r < 0x1000:
		return 0
	case r <= 0x103f:
		return 1 + int(r-0x1000)
	case 0x104a <= r && r <= 0x109f:
		return 1 + 0x40 + int(r-0x104a)
	case 0xaa60 <= r && r <= 0xaa7f:
		return 1 + 0x40 + 0x56 + int(r-0xaa60)
	case 0xa9e0 <= r && r <= 0xa9ff:
		return 1 + 0x40 + 0x56 + 0x20 + int(r-0xa9e0)
	case 0x2000 <= r && r <= 0x200b:
		return 1 + 0x40 + 0x56 + 0x20 + 0x20 + int(r-0x2000)
	}
	return 0
}

var zawgyiPairs = sync.OnceValue(func() []float32 {
	pairs, err := readModel(zawgyiModel)
	if err != nil {
		panic("script: the model of Zawgyi: " + err.Error()) // it is part of the program and tested
	}
	return pairs
})

// readModel reads the file of Myanmar Tools, big-endian: two tags with
// versions, the number of states, and for each state how many states are
// listed for it, what holds for the others, and each with its own figure.
func readModel(b []byte) ([]float32, error) {
	const head = 8 + 4 + 4 + 8 + 4 + 2
	if len(b) < head || string(b[:8]) != "UZMODEL " || string(b[16:24]) != "BMARKOV " {
		return nil, fmt.Errorf("it is no model")
	}
	if n := binary.BigEndian.Uint16(b[28:]); n != zawgyiStates {
		return nil, fmt.Errorf("it has %d states, not %d", n, zawgyiStates)
	}
	b = b[head:]
	pairs := make([]float32, zawgyiStates*zawgyiStates)
	for state := range zawgyiStates {
		if len(b) < 2 {
			return nil, fmt.Errorf("it is cut short")
		}
		n := int(binary.BigEndian.Uint16(b))
		b = b[2:]
		if n == 0 {
			continue
		}
		if len(b) < 4+6*n {
			return nil, fmt.Errorf("it is cut short")
		}
		row := pairs[state*zawgyiStates : (state+1)*zawgyiStates]
		other := math.Float32frombits(binary.BigEndian.Uint32(b))
		b = b[4:]
		for i := range row {
			row[i] = other
		}
		for range n {
			i := int(binary.BigEndian.Uint16(b))
			if i >= len(row) {
				return nil, fmt.Errorf("it names a state there is not")
			}
			row[i] = math.Float32frombits(binary.BigEndian.Uint32(b[2:]))
			b = b[6:]
		}
	}
	return pairs, nil
}
