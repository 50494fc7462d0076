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
## Packages
## make preload: builds build/mlmetrics-preload.so, which registers the functions in hosts that forbid loading (Linux)
preload: $(PRELOAD)
$(PRELOAD): $(PACKAGES_DIR)/preload/preload.c $(GLUE_OBJS) $(CORE_OBJS)
	$(call run,LINK,$@) $(COMPILE) $(LDFLAGS) $(SHARED_FLAGS) -o $@ $^ -ldl

# The folders: what others install, and what that is made in.
DIST     = $(BUILD)/dist
WORK     = $(BUILD)/packages
PYTHON3  = python3
NEED     = $(PACKAGES_DIR)/need.sh
PACK     = $(PYTHON3) $(PACKAGES_DIR)/pack.py
NAME     = mlmetrics-$(VERSION)
# $(call stage,FOLDER): makes it anew, empty.
stage    = rm -rf $(1) && mkdir -p $(1) $(DIST)
# What all packages are built with.
TOOLS    = $(firstword $(CC)):gcc perl:perl $(PYTHON3):python3
# $(call with,WHAT,COMMAND:PACKAGE...,TARGETS): makes the targets one after the other if the commands are there, else says which packages
# are missing.
with     = if $(NEED) '$(1)' $(2); then for target in $(3); do $(MAKE) --no-print-directory $$target || exit 1; done; fi

.PHONY: dist dist-archives dist-python dist-npm dist-wasm dist-debian
## make dist: builds every package into build/dist/, with SHA256SUMS; names what it cannot build here
dist:
	@rm -rf $(DIST) && mkdir -p $(DIST)
	@for target in dist-archives dist-python dist-npm dist-debian page; do $(MAKE) --no-print-directory $$target || exit 1; done
	@cd $(DIST) && for file in *; do [ ! -f "$$file" ] || if command -v sha256sum >/dev/null; then sha256sum "$$file"; \
	  else shasum -a 256 "$$file"; fi; done >../SHA256SUMS && mv ../SHA256SUMS . && cat SHA256SUMS
## make dist-archives: builds the archives of sources, amalgamation and libraries, and sqlpkg.json
dist-archives:
	@$(call with,building the archives,$(TOOLS),package-archives)
## make dist-python: builds the wheels and the source distribution
dist-python:
	@$(call with,building the Python packages,$(TOOLS),package-python)
## make dist-npm: builds the npm package
dist-npm:
	@$(call with,building the npm package,$(TOOLS),package-npm)
## make dist-debian: builds the Debian package
dist-debian:
	@$(call with,building the Debian package,$(TOOLS) dpkg-buildpackage:dpkg-dev dh:debhelper sqlite3:sqlite3,package-debian)
## make dist-wasm: builds SQLite and mlmetrics as WebAssembly, for browsers and Node
dist-wasm:
	@$(call with,building for WebAssembly,$(TOOLS) emcc:emscripten npm:npm,package-wasm)

.PHONY: package-archives package-python package-npm package-debian package-wasm
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
package-archives: $(SOURCES) $(LIBRARIES)
	@PYTHON3=$(PYTHON3) $(PACKAGES_DIR)/archives/build.sh $(WORK) $(BUILD) $(DIST) $(VERSION)

# == Python
package-python: $(LIBRARIES)
	@mkdir -p $(DIST)
	@for made in $(WORK)/lib/*/made; do \
	  echo "PACK $(DIST): wheel for $$(basename "$$(dirname $$made)")"; \
	  $(PYTHON3) $(PACKAGES_DIR)/python/backend.py wheel $(DIST) $(VERSION) "$$(dirname $$made)" || exit 1; done
	$(call run,PACK,'$(DIST): Python sources') \
	  $(PYTHON3) $(PACKAGES_DIR)/python/backend.py sdist $(DIST) $(VERSION) $(BUILD)/mlmetrics.c LICENSE $(PACKAGES_DIR)/pack.py

# == npm
package-npm: $(LIBRARIES)
	@$(call stage,$(WORK)/npm)
	@cp $(PACKAGES_DIR)/npm/*.[cm]js $(PACKAGES_DIR)/npm/*.d.* $(PACKAGES_DIR)/npm/README.md LICENSE $(WORK)/npm
	@$(FILL) $(PACKAGES_DIR)/npm/package.json.in >$(WORK)/npm/package.json
	@for made in $(WORK)/lib/*/made; do folder=$(WORK)/npm/lib/$$(basename "$$(dirname $$made)"); \
	  mkdir -p $$folder && cp "$$(dirname $$made)"/mlmetrics.* $$folder || exit 1; done
	$(call run,PACK,$(DIST)/$(NAME).tgz) $(PACK) $(DIST)/$(NAME).tgz $(WORK)/npm package/

# == Debian
package-debian: $(SOURCES)
	@JOBS=$(JOBS) $(PACKAGES_DIR)/debian/build.sh $(abspath $(SOURCES)) $(abspath $(WORK)/debian) $(abspath $(DIST)) $(VERSION)

# == WebAssembly
# SQLite's amalgamation, which an npm package holds.
SQLITE_SOURCE = $(BUILD)/sqlite/sqlite3.c
$(SQLITE_SOURCE):
	@$(NEED) "SQLite's amalgamation" npm:npm
	@rm -rf $(@D) && mkdir -p $(@D)
	@cd $(@D) && npm pack --silent sqlite3@5.1.7 >/dev/null && tar xzf sqlite3-5.1.7.tgz && \
	  tar xzf package/deps/sqlite-autoconf-*.tar.gz --strip-components=1 && touch sqlite3.c
include $(PACKAGES_DIR)/wasm/wasm.mk
package-wasm: $(WASM)
	@mkdir -p $(DIST)
	$(call run,PACK,$(DIST)/$(NAME)-wasm.zip) $(PACK) $(DIST)/$(NAME)-wasm.zip $(dir $(WASM))

# == the page: all of it in one file
PAGE = $(DIST)/$(NAME)-page.html
.PHONY: page
## make page: builds a page in one file that shows how good the predictions of a file are, without a shell or a server
page: dist-wasm
	@if [ -f $(WORK)/wasm/archive/mlmetrics.wasm ]; then $(PYTHON3) $(PACKAGES_DIR)/page/build.py $(PAGE) $(WORK)/wasm/archive; fi

# == tests
.PHONY: check-packages
## make check-packages: builds every package twice, compares the bytes, installs each and asks it a query; ends with "N passed, N failed"
check-packages:
	@$(call with,testing the packages,$(TOOLS) sqlite3:sqlite3,all dist install-packages)
.PHONY: install-packages
install-packages:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/again SQLITE_SOURCE=$(SQLITE_SOURCE) dist >/dev/null
	@BUILD=$(BUILD) AGAIN=$(abspath $(BUILD)/again/dist) tests/packages.sh $(DIST)
.PHONY: check-page
## make check-page: tests the page in headless Chromium; leaves pictures in build/page/; ends with "N passed, N failed"
check-page: all page
	@tests/page/run.sh $(PAGE) $(WORK)/wasm/archive $(BUILD)/mlmetrics $(BUILD)/page
.PHONY: hosts-languages
## make hosts-languages: loads the packages in every language and driver that is available here, and prints the table of sql/hosts.md
hosts-languages:
	@$(call with,testing the hosts,$(TOOLS) sqlite3:sqlite3,dist demo run-hosts)
.PHONY: run-hosts
run-hosts:
	@tests/hosts/run.sh $(DIST) $(BUILD)/demo.db
