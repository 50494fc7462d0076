# make bench [ROWS=2000000] [ROUNDS=7] [SECTION=window, linear, memory …]: ratios to the floor. make bench-peers: the same table in pure SQL, scikit-learn and
# PyTorch. make bench-instructions: instruction counts against tests/bench/budget.tsv.
ROWS   = 2000000
ROUNDS = 7
PYTHON = /usr/bin/python3
NOOP   = $(B)/bench_noop.$(SUFFIX)
BENCH  = $(B)/tests/bench/bench
ONE    = $(B)/tests/bench/query

.PHONY: bench bench-peers bench-instructions bench-tools
bench: all bench-tools
	@$(BENCH) $(B) $(ROWS) $(ROUNDS) $(if $(SECTION),"$(SECTION)")
bench-peers: all bench-tools
	@$(ONE) $(B) $(ROWS)
	@if command -v $(PYTHON) >/dev/null; then $(PYTHON) tests/bench/peers.py $(B) $(ROWS) $(ROUNDS); else echo "no $(PYTHON): peers left out"; fi
bench-instructions: all bench-tools
	@B=$(B) JOBS=$(JOBS) tests/bench/instructions.sh
bench-tools: $(BENCH) $(ONE) $(NOOP)
$(NOOP): $(B)/tests/bench/noop.o
	@$(SAY) $@ && $(CC) $(OPT) $(EXTRA) $(SHARED) -o $@ $^
$(BENCH) $(ONE): %: %.o $(B)/tests/bench/table.o $(B)/tests/bench/measure.o
	@$(SAY) $@ && $(CC) $(OPT) $(EXTRA) -o $@ $^ $(SQLITE) -lpthread -ldl -lm
