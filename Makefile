# make run    installs what is missing, builds, makes the demo once, and serves it
# make test   installs what tests need, checks the format, builds and runs all tests
# make bench  prints all benchmarks
PORT ?= 8080
DEMO := data/demo
PETA := .build/release/peta
SOURCES := $(shell find Sources geodata -type f) Package.swift

.PHONY: run test bench packages browser format clean

run: packages browser $(PETA) $(DEMO)/peta.sqlite
	@$(PETA) serve --database $(DEMO)/peta.sqlite --port $(PORT) --browser-library .build/browser

$(PETA): $(SOURCES) | packages
	swift build -c release --product peta
	@touch $@

$(DEMO)/peta.sqlite: | $(PETA)
	$(PETA) demo --output $(DEMO)

packages:
	@sh .ci/packages

browser: | packages
	@sh .ci/browser-library .build/browser

test: browser
	swift format lint --strict --recursive Sources Package.swift
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build

bench: packages browser
	swift build -c release
	$(dir $(PETA))Benchmarks

format:
	swift format --in-place --recursive Sources Tests Package.swift

clean:
	rm -rf .build $(DEMO)
