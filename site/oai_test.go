package site_test

import (
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

// What a harvester reads of an answer, by the namespaces of the protocol.
type harvested struct {
	XMLName xml.Name `xml:"http://www.openarchives.org/OAI/2.0/ OAI-PMH"`
	Date    string   `xml:"responseDate"`
	Request struct {
		Verb string `xml:"verb,attr"`
		Base string `xml:",chardata"`
	} `xml:"request"`
	Errors []struct {
		Code string `xml:"code,attr"`
	} `xml:"error"`
	Identify struct {
		Name     string `xml:"repositoryName"`
		Email    string `xml:"adminEmail"`
		Deleted  string `xml:"deletedRecord"`
		Earliest string `xml:"earliestDatestamp"`
	}
	Formats []string      `xml:"ListMetadataFormats>metadataFormat>metadataPrefix"`
	Sets    []string      `xml:"ListSets>set>setSpec"`
	Headers []oaiHeader   `xml:"ListIdentifiers>header"`
	Next    *string       `xml:"ListIdentifiers>resumptionToken"`
	Records []oaiRecorded `xml:"ListRecords>record"`
	More    *string       `xml:"ListRecords>resumptionToken"`
	Record  oaiRecorded   `xml:"GetRecord>record"`
}

type oaiHeader struct {
	Status     string   `xml:"status,attr"`
	Identifier string   `xml:"identifier"`
	Date       string   `xml:"datestamp"`
	Sets       []string `xml:"setSpec"`
}

type oaiRecorded struct {
	Header oaiHeader `xml:"header"`
	DC     *struct {
		Titles []struct {
			Lang string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
			Text string `xml:",chardata"`
		} `xml:"http://purl.org/dc/elements/1.1/ title"`
		Identifiers []string `xml:"http://purl.org/dc/elements/1.1/ identifier"`
		Languages   []string `xml:"http://purl.org/dc/elements/1.1/ language"`
	} `xml:"metadata>dc"`
}

func (w *world) harvest(t testing.TB, args ...string) harvested {
	t.Helper()
	q := url.Values{}
	for i := 0; i < len(args); i += 2 {
		q.Add(args[i], args[i+1])
	}
	return readHarvest(t, w.get("/oai?"+q.Encode()))
}

func readHarvest(t testing.TB, rec *httptest.ResponseRecorder) (h harvested) {
	t.Helper()
	if rec.Code != http.StatusOK || !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/xml") {
		t.Fatalf("%d, %s", rec.Code, rec.Header().Get("Content-Type"))
	}
	if err := xml.Unmarshal(rec.Body.Bytes(), &h); err != nil {
		t.Fatalf("%v in %s", err, rec.Body)
	}
	if _, err := time.Parse(time.RFC3339, h.Date); err != nil || !strings.HasSuffix(h.Request.Base, "/oai") {
		t.Errorf("answer of %q by %q", h.Date, h.Request.Base)
	}
	return h
}

// TestHarvest: every work is told once in all its languages, and once it is
// withdrawn, that it was.
func TestHarvest(t *testing.T) {
	w := open(t)
	work := w.some(t, "en", "my")
	id := "urn:uuid:" + string(work.ID)
	if h := w.harvest(t, "verb", "Identify"); h.Identify.Name == "" || h.Identify.Email != "desk@example.org" || h.Identify.Deleted != "persistent" || h.Request.Verb != "Identify" {
		t.Errorf("identify: %+v", h)
	}
	if h := w.harvest(t, "verb", "ListMetadataFormats", "identifier", id); !slices.Equal(h.Formats, []string{"oai_dc"}) {
		t.Errorf("formats: %q", h.Formats)
	}
	if h := w.harvest(t, "verb", "ListSets"); !slices.Contains(h.Sets, "kind-report") || !slices.Contains(h.Sets, "language-my") || slices.Contains(h.Sets, "kind-page") {
		t.Errorf("sets: %q", h.Sets)
	}
	one := w.harvest(t, "verb", "GetRecord", "metadataPrefix", "oai_dc", "identifier", id).Record
	if one.DC == nil {
		t.Fatalf("record: %+v", one)
	}
	titles, langs, addresses := map[string]string{}, []string{}, []string{id}
	for _, e := range work.Editions {
		titles[string(e.Lang)] = e.Title
		langs, addresses = append(langs, string(e.Lang)), append(addresses, "http://example.com"+address(e))
	}
	got := map[string]string{}
	for _, title := range one.DC.Titles {
		got[title.Lang] = title.Text
	}
	for i, at := range one.DC.Identifiers {
		var err error
		if one.DC.Identifiers[i], err = url.PathUnescape(at); err != nil {
			t.Error(err)
		}
	}
	if diff := cmp.Diff(titles, got) + cmp.Diff(langs, one.DC.Languages) + cmp.Diff(addresses, one.DC.Identifiers); diff != "" {
		t.Error(diff)
	}
	if page := w.get(address(in(work, "my"))).Body.String(); !strings.Contains(page, `<meta name="DC.language" content="my">`) || !strings.Contains(page, `<meta name="DC.title"`) {
		t.Error("the page of the work has no Dublin Core")
	}
	for _, e := range work.Editions {
		if err := w.archive.Withdraw(t.Context(), editor, e.ID, "Somebody asked."); err != nil {
			t.Fatal(err)
		}
	}
	gone := w.harvest(t, "verb", "GetRecord", "metadataPrefix", "oai_dc", "identifier", id).Record
	if gone.DC != nil || gone.Header.Status != "deleted" || !slices.Contains(gone.Header.Sets, "language-my") || gone.Header.Date < one.Header.Date {
		t.Errorf("a withdrawn record: %+v", gone)
	}
	listed := w.harvest(t, "verb", "ListRecords", "metadataPrefix", "oai_dc", "set", "language-my", "from", gone.Header.Date).Records
	if !slices.ContainsFunc(listed, func(r oaiRecorded) bool {
		return r.Header.Identifier == id && r.Header.Status == "deleted" && r.DC == nil
	}) {
		t.Errorf("the withdrawal is not told: %+v", listed)
	}
	if body := w.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").Body.String(); strings.Contains(body, work.Editions[0].Slug) {
		t.Error("something of a withdrawn work is told")
	}
}

// TestHarvestAll goes through a list by its tokens on both engines, while it
// grows: nothing is left out or told twice.
func TestHarvestAll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := recordOf(t, d, size{Works: 230, Organisations: 1, People: 1})
		all := map[string]int{}
		args := []string{"verb", "ListIdentifiers", "metadataPrefix", "oai_dc"}
		for range 5 {
			h := r.harvest(t, args...)
			for _, header := range h.Headers {
				all[header.Identifier]++
			}
			if h.Next == nil || *h.Next == "" {
				break
			}
			// What comes meanwhile comes at the end.
			day := sala.Day{Year: 2020}
			in := archive.Incoming{
				Work:    archive.Work{ID: sala.NewID(), Kind: archive.Report},
				Edition: archive.Edition{ID: sala.NewID(), Lang: "en", Title: fmt.Sprint("New ", len(all)), Public: true, Published: day.Time(), PubDay: day},
			}
			r.works = append(r.works, in.Work.ID)
			err := d.Tx(t.Context(), func(tx *db.Tx) error {
				_, err := r.archive.Import(t.Context(), tx, sala.Machine("test"), in)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			args = []string{"verb", "ListIdentifiers", "resumptionToken", *h.Next}
		}
		if len(all) != len(r.works) || len(all) != 232 {
			t.Errorf("%d of %d", len(all), len(r.works))
		}
		for _, id := range r.works {
			if all["urn:uuid:"+string(id)] != 1 {
				t.Errorf("%s is told %d times", id, all["urn:uuid:"+string(id)])
			}
		}
		records := r.harvest(t, "verb", "ListRecords", "metadataPrefix", "oai_dc", "set", "kind-report")
		if len(records.Records) != 2 || records.More != nil {
			t.Errorf("%d reports", len(records.Records))
		}
		if h := r.harvest(t, "verb", "ListRecords", "resumptionToken", args[len(args)-1]); len(h.Errors) != 1 || h.Errors[0].Code != "badResumptionToken" {
			t.Errorf("another verb's token: %+v", h.Errors)
		}
	})
}

// TestHarvestRefused: each mistake has the code that the protocol gives it.
func TestHarvestRefused(t *testing.T) {
	w := open(t)
	const list, prefix = "verb=ListRecords", "&metadataPrefix=oai_dc"
	forged := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	id := string(w.some(t, "en").ID)
	for query, code := range map[string]string{
		"": "badVerb", "verb=": "badVerb", "verb=Delete": "badVerb", "verb=Identify&verb=Identify": "badVerb", "verb=listrecords": "badVerb",
		list: "badArgument", list + "&metadataPrefix=": "badArgument", "verb=Identify&x=1": "badArgument", "verb=GetRecord" + prefix: "badArgument",
		"verb=GetRecord&identifier=urn:uuid:" + id: "badArgument", list + prefix + prefix: "badArgument",
		list + prefix + "&from=yesterday": "badArgument", list + prefix + "&from=2020-02-31": "badArgument", list + prefix + "&until=2020-01-01T00:00:00": "badArgument",
		list + prefix + "&from=2020-01-01&until=2021-01-01T00:00:00Z": "badArgument", list + prefix + "&from=2021-01-01&until=2020-01-01": "badArgument",
		"verb=Identify&%zz=1": "badArgument", "verb=Identify&x=" + strings.Repeat("x", 20_000): "badArgument",
		list + "&metadataPrefix=marc21": "cannotDisseminateFormat", "verb=GetRecord&metadataPrefix=marc21&identifier=urn:uuid:" + id: "cannotDisseminateFormat",
		"verb=GetRecord&identifier=urn:uuid:00000000-0000-7000-8000-000000000000" + prefix: "idDoesNotExist", "verb=GetRecord&identifier=%3Cscript%3E" + prefix: "idDoesNotExist",
		"verb=GetRecord&identifier=urn:uuid:" + strings.ToUpper(id) + prefix: "idDoesNotExist", "verb=ListMetadataFormats&identifier=x": "idDoesNotExist",
		list + prefix + "&until=1990-01-01": "noRecordsMatch", list + prefix + "&set=kind-page": "noRecordsMatch", list + prefix + "&set=nothing": "noRecordsMatch",
		list + prefix + "&from=9999-01-01": "noRecordsMatch",
		list + "&resumptionToken=x":        "badResumptionToken", list + "&resumptionToken=" + forged("{}"): "badResumptionToken", "verb=ListSets&resumptionToken=x": "badResumptionToken",
		list + "&resumptionToken=" + forged(`{"v":"ListRecords","t":1,"i":"`+id+`","n":1,"s":"nothing"}`):     "badResumptionToken",
		list + "&resumptionToken=" + forged(`{"v":"ListRecords","t":1,"i":"`+id+`","n":-1}`):                  "badResumptionToken",
		list + "&resumptionToken=" + forged(`{"v":"ListRecords","t":9223372036854775807,"i":"`+id+`","n":1}`): "badResumptionToken",
		list + "&resumptionToken=" + forged(`{"v":"ListRecords","t":1,"i":"`+id+`' OR 1=1","n":1}`):           "badResumptionToken",
		list + prefix + "&resumptionToken=x": "badArgument",
	} {
		h := readHarvest(t, w.get("/oai?"+query))
		if len(h.Errors) != 1 || h.Errors[0].Code != code || len(h.Records) > 0 {
			t.Errorf("%.100q: %+v, want %s", query, h.Errors, code)
		}
	}
	post := func(method, body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/oai", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r)
		return rec
	}
	if h := readHarvest(t, post("POST", list+prefix)); len(h.Records) == 0 || len(h.Errors) > 0 {
		t.Errorf("by POST: %d records, %+v", len(h.Records), h.Errors)
	}
	// Whatever is asked, the answer is XML.
	for _, body := range []string{prefix + "&verb=GetRecord&identifier=\x00<&from=]]>", "verb=ListSets&\xff=&;", "verb=%00\x01\ufffe", "resumptionToken=\u202e&verb=ListIdentifiers", "set=<![CDATA[&verb=ListRecords" + prefix} {
		readHarvest(t, post("POST", body))
	}
	for method, body := range map[string]string{"POST": strings.Repeat("a=1&", 100_000), "PUT": "verb=Identify", "DELETE": ""} {
		if h := readHarvest(t, post(method, body)); len(h.Errors) != 1 {
			t.Errorf("%s of %d bytes: %+v", method, len(body), h.Errors)
		}
	}
}
