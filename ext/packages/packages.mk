# Everything that is built for others to install; README.md says what the packages are. `make` and `make test` need nothing of this.
VERSION := $(shell sed -n 's/^.define MLMETRICS_VERSION "\(.*\)"/\1/p' include/mlmetrics.h)
# The date of the release, in seconds: packages hold no other, so that the same sources give the same bytes.
export SOURCE_DATE_EPOCH ?= 1795824000
PACKAGES_DIR = ext/packages
# $(call date,FORMAT) of the release.
date = $(shell export LC_ALL=C TZ=UTC; date -u -d @$(SOURCE_DATE_EPOCH) +$(1) 2>/dev/null || date -u -r $(SOURCE_DATE_EPOCH) +$(1))
# Fills in a template.
FILL = sed -e 's|@VERSION@|$(VERSION)|g' -e 's|@DATE@|$(call date,%Y-%m-%d)|g' -e 's|@PREFIX@|$(PREFIX)|g' -e 's|@LIBDIR@|$(LIBDIR)|g' \
       -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|g' -e 's|@MODULE@|$(LIBDIR)/$(basename $(MODULE))|g'

# The folders may differ from one call to the next.
$(BUILD)/install/mlmetrics.%: $(PACKAGES_DIR)/install/mlmetrics.%.in include/mlmetrics.h force
	@mkdir -p $(@D)
	@$(FILL) $< >$@

# For LD_PRELOAD.
PRELOAD = $(BUILD)/mlmetrics-preload.so
.PHONY: preload
## make preload: builds build/mlmetrics-preload.so, which registers the functions in hosts that forbid loading (Linux)
preload: $(PRELOAD)
$(PRELOAD): $(PACKAGES_DIR)/preload/preload.c $(GLUE_OBJS) $(CORE_OBJS)
	$(call run,LINK,$@) $(COMPILE) $(LDFLAGS) $(SHARED_FLAGS) -o $@ $^ -ldl

# The folders: what others install, and what that is made in. In absolute form, because some tools run elsewhere.
DIST     = $(BUILD)/dist
WORK     = $(BUILD)/packages
PYTHON3  = python3
NEED     = $(PACKAGES_DIR)/need.sh
PACK     = $(PYTHON3) $(PACKAGES_DIR)/pack.py
NAME     = mlmetrics-$(VERSION)
# $(call stage,FOLDER): makes it anew, empty.
stage    = rm -rf $(1) && mkdir -p $(1) $(DIST)

# SQLite's amalgamation, which an npm package holds.
SQLITE_SOURCE = $(BUILD)/sqlite/sqlite3.c
$(SQLITE_SOURCE):
	@$(NEED) "SQLite's amalgamation" npm:npm
	@rm -rf $(@D) && mkdir -p $(@D)
	@cd $(@D) && npm pack --silent sqlite3@5.1.7 >/dev/null && tar xzf sqlite3-5.1.7.tgz && \
	  tar xzf package/deps/sqlite-autoconf-*.tar.gz --strip-components=1 && touch sqlite3.c

.PHONY: dist dist-archives dist-python dist-npm dist-debian
## make dist: every package, in build/dist/, with SHA256SUMS; what cannot be made here is named
dist:
	@rm -rf $(DIST)
	@$(MAKE) --no-print-directory dist-archives dist-python dist-npm dist-debian page
	@cd $(DIST) && if command -v sha256sum >/dev/null; then sha256sum *; else shasum -a 256 *; fi >../SHA256SUMS && mv ../SHA256SUMS .
	@cat $(DIST)/SHA256SUMS

# == sources: the files that git knows, or in a tree without git all but what was made
SOURCES  = $(DIST)/$(NAME)-source.tar.gz
$(SOURCES): force
	@$(call stage,$(WORK)/source)
	@if [ -e .git ]; then git ls-files; else find . -path ./build -prune -o -path ./debian -prune -o -type f -print; fi | \
	  tar cf - -T - | tar xf - -C $(WORK)/source
	$(call run,PACK,$@) $(PACK) $@ $(WORK)/source $(NAME)/

# == libraries for each platform, from the amalgamation
PLATFORMS = linux-x64 linux-arm64 win32-x64 $(if $(filter Darwin,$(SYSTEM)),darwin-arm64 darwin-x64)
LIBRARIES = $(PLATFORMS:%=$(WORK)/lib/%/made)
# SQLite's headers alone, for compilers of other platforms.
$(WORK)/include: $(BUILD)/flags
	@rm -rf $@ && mkdir -p $@
	@printf '#include <sqlite3ext.h>\n' | $(CC) $(CPPFLAGS) -E - | sed -n 's/^# 1 "\([^"]*sqlite3[ext]*\.h\)".*/\1/p' | sort -u | \
	  while read -r file; do cp "$$file" $@; done
$(LIBRARIES): $(WORK)/lib/%/made: $(BUILD)/mlmetrics.c $(BUILD)/mlmetrics.h $(WORK)/include $(PACKAGES_DIR)/preload/preload.c
	@CC="$(CC)" $(PACKAGES_DIR)/archives/library.sh $* $(@D) $(BUILD) $(WORK)/include

# == archives, and the manifest of sqlpkg for them
## make dist-archives: the archives of sources, amalgamation and libraries, and sqlpkg.json
dist-archives: $(SOURCES) $(LIBRARIES)
	@if $(NEED) 'the archives' $(PYTHON3):python3; then \
	  PYTHON3=$(PYTHON3) $(PACKAGES_DIR)/archives/build.sh $(WORK) $(BUILD) $(DIST) $(VERSION); fi

# == Python
## make dist-python: the wheels and the source distribution
dist-python: $(LIBRARIES)
	@if $(NEED) 'the Python packages' $(PYTHON3):python3; then mkdir -p $(DIST) && \
	  for made in $(WORK)/lib/*/made; do \
	    $(PYTHON3) $(PACKAGES_DIR)/python/backend.py wheel $(DIST) $(VERSION) "$$(dirname $$made)" || exit 1; done && \
	  $(PYTHON3) $(PACKAGES_DIR)/python/backend.py sdist $(DIST) $(VERSION) $(BUILD)/mlmetrics.c LICENSE $(PACKAGES_DIR)/pack.py; fi

# == npm
## make dist-npm: the npm package
dist-npm: $(LIBRARIES)
	@if $(NEED) 'the npm package' $(PYTHON3):python3; then \
	  $(call stage,$(WORK)/npm) && cp $(PACKAGES_DIR)/npm/*.[cm]js $(PACKAGES_DIR)/npm/*.d.* $(PACKAGES_DIR)/npm/README.md LICENSE $(WORK)/npm && \
	  $(FILL) $(PACKAGES_DIR)/npm/package.json.in >$(WORK)/npm/package.json && \
	  for made in $(WORK)/lib/*/made; do mkdir -p $(WORK)/npm/$$(echo $$made | sed 's|.*/\(lib/[^/]*\)/made|\1|') && \
	    cp $$(dirname $$made)/mlmetrics.* $(WORK)/npm/$$(echo $$made | sed 's|.*/\(lib/[^/]*\)/made|\1|'); done && \
	  $(PACK) $(DIST)/$(NAME).tgz $(WORK)/npm package/; fi

# == WebAssembly
.PHONY: dist-wasm
## make dist-wasm: SQLite and mlmetrics as WebAssembly, for browsers and Node
dist-wasm: $(BUILD)/mlmetrics.c $(BUILD)/mlmetrics.h
	@if $(NEED) 'the WebAssembly build' emcc:emscripten npm:npm $(PYTHON3):python3; then mkdir -p $(DIST) && \
	  $(MAKE) --no-print-directory $(SQLITE_SOURCE) && \
	  PYTHON3=$(PYTHON3) $(PACKAGES_DIR)/wasm/build.sh $(WORK)/wasm $(BUILD) $(dir $(SQLITE_SOURCE)) $(DIST) $(VERSION); fi

# == the page: all of it in one file
PAGE = $(DIST)/$(NAME)-page.html
.PHONY: page
## make page: a page in one file that shows how good the predictions of a file are, without a shell or a server
page: dist-wasm
	@if [ -f $(WORK)/wasm/archive/mlmetrics.wasm ]; then $(PYTHON3) $(PACKAGES_DIR)/page/build.py $(PAGE) $(WORK)/wasm/archive; fi

# == Debian
## make dist-debian: the Debian package
dist-debian: $(SOURCES)
	@if $(NEED) 'the Debian package' dpkg-buildpackage:dpkg-dev dh:debhelper sqlite3:sqlite3; then \
	  $(PACKAGES_DIR)/debian/build.sh $(abspath $(SOURCES)) $(abspath $(WORK)/debian) $(abspath $(DIST)) $(VERSION); fi

# == tests
.PHONY: check-packages
## make check-packages: builds every package twice, compares the bytes, installs each and asks it a query; ends with "N passed, N failed"
check-packages: all dist
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/again dist >/dev/null
	@BUILD=$(BUILD) AGAIN=$(abspath $(BUILD)/again/dist) tests/packages.sh $(DIST)
.PHONY: check-page
## make check-page: the page in headless Chromium; leaves pictures in build/page/; ends with "N passed, N failed"
check-page: all page
	@tests/page/run.sh $(PAGE) $(BUILD)/mlmetrics $(BUILD)/page
.PHONY: hosts-languages
## make hosts-languages: loads the packages in every language and driver that can be had here, and prints the table of sql/hosts.md
hosts-languages: dist demo
	@tests/hosts/run.sh $(DIST) $(BUILD)/demo.db
