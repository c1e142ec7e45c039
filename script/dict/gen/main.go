// Gen compiles word lists into the dictionaries of package script.
//
//	go run ./dict/gen -in FOLDER -out dict
//
// FOLDER holds thaidict.txt, laodict.txt, khmerdict.txt and burmesedict.txt of
// ICU (icu4c/source/data/brkitr/dictionaries). The lines of comment at the head
// of each list carry its licence and go, as they are, into dict/LICENSE-DATA.
package main

import (
	"bytes"
	"compress/flate"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"sala/script"
)

func main() {
	in := flag.String("in", "", "folder of the word lists")
	out := flag.String("out", "dict", "folder to write to")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		log.Fatal(err)
	}
}

func run(in, out string) error {
	if in == "" {
		return errors.New("say with -in where the word lists are")
	}
	var licences strings.Builder
	licences.WriteString("The dictionaries in this folder are compiled from word lists of ICU, which bear these notices.\n")
	for _, name := range []string{"thaidict", "laodict", "khmerdict", "burmesedict"} {
		b, err := os.ReadFile(filepath.Join(in, name+".txt"))
		if err != nil {
			return err
		}
		words, notice := split(string(b))
		fmt.Fprintf(&licences, "\n%s.txt\n\n%s", name, notice)
		packed, err := pack(words)
		if err != nil {
			return err
		}
		to := filepath.Join(out, strings.TrimSuffix(name, "dict")+".bin")
		if err := os.WriteFile(to, packed, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d words, %d bytes\n", to, len(words), len(packed))
	}
	return os.WriteFile(filepath.Join(out, "LICENSE-DATA"), []byte(licences.String()), 0o644)
}

// split parts a list into its words, normalised and sorted, and its notice.
func split(list string) (words []string, notice string) {
	for line := range strings.Lines(strings.TrimPrefix(list, "\ufeff")) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
			notice += line + "\n"
		case line != "":
			words = append(words, script.DictionaryForm(line))
		}
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	slices.Sort(words)
	return slices.Compact(words), notice
}

// pack writes sorted words, each as how many letters it shares with the one
// before it and the letters that follow. A letter is one byte: its place in
// its block of Unicode.
func pack(words []string) ([]byte, error) {
	var plain bytes.Buffer
	var before []rune
	first, _ := utf8.DecodeRuneInString(words[0])
	block := first &^ 0x7f
	fmt.Fprintf(&plain, "%04x", block)
	for _, w := range words {
		letters := []rune(w)
		shared := 0
		for shared < len(letters) && shared < len(before) && letters[shared] == before[shared] {
			shared++
		}
		plain.WriteByte(byte(shared))
		for _, r := range letters[shared:] {
			if r-block < 0 || r-block > 0xfe {
				return nil, fmt.Errorf("%q: the letter %U is of another script", w, r)
			}
			plain.WriteByte(byte(r - block))
		}
		plain.WriteByte(0xff)
		before = letters
	}
	var packed bytes.Buffer
	z, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(plain.Bytes()); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
