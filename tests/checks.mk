# The suite under sanitizers and valgrind, style and static analysis, and the expected values written anew.
PYTHON  = /usr/bin/python3
LINTED  = $(GLUE_SOURCES) $(CORE_SOURCES) $(HEADERS) $(wildcard tests/*.[ch] tests/*/*.[ch])
# Static analysis looks at the files of ext/ that hold more than tables of numbers.
ANALYZED = $(filter-out $(wildcard ext/math/*_table.c) %/columns_table.c %/powers_of_ten.c,$(GLUE_SOURCES) $(CORE_SOURCES))

.PHONY: check-faults check-sanitizers check-trap check-tsan valgrind screenshots setup-lint lint lint-deep oracle differential oracle-proc
## More checks
## make check-faults: fails every allocation of loading, of which make test fails one in seven
check-faults: all $(BUILD)/tests/faults
	@FAULTS=1 $(RUN_TESTS) $(BUILD)/tests/faults
# Conversions of REALs that fit no integer are not among gcc's usual checks.
# Left out for the time that they take: programs that call every function once more. PROPERTY_ROWS, SLOW_ONCE: fewer rows
# and tables (tests/properties.c); FAULTS: fewer failed allocations (tests/faults.c).
## make check-sanitizers: runs the tests built with the address and undefined-behaviour sanitizers
check-sanitizers:
	@PROPERTY_ROWS=12 SLOW_ONCE=1 FAULTS=41 $(MAKE) SKIP="amalgamation golden environment versions query_memory" --no-print-directory BUILD=$(BUILD)/sanitize \
	  CFLAGS='-O1 -g -DMLM_DEBUG -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all' test
## make check-trap: runs the tests built with -ftrapv, fortified functions and stack protectors
check-trap:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/trap CFLAGS='-O2 -g -ftrapv -D_FORTIFY_SOURCE=3 -fstack-protector-strong' test
## make check-tsan: runs the program that has threads under the thread sanitizer
check-tsan:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/tsan CFLAGS='-O1 -g -fsanitize=thread' all $(BUILD)/tsan/tests/threads
	@MLMETRICS=$(BUILD)/tsan/mlmetrics $(BUILD)/tsan/tests/threads
## make valgrind: runs the programs that speak SQL under memcheck, on few rows; every error and every leak counts
valgrind: all $(TESTS)
	@PROPERTY_ROWS=30 \
	  RUN='valgrind -q --error-exitcode=9 --leak-check=full --show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect' \
	  $(RUN_TESTS) $(filter %/properties %/doctest %/embed %/threads %/oracle,$(TESTS))

## make screenshots: draws every chart and report in headless Chromium, light, dark, narrow, wide and printed; pictures in build/screenshots/
screenshots: all
	@[ -f $(BUILD)/demo.db ] || tests/demo.sh $(BUILD) >/dev/null
	@tests/screenshots/run.sh $(BUILD)

## make setup-lint: installs clang-format, clang-tidy and cppcheck where they are missing
setup-lint:
	@tests/setup lint
## make lint: checks style and runs static analysis, with those of the tools that are installed
lint:
	@BUILD=$(BUILD) JOBS=$(JOBS) NODES=$(NODES) ANALYZED="$(ANALYZED)" tests/lint.sh $(LINTED)
NODES = 50000
## make lint-deep: the same; clang's analyzer searches each function three times as far as it does by itself, cppcheck all configurations
lint-deep:
	@ALL_CONFIGURATIONS=1 $(MAKE) --no-print-directory NODES=675000 lint

## make oracle: computes the expected values of tests/oracle anew (Debian: python3-torch python3-sklearn python3-statsmodels python3-mpmath r-cran-proc)
oracle:
	@cd tests/oracle && for table in *.tsv; do family=$${table%.tsv}.py; [ ! -f $$family ] || $(PYTHON) $$family || exit 1; done
# Random tables for the comparison with other libraries.
TABLES = 20000
## make differential: compares TABLES=20000 small random tables with ties and weights with scikit-learn, SciPy, statsmodels and NumPy
differential: all
	@$(PYTHON) tests/oracle/differential.py $(BUILD)/mlmetrics $(TABLES)
## make oracle-proc: compares DeLong's intervals and test with pROC on its aSAH data and on random tables with ties (Debian: r-cran-proc)
oracle-proc: all
	@$(PYTHON) tests/oracle/proc.py $(BUILD)/mlmetrics
