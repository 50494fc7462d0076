# The test programs, runs of all or some of them, and what they compare with written anew.

# Instructions are counted of the library as it is built for users.
BUDGET    = $(if $(strip $(filter-out -O2,$(CFLAGS)) $(CPPFLAGS) $(LDFLAGS)),,tests/bench/instructions.sh)
# Made by a Perl script; without Perl (which every Debian has) its tests are left out.
AMALGAMATION = $(if $(shell command -v perl),$(BUILD)/mlmetrics.c)
# The longest programs first, so that none of them runs alone at the end.
LONGEST   = $(patsubst %,$(BUILD)/tests/%,properties faults packed state_corruption golden environment versions)
PROGRAMS  = $(LONGEST) $(filter-out $(LONGEST),$(TESTS))
RUN_TESTS = BUILD=$(BUILD) JOBS=$(JOBS) CC="$(CC)" MLMETRICS=$(BUILD)/mlmetrics tests/run.sh

.PHONY: run-tests suite list-tests check-fast docs golden
## Tests
## make run-tests: runs the tests without the setup before them
run-tests: all $(TESTS) $(AMALGAMATION) $(if $(BUDGET),bench-tools)
	@$(if $(AMALGAMATION),,echo 'skipped: the amalgamation needs perl')
	@CFLAGS="$(CFLAGS)" LDFLAGS="$(LDFLAGS)" SQLITE="$(SQLITE)" $(RUN_TESTS) $(if $(AMALGAMATION),$(if $(filter amalgamation,$(SKIP)),,tests/amalgamation.sh)) $(BUDGET) $(filter-out $(SKIP:%=$(BUILD)/tests/%),$(PROGRAMS)) tests/symbols.sh
## make suite: runs the test programs alone, without the checks of names and of instruction counts
suite: all $(TESTS)
	@$(RUN_TESTS) $(filter-out $(SKIP:%=$(BUILD)/tests/%),$(PROGRAMS))
list-tests:
	@echo $(TESTS)
## make check-fast: runs the doctests, a third of the oracle's values and the property tests on few rows: in seconds
FAST = doctest oracle properties
check-fast: all $(FAST:%=$(BUILD)/tests/%)
	@FAST=1 PROPERTY_ROWS=$(FAST_ROWS) $(RUN_TESTS) $(FAST:%=$(BUILD)/tests/%)
FAST_ROWS = 8
## make docs: writes the results in the pages, the index of functions, the pictures and the golden digests anew; read the difference
docs: all $(BUILD)/tests/doctest $(BUILD)/tests/pictures golden
	@MLMETRICS=$(BUILD)/mlmetrics $(BUILD)/tests/doctest --update
	@MLMETRICS=$(BUILD)/mlmetrics $(BUILD)/tests/doctest --index
	@BUILD=$(BUILD) MLMETRICS=$(BUILD)/mlmetrics $(BUILD)/tests/pictures --update
## make golden: writes the golden digests anew, after a change that is meant to change results
golden: $(BUILD)/tests/golden
	@$(BUILD)/tests/golden print >$(BUILD)/golden.sha256 || { grep -vE '^[0-9a-f]{64} ' $(BUILD)/golden.sha256; exit 1; }
	@mv $(BUILD)/golden.sha256 tests/golden.sha256

# Linked to archives, so that a program holds only what it calls: those of the core need no SQLite.
$(TESTS): %: %.o $(BUILD)/tests/shared.a $(ARCHIVE)
	$(call run,LINK,$@) $(LINK) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(SQLITE) $(SYSTEM_LIBS)
$(BUILD)/tests/shared.a: $(SHARED_OBJS)
	@rm -f $@
	$(call run,AR,$@) $(AR) rcs $@ $^
$(BUILD)/tests/%.o: tests/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call run,CC,$<) $(COMPILE) -D_DEFAULT_SOURCE -Wno-string-concatenation -c -o $@ $<
# Six programs have the states of scores and of rows in small chunks, one of them with metrics that sort blocks of keys.
SMALL_OBJS = $(patsubst ext/%.c,$(BUILD)/small/%.o,$(wildcard ext/state/scores*.c ext/state/row*.c ext/state/key_pages.c) ext/metrics/multiclass.c)
$(BUILD)/tests/scores_small $(BUILD)/tests/metric_faults: $(filter $(BUILD)/small/state/scores%,$(SMALL_OBJS))
$(BUILD)/tests/rows_small $(BUILD)/tests/rows_faults $(BUILD)/tests/rank_pairs_small $(BUILD)/tests/one_vs_rest $(BUILD)/tests/metric_faults: $(filter $(BUILD)/small/state/row% $(BUILD)/small/state/key%,$(SMALL_OBJS))
$(BUILD)/tests/metric_faults: $(BUILD)/small/metrics/multiclass.o
$(SMALL_OBJS): $(BUILD)/small/%.o: ext/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call run,CC,$<) $(COMPILE) -DMLM_CHUNK_KEYS=256 -c -o $@ $<
# A library that exports every name of the archive: tests/loading.c loads it beside ours.
CLASH = $(BUILD)/tests/clash.$(SUFFIX)
$(BUILD)/tests/loading: | $(CLASH)
$(CLASH): $(ARCHIVE)
	@mkdir -p $(@D)
	@{ echo 'void abort(void);'; nm -g $(ARCHIVE) | awk '$$NF ~ /^_?mlm_/ && $$(NF-1) ~ /[A-TV-Z]/ {sub(/^_/, "", $$NF); print $$NF}' | \
	  sort -u | awk '{print "void " $$1 "(void);\nvoid " $$1 "(void) { abort(); }"}'; \
	  echo 'int sqlite3_clash_init(void);'; echo 'int sqlite3_clash_init(void) { return 0; }'; } >$(BUILD)/tests/clash.c
	$(call run,LINK,$@) $(CC) -fPIC -shared -o $@ $(BUILD)/tests/clash.c
