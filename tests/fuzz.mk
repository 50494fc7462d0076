# Fuzzing with libFuzzer (clang with its runtime): one fuzzer a target, from the corpus that the suite replays. The fuzzers, their
# logs, what they keep and the inputs that fail are in $(BUILD)/fuzz/.
SECONDS      = 600
FUZZCC       = clang
FUZZ_TARGETS = numbers texts states charts sql
FUZZERS      = $(FUZZ_TARGETS:%=$(BUILD)/fuzz/%)
FUZZED       = $(GLUE_SOURCES) $(CORE_SOURCES)
FUZZ_OBJS    = $(FUZZED:ext/%.c=$(BUILD)/fuzz/ext/%.o)
# Without the tracing of comparisons, which takes half of the time: the corpora hold the words that it would find.
FUZZ_FLAGS   = -g -O1 -fno-sanitize-coverage=trace-cmp -fno-sanitize-recover=undefined -std=c11 -ffp-contract=off -DSQLITE_CORE $(MLM_CPPFLAGS) $(CPPFLAGS)

.PHONY: fuzz
## make fuzz: fuzzes FUZZ_TARGETS="numbers texts states charts sql" for SECONDS=600 each; prints the executions, and their sum over all runs
fuzz: $(FUZZERS)
	@tests/fuzz/run.sh $(BUILD)/fuzz $(SECONDS) $(FUZZ_TARGETS)
# Linked to an archive, so that a fuzzer counts the edges of what its target can reach only.
$(FUZZERS): $(BUILD)/fuzz/%: tests/fuzz/core.c tests/fuzz/target.c tests/fuzz/bytes.h $(BUILD)/fuzz/ext.a
	$(call run,CC,$@) $(FUZZCC) $(FUZZ_FLAGS) -fsanitize=fuzzer,address,undefined -DFUZZ_ROOM=fuzz_$* -o $@ \
	  $(if $(filter sql,$*),tests/fuzz/target.c,tests/fuzz/core.c) $(BUILD)/fuzz/ext.a $(SQLITE) -lm
$(BUILD)/fuzz/ext.a: $(FUZZ_OBJS)
	@rm -f $@
	$(call run,AR,$@) $(AR) rcs $@ $^
$(FUZZ_OBJS): $(BUILD)/fuzz/ext/%.o: ext/%.c $(HEADERS)
	@mkdir -p $(@D)
	$(call run,CC,$<) $(FUZZCC) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<
