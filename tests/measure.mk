# How much of the code the suite tests. MC/DC needs clang 18 or later with its profile runtime (Debian: clang-19 llvm-19
# libclang-rt-19-dev).
MCDC     = 19
PATIENCE = 1000000

.PHONY: coverage mcdc mutation
## make coverage: measures which lines and branches of ext/ the suite reaches (gcc with gcov)
coverage:
	@tests/measure/coverage.sh $(BUILD)/coverage
## make mcdc: measures which conditions were shown to decide alone (MC/DC)
mcdc:
	@tests/measure/mcdc.sh $(BUILD)/mcdc $(MCDC)
## make mutation: puts small errors into PART="ext/charts ext/metrics/drift.c …" (none: all of ext/), those that no run has had yet; SECONDS=… ends it, AGAIN=1 takes up those given up
mutation:
	@JOBS=$(JOBS) N=$(N) SEED=$(SEED) PATIENCE=$(PATIENCE) AGAIN=$(AGAIN) SECONDS_LEFT=$(if $(filter command,$(firstword $(origin SECONDS))),$(SECONDS)) \
	  tests/measure/mutation.sh $(BUILD)/mutation $(PART)
