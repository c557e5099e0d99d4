# make run    installs what is missing, builds, makes the demo once, and serves it
# make test   installs what tests need, checks the format, builds and runs all tests
# make interop  lets GDAL, QGIS, browsers, validators and other clients ask the server
# make bench  prints all benchmarks
# make fuzz   feeds mutated inputs to every parser, a minute each
PORT ?= 8080
DEMO := data/demo
PETA := .build/release/peta
SOURCES := $(shell find Sources geodata -type f) Package.swift

.PHONY: run test interop bench fuzz packages browser format clean

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

# `PETA=.build/debug/peta` takes what the tests have built.
interop: browser
	@test -x $(PETA) || $(MAKE) $(PETA)
	@sh Tests/Interop/setup .build/interop
	@.build/interop/clients/bin/python Tests/Interop/run.py --peta $(PETA)

bench: packages browser
	swift build -c release
	$(dir $(PETA))Benchmarks

# With the checks that a release build leaves out.
fuzz: packages
	swift run -c release --scratch-path .build-fuzz -Xswiftc -assert-config -Xswiftc Debug \
		Fuzz --parser all --inputs 10000000 --seed 1 --seconds 60

format:
	swift format --in-place --recursive Sources Tests Package.swift

clean:
	rm -rf .build .build-fuzz $(DEMO)
