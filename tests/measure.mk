# make coverage: lines and branches of ext/ that the suite reaches (gcc with gcov). make mcdc: the conditions that decide alone
# (clang 18 or later with its profile runtime; Debian: clang-19 llvm-19 libclang-rt-19-dev). make mutation [N=300] [SEED=1]:
# how many of N small errors put into ext/math, ext/state and ext/metrics the suite finds.
MCDC   = 19
N      = 300
SEED   = 1

.PHONY: coverage mcdc mutation suite list-tests
coverage:
	@tests/measure/coverage.sh $(B)/coverage
mcdc:
	@tests/measure/mcdc.sh $(B)/mcdc $(MCDC)
mutation:
	@JOBS=$(JOBS) tests/measure/mutation.sh $(B)/mutation $(N) $(SEED)
list-tests:
	@echo $(TESTS)
# The test programs alone, and their number of failures in the last line.
suite: all $(TESTS)
	@B=$(B) JOBS=$(JOBS) MLMETRICS=$(B)/mlmetrics tests/run.sh $(B)/tests/properties $(filter-out %/properties,$(TESTS))
