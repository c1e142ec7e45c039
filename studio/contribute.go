package studio

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/contribution"
	"sala/internal/bearer"
	"sala/internal/db"
	"sala/internal/richtext"
	"sala/internal/web"
	"sala/media"
	writing "sala/script"
)

// A member who sends something has no account, no session and no cookie: the
// token of the link and the key of the receipt stand in the address, and hush
// takes them out of the request.

const sendersRoom = "/studio/c/"

// senderSecrets are what hush took out of an address.
type senderSecrets struct{ token, key string }

// slots is how many files the form takes at once.
const slots = 3

// longestText bounds a field of the form, in bytes: the longest text in the
// widest script, and a little.
const longestText = 4*contribution.MostText + 1024

// longestSent bounds what may be sent at once, in bytes.
const longestSent = contribution.MostBytes + 4<<20

// contributePage is what contributeView and receiptView show.
type contributePage struct {
	*page
	Link  contribution.Link
	Path  string // of the form, without the language
	Key   string // of the receipt
	Sent  contribution.Sent
	Day   string
	Entry contribution.Entry // of receiptView
	Files map[sala.ID]media.File
	Note  string // of receiptView: what was typed
	Out   string // address of the work, once it is public
}

// sender finds whoever comes by a link.
func (s *Studio) sender(v *visit) (contribution.Guest, senderSecrets, error) {
	v.user, v.session = account.User{}, account.Session{}
	v.lang = s.choose(v)
	if l := sala.Lang(v.URL.Query().Get("lang")); slices.Contains(s.words.Langs(), l) {
		v.lang = l
	}
	secrets, _ := v.ctx().Value(guestToken{}).(senderSecrets)
	g, err := s.Sent.Guest(v.ctx(), secrets.token)
	if errors.Is(err, sala.ErrNotFound) {
		return g, secrets, errEnded
	}
	return g, secrets, err
}

// sendersForm serves GET /studio/c/{token}.
func (s *Studio) sendersForm(v *visit) (*web.Reply, error) {
	g, secrets, err := s.sender(v)
	if err != nil {
		return nil, err
	}
	return s.showSendersForm(v, g, secrets, contributePage{Key: bearer.New(), Sent: contribution.Sent{Lang: v.lang}}, nil)
}

func (s *Studio) showSendersForm(v *visit, g contribution.Guest, secrets senderSecrets, c contributePage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("contribute.title")
	c.page, c.Link, c.Path = p, g.Link, sendersRoom+url.PathEscape(secrets.token)
	return p.show(contributeView(c))
}

// sendForm serves POST /studio/c/{token}.
func (s *Studio) sendForm(v *visit) (*web.Reply, error) {
	g, secrets, err := s.sender(v)
	if err != nil {
		return nil, err
	}
	in := incoming{Studio: s, visit: v, guest: g, fields: map[string]string{}}
	// The text is kept before the first file is read: a line that breaks then
	// costs the rest of the files only.
	in.first = func() error {
		in.key = in.fields["key"]
		sent, day, err := in.sent()
		if err != nil {
			return err
		}
		_, err = s.Sent.Receive(v.ctx(), g, in.key, sent, func(ctx context.Context, tx *db.Tx, by sala.Actor) (sala.ID, error) {
			seed := string(sala.NewID())
			body, _ := richtext.FromMarkdown(lines(sent.Text), richtext.HTMLOptions{Lang: sent.Lang, Seed: seed})
			body.AssignIDs(seed)
			w := archive.Work{Kind: archive.Kind(g.Link.Kind), Place: strings.TrimSpace(sent.Place), Held: sala.Span{From: day}}
			work, _, err := s.Archive.Contribute(ctx, tx, by, w, sent.Lang, archive.Text{Title: sent.Title, Body: body})
			return work, err
		})
		return err
	}
	err = in.take()
	if in.kept {
		return in.answer(secrets.token, err)
	}
	if err == nil || halfSent(err) {
		err = sala.Invalid{{Field: "form", Key: "contribute.half", Text: "what was sent did not arrive whole"}}
	}
	sent, _, _ := in.sent()
	key := in.fields["key"]
	if key == "" {
		key = bearer.New()
	}
	return s.showSendersForm(v, g, secrets, contributePage{Key: key, Sent: sent, Day: in.fields["day"]}, err)
}

// receipt serves GET /studio/c/{token}/{key}: what was received.
func (s *Studio) receipt(v *visit) (*web.Reply, error) {
	g, secrets, err := s.sender(v)
	if err != nil {
		return nil, err
	}
	return s.showReceipt(v, g, secrets, "", nil)
}

func (s *Studio) showReceipt(v *visit, g contribution.Guest, secrets senderSecrets, note string, wrong error) (*web.Reply, error) {
	e, err := s.Sent.Receipt(v.ctx(), g, secrets.key)
	if errors.Is(err, sala.ErrNotFound) {
		return nil, errEnded
	} else if err != nil {
		return nil, err
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("contribute.received")
	c := contributePage{page: p, Link: g.Link, Path: sendersRoom + url.PathEscape(secrets.token), Key: secrets.key, Entry: e, Note: note}
	if c.Files, err = s.Media.Files(v.ctx(), fileIDs(e)); err != nil {
		return nil, err
	}
	if _, err := s.Archive.Work(v.ctx(), e.Work); err == nil {
		c.Out = "/id/" + string(e.Work)
	} else if !errors.Is(err, sala.ErrNotFound) && !errors.Is(err, sala.ErrGone) {
		return nil, err
	}
	return p.show(receiptView(c))
}

func fileIDs(e contribution.Entry) []sala.ID {
	ids := make([]sala.ID, len(e.Files))
	for i, f := range e.Files {
		ids[i] = f.ID
	}
	return ids
}

// addToReceipt serves POST /studio/c/{token}/{key}.
func (s *Studio) addToReceipt(v *visit) (*web.Reply, error) {
	g, secrets, err := s.sender(v)
	if err != nil {
		return nil, err
	}
	if _, err := s.Sent.Receipt(v.ctx(), g, secrets.key); errors.Is(err, sala.ErrNotFound) {
		return nil, errEnded
	} else if err != nil {
		return nil, err
	}
	in := incoming{Studio: s, visit: v, guest: g, fields: map[string]string{}, key: secrets.key}
	in.first = func() error {
		text, _ := writing.Unzawgyi(newlines(in.fields["text"]))
		return s.Sent.AddNote(v.ctx(), g, secrets.key, text)
	}
	return in.answer(secrets.token, in.take())
}

// incoming is a form with files as it arrives.
type incoming struct {
	*Studio
	*visit
	guest  contribution.Guest
	key    string
	fields map[string]string
	first  func() error // keeps the text; called before the first file, or at the end
	kept   bool         // the text is
	faults sala.Invalid // of files
	read   int          // bytes of fields
	files  int          // that came
}

// answer is the receipt: by its own address if all went well.
func (in *incoming) answer(token string, err error) (*web.Reply, error) {
	secrets := senderSecrets{token, in.key}
	if halfSent(err) {
		in.faults = append(in.faults, sala.FieldError{Field: "file", Key: "contribute.half", Text: "what was sent did not arrive whole"})
		err = nil
	}
	if bad, ok := errors.AsType[sala.Invalid](err); ok {
		in.faults, err = append(bad, in.faults...), nil
	}
	if err != nil {
		return nil, err
	}
	if in.faults != nil {
		note := ""
		if !in.kept {
			note = in.fields["text"]
		}
		return in.showReceipt(in.visit, in.guest, secrets, note, in.faults)
	}
	place := sendersRoom + url.PathEscape(token) + "/" + url.PathEscape(in.key) + "?" + url.Values{"lang": {string(in.lang)}}.Encode()
	return web.Redirect(http.StatusSeeOther, place), nil
}

// take reads the form to its end. A text that is refused is the answer, and
// its files are not looked at.
func (in *incoming) take() error {
	if !strings.HasPrefix(in.Header.Get("Content-Type"), "multipart/") {
		for name := range in.PostForm {
			in.fields[name] = in.PostFormValue(name)
		}
		return in.keep()
	}
	in.Body = http.MaxBytesReader(nil, in.Body, longestSent)
	parts, err := in.MultipartReader()
	if err != nil {
		return errBadForm
	}
	var refused error
	for {
		part, err := parts.NextPart()
		switch {
		case err == io.EOF: // bare after the last boundary, wrapped where it is missing
			if refused != nil {
				return refused
			}
			return in.keep()
		case errors.Is(err, io.EOF):
			err = io.ErrUnexpectedEOF
		}
		if _, tooMuch := errors.AsType[*http.MaxBytesError](err); tooMuch {
			return sala.Invalid{{Field: "file", Key: "contribute.files_many", Text: "too much was sent at once"}}
		}
		if err != nil {
			if refused != nil {
				return refused
			}
			if halfSent(err) {
				return err
			}
			return errors.Join(errBadForm, err)
		}
		if part.FileName() == "" {
			value, err := io.ReadAll(io.LimitReader(part, longestText))
			if err != nil {
				return err
			}
			if in.read += len(value) + len(part.FormName()); in.read > 2*longestText { // no form of ours
				return errBadForm
			}
			in.fields[part.FormName()] = strings.ToValidUTF8(string(value), "\ufffd")
			continue
		}
		if refused == nil {
			refused = in.keep()
		}
		if in.files++; in.files > contribution.MostFiles {
			return sala.Invalid{{Field: "file", Key: "contribute.files_many", Text: "too many files were sent at once"}}
		}
		if refused != nil {
			continue // read on, so that the browser gets the answer
		}
		if err := in.file(part); err != nil {
			return err
		}
	}
}

// keep keeps the text once.
func (in *incoming) keep() error {
	if in.kept {
		return nil
	}
	err := in.first()
	in.kept = err == nil
	return err
}

// file takes one file. What is wrong with it is noted, and the others go on.
func (in *incoming) file(part *multipart.Part) error {
	n, _ := strings.CutPrefix(part.FormName(), "file-")
	most, by, err := in.Sent.Room(in.ctx(), in.guest, in.key)
	var e contribution.Entry
	if err == nil {
		e, err = in.Sent.Receipt(in.ctx(), in.guest, in.key)
	}
	if err == nil {
		about, _ := writing.Unzawgyi(strings.TrimSpace(in.fields["about-"+n]))
		statement, _ := writing.Unzawgyi(strings.TrimSpace(in.fields["statement-"+n]))
		given := media.Given{Owner: sala.Ref{Kind: sala.KindWork, ID: e.Work}, Most: most}
		if about != "" && utf8.RuneCountInString(about) <= 500 {
			given.Alt = sala.Text{e.Lang: about}
		}
		given.Note = func(ctx context.Context, tx *db.Tx, f media.File) error {
			return in.Sent.AddFile(ctx, tx, in.guest, in.key, contribution.File{
				ID: f.ID, Hash: f.Hash, Size: f.Size, About: about, People: contribution.ParsePeople(in.fields["people-"+n]), Statement: statement,
			})
		}
		_, err = in.Media.Give(in.ctx(), by, part.FileName(), part, given)
	}
	if errors.Is(err, contribution.ErrHave) {
		return nil
	}
	if bad, ok := errors.AsType[sala.Invalid](err); ok {
		f := bad[0]
		switch f.Key {
		case "studio.media.too_big":
			f.Key = "contribute.file_big"
		case "studio.media.empty":
			f.Key = "contribute.file_empty"
		}
		p := &page{visit: in.visit}
		in.faults = append(in.faults, sala.FieldError{Field: "file", Text: p.T("contribute.file_refused", "name", media.SafeName(part.FileName()), "why", p.fault(f))})
		return nil
	}
	return err
}

// sent is what the form says, in Unicode.
func (in *incoming) sent() (contribution.Sent, sala.Day, error) {
	f, converted := in.fields, false
	plain := func(name string) string {
		text, was := writing.Unzawgyi(newlines(f[name]))
		converted = converted || was
		return text
	}
	sent := contribution.Sent{
		Who: plain("who"), Contact: plain("contact"), Lang: sala.Lang(f["in"]), Title: strings.Join(strings.Fields(plain("title")), " "), Text: plain("text"), Place: plain("place"),
	}
	if converted {
		sent.Original = newlines(f["text"])
	}
	day := strings.TrimSpace(f["day"])
	if day == "" {
		return sent, sala.Day{}, nil
	}
	held, err := sala.ParseDay(day)
	if err != nil {
		return sent, sala.Day{}, sala.Invalid{{Field: "day", Key: "contribute.day_bad", Text: strconv.Quote(day) + " is no day, such as 2026-11-24"}}
	}
	sent.Held = held
	return sent, held, nil
}

func newlines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// lines keeps the lines of a text as somebody typed it on a telephone: in
// Markdown, a line that ends within a paragraph would run on. What was meant
// as Markdown reads as before.
func lines(text string) string {
	all := strings.Split(text, "\n")
	for i, l := range all[:len(all)-1] {
		if strings.TrimSpace(l) != "" && strings.TrimSpace(all[i+1]) != "" {
			all[i] = strings.TrimRight(l, " ") + "  "
		}
	}
	return strings.Join(all, "\n")
}
