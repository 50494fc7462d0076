# Benchmarks.
ROWS   = 2000000
ROUNDS = 7
NOOP   = $(BUILD)/bench_noop.$(SUFFIX)
BENCH  = $(BUILD)/tests/bench/bench
ONE    = $(BUILD)/tests/bench/query

SCHEMAS = $(BUILD)/tests/bench/schemas

.PHONY: bench bench-peers bench-schemas bench-threads bench-instructions bench-tools
## make bench: times as ratios to those of a no-op (ROWS=2000000, ROUNDS=7, SECTION=window, linear, memory, …)
bench: all bench-tools
	@$(BENCH) $(BUILD) $(ROWS) $(ROUNDS) $(if $(SECTION),"$(SECTION)")
## make bench-peers: times of pure SQL, scikit-learn and PyTorch, of DuckDB and Polars, which npm installs, and of ClickHouse where chdb is installed, on the same table
bench-peers: all bench-tools
	@$(ONE) $(BUILD) $(ROWS)
	@if command -v $(PYTHON) >/dev/null; then $(PYTHON) tests/bench/peers.py $(BUILD) $(ROWS) $(ROUNDS); else echo "no $(PYTHON): peers left out"; fi
## make bench-schemas: what schemas, indexes and settings cost, which sql/scale.sql quotes
bench-schemas: all bench-tools
	@$(SCHEMAS) $(BUILD) $(ROWS) $(ROUNDS)
## make bench-threads: times of two connections, each with half of the rows, against those of one (ROWS=2000000, ROUNDS=7)
bench-threads: all bench-tools $(BUILD)/tests/two_connections
	@$(ONE) $(BUILD) $(ROWS)
	@$(BUILD)/tests/two_connections $(BUILD)/bench-$(ROWS).db $(ROWS) $(ROUNDS)
## make bench-instructions: instruction counts against tests/bench/budget.tsv
bench-instructions: all bench-tools
	@BUILD=$(BUILD) JOBS=$(JOBS) tests/bench/instructions.sh
bench-tools: $(BENCH) $(ONE) $(SCHEMAS) $(NOOP)
$(NOOP): $(BUILD)/tests/bench/noop.o
	$(call run,LINK,$@) $(LINK) $(SHARED_FLAGS) -o $@ $^
$(BENCH) $(ONE) $(SCHEMAS): %: %.o $(BUILD)/tests/bench/table.o $(BUILD)/tests/bench/measure.o
	$(call run,LINK,$@) $(LINK) -o $@ $^ $(SQLITE) -lpthread -ldl -lm
