# Fuzzing with libFuzzer (clang with its runtime), from the corpus and the seeds that the suite replays. The log is $(BUILD)/fuzz/log;
# inputs that fail lie beside it.
SECONDS = 600
FUZZCC  = clang
FUZZER  = $(BUILD)/fuzz/fuzzer
FUZZED  = $(GLUE_SOURCES) $(CORE_SOURCES)

.PHONY: fuzz
## make fuzz: fuzzes tests/fuzz/target.c for SECONDS=600; ends with the number of executions
fuzz: $(FUZZER)
	@mkdir -p $(BUILD)/fuzz/found
	@$(FUZZER) -max_total_time=$(SECONDS) -rss_limit_mb=4096 -timeout=20 -max_len=600 -print_final_stats=1 \
	  -artifact_prefix=$(BUILD)/fuzz/ $(BUILD)/fuzz/found tests/fuzz/corpus >$(BUILD)/fuzz/log 2>&1; status=$$?; \
	  [ $$status = 0 ] || tail -n 60 $(BUILD)/fuzz/log; \
	  awk -v status=$$status '/cov: / { for (i = 1; i < NF; i++) if ($$i == "cov:") covered = $$(i + 1) } \
	  /^stat::number_of_executed_units:/ { runs = $$2 } /^stat::new_units_added:/ { kept = $$2 } \
	  /^Done / { seconds = $$(NF - 1) } \
	  END { failed = status != 0 || runs == 0; print runs + 0 " executions in " seconds + 0 " s, " covered + 0 " edges covered, " \
	  kept + 0 " inputs kept, " (failed ? 1 : 0) " failed"; exit failed }' $(BUILD)/fuzz/log
$(FUZZER): tests/fuzz/target.c $(FUZZED) $(HEADERS)
	@mkdir -p $(BUILD)/fuzz
	$(call run,CC,$@) $(FUZZCC) -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -std=c11 -ffp-contract=off -DSQLITE_CORE \
	  $(MLM_CPPFLAGS) $(CPPFLAGS) -o $@ tests/fuzz/target.c $(FUZZED) $(SQLITE) -lm
