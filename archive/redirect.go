package archive

import (
	"context"
	"fmt"
	"sala/internal/slug"
	"strings"

	"sala"
	"sala/internal/db"
)

// A Target is what an old address leads to.
type Target struct {
	Ref  sala.Ref
	Lang sala.Lang // in which language, "" if the address did not say
}

// OldKey returns the one form under which an address of an old site is kept
// and looked up, or "" if it is the site's front page. An address is a path,
// or "/" and a query of one WordPress variable: "/2018/11/03/Block-Image/",
// "/?p=17010". Case, the trailing slash, doubled slashes, a leading
// "index.php" and the way bytes are percent-encoded make no difference, as
// they made none to WordPress. Of a whole URL only that counts, too, since an
// old site had several hosts. Bytes that are not UTF-8 are kept: slugs of
// Burmese or Thai words were cut in the middle of a letter.
func OldKey(address string) string {
	if scheme, rest, whole := strings.Cut(address, "://"); whole && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")) {
		address = strings.TrimLeftFunc(rest, func(r rune) bool { return r != '/' && r != '?' })
	}
	path, query, _ := strings.Cut(address, "?")
	parts := strings.FieldsFunc(unescape(path), func(r rune) bool { return r == '/' })
	if len(parts) > 0 && strings.EqualFold(parts[0], "index.php") {
		parts = parts[1:]
	}
	if len(parts) > 0 {
		return escape("/" + strings.Join(parts, "/"))
	}
	if query == "" {
		return ""
	}
	name, value, _ := strings.Cut(query, "=")
	value = strings.TrimSpace(unescape(strings.ReplaceAll(value, "+", " ")))
	if value == "" {
		return ""
	}
	return escape("?" + strings.ToLower(name) + "=" + value)
}

// unescape decodes %xx wherever it is well-formed and leaves the rest.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := hexDigit(s[i+1]), hexDigit(s[i+2]); hi >= 0 && lo >= 0 {
				b.WriteByte(byte(hi<<4 | lo))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// escape writes ASCII letters in lower case and everything but plain ASCII as
// %xx, so that any bytes can be kept as text.
func escape(s string) string {
	const hex = "0123456789abcdef"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'A' <= c && c <= 'Z':
			b.WriteByte(c + 'a' - 'A')
		case c > ' ' && c < 0x7f && c != '%':
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// Redirect returns what an old address leads to. The key is made by [OldKey].
func (s *Store) Redirect(ctx context.Context, key string) (Target, error) {
	type row struct {
		Kind sala.Kind `bun:"kind"`
		ID   sala.ID   `bun:"id"`
		Lang sala.Lang `bun:"lang"`
	}
	r, err := db.One[row](ctx, s.db, `SELECT kind, id, lang FROM archive_redirect WHERE address = ?`, key)
	if err != nil {
		return Target{}, fmt.Errorf("old address %s: %w", key, err)
	}
	return Target{sala.Ref{Kind: r.Kind, ID: r.ID}, r.Lang}, nil
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// BySlug returns the public work whose edition has a slug, or, failing that,
// the first whose slug begins with it, as WordPress guesses when a bare or
// misdated address is asked for.
func (s *Store) BySlug(ctx context.Context, guess string) (Target, error) {
	wish := slug.Of(unescape(guess))
	if wish == "" {
		return Target{}, fmt.Errorf("slug: %w", sala.ErrNotFound)
	}
	type row struct {
		Work sala.ID   `bun:"work"`
		Lang sala.Lang `bun:"lang"`
	}
	r, err := db.One[row](ctx, s.db, `
		SELECT work, lang FROM archive_edition WHERE public AND (slug = ? OR slug LIKE ? ESCAPE '\')
		ORDER BY CASE WHEN slug = ? THEN 0 ELSE 1 END, published, slug LIMIT 1`,
		wish, likeEscape.Replace(wish)+"%", wish)
	if err != nil {
		return Target{}, fmt.Errorf("slug %s: %w", wish, err)
	}
	return Target{sala.Ref{Kind: sala.KindWork, ID: r.Work}, r.Lang}, nil
}

// AddRedirect makes an address of an old site lead to ref. An address that
// already leads somewhere stays as it is; it reports whether it was new.
func (s *Store) AddRedirect(ctx context.Context, tx *db.Tx, by sala.Actor, address string, to Target) (bool, error) {
	if err := need(by, sala.Admin, "redirect "+address); err != nil {
		return false, err
	}
	key := OldKey(address)
	if key == "" {
		return false, nil
	}
	n, err := tx.Exec(ctx, `
		INSERT INTO archive_redirect (address, kind, id, lang, created) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (address) DO NOTHING`, key, to.Ref.Kind, to.Ref.ID, to.Lang, db.At(tx.Now))
	if err != nil {
		return false, fmt.Errorf("redirect %s: %w", address, err)
	}
	return n > 0, nil
}
