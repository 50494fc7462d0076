# Benchmarks.
ROWS   = 2000000
ROUNDS = 7
NOOP   = $(BUILD)/bench_noop.$(SUFFIX)
BENCH  = $(BUILD)/tests/bench/bench
ONE    = $(BUILD)/tests/bench/query

SCHEMAS = $(BUILD)/tests/bench/schemas

.PHONY: bench bench-peers bench-schemas bench-threads bench-instructions bench-tools
## Benchmarks
## make bench: measures times as ratios to those of a no-op (ROWS=2000000, ROUNDS=7, SECTION=window, linear, memory, …)
bench: all bench-tools
	@$(BENCH) $(BUILD) $(ROWS) $(ROUNDS) $(if $(SECTION),"$(SECTION)")
## make bench-peers: measures the same tasks in pure SQL, scikit-learn and PyTorch, DuckDB and Polars, which npm installs, and ClickHouse where chdb is installed
bench-peers: all bench-tools
	@$(ONE) $(BUILD) $(ROWS)
	@if command -v $(PYTHON) >/dev/null; then $(PYTHON) tests/bench/peers.py $(BUILD) $(ROWS) $(ROUNDS); else echo "no $(PYTHON): peers left out"; fi
## make bench-schemas: measures what schemas, indexes and settings cost, which sql/scale.sql quotes
bench-schemas: all bench-tools
	@$(SCHEMAS) $(BUILD) $(ROWS) $(ROUNDS)
## make bench-threads: measures two connections, each with half of the rows, against one (ROWS=2000000, ROUNDS=7)
bench-threads: all bench-tools $(BUILD)/tests/two_connections
	@$(ONE) $(BUILD) $(ROWS)
	@$(BUILD)/tests/two_connections $(BUILD)/bench-$(ROWS).db $(ROWS) $(ROUNDS)
## make bench-instructions: compares instruction counts with tests/bench/budget.tsv
bench-instructions: all bench-tools
	@BUILD=$(BUILD) JOBS=$(JOBS) tests/bench/instructions.sh
bench-tools: $(BENCH) $(ONE) $(SCHEMAS) $(NOOP)
$(NOOP): $(BUILD)/tests/bench/noop.o
	$(call run,LINK,$@) $(LINK) $(SHARED_FLAGS) -o $@ $^
$(BENCH) $(ONE) $(SCHEMAS): %: %.o $(BUILD)/tests/bench/table.o $(BUILD)/tests/bench/measure.o
	$(call run,LINK,$@) $(LINK) -o $@ $^ $(SQLITE) -lpthread -ldl -lm
