package main

import (
	"sala"
	"sala/archive"
	"sala/internal/bearer"
	"sala/signature"
)

// signed has a public joint statement with what readers must not learn of its
// signatures, and one that is not public and was signed.
func (c *cage) signed() {
	ctx, by := c.Context(), c.editor.Actor
	open := func(work, edition sala.ID) signature.Call {
		c.must(c.signatures.Set(ctx, by, signature.Call{Work: work, Edition: edition, Revision: 1, Until: c.db.Now().AddDate(0, 0, 7), Note: c.say("signnote" + string(work[len(work)-1]%4+'w'))}))
		call, err := c.signatures.Of(ctx, by, work)
		c.must(err)
		return call
	}
	guest := func(call signature.Call, name string) signature.Guest {
		_, token, err := c.signatures.Make(ctx, by, signature.Link{Call: call.ID, Name: name})
		c.must(err)
		g, err := c.signatures.Guest(ctx, token)
		c.must(err)
		return g
	}
	sign := func(g signature.Guest, name, place string) {
		c.must(c.signatures.Sign(ctx, g, bearer.New(), 1, signature.Details{
			Name: name, Country: "th", Person: c.say(place + "person"), Role: c.say(place + "role"), Email: "qask" + place + "mail@example.org",
		}))
	}
	call := open(c.public("en", "Openword joint statement", paragraphs("Openword.")))
	sign(guest(call, "Openword House"), "Openword House", "signstands")
	sign(guest(call, ""), c.say("signwaits"), "signwaits")
	refused := guest(call, c.say("signrefused"))
	sign(refused, c.say("signrefusedname"), "signrefused")
	entries, err := c.signatures.Entries(ctx, by, call.ID)
	c.must(err)
	for _, e := range entries {
		if e.Link == refused.Link.ID {
			c.must(c.signatures.Decide(ctx, by, call.ID, e.ID, false, "", c.say("signreason")))
		}
	}
	// The next text was signed before it is public.
	work, edition := c.public("en", "Openword that is signed anew", paragraphs("Openword."))
	c.text(edition, 1, archive.Text{Title: "Openword that is signed anew", Note: c.say("signnextnote"), Body: paragraphs(c.say("signnextbody"))})
	c.must(c.signatures.Set(ctx, by, signature.Call{Work: work, Edition: edition, Revision: 2, Until: c.db.Now().AddDate(0, 0, 7)}))
	next, err := c.signatures.Of(ctx, by, work)
	c.must(err)
	c.must(c.signatures.Enter(ctx, by, next.ID, signature.Entry{Details: signature.Details{Name: c.say("signnext"), Country: "mm", Person: c.say("signnextperson"), Shown: true}, Way: signature.OnPaper, Signed: c.db.Now()}))

	secret, secretEdition := c.hidden("signhidden")
	hidden := open(secret, secretEdition)
	sign(guest(hidden, c.say("signmember")), c.say("signname"), "signhiddenby")
	for _, call := range []signature.Call{call, next, hidden} {
		c.guess("/studio/signatures/%s", call.Work)
		c.guess("/studio/signatures/%s/list.csv", call.Work)
		c.guess("/id/%s", call.ID)
		c.guess("/id/%s", call.Edition)
	}
	c.guess("/studio/signatures")
	c.guess("/studio/s/%s", bearer.New())
	c.guess("/studio/s/%s/own", bearer.New())
	for _, slug := range []string{"openword-that-is-signed-anew", "qasksignhiddentitle-qtellsignhiddentitle"} {
		c.guess("/en/2026/%s/signatures.csv", slug)
		c.guess("/en/2026/%s/signatures.csv-metadata.json", slug)
	}
}
