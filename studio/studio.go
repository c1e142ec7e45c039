// Package studio is the editors' door: the same house seen from inside. Every
// page but those that let somebody in is for those who have signed in; what
// they may not do answers as if it were not there. Everything but passkeys
// works without script.
//
// A screen is a handler and a view of the same name (people.go,
// people.templ), one line in the table of routes and one in the side column;
// docs/studio.md shows how.
package studio

import (
	"log/slog"
	"net/http"
	"strings"

	"github.com/alexedwards/scs/v2"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/contribution"
	"sala/directory"
	"sala/event"
	"sala/glossary"
	"sala/importer/proposals"
	"sala/importer/runs"
	"sala/internal/db"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/letters"
	"sala/links"
	"sala/media"
	"sala/network"
	"sala/search"
	"sala/signature"
	"sala/studio/editor"
	"sala/tracker"
)

// Config is what a studio needs.
type Config struct {
	DB      *db.DB
	Account *account.Store
	Archive *archive.Store
	Media   *media.Store
	Network *network.Store
	// Directory is the people and organisations that the record names.
	Directory *directory.Store
	Search    *search.Index
	Runs      *runs.Store // imports
	// Proposals are what was read in texts, for an editor to decide on.
	Proposals *proposals.Store
	Links     *links.Checker
	Letters   *letters.Writer
	Sent      *contribution.Store // what members send
	Events    *event.Store
	Tracker   *tracker.Store
	// Signatures are those under joint statements.
	Signatures *signature.Store
	// Glossary tells translators what to call things; nil tells nothing.
	Glossary *glossary.Store
	// WatchesLinks says that Links asks by itself.
	WatchesLinks bool
	Words        *i18n.Catalogue // nil for those the program carries
	URL          string          // "https://example.org", under which readers know it; "" takes it from each request
	Log          *slog.Logger
	// Preview is the readers' page of a work, whether it is public or not.
	Preview func(r *http.Request, w archive.Work, e archive.Edition) (*web.Reply, error)
	// Text is the title and the text of one as readers see them, as HTML.
	Text func(r *http.Request, w archive.Work, e archive.Edition) (string, error)
}

// A Studio answers those who work on the record.
type Studio struct {
	Config
	words    *i18n.Catalogue
	server   *web.Server
	sessions *scs.SessionManager
	assets   assets
}

// New returns the studio.
func New(c Config) (*Studio, error) {
	words := c.Words
	if words == nil {
		var err error
		if words, err = i18n.Load(); err != nil {
			return nil, err
		}
	}
	if c.Directory == nil {
		c.Directory = directory.NewStore(c.DB)
	}
	if c.Tracker == nil {
		c.Tracker = tracker.NewStore(c.DB)
	}
	if c.Signatures == nil {
		c.Signatures = signature.NewStore(c.DB, c.Archive)
	}
	s := &Studio{Config: c, words: words, sessions: c.Account.Sessions(), assets: loadAssets()}
	s.URL = strings.TrimRight(s.URL, "/")
	s.server = web.NewServer(c.Log, "default-src 'none'; frame-ancestors 'none'", s.panicked)
	return s, nil
}

// open marks the routes that need nobody to be signed in.
const open sala.Action = ""

// A route is one address, with who may use it.
type route struct {
	pattern string // of http.ServeMux
	action  sala.Action
	answer  func(*Studio, *visit) (*web.Reply, error)
}

// routes is the table, in the order a visitor meets them.
var routes = []route{
	{"GET /studio/setup", open, (*Studio).setup},
	{"POST /studio/setup", open, (*Studio).setUp},
	{"GET /studio/signin", open, (*Studio).signin},
	{"POST /studio/signin", open, (*Studio).signIn},
	{"POST /studio/signin/code", open, (*Studio).signInCode},
	{"GET /studio/link", open, (*Studio).link},
	{"POST /studio/link", open, (*Studio).useLink},

	{"GET /studio/{$}", sala.EnterStudio, (*Studio).home},
	{"GET /studio/help", sala.EnterStudio, (*Studio).help},
	{"POST /studio/signout", sala.EnterStudio, (*Studio).signOut},
	{"POST /studio/zawgyi", sala.EnterStudio, (*Studio).zawgyi},

	{"GET /studio/works", sala.Draft, (*Studio).works},
	{"POST /studio/works", sala.Draft, (*Studio).beginWork},
	{"GET /studio/works/new", sala.Draft, (*Studio).newWork},
	{"GET /studio/works/{id}", sala.Draft, (*Studio).fields},
	{"POST /studio/works/{id}", sala.Draft, (*Studio).describeWork},
	{"GET /studio/works/{id}/picture", sala.Draft, (*Studio).choosePicture},
	{"POST /studio/works/{id}/picture", sala.Draft, (*Studio).setPicture},
	{"POST /studio/works/{id}/picture/upload", sala.Draft, (*Studio).uploadPicture},
	{"POST /studio/works/{id}/consents", sala.Publish, (*Studio).addTestimony},
	{"POST /studio/works/{id}/consents/{consent}/withdraw", sala.Publish, (*Studio).withdrawTestimony},
	{"POST /studio/works/{id}/editions", sala.Translate, (*Studio).beginEdition},
	{"POST /studio/works/{id}/editions/{lang}/draft", sala.Draft, (*Studio).autosave},
	{"GET /studio/works/{id}/{lang}", sala.Draft, (*Studio).write},
	{"POST /studio/works/{id}/{lang}", sala.Draft, (*Studio).saveText},
	{"POST /studio/works/{id}/{lang}/words", sala.Draft, forScript((*Studio).wordsOf)},
	{"POST /studio/works/{id}/{lang}/discard", sala.Draft, (*Studio).discard},
	{"POST /studio/works/{id}/{lang}/step", sala.Draft, (*Studio).takeStep},
	{"POST /studio/works/{id}/{lang}/address", sala.Publish, (*Studio).moveEdition},
	{"GET /studio/works/{id}/{lang}/preview", sala.Draft, (*Studio).preview},
	{"GET /studio/works/{id}/{lang}/preview/page", sala.Draft, (*Studio).previewed},
	{"GET /studio/works/{id}/{lang}/versions", sala.Draft, (*Studio).versions},
	{"POST /studio/works/{id}/{lang}/restore", sala.Draft, (*Studio).restore},
	{"GET /studio/rules", sala.Configure, (*Studio).rules},
	{"POST /studio/rules", sala.Configure, (*Studio).setRules},

	{"GET /studio/me", sala.EnterStudio, (*Studio).me},
	{"POST /studio/me", sala.EnterStudio, (*Studio).describeMe},
	{"POST /studio/me/letters", sala.EnterStudio, (*Studio).setDigest},
	{"POST /studio/me/keys", sala.EnterStudio, (*Studio).setKeys},
	{"POST /studio/me/password", sala.EnterStudio, (*Studio).setPassword},
	{"POST /studio/me/password/remove", sala.EnterStudio, (*Studio).removePassword},
	{"POST /studio/me/passkeys", sala.EnterStudio, (*Studio).addPasskey},
	{"POST /studio/me/passkeys/{id}/remove", sala.EnterStudio, (*Studio).removePasskey},
	{"GET /studio/me/app", sala.EnterStudio, (*Studio).app},
	{"POST /studio/me/app", sala.EnterStudio, (*Studio).addApp},
	{"POST /studio/me/app/remove", sala.EnterStudio, (*Studio).removeApp},
	{"POST /studio/me/recovery", sala.EnterStudio, (*Studio).newRecovery},
	{"POST /studio/me/sessions/end", sala.EnterStudio, (*Studio).endOthers},
	{"POST /studio/me/sessions/{id}/end", sala.EnterStudio, (*Studio).endSession},

	{"GET /studio/events", sala.Translate, (*Studio).events},
	{"POST /studio/events", sala.Publish, unicoded((*Studio).newEvent)},
	{"GET /studio/events/pick", sala.Publish, forScript((*Studio).pick)},
	{"GET /studio/events/{id}", sala.Publish, (*Studio).event},
	{"POST /studio/events/{id}", sala.Publish, unicoded((*Studio).saveEvent)},
	{"POST /studio/events/{id}/publish", sala.Publish, (*Studio).publishEvent},
	{"POST /studio/events/{id}/withdraw", sala.Publish, (*Studio).withdrawEvent},
	{"POST /studio/events/{id}/settle", sala.Publish, (*Studio).settleAside},
	{"GET /studio/events/{id}/translate/{lang}", sala.Translate, (*Studio).translateEvent},
	{"POST /studio/events/{id}/translate/{lang}", sala.Translate, unicoded((*Studio).saveEventTranslation)},
	{"GET /studio/events/{id}/replies", sala.Know, (*Studio).eventReplies},
	{"POST /studio/events/{id}/replies", sala.Publish, (*Studio).setReplies},
	{"POST /studio/events/{id}/replies/link", sala.Publish, (*Studio).setReplyLink},
	{"POST /studio/events/{id}/replies/{reply}/delete", sala.Publish, (*Studio).deleteReply},
	{"GET /studio/events/{id}/replies.csv", sala.Know, (*Studio).repliesCSV},

	{"GET /studio/series/{lang}", sala.Translate, (*Studio).seriesTranslation},
	{"POST /studio/series/{lang}", sala.Translate, unicoded((*Studio).saveSeriesTranslation)},

	{"GET /studio/find", sala.Draft, forScript((*Studio).find)},

	{"GET /studio/media", sala.Draft, (*Studio).library},
	{"POST /studio/media", sala.Draft, (*Studio).addFiles},
	{"GET /studio/media/find", sala.Draft, forScript((*Studio).findFiles)},
	{"POST /studio/media/upload", sala.Draft, forScript((*Studio).uploadFile)},
	{"POST /studio/media/uploads", sala.Draft, forScript((*Studio).beginUpload)},
	{"GET /studio/media/uploads/{id}/state", sala.Draft, forScript((*Studio).uploadStands)},
	{"PUT /studio/media/uploads/{id}", sala.Draft, forScript((*Studio).addPart)},
	{"POST /studio/media/uploads/{id}/finish", sala.Draft, forScript((*Studio).finishUpload)},
	{"GET /studio/media/{id}", sala.Draft, (*Studio).file},
	{"POST /studio/media/{id}", sala.Translate, (*Studio).describeFile},
	{"GET /studio/media/{id}/picture", sala.Draft, (*Studio).picture},
	{"GET /studio/media/{id}/file", sala.Draft, (*Studio).plainFile},
	{"POST /studio/media/{id}/people", sala.Publish, (*Studio).setPeople},
	{"POST /studio/media/{id}/consents", sala.Publish, (*Studio).addConsent},
	{"POST /studio/media/{id}/consents/{consent}/withdraw", sala.Publish, (*Studio).withdrawConsent},
	{"POST /studio/media/{id}/public", sala.Publish, (*Studio).setPublic},

	{"GET /studio/organisations", sala.Translate, (*Studio).organisations},
	{"GET /studio/organisations/{id}/translate/{lang}", sala.Translate, (*Studio).translateOrganisation},
	{"POST /studio/organisations/{id}/translate/{lang}", sala.Translate, unicoded((*Studio).saveOrganisationTranslation)},
	{"GET /studio/directory/find", sala.Know, forScript((*Studio).findEntry)},
	{"POST /studio/directory/find", sala.Know, unicoded(forScript((*Studio).addEntry))},
	{"GET /studio/directory/{what}", sala.Know, (*Studio).directory},
	{"POST /studio/directory/{what}", sala.Know, unicoded((*Studio).addedEntry)},
	{"GET /studio/directory/{what}/new", sala.Know, (*Studio).newEntry},
	{"GET /studio/directory/{what}/{id}", sala.Know, (*Studio).entryShown},
	{"POST /studio/directory/{what}/{id}", sala.Know, unicoded((*Studio).changeEntry)},
	{"POST /studio/directory/{what}/{id}/merge", sala.Know, (*Studio).mergeEntry},
	{"POST /studio/directory/{what}/{id}/split", sala.Know, (*Studio).splitEntry},

	{"GET /studio/import", sala.Publish, (*Studio).imports},
	{"POST /studio/import", sala.Import, (*Studio).beginImport},
	{"GET /studio/import/{id}", sala.Publish, (*Studio).importRun},
	{"POST /studio/import/{id}/settle", sala.Publish, (*Studio).settle},
	{"GET /studio/import/{id}/report.json", sala.Publish, (*Studio).importReport},

	{"GET /studio/proposals", sala.Publish, (*Studio).proposals},
	{"POST /studio/proposals", sala.Publish, (*Studio).readArchive},
	{"GET /studio/proposals/{work}", sala.Publish, (*Studio).review},
	{"POST /studio/proposals/{work}", sala.Publish, unicoded((*Studio).decide)},
	{"POST /studio/proposals/{work}/read", sala.Publish, (*Studio).readWork},
	{"POST /studio/proposals/{work}/publish", sala.Publish, (*Studio).publishMade},
	{"POST /studio/proposals/{work}/{id}", sala.Publish, unicoded((*Studio).mend)},

	{"GET /studio/links", sala.Publish, (*Studio).links},
	{"POST /studio/links/check", sala.Publish, (*Studio).checkLink},

	{"GET /studio/recommendations", sala.Draft, (*Studio).recommendations},
	{"POST /studio/recommendations", sala.Draft, unicoded((*Studio).makeRecommendation)},
	{"GET /studio/recommendations/new", sala.Draft, (*Studio).newRecommendation},
	{"GET /studio/recommendations/alike", sala.Publish, (*Studio).alike},
	{"POST /studio/recommendations/alike", sala.Publish, (*Studio).decideAlike},
	{"GET /studio/recommendations/numbers", sala.Publish, (*Studio).renumber},
	{"POST /studio/recommendations/numbers", sala.Publish, (*Studio).setNumbers},
	{"GET /studio/recommendations/{id}", sala.Draft, (*Studio).recommendation},
	{"POST /studio/recommendations/{id}", sala.Draft, unicoded((*Studio).changeRecommendation)},
	{"POST /studio/recommendations/{id}/steps", sala.Publish, unicoded((*Studio).addStep)},
	{"POST /studio/recommendations/{id}/owner", sala.Publish, (*Studio).assign},
	{"POST /studio/recommendations/{id}/publish", sala.Publish, (*Studio).publishRecommendation},
	{"POST /studio/recommendations/{id}/withdraw", sala.Publish, (*Studio).withdrawRecommendation},
	{"POST /studio/recommendations/{id}/part", sala.Publish, (*Studio).partRecommendation},
	{"GET /studio/recommendations/{id}/translate/{lang}", sala.Translate, (*Studio).translateRecommendation},
	{"POST /studio/recommendations/{id}/translate/{lang}", sala.Translate, unicoded((*Studio).saveRecommendationTranslation)},
	{"POST /studio/recommendations/{id}/replies", sala.Draft, unicoded((*Studio).addReply)},
	{"GET /studio/replies", sala.Translate, (*Studio).replies},
	{"POST /studio/replies/{id}", sala.Publish, unicoded((*Studio).moderate)},
	{"POST /studio/reviews/{id}", sala.Publish, (*Studio).settleReview},
	{"GET /studio/ratifications", sala.Publish, (*Studio).ratifications},
	{"POST /studio/ratifications", sala.Publish, unicoded((*Studio).ratify)},
	{"GET /studio/figures", sala.Publish, (*Studio).figures},
	{"GET /studio/measures/{lang}", sala.Translate, (*Studio).translateMeasures},
	{"POST /studio/measures/{lang}", sala.Translate, unicoded((*Studio).saveMeasuresTranslation)},
	{"GET /studio/documents/{lang}", sala.Translate, (*Studio).translateNames},
	{"POST /studio/documents/{lang}", sala.Translate, unicoded((*Studio).saveNamesTranslation)},
	{"POST /studio/figures", sala.Publish, unicoded((*Studio).setFigure)},
	{"POST /studio/figures/{id}/show", sala.Publish, (*Studio).showFigure},

	{"GET /studio/people", sala.ManageUsers, (*Studio).people},
	{"POST /studio/people", sala.ManageUsers, (*Studio).invite},
	{"POST /studio/people/{id}/role", sala.ManageUsers, (*Studio).setRole},
	{"POST /studio/people/{id}/link", sala.ManageUsers, (*Studio).offerLink},
	{"POST /studio/people/{id}/disable", sala.ManageUsers, (*Studio).disable},
	{"POST /studio/people/{id}/enable", sala.ManageUsers, (*Studio).enable},
	{"POST /studio/links/{id}/revoke", sala.ManageUsers, (*Studio).revokeLink},

	{"GET /studio/settings", sala.Configure, (*Studio).settings},
	{"POST /studio/settings/words", sala.Configure, (*Studio).setWords},
	{"POST /studio/settings/langs", sala.Configure, (*Studio).setLangs},
	{"POST /studio/settings/contact", sala.Configure, (*Studio).setContact},
	{"POST /studio/settings/zone", sala.Configure, (*Studio).setZone},
	{"POST /studio/settings/licence", sala.Configure, (*Studio).setLicence},
	{"POST /studio/settings/home", sala.Configure, (*Studio).setHome},
	{"POST /studio/settings/colours", sala.Configure, (*Studio).setColours},
	{"POST /studio/settings/logo", sala.Configure, (*Studio).setLogo},

	{"GET /studio/menus", sala.Configure, (*Studio).menus},
	{"POST /studio/menus", sala.Configure, (*Studio).addMenu},
	{"GET /studio/menus/{id}", sala.Configure, (*Studio).menu},
	{"POST /studio/menus/{id}", sala.Configure, (*Studio).describeMenu},
	{"POST /studio/menus/{id}/remove", sala.Configure, (*Studio).removeMenu},
	{"POST /studio/menus/{id}/items", sala.Configure, (*Studio).changeItem},

	{"GET /studio/terms", sala.Publish, (*Studio).terms},
	{"POST /studio/terms", sala.Publish, (*Studio).newTerm},
	{"GET /studio/terms/{id}", sala.Publish, (*Studio).term},
	{"POST /studio/terms/{id}", sala.Publish, (*Studio).changeTerm},
	{"POST /studio/terms/{id}/merge", sala.Publish, (*Studio).mergeTerm},
	{"POST /studio/terms/{id}/delete", sala.Publish, (*Studio).deleteTerm},
	{"POST /studio/vocabularies", sala.Publish, (*Studio).nameVocabulary},

	{"GET /studio/redirects", sala.Publish, (*Studio).redirects},
	{"POST /studio/redirects", sala.Publish, (*Studio).lead},
	{"POST /studio/redirects/forget", sala.Publish, (*Studio).forgetOld},
	{"GET /studio/lacking", sala.Translate, (*Studio).lacking},
	{"GET /studio/translations", sala.Translate, (*Studio).translations},
	{"GET /studio/translate/{id}/{lang}", sala.Translate, (*Studio).translate},
	{"POST /studio/translate/{id}/{lang}", sala.Translate, (*Studio).saveTranslation},
	{"POST /studio/translate/{id}/{lang}/begin", sala.Translate, (*Studio).beginTranslation},
	{"POST /studio/translate/{id}/{lang}/file", sala.Translate, (*Studio).importTranslation},
	{"POST /studio/translate/{id}/{lang}/draft", sala.Translate, (*Studio).autosaveTranslation},
	{"POST /studio/translate/{id}/{lang}/links", sala.Publish, (*Studio).inviteTranslator},
	{"POST /studio/translate/{id}/{lang}/links/{link}/revoke", sala.Publish, (*Studio).revokeTranslator},
	{"GET /studio/t/{token}", open, atGuestDesk((*Studio).guestPage)},
	{"POST /studio/t/{token}", open, atGuestDesk((*Studio).saveAt)},
	{"GET /studio/t/{token}/{file}", open, atGuestDesk((*Studio).guestFile)},
	{"POST /studio/t/{token}/draft", open, (*Studio).guestAutosave},
	{"POST /studio/t/{token}/zawgyi", open, (*Studio).guestZawgyi},
	{"POST /studio/t/{token}/file", open, atGuestDesk((*Studio).importAt)},

	{"GET /studio/contributions", sala.Publish, (*Studio).contributions},
	{"POST /studio/contributions/links", sala.Publish, (*Studio).inviteContributor},
	{"POST /studio/contributions/links/{id}/revoke", sala.Publish, (*Studio).revokeContributor},
	{"POST /studio/contributions/open", sala.Publish, (*Studio).openForm},
	{"GET /studio/contributions/{id}", sala.Publish, (*Studio).contribution},
	{"POST /studio/contributions/{id}", sala.Publish, (*Studio).settleContribution},
	{"GET /studio/c/{token}", open, (*Studio).sendersForm},
	{"POST /studio/c/{token}", open, (*Studio).sendForm},
	{"GET /studio/c/{token}/{key}", open, (*Studio).receipt},
	{"POST /studio/c/{token}/{key}", open, (*Studio).addToReceipt},

	{"GET /studio/signatures", sala.Publish, (*Studio).signings},
	{"GET /studio/signatures/{id}", sala.Publish, (*Studio).signatures},
	{"GET /studio/signatures/{id}/list.csv", sala.Publish, (*Studio).signaturesCSV},
	{"POST /studio/signatures/{id}", sala.Publish, (*Studio).setSigning},
	{"POST /studio/signatures/{id}/text", sala.Publish, (*Studio).putUpText},
	{"POST /studio/signatures/{id}/links", sala.Publish, (*Studio).inviteSigners},
	{"POST /studio/signatures/{id}/links/{link}/revoke", sala.Publish, (*Studio).revokeSigner},
	{"POST /studio/signatures/{id}/enter", sala.Publish, (*Studio).enterSignature},
	{"POST /studio/signatures/{id}/entries/{entry}", sala.Publish, (*Studio).decideSignature},
	{"GET /studio/s/{token}", open, (*Studio).signersPage},
	{"POST /studio/s/{token}", open, (*Studio).sign},
	{"GET /studio/s/{token}/{key}", open, (*Studio).signersReceipt},
	{"POST /studio/s/{token}/{key}", open, (*Studio).mendSignature},

	{"GET /studio/mail", sala.ReadMail, (*Studio).mail},
	{"GET /studio/mail/{id}", sala.ReadMail, (*Studio).letter},
	{"POST /studio/mail/{id}/send", sala.ReadMail, (*Studio).resend},

	{"GET /studio/audit", sala.ReadAudit, (*Studio).audit},
	{"GET /studio/audit.csv", sala.ReadAudit, (*Studio).auditCSV},
	{"GET /studio/audit.jsonl", sala.ReadAudit, (*Studio).auditJSON},
}

// Handler answers everything under /studio/.
func (s *Studio) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range routes {
		h := s.server.Private(s.serve(r))
		if patient[r.pattern] {
			h = wait(h)
		}
		mux.Handle(r.pattern, h)
	}
	mux.Handle("GET /studio/assets/{hash}/{name}", s.server.Private(s.asset))
	mux.Handle("GET "+editor.Prefix+"{name}", s.server.Private(editor.Asset))
	mux.Handle("/studio/", s.server.Private(s.serve(route{"/studio/", open, (*Studio).nothing})))
	return hush(s.guard(web.Legible(mux)))
}

// nothing answers what has no handler.
func (s *Studio) nothing(*visit) (*web.Reply, error) { return nil, sala.ErrNotFound }

// guard refuses what another site makes a browser send.
func (s *Studio) guard(next http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	if s.URL != "" {
		if err := p.AddTrustedOrigin(s.URL); err != nil {
			s.Log.Error("the site's address is no origin", "error", err) // cmd/sala has checked it
		}
	}
	p.SetDenyHandler(s.server.Private(s.serve(route{"", open, (*Studio).forged})))
	return p.Handler(next)
}
