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
