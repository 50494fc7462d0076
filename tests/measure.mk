# How much of the code the suite tests. MC/DC needs clang 18 or later with its profile runtime (Debian: clang-19 llvm-19
# libclang-rt-19-dev).
MCDC   = 19
N      = 300
SEED   = 1

.PHONY: coverage mcdc mutation
## make coverage: lines and branches of ext/ that the suite reaches (gcc with gcov)
coverage:
	@tests/measure/coverage.sh $(BUILD)/coverage
## make mcdc: the conditions that decide alone
mcdc:
	@tests/measure/mcdc.sh $(BUILD)/mcdc $(MCDC)
## make mutation: how many of N=300 small errors, put into the pure rooms one at a time, the suite finds
mutation:
	@JOBS=$(JOBS) tests/measure/mutation.sh $(BUILD)/mutation $(N) $(SEED)
