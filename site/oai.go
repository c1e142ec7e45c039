package site

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/network"
)

// oaiPath is the address at which the archive is harvested, one for the whole
// site: the Open Archives Initiative Protocol for Metadata Harvesting 2.0.
const oaiPath = "/oai"

// oaiStretch is how many records one answer holds.
const oaiStretch = 100

// oaiPrefix is the one form of metadata there is: unqualified Dublin Core.
const oaiPrefix = "oai_dc"

// oaiURN stands before the id of a work in its identifier, which so does not
// change with the host.
const oaiURN = "urn:uuid:"

// oaiDay and oaiSecond are the two ways to write a moment; of the second there
// is no finer one.
const (
	oaiDay    = "2006-01-02"
	oaiSecond = "2006-01-02T15:04:05Z"
)

// oaiArguments are what each verb takes; a name that ends in "!" is needed,
// unless a resumption token is there, which stands alone.
var oaiArguments = map[string][]string{
	"Identify":            nil,
	"ListMetadataFormats": {"identifier"},
	"ListSets":            {"resumptionToken"},
	"ListIdentifiers":     {"from", "until", "metadataPrefix!", "set", "resumptionToken"},
	"ListRecords":         {"from", "until", "metadataPrefix!", "set", "resumptionToken"},
	"GetRecord":           {"identifier!", "metadataPrefix!"},
}

// An oaiFault is an error that the protocol has a code for.
type oaiFault struct {
	Code string `xml:"code,attr"`
	Text string `xml:",chardata"`
}

func (f oaiFault) Error() string { return f.Code + ": " + f.Text }

// oai serves GET and POST /oai.
func (s *Site) oai(r *http.Request) (*web.Reply, error) {
	set, err := s.Network.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	h := harvester{site: s, set: set, ctx: r.Context(), base: s.base(r), now: s.DB.Now()}
	answer := oaiAnswer{
		NS: "http://www.openarchives.org/OAI/2.0/", XSI: "http://www.w3.org/2001/XMLSchema-instance",
		Schema: "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
		Date:   h.now.Format(oaiSecond), Request: oaiRequest{Base: h.base + oaiPath},
	}
	args, err := oaiQuery(r)
	if err == nil {
		err = checkArguments(args)
	}
	var fault oaiFault
	if err == nil {
		answer.Request.arguments(args)
		err = h.answer(&answer, args)
	} else if errors.As(err, &fault) && fault.Code != "badVerb" {
		answer.Request.Verb = args.Get("verb")
	}
	if errors.As(err, &fault) {
		answer.Errors, err = []oaiFault{fault}, nil
	}
	if err != nil {
		return nil, err
	}
	b, err := xml.Marshal(answer)
	if err != nil {
		return nil, fmt.Errorf("write an answer to a harvester: %w", err)
	}
	reply := web.Text("text/xml; charset=utf-8", append([]byte(xml.Header), b...))
	reply.Keep = false // it bears the moment
	return s.veil(r, reply)
}

// oaiQuery reads the arguments of a request, of the address or of the body.
func oaiQuery(r *http.Request) (url.Values, error) {
	const most = 10_000
	raw := r.URL.RawQuery
	switch r.Method {
	case http.MethodGet, http.MethodHead:
	case http.MethodPost:
		b, err := io.ReadAll(io.LimitReader(r.Body, most+1))
		if err != nil {
			return nil, fmt.Errorf("read the request of a harvester: %w", err)
		}
		raw = string(b)
	default:
		return nil, oaiFault{"badVerb", "Ask with GET or POST."}
	}
	if len(raw) > most {
		return nil, oaiFault{"badArgument", "The request is too long."}
	}
	args, err := url.ParseQuery(raw)
	if err != nil {
		return nil, oaiFault{"badArgument", "The request cannot be read: an argument is written wrongly."}
	}
	return args, nil
}

// checkArguments sees that a verb has what it needs and nothing else, each
// argument once.
func checkArguments(args url.Values) error {
	verb := args["verb"]
	if len(verb) != 1 {
		return oaiFault{"badVerb", "Say once which verb is asked for."}
	}
	takes, known := oaiArguments[verb[0]]
	if !known {
		return oaiFault{"badVerb", "There is no such verb."}
	}
	for _, name := range sortedKeys(args) {
		switch {
		case name == "verb":
		case !slices.Contains(takes, name) && !slices.Contains(takes, name+"!"):
			return oaiFault{"badArgument", verb[0] + " takes no argument of that name."}
		case len(args[name]) > 1:
			return oaiFault{"badArgument", "The argument " + name + " stands there twice."}
		case args.Get(name) == "":
			return oaiFault{"badArgument", "The argument " + name + " is empty."}
		}
	}
	if args.Has("resumptionToken") {
		if len(args) > 2 {
			return oaiFault{"badArgument", "A resumption token stands alone."}
		}
		return nil
	}
	for _, name := range takes {
		if needed, is := strings.CutSuffix(name, "!"); is && !args.Has(needed) {
			return oaiFault{"badArgument", "The argument " + needed + " is missing."}
		}
	}
	return nil
}

// A harvester answers one request.
type harvester struct {
	site *Site
	set  network.Settings
	ctx  context.Context
	base string
	now  time.Time
}

func (h harvester) answer(a *oaiAnswer, args url.Values) (err error) {
	switch args.Get("verb") {
	case "Identify":
		a.Identify, err = h.identify()
	case "ListMetadataFormats":
		if args.Has("identifier") {
			if _, err := h.one(args.Get("identifier")); err != nil {
				return err
			}
		}
		a.Formats = &oaiFormats{Format: oaiFormat{oaiPrefix, "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", oaiDCSpace}}
	case "ListSets":
		if args.Has("resumptionToken") { // the list is whole, so none was ever given
			return badToken
		}
		a.Sets = h.sets()
	case "GetRecord":
		if args.Get("metadataPrefix") != oaiPrefix {
			return noFormat
		}
		one, err := h.one(args.Get("identifier"))
		if err != nil {
			return err
		}
		records, err := h.records([]archive.Harvested{one})
		if err != nil {
			return err
		}
		a.Record = &oaiRecords{Records: records}
	default:
		err = h.list(a, args)
	}
	return err
}

var (
	badToken = oaiFault{"badResumptionToken", "That is no token of this list."}
	noFormat = oaiFault{"cannotDisseminateFormat", "The only form is " + oaiPrefix + "."}
	noRecord = oaiFault{"idDoesNotExist", "There is no such record."}
	noMatch  = oaiFault{"noRecordsMatch", "Nothing passes."}
)

// one finds a record by its identifier.
func (h harvester) one(identifier string) (archive.Harvested, error) {
	rest, ok := strings.CutPrefix(identifier, oaiURN)
	id, err := sala.ParseID(rest)
	if !ok || err != nil || string(id) != rest {
		return archive.Harvested{}, noRecord
	}
	one, err := h.site.Archive.HarvestOne(h.ctx, id)
	if errors.Is(err, sala.ErrNotFound) {
		err = noRecord
	}
	return one, err
}

// list answers ListIdentifiers and ListRecords.
func (h harvester) list(a *oaiAnswer, args url.Values) error {
	verb := args.Get("verb")
	token := oaiToken{Verb: verb, From: args.Get("from"), Until: args.Get("until"), Set: args.Get("set")}
	if args.Has("resumptionToken") {
		var err error
		if token, err = parseToken(args.Get("resumptionToken")); err != nil || token.Verb != verb {
			return badToken
		}
	} else if args.Get("metadataPrefix") != oaiPrefix {
		return noFormat
	}
	ask, err := h.harvest(token)
	if err != nil {
		if token.After != "" { // no list was ever given of that
			return badToken
		}
		return err
	}
	found, err := h.site.Archive.Harvest(h.ctx, ask)
	if err != nil {
		return err
	}
	if len(found) == 0 && token.After == "" {
		return noMatch
	}
	var next *oaiNext
	if len(found) > oaiStretch {
		found = found[:oaiStretch]
		last := found[oaiStretch-1]
		further := token
		further.After, further.At, further.Told = last.ID, last.Changed.UnixMicro(), token.Told+len(found)
		next = &oaiNext{Cursor: token.Told, Token: further.String()}
	} else if token.After != "" {
		next = &oaiNext{Cursor: token.Told} // an empty one says that this is the end
	}
	if verb == "ListIdentifiers" {
		a.Identifiers = &oaiHeaders{Headers: headers(found), Next: next}
		return nil
	}
	records, err := h.records(found)
	a.Records = &oaiRecords{Records: records, Next: next}
	return err
}

// harvest reads what a list is narrowed by.
func (h harvester) harvest(t oaiToken) (ask archive.Harvest, err error) {
	ask = archive.Harvest{AfterID: t.After, Limit: oaiStretch + 1}
	if t.After != "" {
		ask.After = time.UnixMicro(t.At).UTC()
	}
	for _, bound := range []struct {
		name, value string
		to          *time.Time
	}{{"from", t.From, &ask.From}, {"until", t.Until, &ask.Until}} {
		if bound.value == "" {
			continue
		}
		form := oaiSecond
		if len(bound.value) == len(oaiDay) {
			form = oaiDay
		}
		if *bound.to, err = time.Parse(form, bound.value); err != nil {
			return ask, oaiFault{"badArgument", "The argument " + bound.name + " is no day like 2026-01-31 and no moment like 2026-01-31T12:00:00Z."}
		}
	}
	if t.From != "" && t.Until != "" {
		if len(t.From) != len(t.Until) {
			return ask, oaiFault{"badArgument", "from and until are not of the same granularity."}
		}
		if ask.From.After(ask.Until) {
			return ask, oaiFault{"badArgument", "from is after until."}
		}
	}
	switch len(t.Until) { // the bound belongs to what is asked for
	case len(oaiDay):
		ask.Until = ask.Until.AddDate(0, 0, 1)
	case len(oaiSecond):
		ask.Until = ask.Until.Add(time.Second)
	}
	if t.Set == "" {
		return ask, nil
	}
	for _, set := range h.sets().Sets {
		if set.Spec == t.Set {
			ask.Kind, ask.Lang = set.kind, set.lang
			return ask, nil
		}
	}
	return ask, noMatch
}

// sets are the kinds of works and the languages of the site. A work is in the
// set of its kind and in those of its languages.
func (h harvester) sets() *oaiSets {
	var sets oaiSets
	for _, kind := range archive.Kinds {
		if kind != archive.Page {
			name, _ := h.site.words.Text(sala.English, "kind."+string(kind))
			sets.Sets = append(sets.Sets, oaiSet{Spec: kindSet(kind), Name: name, kind: kind})
		}
	}
	for _, l := range h.set.Langs {
		sets.Sets = append(sets.Sets, oaiSet{Spec: langSet(l), Name: i18n.LangName(sala.English, l), lang: l})
	}
	return &sets
}

func kindSet(k archive.Kind) string { return "kind-" + string(k) }
func langSet(l sala.Lang) string    { return "language-" + string(l) }

// identify says whose archive it is.
func (h harvester) identify() (*oaiIdentify, error) {
	first, err := h.site.Archive.Harvest(h.ctx, archive.Harvest{Limit: 1})
	if err != nil {
		return nil, err
	}
	earliest := h.now
	if len(first) > 0 {
		earliest = first[0].Changed
	}
	name, _ := h.set.Name.In(h.set.Default)
	email := h.set.Email
	if email == "" { // whom everybody may write to of a site that names nobody (RFC 2142)
		host, err := url.Parse(h.base)
		if err != nil {
			return nil, fmt.Errorf("address of the site: %w", err)
		}
		email = "webmaster@" + host.Hostname()
	}
	return &oaiIdentify{
		Name: orSala(name), Base: h.base + oaiPath, Version: "2.0", Email: email,
		Earliest: earliest.Format(oaiSecond), Deleted: "persistent", Granularity: "YYYY-MM-DDThh:mm:ssZ",
	}, nil
}

func orSala(name string) string {
	if name == "" {
		return "Sala"
	}
	return name
}
