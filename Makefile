# What a newcomer types: `make demo`, then `make test`. `make help` lists the rest.

PREFIX ?= /usr/local
SWIFT ?= swift
BINARY := .build/release/hlsbuild
PEER_VENV := .cache/peer
# One static executable: it starts in a millisecond and runs on any Linux of this architecture. libhdf5 names what it
# needs only when it is linked dynamically, so its compressors are named here.
STATIC := --static-swift-stdlib -Xswiftc -static-executable \
    -Xlinker -lsz -Xlinker -laec -Xlinker -lz -Xlinker -lm -Xlinker -ldl
# A module at a time and without debug information, the tests are built in two thirds of the time.
TEST_FLAGS := -Xswiftc -whole-module-optimization -Xswiftc -num-threads -Xswiftc 2 -Xswiftc -gnone
FUZZ_COUNT ?= 100000
FUZZ_SEED ?= 1
FUZZ_FORMAT ?=
FUZZ_FOLDER ?= .cache/fuzz
SANITIZE ?=
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
# What each Debian package is for: g++ compiles the C simulation, libyaml reads project files, libhdf5 (with its
# compressors, for the static executable) reads models, libcrypto hashes, libexpat reads reports, libminizip packs IPs
# (libzip, the other one, has no static archive in Debian); tclsh runs the scripts for the vendor's tools in the tests,
# Python reads releases and plays the terminal there, and zsh and fish complete command lines.
PACKAGES := g++ pkg-config libyaml-dev libhdf5-dev libaec-dev zlib1g-dev libssl-dev libexpat1-dev libminizip-dev tcl python3 zsh fish

PEER_DA4ML := .cache/da4ml

.PHONY: help demo test build install lint bench peer adders fuzz onnx-format clean templates packages

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*## /\t/' | expand -t 12

demo: build ## build hlsbuild, then the jet tagger up to its verified C simulation, and print what came out
	$(BINARY) -C Projects/jet-tagger csim
	@echo
	@$(BINARY) -C Projects/jet-tagger report

test: packages lint templates ## check the formatting, build everything and run all tests
	python3 Tests/run_tests.py $(SWIFT) test $(TEST_FLAGS)

build: packages templates ## build the static release executable, .build/release/hlsbuild
	$(SWIFT) build -c release --product hlsbuild $(STATIC)

# The assembler takes the templates in by this list, which SwiftPM sees: it is a new file whenever a template was added,
# removed or changed, and the old one else.
templates: ## list the templates that the executable holds, as `swift build` by itself needs them
	sh Templates/embedded/list.sh

install: build ## copy the executable, its templates, the manual page and completions below PREFIX (/usr/local)
	DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" BINARY="$(BINARY)" sh -eu Sources/hlsbuild/Install/install.sh

lint: ## check that every Swift file is formatted as .swift-format says
	$(SWIFT) format lint --strict -r Sources Tests Package.swift

bench: build $(PEER_VENV)/.ready ## measure against hls4ml and ninja in one run (installs both in .cache)
	$(SWIFT) build -c release --product EngineProbe $(STATIC)
	HLSBUILD=$(abspath $(BINARY)) $(PEER_VENV)/bin/python Tests/Peer/bench.py

peer: build $(PEER_VENV)/.ready ## compare with hls4ml bit for bit on random models, and our headers with AMD's
	HLSBUILD=$(abspath $(BINARY)) $(PEER_VENV)/bin/python Tests/Peer/engines_equal.py --count 20
	sh Tests/Peer/ap_types_against_amd.sh
	sh Tests/Peer/pytorch.sh
	sh Tests/Peer/keras.sh

# WORDS: types, and what Yosys is to count (Tests/Peer/adder_graphs.py).
adders: $(PEER_DA4ML)/.ready ## compare our adder graphs with da4ml's on the layers of MODEL, a Keras file of weights
	$(SWIFT) build -c release --product AdderProbe $(STATIC)
	$(PEER_DA4ML)/bin/python Tests/Peer/adder_graphs.py $(MODEL) $(WORDS)

$(PEER_DA4ML)/.ready: Makefile
	python3 -m venv $(PEER_DA4ML)
	$(PEER_DA4ML)/bin/pip install --quiet --disable-pip-version-check da4ml==0.6.0 h5py==3.16.0 && touch $@

# FUZZ_FORMAT names formats, in place of all; what is found is kept in FUZZ_FOLDER. SANITIZE=address builds the program with
# that sanitizer in a folder of its own; it watches in place of the limit of memory. Not as a release, which takes an hour to
# compile with it: the modules that compute are optimised all the same. The readers have one thread, so that there is
# nothing for `thread` to watch, and Swift itself traps what `undefined` would tell of.
fuzz: packages templates ## damage the inputs of every reader FUZZ_COUNT times (100000) within 1 GiB, and keep what is not refused cleanly
ifeq ($(SANITIZE),)
	$(SWIFT) build -c release --product FuzzDriver $(STATIC)
	.build/release/FuzzDriver $(FUZZ_COUNT) $(FUZZ_SEED) $(FUZZ_FOLDER) $(FUZZ_FORMAT)
else
	$(SWIFT) build --product FuzzDriver $(TEST_FLAGS) --sanitize=$(SANITIZE) --scratch-path .build/sanitize-$(SANITIZE)
	HLSBUILD_SANITIZED=1 .build/sanitize-$(SANITIZE)/debug/FuzzDriver $(FUZZ_COUNT) $(FUZZ_SEED) $(FUZZ_FOLDER) $(FUZZ_FORMAT)
endif

# protoc is Debian's protobuf-compiler; its half for Swift is built from the package that the program is built with.
onnx-format: ## make Sources/ONNXFormat/Messages anew from onnx.proto (needs protobuf-compiler)
	$(SWIFT) build --product protoc-gen-swift
	protoc --plugin=.build/debug/protoc-gen-swift --swift_opt=Visibility=Public --swift_opt=UseAccessLevelOnImports=true \
	    --proto_path=Sources/ONNXFormat --swift_out=Sources/ONNXFormat/Messages onnx.proto

$(PEER_VENV)/.ready: Tests/Peer/setup.sh
	Tests/Peer/setup.sh $(PEER_VENV) && touch $@

clean: ## remove everything that was built
	rm -rf .build .cache Templates/embedded/files.S Projects/*/build Projects/*/.hlsbuild

packages:
	@missing=$$(for p in $(PACKAGES); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || printf '%s ' $$p; done); \
	if [ -n "$$missing" ]; then \
	    echo "hlsbuild is built with these Debian packages, which are not installed yet: $$missing"; \
	    $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	fi
