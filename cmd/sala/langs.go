package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/internal/i18n"
	"sala/network"
)

// localesFolder is where an installation keeps catalogues of its own.
func localesFolder(p *program) string { return filepath.Join(p.cli.Data, "locales") }

// catalogue reads what the pages say: what the program carries and what the
// installation adds. The faults of the latter leave the rest in use.
func catalogue(p *program) (*i18n.Catalogue, []error, error) {
	words, err := i18n.Load()
	if err != nil {
		return nil, nil, err
	}
	return words, words.Add(os.DirFS(localesFolder(p))), nil
}

// parseLangs reads a list of languages, such as "en,my,th".
func parseLangs(list string) ([]sala.Lang, error) {
	if list == "" {
		return nil, nil
	}
	var langs []sala.Lang
	for _, tag := range strings.Split(list, ",") {
		l, err := sala.ParseLang(strings.TrimSpace(tag))
		if err != nil {
			return nil, sala.Invalid{{Field: "--langs", Text: err.Error()}}
		}
		if slices.Contains(langs, l) {
			return nil, sala.Invalid{{Field: "--langs", Text: string(l) + " stands twice"}}
		}
		langs = append(langs, l)
	}
	return langs, nil
}

// setLangs changes the languages of the site to those asked for, if any are.
// The default stays if it is one of them; else the first takes its place.
func (c serveCmd) setLangs(p *program, h *house) error {
	langs, err := parseLangs(c.Langs)
	if err != nil || langs == nil {
		return err
	}
	return h.db.Tx(p.ctx, func(tx *db.Tx) error {
		changed, err := h.network.Change(p.ctx, tx, sala.Machine("serve --langs"), func(set *network.Settings) {
			set.Langs = langs
			if !slices.Contains(langs, set.Default) {
				set.Default = langs[0]
			}
		})
		if changed {
			h.log.Info("the site's languages were changed", "langs", c.Langs)
		}
		return err
	})
}
