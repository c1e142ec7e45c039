# Everything a developer runs. `make demo` needs Go; `make test` also needs
# Node, and installs what else it needs on Debian and Ubuntu.

GO      ?= go
FUZZ    ?= 5s
VERSION ?= $(shell git describe --always --dirty 2>/dev/null || echo development)

.PHONY: build fonts editor demo test quick deps format generated lint unit browser fuzz size bench clean

# Nothing is inlined in doors and areas, which wait for the database anyway, nor
# in rooms and libraries that nobody waits for: that takes 2.8 MB off. What
# computes (script, search, most of internal) is compiled as ever. HTTP/2 is the
# business of the proxy that ends TLS: 0.5 MB. Catalogues and the demonstration
# are packed: 0.7 MB. Functions begin at every 16 bytes, not every 32: 0.3 MB.
PLAIN = github.com/jackc github.com/go-webauthn github.com/fxamacker github.com/google github.com/yuin github.com/vmihailenco \
	github.com/wneessen github.com/pressly codeberg.org crypto/x509 crypto/tls encoding/gob encoding/xml golang.org/x/crypto mime
SLOW  = docx xliff mail outbound jobs blob phrase
SMALL = -tags nethttpomithttp2,packed -gcflags='sala/...=-l' $(foreach p,script search internal,-gcflags='sala/$(p)/...=') $(foreach p,$(SLOW),-gcflags='sala/internal/$(p)/...=-l') $(foreach p,$(PLAIN),-gcflags='$(p)/...=-l')

build: fonts editor
	$(GO) run ./internal/assets/pack internal/i18n/locales importer/demo/content
	CGO_ENABLED=0 $(GO) build -trimpath $(SMALL) -ldflags "-s -w -funcalign=16 -X main.version=$(VERSION)" -o bin/sala ./cmd/sala

# Fonts that a site may offer (docs/site.md). Without npm the program is built
# without them.
fonts:
	@if command -v npm >/dev/null; then scripts/fonts || echo "no fonts in this program: npm could not get them"; else echo "no fonts in this program: npm is not here"; fi

# The studio's writing surface, where Node is; without it the forms offer
# Markdown in a textarea.
editor:
	@if command -v npm >/dev/null; then scripts/editor || echo "no writing surface in this program: npm could not get what it is made of"; else echo "no writing surface in this program: npm is not here"; fi

demo: build
	./bin/sala serve --demo --data sala-data --listen localhost:8080

# Everything: what is green here is green in CI.
test: deps editor format generated lint unit browser fuzz size
	@echo "make test: all checks passed"

# What is worth running at every save.
quick: format
	$(GO) vet ./...
	$(GO) test -short ./...

deps:
	scripts/test-deps

format:
	@out=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$out" || { echo "not gofmt-clean:"; echo "$$out"; exit 1; }

# Generated files must be what the generators make of their sources.
generated:
	scripts/views
	@git diff --exit-code --stat -- '*_templ.go' || { echo "run: scripts/views"; exit 1; }
	$(GO) generate ./internal/i18n
	@git diff --exit-code --stat -- internal/i18n/table.go internal/i18n/LICENSE-DATA || { echo "run: go generate ./internal/i18n"; exit 1; }
	$(GO) mod tidy -diff

lint:
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	node_modules/.bin/tsc -p studio/editor

unit:
	scripts/with-postgres $(GO) test -count=1 -timeout 30m ./...

browser:
	SALA_TEST_CHROMIUM=$$(command -v chromium || command -v chromium-browser || command -v google-chrome) \
	SALA_TEST_AXE=$(CURDIR)/node_modules/axe-core/axe.min.js \
	$(GO) test -count=1 -timeout 40m -run TestBrowser ./site ./studio/... ./cmd/sala

fuzz:
	FUZZ=$(FUZZ) scripts/fuzz

size: build
	SALA_TEST_PROGRAM=$(CURDIR)/bin/sala $(GO) test -count=1 -run TestProgram ./cmd/sala
	@size=$$(stat -c %s bin/sala); echo "bin/sala: $$size bytes"; test $$size -le 41943040 || { echo "larger than 40 MB"; exit 1; }

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

clean:
	rm -rf bin node_modules internal/assets/node_modules internal/assets/fonts/*.woff2 internal/assets/fonts/OFL.txt internal/assets/fonts/.made
