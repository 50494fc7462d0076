# make fuzz: the target of tests/fuzz/target.c under libFuzzer (clang with its runtime) for SECONDS, from the corpus and the seeds
# that the plain suite replays; its log is $(B)/fuzz/log, what was found lies beside it; ends with the number of executions.
SECONDS = 600
FUZZCC  = clang
FUZZER  = $(B)/fuzz/fuzzer
FUZZED  = $(filter-out tests/%,$(wildcard ext/*.c ext/*/*.c))

.PHONY: fuzz
fuzz: $(FUZZER)
	@mkdir -p $(B)/fuzz/found
	@$(FUZZER) -max_total_time=$(SECONDS) -rss_limit_mb=4096 -timeout=20 -max_len=600 -print_final_stats=1 \
	  -artifact_prefix=$(B)/fuzz/ $(B)/fuzz/found tests/fuzz/corpus >$(B)/fuzz/log 2>&1; status=$$?; \
	  [ $$status = 0 ] || tail -n 60 $(B)/fuzz/log; \
	  awk -v status=$$status '/cov: / { for (i = 1; i < NF; i++) if ($$i == "cov:") covered = $$(i + 1) } \
	  /^stat::number_of_executed_units:/ { runs = $$2 } /^stat::new_units_added:/ { kept = $$2 } \
	  /^Done / { seconds = $$(NF - 1) } \
	  END { failed = status != 0 || runs == 0; print runs + 0 " executions in " seconds + 0 " s, " covered + 0 " edges covered, " \
	  kept + 0 " inputs kept, " (failed ? 1 : 0) " failed"; exit failed }' $(B)/fuzz/log
$(FUZZER): tests/fuzz/target.c $(FUZZED) $(wildcard ext/*.h ext/*/*.h) | $(B)/ready
	@mkdir -p $(B)/fuzz
	$(FUZZCC) -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -std=c11 -ffp-contract=off -DSQLITE_CORE \
	  -Iinclude -Iext -o $@ tests/fuzz/target.c $(FUZZED) $(SQLITE) -lm
