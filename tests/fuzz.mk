# make fuzz: the target of tests/fuzz/target.c under libFuzzer (clang with its runtime) for SECONDS, from the corpus and the seeds
# that the plain suite replays; ends with the number of executions.
SECONDS = 600
FUZZCC  = clang
FUZZER  = $(B)/fuzz/fuzzer
FUZZED  = $(filter-out tests/%,$(wildcard ext/*.c ext/*/*.c))

.PHONY: fuzz
fuzz: $(FUZZER)
	@mkdir -p $(B)/fuzz/found
	$(FUZZER) -max_total_time=$(SECONDS) -rss_limit_mb=4096 -timeout=20 -max_len=600 -print_final_stats=1 \
	  -artifact_prefix=$(B)/fuzz/ $(B)/fuzz/found tests/fuzz/corpus 2>&1 | tail -n 25
$(FUZZER): tests/fuzz/target.c $(FUZZED) $(wildcard ext/*.h ext/*/*.h) | $(B)/ready
	@mkdir -p $(B)/fuzz
	$(FUZZCC) -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -std=c11 -ffp-contract=off -DSQLITE_CORE \
	  -Iinclude -Iext -o $@ tests/fuzz/target.c $(FUZZED) $(SQLITE) -lm
