# The databases of other tools.
.PHONY: check-stores
## make check-stores: runs the queries of sql/store_*.sql on databases that the tools make (npm); ends with "N passed, N failed"
check-stores: all
	@tests/stores/run.sh $(BUILD)/mlmetrics
