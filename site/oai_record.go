package site

import (
	"encoding/xml"
	"net/url"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/i18n"
)

const oaiDCSpace = "http://www.openarchives.org/OAI/2.0/oai_dc/"

// What follows is the document as the schema of the protocol has it.
type (
	oaiAnswer struct {
		XMLName xml.Name   `xml:"OAI-PMH"`
		NS      string     `xml:"xmlns,attr"`
		XSI     string     `xml:"xmlns:xsi,attr"`
		Schema  string     `xml:"xsi:schemaLocation,attr"`
		Date    string     `xml:"responseDate"`
		Request oaiRequest `xml:"request"`
		Errors  []oaiFault `xml:"error"`

		Identify    *oaiIdentify
		Formats     *oaiFormats `xml:"ListMetadataFormats"`
		Sets        *oaiSets    `xml:"ListSets"`
		Record      *oaiRecords `xml:"GetRecord"`
		Identifiers *oaiHeaders `xml:"ListIdentifiers"`
		Records     *oaiRecords `xml:"ListRecords"`
	}
	oaiRequest struct {
		Verb       string `xml:"verb,attr,omitempty"`
		Identifier string `xml:"identifier,attr,omitempty"`
		Prefix     string `xml:"metadataPrefix,attr,omitempty"`
		From       string `xml:"from,attr,omitempty"`
		Until      string `xml:"until,attr,omitempty"`
		Set        string `xml:"set,attr,omitempty"`
		Token      string `xml:"resumptionToken,attr,omitempty"`
		Base       string `xml:",chardata"`
	}
	oaiIdentify struct {
		Name        string `xml:"repositoryName"`
		Base        string `xml:"baseURL"`
		Version     string `xml:"protocolVersion"`
		Email       string `xml:"adminEmail"`
		Earliest    string `xml:"earliestDatestamp"`
		Deleted     string `xml:"deletedRecord"`
		Granularity string `xml:"granularity"`
	}
	oaiFormats struct {
		Format oaiFormat `xml:"metadataFormat"`
	}
	oaiFormat struct {
		Prefix string `xml:"metadataPrefix"`
		Schema string `xml:"schema"`
		Space  string `xml:"metadataNamespace"`
	}
	oaiSets struct {
		Sets []oaiSet `xml:"set"`
	}
	oaiSet struct {
		Spec string `xml:"setSpec"`
		Name string `xml:"setName"`

		kind archive.Kind
		lang sala.Lang
	}
	oaiHeaders struct {
		Headers []oaiHeader `xml:"header"`
		Next    *oaiNext    `xml:"resumptionToken"`
	}
	oaiRecords struct {
		Records []oaiRecord `xml:"record"`
		Next    *oaiNext    `xml:"resumptionToken"`
	}
	oaiRecord struct {
		Header   oaiHeader    `xml:"header"`
		Metadata *oaiMetadata `xml:"metadata"`
	}
	oaiHeader struct {
		Status     string   `xml:"status,attr,omitempty"`
		Identifier string   `xml:"identifier"`
		Date       string   `xml:"datestamp"`
		Sets       []string `xml:"setSpec"`
	}
	oaiNext struct {
		Cursor int    `xml:"cursor,attr"`
		Token  string `xml:",chardata"`
	}
	oaiMetadata struct {
		DC dublinCore `xml:"oai_dc:dc"`
	}
	dublinCore struct {
		OAI         string    `xml:"xmlns:oai_dc,attr"`
		DC          string    `xml:"xmlns:dc,attr"`
		Schema      string    `xml:"xsi:schemaLocation,attr"`
		Title       []dcWords `xml:"dc:title"`
		Creator     []dcWords `xml:"dc:creator"`
		Subject     []dcWords `xml:"dc:subject"`
		Description []dcWords `xml:"dc:description"`
		Publisher   []dcWords `xml:"dc:publisher"`
		Date        []string  `xml:"dc:date"`
		Type        []string  `xml:"dc:type"`
		Format      string    `xml:"dc:format"`
		Identifier  []string  `xml:"dc:identifier"`
		Language    []string  `xml:"dc:language"`
		Coverage    []dcWords `xml:"dc:coverage"`
	}
	dcWords struct {
		Lang sala.Lang `xml:"xml:lang,attr,omitempty"`
		Text string    `xml:",chardata"`
	}
)

// arguments repeats what was asked.
func (r *oaiRequest) arguments(args url.Values) {
	for name, to := range map[string]*string{
		"verb": &r.Verb, "identifier": &r.Identifier, "metadataPrefix": &r.Prefix, "from": &r.From, "until": &r.Until, "set": &r.Set, "resumptionToken": &r.Token,
	} {
		*to = args.Get(name)
	}
}

func headers(found []archive.Harvested) []oaiHeader {
	out := make([]oaiHeader, len(found))
	for i, f := range found {
		out[i] = oaiHeader{Identifier: oaiURN + string(f.ID), Date: f.Changed.Format(oaiSecond), Sets: []string{kindSet(f.Kind)}}
		if f.Gone {
			out[i].Status = "deleted"
		}
		for _, l := range f.Langs {
			out[i].Sets = append(out[i].Sets, langSet(l))
		}
	}
	return out
}

// records tells works in all their languages. Of one that is gone there is
// only the header.
func (h harvester) records(found []archive.Harvested) ([]oaiRecord, error) {
	var ids, terms []sala.ID
	for _, f := range found {
		if !f.Gone {
			ids = append(ids, f.ID)
		}
	}
	works, err := h.site.Archive.WorksByID(h.ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, w := range works {
		terms = append(terms, w.Terms...)
	}
	labels, err := h.site.Archive.TermsByID(h.ctx, terms)
	if err != nil {
		return nil, err
	}
	out := make([]oaiRecord, len(found))
	for i, header := range headers(found) {
		if w, ok := works[found[i].ID]; ok {
			out[i].Metadata = &oaiMetadata{h.dublin(w, labels)}
		} else { // taken back since the list was made
			header.Status = "deleted"
		}
		out[i].Header = header
	}
	return out, nil
}

// dublin is a work in Dublin Core.
func (h harvester) dublin(w archive.Work, labels map[sala.ID]archive.Term) dublinCore {
	dc := dublinCore{
		OAI: oaiDCSpace, DC: "http://purl.org/dc/elements/1.1/", Schema: oaiDCSpace + " http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
		Date: []string{w.Listed.String()}, Format: "text/html", Identifier: []string{oaiURN + string(w.ID)},
	}
	kind, _ := h.site.words.Text(sala.English, "kind."+string(w.Kind))
	dc.Type = []string{"Text", kind}
	said := map[string]bool{}
	for _, e := range w.Editions {
		dc.Title = append(dc.Title, dcWords{e.Lang, e.Title})
		if summary := strings.TrimSpace(e.Summary); summary != "" {
			dc.Description = append(dc.Description, dcWords{e.Lang, summary})
		}
		for _, by := range e.Bylines {
			if !said[by] {
				said[by] = true
				dc.Creator = append(dc.Creator, dcWords{Text: by})
			}
		}
		dc.Identifier = append(dc.Identifier, h.base+workPath(e))
		dc.Language = append(dc.Language, string(e.Lang))
	}
	for _, id := range w.Terms {
		t, ok := labels[id]
		if !ok || t.Vocabulary == archive.Author {
			continue
		}
		words := inLangs(t.Labels)
		if t.Vocabulary == archive.Country {
			dc.Coverage = append(dc.Coverage, words...)
		} else {
			dc.Subject = append(dc.Subject, words...)
		}
	}
	if w.Place != "" {
		dc.Coverage = append(dc.Coverage, dcWords{Text: w.Place})
	}
	if w.Country != "" {
		dc.Coverage = append(dc.Coverage, dcWords{sala.English, i18n.Country(sala.English, w.Country)})
	}
	if dc.Publisher = inLangs(h.set.Name); len(dc.Publisher) == 0 {
		dc.Publisher = []dcWords{{Text: orSala("")}}
	}
	return dc
}

// inLangs are the words of a text, each with its language, in their order.
func inLangs(t sala.Text) []dcWords {
	var out []dcWords
	for _, l := range sortedKeys(t) {
		out = append(out, dcWords{l, t[l]})
	}
	return out
}
